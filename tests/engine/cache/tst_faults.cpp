#include "cache/cache.h"
#include "sample_pack.h"
#include "sqlite/database.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>
#include <sys/stat.h>

using namespace sqlgym;
using cache::Cache;

namespace {

QByteArray bytesOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

int numberIn(const std::string &draft) { return std::stoi(draft.substr(6)); }

} // namespace

// Real processes on real files.
class TestFaults : public QObject {
    Q_OBJECT

private slots:
    void init();
    void aKilledWriterLosesNothingItSaved();
    void aKilledRecoveryIsTakenUpAgain();
    void aKilledLoadLeavesTheOldCatalogue();
    void twoProcessesWriteAtOnce();
    void twoProcessesMakeOneFile();
    void aFileThatMayNotGrowLosesNothingSaved();
    void aFullDiskLosesNothingSaved();
    void aFileThatMayNotGrowLeavesTheOldCatalogue();
    void aJournalThatAKillLeftIsPlayedBack();
    void aProfileThatCannotBeWrittenIsRefused_data();
    void aProfileThatCannotBeWrittenIsRefused();
    void aFolderThatCannotBeMadeIsNamed();

private:
    QString path() const { return m_folder->filePath("profile.db"); }
    void start(QProcess &process, const QStringList &arguments)
    {
        process.start(SQLGYM_TEST_CACHE_HELPER, arguments);
        QVERIFY(process.waitForStarted());
    }
    QString run(const QStringList &arguments)
    {
        QProcess process;
        process.start(SQLGYM_TEST_CACHE_HELPER, arguments);
        process.waitForFinished();
        return QString::fromUtf8(process.readAllStandardOutput());
    }
    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestFaults::init() { m_folder = std::make_unique<QTemporaryDir>(); }

void TestFaults::aKilledWriterLosesNothingItSaved()
{
    QRandomGenerator random(4711);
    for (int round = 0; round < 15; ++round) {
        QProcess writer;
        start(writer, {"write", path(), "p", "100000"});
        QVERIFY(writer.waitForReadyRead());
        QTest::qSleep(random.bounded(60));
        writer.kill();
        QVERIFY(writer.waitForFinished());
        QCOMPARE(writer.exitStatus(), QProcess::CrashExit);
        const QList<QByteArray> lines = writer.readAllStandardOutput().trimmed().split('\n');
        const int reported = lines.back().toInt();

        auto cache = Cache::open(path().toStdString());

        QVERIFY2(cache, cache ? "" : cache.error().message.c_str());
        QVERIFY(!(*cache)->report().recovered);
        const auto draft = (*cache)->drafts().draft("p");
        QVERIFY(draft && *draft);
        const int kept = numberIn((*draft)->text);
        QVERIFY2(kept == reported || kept == reported + 1,
                 qPrintable(QString("reported %1, kept %2").arg(reported).arg(kept)));
        const auto attempts = (*cache)->attempts().attempts("p", 1);
        QVERIFY(attempts && std::stoi(attempts->front().query) >= reported);
    }
    auto database = sqlite::Database::open(path().toStdString());
    QCOMPARE(*database->integrityCheck(), std::string("ok"));
}

void TestFaults::aKilledRecoveryIsTakenUpAgain()
{
    constexpr int kDrafts = 300;
    QRandomGenerator random(815);
    {
        auto cache = Cache::open(path().toStdString());
        QVERIFY(cache);
        for (int i = 0; i < kDrafts; ++i)
            QVERIFY((*cache)->drafts().save({"p" + std::to_string(i), std::string(2000, 'x')}));
    }
    QFile file(path());
    QVERIFY(file.open(QIODevice::ReadWrite) && file.write(QByteArray(100, '!')) == 100);
    file.close();
    for (int round = 0; round < 25; ++round) {
        QProcess opener;
        start(opener, {"write", path(), "p", "0"});
        QTest::qSleep(random.bounded(25));
        opener.kill();
        QVERIFY(opener.waitForFinished());
    }

    auto cache = Cache::open(path().toStdString());

    QVERIFY2(cache, cache ? "" : cache.error().message.c_str());
    QCOMPARE((*cache)->drafts().drafts()->size(), std::size_t{kDrafts});
    QCOMPARE(QDir(m_folder->path()).entryList({"*recovering*", "*reading*"}).size(), 0);
}

void TestFaults::aKilledLoadLeavesTheOldCatalogue()
{
    {
        auto cache = Cache::open(path().toStdString());
        QVERIFY(cache && (*cache)->problems().loadPack(cachetest::samplePack()));
    }
    QProcess loader;
    start(loader, {"load", path(), "1000000000"});
    // Its log grows once it writes: then it is in the middle of it.
    QTRY_VERIFY_WITH_TIMEOUT(QFileInfo(path() + "-wal").size() > 500'000 || loader.state() == QProcess::NotRunning,
                             5'000 * SQLGYM_PACE);
    loader.kill();
    QVERIFY(loader.waitForFinished());

    auto cache = Cache::open(path().toStdString());

    QVERIFY(cache && !(*cache)->report().recovered);
    QCOMPARE(loader.exitStatus(), QProcess::CrashExit);
    QCOMPARE((*cache)->problems().problems()->size(), std::size_t{3});
    QCOMPARE((*cache)->search().search("number")->size(), std::size_t{0});
}

void TestFaults::twoProcessesWriteAtOnce()
{
    QProcess first;
    QProcess second;
    start(first, {"write", path(), "p", "150"});
    start(second, {"write", path(), "q", "150"});

    QVERIFY(first.waitForFinished(60'000) && second.waitForFinished(60'000));

    QVERIFY2(first.exitCode() == 0, first.readAllStandardOutput());
    QVERIFY2(second.exitCode() == 0, second.readAllStandardOutput());
    auto cache = Cache::open(path().toStdString());
    QVERIFY(cache);
    for (const char *document : {"p", "q"}) {
        QCOMPARE(numberIn((*cache)->drafts().draft(document)->value().text), 150);
        QCOMPARE((*cache)->attempts().attempts(document, 1000)->size(), std::size_t{150});
    }
    auto database = sqlite::Database::open(path().toStdString());
    QCOMPARE(*database->integrityCheck(), std::string("ok"));
}

void TestFaults::twoProcessesMakeOneFile()
{
    std::vector<std::unique_ptr<QProcess>> processes;
    for (int i = 0; i < 6; ++i) {
        processes.push_back(std::make_unique<QProcess>());
        start(*processes.back(), {"write", path(), QString("p%1").arg(i), "3"});
    }

    for (const auto &process : processes) {
        QVERIFY(process->waitForFinished(60'000));
        QVERIFY2(process->exitCode() == 0, process->readAllStandardOutput());
    }

    auto database = sqlite::Database::open(path().toStdString());
    QCOMPARE(*database->integer("SELECT count(*) FROM users"), 1);
    QCOMPARE(*database->integer("SELECT count(*) FROM drafts"), 6);
    QCOMPARE(QDir(m_folder->path()).entryList({"*damaged*"}).size(), 0);
}

void TestFaults::aFileThatMayNotGrowLosesNothingSaved()
{
    QVERIFY(Cache::open(path().toStdString()));

    const QString output = run({"fill", path(), "1000000"});

    const QStringList lines = output.split('\n');
    QVERIFY2(lines.size() >= 4, qPrintable(output));
    const int saved = lines[0].mid(6).toInt();
    QVERIFY(saved > 10);
    QVERIFY2(lines[1].startsWith("error disk_full transient The disk is full."), qPrintable(lines[1]));
    QCOMPARE(lines[2], QString("readable yes"));
    QCOMPARE(lines[3], QString("afterwards saved"));
    auto cache = Cache::open(path().toStdString());
    QVERIFY(cache && !(*cache)->report().recovered);
    QCOMPARE((*cache)->drafts().drafts()->size(), static_cast<std::size_t>(saved) + 1);
}

void TestFaults::aFullDiskLosesNothingSaved()
{
    QProcess helper;
    start(helper, {"full", m_folder->path()});
    QVERIFY(helper.waitForFinished(60'000));
    if (helper.exitCode() == 77)
        QSKIP("no file system may be mounted here, not even in a user namespace: nothing was shown about a full disk");
    const QString output = QString::fromUtf8(helper.readAllStandardOutput());

    const QStringList lines = output.split('\n');
    QVERIFY2(helper.exitCode() == 0 && lines.size() >= 7, qPrintable(output));
    const int saved = lines[0].mid(6).toInt();
    QVERIFY(saved > 10);
    QVERIFY2(lines[1].startsWith("error disk_full transient The disk is full."), qPrintable(output));
    QCOMPARE(lines[2], QString("readable yes"));
    // On the full disk it opens with all that was saved, or says why not; when there is room, nothing is missing.
    QVERIFY2(lines[3] == QString("opened %1").arg(saved) ||
                 lines[3].startsWith("error disk_full transient The disk is full."),
             qPrintable(output));
    QCOMPARE(lines[4], QString("kept %1").arg(saved));
    QCOMPARE(lines[5], QString("recovered no"));
    QCOMPARE(lines[6], QString("afterwards saved"));
}

void TestFaults::aFileThatMayNotGrowLeavesTheOldCatalogue()
{
    {
        auto cache = Cache::open(path().toStdString());
        QVERIFY(cache && (*cache)->problems().loadPack(cachetest::samplePack()));
    }

    const QString output = run({"load", path(), "2000000"});

    QVERIFY2(output.startsWith("error disk_full transient"), qPrintable(output));
    auto cache = Cache::open(path().toStdString());
    QVERIFY(cache && !(*cache)->report().recovered);
    QCOMPARE((*cache)->problems().problems()->size(), std::size_t{3});
    QCOMPARE((*cache)->search().search("quietly")->size(), std::size_t{1});
}

// As a kill leaves the file while it is made one with a log, or is filled: changed, with a journal beside it.
void TestFaults::aJournalThatAKillLeftIsPlayedBack()
{
    const QString original = m_folder->filePath("original.db");
    {
        auto cache = Cache::open(original.toStdString());
        QVERIFY(cache && (*cache)->drafts().save({"p", "SELECT 'kept'"}));
    }
    sqlite::OpenOptions options;
    options.writeAheadLog = false;
    auto writer = sqlite::Database::open(original.toStdString(), options);
    QVERIFY(writer &&
            writer->execute("PRAGMA journal_mode = DELETE; PRAGMA cache_size = 1; BEGIN; "
                            "UPDATE drafts SET text = 'half done'; CREATE TABLE much (a TEXT); "
                            "INSERT INTO much WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n "
                            "LIMIT 500) SELECT hex(randomblob(2000)) FROM n"));
    QVERIFY(QFile::copy(original, path()));
    QVERIFY(QFile::copy(original + "-journal", path() + "-journal"));
    QVERIFY(bytesOf(path()).contains("half done"));

    auto cache = Cache::open(path().toStdString(), {.alwaysCheck = true});

    QVERIFY2(cache, cache ? "" : cache.error().message.c_str());
    QVERIFY(!(*cache)->report().recovered);
    QCOMPARE((*cache)->drafts().draft("p")->value().text, std::string("SELECT 'kept'"));
    auto database = sqlite::Database::open(path().toStdString());
    QCOMPARE(*database->integer("SELECT count(*) FROM sqlite_schema WHERE name = 'much'"), 0);
    QVERIFY(!QFile::exists(path() + "-journal"));
}

void TestFaults::aProfileThatCannotBeWrittenIsRefused_data()
{
    QTest::addColumn<bool>("exists");
    QTest::addColumn<int>("folderMode");
    QTest::addColumn<int>("fileMode");

    QTest::newRow("a read-only folder with a profile") << true << 0555 << 0444;
    QTest::newRow("a read-only folder with a writable file") << true << 0555 << 0666;
    QTest::newRow("an empty read-only folder") << false << 0555 << 0;
    QTest::newRow("a read-only file in a writable folder") << true << 0777 << 0444;
}

void TestFaults::aProfileThatCannotBeWrittenIsRefused()
{
    QFETCH(bool, exists);
    QFETCH(int, folderMode);
    QFETCH(int, fileMode);
    if (exists) {
        auto cache = Cache::open(path().toStdString());
        QVERIFY(cache && (*cache)->drafts().save({"p", "kept"}));
        cache->reset();
        QVERIFY(QFile::remove(path() + "-lock"));
        QCOMPARE(::chmod(qPrintable(path()), static_cast<mode_t>(fileMode)), 0);
    }
    QCOMPARE(::chmod(qPrintable(m_folder->path()), static_cast<mode_t>(folderMode)), 0);
    const QByteArray before = bytesOf(path());

    const QString output = run({"open", path()});

    QVERIFY2(output.startsWith("error read_only lasting The profile cannot be written to"), qPrintable(output));
    QCOMPARE(bytesOf(path()), before);
    QCOMPARE(::chmod(qPrintable(m_folder->path()), 0700), 0);
    if (exists)
        QCOMPARE(::chmod(qPrintable(path()), 0600), 0);
    auto cache = Cache::open(path().toStdString());
    QVERIFY(cache);
    QCOMPARE((*cache)->report().created, !exists);
    QVERIFY(!exists || (*cache)->drafts().draft("p")->value().text == "kept");
}

void TestFaults::aFolderThatCannotBeMadeIsNamed()
{
    QFile file(m_folder->filePath("a file"));
    QVERIFY(file.open(QIODevice::WriteOnly));

    auto cache = Cache::open(m_folder->filePath("a file/profile.db").toStdString());

    QVERIFY(!cache);
    QCOMPARE(cache.error().code, std::string("cannot_open"));
    QVERIFY(cache.error().message.find("a file") != std::string::npos);
}

QTEST_GUILESS_MAIN(TestFaults)
#include "tst_faults.moc"
