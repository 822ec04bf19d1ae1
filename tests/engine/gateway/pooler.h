// PgBouncer in transaction mode before a RealServer.
#pragma once

#include "gateway/libpq_gateway.h"
#include "real_server.h"

namespace sqlgym::tests {

/// Null where it is not installed.
inline const char *pgbouncer()
{
    for (const char *path : {"/usr/sbin/pgbouncer", "/usr/bin/pgbouncer", "/usr/local/bin/pgbouncer"}) {
        if (access(path, X_OK) == 0)
            return path;
    }
    return nullptr;
}

/// With one connection for everybody. `more`: lines of its settings.
class Pooler {
public:
    Pooler(const RealServer &server, const std::string &more) : m_port(freePort())
    {
        const std::string folder = server.path("pooler");
        QDir().mkpath(QString::fromStdString(folder));
        giveTo(folder, server.account());
        writeFile(folder + "/users", "\"sqlgym_client\" \"\"\n", server.account());
        writeFile(folder + "/pgbouncer.ini",
                  "[databases]\ngym = host=" + server.socketFolder() + " port=" + std::to_string(server.port()) +
                      "\n[pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = " + std::to_string(m_port) +
                      "\nunix_socket_dir =\nauth_type = trust\nauth_file = " + folder +
                      "/users\npool_mode = transaction\ndefault_pool_size = 1\nlogfile = " + folder + "/log\n" + more,
                  server.account());
        postgres::Command command;
        command.arguments = {pgbouncer(), folder + "/pgbouncer.ini"};
        command.account = server.account();
        command.deathSignal = SIGKILL;
        auto started = postgres::KeptProcess::start(command);
        require(static_cast<bool>(started), "pgbouncer");
        m_process = std::move(*started);
    }

    std::string dsn() const { return "host=127.0.0.1 dbname=gym port=" + std::to_string(m_port); }

    std::unique_ptr<client::Gateway> open() const
    {
        auto gateway = gateway::open(dsn());
        for (int tries = 0; !gateway && tries < 200 && gateway.error().transient; ++tries) {
            usleep(50'000);
            gateway = gateway::open(dsn());
        }
        require(static_cast<bool>(gateway), gateway ? "" : gateway.error().message);
        return std::move(*gateway);
    }

private:
    int m_port;
    std::unique_ptr<postgres::KeptProcess> m_process;
};

} // namespace sqlgym::tests
