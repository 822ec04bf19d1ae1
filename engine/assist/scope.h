// What can be named at a place of a statement that is still being written.
#pragma once

#include "assist/scan.h"
#include "assist/tables.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace sqlgym::assist {

struct Column {
    std::string name;
    value::Oid type = 0; ///< 0: not known (yet)
    std::int32_t typmod = -1;
};

struct Relation {
    std::string alias; ///< by which it is named here
    std::string table; ///< the table's or WITH item's name; empty: a subquery or function
    std::vector<Column> columns;
    bool fromWith = false;
};

enum class Clause : std::uint8_t {
    Start, ///< nothing of the statement is written yet
    Select,
    From,
    On,
    Using,
    Where,
    GroupBy,
    Having,
    OrderBy,
    Limit,
    Values,
    Set,
    IntoColumns,
    Other
};

struct Scope {
    Clause clause = Clause::Start;
    bool wantsRelation = false;                ///< after FROM, JOIN, INTO, UPDATE
    bool namesSomething = false;               ///< after AS: whatever stands here is new
    std::string last;                          ///< the word or sign before the place, small
    std::vector<std::vector<Relation>> levels; ///< this query's FROM first, then those around it
    std::vector<Relation> with;                ///< WITH items in sight
    std::vector<Column> outputs;               ///< what this query's SELECT list gives
};

/// Finds scopes. Subqueries' columns come from parser and binder where they can be bound, else from their words; what
/// was bound is kept, so that the next key costs nothing more.
class ScopeFinder {
public:
    explicit ScopeFinder(Tables tables) : m_tables(std::move(tables)) {}

    const Tables &tables() const { return m_tables; }
    /// `byte` is where the word being written begins.
    Scope scopeAt(std::string_view text, const Scan &scan, base::SourceSpan statement, std::size_t byte);

private:
    friend class StatementReader;
    const std::vector<Column> *boundColumns(const std::string &sql);

    Tables m_tables;
    std::map<std::string, std::pair<bool, std::vector<Column>>> m_bound; ///< by text; false: it cannot be bound
};

} // namespace sqlgym::assist
