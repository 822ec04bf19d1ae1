// One submission beside the list: its text, tests, comments, its learner's other attempts and the problem's figures; of
// two, what differs.
#pragma once

#include "session/engine_room.h"
#include "session/instructor_desk.h"
#include "session/worker_thread.h"

#include <QtWidgets/QWidget>

#include <memory>

class QLabel;
class QStackedWidget;
class QTabWidget;

namespace sqlgym::widgets {
class ComparedText;
class ElidedLabel;
class SqlEditor;
} // namespace sqlgym::widgets

namespace sqlgym::screens {

class AttemptTimeline;
class CommentThread;
class FamiliesPage;
class ProblemFigures;
class TestsPage;

class SubmissionDetail : public QWidget {
    Q_OBJECT
public:
    explicit SubmissionDetail(QWidget *parent = nullptr);

    /// Nothing, one, or two (the older one first), which are asked for.
    void choose(const QList<client::SubmissionRow> &rows);
    void setDetail(const client::SubmissionDetail &detail);
    void setPair(const client::SubmissionDetail &older, const client::SubmissionDetail &newer);
    /// It did not come.
    void setTrouble(const QString &words);
    CommentThread *comments() const { return m_comments; }
    ProblemFigures *figures() const { return m_figures; }
    FamiliesPage *families() const { return m_families; }
    AttemptTimeline *timeline() const { return m_timeline; }
    /// Of the one that is shown; empty: none.
    QString submissionId() const { return m_id; }
    QString problemId() const { return m_problemId; }
    QString learnerId() const { return m_learnerId; }
    /// Shows this text, or how it differs from the one before, while another attempt is looked at.
    void showAttempt(const QString &text, const QString &before, const QString &caption);

    enum Page { Tests, Comments, Attempts, Problem, Families };
    int page() const;
    void showPage(Page page);

signals:
    void detailWanted(const QString &id);
    void pairWanted(const QString &olderId, const QString &newerId);
    /// The page in front, or whose problem or learner it is about, is another.
    void pageChanged(int page);

private:
    void showHead(const QString &title, const QString &line);
    void showText(const QString &key, const QString &text);
    void compare(const QString &before, const QString &after);

    widgets::ElidedLabel *m_title;
    widgets::ElidedLabel *m_line;
    QStackedWidget *m_texts;
    widgets::SqlEditor *m_query;
    widgets::ComparedText *m_difference;
    QLabel *m_words;
    QTabWidget *m_tabs;
    TestsPage *m_tests;
    CommentThread *m_comments;
    AttemptTimeline *m_timeline;
    ProblemFigures *m_figures;
    FamiliesPage *m_families;
    std::unique_ptr<session::WorkerThread> m_comparer;
    quint64 m_asked = 0;
    QString m_id, m_problemId, m_learnerId;
    QString m_olderId, m_newerId; ///< of two
};

} // namespace sqlgym::screens
