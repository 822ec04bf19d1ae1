#include "sqlite/statement.h"

#include "sqlite/error.h"

#include <sqlite3.h>

namespace sqlgym::sqlite {

void Statement::Finalize::operator()(sqlite3_stmt *statement) const { sqlite3_finalize(statement); }

Statement::Statement(sqlite3 *handle, sqlite3_stmt *statement) : m_handle(handle), m_statement(statement) {}

void Statement::keep(int rc)
{
    if (rc != SQLITE_OK && m_bindError == SQLITE_OK)
        m_bindError = rc;
}

void Statement::bindNull(int parameter) { keep(sqlite3_bind_null(m_statement.get(), parameter)); }

void Statement::bindInt(int parameter, std::int64_t value)
{
    keep(sqlite3_bind_int64(m_statement.get(), parameter, value));
}

void Statement::bindReal(int parameter, double value)
{
    keep(sqlite3_bind_double(m_statement.get(), parameter, value));
}

void Statement::bindText(int parameter, std::string_view value)
{
    // An empty view may have a null pointer, which SQLite would take for NULL.
    const char *data = value.data() ? value.data() : "";
    keep(sqlite3_bind_text64(m_statement.get(), parameter, data, value.size(), SQLITE_TRANSIENT, SQLITE_UTF8));
}

void Statement::bindLentText(int parameter, std::string_view value)
{
    const char *data = value.data() ? value.data() : "";
    keep(sqlite3_bind_text64(m_statement.get(), parameter, data, value.size(), SQLITE_STATIC, SQLITE_UTF8));
}

void Statement::bindBytes(int parameter, std::string_view value)
{
    const char *data = value.data() ? value.data() : "";
    keep(sqlite3_bind_blob64(m_statement.get(), parameter, data, value.size(), SQLITE_TRANSIENT));
}

void Statement::bindColumn(int parameter, const Statement &source, int column)
{
    keep(sqlite3_bind_value(m_statement.get(), parameter, sqlite3_column_value(source.m_statement.get(), column)));
}

base::Result<bool> Statement::step()
{
    if (m_bindError != SQLITE_OK)
        return makeError(m_handle, m_bindError, "bind a value");
    switch (const int rc = sqlite3_step(m_statement.get())) {
    case SQLITE_ROW:
        return true;
    case SQLITE_DONE:
        return false;
    default: {
        base::Error error = makeError(m_handle, rc, sqlite3_sql(m_statement.get()));
        reset();
        return error;
    }
    }
}

base::Result<void> Statement::run()
{
    while (true) {
        auto row = step();
        if (!row) {
            reset();
            return row.error();
        }
        if (!*row)
            break;
    }
    reset();
    return {};
}

void Statement::reset()
{
    sqlite3_reset(m_statement.get());
    sqlite3_clear_bindings(m_statement.get());
    m_bindError = SQLITE_OK;
}

bool Statement::isNull(int column) const { return sqlite3_column_type(m_statement.get(), column) == SQLITE_NULL; }

std::int64_t Statement::integer(int column) const { return sqlite3_column_int64(m_statement.get(), column); }

double Statement::real(int column) const { return sqlite3_column_double(m_statement.get(), column); }

std::string_view Statement::text(int column) const
{
    const auto *data = reinterpret_cast<const char *>(sqlite3_column_text(m_statement.get(), column));
    const int bytes = sqlite3_column_bytes(m_statement.get(), column);
    return data ? std::string_view(data, static_cast<std::size_t>(bytes)) : std::string_view();
}

std::optional<std::string> Statement::optionalString(int column) const
{
    return isNull(column) ? std::nullopt : std::optional(string(column));
}

std::optional<std::int64_t> Statement::optionalInteger(int column) const
{
    return isNull(column) ? std::nullopt : std::optional(integer(column));
}

int Statement::columnCount() const { return sqlite3_column_count(m_statement.get()); }

} // namespace sqlgym::sqlite
