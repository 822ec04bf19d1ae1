#include "grading/verdict_json.h"

#include <algorithm>

#include <nlohmann/json.hpp>

namespace sqlgym::grading {

namespace {

using Json = nlohmann::ordered_json;

// A learner's text may hold anything: what is not UTF-8 is replaced, never thrown over.
std::string dumped(const Json &json, int indent = -1)
{
    return json.dump(indent, ' ', false, Json::error_handler_t::replace);
}

Json columnsJson(const sandbox::ResultTable &table)
{
    Json columns = Json::array();
    for (const sandbox::Column &column : table.columns)
        columns.push_back({{"name", column.name}, {"type", column.type}});
    return columns;
}

Json rowJson(const sandbox::ResultTable &table, std::size_t row)
{
    Json cells = Json::array();
    for (std::size_t column = 0; column < table.columnCount(); ++column) {
        const auto cell = table.cell(row, column);
        cells.push_back(cell ? Json(std::string(*cell)) : Json(nullptr));
    }
    return cells;
}

const char *markWord(RowMark mark)
{
    switch (mark) {
    case RowMark::Same:
        return "same";
    case RowMark::Missing:
        return "missing";
    case RowMark::Extra:
        return "extra";
    case RowMark::Duplicated:
        return "duplicated";
    case RowMark::Changed:
        return "changed";
    case RowMark::Moved:
        return "moved";
    }
    return "same";
}

Json errorJson(const base::Diagnostic &diagnostic)
{
    Json error = {{"sqlstate", diagnostic.sqlstate}, {"message", diagnostic.message}};
    if (!diagnostic.detail.empty())
        error["detail"] = diagnostic.detail;
    if (!diagnostic.hint.empty())
        error["hint"] = diagnostic.hint;
    if (diagnostic.position > 0)
        error["position"] = diagnostic.position;
    return error;
}

Json detailsJson(const TestVerdict &test)
{
    const Difference &difference = test.difference;
    Json details = {
        {"outcome", outcomeWord(test.outcome)},   {"sentence", test.sentence},
        {"engine", engineWord(test.by)},          {"missing_rows", difference.missingRows},
        {"extra_rows", difference.extraRows},     {"duplicated_rows", difference.duplicatedRows},
        {"changed_rows", difference.changedRows}, {"moved_rows", difference.movedRows},
        {"column_notes", difference.columnNotes},
    };
    if (test.outcome == Outcome::Error || test.outcome == Outcome::Failed)
        details["error"] = errorJson(test.diagnostic);
    if (test.outcome == Outcome::Unsupported)
        details["unsupported"] = {{"feature", test.feature}};
    return details;
}

Json testHead(const TestVerdict &test)
{
    return {
        {"test_id", test.testId},    {"name", test.testName},
        {"hidden", test.hidden},     {"outcome", outcomeWord(test.outcome)},
        {"sentence", test.sentence},
    };
}

Json verdictHead(const Verdict &verdict)
{
    return {
        {"correct", verdict.correct},
        {"trust", trustWord(verdict.trust)},
        {"sentence", verdict.sentence},
    };
}

Json lineJson(const DiffLine &line, const TestVerdict &test)
{
    Json out = {{"mark", markWord(line.mark)}};
    if (line.expectedRow >= 0)
        out["expected"] = rowJson(test.expected, static_cast<std::size_t>(line.expectedRow));
    if (line.actualRow >= 0)
        out["actual"] = rowJson(test.actual, static_cast<std::size_t>(line.actualRow));
    if (!line.wrongCells.empty())
        out["wrong_cells"] = line.wrongCells;
    return out;
}

} // namespace

std::string_view outcomeWord(Outcome outcome)
{
    switch (outcome) {
    case Outcome::Match:
        return "match";
    case Outcome::WrongColumns:
        return "wrong_columns";
    case Outcome::WrongRows:
        return "wrong_rows";
    case Outcome::WrongOrder:
        return "wrong_order";
    case Outcome::WrongForm:
        return "wrong_form";
    case Outcome::Error:
        return "error";
    case Outcome::Timeout:
        return "timeout";
    case Outcome::MemoryLimit:
        return "memory_limit";
    case Outcome::Unsupported:
        return "unsupported";
    case Outcome::DependsOnOrder:
        return "depends_on_order";
    case Outcome::Cancelled:
        return "cancelled";
    case Outcome::Failed:
        return "failed";
    }
    return "failed";
}

std::string_view trustWord(Trust trust)
{
    switch (trust) {
    case Trust::Embedded:
        return "embedded";
    case Trust::Provisional:
        return "provisional";
    case Trust::Confirmed:
        return "confirmed";
    case Trust::Contradicted:
        return "contradicted";
    }
    return "embedded";
}

std::string_view engineWord(sandbox::Engine engine)
{
    return engine == sandbox::Engine::Postgres ? "postgres" : "embedded";
}

std::string queryResultJson(const sandbox::ResultTable &table, std::size_t maxRows)
{
    Json rows = Json::array();
    for (std::size_t row = 0; row < std::min(table.rowCount(), maxRows); ++row)
        rows.push_back(rowJson(table, row));
    return dumped({{"columns", columnsJson(table)}, {"rows", std::move(rows)}, {"row_count", table.rowCount()}});
}

std::string validationDetailsJson(const TestVerdict &test) { return dumped(detailsJson(test)); }

std::string resultDataJson(const Verdict &verdict)
{
    Json json = verdictHead(verdict);
    json["tests"] = Json::array();
    for (const TestVerdict &test : verdict.tests)
        json["tests"].push_back(testHead(test));
    return dumped(json);
}

std::string verdictJson(const Verdict &verdict, int indent)
{
    Json json = verdictHead(verdict);
    json["tests"] = Json::array();
    for (const TestVerdict &test : verdict.tests) {
        Json out = testHead(test);
        out.update(detailsJson(test));
        out["elapsed_us"] = test.elapsedUs;
        out["expected_columns"] = columnsJson(test.expected);
        out["actual_columns"] = columnsJson(test.actual);
        Json lines = Json::array();
        for (const DiffLine &line : test.difference.lines) {
            if (line.mark != RowMark::Same)
                lines.push_back(lineJson(line, test));
        }
        out["difference"] = std::move(lines);
        json["tests"].push_back(std::move(out));
    }
    return dumped(json, indent);
}

} // namespace sqlgym::grading
