// Numbers as PostgreSQL prints them, compared exactly.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sqlgym::grading {

/// digits * 10^exponent, without leading or trailing zeros in `digits` (empty = 0), so that equal numbers have equal
/// members: 2, 2.0 and 2e0 are the same. Reads what integers, numeric and floats print; nothing is rounded.
struct Decimal {
    enum class Kind : std::uint8_t { Finite, NaN, Infinity };
    Kind kind = Kind::Finite;
    bool negative = false; ///< never with zero or NaN
    std::string digits;
    std::int64_t exponent = 0;

    bool operator==(const Decimal &) const = default;

    static std::optional<Decimal> parse(std::string_view text);
    /// Plain notation: "1500", "-0.25", "NaN", "Infinity".
    std::string plain() const;
    /// For ordering and windows only: rounded to a long double.
    long double approximate() const;
};

/// |a - b| <= tolerance, decided exactly. NaN is within NaN, an infinity within itself.
bool within(const Decimal &a, const Decimal &b, const Decimal &tolerance);

/// The decimal that a double's shortest text stands for: 0.01 is 0.01.
Decimal shortestDecimal(double value);

} // namespace sqlgym::grading
