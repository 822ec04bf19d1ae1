// The parts of a value as a tree for the eye.
#pragma once

#include "models/value_tree.h"

#include <QtCore/QAbstractItemModel>

namespace sqlgym::models {

/// Top level: the members of the value itself. FullTextRole and NullRole are ResultTableModel's.
class ValueTreeModel : public QAbstractItemModel {
    Q_OBJECT
public:
    enum Column { Name, Value };

    using QAbstractItemModel::QAbstractItemModel;

    void setTree(ValueTree tree);
    bool isNested() const;

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &child) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    const ValueTree::Node &node(const QModelIndex &index) const { return m_tree.nodes[index.internalId()]; }
    QString valueText(const ValueTree::Node &node) const;

    ValueTree m_tree;
};

} // namespace sqlgym::models
