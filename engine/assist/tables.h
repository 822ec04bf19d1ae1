// The tables that what is being written can see.
#pragma once

#include "sql/bind.h"
#include "sql/schema.h"

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace sqlgym::assist {

/// Definitions without rows. Copying shares them.
class Tables final : public sql::SchemaView {
public:
    std::shared_ptr<const sql::TableDefinition> findTable(std::string_view schema,
                                                          std::string_view name) const override;
    value::Oid findEnum(std::string_view name) const override;
    std::shared_ptr<const sql::DomainDefinition> findDomain(std::string_view name) const override;

    /// Takes in what a script creates and drops; statements that fail, or do anything else, are passed over.
    void addScript(std::string_view sql);
    /// Takes in one statement's effect on the definitions.
    void apply(const sql::BoundStatement &statement);

    const std::map<std::string, std::shared_ptr<const sql::TableDefinition>, std::less<>> &all() const
    {
        return m_tables;
    }

private:
    std::map<std::string, std::shared_ptr<const sql::TableDefinition>, std::less<>> m_tables;
    std::map<std::string, sql::CreateTypeStatement, std::less<>> m_types;
};

} // namespace sqlgym::assist
