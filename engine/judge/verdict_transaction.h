// The transaction that writes one verdict: two round trips to the server.
#pragma once

#include "judge/job_queue.h"
#include "postgres/batch.h"
#include "progress/judge.h"

#include <optional>
#include <string>

namespace sqlgym::judge {

/// open(), then write() or the destructor, which rolls back what was not written.
class VerdictTransaction {
public:
    VerdictTransaction(postgres::Connection &connection, postgres::Batch &batch, const Job &job, std::string judge)
        : m_connection(connection), m_batch(batch), m_job(job), m_judge(std::move(judge))
    {
    }
    ~VerdictTransaction();
    VerdictTransaction(const VerdictTransaction &) = delete;
    VerdictTransaction &operator=(const VerdictTransaction &) = delete;

    /// From here on this judge decides the job, and nobody changes what its learner did, which is the result (all but
    /// `problems`). nullopt: the job is another's, or done.
    base::Result<std::optional<progress::History>> open();
    /// `rows` are verdict_rows.h's. False: nothing was written, the job is another's.
    base::Result<bool> write(const std::string &rows);

private:
    postgres::Connection &m_connection;
    postgres::Batch &m_batch;
    const Job &m_job;
    std::string m_judge;
};

} // namespace sqlgym::judge
