// The comments on a post, as a list in reading order.
#pragma once

#include "session/community_work.h"

#include <QtCore/QAbstractListModel>

namespace sqlgym::models {

class CommentModel : public QAbstractListModel {
    Q_OBJECT
public:
    enum Role { CommentRole = Qt::UserRole + 1 }; ///< session::CommentEntry

    using QAbstractListModel::QAbstractListModel;

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

    const QList<session::CommentEntry> &comments() const { return m_comments; }
    int rowOf(const QString &id) const;
    void setComments(const QList<session::CommentEntry> &comments);

private:
    QList<session::CommentEntry> m_comments;
};

} // namespace sqlgym::models
