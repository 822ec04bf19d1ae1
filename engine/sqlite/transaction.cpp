#include "sqlite/transaction.h"

#include "sqlite/database.h"

#include <sqlite3.h>
#include <utility>

namespace sqlgym::sqlite {

base::Result<Transaction> Transaction::begin(Database &database, TransactionKind kind)
{
    if (auto begun = database.execute(kind == TransactionKind::Write ? "BEGIN IMMEDIATE" : "BEGIN"); !begun)
        return begun.error();
    return Transaction(database);
}

Transaction::Transaction(Transaction &&other) noexcept : m_database(std::exchange(other.m_database, nullptr)) {}

Transaction::~Transaction()
{
    // A full disk or a damaged page may already have rolled back.
    if (m_database && m_database->inTransaction())
        sqlite3_exec(m_database->handle(), "ROLLBACK", nullptr, nullptr, nullptr);
}

base::Result<void> Transaction::commit()
{
    auto committed = m_database->execute("COMMIT");
    if (committed)
        m_database = nullptr;
    return committed;
}

} // namespace sqlgym::sqlite
