// Folding of AND, OR, NOT and comparisons with TRUE and FALSE.
#include "plan/fold.h"

#include "catalogue/catalogue.h"
#include "catalogue/type_oids.h"
#include "plan/support.h"
#include "sql/expr_tools.h"

#include <algorithm>

namespace sqlgym::plan {

using namespace sql;

namespace {

const ConstantExpr *constant(const Expr *expr) { return as<ConstantExpr>(expr); }

/// The negation of a comparison or a test as one of its own kind; nullptr where there is none. A new node: the old one
/// may hang in other places too.
Expr *negationOf(BoundStatement &statement, Expr *expr)
{
    if (const auto *test = as<NullTestExpr>(expr)) {
        auto *turned = statement.make<NullTestExpr>(*test);
        turned->isNot = !test->isNot;
        return test->ofRow ? nullptr : turned;
    }
    if (const auto *test = as<BooleanTestExpr>(expr)) {
        // Tests stand in pairs: IS TRUE, IS NOT TRUE, ...
        auto *turned = statement.make<BooleanTestExpr>(*test);
        turned->test = BooleanTest(unsigned(test->test) ^ 1u);
        return turned;
    }
    const auto *call = as<FunctionExpr>(expr);
    const auto *array = as<ArrayOperatorExpr>(expr);
    const auto *op = call && call->op ? catalogue::findOperator(call->op)
                     : array          ? catalogue::findOperator(array->op)
                                      : nullptr;
    const auto *negator = op ? catalogue::findOperator(op->negator) : nullptr;
    if (!negator)
        return nullptr;
    Expr *turned = nullptr;
    if (call) {
        auto *other = statement.make<FunctionExpr>(*call);
        other->op = negator->oid;
        other->function = negator->function;
        turned = other;
    } else {
        auto *other = statement.make<ArrayOperatorExpr>(*array);
        other->op = negator->oid;
        other->function = negator->function;
        other->any = !array->any;
        turned = other;
    }
    return findUnsupported(turned).empty() ? turned : nullptr;
}

} // namespace

/// x = true is x, x = false is NOT x.
void Folder::foldBooleanEquality(Expr *&slot)
{
    const auto *call = as<FunctionExpr>(slot);
    const auto *op = call->op ? catalogue::findOperator(call->op) : nullptr;
    if (!op || op->left != catalogue::type::kBool || op->right != catalogue::type::kBool ||
        (op->name != "=" && op->name != "<>"))
        return;
    for (const std::size_t side : {0, 1}) {
        const auto *value = constant(call->arguments[side]);
        if (!value)
            continue;
        Expr *other = call->arguments[1 - side];
        if (value->value.isTrue() == (op->name == "=")) {
            slot = other;
            return;
        }
        auto *negation = m_statement.make<BooleanExpr>();
        negation->type = catalogue::type::kBool;
        negation->op = BooleanOp::Not;
        negation->arguments.push_back(other);
        slot = negation;
        return foldNot(slot);
    }
}

void Folder::foldBoolean(Expr *&slot)
{
    auto *boolean = as<BooleanExpr>(slot);
    if (boolean->op == BooleanOp::Not)
        return foldNot(slot);
    const bool isAnd = boolean->op == BooleanOp::And;
    std::vector<Expr *> waiting(boolean->arguments.rbegin(), boolean->arguments.rend());
    std::vector<Expr *> kept;
    bool sawNull = false;
    const auto flatten = [&](Expr *argument) {
        auto *inner = as<BooleanExpr>(argument);
        if (!inner || inner->op != boolean->op)
            return false;
        waiting.insert(waiting.end(), inner->arguments.rbegin(), inner->arguments.rend());
        return true;
    };
    while (!waiting.empty() && !m_evaluator.context().stop.raised()) {
        Expr *argument = waiting.back();
        waiting.pop_back();
        if (flatten(argument))
            continue;
        fold(argument);
        if (flatten(argument))
            continue;
        const auto *value = constant(argument);
        if (!value)
            kept.push_back(argument);
        else if (value->value.isNull)
            sawNull = true;
        else if (value->value.isTrue() != isAnd) {
            // What follows is never looked at, so its errors never show.
            slot = makeBool(!isAnd);
            return;
        }
    }
    if (kept.empty() && !sawNull) {
        slot = makeBool(isAnd);
        return;
    }
    if (sawNull) {
        auto *null = m_statement.make<ConstantExpr>();
        null->type = catalogue::type::kBool;
        kept.push_back(null);
    }
    if (kept.size() == 1) {
        slot = kept.front();
        return;
    }
    boolean->arguments = std::move(kept);
}

void Folder::foldCondition(Expr *&slot)
{
    if (const auto *value = constant(slot)) {
        if (value->value.isNull)
            slot = makeBool(false);
        return;
    }
    auto *boolean = as<BooleanExpr>(slot);
    if (!boolean || boolean->op == BooleanOp::Not)
        return;
    const bool isAnd = boolean->op == BooleanOp::And;
    std::vector<Expr *> kept;
    for (Expr *&argument : boolean->arguments) {
        foldCondition(argument);
        const auto *value = constant(argument);
        if (!value) {
            kept.push_back(argument);
        } else if (value->value.isTrue() != isAnd) {
            slot = argument;
            return;
        }
    }
    slot = isAnd ? joined(BooleanOp::And, kept) : withoutRepetition(joinedList(BooleanOp::Or, kept));
}

/// The list, those that are AND (or OR) themselves taken apart.
std::vector<Expr *> Folder::joinedList(BooleanOp op, const std::vector<Expr *> &list)
{
    std::vector<Expr *> flat;
    for (Expr *expr : list) {
        const auto *inner = as<BooleanExpr>(expr);
        if (inner && inner->op == op)
            flat.insert(flat.end(), inner->arguments.begin(), inner->arguments.end());
        else
            flat.push_back(expr);
    }
    return flat;
}

Expr *Folder::joined(BooleanOp op, const std::vector<Expr *> &list)
{
    auto flat = joinedList(op, list);
    if (flat.empty())
        return makeBool(op == BooleanOp::And);
    if (flat.size() == 1)
        return flat.front();
    auto *boolean = m_statement.make<BooleanExpr>();
    boolean->type = catalogue::type::kBool;
    boolean->op = op;
    boolean->arguments = std::move(flat);
    return boolean;
}

/// (a AND b) OR (a AND c) is a AND (b OR c): as quals they are then weighed apart (process_duplicate_ors).
Expr *Folder::withoutRepetition(const std::vector<Expr *> &ors)
{
    if (ors.size() < 2)
        return joined(BooleanOp::Or, ors);
    const auto partsOf = [](Expr *expr) {
        const auto *both = as<BooleanExpr>(expr);
        return both && both->op == BooleanOp::And ? both->arguments : std::vector<Expr *>{expr};
    };
    const auto holds = [](const std::vector<Expr *> &list, const Expr *part) {
        return std::ranges::any_of(list, [&](const Expr *other) { return equalExpr(other, part); });
    };
    std::vector<Expr *> shortest = partsOf(ors.front());
    for (Expr *each : ors)
        if (auto parts = partsOf(each); parts.size() < shortest.size())
            shortest = std::move(parts);
    std::vector<Expr *> common;
    for (Expr *part : shortest)
        if (!holds(common, part) && std::ranges::all_of(ors, [&](Expr *each) { return holds(partsOf(each), part); }))
            common.push_back(part);
    if (common.empty())
        return joined(BooleanOp::Or, ors);
    std::vector<Expr *> rest;
    for (Expr *each : ors) {
        auto parts = partsOf(each);
        std::erase_if(parts, [&](const Expr *part) { return holds(common, part); });
        if (parts.empty())
            return joined(BooleanOp::And, common); // (a AND b) OR a
        rest.push_back(joined(BooleanOp::And, parts));
    }
    common.push_back(joined(BooleanOp::Or, rest));
    return joined(BooleanOp::And, common);
}

void Folder::foldNot(Expr *&slot)
{
    foldChildren(slot);
    if (m_evaluator.context().stop.raised())
        return;
    auto *negation = as<BooleanExpr>(slot);
    Expr *inner = negation->arguments.front();
    if (const auto *value = constant(inner))
        return become(slot, value->value.isNull ? Datum::null() : Datum::ofBool(!value->value.isTrue()));
    if (Expr *turned = negationOf(m_statement, inner)) {
        slot = turned;
        return;
    }
    auto *boolean = as<BooleanExpr>(inner);
    if (!boolean)
        return;
    if (boolean->op == BooleanOp::Not) {
        slot = boolean->arguments.front();
        return;
    }
    // NOT (a OR b) is NOT a AND NOT b: as quals they are then weighed apart.
    auto *turned = m_statement.make<BooleanExpr>();
    turned->type = boolean->type;
    turned->location = boolean->location;
    turned->op = boolean->op == BooleanOp::And ? BooleanOp::Or : BooleanOp::And;
    for (Expr *argument : boolean->arguments) {
        auto *negated = m_statement.make<BooleanExpr>();
        negated->type = boolean->type;
        negated->op = BooleanOp::Not;
        negated->arguments.push_back(argument);
        turned->arguments.push_back(negated);
    }
    slot = turned;
    foldBoolean(slot);
}

} // namespace sqlgym::plan
