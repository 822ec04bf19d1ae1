#include "cache/table_copy.h"

#include "cache/rows.h"

#include <algorithm>
#include <chrono>

namespace sqlgym::cache {
namespace {

/// Columns that both have: the damaged file may be of an older version.
std::string commonColumns(sqlite::Database &source, sqlite::Database &target, const std::string &table)
{
    const std::vector<std::string> there = columnsOf(source, table);
    std::string list;
    for (const std::string &column : columnsOf(target, table)) {
        if (std::ranges::find(there, column) != there.end())
            list.append(list.empty() ? "" : ", ").append(column);
    }
    return list;
}

/// Copies a table row by row, stepping over what cannot be read: the rows of a damaged page are passed by looking for
/// the next rowid after them. Gives up after a while: damaged pages may lead round in circles. Rows that break a rule
/// of the table are left out.
class TableCopy {
public:
    TableCopy(sqlite::Database &source, sqlite::Database &target, std::string table, const std::string &condition)
        : m_source(source), m_target(target), m_table(std::move(table)),
          m_condition(condition.empty() ? "" : " AND " + condition)
    {
    }

    /// The number of rows copied.
    int run(const std::string &columns)
    {
        auto read = m_source.prepare("SELECT rowid, " + columns + " FROM " + m_table + " WHERE rowid >= ?" +
                                     m_condition + " ORDER BY rowid");
        if (!read)
            return 0;
        const int count = read->columnCount() - 1;
        std::string marks = "?";
        for (int i = 1; i < count; ++i)
            marks += ", ?";
        auto write = m_target.prepare("INSERT OR IGNORE INTO " + m_table + " (" + columns + ") VALUES (" + marks + ")");
        if (!write)
            return 0;
        const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
        read->with(m_next);
        for (int failures = 0; failures < kFailures && std::chrono::steady_clock::now() < deadline;) {
            auto row = read->step();
            if (row && !*row)
                break;
            if (row) {
                copyRow(*read, *write, count);
            } else {
                ++failures;
                ++m_next;
                read->with(m_next);
            }
        }
        return m_copied;
    }

private:
    static constexpr int kFailures = 20'000;

    void copyRow(const sqlite::Statement &read, sqlite::Statement &write, int count)
    {
        m_next = std::max(m_next, read.integer(0)) + 1;
        for (int i = 0; i < count; ++i)
            write.bindColumn(i + 1, read, i + 1);
        if (write.run())
            m_copied += static_cast<int>(m_target.changes());
    }

    sqlite::Database &m_source;
    sqlite::Database &m_target;
    std::string m_table;
    std::string m_condition;
    std::int64_t m_next = 0;
    int m_copied = 0;
};

} // namespace

std::vector<std::string> columnsOf(sqlite::Database &database, const std::string &table)
{
    auto names = select(
        database, "SELECT name FROM pragma_table_info(?) ORDER BY cid",
        [](sqlite::Statement &row) { return row.string(0); }, table);
    return names ? std::move(*names) : std::vector<std::string>();
}

int copyTable(sqlite::Database &source, sqlite::Database &target, const std::string &table,
              const std::string &condition)
{
    const std::string columns = commonColumns(source, target, table);
    return columns.empty() ? 0 : TableCopy(source, target, table, condition).run(columns);
}

base::Result<void> dropOrphans(sqlite::Database &target)
{
    struct Orphan {
        std::string table;
        std::int64_t row;
    };
    while (true) {
        auto orphans = select(target, "SELECT DISTINCT \"table\", rowid FROM pragma_foreign_key_check()",
                              [](sqlite::Statement &row) {
                                  return Orphan{row.string(0), row.integer(1)};
                              });
        if (!orphans)
            return orphans.error();
        if (orphans->empty())
            return {};
        for (const Orphan &orphan : *orphans) {
            if (auto done = target.run("DELETE FROM " + orphan.table + " WHERE rowid = ?", orphan.row); !done)
                return done;
        }
    }
}

} // namespace sqlgym::cache
