#include "plan/possible_values.h"

#include "catalogue/catalogue.h"
#include "catalogue/type_oids.h"
#include "plan/analysis.h"
#include "plan/pull_up.h"

#include <algorithm>

namespace sqlgym::plan {

using namespace sql;

namespace {

/// So many values of an expression are gone on with.
constexpr std::size_t kMostValues = 64;
/// So many ways to fill an expression's inputs are tried.
constexpr std::size_t kMostWays = 1024;

const Possible kUnknown{{}, true, false, false};

bool isSame(const value::Datum &a, const value::Datum &b)
{
    if (a.isNull || b.isNull || a.storage != b.storage)
        return a.isNull && b.isNull;
    if (a.storage == value::Storage::Inline || a.storage == value::Storage::SmallNumeric)
        return a.int64 == b.int64 && a.scale == b.scale;
    return a.storage == value::Storage::Bytes && a.text() == b.text();
}

void add(Possible &to, ConstantExpr *constant)
{
    if (std::ranges::any_of(to.constants, [&](const auto *known) { return isSame(known->value, constant->value); }))
        return;
    if (to.constants.size() < kMostValues)
        to.constants.push_back(constant);
    else
        to.others = true;
}

void add(Possible &to, const Possible &more)
{
    for (ConstantExpr *constant : more.constants)
        add(to, constant);
    to.others = to.others || more.others;
}

/// A common table expression that nothing reads is never planned.
bool isUnread(const Query &query, const Query &inner)
{
    return std::ranges::any_of(query.ctes, [&](const CteDefinition *cte) {
        return cte->query == &inner && cte->references == 0 && !changeOf(inner);
    });
}

/// Can it fail on what is not known? Division can by zero, and text need not be what it is read as.
bool failsOnUnknown(Expr *expr, const std::vector<Possible> &inputs)
{
    // (What a function in FROM gives is mostly made for what is done with it.)
    const auto isUnknown = [](const Possible &input) { return input.constants.empty() && !input.given; };
    if (const auto *call = as<FunctionExpr>(expr)) {
        const auto *op = call->op ? catalogue::findOperator(call->op) : nullptr;
        return op && (op->name == "/" || op->name == "%") && inputs.size() == 2 && isUnknown(inputs[1]);
    }
    const auto *convert = as<ConvertViaTextExpr>(expr);
    const auto *from = convert ? catalogue::findType(convert->argument->type) : nullptr;
    const auto *to = convert ? catalogue::findType(convert->type) : nullptr;
    return from && to && from->category == 'S' && to->category != 'S' && isUnknown(inputs.front());
}

} // namespace

void PossibleValues::lookAt(Query &query)
{
    if (!m_visited.insert(&query).second)
        return;
    enter(query);
    eachInnerQuery(query, [&](Query *inner) {
        if (!isUnread(query, *inner))
            lookAt(*inner);
    });
    eachExpr(query, [&](Expr *&expr) {
        if (mayRaise(expr))
            of(expr);
    });
    leave();
}

Possible PossibleValues::of(Expr *expr)
{
    if (const auto known = m_known.find(expr); known != m_known.end())
        return known->second;
    m_known[expr] = kUnknown; // what reads itself
    return m_known[expr] = find(expr);
}

void PossibleValues::lookUnder(Expr *expr)
{
    eachChild(expr, [&](Expr *&child) { of(child); });
}

Possible PossibleValues::find(Expr *expr)
{
    if (m_columnValues && expr->type == catalogue::type::kBool && !mayRaise(expr) &&
        (rangesOf(expr) != 0 || readsOuter(expr)))
        return kUnknown; // not worth finding out
    switch (expr->kind) {
    case ExprKind::Constant:
        return {{as<ConstantExpr>(expr)}, false, true, false};
    case ExprKind::Column:
        return ofColumn(*as<ColumnExpr>(expr));
    case ExprKind::Sublink:
        lookAtSublink(*as<SublinkExpr>(expr));
        [[fallthrough]];
    case ExprKind::CaseInput:
    case ExprKind::SqlValue:
    case ExprKind::Grouping:
    case ExprKind::Aggregate:
    case ExprKind::Window:
    case ExprKind::Row:
    case ExprKind::RowCompare:
    case ExprKind::Field:
        lookUnder(expr);
        return kUnknown;
    case ExprKind::Case:
        return ofCase(*as<CaseExpr>(expr));
    case ExprKind::Coalesce:
        return ofCoalesce(*as<CoalesceExpr>(expr));
    case ExprKind::Boolean:
        return decides(*as<BooleanExpr>(expr)) ? kUnknown : evaluated(expr, false);
    case ExprKind::Function: {
        const auto *call = as<FunctionExpr>(expr);
        const auto *row = catalogue::findFunction(call->function);
        if (row && row->volatility != 'v' && !row->returnsSet && !call->returnsSet)
            return evaluated(expr, row->strict);
        lookUnder(expr);
        return kUnknown;
    }
    default:
        return evaluated(expr, false);
    }
}

/// Branches after a condition that is TRUE, and those of one that never is, are not looked at.
Possible PossibleValues::ofCase(const CaseExpr &choice)
{
    Possible all;
    if (choice.input)
        of(choice.input);
    for (const auto &branch : choice.branches) {
        const Possible condition = of(branch.first);
        if (condition.fixed() && !condition.fixed()->isTrue())
            continue;
        add(all, of(branch.second));
        if (condition.fixed())
            return all;
    }
    add(all, of(choice.otherwise));
    return all;
}

Possible PossibleValues::ofCoalesce(const CoalesceExpr &coalesce)
{
    Possible all;
    for (Expr *argument : coalesce.arguments) {
        const Possible one = of(argument);
        add(all, one);
        if (one.fixed() && !one.fixed()->isNull)
            break;
    }
    return all;
}

/// Does a constant in an AND or OR keep the planner from what follows?
bool PossibleValues::decides(const BooleanExpr &boolean)
{
    return std::ranges::any_of(boolean.arguments, [&](Expr *argument) {
        const Possible one = of(argument);
        return one.fixed() && !one.fixed()->isNull && boolean.op != BooleanOp::Not &&
               one.fixed()->isTrue() == (boolean.op == BooleanOp::Or);
    });
}

/// PostgreSQL drops the select list of an EXISTS before it looks at it.
void PossibleValues::lookAtSublink(SublinkExpr &sublink)
{
    if (sublink.sublink != SublinkKind::Exists)
        return lookAt(*sublink.query);
    auto bare = std::make_unique<Query>(*sublink.query);
    dropExistsTargets(*bare);
    m_bare.push_back(std::move(bare));
    lookAt(*m_bare.back());
}

Possible PossibleValues::ofColumn(const ColumnExpr &column)
{
    const std::size_t up = std::size_t(column.levelsUp);
    if (column.range < 0 || column.column < 0 || up >= m_levels.size())
        return kUnknown;
    const std::vector<Query *> levels = m_levels;
    m_levels.resize(m_levels.size() - up);
    Possible found = ofEntry(m_levels.back()->range[std::size_t(column.range)], std::size_t(column.column));
    m_levels = levels;
    found.written = false;
    return found;
}

Possible PossibleValues::ofEntry(RangeEntry &entry, std::size_t column)
{
    switch (entry.kind) {
    case RangeKind::Table:
        return ofTable(entry, column);
    case RangeKind::Subquery:
        return entry.subquery ? ofTarget(*entry.subquery, column) : kUnknown;
    case RangeKind::Values: {
        // (PostgreSQL knows what stands in a single row.)
        Possible all{{}, entry.values.size() != 1, false, false};
        for (auto &row : entry.values)
            if ((m_columnValues || entry.values.size() == 1) && column < row.size())
                add(all, of(row[column]));
        return all;
    }
    case RangeKind::Cte:
        if (!entry.cte || entry.cte->recursive)
            return kUnknown;
        while (!m_levels.empty() && std::ranges::find(m_levels.back()->ctes, entry.cte) == m_levels.back()->ctes.end())
            m_levels.pop_back();
        return m_levels.empty() ? kUnknown : ofTarget(*entry.cte->query, column);
    case RangeKind::SetOperation: {
        Possible all;
        for (RangeEntry &leaf : m_levels.back()->range)
            if (leaf.subquery)
                add(all, ofTarget(*leaf.subquery, column));
        return all;
    }
    case RangeKind::Function:
        return {{}, true, false, true};
    default:
        return kUnknown;
    }
}

Possible PossibleValues::ofTable(const RangeEntry &entry, std::size_t column)
{
    Possible all{{}, true, false, false};
    if (!m_columnValues || !entry.table || column >= entry.columns.size())
        return all;
    for (const auto &datum : m_columnValues(*entry.table, column, kMostValues)) {
        auto *constant = m_statement.make<ConstantExpr>();
        constant->type = entry.columns[column].type;
        constant->typmod = entry.columns[column].typmod;
        constant->collation = entry.columns[column].collation;
        constant->value = datum;
        all.constants.push_back(constant);
    }
    return all;
}

Possible PossibleValues::ofTarget(Query &query, std::size_t column)
{
    if (column >= query.targets.size())
        return kUnknown;
    enter(query);
    const Possible found = of(query.targets[column].expr);
    leave();
    return found;
}

ConstantExpr *PossibleValues::makeConstant(const Expr &like)
{
    auto *constant = m_statement.make<ConstantExpr>();
    constant->type = like.type;
    constant->typmod = like.typmod;
    constant->collation = like.collation;
    return constant;
}

/// Tries the expression with what can stand under it.
Possible PossibleValues::evaluated(Expr *expr, bool strict)
{
    // (The element of a converted array is no input.)
    const bool firstOnly = expr->kind == ExprKind::ArrayConvert;
    std::vector<Possible> inputs;
    Possible result;
    bool written = true;
    result.given = true;
    eachChild(expr, [&](Expr *&child) {
        if (firstOnly && !inputs.empty())
            return;
        inputs.push_back(of(child));
        result.others = result.others || inputs.back().others;
        result.given = result.given && (inputs.back().given || !inputs.back().others);
        written = written && inputs.back().written;
    });
    if (inputs.empty())
        return kUnknown;
    if (m_columnValues && failsOnUnknown(expr, inputs))
        m_failing.insert(expr);
    std::size_t ways = 1;
    for (Possible &input : inputs) {
        while (!input.constants.empty() && ways * input.constants.size() > kMostWays)
            input.constants.pop_back();
        ways *= input.constants.size();
    }
    for (std::size_t way = 0; way < ways && !m_evaluator.context().stop.raised(); ++way)
        tryWay(expr, inputs, way, strict, result);
    if (written && m_failing.count(expr) > 0)
        m_failingAsWritten.insert(expr);
    result.written = written && result.constants.size() == 1 && !result.others;
    return result;
}

void PossibleValues::tryWay(Expr *expr, const std::vector<Possible> &inputs, std::size_t way, bool strict,
                            Possible &result)
{
    Expr *copy = clone(m_statement, expr);
    std::size_t at = 0;
    bool null = false;
    eachChild(copy, [&](Expr *&child) {
        if (at >= inputs.size())
            return;
        const auto &from = inputs[at++].constants;
        child = from[way % from.size()];
        null = null || as<ConstantExpr>(child)->value.isNull;
        way /= from.size();
    });
    ConstantExpr *constant = makeConstant(*expr);
    if (!strict || !null)
        constant->value = m_evaluator.evaluate(copy);
    auto &stop = m_evaluator.context().stop;
    if (stop.reason() == base::StopReason::Error)
        m_failing.insert(expr);
    if (stop.raised())
        result.others = true;
    else
        add(result, constant);
    if (stop.reason() != base::StopReason::Timeout && stop.reason() != base::StopReason::Cancelled)
        stop.clear();
}

} // namespace sqlgym::plan
