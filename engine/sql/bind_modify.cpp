// UPDATE, DELETE and RETURNING.
#include "sql/binder.h"

#include "catalogue/type_oids.h"
#include "sql/expr_tools.h"

#include <algorithm>

namespace sqlgym::sql {

namespace type = catalogue::type;

/// Puts the target table into scope as range 0 of the source query, with its rows' identity as the first target.
void Binder::bindModifyTarget(const PgQuery__RangeVar &relation, const PgQuery__WithClause *with, Scope &scope)
{
    auto &modify = m_statement.modify;
    modify.source = scope.query = newQuery();
    if (with)
        bindWith(*with, scope);
    auto table = openTarget(relation);
    if (table->isView)
        decline("changing a view");
    modify.table = table;
    RangeEntry entry;
    entry.alias = relation.relname;
    entry.table = table;
    for (const auto &column : table->columns)
        entry.columns.push_back({column.name, column.type, column.typmod, 0});
    std::vector<NamespaceItem> items;
    scope.query->from.push_back(addRange(scope, std::move(entry), relation.alias, items, table->schema));
    scope.items = items;
    auto *identity = make<ColumnExpr>();
    identity->column = kRowIdentity;
    identity->type = type::kInt8;
    scope.query->targets.push_back({identity, "", false});
}

void Binder::bindReturning(Scope &scope, Node **list, std::size_t count, std::vector<TargetEntry> &out)
{
    const Place outer = scope.place;
    scope.place = Place::Returning;
    for (std::size_t i = 0; i < count; ++i) {
        // As a select list, but for the place that errors name.
        const auto &target = *list[i]->res_target;
        if (target.val->node_case == PG_QUERY__NODE__NODE_COLUMN_REF) {
            const auto &ref = *target.val->column_ref;
            if (ref.fields[ref.n_fields - 1]->node_case == PG_QUERY__NODE__NODE_A_STAR) {
                expandStar(scope, ref, out);
                continue;
            }
        }
        Expr *expr = bindExpr(scope, target.val, Place::Returning);
        out.push_back({expr, target.name && *target.name ? target.name : columnName(*target.val), false});
    }
    scope.place = outer;
    for (auto &target : out) {
        if (target.expr->type == type::kUnknown)
            target.expr =
                coerce(target.expr, type::kText, -1, CoercionContext::Implicit, CoercionForm::ImplicitCast, -1);
        checkReturning(*target.expr);
    }
}

/// RETURNING is evaluated on the changed row alone.
void Binder::checkReturning(Expr &expr)
{
    if (const auto *column = as<ColumnExpr>(&expr); column && (column->range != 0 || column->column < 0))
        decline("RETURNING of other tables' columns or of whole rows");
    if (expr.kind == ExprKind::Sublink)
        decline("subqueries in RETURNING");
    if (const auto *call = as<FunctionExpr>(&expr); call && call->returnsSet)
        decline("set-returning functions in RETURNING");
    forEachChild(expr, [this](Expr *&child) { checkReturning(*child); });
}

void Binder::bindGenerated(const TableDefinition &table, std::vector<std::pair<int, Expr *>> &out)
{
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        const auto &column = table.columns[i];
        if (column.generatedSql.empty())
            continue;
        Expr *expr = bindStandalone(column.generatedSql, &table, column.type, column.typmod, Place::Default);
        checkGenerated(*expr, table);
        out.emplace_back(static_cast<int>(i), expr);
    }
}

/// Only what gives the same value for ever may be stored; PostgreSQL's words for the rest are not worth having here.
void Binder::checkGenerated(Expr &expr, const TableDefinition &table)
{
    const auto *call = as<FunctionExpr>(&expr);
    const auto *row = call ? catalogue::findFunction(call->function) : nullptr;
    if ((row && row->volatility != 'i') || expr.kind == ExprKind::SqlValue || expr.kind == ExprKind::ConvertViaText)
        decline("a generated column that is not immutable");
    if (const auto *column = as<ColumnExpr>(&expr);
        column && (column->column < 0 || !table.columns[static_cast<std::size_t>(column->column)].generatedSql.empty()))
        decline("a generated column of a generated column");
    forEachChild(expr, [&](Expr *&child) { checkGenerated(*child, table); });
}

void Binder::bindChecks(const TableDefinition &table, std::vector<Expr *> &out)
{
    for (const auto &check : table.checks)
        out.push_back(bindCheck(check, table));
}

