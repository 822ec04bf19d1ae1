// PostgreSQL's numeric: exact decimals that remember how many fractional digits to show.
//
// Two forms, chosen by size alone: an int64 coefficient inside the datum, or limbs in the arena (numeric_data.h), which
// also hold NaN and the infinities. Every finite result that fits the small form takes it.
#pragma once

#include "value/context.h"
#include "value/datum.h"
#include "value/int128.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace sqlgym::value::numeric {

/// Limits of the stored form; beyond them 22003 "value overflows numeric format".
inline constexpr int kMaxIntegerDigits = 131072;
inline constexpr int kMaxScale = 16383;
/// What a computed scale (division, square root, ...) is cut to, and how many significant digits it aims at.
inline constexpr int kMaxDisplayScale = 1000;
inline constexpr int kMinSignificantDigits = 16;

enum class Kind : std::uint8_t { Finite, NaN, PositiveInfinity, NegativeInfinity };
Kind kindOf(const Datum &n);
/// -1, 0, 1; NaN counts as 1.
int signOf(const Datum &n);
/// PostgreSQL's display scale; 0 for NaN and the infinities.
int scaleOf(const Datum &n);

Datum special(Kind kind, Context &cx);
Datum ofInt(std::int64_t v);
Datum ofInt128(Int128 v, int scale, Context &cx);

Datum add(const Datum &a, const Datum &b, Context &cx);
Datum subtract(const Datum &a, const Datum &b, Context &cx);
/// Exact; a scale over kMaxScale is rounded to it.
Datum multiply(const Datum &a, const Datum &b, Context &cx);
/// Rounded half away from zero at PostgreSQL's choice of scale. 22012 on zero.
Datum divide(const Datum &a, const Datum &b, Context &cx);
/// As divide(), but at the given scale.
Datum divideAt(const Datum &a, const Datum &b, int scale, Context &cx);
/// The integral quotient, truncated (SQL's div()).
Datum divideTruncated(const Datum &a, const Datum &b, Context &cx);
Datum modulo(const Datum &a, const Datum &b, Context &cx);
Datum negate(const Datum &n, Context &cx);
Datum absolute(const Datum &n, Context &cx);
Datum sign(const Datum &n, Context &cx);
Datum gcd(const Datum &a, const Datum &b, Context &cx);
Datum lcm(const Datum &a, const Datum &b, Context &cx);
Datum factorial(std::int64_t n, Context &cx);

/// Half away from zero at `scale` (negative: left of the point); the display scale becomes max(scale, 0).
Datum round(const Datum &n, int scale, Context &cx);
Datum truncate(const Datum &n, int scale, Context &cx);
Datum ceiling(const Datum &n, Context &cx);
Datum floor(const Datum &n, Context &cx);
/// Smallest scale that loses nothing; trimScale() applies it.
int minimumScale(const Datum &n);
Datum trimScale(const Datum &n, Context &cx);

Datum squareRoot(const Datum &n, Context &cx);
/// Of a finite n >= 0, at the given scale.
Datum squareRootAt(const Datum &n, int scale, Context &cx);
/// The display scale divide() chooses.
int quotientScale(const Datum &a, const Datum &b);
/// exp, ln, log and power are computed by MPFR and declined in the rare cases where PostgreSQL's last digit cannot
/// be known: its own series carry about eight guard digits, so a result that close to a tie may go either way.
Datum exponential(const Datum &n, Context &cx);
Datum naturalLogarithm(const Datum &n, Context &cx);
Datum logarithm(const Datum &base, const Datum &n, Context &cx);
Datum power(const Datum &base, const Datum &exponent, Context &cx);

/// NaN equals NaN and is greater than everything.
int compare(const Datum &a, const Datum &b);
/// 2.0 and 2.00 hash alike.
std::uint64_t hash(const Datum &n);
/// count thresholds: 1-based bucket of `operand` among `count` equal ones of [low, high).
Datum widthBucket(const Datum &operand, const Datum &low, const Datum &high, std::int32_t count, Context &cx);

/// numeric_in without typmod: NULL and 22P02 or 22003 raised on bad text.
Datum parse(std::string_view text, Context &cx);
void appendText(const Datum &n, std::string &out);
/// Scientific or plain text is the caller's; this is plain. Used where a double's or a message's text is needed.
std::string toText(const Datum &n);

/// numeric(precision, scale) as encoded in atttypmod; -1 leaves `n` as it is.
Datum applyTypmod(const Datum &n, std::int32_t typmod, Context &cx);

/// Rounded half away from zero; 22003 "<type> out of range", 0A000 for NaN and the infinities.
Datum toInt2(const Datum &n, Context &cx);
Datum toInt4(const Datum &n, Context &cx);
Datum toInt8(const Datum &n, Context &cx);
/// False when `n` is not finite or its rounded value does not fit.
bool roundToInt64(const Datum &n, std::int64_t &out);
Datum toFloat8(const Datum &n, Context &cx);
Datum toFloat4(const Datum &n, Context &cx);
/// Never fails: infinities for what is too big.
double approximate(const Datum &n);
/// With 15 significant digits, as PostgreSQL's casts do.
Datum ofFloat8(double v, Context &cx);
/// With 6.
Datum ofFloat4(float v, Context &cx);

} // namespace sqlgym::value::numeric
