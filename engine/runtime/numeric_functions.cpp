// numeric: operators, functions and casts, over value/numeric.h.
#include "runtime/families.h"
#include "value/numeric.h"

namespace sqlgym::runtime {

namespace num = value::numeric;
using value::Context;

namespace {

template <Datum (*F)(const Datum &, Context &)> Datum unary(Call &call, const Datum *a) { return F(a[0], call.cx); }

template <Datum (*F)(const Datum &, const Datum &, Context &)> Datum binary(Call &call, const Datum *a)
{
    return F(a[0], a[1], call.cx);
}

Datum fromInteger(Call &, const Datum *a) { return num::ofInt(a[0].int64); }

constexpr ScalarEntry kScalars[] = {
    {"numeric_add", binary<num::add>},
    {"numeric_sub", binary<num::subtract>},
    {"numeric_mul", binary<num::multiply>},
    {"numeric_div", binary<num::divide>},
    {"numeric_div_trunc", binary<num::divideTruncated>},
    {"numeric_mod", binary<num::modulo>},
    {"numeric_power", binary<num::power>},
    {"numeric_log", binary<num::logarithm>},
    {"numeric_gcd", binary<num::gcd>},
    {"numeric_lcm", binary<num::lcm>},
    {"numeric_uminus", unary<num::negate>},
    {"numeric_uplus", [](Call &, const Datum *a) { return a[0]; }},
    {"numeric_abs", unary<num::absolute>},
    {"numeric_sign", unary<num::sign>},
    {"numeric_ceil", unary<num::ceiling>},
    {"numeric_floor", unary<num::floor>},
    {"numeric_sqrt", unary<num::squareRoot>},
    {"numeric_exp", unary<num::exponential>},
    {"numeric_ln", unary<num::naturalLogarithm>},
    {"numeric_trim_scale", unary<num::trimScale>},
    {"numeric_inc", [](Call &call, const Datum *a) { return num::add(a[0], num::ofInt(1), call.cx); }},
    {"numeric_fac", [](Call &call, const Datum *a) { return num::factorial(a[0].int64, call.cx); }},
    {"numeric_round",
     [](Call &call, const Datum *a) { return num::round(a[0], static_cast<int>(a[1].int64), call.cx); }},
    {"numeric_trunc",
     [](Call &call, const Datum *a) { return num::truncate(a[0], static_cast<int>(a[1].int64), call.cx); }},
    {"sql:round(numeric)", [](Call &call, const Datum *a) { return num::round(a[0], 0, call.cx); }},
    {"sql:trunc(numeric)", [](Call &call, const Datum *a) { return num::truncate(a[0], 0, call.cx); }},
    {"sql:log(numeric)", [](Call &call, const Datum *a) { return num::logarithm(num::ofInt(10), a[0], call.cx); }},
    {"sql:log10(numeric)", [](Call &call, const Datum *a) { return num::logarithm(num::ofInt(10), a[0], call.cx); }},
    {"numeric_scale",
     [](Call &, const Datum *a) {
         return num::kindOf(a[0]) == num::Kind::Finite ? Datum::ofInt(num::scaleOf(a[0])) : Datum::null();
     }},
    {"numeric_min_scale",
     [](Call &, const Datum *a) {
         return num::kindOf(a[0]) == num::Kind::Finite ? Datum::ofInt(num::minimumScale(a[0])) : Datum::null();
     }},
    {"width_bucket_numeric",
     [](Call &call, const Datum *a) {
         return num::widthBucket(a[0], a[1], a[2], static_cast<std::int32_t>(a[3].int64), call.cx);
     }},
    {"numeric",
     [](Call &call, const Datum *a) { return num::applyTypmod(a[0], static_cast<std::int32_t>(a[1].int64), call.cx); }},
    {"numeric_eq", [](Call &, const Datum *a) { return Datum::ofBool(num::compare(a[0], a[1]) == 0); }},
    {"numeric_ne", [](Call &, const Datum *a) { return Datum::ofBool(num::compare(a[0], a[1]) != 0); }},
    {"numeric_lt", [](Call &, const Datum *a) { return Datum::ofBool(num::compare(a[0], a[1]) < 0); }},
    {"numeric_le", [](Call &, const Datum *a) { return Datum::ofBool(num::compare(a[0], a[1]) <= 0); }},
    {"numeric_gt", [](Call &, const Datum *a) { return Datum::ofBool(num::compare(a[0], a[1]) > 0); }},
    {"numeric_ge", [](Call &, const Datum *a) { return Datum::ofBool(num::compare(a[0], a[1]) >= 0); }},
    {"numeric_cmp", [](Call &, const Datum *a) { return Datum::ofInt(num::compare(a[0], a[1])); }},
    {"numeric_larger", [](Call &, const Datum *a) { return num::compare(a[0], a[1]) > 0 ? a[0] : a[1]; }},
    {"numeric_smaller", [](Call &, const Datum *a) { return num::compare(a[0], a[1]) < 0 ? a[0] : a[1]; }},
    {"int2_numeric", fromInteger},
    {"int4_numeric", fromInteger},
    {"int8_numeric", fromInteger},
    {"numeric_int2", unary<num::toInt2>},
    {"numeric_int4", unary<num::toInt4>},
    {"numeric_int8", unary<num::toInt8>},
    {"numeric_float8", unary<num::toFloat8>},
    {"numeric_float4", unary<num::toFloat4>},
    {"float8_numeric", [](Call &call, const Datum *a) { return num::ofFloat8(a[0].float8, call.cx); }},
    {"float4_numeric",
     [](Call &call, const Datum *a) { return num::ofFloat4(static_cast<float>(a[0].float8), call.cx); }},
};

} // namespace

Family numericFamily() { return {kScalars, {}, {}}; }

} // namespace sqlgym::runtime
