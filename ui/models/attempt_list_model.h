// Earlier attempts at a problem, newest first.
#pragma once

#include "session/history_work.h"

#include <QtCore/QAbstractListModel>

namespace sqlgym::models {

class AttemptListModel : public QAbstractListModel {
    Q_OBJECT
public:
    enum Role {
        IdRole = Qt::UserRole + 1,
        MomentRole,     ///< when, in local time
        DetailRole,     ///< mode, duration, rows
        VerdictRole,    ///< int of Verdict
        SubmissionRole, ///< bool: it was handed in, under this id
    };
    enum class Verdict { Right, Wrong, Ran, Warning };

    using QAbstractListModel::QAbstractListModel;

    void setEntries(QList<session::AttemptEntry> entries);
    int rowOf(const QString &id) const; ///< -1: not here

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

private:
    QList<session::AttemptEntry> m_entries;
};

} // namespace sqlgym::models
