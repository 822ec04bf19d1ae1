#include "exec/skipped_quals.h"

#include "catalogue/catalogue.h"
#include "exec/surroundings.h"

#include <algorithm>

namespace sqlgym::exec {

namespace {

using plan::QueryPlan;
using plan::RangeSet;

/// More combinations of rows than this are not tried: what fails on few of so many is taken to be found by the join
/// itself.
constexpr std::size_t kMostCombinations = 20'000;
/// Over tables with more rows than this in all, the order of conditions counts as known: trying takes too long.
constexpr std::size_t kFewRows = 20'000;
/// So many times a LATERAL subquery is computed again.
constexpr std::size_t kMostLateral = 200;

/// An expression that PostgreSQL may evaluate on rows that the run never put together.
struct Suspect {
    const QueryPlan *plan;
    sql::Expr *expr;
    const std::vector<sql::Expr *> *companions; ///< conditions of the same step or below it
    bool afterAll = false;                      ///< no condition: what tests its rows alone comes before it
    const sql::Expr *within = nullptr;          ///< the condition that it is a side of
    bool always = false;                        ///< to be tried even where the rows have been read to their end
    /// Between queries that may be merged, and conditions that may be handed from one to the other, none counts as
    /// tested before another.
    bool anyOrder = false;
};

using plan::within;

/// Is `side` a key by which a join hashes one item, or looks it up? Then it was computed for all rows that were read.
bool isKeyOfLeaf(const plan::Node *node, const sql::Expr *side)
{
    if (!node || node->range >= 0)
        return false;
    for (const plan::HashKey &key : node->keys)
        if ((key.left == side && node->left->range >= 0) || (key.right == side && node->right->range >= 0))
            return true;
    return isKeyOfLeaf(node->left, side) || isKeyOfLeaf(node->right, side);
}

class Check {
public:
    Check(Runner &runner, Surroundings &surroundings, const Suspect &suspect)
        : m_runner(runner), m_run(runner.run()), m_surroundings(surroundings), m_suspect(suspect),
          m_scratch(runner.run())
    {
    }

    void test()
    {
        const QueryPlan &plan = *m_suspect.plan;
        if (!m_surroundings.knowsAround(plan) && plan::hasSublink(m_suspect.expr))
            return;
        const RangeSet own = plan::rangesOf(m_suspect.expr);
        const RangeSet outer = plan.parent ? plan::rangesOf(m_suspect.expr, 1) : 0;
        if ((own == 0 && outer == 0) ||
            (!m_suspect.anyOrder && outer == 0 && !m_suspect.always && m_runner.scannedAll(plan, own) &&
             isTestedThere(own) && !hasCorrelatedCompanion(own)))
            return;
        if (!addItems(plan, own) || (outer != 0 && !addItems(*plan.parent, outer)))
            return;
        Scope &scope = m_surroundings.scopeOf(plan);
        std::vector<sql::Expr *> below;
        std::vector<sql::Expr *> beside;
        for (sql::Expr *other : *m_suspect.companions) {
            const RangeSet ranges = plan::rangesOf(other);
            const RangeSet around = plan.parent ? plan::rangesOf(other, 1) : 0;
            if (m_suspect.anyOrder || other == m_suspect.expr || other == m_suspect.within || plan::hasSublink(other) ||
                !within(ranges, own) || !within(around, outer) || plan::isVolatile(other))
                continue;
            if (m_suspect.afterAll || ranges != own || around != outer)
                below.push_back(other);
            else if (isBefore(other))
                beside.push_back(other);
        }
        std::vector<sql::Expr *> around;
        for (sql::Expr *other : outer != 0 ? plan.parent->innerQuals : std::vector<sql::Expr *>())
            if (within(plan::rangesOf(other), outer) && !plan::hasSublink(other) && !plan::isVolatile(other))
                around.push_back(other);
        plan::orderQuals(around);
        plan::orderQuals(below);
        plan::orderQuals(beside);
        std::vector<std::unique_ptr<Quals>> filters;
        if (!around.empty())
            filters.push_back(std::make_unique<Quals>(m_runner.code(), m_run, m_surroundings.scopeOf(*plan.parent),
                                                      m_runner, around, true));
        for (const auto &list : {below, beside})
            if (!list.empty())
                filters.push_back(std::make_unique<Quals>(m_runner.code(), m_run, scope, m_runner, list, true));
        Compiler compiler(m_runner.code(), m_run, &scope, m_scratch.cx, &m_runner);
        const Operand operand = compiler.compile(m_suspect.expr);
        combine(0, filters, operand);
    }

private:
    struct Item {
        const Datum **row;
        const Surroundings::Rows *rows;
        bool nullable;
    };

