// A generated query as a tree of text pieces, so that a failing one can be made small.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <variant>
#include <vector>

namespace sqlgym::parity {

/// `sort` says what may stand in its place: "int", "text", "query", "where", ... Text is all pieces in order.
struct QueryNode {
    using Ptr = std::shared_ptr<const QueryNode>;
    using Piece = std::variant<std::string, Ptr>;

    std::string sort;
    std::vector<Piece> pieces;
    bool optional = false; ///< may be left out altogether (a WHERE, one more column)
    bool ordered = false;  ///< a query whose ORDER BY decides the whole order
    std::string simplest;  ///< the smallest thing of this sort ("1" for int), empty = none

    std::string text() const;
    std::size_t size() const;
};

/// Makes `root` smaller as long as `fails` holds for it: leaves out, replaces by parts of the same sort, by the
/// simplest. At most `budget` tries.
QueryNode::Ptr shrink(QueryNode::Ptr root, const std::function<bool(const QueryNode &)> &fails, int budget);

} // namespace sqlgym::parity
