// The sandbox's server as a private cluster.
#include "postgres/private_cluster.h"
#include "sandbox_postgres/server.h"

#include <chrono>
#include <csignal>
#include <thread>

namespace sqlgym::sandbox_postgres {

namespace {

constexpr char kDatabasePrefix[] = "sqlgym_db_";
constexpr auto kRecovery = std::chrono::seconds(20);
/// A process that was told to quit and is there after so long hears nothing.
constexpr auto kDying = std::chrono::seconds(3);
constexpr char kConnectSeconds[] = "5";

class PrivateServer : public Server {
public:
    explicit PrivateServer(std::string folder) : m_folder(std::move(folder)) {}
    ~PrivateServer() override { forgetAdmin(); }

    base::Result<void> up() override
    {
        if (m_cluster && m_cluster->running())
            return {};
        forgetAdmin();
        if (m_cluster) {
            if (m_cluster->restart())
                return {};
            m_cluster.reset();
        }
        auto started = postgres::PrivateCluster::start(m_folder);
        if (!started)
            return started.error();
        m_cluster = std::move(*started);
        useTemplate("sqlgym_template_1", kDatabasePrefix, postgres::kLearnerRole);
        dropLeftovers();
        return prepareTemplate(postgres::kLearnerRole);
    }

    base::Result<postgres::Connection> connect(const std::string &database) override
    {
        return patiently(postgres::kLearnerRole, database);
    }

    void endBackend(int backendPid) override
    {
        if (m_cluster && m_cluster->killBackend(backendPid)) {
            allSessionsEnded();
            m_ending = backendPid;
        }
    }

    bool interrupt(int backendPid) override { return m_cluster && m_cluster->interruptBackend(backendPid); }

    bool limitsMemory() const override { return true; }

protected:
    base::Result<postgres::Connection> connectAdmin(const std::string &database) override
    {
        return patiently(postgres::kAdminRole, database);
    }

    void wedged() override
    {
        allSessionsEnded();
        m_ending = 0;
        if (m_cluster && !m_cluster->restart())
            m_cluster.reset();
    }

private:
    /// After a session was killed the server recovers for a moment.
    base::Result<postgres::Connection> patiently(const char *role, const std::string &database)
    {
        const auto until = std::chrono::steady_clock::now() + kRecovery;
        // As long as it is there the server has not noticed, and would open sessions only to end them.
        const auto dead = std::chrono::steady_clock::now() + kDying;
        while (m_ending > 0 && kill(m_ending, 0) == 0 && std::chrono::steady_clock::now() < dead)
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        if (m_ending > 0 && kill(m_ending, 0) == 0)
            wedged();
        m_ending = 0;
        bool woken = false;
        while (true) {
            if (!m_cluster)
                return base::Error{"sandbox_postgres", "stopped", "The private PostgreSQL is not running.", true};
            auto parameters = m_cluster->parameters(role, database);
            parameters["connect_timeout"] = kConnectSeconds;
            auto connection = postgres::Connection::open(parameters);
            if (connection || std::chrono::steady_clock::now() > until)
                return connection;
            if (m_cluster->running() && !woken &&
                connection.error().message.find("timeout expired") != std::string::npos) {
                woken = true;
                wedged();
                continue;
            }
            if (!connection.error().transient || !m_cluster->running())
                return connection;
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
        }
    }

    /// Databases of an owner that did not end in order.
    void dropLeftovers()
    {
        const auto found = administer("SELECT datname FROM pg_database WHERE starts_with(datname, '" +
                                      std::string(kDatabasePrefix) + "')");
        for (int row = 0; found && row < found->rowCount(); ++row)
            dropDatabase(std::string(*found->cell(row, 0)));
    }

    std::string m_folder;
    int m_ending = 0; ///< the process that was ended by force, until the next connection
    std::unique_ptr<postgres::PrivateCluster> m_cluster;
};

} // namespace

std::unique_ptr<Server> privateServer(std::string folder) { return std::make_unique<PrivateServer>(std::move(folder)); }

} // namespace sqlgym::sandbox_postgres
