// One prepared statement: bind, step, read.
#pragma once

#include "base/result.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

struct sqlite3;
struct sqlite3_stmt;

namespace sqlgym::sqlite {

/// Bound to the thread of its Database and must not outlive it. Parameters and columns count from 1 and from 0, as in
/// SQLite. Text is UTF-8 and may hold NUL bytes.
///
/// Binding cannot fail visibly: the first failure is kept and returned by the next step() or run().
class Statement {
public:
    Statement(sqlite3 *handle, sqlite3_stmt *statement);

    void bindNull(int parameter);
    void bindInt(int parameter, std::int64_t value);
    void bindReal(int parameter, double value);
    void bindText(int parameter, std::string_view value);
    /// Without a copy: `value` stays as it is until the next run() or reset().
    void bindLentText(int parameter, std::string_view value);
    /// As a BLOB; text() reads it back.
    void bindBytes(int parameter, std::string_view value);

    /// The value of `column` of the row on which `source` stands, as it is.
    void bindColumn(int parameter, const Statement &source, int column);

    template <typename T> void bind(int parameter, const T &value)
    {
        if constexpr (std::is_same_v<T, std::nullptr_t>)
            bindNull(parameter);
        else if constexpr (std::is_floating_point_v<T>)
            bindReal(parameter, value);
        else if constexpr (std::is_integral_v<T>)
            bindInt(parameter, static_cast<std::int64_t>(value));
        else
            bindText(parameter, std::string_view(value));
    }
    template <typename T> void bind(int parameter, const std::optional<T> &value)
    {
        if (value)
            bind(parameter, *value);
        else
            bindNull(parameter);
    }
    /// Binds parameters 1..n in order.
    template <typename... T> Statement &with(const T &...values)
    {
        int parameter = 0;
        (bind(++parameter, values), ...);
        return *this;
    }

    /// True: a row is there to be read. False: done.
    base::Result<bool> step();
    /// Steps to the end, drops rows, and makes the statement ready to be bound again.
    base::Result<void> run();
    /// Ready to be stepped again; bindings are cleared.
    void reset();

    bool isNull(int column) const;
    std::int64_t integer(int column) const;
    double real(int column) const;
    /// Valid until the next step() or reset(). NULL reads as "".
    std::string_view text(int column) const;
    std::string string(int column) const { return std::string(text(column)); }
    std::optional<std::string> optionalString(int column) const;
    std::optional<std::int64_t> optionalInteger(int column) const;
    int columnCount() const;

private:
    struct Finalize {
        void operator()(sqlite3_stmt *statement) const;
    };
    void keep(int rc);

    sqlite3 *m_handle;
    std::unique_ptr<sqlite3_stmt, Finalize> m_statement;
    int m_bindError = 0;
};

} // namespace sqlgym::sqlite
