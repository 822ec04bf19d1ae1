// The community: posts, helpful links, the leaderboard.
#pragma once

#include "session/server_link.h"
#include "session/store.h"

#include <QtCore/QTimer>
#include <QtWidgets/QWidget>

class QStackedWidget;
class QTabWidget;

namespace sqlgym::widgets {
class NoticeBar;
}

namespace sqlgym::screens {

class CommunityPosts;
class LeaderboardPage;
class LinksPage;
class PersonPage;

class CommunityScreen : public QWidget {
    Q_OBJECT
public:
    /// Both outlive it.
    CommunityScreen(session::Store &store, session::ServerLink &link, QWidget *parent = nullptr);

    enum Page { Posts, Leaderboard, Links };

    CommunityPosts *posts() const { return m_posts; }
    void showPage(Page page);
    void showPerson(const QString &userId, const QString &name);
    /// The profile may hold other rows than are shown.
    void renew();

signals:
    void accountAsked();
    void codeChosen(const QString &sql);
    void problemChosen(const QString &slug);
    void statusMessage(const QString &text);

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void showState();
    void fetch();
    void leavePerson();

    session::Store &m_store;
    session::ServerLink &m_link;
    widgets::NoticeBar *m_state;
    QStackedWidget *m_stack; ///< the pages, or a person
    QTabWidget *m_tabs;
    CommunityPosts *m_posts;
    LeaderboardPage *m_leaderboard;
    LinksPage *m_links;
    PersonPage *m_person;
    QTimer m_again; ///< the server does not tell of what others write
};

} // namespace sqlgym::screens
