// CREATE INDEX: what it may be over; only a unique one changes answers.
#include "sql/definition_binder.h"
#include "sql/expr_tools.h"
#include "sql/object_name.h"
#include "sql/stability.h"

#include "catalogue/type_oids.h"

#include <algorithm>
#include <iterator>

namespace sqlgym::sql {

/// An index expression must give the same value for ever; `where` is how errors name the place.
void DefinitionBinder::checkImmutable(Expr &expr, const char *where) const
{
    switch (stabilityOf(expr)) {
    case Stability::Mutable:
        fail("42P17", std::string("functions in index ") + where + " must be marked IMMUTABLE");
    case Stability::Unsure:
        decline("an index over what is perhaps not immutable");
    case Stability::Immutable:
        break;
    }
}

void DefinitionBinder::bindCreateIndex(const PgQuery__IndexStmt &stmt)
{
    const auto &relation = *stmt.relation;
    checkDatabase(relation, false);
    const auto table = relationNamed(relation.schemaname ? relation.schemaname : "", relation.relname);
    if (table->isView)
        fail("42809", "cannot create index on relation \"" + table->name + "\"", -1,
             "This operation is not supported for views.");
    if (std::string_view(stmt.access_method) != "btree" && std::string_view(stmt.access_method) != "hash")
        decline("indexes by the access method " + std::string(stmt.access_method));
    if (stmt.n_index_including_params > 0 || stmt.n_options > 0 || stmt.nulls_not_distinct)
        decline("INCLUDE, WITH and NULLS NOT DISTINCT of an index");
    auto &out = m_statement.index;
    std::string nameOfColumns;
    bool expressions = false;
    for (std::size_t i = 0; i < stmt.n_index_params; ++i) {
        const auto &element = *stmt.index_params[i]->index_elem;
        if (element.n_collation > 0 || element.n_opclass > 0)
            decline("collations and operator classes of an index");
        Oid oid = 0;
        std::string part;
        if (element.expr) {
            Expr *expr = bindOver(*element.expr, table.get(), Place::IndexExpression);
            checkImmutable(*expr, "expression");
            expressions = true;
            std::ranges::copy(columnIds(*expr, *table), std::back_inserter(out.plain.columns));
            oid = expr->type;
            part = columnName(*element.expr);
            part = part == "?column?" ? "expr" : part;
        } else {
            const auto found = std::ranges::find(table->columns, element.name, &ColumnDefinition::name);
            if (found == table->columns.end())
                fail("42703", "column \"" + std::string(element.name) + "\" does not exist");
            out.key.columns.push_back(static_cast<int>(found - table->columns.begin()));
            out.plain.columns.push_back(found->id);
            oid = found->type;
            part = element.name;
        }
        if (!catalogue::findOrdering(oid))
            decline("an index over the type " + typeText(oid));
        nameOfColumns += (nameOfColumns.empty() ? "" : "_") + part;
    }
    if (stmt.where_clause) {
        Expr *where = coerceToBoolean(bindOver(*stmt.where_clause, table.get(), Place::IndexPredicate), "WHERE");
        checkImmutable(*where, "predicate");
        std::ranges::copy(columnIds(*where, *table), std::back_inserter(out.plain.columns));
    }
    if (stmt.unique && (expressions || stmt.where_clause))
        decline("unique indexes that are partial or over expressions");
    if (stmt.unique && std::string_view(stmt.access_method) != "btree")
        fail("0A000", "access method \"hash\" does not support unique indexes");
    out.unique = stmt.unique;
    out.table = table;
    out.key.name = stmt.idxname ? stmt.idxname : "";
    out.key.constraint = false;
    m_statement.kind = StatementKind::CreateIndex;
    if (out.key.name.empty()) {
        out.key.name = freeObjectName(table->name, nameOfColumns, "idx",
                                      [&](const std::string &name) { return m_schema.hasRelation(name); });
    } else if (m_schema.hasRelation(out.key.name)) {
        if (!stmt.if_not_exists)
            fail("42P07", "relation \"" + out.key.name + "\" already exists");
        m_statement.kind = StatementKind::Ignored;
        m_statement.ignoredTag = "CREATE INDEX";
    }
    out.plain.name = out.key.name;
}

} // namespace sqlgym::sql
