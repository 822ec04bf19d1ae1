// ALTER TABLE: what it does to columns.
#include "sql/definition_binder.h"
#include "sql/object_name.h"

#include "catalogue/type_oids.h"

#include <algorithm>

namespace sqlgym::sql {

namespace type = catalogue::type;

namespace {

using Command = PgQuery__AlterTableCmd;

bool contains(const std::vector<int> &list, int item) { return std::ranges::find(list, item) != list.end(); }

/// As quote_identifier() does, but for key words.
std::string quoted(const std::string &name)
{
    const bool plain = !name.empty() && !(name[0] >= '0' && name[0] <= '9') && std::ranges::all_of(name, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    });
    if (plain)
        return name;
    std::string text = "\"";
    for (const char c : name)
        text += c == '"' ? std::string("\"\"") : std::string(1, c);
    return text + "\"";
}

/// Indexes into the columns, once `column` is gone.
template <typename Keys> void shift(Keys &keys, std::vector<int> Keys::value_type::*columns, int column)
{
    for (auto &key : keys) {
        for (int &index : key.*columns)
            index -= index > column ? 1 : 0;
    }
}

} // namespace

void DefinitionBinder::alterAddColumn(const Command &command, NewTable &made)
{
    auto &table = *made.table;
    const auto &definition = *command.def->column_def;
    const std::string name = definition.colname;
    if (std::ranges::find(table.columns, name, &ColumnDefinition::name) != table.columns.end()) {
        if (command.missing_ok)
            return;
        fail("42701", "column \"" + name + "\" of relation \"" + table.name + "\" already exists");
    }
    if (isSystemColumn(name))
        fail("42701", "column name \"" + name + "\" conflicts with a system column name");
    const auto checks = table.checks.size();
    addColumn(definition, made);
    if (table.columns.size() > 1600)
        fail("54011", "tables can have at most 1600 columns");
    if (table.checks.size() > checks)
        decline("ADD COLUMN of a domain with checks");
    auto &alter = m_statement.alter;
    auto &column = table.columns.back();
    alter.from.push_back(-1);
    alter.values.push_back(nullptr);
    const Node *given = made.values.back();
    if (!column.generatedSql.empty()) {
        Expr *value = withoutPosition([&] { return bindValue(*given, column, &table); });
        column.reads = columnIds(*value, table);
        alter.generated.emplace_back(static_cast<int>(table.columns.size()) - 1, value);
        alter.rewrites = true;
    } else if (given) {
        alter.values.back() = withoutPosition([&] { return bindValue(*given, column, nullptr); });
        column.defaultSequences = sequencesIn(*alter.values.back());
    } else if (!column.defaultSql.empty()) {
        alter.values.back() = bindStandalone(column.defaultSql, nullptr, column.type, column.typmod, Place::Default);
    }
    alter.rewrites = alter.rewrites || column.identity;
}

void DefinitionBinder::alterDropColumn(const Command &command, NewTable &made)
{
    auto &table = *made.table;
    const std::string name = command.name;
    const auto found = std::ranges::find(table.columns, name, &ColumnDefinition::name);
    if (found == table.columns.end() && isSystemColumn(name))
        fail("0A000", "cannot drop system column \"" + name + "\"");
    if (found == table.columns.end() && command.missing_ok)
        return;
    if (found == table.columns.end())
        fail("42703", "column \"" + name + "\" of relation \"" + table.name + "\" does not exist");
    const int index = static_cast<int>(found - table.columns.begin());
    const int id = found->id;
    m_statement.alter.drops.push_back(
        {.column = id, .constraint = {}, .cascade = command.behavior == PG_QUERY__DROP_BEHAVIOR__DROP_CASCADE});
    const auto holds = [&](const auto &key) { return contains(key.columns, index); };
    const auto refers = [&](const ForeignKeyDefinition &key) {
        return key.table == table.name && contains(key.referenced, index);
    };
    if (std::ranges::any_of(table.foreignKeys, [&](const auto &key) { return refers(key) && !holds(key); }))
        decline("DROP COLUMN that a table's own foreign key refers to");
    std::erase_if(table.keys, holds);
    std::erase_if(table.foreignKeys, holds);
    std::erase_if(table.checks, [&](const CheckDefinition &check) {
        return check.domain.empty() ? contains(check.reads, id) : check.column == index;
    });
    std::erase_if(table.indexes, [&](const IndexDefinition &plain) { return contains(plain.columns, id); });
    shift(table.keys, &KeyDefinition::columns, index);
    shift(table.foreignKeys, &ForeignKeyDefinition::columns, index);
    for (auto &key : table.foreignKeys) {
        for (int &column : key.referenced)
            column -= key.table == table.name && column > index ? 1 : 0;
    }
    for (auto &check : table.checks)
        check.column -= check.column > index ? 1 : 0;
    made.firstKey = table.keys.size();
    table.columns.erase(found);
    m_statement.alter.from.erase(m_statement.alter.from.begin() + index);
    m_statement.alter.values.erase(m_statement.alter.values.begin() + index);
}

