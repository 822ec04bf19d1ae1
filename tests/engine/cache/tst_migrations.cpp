#include "cache/cache.h"
#include "cache/migrations.h"
#include "cache/outbox_overlay.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace sqlgym;
using cache::Cache;
using sqlite::Database;

namespace {

QByteArray bytesOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

// What a learner had in a file of the first version: rows of the seed's tables alone.
const char *const kRowsOfVersion1 = R"sql(
INSERT INTO users (id, username, email, auth_provider) VALUES ('u', 'ada', 'u@local.invalid', 'local');
INSERT INTO topics (id, name, difficulty_level) VALUES ('t', 'Old topic', 'EASY');
INSERT INTO problems (id, title, question, tags, hints, topic_id, expected_display) VALUES ('p', 'An older problem',
    '{"slug":"older","order":4,"markdown":"Find the ancient rows."}', '["relics"]', '[]', 't', '{}');
INSERT INTO submissions (id, user_id, problem_id, query, is_correct) VALUES ('s', 'u', 'p', 'SELECT 1', 1);
)sql";

const char *const kRowsOfVersion2 = R"sql(
INSERT INTO drafts (problem_id, text, cursor, scroll, updated_at_us) VALUES ('p', 'SELECT old', 3, 0, 17);
INSERT INTO attempts (id, problem_id, kind, query, outcome, correct, started_at_us, utc_offset_minutes, elapsed_us)
VALUES ('a', 'p', 'check', 'SELECT 2', 'wrong_rows', 0, 16, 60, 5);
INSERT INTO sync_state VALUES ('user_id', 'u');
INSERT INTO problem_submissions (id, user_id, problem_id, sql_query, status) VALUES ('s', 'u', 'p', 'SELECT 1', 'completed');
INSERT INTO outbox (id, user_id, kind, payload, created_at_us)
VALUES ('s', 'u', 'submit', '{"problem_id":"p","query":"SELECT 1","written_at":"2026-03-01 09:30:00+00"}', 18);
)sql";

} // namespace

class TestMigrations : public QObject {
    Q_OBJECT

private slots:
    void versionsAreNumberedWithoutGaps();
    void aReleasedStepIsNeverChanged();
    void anyEarlierVersionComesForward_data();
    void anyEarlierVersionComesForward();
    void aStepThatFailsLeavesTheVersionBefore();
    void aNewerFileIsRefusedAndLeftUntouched();
    void anotherProgramsDatabaseIsLeftUntouched();
    void openingAgainMigratesNothing();

private:
    QString path(const char *name) const { return m_folder.filePath(QString::fromUtf8(name)); }
    QTemporaryDir m_folder;
};

void TestMigrations::versionsAreNumberedWithoutGaps()
{
    int expected = 1;
    for (const cache::Migration &migration : cache::migrations())
        QCOMPARE(migration.version, expected++);
    QCOMPARE(cache::newestVersion(), expected - 1);
}

// Files out there were made by these very texts: a change here needs a new step instead.
void TestMigrations::aReleasedStepIsNeverChanged()
{
    const std::array released = {
        "54e9e28660a9ea7a9c56776236301d09e59d6480af431ff23dcdd69e25b298e7",
        "48ddbb8cf7702aafef93963a68097f707684a5af765f94ca5128ecd82dc3331e",
        "8390f891a9a0cf50776504fe75c8d42d5368a3de26021e534412a57096c21533",
        "fbbedd0c68ca7575ccafe8f61fddb94519f351765446abb6391fecdfc3e6e444",
        "f09e0a64fb2dc0245960d708619870d30c83007e904e650185cc6098885744a3",
    };

    QCOMPARE(cache::migrations().size(), released.size());
    for (const cache::Migration &migration : cache::migrations())
        QCOMPARE(QCryptographicHash::hash(QByteArray(migration.sql), QCryptographicHash::Sha256).toHex(),
                 QByteArray(released[static_cast<std::size_t>(migration.version - 1)]));
}

void TestMigrations::anyEarlierVersionComesForward_data()
{
    QTest::addColumn<int>("version");
    for (int version = 1; version < cache::newestVersion(); ++version)
        QTest::addRow("from version %d", version) << version;
}

