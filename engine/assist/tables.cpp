#include "assist/tables.h"

#include "sql/parse.h"

namespace sqlgym::assist {

using sql::StatementKind;

std::shared_ptr<const sql::TableDefinition> Tables::findTable(std::string_view schema, std::string_view name) const
{
    if (!schema.empty() && schema != "public")
        return nullptr;
    const auto found = m_tables.find(name);
    return found == m_tables.end() ? nullptr : found->second;
}

value::Oid Tables::findEnum(std::string_view name) const
{
    const auto found = m_types.find(name);
    return found == m_types.end() ? 0 : found->second.enumType;
}

std::shared_ptr<const sql::DomainDefinition> Tables::findDomain(std::string_view name) const
{
    const auto found = m_types.find(name);
    return found == m_types.end() ? nullptr : found->second.domain;
}

void Tables::addScript(std::string_view text)
{
    const auto parsed = sql::parse(text);
    if (!parsed.script)
        return;
    for (const auto &statement : parsed.script->statements()) {
        const auto bound = sql::bind(statement, text, *this);
        if (bound.statement)
            apply(*bound.statement);
    }
}

void Tables::apply(const sql::BoundStatement &statement)
{
    switch (statement.kind) {
    case StatementKind::CreateTable:
    case StatementKind::CreateTableAs:
    case StatementKind::CreateView:
        if (statement.create.table)
            m_tables[statement.create.table->name] = statement.create.table;
        break;
    case StatementKind::AlterTable:
        m_tables.erase(statement.alter.before->name);
        m_tables[statement.alter.after->name] = statement.alter.after;
        break;
    case StatementKind::CreateType:
        m_types.emplace(statement.type.name, statement.type);
        break;
    case StatementKind::Drop:
        for (const auto &name : statement.drop.names)
            m_tables.erase(name.name);
        break;
    default:
        break;
    }
}

} // namespace sqlgym::assist
