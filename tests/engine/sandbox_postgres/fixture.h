// A sandbox on a private cluster in a folder that PostgreSQL's account may enter.
#pragma once

#include "sandbox_postgres/postgres_sandbox.h"

#include <QTemporaryDir>
#include <QTest>

#include <string>
#include <sys/stat.h>

namespace sqlgym::tests {

class ClusterPlace {
public:
    ClusterPlace() { chmod(m_folder.path().toUtf8().constData(), 0711); }
    std::string path() const { return m_folder.filePath("cluster").toStdString(); }

private:
    QTemporaryDir m_folder;
};

inline sandbox::Outcome run(sandbox::Sandbox &sandbox, const std::string &dataset, const std::string &query)
{
    base::CancelToken cancel;
    return sandbox.run({.dataset = dataset, .query = query}, cancel);
}

/// Rows as "a|b|NULL" lines; what went wrong when there are none.
inline std::string text(const sandbox::Outcome &outcome)
{
    if (outcome.status == sandbox::Status::Error || outcome.status == sandbox::Status::Failed)
        return outcome.diagnostic.sqlstate + " " + outcome.diagnostic.message;
    if (outcome.status == sandbox::Status::Unsupported)
        return "declined: " + outcome.feature;
    if (outcome.status != sandbox::Status::Ok)
        return "status " + std::to_string(static_cast<int>(outcome.status));
    std::string lines;
    for (std::size_t row = 0; row < outcome.table.rowCount(); ++row) {
        lines += row > 0 ? "\n" : "";
        for (std::size_t column = 0; column < outcome.table.columnCount(); ++column)
            lines += std::string(column > 0 ? "|" : "") + std::string(outcome.table.cell(row, column).value_or("NULL"));
    }
    return lines;
}

inline std::string types(const sandbox::Outcome &outcome)
{
    std::string list;
    for (const auto &column : outcome.table.columns)
        list += (list.empty() ? "" : " ") + column.name + ":" + column.type;
    return list;
}

} // namespace sqlgym::tests

/// What QCOMPARE says of a text that is not as expected.
template <> inline char *QTest::toString(const std::string &text) { return qstrdup(text.c_str()); }
