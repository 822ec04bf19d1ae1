#include "session/links_work.h"

#include "client/trouble.h"

#include <QtCore/QCoreApplication>

namespace sqlgym::session {

namespace {

constexpr int kMostLinks = 1000;
constexpr qsizetype kLongestAddress = 2000;
constexpr qsizetype kLongestTitle = 200;

QString tr(const char *text) { return QCoreApplication::translate("links", text); }
QString line(const std::string &utf8) { return QString::fromStdString(client::plainText(utf8)).simplified(); }

} // namespace

std::optional<QUrl> webAddress(const QString &typed)
{
    QString text = typed.trimmed();
    if (text.isEmpty() || text.size() > kLongestAddress)
        return std::nullopt;
    if (!text.contains(QLatin1String("://")))
        text.prepend(QLatin1String("https://"));
    const QUrl url(text, QUrl::StrictMode);
    const bool web = url.scheme() == QLatin1String("https") || url.scheme() == QLatin1String("http");
    const bool host = url.host().contains(u'.') || url.host().contains(u':');
    if (!url.isValid() || !web || !host || !url.userInfo().isEmpty() || url.toEncoded().size() > kLongestAddress)
        return std::nullopt;
    return url;
}

LinkList readLinks(CacheSlot &slot)
{
    LinkList list;
    if (!slot.cache) {
        list.notice = noCache();
        return list;
    }
    const auto links = slot.cache->communityRead().links(kMostLinks);
    if (!links) {
        list.notice = noticeFor(links.error());
        return list;
    }
    for (const cache::Link &link : *links)
        list.links << LinkEntry{QString::fromStdString(link.id),
                                line(link.author),
                                line(link.title),
                                webAddress(QString::fromStdString(link.url)).value_or(QUrl()),
                                QDateTime::fromMSecsSinceEpoch(link.createdAt / 1000),
                                link.own};
    return list;
}

Written addLink(CacheSlot &slot, const QString &title, const QString &address)
{
    if (!slot.cache)
        return {{}, noCache()};
    const QString name = title.simplified();
    if (name.isEmpty() || name.size() > kLongestTitle)
        return {{}, {tr("The link needs a title."), tr("Say in at most 200 characters what one finds there."), false}};
    const auto url = webAddress(address);
    if (!url)
        return {{},
                {tr("This is no address of a web page."),
                 tr("It begins with https:// or http:// and names a host, such as www.postgresql.org."), false}};
    const auto id = slot.cache->community().addLink(name.toStdString(), url->toEncoded().toStdString());
    return id ? Written{QString::fromStdString(*id), {}} : Written{{}, noticeFor(id.error())};
}

Notice deleteLink(CacheSlot &slot, const std::string &id)
{
    if (!slot.cache)
        return noCache();
    const auto done = slot.cache->community().deleteLink(id);
    return done ? Notice() : noticeFor(done.error());
}

} // namespace sqlgym::session
