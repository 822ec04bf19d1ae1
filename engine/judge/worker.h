// One judge: takes jobs, has them examined, and what came out written; until it is told to stop.
#pragma once

#include "base/cancel_token.h"
#include "judge/examiner.h"
#include "judge/scribe.h"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>

namespace sqlgym::judge {

struct WorkerOptions {
    std::string dsn;  ///< logs in as sqlgym_judge
    std::string name; ///< among all judges
    Examiner::Options examiner;
    int leaseSeconds = 30;
    int batch = 8;      ///< jobs taken at once
    bool once = false;  ///< until the queue is empty
    int pollMs = 2'000; ///< between looks at the queue, should no notification come
};

/// run() uses the thread it is called on, and a scribe's. The server may go and come back.
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
    struct Known {
        std::string version;
        std::shared_ptr<const grading::PreparedProblem> prepared;
    };

    base::Result<void> connect();
    base::Result<bool> turn(Scribe &scribe);
    void awaitWork();
    base::Result<Decision> decided(const Job &job);
    base::Result<std::shared_ptr<const grading::PreparedProblem>> problem(const std::string &id);
    Examination examined(const Job &job, const grading::PreparedProblem &problem);
    void pause(std::chrono::milliseconds time);

    WorkerOptions m_options;
    Log m_log;
    Examiner m_examiner;
    std::unique_ptr<server::Session> m_session;
    std::map<std::string, Known> m_problems;
    std::set<std::string> m_looked; ///< at their versions, since the last claim
    std::atomic<long> m_judged{0};
    std::atomic<bool> m_stopping{false};

    std::mutex m_mutex; // guards what follows
    std::condition_variable m_changed;
    base::CancelToken *m_running = nullptr;
    bool m_now = false;
};

} // namespace sqlgym::judge
