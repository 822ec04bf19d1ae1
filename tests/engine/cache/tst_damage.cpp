#include "cache/cache.h"
#include "sample_pack.h"
#include "sqlite/database.h"

#include <QDir>
#include <QFile>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>
#include <functional>

using namespace sqlgym;
using cache::Cache;

namespace {

using Damage = std::function<void(QByteArray &)>;

constexpr int kDrafts = 40;
constexpr int kAttempts = 60;

QByteArray bytesOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void writeBytes(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("cannot write %s", qPrintable(path));
}

QString draftText(int i) { return QString("SELECT %1 -- ").arg(i) + QString(200 + 97 * i, QChar('a' + i % 26)); }

/// A profile with work in it, closed in good order.
void makeProfile(const QString &path)
{
    auto cache = Cache::open(path.toStdString());
    if (!cache || !(*cache)->problems().loadPack(cachetest::samplePack()))
        qFatal("no profile");
    for (int i = 0; i < kDrafts; ++i) {
        if (!(*cache)->drafts().save({"p" + std::to_string(i), draftText(i).toStdString()}))
            qFatal("no draft");
    }
    for (int i = 0; i < kAttempts; ++i) {
        cache::Attempt attempt;
        attempt.problemId = content::problemId("late-returns");
        attempt.query = "SELECT " + std::to_string(i);
        if (!(*cache)->attempts().add(attempt))
            qFatal("no attempt");
    }
}

void fill(QByteArray &bytes, qsizetype from, qsizetype count)
{
    QRandomGenerator random(99);
    for (qsizetype i = from; i < from + count && i < bytes.size(); ++i)
        bytes[i] = static_cast<char>(random.bounded(256));
}

int intactDrafts(Cache &cache)
{
    int intact = 0;
    for (int i = 0; i < kDrafts; ++i) {
        const auto draft = cache.drafts().draft("p" + std::to_string(i));
        intact += draft && *draft && (*draft)->text == draftText(i).toStdString() ? 1 : 0;
    }
    return intact;
}

} // namespace

class TestDamage : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void aDamagedFileIsKeptAsideAndMadeAnew_data();
    void aDamagedFileIsKeptAsideAndMadeAnew();
    void randomFlipsNeverStopTheProgram_data();
    void randomFlipsNeverStopTheProgram();
    void aFlippedLogLosesAtMostItsTail();
    void anEmptyFileIsANewProfile();
    void aLostFileWithALogIsReadFromTheLog();
    void aDamagedFileInUseIsNotMoved();
    void theLearnerStaysTheSame();

private:
    QString path() const { return m_folder->filePath("profile.db"); }
    QStringList keptAside() const
    {
        QStringList kept;
        for (const QString &name : QDir(m_folder->path()).entryList({"profile.db.damaged-*"})) {
            if (!name.endsWith("-wal") && !name.endsWith("-shm"))
                kept << name;
        }
        return kept;
    }
    QTemporaryDir m_original;
    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestDamage::initTestCase() { makeProfile(m_original.filePath("profile.db")); }

void TestDamage::init() { m_folder = std::make_unique<QTemporaryDir>(); }

