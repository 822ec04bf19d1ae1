#include "cache/pack_loader.h"

#include "base/timestamp.h"
#include "cache/derived.h"
#include "cache/recovery.h"
#include "cache/rows.h"
#include "content/json_columns.h"
#include "content/names.h"
#include "sqlite/transaction.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

namespace sqlgym::cache {
namespace {

/// NULL for "".
std::optional<std::string_view> orNull(const std::string &text)
{
    return text.empty() ? std::nullopt : std::optional<std::string_view>(text);
}

template <typename Items> std::string idList(const Items &items)
{
    nlohmann::json ids = nlohmann::json::array();
    for (const auto &item : items)
        ids.push_back(item);
    return ids.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::string idOr(const std::string &id, const std::string &fallback) { return id.empty() ? fallback : id; }

} // namespace

PackLoader::PackLoader(StoreContext &context, const content::Pack &pack)
    : m_context(context), m_pack(pack), m_now(base::timestampText(context.clock->now()))
{
}

/// Names are unique: a topic of the same name that came from elsewhere, under another id, is the same topic.
base::Result<void> PackLoader::resolveTopics()
{
    for (const content::Topic &topic : m_pack.topics) {
        const std::string id = idOr(topic.id, content::topicId(topic.slug));
        auto known = selectOne(
            m_context.database, "SELECT id FROM topics WHERE id = ?1 OR name = ?2 ORDER BY id = ?1 DESC",
            [](sqlite::Statement &row) { return row.string(0); }, id, topic.name);
        if (!known)
            return known.error();
        m_topicIds[topic.slug] = known->value_or(id);
    }
    return {};
}

std::string PackLoader::topicId(const std::string &slug) const
{
    const auto known = m_topicIds.find(slug);
    return known != m_topicIds.end() ? known->second : content::topicId(slug);
}

base::Result<void> PackLoader::writeTopics()
{
    if (auto resolved = resolveTopics(); !resolved)
        return resolved;
    // Two topics may have exchanged their names.
    for (const content::Topic &topic : m_pack.topics) {
        auto freed = m_context.database.run("UPDATE topics SET name = id WHERE id = ? AND name <> ?",
                                            topicId(topic.slug), topic.name);
        if (!freed)
            return freed;
    }
    auto write = m_context.database.prepare(R"sql(
        INSERT INTO topics AS t (id, name, description, difficulty_level, order_index, parent_topic_id,
                                 created_at, updated_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?7)
        ON CONFLICT (id) DO UPDATE SET name = excluded.name, description = excluded.description,
            difficulty_level = excluded.difficulty_level, order_index = excluded.order_index,
            parent_topic_id = excluded.parent_topic_id, updated_at = excluded.updated_at
        WHERE (t.name, t.description, t.difficulty_level, t.order_index, t.parent_topic_id) IS NOT
              (excluded.name, excluded.description, excluded.difficulty_level, excluded.order_index,
               excluded.parent_topic_id))sql");
    if (!write)
        return write.error();
    for (const content::Topic &topic : m_pack.topics) {
        const std::string parent = topic.parent.empty() ? "" : topicId(topic.parent);
        auto written = write
                           ->with(topicId(topic.slug), topic.name, orNull(topic.description),
                                  content::difficultyLevel(topic.difficulty), topic.orderIndex, orNull(parent), m_now)
                           .run();
        if (!written)
            return written;
    }
    return {};
}

base::Result<void> PackLoader::writeBadges()
{
    for (const content::Badge &badge : m_pack.badges) {
        auto freed = m_context.database.run("UPDATE badges SET name = id WHERE id = ? AND name <> ?",
                                            idOr(badge.id, content::badgeId(badge.slug)), badge.name);
        if (!freed)
            return freed;
    }
    for (const content::Badge &badge : m_pack.badges) {
        auto written = m_context.database.run(
            R"sql(
            INSERT INTO badges (id, name, description, icon_url, criteria, points_reward, rarity, created_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET name = excluded.name, description = excluded.description,
                icon_url = excluded.icon_url, criteria = excluded.criteria, points_reward = excluded.points_reward,
                rarity = excluded.rarity)sql",
            idOr(badge.id, content::badgeId(badge.slug)), badge.name, badge.description, orNull(badge.icon),
            badge.criteriaJson, badge.pointsReward, orNull(badge.rarity), m_now);
        if (!written)
            return written;
    }
    return {};
}

base::Result<void> PackLoader::writeProblems(const ExpectedHash &expectedHash)
{
    for (const content::Problem &problem : m_pack.problems) {
        const std::string hash =
            problem.expectedHash.empty() && expectedHash ? expectedHash(problem) : problem.expectedHash;
        auto written = writeProblem(problem, hash);
        if (written)
            written = writeTables(problem);
        if (written)
            written = writeTests(problem);
        if (!written)
            return base::Error{written.error().domain, written.error().code,
                               "The problem '" + problem.slug + "' could not be stored: " + written.error().message,
                               written.error().transient};
    }
    return {};
}

base::Result<void> PackLoader::writeProblem(const content::Problem &problem, const std::string &hash)
{
    const content::ProblemColumns columns = content::problemColumns(problem);
    const std::string topic = problem.topic.empty() ? "" : topicId(problem.topic);
    return m_context.database.run(
        R"sql(
        INSERT INTO problems AS p (id, title, question, difficulty, tags, hints, company, topic_id, premium,
                                   master_solution, expected_display, expected_hash, created_at, updated_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?13)
        ON CONFLICT (id) DO UPDATE SET title = excluded.title, question = excluded.question,
            difficulty = excluded.difficulty, tags = excluded.tags, hints = excluded.hints,
            company = excluded.company, topic_id = excluded.topic_id, premium = excluded.premium,
            master_solution = excluded.master_solution, expected_display = excluded.expected_display,
            expected_hash = excluded.expected_hash, updated_at = excluded.updated_at
        WHERE (p.title, p.question, p.difficulty, p.tags, p.hints, p.company, p.topic_id, p.premium,
               p.master_solution, p.expected_display, p.expected_hash) IS NOT
              (excluded.title, excluded.question, excluded.difficulty, excluded.tags, excluded.hints,
               excluded.company, excluded.topic_id, excluded.premium, excluded.master_solution,
               excluded.expected_display, excluded.expected_hash))sql",
        idOr(problem.id, content::problemId(problem.slug)), problem.title, columns.question,
        content::difficultyName(problem.difficulty), columns.tags, columns.hints, orNull(problem.company),
        orNull(topic), problem.premium, orNull(columns.masterSolution), columns.expectedDisplay, orNull(hash), m_now);
}

base::Result<void> PackLoader::writeTables(const content::Problem &problem)
{
    const std::string problemId = idOr(problem.id, content::problemId(problem.slug));
    std::vector<std::string> names;
    for (std::size_t i = 0; i < problem.tables.size(); ++i) {
        const content::Table &table = problem.tables[i];
        const content::TableColumns columns = content::tableColumns(table, static_cast<int>(i));
        names.push_back(table.name);
        const std::string id = content::tableId(problem.slug, table.name);
        // The id is the table's alone: a row that has it for another table is what a recovery made of it.
        auto freed = m_context.database.run(
            "DELETE FROM problem_schemas WHERE id = ? AND (problem_id, table_name) IS NOT (?, ?)", id, problemId,
            table.name);
        if (!freed)
            return freed;
        auto written = m_context.database.run(
            R"sql(
            INSERT INTO problem_schemas AS s (id, problem_id, table_name, schema_definition, sample_data, indexes,
                                              constraints, created_at, updated_at)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?8)
            ON CONFLICT (problem_id, table_name) DO UPDATE SET schema_definition = excluded.schema_definition,
                sample_data = excluded.sample_data, indexes = excluded.indexes, constraints = excluded.constraints,
                updated_at = excluded.updated_at
            WHERE (s.schema_definition, s.sample_data, s.indexes, s.constraints) IS NOT
                  (excluded.schema_definition, excluded.sample_data, excluded.indexes, excluded.constraints))sql",
            id, problemId, table.name, columns.schemaDefinition, orNull(columns.sampleData), orNull(columns.indexes),
            orNull(columns.constraints), m_now);
        if (!written)
            return written;
    }
    return m_context.database.run("DELETE FROM problem_schemas WHERE problem_id = ? "
                                  "AND table_name NOT IN (SELECT value FROM json_each(?))",
                                  problemId, idList(names));
}

