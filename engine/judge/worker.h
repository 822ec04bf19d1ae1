// One judge: takes jobs, has them examined, writes what came out; until it is told to stop.
#pragma once

#include "base/cancel_token.h"
#include "judge/examiner.h"
#include "judge/job_queue.h"
#include "judge/problem_rows.h"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace sqlgym::judge {

/// An event for the log: a name and its facts.
using Facts = std::vector<std::pair<std::string, std::string>>;
/// Called from any thread.
using Log = std::function<void(const char *event, const Facts &facts)>;

struct WorkerOptions {
    std::string dsn;  ///< logs in as sqlgym_judge
    std::string name; ///< among all judges
    Examiner::Options examiner;
    int leaseSeconds = 30;
    int batch = 4;      ///< jobs taken at once
    bool once = false;  ///< until the queue is empty
    int pollMs = 2'000; ///< between looks at the queue, should no notification come
};

/// run() uses the thread it is called on, and one more that keeps the leases. The server may go and come back.
class Worker {
public:
    Worker(WorkerOptions options, Log log);
    ~Worker();

    /// Until stop(), or the queue is empty (`once`). Errors: what kept it from ever reaching the server or PostgreSQL.
    base::Result<void> run();

    /// Finishes the job at hand, gives back the others, and ends run(). Thread-safe.
    void stop();
    /// Gives back the job at hand as well. Thread-safe.
    void stopNow();

    long judged() const { return m_judged; }

private:
    struct Examined {
        Examination result;
        std::chrono::steady_clock::duration time{};
    };
    struct Known {
        std::string version;
        std::shared_ptr<const grading::PreparedProblem> prepared;
    };

    base::Result<void> connect();
    base::Result<bool> turn();
    base::Result<void> decide(const Job &job);
    base::Result<void> write(const Job &job, const content::Problem &problem, const Examined &examined);
    base::Result<std::shared_ptr<const grading::PreparedProblem>> problem(const std::string &id);
    base::Result<void> refreshCatalogue(const std::string &problemId);
    Examined examined(const Job &job, const grading::PreparedProblem &problem);
    void giveBack(const Job &job, bool counts, const std::string &why);
    void pause(std::chrono::milliseconds time);
    void keepLeases();
    void hold(const std::vector<Job> &jobs);
    void release(const std::string &job);

    WorkerOptions m_options;
    Log m_log;
    Examiner m_examiner;
    std::unique_ptr<server::Session> m_session;
    std::map<std::string, Known> m_problems;
    std::vector<progress::ProblemFact> m_facts;
    std::vector<content::Badge> m_badges;
    std::chrono::steady_clock::time_point m_catalogueRead;
    std::atomic<long> m_judged{0};
    std::atomic<bool> m_stopping{false};

    std::mutex m_mutex; // guards what follows
    std::condition_variable m_changed;
    std::vector<std::string> m_held;
    base::CancelToken *m_running = nullptr;
    bool m_now = false;
};

} // namespace sqlgym::judge
