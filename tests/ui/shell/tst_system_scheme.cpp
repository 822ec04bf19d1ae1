// A portal of our own on a bus of its own: what a desktop says is what the program follows.
#include "shell/system_scheme.h"

#include <QtCore/QProcess>
#include <QtCore/QStandardPaths>
#include <QtDBus/QDBusAbstractAdaptor>
#include <QtDBus/QDBusConnection>
#include <QtDBus/QDBusVariant>
#include <QtTest/QSignalSpy>
#include <QtTest/QtTest>

class Portal : public QObject {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.portal.Settings")
public:
    uint scheme = 1;

public slots:
    QDBusVariant Read(const QString &group, const QString &key)
    {
        const bool known = group == QLatin1String("org.freedesktop.appearance") && key == QLatin1String("color-scheme");
        return QDBusVariant(QVariant::fromValue(QDBusVariant(known ? scheme : 99u)));
    }

signals:
    void SettingChanged(const QString &group, const QString &key, const QDBusVariant &value);
};

class TestSystemScheme : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void cleanupTestCase();
    void followsThePortal();

private:
    QProcess m_bus;
};

void TestSystemScheme::initTestCase()
{
    if (QStandardPaths::findExecutable(QStringLiteral("dbus-daemon")).isEmpty())
        QSKIP("dbus-daemon is not installed");
    m_bus.start(QStringLiteral("dbus-daemon"),
                {QStringLiteral("--session"), QStringLiteral("--nofork"), QStringLiteral("--print-address=1")});
    QVERIFY(m_bus.waitForReadyRead(10'000));
    qputenv("DBUS_SESSION_BUS_ADDRESS", m_bus.readLine().trimmed());
}

void TestSystemScheme::cleanupTestCase()
{
    m_bus.kill();
    m_bus.waitForFinished();
}

void TestSystemScheme::followsThePortal()
{
    Portal portal;
    auto other = QDBusConnection::connectToBus(QDBusConnection::SessionBus, QStringLiteral("portal"));
    QVERIFY(other.registerObject(QStringLiteral("/org/freedesktop/portal/desktop"), &portal,
                                 QDBusConnection::ExportAllSlots | QDBusConnection::ExportAllSignals));
    QVERIFY(other.registerService(QStringLiteral("org.freedesktop.portal.Desktop")));
    sqlgym::shell::SystemScheme scheme;
    QSignalSpy known(&scheme, &sqlgym::shell::SystemScheme::known);

    scheme.watch();
    QTRY_COMPARE(known.count(), 1);
    QCOMPARE(known.takeFirst().first().toBool(), true);
    emit portal.SettingChanged(QStringLiteral("org.freedesktop.appearance"), QStringLiteral("color-scheme"),
                               QDBusVariant(2u));
    QTRY_COMPARE(known.count(), 1);
    QCOMPARE(known.takeFirst().first().toBool(), false);
    emit portal.SettingChanged(QStringLiteral("org.freedesktop.appearance"), QStringLiteral("accent-color"),
                               QDBusVariant(1u));
    QTest::qWait(100);

    QCOMPARE(known.count(), 0);
}

QTEST_GUILESS_MAIN(TestSystemScheme)
#include "tst_system_scheme.moc"
