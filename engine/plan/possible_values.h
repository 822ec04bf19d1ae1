// What expressions can be before anything is planned, and which of them fail.
#pragma once

#include "plan/fold.h"

#include <functional>
#include <memory>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace sqlgym::plan {

/// Different values of a table's column, the first so many that are found.
using ColumnValues =
    std::function<std::vector<value::Datum>(const sql::TableDefinition &table, std::size_t column, std::size_t most)>;

/// Some values of an expression; with `others`, these are not all.
struct Possible {
    std::vector<sql::ConstantExpr *> constants;
    bool others = false;
    bool written = false; ///< the one constant follows from what is written in the expression itself
    bool given = false;   ///< the others come of functions in FROM alone

    const value::Datum *fixed() const { return written ? &constants.front()->value : nullptr; }
};

/// Looks through the columns of subqueries and common table expressions at what stands there, whatever rows and
/// conditions are around, and tries each call with all that may reach it. Nothing in the tree is changed.
class PossibleValues {
public:
    /// Without `columnValues` only constants are known.
    PossibleValues(sql::BoundStatement &statement, ConstantEvaluator &evaluator, ColumnValues columnValues = {})
        : m_statement(statement), m_evaluator(evaluator), m_columnValues(std::move(columnValues))
    {
    }

    /// Tries all that is in `query`, which stands in the queries that have been entered.
    void lookAt(sql::Query &query);
    Possible of(sql::Expr *expr);
    void enter(sql::Query &query) { m_levels.push_back(&query); }
    void leave() { m_levels.pop_back(); }

    bool anyFails() const { return !m_failing.empty(); }
    /// Does it fail as it is written, without a look through columns?
    bool fails(const sql::Expr *expr) const { return m_failingAsWritten.count(expr) > 0; }

private:
    Possible find(sql::Expr *expr);
    Possible ofCase(const sql::CaseExpr &choice);
    Possible ofCoalesce(const sql::CoalesceExpr &coalesce);
    Possible ofColumn(const sql::ColumnExpr &column);
    Possible ofEntry(sql::RangeEntry &entry, std::size_t column);
    Possible ofTarget(sql::Query &query, std::size_t column);
    Possible ofTable(const sql::RangeEntry &entry, std::size_t column);
    Possible evaluated(sql::Expr *expr, bool strict);
    void tryWay(sql::Expr *expr, const std::vector<Possible> &inputs, std::size_t way, bool strict, Possible &result);
    bool decides(const sql::BooleanExpr &boolean);
    void lookAtSublink(sql::SublinkExpr &sublink);
    void lookUnder(sql::Expr *expr);
    sql::ConstantExpr *makeConstant(const sql::Expr &like);

    sql::BoundStatement &m_statement;
    ConstantEvaluator &m_evaluator;
    ColumnValues m_columnValues;
    std::vector<sql::Query *> m_levels;
    std::unordered_set<const sql::Query *> m_visited;
    std::unordered_map<const sql::Expr *, Possible> m_known;
    std::unordered_set<const sql::Expr *> m_failing, m_failingAsWritten;
    std::vector<std::unique_ptr<sql::Query>> m_bare; ///< queries of EXISTS without their select lists
};

} // namespace sqlgym::plan
