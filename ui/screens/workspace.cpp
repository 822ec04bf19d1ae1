#include "screens/workspace.h"

#include "screens/editor_help.h"
#include "screens/editor_pane.h"
#include "screens/hints_view.h"
#include "screens/history_view.h"
#include "screens/problem_marks.h"
#include "screens/results_pane.h"
#include "screens/schema_view.h"
#include "screens/scratch_tabs.h"
#include "screens/solution_view.h"
#include "screens/statement_text.h"
#include "widgets/markdown_view.h"
#include "widgets/sql_editor.h"
#include "widgets/theme.h"

#include <QtCore/QDataStream>
#include <QtCore/QIODevice>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QSplitter>
#include <QtWidgets/QTabBar>
#include <QtWidgets/QTabWidget>

#include <algorithm>

namespace sqlgym::screens {

namespace {

constexpr int kUsualWidth = 1'000; ///< until the real one is known

QWidget *emptyPage()
{
    auto *page = new QWidget;
    auto *box = new QVBoxLayout(page);
    box->setContentsMargins(0, 0, 0, 0);
    return page;
}

} // namespace

Workspace::Workspace(QWidget *parent)
    : QWidget(parent), m_columns(new QSplitter(Qt::Horizontal, this)), m_rows(new QSplitter(Qt::Vertical)),
      m_sides(new QTabWidget), m_statement(new widgets::MarkdownView), m_marks(new ProblemMarks),
      m_editorPane(new EditorPane), m_results(new ResultsPane)
{
    m_statement->setAccessibleName(tr("Problem statement"));
    m_sides->setAccessibleName(tr("Problem pages"));
    m_sides->setDocumentMode(true);
    m_sides->addTab(emptyPage(), tr("Statement"));
    fill(Statement, m_statement);
    m_sides->widget(Statement)->layout()->setSpacing(0);
    m_sides->widget(Statement)->layout()->addWidget(m_marks);
    m_sides->addTab(emptyPage(), tr("Schema"));
    m_sides->addTab(emptyPage(), tr("Hints"));
    m_sides->addTab(emptyPage(), tr("Solution"));
    m_sides->addTab(emptyPage(), tr("History"));
    m_sides->addTab(emptyPage(), tr("Discussion"));
    m_sides->setTabVisible(Discussion, false); // until it is asked for: small windows have no room for its name
    m_sides->setMinimumWidth(200);
    m_editorPane->setMinimumHeight(120);
    m_results->setMinimumHeight(120);
    m_rows->setChildrenCollapsible(false);
    m_rows->addWidget(m_editorPane);
    m_rows->addWidget(m_results);
    m_columns->setChildrenCollapsible(false);
    m_columns->addWidget(m_sides);
    m_columns->addWidget(m_rows);
    layOutFor(kUsualWidth);
    auto *all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->addWidget(m_columns);
    m_editorPane->setEnabledForProblem(false);
    connect(m_sides, &QTabWidget::currentChanged, this, &Workspace::ensureSide);
}

widgets::SqlEditor *Workspace::editor() const { return m_editorPane->editor(); }

void Workspace::fill(int side, QWidget *content)
{
    m_sides->widget(side)->layout()->addWidget(content);
    m_sides->widget(side)->setFocusProxy(content);
}

void Workspace::ensureSide(int side)
{
    if (side == Schema && !m_schema) {
        m_schema = new SchemaView;
        fill(side, m_schema);
        connect(m_schema, &SchemaView::textChosen, this, [this](const QString &sql) { editor()->insertAtCursor(sql); });
        connect(m_schema, &SchemaView::dataChosen, this, [this](const QString &testId) { m_testData = testId; });
        m_schema->showForm(m_schemaForm);
        if (m_opened.problem)
            m_schema->setProblem(m_opened.problem);
        m_schema->setUnlocked(m_opened.unlocked());
    } else if (side == Hints && !m_hints) {
        m_hints = new HintsView;
        fill(side, m_hints);
        connect(m_hints, &HintsView::hintOpened, this, &Workspace::hintOpened);
        if (m_opened.problem)
            m_hints->setProblem(m_opened);
    } else if (side == Solution && !m_solution) {
        m_solution = new SolutionView;
        fill(side, m_solution);
        connect(m_solution, &SolutionView::giveUpChosen, this, &Workspace::giveUpChosen);
        connect(m_solution, &SolutionView::openInEditor, this, [this](const QString &sql) {
            const QString own = QString::fromUtf8(editor()->utf8()).trimmed();
            const QString gap = own.isEmpty()
                                    ? QString()
                                    : own + (own.endsWith(u';') ? QStringLiteral("\n\n") : QStringLiteral(";\n\n"));
            editor()->replaceAll(gap + sql.trimmed() + u'\n');
            editor()->setFocus();
        });
        emit solutionMade(m_solution);
        if (m_opened.problem)
            m_solution->setProblem(m_opened);
    } else if (side == History && !m_history) {
        m_history = new HistoryView(editor());
        connect(m_history, &HistoryView::putIntoEditor, this, [this](const QString &sql) {
            editor()->replaceAll(sql);
            editor()->setFocus();
        });
        emit historyMade(m_history);
        if (m_opened.problem)
            m_history->setProblem(QString::fromStdString(m_opened.problem->id));
        fill(side, m_history);
    } else if (side == Discussion && !m_sides->widget(side)->focusProxy()) {
        emit discussionWanted();
    }
}

HistoryView *Workspace::history()
{
    ensureSide(History);
    return m_history;
}

void Workspace::complete()
{
    for (int side = Schema; side <= History; ++side)
        ensureSide(side);
    m_results->complete();
}

void Workspace::open(const session::OpenedProblem &opened)
{
    const bool another = m_opened.problem && m_opened.problem->id != opened.problem->id;
    m_opened = opened;
    m_statement->setMarkdownText(statementMarkdown(opened));
    m_testData.clear();
    if (m_schema) {
        m_schema->chooseData({});
        m_schema->setUnlocked(opened.unlocked());
        m_schema->setProblem(opened.problem);
    }
    if (m_hints)
        m_hints->setProblem(opened);
    if (m_solution)
        m_solution->setProblem(opened);
    if (m_history)
        m_history->setProblem(QString::fromStdString(opened.problem->id));
    m_results->setProblem(opened);
    m_editorPane->tabs()->showProblem();
    m_editorPane->setScratch(false);
    const QString key = QString::fromStdString(opened.problem->id);
    const bool fresh = !editor()->hasDocument(key);
    m_editorPane->setEnabledForProblem(true);
    editor()->openDocument(key, opened.draft);
    m_editorPane->help()->setProblem(opened.problem);
    if (fresh) {
        editor()->setCursorUtf16(opened.cursorUtf16);
        editor()->setFirstLine(opened.firstLine);
    }
    if (another) // the first one is shown as the last start left it
        m_sides->setCurrentIndex(Statement);
}

void Workspace::startAgain()
{
    if (m_opened.starter.isEmpty())
        return;
    m_editorPane->tabs()->setCurrentIndex(0); // the problem's own
    editor()->replaceAll(m_opened.starter);
    editor()->setFocus();
}

QString Workspace::document() const
{
    const QString scratch = m_editorPane->tabs()->current();
    return !scratch.isEmpty() ? scratch : m_opened.problem ? QString::fromStdString(m_opened.problem->id) : QString();
}

void Workspace::showDocument(const QString &scratch)
{
    if (!m_opened.problem)
        return;
    const QString key = scratch.isEmpty() ? QString::fromStdString(m_opened.problem->id) : scratch;
    editor()->openDocument(key, m_editorPane->tabs()->textOf(scratch));
    m_editorPane->setScratch(!scratch.isEmpty());
    m_editorPane->help()->forget();
    editor()->setFocus();
}

void Workspace::setStanding(session::ProblemStatus status, bool gaveUp)
{
    m_opened.status = status;
    m_opened.gaveUp = m_opened.gaveUp || gaveUp;
    if (m_solution)
        m_solution->setProblem(m_opened);
    m_results->setUnlocked(m_opened.unlocked());
    if (m_schema)
        m_schema->setUnlocked(m_opened.unlocked());
}

void Workspace::openNextHint()
{
    showSide(Hints);
    m_hints->openNext();
}

void Workspace::showTestData(const QString &testId)
{
    showSide(Schema);
    m_schema->chooseData(testId);
}

void Workspace::showDiagram()
{
    showSide(Schema);
    m_schema->showForm(SchemaView::Diagram);
    m_schema->focusForm();
}

void Workspace::showSide(Side side)
{
    ensureSide(side);
    m_sides->setTabVisible(side, true);
    m_sides->setCurrentIndex(side);
}

QByteArray Workspace::saveLayout() const
{
    QByteArray bytes;
    QDataStream stream(&bytes, QIODevice::WriteOnly);
    const auto form = m_schema ? m_schema->form() : m_schemaForm;
    stream << m_columns->saveState() << m_rows->saveState() << m_sides->currentIndex() << int(form);
    return bytes;
}

void Workspace::restoreLayout(const QByteArray &state)
{
    QDataStream stream(state);
    QByteArray columns, rows;
    int side = 0;
    stream >> columns >> rows >> side;
    if (stream.status() != QDataStream::Ok)
        return;
    m_columns->restoreState(columns);
    m_rows->restoreState(rows);
    int form = 0; // which states of earlier versions do not have
    stream >> form;
    m_schemaForm = form == SchemaView::Diagram ? SchemaView::Diagram : SchemaView::Columns;
    if (m_schema)
        m_schema->showForm(m_schemaForm);
    if (side >= Statement && side <= Discussion) {
        m_sides->setTabVisible(side, true);
        m_sides->setCurrentIndex(side);
    }
}

int Workspace::roomForTabs() const
{
    return m_sides->tabBar()->sizeHint().width() + widgets::space::xs + m_columns->handleWidth() +
           m_results->roomForTabs();
}

void Workspace::layOutFor(int width)
{
    // Large letters need more room for the pages' names; the editor keeps most of the rest.
    const int wanted = std::max(width * 43 / 100,
                                std::min(m_sides->tabBar()->sizeHint().width() + widgets::space::xs, width * 11 / 20));
    const int side = std::max(std::min(wanted, width - m_results->roomForTabs()), width * 2 / 5);
    m_columns->setSizes({side, width - side});
    m_rows->setSizes({460, 380});
    m_columns->setStretchFactor(0, 2);
    m_columns->setStretchFactor(1, 3);
    m_rows->setStretchFactor(0, 1);
    m_rows->setStretchFactor(1, 1);
}

} // namespace sqlgym::screens
