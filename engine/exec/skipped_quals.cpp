#include "exec/skipped_quals.h"

#include "exec/quals.h"
#include "exec/scan.h"

#include <algorithm>

namespace sqlgym::exec {

namespace {

/// More pairs of rows than this are not tried: what fails on few of so many is taken to be found by the join itself.
constexpr std::size_t kMostCombinations = 20'000;

class Check {
public:
    Check(Runner &runner, const plan::QueryPlan &plan)
        : m_runner(runner), m_run(runner.run()), m_plan(plan),
          m_scope(plan.query, nullptr, plan.rangeCount, m_run.nullRow.data())
    {
        m_scope.ctes = runner.lastingCtes();
    }

    void test(sql::Expr *qual)
    {
        const plan::RangeSet ranges = plan::rangesOf(qual);
        if (m_runner.scannedAll(m_plan, ranges))
            return;
        std::vector<std::pair<int, std::shared_ptr<const Table>>> tables;
        std::size_t combinations = 1;
        for (int range = 0; range < int(m_plan.query->range.size()); ++range) {
            if (!(ranges & plan::rangeBit(range)))
                continue;
            const sql::RangeEntry &entry = m_plan.query->range[std::size_t(range)];
            auto table = entry.kind == sql::RangeKind::Table ? m_runner.table(*entry.table) : nullptr;
            if (!table)
                return;
            combinations *= std::max<std::size_t>(table->rows.size(), 1);
            tables.emplace_back(range, std::move(table));
            if (tables.size() > 1 && combinations > kMostCombinations)
                return;
        }
        std::vector<sql::Expr *> tested;
        for (sql::Expr *other : m_plan.innerQuals)
            if (const auto set = plan::rangesOf(other); set != 0 && (set & ~ranges) == 0)
                tested.push_back(other);
        plan::orderQuals(tested);
        Quals quals(m_runner.code(), m_run, m_scope, m_runner, tested, true);
        combine(tables, 0, quals);
    }

private:
    void combine(const std::vector<std::pair<int, std::shared_ptr<const Table>>> &tables, std::size_t at, Quals &quals)
    {
        if (at == tables.size()) {
            quals.pass();
            return;
        }
        for (const Datum *row : tables[at].second->rows) {
            if (!m_run.proceed())
                return;
            m_scope.rows[std::size_t(tables[at].first)] = row;
            combine(tables, at + 1, quals);
        }
    }

    Runner &m_runner;
    Execution &m_run;
    const plan::QueryPlan &m_plan;
    Scope m_scope;
};

} // namespace

void checkSkippedQuals(Runner &runner)
{
    for (const plan::QueryPlan &plan : runner.statement().queries) {
        if (!plan.parameters.empty() || plan.readsWorkingTable)
            continue;
        for (sql::Expr *qual : plan.innerQuals)
            if (!runner.run().stopped() && plan::mayRaise(qual) && plan::rangesOf(qual) != 0)
                Check(runner, plan).test(qual);
    }
}

} // namespace sqlgym::exec
