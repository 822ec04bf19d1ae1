#include "shell/window_actions.h"

#include "screens/editor_help.h"
#include "screens/editor_pane.h"
#include "screens/practice_screen.h"
#include "screens/problem_panel.h"
#include "screens/results_pane.h"
#include "screens/workspace.h"
#include "shell/main_window.h"
#include "widgets/sql_editor.h"
#include "widgets/theme.h"

#include <QtGui/QAction>
#include <QtGui/QActionGroup>
#include <QtWidgets/QMenuBar>

namespace sqlgym::shell {

using screens::Workspace;

WindowActions::WindowActions(MainWindow &window) : QObject(&window), m_window(window)
{
    auto *bar = window.menuBar();
    fileMenu(bar);
    editMenu(bar);
    queryMenu(bar);
    problemMenu(bar);
    viewMenu(bar);
    helpMenu(bar);
}

QAction *WindowActions::add(QMenu *menu, const QString &text, const QList<QKeySequence> &keys,
                            std::function<void()> run)
{
    auto *action = menu->addAction(text);
    action->setShortcuts(keys);
    action->setShortcutContext(Qt::WindowShortcut);
    connect(action, &QAction::triggered, this, std::move(run));
    return action;
}

void WindowActions::fileMenu(QMenuBar *bar)
{
    auto *menu = bar->addMenu(tr("&File"));
    add(menu, tr("&Open problem\u2026"), {QKeySequence(tr("Ctrl+P"))}, [this] { m_window.quickOpen(); });
    menu->addSeparator();
    add(menu, tr("&Preferences\u2026"), {QKeySequence(tr("Ctrl+,"))}, [this] {
        m_window.openPreferences();
    })->setMenuRole(QAction::PreferencesRole);
    menu->addSeparator();
    add(menu, tr("&Quit"), {QKeySequence(tr("Ctrl+Q"))}, [this] { m_window.close(); })->setMenuRole(QAction::QuitRole);
}

void WindowActions::editMenu(QMenuBar *bar)
{
    auto *menu = bar->addMenu(tr("&Edit"));
    auto *practice = m_window.practice();
    auto *editor = practice->workspace()->editor();
    // Undo to Paste are the editor's own keys: shown here, not grabbed from other fields.
    const auto edit = [&](const QString &text, std::function<void()> run) { add(menu, text, {}, std::move(run)); };
    edit(tr("&Undo\tCtrl+Z"), [editor] { editor->undo(); });
    edit(tr("&Redo\tCtrl+Shift+Z"), [editor] { editor->redo(); });
    menu->addSeparator();
    edit(tr("Cu&t\tCtrl+X"), [editor] { editor->cut(); });
    edit(tr("&Copy\tCtrl+C"), [editor] { editor->copy(); });
    edit(tr("&Paste\tCtrl+V"), [editor] { editor->paste(); });
    edit(tr("Select &all\tCtrl+A"), [editor] { editor->selectAll(); });
    menu->addSeparator();
    add(menu, tr("&Find\u2026"), {QKeySequence(tr("Ctrl+F"))}, [this] { m_window.find(false); });
    add(menu, tr("R&eplace\u2026"), {QKeySequence(tr("Ctrl+H"))}, [this] { m_window.find(true); });
    add(menu, tr("Comment or uncomment &lines"), {QKeySequence(tr("Ctrl+/"))}, [editor] { editor->toggleComment(); });
    menu->addSeparator();
    auto *pane = practice->workspace()->editorPane();
    add(menu, tr("Co&mplete"), {QKeySequence(tr("Ctrl+Space"))}, [pane] { pane->help()->complete(); });
    add(menu, tr("F&ormat"), {QKeySequence(tr("Ctrl+Shift+F"))}, [pane] { pane->help()->format(); });
    add(menu, tr("Move line up"), {QKeySequence(tr("Alt+Up"))}, [editor] { editor->moveLines(false); });
    add(menu, tr("Move line down"), {QKeySequence(tr("Alt+Down"))}, [editor] { editor->moveLines(true); });
    add(menu, tr("Copy line up"), {QKeySequence(tr("Ctrl+Alt+Up"))}, [editor] { editor->copyLines(false); });
    add(menu, tr("Copy line down"), {QKeySequence(tr("Ctrl+Alt+Down"))}, [editor] { editor->copyLines(true); });
}

void WindowActions::queryMenu(QMenuBar *bar)
{
    auto *menu = bar->addMenu(tr("&Query"));
    auto *practice = m_window.practice();
    add(menu, tr("&Run statement or selection"), {QKeySequence(tr("Ctrl+Return")), QKeySequence(tr("Ctrl+Enter"))},
        [practice] { practice->runStatement(); });
    add(menu, tr("Run &all"), {QKeySequence(tr("F5"))}, [practice] { practice->runAll(); });
    add(menu, tr("&Check against all tests"),
        {QKeySequence(tr("Ctrl+Shift+Return")), QKeySequence(tr("Ctrl+Shift+Enter"))},
        [practice] { practice->check(); });
    add(menu, tr("&Submit"), {QKeySequence(tr("Ctrl+Shift+S"))}, [practice] { practice->submit(); });
    menu->addSeparator();
    add(menu, tr("Ca&ncel"), {QKeySequence(tr("Ctrl+."))}, [practice] { practice->cancel(); });
}

void WindowActions::problemMenu(QMenuBar *bar)
{
    auto *menu = bar->addMenu(tr("&Problem"));
    auto *practice = m_window.practice();
    add(menu, tr("&Next problem"), {QKeySequence(tr("Alt+Right"))}, [practice] { practice->openNeighbour(1); });
    add(menu, tr("&Previous problem"), {QKeySequence(tr("Alt+Left"))}, [practice] { practice->openNeighbour(-1); });
    add(menu, tr("Next &hint"), {QKeySequence(tr("Alt+H"))}, [practice] { practice->openNextHint(); });
    menu->addSeparator();
    const std::pair<QString, Workspace::Side> sides[] = {{tr("&Statement"), Workspace::Statement},
                                                         {tr("S&chema"), Workspace::Schema},
                                                         {tr("H&ints"), Workspace::Hints},
                                                         {tr("S&olution"), Workspace::Solution}};
    for (const auto &[text, side] : sides)
        add(menu, text, {QKeySequence(tr("Alt+%1").arg(int(side) + 1))},
            [practice, which = side] { practice->workspace()->showSide(which); });
    menu->addSeparator();
    add(menu, tr("Search &problems"), {QKeySequence(tr("Ctrl+L"))}, [this] { m_window.searchProblems(); });
    add(menu, tr("Clear search and &filters"), {}, [practice] { practice->panel()->clearFilters(); });
}

void WindowActions::viewMenu(QMenuBar *bar)
{
    auto *menu = bar->addMenu(tr("&View"));
    auto *practice = m_window.practice();
    add(menu, tr("P&ractice"), {QKeySequence(tr("Ctrl+1"))}, [this] { m_window.showScreen(MainWindow::Practice); });
    add(menu, tr("Pro&gress"), {QKeySequence(tr("Ctrl+2"))}, [this] { m_window.showScreen(MainWindow::Progress); });
    menu->addSeparator();
    add(menu, tr("Go to &results"), {QKeySequence(tr("Ctrl+PgDown"))},
        [practice] { practice->workspace()->results()->focusPage(); });
    add(menu, tr("Go to &editor"), {QKeySequence(tr("Ctrl+PgUp"))}, [practice] { practice->focusEditor(); });
    m_panel = add(menu, tr("Problem &list"), {QKeySequence(tr("Ctrl+B"))},
                  [this, practice] { practice->setPanelVisible(m_panel->isChecked()); });
    m_panel->setCheckable(true);
    m_panel->setChecked(true);
    menu->addSeparator();
    add(menu, tr("Zoom &in"), {QKeySequence(tr("Ctrl++")), QKeySequence(tr("Ctrl+="))}, [this] { m_window.zoom(1); });
    add(menu, tr("Zoom &out"), {QKeySequence(tr("Ctrl+-"))}, [this] { m_window.zoom(-1); });
    add(menu, tr("&Normal size"), {QKeySequence(tr("Ctrl+0"))}, [this] { m_window.zoom(0); });
    menu->addSeparator();
    auto *themes = menu->addMenu(tr("&Theme"));
    auto *group = new QActionGroup(this);
    const QString names[] = {tr("Follow the &system"), tr("&Light"), tr("&Dark")};
    for (int i = 0; i < 3; ++i) {
        auto *action = add(themes, names[i], {}, [this, i] { m_window.chooseTheme(i); });
        action->setCheckable(true);
        group->addAction(action);
        m_themes << action;
    }
    add(menu, tr("Reset la&yout"), {}, [this] { m_window.resetLayout(); });
}

void WindowActions::helpMenu(QMenuBar *bar)
{
    auto *menu = bar->addMenu(tr("He&lp"));
    add(menu, tr("&Help"), {QKeySequence(tr("F1"))}, [this] { m_window.openHelp(QString()); });
    add(menu, tr("&Keyboard shortcuts"), {}, [this] { m_window.openHelp(QStringLiteral("keys")); });
    menu->addSeparator();
    add(menu, tr("&About SQLGym"), {}, [this] { m_window.openAbout(); })->setMenuRole(QAction::AboutRole);
}

void WindowActions::showTheme() { m_themes[static_cast<int>(widgets::Theme::instance().choice())]->setChecked(true); }

} // namespace sqlgym::shell
