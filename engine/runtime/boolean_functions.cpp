// boolean: comparison, casts.
#include "runtime/families.h"

namespace sqlgym::runtime {

namespace {

constexpr ScalarEntry kScalars[] = {
    {"booleq", [](Call &, const Datum *a) { return Datum::ofBool(a[0].int64 == a[1].int64); }},
    {"boolne", [](Call &, const Datum *a) { return Datum::ofBool(a[0].int64 != a[1].int64); }},
    {"boollt", [](Call &, const Datum *a) { return Datum::ofBool(a[0].int64 < a[1].int64); }},
    {"boolle", [](Call &, const Datum *a) { return Datum::ofBool(a[0].int64 <= a[1].int64); }},
    {"boolgt", [](Call &, const Datum *a) { return Datum::ofBool(a[0].int64 > a[1].int64); }},
    {"boolge", [](Call &, const Datum *a) { return Datum::ofBool(a[0].int64 >= a[1].int64); }},
    {"btboolcmp", [](Call &, const Datum *a) { return Datum::ofInt(a[0].int64 - a[1].int64); }},
    {"booland_statefunc", [](Call &, const Datum *a) { return Datum::ofBool(a[0].int64 && a[1].int64); }},
    {"boolor_statefunc", [](Call &, const Datum *a) { return Datum::ofBool(a[0].int64 || a[1].int64); }},
    {"int4_bool", [](Call &, const Datum *a) { return Datum::ofBool(a[0].int64 != 0); }},
    {"bool_int4", [](Call &, const Datum *a) { return a[0]; }},
    {"booltext", [](Call &, const Datum *a) { return Datum::ofText(a[0].int64 ? "true" : "false"); }},
};

} // namespace

Family booleanFamily() { return {kScalars, {}, {}}; }

} // namespace sqlgym::runtime
