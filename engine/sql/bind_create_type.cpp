// CREATE TYPE ... AS ENUM and CREATE DOMAIN.
#include "sql/definition_binder.h"
#include "sql/object_name.h"

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

void DefinitionBinder::bindAlterEnum(const PgQuery__AlterEnumStmt &stmt)
{
    const auto names = stringsOf(stmt.type_name, stmt.n_type_name);
    const std::string label = stmt.new_val ? stmt.new_val : "";
    auto &alter = m_statement.alterEnum;
    alter.name = names.back();
    alter.before = m_schema.findEnum(alter.name);
    if (names.size() > 1 || (!alter.before && m_schema.hasType(alter.name)) || catalogue::findType(alter.name))
        decline("ALTER TYPE of such a type");
    if (!alter.before)
        fail("42704", "type \"" + alter.name + "\" does not exist");
    if (stmt.old_val && *stmt.old_val)
        decline("ALTER TYPE ... RENAME VALUE");
    if (label.size() > 63)
        fail("42602", "invalid enum label \"" + label + "\"", -1, "Labels must be 63 bytes or less.");
    auto labels = catalogue::findEnum(alter.before)->labels;
    m_statement.kind = StatementKind::AlterEnum;
    if (std::ranges::find(labels, label) != labels.end()) {
        if (!stmt.skip_if_new_val_exists)
            fail("42710", "enum label \"" + label + "\" already exists");
        m_statement.kind = StatementKind::Ignored;
        m_statement.ignoredTag = "ALTER TYPE";
        return;
    }
    auto place = labels.end();
    if (const std::string neighbour = stmt.new_val_neighbor ? stmt.new_val_neighbor : ""; !neighbour.empty()) {
        place = std::ranges::find(labels, neighbour);
        if (place == labels.end())
            fail("22023", "\"" + neighbour + "\" is not an existing enum label");
        place += stmt.new_val_is_after ? 1 : 0;
    }
    labels.insert(place, label);
    const auto *made = catalogue::internEnum(alter.name, labels);
    if (!made)
        decline("more types");
    alter.after = made->row->oid;
}

/// PostgreSQL's errors about a domain point to no place in the text.
void DefinitionBinder::bindCreateDomain(const PgQuery__CreateDomainStmt &stmt)
{
    try {
        withoutPosition([&] { bindDomain(stmt); });
    } catch (BindFailure &failure) {
        // VALUE is no column that could be meant.
        if (failure.diagnostic.hint.find("\".value\"") != std::string::npos)
            failure.diagnostic.hint.clear();
        throw;
    }
}

void DefinitionBinder::bindDomain(const PgQuery__CreateDomainStmt &stmt)
{
    auto domain = std::make_shared<DomainDefinition>();
    domain->name = newTypeName(stmt.domainname, stmt.n_domainname);
    if (stmt.coll_clause)
        decline("COLLATE");
    domain->base = bindTypeName(*stmt.type_name, domain->typmod);
    const auto isUsed = [&](const std::string &name) {
        return std::ranges::find(domain->checks, name, &CheckDefinition::name) != domain->checks.end();
    };
    bool nullable = false;
    for (std::size_t i = 0; i < stmt.n_constraints; ++i) {
        const auto &constraint = *stmt.constraints[i]->constraint;
        switch (constraint.contype) {
        case PG_QUERY__CONSTR_TYPE__CONSTR_NOTNULL:
            domain->notNull = true;
            break;
        case PG_QUERY__CONSTR_TYPE__CONSTR_NULL:
            nullable = true;
            break;
        case PG_QUERY__CONSTR_TYPE__CONSTR_DEFAULT:
            if (!domain->defaultSql.empty())
                fail("42601", "multiple default expressions");
            domain->defaultSql = nodeText(*constraint.raw_expr);
            bindValue(*constraint.raw_expr, {.name = domain->name, .type = domain->base, .typmod = domain->typmod},
                      nullptr);
            break;
        case PG_QUERY__CONSTR_TYPE__CONSTR_CHECK: {
            TableDefinition shape;
            shape.columns.push_back({.name = "value", .type = domain->base, .typmod = domain->typmod});
            coerceToBoolean(bindOver(*constraint.raw_expr, &shape, Place::Check), "CHECK");
            CheckDefinition check;
            check.name = constraint.conname ? constraint.conname : "";
            if (check.name.empty())
                check.name = freeObjectName(domain->name, "", "check", isUsed);
            else if (isUsed(check.name))
                fail("42710", "constraint \"" + check.name + "\" for domain \"" + domain->name + "\" already exists");
            check.sql = nodeText(*constraint.raw_expr);
            check.domain = domain->name;
            domain->checks.push_back(std::move(check));
            break;
        }
        default:
            decline("this kind of domain constraint");
        }
    }
    if (domain->notNull && nullable)
        decline("a domain that is both NULL and NOT NULL");
    // They are tested in the order of their names, after the domain's NOT NULL.
    std::ranges::stable_sort(domain->checks, {}, &CheckDefinition::name);
    if (domain->notNull)
        domain->checks.insert(
            domain->checks.begin(),
            {.name = {}, .sql = "value IS NOT NULL", .domain = domain->name, .names = {}, .reads = {}});
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
