#include "verdict_text.h"

#include "text_table.h"

#include <algorithm>

namespace sqlgym::ctl {

namespace {

using grading::DiffLine;
using grading::RowMark;
using grading::TestVerdict;

constexpr std::size_t kShownLines = 20;

const char *trustText(grading::Trust trust)
{
    switch (trust) {
    case grading::Trust::Embedded:
        return " (by the embedded engine)";
    case grading::Trust::Provisional:
        return " (provisional)";
    case grading::Trust::Confirmed:
        return " (confirmed by PostgreSQL)";
    case grading::Trust::Contradicted:
        return " (by PostgreSQL; the embedded engine differs)";
    }
    return "";
}

char markOf(RowMark mark)
{
    switch (mark) {
    case RowMark::Same:
        return ' ';
    case RowMark::Missing:
        return '-';
    case RowMark::Extra:
        return '+';
    case RowMark::Duplicated:
        return '=';
    case RowMark::Changed:
        return '!';
    case RowMark::Moved:
        return '~';
    }
    return ' ';
}

const char *wordOf(grading::Outcome outcome)
{
    switch (outcome) {
    case grading::Outcome::Match:
        return "right";
    case grading::Outcome::Unsupported:
    case grading::Outcome::Cancelled:
    case grading::Outcome::Failed:
        return "?";
    default:
        return "WRONG";
    }
}

std::string cellText(const sandbox::ResultTable &table, std::int64_t row, int column)
{
    const auto cell = table.cell(static_cast<std::size_t>(row), static_cast<std::size_t>(column));
    return cell ? std::string(*cell) : "NULL";
}

std::vector<std::string> lineCells(const DiffLine &line, const TestVerdict &test)
{
    std::vector<std::string> cells{std::string(1, markOf(line.mark))};
    for (std::size_t i = 0; i < test.expected.columnCount(); ++i) {
        const int column = static_cast<int>(i);
        const int found = test.difference.actualColumnOf[i];
        const bool wrong = std::ranges::find(line.wrongCells, column) != line.wrongCells.end();
        if (line.expectedRow < 0)
            cells.push_back(cellText(test.actual, line.actualRow, found));
        else if (wrong)
            cells.push_back(cellText(test.expected, line.expectedRow, column) + " -> " +
                            cellText(test.actual, line.actualRow, found));
        else
            cells.push_back(cellText(test.expected, line.expectedRow, column));
    }
    return cells;
}

std::string differenceText(const TestVerdict &test)
{
    std::string out;
    for (std::size_t i = 1; i < test.difference.columnNotes.size(); ++i)
        out += test.difference.columnNotes[i] + "\n";
    std::vector<std::vector<std::string>> rows;
    std::vector<std::string> head{" "};
    for (const auto &column : test.expected.columns)
        head.push_back(column.name);
    rows.push_back(std::move(head));
    std::size_t left = 0;
    for (const DiffLine &line : test.difference.lines) {
        if (line.mark == RowMark::Same)
            continue;
        if (rows.size() <= kShownLines)
            rows.push_back(lineCells(line, test));
        else
            ++left;
    }
    if (rows.size() > 1)
        out += textTable(rows);
    if (left > 0)
        out += "... and " + std::to_string(left) + " more.\n";
    return out;
}

} // namespace

std::string verdictText(const grading::Verdict &verdict)
{
    std::string out = verdict.sentence + trustText(verdict.trust) + "\n";
    std::vector<std::vector<std::string>> rows;
    for (std::size_t i = 0; i < verdict.tests.size(); ++i) {
        const TestVerdict &test = verdict.tests[i];
        rows.push_back(
            {std::to_string(i + 1), wordOf(test.outcome), test.testName, test.hidden ? "hidden" : "", test.sentence});
    }
    out += textTable(rows);
    if (verdict.firstFailed >= 0) {
        const std::string difference = differenceText(verdict.tests[static_cast<std::size_t>(verdict.firstFailed)]);
        if (!difference.empty())
            out += "\n" + difference;
    }
    return out;
}

} // namespace sqlgym::ctl
