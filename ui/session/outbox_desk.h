// The outbox as the window sees it: read when it may have changed, and worked on while the server is spoken to.
#pragma once

#include "session/outbox_work.h"
#include "session/server_link.h"
#include "session/store.h"

namespace sqlgym::session {

class OutboxDesk : public QObject {
    Q_OBJECT
public:
    /// Both outlive it.
    OutboxDesk(Store &store, ServerLink &link, QObject *parent = nullptr);

    const OutboxView &view() const { return m_view; }
    void read();
    /// Whether entries are wanted, or their numbers alone.
    void setWatched(bool watched);
    void retry(const QString &id);
    void discard(const QString &id);
    void dismissDifference(const QString &id);
    void mend(const QString &id, const QString &field, const QString &text);

signals:
    void changed();
    void discarded(int entries);
    void failed(const sqlgym::session::Notice &notice);

private:
    void done(const Notice &notice);

    Store &m_store;
    ServerLink &m_link;
    OutboxView m_view;
    bool m_watched = false;
};

} // namespace sqlgym::session