void DefinitionBinder::alterDefault(const Command &command, TableDefinition &table)
{
    auto &column = table.columns[alteredColumn(table, command.name)];
    const std::string where = "column \"" + column.name + "\" of relation \"" + table.name + "\" is ";
    if (column.identity && column.identity != 's')
        fail("42601", where + "an identity column", -1, {},
             command.def ? "" : "Use ALTER TABLE ... ALTER COLUMN ... DROP IDENTITY instead.");
    if (!column.generatedSql.empty())
        fail("42601", where + "a generated column", -1, {},
             command.def ? "" : "Use ALTER TABLE ... ALTER COLUMN ... DROP EXPRESSION instead.");
    column.defaultSequences.clear();
    if (command.def)
        column.defaultSequences =
            sequencesIn(*withoutPosition([&] { return bindValue(*command.def, column, nullptr); }));
    column.defaultSql = command.def ? nodeText(*command.def) : std::string();
    column.hasDefault = command.def != nullptr;
    column.identity = 0;
    column.sequence.clear();
}

void DefinitionBinder::alterDropNotNull(const Command &command, TableDefinition &table)
{
    const auto index = alteredColumn(table, command.name);
    auto &column = table.columns[index];
    if (column.identity && column.identity != 's')
        fail("42601", "column \"" + column.name + "\" of relation \"" + table.name + "\" is an identity column");
    for (const auto &key : table.keys) {
        if (key.primary && contains(key.columns, static_cast<int>(index)))
            fail("42P16", "column \"" + column.name + "\" is in a primary key");
    }
    column.notNull = false;
}

void DefinitionBinder::alterAddIdentity(const Command &command, NewTable &made)
{
    auto &table = *made.table;
    auto &column = table.columns[alteredColumn(table, command.name)];
    const auto &constraint = *command.def->constraint;
    const std::string where = "column \"" + column.name + "\" of relation \"" + table.name + "\" ";
    if (column.type != type::kInt2 && column.type != type::kInt4 && column.type != type::kInt8)
        fail("22023", "identity column type must be smallint, integer, or bigint");
    if (!column.notNull)
        fail("55000", where + "must be declared NOT NULL before identity can be added");
    if (column.identity && column.identity != 's')
        fail("55000", where + "is already an identity column");
    if (column.hasDefault)
        fail("55000", where + "already has a default value");
    column.identity = *constraint.generated_when;
    column.hasDefault = true;
    column.sequence = sequenceFor(column, made, &constraint);
}

void DefinitionBinder::alterDropIdentity(const Command &command, TableDefinition &table)
{
    auto &column = table.columns[alteredColumn(table, command.name)];
    const bool isIdentity = column.identity && column.identity != 's';
    if (!isIdentity && !command.missing_ok)
        fail("55000", "column \"" + column.name + "\" of relation \"" + table.name + "\" is not an identity column");
    if (!isIdentity)
        return;
    m_statement.alter.droppedSequences.push_back(column.sequence);
    column.identity = 0;
    column.hasDefault = false;
    column.sequence.clear();
}

/// What PostgreSQL looks at before anything is altered: the new type, and how values get there.
void DefinitionBinder::prepareColumnType(const Command &command)
{
    auto &alter = m_statement.alter;
    const auto &before = *alter.before;
    const auto &definition = *command.def->column_def;
    Expr *value = definition.raw_default ? bindOver(*definition.raw_default, &before, Place::Transform) : nullptr;
    const auto index = alteredColumn(before, command.name);
    const auto &column = before.columns[index];
    const std::string name = column.name;
    if (value && !column.generatedSql.empty())
        fail("42611", "cannot specify USING when altering type of generated column", -1,
             "Column \"" + name + "\" is a generated column.");
    if (definition.coll_clause)
        decline("COLLATE");
    std::int32_t typmod = -1;
    const Oid to = withoutPosition([&] { return bindTypeName(*definition.type_name, typmod); });
    const bool isWhole = to == type::kInt2 || to == type::kInt4 || to == type::kInt8;
    if (column.identity && column.identity != 's' && !isWhole)
        fail("22023", "identity column type must be smallint, integer, or bigint");
    if (to == type::kRecord || to == type::kUnknown)
        fail("42P16", "column \"" + name + "\" has pseudo-type " + typeText(to));
    if (to == type::kRegclass)
        decline("values of type regclass");
    if (!value) {
        auto *old = make<ColumnExpr>();
        old->column = static_cast<int>(index);
        old->type = column.type;
        old->typmod = column.typmod;
        value = old;
    }
    Expr *converted = withoutPosition(
        [&] { return coerceTo(value, to, typmod, CoercionContext::Assignment, CoercionForm::ImplicitCast, -1); });
    if (!converted && definition.raw_default)
        fail("42804",
             "result of USING clause for column \"" + name + "\" cannot be cast automatically to type " + typeText(to),
             -1, {}, "You might need to add an explicit cast.");
    if (!converted)
        fail("42804", "column \"" + name + "\" cannot be cast automatically to type " + typeText(to), -1, {},
             "You might need to specify \"USING " + quoted(name) + "::" + catalogue::formatType(to, typmod) + "\".");
    if (std::ranges::any_of(m_retypings, [&](const Retyping &known) { return known.column == column.id; }))
        fail("42601", "cannot alter type of column \"" + name + "\" twice");
    m_retypings.push_back({column.id, to, typmod, converted});
}

