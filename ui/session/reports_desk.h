// What learners reported, asked of the server and dealt with there.
#pragma once

#include "client/reports.h"
#include "session/instructor_desk.h"

namespace sqlgym::session {

class ReportsDesk : public QObject {
    Q_OBJECT
public:
    explicit ReportsDesk(ServerLink &link, QObject *parent = nullptr);

    /// `closed`: what is dealt with. An answer to an older question is dropped.
    void ask(bool closed);
    // Each ends in dealtWith().
    void setHidden(const client::ReportedThing &thing, bool hidden, const QString &reason);
    void dismiss(const client::ReportedThing &thing);
    /// Answers to what was asked so far are dropped.
    void forget() { ++m_asked; }

signals:
    void came(const std::vector<sqlgym::client::ReportedThing> &things, bool closed);
    void failed(const sqlgym::session::AskTrouble &trouble);
    void dealtWith(const QString &targetId, const sqlgym::session::AskTrouble &trouble);

private:
    template <typename Work> void act(const QString &targetId, Work work);

    ServerLink &m_link;
    quint64 m_asked = 0;
};

} // namespace sqlgym::session
