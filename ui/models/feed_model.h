// Posts as a list that grows at its end while one scrolls.
#pragma once

#include "session/community_work.h"

#include <QtCore/QAbstractListModel>

namespace sqlgym::models {

class FeedModel : public QAbstractListModel {
    Q_OBJECT
public:
    enum Role { PostRole = Qt::UserRole + 1 }; ///< session::PostEntry

    using QAbstractListModel::QAbstractListModel;

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    bool canFetchMore(const QModelIndex &parent) const override;
    void fetchMore(const QModelIndex &parent) override;

    const QList<session::PostEntry> &posts() const { return m_posts; }
    int rowOf(const QString &id) const;
    /// Another feed, from its top.
    void setPage(const session::FeedPage &page);
    /// Those behind the last row.
    void append(const session::FeedPage &page);
    /// The same feed as it is now, read as far as it is shown. Rows change and vanish in place and one's own new ones
    /// come; those of others stay out, so that nothing moves under a reader. How many stay out.
    int renew(const session::FeedPage &page);

signals:
    void moreWanted();

private:
    QList<session::PostEntry> m_posts;
    bool m_more = false;
    bool m_asked = false;
};

} // namespace sqlgym::models
