// What the window has of its server: the status item, the outbox, the account.
#pragma once

#include "session/outbox_desk.h"
#include "session/settings.h"

#include <QtCore/QPointer>

class QStatusBar;
class QToolButton;
class QVBoxLayout;
class QWidget;

namespace sqlgym::screens {
class OutboxDialog;
} // namespace sqlgym::screens

namespace sqlgym::widgets {
class NoticeBar;
}

namespace sqlgym::shell {

class ServerDesk : public QObject {
    Q_OBJECT
public:
    ServerDesk(session::Settings &settings, session::Store &store, session::ServerLink &link, QWidget *window);

    /// What has to be told comes above all else in `column`.
    void install(QStatusBar *bar, QVBoxLayout *column);
    /// Behind the first frame; once.
    void start();
    void openOutbox();
    void openAccount();
    /// From now on; empty: none. The link knows it already.
    void keepServer(const session::ServerAddress &address);
    void syncNow();

signals:
    /// The profile holds other rows than the window shows.
    void contentChanged();
    void accountAsked();

private:
    void show();
    void tellDifference();

    session::Settings &m_settings;
    session::ServerLink &m_link;
    session::OutboxDesk m_outbox;
    QWidget *m_window;
    QToolButton *m_item = nullptr;
    QVBoxLayout *m_column = nullptr;
    widgets::NoticeBar *m_difference = nullptr;
    QString m_told; ///< the submission it is about
    bool m_started = false;
    QPointer<screens::OutboxDialog> m_outboxDialog;
};

} // namespace sqlgym::shell
