#include "session/picture_fetcher.h"

#include <QtNetwork/QHostAddress>
#include <QtNetwork/QNetworkAccessManager>
#include <QtNetwork/QNetworkDiskCache>
#include <QtNetwork/QNetworkReply>

namespace sqlgym::session {

namespace {

constexpr qint64 kMostCached = 20 * 1024 * 1024;
constexpr int kMostRedirects = 3;

bool isThisComputer(const QString &host)
{
    return host == QLatin1String("localhost") || QHostAddress(host).isLoopback();
}

} // namespace

bool isPictureAddress(const QUrl &url)
{
    if (!url.isValid() || url.host().isEmpty() || !url.userInfo().isEmpty())
        return false;
    return url.scheme() == QLatin1String("https") ||
           (url.scheme() == QLatin1String("http") && isThisComputer(url.host()));
}

PictureFetcher::PictureFetcher(QString cacheFolder, int timeoutMs, QObject *parent)
    : QObject(parent), m_cacheFolder(std::move(cacheFolder))
{
    m_patience.setSingleShot(true);
    m_patience.setInterval(timeoutMs);
    connect(&m_patience, &QTimer::timeout, this,
            [this] { giveUp(tr("It took too long. See whether the address is right, and try again later.")); });
}

PictureFetcher::~PictureFetcher() { letGo(); }

QNetworkAccessManager &PictureFetcher::network()
{
    if (m_network)
        return *m_network;
    m_network = new QNetworkAccessManager(this);
    m_network->setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy);
    if (!m_cacheFolder.isEmpty()) {
        auto *cache = new QNetworkDiskCache(m_network);
        cache->setCacheDirectory(m_cacheFolder);
        cache->setMaximumCacheSize(kMostCached);
        m_network->setCache(cache);
    }
    return *m_network;
}

void PictureFetcher::fetch(const QUrl &url, From from)
{
    letGo();
    m_asked = url;
    m_from = from;
    m_redirects = 0;
    if (!isPictureAddress(url)) {
        giveUp(tr("The address of a picture begins with https:// and names a host."));
        return;
    }
    m_patience.start();
    ask(url);
}

void PictureFetcher::cancel() { letGo(); }

void PictureFetcher::clearCache()
{
    if (network().cache())
        network().cache()->clear();
}

void PictureFetcher::ask(const QUrl &url)
{
    QNetworkRequest request(url);
    request.setAttribute(QNetworkRequest::CacheLoadControlAttribute,
                         m_from == From::CacheAlone ? QNetworkRequest::AlwaysCache : QNetworkRequest::PreferNetwork);
    request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    request.setHeader(QNetworkRequest::UserAgentHeader, QStringLiteral("SQLGym"));
    request.setRawHeader("Accept", "image/png, image/jpeg");
    request.setRawHeader("Accept-Encoding", "identity"); // what is counted is what comes
    m_bytes.clear();
    m_reply = network().get(request);
    m_reply->setReadBufferSize(kMostBytes + 1);
    connect(m_reply, &QNetworkReply::readyRead, this, &PictureFetcher::take);
    connect(m_reply, &QNetworkReply::finished, this, &PictureFetcher::finish);
}

void PictureFetcher::take()
{
    m_bytes += m_reply->read(kMostBytes + 1 - m_bytes.size());
    const qint64 told = m_reply->header(QNetworkRequest::ContentLengthHeader).toLongLong();
    if (m_bytes.size() > kMostBytes || told > kMostBytes)
        giveUp(tr("The picture is too large: 2 MB at most."));
}

void PictureFetcher::finish()
{
    if (m_reply->error() != QNetworkReply::NoError) {
        const int status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
        if (m_from == From::CacheAlone)
            giveUp({});
        else if (status >= 400)
            giveUp(tr("The server of the picture answers %1. See whether the address is right.").arg(status));
        else
            giveUp(tr("The picture could not be fetched: %1.").arg(m_reply->errorString()));
        return;
    }
    const QUrl next = m_reply->attribute(QNetworkRequest::RedirectionTargetAttribute).toUrl();
    if (!next.isEmpty()) {
        const QUrl to = m_reply->url().resolved(next);
        if (to.scheme() != m_asked.scheme() || !isPictureAddress(to) || ++m_redirects > kMostRedirects) {
            giveUp(
                tr("The address leads on to where no picture is fetched from. Give the picture\u2019s own address."));
            return;
        }
        m_reply->disconnect(this);
        m_reply->deleteLater();
        ask(to);
        return;
    }
    take();
    if (!m_reply) // it was too large
        return;
    const QUrl url = m_asked;
    const QByteArray bytes = std::move(m_bytes);
    letGo();
    emit fetched(url, bytes);
}

void PictureFetcher::giveUp(const QString &why)
{
    const QUrl url = m_asked;
    letGo();
    emit failed(url, why);
}

void PictureFetcher::letGo()
{
    m_patience.stop();
    m_bytes.clear();
    if (!m_reply)
        return;
    m_reply->disconnect(this);
    m_reply->abort();
    m_reply->deleteLater();
    m_reply = nullptr;
}

} // namespace sqlgym::session
