#include "shell/main_window.h"

#include "screens/account_screen.h"
#include "screens/command_palette.h"
#include "screens/community_posts.h"
#include "screens/community_screen.h"
#include "screens/discussion_desk.h"
#include "screens/editor_help.h"
#include "screens/editor_pane.h"
#include "screens/help_window.h"
#include "screens/history_comments.h"
#include "screens/history_view.h"
#include "screens/instructor_pages.h"
#include "screens/marks_desk.h"
#include "screens/practice_screen.h"
#include "screens/preferences_dialog.h"
#include "screens/problem_panel.h"
#include "screens/progress_screen.h"
#include "screens/quick_open.h"
#include "screens/results_pane.h"
#include "screens/solutions_desk.h"
#include "screens/workspace.h"
#include "shell/screen_stack.h"
#include "shell/server_desk.h"
#include "shell/status_strip.h"
#include "shell/system_scheme.h"
#include "shell/time_keeper.h"
#include "shell/window_actions.h"
#include "widgets/celebration_bar.h"
#include "widgets/notice_bar.h"
#include "widgets/sql_editor.h"
#include "widgets/theme.h"

#include <QtCore/QTimer>
#include <QtGui/QCloseEvent>
#include <QtGui/QScreen>
#include <QtWidgets/QApplication>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QMessageBox>
#include <QtWidgets/QStatusBar>

#include <algorithm>

namespace sqlgym::shell {

namespace {

constexpr int kLayoutVersion = 1;
const QString kGeometryKey = QStringLiteral("geometry");
const QString kLayoutKey = QStringLiteral("layout%1").arg(kLayoutVersion);

} // namespace

MainWindow::MainWindow(const Parts &parts)
    : m_parts(parts), m_settings(parts.settings), m_store(parts.store), m_engines(parts.engines),
      m_screens(new ScreenStack), m_status(new StatusStrip(this)),
      m_server(new ServerDesk(parts.settings, parts.store, parts.link, this)),
      m_practice(new screens::PracticeScreen(parts.store, parts.engines)),
      m_time(new TimeKeeper(parts.store, m_practice, this)), m_actions(nullptr)
{
    setWindowTitle(tr("SQLGym"));
    addScreens();
    m_screens->showScreen(Practice);

    auto *center = new QWidget;
    auto *column = new QVBoxLayout(center);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_screens, 1);
    setCentralWidget(center);
    m_server->install(statusBar(), column);
    m_status->install(statusBar());
    connect(m_server, &ServerDesk::contentChanged, this, &MainWindow::readAnew);
    connect(m_server, &ServerDesk::accountAsked, this, [this] {
        showScreen(Account);
        m_account->showNext();
        activateWindow();
    });
    m_actions = new WindowActions(*this);
    m_actions->showTheme();
    m_actions->readKeys(m_settings);

    applyEngineSettings();
    connect(m_practice, &screens::PracticeScreen::statusMessage, this,
            [this](const QString &text) { statusBar()->showMessage(text, 4000); });
    connect(m_practice, &screens::PracticeScreen::problemShown, this,
            [this](const QString &, const QString &title) { setWindowTitle(tr("%1 \u2013 SQLGym").arg(title)); });
    connect(&m_engines, &session::EngineRoom::busyChanged, m_status, &StatusStrip::setBusy);
    connectStore();
    restoreWindow();
    // With the list of last time the first frame is complete; the database is opened right behind it. Without one, it
    // is opened while the window is built.
    m_known = m_parts.snapshot.read();
    if (m_known.empty()) {
        m_store.open(m_parts.files.databaseFile());
    } else {
        m_practice->panel()->setEntries(m_known);
        m_listShown = true;
    }
}

MainWindow::~MainWindow() = default;

void MainWindow::addScreens()
{
    m_screens->add(Practice, {.icon = "practice",
                              .name = tr("Practice"),
                              .tip = tr("Problems and workspace (Ctrl+1)"),
                              .make = [this] { return m_practice; }});
    m_screens->add(Progress, {.icon = "progress",
                              .name = tr("Progress"),
                              .tip = tr("XP, streak and badges (Ctrl+2)"),
                              .make =
                                  [this] {
                                      m_progress = new screens::ProgressScreen;
                                      m_progress->setStreakShown(m_settings.streakShown());
                                      return m_progress;
                                  },
                              .shown =
                                  [this] {
                                      m_store.readProgress();
                                      m_progress->setFocus();
                                  }});
    m_screens->add(Community, {.icon = "community",
                               .name = tr("Community"),
                               .tip = tr("Posts of other learners (Ctrl+3)"),
                               .make = [this] { return makeCommunity(); },
                               .shown = [this] { m_community->setFocus(); }});
    addInstructorScreen();
    m_screens->add(Account, {.icon = "account",
                             .name = tr("Account"),
                             .tip = tr("Profile, session, server, your data (Ctrl+5)"),
                             .make = [this] { return makeAccount(); },
                             .shown =
                                 [this] {
                                     m_server->start(); // somebody is quicker than the clock
                                     m_account->refresh();
                                     m_account->setFocus();
                                 }});
    connect(m_practice->workspace(), &screens::Workspace::historyMade, this,
            [this](screens::HistoryView *history) { screens::connectComments(*history, m_store, m_parts.link); });
    m_solutions = new screens::SolutionsDesk(m_store, m_parts.link, *m_practice);
    connect(m_solutions, &screens::SolutionsDesk::accountAsked, m_server, &ServerDesk::openAccount);
}

