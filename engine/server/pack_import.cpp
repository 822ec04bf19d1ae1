#include "server/pack_import.h"

#include "content/json_columns.h"
#include "content/names.h"
#include "grading/canonical.h"

#include <map>

namespace sqlgym::server {

namespace {

std::optional<std::string> orNull(const std::string &text) { return text.empty() ? std::nullopt : std::optional(text); }

std::string idOr(const std::string &id, const std::string &fallback) { return id.empty() ? fallback : id; }

std::string words(bool value) { return value ? "true" : "false"; }

class Import {
public:
    Import(Session &session, const content::Pack &pack) : m_session(session), m_pack(pack) {}

    base::Result<void> run()
    {
        // As the owner: what an administrator lacks, the owner has, and the other way round nothing is needed.
        if (auto set = m_session.execute("SET LOCAL ROLE sqlgym_owner"); !set)
            return set.error();
        auto done = topics();
        for (const content::Problem &problem : m_pack.problems) {
            if (done)
                done = writeProblem(problem);
            if (!done)
                return base::Error{done.error().domain, done.error().code,
                                   "The problem '" + problem.slug + "' could not be stored: " + done.error().message,
                                   done.error().transient};
        }
        if (done)
            done = badges();
        return done;
    }

    ImportReport report;

private:
    base::Result<void> write(const std::string &sql, const Values &values)
    {
        auto written = m_session.run(sql, values);
        if (!written)
            return written.error();
        const std::string tag = written->commandTag();
        report.changed += std::stoi(tag.substr(tag.rfind(' ') + 1));
        return {};
    }

    /// Names are unique: a topic of the same name that is there under another id is the same topic.
    base::Result<void> topics()
    {
        for (const content::Topic &topic : m_pack.topics) {
            const std::string id = idOr(topic.id, content::topicId(topic.slug));
            auto known =
                m_session.value("SELECT id FROM public.topics WHERE id = $1 OR name = $2 ORDER BY id = $1 DESC LIMIT 1",
                                {id, topic.name});
            if (!known)
                return known.error();
            m_topicIds[topic.slug] = known->value_or(id);
        }
        for (const content::Topic &topic : m_pack.topics) {
            auto done = write(
                "INSERT INTO public.topics AS t (id, name, description, difficulty_level, order_index, "
                "parent_topic_id) "
                "VALUES ($1, $2, $3, $4::public.difficultylevel, $5, $6) ON CONFLICT (id) DO UPDATE SET name = "
                "excluded.name, "
                "description = excluded.description, difficulty_level = excluded.difficulty_level, "
                "order_index = excluded.order_index, parent_topic_id = excluded.parent_topic_id, updated_at = now() "
                "WHERE (t.name, t.description, t.difficulty_level, t.order_index, t.parent_topic_id) IS DISTINCT FROM "
                "(excluded.name, excluded.description, excluded.difficulty_level, excluded.order_index, "
                "excluded.parent_topic_id)",
                {m_topicIds[topic.slug], topic.name, orNull(topic.description),
                 std::string(content::difficultyLevel(topic.difficulty)), std::to_string(topic.orderIndex),
                 topic.parent.empty() ? std::nullopt : std::optional(topicId(topic.parent))});
            if (!done)
                return done;
            ++report.topics;
        }
        return {};
    }

    std::string topicId(const std::string &slug) const
    {
        const auto known = m_topicIds.find(slug);
        return known != m_topicIds.end() ? known->second : content::topicId(slug);
    }

