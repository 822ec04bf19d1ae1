#include "exec/statement.h"

#include "catalogue/catalogue.h"
#include "catalogue/type_oids.h"
#include "exec/alter.h"
#include "exec/runner.h"
#include "exec/skipped_quals.h"
#include "exec/statement_changes.h"
#include "exec/sure_errors.h"
#include "plan/failing_expressions.h"
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
    Folding(Execution &run, value::Context &cx) : m_run(run), m_cx(cx) {}
    Datum evaluate(sql::Expr *expr) override
    {
        Compiler compiler(m_code, m_run, nullptr, m_cx, nullptr);
        const Datum datum = compiler.compile(expr).get();
        m_passedOver = m_run.stopped() && m_run.passOver();
        return datum;
    }
    bool passedOver() const override { return m_passedOver; }
    value::Context &context() override { return m_cx; }

private:
    Execution &m_run;
    value::Context &m_cx;
    Code m_code;
    bool m_passedOver = false;
};

/// The name of the type of a whole row: its table's or view's.
std::string rowTypeName(const sql::Query &query, const sql::Expr *expr)
{
    const auto *column = sql::as<sql::ColumnExpr>(expr);
    if (!column || column->column != -1 || column->range < 0)
        return {};
    const auto &entry = query.range[std::size_t(column->range)];
    const auto &owner = entry.table ? entry.table : entry.view;
    return owner ? owner->name : std::string();
}

std::vector<sql::ResultColumn> columnsOf(const sql::Query &query)
{
    std::vector<sql::ResultColumn> columns;
    for (const auto &target : query.targets)
        if (!target.junk)
            columns.push_back(
                {target.name,
                 target.expr->type == catalogue::type::kUnknown ? catalogue::type::kText : target.expr->type,
                 target.expr->typmod, target.expr->collation, rowTypeName(query, target.expr)});
    return columns;
}

} // namespace

plan::FailingExpressions StatementRunner::findFailing(sql::BoundStatement &statement, sql::Query &query)
{
    Scratch scratch(m_run);
    Folding trial(m_run, scratch.cx);
    return plan::findFailing(statement, query, trial,
                             [&](const sql::TableDefinition &definition, std::size_t column, std::size_t most) {
                                 std::vector<Datum> values;
                                 const auto table = m_database.table(definition.name);
                                 for (std::size_t i = 0; table && i < table->rows.size() && values.size() < most; ++i)
                                     values.push_back(table->rows[i][column]);
                                 return values;
                             });
}

