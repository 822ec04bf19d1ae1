// A copy of the bundled pack in a temporary folder, to be spoilt.
#pragma once

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QTemporaryDir>

#include <filesystem>

class TempPack {
public:
    /// Two datasets and one problem of each, so that a copy is small.
    TempPack()
    {
        const QString source = QStringLiteral(SQLGYM_SOURCE_DIR "/resources/packs/first-steps/");
        QDirIterator files(source, QDir::Files, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            const QString name = QDir(source).relativeFilePath(files.next());
            if (name.startsWith("problems/") && !name.startsWith("problems/no-reply/") &&
                !name.startsWith("problems/one-way/"))
                continue;
            if (name.startsWith("datasets/") && !name.startsWith("datasets/tool-library/") &&
                !name.startsWith("datasets/island-ferries/"))
                continue;
            write(name, read(source + name));
        }
        write("tracks.json", R"([{"name": "One", "description": "A first one.", "problems": ["no-reply"]},
 {"name": "Two", "description": "A second one.", "needs": ["one"], "problems": ["one-way"]}])");
    }

    std::filesystem::path path() const { return m_folder.path().toStdString(); }
    QString file(const QString &name) const { return m_folder.filePath(name); }

    QByteArray text(const QString &name) const { return read(file(name)); }
    void write(const QString &name, const QByteArray &text) const
    {
        QDir().mkpath(QFileInfo(file(name)).path());
        QFile out(file(name));
        if (!out.open(QIODevice::WriteOnly) || out.write(text) != text.size())
            qFatal("cannot write %s", qPrintable(name));
    }
    /// Replaces the first `before`, which must be there, so that a changed pack cannot make a case mean nothing.
    void replace(const QString &name, const QByteArray &before, const QByteArray &after) const
    {
        QByteArray changed = text(name);
        const qsizetype at = changed.indexOf(before);
        if (at < 0)
            qFatal("%s holds no %s", qPrintable(name), before.constData());
        write(name, changed.replace(at, before.size(), after));
    }
    void remove(const QString &name) const
    {
        const bool done =
            QFileInfo(file(name)).isDir() ? QDir(file(name)).removeRecursively() : QFile::remove(file(name));
        if (!done)
            qFatal("cannot remove %s", qPrintable(name));
    }

private:
    static QByteArray read(const QString &path)
    {
        QFile in(path);
        if (!in.open(QIODevice::ReadOnly))
            qFatal("cannot read %s", qPrintable(path));
        return in.readAll();
    }

    QTemporaryDir m_folder;
};
