#include "judge/scribe.h"

#include "base/uuid.h"
#include "grading/discreet.h"
#include "judge/server_errors.h"
#include "judge/verdict_rows.h"
#include "judge/verdict_transaction.h"

#include <algorithm>
#include <iterator>
#include <map>

namespace sqlgym::judge {

namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

/// More unwritten verdicts help nobody, and would be judged again if this judge died.
constexpr std::size_t kMostWaiting = 8;
/// As many as wait are written together; the first waits so long at most. Nobody sees that on a screen.
constexpr auto kGather = 60ms;
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
    if (m_waiting.empty())
        m_waitingSince = Clock::now();
    m_waiting.push_back(std::move(decision));
    m_changed.notify_all();
}

void Scribe::flush()
{
    const std::scoped_lock lock(m_mutex);
    m_hurry = !m_waiting.empty();
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

std::vector<Decision> Scribe::takeNext()
{
    std::unique_lock lock(m_mutex);
    const auto third = std::chrono::milliseconds(m_options.leaseSeconds * 1000 / 3);
    m_changed.wait_for(lock, third, [this] { return !m_waiting.empty() || m_ending; });
    if (!m_waiting.empty())
        m_changed.wait_until(lock, m_waitingSince + kGather,
                             [this] { return m_waiting.size() >= kMostWaiting || m_hurry || m_ending || m_stopping; });
    m_hurry = false;
    std::vector<Decision> next(std::make_move_iterator(m_waiting.begin()), std::make_move_iterator(m_waiting.end()));
    m_waiting.clear();
    m_changed.notify_all();
    return next;
}

void Scribe::work()
{
    auto renewed = Clock::now();
    renew(); // and known among the judges from now on
    for (;;) {
        std::vector<Decision> next = takeNext();
        // Now, and not in the transaction, which keeps others from the learner's rows.
        for (Decision &decision : next)
            decision.results =
                resultRows(progress::executionResults(decision.examination.verdict, {}, base::randomUuid));
        carryOut(next);
        if (next.empty()) {
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
    // Should this process freeze in a transaction, its learners are not kept waiting for long.
    if (!opened || !opened->execute("SET TimeZone = 'UTC'; SET statement_timeout = '60s'; "
                                    "SET idle_in_transaction_session_timeout = '5s'"))
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

/// Together where that works, else each by itself.
void Scribe::carryOut(const std::vector<Decision> &decisions)
{
    std::map<std::string, const Decision *>
        ofLearners; // one each, in the order of their ids: VerdictTransaction wants it
    for (const Decision &decision : decisions) {
        if (decision.kind == Decision::Kind::Judged)
            ofLearners.try_emplace(decision.job.userId, &decision);
    }
    Decisions together;
    for (const auto &[learner, decision] : ofLearners)
        together.push_back(decision);
    const bool done = together.size() > 1 && connected() && kept(store(together));
    for (const Decision &decision : decisions) {
        if (!done || std::ranges::find(together, &decision) == together.end())
            carryOut(decision);
    }
    const std::scoped_lock lock(m_mutex);
    for (const Decision &decision : decisions)
        std::erase(m_held, decision.job.id);
}

/// Again and again while the server is away: a verdict is worth waiting with. Should the lease end meanwhile, another
/// judge has the job, and this verdict is not written.
void Scribe::carryOut(const Decision &decision)
{
    auto wait = 50ms;
    for (;;) {
        const auto done =
            connected() ? tried(decision) : base::Error{"judge", "connect", "The server does not answer.", true};
        if (!done && connectionLost(done.error())) {
            if (!goOnTrying(wait))
                break;
            wait = std::min<std::chrono::milliseconds>(wait * 2, 2s);
            continue;
        }
        if (!done)
            m_log("trouble", {{"job", decision.job.id}, {"what", done.error().message}});
        break;
    }
}

/// Waits. False: the judge is to end, and the server had time enough to come back.
bool Scribe::goOnTrying(std::chrono::milliseconds wait)
{
    std::unique_lock lock(m_mutex);
    if (m_ending && m_patience == Clock::time_point::max())
        m_patience = Clock::now() + kLastPatience;
    if (Clock::now() > m_patience)
        return false;
    m_changed.wait_for(lock, wait);
    return true;
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
    const auto stored = kept(store({&decision}));
    if (stored || connectionLost(stored.error()))
        return stored;
    if (isPassing(stored.error()))
        return nothing(queue().giveBack(decision.job, true));
    m_log("unstorable", {{"job", decision.job.id}, {"what", stored.error().message}});
    return nothing(queue().fail(decision.job, "The result of this query cannot be stored."));
}

/// A connection of which there is any doubt is not used again.
base::Result<void> Scribe::kept(base::Result<void> stored)
{
    if (!stored && connectionLost(stored.error())) {
        m_batch.reset();
        m_session.reset();
    }
    return stored;
}

base::Result<void> Scribe::store(const Decisions &decisions)
{
    const auto begin = Clock::now();
    std::vector<const Job *> jobs;
    for (const Decision *decision : decisions) {
        jobs.push_back(&decision->job);
        if (auto read = refreshCatalogue(decision->job.problemId); !read)
            return read;
    }
    VerdictTransaction transaction(m_session->connection(), *m_batch, jobs, m_options.judge);
    auto histories = transaction.open();
    if (!histories)
        return histories.error();
    std::vector<std::string> rows;
    for (std::size_t at = 0; at < decisions.size(); ++at) {
        auto &history = (*histories)[at];
        auto each = history ? rowsOf(*decisions[at], *history) : base::Result<std::string>(std::string());
        if (!each)
            return each.error();
        rows.push_back(std::move(*each));
    }
    const auto written = transaction.write(rows);
    if (!written)
        return written.error();
    const auto share = (Clock::now() - begin) / decisions.size();
    for (std::size_t at = 0; at < decisions.size(); ++at)
        tell(*decisions[at], (*written)[at], share);
    return {};
}

base::Result<std::string> Scribe::rowsOf(const Decision &decision, progress::History &history) const
{
    const Job &job = decision.job;
    const content::Problem &problem = decision.problem->problem();
    const grading::Verdict &verdict = decision.examination.verdict;
    history.problems = m_facts;
    const grading::Verdict told = grading::discreet(verdict, static_cast<int>(problem.tests.size()));
    const progress::SubmissionInput input{job.id, job.userId, job.query, job.writtenAt, 0};
    const auto judgement = progress::judgeWithoutResults(input, problem, told, history, m_badges, base::randomUuid);
    if (!judgement)
        return judgement.error();
    return verdictRows(*judgement, decision.results, m_options.judge);
}

void Scribe::tell(const Decision &decision, bool mine, Clock::duration writtenIn)
{
    const grading::Verdict &verdict = decision.examination.verdict;
    if (mine)
        ++m_judged;
    if (decision.examination.caseJson)
        m_log("engines_differ", {{"job", decision.job.id}, {"case", *decision.examination.caseJson}});
    m_log(mine ? "judged" : "not_mine", {{"job", decision.job.id},
                                         {"problem", decision.problem->problem().slug},
                                         {"attempt", std::to_string(decision.job.attempt)},
                                         {"correct", verdict.correct ? "true" : "false"},
                                         {"queries_us", std::to_string(ownTime(verdict))},
                                         {"examined_us", microseconds(decision.examinedIn)},
                                         {"written_us", microseconds(writtenIn)},
                                         {"sentence", verdict.sentence}});
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
