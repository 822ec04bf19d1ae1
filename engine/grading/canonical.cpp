#include "grading/canonical.h"

#include "digest/digest.h"
#include "grading/cell_form.h"
#include "grading/compare.h"
#include "grading/summary.h"

#include <algorithm>
#include <numeric>

namespace sqlgym::grading {

namespace {

using content::RowOrder;
using sandbox::ResultTable;

std::string escaped(std::string_view text)
{
    std::string out;
    out.reserve(text.size());
    for (const char c : text) {
        switch (c) {
        case '\\':
            out += "\\\\";
            break;
        case '\t':
            out += "\\t";
            break;
        case '\n':
            out += "\\n";
            break;
        case '\r':
            out += "\\r";
            break;
        default:
            out += c;
        }
    }
    return out;
}

std::vector<std::size_t> columnOrder(const ResultTable &result, const content::ValidationRules &rules)
{
    std::vector<std::size_t> order(result.columnCount());
    std::iota(order.begin(), order.end(), std::size_t{0});
    if (!rules.columnOrderMatters)
        std::ranges::stable_sort(order, {}, [&](std::size_t column) { return result.columns[column].name; });
    return order;
}

std::string cellText(const ResultTable &result, std::size_t row, std::size_t column)
{
    const auto cell = result.cell(row, column);
    return cell ? escaped(cellForm(result.columns[column].type, *cell)) : "\\N";
}

std::vector<std::size_t> orderColumns(const ResultTable &result, const content::ValidationRules &rules)
{
    std::vector<std::size_t> columns;
    for (const content::OrderKey &key : rules.orderBy) {
        const auto found = std::ranges::find(result.columns, key.column, &sandbox::Column::name);
        if (found != result.columns.end())
            columns.push_back(static_cast<std::size_t>(found - result.columns.begin()));
    }
    return columns;
}

// Sorts the lines, or only those within a run of rows that agree in the order columns.
void sortLines(std::vector<std::string> &lines, const ResultTable &result, const content::ValidationRules &rules)
{
    if (rules.rowOrder == RowOrder::Strict)
        return;
    std::vector<std::size_t> keys;
    if (rules.rowOrder == RowOrder::ByColumns)
        keys = orderColumns(result, rules);
    const auto tied = [&](std::size_t a, std::size_t b) {
        return std::ranges::all_of(
            keys, [&](std::size_t column) { return cellText(result, a, column) == cellText(result, b, column); });
    };
    for (std::size_t begin = 0; begin < lines.size();) {
        std::size_t end = begin + 1;
        while (end < lines.size() && tied(end - 1, end))
            ++end;
        std::sort(lines.begin() + static_cast<std::ptrdiff_t>(begin), lines.begin() + static_cast<std::ptrdiff_t>(end));
        begin = end;
    }
}

} // namespace

std::string canonicalForm(const ResultTable &result, const content::ValidationRules &rules)
{
    const std::vector<std::size_t> order = columnOrder(result, rules);
    const bool named = rules.namesMatter || !rules.columnOrderMatters;
    std::string out = "sqlgym-result 1\ncolumns";
    for (const std::size_t column : order) {
        out += "\t" + typeFamily(result.columns[column].type);
        if (named)
            out += "=" + escaped(result.columns[column].name);
    }
    std::vector<std::string> lines(result.rowCount());
    for (std::size_t row = 0; row < lines.size(); ++row) {
        lines[row] = "row";
        for (const std::size_t column : order)
            lines[row] += "\t" + cellText(result, row, column);
    }
    sortLines(lines, result, rules);
    for (const std::string &line : lines)
        out += "\n" + line;
    return out + "\n";
}

std::string hashOf(const content::Problem &problem, const std::vector<ResultTable> &results)
{
    std::string text = "sqlgym-tests 1\n";
    const auto tests = testsInOrder(problem);
    for (std::size_t i = 0; i < std::min(tests.size(), results.size()); ++i)
        text += "test\t" + escaped(tests[i]->name) + "\n" + canonicalForm(results[i], tests[i]->rules);
    return digest::sha256Hex(text);
}

std::string expectedHash(const content::Problem &problem)
{
    std::vector<ResultTable> results;
    for (const content::TestCase *test : testsInOrder(problem))
        results.push_back(expectedTable(test->expected));
    return hashOf(problem, results);
}

} // namespace sqlgym::grading
