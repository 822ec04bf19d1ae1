// Calls of nextval() and setval() where PostgreSQL's plan decides when, and how often, they are made.
#include "sql/definition_binder.h"
#include "sql/expr_tools.h"

#include <algorithm>
#include <cctype>

namespace sqlgym::sql {

namespace {

bool changesSequence(const Expr &expr)
{
    const auto *call = as<FunctionExpr>(&expr);
    const auto *row = call ? catalogue::findFunction(call->function) : nullptr;
    return row && (row->symbol == "nextval_oid" || row->symbol == "setval_oid" || row->symbol == "setval3_oid");
}

bool callsSequence(Expr &expr)
{
    bool found = changesSequence(expr);
    forEachChild(expr, [&](Expr *&child) { found = found || callsSequence(*child); });
    return found;
}

/// Looks through a statement's queries.
class SequenceCalls {
public:
    void walk(Query &query)
    {
        m_limited = m_limited || query.limit || query.offset;
        const bool sorted = !query.orderBy.empty() || query.distinct != DistinctKind::None || query.grouped ||
                            query.setOperation || !query.windows.empty();
        for (auto &target : query.targets)
            m_apart = m_apart || (sorted && target.expr && callsSequence(*target.expr));
        forEachExpr(query, [this](Expr *&expr) { visit(*expr); });
        for (auto &entry : query.range) {
            if (entry.kind == RangeKind::Subquery && entry.subquery)
                walk(*entry.subquery);
            if (entry.change && entry.change->source)
                walk(*entry.change->source);
        }
        for (const auto *cte : query.ctes) {
            if (cte->query)
                walk(*cte->query);
        }
    }

    bool dependOnPlan() const { return m_calls && (m_limited || m_apart); }

private:
    void visit(Expr &expr)
    {
        m_calls = m_calls || changesSequence(expr);
        forEachChild(expr, [this](Expr *&child) { visit(*child); });
        if (const auto *link = as<SublinkExpr>(&expr); link && link->query)
            walk(*link->query);
    }

    bool m_calls = false;
    bool m_limited = false;
    bool m_apart = false;
};

} // namespace

/// PostgreSQL calls them after it has sorted, and only for the rows that are asked for.
void DefinitionBinder::declineSequenceOrder(Query &query) const
{
    static constexpr std::string_view kWord = "val";
    const auto sameLetter = [](char a, char b) { return std::tolower(static_cast<unsigned char>(a)) == b; };
    if (std::search(m_sql.begin(), m_sql.end(), kWord.begin(), kWord.end(), sameLetter) == m_sql.end())
        return;
    SequenceCalls calls;
    calls.walk(query);
    if (calls.dependOnPlan())
        decline("nextval() in a query that sorts, groups or limits rows");
}

} // namespace sqlgym::sql
