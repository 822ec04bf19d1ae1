// The PostgreSQL server behind a sandbox: a private cluster, or one that the caller points at.
#pragma once

#include "base/result.h"
#include "postgres/connection.h"

#include <cstdint>
#include <map>
#include <memory>
#include <string>

namespace sqlgym::sandbox_postgres {

/// Makes and drops databases; says how to log in to them as the restricted role. Starts when first asked.
class Server {
public:
    virtual ~Server() = default;

    /// Ready to make databases; the first call may take a second. Errors are those of what stands behind it.
    virtual base::Result<void> up() = 0;
    /// A session of the restricted role in `database`.
    virtual base::Result<postgres::Connection> connect(const std::string &database) = 0;
    /// Asks a session to give up its statement. False: ask by its connection.
    virtual bool interrupt(int) { return false; }
    /// Ends a session that does not answer any more, by all means there are.
    virtual void endBackend(int backendPid) = 0;
    /// How often a session was ended in a way that ends all others. A connection shows that only when it is used, and
    /// what was committed just before may be lost.
    std::uint64_t endings() const { return m_endings; }
    /// The backends are processes of this machine that we may watch and limit.
    virtual bool limitsMemory() const = 0;

    /// A database made from the prepared template: empty, UTF8, C.UTF-8. Returns its name.
    base::Result<std::string> createDatabase();
    void dropDatabase(const std::string &name);

protected:
    virtual base::Result<postgres::Connection> connectAdmin(const std::string &database) = 0;
    /// Makes the template for `role`: it owns the schema public, and may not call what the gate guards. Kept if there.
    base::Result<void> prepareTemplate(const std::string &role);
    base::Result<postgres::Connection *> admin();
    /// One command of an administrator's. A server that does not answer it is wedged().
    base::Result<postgres::ResultSet> administer(const std::string &sql);
    /// It does not answer. What can be done about it is done.
    virtual void wedged() { forgetAdmin(); }
    void forgetAdmin() { m_admin.reset(); }
    void allSessionsEnded()
    {
        forgetAdmin();
        ++m_endings;
    }
    void useTemplate(std::string name, std::string prefix, std::string role);

private:
    std::unique_ptr<postgres::Connection> m_admin;
    std::string m_template = "template0";
    std::string m_prefix;
    std::string m_role;
    std::uint64_t m_made = 0;
    std::uint64_t m_endings = 0;
};

/// On a private cluster kept in `folder`.
std::unique_ptr<Server> privateServer(std::string folder);

/// On the server of `dsn` (PostgreSQL 15, a role that may create databases). A superuser makes a restricted role for
/// the learner's statements and removes it at the end; another role runs them itself.
std::unique_ptr<Server> serverAt(postgres::Parameters dsn);

} // namespace sqlgym::sandbox_postgres
