#include "cache/cache.h"
#include "session/profile.h"

#include <QtCore/QDir>
#include <QtCore/QElapsedTimer>
#include <QtCore/QProcess>
#include <QtCore/QStandardPaths>
#include <QtCore/QTemporaryDir>
#include <QtTest/QtTest>

#include <csignal>
#include <linux/capability.h>
#include <sys/prctl.h>
#include <unistd.h>

using namespace sqlgym;

namespace {

const QString kProgram = QStringLiteral(SQLGYM_BIN_DIR "/sqlgym");
constexpr int kPatienceMs = 30'000;

/// The environment of a person at a desktop.
QProcessEnvironment environment(const QString &display, const QString &runtime)
{
    auto made = QProcessEnvironment::systemEnvironment();
    for (const char *name : {"QT_QPA_PLATFORM", "WAYLAND_DISPLAY", "SQLGYM_PROFILE"})
        made.remove(QLatin1String(name));
    made.insert(QStringLiteral("DISPLAY"), display);
    made.insert(QStringLiteral("XDG_RUNTIME_DIR"), runtime);
    return made;
}

} // namespace

class TestDesktop : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void cleanupTestCase();
    void init() { m_profile = std::make_unique<QTemporaryDir>(); }
    void killedAtAnyMomentLosesAtMostTwoSeconds_data();
    void killedAtAnyMomentLosesAtMostTwoSeconds();
    void askedToEndItKeepsTheLastKey();
    void aSecondStartHandsOver();
    void aDamagedProfileIsSetAsideAndTheWindowOpens();
    void aProfileThatCannotBeWrittenStillOpens();
    void wrongUsageSaysSo();
    void withoutADisplayItSaysWhatToUse();

private:
    std::unique_ptr<QProcess> start(const QStringList &more = {}, bool unprivileged = false);
    bool xdotool(const QStringList &words, QByteArray *out = nullptr);
    bool focusWindowOf(qint64 pid);
    std::string openSlug();
    std::string draftText(const std::string &slug);

    QTemporaryDir m_runtime;
    QProcess m_x;
    QString m_display;
    std::unique_ptr<QTemporaryDir> m_profile;
};

void TestDesktop::initTestCase()
{
    if (QStandardPaths::findExecutable(QStringLiteral("Xvfb")).isEmpty() ||
        QStandardPaths::findExecutable(QStringLiteral("xdotool")).isEmpty())
        QSKIP("Xvfb and xdotool are not installed");
    m_x.setProcessChannelMode(QProcess::SeparateChannels);
    m_x.setStandardErrorFile(QProcess::nullDevice());
    m_x.start(QStringLiteral("Xvfb"),
              {QStringLiteral("-displayfd"), QStringLiteral("1"), QStringLiteral("-screen"), QStringLiteral("0"),
               QStringLiteral("1280x800x24"), QStringLiteral("-nolisten"), QStringLiteral("tcp")});
    QByteArray number;
    while (!number.contains('\n') && m_x.waitForReadyRead(kPatienceMs))
        number += m_x.readAllStandardOutput();
    m_display = u':' + QString::fromLatin1(number.trimmed());
    QVERIFY(m_display.size() > 1);
}

