#include "judge/verdict_transaction.h"

#include "judge/learner_rows.h"

#include <algorithm>
#include <iterator>

namespace sqlgym::judge {

VerdictTransaction::~VerdictTransaction()
{
    if (m_connection.alive() && m_connection.inTransaction())
        (void)m_connection.execute("ROLLBACK");
}

base::Result<std::vector<std::optional<progress::History>>> VerdictTransaction::open()
{
    std::vector<postgres::Statement> all = {{"BEGIN", {}}};
    for (const Job *job : m_jobs) {
        all.push_back({"SELECT private.open_verdict($1, $2, $3)", {job->id, m_judge, std::to_string(job->attempt)}});
        std::ranges::move(historyQuestions(job->userId, job->problemId), std::back_inserter(all));
    }
    const std::size_t each = (all.size() - 1) / m_jobs.size();
    const auto answers = m_batch.run(all);
    if (!answers)
        return answers.error();
    std::vector<std::optional<progress::History>> histories;
    for (std::size_t at = 1; at < answers->size(); at += each) {
        const auto mine = std::span(*answers).subspan(at, each);
        histories.push_back(mine[0].cell(0, 0) == "t" ? std::optional(historyOf(mine.subspan(1))) : std::nullopt);
    }
    return histories;
}

base::Result<std::vector<bool>> VerdictTransaction::write(const std::vector<std::string> &rows)
{
    std::vector<postgres::Statement> all;
    for (std::size_t at = 0; at < m_jobs.size(); ++at) {
        if (!rows[at].empty())
            all.push_back({"SELECT private.write_verdict($1, $2, $3, $4::jsonb)",
                           {m_jobs[at]->id, m_judge, std::to_string(m_jobs[at]->attempt), rows[at]}});
    }
    all.push_back({"COMMIT", {}});
    const auto answers = m_batch.run(all);
    if (!answers)
        return answers.error();
    std::vector<bool> written;
    auto answer = answers->begin();
    for (const std::string &each : rows)
        written.push_back(!each.empty() && (answer++)->cell(0, 0) == "t");
    return written;
}

} // namespace sqlgym::judge
