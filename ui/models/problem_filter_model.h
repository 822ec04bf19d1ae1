// Which problems are in view: search words, difficulty, topic and status together.
#pragma once

#include "session/values.h"

#include <QtCore/QSortFilterProxyModel>

#include <optional>

namespace sqlgym::models {

class ProblemFilterModel : public QSortFilterProxyModel {
    Q_OBJECT
public:
    explicit ProblemFilterModel(QObject *parent = nullptr);

    /// Every word must occur, in any order and case.
    void setSearch(const QString &text);
    void setDifficulty(std::optional<content::Difficulty> difficulty);
    void setTopic(const QString &slug); ///< empty = all
    void setStatus(std::optional<session::ProblemStatus> status);
    void setBookmarkedOnly(bool only);
    bool isFiltering() const;
    int problemCount() const;
    /// The problem `step` places after (or before) `slug` in view; empty at the ends. With `slug` not in view: the
    /// first.
    QString neighbour(const QString &slug, int step) const;
    QModelIndex indexOf(const QString &slug) const;

protected:
    bool filterAcceptsRow(int row, const QModelIndex &parent) const override;

private:
    QStringList m_words;
    std::optional<content::Difficulty> m_difficulty;
    QString m_topic;
    std::optional<session::ProblemStatus> m_status;
    bool m_bookmarkedOnly = false;
};

} // namespace sqlgym::models
