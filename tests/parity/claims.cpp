#include "claims.h"

#include "arguments/special_arguments.h"
#include "catalogue/type_oids.h"
#include "runtime/function.h"
#include "runtime/io.h"

#include <algorithm>
#include <array>

namespace sqlgym::parity {

namespace {

namespace type = catalogue::type;

constexpr std::array kPolymorphic{
    type::kAny,           type::kAnyarray,           type::kAnyelement,           type::kAnynonarray,
    type::kAnycompatible, type::kAnycompatiblearray, type::kAnycompatiblenonarray};

bool isCastable(Oid argument)
{
    if (argument == type::kCstring || argument == type::kUnknown)
        return false;
    return isPolymorphic(argument) || argument == type::kRecord || runtime::hasTextForm(argument);
}

bool canBeAsked(const catalogue::FunctionRow &row)
{
    const auto &arguments = row.arguments;
    return std::all_of(arguments.begin(), arguments.end(), isCastable) && row.result != type::kInternal &&
           row.result != type::kTrigger && row.result != type::kCstring && !tests::answersAlone(row.symbol);
}

void sortIn(const catalogue::FunctionRow &row, Claims &claims)
{
    if (!canBeAsked(row))
        return;
    switch (row.kind) {
    case 'a':
        if (const auto *aggregate = catalogue::findAggregate(row.oid);
            aggregate && (aggregate->kind != 'n' || runtime::findAggregate(aggregate->key)))
            claims.aggregates.push_back(&row);
        break;
    case 'w':
        claims.windows.push_back(&row);
        break;
    default:
        if (row.returnsSet && runtime::findSet(row.symbol)) {
            claims.sets.push_back(&row);
        } else if (!row.returnsSet && runtime::findScalar(row.symbol)) {
            claims.scalars.push_back(&row);
            claims.scalarsByResult[row.result].push_back(&row);
        }
    }
}

Claims gather()
{
    Claims made;
    for (const auto &row : catalogue::functions())
        sortIn(row, made);
    for (const auto &row : catalogue::operators()) {
        const auto *function = catalogue::findFunction(row.function);
        if (function && canBeAsked(*function) && runtime::findScalar(function->symbol))
            made.operators.push_back(&row);
    }
    for (const auto &row : catalogue::types()) {
        if ((row.kind == 'b' || row.kind == 'r') && isCastable(row.oid))
            made.types.push_back(row.oid);
    }
    return made;
}

} // namespace

bool isPolymorphic(Oid oid) { return std::find(kPolymorphic.begin(), kPolymorphic.end(), oid) != kPolymorphic.end(); }

const Claims &claims()
{
    static const Claims kClaims = gather();
    return kClaims;
}

std::string sqlName(Oid oid)
{
    const auto *row = catalogue::findType(oid);
    if (row != nullptr && row->isTrueArray)
        return sqlName(row->element) + "[]";
    switch (oid) {
    case type::kBpchar:
        return "bpchar"; // character is character(1)
    case type::kVarchar:
        return "varchar";
    case type::kTimestamp:
        return "timestamp";
    case type::kTimestamptz:
        return "timestamptz";
    case type::kTime:
        return "time";
    case type::kTimetz:
        return "timetz";
    case type::kInt4:
        return "int";
    case type::kFloat8:
        return "float8";
    default:
        return catalogue::formatType(oid);
    }
}

} // namespace sqlgym::parity
