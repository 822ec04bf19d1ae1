#include "targets.h"

#include "sql/bind.h"
#include "sql/parse.h"

namespace sqlgym::fuzz {

namespace {

/// Two tables, so that names can be found.
class Tables : public sql::SchemaView {
public:
    Tables()
    {
        m_member.name = "member";
        m_member.columns = {{.name = "id", .type = 23, .notNull = true},
                            {.name = "name", .type = 1043, .typmod = 44},
                            {.name = "born", .type = 1082},
                            {.name = "paid", .type = 1700},
                            {.name = "tags", .type = 1009}};
        m_member.keys = {{"member_pkey", {0}, true}};
        m_visit.name = "visit";
        m_visit.columns = {{.name = "id", .type = 20}, {.name = "member_id", .type = 23}, {.name = "at", .type = 1114}};
    }
    std::shared_ptr<const sql::TableDefinition> findTable(std::string_view, std::string_view name) const override
    {
        for (const auto *table : {&m_member, &m_visit})
            if (table->name == name)
                return std::make_shared<sql::TableDefinition>(*table);
        return nullptr;
    }

private:
    sql::TableDefinition m_member, m_visit;
};

} // namespace

void trySql(std::string_view bytes)
{
    static const Tables kTables;
    const auto parsed = sql::parse(bytes);
    require(parsed.script.has_value() + parsed.error.has_value() + !parsed.declined.empty() == 1,
            "parsing gives a tree, an error or a reason");
    if (!parsed.script)
        return;
    for (const auto &statement : parsed.script->statements()) {
        require(statement.span.byteBegin <= statement.span.byteEnd && statement.span.byteEnd <= bytes.size(),
                "a statement lies in its text");
        const auto bound = sql::bind(statement, bytes, kTables);
        require(bound.statement.has_value() + bound.error.has_value() + !bound.declined.empty() == 1,
                "binding gives a statement, an error or a reason");
        require(!bound.error || (bound.error->sqlstate.size() == 5 && bound.error->position >= 0 &&
                                 bound.error->position <= static_cast<int>(bytes.size()) + 1),
                "an error has an SQLSTATE and a position in the text");
    }
}

} // namespace sqlgym::fuzz
