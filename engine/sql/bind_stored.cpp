// Expressions that are kept as text in definitions: defaults, checks, generated columns.
#include "sql/binder.h"

#include <algorithm>

namespace sqlgym::sql {

/// Binds an expression that stands in a definition, alone or over one table's row as range 0.
Expr *Binder::bindOver(const Node &node, const TableDefinition *table, Place place, const NamesAsOf *names)
{
    Scope scope;
    scope.query = newQuery();
    if (table) {
        RangeEntry entry;
        entry.alias = names ? names->table : table->name;
        for (const auto &column : table->columns)
            entry.columns.push_back({column.name, column.type, column.typmod, 0});
        std::vector<NamespaceItem> items;
        addRange(scope, std::move(entry), nullptr, items);
        if (names) {
            for (std::size_t i = 0; i < table->columns.size(); ++i) {
                const auto known =
                    std::ranges::find(names->columns, table->columns[i].id, &std::pair<int, std::string>::first);
                items.front().columns[i].name = known == names->columns.end() ? std::string() : known->second;
            }
        }
        scope.items = items;
    }
    return bindExpr(scope, &node, place);
}

/// The same for an expression that is kept as text (a default, a check).
Expr *Binder::bindStandalone(std::string_view expression, const TableDefinition *table, Oid to, std::int32_t typmod,
                             Place place, const NamesAsOf *names)
{
    const std::string sql = "SELECT " + std::string(expression);
    auto parsed = parse(sql);
    if (!parsed.script || parsed.script->statements().size() != 1)
        decline("this default or check expression");
    const auto &select = *parsed.script->statements().front().raw->stmt->select_stmt;
    Binder inner(sql, m_schema, m_session, m_statement);
    Expr *expr = inner.bindOver(*select.target_list[0]->res_target->val, table, place, names);
    if (to)
        expr = inner.coerceTo(expr, to, typmod, CoercionContext::Assignment, CoercionForm::ImplicitCast, -1);
    if (!expr)
        decline("this default or check expression");
    return expr;
}

/// A check as a boolean expression over range 0, the new row.
Expr *Binder::bindCheck(const CheckDefinition &check, const TableDefinition &table)
{
    if (check.domain.empty())
        return coerceToBoolean(bindStandalone(check.sql, &table, 0, -1, Place::Check, check.names.get()), "CHECK");
    // Only VALUE is in scope in a domain's check: the row's columns go by no name.
    TableDefinition shape;
    shape.columns = table.columns;
    for (std::size_t i = 0; i < shape.columns.size(); ++i)
        shape.columns[i].name = static_cast<int>(i) == check.column ? "value" : std::string();
    return coerceToBoolean(bindStandalone(check.sql, &shape, 0, -1, Place::Check), "CHECK");
}

} // namespace sqlgym::sql
