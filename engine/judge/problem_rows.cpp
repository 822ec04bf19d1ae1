#include "judge/problem_rows.h"

#include "content/json_columns.h"
#include "content/names.h"

#include <algorithm>

namespace sqlgym::judge {

namespace {

std::string text(const postgres::ResultSet &rows, int row, int column)
{
    return std::string(rows.cell(row, column).value_or(std::string_view()));
}

int number(const postgres::ResultSet &rows, int row, int column, int otherwise)
{
    const auto cell = rows.cell(row, column);
    return cell ? std::stoi(std::string(*cell)) : otherwise;
}

base::Result<void> readTables(server::Session &session, content::Problem &problem)
{
    auto rows = session.run("SELECT table_name, schema_definition, sample_data, indexes, constraints "
                            "FROM public.problem_schemas WHERE problem_id = $1 ORDER BY table_name",
                            {problem.id});
    if (!rows)
        return rows.error();
    std::vector<std::pair<int, content::Table>> ordered;
    for (int row = 0; row < rows->rowCount(); ++row) {
        content::Table table;
        table.name = text(*rows, row, 0);
        auto order = content::readTableColumns(
            {text(*rows, row, 1), text(*rows, row, 2), text(*rows, row, 3), text(*rows, row, 4)}, table);
        if (!order)
            return order.error();
        ordered.emplace_back(*order, std::move(table));
    }
    std::ranges::stable_sort(ordered, {}, [](const auto &entry) { return entry.first; });
    for (auto &entry : ordered)
        problem.tables.push_back(std::move(entry.second));
    return {};
}

/// Tests that a pack has no longer are kept for the results that refer to them, with order_index -1: they judge
/// nothing. What the seed leaves open: NULL is_hidden counts as hidden, NULL limits as the usual ones.
base::Result<void> readTests(server::Session &session, content::Problem &problem)
{
    auto rows = session.run("SELECT id, name, description, input_data, expected_output, preview_expected_output, "
                            "validation_rules, is_hidden, order_index, timeout_seconds, memory_limit_mb, display_limit "
                            "FROM public.test_cases WHERE problem_id = $1 AND order_index IS DISTINCT FROM -1 "
                            "ORDER BY order_index, name",
                            {problem.id});
    if (!rows)
        return rows.error();
    for (int row = 0; row < rows->rowCount(); ++row) {
        content::TestCase test;
        test.id = text(*rows, row, 0);
        test.name = text(*rows, row, 1);
        test.description = text(*rows, row, 2);
        test.hidden = rows->cell(row, 7).value_or("t") == "t";
        test.orderIndex = number(*rows, row, 8, 0);
        test.timeoutSeconds = number(*rows, row, 9, test.timeoutSeconds);
        test.memoryLimitMb = number(*rows, row, 10, test.memoryLimitMb);
        test.displayLimit = number(*rows, row, 11, test.displayLimit);
        auto read = content::readTestColumns(
            {text(*rows, row, 3), text(*rows, row, 4), text(*rows, row, 5), text(*rows, row, 6)}, test);
        if (!read)
            return read;
        problem.tests.push_back(std::move(test));
    }
    return {};
}

} // namespace

base::Result<content::Problem> readProblem(server::Session &session, const std::string &id)
{
    auto rows = session.run("SELECT p.id, p.title, p.question, p.tags, p.hints, p.master_solution, p.expected_display, "
                            "p.difficulty, p.company, p.premium, p.expected_hash, t.name "
                            "FROM public.problems p LEFT JOIN public.topics t ON t.id = p.topic_id WHERE p.id = $1",
                            {id});
    if (!rows)
        return rows.error();
    if (rows->rowCount() == 0)
        return base::Error{"judge", "no_problem", "There is no such problem any more.", false};
    content::Problem problem;
    problem.id = text(*rows, 0, 0);
    problem.title = text(*rows, 0, 1);
    auto read = content::readProblemColumns(
        {text(*rows, 0, 2), text(*rows, 0, 3), text(*rows, 0, 4), text(*rows, 0, 5), text(*rows, 0, 6)}, problem);
    problem.difficulty = content::parseDifficulty(text(*rows, 0, 7)).value_or(content::Difficulty::Medium);
    problem.company = text(*rows, 0, 8);
    problem.premium = rows->cell(0, 9).value_or("f") == "t";
    problem.expectedHash = text(*rows, 0, 10);
    problem.topic = content::slugFromName(text(*rows, 0, 11));
    if (read)
        read = readTables(session, problem);
    if (read)
        read = readTests(session, problem);
    if (!read)
        return base::Error{read.error().domain, read.error().code,
                           "The problem '" + problem.title + "' cannot be read: " + read.error().message,
                           read.error().transient};
    if (problem.tests.empty())
        return base::Error{"judge", "no_tests", "The problem '" + problem.title + "' has no tests.", false};
    return problem;
}

base::Result<std::vector<progress::ProblemFact>> readFacts(server::Session &session)
{
    auto rows = session.run("SELECT p.id, p.topic_id, t.name, p.difficulty "
                            "FROM public.problems p LEFT JOIN public.topics t ON t.id = p.topic_id");
    if (!rows)
        return rows.error();
    std::vector<progress::ProblemFact> facts;
    for (int row = 0; row < rows->rowCount(); ++row) {
        progress::ProblemFact fact;
        fact.problemId = text(*rows, row, 0);
        fact.topicId = text(*rows, row, 1);
        fact.topicName = text(*rows, row, 2);
        fact.topicSlug = content::slugFromName(fact.topicName);
        fact.difficulty = content::parseDifficulty(text(*rows, row, 3)).value_or(content::Difficulty::Medium);
        facts.push_back(std::move(fact));
    }
    return facts;
}

base::Result<std::vector<content::Badge>> readBadges(server::Session &session)
{
    auto rows = session.run("SELECT id, name, description, icon_url, criteria, points_reward, rarity "
                            "FROM public.badges ORDER BY created_at, id");
    if (!rows)
        return rows.error();
    std::vector<content::Badge> badges;
    for (int row = 0; row < rows->rowCount(); ++row) {
        content::Badge badge;
        badge.id = text(*rows, row, 0);
        badge.name = text(*rows, row, 1);
        badge.slug = content::slugFromName(badge.name);
        badge.description = text(*rows, row, 2);
        badge.icon = text(*rows, row, 3);
        badge.criteriaJson = text(*rows, row, 4);
        badge.pointsReward = number(*rows, row, 5, 0);
        badge.rarity = text(*rows, row, 6);
        badges.push_back(std::move(badge));
    }
    return badges;
}

} // namespace sqlgym::judge
