#include "cache/deferred_keys.h"

#include "cache/rows.h"

#include <string>

namespace sqlgym::cache {
namespace {

constexpr std::string_view kKey = "id TEXT PRIMARY KEY NOT NULL";
constexpr std::string_view kNoKey = "id TEXT NOT NULL";

struct Definition {
    std::string table;
    std::string sql;
};

Definition readDefinition(sqlite::Statement &row) { return {row.string(0), row.string(1)}; }

} // namespace

base::Result<void> deferKeys(sqlite::Database &database, std::span<const char *const> tables)
{
    if (auto made = database.execute("CREATE TABLE pulling_keys (name TEXT NOT NULL, sql TEXT NOT NULL)"); !made)
        return made;
    for (const char *table : tables) {
        auto definition = selectOne(database,
                                    "SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND name = ?1 AND "
                                    "(SELECT count(*) FROM pragma_index_list(?1)) = 1",
                                    readDefinition, table);
        if (!definition)
            return definition.error();
        const std::size_t at = *definition ? (*definition)->sql.find(kKey) : std::string::npos;
        if (at == std::string::npos)
            continue;
        auto rows = database.integer(std::string("SELECT count(*) FROM ") + table);
        if (!rows)
            return rows.error();
        if (*rows != 0)
            continue;
        std::string without = (*definition)->sql;
        without.replace(at, kKey.size(), kNoKey);
        auto done = database.execute(std::string("DROP TABLE ") + table);
        if (done)
            done = database.execute(without);
        if (done)
            done = database.run("INSERT INTO pulling_keys (name, sql) VALUES (?, ?)", table, (*definition)->sql);
        if (!done)
            return done;
    }
    return {};
}

base::Result<void> makeKeys(sqlite::Database &database)
{
    auto definitions = select(database, "SELECT name, sql FROM pulling_keys", readDefinition);
    if (!definitions)
        return definitions.error();
    for (const Definition &each : *definitions) {
        if (auto made =
                database.execute("CREATE UNIQUE INDEX pulling_key_" + each.table + " ON " + each.table + "(id)");
            !made)
            return made;
    }
    if (auto emptied = database.execute("DELETE FROM pulling_keys"); !emptied)
        return emptied;
    database.allowSchemaEdits(true);
    base::Result<void> done;
    for (const Definition &each : *definitions) {
        if (done)
            done = database.run("UPDATE sqlite_schema SET sql = ? WHERE type = 'table' AND name = ?", each.sql,
                                each.table);
        if (done)
            done = database.run("UPDATE sqlite_schema SET sql = NULL, name = ? WHERE type = 'index' AND name = ?",
                                "sqlite_autoindex_" + each.table + "_1", "pulling_key_" + each.table);
    }
    database.allowSchemaEdits(false);
    return done;
}

} // namespace sqlgym::cache
