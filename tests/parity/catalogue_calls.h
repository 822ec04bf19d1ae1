// Queries that call each function, operator, cast and aggregate that the engine claims, with arguments worth trying.
#pragma once

#include "claims.h"
#include "value_nodes.h"

#include <cstdint>
#include <string>
#include <vector>

namespace sqlgym::parity {

/// One query: what is called, over constants or over the columns of a VALUES list, and what is done with the result.
class CatalogueCalls {
public:
    explicit CatalogueCalls(std::uint64_t seed);

    /// How many things can be called; query() of each number below.
    static std::size_t subjectCount();
    QueryNode::Ptr query(std::size_t subject);

private:
    using Ptr = QueryNode::Ptr;
    using Row = catalogue::FunctionRow;

    struct Column {
        Oid type;
        Spot spot;
    };

    bool chance(int percent) { return m_pools.below(100) < static_cast<std::size_t>(percent); }
    std::size_t below(std::size_t count) { return m_pools.below(count); }
    template <typename T> const T &oneOf(const std::vector<T> &list) { return list[below(list.size())]; }

    // Parts of expressions.
    Ptr argument(Oid type, const Spot &spot, int depth);
    Ptr column(Oid type, const Spot &spot);
    Ptr record();
    Oid concrete(Oid declared);
    Oid commonType();
    Ptr scalarCall(const Row &row, int depth);
    std::vector<QueryNode::Piece> argumentList(const Row &row, int depth, bool columnsOnly);
    Ptr operation(const catalogue::OperatorRow &row, int depth);
    Ptr cast(int depth);
    Ptr syntaxForm(const char *form, int depth);
    Ptr hole(const std::string &name, int depth);
    std::string withModifier(Oid type);

    // Whole queries.
    Ptr scalarQuery(const Ptr &expression, bool isBoolean);
    Ptr setQuery(const Row &row);
    Ptr aggregateQuery(const Row &row);
    Ptr windowQuery(const Row &row);
    Ptr aggregateCall(const Row &row);
    std::string frame();
    /// "(VALUES ...) AS v(c1, ...)" over the columns that were asked for.
    Ptr values(std::size_t rows);

    tests::Pools m_pools;
    ValueNodes m_values;
    std::vector<Column> m_columns;
    bool m_useColumns = false;
    Oid m_element = 0; ///< what the polymorphic types of this call stand for
};

/// Expressions whose syntax is their own, with holes: "extract({field} FROM {timestamp})".
const std::vector<const char *> &syntaxForms();

} // namespace sqlgym::parity
