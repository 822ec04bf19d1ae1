// The leaderboard: the server's while it is there, else as it was last seen.
#pragma once

#include "session/server_link.h"
#include "session/store.h"

namespace sqlgym::session {

struct LeaderboardEntry {
    int place = 0;
    QString userId;
    QString name; ///< in one line
    qint64 points = 0;
    int solved = 0;
    bool own = false;
};

struct LeaderboardView {
    QList<LeaderboardEntry> rows; ///< by place, at most a hundred
    QDateTime at;                 ///< when the server said so; invalid: it never did
    bool visible = false;         ///< the learner wants to be on it
};

class LeaderboardDesk : public QObject {
    Q_OBJECT
public:
    /// Both outlive it.
    LeaderboardDesk(Store &store, ServerLink &link, QObject *parent = nullptr);

    /// Asks for changed(), with what is kept if there is no server, or for failed().
    void renew();
    /// Is sent when there is a server. A later renew() tells what it made of it.
    void setVisible(bool visible);

signals:
    void changed(const sqlgym::session::LeaderboardView &view);
    void failed(const QString &words);

private:
    void readKept();

    Store &m_store;
    ServerLink &m_link;
    quint64 m_asked = 0; ///< an answer to an earlier question is not shown
};

} // namespace sqlgym::session
