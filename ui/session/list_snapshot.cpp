#include "session/list_snapshot.h"

#include <QtCore/QDataStream>
#include <QtCore/QDir>
#include <QtCore/QFileInfo>
#include <QtCore/QSaveFile>

namespace sqlgym::session {

namespace {

constexpr quint32 kVersion = 0x53474C32; // "SGL2"
constexpr quint32 kMostEntries = 100'000;
constexpr qint64 kMostBytes = 16 << 20;

QByteArray pack(const ProblemEntries &entries)
{
    QByteArray bytes;
    QDataStream stream(&bytes, QIODevice::WriteOnly);
    stream << kVersion << static_cast<quint32>(entries.size());
    for (const auto &e : entries)
        stream << e.id << e.slug << e.title << e.topicId << e.topic << e.company << e.tags
               << static_cast<quint8>(e.difficulty) << static_cast<quint8>(e.status) << e.bookmarked;
    return bytes;
}

ProblemEntries unpack(const QByteArray &bytes)
{
    QDataStream stream(bytes);
    quint32 version = 0, count = 0;
    stream >> version >> count;
    ProblemEntries entries;
    if (version != kVersion || count > kMostEntries)
        return entries;
    for (quint32 i = 0; i < count; ++i) {
        ProblemEntry e;
        quint8 difficulty = 0, status = 0;
        stream >> e.id >> e.slug >> e.title >> e.topicId >> e.topic >> e.company >> e.tags >> difficulty >> status >>
            e.bookmarked;
        if (stream.status() != QDataStream::Ok || difficulty > static_cast<quint8>(content::Difficulty::Expert) ||
            status > static_cast<quint8>(ProblemStatus::GaveUp))
            return {};
        e.difficulty = static_cast<content::Difficulty>(difficulty);
        e.status = static_cast<ProblemStatus>(status);
        entries.push_back(std::move(e));
    }
    return entries;
}

} // namespace

ProblemEntries ListSnapshot::read() const
{
    QFile file(m_file);
    if (!file.open(QIODevice::ReadOnly) || file.size() > kMostBytes)
        return {};
    m_known = file.readAll();
    return unpack(m_known);
}

void ListSnapshot::write(const ProblemEntries &entries)
{
    QByteArray bytes = pack(entries);
    if (bytes == m_known)
        return;
    QDir().mkpath(QFileInfo(m_file).path());
    QSaveFile file(m_file);
    file.setDirectWriteFallback(false);
    if (file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() && file.commit())
        m_known = std::move(bytes);
}

} // namespace sqlgym::session
