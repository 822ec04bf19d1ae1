// What depends on a table, a view, a column or a constraint: it is in the way of a DROP, or goes with CASCADE.
#pragma once

#include "exec/database.h"
#include "exec/execution.h"

#include <cstdint>
#include <string>
#include <vector>

namespace sqlgym::exec {

enum class ObjectKind : std::uint8_t { Relation, Column, Constraint, ForeignKey };

/// A relation `table`; its column `column` (an id); its constraint `name`.
struct CatalogueObject {
    ObjectKind kind = ObjectKind::Relation;
    std::string table;
    int column = 0;
    std::string name;
    std::uint64_t order = 0; ///< when it was made

    bool operator==(const CatalogueObject &other) const
    {
        return kind == other.kind && table == other.table && column == other.column && name == other.name;
    }
};

struct Dependent {
    CatalogueObject object;
    std::string reason; ///< "view v depends on table t"
};

/// What depends on `targets`, in the order in which PostgreSQL tells it (findDependentObjects and
/// reportDependentObjects): by age, whatever depends on a dependent after it.
std::vector<Dependent> dependentsOf(const Database &database, const std::vector<CatalogueObject> &targets);

/// "table t", "column c of table t"
std::string describe(const Database &database, const CatalogueObject &object);

/// 2BP01: `targets` cannot be dropped because of `dependents`.
void failDependent(Execution &run, const Database &database, const std::vector<CatalogueObject> &targets,
                   const std::vector<Dependent> &dependents);

/// Drops dependents, as CASCADE does. False: declined.
bool dropDependents(Execution &run, Database &database, const std::vector<Dependent> &dependents);

/// A relation and the sequences it owns.
void dropRelation(Database &database, const std::string &name);

} // namespace sqlgym::exec
