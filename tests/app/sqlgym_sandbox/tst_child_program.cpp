// The real child program: what the kernel says it may do, how it starts and ends, and what the way through it costs.
#include "sandbox/process_sandbox.h"
#include "sandbox_embedded/embedded_sandbox.h"

#include <QtTest>
#include <algorithm>
#include <string>
#include <vector>

using namespace sqlgym;
using namespace sqlgym::sandbox;

namespace {

QByteArray procFile(int pid, const char *name)
{
    QFile file(QStringLiteral("/proc/%1/%2").arg(pid).arg(QLatin1String(name)));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

double median(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

ProcessSandbox::Options options()
{
    ProcessSandbox::Options options;
    options.argv = {CHILD_PROGRAM};
    return options;
}

Outcome ask(Sandbox &sandbox, const std::string &query)
{
    base::CancelToken cancel;
    return sandbox.run({.query = query}, cancel);
}

} // namespace

class TestChildProgram : public QObject {
    Q_OBJECT

private slots:
    void isFoundBesideAProgram();
    void answersAsTheEngineDoes();
    void isHardened();
    void loadsNeitherQtNorLibpq();
    void endsWithItsInput();
    void refusesUnknownArguments();
    void endsAtNonsense();
    void startsFast();
    void costsLittle();
};

void TestChildProgram::isFoundBesideAProgram()
{
    const auto path = QString::fromStdString(programBeside("sqlgym-sandbox"));

    QCOMPARE(path, QCoreApplication::applicationDirPath() + "/sqlgym-sandbox");
}

void TestChildProgram::answersAsTheEngineDoes()
{
    ProcessSandbox there(options());
    const auto here = sandbox_embedded::makeEmbeddedSandbox();
    for (const char *query : {"SELECT 1", "SELEC 1", "LISTEN x", "", "SELECT '\xff'"}) {
        const auto expected = ask(*here, query);
        const auto outcome = ask(there, query);

        QCOMPARE(outcome.status, expected.status);
        QCOMPARE(outcome.by, Engine::Embedded);
        QCOMPARE(outcome.feature, expected.feature);
        QCOMPARE(outcome.diagnostic, expected.diagnostic);
        QCOMPARE(outcome.table.columns, expected.table.columns);
        QCOMPARE(outcome.table.rowCount(), expected.table.rowCount());
    }
}

void TestChildProgram::isHardened()
{
#ifdef SQLGYM_SANITIZED
    QSKIP("a sanitizer needs what hardening takes away");
#endif
    ProcessSandbox sandbox(options());
    (void)ask(sandbox, "SELECT 1");
    const int pid = sandbox.processId();
    QVERIFY(pid > 0);

    const auto status = procFile(pid, "status");
    QVERIFY(status.contains("NoNewPrivs:\t1"));
    QVERIFY(status.contains("Seccomp:\t2")); // 2 = filter
    const auto limits = QString::fromLatin1(procFile(pid, "limits")).simplified();
    QVERIFY2(limits.contains("Max address space 2147483648 2147483648"), qPrintable(limits));
    QVERIFY(limits.contains("Max cpu time 600 605"));
    QVERIFY(limits.contains("Max file size 0 0"));
    QVERIFY(limits.contains("Max core file size 0 0"));
    QVERIFY(limits.contains("Max open files 4 4"));
    QCOMPARE(procFile(pid, "oom_score_adj").trimmed(), QByteArray("1000"));
    const auto folder = QFile::symLinkTarget(QStringLiteral("/proc/%1/cwd").arg(pid));
    QVERIFY2(folder == "/" || folder.isEmpty(), qPrintable(folder)); // empty: only root may look, it is not dumpable
}

void TestChildProgram::loadsNeitherQtNorLibpq()
{
    QProcess ldd;
    ldd.start("ldd", {CHILD_PROGRAM});
    QVERIFY(ldd.waitForFinished(10'000));
    const auto libraries = QString::fromLocal8Bit(ldd.readAllStandardOutput());

    QVERIFY(libraries.contains("libc."));
    QVERIFY2(!libraries.contains("libQt") && !libraries.contains("libpq."), qPrintable(libraries));
}

void TestChildProgram::endsWithItsInput()
{
    QProcess child;
    child.start(CHILD_PROGRAM, QStringList());
    QVERIFY(child.waitForReadyRead(10'000));

    child.closeWriteChannel();

    QVERIFY(child.waitForFinished(10'000));
    QCOMPARE(child.exitStatus(), QProcess::NormalExit);
    QCOMPARE(child.exitCode(), 0);
}

void TestChildProgram::refusesUnknownArguments()
{
    QProcess child;
    child.start(CHILD_PROGRAM, {"--address-space-mb", "lots"});

    QVERIFY(child.waitForFinished(10'000));
    QCOMPARE(child.exitCode(), 2);
    QVERIFY(child.readAllStandardError().contains("usage"));
}

void TestChildProgram::endsAtNonsense()
{
    QProcess child;
    child.start(CHILD_PROGRAM, QStringList());
    QVERIFY(child.waitForReadyRead(10'000));

    child.write("SELECT 1;\n");

    QVERIFY(child.waitForFinished(10'000));
    QCOMPARE(child.exitCode(), kExitBadInput);
}

/// From nothing to an answer, without a spare. The bar is generous: this machine may be busy.
void TestChildProgram::startsFast()
{
    auto cold = options();
    cold.keepSpare = false;
    std::vector<double> times;
    for (int i = 0; i < 21; ++i) {
        QElapsedTimer timer;
        timer.start();
        ProcessSandbox sandbox(cold);
        QVERIFY(ask(sandbox, "SELECT 1").status != Status::Failed);
        times.push_back(static_cast<double>(timer.nsecsElapsed()) / 1e6);
    }
    qInfo("spawn to first answer: %.2f ms (median of 21)", median(times));
    QVERIFY2(median(times) < 100 * SQLGYM_PACE, qPrintable(QString::number(median(times))));
}

/// What the way through the process adds to a run.
void TestChildProgram::costsLittle()
{
    ProcessSandbox there(options());
    const auto here = sandbox_embedded::makeEmbeddedSandbox();
    std::vector<double> direct;
    std::vector<double> through;
    for (int i = 0; i < 2000; ++i) {
        QElapsedTimer timer;
        timer.start();
        const auto expected = ask(*here, "SELECT 1");
        direct.push_back(static_cast<double>(timer.nsecsElapsed()) / 1e3);
        timer.start();
        const auto outcome = ask(there, "SELECT 1");
        through.push_back(static_cast<double>(timer.nsecsElapsed()) / 1e3);
        QCOMPARE(outcome.status, expected.status);
    }
    qInfo("a small run: %.1f us here, %.1f us in the child (medians of 2000)", median(direct), median(through));
    QVERIFY2(median(through) - median(direct) < 5000 * SQLGYM_PACE, qPrintable(QString::number(median(through))));
}

QTEST_GUILESS_MAIN(TestChildProgram)
#include "tst_child_program.moc"
