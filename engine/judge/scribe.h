// Writes what was decided, and keeps the leases of what is not yet: on a thread and a session of its own, so that the
// next submission is examined meanwhile and an examination may last longer than a lease. Verdicts that come close after
// each other are written together, which costs the server and the judge half of what each by itself would.
#pragma once

#include "judge/examiner.h"
#include "judge/job_queue.h"
#include "judge/log.h"
#include "judge/problem_rows.h"
#include "postgres/batch.h"
#include "progress/judge.h"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace sqlgym::judge {

/// What became of a job.
struct Decision {
    enum class Kind : std::uint8_t {
        Judged,    ///< `examination` has a verdict
        Failed,    ///< nobody can decide it: `words` for the learner
        GivenBack, ///< another try is worth it: `words` for the log; counts as one of three
        Returned,  ///< the judge stops: counts as none
    };
    Kind kind = Kind::Judged;
    Job job;
    std::shared_ptr<const grading::PreparedProblem> problem;
    Examination examination;
    std::string results; ///< resultRows() of the examination
    std::chrono::steady_clock::duration examinedIn{};
    std::string words;
};

class Scribe {
public:
    struct Options {
        std::string dsn;
        std::string judge; ///< its name among all
        int leaseSeconds = 30;
    };

    /// `judged` counts the verdicts written; once `stopping`, nobody is kept waiting.
    Scribe(Options options, Log log, std::atomic<long> &judged, const std::atomic<bool> &stopping);
    /// Writes what it was given.
    ~Scribe();

    /// The leases of these are kept until each is written; those before are let go. Thread-safe, as all that follows.
    void hold(const std::vector<Job> &jobs);
    /// Waits while much is unwritten. The server may go and come back meanwhile.
    void write(Decision decision);
    /// Nothing more will come at once: what waits is written now.
    void flush();
    /// Until all is written, or the server is gone.
    void finish();

private:
    void work();
    using Decisions = std::vector<const Decision *>;

    std::vector<Decision> takeNext();
    bool connected();
    void renew();
    void carryOut(const std::vector<Decision> &decisions);
    void carryOut(const Decision &decision);
    bool goOnTrying(std::chrono::milliseconds wait);
    base::Result<void> tried(const Decision &decision);
    base::Result<void> store(const Decisions &decisions);
    base::Result<void> kept(base::Result<void> stored);
    base::Result<std::string> rowsOf(const Decision &decision, progress::History &history) const;
    void tell(const Decision &decision, bool mine, std::chrono::steady_clock::duration writtenIn);
    base::Result<void> refreshCatalogue(const std::string &problemId);
    JobQueue queue() { return {*m_session, m_options.judge, m_options.leaseSeconds}; }

    Options m_options;
    Log m_log;
    std::atomic<long> &m_judged;
    const std::atomic<bool> &m_stopping;

    // The thread's own.
    std::unique_ptr<server::Session> m_session;
    std::unique_ptr<postgres::Batch> m_batch; ///< of m_session
    std::vector<progress::ProblemFact> m_facts;
    std::vector<content::Badge> m_badges;
    std::chrono::steady_clock::time_point m_catalogueRead;
    std::chrono::steady_clock::time_point m_patience = std::chrono::steady_clock::time_point::max();

    std::mutex m_mutex; // guards what follows
    std::condition_variable m_changed;
    std::deque<Decision> m_waiting;
    std::chrono::steady_clock::time_point m_waitingSince;
    bool m_hurry = false;
    std::vector<std::string> m_held;
    bool m_ending = false;
    std::thread m_thread;
};

} // namespace sqlgym::judge
