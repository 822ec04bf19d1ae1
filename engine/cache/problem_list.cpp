// The reading side of the catalogue's lists: problems, topics, badges, tags.
#include "cache/derived.h"
#include "cache/problem_store.h"
#include "cache/rows.h"
#include "cache/search_store.h"
#include "cache/store_context.h"
#include "content/names.h"

#include <nlohmann/json.hpp>

namespace sqlgym::cache {
namespace {

/// Topics in tree order: `path` sorts parents before children. Topics in a circle of parents have none, and come last.
constexpr std::string_view kTree = R"sql(
WITH RECURSIVE tree (id, path) AS (
    SELECT id, printf('%010d/%s', coalesce(order_index, 999999) + 1000000, id) FROM topics
    WHERE parent_topic_id IS NULL
    UNION ALL
    SELECT t.id, tree.path || printf('/%010d/%s', coalesce(t.order_index, 999999) + 1000000, t.id)
    FROM topics t JOIN tree ON t.parent_topic_id = tree.id
)
)sql";

// `state` counts as progress::ProblemState does. A plus keeps SQLite from an index that finds too much.
constexpr std::string_view kSummaries = R"sql(
SELECT * FROM (
    SELECT p.id AS id, k.slug AS slug, p.title AS title, p.topic_id AS topic_id, t.name AS topic_name, p.difficulty,
        p.tags AS tags, p.company AS company, p.premium AS premium,
        CASE WHEN EXISTS (SELECT 1 FROM submissions s
                          WHERE +s.user_id = ?1 AND s.problem_id = p.id AND +s.is_correct = 1)
                  OR EXISTS (SELECT 1 FROM attempts a
                             WHERE a.problem_id = p.id AND a.kind = 'submit' AND a.correct = 1) THEN 2
             WHEN EXISTS (SELECT 1 FROM given_up g WHERE g.problem_id = p.id) THEN 3
             WHEN EXISTS (SELECT 1 FROM submissions s WHERE +s.user_id = ?1 AND s.problem_id = p.id)
                  OR EXISTS (SELECT 1 FROM attempts a WHERE a.problem_id = p.id) THEN 1
             ELSE 0 END AS state,
        EXISTS (SELECT 1 FROM problem_interactions i
                WHERE i.user_id = ?1 AND i.problem_id = p.id AND i.bookmark = 1) AS bookmark,
        k.order_index AS order_index, coalesce(tree.path, '~') AS path
    FROM problems p JOIN problem_keys k ON k.problem_id = p.id
    LEFT JOIN topics t ON t.id = p.topic_id LEFT JOIN tree ON tree.id = p.topic_id
) AS p
)sql";

constexpr std::string_view kMatches = R"sql(
JOIN (SELECT d.id AS document_id, bm25(search_index, 10.0, 1.0, 4.0) AS rank
      FROM search_index JOIN search_documents d ON d.document = search_index.rowid
      WHERE search_index MATCH ?7 AND d.kind = 'problem') AS m ON m.document_id = p.id
)sql";

constexpr std::string_view kConditions = R"sql(
WHERE (?2 IS NULL OR p.topic_id IN (
          WITH RECURSIVE below (id) AS (SELECT ?2 UNION SELECT t.id FROM topics t JOIN below ON t.parent_topic_id = below.id)
          SELECT id FROM below))
  AND (?3 IS NULL OR p.difficulty = ?3 COLLATE NOCASE)
  AND (?4 IS NULL OR p.state = ?4)
  AND (?5 = '' OR EXISTS (SELECT 1 FROM json_each(iif(json_valid(p.tags), p.tags, '[]')) WHERE value = ?5))
  AND (?6 = '' OR p.company = ?6)
  AND (NOT ?8 OR p.bookmark)
ORDER BY )sql";

std::vector<std::string> readTags(std::string_view text)
{
    std::vector<std::string> tags;
    const auto json = nlohmann::json::parse(text, nullptr, false);
    if (json.is_array()) {
        for (const auto &tag : json) {
            if (tag.is_string())
                tags.push_back(tag.get<std::string>());
        }
    }
    return tags;
}

