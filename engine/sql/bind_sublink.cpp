// Subqueries in expressions: EXISTS, IN, ANY, ALL, scalar, ARRAY(...).
#include "sql/binder.h"

#include "catalogue/type_oids.h"
#include "sql/expr_tools.h"

#include <algorithm>
#include <utility>

namespace sqlgym::sql {

namespace type = catalogue::type;

namespace {

/// How "cannot use subquery in %s" names a place; nullptr where subqueries may stand.
const char *withoutSubqueries(Place place)
{
    switch (place) {
    case Place::Check:
        return "check constraint";
    case Place::Default:
        return "DEFAULT expression";
    case Place::Generated:
        return "column generation expression";
    case Place::IndexExpression:
        return "index expression";
    case Place::IndexPredicate:
        return "index predicate";
    case Place::Transform:
        return "transform expression";
    default:
        return nullptr;
    }
}

} // namespace

Expr *Binder::bindSublink(Scope &scope, const PgQuery__SubLink &link)
{
    if (const char *where = withoutSubqueries(scope.place))
        fail("0A000", std::string("cannot use subquery in ") + where, link.location);
    if (!link.subselect || link.subselect->node_case != PG_QUERY__NODE__NODE_SELECT_STMT)
        decline("this kind of subquery");
    auto *expr = make<SublinkExpr>(link.location);
    const auto &select = *link.subselect->select_stmt;
    if (link.sub_link_type == PG_QUERY__SUB_LINK_TYPE__EXPR_SUBLINK)
        m_lockable = &select;
    expr->query = bindSelect(select, &scope, true);
    // Run again among changes, it would pass over the rows that the statement has changed.
    if (select.n_locking_clause > 0 && expr->query->correlated)
        decline("FOR UPDATE inside another statement");
    m_sublinkQueries[&link] = expr->query;
    std::vector<const TargetEntry *> columns;
    for (const auto &target : expr->query->targets) {
        if (!target.junk)
            columns.push_back(&target);
    }
    expr->type = type::kBool;
    switch (link.sub_link_type) {
    case PG_QUERY__SUB_LINK_TYPE__EXISTS_SUBLINK:
        expr->sublink = SublinkKind::Exists;
        return expr;
    case PG_QUERY__SUB_LINK_TYPE__EXPR_SUBLINK:
    case PG_QUERY__SUB_LINK_TYPE__ARRAY_SUBLINK: {
        if (columns.size() != 1)
            fail("42601", "subquery must return only one column", link.location);
        const bool isArray = link.sub_link_type == PG_QUERY__SUB_LINK_TYPE__ARRAY_SUBLINK;
        expr->sublink = isArray ? SublinkKind::Array : SublinkKind::Scalar;
        expr->type = columns.front()->expr->type;
        expr->typmod = columns.front()->expr->typmod;
        if (isArray) {
            const auto *row = catalogue::findType(expr->type);
            if (row && row->isTrueArray)
                decline("ARRAY() over arrays");
            if (!row || !row->array)
                fail("42704", "could not find array type for data type " + typeText(expr->type), link.location);
            expr->type = row->array;
        }
        return expr;
    }
    case PG_QUERY__SUB_LINK_TYPE__ANY_SUBLINK:
    case PG_QUERY__SUB_LINK_TYPE__ALL_SUBLINK:
        break;
    default:
        decline("this kind of subquery");
    }

    expr->sublink = link.sub_link_type == PG_QUERY__SUB_LINK_TYPE__ANY_SUBLINK ? SublinkKind::Any : SublinkKind::All;
    const std::string name = link.n_oper_name > 0 ? stringsOf(link.oper_name, link.n_oper_name).back() : "=";
    Expr *test = bindNode(scope, link.testexpr);
    std::vector<Expr *> left;
    if (auto *row = as<RowExpr>(test))
        left = row->fields;
    else
        left.push_back(test);
    if (left.size() < columns.size())
        fail("42601", "subquery has too many columns", link.location);
    if (left.size() > columns.size())
        fail("42601", "subquery has too few columns", link.location);
    if (left.size() > 1 && name != "=" && name != "<>")
        decline("rows compared by " + name + " with a subquery");
    for (std::size_t i = 0; i < left.size(); ++i) {
        auto *column = make<ColumnExpr>(-1);
        column->range = -1;
        column->column = static_cast<int>(i);
        column->type = columns[i]->expr->type;
        column->typmod = columns[i]->expr->typmod;
        auto *call = as<FunctionExpr>(makeOperator(name, left[i], column, link.location));
        if (call->type != type::kBool)
            fail("42804", "row comparison operator must yield type boolean, not type " + typeText(call->type),
                 link.location);
        expr->left.push_back(call->arguments[0]);
        expr->right.push_back(call->arguments[1]);
        expr->operators.push_back(call->op);
        expr->comparisons.push_back(call->function);
    }
    expr->useOr = left.size() > 1 && name == "<>";
    return expr;
}

/// (a, b) = (SELECT ...): a comparison with one subquery for each column.
Expr *Binder::bindRowSublink(Scope &scope, const std::string &op, const Node &row, const PgQuery__SubLink &link,
                             int location)
{
    if (const char *where = withoutSubqueries(scope.place))
        fail("0A000", std::string("cannot use subquery in ") + where, location);
    if (link.subselect->node_case != PG_QUERY__NODE__NODE_SELECT_STMT)
        decline("this kind of subquery");
    const auto &select = *link.subselect->select_stmt;
    const Query &first = *bindSelect(select, &scope, true);
    std::size_t columns = 0;
    for (const auto &target : first.targets) {
        columns += target.junk ? 0 : 1;
        // PostgreSQL computes all columns once; the comparison here may end before the last one.
        const auto *aggregate = as<AggregateExpr>(target.expr);
        const auto *function = aggregate ? catalogue::findFunction(aggregate->function) : nullptr;
        const bool plain = !aggregate || (function && (function->name == "max" || function->name == "min" ||
                                                       function->name == "count" || function->name == "avg"));
        if (!plain || (!aggregate && !as<ColumnExpr>(target.expr) && !as<ConstantExpr>(target.expr)))
            decline("a row compared with a subquery that computes its columns");
    }
    const auto left = as<RowExpr>(bindNode(scope, &row))->fields;
    if (left.size() < columns)
        fail("42601", "subquery has too many columns", location);
    if (left.size() > columns)
        fail("42601", "subquery has too few columns", location);
    // Nor may folding end it.
    for (const Expr *field : left) {
        const auto *constant = as<ConstantExpr>(field);
        if (!as<ColumnExpr>(field) && (!constant || constant->value.isNull))
            decline("a row of computed values compared with a subquery");
    }
    std::vector<Expr *> right;
    for (std::size_t i = 0; i < columns; ++i)
        right.push_back(subqueryColumn(scope, select, i, link.location));
    return rowComparison(op, left, std::move(right), location);
}

/// One column of a scalar subquery, which is bound anew for it.
SublinkExpr *Binder::subqueryColumn(Scope &scope, const PgQuery__SelectStmt &select, std::size_t index, int location)
{
    Scope around;
    around.parent = &scope;
    around.query = newQuery();
    RangeEntry entry;
    entry.kind = RangeKind::Subquery;
    const bool bindsAgain = std::exchange(m_bindsAgain, true);
    entry.subquery = bindSelect(select, &around, true);
    m_bindsAgain = bindsAgain;
    for (const auto &target : entry.subquery->targets) {
        if (!target.junk)
            entry.columns.push_back({target.name, target.expr->type, target.expr->typmod, target.expr->collation});
        const auto pure = [this](Expr *&slot, int) {
            const auto *call = as<FunctionExpr>(slot);
            const auto *row = call ? catalogue::findFunction(call->function) : nullptr;
            if (row && row->volatility == 'v')
                decline("a row from a subquery with a volatile function");
        };
        Expr *expr = target.expr;
        forEachSlot(expr, 0, pure);
    }
    if (index >= entry.columns.size())
        decline("this kind of subquery");
    std::vector<NamespaceItem> items;
    around.query->from.push_back(addRange(around, std::move(entry), nullptr, items));
    const auto &column = items.front().columns[index];
    around.query->targets.push_back({columnOf(around, items.front(), column, 0, -1), column.name, false});
    auto *sublink = make<SublinkExpr>(location);
    sublink->query = around.query;
    sublink->type = column.shape.type;
    sublink->typmod = column.shape.typmod;
    sublink->collation = column.shape.collation;
    return sublink;
}

} // namespace sqlgym::sql
