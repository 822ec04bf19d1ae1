#include "postgres/result_set.h"

#include <cstdlib>
#include <libpq-fe.h>

namespace sqlgym::postgres {

namespace {

std::string field(const PGresult *result, int code)
{
    const char *text = PQresultErrorField(result, code);
    return text != nullptr ? text : "";
}

} // namespace

void ResultSet::Clear::operator()(pg_result *result) const { PQclear(result); }

ResultKind ResultSet::kind() const
{
    switch (PQresultStatus(m_result.get())) {
    case PGRES_TUPLES_OK:
        return ResultKind::Rows;
    case PGRES_SINGLE_TUPLE:
        return ResultKind::SingleRow;
    case PGRES_COMMAND_OK:
        return ResultKind::Command;
    case PGRES_EMPTY_QUERY:
        return ResultKind::Empty;
    case PGRES_COPY_IN:
    case PGRES_COPY_OUT:
    case PGRES_COPY_BOTH:
        return ResultKind::Copy;
    case PGRES_PIPELINE_SYNC:
        return ResultKind::Synced;
    case PGRES_PIPELINE_ABORTED:
        return ResultKind::Skipped;
    default:
        return ResultKind::Error;
    }
}

int ResultSet::rowCount() const { return PQntuples(m_result.get()); }
int ResultSet::columnCount() const { return PQnfields(m_result.get()); }
std::string_view ResultSet::columnName(int column) const { return PQfname(m_result.get(), column); }
std::uint32_t ResultSet::typeOid(int column) const { return PQftype(m_result.get(), column); }

std::optional<std::string_view> ResultSet::cell(int row, int column) const
{
    if (PQgetisnull(m_result.get(), row, column) != 0)
        return std::nullopt;
    return std::string_view(PQgetvalue(m_result.get(), row, column),
                            static_cast<std::size_t>(PQgetlength(m_result.get(), row, column)));
}

std::string ResultSet::commandTag() const { return PQcmdStatus(m_result.get()); }

base::Diagnostic ResultSet::diagnostic() const
{
    const PGresult *result = m_result.get();
    base::Diagnostic diagnostic;
    diagnostic.sqlstate = field(result, PG_DIAG_SQLSTATE);
    diagnostic.message = field(result, PG_DIAG_MESSAGE_PRIMARY);
    diagnostic.detail = field(result, PG_DIAG_MESSAGE_DETAIL);
    diagnostic.hint = field(result, PG_DIAG_MESSAGE_HINT);
    diagnostic.position = std::atoi(field(result, PG_DIAG_STATEMENT_POSITION).c_str());
    if (diagnostic.sqlstate.empty())
        diagnostic.sqlstate = "08006"; // libpq itself says so: the connection broke
    if (diagnostic.message.empty())
        diagnostic.message = PQresultErrorMessage(result);
    while (!diagnostic.message.empty() && diagnostic.message.back() == '\n')
        diagnostic.message.pop_back();
    return diagnostic;
}

} // namespace sqlgym::postgres
