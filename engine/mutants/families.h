// The families of mutations, each a function that finds at a place of the tree what learners get wrong there. Internal
// to mutants.
#pragma once

#include "mutants/mutator.h"
#include "mutants/tree.h"
#include "mutants/walk.h"

#include <functional>
#include <string>
#include <vector>

namespace sqlgym::mutants {

/// A change that was found possible. `apply` may be called again and again, each time on the tree as it was parsed, or
/// as another site changed it.
struct Site {
    std::string what;
    std::function<void(Edits &)> apply;
    bool turnsRound = false;
};

/// Which tables' columns the names of a statement mean.
class Scope {
public:
    Scope(Node *&statement, const std::vector<TableShape> &tables);
    /// The other columns of the same table and type; none when the table is not known for certain.
    std::vector<std::string> siblings(const PgQuery__ColumnRef &ref, const PgQuery__SelectStmt *within) const;
    /// True when it is a column declared NOT NULL, read by a SELECT without an outer join.
    bool neverNull(const PgQuery__ColumnRef &ref, const PgQuery__SelectStmt *within) const;
    /// True when no two rows of the SELECT can be alike: its list holds the key of its only table, or all that it
    /// groups by.
    bool rowsDiffer(const PgQuery__SelectStmt &select) const;
    /// Of the tables that the SELECT itself names: {"l", "returned_on"}. Those that may be NULL first.
    std::vector<std::vector<std::string>> columnsOf(const PgQuery__SelectStmt &select) const;

private:
    const TableShape *tableOf(const PgQuery__ColumnRef &ref, const PgQuery__SelectStmt *within) const;
    const TableShape *named(std::string_view name) const;

    const std::vector<TableShape> &m_tables;
    struct Named {
        std::string alias;
        const TableShape *table;       ///< null = none of the problem's: a CTE
        const PgQuery__SelectStmt *in; ///< whose FROM; null = that of an UPDATE, DELETE or INSERT
    };
    std::vector<Named> m_named;
};

struct Finder {
    const Spot &spot;
    const Scope &scope;
    Nodes &nodes;
    std::vector<Site> &sites;

    void add(std::string what, std::function<void(Edits &)> apply) const
    {
        sites.push_back({std::move(what), std::move(apply)});
    }
    /// The condition at `slot`, negated.
    void turnRound(std::string what, Node *&slot) const
    {
        add(std::move(what), [&slot, turned = nodes.negated(slot)](Edits &edits) { edits.set(slot, turned); });
        sites.back().turnsRound = true;
    }
    /// Another node in place of the one that stands at the spot.
    void replace(std::string what, Node *other) const
    {
        add(std::move(what), [slot = spot.slot, other](Edits &edits) { edits.set(*slot, other); });
    }
};

void joins(const Finder &finder);         ///< INNER, LEFT, RIGHT, FULL, CROSS
void comparisons(const Finder &finder);   ///< < and <=, = and <>, BETWEEN, LIKE, IN, IS DISTINCT FROM
void logic(const Finder &finder);         ///< AND and OR, a missing arm, NOT, IS NULL; WHERE and HAVING left out
void clauses(const Finder &finder);       ///< a condition in WHERE, ON or HAVING that belongs into another of them
void aggregates(const Finder &finder);    ///< COUNT(*) and COUNT(x), DISTINCT, FILTER, SUM and AVG
void selects(const Finder &finder);       ///< DISTINCT, GROUP BY, ORDER BY, LIMIT
void setOperations(const Finder &finder); ///< UNION, UNION ALL, INTERSECT, EXCEPT
void sorting(const Finder &finder);       ///< direction, NULLS FIRST
void windows(const Finder &finder);       ///< RANK and ROW_NUMBER, PARTITION BY, frames
void constants(const Finder &finder);     ///< off by one: numbers, dates, patterns
void functions(const Finder &finder);     ///< lower(), round(), EXTRACT's field, date_trunc()'s unit, casts, arithmetic
void nullHandling(const Finder &finder);  ///< COALESCE, NULLIF, GREATEST
void cases(const Finder &finder);         ///< the arms of CASE
void subqueries(const Finder &finder);    ///< EXISTS, NOT EXISTS and NOT IN
void changes(const Finder &finder);       ///< SET, ON CONFLICT, WHERE of UPDATE and DELETE
void columns(const Finder &finder);       ///< another column of the same type
/// Kept apart: columns selected too few, twice or in another order, letters of texts, LIMIT too many.
void slips(const Finder &finder);

} // namespace sqlgym::mutants
