#include "session/server_address.h"

#include <QtCore/QUrl>
#include <QtCore/QUrlQuery>

namespace sqlgym::session {

namespace {

constexpr int kUsualPort = 5432;

/// keyword = value, values with blanks in single quotes, \ before a quote or itself (PostgreSQL manual 34.1.1.1).
std::optional<QMap<QString, QString>> readKeywords(const QString &text)
{
    QMap<QString, QString> values;
    qsizetype at = 0;
    const auto skipBlanks = [&] {
        while (at < text.size() && text[at].isSpace())
            ++at;
    };
    for (skipBlanks(); at < text.size(); skipBlanks()) {
        const qsizetype begin = at;
        while (at < text.size() && (text[at].isLower() || text[at] == u'_'))
            ++at;
        const QString keyword = text.mid(begin, at - begin);
        skipBlanks();
        if (keyword.isEmpty() || at >= text.size() || text[at] != u'=')
            return std::nullopt;
        ++at;
        skipBlanks();
        const bool quoted = at < text.size() && text[at] == u'\'';
        at += quoted ? 1 : 0;
        QString value;
        bool ended = false;
        while (at < text.size() && !ended) {
            const QChar c = text[at];
            ended = quoted ? c == u'\'' : c.isSpace();
            if (!ended && c == u'\\' && at + 1 < text.size())
                value += text[++at];
            else if (!ended)
                value += c;
            ++at;
        }
        if (quoted && !ended)
            return std::nullopt;
        values.insert(keyword, value);
    }
    return values;
}

std::optional<QMap<QString, QString>> readUrl(const QString &text)
{
    const QUrl url(text, QUrl::StrictMode);
    if (!url.isValid())
        return std::nullopt;
    QMap<QString, QString> values;
    const auto put = [&](const char *keyword, const QString &value) {
        if (!value.isEmpty())
            values.insert(QLatin1String(keyword), value);
    };
    put("host", url.host(QUrl::FullyDecoded));
    put("user", url.userName(QUrl::FullyDecoded));
    put("password", url.password(QUrl::FullyDecoded));
    put("dbname", url.path(QUrl::FullyDecoded).mid(1));
    if (url.port() > 0)
        put("port", QString::number(url.port()));
    for (const auto &[keyword, value] : QUrlQuery(url).queryItems(QUrl::FullyDecoded))
        values.insert(keyword, value);
    return values;
}

} // namespace

std::optional<ServerAddress> ServerAddress::read(const QString &dsn)
{
    const QString text = dsn.trimmed();
    const bool url = text.startsWith(QLatin1String("postgresql://")) || text.startsWith(QLatin1String("postgres://"));
    auto values = url ? readUrl(text) : readKeywords(text);
    if (!values)
        return std::nullopt;
    ServerAddress address;
    address.m_values = std::move(*values);
    return address;
}

void ServerAddress::set(const QString &keyword, const QString &value)
{
    if (value.isEmpty())
        m_values.remove(keyword);
    else
        m_values.insert(keyword, value);
}

QString ServerAddress::shown() const
{
    const QString port = value(QStringLiteral("port"));
    const bool usual = port.isEmpty() || port.toInt() == kUsualPort;
    const QString name = host().isEmpty() ? QStringLiteral("localhost") : host();
    return usual || name.startsWith(u'/') ? name : name + u':' + port;
}

QString ServerAddress::dsn() const
{
    QStringList parts;
    for (auto each = m_values.cbegin(); each != m_values.cend(); ++each) {
        QString value = each.value();
        value.replace(u'\\', QLatin1String("\\\\")).replace(u'\'', QLatin1String("\\'"));
        parts << each.key() + QLatin1String("='") + value + u'\'';
    }
    return parts.join(u' ');
}

} // namespace sqlgym::session
