// Expressions: constants, operators, IN, BETWEEN, boolean logic, tests.
#include "sql/binder.h"

#include "catalogue/type_oids.h"
#include "sql/level_walker.h"

#include <charconv>

namespace sqlgym::sql {

namespace type = catalogue::type;

Expr *Binder::bindExpr(Scope &scope, const Node *node, Place place)
{
    const Place outer = scope.place;
    scope.place = place;
    Expr *expr = bindNode(scope, node);
    scope.place = outer;
    return expr;
}

Expr *Binder::bindNode(Scope &scope, const Node *node)
{
    const DepthGuard guard(*this);
    switch (node->node_case) {
    case PG_QUERY__NODE__NODE_COLUMN_REF:
        return bindColumnRef(scope, *node->column_ref);
    case PG_QUERY__NODE__NODE_A_CONST:
        return bindConstant(*node->a_const);
    case PG_QUERY__NODE__NODE_A_EXPR:
        return bindOperator(scope, *node->a_expr);
    case PG_QUERY__NODE__NODE_BOOL_EXPR:
        return bindBoolean(scope, *node->bool_expr);
    case PG_QUERY__NODE__NODE_FUNC_CALL:
        return bindFunctionCall(scope, *node->func_call);
    case PG_QUERY__NODE__NODE_TYPE_CAST:
        return bindCast(scope, *node->type_cast);
    case PG_QUERY__NODE__NODE_CASE_EXPR:
        return bindCase(scope, *node->case_expr);
    case PG_QUERY__NODE__NODE_COALESCE_EXPR:
        return bindCoalesce(scope, *node->coalesce_expr);
    case PG_QUERY__NODE__NODE_MIN_MAX_EXPR:
        return bindMinMax(scope, *node->min_max_expr);
    case PG_QUERY__NODE__NODE_NULL_TEST:
        return bindNullTest(scope, *node->null_test);
    case PG_QUERY__NODE__NODE_BOOLEAN_TEST:
        return bindBooleanTest(scope, *node->boolean_test);
    case PG_QUERY__NODE__NODE_SQLVALUE_FUNCTION:
        return bindSqlValue(*node->sqlvalue_function);
    case PG_QUERY__NODE__NODE_SUB_LINK:
        return bindSublink(scope, *node->sub_link);
    case PG_QUERY__NODE__NODE_A_ARRAY_EXPR:
        return bindArray(scope, *node->a_array_expr, 0, 0, -1);
    case PG_QUERY__NODE__NODE_A_INDIRECTION:
        return bindIndirection(scope, *node->a_indirection);
    case PG_QUERY__NODE__NODE_ROW_EXPR:
        return bindRow(scope, *node->row_expr);
    case PG_QUERY__NODE__NODE_GROUPING_FUNC:
        return bindGrouping(scope, *node->grouping_func);
    case PG_QUERY__NODE__NODE_SET_TO_DEFAULT:
        fail("42601", "DEFAULT is not allowed in this context", node->set_to_default->location);
    case PG_QUERY__NODE__NODE_PARAM_REF:
        fail("42P02", "there is no parameter $" + std::to_string(node->param_ref->number), node->param_ref->location);
    case PG_QUERY__NODE__NODE_COLLATE_CLAUSE:
        return bindCollate(scope, *node->collate_clause);
    case PG_QUERY__NODE__NODE_XML_EXPR:
        decline("XML");
    default:
        decline(nodeName(*node));
    }
}

Expr *Binder::bindConstant(const PgQuery__AConst &constant)
{
    const int location = constant.location;
    if (constant.isnull)
        return makeNull(type::kUnknown, location);
    switch (constant.val_case) {
    case PG_QUERY__A__CONST__VAL_IVAL:
        return makeInt4(constant.ival->ival, location);
    case PG_QUERY__A__CONST__VAL_FVAL: {
        // Digits only and within bigint: bigint; else numeric. -2147483648 comes here too, and is an integer.
        const std::string_view text = constant.fval->fval;
        std::int64_t number = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
        const bool whole = error == std::errc() && end == text.data() + text.size();
        if (whole && number == static_cast<std::int32_t>(number))
            return makeInt4(static_cast<std::int32_t>(number), location);
        if (whole)
            return makeConstant(type::kInt8, Datum::ofInt(number), location);
        return makeConstant(type::kNumeric, literalInput(type::kNumeric, text, -1, location), location);
    }
    case PG_QUERY__A__CONST__VAL_BOOLVAL: {
        auto *expr = makeBool(constant.boolval->boolval);
        expr->location = location;
        return expr;
    }
    case PG_QUERY__A__CONST__VAL_SVAL:
        return makeUnknown(constant.sval->sval, location);
    case PG_QUERY__A__CONST__VAL_BSVAL:
        return makeConstant(type::kBit, literalInput(type::kBit, constant.bsval->bsval, -1, location), location);
    default:
        return makeInt4(0, location);
    }
}

Expr *Binder::bindBoolean(Scope &scope, const PgQuery__BoolExpr &expr)
{
    const char *name = expr.boolop == PG_QUERY__BOOL_EXPR_TYPE__AND_EXPR  ? "AND"
                       : expr.boolop == PG_QUERY__BOOL_EXPR_TYPE__OR_EXPR ? "OR"
                                                                          : "NOT";
    std::vector<Expr *> arguments;
    for (std::size_t i = 0; i < expr.n_args; ++i)
        arguments.push_back(coerceToBoolean(bindNode(scope, expr.args[i]), name));
    const BooleanOp op = *name == 'A' ? BooleanOp::And : *name == 'O' ? BooleanOp::Or : BooleanOp::Not;
    return makeBoolean(op, std::move(arguments), expr.location);
}

Expr *Binder::bindOperator(Scope &scope, const PgQuery__AExpr &expr)
{
    switch (expr.kind) {
    case PG_QUERY__A__EXPR__KIND__AEXPR_IN:
        return bindIn(scope, expr);
    case PG_QUERY__A__EXPR__KIND__AEXPR_BETWEEN:
    case PG_QUERY__A__EXPR__KIND__AEXPR_NOT_BETWEEN:
    case PG_QUERY__A__EXPR__KIND__AEXPR_BETWEEN_SYM:
    case PG_QUERY__A__EXPR__KIND__AEXPR_NOT_BETWEEN_SYM:
        return bindBetween(scope, expr);
    case PG_QUERY__A__EXPR__KIND__AEXPR_DISTINCT:
    case PG_QUERY__A__EXPR__KIND__AEXPR_NOT_DISTINCT:
        return bindDistinctFrom(scope, expr);
    case PG_QUERY__A__EXPR__KIND__AEXPR_NULLIF:
        return bindNullIf(scope, expr);
    default:
        break;
    }
    const auto names = stringsOf(expr.name, expr.n_name);
    if (names.size() == 2 && names[0] != "pg_catalog")
        decline("OPERATOR() of schema " + names[0]);
    const std::string &name = names.back();
    const std::string shown = names.size() == 2 ? names[0] + "." + name : name;
    if (expr.kind == PG_QUERY__A__EXPR__KIND__AEXPR_OP_ANY || expr.kind == PG_QUERY__A__EXPR__KIND__AEXPR_OP_ALL) {
        Expr *left = bindNode(scope, expr.lexpr);
        Expr *right = bindNode(scope, expr.rexpr);
        return makeArrayOperator(shown, expr.kind == PG_QUERY__A__EXPR__KIND__AEXPR_OP_ANY, left, right, expr.location);
    }
    const auto isRow = [](const Node *node) { return node && node->node_case == PG_QUERY__NODE__NODE_ROW_EXPR; };
    if (isRow(expr.lexpr) && expr.rexpr->node_case == PG_QUERY__NODE__NODE_SUB_LINK &&
        expr.rexpr->sub_link->sub_link_type == PG_QUERY__SUB_LINK_TYPE__EXPR_SUBLINK)
        return bindRowSublink(scope, shown, *expr.lexpr, *expr.rexpr->sub_link, expr.location);
    if (isRow(expr.lexpr) && isRow(expr.rexpr)) {
        auto *left = as<RowExpr>(bindNode(scope, expr.lexpr));
        auto *right = as<RowExpr>(bindNode(scope, expr.rexpr));
        return rowComparison(shown, left->fields, right->fields, expr.location);
    }
    Expr *left = expr.lexpr ? bindNode(scope, expr.lexpr) : nullptr;
    Expr *right = bindNode(scope, expr.rexpr);
    return makeOperator(shown, left, right, expr.location);
}

Expr *Binder::rowComparison(const std::string &shown, std::vector<Expr *> left, std::vector<Expr *> right, int location)
{
    const std::string name = shown.substr(shown.rfind('.') + 1);
    if (left.size() != right.size())
        fail("42601", "unequal number of entries in row expressions", location);
    if (left.empty())
        fail("0A000", "cannot compare rows of zero length", location);
    std::vector<Expr *> parts;
    for (std::size_t i = 0; i < left.size(); ++i) {
        Expr *part = makeOperator(shown, left[i], right[i], location);
        if (part->type != type::kBool)
            fail("42804", "row comparison operator must yield type boolean, not type " + typeText(part->type),
                 location);
        parts.push_back(part);
    }
    if (parts.size() == 1)
        return parts.front();
    if (name == "=")
        return makeBoolean(BooleanOp::And, std::move(parts), location);
    if (name == "<>")
        return makeBoolean(BooleanOp::Or, std::move(parts), location);
    auto *compare = make<RowCompareExpr>(location);
    compare->type = type::kBool;
    if (name == "<")
        compare->op = RowCompareOp::Less;
    else if (name == "<=")
        compare->op = RowCompareOp::LessEqual;
    else if (name == ">")
        compare->op = RowCompareOp::Greater;
    else if (name == ">=")
        compare->op = RowCompareOp::GreaterEqual;
    else
        decline("rows compared by " + name);
    for (auto *part : parts) {
        auto *call = as<FunctionExpr>(part);
        compare->operators.push_back(call->op);
        compare->left.push_back(call->arguments[0]);
        compare->right.push_back(call->arguments[1]);
    }
    return compare;
}

Expr *Binder::bindIn(Scope &scope, const PgQuery__AExpr &expr)
{
    const bool isIn = stringsOf(expr.name, expr.n_name).back() == "=";
    const std::string name = isIn ? "=" : "<>";
    const auto &list = *expr.rexpr->list;
    Expr *left = bindNode(scope, expr.lexpr);
    std::vector<Expr *> columns, constants;
    for (std::size_t i = 0; i < list.n_items; ++i) {
        Expr *item = bindNode(scope, list.items[i]);
        LevelWalker walker(0);
        walker.walk(*item);
        (walker.columnLevel == 0 ? columns : constants).push_back(item);
    }
    Expr *result = nullptr;
    const auto add = [&](Expr *part) {
        part = coerceToBoolean(part, "IN");
        result = result ? makeBoolean(isIn ? BooleanOp::Or : BooleanOp::And, {result, part}, expr.location) : part;
    };
    if (constants.size() > 1) {
        std::vector<Expr *> all{left};
        all.insert(all.end(), constants.begin(), constants.end());
        Oid common = selectCommonType(all, nullptr);
        if (common && !commonTypeWorks(common, all))
            common = 0;
        const auto *row = common && common != type::kRecord ? catalogue::findType(common) : nullptr;
        if (row && row->array) {
            auto *array = make<ArrayConstructorExpr>(-1);
            array->type = row->array;
            array->elementType = common;
            for (auto *item : constants)
                array->elements.push_back(coerceToCommon(item, common, "IN"));
            result = makeArrayOperator(name, isIn, left, array, expr.location);
            constants.clear();
        }
    }
    // PostgreSQL goes through the list as written; what went into the array is done.
    const bool arrayUsed = constants.empty();
    for (std::size_t i = 0, c = 0, k = 0; i < list.n_items; ++i) {
        Expr *item = nullptr;
        if (c < columns.size() &&
            (arrayUsed || k >= constants.size() || locationOf(columns[c]) < locationOf(constants[k])))
            item = columns[c++];
        else if (!arrayUsed && k < constants.size())
            item = constants[k++];
        if (!item)
            continue;
        const auto *leftRow = as<RowExpr>(left);
        const auto *itemRow = as<RowExpr>(item);
        if (leftRow && itemRow)
            add(rowComparison(name, leftRow->fields, itemRow->fields, expr.location));
        else
            add(makeOperator(name, left, item, expr.location));
    }
    return result;
}

Expr *Binder::bindBetween(Scope &scope, const PgQuery__AExpr &expr)
{
    const auto &bounds = *expr.rexpr->list;
    const int location = expr.location;
    // Both halves are bound from the same nodes, the tested expression twice, as PostgreSQL does.
    const auto compare = [&](const char *op, const Node *bound) {
        Expr *left = bindNode(scope, expr.lexpr);
        return makeOperator(op, left, bindNode(scope, bound), location);
    };
    const Node *low = bounds.items[0], *high = bounds.items[1];
    const auto between = [&](const Node *a, const Node *b) -> Expr * {
        Expr *first = coerceToBoolean(compare(">=", a), "AND");
        Expr *second = coerceToBoolean(compare("<=", b), "AND");
        return makeBoolean(BooleanOp::And, {first, second}, location);
    };
    const auto notBetween = [&](const Node *a, const Node *b) -> Expr * {
        Expr *first = coerceToBoolean(compare("<", a), "OR");
        Expr *second = coerceToBoolean(compare(">", b), "OR");
        return makeBoolean(BooleanOp::Or, {first, second}, location);
    };
    switch (expr.kind) {
    case PG_QUERY__A__EXPR__KIND__AEXPR_BETWEEN:
        return between(low, high);
    case PG_QUERY__A__EXPR__KIND__AEXPR_NOT_BETWEEN:
        return notBetween(low, high);
    case PG_QUERY__A__EXPR__KIND__AEXPR_BETWEEN_SYM: {
        Expr *straight = between(low, high);
        return makeBoolean(BooleanOp::Or, {straight, between(high, low)}, location);
    }
    default: {
        Expr *straight = notBetween(low, high);
        return makeBoolean(BooleanOp::And, {straight, notBetween(high, low)}, location);
    }
    }
}

Expr *Binder::bindDistinctFrom(Scope &scope, const PgQuery__AExpr &expr)
{
    const bool isNot = expr.kind == PG_QUERY__A__EXPR__KIND__AEXPR_NOT_DISTINCT;
    const auto isNullLiteral = [](const Node *node) {
        return node->node_case == PG_QUERY__NODE__NODE_A_CONST && node->a_const->isnull;
    };
    if (isNullLiteral(expr.rexpr) || isNullLiteral(expr.lexpr)) {
        auto *test = make<NullTestExpr>(expr.location);
        test->type = type::kBool;
        test->argument = bindNode(scope, isNullLiteral(expr.rexpr) ? expr.lexpr : expr.rexpr);
        test->isNot = !isNot;
        if (test->argument->type == type::kRecord)
            decline("a row IS DISTINCT FROM NULL");
        return test;
    }
    Expr *left = bindNode(scope, expr.lexpr);
    Expr *right = bindNode(scope, expr.rexpr);
    if (as<RowExpr>(left) && as<RowExpr>(right))
        return rowsDistinct(*as<RowExpr>(left), *as<RowExpr>(right), isNot, expr.location);
    return distinctOf(left, right, isNot, expr.location);
}

Expr *Binder::distinctOf(Expr *left, Expr *right, bool isNot, int location)
{
    auto *call = as<FunctionExpr>(makeOperator("=", left, right, location));
    if (call->type != type::kBool)
        fail("42804", "IS DISTINCT FROM requires = operator to yield boolean", location);
    auto *distinct = make<DistinctExpr>(location);
    distinct->type = type::kBool;
    distinct->equal = call->function;
    distinct->op = call->op;
    distinct->isNot = isNot;
    distinct->left = call->arguments[0];
    distinct->right = call->arguments[1];
    return distinct;
}

Expr *Binder::bindNullIf(Scope &scope, const PgQuery__AExpr &expr)
{
    Expr *left = bindNode(scope, expr.lexpr);
    Expr *right = bindNode(scope, expr.rexpr);
    auto *call = as<FunctionExpr>(makeOperator("=", left, right, expr.location));
    if (call->type != type::kBool)
        fail("42804", "NULLIF requires = operator to yield boolean", expr.location);
    auto *nullIf = make<NullIfExpr>(expr.location);
    nullIf->equal = call->function;
    nullIf->op = call->op;
    nullIf->left = call->arguments[0];
    nullIf->right = call->arguments[1];
    nullIf->type = nullIf->left->type;
    nullIf->typmod = nullIf->left->typmod;
    return nullIf;
}

Expr *Binder::bindNullTest(Scope &scope, const PgQuery__NullTest &test)
{
    auto *expr = make<NullTestExpr>(test.location);
    expr->type = type::kBool;
    expr->argument = bindNode(scope, test.arg);
    expr->isNot = test.nulltesttype == PG_QUERY__NULL_TEST_TYPE__IS_NOT_NULL;
    expr->ofRow = expr->argument->type == type::kRecord;
    return expr;
}

Expr *Binder::bindBooleanTest(Scope &scope, const PgQuery__BooleanTest &test)
{
    static constexpr std::pair<BooleanTest, const char *> kTests[] = {{BooleanTest::IsTrue, "IS TRUE"},
                                                                      {BooleanTest::IsTrue, "IS TRUE"},
                                                                      {BooleanTest::IsNotTrue, "IS NOT TRUE"},
                                                                      {BooleanTest::IsFalse, "IS FALSE"},
                                                                      {BooleanTest::IsNotFalse, "IS NOT FALSE"},
                                                                      {BooleanTest::IsUnknown, "IS UNKNOWN"},
                                                                      {BooleanTest::IsNotUnknown, "IS NOT UNKNOWN"}};
    const auto &[which, name] = kTests[test.booltesttype];
    auto *expr = make<BooleanTestExpr>(test.location);
    expr->type = type::kBool;
    expr->test = which;
    expr->argument = coerceToBoolean(bindNode(scope, test.arg), name);
    return expr;
}

} // namespace sqlgym::sql
