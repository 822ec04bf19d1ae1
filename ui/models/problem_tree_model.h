// The problems under their topics.
#pragma once

#include "session/values.h"

#include <QtCore/QAbstractItemModel>

namespace sqlgym::models {

class ProblemTreeModel : public QAbstractItemModel {
    Q_OBJECT
public:
    enum Role {
        IsTopicRole = Qt::UserRole + 1,
        SlugRole,       ///< of the problem, or of the topic
        DifficultyRole, ///< int of content::Difficulty
        StatusRole,     ///< int of session::ProblemStatus
        TopicRole,      ///< topic's slug
        SearchRole,     ///< everything a search looks at, in one string
        SolvedRole,     ///< topic: problems solved
        TotalRole,      ///< topic: problems
        BookmarkRole,   ///< the problem is bookmarked
        OpenRole,       ///< the problem is the one in the workspace
        IconRole,       ///< topic: the name of its picture; for a topic of others there may be none
    };

    using QAbstractItemModel::QAbstractItemModel;

    void setEntries(session::ProblemEntries entries);
    const session::ProblemEntries &entries() const { return m_entries; }
    void setStatus(const QString &slug, session::ProblemStatus status);

    void setBookmarked(const QString &slug, bool bookmarked);

    void setOpen(const QString &slug);

    const session::ProblemEntry *entry(const QModelIndex &index) const;
    QModelIndex indexOf(const QString &slug) const;

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &child) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

private:
    /// Entries [begin, end) share a topic.
    struct Topic {
        QString slug;
        QString name;
        int begin = 0;
        int end = 0;
    };
    static std::size_t entryAt(const Topic &topic, int row);
    QVariant topicData(const Topic &topic, int role) const;

    session::ProblemEntries m_entries;
    QString m_open;
    std::vector<Topic> m_topics;
};

} // namespace sqlgym::models
