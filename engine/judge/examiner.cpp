#include "judge/examiner.h"

#include "grading/kept_datasets.h"
#include "sandbox/process_sandbox.h"
#include "sandbox_postgres/postgres_sandbox.h"

#include <algorithm>
#include <future>

namespace sqlgym::judge {

namespace {

using grading::Outcome;
using grading::TestVerdict;
using grading::Verdict;

/// All tests of several problems: a database a test.
constexpr std::size_t kMostDatabases = 64;
/// Of keys whose luck is known.
constexpr std::size_t kChanceBytes = 16u << 20;

std::unique_ptr<sandbox::Sandbox> embedded(const std::vector<std::string> &program)
{
    sandbox::ProcessSandbox::Options options;
    options.argv = program;
    return std::make_unique<sandbox::ProcessSandbox>(std::move(options));
}

/// The gate is the same for everybody: what it refuses is decided.
bool refuse(Verdict &verdict)
{
    bool refused = false;
    for (TestVerdict &test : verdict.tests) {
        if (test.outcome != Outcome::Unsupported)
            continue;
        test.outcome = Outcome::Error;
        test.diagnostic = {"0A000", test.feature + " is not allowed here", {}, {}, 0};
        test.sentence = "The query fails: " + test.diagnostic.message + ".";
        refused = true;
    }
    return refused;
}

} // namespace

struct Examiner::Engines {
    using Names = grading::KeptDatasets::Names;

    explicit Engines(const Options &options)
        : postgres(options.clusterFolder, kMostDatabases), keptPostgres(postgres, Names::OfContent),
          keptEmbedded(embedded(options.sandboxProgram), Names::OfContent)
    {
    }

    sandbox_postgres::PostgresSandbox postgres;
    grading::KeptDatasets keptPostgres;
    grading::KeptDatasets keptEmbedded;
};

Examiner::Examiner(Options options) : m_options(std::move(options)) {}
Examiner::~Examiner() = default;

base::Result<void> Examiner::start()
{
    if (!m_engines)
        m_engines = std::make_unique<Engines>(m_options);
    const sandbox::Outcome up = m_engines->postgres.start();
    if (up.status == sandbox::Status::Ok)
        return {};
    return base::Error{"judge", "no_postgres", up.diagnostic.message, true};
}

void Examiner::rebuild() { m_engines.reset(); }

Examination Examiner::examine(const grading::PreparedProblem &problem, const std::string &query,
                              base::CancelToken &cancel)
{
    if (!m_engines)
        m_engines = std::make_unique<Engines>(m_options);
    const int total = static_cast<int>(problem.tests().size());
    std::string key = keyOf(problem, query);
    if (const auto known = m_chance.find(key); known != m_chance.end()) {
        Verdict verdict = grading::grade(problem, query, m_engines->keptPostgres, cancel);
        grading::markChance(verdict, known->second, total);
        return {std::move(verdict), std::nullopt};
    }
    // Both at once: they are two processes, and the second costs the learner no time.
    base::CancelToken enough;
    auto beside =
        std::async(std::launch::async, [&] { return grading::grade(problem, query, m_engines->keptEmbedded, enough); });
    Verdict verdict = grading::grade(problem, query, m_engines->keptPostgres, cancel);
    const bool refused = refuse(verdict);
    // Luck matters where the answer is right. Otherwise what is known by now is as good as the rest.
    const bool right =
        std::ranges::all_of(verdict.tests, [](const auto &test) { return test.outcome == Outcome::Match; });
    if (!right || verdict.tests.empty())
        enough.cancel();
    const Verdict first = beside.get();
    if (refused) {
        grading::markChance(verdict, {}, total); // sums up anew
        return {std::move(verdict), std::nullopt};
    }
    grading::Confirmation merged = grading::merge(problem, query, first, verdict);
    if (!merged.answered)
        return {std::move(verdict), std::nullopt};
    if (merged.verdict.trust == grading::Trust::Confirmed && std::ssize(first.tests) == total)
        remember(std::move(key), first);
    return {std::move(merged.verdict), std::move(merged.caseJson)};
}

std::string Examiner::keyOf(const grading::PreparedProblem &problem, const std::string &query) const
{
    std::string key;
    for (const grading::PreparedTest &test : problem.tests())
        key += test.data.name + ' '; // made from the data's hash
    return key + query;
}

void Examiner::remember(std::string key, const Verdict &embedded)
{
    std::vector<bool> chance;
    for (const TestVerdict &test : embedded.tests) {
        if (test.outcome == Outcome::Cancelled || test.outcome == Outcome::Failed)
            return;
        chance.push_back(test.dependsOnOrder);
    }
    if (m_chanceBytes > kChanceBytes) {
        m_chance.clear();
        m_chanceBytes = 0;
    }
    m_chanceBytes += key.size();
    m_chance.emplace(std::move(key), std::move(chance));
}

} // namespace sqlgym::judge
