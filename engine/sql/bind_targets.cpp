// The select list: stars, names of unnamed columns.
#include "sql/binder.h"

namespace sqlgym::sql {

void Binder::bindTargets(Scope &scope, Node **list, std::size_t count, std::vector<TargetEntry> &out)
{
    for (std::size_t i = 0; i < count; ++i) {
        const auto &target = *list[i]->res_target;
        const Node *value = target.val;
        if (value->node_case == PG_QUERY__NODE__NODE_COLUMN_REF) {
            const auto &ref = *value->column_ref;
            if (ref.fields[ref.n_fields - 1]->node_case == PG_QUERY__NODE__NODE_A_STAR) {
                expandStar(scope, ref, out);
                continue;
            }
        }
        if (expandRow(scope, *value, Place::SelectTarget, out))
            continue;
        Expr *expr = bindExpr(scope, value, Place::SelectTarget);
        out.push_back({expr, target.name && *target.name ? target.name : columnName(*value), false});
    }
}

void Binder::expandItem(Scope &scope, const NamespaceItem &item, int levelsUp, int location,
                        std::vector<TargetEntry> &out)
{
    for (const auto &column : item.columns)
        out.push_back({columnOf(scope, item, column, levelsUp, location), column.name, false});
}

void Binder::expandStar(Scope &scope, const PgQuery__ColumnRef &ref, std::vector<TargetEntry> &out)
{
    if (ref.n_fields == 1) {
        bool any = false;
        const std::size_t before = out.size();
        for (const auto &item : scope.items) {
            if (!item.columnsVisible || (item.lateralOnly && !scope.lateralActive))
                continue;
            any = true;
            expandItem(scope, item, 0, ref.location, out);
        }
        if (!any && out.size() == before)
            fail("42601", "SELECT * with no tables specified is not valid", ref.location);
        return;
    }
    const auto names = stringsOf(ref.fields, ref.n_fields - 1);
    if (names.size() > 2)
        decline("names of four parts");
    int levelsUp = 0;
    const auto *item = findItem(scope, names.size() == 2 ? names[0] : "", names.back(), ref.location, levelsUp);
    if (!item)
        missingTable(scope, names.size() == 2 ? names[0] : "", names.back(), ref.location);
    expandItem(scope, *item, levelsUp, ref.location, out);
}

std::string Binder::columnName(const Node &node)
{
    std::string name;
    figureName(&node, name);
    return name.empty() ? "?column?" : name;
}

/// FigureColname: 0 = no idea, 1 = a weak name (a cast's type, "case"), 2 = a good one.
int Binder::figureName(const Node *node, std::string &name)
{
    if (!node)
        return 0;
    const auto named = [&](const char *word) {
        name = word;
        return 2;
    };
    switch (node->node_case) {
    case PG_QUERY__NODE__NODE_COLUMN_REF: {
        const auto &ref = *node->column_ref;
        for (std::size_t i = ref.n_fields; i > 0; --i) {
            if (ref.fields[i - 1]->node_case == PG_QUERY__NODE__NODE_STRING)
                return named(ref.fields[i - 1]->string->sval);
        }
        return 0;
    }
    case PG_QUERY__NODE__NODE_A_INDIRECTION: {
        const auto &ind = *node->a_indirection;
        for (std::size_t i = ind.n_indirection; i > 0; --i) {
            if (ind.indirection[i - 1]->node_case == PG_QUERY__NODE__NODE_STRING)
                return named(ind.indirection[i - 1]->string->sval);
        }
        return figureName(ind.arg, name);
    }
    case PG_QUERY__NODE__NODE_FUNC_CALL:
        return named(node->func_call->funcname[node->func_call->n_funcname - 1]->string->sval);
    case PG_QUERY__NODE__NODE_A_EXPR:
        return node->a_expr->kind == PG_QUERY__A__EXPR__KIND__AEXPR_NULLIF ? named("nullif") : 0;
    case PG_QUERY__NODE__NODE_TYPE_CAST: {
        const int strength = figureName(node->type_cast->arg, name);
        if (strength > 1)
            return strength;
        const auto &type = *node->type_cast->type_name;
        name = type.names[type.n_names - 1]->string->sval;
        return 1;
    }
    case PG_QUERY__NODE__NODE_COLLATE_CLAUSE:
        return figureName(node->collate_clause->arg, name);
    case PG_QUERY__NODE__NODE_GROUPING_FUNC:
        return named("grouping");
    case PG_QUERY__NODE__NODE_SUB_LINK: {
        const auto &link = *node->sub_link;
        if (link.sub_link_type == PG_QUERY__SUB_LINK_TYPE__EXISTS_SUBLINK)
            return named("exists");
        if (link.sub_link_type == PG_QUERY__SUB_LINK_TYPE__ARRAY_SUBLINK)
            return named("array");
        if (link.sub_link_type != PG_QUERY__SUB_LINK_TYPE__EXPR_SUBLINK)
            return 0;
        const auto found = m_sublinkQueries.find(&link);
        if (found == m_sublinkQueries.end() || found->second->targets.empty() || found->second->targets.front().junk)
            return 0;
        name = found->second->targets.front().name;
        return 2;
    }
    case PG_QUERY__NODE__NODE_CASE_EXPR: {
        const int strength = figureName(node->case_expr->defresult, name);
        if (strength > 1)
            return strength;
        name = "case";
        return 1;
    }
    case PG_QUERY__NODE__NODE_A_ARRAY_EXPR:
        return named("array");
    case PG_QUERY__NODE__NODE_ROW_EXPR:
        return named("row");
    case PG_QUERY__NODE__NODE_COALESCE_EXPR:
        return named("coalesce");
    case PG_QUERY__NODE__NODE_MIN_MAX_EXPR:
        return named(node->min_max_expr->op == PG_QUERY__MIN_MAX_OP__IS_GREATEST ? "greatest" : "least");
    case PG_QUERY__NODE__NODE_SQLVALUE_FUNCTION:
        switch (node->sqlvalue_function->op) {
        case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_DATE:
            return named("current_date");
        case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_TIME:
        case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_TIME_N:
            return named("current_time");
        case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_TIMESTAMP:
        case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_TIMESTAMP_N:
            return named("current_timestamp");
        case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_LOCALTIME:
        case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_LOCALTIME_N:
            return named("localtime");
        case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_LOCALTIMESTAMP:
        case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_LOCALTIMESTAMP_N:
            return named("localtimestamp");
        case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_ROLE:
            return named("current_role");
        case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_USER:
            return named("current_user");
        case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_USER:
            return named("user");
        case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_SESSION_USER:
            return named("session_user");
        case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_CATALOG:
            return named("current_catalog");
        case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_SCHEMA:
            return named("current_schema");
        default:
            return 0;
        }
    default:
        return 0;
    }
}

} // namespace sqlgym::sql
