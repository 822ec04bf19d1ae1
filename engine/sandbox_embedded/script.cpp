#include "sandbox_embedded/script.h"

#include "base/clock.h"
#include "base/heap_limit.h"
#include "catalogue/catalogue.h"
#include "exec/statement.h"
#include "runtime/io.h"
#include "sql/bind.h"
#include "sql/change.h"
#include "sql/guard.h"
#include "sql/parse.h"

#include <algorithm>
#include <chrono>
#include <exception>
#include <new>
#include <optional>
#include <pthread.h>
#include <type_traits>

namespace sqlgym::sandbox_embedded {

using sandbox::Outcome;
using sandbox::Status;

namespace {

/// Microseconds from 1970 to 2000, where PostgreSQL counts from.
constexpr std::int64_t kEpochMicros = 946'684'800'000'000;

/// Turns rows into text cells, charged to the run.
class TableSink final : public exec::ResultSink {
public:
    TableSink(exec::Execution &run, Outcome &outcome, std::uint64_t maxRows)
        : m_run(run), m_outcome(outcome), m_maxRows(maxRows)
    {
    }
    void begin(const std::vector<sql::ResultColumn> &columns) override
    {
        m_types.clear();
        m_outcome.table = {};
        for (const auto &column : columns) {
            const auto *type = catalogue::findType(column.type);
            m_outcome.table.columns.push_back({column.name, !column.typeName.empty() ? column.typeName
                                                            : type                   ? std::string(type->name)
                                                                                     : std::string()});
            m_types.push_back(column.type);
        }
    }
    bool row(const value::Datum *row) override
    {
        if (m_maxRows && m_outcome.table.rowCount() >= m_maxRows) {
            m_outcome.truncated = true;
            return false;
        }
        if (m_types.empty())
            m_outcome.table.appendEmptyRow();
        for (std::size_t i = 0; i < m_types.size(); ++i) {
            if (row[i].isNull) {
                m_outcome.table.append(std::nullopt);
                continue;
            }
            m_text.clear();
            runtime::textOut(m_types[i], row[i], m_text);
            m_outcome.table.append(std::string_view(m_text));
        }
        const std::size_t bytes = m_outcome.table.memoryBytes();
        if (bytes > m_charged && !m_run.charge(bytes - m_charged))
            return false;
        m_charged = std::max(m_charged, bytes);
        return true;
    }

private:
    exec::Execution &m_run;
    Outcome &m_outcome;
    std::uint64_t m_maxRows;
    std::vector<value::Oid> m_types;
    std::string m_text;
    std::size_t m_charged = 0;
};

Outcome failed(Status status)
{
    Outcome outcome;
    outcome.status = status;
    outcome.by = sandbox::Engine::Embedded;
    return outcome;
}

Outcome error(base::Diagnostic diagnostic)
{
    Outcome outcome = failed(Status::Error);
    outcome.diagnostic = std::move(diagnostic);
    return outcome;
}

Outcome declined(std::string feature)
{
    Outcome outcome = failed(Status::Unsupported);
    outcome.feature = std::move(feature);
    return outcome;
}

Outcome stopped(const base::Stop &stop)
{
    switch (stop.reason()) {
    case base::StopReason::Error:
        return error(stop.diagnostic());
    case base::StopReason::Declined:
        return declined(stop.feature());
    case base::StopReason::Timeout:
        return failed(Status::Timeout);
    case base::StopReason::Cancelled:
        return failed(Status::Cancelled);
    case base::StopReason::MemoryLimit:
        return failed(Status::MemoryLimit);
    case base::StopReason::None:
        break;
    }
    return failed(Status::Ok);
}

constexpr std::int64_t kProofMs = 200;
constexpr std::size_t kProofBytes = 64u << 20;

/// Makes a change the query that gives its rows; what it is about is not touched. False: it has none of its own.
bool readsOnly(sql::BoundStatement &statement)
{
    const sql::Change &change = *sql::changeOf(*statement.query);
    if (!change.source || !statement.query->ctes.empty())
        return false;
    statement.query = change.source;
    for (auto &target : statement.query->targets)
        target.junk = true; // the identity of a row among them
    statement.kind = sql::StatementKind::Select;
    return true;
}

/// Runs a SELECT, or what a change reads, once more, in another way that `set` chooses, to learn something about its
/// error. False: it is none.
template <typename F>
bool runAgain(const sql::ParsedScript::Statement &statement, std::string_view sql, exec::Database &database,
              value::Session session, F &&useRun)
{
    auto bound = sql::bind(statement, sql, database, session);
    if (!bound.statement)
        return false;
    const bool isChange = bound.statement->kind == sql::StatementKind::Change;
    const bool keepsRows = isChange && sql::changeOf(*bound.statement->query)->kind != sql::ChangeKind::Insert;
    if (isChange && !readsOnly(*bound.statement))
        return false;
    if (bound.statement->kind != sql::StatementKind::Select)
        return false;
    base::CancelToken cancel(kProofMs);
    base::MemoryAccount account(kProofBytes);
    exec::Execution run(account, cancel, session);
    run.keepsRows = keepsRows;
    Outcome unused;
    TableSink sink(run, unused, 0);
    exec::TransactionBlock unopened;
    useRun(run, [&] { exec::StatementRunner(run, database, unopened).execute(*bound.statement, sink); });
    return true;
}

/// A query was declined because its error depends on the plan. If the error shows even when the conditions that fail
/// are tested last, it shows under every plan: then it is the answer.
void proveError(const sql::ParsedScript::Statement &statement, std::string_view sql, exec::Database &database,
                const value::Session &session, Outcome &answer)
{
    runAgain(statement, sql, database, session, [&](exec::Execution &run, auto &&execute) {
        run.failLate = true;
        execute();
        if (run.stop.reason() == base::StopReason::Error && (!run.severalQueries || run.errorIsSure))
            answer = error(run.stop.diagnostic());
    });
}

/// An error of a value (not of a constraint, or of what PostgreSQL has not), met in a statement of several queries:
/// another plan may do without what failed.
bool mayBeAvoided(const exec::Execution &run)
{
    if (run.stop.reason() != base::StopReason::Error || run.errorIsSure)
        return false;
    if (!run.severalQueries)
        return run.constantFails;
    const auto &error = run.stop.diagnostic();
    const bool ofValue = error.sqlstate.starts_with("22") || error.sqlstate.starts_with("54");
    return ofValue || error.sqlstate == "0A000" ||
           error.message == "more than one row returned by a subquery used as an expression";
}

/// Rows of tables that go into a table with a key: one that cannot be computed may come before or after one whose key
/// is taken.
bool mayBreakKeysInstead(const sql::BoundStatement &statement)
{
    const auto *change = statement.kind == sql::StatementKind::Change ? sql::changeOf(*statement.query) : nullptr;
    return change && change->kind == sql::ChangeKind::Insert && change->source && !change->table->keys.empty() &&
           std::ranges::any_of(change->source->range,
                               [](const sql::RangeEntry &entry) { return entry.kind != sql::RangeKind::Values; });
}

/// Which of several errors shows hangs on the order of rows: then there is no answer.
void doubtError(const sql::ParsedScript::Statement &statement, std::string_view sql, exec::Database &database,
                const value::Session &session, bool returningFails, Outcome &answer)
{
    // (A constraint that a row breaks is met row by row, RETURNING with it.)
    const bool constraint = answer.diagnostic.sqlstate.starts_with("23");
    if (returningFails && !constraint) {
        answer = declined("a change whose RETURNING can fail as well");
        return;
    }
    runAgain(statement, sql, database, session, [&](exec::Execution &run, auto &&execute) {
        run.surveying = true;
        execute();
        run.errorsSeen.erase(answer.diagnostic.sqlstate);
        if (run.stop.reason() == base::StopReason::Declined && !run.planDecides && !constraint)
            answer = declined(run.stop.feature());
        else if (!run.errorsSeen.empty())
            answer = declined("a query in which the order of rows decides which of several errors shows");
        else if (run.cutShort && !constraint)
            answer = declined("a query in which the order of rows decides whether an error shows");
    });
}

/// Parse trees are libpg_query's, in memory that nobody counts: charged beforehand where the text is long enough to
/// matter, by what a token was measured to cost.
bool chargeTrees(std::string_view sql, base::MemoryAccount &account)
{
    constexpr std::size_t kLongText = 64u << 10, kBytesPerToken = 400;
    return sql.size() < kLongText || account.charge(sql::measure(sql).allTokens * kBytesPerToken);
}

Outcome runStatements(std::string_view sql, exec::Database &database, base::MemoryAccount &account,
                      base::CancelToken &cancel, const ScriptOptions &options)
{
    if (!chargeTrees(sql, account))
        return failed(Status::MemoryLimit);
    const auto parsed =
        options.parsed ? options.parsed->parse(sql) : std::make_shared<const sql::ParseOutcome>(sql::parse(sql));
    if (parsed->error)
        return error(*parsed->error);
    if (!parsed->script)
        return declined(parsed->declined);
    const auto &statements = parsed->script->statements();
    if (options.singleStatement && statements.size() > 1)
        return error({"42601", "cannot insert multiple commands into a prepared statement", {}, {}, 0});
    value::Session session;
    session.transactionTimestamp = base::Clock().now() - kEpochMicros;
    session.statementTimestamp = session.transactionTimestamp;
    session.relations = &database;
    session.randomState ^= static_cast<std::uint64_t>(session.transactionTimestamp);
    Outcome outcome = failed(Status::Ok);
    exec::TransactionBlock transaction;
    database.set({}, {}); // a session of its own
    bool dependsOnOrder = false;
    for (const auto &statement : statements) {
        outcome = failed(Status::Ok);
        auto bound = sql::bind(statement, sql, database, session);
        if (bound.error)
            return error(std::move(*bound.error));
        if (!bound.statement)
            return declined(std::move(bound.declined));
        exec::Execution run(account, cancel, session);
        TableSink sink(run, outcome, options.maxRows);
        outcome.commandTag = exec::StatementRunner(run, database, transaction).execute(*bound.statement, sink);
        // A result cut at maxRows is complete for its reader.
        if (run.stopped()) {
            Outcome answer = stopped(run.stop);
            const bool avoidable = mayBeAvoided(run);
            if (avoidable)
                answer = declined("an error that another plan of PostgreSQL's may avoid (" +
                                  run.stop.diagnostic().message + ")");
            // (An error of constants may come first.)
            if ((run.planDecides || avoidable) && !run.constantFails)
                proveError(statement, sql, database, session, answer);
            if (answer.status == Status::Error && answer.diagnostic.sqlstate.starts_with("22") &&
                mayBreakKeysInstead(*bound.statement))
                answer = declined("a query in which the order of rows decides which of several errors shows");
            if (answer.status == Status::Error)
                doubtError(statement, sql, database, session, run.returningMayFail, answer);
            return answer;
        }
        dependsOnOrder = dependsOnOrder || run.dependsOnOrder;
        outcome.dependsOnOrder = dependsOnOrder;
    }
    return outcome;
}

} // namespace

namespace {

/// Expressions nest as deep as the parser's limits let them: long texts get a stack to match.
constexpr std::size_t kLongText = 2'048;
constexpr std::size_t kStackBytes = 64u << 20;

/// Beyond the memory that is accounted for: trees, plans, and what functions take for a moment.
constexpr std::size_t kHeapBeyondAccount = 8u << 20;

/// Runs `work` on a thread of its own with a large stack, or here when there is none to be had.
template <typename F> void onLargeStack(F &&work)
{
    pthread_attr_t attributes;
    pthread_t thread;
    pthread_attr_init(&attributes);
    const auto start = [](void *argument) -> void * {
        (*static_cast<std::remove_reference_t<F> *>(argument))();
        return nullptr;
    };
    const bool started = pthread_attr_setstacksize(&attributes, kStackBytes) == 0 &&
                         pthread_create(&thread, &attributes, start, &work) == 0;
    pthread_attr_destroy(&attributes);
    if (started)
        pthread_join(thread, nullptr);
    else
        work();
}

} // namespace

Outcome runScript(std::string_view sql, exec::Database &database, base::MemoryAccount &account,
                  base::CancelToken &cancel, const ScriptOptions &options)
{
    const auto begin = std::chrono::steady_clock::now();
    Outcome outcome;
    std::exception_ptr outOfMemory;
    auto work = [&] {
        const base::HeapLimit heap(account.limit() + kHeapBeyondAccount);
        try {
            outcome = runStatements(sql, database, account, cancel, options);
        } catch (const std::bad_alloc &) {
            outOfMemory = std::current_exception();
        }
    };
    if (sql.size() > kLongText)
        onLargeStack(work);
    else
        work();
    if (outOfMemory)
        std::rethrow_exception(outOfMemory);
    outcome.elapsedUs =
        std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - begin).count();
    outcome.memoryPeakBytes = account.peak();
    return outcome;
}

} // namespace sqlgym::sandbox_embedded