screens::CommunityScreen *MainWindow::makeCommunity()
{
    using screens::CommunityScreen;
    m_community = new CommunityScreen(m_store, m_parts.link);
    connect(m_community, &CommunityScreen::accountAsked, m_server, &ServerDesk::openAccount);
    connect(m_community, &CommunityScreen::problemChosen, this, &MainWindow::openProblem);
    connect(m_community, &CommunityScreen::codeChosen, this, [this](const QString &sql) {
        showScreen(Practice);
        m_practice->openScratch(sql);
    });
    connect(m_community, &CommunityScreen::statusMessage, this,
            [this](const QString &text) { statusBar()->showMessage(text, 4000); });
    const auto tellProblem = [this] {
        if (const auto &problem = m_practice->workspace()->opened().problem)
            m_community->posts()->setProblem(QString::fromStdString(problem->id),
                                             QString::fromStdString(problem->title));
    };
    connect(m_practice, &screens::PracticeScreen::problemShown, m_community, tellProblem);
    tellProblem();
    return m_community;
}

/// Only where the server says that the account is an instructor's.
void MainWindow::addInstructorScreen()
{
    const auto screen = std::make_shared<screens::InstructorPages *>();
    m_screens->add(Instructor, {.icon = "instructor",
                                .name = tr("Instructor"),
                                .tip = tr("Everybody's submissions, problems, reports (Ctrl+4)"),
                                .make =
                                    [this, screen] {
                                        return *screen = new screens::InstructorPages(m_parts.link, m_store, m_engines,
                                                                                      m_parts.files.draftsDir());
                                    },
                                .shown = [screen] { (*screen)->activate(); }});
    m_screens->setOffered(Instructor, m_parts.link.state().instructor);
    connect(&m_parts.link, &session::ServerLink::stateChanged, this, [this](const session::LinkState &state) {
        m_screens->setOffered(Instructor, state.instructor);
        if (m_actions)
            m_actions->setInstructor(state.instructor);
    });
}

QWidget *MainWindow::makeAccount()
{
    m_account = new screens::AccountScreen(m_parts.link, m_store, m_parts.files);
    connect(m_account, &screens::AccountScreen::serverChosen, m_server, &ServerDesk::keepServer);
    connect(m_account, &screens::AccountScreen::accountDeleted, this, [this] {
        m_store.refreshCatalogue();
        readAnew();
    });
    return m_account;
}

void MainWindow::connectStore()
{
    connect(&m_store, &session::Store::started, this, &MainWindow::onStarted);
    connect(&m_store, &session::Store::noticed, this, &MainWindow::onNotice);
    connect(&m_store, &session::Store::progressRead, this, [this](const session::ProgressView &view) {
        if (m_progress)
            m_progress->setView(view);
    });
    connect(&m_store, &session::Store::submitted, this,
            [this](session::JobId, const QString &, const session::SubmitResult &result) {
                celebrate(result);
                if (m_progress)
                    m_store.readProgress();
            });
}

void MainWindow::onStarted(const session::StartState &state)
{
    if (!state.notice.isEmpty())
        onNotice(state.notice);
    m_practice->panel()->setEntries(state.entries);
    if (state.catalogueMissing)
        m_store.refreshCatalogue();
    QString slug = m_parts.openSlug.isEmpty() ? state.openSlug : m_parts.openSlug;
    if (slug.isEmpty() && !state.entries.empty())
        slug = state.entries.front().slug;
    if (!slug.isEmpty())
        m_practice->openProblem(slug);
    m_store.readScratch();
    m_listShown = true;
    update();
}

bool MainWindow::event(QEvent *event)
{
    if (event->type() == QEvent::Paint && m_listShown && !m_complete) {
        m_complete = true;
        QTimer::singleShot(0, this, &MainWindow::afterFirstFrame);
    }
    return QMainWindow::event(event);
}

