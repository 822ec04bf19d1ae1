#include "exec/transaction_block.h"

#include <algorithm>

namespace sqlgym::exec {

using sql::TransactionAction;

std::string TransactionBlock::begin(const Database &database)
{
    if (!open()) {
        m_changedBefore = m_changed;
        m_versions.push_back({{}, database});
    }
    return "BEGIN";
}

std::string TransactionBlock::rollback(Execution &run, Database &database)
{
    if (open() ? m_changedBefore : m_changed) {
        run.stop.decline("ROLLBACK after changes made before BEGIN");
        return {};
    }
    if (open())
        database = m_versions.front().database;
    m_versions.clear();
    m_changed = false;
    return "ROLLBACK";
}

std::string TransactionBlock::toSavepoint(const sql::TransactionStatement &statement, Execution &run,
                                          Database &database)
{
    const auto found = std::find_if(m_versions.rbegin(), m_versions.rend(),
                                    [&](const Version &version) { return version.savepoint == statement.savepoint; });
    if (found == m_versions.rend()) {
        run.cx.fail("3B001", "savepoint \"" + statement.savepoint + "\" does not exist");
        return {};
    }
    const auto index = static_cast<std::size_t>(m_versions.rend() - found) - 1;
    const bool back = statement.action == TransactionAction::RollbackTo;
    if (back)
        database = m_versions[index].database;
    m_versions.resize(index + (back ? 1 : 0));
    return back ? "ROLLBACK" : "RELEASE";
}

std::string TransactionBlock::apply(const sql::TransactionStatement &statement, Execution &run, Database &database)
{
    switch (statement.action) {
    case TransactionAction::Begin:
        return begin(database);
    case TransactionAction::Commit:
        m_versions.clear();
        m_changed = false;
        return "COMMIT";
    case TransactionAction::Rollback:
        return rollback(run, database);
    case TransactionAction::Savepoint:
    case TransactionAction::Release:
    case TransactionAction::RollbackTo:
        break;
    }
    if (!open()) {
        run.stop.decline("savepoints outside BEGIN and COMMIT");
        return {};
    }
    if (statement.action != TransactionAction::Savepoint)
        return toSavepoint(statement, run, database);
    m_versions.push_back({statement.savepoint, database});
    return "SAVEPOINT";
}

} // namespace sqlgym::exec