ProblemSummary readSummary(sqlite::Statement &row)
{
    ProblemSummary summary;
    summary.id = row.string(0);
    summary.slug = row.string(1);
    summary.title = row.string(2);
    summary.topicId = row.string(3);
    summary.topicName = row.string(4);
    summary.difficulty = content::parseDifficulty(row.text(5)).value_or(content::Difficulty::Medium);
    summary.tags = readTags(row.text(6));
    summary.company = row.string(7);
    summary.premium = row.integer(8) != 0;
    summary.state = static_cast<progress::ProblemState>(row.integer(9));
    summary.bookmarked = row.integer(10) != 0;
    summary.orderIndex = static_cast<int>(row.integer(11));
    return summary;
}

std::string readText(sqlite::Statement &row) { return row.string(0); }

} // namespace

base::Result<std::vector<ProblemSummary>> ProblemStore::problems(const ProblemFilter &filter)
{
    if (auto fresh = refreshDerived(m_context.database); !fresh)
        return fresh.error();
    const std::string query = prefixQuery(filter.text);
    const auto difficulty =
        filter.difficulty ? std::optional(content::difficultyName(*filter.difficulty)) : std::nullopt;
    const auto state = filter.state ? std::optional(static_cast<int>(*filter.state)) : std::nullopt;
    std::string sql = std::string(kTree).append(kSummaries);
    sql.append(query.empty() ? std::string_view() : kMatches).append(kConditions);
    sql.append(query.empty() ? "p.path, p.order_index, p.title, p.id" : "m.rank, p.path, p.order_index, p.id");
    return select(m_context.database, sql, readSummary, m_context.userId, filter.topicId, difficulty, state, filter.tag,
                  filter.company, query, filter.bookmarkedOnly);
}

base::Result<std::optional<ProblemSummary>> ProblemStore::summary(std::string_view idOrSlug)
{
    if (auto fresh = refreshDerived(m_context.database); !fresh)
        return fresh.error();
    const std::string sql = std::string(kTree)
                                .append(kSummaries)
                                .append("WHERE p.id = ?2 OR p.slug = ?2 "
                                        "ORDER BY p.id = ?2 DESC");
    return selectOne(m_context.database, sql, readSummary, m_context.userId, idOrSlug);
}

base::Result<std::vector<content::Topic>> ProblemStore::topics()
{
    return select(m_context.database,
                  std::string(kTree) + "SELECT t.id, t.name, t.description, t.difficulty_level, t.order_index, p.name "
                                       "FROM topics t LEFT JOIN topics p ON p.id = t.parent_topic_id "
                                       "LEFT JOIN tree ON tree.id = t.id ORDER BY coalesce(tree.path, '~'), t.id",
                  [](sqlite::Statement &row) {
                      content::Topic topic;
                      topic.id = row.string(0);
                      topic.name = row.string(1);
                      topic.slug = content::slugFromName(topic.name);
                      topic.description = row.string(2);
                      topic.difficulty = content::parseDifficulty(row.text(3)).value_or(content::Difficulty::Beginner);
                      topic.orderIndex = static_cast<int>(row.integer(4));
                      topic.parent = content::slugFromName(row.text(5));
                      return topic;
                  });
}

base::Result<std::vector<content::Badge>> ProblemStore::badges()
{
    return select(m_context.database,
                  "SELECT id, name, description, icon_url, criteria, points_reward, rarity FROM badges ORDER BY rowid",
                  [](sqlite::Statement &row) {
                      content::Badge badge;
                      badge.id = row.string(0);
                      badge.name = row.string(1);
                      badge.slug = content::slugFromName(badge.name);
                      badge.description = row.string(2);
                      badge.icon = row.string(3);
                      badge.criteriaJson = row.string(4);
                      badge.pointsReward = static_cast<int>(row.integer(5));
                      badge.rarity = row.string(6);
                      return badge;
                  });
}

base::Result<std::vector<std::string>> ProblemStore::tags()
{
    return select(m_context.database,
                  "SELECT DISTINCT value FROM problems, json_each(iif(json_valid(tags), tags, '[]')) ORDER BY 1",
                  readText);
}

base::Result<std::vector<std::string>> ProblemStore::companies()
{
    return select(m_context.database,
                  "SELECT DISTINCT company FROM problems WHERE company IS NOT NULL AND company <> '' ORDER BY 1",
                  readText);
}

} // namespace sqlgym::cache
