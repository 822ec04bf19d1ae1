// Problems that an instructor can edit: those on the server, and what is kept here of them.
#pragma once

#include <QtCore/QAbstractListModel>
#include <QtCore/QList>

namespace sqlgym::models {

struct EditedProblem {
    QString id;
    QString title;
    QString author;
    bool draft = false; ///< on the server, not published as it is
    bool published = false;
    bool unsaved = false; ///< this computer has what the server has not
    bool operator==(const EditedProblem &) const = default;
};

class ProblemListModel : public QAbstractListModel {
    Q_OBJECT
public:
    enum Role { IdRole = Qt::UserRole, StateRole };
    using QAbstractListModel::QAbstractListModel;

    void setProblems(QList<EditedProblem> problems);
    /// Adds it at the top, or changes what is there.
    void put(const EditedProblem &problem);
    const QList<EditedProblem> &problems() const { return m_problems; }
    /// -1: it is not in it.
    int rowOf(const QString &id) const;
    EditedProblem problem(int row) const { return m_problems.value(row); }

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

private:
    QList<EditedProblem> m_problems;
};

/// "Draft", "Published", "Published; a draft is newer".
QString stateWords(const EditedProblem &problem);

} // namespace sqlgym::models
