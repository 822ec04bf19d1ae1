#include "grading/compare.h"

#include "grading/cell_form.h"
#include "grading/column_match.h"
#include "grading/row_match.h"
#include "grading/row_pairs.h"
#include "grading/sentences.h"

#include <algorithm>

namespace sqlgym::grading {

namespace {

using content::RowOrder;
using content::ValidationRules;
using sandbox::ResultTable;

// Assignments tried when columns may come in any order and under any name.
constexpr int kTriedAssignments = 120;

// Compares two results whose columns are settled.
class RowComparer {
public:
    RowComparer(const ResultTable &expected, const ResultTable &actual, const ValidationRules &rules,
                const base::CancelToken &cancel)
        : m_expectedTable(expected), m_actualTable(actual), m_rules(rules), m_cells(cancel)
    {
        m_expectedCodes = m_cells.encode(expected);
        m_actualCodes = m_cells.encode(actual);
    }

    /// Cheap: only whether the bags (and the order, where asked) agree.
    bool agree(const std::vector<int> &actualOf)
    {
        arrange(actualOf);
        return findOutcome() == Outcome::Match;
    }

    Outcome compare(const std::vector<int> &actualOf, Difference &difference)
    {
        arrange(actualOf);
        const Outcome outcome = findOutcome();
        if (!m_cells.cancelled())
            describe(difference);
        return outcome;
    }

    bool cancelled() const { return m_cells.cancelled(); }

private:
    void arrange(const std::vector<int> &actualOf)
    {
        std::vector<int> identity;
        m_cellRules = {};
        for (std::size_t i = 0; i < actualOf.size(); ++i) {
            identity.push_back(static_cast<int>(i));
            const auto &found = m_actualTable.columns[static_cast<std::size_t>(actualOf[i])];
            m_cellRules.tolerant.push_back(m_rules.tolerance.value_or(0) > 0 && typeFamily(found.type) == "number" &&
                                           typeFamily(m_expectedTable.columns[i].type) == "number");
        }
        if (m_rules.tolerance)
            m_cellRules.tolerance = shortestDecimal(*m_rules.tolerance);
        m_expected = arranged(m_expectedCodes, m_expectedTable, identity);
        m_actual = arranged(m_actualCodes, m_actualTable, actualOf);
        m_orderColumns.clear();
        for (std::size_t i = 0; i < identity.size(); ++i) {
            const bool asked = m_rules.rowOrder == RowOrder::Strict ||
                               (m_rules.rowOrder == RowOrder::ByColumns &&
                                std::ranges::find(m_rules.orderBy, m_expectedTable.columns[i].name,
                                                  &content::OrderKey::column) != m_rules.orderBy.end());
            if (asked)
                m_orderColumns.push_back(i);
        }
    }

    bool sameOrderKeys(std::size_t expectedRow, std::size_t actualRow)
    {
        return std::ranges::all_of(m_orderColumns, [&](std::size_t column) {
            return cellsEqual(m_expected.row(expectedRow)[column], m_actual.row(actualRow)[column],
                              m_cellRules.tolerant[column], m_cellRules, m_cells);
        });
    }

    Outcome findOutcome()
    {
        m_match = matchRows(m_expected, m_actual, m_cellRules, m_cells);
        bool sequence = m_expected.count == m_actual.count;
        for (std::size_t row = 0; sequence && row < m_expected.count; ++row)
            sequence = sameOrderKeys(row, row);
        // Within a tolerance rows can be matched in several ways: the sequence itself is the best one.
        if (sequence && m_rules.rowOrder == RowOrder::Strict) {
            for (std::size_t row = 0; row < m_expected.count; ++row)
                m_match.actualOf[row] = m_match.expectedOf[row] = static_cast<std::int64_t>(row);
            return Outcome::Match;
        }
        const bool complete = std::ranges::find(m_match.actualOf, -1) == m_match.actualOf.end() &&
                              std::ranges::find(m_match.expectedOf, -1) == m_match.expectedOf.end();
        if (!complete)
            return Outcome::WrongRows;
        return sequence ? Outcome::Match : Outcome::WrongOrder;
    }

