// A server's queue of submissions, as one judge sees it. The functions are those of resources/server/0006_judging.sql.
#pragma once

#include "base/clock.h"
#include "server/session.h"

#include <string>
#include <vector>

namespace sqlgym::judge {

struct Job {
    std::string id; ///< also problem_submissions.id and submissions.id
    int attempt = 1;
    std::string userId;
    std::string problemId;
    std::string query;
    base::UnixMicros writtenAt = 0;
};

class JobQueue {
public:
    /// `session` is the judge role's; `judge` names this judge among all.
    JobQueue(server::Session &session, std::string judge, int leaseSeconds)
        : m_session(session), m_judge(std::move(judge)), m_leaseSeconds(leaseSeconds)
    {
    }

    /// Up to `most` jobs, now this judge's until the lease ends.
    base::Result<std::vector<Job>> claim(int most);
    /// The lease of `jobs` from now on.
    base::Result<void> renew(const std::vector<std::string> &jobs);

    /// Back into the queue; `counts` as one of the three tries that a job has.
    base::Result<bool> giveBack(const Job &job, bool counts);
    /// Nobody can decide it: it has failed, and the learner reads why.
    base::Result<bool> fail(const Job &job, const std::string &reason);
    /// An orderly end: whatever is left goes back.
    base::Result<void> leave();

private:
    base::Result<bool> asked(const std::string &sql, const server::Values &values);

    server::Session &m_session;
    std::string m_judge;
    int m_leaseSeconds;
};

} // namespace sqlgym::judge
