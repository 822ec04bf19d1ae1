// INSERT.
#include "sql/binder.h"

#include "catalogue/type_oids.h"

#include <algorithm>

namespace sqlgym::sql {

namespace type = catalogue::type;

Expr *Binder::assignTo(Expr *expr, const ColumnDefinition &column, int)
{
    Expr *result =
        coerceTo(expr, column.type, column.typmod, CoercionContext::Assignment, CoercionForm::ImplicitCast, -1);
    if (!result)
        fail("42804",
             "column \"" + column.name + "\" is of type " + typeText(column.type) + " but expression is of type " +
                 typeText(expr->type),
             locationOf(expr), {}, "You will need to rewrite or cast the expression.");
    return result;
}

/// The column that INSERT or UPDATE names: an index into `table.columns`.
int Binder::targetColumn(const TableDefinition &table, const PgQuery__ResTarget &target) const
{
    const auto found = std::ranges::find(table.columns, std::string(target.name), &ColumnDefinition::name);
    if (found == table.columns.end())
        fail("42703", "column \"" + std::string(target.name) + "\" of relation \"" + table.name + "\" does not exist",
             target.location);
    if (target.n_indirection > 0)
        decline("changing part of a column");
    return static_cast<int>(found - table.columns.begin());
}

/// The columns named after the table, or all of them.
void Binder::bindInsertColumns(const PgQuery__InsertStmt &stmt, Change &insert, std::vector<int> &locations)
{
    const auto &table = *insert.table;
    for (std::size_t i = 0; i < stmt.n_cols; ++i) {
        const auto &target = *stmt.cols[i]->res_target;
        const int index = targetColumn(table, target);
        if (std::ranges::find(insert.columns, index) != insert.columns.end())
            fail("42701", "column \"" + std::string(target.name) + "\" specified more than once", target.location);
        insert.columns.push_back(index);
        locations.push_back(target.location);
    }
    if (stmt.n_cols == 0 && m_viewTarget)
        insert.columns = m_viewTarget->columns;
    for (std::size_t i = 0; stmt.n_cols == 0 && !m_viewTarget && i < table.columns.size(); ++i)
        insert.columns.push_back(static_cast<int>(i));
}

Query *Binder::bindInsert(const PgQuery__InsertStmt &stmt, Scope *parent)
{
    Scope scope;
    scope.parent = parent;
    scope.query = newQuery();
    // The target cannot be referred to by the source, but hints about misspelt columns know it.
    std::vector<NamespaceItem> items;
    auto &insert = startChange(ChangeKind::Insert, *stmt.relation, stmt.with_clause, scope, items);
    const auto &table = *insert.table;
    std::vector<int> locations;
    bindInsertColumns(stmt, insert, locations);
    if (stmt.select_stmt)
        bindInsertSource(stmt, scope, insert, locations);
    else
        insert.columns.clear();
    if (stmt.on_conflict_clause)
        bindConflict(*stmt.on_conflict_clause, scope, insert);
    insert.hasReturning = stmt.n_returning_list > 0;
    scope.items = items;
    bindReturning(scope, stmt.returning_list, stmt.n_returning_list, scope.query->targets);
    applyOverriding(stmt, insert);
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        const auto &column = table.columns[i];
        if (!column.defaultSql.empty() &&
            std::ranges::find(insert.columns, static_cast<int>(i)) == insert.columns.end())
            insert.defaults.emplace_back(static_cast<int>(i), bindStandalone(column.defaultSql, nullptr, column.type,
                                                                             column.typmod, Place::Default));
    }
    if (stmt.on_conflict_clause)
        checkArbiter(*stmt.on_conflict_clause, insert);
    return finishChange(insert, scope);
}

/// PostgreSQL does this when it rewrites the statement: all other mistakes come first.
void Binder::applyOverriding(const PgQuery__InsertStmt &stmt, Change &insert)
{
    const bool user = stmt.override == PG_QUERY__OVERRIDING_KIND__OVERRIDING_USER_VALUE;
    const bool system = stmt.override == PG_QUERY__OVERRIDING_KIND__OVERRIDING_SYSTEM_VALUE;
    for (std::size_t i = 0; i < insert.table->columns.size(); ++i) {
        const auto &column = insert.table->columns[i];
        const auto found = std::ranges::find(insert.columns, static_cast<int>(i));
        if (found == insert.columns.end())
            continue;
        const std::string message = "cannot insert a non-DEFAULT value into column \"" + column.name + "\"";
        if ((column.identity == 'a' || column.identity == 'd') && user) {
            insert.source->targets.erase(insert.source->targets.begin() + (found - insert.columns.begin()));
            insert.columns.erase(found);
        } else if (column.identity == 'a' && !system) {
            fail("428C9", message, -1,
                 "Column \"" + column.name + "\" is an identity column defined as GENERATED ALWAYS.",
                 "Use OVERRIDING SYSTEM VALUE to override.");
        } else if (!column.generatedSql.empty()) {
            fail("428C9", message, -1, "Column \"" + column.name + "\" is a generated column.");
        }
    }
}

void Binder::checkInsertCount(const PgQuery__InsertStmt &stmt, const Change &insert, const std::vector<Expr *> &row,
                              const std::vector<int> &locations)
{
    if (row.size() > insert.columns.size())
        fail("42601", "INSERT has more expressions than target columns", locationOf(row[insert.columns.size()]));
    if (stmt.n_cols > 0 && row.size() < insert.columns.size())
        fail("42601", "INSERT has more target columns than expressions", locations[row.size()]);
}

