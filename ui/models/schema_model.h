// A problem's tables and their columns, with types and keys.
#pragma once

#include "session/values.h"

#include <QtCore/QAbstractItemModel>

namespace sqlgym::models {

class SchemaModel : public QAbstractItemModel {
    Q_OBJECT
public:
    enum Column { Name, Type, Notes, ColumnCount };
    static constexpr int IsTableRole = Qt::UserRole + 1;

    using QAbstractItemModel::QAbstractItemModel;

    void setProblem(session::ProblemPtr problem);
    /// The table of this row or of the column in it; null for none.
    const content::Table *table(const QModelIndex &index) const;

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &child) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    session::ProblemPtr m_problem;
};

/// "members.id" where `column` of `table` refers to it; empty where it refers to nothing.
QString referenceOf(const content::Table &table, const std::string &column);

} // namespace sqlgym::models
