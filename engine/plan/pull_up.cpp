#include "plan/pull_up.h"

#include "catalogue/catalogue.h"
#include "plan/push_down.h"

#include <algorithm>
#include <unordered_set>

namespace sqlgym::plan {

using namespace sql;

bool isMergeable(Query &query)
{
    if (query.setOperation || query.grouped || query.hasAggregates || query.hasWindows || query.having ||
        query.distinct != DistinctKind::None || !query.orderBy.empty() || query.limit || query.offset ||
        query.hasWith || !query.ctes.empty())
        return false;
    for (auto &target : query.targets)
        if (target.junk || isVolatile(target.expr) || returnsSet(target.expr))
            return false;
    return true;
}

namespace {

/// Moves a subquery's expressions one level out: its own columns become the parent's (shifted by `offset`), what it
/// read from outside comes a level nearer. `seen` guards nodes that the tree holds twice.
class Lifter {
public:
    explicit Lifter(int offset) : m_offset(offset) {}
    void lift(Expr *&slot) { eachSlot(slot, 0, *this); }
    void lift(Query &inner) { eachSlot(inner, 1, *this); }
    bool operator()(Expr *&slot, int depth)
    {
        if (!m_seen.insert(slot).second)
            return false;
        if (auto *column = as<ColumnExpr>(slot)) {
            if (column->range < 0)
                return true;
            if (column->levelsUp == depth)
                column->range += m_offset;
            else if (column->levelsUp > depth)
                --column->levelsUp;
        } else if (auto *aggregate = as<AggregateExpr>(slot); aggregate && aggregate->levelsUp > depth)
            --aggregate->levelsUp;
        return true;
    }

private:
    int m_offset;
    std::unordered_set<Expr *> m_seen;
};

bool onlyColumns(const Query &query)
{
    return std::all_of(query.targets.begin(), query.targets.end(), [](const TargetEntry &target) {
        const auto *column = as<ColumnExpr>(target.expr);
        return column && column->levelsUp == 0 && column->column >= 0;
    });
}

bool isStrictFunction(Oid function)
{
    const auto *row = catalogue::findFunction(function);
    return row && row->strict && !row->returnsSet;
}

/// PostgreSQL's contain_nonstrict_functions, the other way round: NULL wherever one of its columns is.
bool isStrict(Expr *expr)
{
    bool strict = true;
    switch (expr->kind) {
    case ExprKind::Column:
        return as<ColumnExpr>(expr)->column >= 0;
    case ExprKind::Constant:
    case ExprKind::Relabel:
    case ExprKind::ConvertViaText:
        break;
    case ExprKind::Function:
        strict = isStrictFunction(as<FunctionExpr>(expr)->function);
        break;
    case ExprKind::Boolean:
        strict = as<BooleanExpr>(expr)->op == BooleanOp::Not;
        break;
    default:
        return false;
    }
    eachChild(expr, [&](Expr *&child) { strict = strict && isStrict(child); });
    return strict;
}

/// Is each column NULL in a row that an outer join filled with NULLs, wherever it is computed?
bool staysNull(const Query &query)
{
    return std::all_of(query.targets.begin(), query.targets.end(),
                       [](const TargetEntry &target) { return rangesOf(target.expr) != 0 && isStrict(target.expr); });
}

class PullUp {
public:
    PullUp(BoundStatement &statement, Query &query) : m_statement(statement), m_query(query) {}

    std::vector<HeldBack> run()
    {
        mergeOneRow();
        for (std::size_t i = 0; i < m_query.from.size(); ++i)
            visit(m_query.from[i], nullptr);
        return std::move(m_heldBack);
    }

private:
    /// VALUES of one row, alone in FROM: its expressions go where its columns are read.
    void mergeOneRow()
    {
        if (m_query.range.size() != 1 || m_query.from.size() != 1 || m_query.from.front()->isJoin)
            return;
        RangeEntry &entry = m_query.range.front();
        if (entry.kind != RangeKind::Values || entry.values.size() != 1 || entry.columns.empty() || readsWholeRow(0))
            return;
        std::vector<TargetEntry> targets;
        for (Expr *expr : entry.values.front()) {
            if (isVolatile(expr) || returnsSet(expr) || hasSublink(expr))
                return;
            targets.push_back({expr, "", false});
        }
        entry.values.front().clear();
        entry.columns.clear();
        substitute(0, targets);
    }

