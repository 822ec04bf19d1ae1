// A parent that is killed takes its child with it.
#include "process_count.h"
#include "sandbox/sandbox.h"

#include <QProcess>
#include <QtTest>

using namespace sqlgym;
using namespace sqlgym::sandbox;

class TestParentKilled : public QObject {
    Q_OBJECT

private slots:
    void diesWithItsParent_data();
    void diesWithItsParent();
};

void TestParentKilled::diesWithItsParent_data()
{
    QTest::addColumn<QString>("command");

    QTest::newRow("a parent as usual") << "exec \"$0\" --parent";
    QTest::newRow("a parent without standard descriptors") << "exec \"$0\" --parent <&- 2>&-";
}

void TestParentKilled::diesWithItsParent()
{
    QFETCH(const QString, command);
    QProcess parent;
    parent.start("/bin/sh", {"-c", command, MISBEHAVING_CHILD});
    QVERIFY(parent.waitForReadyRead(10'000));
    const auto words = parent.readLine().simplified().split(' ');
    QCOMPARE(words.value(0).toInt(), static_cast<int>(Status::Ok));
    const int child = words.value(1).toInt();
    QVERIFY(child > 1);
    QVERIFY(!processState(child).empty());

    parent.kill();
    QVERIFY(parent.waitForFinished(10'000));

    const auto gone = [child] {
        const auto state = processState(child);
        return state.empty() || state == "Z"; // nobody may be there to reap it in a container
    };
    QTRY_VERIFY_WITH_TIMEOUT(gone(), 3000);
}

QTEST_GUILESS_MAIN(TestParentKilled)
#include "tst_parent_killed.moc"
