#include "cache/mirror_writer.h"

#include "cache/rows.h"
#include "cache/table_copy.h"

#include <algorithm>
#include <array>

namespace sqlgym::cache {
namespace {

// clang-format off
constexpr std::array kMirrored = {
    "topics", "problems", "problem_schemas", "test_cases", "badges", "users", "followers", "helpful_links", "submissions",
    "problem_submissions", "problem_sessions", "execution_results", "user_progress", "user_badges", "community_posts",
    "post_likes", "post_comments", "problem_interactions", "solutions",
};
// clang-format on

struct Visit {
    sqlite::Statement &statement;
    int parameter;
    void operator()(std::monostate) const { statement.bindNull(parameter); }
    void operator()(std::int64_t value) const { statement.bindInt(parameter, value); }
    void operator()(double value) const { statement.bindReal(parameter, value); }
    void operator()(std::string_view value) const { statement.bindLentText(parameter, value); }
};

void bindValue(sqlite::Statement &statement, int parameter, const MirrorValue &value)
{
    std::visit(Visit{statement, parameter}, value);
}

base::Error unknownTable(const std::string &table)
{
    return {"sync", "unknown_table", "The server speaks of a table that this program does not know: " + table + ".",
            false};
}

std::string quoted(const std::string &name) { return "\"" + name + "\""; }

/// Columns that a row must have and the server does not tell: nobody's address is copied.
std::string untoldColumns(const std::string &table) { return table == "users" ? ", email" : ""; }
std::string untoldValues(const std::string &table) { return table == "users" ? ", ?1 || '@unknown.invalid'" : ""; }

} // namespace

std::span<const char *const> mirroredTables() { return kMirrored; }

base::Result<MirrorWriter> MirrorWriter::prepare(sqlite::Database &database, const std::string &table,
                                                 const std::vector<std::string> &columns, Into into)
{
    if (std::ranges::find(kMirrored, table) == kMirrored.end() || columns.empty() || columns.front() != "id")
        return unknownTable(table);
    MirrorWriter writer(database, table);
    const std::vector<std::string> here = columnsOf(database, table);
    std::string names;
    std::string marks;
    std::string changes;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const bool known = std::ranges::find(here, columns[i]) != here.end();
        writer.m_columns.push_back(known ? columns[i] : std::string());
        if (!known)
            continue;
        const std::string name = quoted(columns[i]);
        names += (names.empty() ? "" : ", ") + name;
        marks += (marks.empty() ? "?" : ", ?") + std::to_string(i + 1);
        if (i > 0)
            changes += (changes.empty() ? "" : ", ") + name + " = excluded." + name;
    }
    std::string conflict;
    if (into == Into::Filled)
        conflict = " ON CONFLICT (id) DO " + (changes.empty() ? std::string("NOTHING") : "UPDATE SET " + changes);
    auto write = database.prepare("INSERT INTO " + table + " (" + names + untoldColumns(table) + ") VALUES (" + marks +
                                  untoldValues(table) + ")" + conflict);
    // Of a hidden test a learner sees no more than that there was one: results may tell of it.
    auto remove = database.prepare("DELETE FROM " + table + " WHERE id = ?1" +
                                   (table == "test_cases" ? " AND NOT EXISTS (SELECT 1 FROM execution_results "
                                                            "WHERE test_case_id = ?1)"
                                                          : ""));
    if (!write || !remove)
        return write ? remove.error() : write.error();
    writer.m_write = std::move(*write);
    writer.m_remove = std::move(*remove);
    if (table == "execution_results" && into == Into::Filled) {
        auto stub = database.prepare(
            "INSERT INTO test_cases (id, problem_id, name, input_data, expected_output, is_hidden) "
            "SELECT ?1, s.problem_id, 'hidden ' || ?1, '', '', 1 FROM submissions s "
            "WHERE s.id = ?2 AND NOT EXISTS (SELECT 1 FROM test_cases WHERE id = ?1) ON CONFLICT DO NOTHING");
        if (!stub)
            return stub.error();
        writer.m_stub = std::move(*stub);
    }
    return writer;
}

base::Result<void> MirrorWriter::write(std::span<const MirrorValue> row)
{
    if (m_stub) {
        if (auto made = makeStub(row); !made)
            return made;
    }
    const auto insert = [&] {
        for (std::size_t i = 0; i < m_columns.size(); ++i) {
            if (!m_columns[i].empty())
                bindValue(*m_write, static_cast<int>(i) + 1, row[i]);
        }
        return m_write->run();
    };
    auto written = insert();
    if (written || written.error().code != "constraint")
        return written;
    if (auto cleared = makeWay(row); !cleared)
        return cleared;
    return insert();
}

base::Result<void> MirrorWriter::remove(std::string_view id)
{
    auto removed = m_remove->with(id).run();
    if (!removed || m_table != "test_cases")
        return removed;
    return m_database->run("UPDATE test_cases SET name = 'hidden ' || id, description = NULL, input_data = '', "
                           "expected_output = '', expected_output_source = NULL, preview_expected_output = NULL, "
                           "validation_rules = NULL, is_hidden = 1, order_index = NULL WHERE id = ?",
                           id);
}

base::Result<void> MirrorWriter::makeWay(std::span<const MirrorValue> row)
{
    auto keys = select(
        *m_database,
        "SELECT (SELECT group_concat(c.name) FROM pragma_index_info(i.name) c) FROM pragma_index_list(?) i "
        "WHERE i.\"unique\" AND i.origin = 'u'",
        [](sqlite::Statement &key) { return key.string(0); }, m_table);
    if (!keys)
        return keys.error();
    for (const std::string &key : *keys) {
        std::string condition = "id <> ?1";
        std::vector<std::size_t> cells;
        for (std::size_t begin = 0; begin <= key.size();) {
            const std::size_t end = std::min(key.find(',', begin), key.size());
            const auto column = std::ranges::find(m_columns, key.substr(begin, end - begin));
            if (column == m_columns.end())
                break; // one that the server does not tell
            cells.push_back(static_cast<std::size_t>(column - m_columns.begin()));
            condition += " AND " + quoted(*column) + " = ?" + std::to_string(cells.size() + 1);
            begin = end + 1;
        }
        if (cells.size() != static_cast<std::size_t>(std::ranges::count(key, ',')) + 1)
            continue;
        // A user's row is what others hang on: it gets out of the way and stays.
        auto way =
            m_database->prepare(m_table == "users" ? "UPDATE users SET username = substr(id, 1, 50) WHERE " + condition
                                                   : "DELETE FROM " + m_table + " WHERE " + condition);
        if (!way)
            return way.error();
        bindValue(*way, 1, row[0]);
        for (std::size_t i = 0; i < cells.size(); ++i)
            bindValue(*way, static_cast<int>(i) + 2, row[cells[i]]);
        if (auto done = way->run(); !done)
            return done;
    }
    return {};
}

base::Result<void> MirrorWriter::makeStub(std::span<const MirrorValue> row)
{
    const auto cell = [&](const char *name) {
        const auto column = std::ranges::find(m_columns, name);
        return column == m_columns.end() ? MirrorValue() : row[static_cast<std::size_t>(column - m_columns.begin())];
    };
    bindValue(*m_stub, 1, cell("test_case_id"));
    bindValue(*m_stub, 2, cell("submission_id"));
    return m_stub->run();
}

} // namespace sqlgym::cache
