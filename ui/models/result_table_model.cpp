#include "models/result_table_model.h"

#include "models/labels.h"

#include <algorithm>
#include <array>

namespace sqlgym::models {

bool isNumericType(std::string_view typname)
{
    static constexpr std::array<std::string_view, 8> kNumeric{"int2",   "int4",   "int8", "numeric",
                                                              "float4", "float8", "oid",  "money"};
    return std::ranges::find(kNumeric, typname) != kNumeric.end();
}

QString shownText(std::string_view cell, qsizetype limit)
{
    const auto bytes = static_cast<std::size_t>(limit) * 4;
    QString text = fromUtf8(cell.substr(0, bytes));
    const bool cut = cell.size() > bytes || text.size() > limit;
    text.truncate(limit);
    text.replace(u'\n', QChar(0x21B5)).replace(u'\r', QChar(0x240D)).replace(u'\t', QChar(0x21E5));
    if (cut)
        text += QChar(0x2026);
    return text;
}

void ResultTableModel::setTable(TablePtr table)
{
    beginResetModel();
    m_table = std::move(table);
    m_rows.reset();
    endResetModel();
}

void ResultTableModel::setRows(std::vector<std::uint32_t> rows)
{
    beginResetModel();
    m_rows = std::make_shared<const std::vector<std::uint32_t>>(std::move(rows));
    endResetModel();
}

void ResultTableModel::setAllRows()
{
    if (!m_rows)
        return;
    beginResetModel();
    m_rows.reset();
    endResetModel();
}

int ResultTableModel::rowCount(const QModelIndex &parent) const
{
    if (parent.isValid() || !m_table)
        return 0;
    return static_cast<int>(m_rows ? m_rows->size() : m_table->rowCount());
}

int ResultTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() || !m_table ? 0 : static_cast<int>(m_table->columnCount());
}

QVariant ResultTableModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || !m_table)
        return {};
    const auto column = static_cast<std::size_t>(index.column());
    if (role == Qt::TextAlignmentRole) {
        const auto side = isNumericType(m_table->columns[column].type) ? Qt::AlignRight : Qt::AlignLeft;
        return QVariant::fromValue(Qt::Alignment(side | Qt::AlignVCenter));
    }
    if (role != Qt::DisplayRole && role != NullRole && role != FullTextRole && role != Qt::ToolTipRole &&
        role != Qt::AccessibleTextRole)
        return {};
    const auto cell = cellAt(index);
    switch (role) {
    case NullRole:
        return !cell;
    case FullTextRole:
        return cell ? QVariant(fromUtf8(*cell)) : QVariant();
    case Qt::ToolTipRole:
        return cell && cell->size() > 40 ? QVariant(shownText(*cell, 2000)) : QVariant();
    case Qt::AccessibleTextRole:
        return !cell ? tr("NULL") : cell->empty() ? tr("empty text") : shownText(*cell);
    default:
        return cell ? shownText(*cell) : QStringLiteral("NULL");
    }
}

QVariant ResultTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (!m_table)
        return {};
    if (orientation == Qt::Vertical)
        return role == Qt::DisplayRole ? QVariant::fromValue(tableRow(section) + 1) : QVariant();
    if (section < 0 || static_cast<std::size_t>(section) >= m_table->columnCount())
        return {};
    const auto &column = m_table->columns[static_cast<std::size_t>(section)];
    if (role == Qt::DisplayRole)
        return fromUtf8(column.name);
    if (role == TypeRole)
        return fromUtf8(column.type);
    if (role == Qt::ToolTipRole)
        return tr("%1: %2").arg(fromUtf8(column.name), fromUtf8(column.type));
    if (role == Qt::TextAlignmentRole) {
        const auto side = isNumericType(column.type) ? Qt::AlignRight : Qt::AlignLeft;
        return QVariant::fromValue(Qt::Alignment(side | Qt::AlignVCenter));
    }
    return {};
}

CellSource ResultTableModel::cellSource() const
{
    CellSource source;
    if (!m_table)
        return source;
    for (const auto &column : m_table->columns)
        source.columns.push_back({fromUtf8(column.name), fromUtf8(column.type)});
    source.cell = [table = m_table, rows = m_rows](int row, int column) -> CellSource::Cell {
        const auto at = static_cast<std::size_t>(row);
        const auto cell = table->cell(rows ? (*rows)[at] : at, static_cast<std::size_t>(column));
        return cell ? CellSource::Cell{fromUtf8(*cell), false} : CellSource::Cell{{}, true};
    };
    return source;
}

} // namespace sqlgym::models
