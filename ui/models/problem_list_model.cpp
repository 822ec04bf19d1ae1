#include "models/problem_list_model.h"

namespace sqlgym::models {

QString stateWords(const EditedProblem &problem)
{
    const QString state = problem.draft && problem.published ? ProblemListModel::tr("published, draft is newer")
                          : problem.published                ? ProblemListModel::tr("published")
                          : problem.draft                    ? ProblemListModel::tr("draft")
                                                             : ProblemListModel::tr("new");
    return problem.unsaved ? ProblemListModel::tr("%1, not saved").arg(state) : state;
}

void ProblemListModel::setProblems(QList<EditedProblem> problems)
{
    if (problems == m_problems)
        return;
    beginResetModel();
    m_problems = std::move(problems);
    endResetModel();
}

void ProblemListModel::put(const EditedProblem &problem)
{
    const int row = rowOf(problem.id);
    if (row < 0) {
        beginInsertRows({}, 0, 0);
        m_problems.prepend(problem);
        endInsertRows();
    } else if (m_problems[row] != problem) {
        m_problems[row] = problem;
        emit dataChanged(index(row), index(row));
    }
}

int ProblemListModel::rowOf(const QString &id) const
{
    for (qsizetype row = 0; row < m_problems.size(); ++row) {
        if (m_problems[row].id == id)
            return static_cast<int>(row);
    }
    return -1;
}

int ProblemListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_problems.size());
}

QVariant ProblemListModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= m_problems.size())
        return {};
    const EditedProblem &problem = m_problems[index.row()];
    const QString title = problem.title.isEmpty() ? tr("(no title)") : problem.title;
    switch (role) {
    case Qt::DisplayRole:
        return title;
    case Qt::ToolTipRole:
        return problem.author.isEmpty() ? QStringLiteral("%1\n%2").arg(title, stateWords(problem))
                                        : tr("%1\n%2, saved by %3").arg(title, stateWords(problem), problem.author);
    case Qt::AccessibleTextRole:
        return tr("%1, %2").arg(title, stateWords(problem));
    case IdRole:
        return problem.id;
    case StateRole:
        return stateWords(problem);
    default:
        return {};
    }
}

} // namespace sqlgym::models