void Binder::bindDelete(const PgQuery__DeleteStmt &stmt)
{
    Scope scope;
    bindModifyTarget(*stmt.relation, stmt.with_clause, scope);
    auto &modify = m_statement.modify;
    modify.isDelete = true;
    bindFrom(scope, stmt.using_clause, stmt.n_using_clause);
    if (stmt.where_clause)
        scope.query->where = coerceToBoolean(bindExpr(scope, stmt.where_clause, Place::Where), "WHERE");
    modify.hasReturning = stmt.n_returning_list > 0;
    bindReturning(scope, stmt.returning_list, stmt.n_returning_list, modify.returning);
    m_statement.kind = StatementKind::Modify;
}

const Node &Binder::assignedValue(const Node &value) const
{
    if (value.node_case != PG_QUERY__NODE__NODE_MULTI_ASSIGN_REF)
        return value;
    const auto &part = *value.multi_assign_ref;
    if (part.source->node_case != PG_QUERY__NODE__NODE_ROW_EXPR)
        decline("SET (...) = (SELECT ...)");
    const auto &row = *part.source->row_expr;
    for (std::size_t i = 0; i < row.n_args; ++i) {
        const Node &field = *row.args[i];
        if (field.node_case == PG_QUERY__NODE__NODE_COLUMN_REF &&
            field.column_ref->fields[field.column_ref->n_fields - 1]->node_case == PG_QUERY__NODE__NODE_A_STAR)
            decline("SET (...) = ROW(t.*)");
    }
    if (row.n_args != static_cast<std::size_t>(part.ncolumns))
        fail("42601", "number of columns does not match number of values", row.location);
    return *row.args[part.colno - 1];
}

void Binder::bindUpdate(const PgQuery__UpdateStmt &stmt)
{
    Scope scope;
    bindModifyTarget(*stmt.relation, stmt.with_clause, scope);
    auto &modify = m_statement.modify;
    bindFrom(scope, stmt.from_clause, stmt.n_from_clause);
    if (stmt.where_clause)
        scope.query->where = coerceToBoolean(bindExpr(scope, stmt.where_clause, Place::Where), "WHERE");
    modify.hasReturning = stmt.n_returning_list > 0;
    bindReturning(scope, stmt.returning_list, stmt.n_returning_list, modify.returning);

    // All the values first, then the columns they go to.
    const auto &table = *modify.table;
    std::vector<Expr *> values;
    for (std::size_t i = 0; i < stmt.n_target_list; ++i) {
        const Node &value = assignedValue(*stmt.target_list[i]->res_target->val);
        values.push_back(value.node_case == PG_QUERY__NODE__NODE_SET_TO_DEFAULT
                             ? nullptr
                             : bindExpr(scope, &value, Place::UpdateSource));
    }
    for (std::size_t i = 0; i < stmt.n_target_list; ++i) {
        const auto &target = *stmt.target_list[i]->res_target;
        const auto found = std::ranges::find(table.columns, std::string(target.name), &ColumnDefinition::name);
        if (found == table.columns.end())
            fail("42703",
                 "column \"" + std::string(target.name) + "\" of relation \"" + table.name + "\" does not exist",
                 target.location);
        if (target.n_indirection > 0)
            decline("UPDATE of part of a column");
        const int index = static_cast<int>(found - table.columns.begin());
        if (!found->generatedSql.empty()) {
            if (!values[i])
                decline("DEFAULT for a generated column");
            fail("428C9", "column \"" + found->name + "\" can only be updated to DEFAULT", -1,
                 "Column \"" + found->name + "\" is a generated column.");
        }
        if (found->identity == 'a' && values[i])
            fail("428C9", "column \"" + found->name + "\" can only be updated to DEFAULT", -1,
                 "Column \"" + found->name + "\" is an identity column defined as GENERATED ALWAYS.");
        if (!values[i]) {
            if (found->identity)
                decline("DEFAULT for a serial or identity column");
            values[i] = found->defaultSql.empty()
                            ? makeNull(found->type, -1)
                            : bindStandalone(found->defaultSql, nullptr, found->type, found->typmod, Place::Default);
        }
        Expr *value = assignTo(values[i], *found, -1);
        if (std::ranges::find(modify.columns, index) != modify.columns.end())
            fail("42601", "multiple assignments to same column \"" + found->name + "\"");
        modify.columns.push_back(index);
        scope.query->targets.push_back({value, "", false});
    }
    bindGenerated(table, modify.generated);
    bindChecks(table, modify.checks);
    m_statement.kind = StatementKind::Modify;
}

} // namespace sqlgym::sql
