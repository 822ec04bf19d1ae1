#include "session/person_desk.h"

#include "client/person.h"
#include "session/community_work.h"
#include "session/links_work.h"

namespace sqlgym::session {

namespace {

QString line(const std::string &utf8) { return QString::fromStdString(client::plainText(utf8)).simplified(); }

template <typename Names> QList<PersonName> namesOf(const Names &names)
{
    QList<PersonName> list;
    for (const auto &each : names)
        list << PersonName{QString::fromStdString(each.id), line(each.username)};
    return list;
}

/// What both kinds of source call the same.
template <typename Source> PersonView viewOf(const Source &source)
{
    PersonView view;
    view.person = {QString::fromStdString(source.person.id), line(source.person.username)};
    view.fullName = line(source.name);
    view.company = line(source.company);
    view.linkedin = webAddress(QString::fromStdString(source.linkedin)).value_or(QUrl());
    view.since = QDateTime::fromMSecsSinceEpoch(source.since / 1000);
    view.solved = source.solved;
    view.posts = source.posts;
    view.followers = namesOf(source.followers);
    view.following = namesOf(source.following);
    view.followerCount = static_cast<int>(view.followers.size());
    view.followingCount = static_cast<int>(view.following.size());
    return view;
}

PersonView readPerson(CacheSlot &slot, const std::string &userId)
{
    if (!slot.cache)
        return {};
    const auto page = slot.cache->communityRead().person(userId);
    if (!page || !*page)
        return {};
    PersonView view = viewOf(**page);
    view.own = (*page)->own;
    view.followed = (*page)->followed;
    return view;
}

} // namespace

PersonDesk::PersonDesk(Store &store, ServerLink &link, QObject *parent) : QObject(parent), m_store(store), m_link(link)
{
}

void PersonDesk::open(const QString &userId)
{
    m_userId = userId;
    renew();
}

void PersonDesk::renew()
{
    if (m_userId.isEmpty())
        return;
    m_store.ask([userId = m_userId.toStdString()](CacheSlot &slot) { return readPerson(slot, userId); }, this,
                [this, asked = ++m_asked](const PersonView &here) {
                    if (asked != m_asked)
                        return;
                    if (here.known())
                        emit changed(here);
                    askServer(here);
                });
}

void PersonDesk::askServer(const PersonView &here)
{
    const LinkState &state = m_link.state();
    if (!state.signedIn() || state.kind == LinkState::Kind::Offline || state.kind == LinkState::Kind::Connecting) {
        if (!here.known())
            emit nobody(tr("Only the server knows this person, and it is out of reach."));
        return;
    }
    m_link.ask([userId = m_userId.toStdString()](client::Gateway &gateway) { return client::person(gateway, userId); },
               this,
               [this, here, asked = m_asked](const base::Result<std::optional<client::Person>> &found) {
                   if (asked != m_asked)
                       return;
                   if (!found) {
                       if (client::troubleOf(found.error()) != client::Trouble::Cancelled)
                           emit failed(QString::fromStdString(found.error().message));
                   } else if (!*found) {
                       emit nobody({});
                   } else {
                       PersonView view = viewOf(**found);
                       view.own = here.own;
                       view.followed = here.followed; // what waits to be sent counts already
                       view.complete = true;
                       view.followerCount = (*found)->followerCount;
                       view.followingCount = (*found)->followingCount;
                       emit changed(view);
                   }
               });
}

void PersonDesk::setFollowed(bool followed)
{
    m_store.ask([userId = m_userId.toStdString(),
                 followed](CacheSlot &slot) { return session::setFollowed(slot, userId, followed); },
                this,
                [this](const Notice &notice) {
                    if (!notice.isEmpty()) {
                        emit failed(notice.title + u' ' + notice.text);
                        return;
                    }
                    emit m_store.wroteForServer();
                    renew();
                });
}

} // namespace sqlgym::session
