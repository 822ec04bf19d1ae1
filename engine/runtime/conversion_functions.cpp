// Texts as bytes and back, and width_bucket over an array of thresholds.
#include "base/text_position.h"
#include "catalogue/type_oids.h"
#include "runtime/compare.h"
#include "runtime/families.h"

namespace sqlgym::runtime {

namespace {

/// The names under which PostgreSQL knows UTF-8: letters and digits count, case does not.
bool isUtf8Name(std::string_view name)
{
    std::string plain;
    for (const char c : name) {
        if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z'))
            plain += c;
        else if (c >= 'A' && c <= 'Z')
            plain += static_cast<char>(c + 32);
    }
    return plain == "utf8" || plain == "unicode";
}

Datum fromBytes(Call &call, const Datum *a)
{
    if (!isUtf8Name(a[1].text()) || !base::isValidUtf8(a[0].text()) ||
        a[0].text().find('\0') != std::string_view::npos) {
        call.cx.stop.decline("convert_from of other encodings or broken bytes");
        return Datum::null();
    }
    return a[0];
}

Datum toBytes(Call &call, const Datum *a)
{
    if (!isUtf8Name(a[1].text())) {
        call.cx.stop.decline("convert_to of other encodings");
        return Datum::null();
    }
    return a[0];
}

/// The number of thresholds not above the operand, in a sorted array.
Datum widthBucket(Call &call, const Datum *a)
{
    const value::ArrayValue &thresholds = *a[1].array;
    if (thresholds.dimensionCount > 1)
        return call.cx.fail("2202E", "thresholds must be one-dimensional array");
    for (std::uint32_t i = 0; i < thresholds.elementCount; ++i) {
        if (thresholds.elements[i].isNull)
            return call.cx.fail("22004", "thresholds array must not contain NULLs");
    }
    const CompareFunction compare = findCompare(call.site.argumentTypes[0]);
    if (!compare) {
        call.cx.stop.decline("width_bucket over this type");
        return Datum::null();
    }
    std::uint32_t low = 0;
    std::uint32_t high = thresholds.elementCount;
    while (low < high) {
        const std::uint32_t middle = (low + high) / 2;
        if (compare(a[0], thresholds.elements[middle]) < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return Datum::ofInt(low);
}

constexpr ScalarEntry kScalars[] = {
    {"pg_convert_from", fromBytes},
    {"pg_convert_to", toBytes},
    {"width_bucket_array", widthBucket},
};

} // namespace

Family conversionFamily() { return {kScalars, {}, {}}; }

} // namespace sqlgym::runtime