template <typename F>
std::uint64_t StatementRunner::eachRow(sql::BoundStatement &statement, sql::Query &query, F &&take)
{
    if (auto word = plan::findUnsupported(query); !word.empty()) {
        m_run.stop.decline(std::move(word));
        return 0;
    }
    m_run.severalQueries = plan::hasSeveralQueries(query);
    const plan::FailingExpressions failing = (m_run.severalQueries || changeOf(query)) && !m_run.surveying
                                                 ? findFailing(statement, query)
                                                 : plan::FailingExpressions();
    Folding folding(m_run, m_run.cx);
    const auto size = [&](const sql::TableDefinition &table) {
        const auto found = m_database.table(table.name);
        return found ? double(found->rows.size()) : 0;
    };
    const auto planned = plan::planQuery(statement, query, folding, {size, m_run.failLate, m_run.keepsRows});
    m_run.constantFails = failing.constant;
    const bool isRefused =
        m_run.stop.reason() == base::StopReason::Error && m_run.stop.diagnostic().sqlstate == "0A000";
    m_run.errorIsSure = !planned && (isRefused ? failing.fullJoinsPlanned : failing.sure || !m_run.severalQueries);
    if (!planned || !m_run.errorsSeen.empty()) // what fails in planning hides what would fail later
        return 0;
    // The statement sees all tables as they are now.
    std::map<std::string, std::shared_ptr<const Table>, std::less<>> tables;
    Runner runner(m_run, *planned, [&](const sql::TableDefinition &table) {
        auto &known = tables[table.name];
        if (!known)
            known = m_database.table(table.name);
        if (known && !known->definition->isPopulated)
            m_run.cx.fail("55000", "materialized view \"" + table.name + "\" has not been populated", {},
                          "Use the REFRESH MATERIALIZED VIEW command.");
        return known;
    });
    if (const sql::Change *change = changeOf(query); change && change->table->isMaterialized) {
        m_run.cx.fail("42809", "cannot change materialized view \"" + change->table->name + "\"");
        return 0;
    }
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
    if (failing.constant && m_run.severalQueries && !m_run.stopped())
        m_run.stop.decline("an expression that cannot be evaluated, where PostgreSQL may leave it out");
    if (failing.inSubquery && m_run.severalQueries && !m_run.stopped())
        m_run.stop.decline("a subquery that fails on some rows, which PostgreSQL may leave out");
    if (changes.any())
        changes.finish();
    m_run.errorIsSure = !failing.constant && (!m_run.severalQueries || isErrorSure(runner));
    // A pattern that fails on some values fails in planning where the statistics hold one of them.
    if (plan::hasFailingPattern(query)) {
        m_run.dependsOnOrder = m_run.dependsOnOrder || !m_run.stopped();
        if (m_run.stop.reason() == base::StopReason::Error && m_run.stop.diagnostic().sqlstate != "22025") {
            m_run.stop.clear();
            m_run.stop.decline("a query in which the order of rows decides which of several errors shows");
        }
    }
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
        tag = createTable(statement.create);
        break;
    case StatementKind::CreateTableAs:
        tag = createTableAs(statement);
        break;
    case StatementKind::RefreshView:
        tag = refreshView(statement);
        break;
    case StatementKind::CreateView:
        tag = createView(statement.create);
        break;
    case StatementKind::Drop:
        tag = drop(statement.drop);
        break;
    case StatementKind::CreateIndex:
        tag = createIndex(statement.index);
        break;
    case StatementKind::CreateType:
        tag = statement.type.domain ? "CREATE DOMAIN" : "CREATE TYPE";
        if (!m_database.addType(statement.type))
            m_run.cx.fail("42710", "type \"" + statement.type.name + "\" already exists");
        break;
    case StatementKind::Sequence:
        tag = sequence(statement.sequence);
        break;
    case StatementKind::AlterEnum:
        tag = alterEnum(statement.alterEnum);
        break;
    case StatementKind::Truncate:
        tag = truncate(statement.truncate);
        break;
    case StatementKind::AlterTable:
        tag = TableAlteration(m_run, m_database, statement.alter).run();
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

std::string StatementRunner::createTableAs(sql::BoundStatement &statement)
{
    auto definition = std::make_shared<sql::TableDefinition>(*statement.create.table);
    if (m_database.hasRelation(definition->name)) {
        if (!statement.create.ifNotExists)
            m_run.cx.fail("42P07", "relation \"" + definition->name + "\" already exists");
        return "CREATE TABLE AS";
    }
    for (auto &column : definition->columns)
        if (column.type == catalogue::type::kUnknown)
            column.type = catalogue::type::kText;
    definition->order = m_database.nextOrder();
    auto table = std::make_shared<Table>();
    table->definition = std::move(definition);
    if (statement.create.withoutData) {
        m_database.add(std::move(table));
        return "CREATE TABLE AS";
    }
    const auto count = fill(*table, statement);
    if (!m_run.stopped())
        m_database.add(std::move(table));
    return "SELECT " + std::to_string(count);
}

/// Gives a new table the rows of the statement's source; their number.
std::uint64_t StatementRunner::fill(Table &table, sql::BoundStatement &statement)
{
    auto memory = std::make_shared<RowMemory>(m_run.account);
    table.memory.push_back(memory);
    const std::size_t width = table.definition->columns.size();
    return eachRow(statement, *statement.create.source, [&](const Datum *row) {
        const Datum *copy = copyRow(row, width, memory->arena());
        if (memory->full() || !copy || !m_run.charge(sizeof(copy)))
            m_run.stop.stop(base::StopReason::MemoryLimit);
        else
            table.rows.push_back(copy);
        return !m_run.stopped();
    });
}

std::string StatementRunner::refreshView(sql::BoundStatement &statement)
{
    const auto &create = statement.create;
    auto definition = std::make_shared<sql::TableDefinition>(*create.table);
    definition->isPopulated = !create.withoutData;
    auto view = std::make_shared<Table>();
    view->definition = std::move(definition);
    if (!create.withoutData)
        fill(*view, statement);
    for (const auto &key : view->definition->keys) {
        if (m_run.stopped())
            return {};
        checkUnique(m_run, *view, key);
        if (!create.concurrently || m_run.stop.reason() != base::StopReason::Error)
            continue;
        m_run.stop.clear();
        m_run.stop.decline("REFRESH ... CONCURRENTLY of rows that break a unique index");
    }
    // Only what has changed is written then, at other places.
    view->reordered = create.concurrently;
    if (!m_run.stopped())
        m_database.add(std::move(view));
    return "REFRESH MATERIALIZED VIEW";
}

} // namespace sqlgym::exec
