// The learner's own picture: from a file, which stays on this computer, or from an address, once it is asked for.
#pragma once

#include "session/picture_fetcher.h"
#include "session/worker_thread.h"

#include <QtGui/QImage>

namespace sqlgym::screens {

/// A file's picture comes before that of the address. Nothing here waits: reading and drawing have a thread.
class OwnPicture : public QObject {
    Q_OBJECT
public:
    /// `file`: where a picture from a file is kept. `cacheFolder`: of pictures from the web.
    OwnPicture(QString file, const QString &cacheFolder, QObject *parent = nullptr);

    /// The address in the profile. What was fetched from it before is shown; nobody is asked.
    void setAddress(const QString &address);
    void showAddress(const QString &address);
    void useFile(const QString &path);
    void removeFile();
    bool hasFile() const { return !m_fromFile.isNull(); }
    /// Null: there is none to be shown.
    const QImage &image() const { return m_fromFile.isNull() ? m_fromWeb : m_fromFile; }

signals:
    void changed();
    /// A sentence; a failure is why there is no picture.
    void told(const QString &words, bool failed);

private:
    void onFetched(const QByteArray &bytes);

    QString m_file;
    session::PictureFetcher m_fetcher;
    QString m_address;
    bool m_asked = false; ///< somebody waits for the address
    QImage m_fromFile;
    QImage m_fromWeb;
    session::WorkerThread m_thread; ///< the first to end
};

} // namespace sqlgym::screens
