// How it stands between this profile and its server.
#pragma once

#include <QtCore/QDateTime>
#include <QtCore/QMetaType>
#include <QtCore/QString>

namespace sqlgym::session {

struct LinkState {
    enum class Kind {
        NoServer,
        SignedOut,
        Offline, ///< tried again by itself
        Connecting,
        Syncing,
        Synced,
        Stopped, ///< not tried again soon: `reason` says what to do
    };
    Kind kind = Kind::NoServer;
    QString reason;   ///< why, in a sentence
    QDateTime since;  ///< of Offline
    QDateTime synced; ///< the last time that all was exchanged, in this session
    qint64 rows = 0;  ///< of Syncing: a new copy's; 0 where nothing is counted
    qint64 total = 0;
    int secondsLeft = -1; ///< -1 = not known yet
    QString server;       ///< as a person reads it
    QString account;      ///< user name; empty = signed out
    QString accountId;    ///< users.id
    bool instructor = false;
    QString tokenPlace;   ///< what keeps the session: "the keychain"; empty = memory alone
    QString tokenTrouble; ///< why it is memory alone

    bool signedIn() const { return !account.isEmpty(); }
};

/// What became of something that was asked for.
struct LinkAnswer {
    enum class Action { Test, SignIn, SignUp, SignOut, ChangePassword, DeleteAccount };
    Action action = Action::Test;
    bool done = false;
    QString words;
};

} // namespace sqlgym::session

Q_DECLARE_METATYPE(sqlgym::session::LinkState)
Q_DECLARE_METATYPE(sqlgym::session::LinkAnswer)
