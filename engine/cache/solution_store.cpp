#include "cache/solution_store.h"

#include "base/timestamp.h"
#include "cache/mirror_writer.h"
#include "cache/outbox_overlay.h"
#include "cache/outbox_write.h"
#include "cache/rows.h"
#include "cache/store_context.h"
#include "sqlite/transaction.h"

#include <array>
#include <nlohmann/json.hpp>

namespace sqlgym::cache {
namespace {

using Json = nlohmann::json;

/// ?1 is the learner, ?2 the problem. Of one's own queries this machine knows the verdict.
constexpr const char *kSolutions = R"sql(
SELECT s.id, s.created_by, u.username, s.title, substr(s.content, 1, 6000), s.sql_code, length(s.content), s.created_at,
    s.is_official, s.updated_at > s.created_at, s.created_by = ?1,
    EXISTS (SELECT 1 FROM outbox o WHERE o.user_id = ?1 AND o.state <> 'sent'
            AND o.target IN ('solution:' || s.id, 'solution_mark:' || s.id)),
    coalesce(m.up, 0), coalesce(m.down, 0), coalesce(m.vote, 0), coalesce(m.bookmark, 0),
    CASE WHEN s.created_by = ?1 THEN coalesce((SELECT w.is_correct FROM submissions w WHERE w.user_id = ?1
            AND w.problem_id = ?2 AND w.query = s.sql_code ORDER BY w.submitted_at DESC LIMIT 1), m.verdict)
         ELSE m.verdict END,
    coalesce(m.failing, '[]'), coalesce(m.failing, '') <> ''
FROM solutions s JOIN users u ON u.id = s.created_by LEFT JOIN solution_marks m ON m.id = s.id
WHERE s.problem_id = ?2
ORDER BY s.is_official DESC, s.created_by = ?1 DESC, coalesce(m.up, 0) - coalesce(m.down, 0) DESC, s.created_at DESC, s.id
LIMIT 200)sql";

base::UnixMicros moment(std::string_view text) { return base::parseTimestamp(text).value_or(0); }

Solution readSolution(sqlite::Statement &row)
{
    Solution read;
    read.id = row.string(0);
    read.authorId = row.string(1);
    read.author = row.string(2);
    read.title = row.string(3);
    read.content = row.string(4);
    read.sql = row.string(5);
    read.characters = row.integer(6);
    read.createdAt = moment(row.text(7));
    read.official = row.integer(8) != 0;
    read.edited = row.integer(9) != 0;
    read.own = row.integer(10) != 0;
    read.waiting = row.integer(11) != 0;
    read.up = static_cast<int>(row.integer(12));
    read.down = static_cast<int>(row.integer(13));
    read.vote = static_cast<int>(row.integer(14));
    read.bookmark = row.integer(15) != 0;
    if (!row.isNull(16))
        read.verdict = row.integer(16) != 0;
    const Json failing = Json::parse(row.text(17), nullptr, false);
    if (!read.verdict.value_or(true) && failing.is_array()) {
        for (const Json &name : failing)
            read.failing.push_back(name.is_string() ? name.get<std::string>() : std::string());
    }
    read.told = row.integer(18) != 0;
    return read;
}

base::Result<void> write(MirrorWriter &users, MirrorWriter &solutions, sqlite::Database &database,
                         std::string_view problemId, const ToldSolution &told)
{
    const Solution &s = told.solution;
    const std::string created = base::timestampText(s.createdAt);
    const std::string updated = base::timestampText(told.updatedAt);
    const std::array<MirrorValue, 2> user{std::string_view(s.authorId), std::string_view(s.author)};
    if (auto done = users.write(user); !done)
        return done;
    const std::array<MirrorValue, 9> row{std::string_view(s.id),           problemId,
                                         std::string_view(s.authorId),     std::string_view(s.title),
                                         std::string_view(s.content),      std::string_view(s.sql),
                                         std::int64_t{s.official ? 1 : 0}, std::string_view(created),
                                         std::string_view(updated)};
    if (auto done = solutions.write(row); !done)
        return done;
    const std::string failing = Json(s.failing).dump(-1, ' ', false, Json::error_handler_t::replace);
    const int verdict = s.verdict.value_or(false) ? 1 : 0;
    return database.run("INSERT OR REPLACE INTO solution_marks (id, vote, bookmark, up, down, verdict, failing) "
                        "VALUES (?, ?, ?, ?, ?, iif(?, ?, NULL), ?)",
                        s.id, s.vote, s.bookmark ? 1 : 0, s.up, s.down, s.verdict.has_value() ? 1 : 0, verdict,
                        failing);
}

} // namespace

base::Result<std::vector<Solution>> SolutionStore::solutions(std::string_view problemId)
{
    return select(m_context.database, kSolutions, readSolution, m_context.userId, problemId);
}

base::Result<std::vector<std::string>> SolutionStore::rightQueries(std::string_view problemId)
{
    return select(
        m_context.database,
        "SELECT query FROM submissions WHERE user_id = ? AND problem_id = ? AND is_correct GROUP BY query "
        "ORDER BY max(submitted_at) DESC LIMIT 10",
        [](sqlite::Statement &row) { return row.string(0); }, m_context.userId, problemId);
}

base::Result<void> SolutionStore::take(std::string_view problemId, const std::vector<ToldSolution> &told,
                                       std::int64_t horizon)
{
    sqlite::Database &database = m_context.database;
    auto transaction = sqlite::Transaction::begin(database);
    if (!transaction)
        return transaction.error();
    // A problem that this copy does not hold has no page.
    auto known = database.integer("SELECT count(*) FROM problems WHERE id = ?", problemId);
    if (!known || *known == 0)
        return known ? base::Result<void>() : known.error();
    if (auto lifted = liftWrites(database, m_context.userId); !lifted)
        return lifted;
    auto done = database.run("DELETE FROM outbox WHERE user_id = ? AND kind = 'mark_solution' AND state = 'sent' "
                             "AND done_before <= ?",
                             m_context.userId, horizon);
    if (!done)
        return done;
    {
        auto users = MirrorWriter::prepare(database, "users", {"id", "username"});
        auto solutions = MirrorWriter::prepare(database, "solutions",
                                               {"id", "problem_id", "created_by", "title", "content", "sql_code",
                                                "is_official", "created_at", "updated_at"});
        if (!users || !solutions)
            return users ? solutions.error() : users.error();
        for (const ToldSolution &each : told) {
            if (auto written = write(*users, *solutions, database, problemId, each); !written)
                return written;
        }
    }
    if (auto laid = layWrites(database, m_context.userId); !laid)
        return laid;
    return transaction->commit();
}

base::Result<void> SolutionStore::mark(std::string_view solutionId, std::optional<int> vote,
                                       std::optional<bool> bookmark)
{
    Json payload = {{"solution_id", std::string(solutionId)}};
    if (vote)
        payload["vote"] = *vote;
    if (bookmark)
        payload["bookmark"] = *bookmark;
    auto done = enqueue(
        m_context,
        {.kind = "mark_solution", .payload = payload, .target = "solution_mark:" + std::string(solutionId), .id = {}});
    return done ? base::Result<void>() : done.error();
}

} // namespace sqlgym::cache