base::Result<void> PackLoader::writeTests(const content::Problem &problem)
{
    const std::string problemId = idOr(problem.id, content::problemId(problem.slug));
    std::vector<std::string> ids;
    for (const content::TestCase &test : problem.tests)
        ids.push_back(idOr(test.id, content::testId(problem.slug, test.name)));
    auto removed = m_context.database.run("DELETE FROM test_cases WHERE problem_id = ? "
                                          "AND id NOT IN (SELECT value FROM json_each(?))",
                                          problemId, idList(ids));
    if (!removed)
        return removed;
    for (std::size_t i = 0; i < ids.size(); ++i) {
        auto freed = m_context.database.run("UPDATE test_cases SET name = id WHERE id = ? AND name <> ?", ids[i],
                                            problem.tests[i].name);
        if (!freed)
            return freed;
    }
    for (std::size_t i = 0; i < ids.size(); ++i) {
        const content::TestCase &test = problem.tests[i];
        const content::TestColumns columns = content::testColumns(test);
        auto written = m_context.database.run(
            R"sql(
            INSERT INTO test_cases AS t (id, problem_id, name, description, input_data, expected_output,
                preview_expected_output, validation_rules, is_hidden, order_index, timeout_seconds, memory_limit_mb,
                display_limit, created_at, updated_at)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?14)
            ON CONFLICT (id) DO UPDATE SET problem_id = excluded.problem_id, name = excluded.name,
                description = excluded.description, input_data = excluded.input_data, expected_output = excluded.expected_output,
                preview_expected_output = excluded.preview_expected_output,
                validation_rules = excluded.validation_rules, is_hidden = excluded.is_hidden,
                order_index = excluded.order_index, timeout_seconds = excluded.timeout_seconds,
                memory_limit_mb = excluded.memory_limit_mb, display_limit = excluded.display_limit,
                updated_at = excluded.updated_at
            WHERE (t.problem_id, t.name, t.description, t.input_data, t.expected_output, t.preview_expected_output,
                   t.validation_rules, t.is_hidden, t.order_index, t.timeout_seconds, t.memory_limit_mb,
                   t.display_limit) IS NOT
                  (excluded.problem_id, excluded.name, excluded.description, excluded.input_data, excluded.expected_output,
                   excluded.preview_expected_output, excluded.validation_rules, excluded.is_hidden,
                   excluded.order_index, excluded.timeout_seconds, excluded.memory_limit_mb,
                   excluded.display_limit))sql",
            ids[i], problemId, test.name, orNull(test.description), columns.inputData, columns.expectedOutput,
            orNull(columns.previewExpectedOutput), orNull(columns.validationRules), test.hidden, test.orderIndex,
            test.timeoutSeconds, test.memoryLimitMb, test.displayLimit, m_now);
        if (!written)
            return written;
    }
    return {};
}

