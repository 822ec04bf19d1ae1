#include "sandbox_postgres/postgres_sandbox.h"

#include "base/text_position.h"
#include "sandbox_postgres/database.h"
#include "sandbox_postgres/gate.h"
#include "sandbox_postgres/server.h"

#include <algorithm>
#include <list>
#include <map>
#include <optional>

namespace sqlgym::sandbox_postgres {

namespace {

using sandbox::Outcome;
using sandbox::Status;

/// Longer texts are a mistake or an attack; the server would read them all before it answers.
constexpr std::size_t kLongestQuery = 16u << 20;
constexpr std::size_t kLongestSetup = 256u << 20;

Outcome outcomeOf(Status status)
{
    Outcome outcome;
    outcome.by = sandbox::Engine::Postgres;
    outcome.status = status;
    return outcome;
}

Outcome error(const char *sqlstate, std::string message)
{
    Outcome outcome = outcomeOf(Status::Error);
    outcome.diagnostic = {sqlstate, std::move(message), {}, {}, 0};
    return outcome;
}

Outcome declined(std::string feature)
{
    Outcome outcome = outcomeOf(Status::Unsupported);
    outcome.feature = std::move(feature);
    return outcome;
}

std::string megabytes(std::size_t bytes) { return std::to_string(bytes >> 20) + " MB"; }

/// What can be said about a text before PostgreSQL sees it; Ok = nothing.
Outcome checkText(const std::string &sql, std::size_t longest)
{
    if (sql.size() > longest)
        return declined("a text of " + megabytes(sql.size()) + " (at most " + megabytes(longest) + ")");
    if (sql.find('\0') != std::string::npos)
        return error("22021", "invalid byte sequence for encoding \"UTF8\": 0x00");
    return outcomeOf(Status::Ok);
}

} // namespace

struct PostgresSandbox::State {
    State(std::unique_ptr<Server> behind, std::size_t most) : server(std::move(behind)), mostDatabases(most) {}

    struct Dataset {
        std::unique_ptr<Database> database; ///< none: its set-up failed, as `failure` says
        Outcome failure;
    };

    /// Notes the use, and drops what was not used for long.
    void touch(const std::string &name)
    {
        recent.remove(name);
        recent.push_front(name);
        while (recent.size() > mostDatabases) {
            if (const auto old = datasets.find(recent.back()); old != datasets.end() && old->second.database)
                old->second.database->drop();
            recent.pop_back();
        }
    }

    std::unique_ptr<Server> server; // outlives the databases
    std::size_t mostDatabases;
    std::map<std::string, Dataset> datasets;
    std::list<std::string> recent;
    /// A graded text comes once for each test.
    std::optional<std::string> inspected;
    Inspection inspection;
};

PostgresSandbox::PostgresSandbox(std::string clusterFolder, std::size_t mostDatabases)
    : m_state(std::make_unique<State>(privateServer(std::move(clusterFolder)), mostDatabases))
{
}

PostgresSandbox::PostgresSandbox(postgres::Parameters dsn)
    : m_state(std::make_unique<State>(serverAt(std::move(dsn)), kMostDatabases))
{
}

PostgresSandbox::~PostgresSandbox() = default;

Outcome PostgresSandbox::start()
{
    if (auto up = m_state->server->up(); !up)
        return failedWith(up.error());
    return outcomeOf(Status::Ok);
}

Outcome PostgresSandbox::load(const std::string &dataset, const std::string &setup)
{
    m_state->datasets.erase(dataset);
    auto &entry = m_state->datasets[dataset];
    entry.failure = checkText(setup, kLongestSetup);
    if (entry.failure.status != Status::Ok)
        return entry.failure;
    if (base::isValidUtf8(setup)) {
        if (const auto inspection = inspect(setup, Purpose::Setup); !inspection.declined.empty())
            return entry.failure = declined(inspection.declined);
    }
    m_state->touch(dataset);
    auto database = std::make_unique<Database>(*m_state->server, setup);
    Outcome made = database->make();
    if (made.status == Status::Ok)
        entry.database = std::move(database);
    return entry.failure = std::move(made);
}

Outcome PostgresSandbox::run(const sandbox::Request &request, base::CancelToken &cancel)
{
    auto entry = m_state->datasets.find(request.dataset);
    if (entry == m_state->datasets.end()) {
        if (!request.dataset.empty())
            return failedWith(
                {"sandbox_postgres", "no_dataset", "No dataset is loaded as \"" + request.dataset + "\"."});
        if (Outcome empty = load("", ""); empty.status != Status::Ok)
            return empty;
        entry = m_state->datasets.find(request.dataset);
    }
    if (!entry->second.database) {
        const Outcome &failure = entry->second.failure;
        if (failure.status != Status::Error)
            return failure;
        return failedWith({"sandbox_postgres", "no_dataset",
                           "The dataset \"" + request.dataset + "\" did not load: " + failure.diagnostic.message});
    }
    if (Outcome text = checkText(request.query, kLongestQuery); text.status != Status::Ok)
        return text;

    Inspection &inspection = m_state->inspection;
    if (m_state->inspected != request.query) {
        inspection = base::isValidUtf8(request.query) ? inspect(request.query, Purpose::Run) : Inspection();
        m_state->inspected = request.query;
    }
    if (!inspection.declined.empty())
        return declined(inspection.declined);
    if (request.singleStatement && inspection.scanned) {
        if (inspection.statements == 0)
            return error("42601", "one statement is asked for, and this text holds none");
        if (inspection.controlsTransaction)
            return declined("transaction control (BEGIN, COMMIT, ROLLBACK)");
    }
    m_state->touch(request.dataset);
    return entry->second.database->run(request, inspection, cancel);
}

} // namespace sqlgym::sandbox_postgres
