#include "models/problem_tree_model.h"

#include "content/names.h"
#include "models/labels.h"

#include <algorithm>

namespace sqlgym::models {

std::size_t ProblemTreeModel::entryAt(const Topic &topic, int row)
{
    return static_cast<std::size_t>(topic.begin) + static_cast<std::size_t>(row);
}

// internalId 0 is a topic; n + 1 is a problem of topic n.

void ProblemTreeModel::setEntries(session::ProblemEntries entries)
{
    beginResetModel();
    m_entries = std::move(entries);
    m_topics.clear();
    for (int i = 0; i < static_cast<int>(m_entries.size()); ++i) {
        const auto &entry = m_entries[static_cast<std::size_t>(i)];
        if (m_topics.empty() || m_topics.back().slug != entry.topicId)
            m_topics.push_back({entry.topicId, entry.topic, i, i});
        m_topics.back().end = i + 1;
    }
    endResetModel();
}

void ProblemTreeModel::setStatus(const QString &slug, session::ProblemStatus status)
{
    const QModelIndex at = indexOf(slug);
    if (!at.isValid())
        return;
    const Topic &topic = m_topics[at.internalId() - 1];
    auto &entry = m_entries[entryAt(topic, at.row())];
    if (entry.status == status)
        return;
    entry.status = status;
    emit dataChanged(at, at);
    emit dataChanged(at.parent(), at.parent());
}

const session::ProblemEntry *ProblemTreeModel::entry(const QModelIndex &index) const
{
    if (!index.isValid() || index.internalId() == 0)
        return nullptr;
    return &m_entries[entryAt(m_topics[index.internalId() - 1], index.row())];
}

QModelIndex ProblemTreeModel::indexOf(const QString &slug) const
{
    for (std::size_t t = 0; t < m_topics.size(); ++t) {
        for (int i = m_topics[t].begin; i < m_topics[t].end; ++i) {
            if (m_entries[static_cast<std::size_t>(i)].slug == slug)
                return createIndex(i - m_topics[t].begin, 0, quintptr{t} + 1);
        }
    }
    return {};
}

void ProblemTreeModel::setBookmarked(const QString &slug, bool bookmarked)
{
    const QModelIndex at = indexOf(slug);
    if (!at.isValid())
        return;
    m_entries[entryAt(m_topics[at.internalId() - 1], at.row())].bookmarked = bookmarked;
    emit dataChanged(at, at);
}

void ProblemTreeModel::setOpen(const QString &slug)
{
    if (slug == m_open)
        return;
    const QModelIndex before = indexOf(m_open), now = indexOf(slug);
    m_open = slug;
    for (const QModelIndex &index : {before, now}) {
        if (index.isValid())
            emit dataChanged(index, index, {OpenRole});
    }
}

QModelIndex ProblemTreeModel::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, parent.isValid() ? static_cast<quintptr>(parent.row() + 1) : quintptr{0});
}

QModelIndex ProblemTreeModel::parent(const QModelIndex &child) const
{
    if (!child.isValid() || child.internalId() == 0)
        return {};
    return createIndex(static_cast<int>(child.internalId()) - 1, 0, quintptr{0});
}

int ProblemTreeModel::rowCount(const QModelIndex &parent) const
{
    if (!parent.isValid())
        return static_cast<int>(m_topics.size());
    if (parent.internalId() != 0 || parent.column() != 0)
        return 0;
    const Topic &topic = m_topics[static_cast<std::size_t>(parent.row())];
    return topic.end - topic.begin;
}

int ProblemTreeModel::columnCount(const QModelIndex &) const { return 1; }

QVariant ProblemTreeModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const auto *problem = entry(index);
    if (!problem)
        return topicData(m_topics[static_cast<std::size_t>(index.row())], role);
    switch (role) {
    case Qt::DisplayRole:
        return problem->title;
    case Qt::ToolTipRole:
        return plainTip(data(index, Qt::AccessibleTextRole).toString());
    case Qt::AccessibleTextRole:
        return (problem->bookmarked ? tr("%1, %2, %3, bookmarked") : tr("%1, %2, %3"))
            .arg(problem->title, difficultyLabel(problem->difficulty), statusLabel(problem->status));
    case IsTopicRole:
        return false;
    case SlugRole:
        return problem->slug;
    case DifficultyRole:
        return static_cast<int>(problem->difficulty);
    case StatusRole:
        return static_cast<int>(problem->status);
    case TopicRole:
        return problem->topicId;
    case BookmarkRole:
        return problem->bookmarked;
    case OpenRole:
        return problem->slug == m_open;
    case SearchRole:
        return QStringList{problem->title, problem->slug, problem->topic, problem->company, problem->tags.join(u' ')}
            .join(u' ');
    default:
        return {};
    }
}

QVariant ProblemTreeModel::topicData(const Topic &topic, int role) const
{
    const auto solved = [&] {
        return static_cast<int>(
            std::count_if(m_entries.begin() + topic.begin, m_entries.begin() + topic.end,
                          [](const auto &e) { return e.status == session::ProblemStatus::Solved; }));
    };
    switch (role) {
    case Qt::DisplayRole:
        return topic.name;
    case Qt::ToolTipRole:
    case Qt::AccessibleTextRole:
        return tr("%1: %2 of %3 solved").arg(topic.name).arg(solved()).arg(topic.end - topic.begin);
    case IsTopicRole:
        return true;
    case SlugRole:
    case TopicRole:
        return topic.slug;
    case IconRole:
        return topic.slug.startsWith(QLatin1String("track/"))
                   ? QStringLiteral("track")
                   : QStringLiteral("topic-") + QString::fromStdString(content::slugFromName(topic.name.toStdString()));
    case SolvedRole:
        return solved();
    case TotalRole:
        return topic.end - topic.begin;
    default:
        return {};
    }
}

} // namespace sqlgym::models
