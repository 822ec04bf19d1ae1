// Where a profile's files lie.
#pragma once

#include <QtCore/QString>

namespace sqlgym::session {

/// XDG: settings in config, the database in data, downloads in cache, logs in state. One folder given moves them all.
struct Profile {
    QString configDir;
    QString dataDir;
    QString cacheDir;
    QString stateDir;

    /// `dir` (from --profile), else $SQLGYM_PROFILE, else the XDG places.
    static Profile locate(const QString &dir);

    QString settingsFile() const { return configDir + QStringLiteral("/settings.ini"); }
    QString databaseFile() const { return dataDir + QStringLiteral("/sqlgym.sqlite"); }
    /// What instructors have typed and not yet saved.
    QString draftsDir() const { return dataDir + QStringLiteral("/drafts"); }
    /// Makes the folders, for nobody else to read. False when one cannot be made: the profile is then read-only.
    bool create() const;
};

} // namespace sqlgym::session
