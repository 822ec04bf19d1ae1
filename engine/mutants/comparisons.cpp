// Comparisons taken for each other.
#include "mutants/families.h"

#include <map>

namespace sqlgym::mutants {

namespace {

const std::map<std::string_view, std::vector<const char *>> &confusions()
{
    static const std::map<std::string_view, std::vector<const char *>> kConfusions{
        {"<", {"<=", ">", "<>"}},  {"<=", {"<", ">=", "="}}, {">", {">=", "<", "<>"}}, {">=", {">", "<=", "="}},
        {"=", {"<>", "<=", ">="}}, {"<>", {"=", "<", ">"}},  {"~", {"!~", "~*"}},      {"!~", {"~", "!~*"}},
        {"@>", {"<@", "&&"}},      {"<@", {"@>", "&&"}},     {"&&", {"@>", "<@"}},     {"~~", {"!~~", "~~*"}},
        {"!~~", {"~~", "!~~*"}},   {"~~*", {"!~~*", "~~"}},  {"!~~*", {"~~*", "!~~"}},
    };
    return kConfusions;
}

void rename(const Finder &finder, PgQuery__AExpr &expr, const std::string &from, const char *to)
{
    const Node *made = finder.nodes.operation(to, nullptr, nullptr);
    finder.add(from + " -> " + to, [&expr, name = made->a_expr->name](Edits &edits) { edits.set(expr.name, name); });
}

void recast(const Finder &finder, PgQuery__AExpr &expr, const std::string &what, PgQuery__AExprKind kind)
{
    finder.add(what, [&expr, kind](Edits &edits) { edits.set(expr.kind, kind); });
}

// The deparser asks for a kind and an operator that agree.
Node *like(Nodes &nodes, const PgQuery__AExpr &expr, const char *name, PgQuery__AExprKind kind)
{
    Node *made = nodes.operation(name, expr.lexpr, expr.rexpr);
    made->a_expr->kind = kind;
    return made;
}

void between(const Finder &finder, PgQuery__AExpr &expr)
{
    Nodes &nodes = finder.nodes;
    if (expr.rexpr->node_case != PG_QUERY__NODE__NODE_LIST || expr.rexpr->list->n_items != 2)
        return;
    Node *low = expr.rexpr->list->items[0], *high = expr.rexpr->list->items[1];
    const auto bounds = [&](const char *from, const char *to) {
        return nodes.both({nodes.operation(from, expr.lexpr, low), nodes.operation(to, expr.lexpr, high)});
    };
    finder.replace("BETWEEN -> NOT BETWEEN",
                   like(nodes, expr, "NOT BETWEEN", PG_QUERY__A__EXPR__KIND__AEXPR_NOT_BETWEEN));
    finder.replace("BETWEEN without its first value", bounds(">", "<="));
    finder.replace("BETWEEN without its last value", bounds(">=", "<"));
    finder.replace("BETWEEN without its lower end", nodes.operation("<=", expr.lexpr, high));
    finder.replace("BETWEEN without its upper end", nodes.operation(">=", expr.lexpr, low));
}

void in(const Finder &finder, PgQuery__AExpr &expr)
{
    const bool is = lastName(expr.name, expr.n_name) == "=";
    rename(finder, expr, is ? "IN" : "NOT IN", is ? "<>" : "=");
    if (expr.rexpr->node_case != PG_QUERY__NODE__NODE_LIST || expr.rexpr->list->n_items < 2)
        return;
    auto &list = *expr.rexpr->list;
    for (std::size_t i = 0; i < list.n_items; ++i)
        finder.add("IN without a value",
                   [&list, i, &nodes = finder.nodes](Edits &edits) { edits.drop(list.n_items, list.items, i, nodes); });
}

// (a, b) < (c, d) with fewer columns.
void rows(const Finder &finder, PgQuery__AExpr &expr, const std::string &name)
{
    const auto isRow = [](const Node *node) { return node && node->node_case == PG_QUERY__NODE__NODE_ROW_EXPR; };
    if (!isRow(expr.lexpr) || !isRow(expr.rexpr) || expr.lexpr->row_expr->n_args != expr.rexpr->row_expr->n_args)
        return;
    const auto &left = *expr.lexpr->row_expr, &right = *expr.rexpr->row_expr;
    for (std::size_t i = 0; i < left.n_args && left.n_args > 1; ++i) {
        std::vector<Node *> a(left.args, left.args + left.n_args), b(right.args, right.args + right.n_args);
        a.erase(a.begin() + static_cast<std::ptrdiff_t>(i));
        b.erase(b.begin() + static_cast<std::ptrdiff_t>(i));
        finder.replace("rows compared without a column",
                       finder.nodes.operation(name, finder.nodes.row(a), finder.nodes.row(b)));
    }
}

} // namespace

void comparisons(const Finder &finder)
{
    Node *node = finder.spot.is(PG_QUERY__NODE__NODE_A_EXPR);
    if (!node || !node->a_expr->lexpr || !node->a_expr->rexpr)
        return;
    PgQuery__AExpr &expr = *node->a_expr;
    const std::string name(lastName(expr.name, expr.n_name));
    switch (expr.kind) {
    case PG_QUERY__A__EXPR__KIND__AEXPR_OP:
    case PG_QUERY__A__EXPR__KIND__AEXPR_LIKE:
    case PG_QUERY__A__EXPR__KIND__AEXPR_ILIKE: {
        rows(finder, expr, name);
        if (name == "<>")
            recast(finder, expr, "<> -> IS DISTINCT FROM", PG_QUERY__A__EXPR__KIND__AEXPR_DISTINCT);
        const auto known = confusions().find(name);
        if (known == confusions().end())
            break;
        for (const char *other : known->second) {
            if (expr.kind == PG_QUERY__A__EXPR__KIND__AEXPR_OP)
                rename(finder, expr, name, other);
            else
                finder.replace(name + " -> " + other,
                               like(finder.nodes, expr, other,
                                    std::string_view(other).ends_with('*') ? PG_QUERY__A__EXPR__KIND__AEXPR_ILIKE
                                                                           : PG_QUERY__A__EXPR__KIND__AEXPR_LIKE));
        }
        break;
    }
    case PG_QUERY__A__EXPR__KIND__AEXPR_DISTINCT:
        finder.replace("IS DISTINCT FROM -> <>", finder.nodes.operation("<>", expr.lexpr, expr.rexpr));
        recast(finder, expr, "IS DISTINCT FROM -> IS NOT DISTINCT FROM", PG_QUERY__A__EXPR__KIND__AEXPR_NOT_DISTINCT);
        break;
    case PG_QUERY__A__EXPR__KIND__AEXPR_NOT_DISTINCT:
        finder.replace("IS NOT DISTINCT FROM -> =", finder.nodes.operation("=", expr.lexpr, expr.rexpr));
        recast(finder, expr, "IS NOT DISTINCT FROM -> IS DISTINCT FROM", PG_QUERY__A__EXPR__KIND__AEXPR_DISTINCT);
        break;
    case PG_QUERY__A__EXPR__KIND__AEXPR_BETWEEN:
        between(finder, expr);
        break;
    case PG_QUERY__A__EXPR__KIND__AEXPR_IN:
        in(finder, expr);
        break;
    case PG_QUERY__A__EXPR__KIND__AEXPR_OP_ANY:
        recast(finder, expr, "ANY -> ALL", PG_QUERY__A__EXPR__KIND__AEXPR_OP_ALL);
        break;
    case PG_QUERY__A__EXPR__KIND__AEXPR_OP_ALL:
        recast(finder, expr, "ALL -> ANY", PG_QUERY__A__EXPR__KIND__AEXPR_OP_ANY);
        break;
    default:
        break;
    }
}

} // namespace sqlgym::mutants
