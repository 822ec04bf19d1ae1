// Pictures of people: bytes from elsewhere become a small square image, or a reason why not.
#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QString>
#include <QtGui/QImage>

namespace sqlgym::models {

struct PictureLimits {
    qint64 bytes = 0;
    int side = 0; ///< pixels, of either
};
inline constexpr PictureLimits kFetchedPicture{2 * 1024 * 1024, 4'096};
inline constexpr PictureLimits kPictureFile{20 * 1024 * 1024, 8'192};
inline constexpr int kPictureSide = 256; ///< of what is kept and shown

struct Picture {
    QImage image;    ///< kPictureSide squared; null where there is none
    QString trouble; ///< why; empty: there is one
};

/// PNG and JPEG, told by their first bytes: no other reader of images sees them. The size is looked at before anything
/// is decoded. May be called on any thread, and takes a while.
Picture readPicture(const QByteArray &bytes, const PictureLimits &limits);
Picture readPictureFile(const QString &path);

/// As a PNG file that nobody else reads. Empty: done; else what went wrong.
QString writePicture(const QImage &image, const QString &path);

/// One or two letters of a name, for where there is no picture.
QString initialsOf(const QString &firstName, const QString &lastName, const QString &username);

} // namespace sqlgym::models
