// The desktop's exact mode: `sqlgymctl exact-host` behind frames, and gone with whoever started it.
#include "program.h"
#include "sandbox/process_sandbox.h"

#include <QtTest>

#include <csignal>

using namespace sqlgym;
using sandbox::Status;

namespace {

/// Processes of a cluster in `folder`.
QStringList serversIn(const QString &folder)
{
    QStringList found;
    for (const auto &name : QDir("/proc").entryList(QDir::Dirs)) {
        QFile line("/proc/" + name + "/cmdline");
        if (name.toInt() > 0 && line.open(QIODevice::ReadOnly)) {
            const QByteArray command = line.readAll().replace('\0', ' ');
            if (command.contains(folder.toUtf8()) && command.contains("listen_addresses"))
                found += name;
        }
    }
    return found;
}

} // namespace

class TestExactHost : public QObject {
    Q_OBJECT
private slots:
    void servesPostgresOverFrames();
    void endsWithItsInput();
    void clusterDiesWithAKilledHost();
};

void TestExactHost::servesPostgresOverFrames()
{
    tests::Program place;
    sandbox::ProcessSandbox::Options options;
    options.argv = {SQLGYMCTL, "exact-host", "--cluster", (place.profile() + "/cluster").toStdString()};
    options.engine = sandbox::Engine::Postgres;
    options.keepSpare = false;
    sandbox::ProcessSandbox host(options);
    base::CancelToken cancel;

    QCOMPARE(host.load("t", "CREATE TABLE t AS SELECT 1.50 AS a").status, Status::Ok);
    const auto rows = host.run({.dataset = "t", .query = "SELECT a, a / 7 FROM t"}, cancel);
    const auto slow =
        host.run({.query = "SELECT count(*) FROM generate_series(1, 10000000000)", .timeoutMs = 300}, cancel);
    const auto after = host.run({.dataset = "t", .query = "SELECT count(*) FROM t"}, cancel);

    QVERIFY2(rows.status == Status::Ok, rows.diagnostic.message.c_str());
    QCOMPARE(rows.by, sandbox::Engine::Postgres);
    QCOMPARE(std::string(rows.table.cell(0, 1).value_or("NULL")), std::string("0.21428571428571428571"));
    QCOMPARE(slow.status, Status::Timeout);
    QCOMPARE(std::string(after.table.cell(0, 0).value_or("NULL")), std::string("1"));
}

void TestExactHost::endsWithItsInput()
{
    tests::Program host;
    host.start({"exact-host"});

    QCOMPARE(host.finish(), 0);
}

void TestExactHost::clusterDiesWithAKilledHost()
{
    tests::Program host;
    host.start({"sandbox", "--engine", "postgres"});
    QCOMPARE(host.ask(R"j({"id":1,"query":"SELECT 1"})j")["status"].toString(), QString("ok"));
    QVERIFY(!serversIn(host.profile()).isEmpty());

    host.process().kill();
    host.process().waitForFinished();

    QTRY_VERIFY_WITH_TIMEOUT(serversIn(host.profile()).isEmpty(), 10'000);
}

QTEST_GUILESS_MAIN(TestExactHost)
#include "tst_exact_host.moc"
