// A PostgreSQL 15 of our own: unseen, without a network, and gone when this program is.
#pragma once

#include "base/result.h"
#include "postgres/cluster_folder.h"
#include "postgres/connection.h"
#include "postgres/kept_process.h"
#include "postgres/programs.h"

#include <cstdint>
#include <memory>
#include <string>

namespace sqlgym::postgres {

/// The role that may do everything; used for administration only.
inline constexpr char kAdminRole[] = "sqlgym_admin";
/// The role as which every learner's statement runs.
inline constexpr char kLearnerRole[] = "sqlgym_learner";

/// initdb'd once in a cache folder (39 MB), started for each owner; a socket in that folder (0700) is the only way in.
/// Durability is off: it holds nothing that could not be made again. One thread uses it.
class PrivateCluster {
public:
    /// Blocks until the server takes connections: about 0.1 s, and 0.5 s more the first time.
    ///
    /// Errors: postgres/not_installed, wrong_version  see findPrograms().
    ///         postgres/folder  see ClusterFolder::take().
    ///         postgres/initdb, postgres/start  the programs failed; the message ends with their last words.
    static base::Result<std::unique_ptr<PrivateCluster>> start(const std::string &folder);
    static base::Result<std::unique_ptr<PrivateCluster>> start(const std::string &folder, const Programs &programs);

    ~PrivateCluster();

    Parameters parameters(const std::string &role, const std::string &database) const;
    const Programs &programs() const { return m_programs; }
    /// The data directory.
    std::string folder() const { return m_folder.data(); }
    pid_t serverPid() const { return m_server ? m_server->pid() : -1; }
    bool running() const { return m_server && m_server->running(); }

    /// Ends a server process of ours that listens to nothing else, at once. The server drops every session and recovers
    /// within a moment; connections made then may have to be retried. False: `backend` is none of the server's.
    bool killBackend(pid_t backend) const;
    /// Asks it to give up its statement, without a connection: works while the server takes none.
    bool interruptBackend(pid_t backend) const;
    /// Stops the server the hard way, whatever its processes are caught in, and starts it again.
    base::Result<void> restart();

private:
    PrivateCluster(ClusterFolder folder, Programs programs, Account account);
    base::Result<void> make();
    base::Result<void> startServer();
    base::Result<void> awaitServer();
    base::Result<void> prepareRoles();
    std::string lastWords() const;
    void closeSocketFolder();
    bool signalBackend(pid_t backend, int number) const;

    ClusterFolder m_folder;
    Programs m_programs;
    Account m_account;
    std::string m_socketFolder;
    int m_socketDescriptor = -1;
    std::unique_ptr<KeptProcess> m_server;
};

} // namespace sqlgym::postgres
