#include "screens/results_pane.h"

#include "models/labels.h"
#include "screens/pinned_page.h"
#include "screens/save_case.h"
#include "screens/table_page.h"
#include "screens/tests_page.h"
#include "screens/verdict_text.h"
#include "widgets/icons.h"
#include "widgets/notice_bar.h"
#include "widgets/result_grid.h"
#include "widgets/theme.h"

#include <QtCore/QTime>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QStyle>
#include <QtWidgets/QTabWidget>
#include <QtWidgets/QToolButton>

namespace sqlgym::screens {

using models::fromUtf8;

namespace {

constexpr int kBusyAfterMs = 150;

models::TablePtr expectedTable(const content::ExpectedOutput &expected)
{
    auto table = std::make_shared<sandbox::ResultTable>();
    for (const auto &column : expected.columns)
        table->columns.push_back({column.name, column.type});
    for (const auto &row : expected.rows) {
        for (const auto &cell : row)
            table->append(cell ? sandbox::ResultTable::Cell(*cell) : std::nullopt);
    }
    return table;
}

QWidget *emptyPage()
{
    auto *page = new QWidget;
    auto *box = new QVBoxLayout(page);
    box->setContentsMargins(0, 0, 0, 0);
    return page;
}

} // namespace

ResultsPane::ResultsPane(QWidget *parent)
    : QWidget(parent), m_verdictBar(new widgets::NoticeBar(this)), m_tabs(new QTabWidget(this)),
      m_results(new TablePage(tr("Results"), tr("Run a query (Ctrl+Enter) to see its rows here."), this)),
      m_pin(new QToolButton)
{
    m_results->setOrderable();
    m_pin->setIcon(widgets::icon("pin"));
    m_pin->setAutoRaise(true);
    m_pin->setFocusPolicy(Qt::StrongFocus);
    m_pin->setAccessibleName(tr("Pin the result"));
    m_pin->setToolTip(tr("Pin the result (F9): it stays in a tab of its own, to be compared with the next"));
    m_pin->setEnabled(false);
    m_results->addTableAction(m_pin);
    connect(m_pin, &QToolButton::clicked, this, &ResultsPane::pinResult);
    m_verdictBar->setAccessibleName(tr("Verdict"));
    m_busyTimer.setSingleShot(true);
    m_busyTimer.setInterval(kBusyAfterMs);
    connect(&m_busyTimer, &QTimer::timeout, this, [this] { setBar(widgets::NoticeKind::Busy, m_busyWords); });
    m_tabs->setAccessibleName(tr("Output"));
    m_tabs->setDocumentMode(true);
    m_tabs->addTab(m_results, tr("Results"));
    m_tabs->addTab(emptyPage(), tr("Expected"));
    m_tabs->addTab(emptyPage(), tr("Difference"));
    m_tabs->addTab(emptyPage(), tr("Tests"));
    m_tabs->addTab(emptyPage(), tr("Messages"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_verdictBar);
    column->addWidget(m_tabs, 1);
    connect(m_tabs, &QTabWidget::currentChanged, this, &ResultsPane::ensurePage);
    connect(m_results, &TablePage::cancelRequested, this, &ResultsPane::cancelRequested);
}

void ResultsPane::fill(int index, QWidget *content)
{
    QWidget *page = m_tabs->widget(index);
    page->layout()->addWidget(content);
    page->setFocusProxy(content);
}

void ResultsPane::ensurePage(int index)
{
    switch (index) {
    case Expected:
        expectedPage();
        break;
    case Difference:
        differencePage();
        break;
    case Tests:
        testsPage();
        break;
    case Messages:
        messagesPage();
        break;
    default:
        break;
    }
}

void ResultsPane::complete()
{
    m_results->grid();
    for (int page = Expected; page <= Messages; ++page)
        ensurePage(page);
    setGridZoom(m_gridZoom);
}

TablePage *ResultsPane::expectedPage()
{
    if (m_expected)
        return m_expected;
    m_expected = new TablePage(tr("Expected output"), tr("Open a problem to see what it expects."));
    m_expectedChoice = new QComboBox(m_expected);
    m_expectedChoice->setAccessibleName(tr("Test whose output is shown"));
    m_expectedChoice->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_expectedChoice->setMinimumContentsLength(14);
    m_expected->addToCaption(m_expectedChoice);
    fill(Expected, m_expected);
    connect(m_expectedChoice, &QComboBox::currentIndexChanged, this,
            [this] { showExpected(m_expectedChoice->currentData().toInt()); });
    fillExpectedChoice();
    return m_expected;
}

DifferencePage *ResultsPane::differencePage()
{
    if (m_difference)
        return m_difference;
    m_difference = new DifferencePage;
    fill(Difference, m_difference);
    connect(m_difference, &DifferencePage::testDataWanted, this, &ResultsPane::testDataWanted);
    if (m_verdict)
        m_difference->setVerdict(m_verdict, m_opened.unlocked());
    return m_difference;
}

TestsPage *ResultsPane::testsPage()
{
    if (m_tests)
        return m_tests;
    m_tests = new TestsPage;
    connect(m_tests, &QTableView::activated, this, [this](const QModelIndex &index) {
        differencePage()->showTest(index.row());
        showPage(Difference);
    });
    fill(Tests, m_tests);
    if (m_verdict)
        m_tests->setVerdict(m_verdict);
    return m_tests;
}

QPlainTextEdit *ResultsPane::messagesPage()
{
    if (m_messages)
        return m_messages;
    m_messages = new QPlainTextEdit;
    m_messages->setReadOnly(true);
    m_messages->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_messages->setAccessibleName(tr("Messages"));
    m_messages->setFrameShape(QFrame::NoFrame);
    m_messages->setTabChangesFocus(true);
    m_messages->setPlaceholderText(tr("Errors and notes about what ran appear here."));
    m_messages->document()->setDocumentMargin(widgets::space::m);
    const auto takeFont = [this] { m_messages->setFont(widgets::monospaceFont()); };
    takeFont();
    connect(&widgets::Theme::instance(), &widgets::Theme::changed, m_messages, takeFont);
    fill(Messages, m_messages);
    return m_messages;
}

/// Characters in a line of the page.
int ResultsPane::messageColumns()
{
    const int room = m_tabs->width() - 2 * widgets::space::m - m_tabs->style()->pixelMetric(QStyle::PM_ScrollBarExtent);
    return static_cast<int>(room / std::max(1.0, QFontMetricsF(messagesPage()->font()).horizontalAdvance(u'0')));
}

void ResultsPane::setProblem(const session::OpenedProblem &opened)
{
    if (m_pinned && (!m_opened.problem || m_opened.problem->id != opened.problem->id))
        unpin();
    m_opened = opened;
    putVerdictAside();
    setWholeResult(false, {});
    m_results->setWords(tr("Run a query (Ctrl+Enter) to see its rows here."));
    if (m_expected)
        fillExpectedChoice();
    if (m_messages)
        m_messages->clear();
    if (currentPage() != Expected)
        showPage(Results);
}

void ResultsPane::putVerdictAside()
{
    m_verdict.reset();
    hideBar();
    if (m_difference)
        m_difference->clear();
    if (m_tests)
        m_tests->setVerdict({});
}

void ResultsPane::setUnlocked(bool unlocked)
{
    m_opened.gaveUp = m_opened.gaveUp || unlocked;
    if (m_expected)
        fillExpectedChoice();
}

void ResultsPane::fillExpectedChoice()
{
    const QSignalBlocker quiet(m_expectedChoice);
    m_expectedChoice->clear();
    if (!m_opened.problem)
        return;
    const auto &tests = m_opened.problem->tests;
    for (std::size_t i = 0; i < tests.size(); ++i) {
        if (!tests[i].hidden || m_opened.unlocked())
            m_expectedChoice->addItem(fromUtf8(tests[i].name), static_cast<int>(i));
    }
    showExpected(m_expectedChoice->currentData().toInt());
}

void ResultsPane::showExpected(int testIndex)
{
    if (!m_opened.problem || m_expectedChoice->count() == 0)
        return;
    const auto &test = m_opened.problem->tests[static_cast<std::size_t>(testIndex)];
    const QString where = test.input.empty() ? tr("on the sample data") : tr("on this test's own data");
    m_expected->setTable(expectedTable(test.expected),
                         tr("%1 expected, %2").arg(models::rowCountLabel(test.expected.rows.size()), where));
}

void ResultsPane::showBusy(const QString &words)
{
    m_busyWords = words;
    if (!m_busyTimer.isActive())
        m_busyTimer.start();
}

void ResultsPane::setBar(widgets::NoticeKind kind, const QString &title, const QString &text)
{
    m_busyTimer.stop();
    m_verdictBar->setNotice(kind, title, text);
}

void ResultsPane::hideBar()
{
    m_busyTimer.stop();
    m_verdictBar->hide();
}

void ResultsPane::showFirstRows(const std::shared_ptr<const sandbox::ResultTable> &rows)
{
    m_results->setTable(
        rows, tr("The first %1 \u00B7 the rest is on its way\u2026").arg(models::rowCountLabel(rows->rowCount())));
    setWholeResult(false, {});
    showPage(Results);
}

void ResultsPane::showOutcome(const std::shared_ptr<const sandbox::Outcome> &outcome, const std::string &sql,
                              const QString &testName)
{
    hideBar();
    const QString by = models::engineLabel(outcome->by);
    const QString time = models::durationLabel(outcome->elapsedUs);
    setWholeResult(false, {});
    if (outcome->status != sandbox::Status::Ok) {
        const QString text = outcomeText(*outcome, sql, messageColumns());
        m_results->setWords(tr("No result. %1").arg(text.section(u'\n', 0, 0)));
        messagesPage()->setPlainText(text);
        showPage(Messages);
        return;
    }
    const bool rows = outcome->table.columnCount() > 0 || outcome->table.rowCount() > 0;
    QString caption = tr("%1 \u00B7 %2 \u00B7 %3").arg(models::rowCountLabel(outcome->table.rowCount()), time, by);
    if (!testName.isEmpty())
        caption += tr(" \u00B7 on the rows of test \u201C%1\u201D").arg(testName);
    if (outcome->truncated)
        caption += tr(" \u00B7 cut here: there are more rows");
    if (outcome->dependsOnOrder)
        caption += tr(" \u00B7 which rows, or their order, is left to chance");
    if (rows) {
        m_results->setTable(models::TablePtr(outcome, &outcome->table), caption);
        setWholeResult(true, sql);
    } else
        m_results->setWords(tr("%1 \u00B7 %2 \u00B7 %3").arg(fromUtf8(outcome->commandTag), time, by));
    QString note = tr("%1 in %2, by the %3.").arg(fromUtf8(outcome->commandTag), time, by);
    if (outcome->by == sandbox::Engine::Postgres)
        note = tr("%1 in %2, by PostgreSQL on this computer.").arg(fromUtf8(outcome->commandTag), time);
    if (!outcome->feature.empty())
        note += u'\n' + tr("The embedded engine does not do this yet: %1.").arg(models::beginningOf(outcome->feature));
    messagesPage()->setPlainText(models::beginningOf(sql).trimmed() + QStringLiteral("\n\n") + note);
    showPage(Results);
}

void ResultsPane::showVerdict(const VerdictPtr &verdict, const std::string &sql, bool submitted, const QString &extra)
{
    m_verdict = verdict;
    const VerdictWords words = verdictWords(*verdict, submitted);
    setBar(words.kind, words.title, extra.isEmpty() ? words.text : words.text + u' ' + extra);
    if (verdict->correct && submitted)
        m_verdictBar->addButton(tr("Next problem"), this, [this] { emit nextWanted(); });
    if (m_difference || !verdict->correct)
        differencePage()->setVerdict(verdict, m_opened.unlocked());
    testsPage()->setVerdict(verdict);
    if (m_messages || verdict->firstFailed >= 0)
        messagesPage()->setPlainText(words.title + QStringLiteral(": ") + words.text);
    if (verdict->firstFailed >= 0 && verdict->firstFailed < static_cast<int>(verdict->tests.size())) {
        m_tests->selectRow(verdict->firstFailed);
        const auto &failed = verdict->tests[static_cast<std::size_t>(verdict->firstFailed)];
        if (failed.outcome == grading::Outcome::Error)
            messagesPage()->setPlainText(diagnosticWithLine(failed.diagnostic, sql, messageColumns()));
        const bool rows = !failed.difference.lines.empty();
        showPage(failed.outcome == grading::Outcome::Error ? Messages : rows ? Difference : Tests);
    } else {
        showPage(Tests);
    }
}

void ResultsPane::showNotice(const QString &title, const QString &text, bool warning)
{
    setBar(warning ? widgets::NoticeKind::Warning : widgets::NoticeKind::Info, title, text);
}

void ResultsPane::offerCase(const QByteArray &caseJson, const QString &fileName)
{
    m_verdictBar->addButton(tr("Save the case\u2026"), this,
                            [this, caseJson, fileName] { saveCase(caseJson, fileName, this); });
}

void ResultsPane::showPage(Page page) { m_tabs->setCurrentIndex(page); }

ResultsPane::Page ResultsPane::currentPage() const { return static_cast<Page>(m_tabs->currentIndex()); }

void ResultsPane::focusPage()
{
    switch (currentPage()) {
    case Results:
        m_results->grid()->isVisible() ? m_results->grid()->setFocus() : m_tabs->setFocus();
        break;
    case Expected:
        expectedPage()->grid()->setFocus();
        break;
    case Difference:
        differencePage()->grid()->isVisible() ? differencePage()->grid()->setFocus() : m_tabs->setFocus();
        break;
    case Tests:
        testsPage()->setFocus();
        break;
    case Messages:
        messagesPage()->setFocus();
        break;
    case Pinned:
        m_pinned->focusRows();
        break;
    }
}

bool ResultsPane::stepDifference(int step)
{
    if (!m_verdict)
        return false;
    const bool first = currentPage() != Difference;
    showPage(Difference);
    if (!differencePage()->step(first ? 0 : step))
        return false;
    focusPage();
    return true;
}

TablePage *ResultsPane::tableInFront()
{
    if (currentPage() != Expected && currentPage() != Pinned)
        showPage(Results);
    return currentPage() == Expected ? expectedPage() : currentPage() == Pinned ? m_pinned->rows() : m_results;
}

void ResultsPane::inspect(bool column) { tableInFront()->inspect(column ? Inspector::Column : Inspector::Cell); }

void ResultsPane::exportTable()
{
    TablePage *page = tableInFront();
    if (page == m_results && !m_whole)
        showNotice(tr("Nothing to export."), tr("Run a query first (Ctrl+Enter) and wait for all its rows."), false);
    else
        page->exportRows();
}

void ResultsPane::setWholeResult(bool whole, const std::string &sql)
{
    m_whole = whole;
    m_resultSql = fromUtf8(sql);
    m_pin->setEnabled(whole);
}

void ResultsPane::pinResult()
{
    if (!m_whole)
        return;
    if (!m_pinned) {
        m_pinned = new PinnedPage;
        m_tabs->insertTab(Pinned, m_pinned, tr("Pinned"));
        connect(m_pinned, &PinnedPage::compareAsked, this, &ResultsPane::compareWithPinned);
        connect(m_pinned, &PinnedPage::unpinned, this, &ResultsPane::unpin);
        connect(m_pinned, &PinnedPage::cancelRequested, this, &ResultsPane::cancelRequested);
    }
    QString format = QLocale().timeFormat(QLocale::ShortFormat);
    const QString when = QLocale().toString(QTime::currentTime(), format.remove(QStringLiteral(":ss")));
    m_pinned->pin(m_results->table(),
                  tr("%1 \u00B7 %2").arg(models::rowCountLabel(m_results->table()->rowCount()), when), m_resultSql);
    setGridZoom(m_gridZoom);
    showPage(Pinned);
}

void ResultsPane::compareWithPinned()
{
    if (!m_pinned) {
        showNotice(tr("Nothing is pinned."), tr("Pin a result first (F9); it then stays while you run others."), false);
        return;
    }
    m_pinned->compareWith(m_whole ? m_results->table() : models::TablePtr());
    showPage(Pinned);
}

void ResultsPane::giveUpComparing()
{
    if (m_pinned)
        m_pinned->giveUp();
}

void ResultsPane::unpin()
{
    m_tabs->removeTab(Pinned);
    m_pinned->deleteLater(); // asked by one of its own buttons
    m_pinned = nullptr;
}

void ResultsPane::zoomGrids(int steps)
{
    for (auto *grid : findChildren<widgets::ResultGrid *>()) {
        grid->zoom(steps);
        m_gridZoom = grid->zoomSteps();
    }
}

void ResultsPane::setGridZoom(int zoom)
{
    m_gridZoom = zoom;
    for (auto *grid : findChildren<widgets::ResultGrid *>()) {
        if (const int steps = zoom - grid->zoomSteps(); steps != 0)
            grid->zoom(steps);
    }
}

int ResultsPane::roomForTabs() const
{
    return m_tabs->tabBar()->sizeHint().width() + 8 * m_tabs->fontMetrics().averageCharWidth();
}

} // namespace sqlgym::screens
