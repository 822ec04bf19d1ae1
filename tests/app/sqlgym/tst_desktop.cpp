#include "real_program.h"

#include "cache/cache.h"
#include "session/profile.h"

#include <QtCore/QDir>
#include <QtTest/QtTest>

#include <csignal>

using namespace sqlgym;
using tests::kPatienceMs;

namespace {

constexpr int kPasteMs = 10'000 * SQLGYM_PACE;

} // namespace

class TestDesktop : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void init() { m_profile = std::make_unique<QTemporaryDir>(); }
    void hostilePastesStopNothing_data();
    void hostilePastesStopNothing();
    void theWatchdogNamesAStall();
    void askedToEndItKeepsTheLastKey();
    void aSecondStartHandsOver();
    void aDamagedProfileIsSetAsideAndTheWindowOpens();
    void aProfileThatCannotBeWrittenStillOpens();
    void wrongUsageSaysSo();
    void withoutADisplayItSaysWhatToUse();

private:
    std::unique_ptr<QProcess> start(const QStringList &more = {}, bool unprivileged = false)
    {
        return m_screen.run(m_profile->path(), more, unprivileged);
    }
    std::string openSlug() const { return tests::openSlug(m_profile->path()); }

    tests::Screen m_screen;
    std::unique_ptr<QTemporaryDir> m_profile;
};

void TestDesktop::initTestCase()
{
    if (!m_screen.isPossible())
        QSKIP("Xvfb and xdotool are not installed");
    QVERIFY(m_screen.start());
}

