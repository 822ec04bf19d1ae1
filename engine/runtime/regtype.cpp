// regtype, a type's OID shown as its name; pg_typeof().
#include "catalogue/catalogue.h"
#include "catalogue/type_oids.h"
#include "runtime/families.h"
#include "runtime/type_table.h"
#include "value/scalar_text.h"

#include <algorithm>
#include <cctype>

namespace sqlgym::runtime {

namespace type = catalogue::type;
using value::Context;

namespace {

/// Other spellings that PostgreSQL's grammar turns into a built-in type.
struct Alias {
    std::string_view word;
    Oid type;
};
constexpr Alias kAliases[] = {{"int", type::kInt4},
                              {"float", type::kFloat8},
                              {"decimal", type::kNumeric},
                              {"dec", type::kNumeric},
                              {"char", type::kBpchar},
                              {"varchar", type::kVarchar},
                              {"timestamptz", type::kTimestamptz},
                              {"timetz", type::kTimetz},
                              {"bool", type::kBool}};

Oid typeNamed(const std::string &name)
{
    for (const Alias &alias : kAliases) {
        if (alias.word == name)
            return alias.type;
    }
    if (name == "\"char\"")
        return type::kChar;
    if (const auto *row = catalogue::findType(name))
        return row->oid;
    for (const auto &row : catalogue::types()) {
        if (catalogue::formatType(row.oid) == name)
            return row.oid;
    }
    return 0;
}

Datum regtypeIn(std::string_view text, std::int32_t, Context &cx)
{
    const bool isWord =
        !text.empty() && std::ranges::all_of(text, [](unsigned char c) { return std::isalnum(c) || c == '_'; });
    if (isWord && std::ranges::all_of(text, value::isAsciiDigit))
        return value::parseOid(text, cx);
    if (text == "-")
        return Datum::ofInt(0); // no type
    std::string name(text);
    std::ranges::transform(name, name.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    const bool isArray = name.ends_with("[]");
    if (Oid found = typeNamed(isArray ? name.substr(0, name.size() - 2) : name)) {
        if (isArray) {
            const auto *element = catalogue::findType(found);
            found = element ? element->array : 0;
        }
        if (found)
            return Datum::ofInt(found);
    }
    // What is left may be a type of the script's own, or be written in other ways.
    cx.stop.decline("regtype written as \"" + std::string(text) + "\"");
    return Datum::null();
}

void regtypeOut(const Datum &datum, std::string &out)
{
    const auto oid = static_cast<Oid>(datum.int64);
    if (oid == 0)
        out += '-';
    else if (catalogue::findType(oid))
        out += catalogue::formatType(oid);
    else
        value::appendInteger(datum.int64, out);
}

int compareOids(const Datum &a, const Datum &b) { return a.int64 < b.int64 ? -1 : a.int64 > b.int64 ? 1 : 0; }
std::uint64_t hashOid(const Datum &datum) { return mixBits(static_cast<std::uint64_t>(datum.int64)); }

constexpr ScalarEntry kScalars[] = {
    {"pg_typeof", [](Call &call, const Datum *) { return Datum::ofInt(call.site.argumentTypes[0]); }},
};

} // namespace

std::span<const TypeEntry> regtypeTypes()
{
    static const TypeEntry kTypes[] = {
        {type::kRegtype, 2211, regtypeIn, regtypeOut, compareOids, hashOid},
    };
    return kTypes;
}

Family regtypeFamily() { return {kScalars, {}, {}}; }

} // namespace sqlgym::runtime
