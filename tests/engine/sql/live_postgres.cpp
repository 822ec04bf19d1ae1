#include "live_postgres.h"

#include "../postgres/scratch.h"

#include <libpq-fe.h>

namespace sqlgym::tests {

namespace {

using Result = std::unique_ptr<PGresult, decltype(&PQclear)>;

Result owned(PGresult *result) { return Result(result, &PQclear); }

std::string field(const PGresult *result, int code)
{
    const char *text = PQresultErrorField(result, code);
    return text ? text : "";
}

base::Diagnostic diagnosticOf(const PGresult *result)
{
    const std::string position = field(result, PG_DIAG_STATEMENT_POSITION);
    return {.sqlstate = field(result, PG_DIAG_SQLSTATE),
            .message = field(result, PG_DIAG_MESSAGE_PRIMARY),
            .detail = field(result, PG_DIAG_MESSAGE_DETAIL),
            .hint = field(result, PG_DIAG_MESSAGE_HINT),
            .position = position.empty() ? 0 : std::stoi(position)};
}

class LiveSchema : public sql::SchemaView {
public:
    explicit LiveSchema(std::map<std::string, std::shared_ptr<sql::TableDefinition>, std::less<>> tables)
        : m_tables(std::move(tables))
    {
    }
    std::shared_ptr<const sql::TableDefinition> findTable(std::string_view schema, std::string_view name) const override
    {
        const auto found = schema.empty() || schema == "public" ? m_tables.find(name) : m_tables.end();
        return found == m_tables.end() ? nullptr : found->second;
    }

private:
    std::map<std::string, std::shared_ptr<sql::TableDefinition>, std::less<>> m_tables;
};

constexpr char kColumns[] = R"(
SELECT c.relname, a.attname, a.atttypid::int8, a.atttypmod, a.attnotnull, coalesce(pg_get_expr(d.adbin, d.adrelid), '')
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' ORDER BY 1, a.attnum)";
constexpr char kPrimaryKeys[] = R"(
SELECT conrelid::regclass::text, conname, k - 1 FROM pg_constraint, unnest(conkey) WITH ORDINALITY u(k, n)
WHERE contype = 'p' AND connamespace = 'public'::regnamespace ORDER BY 1, 2, n)";

} // namespace

struct LivePostgres::Wire {
    std::unique_ptr<Scratch> scratch = std::make_unique<Scratch>();
    std::unique_ptr<PGconn, decltype(&PQfinish)> connection{nullptr, &PQfinish};
};

LivePostgres::LivePostgres() : m_wire(std::make_unique<Wire>()) {}
LivePostgres::~LivePostgres()
{
    m_wire->connection.reset();
    m_cluster.reset();
}

std::string LivePostgres::connectionString() const
{
    std::string text;
    for (const auto &[key, value] : m_cluster->parameters(postgres::kAdminRole, "postgres")) {
        std::string quoted;
        for (const char c : value)
            quoted += (c == '\'' || c == '\\' ? std::string("\\") : std::string()) + c;
        text += key + "='" + quoted + "' ";
    }
    return text;
}

bool LivePostgres::start(const std::string &setup)
{
    auto cluster = postgres::PrivateCluster::start(m_wire->scratch->path("live"));
    if (!cluster) {
        m_whyNot = cluster.error().message;
        return false;
    }
    m_cluster = std::move(*cluster);
    m_wire->connection.reset(PQconnectdb(connectionString().c_str()));
    const auto done = owned(PQexec(m_wire->connection.get(), setup.c_str()));
    if (PQresultStatus(done.get()) != PGRES_COMMAND_OK)
        m_whyNot = PQerrorMessage(m_wire->connection.get());
    return m_whyNot.empty();
}

Description LivePostgres::describe(const std::string &sql)
{
    const auto prepared = owned(PQprepare(m_wire->connection.get(), "", sql.c_str(), 0, nullptr));
    if (PQresultStatus(prepared.get()) != PGRES_COMMAND_OK)
        return {{}, diagnosticOf(prepared.get())};
    const auto described = owned(PQdescribePrepared(m_wire->connection.get(), ""));
    Description description;
    for (int c = 0; c < PQnfields(described.get()); ++c)
        description.columns.push_back(
            {PQfname(described.get(), c), PQftype(described.get(), c), PQfmod(described.get(), c)});
    return description;
}

std::vector<std::vector<std::string>> LivePostgres::rows(const std::string &sql)
{
    const auto result = owned(PQexec(m_wire->connection.get(), sql.c_str()));
    if (PQresultStatus(result.get()) != PGRES_TUPLES_OK)
        m_whyNot = PQerrorMessage(m_wire->connection.get());
    std::vector<std::vector<std::string>> rows;
    for (int r = 0; r < PQntuples(result.get()); ++r) {
        auto &row = rows.emplace_back();
        for (int c = 0; c < PQnfields(result.get()); ++c)
            row.emplace_back(PQgetvalue(result.get(), r, c));
    }
    return rows;
}

std::unique_ptr<sql::SchemaView> LivePostgres::schema()
{
    std::map<std::string, std::shared_ptr<sql::TableDefinition>, std::less<>> tables;
    for (const auto &row : rows(kColumns)) {
        auto &table = tables[row[0]];
        if (!table) {
            table = std::make_shared<sql::TableDefinition>();
            table->name = row[0];
        }
        sql::ColumnDefinition column;
        column.name = row[1];
        column.type = static_cast<sql::Oid>(std::stoul(row[2]));
        column.typmod = std::stoi(row[3]);
        column.notNull = row[4] == "t";
        column.defaultSql = row[5];
        column.hasDefault = !row[5].empty();
        table->columns.push_back(column);
    }
    for (const auto &row : rows(kPrimaryKeys)) {
        auto &keys = tables[row[0]]->keys;
        if (keys.empty())
            keys.push_back({row[1], {}, true});
        keys.front().columns.push_back(std::stoi(row[2]));
    }
    return std::make_unique<LiveSchema>(std::move(tables));
}

} // namespace sqlgym::tests