void DefinitionBinder::alterColumnType(const Command &command, TableDefinition &table)
{
    auto &alter = m_statement.alter;
    const auto index = alteredColumn(table, command.name);
    auto &column = table.columns[index];
    const auto &retyping = *std::ranges::find(m_retypings, column.id, &Retyping::column);
    const auto isWholeType = [](Oid oid) { return oid == type::kInt2 || oid == type::kInt4 || oid == type::kInt8; };
    const bool wasWhole = isWholeType(column.type);
    const bool isWhole = isWholeType(retyping.type);
    const bool sameFamily = categoryOf(column.type) == categoryOf(retyping.type);
    if (!column.defaultSql.empty()) {
        const std::string sql =
            "CAST((" + column.defaultSql + ") AS " + catalogue::formatType(column.type, column.typmod) + ")";
        if (catalogue::formatType(column.type).front() == '"' || categoryOf(column.type) == 'E')
            decline("ALTER COLUMN ... TYPE of a column with such a default");
        Expr *value = bindStandalone(sql, nullptr, 0, -1, Place::Default);
        if (!coerceTo(value, retyping.type, retyping.typmod, CoercionContext::Assignment, CoercionForm::ImplicitCast,
                      -1))
            fail("42804", "default for column \"" + column.name + "\" cannot be cast automatically to type " +
                              typeText(retyping.type));
        column.defaultSql = sql;
    }
    if (column.identity && (!isWhole || column.identity != 's'))
        decline("ALTER COLUMN ... TYPE of an identity column");
    for (const auto &other : table.columns) {
        if (contains(other.reads, column.id))
            fail("0A000", "cannot alter type of a column used by a generated column", -1,
                 "Column \"" + column.name + "\" is used by generated column \"" + other.name + "\".");
    }
    if (!column.generatedSql.empty())
        decline("ALTER COLUMN ... TYPE of a generated column");
    const auto reads = [&](const CheckDefinition &check) { return contains(check.reads, column.id); };
    if (std::ranges::any_of(table.checks, reads) && !sameFamily)
        decline("ALTER COLUMN ... TYPE of a column with checks");
    column.type = retyping.type;
    column.typmod = retyping.typmod;
    const int at = static_cast<int>(index);
    if (std::ranges::any_of(table.checks,
                            [&](const auto &check) { return !check.domain.empty() && check.column == at; }))
        decline("ALTER COLUMN ... TYPE of a column of a domain");
    alter.retyped.push_back(column.id);
    alter.values[index] = retyping.value;
    alter.rewrites = true;
    for (const auto &key : table.keys) {
        if (!contains(key.columns, at))
            continue;
        if (!catalogue::findOrdering(column.type))
            decline("ALTER COLUMN ... TYPE of a key to such a type");
        alter.constraints.push_back(key.name);
    }
    for (const auto &key : table.foreignKeys) {
        const bool refers = contains(key.columns, at);
        if (key.table == table.name && (refers || contains(key.referenced, at)))
            decline("ALTER COLUMN ... TYPE where a table refers to itself");
        if (!refers)
            continue;
        const auto referenced = m_schema.findTable({}, key.table);
        if (!referenced)
            decline("ALTER COLUMN ... TYPE of a foreign key");
        try {
            checkForeignKeyTypes(key, table, *referenced);
        } catch (BindFailure &failure) {
            alter.mistake = failure.diagnostic;
        }
        if (!alter.mistake && (!isWhole || !wasWhole))
            decline("ALTER COLUMN ... TYPE of a foreign key");
    }
    for (std::size_t i = 0; i < table.checks.size(); ++i) {
        if (!reads(table.checks[i]))
            continue;
        try {
            alter.checks.emplace_back(i, bindCheck(table.checks[i], table));
        } catch (const BindFailure &) {
            decline("ALTER COLUMN ... TYPE to one that a check does not go with");
        }
    }
}

} // namespace sqlgym::sql
