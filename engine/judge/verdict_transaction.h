// The transaction that writes verdicts: two round trips to the server, however many.
#pragma once

#include "judge/job_queue.h"
#include "postgres/batch.h"
#include "progress/judge.h"

#include <optional>
#include <string>
#include <vector>

namespace sqlgym::judge {

/// open(), then write() or the destructor, which rolls back what was not written.
class VerdictTransaction {
public:
    /// `jobs` outlive it. They are of different learners, and in the order of their ids: so no two judges wait for each
    /// other.
    VerdictTransaction(postgres::Connection &connection, postgres::Batch &batch, std::vector<const Job *> jobs,
                       std::string judge)
        : m_connection(connection), m_batch(batch), m_jobs(std::move(jobs)), m_judge(std::move(judge))
    {
    }
    ~VerdictTransaction();
    VerdictTransaction(const VerdictTransaction &) = delete;
    VerdictTransaction &operator=(const VerdictTransaction &) = delete;

    /// From here on this judge decides the jobs, and nobody changes what their learners did, which is the result, for
    /// each job (all but `problems`). nullopt: that job is another's, or done.
    base::Result<std::vector<std::optional<progress::History>>> open();
    /// `rows` are verdict_rows.h's, for each job, or empty: leave it. False: nothing was written, the job is another's.
    base::Result<std::vector<bool>> write(const std::vector<std::string> &rows);

private:
    postgres::Connection &m_connection;
    postgres::Batch &m_batch;
    std::vector<const Job *> m_jobs;
    std::string m_judge;
};

} // namespace sqlgym::judge
