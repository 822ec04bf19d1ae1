#include "sync/json_row.h"

#include "base/timestamp.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace sqlgym::sync {
namespace {

using json = nlohmann::ordered_json;

base::Error unreadable(const MirroredTable &table)
{
    return client::makeError(client::Trouble::Failed, "The server's row of " + table.relation + " cannot be read.");
}

/// "2026-11-23T02:35:07.787054+00:00" and shorter, as the cache writes it; what is no moment ("infinity") as it is.
std::string moment(std::string text, bool zone)
{
    std::ranges::replace(text, 'T', ' ');
    if (text.ends_with("+00:00"))
        text.resize(text.size() - 3);
    const auto at = base::parseTimestamp(text);
    if (!at)
        return text;
    return zone ? base::timestampTzText(*at) : base::timestampText(*at);
}

} // namespace

base::Result<JsonRow> JsonRow::read(const MirroredTable &table, std::string_view text)
{
    const json object = json::parse(text, nullptr, false);
    if (!object.is_object())
        return unreadable(table);
    JsonRow row;
    row.m_texts.resize(table.columns.size());
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        const auto found = object.find(table.columns[i]);
        if (found == object.end() || found->is_null()) {
            row.m_cells.emplace_back(std::monostate());
            continue;
        }
        const json &value = *found;
        switch (table.kinds[i]) {
        case ColumnKind::Boolean:
            if (!value.is_boolean())
                return unreadable(table);
            row.m_cells.emplace_back(std::int64_t{value.get<bool>()});
            continue;
        case ColumnKind::Integer:
            if (!value.is_number_integer())
                return unreadable(table);
            row.m_cells.emplace_back(value.get<std::int64_t>());
            continue;
        case ColumnKind::Real:
            if (!value.is_number())
                return unreadable(table);
            row.m_cells.emplace_back(value.get<double>());
            continue;
        case ColumnKind::Json:
        case ColumnKind::Jsonb:
            row.m_texts[i] = value.dump(-1, ' ', false, json::error_handler_t::replace);
            break;
        case ColumnKind::Text:
        case ColumnKind::Timestamp:
        case ColumnKind::TimestampTz:
            if (!value.is_string())
                return unreadable(table);
            row.m_texts[i] = value.get<std::string>();
            if (table.kinds[i] != ColumnKind::Text)
                row.m_texts[i] = moment(std::move(row.m_texts[i]), table.kinds[i] == ColumnKind::TimestampTz);
            break;
        }
        row.m_cells.emplace_back(std::string_view(row.m_texts[i]));
    }
    return row;
}

} // namespace sqlgym::sync
