// What the window has of its server: the status item, the outbox, the account.
#pragma once

#include "session/outbox_desk.h"
#include "session/settings.h"

#include <QtCore/QPointer>

class QStatusBar;
class QToolButton;
class QWidget;

namespace sqlgym::screens {
class AccountDialog;
class OutboxDialog;
} // namespace sqlgym::screens

namespace sqlgym::shell {

class ServerDesk : public QObject {
    Q_OBJECT
public:
    ServerDesk(session::Settings &settings, session::Store &store, session::ServerLink &link, QWidget *window);

    void install(QStatusBar *bar);
    /// Behind the first frame; once.
    void start();
    void openOutbox();
    void openAccount();
    void syncNow();

signals:
    /// The profile holds other rows than the window shows.
    void contentChanged();

private:
    void show();

    session::Settings &m_settings;
    session::ServerLink &m_link;
    session::OutboxDesk m_outbox;
    QWidget *m_window;
    QToolButton *m_item = nullptr;
    bool m_started = false;
    QPointer<screens::OutboxDialog> m_outboxDialog;
    QPointer<screens::AccountDialog> m_accountDialog;
};

} // namespace sqlgym::shell
