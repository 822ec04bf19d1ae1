// CREATE TYPE ... AS ENUM and CREATE DOMAIN.
#include "sql/definition_binder.h"

#include "catalogue/type_oids.h"
#include "catalogue/user_types.h"

#include <algorithm>

namespace sqlgym::sql {

std::string DefinitionBinder::newTypeName(Node *const *list, std::size_t count) const
{
    const auto names = stringsOf(list, count);
    if (names.size() > 1 && names[names.size() - 2] != "public")
        decline("schemas other than public");
    if (catalogue::findType(std::string_view(names.back())))
        decline("a type named like a built-in one");
    return names.back();
}

void DefinitionBinder::bindCreateEnum(const PgQuery__CreateEnumStmt &stmt)
{
    auto &type = m_statement.type;
    type.name = newTypeName(stmt.type_name, stmt.n_type_name);
    const auto labels = stringsOf(stmt.vals, stmt.n_vals);
    for (std::size_t i = 0; i < labels.size(); ++i) {
        if (labels[i].size() > 63)
            fail("42602", "invalid enum label \"" + labels[i] + "\"", -1, "Labels must be 63 bytes or less.");
        if (std::find(labels.begin(), labels.begin() + static_cast<std::ptrdiff_t>(i), labels[i]) !=
            labels.begin() + static_cast<std::ptrdiff_t>(i))
            decline("an enum with a label twice");
    }
    if (labels.size() > 60'000)
        decline("an enum this large");
    const auto *made = catalogue::internEnum(type.name, labels);
    if (!made)
        decline("more types");
    type.enumType = made->row->oid;
    m_statement.kind = StatementKind::CreateType;
}

/// PostgreSQL's errors about a domain point to no place in the text.
void DefinitionBinder::bindCreateDomain(const PgQuery__CreateDomainStmt &stmt)
{
    withoutPosition([&] { bindDomain(stmt); });
}

void DefinitionBinder::bindDomain(const PgQuery__CreateDomainStmt &stmt)
{
    auto domain = std::make_shared<DomainDefinition>();
    domain->name = newTypeName(stmt.domainname, stmt.n_domainname);
    if (stmt.coll_clause)
        decline("COLLATE");
    domain->base = bindTypeName(*stmt.type_name, domain->typmod);
    for (std::size_t i = 0; i < stmt.n_constraints; ++i) {
        const auto &constraint = *stmt.constraints[i]->constraint;
        switch (constraint.contype) {
        case PG_QUERY__CONSTR_TYPE__CONSTR_NOTNULL:
            domain->notNull = true;
            break;
        case PG_QUERY__CONSTR_TYPE__CONSTR_NULL:
            break;
        case PG_QUERY__CONSTR_TYPE__CONSTR_DEFAULT:
            domain->defaultSql = nodeText(*constraint.raw_expr);
            bindValue(*constraint.raw_expr, {.name = domain->name, .type = domain->base, .typmod = domain->typmod},
                      nullptr);
            break;
        case PG_QUERY__CONSTR_TYPE__CONSTR_CHECK: {
            TableDefinition shape;
            shape.columns.push_back({.name = "value", .type = domain->base, .typmod = domain->typmod});
            coerceToBoolean(bindOver(*constraint.raw_expr, &shape, Place::Check), "CHECK");
            CheckDefinition check;
            check.name = constraint.conname && *constraint.conname ? constraint.conname : domain->name + "_check";
            check.sql = nodeText(*constraint.raw_expr);
            check.domain = domain->name;
            domain->checks.push_back(std::move(check));
            break;
        }
        default:
            decline("this kind of domain constraint");
        }
    }
    if (domain->notNull || domain->checks.size() > 1)
        decline("a domain that is NOT NULL or has several checks");
    m_statement.type.name = domain->name;
    m_statement.type.domain = std::move(domain);
    m_statement.kind = StatementKind::CreateType;
}

void DefinitionBinder::addDomainChecks(const DomainDefinition &domain, TableDefinition &table, int column)
{
    for (CheckDefinition check : domain.checks) {
        check.column = column;
        table.checks.push_back(std::move(check));
    }
}

} // namespace sqlgym::sql
