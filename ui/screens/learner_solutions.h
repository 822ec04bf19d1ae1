// How others solved the problem, by their ways; below the official solution.
#pragma once

#include "session/solutions_work.h"

#include <QtCore/QSet>
#include <QtWidgets/QWidget>

#include <optional>

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace sqlgym::widgets {
class NoticeBar;
}

namespace sqlgym::screens {

class ReportForm;
class SolutionCard;
class SolutionForm;

/// Who looks at a page while votes come in finds everything where it was: the order changes with another page alone.
class LearnerSolutions : public QWidget {
    Q_OBJECT
public:
    explicit LearnerSolutions(QWidget *parent = nullptr);

    /// Another problem is open: nothing is known of it yet.
    void setLoading();
    void setPage(const session::SolutionPage &page);
    /// Why not all is here; empty words: all is. `signIn`: signing in helps.
    void setState(const QString &words, bool signIn);
    const session::SolutionPage &page() const { return m_page; }

    void showNotice(const session::Notice &notice);
    /// What was written is kept: the form goes.
    void closeForm();

signals:
    /// It came to be seen.
    void looked();
    void runWanted(const QString &sql);
    void marked(const QString &id, std::optional<int> vote, std::optional<bool> bookmark);
    void written(const QString &id, const QString &explanation, const QString &sql);
    void draftChanged(const QString &problemId, const QString &explanation);
    void deleteChosen(const QString &id);
    void reportChosen(const QString &id, const QString &reason);
    void hideChosen(const QString &kind, const QString &id);
    void accountAsked();
    /// It is to be in view.
    void opened(QWidget *form);

protected:
    void showEvent(QShowEvent *event) override;

private:
    QSet<QString> shape() const;
    void build();
    void addGroup(const session::SolutionGroup &group, QVBoxLayout *column);
    SolutionCard *addCard(const session::SolutionEntry &entry, bool official, QVBoxLayout *column);
    void showWords();
    void takeTheme();
    void ask(const QString &question, const QString &yes, std::function<void()> then);

    session::SolutionPage m_page;
    bool m_loading = true;
    QString m_state;
    bool m_signIn = false;
    QSet<QString> m_shape;    ///< of what is built
    QSet<QString> m_expanded; ///< keys of groups that are shown whole
    QLabel *m_title;
    QPushButton *m_share;
    QLabel *m_stateWords;
    QPushButton *m_signInButton;
    widgets::NoticeBar *m_notice;
    ReportForm *m_report;
    SolutionForm *m_form;
    QLabel *m_words;
    QWidget *m_body = nullptr;
    QList<SolutionCard *> m_cards;
    QList<QLabel *> m_headings;
};

} // namespace sqlgym::screens
