// Verdicts as the JSON columns of submissions and as what sqlgymctl prints.
#pragma once

#include "grading/verdict.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace sqlgym::grading {

/// "match", "wrong_columns", "wrong_rows", "wrong_order", "wrong_form", "error", "timeout", "memory_limit",
/// "unsupported", "depends_on_order", "cancelled", "failed".
std::string_view outcomeWord(Outcome outcome);
/// "embedded", "provisional", "confirmed", "contradicted".
std::string_view trustWord(Trust trust);
/// "embedded", "postgres".
std::string_view engineWord(sandbox::Engine engine);

/// Rows of a result that a JSON column keeps; `row_count` always tells how many there were.
inline constexpr std::size_t kKeptRows = 100;

/// execution_results.query_result: resources/schemas/query_result.schema.json.
std::string queryResultJson(const sandbox::ResultTable &table, std::size_t maxRows = kKeptRows);
/// execution_results.validation_details: resources/schemas/validation_details.schema.json.
std::string validationDetailsJson(const TestVerdict &test);
/// problem_submissions.result_data: resources/schemas/result_data.schema.json.
std::string resultDataJson(const Verdict &verdict);

/// All of it, for scripts: result_data's members, and for each test its validation details, the difference line by line
/// (with the rows' cells) and the columns. `indent` < 0 = one line.
std::string verdictJson(const Verdict &verdict, int indent = -1);

} // namespace sqlgym::grading
