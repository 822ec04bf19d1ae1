#include "sandbox_postgres/database.h"

#include <algorithm>
#include <set>

namespace sqlgym::sandbox_postgres {

namespace {

using sandbox::Outcome;
using sandbox::Status;

constexpr int kSetupMs = 120'000;
/// What takes microseconds; who does not answer it by then does not answer.
constexpr int kQuickMs = 10'000;
constexpr std::uint64_t kSetupBytes = std::uint64_t{2} << 30;
/// The server's own clock is a second wall, should this process be stopped: ours comes first.
constexpr int kServerClockMs = 150;
constexpr std::uint32_t kFirstOfDataset = 16384; // OIDs below are PostgreSQL's own (FirstNormalObjectId)

Limits limitsOf(const sandbox::Request &request, const Inspection &inspection, const Server &server)
{
    return {.timeoutMs = request.timeoutMs,
            .memoryBytes = static_cast<std::uint64_t>(std::max(0, request.memoryMb)) << 20,
            .maxRows = request.maxRows,
            .watchProcess = server.limitsMemory(),
            .oneStatement = request.singleStatement,
            .statements = inspection.statements};
}

std::string timeoutSetting(const char *scope, int timeoutMs)
{
    const int serverMs = timeoutMs > 0 ? timeoutMs + kServerClockMs : 0;
    return std::string("SET ") + scope + " statement_timeout = " + std::to_string(serverMs);
}

bool isCutOff(const Outcome &outcome)
{
    return outcome.status == Status::Timeout || outcome.status == Status::Cancelled ||
           outcome.status == Status::MemoryLimit || outcome.status == Status::Failed;
}

/// PostgreSQL speaks of prepared statements there; what the learner did is to write two.
void explainSecondStatement(base::Diagnostic &diagnostic)
{
    if (diagnostic.message == "cannot insert multiple commands into a prepared statement")
        diagnostic.message = "one statement is asked for, and this text holds several";
}

} // namespace

Outcome failedWith(const base::Error &error)
{
    Outcome outcome;
    outcome.by = sandbox::Engine::Postgres;
    outcome.status = Status::Failed;
    outcome.diagnostic = {"58000", error.message, {}, {}, 0};
    return outcome;
}

Database::Database(Server &server, std::string setup) : m_server(server), m_setup(std::move(setup)) {}
Database::~Database() { drop(); }

Outcome Database::make()
{
    Outcome ok;
    ok.by = sandbox::Engine::Postgres;
    ok.status = Status::Ok;
    // What was written shortly before such an ending may be lost: commits do not wait for the disk.
    if (m_stale || m_madeAfter != m_server.endings())
        drop();
    if (made())
        return ok;
    m_madeAfter = m_server.endings();
    auto name = m_server.createDatabase();
    if (!name)
        return failedWith(name.error());
    m_name = *name;
    if (auto opened = connect(); !opened) {
        drop();
        return failedWith(opened.error());
    }
    base::CancelToken never;
    auto execution =
        execute(*m_session, m_setup,
                {.timeoutMs = kSetupMs, .memoryBytes = kSetupBytes, .watchProcess = m_server.limitsMemory()}, never);
    const bool open = execution.answered && m_session->raw().inTransaction();
    if (execution.outcome.status != Status::Ok || open || !m_session->sendReset() || !m_session->settled()) {
        drop();
        if (execution.outcome.status == Status::Ok)
            return failedWith({"sandbox_postgres", "open_setup", "The set-up leaves a transaction open."});
        return execution.outcome;
    }
    ok.elapsedUs = execution.outcome.elapsedUs;
    return ok;
}

void Database::drop()
{
    m_session.reset();
    m_typeNames.clear();
    if (made())
        m_server.dropDatabase(m_name);
    m_name.clear();
    m_stale = false;
}

base::Result<void> Database::connect()
{
    if (m_session)
        return {};
    auto connection = m_server.connect(m_name);
    if (!connection)
        return connection.error();
    m_session = std::make_unique<Session>(m_server, std::move(*connection));
    return {};
}

Outcome Database::run(const sandbox::Request &request, const Inspection &inspection, base::CancelToken &cancel)
{
    if (m_session && !m_session->settled()) {
        abandonSession(); // what the last run did is not undone
        m_stale = true;
    }
    if (Outcome ready = make(); ready.status != Status::Ok)
        return ready;
    if (auto opened = connect(); !opened) {
        drop(); // it may be gone with a cluster that was made anew
        if (Outcome ready = make(); ready.status != Status::Ok)
            return ready;
    }
    // A table's row type is called as the table is, which this run may rename for itself.
    m_typeNames.erase(m_typeNames.lower_bound(kFirstOfDataset), m_typeNames.end());
    Outcome outcome =
        inspection.controlsTransaction ? bare(request, inspection, cancel) : inTransaction(request, inspection, cancel);
    // Made anew when it is needed next: the answer need not wait for that.
    m_stale = inspection.changesData || isCutOff(outcome) || !m_session;
    return outcome;
}

Outcome Database::inTransaction(const sandbox::Request &request, const Inspection &inspection,
                                base::CancelToken &cancel)
{
    const std::string timeout = timeoutSetting("LOCAL", request.timeoutMs);
    const Limits limits = limitsOf(request, inspection, m_server);
    if (inspection.scanned && limits.oneStatement && !inspection.changesData)
        return settle(executeAfter(*m_session, {"BEGIN", timeout}, request.query, limits, cancel));
    if (auto begun = m_session->connection().execute("BEGIN; " + timeout, kQuickMs); !begun) {
        abandonSession();
        return failedWith(begun.error());
    }
    Execution execution = inspection.scanned ? execute(*m_session, request.query, limits, cancel)
                                             : parseOnly(*m_session, request.query, cancel);
    if (!inspection.scanned && execution.outcome.status == Status::Ok)
        return failedWith({"sandbox_postgres", "scanner", "This text could not be inspected."});
    // What is deferred to the end of the transaction would be checked now.
    if (inspection.changesData && execution.outcome.status == Status::Ok && execution.answered) {
        nameTypes(execution);
        base::CancelToken never;
        auto checked = execute(*m_session, "SET CONSTRAINTS ALL IMMEDIATE", {.timeoutMs = request.timeoutMs}, never);
        if (checked.outcome.status != Status::Ok)
            execution = std::move(checked);
    }
    return settle(std::move(execution));
}

Outcome Database::bare(const sandbox::Request &request, const Inspection &inspection, base::CancelToken &cancel)
{
    if (auto set = m_session->connection().execute(timeoutSetting("SESSION", request.timeoutMs), kQuickMs); !set) {
        abandonSession();
        return failedWith(set.error());
    }
    return settle(execute(*m_session, request.query, limitsOf(request, inspection, m_server), cancel));
}

Outcome Database::settle(Execution execution)
{
    if (!execution.answered) {
        abandonSession();
        return std::move(execution.outcome);
    }
    if (isCutOff(execution.outcome)) {
        m_session.reset(); // nothing in it is worth a ROLLBACK
        return std::move(execution.outcome);
    }
    const bool ok = execution.outcome.status == Status::Ok;
    const bool named = !ok || nameTypes(execution);
    if (!m_session->sendReset())
        abandonSession();
    // Types that could not be named inside a transaction that was cut off.
    else if (!named && m_session->settled())
        nameTypes(execution);
    explainSecondStatement(execution.outcome.diagnostic);
    if (execution.outcome.status == Status::Error && execution.outcome.diagnostic.sqlstate == "42501") {
        // The restricted role's wall, not something PostgreSQL says to a learner.
        execution.outcome.status = Status::Unsupported;
        execution.outcome.feature = "what needs rights beyond a sandbox (" + execution.outcome.diagnostic.message + ")";
        execution.outcome.diagnostic = {};
    }
    return std::move(execution.outcome);
}

/// False: the name of one is not to be had.
bool Database::nameTypes(Execution &execution)
{
    std::set<std::uint32_t> unknown;
    for (const auto oid : execution.typeOids) {
        if (!m_typeNames.contains(oid))
            unknown.insert(oid);
    }
    if (!unknown.empty()) {
        // All of PostgreSQL's own at once, then those of the dataset as they turn up.
        std::string sql = "SELECT oid, typname FROM pg_catalog.pg_type WHERE oid IN (";
        for (const auto oid : unknown)
            sql += std::to_string(oid) + ",";
        sql += m_typeNames.empty() ? "0) OR oid < " + std::to_string(kFirstOfDataset) : std::string("0)");
        const auto found = m_session->connection().execute(sql, kQuickMs);
        for (int row = 0; found && row < found->rowCount(); ++row)
            m_typeNames[static_cast<std::uint32_t>(std::stoul(std::string(*found->cell(row, 0))))] =
                *found->cell(row, 1);
    }
    auto &columns = execution.outcome.table.columns;
    bool all = true;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const auto name = m_typeNames.find(execution.typeOids[i]);
        columns[i].type = name != m_typeNames.end() ? name->second : "???"; // as format_type() has it
        all = all && name != m_typeNames.end();
    }
    return all;
}

void Database::abandonSession()
{
    if (m_session)
        m_server.endBackend(m_session->raw().backendPid());
    m_session.reset();
}

} // namespace sqlgym::sandbox_postgres
