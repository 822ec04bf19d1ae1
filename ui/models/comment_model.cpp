#include "models/comment_model.h"

#include "models/labels.h"

#include <algorithm>

namespace sqlgym::models {

using session::CommentEntry;

int CommentModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_comments.size());
}

QVariant CommentModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= m_comments.size())
        return {};
    const CommentEntry &comment = m_comments[index.row()];
    switch (role) {
    case CommentRole:
        return QVariant::fromValue(comment);
    case Qt::DisplayRole:
        return comment.deleted ? tr("A deleted comment") : tr("%1: %2").arg(comment.author, comment.text);
    case Qt::AccessibleTextRole:
        return tr("Level %1. %2, %3")
            .arg(comment.depth + 1)
            .arg(data(index, Qt::DisplayRole).toString(), momentLabel(comment.written));
    default:
        return {};
    }
}

int CommentModel::rowOf(const QString &id) const
{
    const auto found = std::ranges::find(m_comments, id, &CommentEntry::id);
    return found == m_comments.end() ? -1 : static_cast<int>(found - m_comments.begin());
}

void CommentModel::setComments(const QList<CommentEntry> &comments)
{
    const auto same = [](const CommentEntry &one, const CommentEntry &other) {
        return one.id == other.id && one.text == other.text && one.waiting == other.waiting && one.depth == other.depth;
    };
    if (std::ranges::equal(m_comments, comments, same))
        return;
    beginResetModel();
    m_comments = comments;
    endResetModel();
}

} // namespace sqlgym::models