void TestDamage::aDamagedFileIsKeptAsideAndMadeAnew_data()
{
    QTest::addColumn<Damage>("damage");
    QTest::addColumn<int>("drafts"); // at least
    QTest::addColumn<int>("attempts");

    QTest::newRow("no SQLite magic") << Damage([](QByteArray &b) { fill(b, 0, 16); }) << kDrafts << kAttempts;
    QTest::newRow("the whole header is noise")
        << Damage([](QByteArray &b) { fill(b, 0, 100); }) << kDrafts << kAttempts;
    QTest::newRow("the header is zeros") << Damage([](QByteArray &b) { b.replace(0, 100, QByteArray(100, '\0')); })
                                         << kDrafts << kAttempts;
    QTest::newRow("the first page is noise") << Damage([](QByteArray &b) { fill(b, 0, 4096); }) << 0 << 0;
    QTest::newRow("the last tenth is missing")
        << Damage([](QByteArray &b) { b.truncate(b.size() / 10 * 9); }) << kDrafts / 2 << 0;
    QTest::newRow("a page among the drafts is noise")
        << Damage([](QByteArray &b) { fill(b, b.indexOf("SELECT 20 -- ") / 4096 * 4096, 4096); }) << kDrafts - 10
        << kAttempts;
    QTest::newRow("half of it is missing, and not at a page's end")
        << Damage([](QByteArray &b) { b.truncate(b.size() / 2 - 1000); }) << 0 << 0;
    QTest::newRow("only a page is left") << Damage([](QByteArray &b) { b.truncate(4096); }) << 0 << 0;
    QTest::newRow("only a byte is left") << Damage([](QByteArray &b) { b.truncate(1); }) << 0 << 0;
    QTest::newRow("a text file") << Damage([](QByteArray &b) { b = "SELECT 1;\n"; }) << 0 << 0;
    QTest::newRow("a table was renamed by a flipped bit")
        << Damage([](QByteArray &b) { b.replace("CREATE TABLE hints_used", "CREATE TABLE hints_usef"); }) << kDrafts
        << kAttempts;
    QTest::newRow("the version in the header is nonsense")
        << Damage([](QByteArray &b) { b[60] = 0x7f; }) << kDrafts << kAttempts;
    QTest::newRow("the application id is flipped")
        << Damage([](QByteArray &b) { b[69] = static_cast<char>(b[69] ^ 0x10); }) << kDrafts << kAttempts;
}

void TestDamage::aDamagedFileIsKeptAsideAndMadeAnew()
{
    QFETCH(Damage, damage);
    QFETCH(int, drafts);
    QFETCH(int, attempts);
    QByteArray bytes = bytesOf(m_original.filePath("profile.db"));
    const QByteArray sound = bytes;
    damage(bytes);
    QVERIFY(bytes != sound);
    writeBytes(path(), bytes);

    auto cache = Cache::open(path().toStdString());

    QVERIFY2(cache, cache ? "" : cache.error().message.c_str());
    const cache::OpenReport &report = (*cache)->report();
    QVERIFY(report.recovered);
    QVERIFY2(QString::fromStdString(report.sentence).contains("damaged"), report.sentence.c_str());
    QCOMPARE(keptAside().size(), 1);
    QCOMPARE(QString::fromStdString(report.keptAside), m_folder->filePath(keptAside().front()));
    QCOMPARE(bytesOf(m_folder->filePath(keptAside().front())), bytes);
    QVERIFY2(report.rescuedDrafts >= drafts, qPrintable(QString::number(report.rescuedDrafts)));
    QVERIFY2(report.rescuedAttempts >= attempts, qPrintable(QString::number(report.rescuedAttempts)));
    QVERIFY(intactDrafts(**cache) >= drafts);
    QVERIFY((*cache)->problems().loadedPacks()->empty());
    QVERIFY((*cache)->problems().loadPack(cachetest::samplePack()));
    QCOMPARE((*cache)->problems().problems()->size(), std::size_t{3});
    cache->reset();
    auto again = Cache::open(path().toStdString());
    QVERIFY(again && !(*again)->report().recovered);
    QCOMPARE(QDir(m_folder->path()).entryList({"*.reading*"}).size(), 0);
}

void TestDamage::randomFlipsNeverStopTheProgram_data()
{
    QTest::addColumn<int>("seed");
    for (int seed = 1; seed <= 60; ++seed)
        QTest::addRow("seed %d", seed) << seed;
}

void TestDamage::randomFlipsNeverStopTheProgram()
{
    QFETCH(int, seed);
    QRandomGenerator random(static_cast<quint32>(seed));
    QByteArray bytes = bytesOf(m_original.filePath("profile.db"));
    const int flips = 1 << random.bounded(9);
    for (int i = 0; i < flips; ++i) {
        const auto at = static_cast<qsizetype>(random.bounded(static_cast<int>(bytes.size())));
        bytes[at] = static_cast<char>(bytes[at] ^ (1 << random.bounded(8)));
    }
    writeBytes(path(), bytes);

    auto cache = Cache::open(path().toStdString());

    QVERIFY2(cache, cache ? "" : cache.error().message.c_str());
    // Whatever was found, the profile works from here on.
    QVERIFY((*cache)->drafts().save({"new", "SELECT 'new'"}));
    const auto loaded = (*cache)->problems().loadPack(cachetest::samplePack());
    QVERIFY2(loaded, loaded ? "" : loaded.error().message.c_str());
    QVERIFY((*cache)->problems().problem("late-returns"));
    QCOMPARE((*cache)->problems().problems()->size(), std::size_t{3});
    const bool recovered = (*cache)->report().recovered;
    QCOMPARE(keptAside().size(), recovered ? 1 : 0);
    cache->reset();
    auto database = sqlite::Database::open(path().toStdString());
    QCOMPARE(*database->integrityCheck(), std::string("ok"));
}

