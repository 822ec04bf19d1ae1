#include "judge/worker.h"

#include "judge/server_errors.h"
#include "judge/shuffled.h"

#include <algorithm>

namespace sqlgym::judge {

namespace {

using namespace std::chrono_literals;

constexpr std::size_t kMostProblems = 200;
/// Beyond the tests' own limits: data to load, a cluster to make anew.
constexpr int kPatienceSeconds = 120;
constexpr int kLookMs = 100;
constexpr int kStarts = 3;
constexpr auto kStartPause = 500ms;

} // namespace

Worker::Worker(WorkerOptions options, Log log)
    : m_options(std::move(options)), m_log(std::move(log)), m_examiner(m_options.examiner)
{
}

Worker::~Worker() = default;

void Worker::stop()
{
    m_stopping = true;
    m_changed.notify_all();
}

void Worker::stopNow()
{
    {
        const std::scoped_lock lock(m_mutex);
        m_now = true;
        if (m_running != nullptr)
            m_running->cancel();
    }
    stop();
}

base::Result<void> Worker::run()
{
    // Something may kill its PostgreSQL as soon as that is there; one that cannot be had will not be later.
    auto ready = m_examiner.start();
    for (int tries = 1; !ready && tries < kStarts && !m_stopping; ++tries) {
        m_log("rebuilding", {{"why", ready.error().message}});
        m_examiner.rebuild();
        pause(kStartPause);
        ready = m_examiner.start();
    }
    if (!ready)
        return ready;
    if (auto connected = connect(); !connected)
        return connected;
    m_log("started", {{"judge", m_options.name}});
    Scribe scribe({m_options.dsn, m_options.name, m_options.leaseSeconds}, m_log, m_judged, m_stopping);
    std::chrono::milliseconds wait = 100ms;
    while (!m_stopping) {
        if (!m_session || !m_session->connection().alive()) {
            if (auto again = connect(); !again) {
                m_log("no_server", {{"what", again.error().message}});
                pause(wait);
                wait = std::min<std::chrono::milliseconds>(wait * 2, 5s);
                continue;
            }
        }
        const auto worked = turn(scribe);
        if (!worked) {
            m_log("trouble", {{"what", worked.error().message}});
            pause(wait);
            continue;
        }
        wait = 100ms;
        if (*worked)
            continue;
        if (m_options.once)
            break;
        awaitWork();
    }
    scribe.finish();
    m_log("stopped", {{"judge", m_options.name}, {"judged", std::to_string(m_judged)}});
    return {};
}

base::Result<void> Worker::connect()
{
    m_session.reset();
    auto session = server::Session::open(m_options.dsn);
    if (!session)
        return session.error();
    if (auto set = session->execute("SET TimeZone = 'UTC'; SET statement_timeout = '60s'; LISTEN sqlgym_jobs"); !set)
        return set.error();
    m_session = std::make_unique<server::Session>(std::move(*session));
    m_problems.clear();
    return {};
}

void Worker::pause(std::chrono::milliseconds time)
{
    std::unique_lock lock(m_mutex);
    m_changed.wait_for(lock, time, [this] { return m_stopping.load(); });
}

/// Until a notification, or the next look is due.
void Worker::awaitWork()
{
    for (int waited = 0; waited < m_options.pollMs && !m_stopping; waited += kLookMs) {
        if (m_session->connection().waitForNotification(kLookMs) || !m_session->connection().alive())
            return;
    }
}

/// True: there was something to do.
base::Result<bool> Worker::turn(Scribe &scribe)
{
    auto jobs = JobQueue(*m_session, m_options.name, m_options.leaseSeconds).claim(m_options.batch);
    if (!jobs)
        return jobs.error();
    m_looked.clear();
    scribe.hold(*jobs);
    for (const Job &job : *jobs) {
        if (m_stopping)
            break; // the scribe gives back the rest when it ends
        auto decision = decided(job);
        if (!decision) {
            scribe.hold({}); // the leases end by themselves
            return decision.error();
        }
        scribe.write(std::move(*decision));
    }
    scribe.flush();
    return !jobs->empty();
}

base::Result<Decision> Worker::decided(const Job &job)
{
    Decision decision;
    decision.job = job;
    auto prepared = problem(job.problemId);
    if (!prepared) {
        if (connectionLost(prepared.error()) || isPassing(prepared.error()))
            return prepared.error();
        m_log("unreadable", {{"job", job.id}, {"problem", job.problemId}, {"what", prepared.error().message}});
        decision.kind = Decision::Kind::Failed;
        decision.words = "This problem cannot be judged at the moment. Its author has to mend it.";
        return decision;
    }
    decision.problem = *prepared;
    const auto begin = std::chrono::steady_clock::now();
    decision.examination = examined(job, **prepared);
    decision.examinedIn = std::chrono::steady_clock::now() - begin;
    if (!grading::isDecided(decision.examination.verdict)) {
        decision.kind = m_stopping ? Decision::Kind::Returned : Decision::Kind::GivenBack;
        decision.words = decision.examination.verdict.sentence;
        if (!m_stopping)
            m_examiner.rebuild();
    }
    return decision;
}

Examination Worker::examined(const Job &job, const grading::PreparedProblem &problem)
{
    int seconds = kPatienceSeconds;
    for (const content::TestCase &test : problem.problem().tests)
        seconds += test.timeoutSeconds;
    base::CancelToken cancel(std::int64_t{seconds} * 1000);
    {
        const std::scoped_lock lock(m_mutex);
        m_running = &cancel;
        if (m_now)
            cancel.cancel();
    }
    Examination examination = m_examiner.examine(problem, job.query, cancel);
    if (!grading::isDecided(examination.verdict) && !m_stopping) {
        m_log("rebuilding", {{"job", job.id}, {"why", examination.verdict.sentence}});
        m_examiner.rebuild();
        examination = m_examiner.examine(problem, job.query, cancel);
    }
    const std::scoped_lock lock(m_mutex);
    m_running = nullptr;
    return examination;
}

base::Result<std::shared_ptr<const grading::PreparedProblem>> Worker::problem(const std::string &id)
{
    const auto known = m_problems.find(id);
    if (known != m_problems.end() && !m_looked.insert(id).second)
        return known->second.prepared;
    auto version = m_session->value("SELECT private.problem_version($1)", {id});
    if (!version)
        return version.error();
    if (known != m_problems.end() && *version && known->second.version == **version)
        return known->second.prepared;
    auto read = readProblem(*m_session, id);
    if (!read) {
        m_problems.erase(id);
        return read.error();
    }
    if (m_problems.size() >= kMostProblems)
        m_problems.clear();
    auto prepared = std::make_shared<const grading::PreparedProblem>(
        std::make_shared<const content::Problem>(shuffled(std::move(*read))));
    m_problems[id] = {version->value_or(std::string()), prepared};
    return prepared;
}

} // namespace sqlgym::judge
