#include "exec/aggregate.h"

#include "catalogue/catalogue.h"
#include "catalogue/type_oids.h"
#include "exec/key_values.h"
#include "exec/sort.h"
#include "runtime/array_build.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <new>

namespace sqlgym::exec {

namespace {

bool isOneOf(std::string_view name, std::initializer_list<std::string_view> list)
{
    for (std::string_view item : list)
        if (name == item)
            return true;
    return false;
}

} // namespace

bool canBeSpelledTwice(Oid oid)
{
    namespace type = catalogue::type;
    const auto *row = catalogue::findType(oid);
    return oid == type::kNumeric || oid == type::kInterval || oid == type::kFloat8 || oid == type::kFloat4 ||
           oid == type::kBpchar || (row && (row->isTrueArray || row->kind == 'c' || row->kind == 'r'));
}

/// Rows kept until the group is complete.
struct AggregateCall::Collected {
    std::vector<const Datum *> rows;
};
/// Arguments already taken in.
struct AggregateCall::Seen {
    explicit Seen(Execution &run) : chains(run) {}
    HashChains chains;
    std::vector<const Datum *> rows;
};

/// The greatest or smallest value so far, and whether another one equals it in another spelling.
struct AggregateCall::Best {
    Datum value;
    bool ties;
};

AggregateCall::AggregateCall(Execution &run, value::Context &lasting, const sql::AggregateExpr &expr,
                             const std::vector<plan::KeyOps> &orderOps, const std::vector<plan::KeyOps> &distinctOps)
    : m_run(run), m_lasting(lasting), m_expr(expr), m_orderOps(orderOps), m_distinctOps(distinctOps)
{
    const auto *row = catalogue::findAggregate(expr.function);
    m_function = row ? runtime::findAggregate(row->key) : nullptr;
    const auto *function = catalogue::findFunction(expr.function);
    const std::string_view name = function ? function->name : std::string_view();
    if (row && row->kind == 'o')
        m_orderedSet = name == "mode"              ? OrderedSet::Mode
                       : name == "percentile_cont" ? OrderedSet::Continuous
                       : name == "percentile_disc" ? OrderedSet::Discrete
                                                   : OrderedSet::None;
    if (row && row->kind == 'h')
        m_orderedSet = name == "rank"           ? OrderedSet::Rank
                       : name == "dense_rank"   ? OrderedSet::DenseRank
                       : name == "percent_rank" ? OrderedSet::PercentRank
                       : name == "cume_dist"    ? OrderedSet::CumeDist
                                                : OrderedSet::None;
    if (!m_function && m_orderedSet == OrderedSet::None)
        run.stop.decline("an aggregate");
    for (std::size_t i = 0; i < expr.argumentCount; ++i)
        m_types.push_back(expr.arguments[i]->type);
    m_site.argumentTypes = m_types;
    m_site.resultType = expr.type;
    const bool floating =
        !m_types.empty() && (m_types[0] == catalogue::type::kFloat4 || m_types[0] == catalogue::type::kFloat8);
    const bool orderless = isOneOf(name, {"count", "min", "max", "bool_and", "bool_or", "every"}) ||
                           (isOneOf(name, {"sum", "avg"}) && !floating);
    m_showsSpelling = name != "count";
    m_hashed = expr.distinct && orderless && m_types.size() == 1;
    m_sorted =
        m_orderedSet != OrderedSet::None || (!m_hashed && (expr.distinct || (!expr.orderBy.empty() && !orderless)));
    if ((name == "min" || name == "max") && m_types.size() == 1 && canBeSpelledTwice(m_types[0])) {
        m_extreme = name == "max" ? 1 : -1;
        m_compare = runtime::findCompare(m_types[0]);
    }
    m_floatSum = floating && isOneOf(name, {"sum", "avg", "stddev", "stddev_samp", "stddev_pop", "variance", "var_samp",
                                            "var_pop", "corr", "covar_pop", "covar_samp", "regr_slope"});
    m_showsOrder = !m_sorted && !m_hashed &&
                   isOneOf(name, {"array_agg", "string_agg", "json_agg", "jsonb_agg", "json_object_agg", "xmlagg"});
}

AggregateCall::~AggregateCall()
{
    if (m_site.release && m_site.memory)
        m_site.release(m_site.memory);
}

void AggregateCall::compile(Compiler &compiler)
{
    m_arguments = compiler.compileAll(m_expr.arguments);
    m_values.resize(m_arguments.size() + 1, Datum::null());
    m_direct = compiler.compileAll(m_expr.direct);
    m_hasFilter = m_expr.filter != nullptr;
    if (m_hasFilter)
        m_filter = compiler.compile(m_expr.filter);
}

std::size_t AggregateCall::stateSize() const
{
    return kHeader + (((m_function ? m_function->stateSize : 0) + 15) & ~std::size_t{15});
}

void AggregateCall::start(char *state)
{
    std::memset(state, 0, stateSize());
    if (!m_function)
        return;
    runtime::Call call{m_lasting, m_site, m_expr.argumentCount};
    if (m_function->initialise)
        m_function->initialise(call, inner(state));
}

void AggregateCall::tryArguments() const
{
    for (const Operand &argument : m_arguments)
        argument.get();
}

void AggregateCall::step(char *state)
{
    if (m_hasFilter && !m_filter.get().isTrue())
        return;
    bool null = false;
    for (std::size_t i = 0; i < m_arguments.size(); ++i) {
        m_values[i] = m_arguments[i].get();
        null = null || ((i < m_expr.argumentCount || !m_function) && m_values[i].isNull);
    }
    if (m_run.stopped() || (null && !isHypothetical() && (!m_function || m_function->skipNulls)))
        return;
    if (m_sorted) {
        collect(state, m_values.data());
        return;
    }
    if (m_hashed && seenBefore(state, m_values.data()))
        return;
    if (m_showsOrder && !m_run.dependsOnOrder)
        watchOrder(state, m_values.data());
    if (m_extreme != 0 && !null)
        watchExtreme(state, m_values[0]);
    if (m_floatSum && !null && !m_run.dependsOnOrder)
        watchSum(state, m_values[0]);
    feed(state, m_values.data());
}

void AggregateCall::feed(char *state, const Datum *arguments)
{
    runtime::Call call{m_lasting, m_site, m_expr.argumentCount};
    m_function->step(call, inner(state), arguments);
}

bool AggregateCall::collect(char *state, const Datum *arguments)
{
    auto *&collected = *reinterpret_cast<Collected **>(state);
    if (!collected)
        collected = new Collected;
    const Datum *row = copyRow(arguments, m_arguments.size(), m_lasting.arena);
    return row && append(collected->rows, row, m_run);
}

bool AggregateCall::seenBefore(char *state, const Datum *arguments)
{
    auto *&seen = *reinterpret_cast<Seen **>(state);
    if (!seen)
        seen = new Seen(m_run);
    const std::uint64_t hash = hashKey(arguments, m_distinctOps);
    for (auto entry = seen->chains.first(hash); entry != HashChains::kNone; entry = seen->chains.next(entry, hash))
        if (sameKey(seen->rows[entry], arguments, m_distinctOps)) {
            // Equal, but spelled otherwise (1.0 and 1.00): which one is taken is left to chance.
            if (m_showsSpelling && !sameVisible(seen->rows[entry], arguments, m_distinctOps.size()))
                m_run.dependsOnOrder = true;
            return true;
        }
    const Datum *row = copyRow(arguments, m_distinctOps.size(), m_lasting.arena);
    return !row || !seen->chains.insert(hash) || !append(seen->rows, row, m_run);
}

/// Two different values in an unordered list: PostgreSQL's order is left to chance.
void AggregateCall::watchOrder(char *state, const Datum *arguments)
{
    const Datum *&first = *reinterpret_cast<const Datum **>(state + 8);
    if (!first)
        first = copyRow(arguments, m_expr.argumentCount, m_lasting.arena);
    else if (!sameVisible(first, arguments, m_expr.argumentCount))
        m_run.dependsOnOrder = true;
}

/// Equal values in different spellings (1.0 and 1.00): which one is the greatest is left to chance.
void AggregateCall::watchExtreme(char *state, const Datum &value)
{
    auto *&best = *reinterpret_cast<Best **>(state + 16);
    if (!best) {
        best = static_cast<Best *>(m_lasting.arena.allocate(sizeof(Best)));
        *best = {value::copyDatum(value, m_lasting.arena), false};
        return;
    }
    const int order = m_compare(value, best->value) * m_extreme;
    if (order > 0)
        *best = {value::copyDatum(value, m_lasting.arena), false};
    else if (order == 0 && !identical(value, best->value))
        best->ties = true;
}

/// Do the sums so far come out exact? If so, any order of these rows gives them.
void AggregateCall::watchSum(char *state, const Datum &value)
{
    auto *sum = reinterpret_cast<double *>(state + 24);
    const double before = *sum;
    const double after = before + value.float8;
    const double virtualPart = after - before;
    const double error = (before - (after - virtualPart)) + (value.float8 - virtualPart);
    *sum = after;
    if (error != 0)
        m_run.dependsOnOrder = true;
}

void AggregateCall::feedCollected(char *state)
{
    auto *collected = *reinterpret_cast<Collected **>(state);
    if (!collected)
        return;
    RowKey key = RowKey::of(m_expr.orderBy, m_orderOps);
    const RowKey distinct = RowKey::of(m_expr.distinctKeys, m_distinctOps);
    for (std::size_t i = 0; i < distinct.columns.size(); ++i) {
        if (std::find(key.columns.begin(), key.columns.end(), distinct.columns[i]) != key.columns.end())
            continue;
        key.columns.push_back(distinct.columns[i]);
        key.ops.push_back(distinct.ops[i]);
    }
    if (!sortRows(collected->rows, key, m_run))
        return;
    const Datum *last = nullptr;
    for (const Datum *row : collected->rows) {
        if (!m_run.proceed())
            return;
        if (m_expr.distinct && last && distinct.same(last, row)) {
            if (!sameVisible(last, row, m_expr.argumentCount))
                m_run.dependsOnOrder = true;
            continue;
        }
        if (!m_expr.distinct && last && !m_run.dependsOnOrder && key.same(last, row) &&
            !sameVisible(last, row, m_expr.argumentCount))
            m_run.dependsOnOrder = true;
        last = row;
        feed(state, row);
    }
}

bool AggregateCall::checkFraction(double fraction)
{
    if (fraction >= 0 && fraction <= 1)
        return true;
    char text[64];
    std::snprintf(text, sizeof text, "percentile value %g is not between 0 and 1", fraction);
    m_run.cx.fail("22003", text);
    return false;
}

/// `rows` are sorted.
Datum AggregateCall::percentile(const std::vector<const Datum *> &rows, double fraction)
{
    const auto count = double(rows.size());
    if (m_orderedSet == OrderedSet::Discrete) {
        const double at = std::ceil(fraction * count);
        return rows[at < 1 ? 0 : std::size_t(at) - 1][0];
    }
    const double at = fraction * (count - 1);
    const double part = at - std::floor(at);
    const Datum low = rows[std::size_t(std::floor(at))][0], high = rows[std::size_t(std::ceil(at))][0];
    if (std::floor(at) == std::ceil(at))
        return low;
    if (m_types.front() == catalogue::type::kFloat8)
        return Datum::ofFloat(low.float8 + part * (high.float8 - low.float8));
    runtime::Call call{m_lasting, m_site, 2};
    const auto apply = [&](const char *symbol, const Datum &a, const Datum &b) {
        const Datum pair[] = {a, b};
        return m_run.stopped() ? Datum::null() : runtime::findScalar(symbol)(call, pair);
    };
    const Datum share = apply("interval_mul", apply("interval_mi", high, low), Datum::ofFloat(part));
    return apply("interval_pl", share, low);
}

/// One fraction, or an array of them; nullptr: no rows.
Datum AggregateCall::finishPercentile(std::vector<const Datum *> *rows)
{
    const RowKey key = RowKey::of(m_expr.orderBy, m_orderOps);
    const Datum given = m_direct.front().get();
    const bool several = m_expr.direct.front()->type != catalogue::type::kFloat8;
    if (m_run.stopped() || given.isNull || (!several && !checkFraction(given.float8)))
        return Datum::null();
    if (!rows || rows->empty() || !sortRows(*rows, key, m_run))
        return Datum::null();
    if (!several)
        return percentile(*rows, given.float8);
    std::vector<Datum> values;
    for (std::uint32_t i = 0; i < given.array->elementCount; ++i) {
        const Datum &fraction = given.array->elements[i];
        if (!fraction.isNull && !checkFraction(fraction.float8))
            return Datum::null();
    }
    for (std::uint32_t i = 0; i < given.array->elementCount && m_run.proceed(); ++i) {
        const Datum &fraction = given.array->elements[i];
        values.push_back(fraction.isNull ? Datum::null() : percentile(*rows, fraction.float8));
    }
    value::ArrayValue shape = *given.array;
    shape.elementType = catalogue::findType(m_expr.type)->element;
    return m_run.stopped() ? Datum::null() : runtime::makeArray(shape, values, m_lasting);
}

/// NULLs have been left out; the rows are sorted here.
Datum AggregateCall::finishOrderedSet(char *state)
{
    auto *collected = *reinterpret_cast<Collected **>(state);
    if (m_orderedSet != OrderedSet::Mode)
        return finishPercentile(collected ? &collected->rows : nullptr);
    const RowKey key = RowKey::of(m_expr.orderBy, m_orderOps);
    if (!collected || collected->rows.empty() || !sortRows(collected->rows, key, m_run))
        return Datum::null();
    const auto &rows = collected->rows;
    std::size_t best = 0;
    std::size_t bestCount = 0;
    for (std::size_t begin = 0; begin < rows.size() && m_run.proceed();) {
        std::size_t end = begin + 1;
        while (end < rows.size() && key.same(rows[begin], rows[end]))
            ++end;
        if (end - begin > bestCount) {
            best = begin;
            bestCount = end - begin;
        }
        begin = end;
    }
    return rows[best][0];
}

/// Where a row of the direct arguments would stand among the rows.
Datum AggregateCall::finishHypothetical(char *state)
{
    auto *collected = *reinterpret_cast<Collected **>(state);
    std::vector<Datum> wanted;
    for (const Operand &operand : m_direct)
        wanted.push_back(operand.get());
    const RowKey key = RowKey::of(m_expr.orderBy, m_orderOps);
    if (m_run.stopped() || (collected && !sortRows(collected->rows, key, m_run)))
        return Datum::null();
    std::int64_t before = 0, groups = 0, peers = 0;
    const Datum *last = nullptr;
    const double count = collected ? double(collected->rows.size()) : 0;
    for (std::size_t i = 0; collected && i < collected->rows.size() && m_run.proceed(); ++i) {
        const Datum *row = collected->rows[i];
        const int order = key.compare(row, wanted.data());
        before += order < 0 ? 1 : 0;
        peers += order == 0 ? 1 : 0;
        groups += order < 0 && !(last && key.same(last, row)) ? 1 : 0;
        last = row;
    }
    switch (m_orderedSet) {
    case OrderedSet::Rank:
        return Datum::ofInt(before + 1);
    case OrderedSet::DenseRank:
        return Datum::ofInt(groups + 1);
    case OrderedSet::PercentRank:
        return Datum::ofFloat(count == 0 ? 0 : double(before) / count);
    default:
        return Datum::ofFloat(double(before + peers + 1) / (count + 1));
    }
}

Datum AggregateCall::finish(char *state)
{
    if (isHypothetical())
        return finishHypothetical(state);
    if (m_orderedSet != OrderedSet::None)
        return finishOrderedSet(state);
    if (!m_function)
        return Datum::null();
    if (m_sorted)
        feedCollected(state);
    if (m_run.stopped())
        return Datum::null();
    if (const auto *best = *reinterpret_cast<Best **>(state + 16); m_extreme != 0 && best && best->ties)
        m_run.dependsOnOrder = true;
    runtime::Call call{m_lasting, m_site, m_expr.argumentCount};
    return m_function->finish(call, inner(state));
}

void AggregateCall::drop(char *state)
{
    if (m_sorted) {
        if (auto *collected = *reinterpret_cast<Collected **>(state)) {
            discard(collected->rows, m_run);
            delete collected;
        }
    } else if (m_hashed) {
        if (auto *seen = *reinterpret_cast<Seen **>(state)) {
            discard(seen->rows, m_run);
            delete seen;
        }
    }
    *reinterpret_cast<void **>(state) = nullptr;
}

} // namespace sqlgym::exec
