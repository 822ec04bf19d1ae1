// Practice: the problem list beside the workspace, wired to store and engines.
#pragma once

#include "session/engine_room.h"
#include "session/store.h"
#include "widgets/sql_editor.h"

#include <QtCore/QTimer>
#include <QtWidgets/QWidget>

#include <map>
#include <string>

class QSplitter;

namespace sqlgym::screens {

class DiscussionDesk;
class HistoryView;
class MarksDesk;
class ProblemPanel;
class Workspace;

class PracticeScreen : public QWidget {
    Q_OBJECT
public:
    PracticeScreen(session::Store &store, session::EngineRoom &engines, QWidget *parent = nullptr);

    ProblemPanel *panel() const { return m_panel; }
    Workspace *workspace() const { return m_workspace; }

    void openProblem(const QString &slug);
    QString openSlug() const;
    void openNeighbour(int step);
    void runStatement();
    void runAll();
    void check();
    void submit();
    void cancel();
    void openNextHint();
    void showHistory();
    void stepDifference(int step);
    void swapFocus(); ///< editor <-> results
    void focusEditor();
    MarksDesk *marks() const { return m_marks; }
    DiscussionDesk *discussion() const { return m_discussion; }
    /// In a scratch tab of its own, kept like one that was typed.
    void openScratch(const QString &sql);
    void setPanelVisible(bool visible);
    bool isPanelVisible() const;

    /// The draft as it is now, for the store.
    void keepDraft();

    QByteArray saveLayout() const;
    void restoreLayout(const QByteArray &state);
    void resetLayout() { layOutFor(width()); }
    /// The sizes of a fresh window of this width.
    void layOutFor(int width);

signals:
    void problemShown(const QString &slug, const QString &title);
    void statusMessage(const QString &text);

protected:
    void showEvent(QShowEvent *event) override;

private:
    enum class Kind { None, Run, Check, Submit };
    void connectStore();
    void connectEngines();
    void connectWorkspace();
    void connectHistory(HistoryView *history);
    void run(const QByteArray &sql, int byteBegin);
    void judge(Kind kind);
    void judge(Kind kind, const widgets::SqlEditor::Piece &piece);
    void showVerdict(const QString &extra = {});
    void onOpened(const session::OpenedProblem &opened);
    void onOutcome(session::JobId job, const session::OutcomePtr &outcome);
    void onVerdict(session::JobId job, const session::VerdictPtr &verdict);
    void onConfirmed(session::JobId job, const session::VerdictPtr &verdict, const QByteArray &caseJson);
    void onSubmitted(session::JobId job, const session::SubmitResult &result);
    bool submissionRuns();
    void onDocumentChosen(const QString &scratch);
    bool scratchRefused();
    void markErrorOf(const base::Diagnostic &diagnostic);

    session::Store &m_store;
    session::EngineRoom &m_engines;
    QSplitter *m_splitter;
    ProblemPanel *m_panel;
    Workspace *m_workspace;
    MarksDesk *m_marks;
    DiscussionDesk *m_discussion;
    bool m_warm = false;
    QTimer m_draftTimer;
    QString m_shownDocument; ///< whose text the editor holds

    /// What was asked of the engines, and what came of it.
    struct Asked {
        Kind kind = Kind::None;
        session::JobId job = 0;
        session::ProblemPtr problem;
        QByteArray sql;
        int byteBegin = 0;
        QString document; ///< the text it is part of
        session::VerdictPtr verdict;
        QString data;        ///< the test on whose rows it runs; empty: the sample data
        QByteArray caseJson; ///< not empty: the engines differ
    };
    QString m_wanted;                       ///< the problem that was asked for last, shown or on its way
    Asked m_asked;                          ///< on screen, or awaited
    std::map<std::string, Asked> m_checked; ///< the last check of each problem, by its id
};

} // namespace sqlgym::screens
