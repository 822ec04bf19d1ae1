// The words the gate knows: what a statement may begin with, and names that are declined.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace sqlgym::sandbox_postgres {

enum class StatementKind {
    Query,       ///< SELECT, VALUES, TABLE, WITH, SHOW, EXPLAIN: changes nothing by itself
    Session,     ///< settings, cursors, prepared statements, savepoints: undone with the run
    Change,      ///< data and definitions
    Transaction, ///< BEGIN, COMMIT, ROLLBACK
    Declined,
};

struct StatementClass {
    StatementKind kind = StatementKind::Declined;
    std::string name; ///< Declined: "COPY", "CREATE FUNCTION"
};

/// `words` are the first tokens of a statement in lower case (enough of them: eight).
StatementClass classify(const std::vector<std::string> &words);

/// A setting whose change would reach past the run or lift its limits ("statement_timeout").
bool isGuardedSetting(std::string_view name);

/// A function that waits, reads files, talks to other sessions or runs text as SQL ("pg_sleep").
bool isGuardedFunction(std::string_view name);

/// The same as SQL: a condition on pg_proc.proname, for taking EXECUTE away.
std::string guardedFunctionsCondition();

} // namespace sqlgym::sandbox_postgres
