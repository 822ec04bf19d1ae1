// A D-Bus of a test's own with a real secret service (gnome-keyring) on it, unlocked, and gone with the test.
#pragma once

#include <QFile>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>

namespace sqlgym::tests {

class KeychainHost {
public:
    static bool installed()
    {
        return !QStandardPaths::findExecutable("gnome-keyring-daemon").isEmpty() &&
               !QStandardPaths::findExecutable("dbus-daemon").isEmpty();
    }

    /// False: it does not come up.
    bool start()
    {
        QProcessEnvironment own = QProcessEnvironment::systemEnvironment();
        own.insert("HOME", m_home.path());
        own.insert("XDG_RUNTIME_DIR", m_home.path());
        own.insert("XDG_DATA_HOME", m_home.path());
        own.remove("DISPLAY");
        m_bus.setProcessEnvironment(own);
        m_bus.start("dbus-daemon",
                    {"--session", "--nofork", "--print-address=1", "--address=unix:path=" + m_home.filePath("bus")});
        if (!m_bus.waitForReadyRead(20'000))
            return false;
        m_address = m_bus.readLine().trimmed();
        own.insert("DBUS_SESSION_BUS_ADDRESS", m_address);
        m_keyring.setProcessEnvironment(own);
        m_keyring.start("gnome-keyring-daemon", {"--unlock", "--foreground", "--components=secrets"});
        m_keyring.write("the keyring's password");
        m_keyring.closeWriteChannel();
        // Its keyring is there before it answers on the bus; who asks sooner waits for the bus.
        for (int tries = 0; tries < 200 && !QFile::exists(m_home.filePath("keyrings/login.keyring")); ++tries)
            m_keyring.waitForFinished(100);
        return m_keyring.state() == QProcess::Running;
    }
    ~KeychainHost()
    {
        for (QProcess *process : {&m_keyring, &m_bus}) {
            process->kill();
            process->waitForFinished(5'000);
        }
    }

    QByteArray address() const { return m_address; }

private:
    QTemporaryDir m_home;
    QProcess m_bus;
    QProcess m_keyring;
    QByteArray m_address;
};

} // namespace sqlgym::tests
