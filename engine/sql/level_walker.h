// Finds what an expression refers to: columns and aggregates of this query or outer ones, windows, set-returning calls.
#pragma once

#include "sql/bound.h"

namespace sqlgym::sql {

/// Levels are counted from the query in which the walked expression stands; -1 = none. Goes into sublinks.
class LevelWalker {
public:
    explicit LevelWalker(int depth) : m_depth(depth) {}

    void walk(const Expr &expr);

    int columnLevel = -1;              ///< the innermost level any column belongs to
    int aggregateLevel = -1;           ///< the innermost level any aggregate belongs to
    const Expr *aggregate = nullptr;   ///< the first aggregate found at aggregateLevel
    const Expr *window = nullptr;      ///< the first window function of the expression's own query
    const Expr *setFunction = nullptr; ///< likewise, set-returning

private:
    void walkQuery(const Query &query);
    int m_depth;
};

} // namespace sqlgym::sql
