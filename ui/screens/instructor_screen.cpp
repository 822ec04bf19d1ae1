#include "screens/instructor_screen.h"

#include "models/export_file.h"
#include "models/labels.h"
#include "models/submission_table_model.h"
#include "screens/attempt_timeline.h"
#include "screens/comment_thread.h"
#include "screens/export_dialog.h"
#include "screens/families_page.h"
#include "screens/problem_figures.h"
#include "screens/submission_detail.h"
#include "screens/submission_filters.h"
#include "session/server_link.h"
#include "widgets/empty_words.h"
#include "widgets/header.h"
#include "widgets/icons.h"
#include "widgets/notice_bar.h"
#include "widgets/test_delegate.h"
#include "widgets/theme.h"

#include <QtCore/QLocale>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QSplitter>
#include <QtWidgets/QTableView>

#include <algorithm>

namespace sqlgym::screens {

using models::SubmissionTableModel;
using session::AskTrouble;

namespace {

constexpr int kMostExported = 100'000;
constexpr int kTimeFrom = 640; ///< width of the list from which the milliseconds have a column

} // namespace

InstructorScreen::InstructorScreen(session::ServerLink &link, session::Store &store, session::EngineRoom &engines,
                                   QWidget *parent)
    : QWidget(parent), m_store(store), m_engines(engines), m_desk(new session::InstructorDesk(link, this)),
      m_filters(new SubmissionFilters), m_model(new SubmissionTableModel(this)), m_list(new QTableView),
      m_empty(nullptr), m_notice(new widgets::NoticeBar), m_count(new QLabel),
      m_refresh(new QPushButton(tr("Refresh"))), m_export(new QPushButton(tr("Export\u2026"))),
      m_detail(new SubmissionDetail), m_splitter(new QSplitter)
{
    using namespace widgets;
    buildList();
    m_notice->setAccessibleName(tr("Instructor notice"));
    m_notice->setClosable(true);
    auto *title = new QLabel(tr("Submissions"));
    title->setFont(textFont(TypeSize::Heading, true));
    m_count->setAccessibleName(tr("How many are shown"));
    m_refresh->setIcon(icon("sync"));
    m_refresh->setAccessibleName(tr("Refresh the submissions"));
    m_export->setIcon(icon("save"));
    m_export->setAccessibleName(tr("Export the submissions"));
    m_export->setToolTip(tr("All that the filters find, up to %1").arg(QLocale().toString(kMostExported)));
    m_export->setEnabled(false);
    auto *head = new QHBoxLayout;
    head->setContentsMargins(space::m, space::s, space::m, 0);
    head->setSpacing(space::s);
    head->addWidget(title);
    head->addWidget(m_count, 1);
    head->addWidget(m_refresh);
    head->addWidget(m_export);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->addWidget(m_list);
    m_splitter->addWidget(m_detail);
    m_splitter->setStretchFactor(0, 3);
    m_splitter->setStretchFactor(1, 2);
    m_splitter->setSizes({560, 420});
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(head);
    column->addWidget(m_filters);
    column->addWidget(m_notice);
    column->addWidget(m_splitter, 1);
    setFocusProxy(m_list);
    connect(m_filters, &SubmissionFilters::changed, this, &InstructorScreen::reload);
    connect(m_refresh, &QPushButton::clicked, this, &InstructorScreen::reload);
    connect(m_export, &QPushButton::clicked, this, &InstructorScreen::onExport);
    connectDesk();
    connectDetail();
    setLinkState(link.state());
    connect(&link, &session::ServerLink::stateChanged, this, &InstructorScreen::setLinkState);
}

void InstructorScreen::buildList()
{
    m_list->setModel(m_model);
    m_list->setAccessibleName(tr("Submissions"));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_list->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setTabKeyNavigation(false);
    m_list->setShowGrid(false);
    m_list->setWordWrap(false);
    m_list->setItemDelegate(new widgets::TestDelegate(m_list));
    m_list->setToolTip(tr("Choose two (Ctrl+click, Shift+arrows) to see what differs"));
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->verticalHeader()->setVisible(false);
    widgets::dressHeader(m_list->horizontalHeader());
    m_list->horizontalHeader()->setSectionResizeMode(SubmissionTableModel::Query, QHeaderView::Stretch);
    m_list->horizontalHeader()->setMinimumSectionSize(48);
    m_empty = new widgets::EmptyWords(m_list);
    connect(m_model, &SubmissionTableModel::pageWanted, this,
            [this] { m_desk->askPage(m_filters->filter(), m_model->next()); });
    connect(m_list->selectionModel(), &QItemSelectionModel::selectionChanged, this, &InstructorScreen::onChosen);
}

void InstructorScreen::connectDesk()
{
    using session::InstructorDesk;
    connect(m_desk, &InstructorDesk::catalogueCame, m_filters, &SubmissionFilters::setCatalogue);
    connect(m_desk, &InstructorDesk::pageCame, this, &InstructorScreen::onPage);
    connect(m_desk, &InstructorDesk::failed, this, &InstructorScreen::onFailed);
    connect(m_desk, &InstructorDesk::detailCame, m_detail, &SubmissionDetail::setDetail);
    connect(m_desk, &InstructorDesk::pairCame, m_detail, &SubmissionDetail::setPair);
    connect(m_desk, &InstructorDesk::reportCame, this,
            [this](const QString &problemId, const client::ProblemReport &report) {
                if (problemId == m_detail->problemId())
                    m_detail->figures()->setReport(report);
            });
    connect(m_desk, &InstructorDesk::familiesCame, this,
            [this](const QString &problemId, const session::Families &families) {
                if (problemId == m_detail->problemId())
                    m_detail->families()->setFamilies(families);
            });
    connect(
        m_desk, &InstructorDesk::textsCame, this,
        [this](const QString &problemId, const QString &learnerId, const std::vector<client::SubmissionText> &texts) {
            if (problemId == m_detail->problemId() && learnerId == m_detail->learnerId())
                m_detail->timeline()->setAttempts(texts, m_detail->submissionId());
        });
    connect(m_desk, &InstructorDesk::commented, this, [this](const QString &id, const AskTrouble &trouble) {
        if (id != m_detail->submissionId())
            return;
        if (trouble.kind != AskTrouble::Kind::None) {
            m_detail->comments()->setSending(false, tr("It was not sent. %1").arg(trouble.words));
            return;
        }
        m_detail->comments()->clearField();
        m_desk->askDetail(id);
    });
    connect(m_desk, &InstructorDesk::gathered, this, [this](const std::vector<client::SubmissionRow> &rows, bool more) {
        using models::CopyFormat;
        if (!m_writer)
            m_writer = std::make_unique<session::WorkerThread>(QStringLiteral("export"));
        const auto format = static_cast<CopyFormat>(m_exportFormat);
        m_writer->ask(
            [rows, format, path = m_exportPath] {
                const auto source = models::exportSource(rows, format);
                models::CopyProgress progress;
                return models::exportTo(
                    path, source,
                    {0, 0, static_cast<int>(rows.size()) - 1, static_cast<int>(source.columns.size()) - 1}, format,
                    progress);
            },
            this,
            [this, count = rows.size(), more, path = m_exportPath](const QString &trouble) {
                m_export->setEnabled(true);
                const QString written = tr("%1 written to %2.").arg(models::rowCountLabel(count), path);
                if (!trouble.isEmpty())
                    m_notice->setNotice(widgets::NoticeKind::Danger, tr("The file was not written."), trouble);
                else if (more)
                    m_notice->setNotice(widgets::NoticeKind::Warning, written,
                                        tr("There are more: filter by problem or time to get them."));
                else
                    m_notice->setNotice(widgets::NoticeKind::Success, written);
                m_notice->show();
            });
    });
}

void InstructorScreen::connectDetail()
{
    connect(m_detail, &SubmissionDetail::detailWanted, m_desk, &session::InstructorDesk::askDetail);
    connect(m_detail, &SubmissionDetail::pairWanted, m_desk, &session::InstructorDesk::askPair);
    connect(m_detail, &SubmissionDetail::pageChanged, this, &InstructorScreen::askForPage);
    connect(m_detail->comments(), &CommentThread::written, this,
            [this](const QString &id, const QString &text) { m_desk->comment(id, m_detail->submissionId(), text); });
    connect(m_detail->families(), &FamiliesPage::submissionsWanted, this, [this](const QStringList &ids) {
        QList<client::SubmissionRow> rows;
        for (const QString &id : ids) {
            client::SubmissionRow row;
            row.id = id.toStdString();
            row.problemId = m_detail->problemId().toStdString();
            rows << row;
        }
        m_detail->choose(rows);
    });
    connect(m_detail->timeline(), &AttemptTimeline::attemptShown, m_detail, &SubmissionDetail::showAttempt);
    connect(m_detail->timeline(), &AttemptTimeline::runWanted, this, &InstructorScreen::runHere);
    connect(&m_engines, &session::EngineRoom::outcome, this,
            [this](session::JobId job, const session::OutcomePtr &outcome) {
                if (job == m_job)
                    m_detail->timeline()->showOutcome(outcome);
            });
}

void InstructorScreen::activate()
{
    if (!m_loaded)
        reload();
    m_list->setFocus();
}

void InstructorScreen::setLinkState(const session::LinkState &state)
{
    const QString account = state.instructor ? state.accountId : QString();
    if (account == m_account)
        return;
    m_account = account;
    m_desk->forget();
    m_loaded = false;
    if (account.isEmpty())
        showWords(state.signedIn() ? tr("This account is not an instructor's.")
                                   : tr("You are signed out. Sign in (Ctrl+Shift+A) to see the submissions."));
    else if (isVisible())
        reload();
}

/// Instead of rows: others' rows do not stay.
void InstructorScreen::showWords(const QString &words)
{
    m_model->clear();
    m_detail->choose({});
    m_detail->families()->setWords({});
    m_familiesOf.clear();
    m_count->clear();
    m_export->setEnabled(false);
    m_empty->setWords(words);
}

void InstructorScreen::reload()
{
    m_notice->hide();
    if (m_account.isEmpty())
        return;
    if (!m_loaded)
        m_desk->askCatalogue();
    m_loaded = true;
    m_reportOf.clear();
    m_attemptsOf.clear();
    m_familiesOf.clear();
    showWords(tr("Reading the submissions\u2026"));
    m_desk->askPage(m_filters->filter(), {});
}

void InstructorScreen::onPage(const client::SubmissionPage &page, bool first)
{
    if (first)
        m_model->clear();
    m_model->addPage(page);
    const int rows = m_model->rowCount();
    const QLocale locale;
    m_count->setText(page.more ? tr("the newest %1; more come as you scroll").arg(locale.toString(rows))
                               : tr("%1 in all").arg(locale.toString(rows)));
    m_export->setEnabled(rows > 0);
    m_empty->setWords(m_filters->isEmpty() ? tr("Nobody has handed anything in yet.")
                                           : tr("No submission is like that. Clear a filter to see more."));
    if (first)
        fitColumns();
    if (first && rows > 0)
        m_list->selectionModel()->setCurrentIndex(m_model->index(0, 0),
                                                  QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
}

void InstructorScreen::onFailed(const AskTrouble &trouble, bool list)
{
    using Kind = AskTrouble::Kind;
    m_model->pageFailed();
    m_export->setEnabled(m_model->rowCount() > 0);
    if (trouble.kind == Kind::NotAllowed || trouble.kind == Kind::SignedOut) {
        m_loaded = false;
        m_desk->forget();
        showWords(trouble.words);
        return;
    }
    if (list && m_model->rowCount() == 0) {
        m_loaded = false;
        showWords(tr("The submissions could not be read."));
    }
    m_notice->setNotice(widgets::NoticeKind::Warning,
                        trouble.kind == Kind::Offline ? tr("The server cannot be reached.")
                                                      : tr("The server did not answer."),
                        trouble.words);
    m_notice->addButton(tr("Try again"), this, [this] { reload(); });
    m_notice->show();
    if (list)
        return;
    m_detail->setTrouble(trouble.words);
    if (m_detail->page() == SubmissionDetail::Families) {
        m_familiesOf.clear();
        m_detail->families()->setWords(trouble.words);
    }
}

void InstructorScreen::onChosen()
{
    QModelIndexList chosen = m_list->selectionModel()->selectedRows();
    std::ranges::sort(chosen, std::greater(), &QModelIndex::row);
    QList<client::SubmissionRow> rows;
    for (const QModelIndex &index : std::as_const(chosen).first(std::min<qsizetype>(2, chosen.size())))
        rows << m_model->row(index.row());
    m_detail->choose(rows);
}

void InstructorScreen::askForPage()
{
    const QString problem = m_detail->problemId();
    const QString learner = m_detail->learnerId();
    if (m_detail->page() == SubmissionDetail::Problem) {
        if (problem.isEmpty()) {
            m_reportOf.clear();
            m_detail->figures()->setWords(tr("Choose a submission to see its problem's figures."));
        } else if (problem != m_reportOf) {
            m_reportOf = problem;
            m_detail->figures()->setWords(tr("Reading\u2026"));
            m_desk->askReport(problem);
        }
    } else if (m_detail->page() == SubmissionDetail::Attempts) {
        const QString of = problem + u'/' + learner;
        if (problem.isEmpty() || learner.isEmpty()) {
            m_attemptsOf.clear();
            m_detail->timeline()->setWords(tr("Choose a submission to see its learner's attempts."));
        } else if (of != m_attemptsOf) {
            m_attemptsOf = of;
            m_detail->timeline()->setWords(tr("Reading\u2026"));
            m_desk->askTexts(problem, learner);
        }
    } else if (m_detail->page() == SubmissionDetail::Families) {
        if (problem.isEmpty()) {
            m_familiesOf.clear();
            m_detail->families()->setWords(tr("Choose a submission to see its problem's families."));
        } else if (problem != m_familiesOf) {
            m_familiesOf = problem;
            m_detail->families()->setWords(tr("Reading\u2026"));
            m_desk->askFamilies(problem);
        }
    }
}

void InstructorScreen::onExport()
{
    askForExport(this, QStringLiteral("submissions.csv"), [this](const QString &path, models::CopyFormat format) {
        m_exportPath = path;
        m_exportFormat = static_cast<int>(format);
        m_export->setEnabled(false);
        m_notice->setNotice(widgets::NoticeKind::Busy, tr("Reading what is to be written\u2026"));
        m_notice->show();
        m_desk->gather(m_filters->filter(), kMostExported);
    });
}

void InstructorScreen::runHere(const QByteArray &sql)
{
    if (m_engines.busy()) {
        m_detail->timeline()->showNoRun(
            tr("Something is running in Practice. Wait for it, or stop it there (Ctrl+.)."));
        return;
    }
    m_detail->timeline()->showRunning();
    m_store.ask(
        [id = m_detail->problemId().toStdString()](session::CacheSlot &slot) {
            return session::localProblem(slot, id);
        },
        this,
        [this, sql](const session::ProblemPtr &problem) {
            if (!problem)
                m_detail->timeline()->showNoRun(
                    tr("This computer has no copy of the problem. It comes with the next exchange (Ctrl+Shift+Y)."));
            else if (m_engines.busy())
                m_detail->timeline()->showNoRun(tr("Something is running in Practice. Wait for it."));
            else
                m_job = m_engines.run(problem, sql);
        });
}

void InstructorScreen::fitColumns()
{
    const int width = m_list->viewport()->width();
    m_list->setColumnHidden(SubmissionTableModel::Time, width < kTimeFrom);
    for (const int column : {SubmissionTableModel::VerdictColumn, SubmissionTableModel::Learner,
                             SubmissionTableModel::Problem, SubmissionTableModel::At, SubmissionTableModel::Time}) {
        m_list->resizeColumnToContents(column);
        const double most = column == SubmissionTableModel::Problem ? 0.3 : 0.22;
        m_list->setColumnWidth(column, std::min(m_list->columnWidth(column), qRound(width * most)));
    }
}

void InstructorScreen::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fitColumns();
}

} // namespace sqlgym::screens
