#include "exec/sort_prefix.h"

#include "catalogue/type_oids.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>

namespace sqlgym::exec {

namespace {

namespace type = catalogue::type;
using value::Datum;

constexpr std::uint64_t kSign = std::uint64_t{1} << 63;
constexpr std::uint64_t kLast = std::numeric_limits<std::uint64_t>::max();

/// Numerics are compared as multiples of 10^-6 first.
constexpr int kScale = 6;
constexpr std::int64_t kPowers[] = {
    1,          10,          100,           1'000,          10'000,          100'000,          1'000'000,
    10'000'000, 100'000'000, 1'000'000'000, 10'000'000'000, 100'000'000'000, 1'000'000'000'000};

std::uint64_t fromSigned(std::int64_t value) { return static_cast<std::uint64_t>(value) ^ kSign; }

/// The first seven bytes, then how many there are: 1..8 for 0..7, 9 for more.
std::uint64_t fromBytes(std::string_view text)
{
    std::uint64_t prefix = 0;
    for (std::size_t i = 0; i < 7; ++i)
        prefix = (prefix << 8) | (i < text.size() ? static_cast<unsigned char>(text[i]) : 0u);
    return (prefix << 8) | (std::min<std::size_t>(text.size(), 8) + 1);
}

/// NaN is the greatest, -0 is 0.
std::uint64_t fromFloat(double value)
{
    if (std::isnan(value))
        return kLast - 1;
    std::uint64_t bits = 0;
    value += 0.0;
    std::memcpy(&bits, &value, sizeof bits);
    return bits & kSign ? ~bits : bits | kSign;
}

} // namespace

SortPrefix::SortPrefix(const plan::KeyOps &ops) : m_descending(ops.descending), m_nullsFirst(ops.nullsFirst)
{
    const auto comparesAs = [&](value::Oid t) { return ops.compare == runtime::findCompare(t); };
    if (comparesAs(type::kInt8) || comparesAs(type::kDate) || comparesAs(type::kTimestamp))
        m_kind = Kind::Integer;
    else if (comparesAs(type::kFloat8))
        m_kind = Kind::Float;
    else if (comparesAs(type::kNumeric))
        m_kind = Kind::Numeric;
    else if (comparesAs(type::kText))
        m_kind = Kind::Bytes;
}

std::uint64_t SortPrefix::ofNumeric(const Datum &datum)
{
    if (datum.storage != value::Storage::SmallNumeric || datum.scale >= kScale + std::size(kPowers)) {
        m_kind = Kind::None;
        return 0;
    }
    std::int64_t scaled = 0;
    if (datum.scale <= kScale) {
        if (__builtin_mul_overflow(datum.int64, kPowers[kScale - datum.scale], &scaled)) {
            m_exact = false;
            scaled =
                datum.int64 < 0 ? std::numeric_limits<std::int64_t>::min() : std::numeric_limits<std::int64_t>::max();
        }
    } else {
        const std::int64_t power = kPowers[datum.scale - kScale];
        scaled = datum.int64 / power;
        if (const std::int64_t rest = datum.int64 % power; rest != 0) {
            m_exact = false;
            scaled -= rest < 0;
        }
    }
    return fromSigned(scaled);
}

std::uint64_t SortPrefix::ascending(const Datum &datum)
{
    switch (m_kind) {
    case Kind::Integer:
        return fromSigned(datum.int64);
    case Kind::Float:
        return fromFloat(datum.float8);
    case Kind::Numeric:
        return ofNumeric(datum);
    case Kind::Bytes:
        return fromBytes(datum.text());
    case Kind::None:
        break;
    }
    return 0;
}

std::uint64_t SortPrefix::of(const Datum &datum)
{
    if (datum.isNull)
        return m_nullsFirst ? 0 : kLast;
    const std::uint64_t prefix = m_descending ? ~ascending(datum) : ascending(datum);
    // The ends are NULL's.
    if (prefix != 0 && prefix != kLast)
        return prefix;
    m_exact = false;
    return prefix == 0 ? 1 : kLast - 1;
}

bool SortPrefix::decides(std::uint64_t prefix) const
{
    if (!m_exact || m_kind == Kind::None)
        return false;
    if (m_kind != Kind::Bytes || prefix == 0 || prefix == kLast)
        return true;
    return ((m_descending ? ~prefix : prefix) & 0xff) <= 8;
}

} // namespace sqlgym::exec
