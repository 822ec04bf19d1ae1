// Constants worth trying as SQL: of each type in several spellings, their texts divisible so that they can be made
// small.
#pragma once

#include "arguments/special_arguments.h"
#include "query_tree.h"
#include "value/datum.h"

#include <string>

namespace sqlgym::parity {

using value::Oid;

/// Which argument of which function a value is for; `pool` overrides what the two say.
struct Spot {
    std::string symbol;
    std::size_t index = 0;
    std::string pool;
};

class ValueNodes {
public:
    explicit ValueNodes(tests::Pools &pools) : m_pools(pools) {}

    /// False for types of which no value can be thought up.
    bool makes(Oid type) const;
    /// 'x'::type, type 'x', CAST('x' AS type), 'x', 5, NULL.
    QueryNode::Ptr constant(Oid type, const Spot &spot);
    /// 'x'::type or NULL::type, nearly always one that can be read.
    QueryNode::Ptr typed(Oid type, const Spot &spot);
    /// A quoted text from a pool: 'x'.
    QueryNode::Ptr quoted(const std::string &pool);

private:
    tests::Argument text(Oid type, const Spot &spot);
    std::string draw(Oid type, const Spot &spot);
    std::string arrayText(Oid element, int depth);
    bool chance(int percent) { return m_pools.below(100) < static_cast<std::size_t>(percent); }

    tests::Pools &m_pools;
};

/// What shrinking may exchange for each other: everything of one type.
std::string sortOf(Oid type);
QueryNode::Ptr nodeOf(Oid type, std::vector<QueryNode::Piece> pieces);
QueryNode::Ptr nodeOf(const std::string &sort, std::vector<QueryNode::Piece> pieces, bool optional = false);

} // namespace sqlgym::parity
