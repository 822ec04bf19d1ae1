#include "judge/scribe.h"

#include "base/uuid.h"
#include "grading/discreet.h"
#include "judge/server_errors.h"
#include "judge/verdict_rows.h"
#include "judge/verdict_transaction.h"

#include <algorithm>

namespace sqlgym::judge {

namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

/// More unwritten verdicts help nobody, and would be judged again if this judge died.
constexpr std::size_t kMostWaiting = 2;
constexpr auto kCatalogueAge = 30s;
/// The server is gone for so long when a judge that has to stop gives up.
constexpr auto kLastPatience = 10s;

std::string microseconds(Clock::duration time)
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

Scribe::Scribe(Options options, Log log, std::atomic<long> &judged, const std::atomic<bool> &stopping)
    : m_options(std::move(options)), m_log(std::move(log)), m_judged(judged), m_stopping(stopping)
{
    m_thread = std::thread([this] { work(); });
}

Scribe::~Scribe() { finish(); }

void Scribe::hold(const std::vector<Job> &jobs)
{
    const std::scoped_lock lock(m_mutex);
    m_held.clear();
    for (const Decision &decision : m_waiting)
        m_held.push_back(decision.job.id);
    for (const Job &job : jobs)
        m_held.push_back(job.id);
}

void Scribe::write(Decision decision)
{
    std::unique_lock lock(m_mutex);
    // The server may be away for good: a judge that is to stop does not wait for it here.
    while (!m_changed.wait_for(lock, 100ms, [this] { return m_waiting.size() < kMostWaiting || m_stopping; })) {
    }
    m_waiting.push_back(std::move(decision));
    m_changed.notify_all();
}

void Scribe::finish()
{
    {
        const std::scoped_lock lock(m_mutex);
        m_ending = true;
    }
    m_changed.notify_all();
    if (m_thread.joinable())
        m_thread.join();
}

bool Scribe::takeNext(Decision &next)
{
    std::unique_lock lock(m_mutex);
    m_changed.notify_all();
    const auto third = std::chrono::milliseconds(m_options.leaseSeconds * 1000 / 3);
    m_changed.wait_for(lock, third, [this] { return !m_waiting.empty() || m_ending; });
    if (m_waiting.empty())
        return false;
    next = std::move(m_waiting.front());
    m_waiting.pop_front();
    m_changed.notify_all();
    return true;
}

void Scribe::work()
{
    auto renewed = Clock::now();
    renew(); // and known among the judges from now on
    for (;;) {
        Decision next;
        if (takeNext(next)) {
            carryOut(next);
        } else {
            const std::scoped_lock lock(m_mutex);
            if (m_ending && m_waiting.empty())
                break;
        }
        if (Clock::now() - renewed >= std::chrono::milliseconds(m_options.leaseSeconds * 1000 / 3)) {
            renewed = Clock::now();
            renew();
        }
    }
    if (connected()) {
        if (auto left = queue().leave(); !left)
            m_log("trouble", {{"what", left.error().message}});
    }
}

bool Scribe::connected()
{
    if (m_session && m_session->connection().alive())
        return true;
    m_batch.reset();
    m_session.reset();
    auto opened = server::Session::open(m_options.dsn);
    if (!opened || !opened->execute("SET TimeZone = 'UTC'; SET statement_timeout = '60s'"))
        return false;
    m_session = std::make_unique<server::Session>(std::move(*opened));
    m_batch = std::make_unique<postgres::Batch>(m_session->connection());
    return true;
}

void Scribe::renew()
{
    std::vector<std::string> held;
    {
        const std::scoped_lock lock(m_mutex);
        held = m_held;
    }
    if (!connected())
        return;
    if (auto done = queue().renew(held); !done)
        m_log("trouble", {{"what", done.error().message}});
}

/// Again and again while the server is away: a verdict is worth waiting with. Should the lease end meanwhile, another
/// judge has the job, and this verdict is not written.
void Scribe::carryOut(const Decision &decision)
{
    auto wait = 50ms;
    auto patience = Clock::time_point::max();
    for (;;) {
        auto done =
            connected() ? tried(decision) : base::Error{"judge", "connect", "The server does not answer.", true};
        if (done || !connectionLost(done.error())) {
            if (!done)
                m_log("trouble", {{"job", decision.job.id}, {"what", done.error().message}});
            break;
        }
        std::unique_lock lock(m_mutex);
        if (m_ending && patience == Clock::time_point::max())
            patience = Clock::now() + kLastPatience;
        if (Clock::now() > patience)
            break;
        m_changed.wait_for(lock, wait);
        wait = std::min<std::chrono::milliseconds>(wait * 2, 2s);
    }
    const std::scoped_lock lock(m_mutex);
    std::erase(m_held, decision.job.id);
}

base::Result<void> Scribe::tried(const Decision &decision)
{
    const Facts facts = {
        {"job", decision.job.id}, {"attempt", std::to_string(decision.job.attempt)}, {"why", decision.words}};
    const auto nothing = [](const base::Result<bool> &done) {
        return done ? base::Result<void>() : base::Result<void>(done.error());
    };
    switch (decision.kind) {
    case Decision::Kind::Judged:
        break;
    case Decision::Kind::Failed:
        m_log("given_up", facts);
        return nothing(queue().fail(decision.job, decision.words));
    case Decision::Kind::GivenBack:
    case Decision::Kind::Returned:
        m_log("given_back", facts);
        return nothing(queue().giveBack(decision.job, decision.kind == Decision::Kind::GivenBack));
    }
    auto stored = store(decision);
    if (stored || connectionLost(stored.error()))
        return stored;
    if (isPassing(stored.error()))
        return nothing(queue().giveBack(decision.job, true));
    m_log("unstorable", {{"job", decision.job.id}, {"what", stored.error().message}});
    return nothing(queue().fail(decision.job, "The result of this query cannot be stored."));
}

base::Result<void> Scribe::store(const Decision &decision)
{
    const auto begin = Clock::now();
    const Job &job = decision.job;
    const content::Problem &problem = decision.problem->problem();
    const grading::Verdict &verdict = decision.examination.verdict;
    if (auto read = refreshCatalogue(job.problemId); !read)
        return read;
    // Before the transaction, which keeps others from the learner's rows.
    const grading::Verdict told = grading::discreet(verdict, static_cast<int>(problem.tests.size()));
    const std::string results = resultRows(progress::executionResults(verdict, {}, base::randomUuid));
    VerdictTransaction transaction(m_session->connection(), *m_batch, job, m_options.judge);
    auto history = transaction.open();
    if (!history)
        return history.error();
    bool mine = false;
    if (*history) {
        (*history)->problems = m_facts;
        const progress::SubmissionInput input{job.id, job.userId, job.query, job.writtenAt, 0};
        const auto judgement =
            progress::judgeWithoutResults(input, problem, told, **history, m_badges, base::randomUuid);
        if (!judgement)
            return judgement.error();
        const auto written = transaction.write(verdictRows(*judgement, results, m_options.judge));
        if (!written)
            return written.error();
        mine = *written;
    }
    if (mine)
        ++m_judged;
    if (decision.examination.caseJson)
        m_log("engines_differ", {{"job", job.id}, {"case", *decision.examination.caseJson}});
    m_log(mine ? "judged" : "not_mine", {{"job", job.id},
                                         {"problem", problem.slug},
                                         {"attempt", std::to_string(job.attempt)},
                                         {"correct", verdict.correct ? "true" : "false"},
                                         {"queries_us", std::to_string(ownTime(verdict))},
                                         {"examined_us", microseconds(decision.examinedIn)},
                                         {"written_us", microseconds(Clock::now() - begin)},
                                         {"sentence", verdict.sentence}});
    return {};
}

base::Result<void> Scribe::refreshCatalogue(const std::string &problemId)
{
    const auto now = Clock::now();
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

} // namespace sqlgym::judge