    /// `nulling`: the join on whose optional side it stands.
    void visit(FromNode *&node, FromNode *nulling)
    {
        if (node->isJoin) {
            const JoinKind kind = node->join;
            visit(node->left, kind == JoinKind::Right || kind == JoinKind::Full ? node : nulling);
            visit(node->right, kind == JoinKind::Left || kind == JoinKind::Full ? node : nulling);
            return;
        }
        RangeEntry &entry = m_query.range[std::size_t(node->range)];
        if (entry.kind == RangeKind::Values && m_query.range.size() == 1)
            mergeValues(node);
        if (entry.kind != RangeKind::Subquery || !entry.subquery)
            return;
        Query &inner = *entry.subquery;
        const auto inside = pullUpSubqueries(m_statement, inner);
        if (!isMergeable(inner))
            return;
        const bool nullable = nulling != nullptr;
        const bool guarded = (nullable && (entry.lateral || inner.from.size() > 1)) ||
                             (nullable && !staysNull(inner)) || (!m_query.groupingSets.empty() && !onlyColumns(inner));
        if (guarded || m_query.range.size() + inner.range.size() + 2 > std::size_t(kMaxRanges) ||
            readsWholeRow(node->range) || readsSublinkDeep(node->range, inner)) {
            m_heldBack.push_back({node->range, guarded, nulling});
            return;
        }
        const int offset = int(m_query.range.size());
        merge(node, inner);
        for (const HeldBack &held : inside)
            m_heldBack.push_back({held.range + offset, held.guarded || nullable, held.join ? held.join : nulling});
    }

    /// One row of VALUES, alone in its query, is a select list.
    void mergeValues(FromNode *&node)
    {
        const int range = node->range;
        auto &rows = m_query.range[std::size_t(range)].values;
        if (rows.size() != 1 || rows.front().empty() || readsWholeRow(range))
            return;
        for (Expr *cell : rows.front())
            if (isVolatile(cell) || returnsSet(cell))
                return;
        std::vector<TargetEntry> targets;
        for (Expr *cell : rows.front())
            targets.push_back({cell, {}, false});
        rows.front().clear();
        m_query.range[std::size_t(range)].columns.clear();
        substitute(range, targets);
    }

    /// A column that holds a subquery may go where the query itself reads it, not into queries further in: there its
    /// references would need rewriting, and the copies share it.
    bool readsSublinkDeep(int range, const Query &inner)
    {
        bool found = false;
        auto test = [&](Expr *&slot, int depth) {
            const auto *column = as<ColumnExpr>(slot);
            found = found || (depth > 0 && column && column->levelsUp == depth && column->range == range &&
                              column->column >= 0 && hasSublink(inner.targets[std::size_t(column->column)].expr));
            return !found;
        };
        eachSlot(m_query, 0, test);
        return found;
    }

    bool readsWholeRow(int range)
    {
        bool found = false;
        auto test = [&](Expr *&slot, int depth) {
            const auto *column = as<ColumnExpr>(slot);
            found = found || (column && column->levelsUp == depth && column->range == range && column->column < 0);
            return !found;
        };
        eachSlot(m_query, 0, test);
        return found;
    }

    void merge(FromNode *&node, Query &inner)
    {
        const int range = node->range;
        const int offset = int(m_query.range.size());
        const bool lateral = m_query.range[std::size_t(range)].lateral;
        Lifter lifter(offset);
        eachExpr(inner, [&](Expr *&slot) { lifter.lift(slot); });
        eachInnerQuery(inner, [&](Query *deeper) { lifter.lift(*deeper); });

        // The entry stays, unused, so that other entries keep their numbers.
        m_query.range[std::size_t(range)].subquery = nullptr;
        for (RangeEntry &moved : inner.range) {
            moved.lateral = moved.lateral || (lateral && (moved.subquery || !moved.functions.empty()));
            m_query.range.push_back(std::move(moved));
        }
        FromNode *merged = inner.from.empty() ? oneRow() : nullptr;
        for (FromNode *item : inner.from) {
            shiftLeaves(item, offset);
            if (!merged) {
                merged = item;
                continue;
            }
            auto *join = m_statement.make<FromNode>();
            join->isJoin = true;
            join->left = merged;
            join->right = item;
            merged = join;
        }
        if (inner.where) {
            // As the condition of a join with nothing: it stays below outer joins, and folds apart from other
            // conditions.
            auto *filter = m_statement.make<FromNode>();
            filter->isJoin = true;
            filter->left = merged;
            filter->right = oneRow();
            filter->condition = inner.where;
            merged = filter;
        }
        node = merged;
        substitute(range, inner.targets);
    }

    /// A leaf of one row without columns: a subquery without FROM leaves nothing else.
    FromNode *oneRow()
    {
        RangeEntry entry;
        entry.kind = RangeKind::Values;
        entry.values.emplace_back();
        m_query.range.push_back(std::move(entry));
        auto *leaf = m_statement.make<FromNode>();
        leaf->range = int(m_query.range.size()) - 1;
        return leaf;
    }

    static void shiftLeaves(FromNode *node, int offset)
    {
        if (!node->isJoin) {
            node->range += offset;
            return;
        }
        shiftLeaves(node->left, offset);
        shiftLeaves(node->right, offset);
    }

    void substitute(int range, const std::vector<TargetEntry> &targets)
    {
        auto replace = [&](Expr *&slot, int depth) {
            auto *column = as<ColumnExpr>(slot);
            if (!column || column->levelsUp != depth || column->range != range)
                return true;
            Expr *copy = clone(m_statement, targets[std::size_t(column->column)].expr);
            deepen(copy, depth);
            slot = copy;
            return false;
        };
        eachSlot(m_query, 0, replace);
    }

