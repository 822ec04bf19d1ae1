#include "plan/failing_expressions.h"

#include "catalogue/catalogue.h"
#include "plan/analysis.h"
#include "plan/pull_up.h"

#include <algorithm>
#include <utility>

namespace sqlgym::plan {

using namespace sql;

namespace {

/// Finds failing constants that no other part of the query can keep PostgreSQL from folding.
class Sureness {
public:
    explicit Sureness(PossibleValues &values) : m_values(values) {}

    /// Is one of them folded whenever `query` is planned?
    bool isSure(Query &query)
    {
        if (!m_values.anyFails())
            return false;
        Change *change = changeOf(query);
        if (change && ((change->source && isSure(*change->source)) ||
                       (change->conflict && change->conflict->set && isSure(*change->conflict->set))))
            return true;
        enter(query);
        const bool is = isSureHere(query);
        leave();
        return is;
    }

    /// Are all FULL JOINs of the statement planned, whatever is around them?
    bool plansFullJoins(Query &query) { return plansFullJoins(query, true); }

private:
    bool plansFullJoins(Query &query, bool isSure)
    {
        const auto own = [&](const FromNode *node) { return hasFullJoin(node); };
        if (!isSure && std::ranges::any_of(query.from, own))
            return false;
        enter(query);
        bool all = true;
        for (CteDefinition *cte : query.ctes)
            if (cte->references > 0 && all)
                all = plansFullJoins(*cte->query, isSure && isApart(*cte));
        for (std::size_t i = 0; i < query.range.size() && all; ++i) {
            RangeEntry &entry = query.range[i];
            Query *inner = entry.change ? entry.change->source : entry.subquery;
            const bool joined = std::ranges::any_of(query.from, [](const FromNode *node) { return node->isJoin; });
            if (inner)
                all = plansFullJoins(*inner, isSure && !entry.lateral && !joined && isPlanned(query, int(i), *inner));
        }
        const auto sublink = [&](Expr *&slot, int depth) {
            if (auto *found = depth == 0 && all ? as<SublinkExpr>(slot) : nullptr)
                all = plansFullJoins(*found->query, false);
            return depth == 0;
        };
        auto visit = sublink;
        eachExpr(query, [&](Expr *&expr) { eachSlot(expr, 0, visit); });
        leave();
        return all;
    }

    static bool hasFullJoin(const FromNode *node)
    {
        return node->isJoin && (node->join == JoinKind::Full || hasFullJoin(node->left) || hasFullJoin(node->right));
    }

    bool isSureHere(Query &query)
    {
        // Common table expressions that are read several times are planned first, as they are.
        for (CteDefinition *cte : query.ctes)
            if (isApart(*cte) && !changeOf(*cte->query) && isSure(*cte->query))
                return true;
        if (query.setOperation)
            return std::ranges::any_of(query.range,
                                       [&](RangeEntry &leaf) { return leaf.subquery && isSure(*leaf.subquery); });
        const auto target = [&](TargetEntry &entry) { return isSure(entry.expr); };
        if (std::ranges::any_of(query.targets, target))
            return true;
        return isSureBelow(query);
    }

    static bool isApart(const CteDefinition &cte)
    {
        return cte.references > 0 && (cte.references > 1 || cte.materialized == 1 || cte.recursive) &&
               cte.materialized != 2;
    }

    /// Anywhere but in the select list.
    bool isSureBelow(Query &query)
    {
        for (Expr *expr : {query.where, query.having, query.limit, query.offset})
            if (expr && isSure(expr))
                return true;
        for (RangeEntry &entry : query.range) {
            Query *inner = subqueryOf(entry);
            const int range = int(&entry - query.range.data());
            if (inner && !inner->setOperation && isPlanned(query, range, *inner)) {
                const bool outside = std::exchange(m_optional, m_optional || isOptional(query, range));
                enter(*inner);
                const bool sure = isSureBelow(*inner);
                leave();
                m_optional = outside;
                if (sure)
                    return true;
            }
            if (std::ranges::any_of(entry.functions, [&](Expr *expr) { return isSure(expr); }))
                return true;
            for (auto &row : entry.values)
                if (entry.values.size() > 1 && std::ranges::any_of(row, [&](Expr *expr) { return isSure(expr); }))
                    return true;
        }
        return std::ranges::any_of(query.from, [&](FromNode *node) { return isSureIn(node); });
    }

    bool isSureIn(FromNode *node)
    {
        return node->isJoin &&
               (isSureIn(node->left) || isSureIn(node->right) || (node->condition && isSure(node->condition)));
    }

    /// Nothing beside it can keep the planner from it.
    bool isSure(Expr *expr)
    {
        if (m_values.fails(expr))
            return true;
        switch (expr->kind) {
        case ExprKind::Column:
            return isSureColumn(*as<ColumnExpr>(expr));
        case ExprKind::Case:
            return isSure(as<CaseExpr>(expr)->input ? as<CaseExpr>(expr)->input
                                                    : as<CaseExpr>(expr)->branches.front().first);
        case ExprKind::Coalesce:
            return isSure(as<CoalesceExpr>(expr)->arguments.front());
        case ExprKind::Boolean:
            for (Expr *argument : as<BooleanExpr>(expr)->arguments) {
                if (isSure(argument))
                    return true;
                if (!m_values.of(argument).constants.empty()) // it may decide before the others are looked at
                    return false;
            }
            return false;
        case ExprKind::Sublink:
            return as<SublinkExpr>(expr)->sublink != SublinkKind::Exists && isSure(*as<SublinkExpr>(expr)->query);
        case ExprKind::ArrayConvert:
            return isSure(as<ArrayConvertExpr>(expr)->argument);
        default: {
            bool sure = false;
            eachChild(expr, [&](Expr *&child) { sure = sure || isSure(child); });
            return sure;
        }
        }
    }

