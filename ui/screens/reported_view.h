// One thing that was reported: whose it is, what it says, who reported it and why; and what can be done about it.
#pragma once

#include "session/reports_desk.h"

#include <QtWidgets/QWidget>

class QLabel;
class QLineEdit;
class QPushButton;

namespace sqlgym::widgets {
class SqlText;
}

namespace sqlgym::screens {

class ReportedView : public QWidget {
    Q_OBJECT
public:
    explicit ReportedView(QWidget *parent = nullptr);

    void setThing(const client::ReportedThing &thing);
    /// Nothing is chosen.
    void clear();
    /// What is on its way to the server is not asked for twice.
    void setBusy(bool busy);

    // As the buttons do; nothing where the button cannot be pressed.
    void hideOrRestore();
    void dismiss();

    static QString kindWords(const std::string &kind);

signals:
    void hiddenWanted(bool hidden, const QString &reason);
    void dismissWanted();

private:
    void showText();
    void takeTheme();
    void showButtons();

    client::ReportedThing m_thing;
    bool m_some = false;
    bool m_busy = false;
    bool m_covered = false;
    QLabel *m_title;
    QLabel *m_when;
    QLabel *m_state;
    QLabel *m_text;
    widgets::SqlText *m_code;
    QPushButton *m_uncover;
    QLabel *m_reports;
    QLineEdit *m_reason;
    QPushButton *m_hide;
    QPushButton *m_dismiss;
    QWidget *m_page;
    QLabel *m_nothing;
};

} // namespace sqlgym::screens
