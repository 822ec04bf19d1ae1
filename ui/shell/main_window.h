// The window: rail, screens, menus and status bar.
#pragma once

#include "session/engine_room.h"
#include "session/list_snapshot.h"
#include "session/server_link.h"
#include "session/settings.h"
#include "session/store.h"

#include <QtCore/QPointer>
#include <QtWidgets/QMainWindow>

namespace sqlgym::screens {
class CommunityScreen;
class AccountScreen;
class HelpWindow;
class PracticeScreen;
class ProgressScreen;
class QuickOpen;
class SolutionsDesk;
} // namespace sqlgym::screens

namespace sqlgym::widgets {
class CelebrationBar;
class NoticeBar;
} // namespace sqlgym::widgets

namespace sqlgym::shell {

class ScreenStack;
class ServerDesk;
class StatusStrip;
class TimeKeeper;
class WindowActions;

class MainWindow : public QMainWindow {
    Q_OBJECT
public:
    enum Screen { Practice, Progress, Community, Instructor, Account };

    struct Parts {
        session::Settings &settings;
        session::Store &store;
        session::EngineRoom &engines;
        session::ListSnapshot &snapshot;
        session::ServerLink &link;
        session::Profile files;
        bool postgresInstalled = false;
        QString helpFolder;
        QString openSlug; ///< asked for on the command line
    };
    explicit MainWindow(const Parts &parts);
    ~MainWindow() override;

    screens::PracticeScreen *practice() const { return m_practice; }
    ServerDesk *server() const { return m_server; }

    void showScreen(int screen);
    void quickOpen();
    void openPalette();
    void setExamMode(bool on);
    void openProblem(const QString &slug);
    /// Asked by another start: comes to the front, and opens the problem if one is named.
    void summon(const QString &slug);
    void openPreferences();
    void openHelp(const QString &page);
    void openAbout();
    void find(bool withReplace);
    void searchProblems();
    void zoom(int steps);
    void chooseTheme(int choice);
    void resetLayout();

signals:
    /// The first frame with the problems in it is on the screen.
    void ready();

protected:
    bool event(QEvent *event) override;
    void closeEvent(QCloseEvent *event) override;

private:
    void addScreens();
    void addInstructorScreen();
    screens::CommunityScreen *makeCommunity();
    QWidget *makeAccount();
    void connectStore();
    void onStarted(const session::StartState &state);
    void onNotice(const session::Notice &notice);
    void celebrate(const session::SubmitResult &result);
    void afterFirstFrame();
    /// Shows what the profile holds now.
    void readAnew();
    void applyEngineSettings();
    /// All that the preferences hold and that is not in force yet.
    void applySettings();
    void restoreWindow();
    void saveWindow();

    Parts m_parts;
    session::Settings &m_settings;
    session::Store &m_store;
    session::EngineRoom &m_engines;
    ScreenStack *m_screens;
    StatusStrip *m_status;
    ServerDesk *m_server;
    screens::PracticeScreen *m_practice;
    screens::SolutionsDesk *m_solutions = nullptr;
    TimeKeeper *m_time;
    screens::ProgressScreen *m_progress = nullptr;
    screens::CommunityScreen *m_community = nullptr;
    screens::AccountScreen *m_account = nullptr;
    widgets::NoticeBar *m_notice = nullptr;
    widgets::CelebrationBar *m_celebration = nullptr;
    bool m_systemReducesMotion = false;
    WindowActions *m_actions;
    QPointer<screens::HelpWindow> m_help;
    session::ProblemEntries m_known;
    bool m_listShown = false;
    bool m_complete = false;
};

} // namespace sqlgym::shell
