#include "sync/copied_rows.h"

#include "base/timestamp.h"

#include <bit>
#include <cstring>

namespace sqlgym::sync {
namespace {

constexpr std::string_view kSignature("PGCOPY\n\377\r\n\0", 11);
/// Microseconds from 1970 to 2000, where PostgreSQL's moments begin.
constexpr std::int64_t kEpoch = 946'684'800'000'000;
/// Longer fields than a gigabyte PostgreSQL itself does not have.
constexpr std::uint32_t kMostBytes = 1U << 30;

template <typename T> T bigEndian(std::string_view bytes)
{
    T value = 0;
    for (std::size_t i = 0; i < sizeof(T); ++i)
        value = static_cast<T>(value << 8) | static_cast<unsigned char>(bytes[i]);
    return value;
}

base::Error unreadable() { return client::makeError(client::Trouble::Failed, "The server's copy cannot be read."); }

std::string momentText(std::int64_t micros, bool zone)
{
    if (micros == INT64_MAX || micros == INT64_MIN)
        return micros > 0 ? "infinity" : "-infinity";
    return zone ? base::timestampTzText(micros + kEpoch) : base::timestampText(micros + kEpoch);
}

} // namespace

base::Result<void> CopiedRows::feed(std::string_view piece)
{
    if (m_rest.empty()) {
        auto used = consume(piece);
        if (!used)
            return used.error();
        m_rest.assign(piece.substr(*used));
        return {};
    }
    m_rest.append(piece);
    auto used = consume(m_rest);
    if (!used)
        return used.error();
    m_rest.erase(0, *used);
    return {};
}

base::Result<std::size_t> CopiedRows::consume(std::string_view bytes)
{
    std::size_t at = 0;
    if (!m_begun) {
        if (bytes.size() < kSignature.size() + 8)
            return std::size_t{0};
        const auto extension = bigEndian<std::uint32_t>(bytes.substr(kSignature.size() + 4));
        if (!bytes.starts_with(kSignature) || extension > kMostBytes)
            return unreadable();
        if (bytes.size() < kSignature.size() + 8 + extension)
            return std::size_t{0};
        at = kSignature.size() + 8 + extension;
        m_begun = true;
    }
    while (!m_ended && readRow(bytes, at)) {
        if (m_wrong)
            return unreadable();
        if (m_ended)
            break;
        if (auto taken = m_take(m_row); !taken)
            return taken.error();
    }
    if (m_wrong || (m_ended && at < bytes.size()))
        return unreadable();
    return at;
}

/// False: it is not whole yet. `at` is moved behind a row that is.
bool CopiedRows::readRow(std::string_view bytes, std::size_t &at)
{
    std::size_t next = at;
    if (bytes.size() - next < 2)
        return false;
    const auto fields = static_cast<std::int16_t>(bigEndian<std::uint16_t>(bytes.substr(next)));
    next += 2;
    if (fields == -1) {
        m_ended = true;
        at = next;
        return true;
    }
    if (fields < 0 || static_cast<std::size_t>(fields) != m_kinds.size()) {
        m_wrong = true;
        return true;
    }
    m_row.resize(m_kinds.size());
    m_texts.resize(m_kinds.size());
    for (std::size_t i = 0; i < m_kinds.size(); ++i) {
        if (bytes.size() - next < 4)
            return false;
        const auto size = bigEndian<std::uint32_t>(bytes.substr(next));
        next += 4;
        if (size == 0xFFFFFFFF) {
            m_row[i] = std::monostate();
            continue;
        }
        if (size > kMostBytes) {
            m_wrong = true;
            return true;
        }
        if (bytes.size() - next < size)
            return false;
        m_row[i] = valueOf(i, bytes.substr(next, size));
        if (m_wrong)
            return true;
        next += size;
    }
    at = next;
    return true;
}

cache::MirrorValue CopiedRows::valueOf(std::size_t column, std::string_view bytes)
{
    const auto sized = [&](std::size_t size) {
        m_wrong = m_wrong || bytes.size() != size;
        return !m_wrong;
    };
    switch (m_kinds[column]) {
    case ColumnKind::Text:
    case ColumnKind::Json:
        return bytes;
    case ColumnKind::Jsonb:
        m_wrong = m_wrong || bytes.empty() || bytes[0] != 1;
        return m_wrong ? bytes : bytes.substr(1);
    case ColumnKind::Boolean:
        return std::int64_t{sized(1) && bytes[0] != 0};
    case ColumnKind::Integer:
        if (bytes.size() == 2)
            return std::int64_t{static_cast<std::int16_t>(bigEndian<std::uint16_t>(bytes))};
        if (bytes.size() == 4)
            return std::int64_t{static_cast<std::int32_t>(bigEndian<std::uint32_t>(bytes))};
        return sized(8) ? static_cast<std::int64_t>(bigEndian<std::uint64_t>(bytes)) : std::int64_t{0};
    case ColumnKind::Real:
        return sized(8) ? std::bit_cast<double>(bigEndian<std::uint64_t>(bytes)) : 0.0;
    case ColumnKind::Timestamp:
    case ColumnKind::TimestampTz:
        if (!sized(8))
            return {};
        m_texts[column] = momentText(static_cast<std::int64_t>(bigEndian<std::uint64_t>(bytes)),
                                     m_kinds[column] == ColumnKind::TimestampTz);
        return std::string_view(m_texts[column]);
    }
    return {};
}

} // namespace sqlgym::sync
