#include "postgres/private_cluster.h"

#include "postgres/leftovers.h"

#include <chrono>
#include <csignal>
#include <fcntl.h>
#include <fstream>
#include <sstream>
#include <thread>
#include <unistd.h>

namespace sqlgym::postgres {

namespace {

constexpr int kInitdbMs = 120'000;
constexpr int kStartMs = 60'000;
/// An immediate stop takes milliseconds, unless a process does not hear of it.
constexpr int kQuitMs = 2'000;
constexpr std::size_t kLongestSocketFolder = 107 - sizeof("/.s.PGSQL.5432") + 1;

const std::vector<std::string> &serverSettings()
{
    static const std::vector<std::string> settings = {
        "listen_addresses=",
        // Relative to the data directory, where the server lives: no path is too long for it.
        "unix_socket_directories=.",
        "unix_socket_permissions=0700",
        "port=5432",
        "max_connections=72",
        "shared_buffers=32MB",
        "dynamic_shared_memory_type=mmap", // in the folder: nothing is left behind in /dev/shm
        "temp_file_limit=1GB",
        "max_prepared_transactions=0",
        "max_wal_senders=0",
        "wal_level=minimal",
        "max_wal_size=256MB",
        "fsync=off",
        "full_page_writes=off",
        "synchronous_commit=off",
        "autovacuum=off", // plans, and so the order of rows, stay what they were
        "jit=off",
        "max_parallel_workers=0",
        "max_parallel_workers_per_gather=0",
        "max_parallel_maintenance_workers=0",
        "max_logical_replication_workers=0",
        "track_activities=off",
        "logging_collector=off",
        "log_destination=stderr",
        "log_min_messages=fatal",
        "log_min_error_statement=panic",
        "log_timezone=UTC",
        "TimeZone=UTC",
        "DateStyle=ISO,MDY",
        "lc_messages=C",
        "lc_monetary=C",
        "lc_numeric=C",
        "lc_time=C",
        "default_text_search_config=pg_catalog.english",
        "local_preload_libraries=",
        "shared_preload_libraries=",
    };
    return settings;
}

} // namespace

PrivateCluster::PrivateCluster(ClusterFolder folder, Programs programs, Account account)
    : m_folder(std::move(folder)), m_programs(std::move(programs)), m_account(account)
{
}

base::Result<std::unique_ptr<PrivateCluster>> PrivateCluster::start(const std::string &folder)
{
    auto programs = findPrograms();
    if (!programs)
        return programs.error();
    return start(folder, *programs);
}

base::Result<std::unique_ptr<PrivateCluster>> PrivateCluster::start(const std::string &folder, const Programs &programs)
{
    const Account account = serverAccount();
    auto taken = ClusterFolder::take(folder, account);
    if (!taken)
        return taken.error();
    std::unique_ptr<PrivateCluster> cluster(new PrivateCluster(std::move(*taken), programs, account));
    const bool reused = cluster->m_folder.usable();
    base::Result<void> started;
    if (reused)
        started = cluster->startServer();
    // A cluster that does not start any more is made anew: it holds nothing of worth.
    if (!reused || !started) {
        cluster->m_server.reset();
        if (auto made = cluster->make(); !made)
            return made.error();
        started = cluster->startServer();
    }
    if (!started)
        return started.error();
    return cluster;
}

PrivateCluster::~PrivateCluster()
{
    if (m_server && m_server->running()) {
        m_server->signal(SIGINT); // "fast": sessions are ended, files left in order
        if (const auto status = m_server->wait(3000); status && endedWell(*status))
            m_folder.markRunning(false);
        else
            m_server->signal(SIGQUIT);
        const bool ended = m_server->wait(kQuitMs).has_value();
        m_server.reset();
        if (!ended)
            killProcessesIn(m_folder.data());
    }
    m_server.reset();
    closeSocketFolder();
}

base::Result<void> PrivateCluster::make()
{
    m_folder.clear();
    Command command;
    command.arguments = {m_programs.folder + "/initdb",
                         "-D",
                         m_folder.making(),
                         "-U",
                         kAdminRole,
                         "-E",
                         "UTF8",
                         "--locale=C.UTF-8",
                         "--lc-messages=C",
                         "--auth=trust",
                         "--no-sync",
                         "--no-instructions"};
    command.outputFile = m_folder.log();
    command.account = m_account;
    command.keptDescriptor = m_folder.lockDescriptor();
    auto initdb = KeptProcess::start(command);
    if (!initdb)
        return initdb.error();
    const auto status = (*initdb)->wait(kInitdbMs);
    if (!status || !endedWell(*status))
        return base::Error{"postgres", "initdb", "PostgreSQL could not make its files. " + lastWords()};
    return m_folder.adopt();
}

base::Result<void> PrivateCluster::startServer()
{
    Command command;
    command.arguments = {m_programs.folder + "/postgres", "-D", m_folder.data()};
    for (const auto &setting : serverSettings()) {
        command.arguments.push_back("-c");
        command.arguments.push_back(setting);
    }
    command.outputFile = m_folder.log();
    command.account = m_account;
    command.deathSignal = SIGQUIT; // "immediate": the server takes its own processes with it
    command.keptDescriptor = m_folder.lockDescriptor();

    closeSocketFolder();
    m_socketFolder = m_folder.data();
    if (m_socketFolder.size() > kLongestSocketFolder) {
        m_socketDescriptor = open(m_socketFolder.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC);
        m_socketFolder = "/proc/self/fd/" + std::to_string(m_socketDescriptor);
    }
    m_folder.markRunning(true);
    auto server = KeptProcess::start(command);
    if (!server)
        return server.error();
    m_server = std::move(*server);
    if (auto up = awaitServer(); !up)
        return up;
    return prepareRoles();
}

base::Result<void> PrivateCluster::awaitServer()
{
    const auto until = std::chrono::steady_clock::now() + std::chrono::milliseconds(kStartMs);
    const std::string socket = m_folder.data() + "/.s.PGSQL.5432";
    while (std::chrono::steady_clock::now() < until) {
        if (m_server->wait(2))
            break;
        if (access(socket.c_str(), F_OK) != 0)
            continue;
        const auto connection = Connection::open(parameters(kAdminRole, "postgres"));
        if (connection)
            return {};
        if (!connection.error().transient)
            return base::Error{"postgres", "start",
                               "The private PostgreSQL refuses us: " + connection.error().message + "."};
    }
    return base::Error{"postgres", "start", "PostgreSQL did not start. " + lastWords()};
}

base::Result<void> PrivateCluster::prepareRoles()
{
    auto admin = Connection::open(parameters(kAdminRole, "postgres"));
    if (!admin)
        return admin.error();
    const auto known = admin->execute("SELECT FROM pg_roles WHERE rolname = " + quoteLiteral(kLearnerRole));
    if (!known)
        return known.error();
    if (known->rowCount() > 0)
        return {};
    std::string sql = "BEGIN; CREATE ROLE ";
    sql += kLearnerRole;
    sql += " LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOINHERIT NOREPLICATION NOBYPASSRLS;"
           "REVOKE ALL ON DATABASE postgres, template1 FROM PUBLIC; COMMIT";
    const auto made = admin->execute(sql);
    if (!made)
        return made.error();
    return {};
}

Parameters PrivateCluster::parameters(const std::string &role, const std::string &database) const
{
    return {{"host", m_socketFolder}, {"port", "5432"},       {"user", role},
            {"dbname", database},     {"sslmode", "disable"}, {"options", sessionOptions()}};
}

bool PrivateCluster::killBackend(pid_t backend) const { return signalBackend(backend, SIGQUIT); }
bool PrivateCluster::interruptBackend(pid_t backend) const { return signalBackend(backend, SIGINT); }

bool PrivateCluster::signalBackend(pid_t backend, int number) const
{
    if (backend <= 1 || !running())
        return false;
    std::ifstream status("/proc/" + std::to_string(backend) + "/status");
    for (std::string line; std::getline(status, line);) {
        if (line == "PPid:\t" + std::to_string(serverPid()))
            return kill(backend, number) == 0;
    }
    return false;
}

base::Result<void> PrivateCluster::restart()
{
    if (m_server) {
        m_server->signal(SIGQUIT);
        m_server->wait(kQuitMs);
        m_server.reset();
    }
    killProcessesIn(m_folder.data());
    return startServer();
}

std::string PrivateCluster::lastWords() const
{
    std::ifstream log(m_folder.log());
    std::string words;
    for (std::string line; std::getline(log, line);) {
        if (!line.empty())
            words += (words.empty() ? "" : " ") + line;
    }
    constexpr std::size_t kMost = 600;
    return words.size() > kMost ? "..." + words.substr(words.size() - kMost) : words;
}

void PrivateCluster::closeSocketFolder()
{
    if (m_socketDescriptor >= 0)
        close(m_socketDescriptor);
    m_socketDescriptor = -1;
}

} // namespace sqlgym::postgres