void MainWindow::afterFirstFrame()
{
    emit ready();
    if (!m_known.empty())
        m_store.open(m_parts.files.databaseFile());
    m_store.ask([](session::CacheSlot &) { return session::readTracks(); }, this,
                [this](const auto &tracks) {
                    m_practice->panel()->setTracks(tracks, m_settings.listByTrack());
                    connect(m_practice->panel(), &screens::ProblemPanel::groupingChanged, this,
                            [this](bool byTrack) { m_settings.setListByTrack(byTrack); });
                });
    m_engines.warmUp(false);
    auto *scheme = new SystemScheme(this);
    connect(scheme, &SystemScheme::known, this, [this](bool dark) {
        m_settings.setSystemWasDark(dark);
        widgets::Theme::instance().setSystemDark(dark);
    });
    connect(scheme, &SystemScheme::motionKnown, this, [this](bool reduced) { m_systemReducesMotion = reduced; });
    scheme->watch();
    QTimer::singleShot(400, this, [this] {
        m_practice->workspace()->complete();
        m_store.refreshCatalogue();
        m_parts.snapshot.write(m_practice->panel()->entries());
        m_server->start();
    });
}

void MainWindow::readAnew()
{
    m_store.ask([](session::CacheSlot &slot) { return session::readEntries(slot); }, this,
                [this](const session::ProblemEntries &entries) {
                    if (!entries.empty() && entries != m_practice->panel()->entries())
                        m_practice->panel()->setEntries(entries);
                    // What is open may have been solved elsewhere.
                    auto *workspace = m_practice->workspace();
                    const auto open = std::ranges::find(entries, m_practice->openSlug(), &session::ProblemEntry::slug);
                    if (open != entries.end() && open->status != workspace->opened().status)
                        workspace->setStanding(open->status, open->status == session::ProblemStatus::GaveUp);
                });
    m_practice->marks()->renew();
    m_practice->discussion()->renew();
    m_solutions->renew();
    if (m_progress)
        m_store.readProgress();
    if (m_community)
        m_community->renew();
}

void MainWindow::onNotice(const session::Notice &notice)
{
    if (notice.isEmpty()) {
        if (m_notice)
            m_notice->hide();
        return;
    }
    if (!m_notice) {
        m_notice = new widgets::NoticeBar;
        m_notice->setAccessibleName(tr("Notice"));
        m_notice->setClosable(true);
        static_cast<QVBoxLayout *>(centralWidget()->layout())->insertWidget(0, m_notice);
    }
    m_notice->setNotice(notice.serious ? widgets::NoticeKind::Danger : widgets::NoticeKind::Warning, notice.title,
                        notice.text);
}

void MainWindow::celebrate(const session::SubmitResult &result)
{
    if (result.badges.isEmpty())
        return;
    if (!m_celebration) {
        m_celebration = new widgets::CelebrationBar(centralWidget());
        connect(m_celebration, &widgets::CelebrationBar::badgesWanted, this, [this] {
            showScreen(Progress);
            m_progress->showPage(screens::ProgressScreen::Badges);
        });
    }
    const auto motion = m_settings.motion();
    const bool still = motion == session::Settings::Motion::Reduced ||
                       (motion == session::Settings::Motion::System && m_systemReducesMotion);
    const auto &badge = result.badges.front();
    m_celebration->celebrate(badge.name, badge.icon, badge.rarity, static_cast<int>(result.badges.size()) - 1, !still);
}

void MainWindow::applyEngineSettings()
{
    m_engines.setExactMode(m_settings.exactMode());
    m_engines.setPostgresFirst(m_settings.postgresFirst());
    m_engines.setRunLimits(m_settings.runLimits());
    m_status->setEngines(m_parts.postgresInstalled, m_settings.exactMode(), m_settings.postgresFirst());
}

void MainWindow::showScreen(int screen) { m_screens->showScreen(screen); }

void MainWindow::quickOpen()
{
    auto *popup = new screens::QuickOpen(m_practice->panel()->entries(), this);
    connect(popup, &screens::QuickOpen::chosen, this, [this](const QString &slug) {
        activateWindow();
        openProblem(slug);
    });
    popup->openOver(centralWidget());
}

void MainWindow::openPalette()
{
    auto *popup = new screens::CommandPalette(m_actions->actions(), this);
    popup->openOver(centralWidget());
}

void MainWindow::setExamMode(bool on)
{
    m_settings.setExamMode(on);
    m_actions->examToggle()->setChecked(on);
    m_practice->workspace()->editorPane()->help()->setSilent(on);
}

void MainWindow::openProblem(const QString &slug)
{
    showScreen(Practice);
    m_practice->openProblem(slug);
}