void TestMigrations::anyEarlierVersionComesForward()
{
    QFETCH(int, version);
    const QString file = path(qPrintable(QString("from%1.db").arg(version)));
    {
        auto old = Database::open(file.toStdString());
        QVERIFY(old && cache::migrate(*old, 0, version));
        QCOMPARE(*old->integer("PRAGMA user_version"), version);
        QVERIFY(old->execute(kRowsOfVersion1));
        QVERIFY(version < 2 || old->execute(kRowsOfVersion2));
    }

    auto cache = Cache::open(file.toStdString());

    QVERIFY2(cache, cache ? "" : cache.error().message.c_str());
    QCOMPARE((*cache)->report().migratedFrom, version);
    QVERIFY(!(*cache)->report().created && !(*cache)->report().sentence.empty());
    QCOMPARE((*cache)->userId(), std::string("u"));
    QCOMPARE((*cache)->userName(), std::string("ada"));
    const auto summary = (*cache)->problems().summary("older");
    QVERIFY(summary && *summary);
    QCOMPARE((*summary)->orderIndex, 4);
    QCOMPARE((*summary)->state, progress::ProblemState::Solved);
    QCOMPARE((*cache)->search().search("ancient")->size(), std::size_t{1});
    QCOMPARE((*cache)->search().search("relic")->size(), std::size_t{1});
    if (version >= 2) {
        QCOMPARE((*cache)->drafts().draft("p")->value().text, std::string("SELECT old"));
        QCOMPARE((*cache)->attempts().attempts("p")->at(0).utcOffsetMinutes, 60);
        QCOMPARE((*cache)->outbox().entries()->at(0).id, std::string("s"));
    }
    auto database = Database::open(file.toStdString());
    QCOMPARE(*database->integrityCheck(), std::string("ok"));
    QCOMPARE(*database->integer("SELECT count(*) FROM schema_migrations"), cache::newestVersion());
    // What waited knows its rows: those of versions 2 and 3 were given them on the way.
    QVERIFY(cache::liftOutbox(*database, "u"));
    QCOMPARE(*database->integer("SELECT count(*) FROM submissions"), version < 2 || version > 3 ? 1 : 0);
    QVERIFY(cache::layOutbox(*database, "u", 0));
    QCOMPARE(*database->integer("SELECT count(*) FROM submissions WHERE is_correct"), 1);
    QCOMPARE(*database->integer("SELECT count(*) FROM problem_submissions"), version < 2 ? 0 : 1);
}

void TestMigrations::aStepThatFailsLeavesTheVersionBefore()
{
    const std::string file = path("stuck.db").toStdString();
    auto database = Database::open(file);
    QVERIFY(database && cache::migrate(*database, 0, 2));
    // In the way of step 3, in its middle.
    QVERIFY(database->execute("CREATE TABLE search_queue (a INTEGER)"));

    auto failed = cache::migrate(*database, 0);

    QVERIFY(!failed);
    QCOMPARE(*database->integer("PRAGMA user_version"), 2);
    QCOMPARE(*database->integer("SELECT count(*) FROM sqlite_schema WHERE name = 'search_documents'"), 0);
    QVERIFY(database->execute("DROP TABLE search_queue"));
    QVERIFY(cache::migrate(*database, 0));
}

void TestMigrations::aNewerFileIsRefusedAndLeftUntouched()
{
    const QString file = path("newer.db");
    {
        auto newer = Database::open(file.toStdString());
        QVERIFY(newer && cache::migrate(*newer, 0));
        const std::string next = std::to_string(cache::newestVersion() + 1);
        QVERIFY(newer->execute("CREATE TABLE from_the_future (a TEXT); INSERT INTO schema_migrations VALUES (" + next +
                               ", 'future', 0, ''); PRAGMA user_version = " + next));
    }
    const QByteArray before = bytesOf(file);

    auto cache = Cache::open(file.toStdString());

    QVERIFY(!cache);
    QCOMPARE(cache.error().code, std::string("newer_version"));
    QVERIFY(!cache.error().transient);
    QVERIFY(cache.error().message.find("newer SQLGym") != std::string::npos);
    QCOMPARE(bytesOf(file), before);
    QCOMPARE(QDir(m_folder.path()).entryList({"newer.db.damaged*"}).size(), 0);
}

void TestMigrations::anotherProgramsDatabaseIsLeftUntouched()
{
    const QString file = path("foreign.db");
    {
        sqlite::OpenOptions plain;
        plain.writeAheadLog = false;
        auto foreign = Database::open(file.toStdString(), plain);
        QVERIFY(foreign && foreign->execute("CREATE TABLE recipes (a TEXT); INSERT INTO recipes VALUES ('soup')"));
    }
    const QByteArray before = bytesOf(file);

    auto cache = Cache::open(file.toStdString());

    QVERIFY(!cache);
    QCOMPARE(cache.error().code, std::string("not_a_cache"));
    QCOMPARE(bytesOf(file), before);
}

void TestMigrations::openingAgainMigratesNothing()
{
    const std::string file = path("again.db").toStdString();
    {
        auto first = Cache::open(file);
        QVERIFY(first && (*first)->report().created);
    }

    auto second = Cache::open(file);

    QVERIFY(second);
    QVERIFY(!(*second)->report().created);
    QCOMPARE((*second)->report().migratedFrom, 0);
    QVERIFY((*second)->report().sentence.empty());
}

QTEST_APPLESS_MAIN(TestMigrations)
#include "tst_migrations.moc"