    /// A column that is read is computed where the subquery is planned; it is, unless a condition forbids all rows.
    bool isSureColumn(const ColumnExpr &column)
    {
        if (column.range < 0 || column.column < 0 || column.levelsUp != 0)
            return false;
        Query &reader = *m_levels.back();
        Query *inner = subqueryOf(reader.range[std::size_t(column.range)]);
        if (!inner || inner->setOperation || std::size_t(column.column) >= inner->targets.size() ||
            !isPlanned(reader, column.range, *inner))
            return false;
        const bool outside = std::exchange(m_optional, m_optional || isOptional(reader, column.range));
        enter(*inner);
        const bool sure = isSure(inner->targets[std::size_t(column.column)].expr);
        leave();
        m_optional = outside;
        return sure;
    }

    static Query *subqueryOf(const RangeEntry &entry)
    {
        if (entry.kind == RangeKind::Cte && entry.cte && !entry.cte->recursive && !isApart(*entry.cte))
            return entry.cte->query;
        return entry.kind == RangeKind::Subquery ? entry.subquery : nullptr;
    }

    /// Merged with what reads it, or planned apart: no constant condition or join there may make that superfluous.
    bool isPlanned(const Query &reader, int range, Query &inner)
    {
        if (isMergeable(inner))
            return true;
        if (m_optional || isOptional(reader, range))
            return false; // an outer join that adds nothing is left out
        std::vector<Expr *> conditions;
        splitAnd(reader.where, conditions);
        for (FromNode *node : reader.from)
            eachFromCondition(node, [&](Expr *condition) { splitAnd(condition, conditions); });
        int equalities = 0; // two may contradict each other
        return std::ranges::all_of(conditions, [&](Expr *condition) {
            return m_values.of(condition).constants.empty() && rangesOf(condition) != 0 &&
                   (!isEqualToConstant(condition) || ++equalities < 2);
        });
    }

    /// Does it stand where an outer join may add nothing?
    static bool isOptional(const Query &query, int range)
    {
        return std::ranges::any_of(query.from, [&](const FromNode *node) { return isOptionalIn(node, range, false); });
    }

    static bool isOptionalIn(const FromNode *node, int range, bool optional)
    {
        if (!node->isJoin)
            return optional && node->range == range;
        const bool full = node->join == JoinKind::Full;
        return isOptionalIn(node->left, range, optional || full || node->join == JoinKind::Right) ||
               isOptionalIn(node->right, range, optional || full || node->join == JoinKind::Left);
    }

    bool isEqualToConstant(Expr *condition)
    {
        const auto *call = as<FunctionExpr>(condition);
        const auto *op = call && call->op ? catalogue::findOperator(call->op) : nullptr;
        return op && op->name == "=" && std::ranges::any_of(call->arguments, [&](Expr *side) {
                   return rangesOf(side) == 0 || !m_values.of(side).constants.empty();
               });
    }

    void enter(Query &query)
    {
        m_levels.push_back(&query);
        m_values.enter(query);
    }
    void leave()
    {
        m_levels.pop_back();
        m_values.leave();
    }

    PossibleValues &m_values;
    std::vector<Query *> m_levels;
    bool m_optional = false; ///< what is looked at stands on the optional side of an outer join
};

/// Looks at what stands in subqueries of which the plan decides the rows.
class Exposure {
public:
    explicit Exposure(PossibleValues &values) : m_values(values) {}

    void visit(Query &query)
    {
        m_values.enter(query);
        for (CteDefinition *cte : query.ctes)
            visit(*cte->query);
        for (RangeEntry &entry : query.range) {
            if (entry.subquery && entry.lateral)
                m_values.lookAt(*entry.subquery);
            else if (entry.subquery)
                visit(*entry.subquery);
            if (entry.change && entry.change->source)
                visit(*entry.change->source);
        }
        eachExpr(query, [&](Expr *&expr) { visit(expr); });
        m_values.leave();
    }

private:
    void visit(Expr *expr)
    {
        eachChild(expr, [&](Expr *&child) { visit(child); });
        auto *sublink = as<SublinkExpr>(expr);
        if (!sublink)
            return;
        if (sublink->sublink == SublinkKind::Scalar || sublink->sublink == SublinkKind::Array)
            visit(*sublink->query);
        else
            m_values.of(expr);
    }

    PossibleValues &m_values;
};

} // namespace

bool hasSeveralQueries(Query &query)
{
    int count = 0;
    auto visit = [&](Query &each, int) {
        const Change *change = changeOf(each);
        count += change ? 0 : 1;
        count -= change && change->conflict && change->conflict->set ? 1 : 0;
    };
    eachQuery(query, 0, visit);
    return count > 1;
}

FailingExpressions findFailing(BoundStatement &statement, Query &query, ConstantEvaluator &evaluator,
                               const ColumnValues &columnValues)
{
    FailingExpressions failing;
    PossibleValues constants(statement, evaluator);
    constants.lookAt(query);
    failing.constant = constants.anyFails();
    failing.fullJoinsPlanned = Sureness(constants).plansFullJoins(query);
    if (failing.constant) {
        failing.sure = Sureness(constants).isSure(query);
        return failing;
    }
    PossibleValues values(statement, evaluator, columnValues);
    Exposure(values).visit(query);
    failing.inSubquery = values.anyFails();
    return failing;
}

} // namespace sqlgym::plan
