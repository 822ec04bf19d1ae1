// The community: posts, helpful links, the leaderboard.
#pragma once

#include "session/server_link.h"
#include "session/store.h"

#include <QtCore/QTimer>
#include <QtWidgets/QWidget>

namespace sqlgym::widgets {
class NoticeBar;
}

namespace sqlgym::screens {

class CommunityPosts;

class CommunityScreen : public QWidget {
    Q_OBJECT
public:
    /// Both outlive it.
    CommunityScreen(session::Store &store, session::ServerLink &link, QWidget *parent = nullptr);

    CommunityPosts *posts() const { return m_posts; }
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

    session::Store &m_store;
    session::ServerLink &m_link;
    widgets::NoticeBar *m_state;
    CommunityPosts *m_posts;
    QTimer m_again; ///< the server does not tell of what others write
};

} // namespace sqlgym::screens
