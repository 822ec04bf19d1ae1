#include "sync/mirrored_table.h"

#include "cache/mirror_writer.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace sqlgym::sync {
namespace {

ColumnKind kindOf(const std::string &type)
{
    if (type == "bool")
        return ColumnKind::Boolean;
    if (type == "int2" || type == "int4" || type == "int8")
        return ColumnKind::Integer;
    if (type == "float8")
        return ColumnKind::Real;
    if (type == "json")
        return ColumnKind::Json;
    if (type == "jsonb")
        return ColumnKind::Jsonb;
    if (type == "timestamp")
        return ColumnKind::Timestamp;
    return type == "timestamptz" ? ColumnKind::TimestampTz : ColumnKind::Text;
}

} // namespace

base::Result<std::vector<MirroredTable>> mirroredTables(const Ask &ask)
{
    auto rows =
        ask("SELECT relation, pg_catalog.to_json(columns), pg_catalog.to_json(types), query FROM api.mirror()", {});
    if (!rows)
        return rows.error();
    std::vector<MirroredTable> tables;
    const auto known = cache::mirroredTables();
    for (const client::Row &row : *rows) {
        const auto columns = nlohmann::json::parse(row[1].value_or("[]"), nullptr, false);
        const auto types = nlohmann::json::parse(row[2].value_or("[]"), nullptr, false);
        const std::string relation = row[0].value_or("");
        if (std::ranges::find(known, relation) == known.end())
            continue;
        if (!columns.is_array() || !types.is_array() || columns.size() != types.size() || columns.empty())
            return client::makeError(client::Trouble::Failed, "The server's list of tables cannot be read.");
        MirroredTable table{relation, {}, {}, row[3].value_or("")};
        for (std::size_t i = 0; i < columns.size(); ++i) {
            table.columns.push_back(columns[i].is_string() ? columns[i].get<std::string>() : std::string());
            table.kinds.push_back(kindOf(types[i].is_string() ? types[i].get<std::string>() : std::string()));
        }
        tables.push_back(std::move(table));
    }
    return tables;
}

} // namespace sqlgym::sync
