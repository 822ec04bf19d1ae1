#include "session/draft_files.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QJsonDocument>
#include <QtCore/QSaveFile>

namespace sqlgym::session {

namespace {

constexpr qint64 kLargestFile = 32 << 20;

/// Ids are UUIDs; whatever else comes from a server is no file's name.
bool isName(const QString &text)
{
    return !text.isEmpty() && text.size() <= 64 && std::all_of(text.begin(), text.end(), [](QChar c) {
        return c.unicode() < 128 && (c.isLetterOrNumber() || c == u'-');
    });
}

QString write(const QString &folder, const KeptDraft &draft)
{
    if (!QDir().mkpath(folder))
        return DraftFiles::tr("The folder %1 cannot be made.").arg(folder);
    QFile::setPermissions(folder, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    QJsonObject texts;
    for (auto each = draft.texts.begin(); each != draft.texts.end(); ++each)
        texts.insert(each.key(), each.value());
    const QJsonObject json{{QStringLiteral("definition"), draft.definition},
                           {QStringLiteral("saved"), draft.saved},
                           {QStringLiteral("texts"), texts}};
    QSaveFile file(folder + u'/' + draft.id + QStringLiteral(".json"));
    if (!file.open(QIODevice::WriteOnly) || file.write(QJsonDocument(json).toJson(QJsonDocument::Compact)) < 0 ||
        !file.commit())
        return DraftFiles::tr("%1 cannot be written: %2").arg(file.fileName(), file.errorString());
    return {};
}

QList<KeptDraft> readAll(const QString &folder)
{
    QList<KeptDraft> drafts;
    const QDir dir(folder);
    for (const QString &name : dir.entryList({QStringLiteral("*.json")}, QDir::Files, QDir::Time)) {
        QFile file(dir.filePath(name));
        KeptDraft draft;
        draft.id = name.chopped(5);
        if (!isName(draft.id) || file.size() > kLargestFile || !file.open(QIODevice::ReadOnly))
            continue;
        const QJsonObject json = QJsonDocument::fromJson(file.readAll()).object();
        draft.definition = json.value(QStringLiteral("definition")).toObject();
        draft.saved = json.value(QStringLiteral("saved")).toObject();
        const QJsonObject texts = json.value(QStringLiteral("texts")).toObject();
        for (auto each = texts.begin(); each != texts.end(); ++each)
            draft.texts.insert(each.key(), each.value().toString());
        if (!draft.definition.isEmpty())
            drafts << draft;
    }
    return drafts;
}

} // namespace

DraftFiles::DraftFiles(const QString &folder, QObject *parent)
    : QObject(parent), m_folder(folder), m_thread(QStringLiteral("drafts"))
{
}

void DraftFiles::read(const QString &accountId)
{
    m_account = isName(accountId) ? accountId : QString();
    if (m_account.isEmpty()) {
        emit came({});
        return;
    }
    m_thread.ask([folder = m_folder + u'/' + m_account] { return readAll(folder); }, this,
                 [this, account = m_account](const QList<KeptDraft> &drafts) {
                     if (account == m_account)
                         emit came(drafts);
                 });
}

void DraftFiles::keep(const KeptDraft &draft)
{
    if (m_account.isEmpty() || !isName(draft.id))
        return;
    m_thread.ask([folder = m_folder + u'/' + m_account, draft] { return write(folder, draft); }, this,
                 [this](const QString &trouble) {
                     if (!trouble.isEmpty())
                         emit failed(trouble);
                 });
}

void DraftFiles::remove(const QString &id)
{
    if (!m_account.isEmpty() && isName(id))
        m_thread.post(
            [path = m_folder + u'/' + m_account + u'/' + id + QStringLiteral(".json")] { QFile::remove(path); });
}

} // namespace sqlgym::session
