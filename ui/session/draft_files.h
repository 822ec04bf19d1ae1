// What an instructor has typed and not yet saved to the server: a file for each problem in the profile.
#pragma once

#include "session/worker_thread.h"

#include <QtCore/QHash>
#include <QtCore/QJsonObject>
#include <QtCore/QList>
#include <QtCore/QString>

namespace sqlgym::session {

struct KeptDraft {
    QString id;
    QJsonObject definition;
    QJsonObject saved;             ///< as the server had it when it was opened or saved last; empty: it has none
    QHash<QString, QString> texts; ///< by member: what was typed there and is no JSON yet
    bool isEmpty() const { return id.isEmpty(); }
};

/// Reads and writes on a thread of its own. What is given to keep() is on disk within moments; ends when all is.
class DraftFiles : public QObject {
    Q_OBJECT
public:
    /// `folder` need not be there yet.
    explicit DraftFiles(const QString &folder, QObject *parent = nullptr);

    /// Whose drafts these are: each account has a folder. Ends in came().
    void read(const QString &accountId);
    void keep(const KeptDraft &draft);
    void remove(const QString &id);

signals:
    void came(const QList<sqlgym::session::KeptDraft> &drafts);
    /// It could not be written: what, in a sentence.
    void failed(const QString &words);

private:
    QString m_folder;
    QString m_account;
    WorkerThread m_thread;
};

} // namespace sqlgym::session