void TestDesktop::hostilePastesStopNothing_data()
{
    QTest::addColumn<QByteArray>("pasted");

    const QByteArray line =
        "SELECT 'a line of a hundred characters or so, as people paste them by the thousand' FROM t;\n";
    QTest::newRow("10 MB in lines") << line.repeated(10'000'000 / line.size());
    QTest::newRow("10 MB in one line") << QByteArray(10'000'000, 'x');
    QTest::newRow("50,000 operators") << "SELECT 1" + QByteArray("+1").repeated(50'000);
    QTest::newRow("50,000 operators, a line each") << "SELECT 1" + QByteArray("\n+1").repeated(50'000);
    QTest::newRow("20,000 parentheses") << "SELECT " + QByteArray(20'000, '(') + "1";
    QTest::newRow("NUL characters") << QByteArray("SELECT 'a\0b', \0 1\0\n", 19);
    QTest::newRow("right-to-left overrides")
        << QByteArray("SELECT '\u202E\u2066' AS \"\u202Eabc\u2069\" -- \u202E;TCELES\n").repeated(2'000);
    QTest::newRow("combining marks") << "SELECT '" + QByteArray("e\u0301\u0302\u0303\u0304").repeated(20'000) + "'";
}

void TestDesktop::hostilePastesStopNothing()
{
    QFETCH(const QByteArray, pasted);
    QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("pasted")));
    QVERIFY(file.open(QFile::WriteOnly) && file.write(pasted) == pasted.size());
    file.close();
    QProcess owner;
    owner.setProcessEnvironment(m_screen.environment());
    owner.start(QStringLiteral(SQLGYM_CLIPBOARD_OWNER), {file.fileName()});
    QVERIFY(owner.waitForReadyRead(kPatienceMs));
    qputenv("SQLGYM_WATCHDOG", "1500"); // what the X server and the other program take is in it
    const auto program = start();
    qunsetenv("SQLGYM_WATCHDOG");
    QTRY_VERIFY_WITH_TIMEOUT(!openSlug().empty(), kPatienceMs);
    const std::string slug = openSlug();
    QTRY_VERIFY_WITH_TIMEOUT(m_screen.focusWindowOf(program->processId()), kPatienceMs);
    QTest::qWait(500);
    const auto press = [&](const char *keys) { return m_screen.xdotool({QStringLiteral("key"), QLatin1String(keys)}); };
    const auto kept = [&] { return QByteArray::fromStdString(tests::draftText(m_profile->path(), slug)); };

    QVERIFY(press("ctrl+v"));

    QTRY_VERIFY2_WITH_TIMEOUT(kept() == pasted, kept().left(60).toHex(' ').constData(), kPasteMs);
    // It is worked with like any other: run, checked, laid out, taken back.
    for (const char *keys :
         {"ctrl+Return", "ctrl+shift+Return", "ctrl+shift+f", "ctrl+End", "ctrl+Home", "ctrl+slash"}) {
        QVERIFY(press(keys));
        QTest::qWait(400);
        QCOMPARE(program->state(), QProcess::Running);
    }
    QVERIFY(press("ctrl+a"));
    QVERIFY(press("ctrl+z"));
    QVERIFY(press("ctrl+z"));
    QVERIFY(press("ctrl+z"));
    QVERIFY(press("ctrl+a"));
    QVERIFY(m_screen.xdotool({QStringLiteral("type"), QStringLiteral("SELECT 2")}));
    QTRY_COMPARE_WITH_TIMEOUT(kept().left(60), QByteArray("SELECT 2"), kPasteMs);
    program->kill();
    program->waitForFinished();
    owner.kill();
    owner.waitForFinished();
    const QByteArray said = program->readAll();
    QVERIFY2(!said.contains("does not answer"), said.constData());
}

void TestDesktop::theWatchdogNamesAStall()
{
#ifdef NDEBUG
    QSKIP("release builds have no watchdog");
#endif
    qputenv("SQLGYM_WATCHDOG", "2"); // less than the first frame takes
    const auto program = start();
    qunsetenv("SQLGYM_WATCHDOG");
    QTRY_VERIFY_WITH_TIMEOUT(!openSlug().empty(), kPatienceMs);
    QTest::qWait(500);
    program->kill();
    program->waitForFinished();

    const QByteArray said = program->readAll();
    QVERIFY2(said.contains("the window does not answer; it is here:\n"), said.constData());
    QVERIFY2(said.contains("bin/sqlgym("), said.constData()); // a frame of its stack
    QVERIFY2(said.contains("sqlgym: that was "), said.constData());
}

void TestDesktop::askedToEndItKeepsTheLastKey()
{
    const auto program = start();
    QTRY_VERIFY_WITH_TIMEOUT(!openSlug().empty(), kPatienceMs);
    const std::string slug = openSlug();
    QTRY_VERIFY_WITH_TIMEOUT(m_screen.focusWindowOf(program->processId()), kPatienceMs);
    QTest::qWait(300);

    QVERIFY(m_screen.xdotool(
        {QStringLiteral("type"), QStringLiteral("--delay"), QStringLiteral("1"), QStringLiteral("to the last")}));
    QTest::qWait(50); // the keys are with the program; its timer for drafts has not run out
    ::kill(static_cast<pid_t>(program->processId()), SIGTERM);

    QVERIFY(program->waitForFinished(kPatienceMs));
    QCOMPARE(program->exitStatus(), QProcess::NormalExit);
    QCOMPARE(tests::draftText(m_profile->path(), slug), std::string("to the last"));
}

void TestDesktop::aSecondStartHandsOver()
{
    const auto first = start();
    QTRY_VERIFY_WITH_TIMEOUT(!openSlug().empty(), kPatienceMs);
    auto cache = cache::Cache::open(session::Profile::locate(m_profile->path()).databaseFile().toStdString());
    QVERIFY(cache);
    const auto problems = (*cache)->problems().problems();
    QVERIFY(problems && problems->size() > 1);
    const QString other = QString::fromStdString(problems->back().slug);
    QVERIFY(other.toStdString() != openSlug());

    const auto second = start({QStringLiteral("sqlgym://problem/") + other});

    QVERIFY(second->waitForFinished(kPatienceMs));
    QCOMPARE(second->exitCode(), 0);
    QTRY_COMPARE_WITH_TIMEOUT(QString::fromStdString(openSlug()), other, kPatienceMs);
    QCOMPARE(first->state(), QProcess::Running);
    ::kill(static_cast<pid_t>(first->processId()), SIGKILL);
    first->waitForFinished();

    // A killed one leaves nothing in the way.
    const auto third = start();
    QTest::qWait(1'000);
    QCOMPARE(third->state(), QProcess::Running);
    third->kill();
    third->waitForFinished();
}

void TestDesktop::aDamagedProfileIsSetAsideAndTheWindowOpens()
{
    {
        QFile file(session::Profile::locate(m_profile->path()).databaseFile());
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray("SQLite format 3\0", 16) + QByteArray(20'000, '\x5a'));
    }

    const auto program = start();

    QTRY_VERIFY_WITH_TIMEOUT(!openSlug().empty(), kPatienceMs);
    QCOMPARE(QDir(m_profile->path()).entryList({QStringLiteral("*damaged*")}).size() > 0, true);
    QCOMPARE(program->state(), QProcess::Running);
    program->kill();
    program->waitForFinished();
}

void TestDesktop::aProfileThatCannotBeWrittenStillOpens()
{
    QVERIFY(QFile::setPermissions(m_profile->path(), QFile::ReadOwner | QFile::ExeOwner));

    const auto program = start({}, true);

    QByteArray windows;
    const auto hasWindow = [&] {
        return m_screen.xdotool({QStringLiteral("search"), QStringLiteral("--onlyvisible"), QStringLiteral("--pid"),
                                 QString::number(program->processId())},
                                &windows) &&
               !windows.trimmed().isEmpty();
    };
    QTRY_VERIFY2_WITH_TIMEOUT(hasWindow(), program->readAll().constData(), kPatienceMs);
    QTest::qWait(1'000);
    QCOMPARE(program->state(), QProcess::Running);
    QCOMPARE(QDir(m_profile->path()).entryList(QDir::Files).size(), 0);
    program->kill();
    program->waitForFinished();
    QFile::setPermissions(m_profile->path(), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
}

void TestDesktop::wrongUsageSaysSo()
{
    const auto program = start({QStringLiteral("--no-such-option")});
    QVERIFY(program->waitForFinished(kPatienceMs));
    QCOMPARE(program->exitCode(), 2);
    QVERIFY(program->readAll().contains("usage: sqlgym"));
}

void TestDesktop::withoutADisplayItSaysWhatToUse()
{
    QProcess program;
    auto bare = m_screen.environment();
    bare.remove(QStringLiteral("DISPLAY"));
    program.setProcessEnvironment(bare);
    program.setProcessChannelMode(QProcess::MergedChannels);

    program.start(tests::kProgram, {QStringLiteral("--profile"), m_profile->path()});

    QVERIFY(program.waitForFinished(kPatienceMs));
    QCOMPARE(program.exitCode(), 3);
    QVERIFY(program.readAll().contains("sqlgymctl"));
}

QTEST_GUILESS_MAIN(TestDesktop)
#include "tst_desktop.moc"