void TestDesktop::cleanupTestCase()
{
    m_x.terminate();
    m_x.waitForFinished(5'000);
}

std::unique_ptr<QProcess> TestDesktop::start(const QStringList &more, bool unprivileged)
{
    auto process = std::make_unique<QProcess>();
    process->setProcessEnvironment(environment(m_display, m_runtime.path()));
    process->setProcessChannelMode(QProcess::MergedChannels);
    // Root, but bound by permissions as anybody: another user might not even reach this folder.
    if (unprivileged && ::geteuid() == 0)
        process->setChildProcessModifier([] {
            for (const int capability : {CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH, CAP_FOWNER}) {
                if (::prctl(PR_CAPBSET_DROP, capability, 0, 0, 0) != 0)
                    ::_exit(99);
            }
        });
    process->start(kProgram, QStringList{QStringLiteral("--profile"), m_profile->path()} + more);
    if (!process->waitForStarted(kPatienceMs))
        qFatal("sqlgym does not start");
    return process;
}

bool TestDesktop::xdotool(const QStringList &words, QByteArray *out)
{
    QProcess tool;
    tool.setProcessEnvironment(environment(m_display, m_runtime.path()));
    tool.start(QStringLiteral("xdotool"), words);
    const bool done = tool.waitForFinished(kPatienceMs) && tool.exitCode() == 0;
    if (out)
        *out = tool.readAllStandardOutput();
    return done;
}

bool TestDesktop::focusWindowOf(qint64 pid)
{
    QByteArray windows;
    return xdotool({QStringLiteral("search"), QStringLiteral("--onlyvisible"), QStringLiteral("--pid"),
                    QString::number(pid)},
                   &windows) &&
           xdotool({QStringLiteral("windowfocus"), QString::fromLatin1(windows.split('\n').first())});
}

std::string TestDesktop::openSlug()
{
    auto cache = cache::Cache::open(session::Profile::locate(m_profile->path()).databaseFile().toStdString());
    if (!cache)
        return {};
    const auto slug = (*cache)->uiState().value("window/open_problem");
    return slug && *slug ? **slug : std::string();
}

std::string TestDesktop::draftText(const std::string &slug)
{
    auto cache = cache::Cache::open(session::Profile::locate(m_profile->path()).databaseFile().toStdString());
    if (!cache)
        return {};
    const auto summary = (*cache)->problems().summary(slug);
    if (!summary || !*summary)
        return {};
    const auto draft = (*cache)->drafts().draft((*summary)->id);
    return draft && *draft ? (*draft)->text : std::string();
}

void TestDesktop::killedAtAnyMomentLosesAtMostTwoSeconds_data()
{
    QTest::addColumn<int>("killAfterMs");

    // Early, in the middle, and at odd moments between two writes.
    for (const int ms : {2'300, 2'750, 3'110, 3'640, 4'870})
        QTest::addRow("after %d ms of typing", ms) << ms;
}

void TestDesktop::killedAtAnyMomentLosesAtMostTwoSeconds()
{
    QFETCH(int, killAfterMs);
    const auto program = start();
    QTRY_VERIFY_WITH_TIMEOUT(!openSlug().empty(), kPatienceMs);
    const std::string slug = openSlug();
    QTRY_VERIFY_WITH_TIMEOUT(focusWindowOf(program->processId()), kPatienceMs);
    QTest::qWait(300);

    // One number after the other, each with the time at which it was certainly typed.
    QElapsedTimer clock;
    clock.start();
    std::vector<std::pair<qint64, std::size_t>> typed; // ms, characters
    std::string all;
    while (clock.elapsed() < killAfterMs) {
        const std::string word = std::to_string(typed.size()) + " ";
        QVERIFY(xdotool(
            {QStringLiteral("type"), QStringLiteral("--delay"), QStringLiteral("4"), QString::fromStdString(word)}));
        all += word;
        typed.emplace_back(clock.elapsed(), all.size());
    }
    const qint64 killedAt = clock.elapsed();
    ::kill(static_cast<pid_t>(program->processId()), SIGKILL);
    QVERIFY(program->waitForFinished(kPatienceMs));

    const std::string kept = draftText(slug);
    std::size_t mustBeThere = 0;
    for (const auto &[at, size] : typed)
        mustBeThere = at <= killedAt - 2'000 ? size : mustBeThere;
    QVERIFY(mustBeThere > 0);
    QVERIFY2(
        kept.size() >= mustBeThere,
        qPrintable(
            QStringLiteral("%1 of %2 characters kept, %3 demanded").arg(kept.size()).arg(all.size()).arg(mustBeThere)));
    QCOMPARE(QString::fromStdString(kept), QString::fromStdString(all.substr(0, kept.size())));
}

void TestDesktop::askedToEndItKeepsTheLastKey()
{
    const auto program = start();
    QTRY_VERIFY_WITH_TIMEOUT(!openSlug().empty(), kPatienceMs);
    const std::string slug = openSlug();
    QTRY_VERIFY_WITH_TIMEOUT(focusWindowOf(program->processId()), kPatienceMs);
    QTest::qWait(300);

    QVERIFY(xdotool(
        {QStringLiteral("type"), QStringLiteral("--delay"), QStringLiteral("1"), QStringLiteral("to the last")}));
    QTest::qWait(50); // the keys are with the program; its timer for drafts has not run out
    ::kill(static_cast<pid_t>(program->processId()), SIGTERM);

    QVERIFY(program->waitForFinished(kPatienceMs));
    QCOMPARE(program->exitStatus(), QProcess::NormalExit);
    QCOMPARE(draftText(slug), std::string("to the last"));
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
        return xdotool({QStringLiteral("search"), QStringLiteral("--onlyvisible"), QStringLiteral("--pid"),
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
    auto bare = environment(QString(), m_runtime.path());
    bare.remove(QStringLiteral("DISPLAY"));
    program.setProcessEnvironment(bare);
    program.setProcessChannelMode(QProcess::MergedChannels);

    program.start(kProgram, {QStringLiteral("--profile"), m_profile->path()});

    QVERIFY(program.waitForFinished(kPatienceMs));
    QCOMPARE(program.exitCode(), 3);
    QVERIFY(program.readAll().contains("sqlgymctl"));
}

QTEST_GUILESS_MAIN(TestDesktop)
#include "tst_desktop.moc"