base::Result<void> PackLoader::removeVanished(LoadReport &report)
{
    std::vector<std::string> ids;
    for (const content::Problem &problem : m_pack.problems)
        ids.push_back(idOr(problem.id, content::problemId(problem.slug)));
    const std::string present = idList(ids);
    auto noted = m_context.database.run("UPDATE problem_keys SET pack = ?1 WHERE pack IS NOT ?1 "
                                        "AND problem_id IN (SELECT value FROM json_each(?2))",
                                        m_pack.name, present);
    if (!noted)
        return noted;
    auto vanished = m_context.database.integer("SELECT count(*) FROM problem_keys WHERE pack IN (?1, ?3) "
                                               "AND problem_id NOT IN (SELECT value FROM json_each(?2))",
                                               m_pack.name, present, kRecoveredPack);
    if (!vanished)
        return vanished.error();
    auto removed = m_context.database.run(
        R"sql(
        DELETE FROM problems WHERE id IN (SELECT problem_id FROM problem_keys WHERE pack IN (?1, ?3))
            AND id NOT IN (SELECT value FROM json_each(?2))
            AND NOT EXISTS (SELECT 1 FROM submissions r WHERE r.problem_id = problems.id)
            AND NOT EXISTS (SELECT 1 FROM problem_submissions r WHERE r.problem_id = problems.id)
            AND NOT EXISTS (SELECT 1 FROM problem_sessions r WHERE r.problem_id = problems.id)
            AND NOT EXISTS (SELECT 1 FROM problem_interactions r WHERE r.problem_id = problems.id)
            AND NOT EXISTS (SELECT 1 FROM community_posts r WHERE r.problem_id = problems.id)
            AND NOT EXISTS (SELECT 1 FROM solutions r WHERE r.problem_id = problems.id)
            AND NOT EXISTS (SELECT 1 FROM attempts r WHERE r.problem_id = problems.id)
            AND NOT EXISTS (SELECT 1 FROM drafts r WHERE r.problem_id = problems.id)
            AND NOT EXISTS (SELECT 1 FROM hints_used r WHERE r.problem_id = problems.id)
            AND NOT EXISTS (SELECT 1 FROM given_up r WHERE r.problem_id = problems.id))sql",
        m_pack.name, present, kRecoveredPack);
    if (!removed)
        return removed;
    report.removed = *vanished > 0 ? static_cast<int>(m_context.database.changes()) : 0;
    report.kept = static_cast<int>(*vanished) - report.removed;
    return {};
}

