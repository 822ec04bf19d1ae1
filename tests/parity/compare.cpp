#include "compare.h"

#include <algorithm>

namespace sqlgym::parity {

namespace {

using sandbox::Status;

std::string list(const std::vector<std::string> &words)
{
    std::string text;
    for (const auto &word : words)
        text += (text.empty() ? "" : " ") + word;
    return "(" + text + ")";
}

std::string rowText(const std::vector<Cell> &row)
{
    std::string text;
    for (const auto &cell : row)
        text += (&cell == &row.front() ? "" : "|") + cell.value_or("NULL");
    return text;
}

std::string errorText(const base::Diagnostic &error)
{
    return error.sqlstate + " at " + std::to_string(error.position) + " \"" + error.message + "\"" +
           (error.detail.empty() ? "" : " DETAIL: " + error.detail) +
           (error.hint.empty() ? "" : " HINT: " + error.hint);
}

std::string rowsDifference(std::vector<std::vector<Cell>> expected, std::vector<std::vector<Cell>> actual, bool ordered)
{
    if (expected.size() != actual.size())
        return std::to_string(expected.size()) + " rows expected, got " + std::to_string(actual.size());
    if (!ordered) {
        std::sort(expected.begin(), expected.end());
        std::sort(actual.begin(), actual.end());
    }
    for (std::size_t i = 0; i < expected.size(); ++i) {
        if (expected[i] != actual[i])
            return "row " + std::to_string(i + 1) + ": expected " + rowText(expected[i]) + ", got " +
                   rowText(actual[i]);
    }
    return {};
}

std::string differenceOf(const Answer &expected, const Answer &actual, bool ordered)
{
    if (expected.isError != actual.isError)
        return expected.isError ? "expected the error " + errorText(expected.error) + ", got rows"
                                : "expected rows, got the error " + errorText(actual.error);
    if (expected.isError)
        return expected.error == actual.error
                   ? std::string()
                   : "expected " + errorText(expected.error) + ", got " + errorText(actual.error);
    if (expected.names != actual.names)
        return "columns: expected " + list(expected.names) + ", got " + list(actual.names);
    if (expected.types != actual.types)
        return "types: expected " + list(expected.types) + ", got " + list(actual.types);
    return rowsDifference(expected.rows, actual.rows, ordered);
}

} // namespace

std::optional<Answer> answerOf(const sandbox::Outcome &outcome)
{
    Answer answer;
    if (outcome.status == Status::Error) {
        answer.isError = true;
        answer.error = outcome.diagnostic;
        return answer;
    }
    if (outcome.status != Status::Ok)
        return std::nullopt;
    for (const auto &column : outcome.table.columns) {
        answer.names.push_back(column.name);
        answer.types.push_back(column.type);
    }
    for (std::size_t row = 0; row < outcome.table.rowCount(); ++row) {
        answer.rows.emplace_back();
        for (std::size_t column = 0; column < outcome.table.columnCount(); ++column)
            answer.rows.back().emplace_back(outcome.table.cell(row, column));
    }
    return answer;
}

Comparison compare(const Answer &expected, const sandbox::Outcome &outcome, bool ordered)
{
    if (outcome.status == Status::Unsupported)
        return {Verdict::Declined, outcome.feature};
    const auto actual = answerOf(outcome);
    if (!actual)
        return {Verdict::Broken, summary(outcome)};
    const std::string difference = differenceOf(expected, *actual, ordered);
    if (difference.empty())
        return {Verdict::Agree, {}};
    if (outcome.dependsOnOrder)
        return {Verdict::Declined, "depends on row order"};
    return {Verdict::Wrong, difference};
}

std::string summary(const sandbox::Outcome &outcome)
{
    switch (outcome.status) {
    case Status::Ok:
        return std::to_string(outcome.table.rowCount()) + " rows";
    case Status::Error:
    case Status::Failed:
        return errorText(outcome.diagnostic);
    case Status::Unsupported:
        return "declined: " + outcome.feature;
    case Status::Timeout:
        return "timeout";
    case Status::MemoryLimit:
        return "memory limit";
    case Status::Cancelled:
        break;
    }
    return "cancelled";
}

} // namespace sqlgym::parity
