// CREATE, ALTER and DROP of sequences and types.
#include "exec/dependencies.h"
#include "exec/statement.h"

#include "catalogue/user_types.h"

#include <algorithm>

namespace sqlgym::exec {

std::string StatementRunner::sequence(const sql::SequenceStatement &statement)
{
    auto definition = statement.sequence;
    if (!statement.alter) {
        definition.order = m_database.nextOrder();
        m_database.addSequence(makeSequence(std::move(definition)));
        return "CREATE SEQUENCE";
    }
    Sequence sequence = *m_database.sequence(definition.name);
    // Unlike nextval(), ALTER is taken back by ROLLBACK.
    auto state = std::make_shared<SequenceState>(*sequence.state);
    if (statement.restart)
        *state = {*statement.restart, false};
    const std::string last = std::to_string(state->last);
    if (state->last < definition.least || state->last > definition.most) {
        const bool low = state->last < definition.least;
        m_run.cx.fail("22023", "RESTART value (" + last + ") cannot be " + (low ? "less" : "greater") + " than " +
                                   (low ? "MINVALUE" : "MAXVALUE") + " (" +
                                   std::to_string(low ? definition.least : definition.most) + ")");
        return {};
    }
    sequence.definition = std::make_shared<const sql::SequenceDefinition>(std::move(definition));
    sequence.state = std::move(state);
    m_database.addSequence(std::move(sequence));
    return "ALTER SEQUENCE";
}

/// A column's DEFAULT may ask a sequence, and a serial or identity column has its own.
std::string StatementRunner::dropSequences(const sql::DropStatement &statement)
{
    std::vector<std::string> names;
    for (const auto &wanted : statement.names) {
        if (m_database.sequence(wanted.name)) {
            names.push_back(wanted.name);
        } else if (m_database.hasRelation(wanted.name)) {
            m_run.stop.decline("DROP SEQUENCE of what is none");
            return {};
        } else if (!statement.ifExists) {
            m_run.cx.fail("42P01", "sequence \"" + wanted.name + "\" does not exist");
            return {};
        }
    }
    for (const auto &name : names) {
        const auto &sequence = *m_database.sequence(name)->definition;
        std::string detail;
        for (const auto &[tableName, table] : m_database.tables())
            for (const auto &column : table->definition->columns) {
                const auto &asked = column.defaultSequences;
                const bool own = column.identity && column.sequence == name;
                const bool asks = std::find(asked.begin(), asked.end(), Database::oidOf(sequence.order)) != asked.end();
                if (own && column.identity != 's') {
                    m_run.cx.fail("2BP01",
                                  "cannot drop sequence " + name + " because column " + column.name + " of table " +
                                      tableName + " requires it",
                                  {}, "You can drop column " + column.name + " of table " + tableName + " instead.");
                    return {};
                }
                if ((own || asks) && (!detail.empty() || names.size() > 1 || statement.cascade)) {
                    m_run.stop.decline("dropping a sequence that several defaults use");
                    return {};
                }
                if (own || asks)
                    detail = "default value for column " + column.name + " of table " + tableName +
                             " depends on sequence " + name;
            }
        if (!detail.empty()) {
            m_run.cx.fail("2BP01", "cannot drop sequence " + name + " because other objects depend on it", detail,
                          "Use DROP ... CASCADE to drop the dependent objects too.");
            return {};
        }
    }
    for (const auto &name : names)
        m_database.removeSequence(name);
    return "DROP SEQUENCE";
}

std::string StatementRunner::dropTypes(const sql::DropStatement &statement)
{
    const bool domains = statement.kind == sql::RelationKind::Domain;
    for (const auto &wanted : statement.names) {
        const auto *type = m_database.type(wanted.name);
        if (!type && (m_database.hasRelation(wanted.name) || catalogue::findType(std::string_view(wanted.name)))) {
            m_run.stop.decline("DROP TYPE of a table's or built-in type");
            return {};
        }
        if (!type && statement.ifExists)
            continue;
        if (!type) {
            m_run.cx.fail("42704", "type \"" + wanted.name + "\" does not exist");
            return {};
        }
        if (domains && !type->domain) {
            m_run.cx.fail("42809", "\"" + wanted.name + "\" is not a domain");
            return {};
        }
        std::vector<std::string> reasons;
        for (const auto &[name, table] : m_database.tables()) {
            const auto &definition = *table->definition;
            for (std::size_t i = 0; i < definition.columns.size(); ++i) {
                const auto &column = definition.columns[i];
                const bool ofDomain =
                    std::any_of(definition.checks.begin(), definition.checks.end(), [&](const auto &check) {
                        return check.domain == wanted.name && check.column == int(i);
                    });
                const auto *row = catalogue::findType(column.type);
                const bool array = type->enumType && row && row->element == type->enumType;
                if (!definition.isTable() ? definition.viewSql.find(wanted.name) != std::string::npos || array ||
                                                (type->enumType && column.type == type->enumType)
                                          : array || (type->domain && type->domain->checks.empty())) {
                    m_run.stop.decline("dropping a type that others may use");
                    return {};
                }
                if (ofDomain || (type->enumType && column.type == type->enumType))
                    reasons.push_back("column " + column.name + " of table " + name + " depends on type " +
                                      wanted.name);
            }
        }
        if (reasons.size() > 1 || (!reasons.empty() && (statement.cascade || statement.names.size() > 1))) {
            m_run.stop.decline("dropping a type that several columns use");
            return {};
        }
        if (!reasons.empty()) {
            m_run.cx.fail("2BP01", "cannot drop type " + wanted.name + " because other objects depend on it",
                          reasons.front(), "Use DROP ... CASCADE to drop the dependent objects too.");
            return {};
        }
        m_database.removeType(wanted.name);
    }
    return domains ? "DROP DOMAIN" : "DROP TYPE";
}

std::string StatementRunner::alterEnum(const sql::AlterEnumStatement &statement)
{
    const auto *type = m_database.type(statement.name);
    for (const auto &[name, table] : m_database.tables())
        for (const auto &column : table->definition->columns) {
            const auto *row = catalogue::findType(column.type);
            if (column.type == statement.before || (row && row->element == statement.before)) {
                m_run.stop.decline("ALTER TYPE of a type that tables use");
                return {};
            }
        }
    auto changed = *type;
    changed.enumType = statement.after;
    m_database.removeType(statement.name);
    m_database.addType(changed);
    m_database.noteAltered(statement.after);
    return "ALTER TYPE";
}

} // namespace sqlgym::exec
