// BEGIN, COMMIT, ROLLBACK and savepoints: versions of the database to go back to.
#pragma once

#include "exec/database.h"
#include "exec/execution.h"

#include <string>
#include <vector>

namespace sqlgym::exec {

/// One script's transaction. A script that is sent at once is one implicit transaction, which BEGIN makes an explicit
/// one (PostgreSQL manual, 55.2.2.1): where that decides what a ROLLBACK takes back, it is declined.
class TransactionBlock {
public:
    /// Call before any statement that may change the database.
    void noteChange() { m_changed = true; }
    /// The command tag; empty when the run has been stopped.
    std::string apply(const sql::TransactionStatement &statement, Execution &run, Database &database);

private:
    struct Version {
        std::string savepoint; ///< empty: BEGIN
        Database database;
    };
    bool open() const { return !m_versions.empty(); }
    std::string begin(const Database &database);
    std::string rollback(Execution &run, Database &database);
    std::string toSavepoint(const sql::TransactionStatement &statement, Execution &run, Database &database);

    std::vector<Version> m_versions;
    bool m_changed = false;       ///< since the last COMMIT, or the script's start
    bool m_changedBefore = false; ///< when BEGIN came
};

} // namespace sqlgym::exec
