// What the learner prefers: a small text file, written at once.
#pragma once

#include "session/profile.h"

#include <QtCore/QByteArray>
#include <QtCore/QSettings>

namespace sqlgym::session {

class Settings {
public:
    explicit Settings(const Profile &profile) : m_file(profile.settingsFile(), QSettings::IniFormat) {}

    enum class Theme { System, Light, Dark };
    Theme theme() const;
    void setTheme(Theme theme);
    /// What the system preferred last time: drawn with until it is asked again.
    bool systemWasDark() const { return m_file.value(QStringLiteral("look/systemWasDark"), false).toBool(); }
    void setSystemWasDark(bool dark) { m_file.setValue(QStringLiteral("look/systemWasDark"), dark); }
    /// Points; 0 = the desktop's own size.
    double fontPoints() const { return m_file.value(QStringLiteral("look/fontPoints"), 0.0).toDouble(); }
    void setFontPoints(double points) { m_file.setValue(QStringLiteral("look/fontPoints"), points); }
    int editorZoom() const { return m_file.value(QStringLiteral("look/editorZoom"), 0).toInt(); }
    void setEditorZoom(int zoom) { m_file.setValue(QStringLiteral("look/editorZoom"), zoom); }

    /// Whether PostgreSQL on this computer may be used at all.
    bool exactMode() const { return m_file.value(QStringLiteral("engine/exactMode"), true).toBool(); }
    void setExactMode(bool on) { m_file.setValue(QStringLiteral("engine/exactMode"), on); }
    /// PostgreSQL answers before the embedded engine is asked.
    bool postgresFirst() const { return m_file.value(QStringLiteral("engine/postgresFirst"), false).toBool(); }
    void setPostgresFirst(bool first) { m_file.setValue(QStringLiteral("engine/postgresFirst"), first); }

    QByteArray bytes(const QString &key) const { return m_file.value(QStringLiteral("window/") + key).toByteArray(); }
    void setBytes(const QString &key, const QByteArray &value)
    {
        m_file.setValue(QStringLiteral("window/") + key, value);
    }
    void sync() { m_file.sync(); }

private:
    QSettings m_file;
};

} // namespace sqlgym::session
