// A small catalogue made by hand, and as many problems as a test wants.
#pragma once

#include "content/names.h"
#include "content/problem.h"

#include <string>

namespace sqlgym::cachetest {

inline content::Topic topic(const std::string &name, int order, const std::string &parent = {})
{
    content::Topic made;
    made.name = name;
    made.slug = content::slugFromName(name);
    made.id = content::topicId(made.slug);
    made.description = "All about " + name + ".";
    made.orderIndex = order;
    made.parent = parent;
    return made;
}

inline content::TestCase testCase(const std::string &slug, const std::string &name, int order, bool hidden)
{
    content::TestCase test;
    test.name = name;
    test.id = content::testId(slug, name);
    test.orderIndex = order;
    test.hidden = hidden;
    test.timeoutSeconds = 3;
    test.memoryLimitMb = 32;
    test.input = {{"member", {{"1", "Ada"}, {"2", std::nullopt}}}};
    test.expected = {{{"name", "text", ""}}, {{{"Ada"}}, {{std::nullopt}}}};
    test.rules.namesMatter = true;
    test.rules.mustUse = {"JOIN"};
    return test;
}

inline content::Problem problem(const std::string &slug, const std::string &title, const std::string &topicSlug,
                                int order)
{
    content::Problem made;
    made.slug = slug;
    made.id = content::problemId(slug);
    made.title = title;
    made.topic = topicSlug;
    made.difficulty = content::Difficulty::Easy;
    made.tags = {"join", "null handling"};
    made.company = "Harbour Library";
    made.question = "List the *members* of the café who " + title + ".";
    made.contract.grain = "one row per member";
    made.contract.columns = {{"name", "text", "the member's name"}};
    made.hints = {{1, "Look at both tables."}, {2, "Join them."}, {3, "LEFT JOIN."}};
    made.solutionSql = "SELECT name FROM member";
    made.solutionExplanation = "All of them.";
    content::Table table;
    table.name = "member";
    table.description = "Who belongs to the club";
    table.columns = {{"id", "integer", true, ""}, {"name", "varchar(40)", false, ""}};
    table.primaryKey = {"id"};
    table.rows = {{"1", "Ada"}, {"2", std::nullopt}};
    made.tables = {table};
    made.tests = {testCase(slug, "as given", 0, false), testCase(slug, "with NULLs", 1, true)};
    made.orderIndex = order;
    return made;
}

inline content::Badge badge(const std::string &name, const std::string &criteria)
{
    content::Badge made;
    made.name = name;
    made.slug = content::slugFromName(name);
    made.id = content::badgeId(made.slug);
    made.description = "For " + name + ".";
    made.criteriaJson = criteria;
    made.pointsReward = 50;
    made.rarity = "common";
    return made;
}

/// Joins has a topic below it; the problems are out of order on purpose.
inline content::Pack samplePack()
{
    content::Pack pack;
    pack.name = "sample";
    pack.title = "Sample";
    pack.version = "1";
    pack.topics = {topic("Joins", 2), topic("Filtering", 1), topic("Outer joins", 1, "joins")};
    pack.problems = {problem("late-returns", "return late", "outer-joins", 2),
                     problem("early-birds", "come early", "joins", 1),
                     problem("quiet-readers", "read quietly", "filtering", 3)};
    pack.problems[2].difficulty = content::Difficulty::Hard;
    pack.problems[2].tags = {"where"};
    pack.problems[2].company.clear();
    pack.badges = {badge("First steps", R"({"kind": "problems_solved", "count": 1})")};
    return pack;
}

inline content::Pack largePack(int problems)
{
    content::Pack pack;
    pack.name = "large";
    pack.title = "Large";
    pack.version = "1";
    for (int i = 0; i < 20; ++i)
        pack.topics.push_back(topic("Topic " + std::to_string(i), i));
    for (int i = 0; i < problems; ++i)
        pack.problems.push_back(problem("problem-" + std::to_string(i), "Task number " + std::to_string(i),
                                        "topic-" + std::to_string(i % 20), i));
    return pack;
}

} // namespace sqlgym::cachetest
