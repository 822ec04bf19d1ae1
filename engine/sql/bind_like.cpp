// CREATE TABLE (LIKE ...): another table's columns, and what INCLUDING asks for.
#include "sql/definition_binder.h"

#include "catalogue/type_oids.h"

#include <algorithm>

namespace sqlgym::sql {

namespace {

constexpr unsigned kConstraints = 1u << 2, kDefaults = 1u << 3, kGenerated = 1u << 4, kIdentity = 1u << 5,
                   kIndexes = 1u << 6;

} // namespace

void DefinitionBinder::addLike(const PgQuery__TableLikeClause &like, NewTable &made)
{
    auto &table = *made.table;
    const auto other = openTarget(*like.relation);
    const auto wants = [&](unsigned option) { return (like.options & option) != 0; };
    if (!table.columns.empty() && (wants(kConstraints) || wants(kIndexes) || wants(kGenerated)))
        decline("LIKE ... INCLUDING beside other columns");
    const auto first = static_cast<int>(table.columns.size());
    for (const auto &column : other->columns) {
        ColumnDefinition copy;
        copy.name = column.name;
        copy.id = ++table.lastColumnId;
        copy.type = column.type;
        copy.typmod = column.typmod;
        copy.notNull = column.notNull;
        if (wants(kDefaults) && (column.identity == 's' || !column.defaultSequences.empty()))
            decline("LIKE ... INCLUDING DEFAULTS that ask a sequence");
        if (wants(kDefaults) && !column.defaultSql.empty()) {
            copy.defaultSql = column.defaultSql;
            copy.hasDefault = true;
        }
        if (wants(kGenerated) && !column.generatedSql.empty()) {
            if (column.names || other->lastColumnId != static_cast<int>(other->columns.size()))
                decline("LIKE ... INCLUDING GENERATED of an altered table");
            copy.generatedSql = column.generatedSql;
            copy.reads = column.reads;
        }
        if (wants(kIdentity) && column.identity && column.identity != 's') {
            copy.identity = column.identity;
            copy.hasDefault = true;
            copy.sequence = sequenceFor(copy, made, nullptr);
            const auto known = m_schema.findSequence(column.sequence);
            auto &sequence = made.sequences.back();
            if (!known)
                decline("LIKE ... INCLUDING IDENTITY of such a column");
            sequence.start = known->start;
            sequence.increment = known->increment;
            sequence.least = known->least;
            sequence.most = known->most;
            sequence.cycle = known->cycle;
        }
        table.columns.push_back(std::move(copy));
        made.values.push_back(nullptr);
    }
    for (CheckDefinition check : other->checks) {
        if (!check.domain.empty())
            check.column += first;
        else if (!wants(kConstraints))
            continue;
        if (check.names || other->lastColumnId != static_cast<int>(other->columns.size()))
            decline("LIKE of an altered table with checks");
        table.checks.push_back(std::move(check));
    }
    if (!wants(kIndexes))
        return;
    for (KeyDefinition key : other->keys) {
        if (!key.constraint)
            decline("LIKE ... INCLUDING INDEXES of a unique index");
        key.name.clear();
        table.keys.push_back(std::move(key));
    }
    if (!other->indexes.empty())
        decline("LIKE ... INCLUDING INDEXES");
}

} // namespace sqlgym::sql
