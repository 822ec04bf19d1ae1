#include "content/json_columns.h"

#include "content/json_shapes.h"

#include <algorithm>

namespace sqlgym::content {

namespace {

Json hintsToJson(const std::vector<Hint> &hints)
{
    Json list = Json::array();
    for (const Hint &hint : hints)
        list.push_back({{"level", hint.level}, {"text", hint.text}});
    return list;
}

// PostgreSQL's own names for the indexes behind a primary key and a unique constraint.
Json impliedIndexes(const Table &table)
{
    Json list = Json::array();
    if (!table.primaryKey.empty())
        list.push_back({{"name", table.name + "_pkey"}, {"columns", table.primaryKey}, {"unique", true}});
    for (const std::vector<std::string> &columns : table.unique) {
        std::string name = table.name;
        for (const std::string &column : columns)
            name += "_" + column;
        list.push_back({{"name", name + "_key"}, {"columns", columns}, {"unique", true}});
    }
    return list;
}

Json overlaysToJson(const std::vector<TableOverlay> &overlays)
{
    Json list = Json::array();
    for (const TableOverlay &overlay : overlays)
        list.push_back({{"table", overlay.table}, {"rows", toJson(overlay.rows)}});
    return {{"tables", std::move(list)}};
}

// Parses one column and hands it to `take`, which may throw; the error names the column.
template <typename Take> base::Result<void> readColumn(const char *column, const std::string &text, Take take)
{
    try {
        take(Json::parse(text));
    } catch (const Json::exception &failure) {
        return base::Error{"content", "bad_column", std::string(column) + ": " + explain(failure)};
    }
    return {};
}

} // namespace

ProblemColumns problemColumns(const Problem &problem)
{
    ProblemColumns columns;
    columns.question = dumped({{"slug", problem.slug}, {"order", problem.orderIndex}, {"markdown", problem.question}});
    columns.tags = dumped(Json(problem.tags));
    columns.hints = dumped(hintsToJson(problem.hints));
    if (!problem.solutionSql.empty())
        columns.masterSolution = dumped({{"sql", problem.solutionSql}, {"explanation", problem.solutionExplanation}});
    columns.expectedDisplay = dumped(toJson(problem.contract));
    return columns;
}

TableColumns tableColumns(const Table &table, int order)
{
    return {dumped({{"order", order}, {"description", table.description}, {"columns", columnsToJson(table.columns)}}),
            dumped({{"rows", toJson(table.rows)}}), dumped(impliedIndexes(table)), dumped(constraintsToJson(table))};
}

TestColumns testColumns(const TestCase &test)
{
    ExpectedOutput preview{test.expected.columns, {}};
    const auto shown = std::min(test.expected.rows.size(), static_cast<std::size_t>(std::max(test.displayLimit, 0)));
    preview.rows.assign(test.expected.rows.begin(), test.expected.rows.begin() + static_cast<std::ptrdiff_t>(shown));
    Json previewJson = toJson(preview);
    previewJson["row_count"] = test.expected.rows.size();
    return {dumped(overlaysToJson(test.input)), dumped(toJson(test.expected)), dumped(previewJson),
            dumped(toJson(test.rules))};
}

base::Result<void> readProblemColumns(const ProblemColumns &columns, Problem &problem)
{
    auto done = readColumn("question", columns.question, [&](const Json &json) {
        problem.slug = json.at("slug").get<std::string>();
        problem.orderIndex = json.at("order").get<int>();
        problem.question = json.at("markdown").get<std::string>();
    });
    if (done)
        done = readColumn("tags", columns.tags,
                          [&](const Json &json) { problem.tags = json.get<std::vector<std::string>>(); });
    if (done)
        done = readColumn("hints", columns.hints, [&](const Json &json) {
            problem.hints.clear();
            for (const Json &hint : json)
                problem.hints.push_back({hint.at("level").get<int>(), hint.at("text").get<std::string>()});
        });
    problem.solutionSql.clear();
    problem.solutionExplanation.clear();
    if (done && !columns.masterSolution.empty())
        done = readColumn("master_solution", columns.masterSolution, [&](const Json &json) {
            problem.solutionSql = json.at("sql").get<std::string>();
            problem.solutionExplanation = json.at("explanation").get<std::string>();
        });
    if (done)
        done = readColumn("expected_display", columns.expectedDisplay,
                          [&](const Json &json) { problem.contract = contractFromJson(json); });
    return done;
}

base::Result<int> readTableColumns(const TableColumns &columns, Table &table)
{
    int order = 0;
    auto done = readColumn("schema_definition", columns.schemaDefinition, [&](const Json &json) {
        order = json.at("order").get<int>();
        table.description = json.at("description").get<std::string>();
        table.columns = tableColumnsFromJson(json.at("columns"));
    });
    table.rows.clear();
    if (done && !columns.sampleData.empty())
        done = readColumn("sample_data", columns.sampleData,
                          [&](const Json &json) { table.rows = rowsFromJson(json.at("rows")); });
    if (done)
        done =
            readColumn("constraints", columns.constraints, [&](const Json &json) { constraintsFromJson(json, table); });
    if (!done)
        return done.error();
    return order;
}

base::Result<void> readTestColumns(const TestColumns &columns, TestCase &test)
{
    auto done = readColumn("input_data", columns.inputData, [&](const Json &json) {
        test.input.clear();
        for (const Json &overlay : json.at("tables"))
            test.input.push_back({overlay.at("table").get<std::string>(), rowsFromJson(overlay.at("rows"))});
    });
    if (done)
        done = readColumn("expected_output", columns.expectedOutput,
                          [&](const Json &json) { test.expected = expectedFromJson(json); });
    if (done)
        done = readColumn("validation_rules", columns.validationRules,
                          [&](const Json &json) { test.rules = rulesFromJson(json); });
    return done;
}

} // namespace sqlgym::content