    /// Rows that an outer join may lack are tested above it: there no condition has seen all that was read.
    bool isTestedThere(RangeSet own) const
    {
        return m_suspect.within || m_suspect.afterAll || (own & m_suspect.plan->nullable) == 0 ||
               m_suspect.companions != &m_suspect.plan->innerQuals;
    }

    bool hasCorrelatedCompanion(RangeSet own) const
    {
        return std::ranges::any_of(*m_suspect.companions, [&](sql::Expr *other) {
            return plan::rangesOf(other) == own && plan::readsOuter(other);
        });
    }

    /// Of the conditions of one step, is this one tested first?
    bool isBefore(sql::Expr *other) const
    {
        if (plan::hasUnsurePrice(m_suspect.expr))
            return false;
        const auto &list = *m_suspect.companions;
        const bool written = std::ranges::find(list, other) < std::ranges::find(list, m_suspect.expr);
        return written ? plan::testedBefore(other, m_suspect.expr) : !plan::testedBefore(m_suspect.expr, other);
    }

    bool addItems(const QueryPlan &plan, RangeSet ranges)
    {
        Scope &scope = m_surroundings.scopeOf(plan);
        for (int range = 0; range < int(plan.query->range.size()); ++range) {
            if (!(ranges & plan::rangeBit(range)))
                continue;
            const auto *rows = m_surroundings.rowsOf(plan, range);
            if (!rows || m_run.stopped())
                return false;
            const bool nullable = (plan.nullable & plan::rangeBit(range)) != 0;
            m_combinations *= rows->size() + (nullable ? 1 : 0);
            m_items.push_back({&scope.rows[std::size_t(range)], rows, nullable});
            if (m_items.size() > 1 && m_combinations > kMostCombinations)
                return false;
        }
        return true;
    }

    void combine(std::size_t at, const std::vector<std::unique_ptr<Quals>> &filters, const Operand &operand)
    {
        if (at == m_items.size()) {
            for (const auto &filter : filters)
                if (!filter->pass())
                    return;
            m_scratch.arena.reset();
            operand.get();
            if (m_run.stopped())
                declineError(m_run);
            return;
        }
        const Item &item = m_items[at];
        for (const Datum *row : *item.rows) {
            if (!m_run.proceed())
                return;
            *item.row = row;
            combine(at + 1, filters, operand);
        }
        *item.row = m_run.nullRow.data();
        if (item.nullable && !m_run.stopped())
            combine(at + 1, filters, operand);
    }

    Runner &m_runner;
    Execution &m_run;
    Surroundings &m_surroundings;
    const Suspect &m_suspect;
    Scratch m_scratch;
    std::vector<Item> m_items;
    std::size_t m_combinations = 1;
};

/// Goes through the queries of a statement, those around others first.
class Search {
public:
    explicit Search(Runner &runner) : m_runner(runner), m_surroundings(runner), m_fewRows(countRows(runner) <= kFewRows)
    {
        for (const auto &[definition, cte] : runner.statement().ctes)
            if (cte.recursive)
                m_initialOf[cte.recursive] = cte.initial;
    }

    void run()
    {
        for (const QueryPlan &plan : m_runner.statement().queries) {
            if (m_runner.run().stopped())
                return;
            if (isRead(plan) && m_surroundings.knowsAround(plan))
                readSkipped(plan);
        }
        for (const QueryPlan &plan : m_runner.statement().queries) {
            if (m_runner.run().stopped())
                return;
            if (isRead(plan) && (m_surroundings.knowsAround(plan) || plan.parameters.empty()))
                testConditions(plan);
        }
    }

private:
    /// Does PostgreSQL read anything of it, whatever its plan?
    bool isRead(const QueryPlan &plan)
    {
        const auto known = m_isRead.find(&plan);
        if (known != m_isRead.end())
            return known->second;
        // The recursive part of a CTE is read once even when there is nothing to go on from.
        const auto initial = m_initialOf.find(&plan);
        const bool opened = m_runner.hasOpened(plan) ||
                            (plan.joined && plan.parent != nullptr && isRead(*plan.parent)) ||
                            (initial != m_initialOf.end() && m_runner.hasOpened(*initial->second));
        const bool is = opened && !(plan.source && plan.source->empty) && m_surroundings.passesGate(plan);
        m_isRead[&plan] = is;
        return is;
    }

