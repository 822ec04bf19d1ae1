#include "models/picture.h"

#include <QtCore/QBuffer>
#include <QtCore/QCoreApplication>
#include <QtCore/QFile>
#include <QtCore/QSaveFile>
#include <QtCore/QTextBoundaryFinder>
#include <QtGui/QImageReader>

namespace sqlgym::models {

namespace {

QString tr(const char *text) { return QCoreApplication::translate("picture", text); }

QByteArray formatOf(const QByteArray &bytes)
{
    if (bytes.startsWith("\x89PNG\r\n\x1a\n"))
        return "png";
    return bytes.startsWith("\xff\xd8\xff") ? "jpeg" : QByteArray();
}

Picture refused(const QString &why) { return {{}, why}; }

QString firstLetter(const QString &name)
{
    const QString trimmed = name.trimmed();
    QTextBoundaryFinder letters(QTextBoundaryFinder::Grapheme, trimmed);
    const qsizetype end = letters.toNextBoundary();
    return end > 0 && end <= 8 && trimmed.at(0).isPrint() ? trimmed.left(end).toUpper() : QString();
}

} // namespace

Picture readPicture(const QByteArray &bytes, const PictureLimits &limits)
{
    if (bytes.size() > limits.bytes)
        return refused(tr("The picture is too large: %1 MB at most.").arg(limits.bytes / (1024 * 1024)));
    const QByteArray format = formatOf(bytes);
    if (format.isEmpty())
        return refused(tr("This is no picture that can be shown: PNG and JPEG are."));
    QBuffer buffer;
    buffer.setData(bytes);
    buffer.open(QIODevice::ReadOnly);
    QImageReader reader(&buffer, format);
    reader.setAutoDetectImageFormat(false);
    reader.setAutoTransform(true);
    const QSize size = reader.size();
    if (size.isEmpty())
        return refused(tr("The picture is damaged."));
    if (size.width() > limits.side || size.height() > limits.side)
        return refused(tr("The picture is too large: %1 by %1 pixels at most.").arg(limits.side));
    // Covers the square, whose middle is taken.
    const QSize cover = size.scaled(kPictureSide, kPictureSide, Qt::KeepAspectRatioByExpanding);
    if (cover.width() > 16 * kPictureSide || cover.height() > 16 * kPictureSide)
        return refused(tr("The picture is too long and narrow to be shown."));
    reader.setScaledSize(cover);
    QImage image;
    if (!reader.read(&image))
        return refused(tr("The picture is damaged."));
    const QRect middle((image.width() - kPictureSide) / 2, (image.height() - kPictureSide) / 2, kPictureSide,
                       kPictureSide);
    return {image.copy(middle).convertToFormat(QImage::Format_ARGB32_Premultiplied), {}};
}

Picture readPictureFile(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return refused(tr("The file could not be read: %1.").arg(file.errorString()));
    return readPicture(file.read(kPictureFile.bytes + 1), kPictureFile);
}

QString writePicture(const QImage &image, const QString &path)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || !file.setPermissions(QFile::ReadOwner | QFile::WriteOwner) ||
        !image.save(&file, "PNG") || !file.commit())
        return tr("The picture could not be kept: %1.").arg(file.errorString());
    return {};
}

QString initialsOf(const QString &firstName, const QString &lastName, const QString &username)
{
    const QString both = firstLetter(firstName) + firstLetter(lastName);
    return both.isEmpty() ? firstLetter(username) : both;
}

} // namespace sqlgym::models
