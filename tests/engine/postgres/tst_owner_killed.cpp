// kill -9 of a real owner: nothing of the cluster is left running, and the next owner finds it usable.
#include "postgres/private_cluster.h"
#include "scratch.h"

#include <QElapsedTimer>
#include <QFileInfo>
#include <QProcess>
#include <QtTest>

#include <fstream>

using namespace sqlgym;
using namespace sqlgym::postgres;

namespace {

// PostgreSQL gives its own processes 5 s to end before it kills them; on a quiet machine it takes some 20 ms.
constexpr int kGone = 60'000;

/// Processes whose command line or working directory mentions `folder`.
QStringList processesOf(const std::string &folder)
{
    QStringList found;
    for (const auto &name : QDir("/proc").entryList(QDir::Dirs)) {
        if (name.toInt() == 0)
            continue;
        QFile line("/proc/" + name + "/cmdline");
        const QString cwd = QFile::symLinkTarget("/proc/" + name + "/cwd");
        const QByteArray command = line.open(QIODevice::ReadOnly) ? line.readAll().replace('\0', ' ') : QByteArray();
        const bool ours = command.contains(folder.c_str()) || cwd.startsWith(QString::fromStdString(folder));
        if (ours && name.toInt() != QCoreApplication::applicationPid())
            found += name + " " + command;
    }
    return found;
}

/// Whether nothing of `folder` runs any more. One look at /proc can miss a process whose parent was still listed when
/// it forked and had ended when it was read, so only several empty looks in a row count.
bool allGone(const std::string &folder)
{
    constexpr int kEmptyLooks = 5;
    QElapsedTimer waited;
    waited.start();
    for (int empty = 0; empty < kEmptyLooks; QTest::qSleep(20)) {
        if (waited.elapsed() > kGone)
            return false;
        empty = processesOf(folder).isEmpty() ? empty + 1 : 0;
    }
    return true;
}

std::unique_ptr<QProcess> startOwner(const std::string &folder)
{
    auto owner = std::make_unique<QProcess>();
    owner->start(QString(SQLGYM_TEST_OWNER), {QString::fromStdString(folder)});
    return owner;
}

QStringList awaitServer(QProcess &owner)
{
    while (!owner.canReadLine() && owner.waitForReadyRead(60'000)) {
    }
    return QString::fromUtf8(owner.readLine()).trimmed().split(' ');
}

} // namespace

class TestOwnerKilled : public QObject {
    Q_OBJECT
private slots:
    void theServerDiesWithItsOwner();
    void aSessionAtWorkDiesToo();
    void initdbDiesToo_data();
    void initdbDiesToo();
    void anOrderlyEndStopsTheServer();
};

void TestOwnerKilled::theServerDiesWithItsOwner()
{
    tests::Scratch scratch;
    const auto folder = scratch.path("cluster");
    auto owner = startOwner(folder);
    const auto words = awaitServer(*owner);
    QCOMPARE(words.value(0), QString("server"));
    QVERIFY(QFileInfo::exists("/proc/" + words.value(1)));

    owner->kill();
    owner->waitForFinished();

    QVERIFY2(allGone(folder), qPrintable(processesOf(folder).join('\n')));
    auto next = startOwner(folder);
    const auto again = awaitServer(*next);
    QCOMPARE(again.value(0), QString("server"));
    QCOMPARE(again.value(2), words.value(2)); // the same cluster, not one more
    next->closeWriteChannel();
    QVERIFY(next->waitForFinished());
}

void TestOwnerKilled::aSessionAtWorkDiesToo()
{
    tests::Scratch scratch;
    const auto folder = scratch.path("cluster");
    auto owner = startOwner(folder);
    const auto words = awaitServer(*owner);
    QCOMPARE(words.value(0), QString("server"));
    auto busy = Connection::open(
        {{"host", words.value(2).toStdString()}, {"port", "5432"}, {"user", kAdminRole}, {"dbname", "postgres"}});
    QVERIFY(busy);
    QVERIFY(busy->send("SELECT count(*) FROM generate_series(1, 1000000000) a, generate_series(1, 1000) b"));
    QCOMPARE(busy->waitForResult(200), Readiness::NotYet);

    owner->kill();
    owner->waitForFinished();

    QVERIFY2(allGone(folder), qPrintable(processesOf(folder).join('\n')));
}

void TestOwnerKilled::initdbDiesToo_data()
{
    QTest::addColumn<int>("afterMs");
    for (const int afterMs : {15, 40, 90, 160, 250})
        QTest::addRow("killed %d ms after its start", afterMs) << afterMs;
}

void TestOwnerKilled::initdbDiesToo()
{
    QFETCH(int, afterMs);
    tests::Scratch scratch;
    const auto folder = scratch.path("cluster");
    auto owner = startOwner(folder);
    QVERIFY(owner->waitForStarted());
    owner->waitForReadyRead(afterMs);

    owner->kill();
    owner->waitForFinished();

    QVERIFY2(allGone(folder), qPrintable(processesOf(folder).join('\n')));
    auto next = startOwner(folder);
    const auto words = awaitServer(*next);
    QVERIFY2(words.value(0) == "server", qPrintable(words.join(' ')));
    QVERIFY(words.value(2).endsWith("/slot-0"));
    QVERIFY(!QFileInfo::exists(words.value(2) + ".making"));
    next->closeWriteChannel();
    QVERIFY(next->waitForFinished());
}

void TestOwnerKilled::anOrderlyEndStopsTheServer()
{
    tests::Scratch scratch;
    const auto folder = scratch.path("cluster");
    auto owner = startOwner(folder);
    QCOMPARE(awaitServer(*owner).value(0), QString("server"));

    owner->closeWriteChannel();
    QVERIFY(owner->waitForFinished());

    QCOMPARE(owner->exitCode(), 0);
    QVERIFY(processesOf(folder).isEmpty());
}

QTEST_GUILESS_MAIN(TestOwnerKilled)
#include "tst_owner_killed.moc"
