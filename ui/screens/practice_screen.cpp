#include "screens/practice_screen.h"

#include "base/text_position.h"
#include "models/labels.h"
#include "screens/discussion_desk.h"
#include "screens/editor_help.h"
#include "screens/editor_pane.h"
#include "screens/history_view.h"
#include "screens/marks_desk.h"
#include "screens/problem_panel.h"
#include "screens/results_pane.h"
#include "screens/scratch_tabs.h"
#include "screens/workspace.h"
#include "session/attempt_record.h"
#include "widgets/notice_bar.h"
#include "widgets/sql_editor.h"

#include <QtCore/QDataStream>
#include <QtCore/QIODevice>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QSplitter>

#include <algorithm>
#include <cctype>

namespace sqlgym::screens {

using session::ProblemStatus;

namespace {

constexpr int kLeastList = 236;                                    ///< pixels
constexpr int kLeastListCharacters = 36, kMostListCharacters = 45; ///< of the problem list's width
constexpr int kLeastWorkspace = 600;
constexpr int kArrivingMs = 50;    ///< until a pasted text is looked at once more
constexpr int kDraftDelayMs = 600; ///< with the write itself, well within the two seconds that may be lost

bool isBlank(const QByteArray &sql)
{
    return std::ranges::all_of(sql, [](char c) { return std::isspace(static_cast<unsigned char>(c)) != 0; });
}

} // namespace

PracticeScreen::PracticeScreen(session::Store &store, session::EngineRoom &engines, QWidget *parent)
    : QWidget(parent), m_store(store), m_engines(engines), m_splitter(new QSplitter(Qt::Horizontal, this)),
      m_panel(new ProblemPanel), m_workspace(new Workspace),
      m_marks(new MarksDesk(store, *m_workspace->marks(), *m_panel, this)),
      m_discussion(new DiscussionDesk(store, *this))
{
    m_splitter->setChildrenCollapsible(false);
    m_splitter->addWidget(m_panel);
    m_splitter->addWidget(m_workspace);
    m_splitter->setStretchFactor(0, 0);
    m_splitter->setStretchFactor(1, 1);
    auto *all = new QHBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->addWidget(m_splitter);
    layOutFor(1280);
    // Counted from the first key, not the last: what is typed is never older than this when it goes to the store.
    m_draftTimer.setSingleShot(true);
    connect(&m_draftTimer, &QTimer::timeout, this, [this] {
        if (m_workspace->editor()->isArriving()) {
            m_draftTimer.start(kArrivingMs);
            return;
        }
        keepDraft();
        m_store.flushDrafts();
    });
    connectStore();
    connectEngines();
    connectWorkspace();
}

void PracticeScreen::connectStore()
{
    using session::Store;
    connect(&m_store, &Store::problemOpened, this, &PracticeScreen::onOpened);
    connect(&m_store, &Store::problemMissing, this, [this](const QString &slug, const session::Notice &notice) {
        m_workspace->results()->showNotice(notice.title, tr("%1 (%2)").arg(notice.text, slug), true);
    });
    connect(&m_store, &Store::catalogueChanged, this, [this](const session::CatalogueState &state) {
        m_panel->setEntries(state.entries);
        // Unless one is on its way already.
        if (m_wanted.isEmpty() && !state.entries.empty())
            openProblem(state.entries.front().slug);
    });
    connect(&m_store, &Store::standingChanged, this, [this](const QString &slug, ProblemStatus status) {
        m_panel->setStatus(slug, status);
        if (slug == openSlug())
            m_workspace->setStanding(status, false);
    });
    connect(&m_store, &Store::gaveUp, this, [this](const QString &slug) {
        if (slug == openSlug())
            m_workspace->setStanding(m_workspace->opened().status, true);
    });
    connect(
        &m_store, &Store::submitted, this,
        [this](session::JobId job, const QString &, const session::SubmitResult &result) { onSubmitted(job, result); });
}

void PracticeScreen::connectEngines()
{
    using session::EngineRoom;
    connect(&m_engines, &EngineRoom::busyChanged, this,
            [this](bool busy) { m_workspace->editorPane()->setBusy(busy); });
    connect(&m_engines, &EngineRoom::outcome, this, &PracticeScreen::onOutcome);
    connect(&m_engines, &EngineRoom::firstRows, this, [this](session::JobId job, const session::FirstRowsPtr &rows) {
        if (job == m_asked.job)
            m_workspace->results()->showFirstRows(rows);
    });
    connect(&m_engines, &EngineRoom::verdict, this, &PracticeScreen::onVerdict);
    connect(&m_engines, &EngineRoom::confirmed, this, &PracticeScreen::onConfirmed);
    connect(&m_engines, &EngineRoom::tested, this, [this](session::JobId job, int done, int total) {
        if (job == m_asked.job && done < total)
            m_workspace->results()->showBusy(tr("Checking: %1 of %2 tests\u2026").arg(done).arg(total));
    });
}

void PracticeScreen::connectWorkspace()
{
    connect(m_panel, &ProblemPanel::problemChosen, this, &PracticeScreen::openProblem);
    auto *pane = m_workspace->editorPane();
    connect(pane, &EditorPane::runClicked, this, &PracticeScreen::runStatement);
    connect(pane, &EditorPane::checkClicked, this, &PracticeScreen::check);
    connect(pane, &EditorPane::submitClicked, this, &PracticeScreen::submit);
    connect(pane, &EditorPane::cancelClicked, this, &PracticeScreen::cancel);
    connect(m_workspace->results(), &ResultsPane::cancelRequested, this, &PracticeScreen::cancel);
    connect(m_workspace->results(), &ResultsPane::testDataWanted, m_workspace, &Workspace::showTestData);
    connect(m_workspace->results(), &ResultsPane::nextWanted, this, [this] { openNeighbour(1); });
    connect(m_workspace->editor(), &widgets::SqlEditor::edited, this, [this] {
        if (!m_draftTimer.isActive())
            m_draftTimer.start(kDraftDelayMs);
        if (!m_warm) {
            m_warm = true;
            m_engines.warmUp(true);
        }
    });
    auto *tabs = pane->tabs();
    connect(tabs, &ScratchTabs::documentChosen, this, &PracticeScreen::onDocumentChosen);
    connect(tabs, &ScratchTabs::openChanged, &m_store, &session::Store::keepOpenScratch);
    connect(&m_store, &session::Store::scratchRead, tabs, &ScratchTabs::setTexts);
    connect(m_workspace, &Workspace::hintOpened, this,
            [this](int level) { m_store.useHint(QString::fromStdString(m_workspace->opened().problem->id), level); });
    connect(m_workspace, &Workspace::giveUpChosen, this, [this] { m_store.giveUp(m_workspace->opened().problem); });
    connect(m_workspace, &Workspace::historyMade, this, &PracticeScreen::connectHistory);
}

void PracticeScreen::connectHistory(HistoryView *history)
{
    using session::Store;
    connect(history, &HistoryView::pageWanted, &m_store, &Store::readAttempts);
    connect(history, &HistoryView::textsWanted, &m_store, &Store::readAttemptTexts);
    connect(&m_store, &Store::attemptsRead, history, &HistoryView::setPage);
    connect(&m_store, &Store::attemptTextsRead, history, &HistoryView::setTexts);
    connect(&m_store, &Store::attemptsChanged, history, &HistoryView::setStale);
    connect(history, &HistoryView::putIntoEditor, this,
            [this] { emit statusMessage(tr("The attempt is in the editor. Ctrl+Z brings your text back.")); });
}

void PracticeScreen::onDocumentChosen(const QString &scratch)
{
    keepDraft(); // of the text that was in front until now
    m_workspace->showDocument(scratch);
    m_shownDocument = m_workspace->document();
    m_workspace->results()->putVerdictAside();
    if (scratch.isEmpty() && m_asked.verdict)
        showVerdict();
}

bool PracticeScreen::scratchRefused()
{
    auto *tabs = m_workspace->editorPane()->tabs();
    if (tabs->current().isEmpty())
        return false;
    auto *results = m_workspace->results();
    results->showNotice(tr("A scratch tab is not judged."), tr("Your answer is in the tab \u201CProblem\u201D."),
                        false);
    results->verdictBar()->addButton(tr("Go there"), this, [tabs] { tabs->setCurrentIndex(0); });
    return true;
}

void PracticeScreen::openScratch(const QString &sql)
{
    m_workspace->editorPane()->tabs()->addNew(sql);
    keepDraft();
    m_store.flushDrafts();
    focusEditor();
}

void PracticeScreen::showHistory()
{
    m_workspace->showSide(Workspace::History);
    m_workspace->history()->setFocus();
}

void PracticeScreen::openProblem(const QString &slug)
{
    if (slug.isEmpty())
        return;
    if (slug == openSlug()) {
        focusEditor();
        return;
    }
    if (submissionRuns())
        return;
    keepDraft();
    m_engines.leave();
    m_wanted = slug;
    m_store.openProblem(slug);
}

QString PracticeScreen::openSlug() const
{
    const auto &problem = m_workspace->opened().problem;
    return problem ? QString::fromStdString(problem->slug) : QString();
}

void PracticeScreen::onOpened(const session::OpenedProblem &opened)
{
    const bool first = !m_workspace->opened().problem;
    m_asked = {};
    m_workspace->open(opened);
    m_shownDocument = m_workspace->document();
    m_panel->setCurrent(openSlug());
    m_marks->setProblem(QString::fromStdString(opened.problem->id), openSlug());
    if (const auto last = m_checked.find(opened.problem->id); last != m_checked.end()) {
        m_asked = last->second;
        showVerdict();
    }
    if (!first || isVisible())
        focusEditor();
    emit problemShown(openSlug(), models::fromUtf8(opened.problem->title));
}

void PracticeScreen::openNeighbour(int step)
{
    const QString slug = m_panel->neighbour(openSlug(), step);
    if (slug.isEmpty())
        emit statusMessage(step > 0 ? tr("This is the last problem in the list.")
                                    : tr("This is the first problem in the list."));
    openProblem(slug);
}

void PracticeScreen::runStatement()
{
    m_workspace->editorPane()->help()->withPiece(
        [this](const widgets::SqlEditor::Piece &piece) { run(piece.sql, piece.byteBegin); });
}

void PracticeScreen::runAll() { run(m_workspace->editor()->utf8(), 0); }

void PracticeScreen::run(const QByteArray &sql, int byteBegin)
{
    const auto &problem = m_workspace->opened().problem;
    if (!problem || submissionRuns())
        return;
    if (isBlank(sql)) {
        m_workspace->results()->showNotice(tr("Nothing to run."), tr("Write a query first, then press Ctrl+Enter."),
                                           false);
        return;
    }
    m_workspace->editor()->clearError();
    const std::string testId = m_workspace->testData().toStdString();
    m_asked = {Kind::Run, m_engines.run(problem, sql, testId), problem, sql, byteBegin, m_workspace->document(), {}, {},
               {}};
    const auto test = std::ranges::find(problem->tests, testId, &content::TestCase::id);
    m_asked.data = test == problem->tests.end() ? QString() : models::fromUtf8(test->name);
    m_workspace->results()->showBusy(tr("Running\u2026"));
}

void PracticeScreen::check() { judge(Kind::Check); }

void PracticeScreen::submit() { judge(Kind::Submit); }

void PracticeScreen::judge(Kind kind)
{
    if (scratchRefused())
        return;
    m_workspace->editorPane()->help()->withPiece(
        [this, kind](const widgets::SqlEditor::Piece &piece) { judge(kind, piece); });
}

void PracticeScreen::judge(Kind kind, const widgets::SqlEditor::Piece &piece)
{
    const auto &problem = m_workspace->opened().problem;
    if (!problem || submissionRuns())
        return;
    if (isBlank(piece.sql)) {
        m_workspace->results()->showNotice(tr("Nothing to check."), tr("Write a query first."), false);
        return;
    }
    m_workspace->editor()->clearError();
    const auto waiting =
        kind == Kind::Submit ? session::EngineRoom::Waiting::UntilConfirmed : session::EngineRoom::Waiting::Short;
    m_asked = {kind,
               m_engines.check(problem, piece.sql, waiting),
               problem,
               piece.sql,
               piece.byteBegin,
               m_workspace->document(),
               {},
               {},
               {}};
    m_workspace->results()->showBusy(kind == Kind::Submit ? tr("Judging your submission\u2026") : tr("Checking\u2026"));
}

void PracticeScreen::cancel()
{
    if (m_asked.kind == Kind::Submit && m_engines.busy())
        m_asked.kind = Kind::Check; // judged perhaps, but not handed in
    m_engines.cancel();
    m_workspace->results()->giveUpComparing();
}

bool PracticeScreen::submissionRuns()
{
    const bool runs = m_asked.kind == Kind::Submit && m_engines.busy();
    if (runs)
        emit statusMessage(tr("Your submission is being judged. Ctrl+. cancels it."));
    return runs;
}

void PracticeScreen::markErrorOf(const base::Diagnostic &diagnostic)
{
    if (diagnostic.position <= 0 || m_asked.document != m_workspace->document())
        return;
    const std::string_view sql(m_asked.sql.constData(), static_cast<std::size_t>(m_asked.sql.size()));
    m_workspace->editor()->markError(m_asked.byteBegin + static_cast<int>(base::byteOffset(sql, diagnostic.position)));
}

void PracticeScreen::onOutcome(session::JobId job, const session::OutcomePtr &outcome)
{
    if (job != m_asked.job)
        return;
    m_workspace->results()->showOutcome(outcome, m_asked.sql.toStdString(), m_asked.data);
    if (outcome->status == sandbox::Status::Error)
        markErrorOf(outcome->diagnostic);
    m_store.addAttempt(session::runAttempt(*m_asked.problem, m_asked.sql, *outcome));
}

void PracticeScreen::onVerdict(session::JobId job, const session::VerdictPtr &verdict)
{
    if (job != m_asked.job)
        return;
    m_asked.verdict = verdict;
    showVerdict();
    if (verdict->firstFailed >= 0 && verdict->firstFailed < static_cast<int>(verdict->tests.size()))
        markErrorOf(verdict->tests[static_cast<std::size_t>(verdict->firstFailed)].diagnostic);
    if (m_asked.kind == Kind::Submit) {
        m_store.submit(job, m_asked.problem, m_asked.sql, verdict);
        return;
    }
    m_checked[m_asked.problem->id] = m_asked;
    m_store.addAttempt(session::checkAttempt(*m_asked.problem, m_asked.sql, *verdict));
}

void PracticeScreen::onConfirmed(session::JobId job, const session::VerdictPtr &verdict, const QByteArray &caseJson)
{
    const auto kept = std::ranges::find_if(m_checked, [job](const auto &each) { return each.second.job == job; });
    Asked *asked = kept != m_checked.end() ? &kept->second : job == m_asked.job ? &m_asked : nullptr;
    if (!asked)
        return;
    const bool news = verdict != asked->verdict;
    const bool turned = asked->verdict && verdict->correct != asked->verdict->correct;
    asked->verdict = verdict;
    asked->caseJson = caseJson;
    if (!caseJson.isEmpty())
        m_store.addAttempt(session::contradictedAttempt(*asked->problem, asked->sql, *verdict, caseJson));
    if (job == m_asked.job) {
        m_asked = *asked;
        if (news || !caseJson.isEmpty())
            showVerdict();
    } else if (asked->problem != m_workspace->opened().problem) {
        const QString title = models::fromUtf8(asked->problem->title);
        emit statusMessage(turned
                               ? tr("PostgreSQL came to another verdict on \u201C%1\u201D: open it to see.").arg(title)
                               : tr("PostgreSQL has confirmed your check of \u201C%1\u201D.").arg(title));
    }
}

void PracticeScreen::showVerdict(const QString &extra)
{
    if (m_asked.document != m_workspace->document()) {
        emit statusMessage(tr("The verdict on your answer is in the tab \u201CProblem\u201D."));
        return;
    }
    auto *results = m_workspace->results();
    results->showVerdict(m_asked.verdict, m_asked.sql.toStdString(), m_asked.kind == Kind::Submit, extra);
    if (!m_asked.caseJson.isEmpty())
        results->offerCase(m_asked.caseJson, QStringLiteral("sqlgym-%1.json").arg(openSlug()));
}

void PracticeScreen::onSubmitted(session::JobId job, const session::SubmitResult &result)
{
    if (job != m_asked.job || !m_asked.verdict)
        return;
    QStringList words;
    if (!result.notice.isEmpty())
        words << result.notice.title + u' ' + result.notice.text;
    else if (!result.stored)
        words << tr("It was not stored.");
    if (result.experienceEarned > 0)
        words << tr("+%1 XP.").arg(result.experienceEarned);
    for (const auto &badge : result.badges)
        words << tr("Badge earned: %1.").arg(badge.name);
    if (m_asked.verdict->correct)
        words << tr("Next problem: Alt+Right.");
    if (!result.stored)
        m_asked.kind = Kind::Check;
    m_checked[m_asked.problem->id] = m_asked;
    showVerdict(words.join(u' '));
}

void PracticeScreen::openNextHint()
{
    if (m_workspace->opened().problem)
        m_workspace->openNextHint();
}

void PracticeScreen::stepDifference(int step)
{
    if (!m_workspace->results()->stepDifference(step))
        emit statusMessage(tr("There is no difference to show: check a query first (Ctrl+Shift+Enter)."));
}

void PracticeScreen::swapFocus()
{
    if (m_workspace->editor()->hasFocus())
        m_workspace->results()->focusPage();
    else
        focusEditor();
}

void PracticeScreen::focusEditor() { m_workspace->editor()->setFocus(Qt::OtherFocusReason); }

void PracticeScreen::setPanelVisible(bool visible) { m_panel->setVisible(visible); }

bool PracticeScreen::isPanelVisible() const { return !m_panel->isHidden(); }

void PracticeScreen::keepDraft()
{
    m_draftTimer.stop();
    const auto &problem = m_workspace->opened().problem;
    if (!problem)
        return;
    auto *editor = m_workspace->editor();
    m_store.keepDraft(m_shownDocument.isEmpty() ? m_workspace->document() : m_shownDocument, editor->utf8(),
                      editor->cursorUtf16(), editor->firstLine());
}

QByteArray PracticeScreen::saveLayout() const
{
    QByteArray bytes;
    QDataStream stream(&bytes, QIODevice::WriteOnly);
    stream << m_splitter->saveState() << m_workspace->saveLayout() << isPanelVisible();
    return bytes;
}

void PracticeScreen::restoreLayout(const QByteArray &state)
{
    QDataStream stream(state);
    QByteArray splitter, workspace;
    bool panel = true;
    stream >> splitter >> workspace >> panel;
    if (stream.status() != QDataStream::Ok)
        return;
    m_splitter->restoreState(splitter);
    m_workspace->restoreLayout(workspace);
    setPanelVisible(panel);
}

void PracticeScreen::layOutFor(int width)
{
    setPanelVisible(true);
    const int character = fontMetrics().averageCharWidth();
    const int least = std::max(kLeastList, std::min(kLeastListCharacters * character, width * 3 / 10));
    const int usual = std::clamp(width / 5, least, std::max(least, kMostListCharacters * character));
    // The names of the pages come first: a problem's name is cut, and whole in its tooltip.
    const int list = std::min(usual, std::max(kLeastList, width - m_workspace->roomForTabs()));
    const int workspace = std::max(width - list, kLeastWorkspace);
    m_splitter->setSizes({list, workspace});
    m_workspace->layOutFor(workspace);
}

void PracticeScreen::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (m_workspace->opened().problem)
        focusEditor();
}

} // namespace sqlgym::screens
