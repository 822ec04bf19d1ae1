#include "judge/prover.h"

#include "content/definition.h"
#include "sandbox/process_sandbox.h"
#include "sandbox_postgres/postgres_sandbox.h"
#include "verify/report_json.h"

#include <chrono>
#include <functional>

namespace sqlgym::judge {

namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr int kLookMs = 100;
constexpr auto kTellEvery = 500ms;
constexpr auto kPause = 1s;

/// Runs as the other does, and tells of each run.
class Telling : public sandbox::Sandbox {
public:
    Telling(sandbox::Sandbox &real, const std::function<void()> &ran) : m_real(real), m_ran(ran) {}
    sandbox::Outcome load(const std::string &dataset, const std::string &setup) override
    {
        return m_real.load(dataset, setup);
    }
    sandbox::Outcome run(const sandbox::Request &request, base::CancelToken &cancel) override
    {
        sandbox::Outcome outcome = m_real.run(request, cancel);
        m_ran();
        return outcome;
    }

private:
    sandbox::Sandbox &m_real;
    const std::function<void()> &m_ran;
};

} // namespace

Prover::Prover(ProverOptions options, Log log) : m_options(std::move(options)), m_log(std::move(log))
{
    m_thread = std::thread([this] { work(); });
}

Prover::~Prover()
{
    {
        const std::scoped_lock lock(m_mutex);
        m_ending = true;
        if (m_running != nullptr)
            m_running->cancel();
    }
    m_thread.join();
}

bool Prover::connected()
{
    if (m_session && m_session->connection().alive())
        return true;
    m_session.reset();
    auto opened = server::Session::open(m_options.dsn);
    if (!opened || !opened->execute("SET TimeZone = 'UTC'; SET statement_timeout = '60s'; LISTEN sqlgym_proofs"))
        return false;
    m_session = std::make_unique<server::Session>(std::move(*opened));
    return true;
}

void Prover::work()
{
    while (!m_ending) {
        if (connected() && turn())
            continue;
        awaitWork();
    }
}

/// Until a notification, or the next look is due.
void Prover::awaitWork()
{
    const auto until = Clock::now() + std::chrono::milliseconds(m_options.pollMs);
    while (!m_ending && Clock::now() < until) {
        if (!m_session || !m_session->connection().alive())
            std::this_thread::sleep_for(std::chrono::milliseconds(kLookMs));
        else if (m_session->connection().waitForNotification(kLookMs))
            return;
    }
}

bool Prover::turn()
{
    auto rows = m_session->run("SELECT problem_id, digest, definition FROM private.claim_proof($1, $2)",
                               {m_options.name, std::to_string(m_options.leaseSeconds)});
    if (!rows) {
        m_log("trouble", {{"what", rows.error().message}});
        return false;
    }
    if (rows->rowCount() == 0)
        return false;
    const auto text = [&](int column) { return std::string(rows->cell(0, column).value_or(std::string_view())); };
    prove({text(0), text(1), text(2)});
    return true;
}

bool Prover::finish(const Claim &claim, const std::optional<std::string> &report, bool counts)
{
    if (!connected())
        return false; // the lease ends by itself
    auto done = m_session->value("SELECT private.finish_proof($1, $2, $3, $4::jsonb, $5::boolean)",
                                 {claim.problemId, claim.digest, m_options.name, report, counts ? "true" : "false"});
    if (!done)
        m_log("trouble", {{"what", done.error().message}});
    return done && done->value_or("f") == "t";
}

void Prover::prove(const Claim &claim)
{
    content::ReadDefinition read = content::readDefinition(claim.problemId, claim.definition);
    if (!read.faults.empty()) {
        finish(claim, verify::reportJson(read.faults), true);
        return;
    }
    sandbox_postgres::PostgresSandbox postgres(m_options.clusterFolder);
    if (const sandbox::Outcome up = postgres.start(); up.status != sandbox::Status::Ok) {
        m_log("no_postgres", {{"what", up.diagnostic.message}});
        finish(claim, std::nullopt, true);
        std::this_thread::sleep_for(kPause);
        return;
    }
    const auto begin = Clock::now();
    base::CancelToken cancel(std::int64_t{m_options.longestSeconds} * 1000);
    {
        const std::scoped_lock lock(m_mutex);
        m_running = &cancel;
        if (m_ending)
            cancel.cancel();
    }
    int runs = 0;
    bool wanted = true;
    auto told = begin;
    const std::function<void()> ran = [&] {
        ++runs;
        if (Clock::now() - told < kTellEvery || !wanted)
            return;
        told = Clock::now();
        auto on = m_session->value("SELECT private.continue_proof($1, $2, $3, $4, $5)",
                                   {claim.problemId, claim.digest, m_options.name, std::to_string(runs),
                                    std::to_string(m_options.leaseSeconds)});
        // A server that is away for a moment is asked again; one that says no is believed.
        wanted = !on || on->value_or("f") == "t";
        if (!wanted)
            cancel.cancel();
    };
    content::Pack pack;
    pack.problems.push_back(std::move(read.problem));
    verify::PackReport report;
    {
        sandbox::ProcessSandbox::Options options;
        options.argv = m_options.sandboxProgram;
        sandbox::ProcessSandbox embedded(std::move(options));
        Telling tellingPostgres(postgres, ran);
        Telling tellingEmbedded(embedded, ran);
        report = verify::verifyPack(pack, {{tellingEmbedded, tellingPostgres}}, cancel, {}, verify::Mutants::Embedded);
    }
    {
        const std::scoped_lock lock(m_mutex);
        m_running = nullptr;
    }
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(Clock::now() - begin).count();
    const Facts facts = {
        {"problem", claim.problemId}, {"runs", std::to_string(runs)}, {"seconds", std::to_string(seconds)}};
    if (!report.cancelled) {
        const bool kept = finish(claim, verify::reportJson(report, pack.problems.front()), true);
        m_log(!kept ? "proof_cancelled" : report.good() ? "proven" : "refuted", facts);
    } else if (!wanted) {
        m_log("proof_cancelled", facts);
    } else if (m_ending) {
        finish(claim, std::nullopt, false);
    } else {
        finish(claim,
               verify::reportJson("It took longer than " + std::to_string(m_options.longestSeconds) +
                                  " seconds. Take fewer rows, tests or queries."),
               true);
        m_log("proof_too_long", facts);
    }
}

} // namespace sqlgym::judge
