// Column statistics as rows of name and value.
#pragma once

#include "session/column_statistics.h"

#include <QtCore/QAbstractTableModel>
#include <QtCore/QString>

#include <optional>
#include <vector>

namespace sqlgym::models {

/// FullTextRole and NullRole are ResultTableModel's, so that a ResultGrid shows and copies it.
class StatisticsModel : public QAbstractTableModel {
    Q_OBJECT
public:
    using QAbstractTableModel::QAbstractTableModel;

    void setStatistics(const std::optional<session::ColumnStatistics> &statistics);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Line {
        QString name;
        QString shown;
        QString full;
    };
    std::vector<Line> m_lines;
};

} // namespace sqlgym::models
