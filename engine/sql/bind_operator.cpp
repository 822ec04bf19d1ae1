// Operators: finding the one meant (manual 10.2) and building its call.
#include "sql/binder.h"

#include "catalogue/type_oids.h"

namespace sqlgym::sql {

namespace type = catalogue::type;

namespace {

constexpr const char *kHintBinary =
    "No operator matches the given name and argument types. You might need to add explicit type casts.";
constexpr const char *kHintUnary =
    "No operator matches the given name and argument type. You might need to add an explicit type cast.";
constexpr const char *kHintMany =
    "Could not choose a best candidate operator. You might need to add explicit type casts.";

/// OPERATOR(pg_catalog.+) is called so in messages; the catalogue has it as +.
std::string_view withoutSchema(std::string_view name)
{
    constexpr std::string_view kSchema = "pg_catalog.";
    return name.starts_with(kSchema) ? name.substr(kSchema.size()) : name;
}

const catalogue::OperatorRow *exactOperator(const std::string &name, Oid left, Oid right)
{
    for (const auto *row : catalogue::operatorsNamed(withoutSchema(name))) {
        if (row->left == left && row->right == right)
            return row;
    }
    return nullptr;
}

} // namespace

const catalogue::OperatorRow *Binder::findBinaryOperator(const std::string &name, Oid left, Oid right, int location)
{
    Oid exactLeft = left, exactRight = right;
    if (left == type::kUnknown)
        exactLeft = right;
    else if (right == type::kUnknown)
        exactRight = left;
    if (const auto *row = exactOperator(name, exactLeft, exactRight))
        return row;

    std::vector<Candidate> candidates;
    for (const auto *row : catalogue::operatorsNamed(withoutSchema(name))) {
        if (row->left)
            candidates.push_back({nullptr, row, {row->left, row->right}});
    }
    const std::vector<Oid> types{left, right};
    candidates = matching(candidates, types);
    const std::string signature = typeText(left) + " " + name + " " + typeText(right);
    if (candidates.empty())
        fail("42883", "operator does not exist: " + signature, location, {}, kHintBinary);
    if (candidates.size() == 1)
        return candidates.front().op;
    const auto *best = selectCandidate(candidates, types);
    if (!best)
        fail("42725", "operator is not unique: " + signature, location, {}, kHintMany);
    return best->op;
}

const catalogue::OperatorRow *Binder::findPrefixOperator(const std::string &name, Oid right, int location)
{
    if (const auto *row = exactOperator(name, 0, right))
        return row;
    std::vector<Candidate> candidates;
    for (const auto *row : catalogue::operatorsNamed(withoutSchema(name))) {
        if (!row->left)
            candidates.push_back({nullptr, row, {row->right}});
    }
    const std::vector<Oid> types{right};
    candidates = matching(candidates, types);
    if (candidates.empty())
        fail("42883", "operator does not exist: " + name + " " + typeText(right), location, {}, kHintUnary);
    if (candidates.size() == 1)
        return candidates.front().op;
    const auto *best = selectCandidate(candidates, types);
    if (!best)
        fail("42725", "operator is not unique: " + name + " " + typeText(right), location, {}, kHintMany);
    return best->op;
}

Expr *Binder::makeOperator(const std::string &name, Expr *left, Expr *right, int location)
{
    const auto *row = left ? findBinaryOperator(name, left->type, right->type, location)
                           : findPrefixOperator(name, right->type, location);
    std::vector<Oid> declared, actual;
    if (left) {
        declared.push_back(row->left);
        actual.push_back(left->type);
    }
    declared.push_back(row->right);
    actual.push_back(right->type);
    const Oid result = resolvePolymorphic(declared, actual, row->result);
    if (left)
        compareCollated(name, left, right);
    auto *call = make<FunctionExpr>(location);
    call->function = row->function;
    call->op = row->oid;
    call->type = result;
    if (left)
        call->arguments.push_back(
            coerce(left, declared[0], -1, CoercionContext::Implicit, CoercionForm::ImplicitCast, -1));
    call->arguments.push_back(
        coerce(right, declared.back(), -1, CoercionContext::Implicit, CoercionForm::ImplicitCast, -1));
    const auto *function = catalogue::findFunction(row->function);
    call->returnsSet = function && function->returnsSet;
    return call;
}

Expr *Binder::makeArrayOperator(const std::string &name, bool any, Expr *left, Expr *array, int location)
{
    Oid element = type::kUnknown;
    if (array->type != type::kUnknown) {
        const auto *row = catalogue::findType(array->type);
        if (!row || !row->isTrueArray)
            fail("42809", "op ANY/ALL (array) requires array on right side", location);
        element = row->element;
    }
    const auto *row = findBinaryOperator(name, left->type, element, location);
    std::vector<Oid> declared{row->left, row->right};
    const Oid result = resolvePolymorphic(declared, {left->type, element}, row->result);
    if (result != type::kBool)
        fail("42809", "op ANY/ALL (array) requires operator to yield boolean", location);
    const auto *elementRow = catalogue::findType(declared[1]);
    if (!elementRow || !elementRow->array)
        fail("42704", "could not find array type for data type " + typeText(declared[1]), location);
    auto *expr = make<ArrayOperatorExpr>(location);
    expr->type = type::kBool;
    expr->function = row->function;
    expr->op = row->oid;
    expr->any = any;
    expr->left = coerce(left, declared[0], -1, CoercionContext::Implicit, CoercionForm::ImplicitCast, -1);
    expr->array = coerce(array, elementRow->array, -1, CoercionContext::Implicit, CoercionForm::ImplicitCast, -1);
    return expr;
}

} // namespace sqlgym::sql
