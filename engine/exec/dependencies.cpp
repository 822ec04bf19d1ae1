#include "exec/dependencies.h"

#include <algorithm>

namespace sqlgym::exec {

namespace {

bool contains(const std::vector<int> &list, int item)
{
    return std::find(list.begin(), list.end(), item) != list.end();
}

bool sameColumns(std::vector<int> a, std::vector<int> b)
{
    std::sort(a.begin(), a.end());
    std::sort(b.begin(), b.end());
    return a == b;
}

class Finder {
public:
    Finder(const Database &database, const std::vector<CatalogueObject> &targets)
        : m_database(database), m_targets(targets)
    {
    }

    std::vector<Dependent> find()
    {
        for (const auto &target : m_targets) {
            visitDependents(target);
            m_done.push_back(target);
        }
        std::reverse(m_found.begin(), m_found.end());
        std::erase_if(m_found, [&](const Dependent &found) {
            // What belongs to a target goes with it.
            CatalogueObject owner = found.object;
            if (owner.kind == ObjectKind::ForeignKey)
                owner = {.table = owner.table};
            return std::find(m_targets.begin(), m_targets.end(), owner) != m_targets.end();
        });
        return std::move(m_found);
    }

private:
    void visitDependents(const CatalogueObject &object)
    {
        auto dependents = direct(object);
        std::stable_sort(dependents.begin(), dependents.end(),
                         [](const auto &a, const auto &b) { return a.order > b.order; });
        for (const auto &dependent : dependents) {
            if (std::find(m_done.begin(), m_done.end(), dependent) != m_done.end())
                continue;
            visitDependents(dependent);
            m_done.push_back(dependent);
            std::string reason = describe(m_database, dependent) + " depends on ";
            reason += object.kind == ObjectKind::Constraint ? "index " + object.name : describe(m_database, object);
            m_found.push_back({dependent, std::move(reason)});
        }
    }

    std::vector<CatalogueObject> direct(const CatalogueObject &object) const
    {
        std::vector<CatalogueObject> found;
        const auto own = m_database.table(object.table);
        if (!own || object.kind == ObjectKind::ForeignKey)
            return found;
        for (const auto &[name, table] : m_database.tables()) {
            const auto &definition = *table->definition;
            if (object.kind != ObjectKind::Constraint && reads(definition, object))
                found.push_back({ObjectKind::Relation, name, 0, {}, definition.order});
            for (const auto &key : definition.foreignKeys)
                if (name != object.table && key.table == object.table && refers(key, *own->definition, object))
                    found.push_back({ObjectKind::ForeignKey, name, 0, key.name, key.order});
        }
        if (object.kind == ObjectKind::Column)
            for (const auto &column : own->definition->columns)
                if (contains(column.reads, object.column))
                    found.push_back({ObjectKind::Column, object.table, column.id, {}, own->definition->order});
        return found;
    }

    static bool reads(const sql::TableDefinition &view, const CatalogueObject &object)
    {
        return std::any_of(view.sources.begin(), view.sources.end(), [&](const sql::ViewSource &source) {
            return source.name == object.table &&
                   (object.kind == ObjectKind::Relation || source.wholeRow || contains(source.columns, object.column));
        });
    }

    static bool refers(const sql::ForeignKeyDefinition &key, const sql::TableDefinition &referenced,
                       const CatalogueObject &object)
    {
        if (object.kind == ObjectKind::Relation)
            return true;
        if (object.kind == ObjectKind::Column)
            return std::any_of(key.referenced.begin(), key.referenced.end(),
                               [&](int column) { return referenced.columns[std::size_t(column)].id == object.column; });
        const auto found = std::find_if(referenced.keys.begin(), referenced.keys.end(), [&](const auto &candidate) {
            return sameColumns(candidate.columns, key.referenced);
        });
        return found != referenced.keys.end() && found->name == object.name;
    }

    const Database &m_database;
    const std::vector<CatalogueObject> &m_targets;
    std::vector<CatalogueObject> m_done;
    std::vector<Dependent> m_found;
};

} // namespace

std::vector<Dependent> dependentsOf(const Database &database, const std::vector<CatalogueObject> &targets)
{
    return Finder(database, targets).find();
}

std::string describe(const Database &database, const CatalogueObject &object)
{
    const auto table = database.table(object.table);
    switch (object.kind) {
    case ObjectKind::Relation:
        return (table ? std::string(table->definition->kindName()) : "table") + " " + object.table;
    case ObjectKind::Column:
        for (const auto &column : table->definition->columns)
            if (column.id == object.column)
                return "column " + column.name + " of " + table->definition->kindName() + " " + object.table;
        return {};
    default:
        return "constraint " + object.name + " on table " + object.table;
    }
}

void failDependent(Execution &run, const Database &database, const std::vector<CatalogueObject> &targets,
                   const std::vector<Dependent> &dependents)
{
    std::string detail;
    for (const auto &dependent : dependents)
        detail += (detail.empty() ? "" : "\n") + dependent.reason;
    run.cx.fail("2BP01",
                targets.size() > 1
                    ? "cannot drop desired object(s) because other objects depend on them"
                    : "cannot drop " + describe(database, targets.front()) + " because other objects depend on it",
                detail, "Use DROP ... CASCADE to drop the dependent objects too.");
}

bool dropDependents(Execution &run, Database &database, const std::vector<Dependent> &dependents)
{
    for (const auto &[object, reason] : dependents) {
        if (object.kind == ObjectKind::Relation) {
            dropRelation(database, object.table);
        } else if (object.kind == ObjectKind::ForeignKey) {
            Table &table = *database.edit(object.table);
            auto definition = std::make_shared<sql::TableDefinition>(*table.definition);
            std::erase_if(definition->foreignKeys, [&name = object.name](const auto &key) { return key.name == name; });
            table.definition = std::move(definition);
        } else {
            run.stop.decline("CASCADE to a generated column");
            return false;
        }
    }
    return true;
}

void dropRelation(Database &database, const std::string &name)
{
    std::vector<std::string> owned;
    for (const auto &[sequence, state] : database.sequences())
        if (state.definition->table == name)
            owned.push_back(sequence);
    for (const auto &sequence : owned)
        database.removeSequence(sequence);
    database.remove(name);
}

} // namespace sqlgym::exec
