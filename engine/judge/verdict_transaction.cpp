#include "judge/verdict_transaction.h"

#include "judge/learner_rows.h"

namespace sqlgym::judge {

VerdictTransaction::~VerdictTransaction()
{
    if (m_connection.alive() && m_connection.inTransaction())
        (void)m_connection.execute("ROLLBACK");
}

base::Result<std::optional<progress::History>> VerdictTransaction::open()
{
    std::vector<postgres::Statement> questions = historyQuestions(m_job.userId, m_job.problemId);
    questions.insert(questions.begin(),
                     {{"BEGIN", {}},
                      {"SELECT private.open_verdict($1, $2, $3)", {m_job.id, m_judge, std::to_string(m_job.attempt)}}});
    const auto answers = m_batch.run(questions);
    if (!answers)
        return answers.error();
    if ((*answers)[1].cell(0, 0) != "t")
        return std::optional<progress::History>();
    return std::optional(historyOf(std::span(*answers).subspan(2)));
}

base::Result<bool> VerdictTransaction::write(const std::string &rows)
{
    const auto answers = m_batch.run({{"SELECT private.write_verdict($1, $2, $3, $4::jsonb)",
                                       {m_job.id, m_judge, std::to_string(m_job.attempt), rows}},
                                      {"COMMIT", {}}});
    if (!answers)
        return answers.error();
    return (*answers)[0].cell(0, 0) == "t";
}

} // namespace sqlgym::judge
