// UNION, INTERSECT, EXCEPT.
#include "sql/binder.h"

#include "catalogue/type_oids.h"

namespace sqlgym::sql {

namespace type = catalogue::type;

namespace {

SetOp opOf(const PgQuery__SelectStmt &stmt)
{
    switch (stmt.op) {
    case PG_QUERY__SET_OPERATION__SETOP_INTERSECT:
        return SetOp::Intersect;
    case PG_QUERY__SET_OPERATION__SETOP_EXCEPT:
        return SetOp::Except;
    default:
        return SetOp::Union;
    }
}

const char *nameOf(SetOp op) { return op == SetOp::Union ? "UNION" : op == SetOp::Intersect ? "INTERSECT" : "EXCEPT"; }

bool isLeaf(const PgQuery__SelectStmt &stmt)
{
    return stmt.op == PG_QUERY__SET_OPERATION__SETOP_NONE ||
           stmt.op == PG_QUERY__SET_OPERATION__SET_OPERATION_UNDEFINED || stmt.n_sort_clause > 0 || stmt.limit_offset ||
           stmt.limit_count || stmt.n_locking_clause > 0 || stmt.with_clause;
}

/// Conversions under which different values stay different: what a nested operation found distinct stays so.
bool keepsDistinct(Oid from, Oid to)
{
    if (from == to)
        return true;
    const bool fromInt = from == type::kInt2 || from == type::kInt4 || from == type::kInt8;
    if (fromInt)
        return to == type::kInt4 || to == type::kInt8 || to == type::kNumeric ||
               (to == type::kFloat8 && from != type::kInt8);
    return (from == type::kVarchar && to == type::kText) || (from == type::kDate && to == type::kTimestamp) ||
           (from == type::kFloat4 && to == type::kFloat8);
}

} // namespace

Query *Binder::wrapForConversion(Query *inner, const std::vector<ResultColumn> &columns)
{
    Query *outer = newQuery();
    RangeEntry entry;
    entry.kind = RangeKind::Subquery;
    entry.subquery = inner;
    entry.alias = "*CONVERT*";
    std::size_t at = 0;
    for (const auto &target : inner->targets) {
        if (target.junk)
            continue;
        entry.columns.push_back({target.name, target.expr->type, target.expr->typmod, target.expr->collation});
        auto *column = make<ColumnExpr>(locationOf(target.expr));
        column->column = static_cast<int>(at);
        column->type = target.expr->type;
        column->typmod = target.expr->typmod;
        Expr *expr = column;
        if (column->type != columns[at].type)
            expr = coerce(column, columns[at].type, -1, CoercionContext::Implicit, CoercionForm::ImplicitCast, -1);
        outer->targets.push_back({expr, target.name, false});
        ++at;
    }
    // Columns of outer queries in the wrapped one lie a level deeper now; so rare that it is not worth rewriting.
    if (inner->correlated)
        decline("a correlated UNION of different types");
    outer->range.push_back(std::move(entry));
    auto *from = m_statement.make<FromNode>();
    from->range = 0;
    outer->from.push_back(from);
    return outer;
}

void Binder::convertLeaves(SetOperationNode &node, Query &query, const std::vector<ResultColumn> &columns)
{
    if (!node.isLeaf) {
        convertLeaves(*node.left, query, columns);
        convertLeaves(*node.right, query, columns);
        return;
    }
    auto &entry = query.range[static_cast<std::size_t>(node.range)];
    bool differs = false;
    for (std::size_t i = 0; i < columns.size(); ++i)
        differs = differs || entry.columns[i].type != columns[i].type;
    if (!differs)
        return;
    entry.subquery = wrapForConversion(entry.subquery, columns);
    for (std::size_t i = 0; i < columns.size(); ++i)
        entry.columns[i].type = columns[i].type;
}

SetOperationNode *Binder::bindSetTree(const PgQuery__SelectStmt &stmt, Scope &scope, std::vector<ResultColumn> &columns,
                                      std::vector<Expr *> &exprs, bool isTop, CteDefinition *recursive)
{
    const DepthGuard guard(*this);
    auto *node = m_statement.make<SetOperationNode>();
    if (isLeaf(stmt) && !isTop) {
        RangeEntry entry;
        entry.kind = RangeKind::Subquery;
        entry.subquery = bindSelect(stmt, &scope, false);
        entry.alias = "*SELECT* " + std::to_string(scope.query->range.size() + 1);
        for (auto &target : entry.subquery->targets) {
            if (target.junk)
                continue;
            exprs.push_back(target.expr);
            columns.push_back({target.name, target.expr->type, target.expr->typmod, target.expr->collation});
        }
        entry.columns = columns;
        node->isLeaf = true;
        node->range = static_cast<int>(scope.query->range.size());
        // Later parts cannot see its columns, but hints name them.
        NamespaceItem seen;
        seen.name = entry.alias;
        seen.range = node->range;
        for (std::size_t i = 0; i < columns.size(); ++i)
            seen.columns.push_back({columns[i].name, seen.range, static_cast<int>(i), nullptr, columns[i]});
        scope.everSeen.push_back(std::move(seen));
        scope.query->range.push_back(std::move(entry));
        return node;
    }
    node->op = opOf(stmt);
    node->all = stmt.all;
    std::vector<ResultColumn> left, right;
    std::vector<Expr *> leftExprs, rightExprs;
    node->left = bindSetTree(*stmt.larg, scope, left, leftExprs, false, nullptr);
    if (recursive) {
        // The recursive term sees the columns of the other one.
        auto shape = left;
        for (std::size_t i = 0; i < shape.size(); ++i) {
            if (shape[i].type == type::kUnknown)
                shape[i].type = type::kText;
            if (i < recursive->columns.size())
                shape[i].name = recursive->columns[i].name;
        }
        if (recursive->columns.size() > shape.size())
            fail("42P10", "WITH query \"" + recursive->name + "\" has " + std::to_string(shape.size()) +
                              " columns available but " + std::to_string(recursive->columns.size()) +
                              " columns specified");
        recursive->columns = shape;
    }
    node->right = bindSetTree(*stmt.rarg, scope, right, rightExprs, false, nullptr);
    const char *context = nameOf(node->op);
    if (left.size() != right.size())
        fail("42601", std::string("each ") + context + " query must have the same number of columns",
             rightExprs.empty() ? -1 : locationOf(rightExprs.front()));
    unifySetColumns(context, columns, *node, left, leftExprs, right, rightExprs, *scope.query);
    exprs = leftExprs;
    return node;
}

void Binder::unifySetColumns(const char *context, std::vector<ResultColumn> &out, SetOperationNode &node,
                             std::vector<ResultColumn> &left, std::vector<Expr *> &leftExprs,
                             std::vector<ResultColumn> &right, std::vector<Expr *> &rightExprs, Query &query)
{
    const auto setUnknown = [&](const SetOperationNode &side, std::size_t column, Oid to, Expr *&expr,
                                ResultColumn &shape) {
        // An untyped literal takes the common type where it stands, as if written there.
        if (shape.type != type::kUnknown)
            return;
        expr = coerceToCommon(expr, to, context);
        shape.type = to;
        auto &entry = query.range[static_cast<std::size_t>(side.range)];
        std::size_t at = 0;
        for (auto &target : entry.subquery->targets) {
            if (!target.junk && at++ == column)
                target.expr = expr;
        }
        entry.columns[column].type = to;
    };
    for (std::size_t i = 0; i < left.size(); ++i) {
        // Stand-ins carry the types that the sides have by now; the expressions carry the locations.
        auto *a = make<CaseInputExpr>(locationOf(leftExprs[i]));
        auto *b = make<CaseInputExpr>(locationOf(rightExprs[i]));
        a->type = left[i].type;
        a->typmod = left[i].typmod;
        b->type = right[i].type;
        b->typmod = right[i].typmod;
        const std::vector<Expr *> pair{a, b};
        Expr *decisive = nullptr;
        const Oid common = selectCommonType(pair, context, &decisive);
        if (left[i].type != type::kUnknown)
            coerceToCommon(a, common, context);
        if (right[i].type != type::kUnknown)
            coerceToCommon(b, common, context);
        const std::int32_t typmod = commonTypmod(pair, common);
        if (node.left->isLeaf)
            setUnknown(*node.left, i, common, leftExprs[i], left[i]);
        if (node.right->isLeaf)
            setUnknown(*node.right, i, common, rightExprs[i], right[i]);
        for (const auto &[side, shape] : {std::pair(node.left, &left[i]), std::pair(node.right, &right[i])}) {
            if (!side->isLeaf && !keepsDistinct(shape->type, common) && !(side->op == SetOp::Union && side->all))
                decline(std::string(context) + " of different types over another set operation");
        }
        out.push_back({left[i].name, common, typmod, 0});
        if (!(node.op == SetOp::Union && node.all)) {
            const auto *ordering = catalogue::findOrdering(common);
            if (!ordering || !ordering->equal)
                fail("42883", "could not identify an equality operator for type " + typeText(common),
                     decisive->location);
            node.keys.push_back({static_cast<int>(i), ordering->less, ordering->equal, false, false});
        }
    }
    convertLeaves(*node.left, query, out);
    convertLeaves(*node.right, query, out);
}

void Binder::finishSetQuery(const PgQuery__SelectStmt &stmt, Scope &scope, Query &query, SetOperationNode *tree,
                            const std::vector<ResultColumn> &columns)
{
    query.setOperation = tree;
    RangeEntry entry;
    entry.kind = RangeKind::SetOperation;
    entry.columns = columns;
    NamespaceItem item;
    item.range = static_cast<int>(query.range.size());
    item.nameVisible = false;
    for (std::size_t i = 0; i < columns.size(); ++i)
        item.columns.push_back({columns[i].name, item.range, static_cast<int>(i), nullptr, columns[i]});
    query.range.push_back(std::move(entry));
    scope.items = {item};
    for (const auto &column : item.columns)
        query.targets.push_back({columnOf(scope, item, column, 0, -1), column.name, false});
    const std::size_t before = query.targets.size();
    query.orderBy = bindSortClause(scope, query, stmt.sort_clause, stmt.n_sort_clause, Place::OrderBy, true);
    if (query.targets.size() > before)
        fail("0A000", "invalid UNION/INTERSECT/EXCEPT ORDER BY clause", locationOf(query.targets[before].expr),
             "Only result column names can be used, not expressions or functions.",
             "Add the expression/function to every SELECT, or move the UNION into a FROM clause.");
    scope.items.clear();
    finishOrderAndLimit(stmt, scope, query);
    if (stmt.n_locking_clause > 0)
        decline("FOR UPDATE and its like");
}

Query *Binder::bindSetOperation(const PgQuery__SelectStmt &stmt, Scope &scope)
{
    std::vector<ResultColumn> columns;
    std::vector<Expr *> exprs;
    SetOperationNode *tree = bindSetTree(stmt, scope, columns, exprs, true, nullptr);
    finishSetQuery(stmt, scope, *scope.query, tree, columns);
    return scope.query;
}

} // namespace sqlgym::sql
