// A PostgreSQL with TLS on a loopback port, and certificates for it, made by openssl.
#pragma once

#include "../server/server_fixture.h"
#include "loopback.h"
#include "postgres/kept_process.h"
#include "postgres/programs.h"

#include <QDir>
#include <QFile>
#include <QProcess>

#include <csignal>
#include <thread>
#include <tuple>
#include <unistd.h>

namespace sqlgym::tests {

inline int freePort()
{
    const auto [listener, port] = listenOnLoopback();
    close(listener);
    return port;
}

inline void require(bool well, const std::string &what)
{
    if (!well)
        throw std::runtime_error(what);
}

inline void giveTo(const std::string &path, const postgres::Account &account)
{
    if (account.other())
        require(chown(path.c_str(), account.uid, account.gid) == 0, "chown " + path);
}

inline void writeFile(const std::string &path, const std::string &text, const postgres::Account &account = {},
                      int mode = 0600)
{
    QFile file(QString::fromStdString(path));
    require(file.open(QIODevice::WriteOnly) && file.write(text.data(), static_cast<qint64>(text.size())) >= 0, path);
    file.close();
    chmod(path.c_str(), static_cast<mode_t>(mode));
    giveTo(path, account);
}

/// A folder of certificates for the host gym.test: <name>.crt and <name>.key.
class Certificates {
public:
    Certificates(const std::string &folder, postgres::Account account) : m_folder(folder), m_account(account)
    {
        QDir().mkpath(QString::fromStdString(folder));
        giveTo(folder, account);
        for (const char *authority : {"ca", "stranger"})
            openssl({"req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "30", "-subj", "/CN=authority",
                     "-keyout", file(authority, ".key"), "-out", file(authority, ".crt")});
        sign("good", "ca", "gym.test", {});
        sign("other", "ca", "other.test", {});
        sign("strange", "stranger", "gym.test", {});
        sign("expired", "ca", "gym.test", {"20200101000000Z", "20200201000000Z"});
        openssl({"req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "30", "-subj", "/CN=gym.test", "-addext",
                 "subjectAltName=DNS:gym.test", "-keyout", file("self", ".key"), "-out", file("self", ".crt")});
        for (const char *name : {"good", "other", "strange", "expired", "self"}) {
            chmod(path(name, ".key").c_str(), 0600);
            giveTo(path(name, ".key"), m_account);
        }
    }

    std::string path(const char *name, const char *ending) const { return m_folder + "/" + name + ending; }

private:
    QString file(const char *name, const char *ending) const { return QString::fromStdString(path(name, ending)); }

