// What a desktop says of its colours is what the program follows.
#include "portal.h"
#include "shell/system_scheme.h"

#include <QtTest/QSignalSpy>

class TestSystemScheme : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void followsThePortal();
    void knowsWhoWantsNoMotion();

private:
    sqlgym::tests::Bus m_bus;
};

void TestSystemScheme::initTestCase()
{
    if (!sqlgym::tests::Bus::isInstalled())
        QSKIP("dbus-daemon is not installed");
    QVERIFY(m_bus.start());
}

void TestSystemScheme::followsThePortal()
{
    sqlgym::tests::Portal portal;
    QVERIFY(portal.open());
    sqlgym::shell::SystemScheme scheme;
    QSignalSpy known(&scheme, &sqlgym::shell::SystemScheme::known);

    scheme.watch();
    QTRY_COMPARE(known.count(), 1);
    QCOMPARE(known.takeFirst().first().toBool(), true);
    portal.change(2);
    QTRY_COMPARE(known.count(), 1);
    QCOMPARE(known.takeFirst().first().toBool(), false);
    emit portal.SettingChanged(QStringLiteral("org.freedesktop.appearance"), QStringLiteral("accent-color"),
                               QDBusVariant(1u));
    QTest::qWait(100);

    QCOMPARE(known.count(), 0);
}

void TestSystemScheme::knowsWhoWantsNoMotion()
{
    sqlgym::tests::Portal portal;
    portal.animations = false;
    QVERIFY(portal.open());
    sqlgym::shell::SystemScheme scheme;
    QSignalSpy known(&scheme, &sqlgym::shell::SystemScheme::motionKnown);

    scheme.watch();
    QTRY_COMPARE(known.count(), 1);
    QCOMPARE(known.takeFirst().first().toBool(), true);
    emit portal.SettingChanged(QStringLiteral("org.gnome.desktop.interface"), QStringLiteral("enable-animations"),
                               QDBusVariant(true));
    QTRY_COMPARE(known.count(), 1);
    QCOMPARE(known.takeFirst().first().toBool(), false);
}

QTEST_GUILESS_MAIN(TestSystemScheme)
#include "tst_system_scheme.moc"
