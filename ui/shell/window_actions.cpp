#include "shell/window_actions.h"

#include "screens/discussion_desk.h"
#include "screens/editor_help.h"
#include "screens/editor_pane.h"
#include "screens/marks_desk.h"
#include "screens/practice_screen.h"
#include "screens/problem_panel.h"
#include "screens/results_pane.h"
#include "screens/scratch_tabs.h"
#include "screens/workspace.h"
#include "shell/main_window.h"
#include "shell/server_desk.h"
#include "widgets/sql_editor.h"
#include "widgets/theme.h"

#include <QtGui/QAction>
#include <QtGui/QActionGroup>
#include <QtWidgets/QMenuBar>

namespace sqlgym::shell {

using screens::Workspace;

namespace {

QString plainName(const QAction &action)
{
    QString name = action.text();
    return name.remove(u'&').remove(QChar(0x2026));
}

} // namespace

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

QAction *WindowActions::add(QMenu *menu, const char *id, const QString &text, const QList<QKeySequence> &keys,
                            std::function<void()> run)
{
    auto *action = menu->addAction(text);
    action->setShortcuts(keys);
    action->setShortcutContext(Qt::WindowShortcut);
    connect(action, &QAction::triggered, this, std::move(run));
    if (id)
        m_commands << Command{QLatin1String(id), action, keys};
    return action;
}

void WindowActions::fileMenu(QMenuBar *bar)
{
    auto *menu = bar->addMenu(tr("&File"));
    add(menu, "open-problem", tr("&Open problem\u2026"), {QKeySequence(tr("Ctrl+P"))},
        [this] { m_window.quickOpen(); });
    add(menu, "commands", tr("&Commands\u2026"), {QKeySequence(tr("Ctrl+Shift+P"))},
        [this] { m_window.openPalette(); });
    menu->addSeparator();
    auto *tabs = m_window.practice()->workspace()->editorPane()->tabs();
    add(menu, "scratch-new", tr("&New scratch tab"), {QKeySequence(tr("Ctrl+T"))}, [tabs] { tabs->addNew(); });
    add(menu, "scratch-close", tr("C&lose scratch tab"), {QKeySequence(tr("Ctrl+W"))},
        [tabs] { tabs->closeCurrent(); });
    add(menu, "scratch-reopen", tr("&Reopen scratch tab"), {QKeySequence(tr("Ctrl+Shift+T"))},
        [tabs] { tabs->reopen(); });
    menu->addSeparator();
    auto *practice = m_window.practice();
    add(menu, "export", tr("&Export the result\u2026"), {QKeySequence(tr("Ctrl+Shift+E"))},
        [practice] { practice->workspace()->results()->exportTable(); });
    menu->addSeparator();
    add(menu, "account", tr("&Account and server\u2026"), {QKeySequence(tr("Ctrl+Shift+A"))},
        [this] { m_window.server()->openAccount(); });
    add(menu, "outbox", tr("Out&box\u2026"), {QKeySequence(tr("Ctrl+Shift+B"))},
        [this] { m_window.server()->openOutbox(); });
    add(menu, "sync", tr("S&ync now"), {QKeySequence(tr("Ctrl+Shift+Y"))}, [this] { m_window.server()->syncNow(); });
    menu->addSeparator();
    add(menu, "preferences", tr("&Preferences\u2026"), {QKeySequence(tr("Ctrl+,"))}, [this] {
        m_window.openPreferences();
    })->setMenuRole(QAction::PreferencesRole);
    menu->addSeparator();
    add(menu, "quit", tr("&Quit"), {QKeySequence(tr("Ctrl+Q"))}, [this] {
        m_window.close();
    })->setMenuRole(QAction::QuitRole);
}

void WindowActions::editMenu(QMenuBar *bar)
{
    auto *menu = bar->addMenu(tr("&Edit"));
    auto *practice = m_window.practice();
    auto *editor = practice->workspace()->editor();
    // Undo to Paste are the editor's own keys: shown here, not grabbed from other fields.
    const auto edit = [&](const QString &text, std::function<void()> run) {
        add(menu, nullptr, text, {}, std::move(run));
    };
    edit(tr("&Undo\tCtrl+Z"), [editor] { editor->undo(); });
    edit(tr("&Redo\tCtrl+Shift+Z"), [editor] { editor->redo(); });
    menu->addSeparator();
    edit(tr("Cu&t\tCtrl+X"), [editor] { editor->cut(); });
    edit(tr("&Copy\tCtrl+C"), [editor] { editor->copy(); });
    edit(tr("&Paste\tCtrl+V"), [editor] { editor->paste(); });
    edit(tr("Select &all\tCtrl+A"), [editor] { editor->selectAll(); });
    menu->addSeparator();
    add(menu, "find", tr("&Find\u2026"), {QKeySequence(tr("Ctrl+F"))}, [this] { m_window.find(false); });
    add(menu, "replace", tr("R&eplace\u2026"), {QKeySequence(tr("Ctrl+H"))}, [this] { m_window.find(true); });
    add(menu, "comment", tr("Comment or uncomment &lines"), {QKeySequence(tr("Ctrl+/"))},
        [editor] { editor->toggleComment(); });
    menu->addSeparator();
    auto *pane = practice->workspace()->editorPane();
    add(menu, "complete", tr("Co&mplete"), {QKeySequence(tr("Ctrl+Space"))}, [pane] { pane->help()->complete(); });
    add(menu, "format", tr("F&ormat"), {QKeySequence(tr("Ctrl+Shift+F"))}, [pane] { pane->help()->format(); });
    // In a list of choices Alt+Down opens it.
    const auto inEditor = [editor](QAction *action) {
        action->setShortcutContext(Qt::WidgetShortcut);
        editor->addAction(action);
    };
    inEditor(
        add(menu, "line-up", tr("Move line up"), {QKeySequence(tr("Alt+Up"))}, [editor] { editor->moveLines(false); }));
    inEditor(add(menu, "line-down", tr("Move line down"), {QKeySequence(tr("Alt+Down"))},
                 [editor] { editor->moveLines(true); }));
    inEditor(add(menu, "copy-line-up", tr("Copy line up"), {QKeySequence(tr("Ctrl+Alt+Up"))},
                 [editor] { editor->copyLines(false); }));
    inEditor(add(menu, "copy-line-down", tr("Copy line down"), {QKeySequence(tr("Ctrl+Alt+Down"))},
                 [editor] { editor->copyLines(true); }));
}

void WindowActions::queryMenu(QMenuBar *bar)
{
    auto *menu = bar->addMenu(tr("&Query"));
    auto *practice = m_window.practice();
    add(menu, "run", tr("&Run statement or selection"),
        {QKeySequence(tr("Ctrl+Return")), QKeySequence(tr("Ctrl+Enter"))}, [practice] { practice->runStatement(); });
    add(menu, "run-all", tr("Run &all"), {QKeySequence(tr("F5"))}, [practice] { practice->runAll(); });
    add(menu, "check", tr("&Check against all tests"),
        {QKeySequence(tr("Ctrl+Shift+Return")), QKeySequence(tr("Ctrl+Shift+Enter"))},
        [practice] { practice->check(); });
    add(menu, "submit", tr("&Submit"), {QKeySequence(tr("Ctrl+Shift+S"))}, [practice] { practice->submit(); });
    menu->addSeparator();
    add(menu, "cancel", tr("Ca&ncel"), {QKeySequence(tr("Ctrl+."))}, [practice] { practice->cancel(); });
    menu->addSeparator();
    add(menu, "next-difference", tr("Next &difference"), {QKeySequence(tr("F8"))},
        [practice] { practice->stepDifference(1); });
    add(menu, "previous-difference", tr("Pre&vious difference"), {QKeySequence(tr("Shift+F8"))},
        [practice] { practice->stepDifference(-1); });
    menu->addSeparator();
    add(menu, "inspect-cell", tr("Show the &whole cell"), {QKeySequence(tr("F2"))},
        [practice] { practice->workspace()->results()->inspect(false); });
    add(menu, "column-statistics", tr("C&ount the column"), {QKeySequence(tr("F4"))},
        [practice] { practice->workspace()->results()->inspect(true); });
    add(menu, "pin-result", tr("&Pin the result"), {QKeySequence(tr("F9"))},
        [practice] { practice->workspace()->results()->pinResult(); });
    add(menu, "compare-pinned", tr("Compare with the p&inned result"), {QKeySequence(tr("Shift+F9"))},
        [practice] { practice->workspace()->results()->compareWithPinned(); });
    menu->addSeparator();
    using screens::ResultsPane;
    const std::tuple<const char *, QString, ResultsPane::Page> pages[] = {
        {"page-results", tr("R&esults"), ResultsPane::Results},
        {"page-expected", tr("E&xpected output"), ResultsPane::Expected},
        {"page-difference", tr("Di&fference"), ResultsPane::Difference},
        {"page-tests", tr("&Tests"), ResultsPane::Tests},
        {"page-messages", tr("&Messages"), ResultsPane::Messages}};
    for (const auto &[id, text, page] : pages)
        add(menu, id, text, {QKeySequence(tr("Alt+%1").arg((6 + int(page)) % 10))},
            [practice, which = page] { practice->workspace()->results()->showPage(which); });
}

void WindowActions::problemMenu(QMenuBar *bar)
{
    auto *menu = bar->addMenu(tr("&Problem"));
    auto *practice = m_window.practice();
    add(menu, "next-problem", tr("&Next problem"), {QKeySequence(tr("Alt+Right"))},
        [practice] { practice->openNeighbour(1); });
    add(menu, "previous-problem", tr("&Previous problem"), {QKeySequence(tr("Alt+Left"))},
        [practice] { practice->openNeighbour(-1); });
    add(menu, "next-hint", tr("Next &hint"), {QKeySequence(tr("Alt+H"))}, [practice] { practice->openNextHint(); });
    add(menu, "bookmark", tr("&Bookmark"), {QKeySequence(tr("Ctrl+D"))},
        [practice] { practice->marks()->toggleBookmark(); });
    auto *again = add(menu, "start-again", tr("Start a&gain from the given text"), {},
                      [practice] { practice->workspace()->startAgain(); });
    again->setEnabled(false);
    connect(practice, &screens::PracticeScreen::problemShown, again,
            [practice, again] { again->setEnabled(!practice->workspace()->opened().starter.isEmpty()); });
    menu->addSeparator();
    const std::pair<QString, Workspace::Side> sides[] = {{tr("&Statement"), Workspace::Statement},
                                                         {tr("S&chema"), Workspace::Schema},
                                                         {tr("H&ints"), Workspace::Hints},
                                                         {tr("S&olution"), Workspace::Solution}};
    static constexpr const char *ids[] = {"statement", "schema", "hints", "solution"};
    for (const auto &[text, side] : sides)
        add(menu, ids[int(side)], text, {QKeySequence(tr("Alt+%1").arg(int(side) + 1))},
            [practice, which = side] { practice->workspace()->showSide(which); });
    add(menu, "diagram", tr("&Diagram of the tables"), {QKeySequence(tr("Alt+Shift+2"))},
        [practice] { practice->workspace()->showDiagram(); });
    add(menu, "history", tr("Histor&y"), {QKeySequence(tr("Alt+5"))}, [practice] { practice->showHistory(); });
    add(menu, "discussion", tr("&What others say"), {QKeySequence(tr("Alt+Shift+5"))},
        [practice] { practice->discussion()->open(); });
    menu->addSeparator();
    add(menu, "search-problems", tr("Se&arch problems"), {QKeySequence(tr("Ctrl+L"))},
        [this] { m_window.searchProblems(); });
    add(menu, "clear-filters", tr("Clear search and &filters"), {}, [practice] { practice->panel()->clearFilters(); });
}

void WindowActions::viewMenu(QMenuBar *bar)
{
    auto *menu = bar->addMenu(tr("&View"));
    auto *practice = m_window.practice();
    add(menu, "practice", tr("P&ractice"), {QKeySequence(tr("Ctrl+1"))},
        [this] { m_window.showScreen(MainWindow::Practice); });
    add(menu, "progress", tr("Pro&gress"), {QKeySequence(tr("Ctrl+2"))},
        [this] { m_window.showScreen(MainWindow::Progress); });
    add(menu, "community", tr("&Community"), {QKeySequence(tr("Ctrl+3"))},
        [this] { m_window.showScreen(MainWindow::Community); });
    m_instructor = add(menu, "instructor", tr("In&structor"), {QKeySequence(tr("Ctrl+4"))},
                       [this] { m_window.showScreen(MainWindow::Instructor); });
    setInstructor(false);
    add(menu, "account-screen", tr("&Account"), {QKeySequence(tr("Ctrl+5"))},
        [this] { m_window.showScreen(MainWindow::Account); });
    menu->addSeparator();
    add(menu, "go-results", tr("Go to res&ults"), {QKeySequence(tr("Ctrl+PgDown"))},
        [practice] { practice->workspace()->results()->focusPage(); });
    add(menu, "go-editor", tr("Go to &editor"), {QKeySequence(tr("Ctrl+PgUp"))},
        [practice] { practice->focusEditor(); });
    m_panel = add(menu, "problem-list", tr("Problem &list"), {QKeySequence(tr("Ctrl+B"))},
                  [this, practice] { practice->setPanelVisible(m_panel->isChecked()); });
    m_panel->setCheckable(true);
    m_panel->setChecked(true);
    menu->addSeparator();
    add(menu, "zoom-in", tr("Zoom &in"), {QKeySequence(tr("Ctrl++")), QKeySequence(tr("Ctrl+="))},
        [this] { m_window.zoom(1); });
    add(menu, "zoom-out", tr("Zoom &out"), {QKeySequence(tr("Ctrl+-"))}, [this] { m_window.zoom(-1); });
    add(menu, "zoom-normal", tr("&Normal size"), {QKeySequence(tr("Ctrl+0"))}, [this] { m_window.zoom(0); });
    menu->addSeparator();
    auto *themes = menu->addMenu(tr("&Theme"));
    auto *group = new QActionGroup(this);
    const QString names[] = {tr("Follow the &system"), tr("&Light"), tr("&Dark"), tr("&High contrast")};
    static constexpr const char *ids[] = {"theme-system", "theme-light", "theme-dark", "theme-contrast"};
    for (int i = 0; i < 4; ++i) {
        auto *action = add(themes, ids[i], names[i], {}, [this, i] { m_window.chooseTheme(i); });
        action->setCheckable(true);
        group->addAction(action);
        m_themes << action;
    }
    m_exam = add(menu, "exam-mode", tr("E&xam mode"), {}, [this] { m_window.setExamMode(m_exam->isChecked()); });
    m_exam->setCheckable(true);
    add(menu, "reset-layout", tr("Reset la&yout"), {}, [this] { m_window.resetLayout(); });
}

void WindowActions::helpMenu(QMenuBar *bar)
{
    auto *menu = bar->addMenu(tr("He&lp"));
    add(menu, "help", tr("&Help"), {QKeySequence(tr("F1"))}, [this] { m_window.openHelp(QString()); });
    add(menu, "help-keys", tr("&Keyboard shortcuts"), {}, [this] { m_window.openHelp(QStringLiteral("keys")); });
    menu->addSeparator();
    add(menu, "about", tr("&About SQLGym"), {}, [this] { m_window.openAbout(); })->setMenuRole(QAction::AboutRole);
}

QList<screens::KeyCommand> WindowActions::keyCommands() const
{
    QList<screens::KeyCommand> list;
    for (const Command &command : m_commands) {
        if (!command.action->isVisible())
            continue;
        list << screens::KeyCommand{command.id, plainName(*command.action), command.action->shortcuts(),
                                    command.defaults};
    }
    return list;
}

QList<QAction *> WindowActions::actions() const
{
    QList<QAction *> list;
    for (const Command &command : m_commands) {
        if (command.id != QLatin1String("commands"))
            list << command.action;
    }
    return list;
}

void WindowActions::readKeys(const session::Settings &settings)
{
    for (const Command &command : m_commands) {
        const auto chosen = settings.keys(command.id);
        QList<QKeySequence> keys = command.defaults;
        if (chosen) {
            keys.clear();
            for (const QString &text : *chosen)
                keys << QKeySequence(text, QKeySequence::PortableText);
        }
        command.action->setShortcuts(keys);
    }
}

void WindowActions::setKeys(session::Settings &settings, const QString &id, const QList<QKeySequence> &keys)
{
    for (const Command &command : m_commands) {
        if (command.id != id)
            continue;
        QStringList texts;
        for (const QKeySequence &key : keys)
            texts << key.toString(QKeySequence::PortableText);
        settings.setKeys(id, keys == command.defaults ? std::nullopt : std::optional(texts));
        command.action->setShortcuts(keys);
    }
}

void WindowActions::setInstructor(bool offered)
{
    m_instructor->setVisible(offered);
    m_instructor->setEnabled(offered);
}

void WindowActions::showTheme() { m_themes[static_cast<int>(widgets::Theme::instance().choice())]->setChecked(true); }

} // namespace sqlgym::shell
