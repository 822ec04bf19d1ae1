#include "models/export_file.h"

#include <QtCore/QSaveFile>

namespace sqlgym::models {

QString exportTo(const QString &path, const CellSource &source, const CellRange &cells, CopyFormat format,
                 CopyProgress &progress)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return file.errorString();
    const auto write = [&file](const QString &piece) {
        const QByteArray bytes = piece.toUtf8();
        return file.write(bytes) == bytes.size();
    };
    const bool whole = copyTo(write, source, cells, format, progress);
    if (progress.cancelled)
        return {}; // and the file goes
    return whole && file.commit() ? QString() : file.errorString();
}

} // namespace sqlgym::models
