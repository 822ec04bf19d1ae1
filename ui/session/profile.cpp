#include "session/profile.h"

#include <QtCore/QDir>
#include <QtCore/QFile>

namespace sqlgym::session {

namespace {

QString xdg(const char *variable, const char *fallback)
{
    const QString value = qEnvironmentVariable(variable);
    const QString root = QDir::isAbsolutePath(value) ? value : QDir::homePath() + u'/' + QString::fromLatin1(fallback);
    return root + QStringLiteral("/sqlgym");
}

} // namespace

Profile Profile::locate(const QString &dir)
{
    const QString chosen = dir.isEmpty() ? qEnvironmentVariable("SQLGYM_PROFILE") : dir;
    if (!chosen.isEmpty()) {
        const QString root = QDir(chosen).absolutePath();
        return {root, root, root + QStringLiteral("/cache"), root + QStringLiteral("/state")};
    }
    return {xdg("XDG_CONFIG_HOME", ".config"), xdg("XDG_DATA_HOME", ".local/share"), xdg("XDG_CACHE_HOME", ".cache"),
            xdg("XDG_STATE_HOME", ".local/state")};
}

bool Profile::create() const
{
    bool made = true;
    for (const QString &dir : {configDir, dataDir}) {
        if (QDir(dir).exists())
            continue;
        made = QDir().mkpath(dir) && made;
        QFile::setPermissions(dir, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    }
    return made;
}

} // namespace sqlgym::session
