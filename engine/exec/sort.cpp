#include "exec/sort.h"

#include "exec/key_sort.h"
#include "exec/key_values.h"
#include "exec/top_rows.h"

#include <algorithm>
#include <limits>

namespace sqlgym::exec {

namespace {

/// LIMIT and OFFSET below it may make PostgreSQL keep only so many rows.
constexpr std::uint64_t kMostBounded = 1u << 29;

} // namespace

int RowKey::compare(const Datum *a, const Datum *b) const
{
    for (std::size_t i = 0; i < columns.size(); ++i)
        if (const int order = orderValues(a[columns[i]], b[columns[i]], ops[i]))
            return order;
    return 0;
}

std::uint64_t RowKey::hash(const Datum *row) const
{
    std::uint64_t hash = 0x51ED270B;
    for (std::size_t i = 0; i < columns.size(); ++i)
        hash = combineHash(hash, row[columns[i]].isNull ? 0x9E37 : ops[i].hash(row[columns[i]]));
    return hash;
}

bool RowKey::identicalIn(const Datum *a, const Datum *b) const
{
    for (int column : columns)
        if (!identical(a[column], b[column]))
            return false;
    return true;
}

bool sortRows(std::vector<const Datum *> &rows, const RowKey &key, Execution &run)
{
    const auto valueOf = [&](const Datum *row, std::size_t i) -> const Datum & { return row[key.columns[i]]; };
    return KeySort<const Datum *, decltype(valueOf)>(key.ops, valueOf, run)(rows.data(), rows.size());
}

bool sameVisible(const Datum *a, const Datum *b, std::size_t visibleColumns)
{
    for (std::size_t i = 0; i < visibleColumns; ++i)
        if (!identical(a[i], b[i]))
            return false;
    return true;
}

void SortSource::open()
{
    m_rows.clear();
    m_arena.reset();
    m_at = 0;
    m_cutShows = false;
    const std::size_t errorsBefore = m_run.errorsPassed;
    m_child->open();
    const bool stableChild = m_child->stable();
    bool sorted = false;
    while (const Datum *row = m_child->next()) {
        if (!stableChild)
            row = copyRow(row, m_width, m_arena);
        if (!row || !append(m_rows, row, m_run))
            break;
        // The point at which PostgreSQL changes from sorting all to keeping the first ones.
        if (m_bound > 0 && m_rows.size() > 2 * m_bound) {
            openBounded();
            sorted = true;
            break;
        }
    }
    if (m_run.errorsPassed != errorsBefore)
        m_rows.clear();
    if (m_run.stopped() || (!sorted && !sortRows(m_rows, m_key, m_run)) || !m_watchTies)
        return;
    for (std::size_t i = 1; i < m_rows.size() && !m_run.dependsOnOrder; ++i)
        if (m_key.same(m_rows[i - 1], m_rows[i]) && !m_key.identicalIn(m_rows[i - 1], m_rows[i]))
            m_run.dependsOnOrder = true;
}

void SortSource::openBounded()
{
    TopRows top(m_run, m_key, std::size_t(m_bound), m_visible);
    for (const Datum *row : m_rows)
        if (top.admits(row, m_arena) && !top.take(row))
            return;
    const bool stableChild = m_child->stable();
    while (const Datum *row = m_child->next()) {
        if (!top.admits(row, m_arena))
            continue;
        if (!stableChild)
            row = copyRow(row, m_width, m_arena);
        if (!row || !top.take(row))
            return;
    }
    discard(m_rows, m_run);
    m_rows = top.finish();
    m_cutShows = top.cutShows(m_rows);
}

void DistinctSource::open()
{
    m_rows.clear();
    m_chains.clear();
    m_arena.reset();
    m_child->open();
}

const Datum *DistinctSource::next()
{
    while (const Datum *row = m_child->next()) {
        const std::uint64_t hash = m_key.hash(row);
        bool known = false;
        for (auto entry = m_chains.first(hash); entry != HashChains::kNone && !known;
             entry = m_chains.next(entry, hash)) {
            if (!m_key.same(m_rows[entry], row))
                continue;
            known = true;
            if (!m_run.dependsOnOrder && m_order.same(m_rows[entry], row) &&
                !sameVisible(m_rows[entry], row, m_visible))
                m_run.dependsOnOrder = true;
        }
        if (known) {
            if (!m_run.proceed())
                return nullptr;
            continue;
        }
        if (!m_child->stable())
            row = copyRow(row, m_width, m_arena);
        if (!row || !m_chains.insert(hash) || !append(m_rows, row, m_run))
            return nullptr;
        return row;
    }
    return nullptr;
}

void LimitSource::compile(Code &code, Scope &scope, Runner &runner, const plan::QueryPlan &plan)
{
    Compiler compiler(code, m_run, &scope, m_scratch.cx, &runner);
    m_plan = &plan;
    m_hasLimit = plan.query->limit != nullptr;
    m_hasOffset = plan.query->offset != nullptr;
    m_ordered = !plan.query->orderBy.empty();
    m_alike = plan.rowsAlike;
    if (m_hasLimit)
        m_limit = compiler.compile(plan.query->limit);
    if (m_hasOffset)
        m_offset = compiler.compile(plan.query->offset);
}

void LimitSource::open()
{
    m_scratch.arena.reset();
    m_left = std::numeric_limits<std::uint64_t>::max();
    m_skip = 0;
    m_skipped = m_given = m_ended = false;
    if (m_hasOffset) {
        const Datum offset = m_offset.get();
        if (!m_run.stopped() && !offset.isNull && offset.int64 < 0)
            m_run.cx.fail("2201X", "OFFSET must not be negative");
        m_skip = offset.isNull ? 0 : std::uint64_t(offset.int64);
    }
    if (m_hasLimit && !m_run.stopped()) {
        const Datum limit = m_limit.get();
        if (!m_run.stopped() && !limit.isNull && limit.int64 < 0)
            m_run.cx.fail("2201W", "LIMIT must not be negative");
        if (!limit.isNull)
            m_left = std::uint64_t(limit.int64);
    }
    if (m_run.stopped()) {
        m_run.noteFailure(*m_plan, Step::Limit);
        return;
    }
    // PostgreSQL asks for no row at all then: errors below do not show.
    if (m_left == 0)
        return;
    if (m_sorted) {
        // WITH TIES has to see what follows the last row.
        const bool bounded = !m_withTies && m_skip < kMostBounded && m_left < kMostBounded;
        m_sorted->setBound(bounded ? m_skip + m_left : 0);
    }
    m_child->open();
    if (m_sorted && !m_run.stopped())
        openSorted();
}

/// Do rows on the two sides of `boundary` tie in the order asked for, and differ?
bool LimitSource::tiesDiffer(std::size_t boundary) const
{
    const auto &rows = m_sorted->rows();
    if (boundary == 0 || boundary >= rows.size() || !m_sorted->key().same(rows[boundary - 1], rows[boundary]))
        return false;
    const Datum *row = rows[boundary];
    for (std::size_t i = boundary; i < rows.size() && m_sorted->key().same(rows[i], row); ++i)
        if (!sameVisible(rows[i], row, m_sorted->visible()))
            return true;
    for (std::size_t i = boundary; i > 0 && m_sorted->key().same(rows[i - 1], row); --i)
        if (!sameVisible(rows[i - 1], row, m_sorted->visible()))
            return true;
    return false;
}

void LimitSource::openSorted()
{
    const auto &rows = m_sorted->rows();
    const std::uint64_t total = rows.size();
    if (m_skip >= total || m_left == 0)
        return;
    std::uint64_t end = m_left > total - m_skip ? total : m_skip + m_left;
    if (m_withTies) {
        while (end < total && m_sorted->key().same(rows[end - 1], rows[end]))
            ++end;
        m_left = end - m_skip;
    }
    if (tiesDiffer(m_skip) || tiesDiffer(end) || m_sorted->cutShows())
        m_run.dependsOnOrder = true;
}

/// PostgreSQL has stopped by now. Would other rows have been given in another order, or one that fails been met?
bool LimitSource::showsChance()
{
    bool more = m_child->next() != nullptr;
    if (m_alike && more) {
        std::size_t looked = 0;
        while (m_child->next() && ++looked < kMostLooked) {
        }
        more = false;
    }
    const bool fails = m_run.stop.reason() == base::StopReason::Error;
    if (fails) {
        m_run.stop.clear();
        m_run.failures.clear();
    }
    return more || fails;
}

const Datum *LimitSource::next()
{
    if (m_ended || m_left == 0 || m_run.stopped()) {
        // Was anything cut that could as well have been given?
        if (!m_ended && m_given && !m_ordered && !m_run.stopped()) {
            m_run.cutShort = true;
            if (!m_run.dependsOnOrder)
                m_run.dependsOnOrder = showsChance();
        }
        m_ended = true;
        return nullptr;
    }
    for (; m_skip > 0; --m_skip) {
        if (!m_child->next()) {
            m_ended = true;
            return nullptr;
        }
        m_skipped = true;
    }
    const Datum *row = m_child->next();
    if (!row) {
        m_ended = true;
        return nullptr;
    }
    --m_left;
    m_given = true;
    if (m_skipped && !m_ordered)
        m_run.dependsOnOrder = true;
    return row;
}

} // namespace sqlgym::exec
