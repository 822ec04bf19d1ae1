#include "client/drafts.h"

#include <charconv>

namespace sqlgym::client {

namespace {

std::string line(const std::optional<std::string> &cell) { return plainText(cell.value_or("")); }

Proof readProof(const Row &row, std::size_t at)
{
    Proof proof;
    const std::string state = row[at].value_or("");
    proof.state = state == "waiting"   ? Proof::State::Waiting
                  : state == "running" ? Proof::State::Running
                  : state == "good"    ? Proof::State::Good
                  : state == "bad"     ? Proof::State::Bad
                                       : Proof::State::None;
    proof.current = row[at + 1] == "t";
    const std::string runs = row[at + 2].value_or("0");
    std::from_chars(runs.data(), runs.data() + runs.size(), proof.runs);
    proof.report = row[at + 3].value_or("");
    return proof;
}

base::Result<void> done(const base::Result<Rows> &rows) { return rows ? base::Result<void>() : rows.error(); }

} // namespace

base::Result<std::vector<EditableProblem>> editableProblems(Gateway &gateway)
{
    auto rows =
        gateway.call("SELECT COALESCE(d.problem_id, p.id), COALESCE(d.title, p.title), d.author, d.saved_at::text, "
                     "d.problem_id IS NOT NULL AND d.published_at IS NULL, p.id IS NOT NULL "
                     "FROM api.drafts() d FULL JOIN (SELECT t.id::text AS id, t.title FROM api.problem_titles t) p "
                     "ON p.id = d.problem_id ORDER BY (d.problem_id IS NOT NULL AND d.published_at IS NULL) DESC, "
                     "CASE WHEN d.published_at IS NULL THEN d.saved_at END DESC, COALESCE(d.title, p.title), 1");
    if (!rows)
        return rows.error();
    std::vector<EditableProblem> problems;
    for (const Row &row : *rows)
        problems.push_back({line(row[0]), line(row[1]), line(row[2]), line(row[3]), row[4] == "t", row[5] == "t"});
    return problems;
}

base::Result<std::vector<TopicEntry>> topicEntries(Gateway &gateway)
{
    auto rows = gateway.call("SELECT id, name, description, difficulty_level FROM public.topics "
                             "ORDER BY order_index, name");
    if (!rows)
        return rows.error();
    std::vector<TopicEntry> topics;
    for (const Row &row : *rows)
        topics.push_back({line(row[0]), line(row[1]), line(row[2]), line(row[3])});
    return topics;
}

base::Result<ServerProblem> serverProblem(Gateway &gateway, const std::string &id)
{
    auto rows =
        gateway.call("SELECT api.problem_definition($1), d.problem_id IS NOT NULL, d.published_at IS NOT NULL OR "
                     "d.problem_id IS NULL, v.state, v.current, v.runs, v.report FROM (SELECT 1) one "
                     "LEFT JOIN api.drafts() d ON d.problem_id = $1 LEFT JOIN api.verification($1) v ON true",
                     {id.c_str()});
    if (!rows)
        return rows.error();
    if (rows->empty() || !(*rows)[0][0])
        return makeError(Trouble::Refused, "The server has no such problem.");
    const Row &row = (*rows)[0];
    return ServerProblem{*row[0], row[1] == "t", row[2] == "t", readProof(row, 3)};
}

base::Result<bool> saveDraft(Gateway &gateway, const std::string &id, const std::string &definition,
                             const std::string &before)
{
    if (!before.empty()) {
        auto same =
            gateway.call("SELECT COALESCE(api.problem_definition($1) = $2::jsonb, true)", {id.c_str(), before.c_str()});
        if (!same)
            return same.error();
        if ((*same)[0][0] != "t")
            return false;
    }
    auto saved = gateway.call("SELECT api.save_problem($1, $2::jsonb)", {id.c_str(), definition.c_str()});
    if (!saved)
        return saved.error();
    return true;
}

base::Result<void> verifyDraft(Gateway &gateway, const std::string &id)
{
    return done(gateway.call("SELECT api.verify_problem($1)", {id.c_str()}));
}

base::Result<void> cancelVerification(Gateway &gateway, const std::string &id)
{
    return done(gateway.call("SELECT api.cancel_verification($1)", {id.c_str()}));
}

base::Result<Proof> proofOf(Gateway &gateway, const std::string &id)
{
    auto rows = gateway.call("SELECT state, current, runs, report FROM api.verification($1)", {id.c_str()});
    if (!rows)
        return rows.error();
    return rows->empty() ? Proof() : readProof((*rows)[0], 0);
}

base::Result<void> publishDraft(Gateway &gateway, const std::string &id, const std::string &definition)
{
    auto same = gateway.call("SELECT api.draft($1) = $2::jsonb", {id.c_str(), definition.c_str()});
    if (!same)
        return same.error();
    if ((*same)[0][0] != "t")
        return makeError(Trouble::Refused,
                         "Somebody has saved another draft of it. Open it again to see what is there now.");
    return done(gateway.call("SELECT api.publish_problem($1)", {id.c_str()}));
}

} // namespace sqlgym::client
