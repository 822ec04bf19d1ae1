// The tables and views a script works on.
#pragma once

#include "exec/sequences.h"
#include "exec/table.h"
#include "sql/bound.h"
#include "sql/schema.h"

#include <map>
#include <memory>
#include <set>
#include <string>

namespace sqlgym::exec {

/// Copying one shares all tables and where sequences stand; a table is copied (its row pointers, not its rows) when it
/// is first changed.
class Database final : public sql::SchemaView, public value::Relations {
public:
    std::shared_ptr<const sql::TableDefinition> findTable(std::string_view schema,
                                                          std::string_view name) const override;

    bool hasRelation(std::string_view name) const override;
    value::Oid findEnum(std::string_view name) const override;
    std::shared_ptr<const sql::DomainDefinition> findDomain(std::string_view name) const override;
    std::shared_ptr<const sql::SequenceDefinition> findSequence(std::string_view name) const override;
    /// False: a type or table of that name is there.
    bool addType(const sql::CreateTypeStatement &type);
    const sql::CreateTypeStatement *type(std::string_view name) const;
    bool isAltered(value::Oid type) const override { return m_alteredTypes.count(type) != 0; }
    void noteAltered(value::Oid type) { m_alteredTypes.insert(type); }
    void removeType(const std::string &name) { m_types.erase(name); }
    bool hasType(std::string_view name) const override { return type(name) != nullptr; }

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
    /// The next number of a sequence, which currval() and lastval() then tell.
    value::Datum next(const Sequence &sequence, value::Context &cx);
    value::Datum find(std::string_view name, value::Context &cx) override;
    value::Datum nextval(std::int64_t oid, value::Context &cx) override;
    value::Datum currval(std::int64_t oid, value::Context &cx) override;
    value::Datum lastval(value::Context &cx) override;
    value::Datum setval(std::int64_t oid, std::int64_t value, bool called, value::Context &cx) override;
    value::Datum serialSequence(std::string_view table, std::string_view column, value::Context &cx) override;
    /// regclass of what was made as the `order`-th.
    static std::int64_t oidOf(std::uint64_t order) { return std::int64_t(order) + 16384; }

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
    const Sequence *sequenceAt(std::int64_t oid, value::Context &cx) const;

    SequenceMap m_sequences;
    std::shared_ptr<SequenceSession> m_session = std::make_shared<SequenceSession>();
    std::map<std::string, sql::CreateTypeStatement, std::less<>> m_types;
    std::set<value::Oid> m_alteredTypes; ///< by this session
    std::map<std::string, std::string> m_settings;
    std::uint64_t m_order = 0;
};

} // namespace sqlgym::exec
