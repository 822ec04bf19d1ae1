#include "process_count.h"
#include "sandbox/process_sandbox.h"

#include <QtTest>
#include <cerrno>
#include <chrono>
#include <signal.h>
#include <string>
#include <thread>

using namespace sqlgym;
using namespace sqlgym::sandbox;

namespace {

/// What a loaded machine may add to a promise of ours; the figures are printed.
constexpr qint64 kSlackMs = 1000 * SQLGYM_PACE;

ProcessSandbox::Options options(std::vector<std::string> arguments = {})
{
    ProcessSandbox::Options options;
    options.argv = {MISBEHAVING_CHILD};
    options.argv.insert(options.argv.end(), arguments.begin(), arguments.end());
    return options;
}

Outcome ask(Sandbox &sandbox, const std::string &query, int timeoutMs = 10'000, const std::string &dataset = {})
{
    base::CancelToken cancel;
    return sandbox.run({.dataset = dataset, .query = query, .timeoutMs = timeoutMs}, cancel);
}

std::string answer(const Outcome &outcome)
{
    if (outcome.status != Status::Ok || outcome.table.rowCount() != 1)
        return "status " + std::to_string(static_cast<int>(outcome.status)) + ": " + outcome.diagnostic.message;
    return std::string(outcome.table.cell(0, 0).value_or("NULL"));
}

} // namespace

class TestProcess : public QObject {
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void answers();
    void remembersDatasetsAcrossProcesses();
    void replacesADatasetLoadedAgain();
    void reportsAWrongSetup();
    void cutsOffALoadThatNeverEnds();
    void asksToStopBeforeItKills();
    void killsARunaway();
    void stopsWhenCancelled_data();
    void stopsWhenCancelled();
    void heedsTheTokensDeadline();
    void namesTheWayTheProcessEnded_data();
    void namesTheWayTheProcessEnded();
    void keepsTheLastWords();
    void endsAtTheMemoryLimit_data();
    void endsAtTheMemoryLimit();
    void endsAtTheProcessorLimit();
    void forbidsEverything();
    void survivesGarbage();
    void cutsOffAResultThatNeverArrives();
    void carriesALargeResult();
    void showsTheFirstRowsEarly();
    void refusesATooLargeResult();
    void stopsATransferWhenCancelled();
    void survivesAChildThatReadsNothing();
    void saysWhyItCannotStart_data();
    void saysWhyItCannotStart();
    void retiresAnOldProcess();

private:
    std::size_t m_descriptors = 0;
};

void TestProcess::init() { m_descriptors = descriptorCount(); }

/// After every test, whatever it did: no process, no zombie and no descriptor is left.
void TestProcess::cleanup()
{
    QCOMPARE(childCount(), std::size_t{0});
    QCOMPARE(descriptorCount(), m_descriptors);
}

void TestProcess::answers()
{
    ProcessSandbox sandbox(options());

    const auto outcome = ask(sandbox, "echo good day");

    QCOMPARE(answer(outcome), std::string("good day"));
    QCOMPARE(outcome.table.columns.at(0), (Column{"answer", "text"}));
}

void TestProcess::remembersDatasetsAcrossProcesses()
{
    ProcessSandbox sandbox(options());
    QCOMPARE(sandbox.load("club", "set-up of the club").status, Status::Ok);
    QCOMPARE(sandbox.load("shop", "set-up of the shop").status, Status::Ok);
    const int before = sandbox.processId();

    QCOMPARE(ask(sandbox, "exit 1").status, Status::Failed);

    QCOMPARE(answer(ask(sandbox, "setup", 10'000, "shop")), std::string("set-up of the shop"));
    QVERIFY(sandbox.processId() != before);
    QCOMPARE(answer(ask(sandbox, "loads")), std::string("1")); // the club is sent when it is needed
    QCOMPARE(answer(ask(sandbox, "setup", 10'000, "club")), std::string("set-up of the club"));
}

void TestProcess::replacesADatasetLoadedAgain()
{
    ProcessSandbox sandbox(options());
    QCOMPARE(sandbox.load("club", "old").status, Status::Ok);
    QCOMPARE(sandbox.load("club", "new").status, Status::Ok);

    QCOMPARE(answer(ask(sandbox, "setup", 10'000, "club")), std::string("new"));
    QCOMPARE(ask(sandbox, "exit 1").status, Status::Failed);
    QCOMPARE(answer(ask(sandbox, "setup", 10'000, "club")), std::string("new"));
}

void TestProcess::reportsAWrongSetup()
{
    ProcessSandbox sandbox(options());

    const auto outcome = sandbox.load("club", "wrong");

    QCOMPARE(outcome.status, Status::Error);
    QCOMPARE(outcome.diagnostic.sqlstate, std::string("42601"));
    QCOMPARE(outcome.diagnostic.position, 1);
}

void TestProcess::cutsOffALoadThatNeverEnds()
{
    auto quick = options();
    quick.loadTimeoutMs = 100;
    ProcessSandbox sandbox(quick);

    QCOMPARE(sandbox.load("club", "loop").status, Status::Timeout);
    QCOMPARE(answer(ask(sandbox, "echo x")), std::string("x"));
}

void TestProcess::asksToStopBeforeItKills()
{
    ProcessSandbox sandbox(options());
    QCOMPARE(answer(ask(sandbox, "echo x")), std::string("x"));
    const int process = sandbox.processId();

    const auto outcome = ask(sandbox, "work 10000", 60);

    QCOMPARE(outcome.status, Status::Timeout);
    QCOMPARE(sandbox.processId(), process);
}

void TestProcess::killsARunaway()
{
    ProcessSandbox sandbox(options());
    QCOMPARE(answer(ask(sandbox, "echo x")), std::string("x"));
    constexpr int kLimit = 200;
    qint64 worst = 0;
    for (int i = 0; i < 5; ++i) {
        QElapsedTimer timer;
        timer.start();

        const auto outcome = ask(sandbox, "loop", kLimit);

        const auto late = timer.elapsed() - kLimit;
        worst = std::max(worst, late);
        QCOMPARE(outcome.status, Status::Timeout);
        QVERIFY2(late < 200 + kSlackMs, qPrintable(QString::number(late)));
        timer.start();
        QCOMPARE(answer(ask(sandbox, "echo next")), std::string("next"));
        qInfo("next run after a kill: %.2f ms", static_cast<double>(timer.nsecsElapsed()) / 1e6);
    }
    qInfo("a runaway was answered at most %lld ms after its limit", static_cast<long long>(worst));
}

void TestProcess::stopsWhenCancelled_data()
{
    QTest::addColumn<QString>("query");

    QTest::newRow("a run that heeds it") << "work 30000";
    QTest::newRow("a run that does not") << "loop";
}

void TestProcess::stopsWhenCancelled()
{
    QFETCH(const QString, query);
    ProcessSandbox sandbox(options());
    base::CancelToken cancel;
    QElapsedTimer timer;
    std::thread presser([&cancel, &timer] {
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
        timer.start();
        cancel.cancel();
    });

    const auto outcome = sandbox.run({.query = query.toStdString(), .timeoutMs = 60'000}, cancel);
    presser.join();

    QCOMPARE(outcome.status, Status::Cancelled);
    QVERIFY2(timer.elapsed() < 200 + kSlackMs, qPrintable(QString::number(timer.elapsed())));
    qInfo("stopped after %lld ms", static_cast<long long>(timer.elapsed()));
    QCOMPARE(answer(ask(sandbox, "echo next")), std::string("next"));
    QCOMPARE(sandbox.run({.query = "echo never"}, cancel).status, Status::Cancelled);
}

void TestProcess::heedsTheTokensDeadline()
{
    ProcessSandbox sandbox(options());
    base::CancelToken cancel(100);
    QElapsedTimer timer;
    timer.start();

    const auto outcome = sandbox.run({.query = "loop", .timeoutMs = 60'000}, cancel);

    QCOMPARE(outcome.status, Status::Timeout);
    QVERIFY(timer.elapsed() < 300 + kSlackMs);
}

void TestProcess::namesTheWayTheProcessEnded_data()
{
    QTest::addColumn<QString>("query");
    QTest::addColumn<QString>("words");

    QTest::newRow("a crash") << "crash"
                             << "crashed";
    QTest::newRow("an exit") << "exit 9"
                             << "ended by itself (code 9)";
    QTest::newRow("an exception in the engine") << "throw something odd"
                                                << "something odd";
    QTest::newRow("an end of the answers") << "close"
                                           << "stopped answering";
}

void TestProcess::namesTheWayTheProcessEnded()
{
    QFETCH(const QString, query);
    QFETCH(const QString, words);
#ifdef SQLGYM_SANITIZED
    if (query == "crash")
        QSKIP("the sanitizer turns the crash into an exit");
#endif
    ProcessSandbox sandbox(options());

    const auto outcome = ask(sandbox, query.toStdString());

    QCOMPARE(outcome.status, Status::Failed);
    QVERIFY2(QString::fromStdString(outcome.diagnostic.message).contains(words), outcome.diagnostic.message.c_str());
    QCOMPARE(answer(ask(sandbox, "echo next")), std::string("next"));
}

void TestProcess::keepsTheLastWords()
{
    ProcessSandbox sandbox(options());

    const auto outcome = ask(sandbox, "flood", 60'000);

    QCOMPARE(outcome.status, Status::Failed);
    const auto words = QString::fromStdString(outcome.diagnostic.detail);
    QVERIFY2(words.endsWith("these are the last words\n"), qPrintable(words.right(100)));
    QVERIFY(words.size() <= 4096);
}

void TestProcess::endsAtTheMemoryLimit_data()
{
    QTest::addColumn<QString>("query");

    QTest::newRow("in the run's thread") << "allocate";
    QTest::newRow("in a thread of the engine's") << "allocate-in-thread";
}

void TestProcess::endsAtTheMemoryLimit()
{
#ifdef SQLGYM_SANITIZED
    QSKIP("sanitizers need more addresses than the limit leaves");
#endif
    QFETCH(const QString, query);
    ProcessSandbox sandbox(options({"--address-space-mb", "512"}));

    QCOMPARE(ask(sandbox, query.toStdString()).status, Status::MemoryLimit);
    QCOMPARE(answer(ask(sandbox, "echo next")), std::string("next"));
}

/// The kernel's own limit, should the parent's clock fail to hold.
void TestProcess::endsAtTheProcessorLimit()
{
    ProcessSandbox sandbox(options({"--cpu-seconds", "1"}));
    QElapsedTimer timer;
    timer.start();

    const auto outcome = ask(sandbox, "loop", 60'000);

    QCOMPARE(outcome.status, Status::Timeout);
    QVERIFY2(timer.elapsed() < 30'000, qPrintable(QString::number(timer.elapsed())));
    QCOMPARE(answer(ask(sandbox, "echo next")), std::string("next"));
}

void TestProcess::forbidsEverything()
{
#ifdef SQLGYM_SANITIZED
    QSKIP("sanitizers need files");
#endif
    ProcessSandbox sandbox(options());

    const auto outcome = ask(sandbox, "attempts");

    QCOMPARE(outcome.status, Status::Ok);
    QVERIFY(outcome.table.rowCount() > 20);
    for (std::size_t i = 0; i < outcome.table.rowCount(); ++i) {
        const std::string attempt(*outcome.table.cell(i, 0));
        QVERIFY2(outcome.table.cell(i, 1) == "f", attempt.c_str());
        // Refused by the filter, not for want of the file: EPERM, or ENOSYS where libc shall try another way.
        const int error = std::stoi(std::string(*outcome.table.cell(i, 2)));
        const bool isCall = attempt != "find an environment variable";
        QVERIFY2(!isCall || error == EPERM || error == ENOSYS, (attempt + " " + std::to_string(error)).c_str());
    }
}

void TestProcess::survivesGarbage()
{
    ProcessSandbox sandbox(options());
    int nonsense = 0;
    for (int seed = 0; seed < 40; ++seed) {
        const auto outcome = ask(sandbox, "garbage " + std::to_string(seed), 300);

        QVERIFY(outcome.status == Status::Failed || outcome.status == Status::Timeout);
        nonsense += outcome.status == Status::Failed ? 1 : 0;
        QCOMPARE(answer(ask(sandbox, "echo next")), std::string("next"));
    }
    QVERIFY(nonsense > 0);
}

void TestProcess::cutsOffAResultThatNeverArrives()
{
    auto quick = options();
    quick.transferMs = 200;
    ProcessSandbox sandbox(quick);
    QElapsedTimer timer;
    timer.start();

    const auto outcome = ask(sandbox, "headonly", 200);

    QCOMPARE(outcome.status, Status::Timeout);
    QVERIFY(timer.elapsed() < 400 + kSlackMs);
}

void TestProcess::carriesALargeResult()
{
    ProcessSandbox sandbox(options());
    constexpr std::size_t kRows = 160'000;
    constexpr std::size_t kWidth = 1000; // two of three rows: about 107 MB of text
    QElapsedTimer timer;
    timer.start();

    const auto outcome = ask(sandbox, "rows " + std::to_string(kRows) + " " + std::to_string(kWidth), 60'000);

    QCOMPARE(outcome.status, Status::Ok);
    QCOMPARE(outcome.table.rowCount(), kRows);
    QVERIFY(outcome.table.flatBytes().size() > 100'000'000);
    const std::string text(kWidth, 'x');
    for (std::size_t i = 0; i < kRows; ++i) {
        QVERIFY(outcome.table.cell(i, 0) == std::to_string(i));
        QVERIFY(outcome.table.cell(i, 1) == (i % 3 == 2 ? ResultTable::Cell() : ResultTable::Cell(text)));
    }
    qInfo("%zu MB made, sent and read in %lld ms", outcome.table.flatBytes().size() / 1'000'000,
          static_cast<long long>(timer.elapsed()));
}

void TestProcess::showsTheFirstRowsEarly()
{
    auto watching = options();
    std::vector<std::size_t> seen;
    bool whole = true;
    watching.rowsArrived = [&](const ResultTable &table) {
        seen.push_back(table.rowCount());
        whole = whole && table.cell(table.rowCount() - 1, 0) == std::to_string(table.rowCount() - 1);
    };
    ProcessSandbox sandbox(watching);

    QCOMPARE(answer(ask(sandbox, "echo small")), std::string("small"));
    QVERIFY(seen.empty());
    const auto outcome = ask(sandbox, "rows 100000 100");

    QCOMPARE(outcome.status, Status::Ok);
    QVERIFY(whole);
    QVERIFY(seen.size() > 3);
    QCOMPARE(seen.front(), std::size_t{256});
    QVERIFY(std::is_sorted(seen.begin(), seen.end()));
}

void TestProcess::refusesATooLargeResult()
{
    auto narrow = options();
    narrow.maxResultBytes = 1'000'000;
    ProcessSandbox sandbox(narrow);

    QCOMPARE(ask(sandbox, "rows 100000 100").status, Status::MemoryLimit);
    QCOMPARE(answer(ask(sandbox, "echo next")), std::string("next"));
}

void TestProcess::stopsATransferWhenCancelled()
{
    base::CancelToken cancel;
    auto watching = options();
    watching.rowsArrived = [&cancel](const ResultTable &) { cancel.cancel(); };
    ProcessSandbox sandbox(watching);

    const auto outcome = sandbox.run({.query = "rows 300000 100"}, cancel);

    QCOMPARE(outcome.status, Status::Cancelled);
    QCOMPARE(answer(ask(sandbox, "echo next")), std::string("next"));
}

void TestProcess::survivesAChildThatReadsNothing()
{
    auto quick = options({"--deaf"});
    quick.loadTimeoutMs = 200;
    ProcessSandbox sandbox(quick);
    QElapsedTimer timer;
    timer.start();

    QCOMPARE(sandbox.load("club", std::string(30'000'000, 'x')).status, Status::Timeout);
    QVERIFY(timer.elapsed() < 400 + kSlackMs);
}

void TestProcess::saysWhyItCannotStart_data()
{
    QTest::addColumn<QStringList>("argv");
    QTest::addColumn<QString>("words");

    QTest::newRow("no such program") << QStringList{"/nowhere/sqlgym-sandbox"} << "No such file";
    QTest::newRow("a program that is none of ours") << QStringList{"/bin/echo", "hello"} << "sandbox of this version";
    QTest::newRow("a program that ends") << QStringList{"/bin/false"} << "sandbox of this version";
    QTest::newRow("another version") << QStringList{MISBEHAVING_CHILD, "--other-version"} << "sandbox of this version";
    QTest::newRow("a program that says nothing") << QStringList{MISBEHAVING_CHILD, "--mute"} << "ready";
}

void TestProcess::saysWhyItCannotStart()
{
    QFETCH(const QStringList, argv);
    QFETCH(const QString, words);
    ProcessSandbox::Options wrong;
    for (const auto &argument : argv)
        wrong.argv.push_back(argument.toStdString());
    wrong.startTimeoutMs = 300;
    ProcessSandbox sandbox(wrong);

    for (int i = 0; i < 2; ++i) {
        const auto outcome = ask(sandbox, "echo x");

        QCOMPARE(outcome.status, Status::Failed);
        QVERIFY2(QString::fromStdString(outcome.diagnostic.message).contains(words),
                 outcome.diagnostic.message.c_str());
    }
}

void TestProcess::retiresAnOldProcess()
{
    auto shortLived = options();
    shortLived.retireAfterMs = 100;
    ProcessSandbox sandbox(shortLived);
    QCOMPARE(sandbox.load("club", "remembered").status, Status::Ok);
    const int before = sandbox.processId();
    QCOMPARE(answer(ask(sandbox, "work 150")), std::string("worked"));

    QCOMPARE(answer(ask(sandbox, "setup", 10'000, "club")), std::string("remembered"));
    QVERIFY(sandbox.processId() != before);
}

QTEST_GUILESS_MAIN(TestProcess)
#include "tst_process.moc"
