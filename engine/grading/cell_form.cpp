#include "grading/cell_form.h"

#include <algorithm>
#include <array>
#include <utility>

namespace sqlgym::grading {

namespace {

constexpr std::array<std::string_view, 7> kNumbers{"int2", "int4", "int8", "numeric", "float4", "float8", "oid"};
constexpr std::array<std::string_view, 6> kTexts{"text", "varchar", "bpchar", "name", "char", "unknown"};
constexpr std::array<std::pair<std::string_view, std::string_view>, 10> kWords{{
    {"int2", "smallint"},
    {"int4", "integer"},
    {"int8", "bigint"},
    {"float4", "real"},
    {"float8", "double precision"},
    {"bool", "boolean"},
    {"varchar", "character varying"},
    {"bpchar", "character"},
    {"timestamptz", "timestamp with time zone"},
    {"timetz", "time with time zone"},
}};

bool isArray(std::string_view typname) { return typname.size() > 1 && typname.front() == '_'; }

} // namespace

std::string typeFamily(std::string_view typname)
{
    if (std::ranges::find(kNumbers, typname) != kNumbers.end())
        return "number";
    if (std::ranges::find(kTexts, typname) != kTexts.end())
        return "text";
    if (isArray(typname))
        return "_" + typeFamily(typname.substr(1));
    return std::string(typname);
}

std::string cellForm(std::string_view typname, std::string_view cell)
{
    if (typname == "bpchar") {
        const std::size_t last = cell.find_last_not_of(' ');
        return std::string(cell.substr(0, last == std::string_view::npos ? 0 : last + 1));
    }
    if (std::ranges::find(kNumbers, typname) != kNumbers.end()) {
        if (const auto number = Decimal::parse(cell))
            return number->plain();
    }
    return std::string(cell);
}

std::string typeWords(std::string_view typname)
{
    if (isArray(typname))
        return typeWords(typname.substr(1)) + "[]";
    const auto found = std::ranges::find(kWords, typname, &std::pair<std::string_view, std::string_view>::first);
    return std::string(found == kWords.end() ? typname : found->second);
}

} // namespace sqlgym::grading