    /// Items of a join that the run left unread, or not to their end.
    void readSkipped(const QueryPlan &plan)
    {
        if (plan.joined && !m_runner.hasOpened(plan) && plan.parameters.empty() && plan::anyMayRaise(*plan.query))
            m_surroundings.readAll(plan);
        if (!plan.severalTables)
            return;
        for (int range = 0; range < int(plan.query->range.size()) && !m_runner.run().stopped(); ++range) {
            sql::RangeEntry &entry = plan.query->range[std::size_t(range)];
            const plan::Node *leaf = findLeaf(plan.source, range);
            const bool raises = mayRaise(entry) || (leaf && leaf->subplan && keysMayRaise(*leaf->subplan));
            if (leaf && leaf->kind == plan::NodeKind::Subquery && leaf->needs != 0 && raises) {
                std::vector<int> around;
                for (int other = 0; other < int(plan.query->range.size()); ++other)
                    if (leaf->needs & plan::rangeBit(other))
                        around.push_back(other);
                std::size_t tries = 0;
                readLateral(plan, *leaf->subplan, around, 0, tries);
            } else if (leaf && !m_runner.scannedAll(plan, plan::rangeBit(range)) && raises)
                m_surroundings.rowsOf(plan, range);
        }
    }

    /// What a query, or one inside it, is grouped by stands in its plan alone.
    bool keysMayRaise(const QueryPlan &outer) const
    {
        return std::ranges::any_of(m_runner.statement().queries, [&](const QueryPlan &plan) {
            const QueryPlan *around = &plan;
            while (around && around != &outer)
                around = around->parent;
            return around && std::ranges::any_of(plan.group.keys, [](sql::Expr *key) { return plan::mayRaise(key); });
        });
    }

    /// A LATERAL subquery may be asked for rows that another condition takes out only later.
    void readLateral(const QueryPlan &plan, const QueryPlan &subplan, const std::vector<int> &around, std::size_t at,
                     std::size_t &tries)
    {
        if (m_runner.run().stopped() || tries > kMostLateral)
            return;
        if (at == around.size()) {
            ++tries;
            m_surroundings.readAll(subplan);
            return;
        }
        const auto *rows = m_surroundings.rowsOf(plan, around[at]);
        if (!rows)
            return;
        const Datum *&row = m_surroundings.scopeOf(plan).rows[std::size_t(around[at])];
        for (const Datum *each : *rows) {
            row = each;
            if (!passesAlone(plan, around[at]))
                continue;
            readLateral(plan, subplan, around, at + 1, tries);
            row = each;
        }
        row = m_runner.run().nullRow.data();
    }

    /// The conditions on one item alone come before any join.
    bool passesAlone(const QueryPlan &plan, int range)
    {
        auto &quals = m_alone[{&plan, range}];
        if (!quals) {
            std::vector<sql::Expr *> own;
            for (sql::Expr *qual : plan.innerQuals)
                if (plan::rangesOf(qual) == plan::rangeBit(range) && !plan::hasSublink(qual) && !plan::isVolatile(qual))
                    own.push_back(qual);
            plan::orderQuals(own);
            quals = std::make_unique<Quals>(m_runner.code(), m_runner.run(), m_surroundings.scopeOf(plan), m_runner,
                                            own, true);
        }
        return quals->pass();
    }

    static bool mayRaise(sql::RangeEntry &entry)
    {
        const auto fails = [](sql::Expr *expr) { return plan::mayRaise(expr); };
        switch (entry.kind) {
        case sql::RangeKind::Subquery:
            return entry.subquery && plan::anyMayRaise(*entry.subquery);
        case sql::RangeKind::Cte:
            return entry.cte && plan::anyMayRaise(*entry.cte->query);
        case sql::RangeKind::Function:
            return std::ranges::any_of(entry.functions, fails);
        case sql::RangeKind::Values:
            return std::ranges::any_of(entry.values, [&](const auto &row) { return std::ranges::any_of(row, fails); });
        default:
            return false;
        }
    }

    void testConditions(const QueryPlan &plan)
    {
        for (const auto &target : plan.query->targets)
            if (plan.early && (plan.severalTables || !plan.parameters.empty()) && plan::mayRaise(target.expr) &&
                !m_runner.run().stopped())
                check({&plan, target.expr, &plan.innerQuals, true, nullptr, true});
        if (!plan.qualsMayRaise && plan.outerConditions.empty())
            return;
        const bool alone = !plan.severalTables && !plan.joined && plan.parameters.empty();
        test(plan, plan.innerQuals, alone);
        for (const auto &conditions : plan.outerConditions)
            test(plan, conditions, false);
    }

