// All or nothing.
#pragma once

#include "base/result.h"

namespace sqlgym::sqlite {

class Database;

enum class TransactionKind : unsigned char {
    Read,  ///< one unchanging view of the file
    Write, ///< takes the write lock at once, so that it cannot fail half-way for want of it
};

/// Rolled back when it goes out of scope without commit(). Must not outlive its Database.
class Transaction {
public:
    static base::Result<Transaction> begin(Database &database, TransactionKind kind = TransactionKind::Write);
    Transaction(Transaction &&other) noexcept;
    Transaction &operator=(Transaction &&) = delete;
    ~Transaction();

    /// A failed commit is rolled back.
    base::Result<void> commit();

private:
    explicit Transaction(Database &database) : m_database(&database) {}
    Database *m_database;
};

} // namespace sqlgym::sqlite
