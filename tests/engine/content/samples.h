// A problem with an odd value in every place that has one.
#pragma once

#include "content/names.h"
#include "content/problem.h"

namespace sqlgym::content {

inline Problem sampleProblem()
{
    Problem problem;
    problem.slug = "who-is-late";
    problem.id = problemId(problem.slug);
    problem.title = "Who is late?";
    problem.topic = "filters";
    problem.difficulty = Difficulty::Hard;
    problem.tags = {"where", "O'Brien \"quoted\" \\ back"};
    problem.question = "Line one\n\n- *two* — naïve, 漢字, 😀\t.";
    problem.contract = {"one row per loan",
                        {{"name", "text", "who"}, {"", "numeric", ""}},
                        RowOrder::ByColumns,
                        {{"name", true, false}, {"days", false, true}},
                        "by id",
                        "an empty cell",
                        "two digits"};
    problem.hints = {{1, "a nudge"}, {2, "`WHERE`"}, {3, ""}};
    problem.solutionSql = "SELECT 'it''s'\n-- done\n";
    problem.solutionExplanation = "Because.";
    problem.orderIndex = 7;

    Table member;
    member.name = "member";
    member.description = "People";
    member.columns = {
        {"id", "int", true, "key"}, {"name", "varchar(40)", false, ""}, {"fee", "numeric(8,2)", true, ""}};
    member.primaryKey = {"id"};
    member.unique = {{"name"}, {"name", "fee"}};
    member.checks = {"fee >= -10", "name <> 'x)'"};
    member.rows = {
        {"1", "O'Hara", "-0.50"}, {"2", std::nullopt, "0"}, {"3", "", "7.00"}, {"4", "back\\slash\n;--", "1"}};

    Table loan;
    loan.name = "loan";
    loan.columns = {{"member_id", "int", true, ""}, {"Order", "date", false, "reserved and in capitals"}};
    loan.foreignKeys = {{{"member_id"}, "member", {"id"}}};
    loan.rows = {{"1", "2024-02-29"}, {"1", "2024-02-29"}, {"3", std::nullopt}};
    problem.tables = {member, loan};

    TestCase test;
    test.name = "Nobody borrows";
    test.id = testId(problem.slug, test.name);
    test.input = {{"loan", {}}, {"member", {{"9", std::nullopt, "0"}}}};
    test.expected = {{{"name", "text", {}}, {"days", "int4", {}}},
                     {{"a", "1"}, {std::nullopt, ""}, {"a", "1"}, {"b", "2"}}};
    test.rules = {RowOrder::ByColumns, {{"name", true, false}}, true, false, 0.005, {"JOIN"}, {"WINDOW", "CTE"}};
    test.displayLimit = 3;
    problem.tests = {test};
    return problem;
}

} // namespace sqlgym::content