    base::Result<void> writeProblem(const content::Problem &problem)
    {
        const std::string id = idOr(problem.id, content::problemId(problem.slug));
        const content::ProblemColumns columns = content::problemColumns(problem);
        const std::string hash = problem.expectedHash.empty() ? grading::expectedHash(problem) : problem.expectedHash;
        auto done = write(
            "INSERT INTO public.problems AS p (id, title, question, difficulty, tags, hints, company, topic_id, "
            "premium, "
            "master_solution, expected_display, expected_hash) VALUES ($1, $2, $3::jsonb, $4, $5::json, $6::json, $7, "
            "$8, "
            "$9::boolean, $10::jsonb, $11::jsonb, $12) ON CONFLICT (id) DO UPDATE SET title = excluded.title, "
            "question = excluded.question, difficulty = excluded.difficulty, tags = excluded.tags, hints = "
            "excluded.hints, "
            "company = excluded.company, topic_id = excluded.topic_id, premium = excluded.premium, "
            "master_solution = excluded.master_solution, expected_display = excluded.expected_display, "
            "expected_hash = excluded.expected_hash, updated_at = now() "
            "WHERE (p.title, p.question, p.difficulty, p.tags::jsonb, p.hints::jsonb, p.company, p.topic_id, "
            "p.premium, "
            "p.master_solution, p.expected_display, p.expected_hash) IS DISTINCT FROM (excluded.title, "
            "excluded.question, "
            "excluded.difficulty, excluded.tags::jsonb, excluded.hints::jsonb, excluded.company, excluded.topic_id, "
            "excluded.premium, excluded.master_solution, excluded.expected_display, excluded.expected_hash)",
            {id, problem.title, columns.question, std::string(content::difficultyName(problem.difficulty)),
             columns.tags, columns.hints, orNull(problem.company),
             problem.topic.empty() ? std::nullopt : std::optional(topicId(problem.topic)), words(problem.premium),
             orNull(columns.masterSolution), columns.expectedDisplay, orNull(hash)});
        if (done)
            done = writeTables(problem, id);
        if (done)
            done = writeTests(problem, id);
        ++report.problems;
        return done;
    }

    base::Result<void> writeTables(const content::Problem &problem, const std::string &problemId)
    {
        std::string names = "{";
        for (std::size_t at = 0; at < problem.tables.size(); ++at) {
            const content::Table &table = problem.tables[at];
            const content::TableColumns columns = content::tableColumns(table, static_cast<int>(at));
            names += (at > 0 ? "," : "") + ('"' + table.name + '"');
            auto done = write(
                "INSERT INTO public.problem_schemas AS s (id, problem_id, table_name, schema_definition, sample_data, "
                "indexes, constraints) VALUES ($1, $2, $3, $4::jsonb, $5::jsonb, $6::json, $7::json) "
                "ON CONFLICT (problem_id, table_name) DO UPDATE SET schema_definition = excluded.schema_definition, "
                "sample_data = excluded.sample_data, indexes = excluded.indexes, constraints = excluded.constraints, "
                "updated_at = now() WHERE (s.schema_definition, s.sample_data, s.indexes::jsonb, s.constraints::jsonb) "
                "IS DISTINCT FROM (excluded.schema_definition, excluded.sample_data, excluded.indexes::jsonb, "
                "excluded.constraints::jsonb)",
                {content::tableId(problem.slug, table.name), problemId, table.name, columns.schemaDefinition,
                 orNull(columns.sampleData), orNull(columns.indexes), orNull(columns.constraints)});
            if (!done)
                return done;
        }
        return write("DELETE FROM public.problem_schemas WHERE problem_id = $1 AND table_name <> ALL ($2::text[])",
                     {problemId, names + "}"});
    }

    base::Result<void> writeTests(const content::Problem &problem, const std::string &problemId)
    {
        std::vector<std::string> ids;
        std::string list = "{";
        for (const content::TestCase &test : problem.tests) {
            ids.push_back(idOr(test.id, content::testId(problem.slug, test.name)));
            list += (list.size() > 1 ? "," : "") + ids.back();
        }
        list += "}";
        // What results refer to stays, out of the way of names that are used again.
        auto done = write("DELETE FROM public.test_cases t WHERE problem_id = $1 AND id <> ALL ($2::text[]) "
                          "AND NOT EXISTS (SELECT FROM public.execution_results r WHERE r.test_case_id = t.id)",
                          {problemId, list});
        if (done)
            done = write(
                "UPDATE public.test_cases SET name = id, is_hidden = true, order_index = -1 WHERE problem_id = $1 "
                "AND id <> ALL ($2::text[]) AND order_index IS DISTINCT FROM -1",
                {problemId, list});
        for (std::size_t at = 0; done && at < ids.size(); ++at)
            done = write("UPDATE public.test_cases SET name = id WHERE id = $1 AND name <> $2",
                         {ids[at], problem.tests[at].name});
        for (std::size_t at = 0; done && at < ids.size(); ++at)
            done = writeTest(problem.tests[at], ids[at], problemId);
        return done;
    }

