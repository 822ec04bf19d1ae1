#include "value/numeric_sum.h"

#include "value/numeric_big.h"

#include <algorithm>

namespace sqlgym::value::numeric {

namespace {

static_assert(GMP_NUMB_BITS == 64);

void setInt128(mpz_ptr z, Int128 v)
{
    const bool negative = v < 0;
    const auto m = negative ? ~static_cast<UInt128>(v) + 1 : static_cast<UInt128>(v);
    const std::uint64_t words[2] = {static_cast<std::uint64_t>(m), static_cast<std::uint64_t>(m >> 64)};
    mpz_import(z, 2, -1, sizeof(words[0]), 0, 0, words);
    if (negative)
        mpz_neg(z, z);
}

/// sum (at `scale`) += n (at `from`), the sum's scale rising where needed.
void addScaled(mpz_ptr sum, std::int32_t &scale, mpz_srcptr n, int from)
{
    if (from > scale) {
        scaleUp(sum, sum, from - scale);
        scale = from;
    }
    Integer up;
    scaleUp(up.z, n, scale - from);
    mpz_add(sum, sum, up.z);
}

} // namespace

bool Sum::accumulate(const Datum &n, bool negated, Context &cx)
{
    if (n.storage == Storage::SmallNumeric && n.scale <= kMaxInt64Power) {
        Int128 v = n.int64;
        if (negated)
            v = -v;
        Int128 total = 0;
        Int128 raised = 0;
        if (n.scale <= m_smallScale) {
            v *= kInt64Powers[m_smallScale - n.scale];
            if (!__builtin_add_overflow(m_small, v, &total)) {
                m_small = total;
                return true;
            }
        } else if (!__builtin_mul_overflow(m_small, static_cast<Int128>(kInt64Powers[n.scale - m_smallScale]),
                                           &raised) &&
                   !__builtin_add_overflow(raised, v, &total)) {
            m_small = total;
            m_smallScale = n.scale;
            return true;
        }
        if (!flush(cx))
            return false;
        m_small = negated ? -static_cast<Int128>(n.int64) : static_cast<Int128>(n.int64);
        m_smallScale = n.scale;
        return true;
    }
    // Through the limbs, as a product with one.
    return addProduct(n, Datum::ofSmallNumeric(negated ? -1 : 1, 0), cx);
}

bool Sum::addProduct(const Datum &a, const Datum &b, Context &cx)
{
    const View x(a);
    const View y(b);
    Integer product;
    mpz_mul(product.z, x.z(), y.z());
    const int scale = x.scale() + y.scale();
    if (mpz_fits_slong_p(product.z) && scale <= kMaxInt64Power)
        return accumulate(Datum::ofSmallNumeric(mpz_get_si(product.z), static_cast<std::uint16_t>(scale)), false, cx);
    return flush(cx) && addToLimbs(product.z, scale, cx);
}

bool Sum::flush(Context &cx)
{
    Integer pending;
    setInt128(pending.z, m_small);
    const std::int32_t scale = m_smallScale;
    m_small = 0;
    m_smallScale = 0;
    return addToLimbs(pending.z, scale, cx);
}

bool Sum::addToLimbs(mpz_srcptr n, int scale, Context &cx)
{
    Integer sum;
    readLimbs(sum.z);
    addScaled(sum.z, m_scale, n, scale);
    const std::size_t needed = mpz_size(sum.z);
    if (needed > m_capacity) {
        const std::size_t capacity = std::max<std::size_t>(needed + 2, m_capacity * std::size_t{2});
        auto *limbs = cx.arena.allocateArray<std::uint64_t>(capacity);
        if (!limbs)
            return false;
        m_limbs = limbs;
        m_capacity = static_cast<std::uint32_t>(capacity);
    }
    std::copy_n(mpz_limbs_read(sum.z), needed, m_limbs);
    m_count = static_cast<std::uint32_t>(needed);
    m_negative = mpz_sgn(sum.z) < 0;
    return true;
}

void Sum::readLimbs(mpz_ptr out) const
{
    mpz_import(out, m_count, -1, sizeof(std::uint64_t), 0, 0, m_limbs);
    if (m_negative)
        mpz_neg(out, out);
}

Datum Sum::result(Context &cx) const
{
    if (m_count == 0 && m_scale <= m_smallScale)
        return ofInt128(m_small, m_smallScale, cx);
    Integer sum;
    readLimbs(sum.z);
    std::int32_t scale = m_scale;
    Integer pending;
    setInt128(pending.z, m_small);
    addScaled(sum.z, scale, pending.z, m_smallScale);
    return make(sum.z, scale, cx);
}

} // namespace sqlgym::value::numeric
