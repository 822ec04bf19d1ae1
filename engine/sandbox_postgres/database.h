// A dataset as a database of its own, with the session in which its runs happen.
#pragma once

#include "base/result.h"
#include "sandbox_postgres/execution.h"
#include "sandbox_postgres/gate.h"
#include "sandbox_postgres/server.h"
#include "sandbox_postgres/session.h"

#include <map>
#include <memory>
#include <optional>
#include <string>

namespace sqlgym::sandbox_postgres {

/// Made when first needed and after every run that could have left a trace; dropped at the end.
class Database {
public:
    Database(Server &server, std::string setup);
    ~Database();
    Database(const Database &) = delete;
    Database &operator=(const Database &) = delete;

    /// Makes it if it is not there: Ok, or what the set-up ran into. A set-up that fails leaves no database.
    sandbox::Outcome make();
    /// Drops it: the next run makes it anew.
    void drop();
    bool made() const { return !m_name.empty(); }

    /// One run on the pristine data. `inspection` is of `request.query`.
    sandbox::Outcome run(const sandbox::Request &request, const Inspection &inspection, base::CancelToken &cancel);

private:
    base::Result<void> connect();
    sandbox::Outcome inTransaction(const sandbox::Request &request, const Inspection &inspection,
                                   base::CancelToken &cancel);
    sandbox::Outcome bare(const sandbox::Request &request, const Inspection &inspection, base::CancelToken &cancel);
    sandbox::Outcome settle(Execution execution);
    bool nameTypes(Execution &execution);
    void abandonSession();

    Server &m_server;
    std::string m_setup;
    std::string m_name;
    bool m_stale = false; ///< there, but no longer pristine
    std::unique_ptr<Session> m_session;
    std::uint64_t m_madeAfter = 0; ///< the server's endings() when the database was made
    std::map<std::uint32_t, std::string> m_typeNames;
};

/// `error` of our own as an outcome.
sandbox::Outcome failedWith(const base::Error &error);

} // namespace sqlgym::sandbox_postgres