    /// `alone`: conditions of one item, tested in one order whatever the plan.
    void test(const QueryPlan &plan, const std::vector<sql::Expr *> &conditions, bool alone)
    {
        for (sql::Expr *qual : conditions) {
            if (m_runner.run().stopped())
                return;
            if (!plan::mayRaise(qual))
                continue;
            testArms(plan, conditions, qual);
            if (!testSides(plan, conditions, qual) && (!alone || !m_runner.scannedAll(plan, plan::rangesOf(qual))))
                check({&plan, qual, &conditions, false, nullptr, plan::hasUnsurePrice(qual)});
        }
    }

    /// What the arms of an OR over several items say of one of them, PostgreSQL may test where that one is read
    /// (extract_restriction_or_clauses).
    void testArms(const QueryPlan &plan, const std::vector<sql::Expr *> &conditions, sql::Expr *qual)
    {
        const auto *either = sql::as<sql::BooleanExpr>(qual);
        if (!either || either->op != sql::BooleanOp::Or)
            return;
        for (sql::Expr *arm : either->arguments) {
            std::vector<sql::Expr *> parts;
            plan::splitAnd(arm, parts);
            for (sql::Expr *part : parts)
                if (plan::mayRaise(part) && plan::rangesOf(part) != plan::rangesOf(qual) && !m_runner.run().stopped())
                    check({&plan, part, &conditions, false, qual, true});
        }
    }

    /// The sides of a comparison of two items may be evaluated apart, for a hash or a sort.
    bool testSides(const QueryPlan &plan, const std::vector<sql::Expr *> &conditions, sql::Expr *qual)
    {
        std::vector<sql::Expr *> sides;
        if (auto *sublink = sql::as<sql::SublinkExpr>(qual); sublink && sublink->sublink == sql::SublinkKind::Any)
            sides = sublink->left;
        else if (auto *call = sql::as<sql::FunctionExpr>(qual); call && call->op && call->arguments.size() == 2)
            sides = call->arguments;
        else
            return false;
        const auto *call = sql::as<sql::FunctionExpr>(qual);
        const auto *op = call ? catalogue::findOperator(call->op) : nullptr;
        const bool apart =
            sql::as<sql::SublinkExpr>(qual) ||
            (op && (op->canHash || op->canMerge) && plan::rangesOf(sides[0]) != 0 && plan::rangesOf(sides[1]) != 0 &&
             (plan::rangesOf(sides[0]) & plan::rangesOf(sides[1])) == 0);
        if (!apart)
            return false;
        // (Compared with a constant it is a condition on its table alone.)
        static const std::vector<sql::Expr *> kNone;
        const auto *sublink = sql::as<sql::SublinkExpr>(qual);
        const bool isConstant = sublink && std::ranges::all_of(sublink->query->targets, [](const auto &target) {
                                    return plan::isSameInAllRows(target.expr);
                                });
        for (sql::Expr *side : sides)
            if (plan::mayRaise(side) && !m_runner.run().stopped())
                check({&plan, side, isConstant ? &kNone : &conditions, true, qual, !isKeyOfLeaf(plan.source, side)});
        return true;
    }

    void check(Suspect suspect)
    {
        suspect.anyOrder = m_fewRows && m_runner.run().severalQueries && suspect.plan->severalTables &&
                           !suspect.afterAll && m_surroundings.knowsAround(*suspect.plan);
        Check(m_runner, m_surroundings, suspect).test();
    }

    static std::size_t countRows(const Runner &runner)
    {
        std::size_t rows = 0;
        for (const QueryPlan &plan : runner.statement().queries)
            for (const sql::RangeEntry &entry : plan.query->range)
                if (const auto table = entry.table ? runner.table(*entry.table) : nullptr)
                    rows += table->rows.size();
        return rows;
    }

    Runner &m_runner;
    Surroundings m_surroundings;
    bool m_fewRows;
    std::map<const QueryPlan *, const QueryPlan *> m_initialOf; ///< per recursive part of a CTE
    std::map<const QueryPlan *, bool> m_isRead;
    std::map<std::pair<const QueryPlan *, int>, std::unique_ptr<Quals>> m_alone;
};

} // namespace

void checkSkippedQuals(Runner &runner)
{
    const auto &queries = runner.statement().queries;
    const bool plain = queries.size() == 1 && !queries.front().severalTables;
    if (!plain)
        Search(runner).run();
}

} // namespace sqlgym::exec
