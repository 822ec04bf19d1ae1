// A result as an item model: no copy of the cells, a million rows cost nothing until they are looked at.
#pragma once

#include "models/copy_format.h"
#include "sandbox/result_table.h"

#include <QtCore/QAbstractTableModel>

#include <cstdint>
#include <memory>
#include <vector>

namespace sqlgym::models {

using TablePtr = std::shared_ptr<const sandbox::ResultTable>;
using RowsPtr = std::shared_ptr<const std::vector<std::uint32_t>>;

/// Types whose cells are right-aligned, by pg_type.typname.
bool isNumericType(std::string_view typname);

/// What a table cell shows of a value: line breaks as a sign, cut after `limit` characters.
QString shownText(std::string_view cell, qsizetype limit = 300);

class ResultTableModel : public QAbstractTableModel, public CopySource {
    Q_OBJECT
public:
    /// true where the cell is NULL; its DisplayRole is the word NULL.
    static constexpr int NullRole = Qt::UserRole + 1;
    /// The whole text of the cell, never cut.
    static constexpr int FullTextRole = Qt::UserRole + 2;

    /// Of a column's header: pg_type.typname.
    static constexpr int TypeRole = Qt::UserRole + 20;

    using QAbstractTableModel::QAbstractTableModel;

    /// Shows its rows as they came.
    void setTable(TablePtr table);
    /// Shows these rows of the table, in this order.
    void setRows(std::vector<std::uint32_t> rows);
    void setAllRows();
    const TablePtr &table() const { return m_table; }
    /// The rows that are shown, in their order; nullptr: all, as they came.
    const RowsPtr &rows() const { return m_rows; }
    /// Of a valid index.
    sandbox::ResultTable::Cell cellAt(const QModelIndex &index) const
    {
        return m_table->cell(tableRow(index.row()), static_cast<std::size_t>(index.column()));
    }

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    CellSource cellSource() const override;

private:
    std::size_t tableRow(int row) const
    {
        return m_rows ? (*m_rows)[static_cast<std::size_t>(row)] : static_cast<std::size_t>(row);
    }

    TablePtr m_table;
    RowsPtr m_rows;
};

} // namespace sqlgym::models