    base::Result<void> writeTest(const content::TestCase &test, const std::string &id, const std::string &problemId)
    {
        const content::TestColumns columns = content::testColumns(test);
        return write(
            "INSERT INTO public.test_cases AS t (id, problem_id, name, description, input_data, expected_output, "
            "preview_expected_output, validation_rules, is_hidden, order_index, timeout_seconds, memory_limit_mb, "
            "display_limit) VALUES ($1, $2, $3, $4, $5::jsonb, $6::jsonb, $7::jsonb, $8::jsonb, $9::boolean, $10, $11, "
            "$12, "
            "$13) ON CONFLICT (id) DO UPDATE SET problem_id = excluded.problem_id, name = excluded.name, "
            "description = excluded.description, input_data = excluded.input_data, "
            "expected_output = excluded.expected_output, preview_expected_output = excluded.preview_expected_output, "
            "validation_rules = excluded.validation_rules, is_hidden = excluded.is_hidden, "
            "order_index = excluded.order_index, timeout_seconds = excluded.timeout_seconds, "
            "memory_limit_mb = excluded.memory_limit_mb, display_limit = excluded.display_limit, updated_at = now() "
            "WHERE (t.problem_id, t.name, t.description, t.input_data, t.expected_output, t.preview_expected_output, "
            "t.validation_rules, t.is_hidden, t.order_index, t.timeout_seconds, t.memory_limit_mb, t.display_limit) "
            "IS DISTINCT FROM (excluded.problem_id, excluded.name, excluded.description, excluded.input_data, "
            "excluded.expected_output, excluded.preview_expected_output, excluded.validation_rules, "
            "excluded.is_hidden, "
            "excluded.order_index, excluded.timeout_seconds, excluded.memory_limit_mb, excluded.display_limit)",
            {id, problemId, test.name, orNull(test.description), columns.inputData, columns.expectedOutput,
             orNull(columns.previewExpectedOutput), orNull(columns.validationRules), words(test.hidden),
             std::to_string(test.orderIndex), std::to_string(test.timeoutSeconds), std::to_string(test.memoryLimitMb),
             std::to_string(test.displayLimit)});
    }

    base::Result<void> badges()
    {
        for (const content::Badge &badge : m_pack.badges) {
            auto done = write(
                "INSERT INTO public.badges AS b (id, name, description, icon_url, criteria, points_reward, rarity) "
                "VALUES ($1, $2, $3, $4, $5::jsonb, $6, $7) ON CONFLICT (id) DO UPDATE SET name = excluded.name, "
                "description = excluded.description, icon_url = excluded.icon_url, criteria = excluded.criteria, "
                "points_reward = excluded.points_reward, rarity = excluded.rarity WHERE (b.name, b.description, "
                "b.icon_url, "
                "b.criteria, b.points_reward, b.rarity) IS DISTINCT FROM (excluded.name, excluded.description, "
                "excluded.icon_url, excluded.criteria, excluded.points_reward, excluded.rarity)",
                {idOr(badge.id, content::badgeId(badge.slug)), badge.name, badge.description, orNull(badge.icon),
                 badge.criteriaJson, std::to_string(badge.pointsReward), orNull(badge.rarity)});
            if (!done)
                return done;
            ++report.badges;
        }
        return {};
    }

    Session &m_session;
    const content::Pack &m_pack;
    std::map<std::string, std::string> m_topicIds; ///< by slug
};

} // namespace

base::Result<ImportReport> importPack(Session &session, const content::Pack &pack)
{
    Import import(session, pack);
    auto done = session.transaction([&](Session &) { return import.run(); });
    if (!done)
        return done.error();
    return import.report;
}

} // namespace sqlgym::server
