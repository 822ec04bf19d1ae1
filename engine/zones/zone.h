// A time zone: which offset from UTC its clocks had at every moment.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sqlgym::zones {

/// What clocks showed for a while.
struct LocalType {
    std::int32_t eastSeconds = 0;
    bool isDst = false;
    std::uint8_t abbreviation = 0; ///< where its name begins in Zone::letters
};

/// The next change after a moment. `at` has no meaning when there is none.
struct Change {
    bool exists = false;
    LocalType before, after;
    std::int64_t at = 0; ///< seconds from 1970
};

/// Times are seconds from 1970-01-01 00:00 UTC.
///
/// Source: RFC 8536; PostgreSQL 15 manual, 8.5.3 Time Zones and B.2 Handling of Invalid or Ambiguous Timestamps.
class Zone {
public:
    std::string name; ///< as its file spells it, or a POSIX rule in upper case
    std::vector<std::int64_t> times;
    std::vector<std::uint8_t> typeOf; ///< of the time from times[i] on
    std::vector<LocalType> types;
    std::string letters; ///< abbreviations, each ended by NUL
    /// The changes repeat every 400 years, before the first one and after the last.
    bool repeatsBackwards = false, repeatsForwards = false;

    /// Sets what follows from the lists above.
    void settle();
    LocalType at(std::int64_t time) const;
    std::string_view abbreviation(const LocalType &type) const { return letters.c_str() + type.abbreviation; }
    Change changeAfter(std::int64_t time) const;
    /// The latest use of an abbreviation (in upper case) up to a moment, else the first one after it.
    std::optional<LocalType> meaning(std::string_view abbreviation, std::int64_t time) const;

private:
    std::size_t changesUpTo(std::int64_t time) const;
    std::int64_t repeatedBy(std::int64_t time) const;
    std::uint8_t m_default = 0;
};

/// Reads the 64-bit block of a zone file; false when it is damaged.
bool readZone(std::string_view block, Zone &out);

} // namespace sqlgym::zones
