#include "judge/job_queue.h"

#include "base/timestamp.h"

namespace sqlgym::judge {

base::Result<std::vector<Job>> JobQueue::claim(int most)
{
    auto rows = m_session.run("SELECT job_id, attempt, user_id, problem_id, query, written_at AT TIME ZONE 'UTC' "
                              "FROM private.claim_jobs($1, $2, $3)",
                              {m_judge, std::to_string(most), std::to_string(m_leaseSeconds)});
    if (!rows)
        return rows.error();
    std::vector<Job> jobs;
    for (int row = 0; row < rows->rowCount(); ++row) {
        const auto text = [&](int column) { return std::string(rows->cell(row, column).value_or(std::string_view())); };
        jobs.push_back({text(0), std::stoi(text(1)), text(2), text(3), text(4),
                        base::parseTimestamp(text(5)).value_or(base::Clock().now())});
    }
    return jobs;
}

base::Result<void> JobQueue::renew(const std::vector<std::string> &jobs)
{
    std::string list = "{";
    for (const std::string &job : jobs)
        list += (list.size() > 1 ? "," : "") + job; // UUIDs: nothing in them to quote
    auto renewed = m_session.run("SELECT private.renew_leases($1, $2, $3::text[])",
                                 {m_judge, std::to_string(m_leaseSeconds), list + "}"});
    return renewed ? base::Result<void>() : renewed.error();
}

base::Result<bool> JobQueue::asked(const std::string &sql, const server::Values &values)
{
    auto answer = m_session.value(sql, values);
    if (!answer)
        return answer.error();
    return answer->value_or("f") == "t";
}

base::Result<bool> JobQueue::giveBack(const Job &job, bool counts)
{
    return asked("SELECT private.give_back($1, $2, $3, $4::boolean, NULL)",
                 {job.id, m_judge, std::to_string(job.attempt), counts ? "true" : "false"});
}

base::Result<bool> JobQueue::fail(const Job &job, const std::string &reason)
{
    return asked("SELECT private.give_back($1, $2, $3, true, $4)",
                 {job.id, m_judge, std::to_string(job.attempt), reason});
}

base::Result<void> JobQueue::leave()
{
    auto left = m_session.run("SELECT private.judge_leaves($1)", {m_judge});
    return left ? base::Result<void>() : left.error();
}

} // namespace sqlgym::judge
