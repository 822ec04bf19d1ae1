#include "club.h"
#include "content/problem.h"
#include "grading/grade.h"
#include "grading/kept_datasets.h"
#include "measure.h"
#include "sandbox_embedded/embedded_sandbox.h"

#include <cstdio>

namespace sqlgym::bench {

namespace {

constexpr int kTests = 5, kRepeats = 20;

content::Row textRow(const sandbox::ResultTable &table, std::size_t row)
{
    content::Row cells;
    for (std::size_t column = 0; column < table.columnCount(); ++column) {
        const auto cell = table.cell(row, column);
        cells.push_back(cell ? content::Cell(std::string(*cell)) : std::nullopt);
    }
    return cells;
}

sandbox::ResultTable ask(sandbox::Sandbox &engine, const std::string &query)
{
    sandbox::Request request;
    request.dataset = "club";
    request.query = query;
    base::CancelToken cancel;
    return std::move(engine.run(request, cancel).table);
}

/// What pressing Run does: the problem's sample data, loaded if need be, and the query on it.
void runSample(const grading::PreparedProblem &problem, const std::string &query, sandbox::Sandbox &engine)
{
    sandbox::Request request;
    request.dataset = problem.sample().name;
    request.query = query;
    engine.load(request.dataset, problem.sample().setup);
    base::CancelToken cancel;
    engine.run(request, cancel);
}

/// The club as a problem's tables; five tests on five amounts of bookings.
content::Problem makeProblem(sandbox::Sandbox &engine)
{
    content::Problem problem;
    problem.slug = "club";
    for (const char *name : {"members", "facilities", "bookings"}) {
        content::Table table;
        table.name = name;
        const auto rows = ask(engine, "SELECT * FROM " + table.name);
        for (const auto &column : rows.columns)
            table.columns.push_back({column.name, column.type, false, {}});
        for (std::size_t row = 0; row < rows.rowCount(); ++row)
            table.rows.push_back(textRow(rows, row));
        problem.tables.push_back(std::move(table));
    }
    const auto &bookings = problem.tables.back().rows;
    for (int i = 0; i < kTests; ++i) {
        content::TestCase test;
        test.id = test.name = "test " + std::to_string(i + 1);
        test.orderIndex = i;
        test.input.push_back({"bookings", {bookings.begin(), bookings.end() - i}});
        problem.tests.push_back(std::move(test));
    }
    return problem;
}

/// Makes what the query gives on each test's data the expected rows.
void expectItsResults(content::Problem &problem, const std::string &query, sandbox::Sandbox &engine)
{
    for (content::TestCase &test : problem.tests) {
        sandbox::Request request;
        request.dataset = test.name;
        engine.load(request.dataset, content::setupSql(problem, &test));
        request.query = query;
        base::CancelToken cancel;
        const auto table = engine.run(request, cancel).table;
        test.expected = {};
        for (const auto &column : table.columns)
            test.expected.columns.push_back({column.name, column.type, {}});
        for (std::size_t row = 0; row < table.rowCount(); ++row)
            test.expected.rows.push_back(textRow(table, row));
    }
}

} // namespace

void timeGrading(const Club &club, int rounds)
{
    grading::KeptDatasets engine(sandbox_embedded::makeEmbeddedSandbox());
    engine.load("club", club.setup);
    content::Problem problem = makeProblem(engine);
    double grades = 0, singles = 0, bare = 0;
    std::printf("%-16s %9s %9s %6s %9s   (cpu, us)\n", "grading", "5 tests", "1 run", "runs", "1 query");
    for (const ClubQuery &query : club.queries) {
        expectItsResults(problem, query.postgres, engine);
        const grading::PreparedProblem prepared(problem);
        std::vector<double> graded, single, query1;
        bool passed = true;
        for (int round = 0; round < rounds; ++round) {
            graded.push_back(timed([&] {
                                 for (int i = 0; i < kRepeats; ++i) {
                                     base::CancelToken cancel;
                                     const auto verdict = grading::grade(prepared, query.postgres, engine, cancel);
                                     passed = passed && verdict.tests.size() == kTests;
                                 }
                             }).cpu /
                             kRepeats);
            single.push_back(timed([&] {
                                 for (int i = 0; i < kRepeats * kTests; ++i)
                                     runSample(prepared, query.postgres, engine);
                             }).cpu /
                             (kRepeats * kTests));
            query1.push_back(timed([&] {
                                 for (int i = 0; i < kRepeats * kTests; ++i)
                                     ask(engine, query.postgres);
                             }).cpu /
                             (kRepeats * kTests));
        }
        grades += median(graded);
        singles += median(single);
        bare += median(query1);
        std::printf("%-16s %9.1f %9.1f %6.2f %9.1f%s\n", query.name.c_str(), median(graded), median(single),
                    median(graded) / median(single), median(query1), passed ? "" : "   not all tests ran");
    }
    std::printf("grading on five tests costs %.2f single runs (bar: 5.1); of the query alone %.2f\n", grades / singles,
                grades / bare);
}

} // namespace sqlgym::bench
