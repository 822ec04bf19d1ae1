// What INSERT, UPDATE and DELETE share: the target table, RETURNING, checks and generated columns.
#include "sql/binder.h"

#include "catalogue/type_oids.h"
#include "sql/expr_tools.h"
#include "sql/stability.h"

#include <functional>
#include <unordered_set>

namespace sqlgym::sql {

namespace type = catalogue::type;

/// `node` is an INSERT, UPDATE or DELETE; `parent` the scope of the WITH it stands in. The query gives its RETURNING
/// list.
Query *Binder::bindChange(const Node &node, Scope *parent)
{
    switch (node.node_case) {
    case PG_QUERY__NODE__NODE_INSERT_STMT:
        return bindInsert(*node.insert_stmt, parent);
    case PG_QUERY__NODE__NODE_UPDATE_STMT:
        return bindUpdate(*node.update_stmt, parent);
    case PG_QUERY__NODE__NODE_DELETE_STMT:
        return bindDelete(*node.delete_stmt, parent);
    default:
        decline(statementName(node));
    }
}

/// WITH, then the table, as range 0 of `scope`'s query; `items` are the names it would bring into scope.
Change &Binder::startChange(ChangeKind kind, const PgQuery__RangeVar &relation, const PgQuery__WithClause *with,
                            Scope &scope, std::vector<NamespaceItem> &items)
{
    if (with)
        bindWith(*with, scope);
    auto table = openTarget(relation);
    if (table->isView) {
        openViewTarget(table, scope.parent != nullptr);
        table = m_viewTarget->base;
    }
    if (table->isMaterialized && scope.parent)
        decline("changing a materialized view in WITH");
    auto &change = *m_statement.make<Change>();
    change.kind = kind;
    change.table = m_viewTarget ? m_viewTarget->face : table;
    RangeEntry entry;
    entry.kind = RangeKind::Change;
    entry.alias = relation.relname;
    entry.table = table;
    entry.change = &change;
    if (m_viewTarget)
        entry.view = m_viewTarget->view;
    for (const auto &column : table->columns)
        entry.columns.push_back({column.name, column.type, column.typmod, 0});
    scope.query->from.push_back(addRange(scope, std::move(entry), relation.alias, items, table->schema));
    nameAsView(items.front());
    nameAsView(scope.everSeen.back());
    return change;
}

Query *Binder::finishChange(Change &change, Scope &scope)
{
    const auto read = change.table; // whoever bound the statement may still hold it
    closeViewTarget(change);
    bindGenerated(*change.table, change.generated);
    bindChecks(*change.table, change.checks);
    return scope.query;
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
        if (expandRow(scope, *target.val, Place::Returning, out))
            continue;
        Expr *expr = bindExpr(scope, target.val, Place::Returning);
        out.push_back({expr, target.name && *target.name ? target.name : columnName(*target.val), false});
    }
    scope.place = outer;
    for (auto &target : out) {
        if (target.expr->type == type::kUnknown)
            target.expr =
                coerce(target.expr, type::kText, -1, CoercionContext::Implicit, CoercionForm::ImplicitCast, -1);
    }
}

/// RETURNING was bound among the source's tables. What it reads of those other than the target becomes columns of the
/// source, and it itself moves to `query`: range 0 is the changed row, range 1 the source's.
void Binder::moveReturning(Query &query, Query &source)
{
    RangeEntry given;
    given.kind = RangeKind::Given;
    const std::size_t first = source.targets.size();
    std::unordered_set<const Expr *> moved;
    const auto move = [&](Expr *&slot, int depth) {
        auto *column = as<ColumnExpr>(slot);
        if (!column || column->range < 0 || column->levelsUp != depth || moved.count(column))
            return;
        if (column->range == 0) {
            moved.insert(column);
            return;
        }
        std::size_t at = first;
        for (; at < source.targets.size(); ++at) {
            const auto *known = static_cast<const ColumnExpr *>(source.targets[at].expr);
            if (known->range == column->range && known->column == column->column)
                break;
        }
        if (at == source.targets.size()) {
            auto *read = make<ColumnExpr>(column->location);
            *read = *column;
            read->levelsUp = 0;
            source.targets.push_back({read, "", false});
        }
        auto *there = make<ColumnExpr>(column->location);
        *there = *column;
        there->range = 1;
        there->column = static_cast<int>(at);
        moved.insert(there);
        slot = there;
    };
    for (auto &target : query.targets)
        forEachSlot(target.expr, 0, move);
    for (const auto &target : source.targets)
        given.columns.push_back({target.name, target.expr->type, target.expr->typmod, target.expr->collation});
    query.range.push_back(std::move(given));
}

void Binder::bindGenerated(const TableDefinition &table, std::vector<std::pair<int, Expr *>> &out)
{
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        const auto &column = table.columns[i];
        if (column.generatedSql.empty())
            continue;
        Expr *expr = bindStandalone(column.generatedSql, &table, column.type, column.typmod, Place::Generated,
                                    column.names.get());
        out.emplace_back(static_cast<int>(i), expr);
    }
}

/// Only what gives the same value for ever may be stored, computed from columns that are not computed themselves. The
/// expression is as it was written: how it is converted for the column is not looked at.
void Binder::checkGenerated(Expr &expr, const TableDefinition &table)
{
    const std::function<void(Expr *&)> readsPlainly = [&](Expr *&part) {
        if (const auto *column = as<ColumnExpr>(part); column && column->column < 0) {
            fail("42P17", "cannot use whole-row variable in column generation expression", column->location,
                 "This would cause the generated column to depend on its own value.");
        } else if (column && !table.columns[static_cast<std::size_t>(column->column)].generatedSql.empty()) {
            fail("42P17",
                 "cannot use generated column \"" + table.columns[static_cast<std::size_t>(column->column)].name +
                     "\" in column generation expression",
                 column->location, "A generated column cannot reference another generated column.");
        }
        forEachChild(*part, readsPlainly);
    };
    Expr *root = &expr;
    readsPlainly(root);
    switch (stabilityOf(expr)) {
    case Stability::Mutable:
        fail("42P17", "generation expression is not immutable");
    case Stability::Unsure:
        decline("a generated column that is perhaps not immutable");
    case Stability::Immutable:
        break;
    }
}

void Binder::bindChecks(const TableDefinition &table, std::vector<Expr *> &out)
{
    for (const auto &check : table.checks)
        out.push_back(bindCheck(check, table));
}

} // namespace sqlgym::sql
