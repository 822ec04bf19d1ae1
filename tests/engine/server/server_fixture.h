// A real PostgreSQL with an SQLGym server in it, and connections as whom one likes.
#pragma once

#include "../postgres/scratch.h"
#include "postgres/private_cluster.h"
#include "server/deployment.h"
#include "server/session.h"

#include <QString>
#include <QtTest>

#include <csignal>
#include <stdexcept>

namespace sqlgym::tests {

class ServerFixture {
public:
    ServerFixture()
    {
        auto cluster = postgres::PrivateCluster::start(m_scratch.path("cluster"));
        if (!cluster)
            throw std::runtime_error(cluster.error().message);
        m_cluster = std::move(*cluster);
    }

    server::Session as(const std::string &role, const std::string &database = "gym")
    {
        auto parameters = m_cluster->parameters(role, database);
        auto connection = postgres::Connection::open(parameters);
        if (!connection)
            throw std::runtime_error(connection.error().message);
        return server::Session(std::move(*connection));
    }
    server::Session admin(const std::string &database = "gym") { return as(postgres::kAdminRole, database); }
    std::string dsn(const std::string &role, const std::string &database = "gym")
    {
        std::string text;
        for (const auto &[key, value] : m_cluster->parameters(role, database)) {
            if (key == "host" || key == "port" || key == "user" || key == "dbname")
                text += key + "='" + value + "' ";
        }
        return text;
    }

    /// The file of its socket.
    std::string socketFile()
    {
        const QString words = QString::fromStdString(dsn("sqlgym_client"));
        const QString port = words.section("port='", 1).section("'", 0, 0);
        return (words.section("host='", 1).section("'", 0, 0) + "/.s.PGSQL." + (port.isEmpty() ? "5432" : port))
            .toStdString();
    }

    /// As a crash does: every session ends at once.
    void restart()
    {
        if (auto done = m_cluster->restart(); !done)
            throw std::runtime_error(done.error().message);
    }

    /// Gone, until restart().
    void crash()
    {
        ::kill(m_cluster->serverPid(), SIGQUIT);
        QTRY_VERIFY_WITH_TIMEOUT(!m_cluster->running(), 20'000);
    }

    pid_t serverPid() const { return m_cluster->serverPid(); }

    void makeDatabase(const std::string &name = "gym")
    {
        auto session = admin("postgres");
        auto done = session.execute("CREATE DATABASE " + name);
        // What such a server has acknowledged outlives its crashes, which a private cluster does not promise.
        if (done)
            done = session.execute("ALTER DATABASE " + name + " SET synchronous_commit = on");
        if (!done)
            throw std::runtime_error(done.error().message);
    }
    void deploy(const std::string &name = "gym")
    {
        makeDatabase(name);
        auto session = admin(name);
        auto done = server::init(session);
        if (!done)
            throw std::runtime_error(done.error().message);
    }

private:
    Scratch m_scratch;
    std::unique_ptr<postgres::PrivateCluster> m_cluster;
};

/// What a client's UUID looks like, by number.
inline std::string uuid(int number)
{
    return QStringLiteral("00000000-0000-4000-8000-%1").arg(number, 12, 16, QLatin1Char('0')).toStdString();
}

/// Rows as "a|b|NULL" lines, or "!SQLSTATE".
inline std::string asked(server::Session &session, const std::string &sql, const server::Values &values = {})
{
    auto result = session.run(sql, values);
    if (!result)
        return "!" + result.error().code;
    std::string text;
    for (int row = 0; row < result->rowCount(); ++row) {
        text += row > 0 ? "\n" : "";
        for (int column = 0; column < result->columnCount(); ++column)
            text += (column > 0 ? "|" : "") + std::string(result->cell(row, column).value_or("NULL"));
    }
    return text;
}

/// Attempts to sign in are counted in windows of five minutes: a new one, with time enough for a test.
inline void forgetAttempts(server::Session &admin)
{
    const int left = std::stoi(asked(admin, "SELECT 300 - floor(extract(epoch FROM clock_timestamp()))::bigint % 300"));
    if (left < 20)
        QTest::qWait(left * 1000);
    asked(admin, "SELECT setval(c.oid, 1) FROM pg_class c WHERE c.relkind = 'S' AND c.relname LIKE 'auth_slot_%'");
}

} // namespace sqlgym::tests
