#include "sqlite/database.h"
#include "sqlite/error.h"
#include "sqlite/transaction.h"

#include <QTemporaryDir>
#include <QTest>
#include <sqlite3.h>
#include <sys/stat.h>

using namespace sqlgym;
using sqlite::Database;
using sqlite::OpenOptions;
using sqlite::Transaction;

class TestSqlite : public QObject {
    Q_OBJECT

private slots:
    void aNewFileIsReadableByItsOwnerAlone();
    void aConnectionIsHardened();
    void valuesComeBackAsTheyWereBound();
    void aTransactionIsRolledBackUnlessCommitted();
    void aLockedDatabaseIsBusyAndTransient();
    void aFullDatabaseKeepsWhatWasCommitted();
    void anErrorSaysWhatItIs_data();
    void anErrorSaysWhatItIs();
    void aReadOnlyConnectionMakesNoFile();
    void aFailedBindIsReportedByStep();

private:
    std::string path(const char *name) const { return m_folder.filePath(QString::fromUtf8(name)).toStdString(); }
    QTemporaryDir m_folder;
};

void TestSqlite::aNewFileIsReadableByItsOwnerAlone()
{
    const std::string file = path("private.db");

    auto database = Database::open(file);
    QVERIFY(database);
    QVERIFY(database->execute("CREATE TABLE t (a INTEGER); INSERT INTO t VALUES (1)"));

    for (const char *suffix : {"", "-wal", "-shm"}) {
        struct stat status {};
        QCOMPARE(::stat((file + suffix).c_str(), &status), 0);
        QCOMPARE(status.st_mode & 0777u, 0600u);
    }
}

void TestSqlite::aConnectionIsHardened()
{
    auto database = Database::open(path("hardened.db"));
    QVERIFY(database);

    QCOMPARE(*database->integer("PRAGMA foreign_keys"), 1);
    QCOMPARE(*database->integer("PRAGMA trusted_schema"), 0);
    QCOMPARE(*database->integer("PRAGMA synchronous"), 2);
    QCOMPARE(*database->integer("PRAGMA mmap_size"), 0);
    auto mode = database->prepare("PRAGMA journal_mode");
    QVERIFY(mode && *mode->step());
    QCOMPARE(mode->string(0), std::string("wal"));
    // Defensive: the schema cannot be edited behind SQLite's back.
    QVERIFY(database->execute("CREATE TABLE t (a INTEGER); PRAGMA writable_schema = ON"));
    QVERIFY(!database->execute("UPDATE sqlite_schema SET sql = 'x'"));
    QVERIFY(!database->execute("SELECT load_extension('libm.so.6')"));
    QVERIFY(!database->execute("ATTACH ':memory:' AS other"));
    QVERIFY(!database->execute("SELECT \"no such column\""));
}

