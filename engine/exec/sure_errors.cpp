#include "exec/sure_errors.h"

#include <algorithm>

namespace sqlgym::exec {

namespace {

using plan::QueryPlan;

bool hasMember(const plan::SetOperationPlan *node, const QueryPlan &plan)
{
    return node && (node->leaf == &plan || hasMember(node->left, plan) || hasMember(node->right, plan));
}

/// IN and its like, over what reads no rows: the planner may see what comes of it, and compute neither side.
bool comparesWithConstant(sql::Expr *qual)
{
    auto *sublink = sql::as<sql::SublinkExpr>(qual);
    return sublink && std::ranges::any_of(sublink->query->targets, [](const sql::TargetEntry &target) {
               return plan::rangesOf(target.expr) == 0;
           });
}

class Proof {
public:
    explicit Proof(const Runner &runner) : m_statement(runner.statement()), m_failures(runner.run().failures) {}

    /// Each failure is that of a subquery for which the next one waits; the last one ends the statement.
    bool holds() const
    {
        for (std::size_t i = 0; i < m_failures.size(); ++i) {
            const QueryPlan *top = topOf(*m_failures[i].plan, m_failures[i].step);
            if (!top || top == m_statement.root)
                return top != nullptr;
            if (i + 2 >= m_failures.size() && m_failures[i].step != Step::Sublink)
                return false;
            if (m_failures[i].step != Step::Sublink) {
                ++i;
                if (m_failures[i].plan != top || m_failures[i].step != Step::Sublink)
                    return false;
            }
            if (i + 1 >= m_failures.size() || m_failures[i + 1].plan != top->parent)
                return false;
        }
        return false;
    }

private:
    /// The query in an expression, or the whole statement, of which all rows are computed only if those of `plan` are.
    /// nullptr: not even they are.
    const QueryPlan *topOf(const QueryPlan &plan, Step step) const
    {
        if (step == Step::Sublink)
            return &plan;
        if (!isComputed(plan, step))
            return nullptr;
        if (&plan == m_statement.root || isSublink(plan))
            return &plan;
        for (const QueryPlan &reader : m_statement.queries)
            if (readsAll(reader, plan, step))
                if (const QueryPlan *top = topOf(reader, inputStepOf(reader)))
                    return top;
        return nullptr;
    }

    bool isSublink(const QueryPlan &plan) const
    {
        return std::ranges::any_of(m_statement.sublinks, [&](const auto &entry) { return entry.second == &plan; });
    }

    /// Is the step carried out for all rows that FROM and WHERE give?
    bool isComputed(const QueryPlan &plan, Step step) const
    {
        if (step == Step::LateConditions && std::ranges::any_of(plan.lateQuals, comparesWithConstant))
            return false;
        if (plan.stopsEarly && !(step == Step::Groups && !plan.windows.empty()))
            return false;
        const bool cut = plan.query->limit || plan.query->offset;
        const bool beforeCut = step == Step::Limit || (step == Step::Groups && !plan.groupsMayStop);
        return !cut || beforeCut || &plan == m_statement.root;
    }

    /// The first step that needs all rows of FROM.
    static Step inputStepOf(const QueryPlan &plan)
    {
        return plan.grouped ? Step::Groups : !plan.windows.empty() ? Step::Windows : Step::Targets;
    }

    /// Is `plan` all that `reader` reads, and does no condition keep rows from the step in it?
    bool readsAll(const QueryPlan &reader, const QueryPlan &plan, Step step) const
    {
        if (reader.setOperation)
            return hasMember(reader.setOperation, plan);
        const plan::Node *leaf = reader.source;
        if (!leaf || leaf->range < 0 || leaf->needs != 0 || leaf->empty || reader.empty || !reader.gate.empty() ||
            reader.joined)
            return false;
        if (leaf->subplan != &plan && !isCte(reader.query->range[std::size_t(leaf->range)], plan))
            return false;
        const auto keeps = [&](sql::Expr *qual) {
            return step == Step::Groups && readsComputed(qual, leaf->range, *plan.query);
        };
        return std::ranges::all_of(reader.innerQuals, keeps) && std::ranges::all_of(leaf->quals, keeps) &&
               std::ranges::all_of(reader.lateQuals, keeps);
    }

    bool isCte(const sql::RangeEntry &entry, const QueryPlan &plan) const
    {
        const auto found = entry.cte ? m_statement.ctes.find(entry.cte) : m_statement.ctes.end();
        return found != m_statement.ctes.end() && found->second.query == &plan;
    }

    /// A condition on an aggregate or a window function: tested when they are computed.
    static bool readsComputed(sql::Expr *qual, int range, const sql::Query &inner)
    {
        bool reads = false;
        auto visit = [&](sql::Expr *&slot, int depth) {
            const auto *column = sql::as<sql::ColumnExpr>(slot);
            if (column && column->levelsUp == depth && column->range == range && column->column >= 0) {
                sql::Expr *target = inner.targets[std::size_t(column->column)].expr;
                reads = reads || plan::hasWindow(target) || plan::hasAggregate(target);
            }
            return true;
        };
        plan::eachSlot(qual, 0, visit);
        return reads;
    }

    const plan::PlannedStatement &m_statement;
    const std::vector<Failure> &m_failures;
};

} // namespace

bool isErrorSure(const Runner &runner) { return Proof(runner).holds(); }

} // namespace sqlgym::exec
