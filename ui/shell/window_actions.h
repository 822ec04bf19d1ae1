// Every command of the window: its menu entry, its key.
#pragma once

#include <QtCore/QObject>

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
    /// Marks the theme that is in use.
    void showTheme();

private:
    QAction *add(QMenu *menu, const QString &text, const QList<QKeySequence> &keys, std::function<void()> run);
    void fileMenu(QMenuBar *bar);
    void editMenu(QMenuBar *bar);
    void queryMenu(QMenuBar *bar);
    void problemMenu(QMenuBar *bar);
    void viewMenu(QMenuBar *bar);
    void helpMenu(QMenuBar *bar);

    MainWindow &m_window;
    QAction *m_panel = nullptr;
    QList<QAction *> m_themes;
};

} // namespace sqlgym::shell
