#include "exec/statement.h"

#include "catalogue/catalogue.h"
#include "catalogue/type_oids.h"
#include "exec/insert.h"
#include "exec/modify.h"
#include "exec/runner.h"
#include "exec/skipped_quals.h"
#include "plan/planner.h"
#include "plan/support.h"

#include <algorithm>

namespace sqlgym::exec {

using sql::StatementKind;

namespace {

/// Evaluates what planning folds.
class Folding final : public plan::ConstantEvaluator {
public:
    explicit Folding(Execution &run) : m_run(run) {}
    Datum evaluate(sql::Expr *expr) override
    {
        Compiler compiler(m_code, m_run, nullptr, m_run.cx, nullptr);
        return compiler.compile(expr).get();
    }
    value::Context &context() override { return m_run.cx; }

private:
    Execution &m_run;
    Code m_code;
};

std::vector<sql::ResultColumn> columnsOf(const sql::Query &query)
{
    std::vector<sql::ResultColumn> columns;
    for (const auto &target : query.targets)
        if (!target.junk)
            columns.push_back(
                {target.name,
                 target.expr->type == catalogue::type::kUnknown ? catalogue::type::kText : target.expr->type,
                 target.expr->typmod, target.expr->collation});
    return columns;
}

} // namespace

template <typename F>
std::uint64_t StatementRunner::eachRow(sql::BoundStatement &statement, sql::Query &query, F &&take)
{
    if (auto word = plan::findUnsupported(query); !word.empty()) {
        m_run.stop.decline(std::move(word));
        return 0;
    }
    Folding folding(m_run);
    const auto size = [&](const sql::TableDefinition &table) {
        const auto found = m_database.table(table.name);
        return found ? double(found->rows.size()) : 0;
    };
    const auto planned = plan::planQuery(statement, query, folding, {size, m_run.failLate});
    if (!planned)
        return 0;
    Runner runner(m_run, *planned, [&](const sql::TableDefinition &table) { return m_database.table(table.name); });
    const RowSourcePtr rows = runner.build(*planned->root, nullptr);
    std::uint64_t count = 0;
    if (m_run.stopped())
        return 0;
    rows->open();
    while (!m_run.stopped()) {
        const Datum *row = rows->next();
        if (!row)
            break;
        ++count;
        if (!take(row))
            return count;
    }
    if (!m_run.stopped())
        checkSkippedQuals(runner);
    return count;
}

std::string StatementRunner::execute(sql::BoundStatement &statement, ResultSink &sink)
{
    std::string tag;
    if (statement.kind != StatementKind::Select && statement.kind != StatementKind::Transaction &&
        statement.kind != StatementKind::Show)
        m_transaction.noteChange();
    switch (statement.kind) {
    case StatementKind::Select:
        tag = select(statement, sink);
        break;
    case StatementKind::Insert:
        tag = insert(statement, sink);
        break;
    case StatementKind::Modify:
        tag = modify(statement, sink);
        break;
    case StatementKind::CreateTable:
        tag = createTable(statement);
        break;
    case StatementKind::CreateTableAs:
        tag = createTableAs(statement);
        break;
    case StatementKind::CreateView:
        tag = createView(statement);
        break;
    case StatementKind::Drop:
        tag = drop(statement);
        break;
    case StatementKind::CreateIndex:
        tag = "CREATE INDEX";
        break;
    case StatementKind::CreateType:
        tag = statement.type.domain ? "CREATE DOMAIN" : "CREATE TYPE";
        if (!m_database.addType(statement.type))
            m_run.cx.fail("42710", "type \"" + statement.type.name + "\" already exists");
        break;
    case StatementKind::Transaction:
        tag = m_transaction.apply(statement.transaction, m_run, m_database);
        break;
    case StatementKind::Set:
        m_database.set(statement.setting.name, statement.setting.value);
        tag = "SET";
        break;
    case StatementKind::Show:
        tag = show(statement.setting, sink);
        break;
    case StatementKind::Ignored:
        tag = statement.ignoredTag;
        break;
    }
    return m_run.stopped() ? std::string() : tag;
}

std::string StatementRunner::show(const sql::SettingStatement &statement, ResultSink &sink)
{
    const std::string *value = m_database.setting(statement.name);
    sink.begin({{statement.name, catalogue::type::kText, -1, 0}});
    const Datum row = value::Datum::ofText(value ? *value : statement.value);
    sink.row(&row);
    return "SHOW";
}

std::string StatementRunner::select(sql::BoundStatement &statement, ResultSink &sink)
{
    if (auto word = plan::findUnprintable(*statement.query); !word.empty()) {
        m_run.stop.decline(std::move(word));
        return {};
    }
    sink.begin(columnsOf(*statement.query));
    const auto count = eachRow(statement, *statement.query, [&](const Datum *row) { return sink.row(row); });
    return "SELECT " + std::to_string(count);
}

std::string StatementRunner::insert(sql::BoundStatement &statement, ResultSink &sink)
{
    Insertion insertion(m_run, m_database, statement.insert);
    if (m_run.stopped())
        return {};
    std::uint64_t count = 1;
    if (statement.insert.source)
        count = eachRow(statement, *statement.insert.source, [&](const Datum *row) { return insertion.add(row); });
    else
        insertion.add(nullptr);
    if (m_run.stopped())
        return {};
    insertion.finish();
    if (statement.insert.hasReturning && !m_run.stopped())
        giveReturning(statement.insert.returning, insertion.added(), sink);
    return "INSERT 0 " + std::to_string(count);
}

void StatementRunner::giveReturning(const std::vector<sql::TargetEntry> &returning,
                                    const std::vector<const Datum *> &rows, ResultSink &sink)
{
    Scratch scratch(m_run);
    RowExpressions expressions(m_run, scratch);
    std::vector<Operand> operands;
    for (const auto &target : returning)
        operands.push_back(expressions.compile(target.expr));
    if (m_run.stopped())
        return;
    sink.begin(returningColumns(returning));
    std::vector<Datum> values(operands.size() + 1, Datum::null());
    for (const Datum *row : rows) {
        scratch.arena.reset();
        expressions.standOn(row);
        for (std::size_t i = 0; i < operands.size(); ++i)
            values[i] = operands[i].get();
        if (!m_run.proceed() || !sink.row(values.data()))
            return;
    }
}

std::string StatementRunner::modify(sql::BoundStatement &statement, ResultSink &sink)
{
    const auto &change = statement.modify;
    Modification modification(m_run, m_database, change);
    if (m_run.stopped())
        return {};
    eachRow(statement, *change.source, [&](const Datum *row) { return modification.add(row); });
    const auto count = m_run.stopped() ? 0 : modification.finish();
    if (m_run.stopped())
        return {};
    if (change.hasReturning) {
        std::vector<const Datum *> rows;
        for (const auto &[old, changed] : modification.changes())
            rows.push_back(changed ? changed : old);
        giveReturning(change.returning, rows, sink);
    }
    return (change.isDelete ? "DELETE " : "UPDATE ") + std::to_string(count);
}

std::string StatementRunner::createTable(sql::BoundStatement &statement)
{
    const auto &create = statement.create;
    const std::string &name = create.table->name;
    if (m_database.table(name)) {
        if (!create.ifNotExists)
            m_run.cx.fail("42P07", "relation \"" + name + "\" already exists");
        return "CREATE TABLE";
    }
    for (const auto &foreign : create.table->foreignKeys) {
        const auto other = m_database.table(foreign.table);
        const auto &definition = foreign.table == name ? create.table : other ? other->definition : nullptr;
        const bool unique = definition && std::any_of(definition->keys.begin(), definition->keys.end(),
                                                      [&](const sql::KeyDefinition &key) {
                                                          auto a = key.columns;
                                                          auto b = foreign.referenced;
                                                          std::sort(a.begin(), a.end());
                                                          std::sort(b.begin(), b.end());
                                                          return a == b;
                                                      });
        if (!unique) {
            m_run.cx.fail("42830", "there is no unique constraint matching given keys for referenced table \"" +
                                       foreign.table + "\"");
            return {};
        }
    }
    auto table = std::make_shared<Table>();
    table->definition = create.table;
    table->sequences.resize(create.table->columns.size(), 0);
    m_database.add(std::move(table));
    return "CREATE TABLE";
}

std::string StatementRunner::createTableAs(sql::BoundStatement &statement)
{
    auto definition = std::make_shared<sql::TableDefinition>(*statement.create.table);
    if (m_database.table(definition->name)) {
        if (!statement.create.ifNotExists)
            m_run.cx.fail("42P07", "relation \"" + definition->name + "\" already exists");
        return "CREATE TABLE AS";
    }
    for (auto &column : definition->columns)
        if (column.type == catalogue::type::kUnknown)
            column.type = catalogue::type::kText;
    auto table = std::make_shared<Table>();
    table->sequences.resize(definition->columns.size(), 0);
    table->memory.push_back(std::make_shared<RowMemory>(m_run.account));
    const std::size_t width = definition->columns.size();
    table->definition = std::move(definition);
    const auto count = eachRow(statement, *statement.create.source, [&](const Datum *row) {
        const Datum *copy = copyRow(row, width, table->memory.front()->arena());
        if (table->memory.front()->full() || !copy || !m_run.charge(sizeof(copy)))
            m_run.stop.stop(base::StopReason::MemoryLimit);
        else
            table->rows.push_back(copy);
        return !m_run.stopped();
    });
    if (!m_run.stopped())
        m_database.add(std::move(table));
    return "SELECT " + std::to_string(count);
}

std::string StatementRunner::createView(sql::BoundStatement &statement)
{
    const auto &definition = statement.create.table;
    if (const auto existing = m_database.table(definition->name)) {
        if (statement.create.orReplace && existing->definition->isView)
            m_run.stop.decline("replacing a view");
        else
            m_run.cx.fail("42P07", "relation \"" + definition->name + "\" already exists");
        return {};
    }
    auto view = std::make_shared<Table>();
    view->definition = definition;
    m_database.add(std::move(view));
    return "CREATE VIEW";
}

std::string StatementRunner::drop(sql::BoundStatement &statement)
{
    const bool views = statement.drop.views;
    const std::string kind = views ? "view" : "table";
    std::vector<std::string> names;
    for (const auto &name : statement.drop.names) {
        const auto table = name.schema.empty() || name.schema == "public" ? m_database.table(name.name) : nullptr;
        if (!table) {
            if (statement.drop.ifExists)
                continue;
            m_run.cx.fail("42P01", kind + " \"" + name.name + "\" does not exist");
            return {};
        }
        if (table->definition->isView != views) {
            m_run.cx.fail("42809", "\"" + name.name + "\" is not a " + kind, {},
                          table->definition->isView ? "Use DROP VIEW to remove a view."
                                                    : "Use DROP TABLE to remove a table.");
            return {};
        }
        names.push_back(name.name);
    }
    for (const auto &[other, table] : m_database.tables()) {
        if (std::find(names.begin(), names.end(), other) != names.end())
            continue;
        for (const std::string &name : names) {
            const auto &keys = table->definition->foreignKeys;
            const bool depends =
                table->definition->isView
                    ? table->definition->viewSql.find(name) != std::string::npos
                    : std::any_of(keys.begin(), keys.end(), [&](const auto &key) { return key.table == name; });
            if (depends) {
                m_run.stop.decline("dropping a " + kind + " that others depend on");
                return {};
            }
        }
    }
    for (const std::string &name : names)
        m_database.remove(name);
    return views ? "DROP VIEW" : "DROP TABLE";
}

} // namespace sqlgym::exec
