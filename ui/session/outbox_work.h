// What waits for the server, as the outbox shows it. Every function here runs on the cache thread.
#pragma once

#include "session/cache_work.h"

#include <QtCore/QDateTime>

namespace sqlgym::session {

struct OutboxItem {
    enum class State { Waiting, Refused, AwaitingVerdict };
    QString id;
    State state = State::Waiting;
    QString what;         ///< "Submission"
    QString about;        ///< the problem's title, or words of the learner's
    QString reason;       ///< the server's, or why it was not reached
    QString field;        ///< of `text` in the payload; empty where it is no text
    QString text;         ///< what was written
    bool blocked = false; ///< it hangs on another that was refused
    QDateTime written;
};

/// The server judged a submission otherwise than this computer.
struct JudgedOtherwise {
    QString id;
    QString problem;
    bool correctHere = false;
    QByteArray caseJson; ///< for a report
};

struct OutboxView {
    QList<OutboxItem> items;
    int waiting = 0;
    int refused = 0;
    int awaitingVerdict = 0;
    QList<JudgedOtherwise> judgedOtherwise;
    Notice notice;
};

OutboxView readOutbox(CacheSlot &slot);
/// It has been seen.
Notice dismissDifference(CacheSlot &slot, const std::string &id);
/// Without the items.
OutboxView countOutbox(CacheSlot &slot);
Notice retryEntry(CacheSlot &slot, const std::string &id);
/// `gone`: how many went.
Notice discardEntry(CacheSlot &slot, const std::string &id, int &gone);
Notice mendEntry(CacheSlot &slot, const std::string &id, const QString &field, const QString &text);

} // namespace sqlgym::session
