// ALTER TABLE: its parts, in the order in which PostgreSQL does them.
#include "sql/definition_binder.h"
#include "sql/object_name.h"

#include <algorithm>
#include <utility>

namespace sqlgym::sql {

namespace {

using Command = PgQuery__AlterTableCmd;

/// PostgreSQL's passes over the parts of one ALTER TABLE.
enum class Pass : std::uint8_t { Drop, ColumnType, AddColumn, AddConstraint, ColumnAttributes, Other, Unknown };

struct Kind {
    PgQuery__AlterTableType type;
    Pass pass;
    const char *action; ///< how errors name it
};

constexpr Kind kKinds[] = {
    {PG_QUERY__ALTER_TABLE_TYPE__AT_DropColumn, Pass::Drop, "DROP COLUMN"},
    {PG_QUERY__ALTER_TABLE_TYPE__AT_DropConstraint, Pass::Drop, "DROP CONSTRAINT"},
    {PG_QUERY__ALTER_TABLE_TYPE__AT_DropNotNull, Pass::Drop, "ALTER COLUMN ... DROP NOT NULL"},
    {PG_QUERY__ALTER_TABLE_TYPE__AT_DropIdentity, Pass::Drop, "ALTER COLUMN ... DROP IDENTITY"},
    {PG_QUERY__ALTER_TABLE_TYPE__AT_AlterColumnType, Pass::ColumnType, "ALTER COLUMN ... SET DATA TYPE"},
    {PG_QUERY__ALTER_TABLE_TYPE__AT_AddColumn, Pass::AddColumn, "ADD COLUMN"},
    {PG_QUERY__ALTER_TABLE_TYPE__AT_AddConstraint, Pass::AddConstraint, "ADD CONSTRAINT"},
    {PG_QUERY__ALTER_TABLE_TYPE__AT_SetNotNull, Pass::ColumnAttributes, "ALTER COLUMN ... SET NOT NULL"},
    {PG_QUERY__ALTER_TABLE_TYPE__AT_ColumnDefault, Pass::Other, nullptr},
    {PG_QUERY__ALTER_TABLE_TYPE__AT_AddIdentity, Pass::Other, "ALTER COLUMN ... ADD IDENTITY"},
};

const Kind *kindOf(const Command &command)
{
    const auto found = std::ranges::find(kKinds, command.subtype, &Kind::type);
    return found == std::end(kKinds) ? nullptr : found;
}

Pass passOf(const Command &command)
{
    const bool dropsDefault = command.subtype == PG_QUERY__ALTER_TABLE_TYPE__AT_ColumnDefault && !command.def;
    return dropsDefault ? Pass::Drop : kindOf(command)->pass;
}

/// May it fail when it is run, before PostgreSQL has looked at the parts of later passes?
bool mayFailLater(const Command &command)
{
    const Pass pass = passOf(command);
    return pass == Pass::AddColumn ? command.def->column_def->n_constraints > 0 : pass <= Pass::AddConstraint;
}

} // namespace

/// Every column stays as it is.
void DefinitionBinder::startAlter(std::shared_ptr<const TableDefinition> table)
{
    auto &alter = m_statement.alter;
    for (std::size_t i = 0; i < table->columns.size(); ++i) {
        alter.from.push_back(static_cast<int>(i));
        alter.values.push_back(nullptr);
    }
    alter.before = std::move(table);
    m_statement.kind = StatementKind::AlterTable;
}

std::shared_ptr<const TableDefinition> DefinitionBinder::tableToAlter(const PgQuery__RangeVar &relation, bool missingOk,
                                                                      const char *tag, const char *otherKind)
{
    checkDatabase(relation, false);
    const std::string schema = relation.schemaname ? relation.schemaname : "";
    if (!schema.empty())
        checkSchema(schema);
    auto table = m_schema.findTable(schema, relation.relname);
    if ((!table && m_schema.hasRelation(relation.relname)) || (table && table->isMaterialized))
        decline(otherKind);
    if (!table && missingOk) {
        m_statement.kind = StatementKind::Ignored;
        m_statement.ignoredTag = tag;
        return nullptr;
    }
    return table ? table : relationNamed(schema, relation.relname);
}

void DefinitionBinder::bindAlterTable(const PgQuery__AlterTableStmt &stmt)
{
    if (stmt.objtype != PG_QUERY__OBJECT_TYPE__OBJECT_TABLE)
        decline("ALTER of other things than tables");
    auto before = tableToAlter(*stmt.relation, stmt.missing_ok, "ALTER TABLE",
                               "ALTER TABLE of an index, a sequence or a materialized view");
    if (!before)
        return;
    startAlter(before);
    std::vector<const Command *> commands;
    for (std::size_t i = 0; i < stmt.n_cmds; ++i) {
        commands.push_back(stmt.cmds[i]->alter_table_cmd);
        if (!kindOf(*commands.back()))
            decline("this form of ALTER TABLE");
        checkAlterTarget(*commands.back(), *before);
        if (commands.back()->subtype == PG_QUERY__ALTER_TABLE_TYPE__AT_AlterColumnType)
            prepareColumnType(*commands.back());
    }
    std::ranges::stable_sort(commands, {}, [](const Command *command) { return passOf(*command); });
    auto table = std::make_shared<TableDefinition>(*before);
    NewTable made{.table = table.get(), .altered = true, .firstKey = table->keys.size()};
    bool mayFailBefore = false; // while it runs, by one of the parts that come first
    try {
        for (const Command *command : commands) {
            applyAlter(*command, made);
            mayFailBefore = mayFailBefore || mayFailLater(*command);
        }
        addKeys(made);
        withoutPosition([&] { finishAlter(made); });
    } catch (const BindFailure &) {
        if (mayFailBefore && stmt.n_cmds > 1)
            decline("ALTER TABLE in several parts with a mistake");
        throw;
    }
    m_statement.alter.after = std::move(table);
    m_statement.alter.sequences = std::move(made.sequences);
}

/// Views have no columns and constraints of their own.
void DefinitionBinder::checkAlterTarget(const Command &command, const TableDefinition &table) const
{
    if (!table.isView)
        return;
    if (const char *action = kindOf(command)->action)
        fail("42809", "ALTER action " + std::string(action) + " cannot be performed on relation \"" + table.name + "\"",
             -1, "This operation is not supported for views.");
    decline("defaults of views");
}

std::size_t DefinitionBinder::alteredColumn(const TableDefinition &table, std::string_view name) const
{
    const auto found = std::ranges::find(table.columns, name, &ColumnDefinition::name);
    if (found == table.columns.end() && isSystemColumn(name))
        fail("0A000", "cannot alter system column \"" + std::string(name) + "\"");
    if (found == table.columns.end())
        fail("42703", "column \"" + std::string(name) + "\" of relation \"" + table.name + "\" does not exist");
    return static_cast<std::size_t>(found - table.columns.begin());
}

void DefinitionBinder::applyAlter(const Command &command, NewTable &made)
{
    auto &table = *made.table;
    switch (command.subtype) {
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AddColumn:
        return alterAddColumn(command, made);
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropColumn:
        return alterDropColumn(command, made);
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ColumnDefault:
        return alterDefault(command, table);
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetNotNull:
        table.columns[alteredColumn(table, command.name)].notNull = true;
        return;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropNotNull:
        return alterDropNotNull(command, table);
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AddIdentity:
        return alterAddIdentity(command, made);
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropIdentity:
        return alterDropIdentity(command, table);
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AlterColumnType:
        return alterColumnType(command, table);
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AddConstraint: {
        const auto &constraint = *command.def->constraint;
        if (constraint.skip_validation || (constraint.indexname && *constraint.indexname))
            decline("ADD CONSTRAINT ... NOT VALID or USING INDEX");
        made.constraints.push_back({&constraint, -1, static_cast<bool>(constraint.deferrable)});
        return;
    }
    default:
        return alterDropConstraint(command, made);
    }
}

/// The constraints of new columns and those added by themselves: keys, then checks, then foreign keys.
void DefinitionBinder::finishAlter(NewTable &made)
{
    auto &table = *made.table;
    auto &alter = m_statement.alter;
    const auto checks = table.checks.size();
    const auto foreign = table.foreignKeys.size();
    nameKeys(made);
    addChecks(made);
    addForeignKeys(made);
    for (std::size_t i = made.firstKey; i < table.keys.size(); ++i)
        alter.constraints.push_back(table.keys[i].name);
    for (std::size_t i = foreign; i < table.foreignKeys.size(); ++i)
        alter.constraints.push_back(table.foreignKeys[i].name);
    for (std::size_t i = checks; i < table.checks.size(); ++i)
        alter.checks.emplace_back(i, bindCheck(table.checks[i], table));
}

void DefinitionBinder::alterDropConstraint(const Command &command, NewTable &made)
{
    auto &table = *made.table;
    const std::string name = command.name;
    const auto named = [&](const auto &constraint) { return constraint.name == name; };
    const auto ownCheck = [&](const CheckDefinition &check) { return check.domain.empty() && check.name == name; };
    const bool isIndex =
        std::ranges::any_of(table.keys, [&](const auto &key) { return named(key) && !key.constraint; });
    const auto gone = (isIndex ? 0 : std::erase_if(table.keys, named)) + std::erase_if(table.foreignKeys, named) +
                      std::erase_if(table.checks, ownCheck);
    made.firstKey = table.keys.size();
    if (gone == 0 && !command.missing_ok)
        fail("42704", "constraint \"" + name + "\" of relation \"" + table.name + "\" does not exist");
    if (gone > 0)
        m_statement.alter.drops.push_back(
            {.constraint = name, .cascade = command.behavior == PG_QUERY__DROP_BEHAVIOR__DROP_CASCADE});
}

} // namespace sqlgym::sql
