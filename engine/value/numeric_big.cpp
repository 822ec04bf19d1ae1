#include "value/numeric_big.h"

#include "value/numeric_data.h"

namespace sqlgym::value::numeric {

const std::int64_t kInt64Powers[kMaxInt64Power + 1] = {1,
                                                       10,
                                                       100,
                                                       1000,
                                                       10000,
                                                       100000,
                                                       1000000,
                                                       10000000,
                                                       100000000,
                                                       1000000000,
                                                       10000000000,
                                                       100000000000,
                                                       1000000000000,
                                                       10000000000000,
                                                       100000000000000,
                                                       1000000000000000,
                                                       10000000000000000,
                                                       100000000000000000,
                                                       1000000000000000000};

View::View(const Datum &n)
{
    if (n.storage == Storage::SmallNumeric) {
        const std::int64_t v = n.int64;
        m_limb = v < 0 ? ~static_cast<mp_limb_t>(v) + 1 : static_cast<mp_limb_t>(v);
        m_scale = n.scale;
        mpz_roinit_n(m_z, &m_limb, v < 0 ? -1 : v > 0 ? 1 : 0);
        return;
    }
    const auto *big = n.big;
    m_scale = big->displayScale;
    const auto size = static_cast<mp_size_t>(big->limbCount);
    mpz_roinit_n(m_z, big->limbs, big->negative ? -size : size);
}

void powerOfTen(mpz_ptr out, int exponent) { mpz_ui_pow_ui(out, 10, static_cast<unsigned long>(exponent)); }

void scaleUp(mpz_ptr out, mpz_srcptr in, int by)
{
    if (by <= kMaxInt64Power) {
        mpz_mul_si(out, in, kInt64Powers[by]);
        return;
    }
    Integer p;
    powerOfTen(p.z, by);
    mpz_mul(out, in, p.z);
}

void divideRounded(mpz_ptr q, mpz_srcptr n, mpz_srcptr d)
{
    const bool negative = (mpz_sgn(n) < 0) != (mpz_sgn(d) < 0);
    Integer quotient;
    Integer rest;
    mpz_tdiv_qr(quotient.z, rest.z, n, d);
    mpz_mul_2exp(rest.z, rest.z, 1);
    if (mpz_cmpabs(rest.z, d) >= 0) {
        if (negative)
            mpz_sub_ui(quotient.z, quotient.z, 1);
        else
            mpz_add_ui(quotient.z, quotient.z, 1);
    }
    mpz_swap(q, quotient.z);
}

int decimalDigits(mpz_srcptr z)
{
    if (mpz_sgn(z) == 0)
        return 0;
    const int digits = static_cast<int>(mpz_sizeinbase(z, 10)); // exact or one too many
    if (digits == 1)
        return 1;
    Integer p;
    powerOfTen(p.z, digits - 1);
    return mpz_cmpabs(z, p.z) < 0 ? digits - 1 : digits;
}

Datum make(mpz_srcptr z, int scale, Context &cx)
{
    if (scale > kMaxScale)
        return cx.fail("22003", "value overflows numeric format");
    if (mpz_fits_slong_p(z))
        return Datum::ofSmallNumeric(mpz_get_si(z), static_cast<std::uint16_t>(scale));
    if (static_cast<int>(mpz_sizeinbase(z, 10)) - scale > kMaxIntegerDigits &&
        decimalDigits(z) - scale > kMaxIntegerDigits)
        return cx.fail("22003", "value overflows numeric format");
    const std::size_t limbs = mpz_size(z);
    auto *big = static_cast<BigNumeric *>(
        cx.arena.allocate(sizeof(BigNumeric) + (limbs > 1 ? limbs - 1 : 0) * sizeof(mp_limb_t)));
    if (!big)
        return Datum::null();
    big->kind = BigNumeric::Kind::Finite;
    big->negative = mpz_sgn(z) < 0;
    big->displayScale = scale;
    big->limbCount = static_cast<std::uint32_t>(limbs);
    std::memcpy(big->limbs, mpz_limbs_read(z), limbs * sizeof(mp_limb_t));
    Datum d = Datum::ofInt(0);
    d.big = big;
    d.storage = Storage::BigNumeric;
    return d;
}

void rescale(mpz_ptr z, int from, int to, bool truncating)
{
    if (to >= from) {
        scaleUp(z, z, to - from);
        return;
    }
    if (from - to > static_cast<int>(mpz_sizeinbase(z, 10)) + 1) {
        mpz_set_ui(z, 0); // less than a tenth of the last place
        return;
    }
    Integer p;
    powerOfTen(p.z, from - to);
    if (truncating)
        mpz_tdiv_q(z, z, p.z);
    else
        divideRounded(z, z, p.z);
}

Lead leadOf(mpz_srcptr z, int scale)
{
    Lead lead;
    const int digits = decimalDigits(z);
    if (digits == 0)
        return lead;
    const int exponent = digits - 1 - scale;
    lead.weight = exponent >= 0 ? exponent / 4 : -((3 - exponent) / 4);
    const int shift = scale + 4 * lead.weight; // the first digit is |z| / 10^shift
    Integer p;
    if (shift >= 0) {
        powerOfTen(p.z, shift);
        mpz_tdiv_q(p.z, z, p.z);
    } else {
        scaleUp(p.z, z, -shift);
    }
    lead.firstDigit = static_cast<int>(mpz_get_ui(p.z));
    return lead;
}

} // namespace sqlgym::value::numeric
