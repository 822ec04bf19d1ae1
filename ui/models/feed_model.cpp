#include "models/feed_model.h"

#include "models/labels.h"

#include <QtCore/QHash>
#include <QtCore/QLocale>
#include <QtCore/QSet>

#include <algorithm>

namespace sqlgym::models {

using session::PostEntry;

namespace {

bool isNewer(const PostEntry &one, const PostEntry &other)
{
    return std::pair(one.place.createdAt, one.place.id) > std::pair(other.place.createdAt, other.place.id);
}

} // namespace

int FeedModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_posts.size());
}

QVariant FeedModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= m_posts.size())
        return {};
    const PostEntry &post = m_posts[index.row()];
    switch (role) {
    case PostRole:
        return QVariant::fromValue(post);
    case Qt::DisplayRole:
        return tr("%1: %2").arg(post.author, post.words);
    case Qt::AccessibleTextRole:
        return tr("%1, %2: %3. Likes: %4, comments: %5")
            .arg(post.author, momentLabel(post.written), post.words)
            .arg(post.likes)
            .arg(post.comments);
    default:
        return {};
    }
}

bool FeedModel::canFetchMore(const QModelIndex &parent) const { return !parent.isValid() && m_more && !m_asked; }

void FeedModel::fetchMore(const QModelIndex &)
{
    m_asked = true;
    emit moreWanted();
}

int FeedModel::rowOf(const QString &id) const
{
    const auto found = std::ranges::find(m_posts, id, &PostEntry::id);
    return found == m_posts.end() ? -1 : static_cast<int>(found - m_posts.begin());
}

void FeedModel::setPage(const session::FeedPage &page)
{
    beginResetModel();
    m_posts = page.posts;
    m_more = page.more;
    m_asked = false;
    endResetModel();
}

void FeedModel::append(const session::FeedPage &page)
{
    m_asked = false;
    m_more = page.more;
    if (page.posts.isEmpty())
        return;
    const auto rows = static_cast<int>(m_posts.size());
    beginInsertRows({}, rows, rows + static_cast<int>(page.posts.size()) - 1);
    m_posts += page.posts;
    endInsertRows();
}

int FeedModel::renew(const session::FeedPage &page)
{
    QHash<QString, PostEntry> now;
    for (const PostEntry &post : page.posts)
        now.insert(post.id, post);
    for (int row = static_cast<int>(m_posts.size()); row-- > 0;) {
        const auto found = now.constFind(m_posts[row].id);
        const bool unread = page.more && isNewer(page.posts.last(), m_posts[row]);
        if (unread)
            continue;
        if (found == now.constEnd()) {
            beginRemoveRows({}, row, row);
            m_posts.removeAt(row);
            endRemoveRows();
        } else {
            m_posts[row] = *found;
        }
        now.remove(found == now.constEnd() ? QString() : found->id);
    }
    int left = 0;
    if (m_posts.isEmpty()) {
        setPage(page);
        return 0;
    }
    for (const PostEntry &post : page.posts) {
        if (!now.contains(post.id))
            continue;
        const auto place = std::ranges::find_if(m_posts, [&](const PostEntry &each) { return isNewer(post, each); });
        if (place == m_posts.end() && m_more)
            continue; // older than what is shown
        if (!post.own) {
            ++left;
            continue;
        }
        const auto row = static_cast<int>(place - m_posts.begin());
        beginInsertRows({}, row, row);
        m_posts.insert(row, post);
        endInsertRows();
    }
    if (!m_posts.isEmpty())
        emit dataChanged(index(0), index(static_cast<int>(m_posts.size()) - 1));
    return left;
}

} // namespace sqlgym::models
