// Hand-written SQLite: a kept connection in memory; prepare, step, read every cell as text, finalize.
#pragma once

#include "measure.h"

#include <sqlite3.h>
#include <string>

namespace sqlgym::bench {

class RawSqlite {
public:
    RawSqlite() { sqlite3_open(":memory:", &m_db); }
    ~RawSqlite() { sqlite3_close(m_db); }
    RawSqlite(const RawSqlite &) = delete;
    RawSqlite &operator=(const RawSqlite &) = delete;

    bool load(const std::string &sql)
    {
        return sqlite3_exec(m_db, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK;
    }
    /// Rows read; -1 when the query fails.
    long run(const std::string &sql, Digest *digest = nullptr)
    {
        sqlite3_stmt *statement = nullptr;
        if (sqlite3_prepare_v2(m_db, sql.c_str(), int(sql.size()), &statement, nullptr) != SQLITE_OK)
            return -1;
        long rows = 0;
        m_cells.clear();
        const int columns = sqlite3_column_count(statement);
        while (sqlite3_step(statement) == SQLITE_ROW) {
            ++rows;
            for (int i = 0; i < columns; ++i) {
                const auto *text = reinterpret_cast<const char *>(sqlite3_column_text(statement, i));
                const std::string_view cell(text, text ? std::size_t(sqlite3_column_bytes(statement, i)) : 0);
                m_cells.append(cell);
                if (digest)
                    digest->cell(cell);
            }
            if (digest)
                digest->endRow();
        }
        sqlite3_finalize(statement);
        return rows;
    }
    std::string lastError() const { return sqlite3_errmsg(m_db); }

private:
    sqlite3 *m_db = nullptr;
    std::string m_cells;
};

} // namespace sqlgym::bench
