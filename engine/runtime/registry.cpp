#include "runtime/families.h"

#include <unordered_map>

namespace sqlgym::runtime {

namespace {

const std::vector<Family> &allFamilies()
{
    // clang-format off
    static const std::vector<Family> kFamilies{
        integerFamily(),
        floatFamily(),
        floatMathFamily(),
        floatDegreesFamily(),
        numericFamily(),
        booleanFamily(),
        textFamily(),
        textCompareFamily(),
        datetimeArithmeticFamily(),
        datetimeFieldsFamily(),
        datetimeTruncateFamily(),
        datetimeMakeFamily(),
        datetimeFormatFamily(),
        datetimeParseFamily(),
        datetimeZoneFamily(),
        timetzFamily(),
        jsonFamily(),
        jsonBuildFamily(),
        jsonEditFamily(),
        jsonObjectFamily(),
        jsonRecordsFamily(),
        numberFormatFamily(),
        numberParseFamily(),
        intervalFamily(),
        textFormatFamily(),
        textSearchFamily(),
        likeFamily(),
        byteaFamily(),
        bitFamily(),
        rangeFamily(),
        multirangeFamily(),
        geometryFamily(),
        arrayFamily(),
        arraySplitFamily(),
        setFamily(),
        regexFamily(),
        regexMatchesFamily(),
        enumFamily(),
        recordFamily(),
        regtypeFamily(),
        sequenceFamily(),
        conversionFamily(),
        generalAggregates(),
        numberAggregates(),
        floatAggregates(),
    };
    // clang-format on
    return kFamilies;
}

struct Index {
    std::unordered_map<std::string_view, ScalarFunction> scalars;
    std::unordered_map<std::string_view, const SetFunction *> sets;
    std::unordered_map<std::string_view, const AggregateFunction *> aggregates;
};

const Index &index()
{
    static const Index kIndex = [] {
        Index made;
        for (const Family &family : allFamilies()) {
            for (const auto &entry : family.scalars)
                made.scalars.emplace(entry.symbol, entry.function);
            for (const auto &entry : family.sets)
                made.sets.emplace(entry.symbol, &entry);
            for (const auto &entry : family.aggregates)
                made.aggregates.emplace(entry.key, &entry);
        }
        return made;
    }();
    return kIndex;
}

template <typename Map> auto lookUp(const Map &map, std::string_view key)
{
    const auto found = map.find(key);
    return found == map.end() ? nullptr : found->second;
}

} // namespace

std::span<const Family> families() { return allFamilies(); }

ScalarFunction findScalar(std::string_view symbol) { return lookUp(index().scalars, symbol); }

const SetFunction *findSet(std::string_view symbol) { return lookUp(index().sets, symbol); }

const AggregateFunction *findAggregate(std::string_view key) { return lookUp(index().aggregates, key); }

} // namespace sqlgym::runtime
