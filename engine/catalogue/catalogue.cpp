#include "catalogue/catalogue.h"

#include "catalogue/type_oids.h"
#include "catalogue/user_type_rows.h"
#include "catalogue/user_types.h"

#include <algorithm>
#include <functional>
#include <tuple>

namespace sqlgym::catalogue {

namespace {

#include "catalogue/generated/aggregates.inc"
#include "catalogue/generated/casts.inc"
#include "catalogue/generated/functions.inc"
#include "catalogue/generated/operators.inc"
#include "catalogue/generated/orderings.inc"
#include "catalogue/generated/types.inc"

template <typename Row, typename Key, typename Projection>
const Row *findSorted(std::span<const Row> rows, const Key &key, Projection projection)
{
    const auto it = std::ranges::lower_bound(rows, key, {}, projection);
    return it != rows.end() && std::invoke(projection, *it) == key ? &*it : nullptr;
}

template <typename Row> std::span<const Row *const> named(std::span<const Row *const> rows, std::string_view name)
{
    // Not equal_range(): Clang 14 cannot read GCC 12's subrange.
    const auto nameOf = [](const Row *row) { return row->name; };
    const auto first = std::ranges::lower_bound(rows, name, {}, nameOf);
    return {first, std::ranges::upper_bound(first, rows.end(), name, {}, nameOf)};
}

} // namespace

std::span<const TypeRow> types() { return kTypes; }
std::span<const FunctionRow> functions() { return kFunctions; }
std::span<const OperatorRow> operators() { return kOperators; }
std::span<const CastRow> casts() { return kCasts; }

const TypeRow *findType(Oid oid)
{
    if (oid >= kFirstUserOid)
        return findUserType(oid);
    return findSorted(types(), oid, &TypeRow::oid);
}

const TypeRow *findType(std::string_view name)
{
    const auto found = named<TypeRow>(kTypesByName, name);
    return found.empty() ? nullptr : found.front();
}

const FunctionRow *findFunction(Oid oid) { return findSorted(functions(), oid, &FunctionRow::oid); }
std::span<const FunctionRow *const> functionsNamed(std::string_view name)
{
    return named<FunctionRow>(kFunctionsByName, name);
}

const OperatorRow *findOperator(Oid oid) { return findSorted(operators(), oid, &OperatorRow::oid); }
std::span<const OperatorRow *const> operatorsNamed(std::string_view name)
{
    return named<OperatorRow>(kOperatorsByName, name);
}

const CastRow *findCast(Oid source, Oid target)
{
    return findSorted(casts(), std::pair(source, target),
                      [](const CastRow &row) { return std::pair(row.source, row.target); });
}

const AggregateRow *findAggregate(Oid function)
{
    return findSorted(std::span<const AggregateRow>(kAggregates), function, &AggregateRow::function);
}

const OrderingRow *findOrdering(Oid type)
{
    const auto find = [](Oid oid) {
        return findSorted(std::span<const OrderingRow>(kOrderings), oid, &OrderingRow::type);
    };
    if (const auto *row = find(type))
        return row;
    if (type == type::kVarchar)
        return find(type::kText);
    const auto *entry = findType(type);
    if (!entry)
        return nullptr;
    if (entry->isTrueArray)
        return findOrdering(entry->element) ? find(type::kAnyarray) : nullptr;
    switch (entry->kind) {
    case 'b':
        // As GetDefaultOpClass: regtype and its like are sorted as the oid that they are.
        for (const OrderingRow &row : kOrderings) {
            const auto *cast = findCast(type, row.type);
            const auto *target = cast ? findType(row.type) : nullptr;
            if (cast && cast->method == CastMethod::Binary && cast->context == CastContext::Implicit &&
                target->preferred && target->category == entry->category)
                return &row;
        }
        return nullptr;
    case 'e':
        return find(type::kAnyenum);
    case 'r':
        return find(type::kAnyrange);
    case 'm':
        return find(type::kAnymultirange);
    default:
        return nullptr;
    }
}

} // namespace sqlgym::catalogue
