#include "runtime/type_table.h"

#include <unordered_map>

namespace sqlgym::runtime {

namespace {

struct Tables {
    std::unordered_map<value::Oid, const TypeEntry *> byType;
    std::unordered_map<value::Oid, value::Oid> elementByArray;
};

const Tables &tables()
{
    static const Tables kTables = [] {
        Tables made;
        for (const auto family : {numberTypes(), textTypes(), datetimeTypes(), jsonTypes(), bitTypes(), geometryTypes(),
                                  rangeTypes(), regtypeTypes()}) {
            for (const TypeEntry &entry : family) {
                made.byType.emplace(entry.type, &entry);
                if (entry.arrayType)
                    made.elementByArray.emplace(entry.arrayType, entry.type);
            }
        }
        return made;
    }();
    return kTables;
}

} // namespace

const TypeEntry *findType(value::Oid type)
{
    const auto &map = tables().byType;
    const auto found = map.find(type);
    return found == map.end() ? nullptr : found->second;
}

value::Oid elementOf(value::Oid arrayType)
{
    const auto &map = tables().elementByArray;
    const auto found = map.find(arrayType);
    return found == map.end() ? 0 : found->second;
}

value::Oid arrayOver(value::Oid element)
{
    const TypeEntry *entry = findType(element);
    return entry ? entry->arrayType : 0;
}

std::uint64_t hashBytes(std::string_view bytes)
{
    std::uint64_t h = 0x9E3779B97F4A7C15ull ^ bytes.size();
    std::size_t at = 0;
    for (; at + 8 <= bytes.size(); at += 8) {
        std::uint64_t word = 0;
        std::memcpy(&word, bytes.data() + at, 8);
        h = mixBits(h ^ word);
    }
    if (at < bytes.size()) {
        std::uint64_t word = 0;
        std::memcpy(&word, bytes.data() + at, bytes.size() - at);
        h = mixBits(h ^ word);
    }
    return mixBits(h);
}

} // namespace sqlgym::runtime
