// A picture from the web: one at a time, kept in the cache folder, from addresses and of a size that can do no harm.
#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QTimer>
#include <QtCore/QUrl>

class QNetworkAccessManager;
class QNetworkReply;

namespace sqlgym::session {

/// https, or http to this computer itself; a host, and no user name.
bool isPictureAddress(const QUrl &url);

/// Asks nobody before fetch(From::Web). What comes is bytes: whether they are a picture, their reader tells.
class PictureFetcher : public QObject {
    Q_OBJECT
public:
    static constexpr qint64 kMostBytes = 2 * 1024 * 1024;

    /// `timeoutMs`: for all of it, however slowly it drips.
    explicit PictureFetcher(QString cacheFolder, int timeoutMs = 15'000, QObject *parent = nullptr);
    ~PictureFetcher() override;

    enum class From {
        CacheAlone, ///< nobody is asked; failed() without words where it is not there
        Web
    };
    /// Ends in fetched() or failed(); one that is under way is given up.
    void fetch(const QUrl &url, From from);
    void cancel();
    /// What was fetched before is forgotten.
    void clearCache();

signals:
    void fetched(const QUrl &url, const QByteArray &bytes);
    void failed(const QUrl &url, const QString &why);

private:
    QNetworkAccessManager &network();
    void ask(const QUrl &url);
    void take();
    void finish();
    void giveUp(const QString &why);
    void letGo();

    QString m_cacheFolder;
    QNetworkAccessManager *m_network = nullptr; ///< made at the first need
    QNetworkReply *m_reply = nullptr;
    QTimer m_patience;
    QUrl m_asked; ///< before it was sent elsewhere
    From m_from = From::Web;
    int m_redirects = 0;
    QByteArray m_bytes;
};

} // namespace sqlgym::session
