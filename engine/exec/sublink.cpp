#include "exec/sublink.h"

#include "exec/key_values.h"
#include "exec/quals.h"

namespace sqlgym::exec {

namespace {

constexpr std::size_t kMaxKnown = 200'000;

/// A hash of what identical() compares, whatever the type.
std::uint64_t rawHash(const Datum &datum)
{
    if (datum.isNull)
        return 1;
    switch (datum.storage) {
    case value::Storage::Inline:
    case value::Storage::SmallNumeric:
        return std::uint64_t(datum.int64) * 31 + datum.scale;
    case value::Storage::Bytes:
        return std::hash<std::string_view>()(datum.text());
    default:
        return value::footprint(datum);
    }
}

} // namespace

Datum SublinkBase::eval()
{
    if (m_run.stopped())
        return Datum::null();
    if (m_plan.readsWorkingTable)
        return compute();
    if (m_parameters.empty()) {
        if (!m_once) {
            const Datum answer = value::copyDatum(compute(), m_arena);
            if (m_run.stopped() || !append(m_answers, answer, m_run))
                return Datum::null();
            m_once = true;
        }
        return m_answers.front();
    }
    if (m_plan.volatileQuery || m_known.size() >= kMaxKnown || (m_known.size() > 1000 && m_hits * 4 < m_known.size()))
        return compute();
    const std::size_t width = m_parameters.size();
    m_current.clear();
    std::uint64_t hash = 7;
    for (const Operand &parameter : m_parameters) {
        m_current.push_back(parameter.get());
        hash = combineHash(hash, rawHash(m_current.back()));
    }
    for (auto entry = m_known.first(hash); entry != HashChains::kNone; entry = m_known.next(entry, hash)) {
        bool same = true;
        for (std::size_t i = 0; i < width && same; ++i)
            same = identical(m_keys[entry * width + i], m_current[i]);
        if (same) {
            ++m_hits;
            return m_answers[entry];
        }
    }
    // The parameters may be gone when the query has run: they are kept first.
    std::vector<Datum> key;
    for (const Datum &datum : m_current)
        key.push_back(value::copyDatum(datum, m_arena));
    const Datum answer = value::copyDatum(compute(), m_arena);
    if (m_run.stopped() || !m_known.insert(hash) || !append(m_answers, answer, m_run))
        return Datum::null();
    for (const Datum &datum : key)
        if (!append(m_keys, datum, m_run))
            return Datum::null();
    return answer;
}

Datum ScalarSublink::compute()
{
    if (!m_scratch)
        m_scratch = std::make_unique<Scratch>(m_run);
    m_query->open();
    const Datum *row = m_query->next();
    if (!row) {
        m_run.noteFailure(m_plan, Step::Sublink);
        return Datum::null();
    }
    m_scratch->arena.reset();
    const Datum value = value::copyDatum(row[0], m_scratch->arena);
    if (m_query->next()) {
        // (A step that PostgreSQL has for it may want all rows before it gives the first.)
        for (std::size_t looked = 0; m_run.surveying && m_query->next() && looked < kMostLooked; ++looked) {
        }
        if (!m_run.stopped())
            m_run.cx.fail("21000", "more than one row returned by a subquery used as an expression");
    }
    m_run.noteFailure(m_plan, Step::Sublink);
    return m_run.stopped() ? Datum::null() : value;
}

Datum ExistsSublink::compute()
{
    m_query->open();
    const bool found = m_query->next() != nullptr;
    // One row is enough: which rows PostgreSQL looks at before it, or at all, is up to its plan.
    if (m_run.stopped())
        declineError(m_run);
    return Datum::ofBool(found);
}

Datum ArraySublink::compute()
{
    if (!m_scratch)
        m_scratch = std::make_unique<Scratch>(m_run);
    m_scratch->arena.reset();
    std::vector<Datum> items;
    m_query->open();
    while (const Datum *row = m_query->next())
        if (!append(items, value::copyDatum(row[0], m_scratch->arena), m_run))
            break;
    m_run.noteFailure(m_plan, Step::Sublink);
    auto *array = static_cast<value::ArrayValue *>(m_scratch->arena.allocate(sizeof(value::ArrayValue)));
    auto *elements = m_scratch->arena.allocateArray<Datum>(items.size());
    if (m_run.stopped() || !elements)
        return Datum::null();
    std::copy(items.begin(), items.end(), elements);
    *array = value::ArrayValue{};
    array->elementType = m_elementType;
    array->dimensionCount = items.empty() ? 0 : 1;
    array->dimensions[0] = std::int32_t(items.size());
    array->lowerBounds[0] = 1;
    array->elementCount = std::uint32_t(items.size());
    array->elements = elements;
    discard(items, m_run);
    Datum datum = Datum::ofInt(0);
    datum.storage = value::Storage::Array;
    datum.array = array;
    return datum;
}

Datum ComparedSublink::compare(LeftSide &leftSide, const Datum *rightValues)
{
    bool unknown = false;
    for (std::size_t i = 0; i < comparisons.size(); ++i) {
        const Datum pair[2] = {leftSide.at(i), rightValues[i]};
        if (m_run.stopped())
            return Datum::null();
        const Datum answer =
            strict[i] && (pair[0].isNull || pair[1].isNull) ? Datum::null() : comparisons[i]->call(pair, 2);
        if (answer.isNull)
            unknown = true;
        else if (answer.isTrue() == m_useOr)
            return answer;
    }
    return unknown ? Datum::null() : Datum::ofBool(!m_useOr);
}

bool ComparedSublink::fill()
{
    m_query->open();
    while (const Datum *row = m_query->next()) {
        m_scratch.arena.reset();
        m_row = row;
        auto *values = m_arena.allocateArray<Datum>(right.size());
        if (!values)
            return false;
        bool null = false;
        for (std::size_t i = 0; i < right.size(); ++i) {
            values[i] = value::copyDatum(right[i].get(), m_arena);
            null = null || values[i].isNull;
        }
        if (m_run.stopped() || !append<const Datum *>(m_rows, values, m_run))
            return false;
        if (hashOps.empty())
            continue;
        if (null) {
            if (!append<const Datum *>(m_partial, values, m_run))
                return false;
        } else if (!m_chains.add(hashKey(values, hashOps)) ||
                   !append(m_rowOfEntry, std::uint32_t(m_rows.size() - 1), m_run))
            return false;
    }
    m_filled = true;
    return !m_run.stopped() && (hashOps.empty() || m_chains.build());
}

Datum ComparedSublink::overAll(LeftSide &leftSide)
{
    bool unknown = false;
    for (const Datum *row : m_rows) {
        if (!m_run.proceed())
            return Datum::null();
        const Datum answer = compare(leftSide, row);
        if (answer.isNull)
            unknown = true;
        else if (answer.isTrue() == m_any)
            return answer;
    }
    return unknown ? Datum::null() : Datum::ofBool(!m_any);
}

/// Rows with a NULL can make the answer unknown, never true (the hash has been asked).
Datum ComparedSublink::overPartial(LeftSide &leftSide)
{
    for (const Datum *row : m_partial) {
        if (!m_run.proceed())
            return Datum::null();
        if (compare(leftSide, row).isNull)
            return Datum::null();
        if (right.size() == 1)
            break;
    }
    return Datum::ofBool(false);
}

/// False: the run has been stopped.
bool ComparedSublink::readLeft(LeftSide &leftSide, std::vector<Datum> &values, bool &null)
{
    for (std::size_t i = 0; i < left.size(); ++i) {
        values.push_back(leftSide.at(i));
        null = null || values.back().isNull;
    }
    return !m_run.stopped();
}

Datum ComparedSublink::evalAnew()
{
    bool unknown = false;
    m_query->open();
    LeftSide leftSide(left);
    std::vector<Datum> values(right.size(), Datum::null());
    while (const Datum *row = m_query->next()) {
        m_row = row;
        for (std::size_t i = 0; i < right.size(); ++i)
            values[i] = right[i].get();
        if (m_run.stopped())
            return Datum::null();
        const Datum answer = compare(leftSide, values.data());
        if (m_run.stopped())
            return Datum::null();
        if (answer.isNull)
            unknown = true;
        else if (answer.isTrue() == m_any)
            return answer;
    }
    if (m_run.stopped())
        declineError(m_run);
    return unknown ? Datum::null() : Datum::ofBool(!m_any);
}

Datum ComparedSublink::eval()
{
    if (m_run.stopped())
        return Datum::null();
    m_scratch.arena.reset();
    if (!m_plan.parameters.empty() || m_plan.readsWorkingTable)
        return evalAnew();
    if (!m_filled && !fill()) {
        // One match is enough: how far PostgreSQL reads is up to its plan.
        if (m_run.stopped())
            declineError(m_run);
        return Datum::null();
    }
    // The left side is not looked at when there is nothing to compare it with.
    const bool nothingEqual = m_onlyTruth && !hashOps.empty() && !m_plan.joined && m_rowOfEntry.empty();
    if (m_rows.empty() || nothingEqual)
        return Datum::ofBool(!m_any);
    LeftSide leftSide(left);
    // Without a hash PostgreSQL computes it as far as its comparisons go.
    if (hashOps.empty() && left.size() > 1)
        return overAll(leftSide);
    std::vector<Datum> values;
    bool null = false;
    if (!readLeft(leftSide, values, null)) {
        // A join over NULLs alone may not look at it, nor one that another column of the row leaves without a match.
        if (m_plan.joined && ((!hashOps.empty() && m_rowOfEntry.empty()) || left.size() > 1))
            declineError(m_run);
        return Datum::null();
    }
    // Nothing equals NULL, and a single value compares with it neither way.
    if (null && ((values.size() == 1 && strict.front()) || (m_onlyTruth && !hashOps.empty())))
        return Datum::null();
    if (hashOps.empty() || null)
        return overAll(leftSide);
    const std::uint64_t hash = hashKey(values.data(), hashOps);
    for (auto entry = m_chains.first(hash); entry != HashChains::kNone; entry = m_chains.next(entry, hash))
        if (sameKey(values.data(), m_rows[m_rowOfEntry[entry]], hashOps))
            return Datum::ofBool(true);
    return m_onlyTruth ? Datum::ofBool(false) : overPartial(leftSide);
}

} // namespace sqlgym::exec
