#include "sandbox_postgres/server.h"

#include "sandbox_postgres/gate_words.h"

namespace sqlgym::sandbox_postgres {

namespace {

/// Making a database copies 8 MB; on a machine with much else to do that takes a second or two.
constexpr int kAdministrationMs = 15'000;

} // namespace

base::Result<postgres::Connection *> Server::admin()
{
    if (!m_admin || !m_admin->alive()) {
        auto connection = connectAdmin("postgres");
        if (!connection)
            return connection.error();
        m_admin = std::make_unique<postgres::Connection>(std::move(*connection));
    }
    return m_admin.get();
}

base::Result<postgres::ResultSet> Server::administer(const std::string &sql)
{
    auto session = admin();
    if (!session)
        return session.error();
    auto done = (*session)->execute(sql, kAdministrationMs);
    if (!done && done.error().code == "silent")
        wedged();
    return done;
}

void Server::useTemplate(std::string name, std::string prefix, std::string role)
{
    m_template = std::move(name);
    m_prefix = std::move(prefix);
    m_role = std::move(role);
}

base::Result<void> Server::prepareTemplate(const std::string &role)
{
    using postgres::quoteIdentifier;
    using postgres::quoteLiteral;
    // The comment says that it is whole: a template that was being made when we were killed has none.
    const auto known = administer("SELECT FROM pg_database d JOIN pg_shdescription c ON c.objoid = d.oid"
                                  " WHERE d.datname = " +
                                  quoteLiteral(m_template) + " AND c.description = 'complete'");
    if (!known)
        return known.error();
    if (known->rowCount() > 0)
        return {};
    dropDatabase(m_template);
    const std::string name = quoteIdentifier(m_template);
    if (auto made = administer("CREATE DATABASE " + name +
                               " TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C.UTF-8' LC_CTYPE 'C.UTF-8'");
        !made)
        return made.error();
    {
        auto inside = connectAdmin(m_template);
        if (!inside)
            return inside.error();
        const std::string revoke = "DO $$ DECLARE f regprocedure; BEGIN FOR f IN SELECT oid FROM pg_proc WHERE " +
                                   guardedFunctionsCondition() +
                                   " LOOP EXECUTE 'REVOKE ALL ON FUNCTION ' || f || ' FROM PUBLIC'; END LOOP; END $$";
        for (const auto &statement : {"ALTER SCHEMA public OWNER TO " + quoteIdentifier(role), revoke,
                                      std::string("REVOKE USAGE ON LANGUAGE plpgsql, sql FROM PUBLIC")}) {
            if (auto done = inside->execute(statement, kAdministrationMs); !done)
                return done.error();
        }
    }
    if (auto done = administer("REVOKE ALL ON DATABASE " + name + " FROM PUBLIC; COMMENT ON DATABASE " + name +
                               " IS 'complete'");
        !done)
        return done.error();
    return {};
}

base::Result<std::string> Server::createDatabase()
{
    if (auto ready = up(); !ready)
        return ready.error();
    const std::string name = m_prefix + std::to_string(++m_made);
    const std::string quoted = postgres::quoteIdentifier(name);
    dropDatabase(name);
    auto made = administer("CREATE DATABASE " + quoted + " TEMPLATE " + postgres::quoteIdentifier(m_template) +
                           " STRATEGY file_copy ENCODING 'UTF8' LC_COLLATE 'C.UTF-8' LC_CTYPE 'C.UTF-8'");
    if (!made)
        return made.error();
    if (!m_role.empty()) {
        made = administer("GRANT CONNECT, CREATE, TEMPORARY ON DATABASE " + quoted + " TO " +
                          postgres::quoteIdentifier(m_role));
        if (!made)
            return made.error();
    }
    return name;
}

void Server::dropDatabase(const std::string &name)
{
    (void)administer("DROP DATABASE IF EXISTS " + postgres::quoteIdentifier(name) + " WITH (FORCE)");
}

} // namespace sqlgym::sandbox_postgres
