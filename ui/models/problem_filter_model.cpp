#include "models/problem_filter_model.h"

#include "models/problem_tree_model.h"

#include <algorithm>

namespace sqlgym::models {

ProblemFilterModel::ProblemFilterModel(QObject *parent) : QSortFilterProxyModel(parent)
{
    setRecursiveFilteringEnabled(true);
}

void ProblemFilterModel::setSearch(const QString &text)
{
    m_words = text.simplified().split(u' ', Qt::SkipEmptyParts);
    invalidate(); // at one go; invalidateFilter() tells of every gap
}

void ProblemFilterModel::setDifficulty(std::optional<content::Difficulty> difficulty)
{
    m_difficulty = difficulty;
    invalidate();
}

void ProblemFilterModel::setTopic(const QString &slug)
{
    m_topic = slug;
    invalidate();
}

void ProblemFilterModel::setStatus(std::optional<session::ProblemStatus> status)
{
    m_status = status;
    invalidate();
}

void ProblemFilterModel::setBookmarkedOnly(bool only)
{
    m_bookmarkedOnly = only;
    invalidate();
}

bool ProblemFilterModel::isFiltering() const
{
    return !m_words.isEmpty() || m_difficulty || !m_topic.isEmpty() || m_status || m_bookmarkedOnly;
}

int ProblemFilterModel::problemCount() const
{
    int count = 0;
    for (int topic = 0; topic < rowCount(); ++topic)
        count += rowCount(index(topic, 0));
    return count;
}

QString ProblemFilterModel::neighbour(const QString &slug, int step) const
{
    QStringList slugs;
    for (int topic = 0; topic < rowCount(); ++topic) {
        const QModelIndex parent = index(topic, 0);
        for (int row = 0; row < rowCount(parent); ++row)
            slugs << index(row, 0, parent).data(ProblemTreeModel::SlugRole).toString();
    }
    const qsizetype at = slugs.indexOf(slug);
    if (at < 0)
        return slugs.value(0);
    return slugs.value(at + step);
}

QModelIndex ProblemFilterModel::indexOf(const QString &slug) const
{
    const auto *tree = qobject_cast<const ProblemTreeModel *>(sourceModel());
    return tree ? mapFromSource(tree->indexOf(slug)) : QModelIndex();
}

bool ProblemFilterModel::filterAcceptsRow(int row, const QModelIndex &parent) const
{
    const QModelIndex at = sourceModel()->index(row, 0, parent);
    if (at.data(ProblemTreeModel::IsTopicRole).toBool())
        return false; // a topic is in view when one of its problems is
    if (m_difficulty && at.data(ProblemTreeModel::DifficultyRole).toInt() != static_cast<int>(*m_difficulty))
        return false;
    if (m_status && at.data(ProblemTreeModel::StatusRole).toInt() != static_cast<int>(*m_status))
        return false;
    if (m_bookmarkedOnly && !at.data(ProblemTreeModel::BookmarkRole).toBool())
        return false;
    if (!m_topic.isEmpty() && at.data(ProblemTreeModel::TopicRole).toString() != m_topic)
        return false;
    if (m_words.isEmpty())
        return true;
    const QString text = at.data(ProblemTreeModel::SearchRole).toString();
    return std::ranges::all_of(m_words, [&](const QString &word) { return text.contains(word, Qt::CaseInsensitive); });
}

} // namespace sqlgym::models