    void openssl(const QStringList &arguments)
    {
        QProcess process;
        process.setWorkingDirectory(QString::fromStdString(m_folder));
        process.start(QStringLiteral("openssl"), arguments);
        require(process.waitForFinished(60'000) && process.exitCode() == 0,
                "openssl: " + process.readAllStandardError().toStdString());
    }

    /// `days`: first and last moment, empty = thirty days from now.
    void sign(const char *name, const char *authority, const QString &host, const QStringList &days)
    {
        openssl({"req", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=" + host, "-addext",
                 "subjectAltName=DNS:" + host, "-keyout", file(name, ".key"), "-out", file(name, ".csr")});
        writeFile(path("ca", ".cnf"),
                  "[ca]\ndefault_ca=own\n[own]\ndatabase=index.txt\nnew_certs_dir=.\nrand_serial=yes\n"
                  "default_md=sha256\npolicy=any\ncopy_extensions=copy\nunique_subject=no\n"
                  "[any]\ncommonName=supplied\n");
        writeFile(m_folder + "/index.txt", "");
        QStringList arguments{"ca",       "-batch",
                              "-config",  file("ca", ".cnf"),
                              "-cert",    file(authority, ".crt"),
                              "-keyfile", file(authority, ".key"),
                              "-in",      file(name, ".csr"),
                              "-out",     file(name, ".crt")};
        arguments +=
            days.isEmpty() ? QStringList{"-days", "30"} : QStringList{"-startdate", days[0], "-enddate", days[1]};
        openssl(arguments);
    }

    std::string m_folder;
    postgres::Account m_account;
};

/// Started and stopped as a test likes; holds an SQLGym server in database gym. Over TCP nobody comes in without TLS.
class RealServer {
public:
    RealServer() : m_account(postgres::serverAccount()), m_port(freePort())
    {
        m_programs = *postgres::findPrograms();
        m_data = m_scratch.path("data");
        QDir().mkpath(QString::fromStdString(m_data));
        giveTo(m_data, m_account);
        postgres::Command command;
        command.arguments = {m_programs.folder + "/initdb",
                             "-D",
                             m_data,
                             "-U",
                             postgres::kAdminRole,
                             "-E",
                             "UTF8",
                             "--locale=C.UTF-8",
                             "--no-sync",
                             "-A",
                             "trust"};
        command.account = m_account;
        auto made = postgres::KeptProcess::start(command);
        require(made && (*made)->wait(120'000), "initdb");
        setAccess("hostssl all all all trust\n");
    }
    /// A standby that follows `primary`, which runs. Started by start().
    explicit RealServer(const RealServer &primary) : m_account(primary.m_account), m_port(freePort())
    {
        m_programs = primary.m_programs;
        m_data = m_scratch.path("data");
        QDir().mkpath(QString::fromStdString(m_data));
        giveTo(m_data, m_account);
        chmod(m_data.c_str(), 0700);
        postgres::Command command;
        command.arguments = {m_programs.folder + "/pg_basebackup",
                             "-D",
                             m_data,
                             "-h",
                             primary.m_data,
                             "-p",
                             std::to_string(primary.m_port),
                             "-U",
                             postgres::kAdminRole,
                             "-R",
                             "--checkpoint=fast",
                             "--no-sync"};
        command.account = m_account;
        auto made = postgres::KeptProcess::start(command);
        require(made && (*made)->wait(120'000), "pg_basebackup");
    }
    ~RealServer() { stop(); }

    /// Lines of pg_hba.conf for TCP; sockets are trusted. Counts from the next start, or reload().
    void setAccess(const std::string &lines)
    {
        writeFile(m_data + "/pg_hba.conf", "local all all trust\nlocal replication all trust\n" + lines, m_account);
    }

    void start(const std::vector<std::string> &settings = {})
    {
        stop();
        postgres::Command command;
        command.arguments = {m_programs.folder + "/postgres", "-D", m_data};
        std::vector<std::string> all{"listen_addresses=127.0.0.1",
                                     "port=" + std::to_string(m_port),
                                     "unix_socket_directories=" + m_data,
                                     "fsync=off",
                                     "max_connections=30",
                                     "wal_level=replica",
                                     "password_encryption=scram-sha-256"};
        all.insert(all.end(), settings.begin(), settings.end());
        for (const std::string &setting : all) {
            command.arguments.emplace_back("-c");
            command.arguments.push_back(setting);
        }
        command.outputFile = m_scratch.path("log");
        command.account = m_account;
        command.deathSignal = SIGQUIT;
        auto started = postgres::KeptProcess::start(command);
        require(static_cast<bool>(started), "postgres");
        m_server = std::move(*started);
        for (int tries = 0; !postgres::Connection::open(socketParameters("postgres")); ++tries) {
            require(tries < 1'000 && m_server->running(), "postgres does not start");
            usleep(20'000);
        }
    }
    void stop()
    {
        if (!m_server)
            return;
        m_server->signal(SIGINT);
        m_server->wait(20'000);
        m_server.reset();
    }
    void startTls(const Certificates &certificates, const char *name)
    {
        start({"ssl=on", "ssl_cert_file=" + certificates.path(name, ".crt"),
               "ssl_key_file=" + certificates.path(name, ".key")});
    }
    /// From the next start it follows a server that is not there, so it takes no writes.
    void becomeStandby() { writeFile(m_data + "/standby.signal", "", m_account); }

    void deploy()
    {
        require(static_cast<bool>(admin("postgres").execute("CREATE DATABASE gym")), "CREATE DATABASE");
        auto session = admin();
        auto done = server::init(session);
        require(static_cast<bool>(done), done ? "" : done.error().message);
    }

    postgres::Parameters socketParameters(const std::string &database) const
    {
        return {
            {"host", m_data}, {"port", std::to_string(m_port)}, {"user", postgres::kAdminRole}, {"dbname", database}};
    }
    server::Session admin(const std::string &database = "gym") const
    {
        auto connection = postgres::Connection::open(socketParameters(database));
        require(static_cast<bool>(connection), connection ? "" : connection.error().message);
        return server::Session(std::move(*connection));
    }
    /// Attempts are shared by slots: forgotten where a test is not about them.
    void forgetAttempts() const
    {
        auto session = admin();
        asked(session,
              "SELECT setval(c.oid, 1) FROM pg_class c WHERE c.relkind = 'S' AND c.relname LIKE 'auth_slot_%'");
    }
    /// Over TCP, to the name that the certificates are for.
    std::string dsn(const std::string &more = {}) const
    {
        return "host=gym.test hostaddr=127.0.0.1 port=" + std::to_string(m_port) + " dbname=gym " + more;
    }
    std::string socketDsn() const { return "host=" + m_data + " port=" + std::to_string(m_port) + " dbname=gym"; }
    std::string socketFolder() const { return m_data; }
    int port() const { return m_port; }
    const postgres::Account &account() const { return m_account; }
    std::string path(const char *name) const { return m_scratch.path(name); }

private:
    Scratch m_scratch;
    postgres::Account m_account;
    postgres::Programs m_programs;
    int m_port;
    std::string m_data;
    std::unique_ptr<postgres::KeptProcess> m_server;
};

/// Takes one connection after another, answers SSLRequest with `answer` (nothing when empty), and keeps what else came.
class Listener {
public:
    explicit Listener(std::string answer) : m_answer(std::move(answer))
    {
        std::tie(m_listener, m_port) = listenOnLoopback();
        require(m_listener >= 0, "listen");
        m_thread = std::thread([this] { serve(); });
    }
    ~Listener() { end(); }

    int port() const { return m_port; }
    /// All bytes of all connections. Ends the listening.
    std::string heard()
    {
        end();
        return m_heard;
    }

private:
    void end()
    {
        if (!m_thread.joinable())
            return;
        shutdown(m_listener, SHUT_RDWR);
        m_thread.join();
        close(m_listener);
    }
    void serve()
    {
        for (int peer = 0; (peer = accept(m_listener, nullptr, nullptr)) >= 0;) {
            const timeval patience = {3, 0};
            setsockopt(peer, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
            char bytes[4096];
            bool answered = false;
            for (ssize_t got = 0; (got = recv(peer, bytes, sizeof bytes, 0)) > 0;) {
                m_heard.append(bytes, static_cast<std::size_t>(got));
                if (!answered && !m_answer.empty())
                    (void)!send(peer, m_answer.data(), m_answer.size(), MSG_NOSIGNAL);
                answered = true;
            }
            close(peer);
        }
    }

    std::string m_answer;
    std::string m_heard;
    int m_listener = -1;
    int m_port = 0;
    std::thread m_thread;
};

} // namespace sqlgym::tests
