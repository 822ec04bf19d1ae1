// A problem, rebuilt from its rows.
#include "cache/derived.h"
#include "cache/problem_store.h"
#include "cache/rows.h"
#include "cache/store_context.h"
#include "content/json_columns.h"
#include "content/names.h"

#include <algorithm>

namespace sqlgym::cache {
namespace {

struct ProblemRow {
    content::Problem problem;
    content::ProblemColumns columns;
};

ProblemRow readProblemRow(sqlite::Statement &row)
{
    ProblemRow read;
    read.problem.id = row.string(0);
    read.problem.title = row.string(1);
    read.columns = {row.string(2), row.string(3), row.string(4), row.string(5), row.string(6)};
    read.problem.difficulty = content::parseDifficulty(row.text(7)).value_or(content::Difficulty::Medium);
    read.problem.company = row.string(8);
    read.problem.premium = row.integer(9) != 0;
    read.problem.expectedHash = row.string(10);
    read.problem.topic = content::slugFromName(row.text(11));
    return read;
}

struct TableRow {
    content::Table table;
    content::TableColumns columns;
};

base::Result<void> readTables(sqlite::Database &database, content::Problem &problem)
{
    auto rows = select(
        database,
        "SELECT table_name, schema_definition, sample_data, indexes, constraints FROM problem_schemas "
        "WHERE problem_id = ? ORDER BY table_name",
        [](sqlite::Statement &row) {
            TableRow read;
            read.table.name = row.string(0);
            read.columns = {row.string(1), row.string(2), row.string(3), row.string(4)};
            return read;
        },
        problem.id);
    if (!rows)
        return rows.error();
    std::vector<std::pair<int, content::Table>> ordered;
    for (TableRow &row : *rows) {
        auto order = content::readTableColumns(row.columns, row.table);
        if (!order)
            return order.error();
        ordered.emplace_back(*order, std::move(row.table));
    }
    std::ranges::stable_sort(ordered, {}, [](const auto &entry) { return entry.first; });
    for (auto &entry : ordered)
        problem.tables.push_back(std::move(entry.second));
    return {};
}

struct TestRow {
    content::TestCase test;
    content::TestColumns columns;
};

/// What the seed leaves open: NULL is_hidden counts as hidden, NULL limits as the usual ones.
TestRow readTestRow(sqlite::Statement &row)
{
    TestRow read;
    content::TestCase &test = read.test;
    test.id = row.string(0);
    test.name = row.string(1);
    test.description = row.string(2);
    read.columns = {row.string(3), row.string(4), row.string(5), row.string(6)};
    test.hidden = row.isNull(7) || row.integer(7) != 0;
    test.orderIndex = static_cast<int>(row.integer(8));
    test.timeoutSeconds = static_cast<int>(row.optionalInteger(9).value_or(test.timeoutSeconds));
    test.memoryLimitMb = static_cast<int>(row.optionalInteger(10).value_or(test.memoryLimitMb));
    test.displayLimit = static_cast<int>(row.optionalInteger(11).value_or(test.displayLimit));
    return read;
}

base::Result<void> readTests(sqlite::Database &database, content::Problem &problem)
{
    auto rows = select(database,
                       "SELECT id, name, description, input_data, expected_output, preview_expected_output, "
                       "validation_rules, is_hidden, order_index, timeout_seconds, memory_limit_mb, display_limit "
                       "FROM test_cases WHERE problem_id = ? AND input_data <> '' ORDER BY order_index, name",
                       readTestRow, problem.id);
    if (!rows)
        return rows.error();
    for (TestRow &row : *rows) {
        if (auto read = content::readTestColumns(row.columns, row.test); !read)
            return read.error();
        problem.tests.push_back(std::move(row.test));
    }
    return {};
}

base::Error inProblem(base::Error error, const content::Problem &problem)
{
    error.message = "The problem '" + problem.title + "' cannot be read: " + error.message;
    return error;
}

} // namespace

base::Result<content::Problem> ProblemStore::problem(std::string_view idOrSlug)
{
    sqlite::Database &database = m_context.database;
    if (auto fresh = refreshDerived(database); !fresh)
        return fresh.error();
    auto found = selectOne(database,
                           "SELECT p.id, p.title, p.question, p.tags, p.hints, p.master_solution, p.expected_display, "
                           "p.difficulty, p.company, p.premium, p.expected_hash, t.name "
                           "FROM problems p LEFT JOIN topics t ON t.id = p.topic_id "
                           "WHERE p.id = ?1 OR p.id IN (SELECT problem_id FROM problem_keys WHERE slug = ?1) "
                           "ORDER BY p.id = ?1 DESC",
                           readProblemRow, idOrSlug);
    if (!found)
        return found.error();
    if (!*found)
        return base::Error{"cache", "unknown_problem",
                           "There is no problem called '" + std::string(idOrSlug) + "' in the catalogue.", false};
    content::Problem problem = std::move((*found)->problem);
    auto read = content::readProblemColumns((*found)->columns, problem);
    if (read)
        read = readTables(database, problem);
    if (read)
        read = readTests(database, problem);
    if (!read)
        return inProblem(read.error(), problem);
    return problem;
}

} // namespace sqlgym::cache
