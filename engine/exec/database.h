// The tables and views a script works on.
#pragma once

#include "exec/sequences.h"
#include "exec/table.h"
#include "sql/bound.h"
#include "sql/schema.h"

#include <map>
#include <memory>
#include <string>

namespace sqlgym::exec {

/// Copying one shares all tables and where sequences stand; a table is copied (its row pointers, not its rows) when it
/// is first changed.
class Database final : public sql::SchemaView {
public:
    std::shared_ptr<const sql::TableDefinition> findTable(std::string_view schema,
                                                          std::string_view name) const override;

    bool hasRelation(std::string_view name) const override;
    value::Oid findEnum(std::string_view name) const override;
    std::shared_ptr<const sql::DomainDefinition> findDomain(std::string_view name) const override;
    std::shared_ptr<const sql::SequenceDefinition> findSequence(std::string_view name) const override;
    /// False: a type or table of that name is there.
    bool addType(const sql::CreateTypeStatement &type);

    std::shared_ptr<const Table> table(std::string_view name) const;
    /// The table to write to; nullptr when there is none.
    Table *edit(const std::string &name);
    void add(std::shared_ptr<Table> table);
    void remove(const std::string &name) { m_tables.erase(name); }
    const Sequence *sequence(std::string_view name) const;
    /// In the place of one of its name.
    void addSequence(Sequence sequence) { m_sequences[sequence.definition->name] = std::move(sequence); }
    void removeSequence(const std::string &name) { m_sequences.erase(name); }
    const SequenceMap &sequences() const { return m_sequences; }
    /// A database to be changed apart from this one: numbers given out there do not count here.
    Database fork() const;
    /// Counts what is made, for things that PostgreSQL does in the order of their age.
    std::uint64_t nextOrder() { return ++m_order; }
    const std::map<std::string, std::shared_ptr<Table>, std::less<>> &tables() const { return m_tables; }

    /// What SET has given a parameter; nullptr: nothing.
    const std::string *setting(const std::string &name) const;
    /// `name` empty: as RESET ALL.
    void set(const std::string &name, const std::string &value);

private:
    std::map<std::string, std::shared_ptr<Table>, std::less<>> m_tables;
    SequenceMap m_sequences;
    std::map<std::string, sql::CreateTypeStatement, std::less<>> m_types;
    std::map<std::string, std::string> m_settings;
    std::uint64_t m_order = 0;
};

} // namespace sqlgym::exec
