#include "judge/worker.h"

#include "base/uuid.h"
#include "grading/discreet.h"
#include "judge/learner_rows.h"
#include "judge/shuffled.h"
#include "judge/verdict_rows.h"

#include <algorithm>
#include <thread>

namespace sqlgym::judge {

namespace {

using namespace std::chrono_literals;

constexpr std::size_t kMostProblems = 200;
constexpr auto kCatalogueAge = 30s;
/// Beyond the tests' own limits: data to load, a cluster to make anew.
constexpr int kPatienceSeconds = 120;

/// Of the server, not of what was sent to it.
bool connectionLost(const base::Error &error)
{
    return error.code == "connect" || error.code.starts_with("08") || error.code.starts_with("57P");
}

/// Worth another try as it is.
bool passing(const base::Error &error)
{
    return error.transient || error.code.starts_with("40") || error.code.starts_with("53") || error.code == "55P03";
}

std::string microseconds(std::chrono::steady_clock::duration time)
{
    return std::to_string(std::chrono::duration_cast<std::chrono::microseconds>(time).count());
}

std::int64_t ownTime(const grading::Verdict &verdict)
{
    std::int64_t us = 0;
    for (const grading::TestVerdict &test : verdict.tests)
        us += test.elapsedUs;
    return us;
}

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
    if (auto ready = m_examiner.start(); !ready)
        return ready;
    if (auto connected = connect(); !connected)
        return connected;
    std::thread leases([this] { keepLeases(); });
    m_log("started", {{"judge", m_options.name}});
    auto wait = 100ms;
    while (!m_stopping) {
        auto worked = m_session ? turn() : base::Result<bool>(false);
        if (worked && m_session) {
            wait = 100ms;
            if (*worked)
                continue;
            if (m_options.once)
                break;
            for (int waited = 0; waited < m_options.pollMs && !m_stopping; waited += 100) {
                if (m_session->connection().waitForNotification(100) || !m_session->connection().alive())
                    break;
            }
            continue;
        }
        if (!worked)
            m_log("trouble", {{"what", worked.error().message}});
        pause(wait);
        wait = std::min<std::chrono::milliseconds>(wait * 2, 5s);
        if (!m_session || !m_session->connection().alive()) {
            m_session.reset();
            if (auto again = connect(); !again)
                m_log("no_server", {{"what", again.error().message}});
        }
    }
    m_stopping = true;
    m_changed.notify_all();
    leases.join();
    if (m_session) {
        JobQueue queue(*m_session, m_options.name, m_options.leaseSeconds);
        if (auto left = queue.leave(); !left)
            m_log("trouble", {{"what", left.error().message}});
    }
    m_log("stopped", {{"judge", m_options.name}, {"judged", std::to_string(m_judged)}});
    return {};
}

base::Result<void> Worker::connect()
{
    auto session = server::Session::open(m_options.dsn);
    if (!session)
        return session.error();
    if (auto set = session->execute("SET TimeZone = 'UTC'; SET statement_timeout = '60s'; LISTEN sqlgym_jobs"); !set)
        return set.error();
    m_session = std::make_unique<server::Session>(std::move(*session));
    m_facts.clear();
    m_problems.clear();
    return {};
}

void Worker::pause(std::chrono::milliseconds time)
{
    std::unique_lock lock(m_mutex);
    m_changed.wait_for(lock, time, [this] { return m_stopping.load(); });
}

/// True: there was something to do.
base::Result<bool> Worker::turn()
{
    JobQueue queue(*m_session, m_options.name, m_options.leaseSeconds);
    auto jobs = queue.claim(m_options.batch);
    if (!jobs)
        return jobs.error();
    hold(*jobs);
    for (const Job &job : *jobs) {
        if (m_stopping)
            break; // judge_leaves() gives back the rest
        auto done = decide(job);
        release(job.id);
        if (!done) {
            hold({}); // the leases end by themselves
            return done.error();
        }
    }
    hold({});
    return !jobs->empty();
}

base::Result<void> Worker::decide(const Job &job)
{
    JobQueue queue(*m_session, m_options.name, m_options.leaseSeconds);
    auto prepared = problem(job.problemId);
    if (!prepared) {
        if (connectionLost(prepared.error()) || passing(prepared.error()))
            return prepared.error();
        m_log("unreadable", {{"job", job.id}, {"problem", job.problemId}, {"what", prepared.error().message}});
        auto failed = queue.fail(job, "This problem cannot be judged at the moment. Its author has to mend it.");
        return failed ? base::Result<void>() : failed.error();
    }
    const Examined all = examined(job, **prepared);
    const Examination &examination = all.result;
    if (!grading::isDecided(examination.verdict)) {
        const bool stopped = m_stopping;
        giveBack(job, !stopped, examination.verdict.sentence);
        if (!stopped)
            m_examiner.rebuild();
        return {};
    }
    if (examination.caseJson)
        m_log("engines_differ", {{"job", job.id}, {"case", *examination.caseJson}});
    auto written = write(job, (*prepared)->problem(), all);
    if (!written && !connectionLost(written.error())) {
        if (passing(written.error())) {
            giveBack(job, true, written.error().message);
            return {};
        }
        m_log("unstorable", {{"job", job.id}, {"what", written.error().message}});
        auto failed = queue.fail(job, "The result of this query cannot be stored.");
        return failed ? base::Result<void>() : failed.error();
    }
    return written;
}

Worker::Examined Worker::examined(const Job &job, const grading::PreparedProblem &problem)
{
    int seconds = kPatienceSeconds;
    for (const content::TestCase &test : problem.problem().tests)
        seconds += test.timeoutSeconds;
    const auto begin = std::chrono::steady_clock::now();
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
    return {std::move(examination), std::chrono::steady_clock::now() - begin};
}

base::Result<void> Worker::write(const Job &job, const content::Problem &problem, const Examined &examined)
{
    const grading::Verdict &verdict = examined.result.verdict;
    const auto begin = std::chrono::steady_clock::now();
    if (auto read = refreshCatalogue(job.problemId); !read)
        return read;
    bool mine = false;
    const auto done = m_session->transaction([&](server::Session &session) -> base::Result<void> {
        JobQueue queue(session, m_options.name, m_options.leaseSeconds);
        auto open = queue.open(job);
        if (!open || !*open)
            return open ? base::Result<void>() : open.error();
        auto history = readHistory(session, job.userId);
        if (!history)
            return history.error();
        history->problems = m_facts;
        const progress::SubmissionInput input{job.id, job.userId, job.query, job.writtenAt, 0};
        const grading::Verdict told = grading::discreet(verdict, static_cast<int>(problem.tests.size()));
        auto judgement = progress::judge(input, problem, told, *history, m_badges, base::randomUuid);
        if (!judgement)
            return judgement.error();
        judgement->executionResults = progress::executionResults(verdict, judgement->submission, base::randomUuid);
        auto written = queue.write(job, verdictRows(*judgement, m_options.name));
        if (!written)
            return written.error();
        mine = *written;
        return {};
    });
    if (!done)
        return done;
    if (mine)
        ++m_judged;
    m_log(mine ? "judged" : "not_mine", {{"job", job.id},
                                         {"problem", problem.slug},
                                         {"attempt", std::to_string(job.attempt)},
                                         {"correct", verdict.correct ? "true" : "false"},
                                         {"queries_us", std::to_string(ownTime(verdict))},
                                         {"examined_us", microseconds(examined.time)},
                                         {"written_us", microseconds(std::chrono::steady_clock::now() - begin)},
                                         {"sentence", verdict.sentence}});
    return {};
}

base::Result<std::shared_ptr<const grading::PreparedProblem>> Worker::problem(const std::string &id)
{
    auto version = m_session->value("SELECT private.problem_version($1)", {id});
    if (!version)
        return version.error();
    const auto known = m_problems.find(id);
    if (known != m_problems.end() && *version && known->second.version == **version)
        return known->second.prepared;
    auto read = readProblem(*m_session, id);
    if (!read)
        return read.error();
    if (m_problems.size() >= kMostProblems)
        m_problems.clear();
    auto prepared = std::make_shared<const grading::PreparedProblem>(
        std::make_shared<const content::Problem>(shuffled(std::move(*read))));
    m_problems[id] = {version->value_or(std::string()), prepared};
    return prepared;
}

base::Result<void> Worker::refreshCatalogue(const std::string &problemId)
{
    const auto now = std::chrono::steady_clock::now();
    const bool known = std::ranges::find(m_facts, problemId, &progress::ProblemFact::problemId) != m_facts.end();
    if (known && now - m_catalogueRead < kCatalogueAge)
        return {};
    auto facts = readFacts(*m_session);
    if (!facts)
        return facts.error();
    auto badges = readBadges(*m_session);
    if (!badges)
        return badges.error();
    m_facts = std::move(*facts);
    m_badges = std::move(*badges);
    m_catalogueRead = now;
    return {};
}

void Worker::giveBack(const Job &job, bool counts, const std::string &why)
{
    m_log("given_back", {{"job", job.id}, {"attempt", std::to_string(job.attempt)}, {"why", why}});
    JobQueue queue(*m_session, m_options.name, m_options.leaseSeconds);
    if (auto given = queue.giveBack(job, counts); !given)
        m_log("trouble", {{"what", given.error().message}}); // the lease's end does the same
}

void Worker::hold(const std::vector<Job> &jobs)
{
    const std::scoped_lock lock(m_mutex);
    m_held.clear();
    for (const Job &job : jobs)
        m_held.push_back(job.id);
}

void Worker::release(const std::string &job)
{
    const std::scoped_lock lock(m_mutex);
    std::erase(m_held, job);
}

/// On a thread and a connection of its own: an examination may last longer than a lease.
void Worker::keepLeases()
{
    std::unique_ptr<server::Session> session;
    while (!m_stopping) {
        pause(std::chrono::milliseconds(m_options.leaseSeconds * 1000 / 3));
        std::vector<std::string> held;
        {
            const std::scoped_lock lock(m_mutex);
            held = m_held;
        }
        if (m_stopping && held.empty())
            return;
        if (!session || !session->connection().alive()) {
            auto opened = server::Session::open(m_options.dsn);
            if (!opened)
                continue;
            session = std::make_unique<server::Session>(std::move(*opened));
        }
        if (auto renewed = JobQueue(*session, m_options.name, m_options.leaseSeconds).renew(held); !renewed)
            m_log("trouble", {{"what", renewed.error().message}});
    }
}

} // namespace sqlgym::judge
