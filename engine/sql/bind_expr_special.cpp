// Expressions: CASE, COALESCE, GREATEST, arrays, rows, subscripts, casts, SQL's own value functions.
#include "sql/binder.h"

#include "catalogue/type_oids.h"
#include "sql/level_walker.h"

#include <algorithm>

namespace sqlgym::sql {

namespace type = catalogue::type;

Expr *Binder::bindCase(Scope &scope, const PgQuery__CaseExpr &expr)
{
    auto *result = make<CaseExpr>(expr.location);
    const bool hadSets = scope.hasSetFunctions;
    CaseInputExpr *input = nullptr;
    if (expr.arg) {
        result->input = bindNode(scope, expr.arg);
        if (result->input->type == type::kUnknown)
            result->input =
                coerceTo(result->input, type::kText, -1, CoercionContext::Implicit, CoercionForm::ImplicitCast, -1);
        input = make<CaseInputExpr>(locationOf(result->input));
        input->type = result->input->type;
        input->typmod = result->input->typmod;
    }
    std::vector<Expr *> values;
    for (std::size_t i = 0; i < expr.n_args; ++i) {
        const auto &when = *expr.args[i]->case_when;
        Expr *condition = bindNode(scope, when.expr);
        if (input)
            condition = makeOperator("=", input, condition, when.location);
        condition = coerceToBoolean(condition, "CASE/WHEN");
        if (LevelWalker walker(0); scope.hasSetFunctions) {
            walker.walk(*condition);
            if (walker.setFunction)
                fail("42804", "argument of CASE/WHEN must not return a set", locationOf(condition));
        }
        Expr *value = bindNode(scope, when.result);
        values.push_back(value);
        result->branches.emplace_back(condition, value);
    }
    result->otherwise = expr.defresult ? bindNode(scope, expr.defresult) : makeNull(type::kUnknown, -1);
    // The default counts first when the common type is chosen.
    values.insert(values.begin(), result->otherwise);
    const Oid common = selectCommonType(values, "CASE");
    result->type = common;
    result->otherwise = coerceToCommon(result->otherwise, common, "CASE/ELSE");
    for (auto &branch : result->branches)
        branch.second = coerceToCommon(branch.second, common, "CASE/WHEN");
    std::vector<Expr *> coerced{result->otherwise};
    for (const auto &branch : result->branches)
        coerced.push_back(branch.second);
    result->typmod = commonTypmod(coerced, common);
    if (scope.hasSetFunctions && !hadSets)
        fail("0A000", "set-returning functions are not allowed in CASE", scope.setFunctionLocation, {},
             "You might be able to move the set-returning function into a LATERAL FROM item.");
    return result;
}

Expr *Binder::bindCoalesce(Scope &scope, const PgQuery__CoalesceExpr &expr)
{
    auto *result = make<CoalesceExpr>(expr.location);
    const bool hadSets = scope.hasSetFunctions;
    for (std::size_t i = 0; i < expr.n_args; ++i)
        result->arguments.push_back(bindNode(scope, expr.args[i]));
    result->type = selectCommonType(result->arguments, "COALESCE");
    for (auto &argument : result->arguments)
        argument = coerceToCommon(argument, result->type, "COALESCE");
    result->typmod = commonTypmod(result->arguments, result->type);
    if (scope.hasSetFunctions && !hadSets)
        fail("0A000", "set-returning functions are not allowed in COALESCE", scope.setFunctionLocation, {},
             "You might be able to move the set-returning function into a LATERAL FROM item.");
    return result;
}

Expr *Binder::bindMinMax(Scope &scope, const PgQuery__MinMaxExpr &expr)
{
    auto *result = make<MinMaxExpr>(expr.location);
    result->greatest = expr.op == PG_QUERY__MIN_MAX_OP__IS_GREATEST;
    const char *name = result->greatest ? "GREATEST" : "LEAST";
    for (std::size_t i = 0; i < expr.n_args; ++i)
        result->arguments.push_back(bindNode(scope, expr.args[i]));
    result->type = selectCommonType(result->arguments, name);
    for (auto &argument : result->arguments)
        argument = coerceToCommon(argument, result->type, name);
    result->typmod = commonTypmod(result->arguments, result->type);
    return result;
}

Expr *Binder::bindSqlValue(const PgQuery__SQLValueFunction &function)
{
    auto *expr = make<SqlValueExpr>(function.location);
    // A precision beyond what there is counts as the greatest.
    const std::int32_t precision = std::min(function.typmod, 6);
    const auto set = [&](SqlValue value, Oid oid, bool precise = false) {
        expr->value = value;
        expr->type = oid;
        expr->typmod = precise ? precision : -1;
    };
    switch (function.op) {
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_DATE:
        set(SqlValue::CurrentDate, type::kDate);
        break;
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_TIME:
        set(SqlValue::CurrentTime, type::kTimetz);
        break;
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_TIME_N:
        set(SqlValue::CurrentTime, type::kTimetz, true);
        break;
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_TIMESTAMP:
        set(SqlValue::CurrentTimestamp, type::kTimestamptz);
        break;
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_TIMESTAMP_N:
        set(SqlValue::CurrentTimestamp, type::kTimestamptz, true);
        break;
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_LOCALTIME:
        set(SqlValue::LocalTime, type::kTime);
        break;
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_LOCALTIME_N:
        set(SqlValue::LocalTime, type::kTime, true);
        break;
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_LOCALTIMESTAMP:
        set(SqlValue::LocalTimestamp, type::kTimestamp);
        break;
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_LOCALTIMESTAMP_N:
        set(SqlValue::LocalTimestamp, type::kTimestamp, true);
        break;
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_SCHEMA:
        set(SqlValue::CurrentSchema, type::kName);
        break;
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_CATALOG:
        decline("the database's name");
    default:
        decline("the user's name");
    }
    return expr;
}

Expr *Binder::bindCast(Scope &scope, const PgQuery__TypeCast &cast)
{
    std::int32_t typmod = -1;
    const Oid target = bindTypeName(*cast.type_name, typmod);
    Expr *expr = nullptr;
    const auto *row = catalogue::findType(target);
    if (cast.arg->node_case == PG_QUERY__NODE__NODE_A_ARRAY_EXPR && row && row->isTrueArray) {
        expr = bindArray(scope, *cast.arg->a_array_expr, target, row->element, typmod);
    } else {
        expr = bindNode(scope, cast.arg);
    }
    const int location = cast.location >= 0 ? cast.location : cast.type_name->location;
    Expr *result = coerceTo(expr, target, typmod, CoercionContext::Explicit, CoercionForm::ExplicitCast, location);
    if (!result)
        fail("42846", "cannot cast type " + typeText(expr->type) + " to " + typeText(target), location);
    return result;
}

Expr *Binder::bindArray(Scope &scope, const PgQuery__AArrayExpr &array, Oid arrayType, Oid elementType,
                        std::int32_t typmod)
{
    auto *result = make<ArrayConstructorExpr>(array.location);
    std::vector<Expr *> elements;
    for (std::size_t i = 0; i < array.n_elements; ++i) {
        const Node *element = array.elements[i];
        if (element->node_case == PG_QUERY__NODE__NODE_A_ARRAY_EXPR) {
            elements.push_back(bindArray(scope, *element->a_array_expr, arrayType, elementType, typmod));
            result->nested = true;
        } else {
            Expr *expr = bindNode(scope, element);
            const auto *row = catalogue::findType(expr->type);
            if (row && row->isTrueArray)
                result->nested = true;
            elements.push_back(expr);
        }
    }
    Oid coerceType = 0;
    if (arrayType) {
        coerceType = result->nested ? arrayType : elementType;
        result->type = arrayType;
        result->elementType = elementType;
    } else {
        if (elements.empty())
            fail("42P18", "cannot determine type of empty array", array.location, {},
                 "Explicitly cast to the desired type, for example ARRAY[]::integer[].");
        coerceType = selectCommonType(elements, "ARRAY");
        const auto *row = catalogue::findType(coerceType);
        if (result->nested) {
            result->type = coerceType;
            if (!row || !row->isTrueArray)
                fail("42704", "could not find element type for data type " + typeText(coerceType), array.location);
            result->elementType = row->element;
        } else {
            if (!row || !row->array)
                fail("42704", "could not find array type for data type " + typeText(coerceType), array.location);
            result->elementType = coerceType;
            result->type = row->array;
        }
    }
    for (auto *element : elements) {
        if (arrayType) {
            Expr *cast =
                coerceTo(element, coerceType, typmod, CoercionContext::Explicit, CoercionForm::ExplicitCast, -1);
            if (!cast)
                fail("42846", "cannot cast type " + typeText(element->type) + " to " + typeText(coerceType),
                     locationOf(element));
            result->elements.push_back(cast);
        } else {
            result->elements.push_back(coerceToCommon(element, coerceType, "ARRAY"));
        }
    }
    if (!result->elements.empty())
        result->typmod = commonTypmod(result->elements, coerceType);
    return result;
}

Expr *Binder::bindRow(Scope &scope, const PgQuery__RowExpr &row)
{
    auto *expr = make<RowExpr>(row.location);
    expr->type = type::kRecord;
    m_sawOtherRow = true;
    m_rowTable.clear();
    for (std::size_t i = 0; i < row.n_args; ++i) {
        Expr *field = bindNode(scope, row.args[i]);
        if (const auto *column = as<ColumnExpr>(field); column && column->column < 0)
            decline("a whole row inside ROW()");
        expr->fields.push_back(field);
        expr->names.push_back("f" + std::to_string(i + 1));
    }
    if (row.n_args > kMaxTargets)
        fail("54011", "ROW expressions can have at most 1664 entries", row.location);
    return expr;
}

/// document['a'][0]: as jsonb_extract_path() with the same steps.
Expr *Binder::bindJsonbSubscripts(Scope &scope, Expr *document, const std::vector<const PgQuery__AIndices *> &indices,
                                  int location)
{
    auto *steps = make<ArrayConstructorExpr>(location);
    steps->elementType = type::kText;
    steps->type = type::kTextArray;
    for (const auto *index : indices) {
        if (index->is_slice)
            fail("42804", "jsonb subscript does not support slices",
                 locationOf(bindNode(scope, index->uidx ? index->uidx : index->lidx)));
        Expr *step = bindNode(scope, index->uidx);
        if (step->type != type::kUnknown) {
            const bool asNumber = canCoerce(step->type, type::kInt4, CoercionContext::Implicit);
            const bool asText = canCoerce(step->type, type::kText, CoercionContext::Implicit);
            if (asNumber == asText)
                fail("42804", "subscript type " + typeText(step->type) + " is not supported", locationOf(step), {},
                     asNumber ? "jsonb subscript must be coercible to only one type, integer or text."
                              : "jsonb subscript must be coercible to either integer or text.");
            if (asNumber)
                step = coerce(step, type::kInt4, -1, CoercionContext::Implicit, CoercionForm::ImplicitCast, -1);
        }
        steps->elements.push_back(
            coerce(step, type::kText, -1, CoercionContext::Explicit, CoercionForm::ImplicitCast, -1));
    }
    const auto functions = catalogue::functionsNamed("jsonb_extract_path");
    auto *expr = make<FunctionExpr>(location);
    expr->function = functions.front()->oid;
    expr->type = type::kJsonb;
    expr->variadicArray = true;
    expr->arguments = {document, steps};
    return expr;
}

Expr *Binder::bindSubscripts(Scope &scope, Expr *container, const std::vector<const PgQuery__AIndices *> &indices,
                             int location)
{
    const auto *row = catalogue::findType(container->type);
    if (container->type == type::kJsonb)
        return bindJsonbSubscripts(scope, container, indices, location);
    const bool isPoints =
        container->type == type::kPoint || container->type == type::kBox || container->type == type::kLseg;
    if (!row || (!row->isTrueArray && !isPoints)) {
        fail("42804",
             "cannot subscript type " + typeText(container->type) + " because it does not support subscripting",
             locationOf(container));
    }
    if (indices.size() > 6)
        fail("54000",
             "number of array dimensions (" + std::to_string(indices.size()) + ") exceeds the maximum allowed (6)");
    auto *expr = make<SubscriptExpr>(location);
    expr->container = container;
    expr->isSlice = std::ranges::any_of(indices, [](const auto *index) { return index->is_slice; });
    if (expr->isSlice && isPoints)
        fail("0A000", "slices of fixed-length arrays not implemented", -1);
    expr->type = expr->isSlice ? container->type : row->element;
    expr->typmod = container->typmod;
    const auto bound = [&](const Node *node) -> Expr * {
        if (!node)
            return nullptr;
        Expr *value = bindNode(scope, node);
        Expr *cast = coerceTo(value, type::kInt4, -1, CoercionContext::Assignment, CoercionForm::ImplicitCast, -1);
        if (!cast)
            fail("42804", "array subscript must have type integer", locationOf(node));
        return cast;
    };
    for (const auto *index : indices) {
        if (expr->isSlice && !index->is_slice) {
            // a[2][1:2] means a[1:2][1:2].
            expr->lower.push_back(makeInt4(1));
            expr->upper.push_back(bound(index->uidx));
        } else {
            expr->lower.push_back(bound(index->lidx));
            expr->upper.push_back(bound(index->uidx));
        }
    }
    return expr;
}

Expr *Binder::bindIndirection(Scope &scope, const PgQuery__AIndirection &node)
{
    Expr *result = bindNode(scope, node.arg);
    std::vector<const PgQuery__AIndices *> indices;
    const int location = locationOf(result);
    const auto flush = [&] {
        if (!indices.empty())
            result = bindSubscripts(scope, result, indices, location);
        indices.clear();
    };
    for (std::size_t i = 0; i < node.n_indirection; ++i) {
        const Node *step = node.indirection[i];
        if (step->node_case == PG_QUERY__NODE__NODE_A_INDICES) {
            indices.push_back(step->a_indices);
        } else if (step->node_case == PG_QUERY__NODE__NODE_STRING) {
            flush();
            result = bindField(scope, result, step->string->sval, location);
        } else {
            fail("42601", "row expansion via \"*\" is not supported here", location);
        }
    }
    flush();
    return result;
}

/// The arguments are matched with GROUP BY once that is bound (check_grouping.cpp).
Expr *Binder::bindGrouping(Scope &scope, const PgQuery__GroupingFunc &function)
{
    if (function.n_args > 31)
        fail("54023", "GROUPING must have fewer than 32 arguments", function.location);
    auto *expr = make<GroupingExpr>(function.location);
    expr->type = type::kInt4;
    LevelWalker walker(0);
    for (std::size_t i = 0; i < function.n_args; ++i) {
        expr->arguments.push_back(bindNode(scope, function.args[i]));
        walker.walk(*expr->arguments.back());
        if (walker.columnLevel > 0)
            decline("GROUPING() of an outer query");
    }
    if (walker.aggregate)
        fail("42803", "aggregate function calls cannot be nested", walker.aggregate->location);
    if (walker.window)
        fail("42803", "aggregate function calls cannot contain window function calls", walker.window->location);
    checkGroupingPlace(scope, function.location);
    if (scope.place != Place::SelectTarget && scope.place != Place::Having && scope.place != Place::OrderBy)
        decline("GROUPING() in this place");
    scope.hasAggregates = true;
    scope.query->grouped = true;
    return expr;
}

} // namespace sqlgym::sql
