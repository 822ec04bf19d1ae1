// Earlier attempts at a problem, as the window asks for them. Every function here runs on the cache thread.
#pragma once

#include "session/cache_work.h"

#include <optional>

namespace sqlgym::session {

/// A run, check or submission as the list shows it; its text is asked for when it is opened.
struct AttemptEntry {
    QString id;
    cache::AttemptKind kind = cache::AttemptKind::Run;
    QString outcome; ///< cache::Attempt's word
    bool correct = false;
    base::UnixMicros startedAt = 0;
    qint64 elapsedUs = 0;
    std::optional<qint64> rows;
    QString beginning; ///< of its text, in one line
};

struct AttemptPage {
    QString problemId;
    QList<AttemptEntry> entries; ///< newest first
    bool more = false;           ///< there are older ones
};

AttemptPage readAttempts(CacheSlot &slot, const std::string &problemId, int limit);
/// In the order of `ids`; those that are gone are left out.
QStringList readAttemptTexts(CacheSlot &slot, const QStringList &ids);

} // namespace sqlgym::session
