#include "session/outbox_desk.h"

namespace sqlgym::session {

OutboxDesk::OutboxDesk(Store &store, ServerLink &link, QObject *parent) : QObject(parent), m_store(store), m_link(link)
{
    connect(&store, &Store::wroteForServer, this, &OutboxDesk::read);
    connect(&link, &ServerLink::exchanged, this, &OutboxDesk::read);
}

void OutboxDesk::read()
{
    m_store.ask([items = m_watched](CacheSlot &slot) { return items ? readOutbox(slot) : countOutbox(slot); }, this,
                [this](const OutboxView &view) {
                    m_view = view;
                    emit changed();
                });
}

void OutboxDesk::setWatched(bool watched)
{
    m_watched = watched;
    if (watched)
        read();
}

void OutboxDesk::done(const Notice &notice)
{
    if (!notice.isEmpty())
        emit failed(notice);
    read();
    if (notice.isEmpty())
        m_link.syncNow();
}

void OutboxDesk::retry(const QString &id)
{
    m_store.ask([id = id.toStdString()](CacheSlot &slot) { return retryEntry(slot, id); }, this,
                [this](const Notice &notice) { done(notice); });
}

void OutboxDesk::discard(const QString &id)
{
    m_store.ask(
        [id = id.toStdString()](CacheSlot &slot) {
            int gone = 0;
            const Notice notice = discardEntry(slot, id, gone);
            return std::pair(notice, gone);
        },
        this,
        [this](const std::pair<Notice, int> &answer) {
            done(answer.first);
            if (answer.second > 0)
                emit discarded(answer.second);
        });
}

void OutboxDesk::dismissDifference(const QString &id)
{
    m_store.ask([id = id.toStdString()](CacheSlot &slot) { return session::dismissDifference(slot, id); }, this,
                [this](const Notice &notice) {
                    if (!notice.isEmpty())
                        emit failed(notice);
                    read();
                });
}

void OutboxDesk::mend(const QString &id, const QString &field, const QString &text)
{
    m_store.ask([id = id.toStdString(), field, text](CacheSlot &slot) { return mendEntry(slot, id, field, text); },
                this, [this](const Notice &notice) { done(notice); });
}

} // namespace sqlgym::session
