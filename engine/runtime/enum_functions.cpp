// Enums: a value is its label (Storage::Bytes) with its place among the labels in `scale`.
#include "runtime/enum_values.h"
#include "runtime/families.h"
#include "runtime/type_table.h"

namespace sqlgym::runtime {

Datum enumValue(const catalogue::EnumType &type, std::size_t index)
{
    Datum value = Datum::ofText(type.labels[index]);
    value.scale = static_cast<std::uint16_t>(index);
    return value;
}

Datum readEnum(const catalogue::EnumType &type, std::string_view text, value::Context &cx)
{
    for (std::size_t i = 0; i < type.labels.size(); ++i) {
        if (type.labels[i] == text)
            return enumValue(type, i);
    }
    return cx.fail("22P02",
                   "invalid input value for enum " + std::string(type.row->name) + ": \"" + std::string(text) + "\"");
}

int compareEnums(const Datum &a, const Datum &b) { return a.scale < b.scale ? -1 : a.scale > b.scale ? 1 : 0; }
std::uint64_t hashEnum(const Datum &value) { return mixBits(value.scale); }

namespace {

Datum equal(Call &, const Datum *a) { return Datum::ofBool(a[0].scale == a[1].scale); }
Datum notEqual(Call &, const Datum *a) { return Datum::ofBool(a[0].scale != a[1].scale); }
Datum less(Call &, const Datum *a) { return Datum::ofBool(a[0].scale < a[1].scale); }
Datum lessOrEqual(Call &, const Datum *a) { return Datum::ofBool(a[0].scale <= a[1].scale); }
Datum greater(Call &, const Datum *a) { return Datum::ofBool(a[0].scale > a[1].scale); }
Datum greaterOrEqual(Call &, const Datum *a) { return Datum::ofBool(a[0].scale >= a[1].scale); }
Datum threeWay(Call &, const Datum *a) { return Datum::ofInt(compareEnums(a[0], a[1])); }
Datum larger(Call &, const Datum *a) { return a[0].scale > a[1].scale ? a[0] : a[1]; }
Datum smaller(Call &, const Datum *a) { return a[0].scale < a[1].scale ? a[0] : a[1]; }

/// enum_first() and enum_last() look at the type of their argument, which may be NULL.
Datum outermost(Call &call, bool wantsLast)
{
    const catalogue::EnumType *type = catalogue::findEnum(call.site.argumentTypes[0]);
    if (!type || type->labels.empty()) {
        call.cx.stop.decline("an enum without labels");
        return Datum::null();
    }
    return enumValue(*type, wantsLast ? type->labels.size() - 1 : 0);
}

constexpr ScalarEntry kScalars[] = {
    {"enum_first", [](Call &call, const Datum *) { return outermost(call, false); }},
    {"enum_last", [](Call &call, const Datum *) { return outermost(call, true); }},
    {"enum_eq", equal},
    {"enum_ne", notEqual},
    {"enum_lt", less},
    {"enum_le", lessOrEqual},
    {"enum_gt", greater},
    {"enum_ge", greaterOrEqual},
    {"enum_cmp", threeWay},
    {"enum_larger", larger},
    {"enum_smaller", smaller},
};

} // namespace

Family enumFamily() { return {kScalars, {}, {}}; }

} // namespace sqlgym::runtime
