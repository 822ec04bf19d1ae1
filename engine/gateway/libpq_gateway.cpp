#include "gateway/libpq_gateway.h"

#include "gateway/connect.h"
#include "gateway/endpoint.h"

#include <algorithm>
#include <utility>

namespace sqlgym::gateway {

const int kOldestSchema = SQLGYM_OLDEST_SCHEMA;
const int kNewestSchema = SQLGYM_NEWEST_SCHEMA;

namespace {

using client::makeError;
using client::Rows;
using client::Trouble;
using client::Values;

// Whatever an earlier borrower of a pooled connection, or whoever may alter the role, left set. Nothing secret is in
// it.
constexpr char kBegin[] =
    "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE; SET LOCAL statement_timeout = '15s'; SET LOCAL lock_timeout = "
    "'5s'; "
    "SET LOCAL idle_in_transaction_session_timeout = '30s'; SET LOCAL row_security = on; SET LOCAL search_path = "
    "public; "
    "SET LOCAL TimeZone = 'UTC'; SET LOCAL DateStyle = 'ISO, MDY'; SET LOCAL IntervalStyle = 'postgres'; "
    "SET LOCAL bytea_output = 'hex'; SET LOCAL extra_float_digits = 1; SET LOCAL synchronous_commit = on; "
    "SET LOCAL transform_null_equals = off";

constexpr char kBeginSnapshot[] =
    "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL statement_timeout = 0; SET LOCAL "
    "idle_in_transaction_session_timeout = '60s'; SET LOCAL row_security = on; SET LOCAL search_path = public; "
    "SET LOCAL TimeZone = 'UTC'; SET LOCAL DateStyle = 'ISO, MDY'; SET LOCAL extra_float_digits = 1";

class LibpqSnapshot final : public client::Snapshot {
public:
    LibpqSnapshot(postgres::Connection &connection, const Options &options)
        : m_connection(connection), m_options(options)
    {
    }
    ~LibpqSnapshot() override
    {
        if (m_connection.alive())
            (void)runPlain(m_connection, "ROLLBACK", m_options);
    }
    LibpqSnapshot(const LibpqSnapshot &) = delete;
    LibpqSnapshot &operator=(const LibpqSnapshot &) = delete;

    base::Result<Rows> call(const std::string &sql, const Values &values) override
    {
        if (!m_connection.alive())
            return makeError(Trouble::Offline, "The connection broke. Try again.");
        return run(m_connection, sql, values, m_options);
    }
    base::Result<void> copy(const std::string &query,
                            const std::function<base::Result<void>(std::string_view)> &take) override
    {
        if (!m_connection.alive())
            return makeError(Trouble::Offline, "The connection broke. Try again.");
        return copyOut(m_connection, "COPY (" + query + ") TO STDOUT (FORMAT binary)", take, m_options);
    }

private:
    postgres::Connection &m_connection;
    Options m_options;
};

class LibpqGateway final : public client::Gateway {
public:
    LibpqGateway(Endpoint endpoint, Options options) : m_endpoint(std::move(endpoint)), m_options(options) {}
    ~LibpqGateway() override
    {
        // Whoever gets this connection next (a pool, a proxy) gets no session with it.
        if (m_tokenAtServer && m_connection && m_connection->alive())
            (void)direct("SELECT pg_catalog.set_config('sqlgym.token', '', false)", {});
    }
    LibpqGateway(const LibpqGateway &) = delete;
    LibpqGateway &operator=(const LibpqGateway &) = delete;

    base::Result<Rows> call(const std::string &sql, const Values &values) override
    {
        if (auto there = connected(); !there)
            return there.error();
        return m_pooled ? inTransaction(sql, values) : direct(sql, values);
    }

    base::Result<void> useToken(base::Secret token) override
    {
        m_token = std::move(token);
        if (std::exchange(m_listening, false) && m_connection && m_connection->alive())
            (void)runPlain(*m_connection, "UNLISTEN *", m_options);
        if (m_pooled || !m_connection || !m_connection->alive())
            return {}; // shown in each transaction, or once there is a connection
        return showToken();
    }

    base::Result<std::unique_ptr<client::Snapshot>> snapshot() override
    {
        if (auto there = connected(); !there)
            return there.error();
        auto begun = runPlain(*m_connection, kBeginSnapshot, m_options);
        if (begun && m_pooled && !m_token.empty())
            begun = done(direct("SELECT pg_catalog.set_config('sqlgym.token', $1, true)", {m_token.c_str()}));
        auto made = std::make_unique<LibpqSnapshot>(*m_connection, m_options); // ends what was begun, whatever happens
        if (!begun)
            return begun.error();
        return std::unique_ptr<client::Snapshot>(std::move(made));
    }

    Notice awaitNotice(int timeoutMs) override
    {
        if (m_pooled || m_token.empty() || !m_connection || !m_connection->alive())
            return Notice::Never;
        if (!m_listening) {
            m_listening = listen();
            return m_listening ? Notice::Came : Notice::Never;
        }
        constexpr int kLookMs = 200; // what comes is told at once; this is for a cancellation
        for (int left = timeoutMs; m_connection->alive(); left -= kLookMs) {
            const bool cancelled = m_options.cancel != nullptr && m_options.cancel->cancelled();
            if (m_connection->waitForNotification(cancelled ? 0 : std::clamp(left, 0, kLookMs)))
                return Notice::Came;
            if (cancelled || left <= kLookMs)
                return Notice::None;
        }
        return Notice::Never;
    }

