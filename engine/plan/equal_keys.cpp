#include "plan/join_rules.h"

#include "catalogue/catalogue.h"
#include "sql/expr_tools.h"

#include <algorithm>

namespace sqlgym::plan {

using namespace sql;

namespace {

/// Expressions that conditions say are equal.
using Class = std::vector<Expr *>;

bool holds(const Class &list, const Expr *expr)
{
    return std::ranges::any_of(list, [&](const Expr *known) { return equalExpr(known, expr); });
}

void join(std::vector<Class> &classes, Expr *left, Expr *right)
{
    Class merged{left, right};
    std::erase_if(classes, [&](const Class &known) {
        if (!holds(known, left) && !holds(known, right))
            return false;
        merged.insert(merged.end(), known.begin(), known.end());
        return true;
    });
    classes.push_back(std::move(merged));
}

} // namespace

bool makesKeysEqual(const Query &query, const std::vector<Expr *> &keys)
{
    std::vector<Expr *> conditions;
    splitAnd(query.where, conditions);
    for (FromNode *node : query.from)
        eachFromCondition(node, [&](Expr *&condition) { splitAnd(condition, conditions); });
    std::vector<Class> classes;
    for (Expr *condition : conditions) {
        const auto *call = as<FunctionExpr>(condition);
        const auto *op = call && call->op ? catalogue::findOperator(call->op) : nullptr;
        if (op && op->canMerge && op->name == "=")
            join(classes, call->arguments[0], call->arguments[1]);
    }
    return std::ranges::any_of(classes, [&](const Class &list) {
        const auto inClass = std::ranges::count_if(keys, [&](const Expr *key) { return holds(list, key); });
        return inClass > 1 || (inClass == 1 && std::ranges::any_of(list, isSameInAllRows));
    });
}

} // namespace sqlgym::plan