    // Matched rows of the actual result that have to be put elsewhere.
    std::vector<bool> movedRows()
    {
        std::vector<bool> moved(m_actual.count, false);
        if (m_orderColumns.empty())
            return moved;
        std::vector<std::int64_t> group(m_expected.count, 0); // rows tied in the order columns share a number
        for (std::size_t row = 1; row < m_expected.count; ++row) {
            const bool tied = std::ranges::all_of(m_orderColumns, [&](std::size_t column) {
                return m_expected.row(row - 1)[column] == m_expected.row(row)[column];
            });
            group[row] = group[row - 1] + (tied ? 0 : 1);
        }
        std::vector<std::int64_t> ranks;
        std::vector<std::size_t> rows;
        for (std::size_t row = 0; row < m_actual.count; ++row) {
            if (m_match.expectedOf[row] < 0)
                continue;
            ranks.push_back(group[static_cast<std::size_t>(m_match.expectedOf[row])]);
            rows.push_back(row);
        }
        const std::vector<bool> inPlace = longestRising(ranks);
        for (std::size_t i = 0; i < rows.size(); ++i)
            moved[rows[i]] = !inPlace[i];
        return moved;
    }

    DiffLine changedLine(std::size_t expectedRow, std::size_t actualRow)
    {
        DiffLine line{
            RowMark::Changed, static_cast<std::int64_t>(expectedRow), static_cast<std::int64_t>(actualRow), {}};
        for (std::size_t column = 0; column < m_expected.width; ++column) {
            if (!cellsEqual(m_expected.row(expectedRow)[column], m_actual.row(actualRow)[column],
                            m_cellRules.tolerant[column], m_cellRules, m_cells))
                line.wrongCells.push_back(static_cast<int>(column));
        }
        return line;
    }

    void describe(Difference &difference)
    {
        const std::vector<bool> moved = movedRows();
        std::vector<std::int64_t> changedTo(m_expected.count, -1);
        std::vector<bool> isChange(m_actual.count, false);
        for (const auto &[expectedRow, actualRow] : pairChanged(m_expected, m_actual, m_match, m_cellRules, m_cells)) {
            changedTo[expectedRow] = static_cast<std::int64_t>(actualRow);
            isChange[actualRow] = true;
        }
        std::vector<DiffLine> extras;
        for (std::size_t row = 0; row < m_actual.count; ++row) {
            if (m_match.expectedOf[row] >= 0 || isChange[row])
                continue;
            const bool copy = m_match.actualIsCopy[row];
            extras.push_back({copy ? RowMark::Duplicated : RowMark::Extra, -1, static_cast<std::int64_t>(row), {}});
            ++(copy ? difference.duplicatedRows : difference.extraRows);
        }

        // Extra rows stand where they came when order matters, else behind the others.
        std::vector<DiffLine> lines;
        std::size_t nextExtra = 0;
        for (std::size_t row = 0; row < m_expected.count; ++row) {
            const std::int64_t partner = m_match.actualOf[row];
            const bool inPlace = partner >= 0 && !moved[static_cast<std::size_t>(partner)];
            while (!m_orderColumns.empty() && inPlace && nextExtra < extras.size() &&
                   extras[nextExtra].actualRow < partner)
                lines.push_back(std::move(extras[nextExtra++]));
            if (partner >= 0) {
                lines.push_back(
                    {inPlace ? RowMark::Same : RowMark::Moved, static_cast<std::int64_t>(row), partner, {}});
                difference.movedRows += inPlace ? 0 : 1;
            } else if (changedTo[row] >= 0) {
                lines.push_back(changedLine(row, static_cast<std::size_t>(changedTo[row])));
                ++difference.changedRows;
            } else {
                lines.push_back({RowMark::Missing, static_cast<std::int64_t>(row), -1, {}});
                ++difference.missingRows;
            }
        }
        std::move(extras.begin() + static_cast<std::ptrdiff_t>(nextExtra), extras.end(), std::back_inserter(lines));
        difference.lines = shortened(std::move(lines));
    }

    // At most kMaxLines, and those that say something first.
    static std::vector<DiffLine> shortened(std::vector<DiffLine> lines)
    {
        if (lines.size() <= Difference::kMaxLines)
            return lines;
        const auto isSame = [](const DiffLine &line) { return line.mark == RowMark::Same; };
        const auto different = lines.size() - static_cast<std::size_t>(std::ranges::count_if(lines, isSame));
        std::size_t sameLeft = Difference::kMaxLines - std::min(Difference::kMaxLines, different);
        std::erase_if(lines, [&](const DiffLine &line) { return isSame(line) && (sameLeft == 0 || sameLeft-- == 0); });
        lines.resize(std::min(lines.size(), Difference::kMaxLines));
        return lines;
    }

