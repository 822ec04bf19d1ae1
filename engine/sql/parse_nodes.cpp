#include "sql/binder.h"

#include "catalogue/type_oids.h"

#include <algorithm>

namespace sqlgym::sql {

namespace {

/// The leftmost of two locations, where -1 means unknown.
int leftmost(int a, int b)
{
    if (a < 0)
        return b;
    return b < 0 ? a : std::min(a, b);
}

int locationOfList(Node *const *list, std::size_t count)
{
    for (std::size_t i = 0; i < count; ++i) {
        if (const int at = locationOf(list[i]); at >= 0)
            return at;
    }
    return -1;
}

} // namespace

std::vector<std::string> stringsOf(Node *const *list, std::size_t count)
{
    std::vector<std::string> out;
    for (std::size_t i = 0; i < count; ++i)
        out.emplace_back(list[i]->node_case == PG_QUERY__NODE__NODE_STRING ? list[i]->string->sval : "");
    return out;
}

int locationOf(const Node *node)
{
    if (!node)
        return -1;
    switch (node->node_case) {
    case PG_QUERY__NODE__NODE_COLUMN_REF:
        return node->column_ref->location;
    case PG_QUERY__NODE__NODE_A_CONST:
        return node->a_const->location;
    case PG_QUERY__NODE__NODE_PARAM_REF:
        return node->param_ref->location;
    case PG_QUERY__NODE__NODE_A_EXPR:
        return leftmost(node->a_expr->location, locationOf(node->a_expr->lexpr));
    case PG_QUERY__NODE__NODE_FUNC_CALL:
        return leftmost(node->func_call->location, locationOfList(node->func_call->args, node->func_call->n_args));
    case PG_QUERY__NODE__NODE_BOOL_EXPR:
        return leftmost(node->bool_expr->location, locationOfList(node->bool_expr->args, node->bool_expr->n_args));
    case PG_QUERY__NODE__NODE_TYPE_CAST:
        return leftmost(leftmost(locationOf(node->type_cast->arg), node->type_cast->type_name->location),
                        node->type_cast->location);
    case PG_QUERY__NODE__NODE_NULL_TEST:
        return leftmost(node->null_test->location, locationOf(node->null_test->arg));
    case PG_QUERY__NODE__NODE_BOOLEAN_TEST:
        return leftmost(node->boolean_test->location, locationOf(node->boolean_test->arg));
    case PG_QUERY__NODE__NODE_CASE_EXPR:
        return node->case_expr->location;
    case PG_QUERY__NODE__NODE_COALESCE_EXPR:
        return node->coalesce_expr->location;
    case PG_QUERY__NODE__NODE_MIN_MAX_EXPR:
        return node->min_max_expr->location;
    case PG_QUERY__NODE__NODE_SQLVALUE_FUNCTION:
        return node->sqlvalue_function->location;
    case PG_QUERY__NODE__NODE_SUB_LINK:
        return leftmost(locationOf(node->sub_link->testexpr), node->sub_link->location);
    case PG_QUERY__NODE__NODE_A_ARRAY_EXPR:
        return node->a_array_expr->location;
    case PG_QUERY__NODE__NODE_A_INDIRECTION:
        return locationOf(node->a_indirection->arg);
    case PG_QUERY__NODE__NODE_ROW_EXPR:
        return node->row_expr->location;
    case PG_QUERY__NODE__NODE_COLLATE_CLAUSE:
        return leftmost(locationOf(node->collate_clause->arg), node->collate_clause->location);
    case PG_QUERY__NODE__NODE_GROUPING_FUNC:
        return node->grouping_func->location;
    case PG_QUERY__NODE__NODE_GROUPING_SET:
        return node->grouping_set->location;
    case PG_QUERY__NODE__NODE_NAMED_ARG_EXPR:
        return leftmost(node->named_arg_expr->location, locationOf(node->named_arg_expr->arg));
    case PG_QUERY__NODE__NODE_RES_TARGET:
        return node->res_target->location;
    case PG_QUERY__NODE__NODE_SET_TO_DEFAULT:
        return node->set_to_default->location;
    case PG_QUERY__NODE__NODE_RANGE_VAR:
        return node->range_var->location;
    case PG_QUERY__NODE__NODE_LIST:
        return locationOfList(node->list->items, node->list->n_items);
    default:
        return -1;
    }
}

int locationOf(const Expr *expr)
{
    if (!expr)
        return -1;
    const auto first = [&](const std::vector<Expr *> &list) {
        int at = expr->location;
        for (const auto *item : list)
            at = leftmost(at, locationOf(item));
        return at;
    };
    switch (expr->kind) {
    case ExprKind::Function:
        return first(as<FunctionExpr>(expr)->arguments);
    case ExprKind::Boolean:
        return first(as<BooleanExpr>(expr)->arguments);
    case ExprKind::NullTest:
        return leftmost(expr->location, locationOf(as<NullTestExpr>(expr)->argument));
    case ExprKind::BooleanTest:
        return leftmost(expr->location, locationOf(as<BooleanTestExpr>(expr)->argument));
    case ExprKind::NullIf:
        return leftmost(expr->location, locationOf(as<NullIfExpr>(expr)->left));
    case ExprKind::Distinct:
        return leftmost(expr->location, locationOf(as<DistinctExpr>(expr)->left));
    case ExprKind::ArrayOperator:
        return leftmost(expr->location, locationOf(as<ArrayOperatorExpr>(expr)->left));
    case ExprKind::Relabel:
        return leftmost(expr->location, locationOf(as<RelabelExpr>(expr)->argument));
    case ExprKind::ConvertViaText:
        return leftmost(expr->location, locationOf(as<ConvertViaTextExpr>(expr)->argument));
    case ExprKind::ArrayConvert:
        return leftmost(expr->location, locationOf(as<ArrayConvertExpr>(expr)->argument));
    case ExprKind::Sublink:
        return first(as<SublinkExpr>(expr)->left);
    case ExprKind::Subscript:
        return leftmost(expr->location, locationOf(as<SubscriptExpr>(expr)->container));
    case ExprKind::Field:
        return leftmost(expr->location, locationOf(as<FieldExpr>(expr)->argument));
    default:
        return expr->location;
    }
}

const char *nodeName(const Node &node)
{
    const auto *field = protobuf_c_message_descriptor_get_field(node.base.descriptor, node.node_case);
    return field ? field->name : "node";
}

bool isPolymorphic(Oid type)
{
    using namespace catalogue::type;
    static constexpr Oid kAll[] = {kAnyelement,
                                   kAnyarray,
                                   kAnynonarray,
                                   kAnyenum,
                                   kAnyrange,
                                   kAnymultirange,
                                   kAnycompatible,
                                   kAnycompatiblearray,
                                   kAnycompatiblenonarray,
                                   kAnycompatiblerange,
                                   kAnycompatiblemultirange};
    return std::ranges::find(kAll, type) != std::end(kAll);
}

char categoryOf(Oid type)
{
    const auto *row = catalogue::findType(type);
    return row ? row->category : 'X';
}

bool isPreferred(Oid type)
{
    const auto *row = catalogue::findType(type);
    return row && row->preferred;
}

} // namespace sqlgym::sql
