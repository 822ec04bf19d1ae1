#include "sandbox_postgres/server.h"

#include "sandbox_postgres/gate_words.h"

namespace sqlgym::sandbox_postgres {

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
    auto session = admin();
    if (!session)
        return session.error();
    // The comment says that it is whole: a template that was being made when we were killed has none.
    const auto known = (*session)->execute("SELECT FROM pg_database d JOIN pg_shdescription c ON c.objoid = d.oid"
                                           " WHERE d.datname = " +
                                           quoteLiteral(m_template) + " AND c.description = 'complete'");
    if (!known)
        return known.error();
    if (known->rowCount() > 0)
        return {};
    dropDatabase(m_template);
    const std::string name = quoteIdentifier(m_template);
    if (auto made = (*session)->execute("CREATE DATABASE " + name +
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
            if (auto done = inside->execute(statement); !done)
                return done.error();
        }
    }
    if (auto done = (*session)->execute("REVOKE ALL ON DATABASE " + name + " FROM PUBLIC; COMMENT ON DATABASE " + name +
                                        " IS 'complete'");
        !done)
        return done.error();
    return {};
}

base::Result<std::string> Server::createDatabase()
{
    if (auto ready = up(); !ready)
        return ready.error();
    auto session = admin();
    if (!session)
        return session.error();
    const std::string name = m_prefix + std::to_string(++m_made);
    const std::string quoted = postgres::quoteIdentifier(name);
    dropDatabase(name);
    auto made = (*session)->execute("CREATE DATABASE " + quoted + " TEMPLATE " + postgres::quoteIdentifier(m_template) +
                                    " STRATEGY file_copy ENCODING 'UTF8' LC_COLLATE 'C.UTF-8' LC_CTYPE 'C.UTF-8'");
    if (!made)
        return made.error();
    if (!m_role.empty()) {
        made = (*session)->execute("GRANT CONNECT, CREATE, TEMPORARY ON DATABASE " + quoted + " TO " +
                                   postgres::quoteIdentifier(m_role));
        if (!made)
            return made.error();
    }
    return name;
}

void Server::dropDatabase(const std::string &name)
{
    if (auto session = admin())
        (void)(*session)->execute("DROP DATABASE IF EXISTS " + postgres::quoteIdentifier(name) + " WITH (FORCE)");
}

} // namespace sqlgym::sandbox_postgres