/// VALUES, each cell coerced to its column.
void Binder::bindInsertValues(const PgQuery__InsertStmt &stmt, Scope &around, Change &insert,
                              const std::vector<int> &locations)
{
    const auto &table = *insert.table;
    const auto columnAt = [&](std::size_t i) -> const ColumnDefinition & {
        return table.columns[static_cast<std::size_t>(insert.columns[i])];
    };
    const auto &select = *stmt.select_stmt->select_stmt;
    Query *query = newQuery();
    Scope scope;
    scope.parent = &around;
    scope.query = query;
    RangeEntry entry;
    entry.kind = RangeKind::Values;
    entry.alias = "*VALUES*";
    const Place place = select.n_values_lists > 1 ? Place::Values : Place::ValuesSingle;
    std::size_t width = 0;
    std::vector<std::size_t> numbered(insert.columns.size(), 0);
    for (std::size_t r = 0; r < select.n_values_lists; ++r) {
        const auto &list = *select.values_lists[r]->list;
        std::vector<Expr *> row;
        for (std::size_t i = 0; i < list.n_items; ++i) {
            const bool isDefault = list.items[i]->node_case == PG_QUERY__NODE__NODE_SET_TO_DEFAULT;
            if (isDefault && i >= insert.columns.size()) {
                row.push_back(makeNull(type::kText, list.items[i]->set_to_default->location)); // one too many
            } else if (isDefault) {
                const auto &column = columnAt(i);
                if (column.identity || !column.generatedSql.empty()) {
                    // All rows alike: as if the column had not been named.
                    ++numbered[i];
                    row.push_back(nullptr);
                    continue;
                }
                row.push_back(column.defaultSql.empty() ? makeNull(column.type, list.items[i]->set_to_default->location)
                                                        : bindStandalone(column.defaultSql, nullptr, column.type,
                                                                         column.typmod, Place::Default));
            } else {
                row.push_back(bindExpr(scope, list.items[i], place));
            }
        }
        if (r > 0 && row.size() != width)
            fail("42601", "VALUES lists must all be the same length", locationOf(select.values_lists[r]));
        width = row.size();
        checkInsertCount(stmt, insert, row, locations);
        for (std::size_t i = 0; i < row.size(); ++i)
            row[i] = row[i] ? assignTo(row[i], columnAt(i), -1) : nullptr;
        entry.values.push_back(std::move(row));
    }
    insert.columns.resize(width);
    for (std::size_t i = width; i-- > 0;) {
        if (numbered[i] == 0)
            continue;
        if (numbered[i] != entry.values.size())
            decline("DEFAULT for a serial or identity column in some rows of VALUES");
        insert.columns.erase(insert.columns.begin() + static_cast<std::ptrdiff_t>(i));
        for (auto &row : entry.values)
            row.erase(row.begin() + static_cast<std::ptrdiff_t>(i));
        --width;
    }
    if (width == 0 && entry.values.size() > 1)
        decline("rows of DEFAULT alone");
    if (width == 0)
        return;
    for (std::size_t i = 0; i < width; ++i)
        entry.columns.push_back({"column" + std::to_string(i + 1), columnAt(i).type, columnAt(i).typmod, 0});
    std::vector<NamespaceItem> items;
    query->from.push_back(addRange(scope, std::move(entry), nullptr, items));
    for (const auto &column : items.front().columns)
        query->targets.push_back({columnOf(scope, items.front(), column, 0, -1), column.name, false});
    insert.source = query;
}

void Binder::bindInsertSource(const PgQuery__InsertStmt &stmt, Scope &scope, Change &insert,
                              const std::vector<int> &locations)
{
    const auto &select = *stmt.select_stmt->select_stmt;
    if (select.n_values_lists > 0 && select.n_locking_clause == 0 && select.n_sort_clause == 0 && !select.limit_count &&
        !select.limit_offset && !select.with_clause)
        return bindInsertValues(stmt, scope, insert, locations);
    const auto &table = *insert.table;
    const auto columnAt = [&](std::size_t i) -> const ColumnDefinition & {
        return table.columns[static_cast<std::size_t>(insert.columns[i])];
    };
    Query *inner = bindSelect(select, &scope, false);
    std::vector<Expr *> row;
    std::vector<ResultColumn> shape;
    for (auto &target : inner->targets) {
        if (target.junk)
            continue;
        row.push_back(target.expr);
    }
    checkInsertCount(stmt, insert, row, locations);
    std::size_t next = 0;
    for (auto &target : inner->targets) {
        if (target.junk)
            continue;
        if (target.expr->type == type::kUnknown && as<ConstantExpr>(target.expr))
            target.expr = assignTo(target.expr, columnAt(next), -1);
        row[next++] = target.expr;
        shape.push_back({target.name, target.expr->type, target.expr->typmod, 0});
    }
    insert.columns.resize(row.size());
    Query *query = wrapForConversion(inner, shape);
    for (std::size_t i = 0; i < row.size(); ++i) {
        query->targets[i].expr->location = locationOf(row[i]);
        query->targets[i].expr = assignTo(query->targets[i].expr, columnAt(i), -1);
    }
    insert.source = query;
}

} // namespace sqlgym::sql
