// Comparison of rows as values, and counting NULLs among arguments.
#include "catalogue/type_oids.h"
#include "runtime/compare.h"
#include "runtime/families.h"

#include <algorithm>

namespace sqlgym::runtime {

namespace {

/// False when the rows cannot be compared: 42804 for different widths, and declined for fields of different types
/// (whose names PostgreSQL's message tells) or of a type without order.
bool comparable(Call &call, const Datum *a)
{
    const auto &x = *a[0].record;
    const auto &y = *a[1].record;
    const std::uint32_t common = std::min(x.fieldCount, y.fieldCount);
    for (std::uint32_t i = 0; i < common; ++i) {
        if (x.fieldTypes[i] != y.fieldTypes[i] || !findCompare(x.fieldTypes[i])) {
            call.cx.stop.decline("comparing rows with fields of such types");
            return false;
        }
        // A difference found earlier decides before the widths are looked at.
        if (x.fields[i].isNull != y.fields[i].isNull)
            return true;
        if (!x.fields[i].isNull && findCompare(x.fieldTypes[i])(x.fields[i], y.fields[i]) != 0)
            return true;
    }
    if (x.fieldCount == y.fieldCount)
        return true;
    call.cx.fail("42804", "cannot compare record types with different numbers of columns");
    return false;
}

template <bool (*F)(int)> Datum compareRows(Call &call, const Datum *a)
{
    if (!comparable(call, a))
        return Datum::null();
    return Datum::ofBool(F(findCompare(catalogue::type::kRecord)(a[0], a[1])));
}

bool equal(int c) { return c == 0; }
bool notEqual(int c) { return c != 0; }
bool less(int c) { return c < 0; }
bool lessOrEqual(int c) { return c <= 0; }
bool greater(int c) { return c > 0; }
bool greaterOrEqual(int c) { return c >= 0; }

template <bool Nulls> Datum countNulls(Call &call, const Datum *a)
{
    std::int64_t n = 0;
    for (std::size_t i = 0; i < call.argumentCount; ++i)
        n += a[i].isNull == Nulls;
    return Datum::ofInt(n);
}

constexpr ScalarEntry kScalars[] = {
    {"record_eq", compareRows<equal>},   {"record_ne", compareRows<notEqual>},
    {"record_lt", compareRows<less>},    {"record_le", compareRows<lessOrEqual>},
    {"record_gt", compareRows<greater>}, {"record_ge", compareRows<greaterOrEqual>},
    {"pg_num_nulls", countNulls<true>},  {"pg_num_nonnulls", countNulls<false>},
};

} // namespace

Family recordFamily() { return {kScalars, {}, {}}; }

} // namespace sqlgym::runtime
