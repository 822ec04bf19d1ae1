#include "screens/own_picture.h"

#include "models/picture.h"

#include <QtCore/QFile>

namespace sqlgym::screens {

OwnPicture::OwnPicture(QString file, const QString &cacheFolder, QObject *parent)
    : QObject(parent), m_file(std::move(file)), m_fetcher(cacheFolder), m_thread(QStringLiteral("pictures"))
{
    connect(&m_fetcher, &session::PictureFetcher::fetched, this,
            [this](const QUrl &, const QByteArray &bytes) { onFetched(bytes); });
    connect(&m_fetcher, &session::PictureFetcher::failed, this, [this](const QUrl &, const QString &why) {
        if (m_asked)
            emit told(why, true);
        m_asked = false;
    });
    if (!QFile::exists(m_file))
        return;
    m_thread.ask([file = m_file] { return models::readPictureFile(file); }, this,
                 [this](const models::Picture &picture) {
                     m_fromFile = picture.image;
                     emit changed();
                 });
}

void OwnPicture::setAddress(const QString &address)
{
    if (m_address == address)
        return;
    m_address = address;
    m_fromWeb = {};
    m_asked = false;
    m_fetcher.cancel();
    if (!address.isEmpty())
        m_fetcher.fetch(QUrl(address, QUrl::StrictMode), session::PictureFetcher::From::CacheAlone);
    emit changed();
}

void OwnPicture::showAddress(const QString &address)
{
    m_address = address;
    m_asked = true;
    m_fetcher.fetch(QUrl(address, QUrl::StrictMode), session::PictureFetcher::From::Web);
}

void OwnPicture::onFetched(const QByteArray &bytes)
{
    m_thread.ask([bytes] { return models::readPicture(bytes, models::kFetchedPicture); }, this,
                 [this, address = m_address](const models::Picture &picture) {
                     if (address != m_address)
                         return;
                     m_fromWeb = picture.image;
                     emit changed();
                     if (m_asked)
                         emit told(!picture.trouble.isEmpty() ? picture.trouble
                                   : hasFile()
                                       ? tr("The picture is there. On this computer the one from a file is shown.")
                                       : tr("The picture is there."),
                                   !picture.trouble.isEmpty());
                     m_asked = false;
                 });
}

void OwnPicture::useFile(const QString &path)
{
    m_thread.ask(
        [path, file = m_file] {
            models::Picture picture = models::readPictureFile(path);
            if (picture.trouble.isEmpty())
                picture.trouble = models::writePicture(picture.image, file);
            return picture;
        },
        this,
        [this](const models::Picture &picture) {
            if (!picture.trouble.isEmpty()) {
                emit told(picture.trouble, true);
                return;
            }
            m_fromFile = picture.image;
            emit changed();
            emit told(tr("The picture is kept on this computer; nobody else sees it."), false);
        });
}

void OwnPicture::removeFile()
{
    if (!QFile::remove(m_file) && QFile::exists(m_file)) {
        emit told(tr("The picture %1 could not be removed.").arg(m_file), true);
        return;
    }
    m_fromFile = {};
    emit changed();
    emit told(tr("The picture is removed from this computer."), false);
}

} // namespace sqlgym::screens