base::Result<void> PackLoader::notePack(const std::string &fingerprint)
{
    return m_context.database.run(
        R"sql(
        INSERT INTO packs (name, title, version, fingerprint, loaded_at_us) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (name) DO UPDATE SET title = excluded.title, version = excluded.version,
            fingerprint = excluded.fingerprint, loaded_at_us = excluded.loaded_at_us)sql",
        m_pack.name, m_pack.title, m_pack.version, fingerprint, m_context.clock->now());
}

base::Result<LoadReport> ProblemStore::loadPack(const content::Pack &pack, const std::string &fingerprint,
                                                const ExpectedHash &expectedHash)
{
    sqlite::Database &database = m_context.database;
    auto transaction = sqlite::Transaction::begin(database);
    if (!transaction)
        return transaction.error();
    LoadReport report;
    report.problems = static_cast<int>(pack.problems.size());
    PackLoader loader(m_context, pack);
    auto done = database.execute("PRAGMA defer_foreign_keys = ON");
    if (done)
        done = loader.writeTopics();
    if (done)
        done = loader.writeProblems(expectedHash);
    if (done)
        done = loader.writeBadges();
    if (done)
        done = refreshDerived(database);
    if (done)
        done = loader.removeVanished(report);
    if (done)
        done = refreshDerived(database);
    if (done)
        done = loader.notePack(fingerprint);
    if (done)
        done = transaction->commit();
    if (!done)
        return done.error();
    return report;
}

base::Result<std::vector<LoadedPack>> ProblemStore::loadedPacks()
{
    return select(m_context.database, "SELECT name, title, version, fingerprint, loaded_at_us FROM packs ORDER BY name",
                  [](sqlite::Statement &row) {
                      return LoadedPack{row.string(0), row.string(1), row.string(2), row.string(3), row.integer(4)};
                  });
}

} // namespace sqlgym::cache