void TestSqlite::valuesComeBackAsTheyWereBound()
{
    auto database = Database::open(":memory:");
    QVERIFY(database);
    const std::string nul("a\0b", 3);

    auto row = database->prepare("SELECT ?, ?, ?, ?, ?, ?");
    QVERIFY(row);
    row->with(std::int64_t{-9'007'199'254'740'993}, 0.1, nul, std::string_view(), std::optional<int>(), true);

    QVERIFY(*row->step());
    QCOMPARE(row->integer(0), std::int64_t{-9'007'199'254'740'993});
    QCOMPARE(row->real(1), 0.1);
    QCOMPARE(row->string(2), nul);
    QVERIFY(!row->isNull(3));
    QCOMPARE(row->string(3), std::string());
    QVERIFY(row->isNull(4));
    QVERIFY(!row->optionalString(4));
    QCOMPARE(row->integer(5), 1);
    QVERIFY(!*row->step());
}

void TestSqlite::aTransactionIsRolledBackUnlessCommitted()
{
    auto database = Database::open(":memory:");
    QVERIFY(database && database->execute("CREATE TABLE t (a INTEGER PRIMARY KEY)"));

    {
        auto transaction = Transaction::begin(*database);
        QVERIFY(transaction);
        QVERIFY(database->run("INSERT INTO t VALUES (?)", 1));
    }
    QCOMPARE(*database->integer("SELECT count(*) FROM t"), 0);
    {
        auto transaction = Transaction::begin(*database);
        QVERIFY(transaction && database->run("INSERT INTO t VALUES (?)", 2));
        QVERIFY(transaction->commit());
    }

    QCOMPARE(*database->integer("SELECT count(*) FROM t"), 1);
    QVERIFY(!database->inTransaction());
}

void TestSqlite::aLockedDatabaseIsBusyAndTransient()
{
    OpenOptions options;
    options.busyTimeoutMs = 20;
    auto first = Database::open(path("busy.db"), options);
    auto second = Database::open(path("busy.db"), options);
    QVERIFY(first && second && first->execute("CREATE TABLE t (a INTEGER)"));
    auto held = Transaction::begin(*first);
    QVERIFY(held);

    auto refused = Transaction::begin(*second);

    QVERIFY(!refused);
    QCOMPARE(refused.error().code, std::string("busy"));
    QVERIFY(refused.error().transient);
    QVERIFY(held->commit());
    QVERIFY(Transaction::begin(*second));
}

void TestSqlite::aFullDatabaseKeepsWhatWasCommitted()
{
    auto database = Database::open(path("full.db"));
    QVERIFY(database && database->execute("CREATE TABLE t (a TEXT); PRAGMA max_page_count = 8"));
    QVERIFY(database->run("INSERT INTO t VALUES (?)", "kept"));

    auto refused = [&]() -> base::Result<void> {
        auto transaction = Transaction::begin(*database);
        if (!transaction)
            return transaction.error();
        if (auto done = database->run("INSERT INTO t VALUES (?)", "small"); !done)
            return done;
        return database->run("INSERT INTO t VALUES (?)", std::string(100'000, 'x'));
    }();

    QVERIFY(!refused);
    QCOMPARE(refused.error().code, std::string("disk_full"));
    QVERIFY(refused.error().transient);
    QVERIFY(!database->inTransaction());
    QCOMPARE(*database->integer("SELECT count(*) FROM t"), 1);
    QVERIFY(database->run("INSERT INTO t VALUES (?)", "later"));
}

void TestSqlite::anErrorSaysWhatItIs_data()
{
    QTest::addColumn<int>("rc");
    QTest::addColumn<std::string>("code");
    QTest::addColumn<bool>("transient");

    QTest::newRow("a full disk can be cleared") << SQLITE_FULL << std::string("disk_full") << true;
    QTest::newRow("a read-only file stays so") << SQLITE_READONLY_DIRECTORY << std::string("read_only") << false;
    QTest::newRow("a malformed page is damage") << SQLITE_CORRUPT_INDEX << std::string("damaged") << false;
    QTest::newRow("a strange header is no database") << SQLITE_NOTADB << std::string("not_a_database") << false;
    QTest::newRow("a failed read may be tried again") << SQLITE_IOERR_READ << std::string("io_error") << true;
}

void TestSqlite::anErrorSaysWhatItIs()
{
    QFETCH(int, rc);
    QFETCH(std::string, code);
    QFETCH(bool, transient);

    const base::Error error = sqlite::makeError(nullptr, rc, "save the draft");

    QCOMPARE(error.code, code);
    QCOMPARE(error.transient, transient);
    QVERIFY(error.message.find("save the draft") != std::string::npos);
    QCOMPARE(sqlite::meansDamage(error), code == "damaged" || code == "not_a_database");
}

void TestSqlite::aReadOnlyConnectionMakesNoFile()
{
    OpenOptions options;
    options.access = sqlite::Access::ReadOnly;

    auto database = Database::open(path("missing.db"), options);

    QVERIFY(!database);
    QCOMPARE(database.error().code, std::string("cannot_open"));
    QVERIFY(!QFile::exists(m_folder.filePath("missing.db")));
}

void TestSqlite::aFailedBindIsReportedByStep()
{
    auto database = Database::open(":memory:");
    QVERIFY(database);
    auto statement = database->prepare("SELECT ?");
    QVERIFY(statement);

    auto row = statement->with(1, 2).step();

    QVERIFY(!row);
    statement->reset();
    QVERIFY(*statement->with(1).step());
}

QTEST_APPLESS_MAIN(TestSqlite)
#include "tst_sqlite.moc"