    const ResultTable &m_expectedTable;
    const ResultTable &m_actualTable;
    const ValidationRules &m_rules;
    CellInterner m_cells;
    std::vector<Code> m_expectedCodes;
    std::vector<Code> m_actualCodes;
    CodeRows m_expected;
    CodeRows m_actual;
    CellRules m_cellRules;
    RowMatch m_match;
    std::vector<std::size_t> m_orderColumns;
};

// Columns found neither by name nor by position: the first assignment of those under which the results agree, else the
// first under which at least the types do.
void settle(ColumnMatch &columns, const ResultTable &expected, const ResultTable &actual, RowComparer &comparer)
{
    if (columns.unsettled.size() < 2)
        return;
    std::vector<int> choice;
    for (const int column : columns.unsettled)
        choice.push_back(columns.actualOf[static_cast<std::size_t>(column)]);
    std::ranges::sort(choice);
    bool fits = columns.notes.empty();
    const std::vector<int> byName = columns.actualOf;
    for (int tries = 0; tries < kTriedAssignments && !comparer.cancelled(); ++tries) {
        std::vector<int> assignment = byName;
        for (std::size_t i = 0; i < choice.size(); ++i)
            assignment[static_cast<std::size_t>(columns.unsettled[i])] = choice[i];
        if (typeNotes(expected.columns, actual.columns, assignment).empty()) {
            const bool agrees = comparer.agree(assignment);
            if (agrees || !fits) {
                columns.actualOf = assignment;
                columns.notes.clear();
                fits = true;
            }
            if (agrees)
                return;
        }
        if (!std::ranges::next_permutation(choice).found)
            return;
    }
}

std::string rightSentence(const ResultTable &actual) { return "Right: " + countedRows(actual.rowCount()) + "."; }

// The commonest right answer: column for column and cell for cell the expected text, of the same types, which is right
// under any rules.
bool isSameText(const ColumnMatch &columns, const ResultTable &expected, const ResultTable &actual)
{
    if (!columns.complete() || !columns.notes.empty() || columns.unsettled.size() > 1 ||
        expected.columnCount() != actual.columnCount())
        return false;
    for (std::size_t column = 0; column < columns.actualOf.size(); ++column) {
        if (columns.actualOf[column] != static_cast<int>(column) ||
            expected.columns[column].type != actual.columns[column].type)
            return false;
    }
    return expected.rowCount() == actual.rowCount() && expected.flatBytes() == actual.flatBytes() &&
           std::ranges::equal(expected.flatEnds(), actual.flatEnds());
}

Difference noDifference(std::vector<int> actualOf, std::size_t rows)
{
    Difference none;
    none.actualColumnOf = std::move(actualOf);
    for (std::size_t row = 0; row < std::min(rows, Difference::kMaxLines); ++row)
        none.lines.push_back({RowMark::Same, static_cast<std::int64_t>(row), static_cast<std::int64_t>(row), {}});
    return none;
}

} // namespace

Comparison compare(const ResultTable &expected, const ResultTable &actual, const ValidationRules &rules,
                   const base::CancelToken &cancel)
{
    Comparison out;
    ColumnMatch columns = matchColumns(expected.columns, actual.columns, rules);
    if (isSameText(columns, expected, actual)) {
        out.difference = noDifference(std::move(columns.actualOf), expected.rowCount());
        out.sentence = rightSentence(actual);
        return out;
    }
    RowComparer comparer(expected, actual, rules, cancel);
    settle(columns, expected, actual, comparer);
    out.difference.actualColumnOf = columns.actualOf;
    if (columns.complete())
        out.outcome = comparer.compare(columns.actualOf, out.difference);
    if (cancel.cancelled())
        return {Outcome::Cancelled, {}, "Cancelled."};
    out.difference.columnNotes = columns.notes;
    if (!columns.notes.empty()) {
        out.outcome = Outcome::WrongColumns;
        out.sentence = columns.notes.front();
        return out;
    }
    if (out.outcome == Outcome::WrongRows)
        out.sentence = rowsSentence(out.difference, expected.rowCount(), actual.rowCount());
    else if (out.outcome == Outcome::WrongOrder)
        out.sentence = orderSentence(out.difference, rules);
    else
        out.sentence = rightSentence(actual);
    return out;
}

ResultTable expectedTable(const content::ExpectedOutput &output)
{
    ResultTable table;
    for (const content::ContractColumn &column : output.columns)
        table.columns.push_back({column.name, column.type});
    for (const content::Row &row : output.rows) {
        if (output.columns.empty())
            table.appendEmptyRow();
        for (std::size_t column = 0; column < output.columns.size(); ++column) {
            // The importer refuses rows of another width; a short one reads as NULLs rather than out of bounds.
            if (column < row.size() && row[column])
                table.append(std::string_view(*row[column]));
            else
                table.append(std::nullopt);
        }
    }
    return table;
}

} // namespace sqlgym::grading
