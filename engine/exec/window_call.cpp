#include "exec/window.h"

#include "catalogue/catalogue.h"
#include "exec/aggregate.h"
#include "exec/key_values.h"
#include "runtime/compare.h"

#include <algorithm>
#include <cstring>
#include <string_view>

namespace sqlgym::exec {

namespace {

bool findKind(std::string_view symbol, WindowKind &kind)
{
    static constexpr std::pair<std::string_view, WindowKind> kKinds[] = {
        {"window_row_number", WindowKind::RowNumber},
        {"window_rank", WindowKind::Rank},
        {"window_dense_rank", WindowKind::DenseRank},
        {"window_percent_rank", WindowKind::PercentRank},
        {"window_cume_dist", WindowKind::CumeDist},
        {"window_ntile", WindowKind::Ntile},
        {"window_lag", WindowKind::Lag},
        {"window_lag_with_offset", WindowKind::Lag},
        {"window_lag_with_offset_and_default", WindowKind::Lag},
        {"window_lead", WindowKind::Lead},
        {"window_lead_with_offset", WindowKind::Lead},
        {"window_lead_with_offset_and_default", WindowKind::Lead},
        {"window_first_value", WindowKind::FirstValue},
        {"window_last_value", WindowKind::LastValue},
        {"window_nth_value", WindowKind::NthValue},
    };
    for (const auto &[name, found] : kKinds)
        if (name == symbol) {
            kind = found;
            return true;
        }
    return false;
}

/// Does the aggregate show its rows one after the other?
bool isListing(Oid function)
{
    static constexpr std::string_view kListing[] = {"array_agg", "string_agg",      "json_agg",
                                                    "jsonb_agg", "json_object_agg", "xmlagg"};
    const auto *row = catalogue::findFunction(function);
    return row && std::ranges::find(kListing, row->name) != std::end(kListing);
}

/// Where PostgreSQL looks for the row `offset` rows behind the frame's head. What is excluded is stepped over as if it
/// stood there, and of EXCLUDE TIES the current row stands for its peers even outside the frame: the place may lie
/// outside the frame, though the frame has such a row.
std::int64_t fromHead(const Frame &frame, std::size_t row, std::uint64_t offset)
{
    if (offset > frame.end - frame.begin)
        return -1;
    const auto at = std::int64_t(frame.begin + offset);
    if (!frame.excludes() || at < std::int64_t(frame.excludeBegin) || frame.excludeEnd <= frame.begin)
        return at;
    const auto overlap = std::int64_t(std::max(frame.excludeBegin, frame.begin));
    const auto length = std::int64_t(frame.excludeEnd) - overlap;
    if (!frame.keepsOne())
        return at + length;
    return at == overlap ? std::int64_t(row) : at + length - 1;
}

/// The same for the frame's last row.
std::int64_t fromTail(const Frame &frame, std::size_t row)
{
    const auto at = std::int64_t(frame.end) - 1;
    if (!frame.excludes() || at >= std::int64_t(frame.excludeEnd) || frame.excludeBegin >= frame.end)
        return at;
    const auto overlap = std::int64_t(std::min(frame.excludeEnd, frame.end));
    const auto length = overlap - std::int64_t(frame.excludeBegin);
    if (!frame.keepsOne())
        return at - length;
    return at == overlap - 1 ? std::int64_t(row) : at - (length - 1);
}

} // namespace

WindowCall::WindowCall(Execution &run, value::Context &lasting, const sql::WindowExpr &expr, int slot)
    : m_run(run), m_lasting(lasting), m_expr(expr), m_slot(slot)
{
    for (const sql::Expr *argument : expr.arguments)
        m_types.push_back(argument->type);
    m_site.argumentTypes = m_types;
    m_site.resultType = expr.type;
    if (expr.isAggregate) {
        const auto *row = catalogue::findAggregate(expr.function);
        m_function = row ? runtime::findAggregate(row->key) : nullptr;
    }
    const auto *row = catalogue::findFunction(expr.function);
    if (expr.isAggregate ? !m_function : !row || !findKind(row->symbol, m_kind))
        run.stop.decline("a window function");
}

WindowCall::~WindowCall()
{
    if (m_site.release && m_site.memory)
        m_site.release(m_site.memory);
}

void WindowCall::compile(Compiler &compiler)
{
    m_arguments = compiler.compileAll(m_expr.arguments);
    m_values.resize(m_arguments.size() + 1, Datum::null());
    m_hasFilter = m_expr.filter != nullptr;
    if (m_hasFilter)
        m_filter = compiler.compile(m_expr.filter);
    // A row that leaves is computed again.
    const auto steady = [](sql::Expr *expr) { return !plan::isVolatile(expr); };
    m_invertible = m_function && m_function->inverse && std::ranges::all_of(m_expr.arguments, steady) &&
                   (!m_expr.filter || steady(m_expr.filter));
}

bool WindowCall::showsOrder(const sql::WindowClause &clause) const
{
    switch (m_kind) {
    case WindowKind::Rank:
    case WindowKind::DenseRank:
    case WindowKind::PercentRank:
    case WindowKind::CumeDist:
        return false;
    case WindowKind::Aggregate:
        if (isListing(m_expr.function))
            return true;
        return clause.hasFrame && clause.mode == sql::FrameMode::Rows &&
               !(clause.start == sql::FrameBound::UnboundedPreceding &&
                 clause.end == sql::FrameBound::UnboundedFollowing);
    default:
        return true;
    }
}

Datum WindowCall::argument(std::size_t index)
{
    return index < m_arguments.size() ? m_arguments[index].get() : Datum::null();
}

void WindowCall::initialise(value::Context &cx, char *state)
{
    std::memset(state, 0, m_function->stateSize);
    runtime::Call call{cx, m_site, m_arguments.size()};
    if (m_function->initialise)
        m_function->initialise(call, state);
}

/// Reads a row's arguments. False when the aggregate does not see the row, or the run has been stopped.
bool WindowCall::readArguments(WindowOperator &owner, std::uint32_t row)
{
    owner.standOn(row);
    if (m_hasFilter && !m_filter.get().isTrue())
        return false;
    bool null = false;
    for (std::size_t i = 0; i < m_arguments.size(); ++i) {
        m_values[i] = m_arguments[i].get();
        null = null || m_values[i].isNull;
    }
    return m_run.proceed() && !(null && m_function->skipNulls);
}

/// Takes a row in. False when the run has been stopped.
bool WindowCall::step(WindowOperator &owner, std::uint32_t row, value::Context &cx, char *state)
{
    if (readArguments(owner, row)) {
        runtime::Call call{cx, m_site, m_arguments.size()};
        m_function->step(call, state, m_values.data());
    }
    return m_run.proceed();
}

/// Takes rows out that a frame has left behind. False when that cannot be done, and the frame has to be read anew.
bool WindowCall::leave(WindowOperator &owner, std::span<const std::uint32_t> rows, value::Context &cx, char *state)
{
    for (const std::uint32_t row : rows) {
        runtime::Call call{cx, m_site, m_arguments.size()};
        if (readArguments(owner, row) && !m_function->inverse(call, state, m_values.data()))
            return false;
        if (!m_run.proceed())
            return false;
    }
    return true;
}

Datum WindowCall::finish(value::Context &cx, char *state)
{
    runtime::Call call{cx, m_site, m_arguments.size()};
    return value::copyDatum(m_function->finish(call, state), m_lasting.arena);
}

/// min() and max() give the first one of equal values, which may look different: which that is, the order of rows says.
void WindowCall::watchSpelling(WindowOperator &owner, const std::vector<std::uint32_t> &rows)
{
    const auto compare = m_types.size() == 1 ? runtime::findCompare(m_types.front()) : nullptr;
    const auto *row = catalogue::findAggregate(m_expr.function);
    if (!compare || !row || row->sortOperator == 0 || !canBeSpelledTwice(m_types.front()) || m_run.dependsOnOrder)
        return;
    std::vector<Datum> seen;
    for (const std::uint32_t each : rows) {
        if (readArguments(owner, each))
            seen.push_back(value::copyDatum(m_values.front(), m_lasting.arena));
        if (m_run.stop.reason() == base::StopReason::Error)
            m_run.stop.clear(); // maybe no frame has the row
        if (m_run.stopped())
            return;
    }
    std::ranges::sort(seen, [&](const Datum &a, const Datum &b) { return compare(a, b) < 0; });
    for (std::size_t i = 1; i < seen.size(); ++i)
        if (compare(seen[i - 1], seen[i]) == 0 && !identical(seen[i - 1], seen[i]))
            m_run.dependsOnOrder = true;
}

bool WindowCall::computeAggregate(WindowOperator &owner, const Partition &partition,
                                  const std::vector<std::uint32_t> &rows, FrameFinder &frames)
{
    watchSpelling(owner, rows);
    if (m_run.stopped())
        return false;
    Scratch scratch(m_run);
    char *state = allocateState(m_lasting.arena, m_function->stateSize);
    if (!state)
        return false;
    std::size_t begin = 0;
    std::size_t end = 0;
    bool started = false;
    Datum answer = Datum::null();
    for (std::size_t i = 0; i < partition.size; ++i) {
        const Frame frame = frames.frame(i);
        const bool same = started && frame.begin == begin && frame.end == end && !frame.excludes();
        if (!same) {
            // Rows added at the end are added, those gone from the begin taken out; anything else begins anew.
            const bool moves = started && frame.begin >= begin && frame.begin <= end && frame.end >= end &&
                               !frame.excludes() && (frame.begin == begin || m_invertible);
            if (!moves || !leave(owner, std::span(rows).subspan(begin, frame.begin - begin), scratch.cx, state)) {
                if (m_run.stopped())
                    return false;
                scratch.arena.reset();
                initialise(scratch.cx, state);
                end = frame.begin;
            }
            for (std::size_t k = end; k < frame.end; ++k)
                if (frame.holds(k) && !step(owner, rows[k], scratch.cx, state))
                    return false;
            begin = frame.begin;
            end = frame.end;
            started = !frame.excludes();
            answer = finish(scratch.cx, state);
        }
        owner.answer(rows[i], m_slot, answer);
        if (!m_run.proceed())
            return false;
    }
    return true;
}

bool WindowCall::ntile(WindowOperator &owner, const Partition &partition, const std::vector<std::uint32_t> &rows)
{
    owner.standOn(rows.front());
    const Datum argument0 = argument(0);
    if (m_run.stopped() || argument0.isNull)
        return !m_run.stopped();
    if (argument0.int64 <= 0) {
        m_run.cx.fail("22014", "argument of ntile must be greater than zero");
        return false;
    }
    const auto buckets = std::uint64_t(argument0.int64);
    const std::uint64_t size = partition.size / buckets;
    const std::uint64_t larger = partition.size % buckets;
    for (std::uint64_t i = 0; i < partition.size; ++i) {
        const std::uint64_t inLarger = larger * (size + 1);
        const std::uint64_t bucket = i < inLarger ? i / (size + 1) : larger + (i - inLarger) / size;
        owner.answer(rows[i], m_slot, Datum::ofInt(std::int64_t(bucket) + 1));
    }
    return true;
}

/// lag and lead.
Datum WindowCall::shifted(WindowOperator &owner, const std::vector<std::uint32_t> &rows, std::size_t row)
{
    std::int64_t offset = 1;
    if (m_arguments.size() > 1) {
        owner.standOn(rows[row]);
        const Datum given = argument(1);
        if (given.isNull)
            return Datum::null();
        offset = given.int64;
    }
    const std::int64_t target = std::int64_t(row) + (m_kind == WindowKind::Lag ? -offset : offset);
    if (target >= 0 && target < std::int64_t(rows.size())) {
        owner.standOn(rows[std::size_t(target)]);
        return argument(0);
    }
    if (m_arguments.size() < 3)
        return Datum::null();
    owner.standOn(rows[row]);
    return argument(2);
}

/// first_value, last_value and nth_value.
Datum WindowCall::inFrame(WindowOperator &owner, const std::vector<std::uint32_t> &rows, std::size_t row,
                          const Frame &frame)
{
    std::uint64_t nth = 1;
    if (m_kind == WindowKind::NthValue) {
        owner.standOn(rows[row]);
        const Datum given = argument(1);
        if (m_run.stopped() || given.isNull)
            return Datum::null();
        if (given.int64 <= 0)
            return m_run.cx.fail("22016", "argument of nth_value must be greater than zero");
        nth = std::uint64_t(given.int64);
    }
    const std::int64_t found = m_kind == WindowKind::LastValue ? fromTail(frame, row) : fromHead(frame, row, nth - 1);
    if (found < std::int64_t(frame.begin) || found >= std::int64_t(frame.end) || !frame.holds(std::size_t(found)))
        return Datum::null();
    owner.standOn(rows[std::size_t(found)]);
    return argument(0);
}

bool WindowCall::compute(WindowOperator &owner, const Partition &partition, const std::vector<std::uint32_t> &rows,
                         FrameFinder &frames)
{
    if (m_kind == WindowKind::Aggregate)
        return computeAggregate(owner, partition, rows, frames);
    if (m_kind == WindowKind::Ntile)
        return ntile(owner, partition, rows);
    const double size = double(partition.size);
    for (std::size_t i = 0; i < partition.size; ++i) {
        Datum answer = Datum::null();
        switch (m_kind) {
        case WindowKind::RowNumber:
            answer = Datum::ofInt(std::int64_t(i) + 1);
            break;
        case WindowKind::Rank:
            answer = Datum::ofInt(std::int64_t(partition.peerBegin(i)) + 1);
            break;
        case WindowKind::DenseRank:
            answer = Datum::ofInt(std::int64_t(partition.groupOf[i]) + 1);
            break;
        case WindowKind::PercentRank:
            answer = Datum::ofFloat(partition.size > 1 ? double(partition.peerBegin(i)) / (size - 1) : 0.0);
            break;
        case WindowKind::CumeDist:
            answer = Datum::ofFloat(double(partition.peerEnd(i)) / size);
            break;
        case WindowKind::Lag:
        case WindowKind::Lead:
            answer = value::copyDatum(shifted(owner, rows, i), m_lasting.arena);
            break;
        default:
            answer = value::copyDatum(inFrame(owner, rows, i, frames.frame(i)), m_lasting.arena);
            break;
        }
        if (!m_run.proceed())
            return false;
        owner.answer(rows[i], m_slot, answer);
    }
    return true;
}

} // namespace sqlgym::exec
