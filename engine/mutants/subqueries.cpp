// EXISTS, NOT EXISTS, IN and NOT IN taken for each other.
#include "mutants/families.h"

#include <set>

namespace sqlgym::mutants {

namespace {

void namesIn(const Node *item, std::set<std::string> &names)
{
    if (item->node_case == PG_QUERY__NODE__NODE_JOIN_EXPR) {
        namesIn(item->join_expr->larg, names);
        namesIn(item->join_expr->rarg, names);
    } else if (item->node_case == PG_QUERY__NODE__NODE_RANGE_VAR) {
        names.insert(item->range_var->alias ? item->range_var->alias->aliasname : item->range_var->relname);
    }
}

bool belongsTo(const Node *node, const std::set<std::string> &names)
{
    return isColumn(node) && node->column_ref->n_fields == 2 &&
           names.contains(std::string(lastName(node->column_ref->fields, 1)));
}

// EXISTS (SELECT ... WHERE inner.x = outer.y AND ...) as outer.y IN (SELECT inner.x ...), which NULLs make another
// question once it is negated.
void asIn(const Finder &finder, const PgQuery__SubLink &link)
{
    if (!link.subselect || link.subselect->node_case != PG_QUERY__NODE__NODE_SELECT_STMT)
        return;
    std::set<std::string> names;
    const PgQuery__SelectStmt &select = *link.subselect->select_stmt;
    for (std::size_t i = 0; i < select.n_from_clause; ++i)
        namesIn(select.from_clause[i], names);
    std::vector<Node *> conditions = conditionsOf(select.where_clause);
    for (std::size_t i = 0; i < conditions.size(); ++i) {
        const Node *one = conditions[i];
        if (one->node_case != PG_QUERY__NODE__NODE_A_EXPR || one->a_expr->kind != PG_QUERY__A__EXPR__KIND__AEXPR_OP ||
            lastName(one->a_expr->name, one->a_expr->n_name) != "=")
            continue;
        Node *left = one->a_expr->lexpr, *right = one->a_expr->rexpr;
        if (belongsTo(left, names) == belongsTo(right, names))
            continue;
        Node *inner = belongsTo(left, names) ? left : right;
        Node *outer = inner == left ? right : left;
        std::vector<Node *> rest = conditions;
        rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(i));

        Node *made = finder.nodes.copy(**finder.spot.slot);
        PgQuery__SelectStmt &query = *made->sub_link->subselect->select_stmt;
        Node *where = rest.empty() ? nullptr : finder.nodes.both(rest);
        finder.add("EXISTS -> IN", [slot = finder.spot.slot, made, &query, where, inner, outer](Edits &edits) {
            edits.set(*slot, made);
            edits.set(made->sub_link->sub_link_type, PG_QUERY__SUB_LINK_TYPE__ANY_SUBLINK);
            edits.set(made->sub_link->testexpr, outer);
            edits.set(query.where_clause, where);
            edits.set(query.target_list[0]->res_target->val, inner);
        });
        return;
    }
}

} // namespace

void subqueries(const Finder &finder)
{
    Node *node = finder.spot.is(PG_QUERY__NODE__NODE_SUB_LINK);
    if (!node)
        return;
    PgQuery__SubLink &link = *node->sub_link;
    if (link.sub_link_type == PG_QUERY__SUB_LINK_TYPE__EXISTS_SUBLINK) {
        finder.replace("EXISTS -> NOT EXISTS", finder.nodes.negated(node));
        asIn(finder, link);
    }
    if (link.sub_link_type == PG_QUERY__SUB_LINK_TYPE__ANY_SUBLINK) {
        if (link.n_oper_name == 0)
            finder.replace("IN -> NOT IN", finder.nodes.negated(node));
        else
            finder.add("ANY -> ALL",
                       [&link](Edits &edits) { edits.set(link.sub_link_type, PG_QUERY__SUB_LINK_TYPE__ALL_SUBLINK); });
    }
    if (link.sub_link_type == PG_QUERY__SUB_LINK_TYPE__ALL_SUBLINK)
        finder.add("ALL -> ANY",
                   [&link](Edits &edits) { edits.set(link.sub_link_type, PG_QUERY__SUB_LINK_TYPE__ANY_SUBLINK); });
}

} // namespace sqlgym::mutants
