// One problem open: what is asked on the left, the work on the right.
#pragma once

#include "screens/schema_view.h"
#include "session/values.h"

#include <QtWidgets/QWidget>

class QSplitter;
class QTabWidget;

namespace sqlgym::widgets {
class MarkdownView;
class SqlEditor;
} // namespace sqlgym::widgets

namespace sqlgym::screens {

class EditorPane;
class HintsView;
class HistoryView;
class ProblemMarks;
class ResultsPane;
class SolutionView;

class Workspace : public QWidget {
    Q_OBJECT
public:
    enum Side { Statement, Schema, Hints, Solution, History, Discussion };

    explicit Workspace(QWidget *parent = nullptr);

    void open(const session::OpenedProblem &opened);
    const session::OpenedProblem &opened() const { return m_opened; }
    /// The problem was solved or given up meanwhile.
    void setStanding(session::ProblemStatus status, bool gaveUp);
    void openNextHint();
    /// Puts the given text back into the problem's editor; undoable.
    void startAgain();
    void showSide(Side side);
    void showDiagram();

    EditorPane *editorPane() const { return m_editorPane; }
    widgets::SqlEditor *editor() const;
    /// What the editor shows: the problem's id, or a scratch text's name.
    QString document() const;
    void showDocument(const QString &scratch);
    /// Whose rows a run sees: a test's id, or empty for the sample data.
    const QString &testData() const { return m_testData; }
    void showTestData(const QString &testId);
    ResultsPane *results() const { return m_results; }
    ProblemMarks *marks() const { return m_marks; }
    /// Made when it is asked for.
    HistoryView *history();

    QByteArray saveLayout() const;
    void restoreLayout(const QByteArray &state);
    /// The width at which the names of all pages are whole, the problem's and the results'.
    int roomForTabs() const;
    /// The sizes of a fresh workspace of this width.
    void layOutFor(int width);
    /// Puts what the page shows onto it.
    void fill(int side, QWidget *content);
    /// Makes the pages that nobody has asked for yet.
    void complete();

signals:
    void hintOpened(int level);
    void giveUpChosen();
    void historyMade(sqlgym::screens::HistoryView *history);
    void solutionMade(sqlgym::screens::SolutionView *solution);
    /// Its page is to be filled.
    void discussionWanted();

private:
    void ensureSide(int side);

    session::OpenedProblem m_opened;
    QString m_testData;
    QSplitter *m_columns;
    QSplitter *m_rows;
    QTabWidget *m_sides;
    widgets::MarkdownView *m_statement;
    ProblemMarks *m_marks;
    SchemaView *m_schema = nullptr;
    SchemaView::Form m_schemaForm = SchemaView::Columns; ///< it starts with
    HintsView *m_hints = nullptr;
    SolutionView *m_solution = nullptr;
    HistoryView *m_history = nullptr;
    EditorPane *m_editorPane;
    ResultsPane *m_results;
};

} // namespace sqlgym::screens
