// Comparison of the character types, bytea and uuid: byte order, as C.UTF-8 has it; char(n) without trailing blanks.
#include "runtime/families.h"
#include "runtime/text_coercion.h"
#include "runtime/type_table.h"

namespace sqlgym::runtime {

namespace {

int bytewise(const Datum &a, const Datum &b) { return compareBytes(a.text(), b.text()); }

int padded(const Datum &a, const Datum &b) { return compareBytes(trimBlanks(a.text()), trimBlanks(b.text())); }

int byByte(const Datum &a, const Datum &b)
{
    return static_cast<int>(static_cast<std::uint8_t>(a.int64)) - static_cast<int>(static_cast<std::uint8_t>(b.int64));
}

using Order = int (*)(const Datum &, const Datum &);

template <Order C> Datum equal(Call &, const Datum *a) { return Datum::ofBool(C(a[0], a[1]) == 0); }
template <Order C> Datum notEqual(Call &, const Datum *a) { return Datum::ofBool(C(a[0], a[1]) != 0); }
template <Order C> Datum less(Call &, const Datum *a) { return Datum::ofBool(C(a[0], a[1]) < 0); }
template <Order C> Datum lessOrEqual(Call &, const Datum *a) { return Datum::ofBool(C(a[0], a[1]) <= 0); }
template <Order C> Datum greater(Call &, const Datum *a) { return Datum::ofBool(C(a[0], a[1]) > 0); }
template <Order C> Datum greaterOrEqual(Call &, const Datum *a) { return Datum::ofBool(C(a[0], a[1]) >= 0); }
template <Order C> Datum larger(Call &, const Datum *a) { return C(a[0], a[1]) > 0 ? a[0] : a[1]; }
template <Order C> Datum smaller(Call &, const Datum *a) { return C(a[0], a[1]) < 0 ? a[0] : a[1]; }

/// On a tie bpchar_larger and bpchar_smaller give their first argument (the spellings may differ in blanks).
Datum paddedLarger(Call &, const Datum *a) { return padded(a[0], a[1]) >= 0 ? a[0] : a[1]; }
Datum paddedSmaller(Call &, const Datum *a) { return padded(a[0], a[1]) <= 0 ? a[0] : a[1]; }

#define SQLGYM_COMPARISONS(prefix, suffix, C)                                                                          \
    {prefix "eq" suffix, equal<C>}, {prefix "ne" suffix, notEqual<C>}, {prefix "lt" suffix, less<C>},                  \
        {prefix "le" suffix, lessOrEqual<C>}, {prefix "gt" suffix, greater<C>},                                        \
    {                                                                                                                  \
        prefix "ge" suffix, greaterOrEqual<C>                                                                          \
    }
#define SQLGYM_INEQUALITIES(prefix, C)                                                                                 \
    {prefix "lt", less<C>}, {prefix "le", lessOrEqual<C>}, {prefix "gt", greater<C>}, { prefix "ge", greaterOrEqual<C> }

constexpr ScalarEntry kScalars[] = {
    {"texteq", equal<bytewise>},
    {"textne", notEqual<bytewise>},
    SQLGYM_INEQUALITIES("text_", bytewise),
    SQLGYM_INEQUALITIES("text_pattern_", bytewise),
    SQLGYM_INEQUALITIES("bpchar_pattern_", padded),
    SQLGYM_COMPARISONS("name", "", bytewise),
    SQLGYM_COMPARISONS("name", "text", bytewise),
    SQLGYM_COMPARISONS("text", "name", bytewise),
    SQLGYM_COMPARISONS("bpchar", "", padded),
    SQLGYM_COMPARISONS("char", "", byByte),
    SQLGYM_COMPARISONS("bytea", "", bytewise),
    SQLGYM_COMPARISONS("uuid_", "", bytewise),
    {"text_larger", larger<bytewise>},
    {"text_smaller", smaller<bytewise>},
    {"bpchar_larger", paddedLarger},
    {"bpchar_smaller", paddedSmaller},
};

} // namespace

Family textCompareFamily() { return {kScalars, {}, {}}; }

} // namespace sqlgym::runtime