    bool pooled() const override { return m_pooled; }
    int schemaVersion() const override { return m_version; }
    const std::string &address() const override { return m_endpoint.address; }

    base::Result<void> connected()
    {
        if (m_connection && m_connection->alive())
            return {};
        m_connection.reset();
        m_tokenAtServer = false;
        m_listening = false;
        auto line = connect(m_endpoint, m_options);
        if (!line)
            return line.error();
        m_connection.emplace(std::move(line->connection));
        auto done = greet();
        if (done && !m_pooled && !m_token.empty())
            done = showToken();
        if (!done)
            m_connection.reset();
        return done;
    }

private:
    /// What is there: a pooler, or the server itself? Which version?
    base::Result<void> greet()
    {
        // As through a pooler, for it is not known yet, and without the token.
        base::Secret kept = std::exchange(m_token, {});
        auto rows = inTransaction("SELECT pg_catalog.current_setting('sqlgym.direct', true), api.schema_version()", {});
        const bool newer = rows && std::atoi((*rows)[0][1].value_or("0").c_str()) > kNewestSchema;
        const bool refused = newer && !servesUs();
        m_token = std::move(kept);
        if (!rows) {
            if (client::troubleOf(rows.error()) != Trouble::Refused)
                return rows.error();
            return makeError(Trouble::NotAServer,
                             "This PostgreSQL server is no SQLGym server, or keeps this program out: " +
                                 rows.error().message + " Check the address, or ask whoever runs the server.");
        }
        const client::Row &row = (*rows)[0];
        // A pooler may swallow startup options instead of refusing them: only what came through counts.
        m_pooled = row[0].value_or("") != "on";
        m_version = std::atoi(row[1].value_or("0").c_str());
        if (m_version < kOldestSchema)
            return makeError(Trouble::OlderServer, "The server is too old for this program (it is at version " +
                                                       std::to_string(m_version) + ", needed is " +
                                                       std::to_string(kOldestSchema) +
                                                       "). Ask whoever runs it for `sqlgymctl server upgrade`.");
        if (refused)
            return makeError(Trouble::NewerServer, "The server is newer than this program (it is at version " +
                                                       std::to_string(m_version) + ", known here is " +
                                                       std::to_string(kNewestSchema) + "). Update SQLGym.");
        // Of PGTZ and PGDATESTYLE libpq makes startup parameters that come after the options.
        return m_pooled ? base::Result<void>()
                        : runPlain(*m_connection, "SET TimeZone = 'UTC'; SET DateStyle = 'ISO, MDY'; SET geqo = on",
                                   m_options);
    }

    /// A channel is a name that we put into a statement: only what looks like the server's is one.
    bool listen()
    {
        const auto rows = direct("SELECT api.my_channel()", {});
        const std::string channel = rows && !rows->empty() ? (*rows)[0][0].value_or("") : std::string();
        const bool plain = channel.starts_with("sqlgym_") && channel.size() < 64 &&
                           channel.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == std::string::npos;
        return plain && runPlain(*m_connection, "LISTEN " + channel, m_options);
    }

    /// A newer server says itself whether it serves programs that know no more than this one.
    bool servesUs()
    {
        const auto rows = inTransaction("SELECT api.oldest_client()", {});
        const int oldest = rows && !rows->empty() ? std::atoi((*rows)[0][0].value_or("0").c_str()) : 0;
        return oldest > 0 && oldest <= kNewestSchema;
    }

    base::Result<void> showToken()
    {
        auto done = direct("SELECT pg_catalog.set_config('sqlgym.token', $1, false)", {m_token.c_str()});
        if (!done)
            return done.error();
        m_tokenAtServer = !m_token.empty();
        return {};
    }

    base::Result<Rows> direct(const std::string &sql, const Values &values)
    {
        return run(*m_connection, sql, values, m_options);
    }

    base::Result<Rows> inTransaction(const std::string &sql, const Values &values)
    {
        auto begun = runPlain(*m_connection, kBegin, m_options);
        // What a standby says to READ WRITE; nothing else in it can be refused.
        if (!begun && client::troubleOf(begun.error()) == Trouble::Refused)
            begun = makeError(Trouble::ReadOnly,
                              "The server takes no changes at present: " + begun.error().message + " Try again later.");
        if (begun && !m_token.empty())
            begun = done(direct("SELECT pg_catalog.set_config('sqlgym.token', $1, true)", {m_token.c_str()}));
        auto rows = begun ? direct(sql, values) : base::Result<Rows>(begun.error());
        if (!m_connection->alive())
            return rows;
        auto ended = runPlain(*m_connection, rows ? "COMMIT" : "ROLLBACK", m_options);
        if (rows && !ended)
            return ended.error();
        return rows;
    }

    static base::Result<void> done(const base::Result<Rows> &rows)
    {
        return rows ? base::Result<void>() : rows.error();
    }

    Endpoint m_endpoint;
    Options m_options;
    std::optional<postgres::Connection> m_connection;
    base::Secret m_token;
    bool m_tokenAtServer = false;
    bool m_pooled = false;
    bool m_listening = false;
    int m_version = 0;
};

} // namespace

base::Result<std::unique_ptr<client::Gateway>> open(const std::string &dsn, const Options &options)
{
    auto where = endpoint(dsn);
    if (!where)
        return where.error();
    auto gateway = std::make_unique<LibpqGateway>(std::move(*where), options);
    if (auto there = gateway->connected(); !there)
        return there.error();
    return std::unique_ptr<client::Gateway>(std::move(gateway));
}

} // namespace sqlgym::gateway
