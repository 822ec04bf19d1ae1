// Every command of the window: its menu entry, its key.
#pragma once

#include "screens/key_editor.h"
#include "session/settings.h"

#include <QtCore/QObject>

#include <functional>

class QAction;
class QMenu;
class QMenuBar;

namespace sqlgym::shell {

class MainWindow;

/// Fills the menu bar; each action calls one member of the window or of its practice screen.
class WindowActions : public QObject {
    Q_OBJECT
public:
    explicit WindowActions(MainWindow &window);

    QAction *panelToggle() const { return m_panel; }
    QAction *examToggle() const { return m_exam; }
    QList<screens::KeyCommand> keyCommands() const;
    QList<QAction *> actions() const;
    /// Gives every command the keys that were chosen for it.
    void readKeys(const session::Settings &settings);
    void setKeys(session::Settings &settings, const QString &id, const QList<QKeySequence> &keys);
    /// Marks the theme that is in use.
    void showTheme();
    /// Whether there is such a screen for who is signed in.
    void setInstructor(bool offered);

private:
    /// `id`: under which its keys are kept; null where they are not its own.
    QAction *add(QMenu *menu, const char *id, const QString &text, const QList<QKeySequence> &keys,
                 std::function<void()> run);
    void fileMenu(QMenuBar *bar);
    void editMenu(QMenuBar *bar);
    void queryMenu(QMenuBar *bar);
    void problemMenu(QMenuBar *bar);
    void viewMenu(QMenuBar *bar);
    void helpMenu(QMenuBar *bar);

    MainWindow &m_window;
    QAction *m_panel = nullptr;
    QAction *m_exam = nullptr;
    QAction *m_instructor = nullptr;
    QList<QAction *> m_themes;
    struct Command {
        QString id;
        QAction *action;
        QList<QKeySequence> defaults;
    };
    QList<Command> m_commands; ///< in the order of the menus
};

} // namespace sqlgym::shell
