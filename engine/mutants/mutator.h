// Queries that are wrong in the ways in which learners are: a right one with a few places of its parse tree changed.
#pragma once

#include "base/result.h"

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace sqlgym::mutants {

struct TableShape {
    struct Column {
        std::string name;
        std::string type; ///< as in DDL
        bool notNull = false;
    };
    std::string name;
    std::vector<Column> columns;
    std::vector<std::string> primaryKey;
};

struct Mutant {
    std::string sql;         ///< one line, as libpg_query's deparser writes it
    std::string what;        ///< "LEFT JOIN -> INNER JOIN"
    bool turnsRound = false; ///< a condition is negated as a whole: a second change might put it right again
};

/// Left out are changes that cannot matter whatever the data: what EXISTS selects; DISTINCT where IN or a set operation
/// looks, or over rows that hold all of a key or of GROUP BY; a condition of an inner join in WHERE instead of ON;
/// NULLS FIRST for a column declared NOT NULL. A mutant need not bind: PostgreSQL may refuse it, and then it is no
/// mistake that tests have to find.
class Mutator {
public:
    /// Errors: mutants/bad_query  it does not parse, is not one statement, or the deparser writes another one.
    static base::Result<Mutator> of(const std::string &sql, std::vector<TableShape> tables);
    ~Mutator();
    Mutator(Mutator &&) noexcept;
    Mutator &operator=(Mutator &&) noexcept;

    /// The query itself, written as the mutants are.
    const std::string &original() const;
    /// One change each; no two texts alike, none the original's. The same every time.
    const std::vector<Mutant> &singles() const;
    /// One slip each, for queries of which `singles` are few: a column selected twice, a letter of a text missing, a
    /// LIMIT left standing. None of `singles`.
    const std::vector<Mutant> &slips() const;
    /// Several changes of `singles` at once; nullopt when one undoes or hides another, or may do so.
    std::optional<Mutant> together(const std::vector<std::size_t> &changes);

private:
    struct State;
    explicit Mutator(std::unique_ptr<State> state);

    std::unique_ptr<State> m_state;
};

/// Any one statement as the deparser writes it, so that texts can be compared; empty when it does not parse.
std::string inOneForm(const std::string &sql);

} // namespace sqlgym::mutants
