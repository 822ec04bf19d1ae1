// A desktop's settings portal on a session bus of its own.
#pragma once

#include <QtCore/QProcess>
#include <QtCore/QStandardPaths>
#include <QtDBus/QDBusConnection>
#include <QtDBus/QDBusVariant>
#include <QtTest/QtTest>

namespace sqlgym::tests {

class Portal : public QObject {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.portal.Settings")
public:
    uint scheme = 1; ///< 1 = dark, 2 = light
    bool animations = true;

    /// False: it could not be announced.
    bool open()
    {
        auto other = QDBusConnection::connectToBus(QDBusConnection::SessionBus, QStringLiteral("portal"));
        return other.registerObject(QStringLiteral("/org/freedesktop/portal/desktop"), this,
                                    QDBusConnection::ExportAllSlots | QDBusConnection::ExportAllSignals) &&
               other.registerService(QStringLiteral("org.freedesktop.portal.Desktop"));
    }
    void change(uint to)
    {
        scheme = to;
        emit SettingChanged(QStringLiteral("org.freedesktop.appearance"), QStringLiteral("color-scheme"),
                            QDBusVariant(to));
    }

public slots:
    QDBusVariant Read(const QString &group, const QString &key)
    {
        if (key == QLatin1String("enable-animations"))
            return QDBusVariant(QVariant::fromValue(QDBusVariant(animations)));
        const bool known = group == QLatin1String("org.freedesktop.appearance") && key == QLatin1String("color-scheme");
        return QDBusVariant(QVariant::fromValue(QDBusVariant(known ? scheme : 99u)));
    }

signals:
    void SettingChanged(const QString &group, const QString &key, const QDBusVariant &value);
};

/// Made before anything asks for the session's bus.
class Bus {
public:
    ~Bus()
    {
        m_program.kill();
        m_program.waitForFinished();
    }
    static bool isInstalled() { return !QStandardPaths::findExecutable(QStringLiteral("dbus-daemon")).isEmpty(); }
    bool start()
    {
        m_program.start(QStringLiteral("dbus-daemon"),
                        {QStringLiteral("--session"), QStringLiteral("--nofork"), QStringLiteral("--print-address=1")});
        const bool ready = m_program.waitForReadyRead(10'000);
        qputenv("DBUS_SESSION_BUS_ADDRESS", m_program.readLine().trimmed());
        return ready;
    }

private:
    QProcess m_program;
};

} // namespace sqlgym::tests
