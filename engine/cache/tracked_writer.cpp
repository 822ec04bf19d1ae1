#include "cache/tracked_writer.h"

#include "cache/rows.h"

namespace sqlgym::cache {
namespace {

using Json = nlohmann::json;

std::string keyOf(const std::string &table) { return table == "sync_state" ? "key" : "id"; }

std::string text(const Json &json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

/// Steps are read from the file: nothing in them is taken for more than a name.
bool isName(const std::string &name)
{
    return !name.empty() && name.find_first_not_of("abcdefghijklmnopqrstuvwxyz_0123456789") == std::string::npos;
}

std::string cellOf(const std::string &column, const char *parameter)
{
    return std::string("json_extract(") + parameter + ", '$." + column + "')";
}

base::Error unreadable()
{
    return {"cache", "damaged", "What the outbox notes about its own writes cannot be read.", false};
}

base::Result<void> insertRow(sqlite::Database &database, const std::string &table, const Json &row)
{
    std::string columns;
    std::string cells;
    if (!isName(table))
        return unreadable();
    for (const auto &[column, value] : row.items()) {
        if (!isName(column))
            return unreadable();
        columns += (columns.empty() ? "\"" : ", \"") + column + "\"";
        cells += (cells.empty() ? "" : ", ") + cellOf(column, "?1");
    }
    return database.run("INSERT OR IGNORE INTO " + table + " (" + columns + ") SELECT " + cells, text(row));
}

base::Result<void> removeRow(sqlite::Database &database, const std::string &table, std::string_view key)
{
    return database.run("DELETE FROM " + table + " WHERE " + keyOf(table) + " = ?", key);
}

base::Result<void> changeRow(sqlite::Database &database, const std::string &table, std::string_view key,
                             const Json &values)
{
    std::string changes;
    for (const auto &[column, value] : values.items()) {
        if (!isName(column))
            return unreadable();
        changes += (changes.empty() ? "\"" : ", \"") + column + "\" = " + cellOf(column, "?2");
    }
    return database.run("UPDATE " + table + " SET " + changes + " WHERE " + keyOf(table) + " = ?1", key, text(values));
}

base::Result<void> addTo(sqlite::Database &database, const std::string &table, std::string_view key,
                         const std::string &column, int number)
{
    return database.run("UPDATE " + table + " SET " + column + " = " + column + " + ?2 WHERE " + keyOf(table) + " = ?1",
                        key, number);
}

base::Result<void> takeBackStep(sqlite::Database &database, const Json &step)
{
    const std::string what = step.value("do", "");
    const std::string table = step.value("table", "");
    const std::string key = step.value("key", "");
    const std::string column = step.value("column", "x");
    if (!isName(table) || !isName(column))
        return unreadable();
    if (what == "remove")
        return removeRow(database, table, key);
    if (what == "insert")
        return insertRow(database, table, step.at("row"));
    if (what == "change")
        return changeRow(database, table, key, step.at("values"));
    if (what == "add")
        return addTo(database, table, key, column, step.at("number").get<int>());
    return unreadable();
}

} // namespace

base::Result<Json> readRow(sqlite::Database &database, const std::string &table, std::string_view key)
{
    auto columns = select(
        database, "SELECT name FROM pragma_table_info(?) ORDER BY cid",
        [](sqlite::Statement &row) { return row.string(0); }, table);
    if (!columns)
        return columns.error();
    std::string pairs;
    for (const std::string &column : *columns)
        pairs.append(pairs.empty() ? "'" : ", '").append(column).append("', \"").append(column).append("\"");
    auto found = selectOne(
        database, "SELECT json_object(" + pairs + ") FROM " + table + " WHERE " + keyOf(table) + " = ?",
        [](sqlite::Statement &row) { return row.string(0); }, key);
    if (!found)
        return found.error();
    Json row = *found ? Json::parse(**found, nullptr, false) : Json();
    if (row.is_discarded())
        return unreadable();
    return row;
}

bool TrackedWriter::has(const std::string &table, std::string_view key)
{
    return find("SELECT 1 FROM " + table + " WHERE " + keyOf(table) + " = ?", key).has_value();
}

bool TrackedWriter::done(const base::Result<void> &result)
{
    if (!result)
        fail(result.error());
    return static_cast<bool>(result);
}

bool TrackedWriter::insert(const std::string &table, const Json &row)
{
    if (m_failure || !done(insertRow(m_database, table, row)) || m_database.changes() == 0)
        return false;
    m_steps.push_back({{"do", "remove"}, {"table", table}, {"key", row.at(keyOf(table))}});
    return true;
}

bool TrackedWriter::remove(const std::string &table, std::string_view key)
{
    if (m_failure)
        return false;
    auto row = readRow(m_database, table, key);
    if (!row)
        return fail(row.error()), false;
    if (row->is_null() || !done(removeRow(m_database, table, key)))
        return false;
    m_steps.push_back({{"do", "insert"}, {"table", table}, {"row", std::move(*row)}});
    return true;
}

bool TrackedWriter::change(const std::string &table, std::string_view key, const Json &values)
{
    if (m_failure)
        return false;
    auto row = readRow(m_database, table, key);
    if (!row)
        return fail(row.error()), false;
    if (row->is_null() || !done(changeRow(m_database, table, key, values)))
        return false;
    Json before = Json::object();
    for (const auto &[column, value] : values.items())
        before[column] = row->at(column);
    m_steps.push_back({{"do", "change"}, {"table", table}, {"key", std::string(key)}, {"values", std::move(before)}});
    return true;
}

bool TrackedWriter::add(const std::string &table, std::string_view key, const std::string &column, int number)
{
    if (m_failure || !done(addTo(m_database, table, key, column, number)) || m_database.changes() == 0)
        return false;
    m_steps.push_back(
        {{"do", "add"}, {"table", table}, {"key", std::string(key)}, {"column", column}, {"number", -number}});
    return true;
}

base::Result<void> takeBack(sqlite::Database &database, const std::string &steps)
{
    const Json list = Json::parse(steps, nullptr, false);
    if (!list.is_array())
        return unreadable();
    try {
        for (auto step = list.rbegin(); step != list.rend(); ++step) {
            if (auto done = takeBackStep(database, *step); !done)
                return done;
        }
    } catch (const Json::exception &) {
        return unreadable();
    }
    return {};
}

} // namespace sqlgym::cache
