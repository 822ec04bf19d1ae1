#include "verify/same_result.h"

#include "grading/verdict_json.h"

#include <algorithm>
#include <vector>

namespace sqlgym::verify {

namespace {

using grading::Outcome;
using grading::TestVerdict;
using sandbox::ResultTable;

std::vector<std::string> rowTexts(const ResultTable &table)
{
    std::vector<std::string> rows(table.rowCount());
    for (std::size_t row = 0; row < rows.size(); ++row) {
        for (std::size_t column = 0; column < table.columnCount(); ++column) {
            const auto cell = table.cell(row, column);
            rows[row] += (column == 0 ? "" : " | ") + (cell ? std::string(*cell) : "NULL");
            rows[row] += cell ? '\x01' : '\x02'; // a text "NULL" is no NULL
        }
    }
    return rows;
}

std::string readable(std::string row)
{
    std::erase_if(row, [](char c) { return c == '\x01' || c == '\x02'; });
    return "(" + row + ")";
}

std::string columnsDifference(const ResultTable &left, const ResultTable &right, const char *leftWho,
                              const char *rightWho)
{
    if (left.columnCount() != right.columnCount())
        return std::string(leftWho) + std::to_string(left.columnCount()) + " columns, " + rightWho +
               std::to_string(right.columnCount()) + ".";
    for (std::size_t i = 0; i < left.columnCount(); ++i) {
        const auto &a = left.columns[i];
        const auto &b = right.columns[i];
        if (a != b)
            return "Column " + std::to_string(i + 1) + ": " + leftWho + a.name + " " + a.type + ", " + rightWho +
                   b.name + " " + b.type + ".";
    }
    return {};
}

std::string rowsDifference(std::vector<std::string> left, std::vector<std::string> right, const char *leftWho,
                           const char *rightWho, bool ordered)
{
    if (!ordered) {
        std::ranges::sort(left);
        std::ranges::sort(right);
    }
    if (left.size() != right.size())
        return std::string(leftWho) + std::to_string(left.size()) + " rows, " + rightWho +
               std::to_string(right.size()) + ".";
    const auto [a, b] = std::ranges::mismatch(left, right);
    if (a == left.end())
        return {};
    return "Row " + std::to_string(a - left.begin() + 1) + (ordered ? "" : " in sorted order") + ": " + leftWho +
           readable(*a) + ", " + rightWho + readable(*b) + ".";
}

constexpr const char *kEmbedded = "embedded ";
constexpr const char *kPostgres = "PostgreSQL ";

} // namespace

std::string differenceOf(const TestVerdict &embedded, const TestVerdict &postgres)
{
    const auto hasResult = [](Outcome outcome) {
        return outcome != Outcome::Error && outcome != Outcome::Timeout && outcome != Outcome::MemoryLimit;
    };
    if (hasResult(embedded.outcome) && hasResult(postgres.outcome)) {
        std::string columns = columnsDifference(embedded.actual, postgres.actual, kEmbedded, kPostgres);
        if (!columns.empty() || embedded.dependsOnOrder)
            return columns;
        return rowsDifference(rowTexts(embedded.actual), rowTexts(postgres.actual), kEmbedded, kPostgres, false);
    }
    if (embedded.outcome != postgres.outcome)
        return "Embedded: " + std::string(grading::outcomeWord(embedded.outcome)) + " (" + embedded.sentence +
               "); PostgreSQL: " + std::string(grading::outcomeWord(postgres.outcome)) + " (" + postgres.sentence +
               ").";
    if (embedded.outcome == Outcome::Error && embedded.diagnostic != postgres.diagnostic)
        return "Embedded: " + embedded.diagnostic.sqlstate + " " + embedded.diagnostic.message + " at " +
               std::to_string(embedded.diagnostic.position) + "; PostgreSQL: " + postgres.diagnostic.sqlstate + " " +
               postgres.diagnostic.message + " at " + std::to_string(postgres.diagnostic.position) + ".";
    return {};
}

std::string staleness(const TestVerdict &passed, const content::ValidationRules &rules)
{
    constexpr const char *kExpected = "the pack has ";
    std::string columns = columnsDifference(passed.expected, passed.actual, kExpected, kPostgres);
    if (!columns.empty())
        return columns;
    const bool ordered = rules.rowOrder == content::RowOrder::Strict;
    return rowsDifference(rowTexts(passed.expected), rowTexts(passed.actual), kExpected, kPostgres, ordered);
}

} // namespace sqlgym::verify