void TestDamage::aFlippedLogLosesAtMostItsTail()
{
    {
        auto cache = Cache::open(m_folder->filePath("live.db").toStdString());
        QVERIFY(cache);
        for (int i = 0; i < kDrafts; ++i)
            QVERIFY((*cache)->drafts().save({"p" + std::to_string(i), draftText(i).toStdString()}));
        // As a power cut leaves it: the log not yet carried over.
        writeBytes(path(), bytesOf(m_folder->filePath("live.db")));
        QByteArray log = bytesOf(m_folder->filePath("live.db-wal"));
        QVERIFY(log.size() > 100'000);
        fill(log, log.size() * 9 / 10, 64);
        writeBytes(path() + "-wal", log);
    }

    auto cache = Cache::open(path().toStdString());

    QVERIFY2(cache, cache ? "" : cache.error().message.c_str());
    QVERIFY2(intactDrafts(**cache) >= kDrafts / 2, qPrintable(QString::number(intactDrafts(**cache))));
    QVERIFY((*cache)->drafts().save({"new", "x"}));
}

void TestDamage::anEmptyFileIsANewProfile()
{
    writeBytes(path(), {});

    auto cache = Cache::open(path().toStdString());

    QVERIFY(cache);
    QVERIFY((*cache)->report().created && !(*cache)->report().recovered);
    QVERIFY(keptAside().isEmpty());
}

void TestDamage::aLostFileWithALogIsReadFromTheLog()
{
    {
        auto cache = Cache::open(m_folder->filePath("live.db").toStdString());
        QVERIFY(cache && (*cache)->drafts().save({"p0", draftText(0).toStdString()}));
        writeBytes(path() + "-wal", bytesOf(m_folder->filePath("live.db-wal")));
    }
    QVERIFY(!QFile::exists(path()));

    auto cache = Cache::open(path().toStdString());

    QVERIFY2(cache, cache ? "" : cache.error().message.c_str());
    QVERIFY((*cache)->report().recovered);
    QCOMPARE(intactDrafts(**cache), 1);
}

void TestDamage::aDamagedFileInUseIsNotMoved()
{
    writeBytes(path(), bytesOf(m_original.filePath("profile.db")));
    auto first = Cache::open(path().toStdString());
    QVERIFY(first);
    QByteArray bytes = bytesOf(path());
    fill(bytes, 0, 100);
    QFile file(path());
    QVERIFY(file.open(QIODevice::ReadWrite) && file.write(bytes) == bytes.size());
    file.close();
    cache::CacheOptions impatient;
    impatient.busyTimeoutMs = 50;

    auto second = Cache::open(path().toStdString(), impatient);

    QVERIFY(!second);
    QCOMPARE(second.error().code, std::string("in_use"));
    QVERIFY(second.error().transient);
    QVERIFY(keptAside().isEmpty());
    first->reset();
    auto third = Cache::open(path().toStdString(), impatient);
    QVERIFY2(third, third ? "" : third.error().message.c_str());
}

void TestDamage::theLearnerStaysTheSame()
{
    writeBytes(path(), bytesOf(m_original.filePath("profile.db")));
    std::string id;
    {
        auto sound = Cache::open(path().toStdString());
        id = (*sound)->userId();
    }
    QByteArray bytes = bytesOf(path());
    fill(bytes, 0, 100);
    writeBytes(path(), bytes);

    auto cache = Cache::open(path().toStdString());

    QVERIFY(cache && (*cache)->report().recovered);
    QCOMPARE((*cache)->userId(), id);
    QCOMPARE((*cache)->attempts().attempts(content::problemId("late-returns"))->size(), std::size_t{kAttempts});
}

QTEST_APPLESS_MAIN(TestDamage)
#include "tst_damage.moc"
