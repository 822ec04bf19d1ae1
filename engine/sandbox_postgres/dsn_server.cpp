// The sandbox's server as one that somebody else runs.
#include "base/uuid.h"
#include "postgres/programs.h"
#include "sandbox_postgres/server.h"

namespace sqlgym::sandbox_postgres {

namespace {

class DsnServer : public Server {
public:
    explicit DsnServer(postgres::Parameters dsn) : m_admin(std::move(dsn))
    {
        m_admin["options"] = postgres::sessionOptions();
        m_learner = m_admin;
    }
    ~DsnServer() override
    {
        removeTraces();
        forgetAdmin();
    }

    base::Result<void> up() override
    {
        if (m_ready)
            return {};
        auto session = admin();
        if (!session)
            return session.error();
        const int major = (*session)->serverVersion() / 10'000;
        if (major != postgres::kMajorVersion)
            return base::Error{"sandbox_postgres", "wrong_version",
                               "This server is PostgreSQL " + std::to_string(major) +
                                   "; only PostgreSQL 15 gives the answers that count here."};
        const auto settings = (*session)->execute(
            "SELECT current_setting('is_superuser'), current_setting('lc_messages') ~ '^(|C|POSIX|C\\..*|en_.*)$'");
        if (!settings)
            return settings.error();
        if (*settings->cell(0, 1) != "t")
            return base::Error{"sandbox_postgres", "wrong_messages",
                               "This server does not speak English (lc_messages): its messages cannot be compared."};
        const std::string mark = base::randomUuid().substr(0, 8);
        if (*settings->cell(0, 0) == "on") {
            if (auto made = makeLearner("sqlgym_learner_" + mark); !made)
                return made;
        } else {
            useTemplate("template0", "sqlgym_db_" + mark + "_", "");
        }
        m_ready = true;
        return {};
    }

    base::Result<postgres::Connection> connect(const std::string &database) override
    {
        postgres::Parameters parameters = m_learner;
        parameters["dbname"] = database;
        return postgres::Connection::open(parameters);
    }

    void endBackend(int backendPid) override
    {
        if (auto session = admin())
            (void)(*session)->execute("SELECT pg_terminate_backend(" + std::to_string(backendPid) + ")");
    }

    bool limitsMemory() const override { return false; }

protected:
    base::Result<postgres::Connection> connectAdmin(const std::string &database) override
    {
        postgres::Parameters parameters = m_admin;
        if (database != "postgres" || parameters["dbname"].empty())
            parameters["dbname"] = database;
        return postgres::Connection::open(parameters);
    }

private:
    base::Result<void> makeLearner(const std::string &role)
    {
        const std::string password = base::randomUuid();
        auto session = admin();
        if (!session)
            return session.error();
        const auto made = (*session)->execute("CREATE ROLE " + role +
                                              " LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOINHERIT NOREPLICATION"
                                              " NOBYPASSRLS PASSWORD " +
                                              postgres::quoteLiteral(password));
        if (!made)
            return made.error();
        m_role = role;
        m_learner["user"] = role;
        m_learner["password"] = password;
        m_template = "sqlgym_template_" + role.substr(role.size() - 8);
        useTemplate(m_template, "sqlgym_db_" + role.substr(role.size() - 8) + "_", role);
        return prepareTemplate(role); // what is made is removed with us
    }

    void removeTraces()
    {
        if (m_role.empty())
            return;
        dropDatabase(m_template);
        if (auto session = admin())
            (void)(*session)->execute("DROP ROLE IF EXISTS " + m_role);
        m_role.clear();
    }

    postgres::Parameters m_admin;
    postgres::Parameters m_learner;
    std::string m_role;
    std::string m_template;
    bool m_ready = false;
};

} // namespace

std::unique_ptr<Server> serverAt(postgres::Parameters dsn) { return std::make_unique<DsnServer>(std::move(dsn)); }

} // namespace sqlgym::sandbox_postgres
