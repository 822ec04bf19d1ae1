// What the learner prefers: a small text file, written at once.
#pragma once

#include "session/profile.h"
#include "session/values.h"

#include <QtCore/QByteArray>
#include <QtCore/QSettings>
#include <QtCore/QStringList>

#include <optional>

namespace sqlgym::session {

class Settings {
public:
    explicit Settings(const Profile &profile) : m_file(profile.settingsFile(), QSettings::IniFormat) {}

    enum class Theme { System, Light, Dark, HighContrast };
    Theme theme() const;
    void setTheme(Theme theme);
    /// What the system preferred last time: drawn with until it is asked again.
    bool systemWasDark() const { return m_file.value(QStringLiteral("look/systemWasDark"), false).toBool(); }
    void setSystemWasDark(bool dark) { m_file.setValue(QStringLiteral("look/systemWasDark"), dark); }
    /// Points; 0 = the desktop's own size.
    double fontPoints() const { return m_file.value(QStringLiteral("look/fontPoints"), 0.0).toDouble(); }
    void setFontPoints(double points) { m_file.setValue(QStringLiteral("look/fontPoints"), points); }
    /// The fixed-width family of SQL and results; empty = the desktop's own.
    QString codeFamily() const { return m_file.value(QStringLiteral("look/codeFamily")).toString(); }
    void setCodeFamily(const QString &family) { m_file.setValue(QStringLiteral("look/codeFamily"), family); }
    /// Points; 0 = as all other text.
    double codePoints() const { return m_file.value(QStringLiteral("look/codePoints"), 0.0).toDouble(); }
    void setCodePoints(double points) { m_file.setValue(QStringLiteral("look/codePoints"), points); }
    /// What stands for NULL in results; never empty.
    QString nullText() const;
    void setNullText(const QString &text) { m_file.setValue(QStringLiteral("look/nullText"), text); }
    enum class Motion { System, Reduced, Full };
    Motion motion() const;
    void setMotion(Motion motion);
    /// Whether the days in a row are shown.
    bool streakShown() const { return m_file.value(QStringLiteral("progress/streakShown"), true).toBool(); }
    void setStreakShown(bool shown) { m_file.setValue(QStringLiteral("progress/streakShown"), shown); }
    /// Whether the problem list is arranged by tracks instead of topics.
    bool listByTrack() const { return m_file.value(QStringLiteral("list/byTrack"), false).toBool(); }
    void setListByTrack(bool on) { m_file.setValue(QStringLiteral("list/byTrack"), on); }
    int gridZoom() const { return m_file.value(QStringLiteral("look/gridZoom"), 0).toInt(); }
    void setGridZoom(int zoom) { m_file.setValue(QStringLiteral("look/gridZoom"), zoom); }
    int editorZoom() const { return m_file.value(QStringLiteral("look/editorZoom"), 0).toInt(); }
    void setEditorZoom(int zoom) { m_file.setValue(QStringLiteral("look/editorZoom"), zoom); }

    /// Neither completion nor diagnostics while writing.
    bool examMode() const { return m_file.value(QStringLiteral("editor/examMode"), false).toBool(); }
    void setExamMode(bool on) { m_file.setValue(QStringLiteral("editor/examMode"), on); }

    /// The keys chosen for a command, in portable text; nothing: its own.
    std::optional<QStringList> keys(const QString &command) const
    {
        const QVariant value = m_file.value(QStringLiteral("keys/") + command);
        return value.isValid() ? std::optional(value.toStringList()) : std::nullopt;
    }
    void setKeys(const QString &command, const std::optional<QStringList> &keys)
    {
        keys ? m_file.setValue(QStringLiteral("keys/") + command, *keys)
             : m_file.remove(QStringLiteral("keys/") + command);
    }

    /// How the server is reached, in libpq's keywords; never with a password. Empty: there is none.
    QString server() const { return m_file.value(QStringLiteral("server/address")).toString(); }
    void setServer(const QString &dsn) { m_file.setValue(QStringLiteral("server/address"), dsn); }

    /// Whether PostgreSQL on this computer may be used at all.
    bool exactMode() const { return m_file.value(QStringLiteral("engine/exactMode"), true).toBool(); }
    void setExactMode(bool on) { m_file.setValue(QStringLiteral("engine/exactMode"), on); }
    /// PostgreSQL answers before the embedded engine is asked.
    bool postgresFirst() const { return m_file.value(QStringLiteral("engine/postgresFirst"), false).toBool(); }
    void setPostgresFirst(bool first) { m_file.setValue(QStringLiteral("engine/postgresFirst"), first); }

    /// Within what RunLimits allows, whatever the file says.
    RunLimits runLimits() const;
    void setRunLimits(const RunLimits &limits);

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
