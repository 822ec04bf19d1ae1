// The problem list with its search and filters.
#pragma once

#include "session/tracks_work.h"
#include "session/values.h"

#include <QtWidgets/QWidget>

class QAction;
class QComboBox;
class QLabel;
class QLineEdit;
class QTreeView;

namespace sqlgym::models {
class ProblemFilterModel;
class ProblemTreeModel;
} // namespace sqlgym::models

namespace sqlgym::widgets {
class EmptyWords;
class TrackNote;
} // namespace sqlgym::widgets

namespace sqlgym::screens {

class ProblemPanel : public QWidget {
    Q_OBJECT
public:
    explicit ProblemPanel(QWidget *parent = nullptr);

    void setEntries(const session::ProblemEntries &entries);
    /// `grouped`: the list is shown by them.
    void setTracks(const std::vector<session::TrackEntry> &tracks, bool grouped);
    bool isByTrack() const;
    void setStatus(const QString &slug, session::ProblemStatus status);
    void setBookmarked(const QString &slug, bool bookmarked);
    /// Marks the open problem; asks for nothing.
    void setCurrent(const QString &slug);
    /// The problem before or after `slug` among those in view, then in the whole catalogue; empty at its ends.
    QString neighbour(const QString &slug, int step) const;
    const session::ProblemEntries &entries() const; ///< as the topics order them
    void focusSearch();
    void focusList();
    void clearFilters();

signals:
    void problemChosen(const QString &slug);
    void groupingChanged(bool byTrack);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void buildFilters();
    void fillModel();
    session::ProblemEntry *entry(const QString &slug);
    void fillTopics();
    void showAdvice();
    void onFilterChanged();
    void choose(const QModelIndex &index);

    models::ProblemTreeModel *m_model;
    models::ProblemFilterModel *m_filter;
    QLineEdit *m_search;
    QAction *m_clear = nullptr;
    QComboBox *m_difficulty;
    QComboBox *m_topic;
    QComboBox *m_status;
    QComboBox *m_grouping;
    QTreeView *m_list;
    widgets::TrackNote *m_note;
    QLabel *m_count;
    widgets::EmptyWords *m_empty = nullptr;
    QString m_current;
    session::ProblemEntries m_entries; ///< as the topics order them
    std::vector<session::TrackEntry> m_tracks;
};

} // namespace sqlgym::screens
