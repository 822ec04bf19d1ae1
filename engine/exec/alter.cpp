#include "exec/alter.h"

#include "catalogue/catalogue.h"
#include "catalogue/type_oids.h"
#include "exec/dependencies.h"
#include "exec/table_writer.h"
#include "sql/expr_tools.h"

#include <algorithm>
#include <functional>
#include <map>

namespace sqlgym::exec {

namespace {

bool isVolatile(sql::Expr &expr)
{
    const auto *call = sql::as<sql::FunctionExpr>(&expr);
    const auto *row = call ? catalogue::findFunction(call->function) : nullptr;
    bool found = row && row->volatility == 'v';
    sql::forEachChild(expr, [&](sql::Expr *&child) { found = found || isVolatile(*child); });
    return found;
}

} // namespace

bool TableAlteration::isNew(const std::string &constraint) const
{
    return std::find(m_alter.constraints.begin(), m_alter.constraints.end(), constraint) != m_alter.constraints.end();
}

/// Columns and constraints, one after the other.
bool TableAlteration::drop()
{
    for (const auto &gone : m_alter.drops) {
        CatalogueObject object{.table = m_alter.before->name};
        object.kind = gone.column ? ObjectKind::Column : ObjectKind::Constraint;
        object.column = gone.column;
        object.name = gone.constraint;
        const auto &keys = m_alter.before->keys;
        const bool ofPrimary = std::any_of(keys.begin(), keys.end(),
                                           [&](const auto &key) { return key.primary && key.name == gone.constraint; });
        for (const auto &[name, table] : m_database.tables()) {
            const auto &sources = table->definition->sources;
            const bool reads = std::any_of(sources.begin(), sources.end(),
                                           [&](const auto &source) { return source.name == m_alter.before->name; });
            // A view that groups by a primary key depends on it.
            if (reads && ofPrimary && table->definition->viewSql.find("GROUP BY") != std::string::npos) {
                m_run.stop.decline("dropping a primary key below a view that groups");
                return false;
            }
        }
        const auto dependents = dependentsOf(m_database, {object});
        if (!dependents.empty() && !gone.cascade) {
            failDependent(m_run, m_database, {object}, dependents);
            return false;
        }
        if (!dropDependents(m_run, m_database, dependents))
            return false;
    }
    return true;
}

bool TableAlteration::checkRetyped()
{
    const auto &before = *m_alter.before;
    const auto isWhole = [](Oid type) {
        return type == catalogue::type::kInt2 || type == catalogue::type::kInt4 || type == catalogue::type::kInt8;
    };
    const auto retyped = [&](int id) {
        const auto found = std::find_if(m_alter.after->columns.begin(), m_alter.after->columns.end(),
                                        [&](const auto &candidate) { return candidate.id == id; });
        return found->type;
    };
    for (const int id : m_alter.retyped) {
        const auto column = std::find_if(before.columns.begin(), before.columns.end(),
                                         [&](const auto &candidate) { return candidate.id == id; });
        for (const auto &[object, reason] : dependentsOf(m_database, {{ObjectKind::Column, before.name, id, {}, 0}})) {
            if (object.kind == ObjectKind::ForeignKey && isWhole(retyped(id)) && isWhole(column->type))
                continue; // the other side is a whole number, too, and the values are the same
            if (object.kind != ObjectKind::Relation)
                m_run.stop.decline("ALTER COLUMN ... TYPE of a column that others refer to");
            if (m_run.stopped())
                return false;
            // Only the views over the table itself, and of several any may be named.
            m_run.cx.fail("0A000", "cannot alter type of a column used by a view or rule",
                          "rule _RETURN on view " + object.table + " depends on column \"" + column->name + "\"");
            return false;
        }
    }
    return true;
}

/// Defaults that are the same for all rows are computed once, even if there is no row.
bool TableAlteration::fillConstants()
{
    const std::size_t width = m_alter.after->columns.size();
    m_constants.resize(width);
    Scratch scratch(m_run);
    RowExpressions expressions(m_run, scratch);
    for (std::size_t i = 0; i < width; ++i) {
        if (m_alter.from[i] >= 0 || !m_alter.values[i] || isVolatile(*m_alter.values[i]))
            continue;
        const Operand value = expressions.compile(m_alter.values[i]);
        if (m_run.stopped())
            return false;
        m_constants[i] = value::copyDatum(value.get(), m_run.lasting);
        if (m_run.stopped())
            return false;
    }
    return true;
}

/// The rows, in their order, as the new columns have them.
bool TableAlteration::fillRows(const Table &old, Table &table)
{
    const auto &definition = *table.definition;
    const std::size_t width = definition.columns.size();
    table.memory.push_back(std::make_shared<RowMemory>(m_run.account));
    Scratch scratch(m_run);
    RowExpressions before(m_run, scratch);
    RowExpressions after(m_run, scratch);
    std::vector<std::optional<Operand>> values(width);
    std::vector<const Sequence *> numbers(width, nullptr);
    for (std::size_t i = 0; i < width; ++i) {
        if (m_alter.values[i] && !m_constants[i])
            values[i] = before.compile(m_alter.values[i]);
        if (m_alter.from[i] < 0 && definition.columns[i].identity)
            numbers[i] = m_database.sequence(definition.columns[i].sequence);
    }
    std::vector<std::pair<int, Operand>> generated;
    for (const auto &[column, expr] : m_alter.generated)
        generated.emplace_back(column, after.compile(expr));
    std::vector<Datum> row(width + 1, Datum::null());
    after.standOn(row.data());
    for (const Datum *from : old.rows) {
        if (!m_run.proceed())
            return false;
        scratch.arena.reset();
        before.standOn(from);
        for (std::size_t i = 0; i < width && !m_run.stopped(); ++i)
            row[i] = m_constants[i]         ? *m_constants[i]
                     : values[i]            ? values[i]->get()
                     : numbers[i]           ? m_database.next(*numbers[i], m_run.cx)
                     : m_alter.from[i] >= 0 ? from[m_alter.from[i]]
                                            : Datum::null();
        for (const auto &[column, value] : generated)
            if (!m_run.stopped())
                row[std::size_t(column)] = value.get();
        if (m_run.stopped())
            return false;
        const Datum *copy = copyRow(row.data(), width, table.memory.back()->arena());
        if (!copy || table.memory.back()->full() || !m_run.charge(sizeof(copy))) {
            m_run.stop.stop(base::StopReason::MemoryLimit);
            return false;
        }
        table.rows.push_back(copy);
    }
    return !m_run.stopped();
}

/// NOT NULL and CHECK. Several rules broken by different rows: the first row decides, if it is known which that is.
bool TableAlteration::checkRows(const Table &table)
{
    const auto &definition = *table.definition;
    std::vector<std::size_t> required;
    for (std::size_t i = 0; i < definition.columns.size(); ++i) {
        const bool known =
            m_alter.from[i] >= 0 && m_alter.before->columns[std::size_t(m_alter.from[i])].notNull && !m_alter.values[i];
        if (definition.columns[i].notNull && !known)
            required.push_back(i);
    }
    Scratch scratch(m_run);
    RowExpressions expressions(m_run, scratch);
    std::vector<std::pair<std::size_t, Operand>> checks;
    for (const auto &[index, expr] : m_alter.checks)
        checks.emplace_back(index, expressions.compile(expr));
    // PostgreSQL tests them in the order of their names where it writes rows anew, as added otherwise.
    const auto broken = [&](const Datum *row) {
        for (const std::size_t column : required)
            if (row[column].isNull)
                return std::pair<const char *, std::string>("23502", "column \"" + definition.columns[column].name +
                                                                         "\" of relation \"" + definition.name +
                                                                         "\" contains null values");
        expressions.standOn(row);
        for (const auto &[index, check] : checks) {
            scratch.arena.reset();
            const Datum holds = check.get();
            if (m_run.stopped())
                return std::pair<const char *, std::string>(nullptr, {});
            if (!holds.isNull && !holds.isTrue())
                return std::pair<const char *, std::string>(
                    "23514", "check constraint \"" + definition.checks[index].name + "\" of relation \"" +
                                 definition.name + "\" is violated by some row");
        }
        return std::pair<const char *, std::string>(nullptr, {});
    };
    std::pair<const char *, std::string> first(nullptr, {});
    for (const Datum *row : table.rows) {
        if (!m_run.proceed())
            return false;
        auto found = broken(row);
        if (m_run.stopped())
            return false;
        if (!found.first || found == first)
            continue;
        if (first.first && table.reordered) {
            m_run.stop.decline("rows that break several new constraints");
            return false;
        }
        if (!first.first)
            first = std::move(found);
    }
    if (first.first)
        m_run.cx.fail(first.first, first.second);
    return !m_run.stopped();
}

bool TableAlteration::checkKeys(const Table &table)
{
    for (const auto &key : table.definition->keys)
        if (isNew(key.name) && !m_run.stopped())
            checkUnique(m_run, table, key);
    return !m_run.stopped();
}

bool TableAlteration::checkForeignKeys(const Table &table)
{
    for (const auto &key : table.definition->foreignKeys)
        if (isNew(key.name) && !checkForeignKey(table, key))
            return false;
    return true;
}

/// PostgreSQL names one of the rows that refer to nothing; which, is its plan's affair.
bool TableAlteration::checkForeignKey(const Table &table, const sql::ForeignKeyDefinition &key)
{
    const auto other = key.table == table.definition->name ? nullptr : m_database.table(key.table);
    const Table &referenced = other ? *other : table;
    const KeyIndex *index = referenced.index(key.referenced);
    const bool sameTypes =
        std::equal(key.columns.begin(), key.columns.end(), key.referenced.begin(), [&](int own, int there) {
            return table.definition->columns[std::size_t(own)].type ==
                   referenced.definition->columns[std::size_t(there)].type;
        });
    const Datum *lost = nullptr;
    for (const Datum *row : table.rows) {
        const auto values = keyValues(key.columns, row);
        if (values.empty() && (!key.matchFull || key.columns.size() == 1))
            continue;
        if (!index || !sameTypes || values.empty()) {
            m_run.stop.decline("such a foreign key over rows that are there");
            return false;
        }
        if (index->find(values.data(), referenced.rows) != KeyIndex::kNone)
            continue;
        if (lost && !sameKey(*table.definition, key.columns, lost, row)) {
            m_run.stop.decline("a foreign key that several rows break");
            return false;
        }
        lost = row;
    }
    if (lost)
        m_run.cx.fail("23503",
                      "insert or update on table \"" + table.definition->name +
                          "\" violates foreign key constraint \"" + key.name + "\"",
                      "Key " + describeKey(*table.definition, key.columns, lost) + " is not present in table \"" +
                          key.table + "\".");
    return !m_run.stopped();
}

/// Foreign keys of other tables name this one's columns by their places.
void TableAlteration::followColumns()
{
    std::map<int, int> places;
    for (std::size_t i = 0; i < m_alter.from.size(); ++i)
        if (m_alter.from[i] >= 0)
            places[m_alter.from[i]] = int(i);
    const std::string &name = m_alter.before->name;
    std::vector<std::string> others;
    for (const auto &[other, table] : m_database.tables()) {
        const auto &keys = table->definition->foreignKeys;
        if (other != name && std::any_of(keys.begin(), keys.end(), [&](const auto &key) { return key.table == name; }))
            others.push_back(other);
    }
    for (const auto &other : others) {
        Table &table = *m_database.edit(other);
        auto definition = std::make_shared<sql::TableDefinition>(*table.definition);
        for (auto &key : definition->foreignKeys) {
            if (key.table != name)
                continue;
            key.table = m_alter.after->name;
            for (int &column : key.referenced)
                column = places.at(column);
        }
        table.definition = std::move(definition);
    }
}

void TableAlteration::followName()
{
    const std::string &from = m_alter.before->name;
    const std::string &to = m_alter.after->name;
    if (from == to)
        return;
    std::vector<std::string> views;
    for (const auto &[name, table] : m_database.tables()) {
        const auto &sources = table->definition->sources;
        if (std::any_of(sources.begin(), sources.end(), [&](const auto &source) { return source.name == from; }))
            views.push_back(name);
    }
    for (const auto &name : views) {
        Table &view = *m_database.edit(name);
        auto definition = std::make_shared<sql::TableDefinition>(*view.definition);
        for (auto &source : definition->sources)
            if (source.name == from)
                source.name = to;
        view.definition = std::move(definition);
    }
    m_database.remove(from);
}

/// Sequences of columns that come and go, and their owner's name.
void TableAlteration::moveSequences()
{
    const auto &columns = m_alter.after->columns;
    const SequenceMap known = m_database.sequences();
    for (const auto &[name, sequence] : known) {
        const auto &definition = *sequence.definition;
        if (definition.table != m_alter.before->name)
            continue;
        const bool stays = std::any_of(columns.begin(), columns.end(),
                                       [&](const auto &column) { return column.id == definition.column; });
        const bool dropped = std::find(m_alter.droppedSequences.begin(), m_alter.droppedSequences.end(), name) !=
                             m_alter.droppedSequences.end();
        if (!stays || dropped) {
            m_database.removeSequence(name);
        } else if (definition.table != m_alter.after->name) {
            auto moved = std::make_shared<sql::SequenceDefinition>(definition);
            moved->table = m_alter.after->name;
            m_database.addSequence({std::move(moved), sequence.state});
        }
    }
}

std::string TableAlteration::run()
{
    if (!drop() || !checkRetyped())
        return {};
    if (const auto &mistake = m_alter.mistake) {
        m_run.cx.fail(mistake->sqlstate, mistake->message, mistake->detail, mistake->hint);
        return {};
    }
    for (auto sequence : m_alter.sequences) {
        sequence.order = m_database.nextOrder();
        m_database.addSequence(makeSequence(std::move(sequence)));
    }
    const auto old = m_database.table(m_alter.before->name);
    auto definition = std::make_shared<sql::TableDefinition>(*m_alter.after);
    for (auto &foreign : definition->foreignKeys)
        if (isNew(foreign.name))
            foreign.order = m_database.nextOrder();
    auto table = std::make_shared<Table>();
    table->definition = definition;
    table->reordered = old->reordered;
    table->memory = old->memory;
    if (!fillConstants())
        return {};
    bool rewrites = m_alter.rewrites;
    for (std::size_t i = 0; i < m_alter.values.size(); ++i)
        rewrites = rewrites || (m_alter.values[i] && !m_constants[i]);
    bool same = m_alter.before->columns.size() == m_alter.from.size() && !rewrites;
    for (std::size_t i = 0; i < m_alter.from.size(); ++i)
        same = same && m_alter.from[i] == int(i);
    if (same) {
        table->rows = old->rows;
    } else if (!fillRows(*old, *table)) {
        // Which row is the first to fail is known only of a table whose rows never moved.
        if (old->reordered && m_run.stop.reason() == base::StopReason::Error) {
            m_run.stop.clear();
            m_run.stop.decline("ALTER TABLE that fails on one of its rows");
        }
        return {};
    }
    const bool sound = rewrites ? checkRows(*table) && checkKeys(*table) : checkKeys(*table) && checkRows(*table);
    if (!sound || !checkForeignKeys(*table))
        return {};
    followColumns();
    moveSequences();
    followName();
    m_database.add(std::move(table));
    return m_alter.tag;
}

} // namespace sqlgym::exec
