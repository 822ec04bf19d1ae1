#include "session/reports_desk.h"

#include "session/server_link.h"

#include <QtCore/QUuid>

namespace sqlgym::session {

ReportsDesk::ReportsDesk(ServerLink &link, QObject *parent) : QObject(parent), m_link(link) {}

void ReportsDesk::ask(bool closed)
{
    using Answer = base::Result<std::vector<client::ReportedThing>>;
    m_link.ask(
        [closed](client::Gateway &gateway) -> Answer {
            if (auto allowed = client::requireInstructor(gateway); !allowed)
                return allowed.error();
            return client::reportQueue(gateway, closed);
        },
        this,
        [this, closed, asked = ++m_asked](const Answer &answer) {
            if (asked != m_asked)
                return;
            if (answer)
                emit came(*answer, closed);
            else if (client::troubleOf(answer.error()) != client::Trouble::Cancelled)
                emit failed(troubleFrom(answer.error()));
        });
}

template <typename Work> void ReportsDesk::act(const QString &targetId, Work work)
{
    m_link.ask(std::move(work), this, [this, targetId](const base::Result<void> &done) {
        emit dealtWith(targetId, done ? AskTrouble() : troubleFrom(done.error()));
    });
}

void ReportsDesk::setHidden(const client::ReportedThing &thing, bool hidden, const QString &reason)
{
    const std::string id = QUuid::createUuid().toString(QUuid::WithoutBraces).toStdString();
    act(QString::fromStdString(thing.targetId),
        [id, thing, hidden, words = reason.toStdString()](client::Gateway &gateway) {
            return client::moderate(gateway, id, thing, hidden, words);
        });
}

void ReportsDesk::dismiss(const client::ReportedThing &thing)
{
    act(QString::fromStdString(thing.targetId),
        [thing](client::Gateway &gateway) { return client::dismissReports(gateway, thing); });
}

} // namespace sqlgym::session
