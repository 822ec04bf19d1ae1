#include "exec/database.h"

#include <algorithm>

namespace sqlgym::exec {

std::shared_ptr<const sql::TableDefinition> Database::findTable(std::string_view schema, std::string_view name) const
{
    if (!schema.empty() && schema != "public")
        return nullptr;
    const auto found = m_tables.find(name);
    return found == m_tables.end() ? nullptr : found->second->definition;
}

bool Database::hasRelation(std::string_view name) const
{
    if (m_tables.find(name) != m_tables.end() || m_sequences.find(name) != m_sequences.end())
        return true;
    return std::any_of(m_tables.begin(), m_tables.end(), [&](const auto &entry) {
        const auto &table = *entry.second->definition;
        const auto isIt = [&](const auto &index) { return index.name == name; };
        return std::any_of(table.indexes.begin(), table.indexes.end(), isIt) ||
               std::any_of(table.keys.begin(), table.keys.end(), isIt);
    });
}

value::Oid Database::findEnum(std::string_view name) const
{
    const auto found = m_types.find(name);
    return found == m_types.end() ? 0 : found->second.enumType;
}

std::shared_ptr<const sql::DomainDefinition> Database::findDomain(std::string_view name) const
{
    const auto found = m_types.find(name);
    return found == m_types.end() ? nullptr : found->second.domain;
}

const sql::CreateTypeStatement *Database::type(std::string_view name) const
{
    const auto found = m_types.find(name);
    return found == m_types.end() ? nullptr : &found->second;
}

bool Database::addType(const sql::CreateTypeStatement &type)
{
    return m_tables.find(type.name) == m_tables.end() && m_types.emplace(type.name, type).second;
}

std::shared_ptr<const sql::SequenceDefinition> Database::findSequence(std::string_view name) const
{
    const Sequence *found = sequence(name);
    return found ? found->definition : nullptr;
}

const Sequence *Database::sequence(std::string_view name) const
{
    const auto found = m_sequences.find(name);
    return found == m_sequences.end() ? nullptr : &found->second;
}

Database Database::fork() const
{
    Database copy = *this;
    for (auto &[name, sequence] : copy.m_sequences)
        sequence.state = std::make_shared<SequenceState>(*sequence.state);
    copy.m_alteredTypes.clear();
    copy.m_session = std::make_shared<SequenceSession>();
    return copy;
}

std::shared_ptr<const Table> Database::table(std::string_view name) const
{
    const auto found = m_tables.find(name);
    return found == m_tables.end() ? nullptr : found->second;
}

Table *Database::edit(const std::string &name)
{
    const auto found = m_tables.find(name);
    if (found == m_tables.end())
        return nullptr;
    if (found->second.use_count() > 1)
        found->second = std::make_shared<Table>(*found->second);
    return found->second.get();
}

const std::string *Database::setting(const std::string &name) const
{
    const auto found = m_settings.find(name);
    return found == m_settings.end() ? nullptr : &found->second;
}

void Database::set(const std::string &name, const std::string &value)
{
    if (name.empty())
        m_settings.clear();
    else
        m_settings[name] = value;
}

void Database::add(std::shared_ptr<Table> table)
{
    const std::string name = table->definition->name;
    m_tables[name] = std::move(table);
}

} // namespace sqlgym::exec
