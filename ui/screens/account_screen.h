// Account: profile, session, server, password, and what there is of one's data.
#pragma once

#include "session/account_work.h"
#include "session/profile.h"
#include "session/server_link.h"

#include <QtWidgets/QWidget>

class QLabel;
class QListWidget;
class QScrollArea;
class QStackedWidget;

namespace sqlgym::session {
class Store;
}
namespace sqlgym::widgets {
class Avatar;
class NoticeBar;
} // namespace sqlgym::widgets

namespace sqlgym::screens {

class DataPage;
class OwnPicture;
class PasswordPage;
class ProfilePage;
class ServerForm;
class SessionPage;

/// Sections follow the state: what needs a session says so without one. The profile is read when it is shown, and again
/// after each exchange.
class AccountScreen : public QWidget {
    Q_OBJECT
public:
    enum Section { Profile, Session, Server, Password, Data };

    AccountScreen(session::ServerLink &link, session::Store &store, const session::Profile &files,
                  QWidget *parent = nullptr);

    void showSection(Section section);
    /// That which is next to be done: a server, a session, or the profile.
    void showNext();
    /// Reads the profile anew.
    void refresh();

signals:
    /// The link knows it already; to be kept for the next start.
    void serverChosen(const sqlgym::session::ServerAddress &address);
    /// The profile is nobody's any more: its catalogue is to be loaded anew.
    void accountDeleted();

private:
    QWidget *makeSide();
    void addSection(const QString &name, QWidget *page);
    void connectLink();
    void connectProfile();
    void connectData();
    void take(const session::AccountView &account);
    void setState();
    void showAnswer(const session::LinkAnswer &answer);
    void await(const QString &words);
    void save(const session::ProfileTexts &texts);
    void exportData(const QString &parentFolder);
    bool hasServer() const { return !m_link.server().isEmpty(); }

    session::ServerLink &m_link;
    session::Store &m_store;
    session::AccountView m_view;
    OwnPicture *m_picture;
    widgets::Avatar *m_avatar;
    QLabel *m_name;
    QLabel *m_standing;
    QListWidget *m_sections;
    widgets::NoticeBar *m_notice;
    QStackedWidget *m_pages;
    ProfilePage *m_profile;
    SessionPage *m_session;
    ServerForm *m_server;
    PasswordPage *m_password;
    DataPage *m_data;
    bool m_waiting = false;
};

} // namespace sqlgym::screens
