// Ctrl+Shift+P: every command of the window by a few letters of its name.
#pragma once

#include <QtWidgets/QFrame>

class QAction;
class QLineEdit;
class QListWidget;

namespace sqlgym::screens {

class CommandPalette : public QFrame {
    Q_OBJECT
public:
    CommandPalette(QList<QAction *> actions, QWidget *parent);

    /// Shows itself at the top middle of `area`; goes away by itself.
    void openOver(QWidget *area);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void fill(const QString &words);
    void choose();

    QList<QAction *> m_actions;
    QLineEdit *m_words;
    QListWidget *m_list;
};

} // namespace sqlgym::screens
