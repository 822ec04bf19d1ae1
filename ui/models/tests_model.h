// The tests of a verdict, one a row.
#pragma once

#include "grading/verdict.h"

#include <QtCore/QAbstractTableModel>

#include <memory>

namespace sqlgym::models {

class TestsModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { OutcomeColumn, Name, Time, Sentence, ColumnCount };
    static constexpr int OutcomeRole = Qt::UserRole + 1; ///< int of grading::Outcome
    static constexpr int HiddenRole = Qt::UserRole + 2;

    using QAbstractTableModel::QAbstractTableModel;

    void setVerdict(std::shared_ptr<const grading::Verdict> verdict);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::shared_ptr<const grading::Verdict> m_verdict;
};

} // namespace sqlgym::models
