#include "process_count.h"
#include "sandbox/process_sandbox.h"

#include <QtTest>
#include <algorithm>
#include <cerrno>
#include <chrono>
#include <random>
#include <signal.h>
#include <string>
#include <sys/wait.h>
#include <thread>

using namespace sqlgym;
using namespace sqlgym::sandbox;

namespace {

constexpr int kKills = 200;

/// Waits until a child that was sent a SIGKILL is dead, all its threads and with them its end of the pipes. It stays
/// there to be reaped.
void waitUntilDead(int pid)
{
    siginfo_t info{};
    while (::waitid(P_PID, static_cast<id_t>(pid), &info, WEXITED | WNOWAIT) != 0 && errno == EINTR) {
    }
}

bool answers(Sandbox &sandbox, const std::string &query, const std::string &expected)
{
    base::CancelToken cancel;
    const auto outcome = sandbox.run({.dataset = "club", .query = query, .timeoutMs = 20'000}, cancel);
    return outcome.status == Status::Ok && outcome.table.rowCount() == 1 && outcome.table.cell(0, 0) == expected;
}

} // namespace

class TestKills : public QObject {
    Q_OBJECT

private slots:
    void survivesKillsAtRandomMoments_data();
    void survivesKillsAtRandomMoments();
    void survivesTheSparesDeath();
};

void TestKills::survivesKillsAtRandomMoments_data()
{
    QTest::addColumn<QString>("query");
    QTest::addColumn<int>("latestUs");

    QTest::newRow("while it works") << "work 4" << 6000;
    QTest::newRow("while it sends its result") << "rows 20000 300" << 25'000;
}

/// A run whose process is killed from outside ends with a clear outcome, and the next one works, dataset and all.
void TestKills::survivesKillsAtRandomMoments()
{
    QFETCH(const QString, query);
    QFETCH(const int, latestUs);
    const auto descriptors = descriptorCount();
    int failures = 0;
    qint64 worstUs = 0;
    {
        ProcessSandbox::Options options;
        options.argv = {MISBEHAVING_CHILD};
        ProcessSandbox sandbox(options);
        QCOMPARE(sandbox.load("club", "the club's tables").status, Status::Ok);
        std::mt19937 random(4);
        for (int i = 0; i < kKills / 2; ++i) {
            QVERIFY(answers(sandbox, "setup", "the club's tables"));
            const int pid = sandbox.processId();
            const auto pause = std::chrono::microseconds(random() % static_cast<unsigned>(latestUs));
            std::thread killer([pid, pause] {
                std::this_thread::sleep_for(pause);
                ::kill(pid, SIGKILL);
            });
            base::CancelToken cancel;

            const auto outcome = sandbox.run({.query = query.toStdString(), .timeoutMs = 20'000}, cancel);

            killer.join();
            QVERIFY(outcome.status == Status::Ok || outcome.status == Status::Failed);
            if (outcome.status == Status::Failed) {
                ++failures;
                QVERIFY2(QString::fromStdString(outcome.diagnostic.message).contains("killed from outside"),
                         outcome.diagnostic.message.c_str());
            }
            waitUntilDead(pid);
            QElapsedTimer timer;
            timer.start();
            QVERIFY(answers(sandbox, "setup", "the club's tables"));
            worstUs = std::max(worstUs, timer.nsecsElapsed() / 1000);
            QVERIFY(sandbox.processId() != pid);
        }
    }
    QCOMPARE(childCount(), std::size_t{0});
    QCOMPARE(descriptorCount(), descriptors);
    QVERIFY(failures > kKills / 20);
    qInfo("%d kills, %d of them in the middle of a run; slowest next run %.1f ms", kKills / 2, failures,
          static_cast<double>(worstUs) / 1000);
}

/// Both processes die, the serving one and the one in waiting, between two runs: nobody notices.
void TestKills::survivesTheSparesDeath()
{
    ProcessSandbox::Options options;
    options.argv = {MISBEHAVING_CHILD};
    ProcessSandbox sandbox(options);
    for (int i = 0; i < 20; ++i) {
        QVERIFY(answers(sandbox, "echo x", "x"));
        std::this_thread::sleep_for(std::chrono::milliseconds(20)); // so that a spare is there, mostly
        const auto children = childProcesses();
        QVERIFY(!children.empty());
        for (const int pid : children) {
            ::kill(pid, SIGKILL);
            waitUntilDead(pid);
        }

        QVERIFY(answers(sandbox, "echo y", "y"));
    }
}

QTEST_APPLESS_MAIN(TestKills)
#include "tst_kills.moc"
