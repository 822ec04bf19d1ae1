#include "exec/statement.h"

#include "catalogue/catalogue.h"
#include "catalogue/type_oids.h"
#include "exec/runner.h"
#include "exec/skipped_quals.h"
#include "exec/statement_changes.h"
#include "plan/planner.h"
#include "plan/support.h"

#include <algorithm>
#include <map>

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
    // The statement sees all tables as they are now.
    std::map<std::string, std::shared_ptr<const Table>, std::less<>> tables;
    Runner runner(m_run, *planned, [&](const sql::TableDefinition &table) {
        auto &known = tables[table.name];
        if (!known)
            known = m_database.table(table.name);
        return known;
    });
    StatementChanges changes(m_run, m_database);
    runner.setChanges(changes);
    const RowSourcePtr rows = runner.build(*planned->root, nullptr);
    std::uint64_t count = 0;
    if (m_run.stopped())
        return 0;
    rows->open();
    bool wanted = true;
    while (!m_run.stopped() && (wanted || changes.any())) {
        const Datum *row = rows->next();
        if (!row)
            break;
        ++count;
        wanted = wanted && take(row);
    }
    if (changes.any())
        m_transaction.noteChange();
    changes.finishParts();
    if (!m_run.stopped() && wanted)
        checkSkippedQuals(runner);
    if (changes.any())
        changes.finish();
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
    case StatementKind::Change:
        tag = change(statement, sink);
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

std::string StatementRunner::change(sql::BoundStatement &statement, ResultSink &sink)
{
    if (auto word = plan::findUnprintable(*statement.query); !word.empty()) {
        m_run.stop.decline(std::move(word));
        return {};
    }
    const sql::Change &change = *changeOf(*statement.query);
    if (change.hasReturning)
        sink.begin(columnsOf(*statement.query));
    const auto count =
        eachRow(statement, *statement.query, [&](const Datum *row) { return !change.hasReturning || sink.row(row); });
    const char *word = change.kind == sql::ChangeKind::Insert   ? "INSERT 0 "
                       : change.kind == sql::ChangeKind::Update ? "UPDATE "
                                                                : "DELETE ";
    return word + std::to_string(count);
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
    auto definition = std::make_shared<sql::TableDefinition>(*create.table);
    for (auto &foreign : definition->foreignKeys)
        foreign.order = m_database.nextOrder();
    table->definition = std::move(definition);
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
