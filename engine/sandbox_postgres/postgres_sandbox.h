// PostgreSQL 15 itself as a sandbox: exact mode, the tests' oracle, and the judge's engine.
#pragma once

#include "postgres/parameters.h"
#include "sandbox/sandbox.h"

#include <cstddef>
#include <memory>
#include <string>

namespace sqlgym::sandbox_postgres {

/// Each run happens as a restricted role in BEGIN ... ROLLBACK, DISCARD ALL, in the dataset's own database; after a run
/// that changed data, was cut off or broke something, that database is made anew for the next.
///
/// Limits: time by this process's clock (the server is asked to stop at the limit; a session that goes on for 100 ms
///   more is killed). Memory by a cap on the address space of the session's process (private cluster only) and on the
///   size of the result. A server at a DSN is asked and believed; there, only the result and the server's own "out of
///   memory" count.
/// Declined: what the gate names (COPY, DO, functions that wait or read files, ...), and what the role may not do.
/// Status::Failed: no PostgreSQL, or it broke; the diagnostic says how (SQLSTATE 58000).
class PostgresSandbox : public sandbox::Sandbox {
public:
    /// Datasets kept as databases: about 8 MB of disk and a session each. More are dropped, longest unused first, and
    /// made again when needed.
    static constexpr std::size_t kMostDatabases = 12;

    /// On a private cluster kept in `clusterFolder`, started when first needed and stopped with this object.
    explicit PostgresSandbox(std::string clusterFolder, std::size_t mostDatabases = kMostDatabases);
    /// On the server of `dsn`.
    explicit PostgresSandbox(postgres::Parameters dsn);
    ~PostgresSandbox() override;

    /// Starts the server now instead of at the first load or run. Ok or Failed.
    sandbox::Outcome start();

    sandbox::Outcome load(const std::string &dataset, const std::string &setup) override;
    sandbox::Outcome run(const sandbox::Request &request, base::CancelToken &cancel) override;

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace sqlgym::sandbox_postgres
