// Statements about the session: transactions and settings.
#pragma once

#include <cstdint>
#include <string>

namespace sqlgym::sql {

enum class TransactionAction : std::uint8_t { Begin, Commit, Rollback, Savepoint, Release, RollbackTo };

struct TransactionStatement {
    TransactionAction action = TransactionAction::Begin;
    std::string savepoint;
};

/// SET and SHOW of one parameter. SET with an empty name: RESET ALL.
struct SettingStatement {
    std::string name;
    std::string value; ///< SHOW: what it is unless SET has changed it
};

} // namespace sqlgym::sql
