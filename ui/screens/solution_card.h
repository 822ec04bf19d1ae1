// One learner's solution: who, when, why, the query, and what one can do with it.
#pragma once

#include "session/solutions_work.h"

#include <QtWidgets/QFrame>

#include <optional>

class QLabel;
class QPushButton;
class QToolButton;

namespace sqlgym::widgets {
class ElidedLabel;
class SqlText;
} // namespace sqlgym::widgets

namespace sqlgym::screens {

class SolutionCard : public QFrame {
    Q_OBJECT
public:
    explicit SolutionCard(const session::SolutionEntry &entry, bool official, QWidget *parent = nullptr);

    const session::SolutionEntry &entry() const { return m_entry; }
    void setEntry(const session::SolutionEntry &entry);

signals:
    void runWanted(const QString &sql);
    void marked(const QString &id, std::optional<int> vote, std::optional<bool> bookmark);
    void editWanted(const sqlgym::session::SolutionEntry &entry);
    void deleteWanted(const QString &id);
    void reportWanted(const QString &id);
    /// `kind`: solution or user.
    void hideWanted(const QString &kind, const QString &id);

private:
    QToolButton *button(const QString &name);
    void buildActions();
    void takeTheme();
    void vote(int way);
    void toggleBookmark();

    session::SolutionEntry m_entry;
    const bool m_official;
    widgets::ElidedLabel *m_author;
    widgets::ElidedLabel *m_when;
    QLabel *m_explanation;
    widgets::SqlText *m_sql;
    QLabel *m_note;
    QPushButton *m_run;
    QToolButton *m_up;
    QToolButton *m_down;
    QToolButton *m_bookmark;
    QToolButton *m_edit;
    QToolButton *m_delete;
    QToolButton *m_more;
};

} // namespace sqlgym::screens
