#include "models/difference_model.h"

#include "models/labels.h"
#include "models/result_table_model.h"

#include <algorithm>

namespace sqlgym::models {

using grading::RowMark;

void DifferenceModel::setTest(std::shared_ptr<const grading::TestVerdict> test)
{
    beginResetModel();
    m_test = std::move(test);
    rebuild();
    endResetModel();
}

void DifferenceModel::setOnlyDifferences(bool only)
{
    if (only == m_only)
        return;
    beginResetModel();
    m_only = only;
    rebuild();
    endResetModel();
}

void DifferenceModel::rebuild()
{
    m_lines.clear();
    if (!m_test)
        return;
    const auto &lines = m_test->difference.lines;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const RowMark mark = lines[i].mark;
        if (m_only && mark == RowMark::Same)
            continue;
        if (mark == RowMark::Changed) {
            m_lines.push_back({i, false});
            m_lines.push_back({i, true});
        } else {
            m_lines.push_back({i, lines[i].expectedRow < 0});
        }
    }
}

int DifferenceModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_lines.size());
}

int DifferenceModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() || !m_test ? 0 : 1 + static_cast<int>(m_test->expected.columnCount());
}

sandbox::ResultTable::Cell DifferenceModel::cell(const grading::TestVerdict &test, const Line &line, int column)
{
    const auto &diff = test.difference.lines[line.diff];
    if (!line.yours)
        return test.expected.cell(static_cast<std::size_t>(diff.expectedRow), static_cast<std::size_t>(column));
    const auto &map = test.difference.actualColumnOf;
    const int actual = map.empty() ? column : map[static_cast<std::size_t>(column)];
    if (actual < 0 || static_cast<std::size_t>(actual) >= test.actual.columnCount())
        return std::string_view();
    return test.actual.cell(static_cast<std::size_t>(diff.actualRow), static_cast<std::size_t>(actual));
}

bool DifferenceModel::wrongCell(const Line &line, int column) const
{
    const auto &diff = m_test->difference.lines[line.diff];
    return diff.mark == RowMark::Changed && std::ranges::find(diff.wrongCells, column) != diff.wrongCells.end();
}

/// Neither side is the right one here.
QString DifferenceModel::pinnedMarkText(const grading::TestVerdict &test, const Line &line)
{
    switch (test.difference.lines[line.diff].mark) {
    case RowMark::Same:
        return tr("=");
    case RowMark::Missing:
        return tr("\u2212 only pinned");
    case RowMark::Extra:
        return tr("+ only new");
    case RowMark::Duplicated:
        return tr("\u00D7 once more, new");
    case RowMark::Changed:
        return line.yours ? tr("\u2260 new") : tr("\u2260 pinned");
    case RowMark::Moved:
        return tr("\u21C5 moved");
    }
    return {};
}

QString DifferenceModel::markText(const grading::TestVerdict &test, const Line &line, DifferenceWording wording)
{
    if (wording == DifferenceWording::PinnedAndNew)
        return pinnedMarkText(test, line);
    switch (test.difference.lines[line.diff].mark) {
    case RowMark::Same:
        return tr("=");
    case RowMark::Missing:
        return tr("\u2212 missing");
    case RowMark::Extra:
        return tr("+ extra");
    case RowMark::Duplicated:
        return tr("\u00D7 duplicated");
    case RowMark::Changed:
        return line.yours ? tr("\u2260 yours") : tr("\u2260 expected");
    case RowMark::Moved:
        return tr("\u21C5 moved");
    }
    return {};
}

QString DifferenceModel::markTip(const Line &line) const
{
    const auto &diff = m_test->difference.lines[line.diff];
    if (m_wording == DifferenceWording::PinnedAndNew)
        return line.yours ? tr("Row %1 of the new result").arg(diff.actualRow + 1)
                          : tr("Row %1 of the pinned result").arg(diff.expectedRow + 1);
    switch (diff.mark) {
    case RowMark::Same:
        return tr("This row is right.");
    case RowMark::Missing:
        return tr("Expected, but your query does not return it.");
    case RowMark::Extra:
        return tr("Your query returns this row; it is not expected.");
    case RowMark::Duplicated:
        return tr("Your query returns this row more often than expected.");
    case RowMark::Changed:
        return line.yours ? tr("Your row %1; the marked cells differ from the line above.").arg(diff.actualRow + 1)
                          : tr("Expected row %1; the marked cells differ in yours, on the line below.")
                                .arg(diff.expectedRow + 1);
    case RowMark::Moved:
        return tr("A right row in the wrong place: yours is row %1, expected is row %2.")
            .arg(diff.actualRow + 1)
            .arg(diff.expectedRow + 1);
    }
    return {};
}

QVariant DifferenceModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || !m_test)
        return {};
    const Line &line = m_lines[static_cast<std::size_t>(index.row())];
    const auto mark = m_test->difference.lines[line.diff].mark;
    if (role == MarkRole)
        return static_cast<int>(mark);
    if (role == IsYoursRole)
        return line.yours;
    const int column = index.column() - 1;
    if (column < 0) {
        if (role == Qt::DisplayRole || role == FullTextRole)
            return markText(*m_test, line, m_wording);
        if (role == Qt::ToolTipRole || role == Qt::AccessibleDescriptionRole)
            return markTip(line);
        return role == NullRole ? QVariant(false) : QVariant();
    }
    const bool wrong = wrongCell(line, column);
    if (role == WrongCellRole)
        return wrong;
    if (role == Qt::TextAlignmentRole) {
        const auto &type = m_test->expected.columns[static_cast<std::size_t>(column)].type;
        return QVariant::fromValue(
            Qt::Alignment((isNumericType(type) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter));
    }
    const auto value = cell(*m_test, line, column);
    switch (role) {
    case NullRole:
        return !value;
    case FullTextRole:
        return value ? QVariant(fromUtf8(*value)) : QVariant();
    case Qt::DisplayRole:
        return value ? shownText(*value) : QStringLiteral("NULL");
    case Qt::ToolTipRole:
    case Qt::AccessibleTextRole: {
        const QString text = !value ? tr("NULL") : value->empty() ? tr("empty text") : shownText(*value, 2000);
        return wrong ? tr("%1 (differs)").arg(text) : text;
    }
    default:
        return {};
    }
}

QVariant DifferenceModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (!m_test || orientation != Qt::Horizontal)
        return {};
    if (section == 0)
        return role == Qt::DisplayRole ? QVariant(tr("Row")) : QVariant();
    const auto &column = m_test->expected.columns[static_cast<std::size_t>(section - 1)];
    if (role == Qt::DisplayRole)
        return fromUtf8(column.name);
    if (role == Qt::ToolTipRole)
        return tr("%1: %2").arg(fromUtf8(column.name), fromUtf8(column.type));
    return {};
}

CellSource DifferenceModel::cellSource() const
{
    CellSource source;
    if (!m_test)
        return source;
    source.columns.push_back({tr("Row"), {}});
    for (const auto &column : m_test->expected.columns)
        source.columns.push_back({fromUtf8(column.name), fromUtf8(column.type)});
    source.cell = [test = m_test, lines = m_lines, wording = m_wording](int row, int column) -> CellSource::Cell {
        const Line &line = lines[static_cast<std::size_t>(row)];
        if (column == 0)
            return {markText(*test, line, wording), false};
        const auto value = cell(*test, line, column - 1);
        return value ? CellSource::Cell{fromUtf8(*value), false} : CellSource::Cell{{}, true};
    };
    return source;
}

} // namespace sqlgym::models