void MainWindow::summon(const QString &slug)
{
    if (isMinimized())
        showNormal();
    show();
    raise();
    activateWindow();
    if (!slug.isEmpty())
        openProblem(slug);
}

void MainWindow::openPreferences()
{
    auto *dialog =
        new screens::PreferencesDialog(m_settings, m_actions->keyCommands(), m_parts.postgresInstalled, this);
    connect(dialog, &screens::PreferencesDialog::keysChanged, this,
            [this](const QString &id, const QList<QKeySequence> &keys) { m_actions->setKeys(m_settings, id, keys); });
    connect(dialog, &screens::PreferencesDialog::changed, this, &MainWindow::applySettings);
    dialog->open();
}

void MainWindow::applySettings()
{
    applyEngineSettings();
    if (m_settings.examMode() != m_actions->examToggle()->isChecked())
        setExamMode(m_settings.examMode());
    if (m_progress)
        m_progress->setStreakShown(m_settings.streakShown());
    auto &theme = widgets::Theme::instance();
    theme.setBodyPoints(m_settings.fontPoints());
    theme.setCodeFont(m_settings.codeFamily(), m_settings.codePoints());
    theme.setNullText(m_settings.nullText());
    if (const auto choice = static_cast<widgets::ThemeChoice>(m_settings.theme()); choice != theme.choice())
        chooseTheme(static_cast<int>(choice));
}

void MainWindow::openHelp(const QString &page)
{
    if (!m_help)
        m_help = new screens::HelpWindow(m_parts.helpFolder, this);
    m_help->showPage(page);
    m_help->show();
    m_help->raise();
    m_help->activateWindow();
}

void MainWindow::openAbout()
{
    auto *box =
        new QMessageBox(QMessageBox::NoIcon, tr("About SQLGym"),
                        tr("<h3>SQLGym %1</h3><p>Learn SQL on your own computer, against PostgreSQL's own rules.</p>"
                           "<p>Free software under the GNU General Public License, version 3 or later.</p>")
                            .arg(QApplication::applicationVersion()),
                        QMessageBox::Close, this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setIconPixmap(windowIcon().pixmap(64));
    box->open();
}

void MainWindow::find(bool withReplace)
{
    showScreen(Practice);
    m_practice->workspace()->editorPane()->openFind(withReplace);
}

void MainWindow::searchProblems()
{
    showScreen(Practice);
    m_practice->setPanelVisible(true);
    m_actions->panelToggle()->setChecked(true);
    m_practice->panel()->focusSearch();
}

void MainWindow::zoom(int steps)
{
    auto *editor = m_practice->workspace()->editor();
    auto *results = m_practice->workspace()->results();
    if (results->isAncestorOf(QApplication::focusWidget())) {
        results->zoomGrids(steps);
        return;
    }
    steps == 0 ? editor->zoomTo(0) : editor->zoomIn(steps);
}

void MainWindow::chooseTheme(int choice)
{
    m_settings.setTheme(static_cast<session::Settings::Theme>(choice));
    widgets::Theme::instance().choose(static_cast<widgets::ThemeChoice>(choice));
    m_actions->showTheme();
}

void MainWindow::resetLayout()
{
    m_practice->resetLayout();
    m_actions->panelToggle()->setChecked(true);
}

void MainWindow::restoreWindow()
{
    if (!restoreGeometry(m_settings.bytes(kGeometryKey))) {
        const QSize room = screen()->availableSize();
        resize(std::min(1280, room.width()), std::min(800, room.height() - 40));
    }
    setMinimumSize(800, 560);
    if (const QByteArray layout = m_settings.bytes(kLayoutKey); !layout.isEmpty())
        m_practice->restoreLayout(layout);
    else
        m_practice->layOutFor(width());
    m_actions->panelToggle()->setChecked(m_practice->isPanelVisible());
    m_practice->workspace()->editor()->zoomTo(m_settings.editorZoom());
    m_practice->workspace()->results()->setGridZoom(m_settings.gridZoom());
    setExamMode(m_settings.examMode());
}

void MainWindow::saveWindow()
{
    m_settings.setBytes(kGeometryKey, saveGeometry());
    m_settings.setBytes(kLayoutKey, m_practice->saveLayout());
    m_settings.setEditorZoom(
        static_cast<int>(m_practice->workspace()->editor()->SendScintilla(QsciScintillaBase::SCI_GETZOOM)));
    m_settings.setGridZoom(m_practice->workspace()->results()->gridZoom());
    m_settings.sync();
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    m_practice->keepDraft();
    m_time->flush();
    m_store.flushDrafts();
    m_parts.snapshot.write(m_practice->panel()->entries());
    saveWindow();
    event->accept();
}

} // namespace sqlgym::shell