    static void deepen(Expr *&expr, int depth)
    {
        if (depth == 0)
            return;
        auto shift = [&](Expr *&slot, int) {
            if (auto *column = as<ColumnExpr>(slot); column && column->range >= 0)
                column->levelsUp += depth;
            else if (auto *aggregate = as<AggregateExpr>(slot))
                aggregate->levelsUp += depth;
            return true;
        };
        eachSlot(expr, 0, shift);
    }

    BoundStatement &m_statement;
    Query &m_query;
    std::vector<HeldBack> m_heldBack;
};

} // namespace

std::vector<HeldBack> pullUpSubqueries(BoundStatement &statement, Query &query)
{
    return PullUp(statement, query).run();
}

namespace {

/// The expressions of a held back subquery that read nothing, in the place of its columns.
class Steady {
public:
    Steady(BoundStatement &statement, int range, const Query &inner)
        : m_statement(statement), m_range(range), m_inner(inner)
    {
    }
    bool operator()(Expr *&slot, int depth)
    {
        const auto *column = as<ColumnExpr>(slot);
        if (!column || column->levelsUp != depth || column->range != m_range || column->column < 0)
            return true;
        Expr *target = m_inner.targets[std::size_t(column->column)].expr;
        if (isSameInAllRows(target) && !readsOuter(target) && !hasSublink(target))
            slot = clone(m_statement, target);
        return false;
    }
    void belowJoin(FromNode *node)
    {
        if (!node->isJoin)
            return;
        belowJoin(node->left);
        belowJoin(node->right);
        if (node->condition && node->join != JoinKind::Full)
            eachSlot(node->condition, 0, *this);
    }

private:
    BoundStatement &m_statement;
    int m_range;
    const Query &m_inner;
};

} // namespace

void substituteSteady(BoundStatement &statement, Query &query, const HeldBack &held)
{
    Steady steady(statement, held.range, *query.range[std::size_t(held.range)].subquery);
    if (!held.guarded)
        eachSlot(query, 0, steady);
    else if (held.join)
        steady.belowJoin(held.join);
}

bool isAppendMember(Query &leaf)
{
    return isMergeable(leaf) && !leaf.where && (leaf.from.empty() || (leaf.from.size() == 1 && !leaf.from[0]->isJoin));
}

namespace {

void dropColumns(BoundStatement &statement, Query &inner, std::vector<bool> used)
{
    if (isPlainUnionAll(inner)) {
        for (RangeEntry &entry : inner.range)
            if (entry.subquery)
                dropColumns(statement, *entry.subquery, used);
        return;
    }
    if (inner.setOperation || inner.distinct != DistinctKind::None)
        return;
    used.resize(inner.targets.size(), false);
    const auto keep = [&](const std::vector<SortKey> &keys) {
        for (const SortKey &key : keys)
            used[std::size_t(key.target)] = true;
    };
    keep(inner.orderBy);
    keep(inner.groupBy);
    for (const auto &window : inner.windows) {
        keep(window.partitionBy);
        keep(window.orderBy);
    }
    for (std::size_t i = 0; i < used.size(); ++i) {
        auto &target = inner.targets[i];
        if (used[i] || target.junk || target.expr->kind == ExprKind::Constant || isVolatile(target.expr) ||
            returnsSet(target.expr))
            continue;
        auto *null = statement.make<ConstantExpr>();
        null->type = target.expr->type;
        null->typmod = target.expr->typmod;
        target.expr = null;
    }
}

} // namespace

void dropUnusedColumns(BoundStatement &statement, Query &query, int range,
                       const std::function<bool(const Expr *)> &isGone)
{
    Query &inner = *query.range[std::size_t(range)].subquery;
    std::vector<bool> used(query.range[std::size_t(range)].columns.size(), false);
    bool whole = false;
    auto visit = [&](Expr *&slot, int depth) {
        const auto *column = as<ColumnExpr>(slot);
        if (isGone(slot))
            return false;
        if (column && column->levelsUp == depth && column->range == range) {
            if (column->column < 0)
                whole = true;
            else if (std::size_t(column->column) < used.size())
                used[std::size_t(column->column)] = true;
        }
        return true;
    };
    eachSlot(query, 0, visit);
    if (!whole)
        dropColumns(statement, inner, std::move(used));
}

void dropExistsTargets(Query &query)
{
    if (query.setOperation || query.hasAggregates || query.hasWindows || query.having || query.offset ||
        !query.groupingSets.empty())
        return;
    if (query.limit) {
        const auto *limit = as<ConstantExpr>(query.limit);
        if (!limit || (!limit->value.isNull && limit->value.int64 <= 0))
            return;
        query.limit = nullptr;
    }
    for (const auto &target : query.targets)
        if (returnsSet(target.expr))
            return;
    query.targets.clear();
    query.distinct = DistinctKind::None;
    query.distinctKeys.clear();
    query.orderBy.clear();
    query.groupBy.clear();
    query.grouped = false;
    query.windows.clear();
}

} // namespace sqlgym::plan
