#include "session/history_work.h"

namespace sqlgym::session {

namespace {

constexpr qsizetype kBeginningLength = 160;

QString text(const std::string &bytes) { return QString::fromUtf8(bytes.data(), static_cast<qsizetype>(bytes.size())); }

QString beginningOf(const std::string &query)
{
    return text(query.substr(0, 4 * kBeginningLength)).simplified().left(kBeginningLength);
}

} // namespace

AttemptPage readAttempts(CacheSlot &slot, const std::string &problemId, int limit)
{
    AttemptPage page;
    page.problemId = text(problemId);
    if (!slot.cache)
        return page;
    const auto found = slot.cache->attempts().attempts(problemId, limit + 1);
    if (!found)
        return page;
    page.more = found->size() > static_cast<std::size_t>(limit);
    for (const auto &attempt : *found) {
        if (page.entries.size() == limit)
            break;
        page.entries << AttemptEntry{
            text(attempt.id),  attempt.kind,      text(attempt.outcome), attempt.correct,
            attempt.startedAt, attempt.elapsedUs, attempt.rows,          beginningOf(attempt.query)};
    }
    return page;
}

QStringList readAttemptTexts(CacheSlot &slot, const QStringList &ids)
{
    QStringList texts;
    for (const QString &id : ids) {
        if (!slot.cache)
            break;
        if (const auto found = slot.cache->attempts().attempt(id.toStdString()); found && *found)
            texts << text((*found)->query);
    }
    return texts;
}

} // namespace sqlgym::session
