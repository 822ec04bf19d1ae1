// The slow path of numeric: GMP integers with a decimal scale. Private to the numeric_*.cpp files.
#pragma once

#include "value/context.h"
#include "value/numeric.h"

#include <gmp.h>

namespace sqlgym::value::numeric {

/// An owned integer.
class Integer {
public:
    Integer() { mpz_init(z); }
    ~Integer() { mpz_clear(z); }
    Integer(const Integer &) = delete;
    Integer &operator=(const Integer &) = delete;

    mpz_t z;
};

/// A read-only view of a finite numeric's coefficient: nothing is copied.
class View {
public:
    explicit View(const Datum &n);
    View(const View &) = delete;
    View &operator=(const View &) = delete;

    mpz_srcptr z() const { return m_z; }
    int scale() const { return m_scale; }

private:
    mpz_t m_z;
    mp_limb_t m_limb = 0;
    int m_scale = 0;
};

inline constexpr int kMaxInt64Power = 18;
extern const std::int64_t kInt64Powers[kMaxInt64Power + 1];

/// out = in * 10^by; by >= 0 and bounded by the limits of numeric.
void scaleUp(mpz_ptr out, mpz_srcptr in, int by);
void powerOfTen(mpz_ptr out, int exponent);
/// q = n / d, rounded half away from zero.
void divideRounded(mpz_ptr q, mpz_srcptr n, mpz_srcptr d);
/// Decimal digits of |z|, exactly; 0 for zero.
int decimalDigits(mpz_srcptr z);
/// The datum of z * 10^-scale; 22003 beyond the limits. scale >= 0.
Datum make(mpz_srcptr z, int scale, Context &cx);
/// z * 10^-from brought to scale `to` (either may be the greater), rounding half away from zero or truncating.
void rescale(mpz_ptr z, int from, int to, bool truncating);

/// PostgreSQL's base-10000 view of a value: value = first digit (1..9999) * 10000^weight + ...; 0 and 0 for zero.
struct Lead {
    int weight = 0;
    int firstDigit = 0;
};
Lead leadOf(mpz_srcptr z, int scale);

} // namespace sqlgym::value::numeric
