#include "cache/migrations.h"
#include "cache/rows.h"
#include "seed_schema.h"

#include <QRegularExpression>
#include <QStringList>
#include <QTest>

using namespace sqlgym;
using sqlite::Database;

namespace {

std::unique_ptr<Database> migrated()
{
    auto database = Database::open(":memory:");
    if (!database || !cache::migrate(*database, 0))
        qFatal("the migrations do not run");
    return std::make_unique<Database>(std::move(*database));
}

QString textOf(sqlite::Statement &row, int column)
{
    const std::string text = row.string(column);
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

template <typename... Values> QStringList linesOf(Database &database, const std::string &sql, const Values &...values)
{
    auto lines = cache::select(
        database, sql, [](sqlite::Statement &row) { return textOf(row, 0); }, values...);
    if (!lines)
        qFatal("%s", lines.error().message.c_str());
    return {lines->begin(), lines->end()};
}

QStringList sorted(QStringList list)
{
    list.sort();
    return list;
}

QStringList words(const char *text) { return QString(text).split(' ', Qt::SkipEmptyParts); }

const char *const kOneOfEach = R"sql(
INSERT INTO users (id, username, email) VALUES ('u', 'ada', 'ada@example.org');
INSERT INTO topics (id, name, difficulty_level) VALUES ('t', 'Joins', 'EASY');
INSERT INTO problems (id, title, question, tags, hints, topic_id) VALUES ('p', 'Title', '{}', '[]', '[]', 't');
INSERT INTO test_cases (id, problem_id, name, input_data, expected_output) VALUES ('c', 'p', 'case', '{}', '{}');
INSERT INTO submissions (id, user_id, problem_id, query, is_correct) VALUES ('s', 'u', 'p', 'SELECT 1', 1);
INSERT INTO execution_results (id, submission_id, test_case_id, status, is_correct)
VALUES ('e', 's', 'c', 'SUCCESS', 1);
)sql";

} // namespace

class TestSchema : public QObject {
    Q_OBJECT

private slots:
    void thereAreTwentyTwoTables();
    void aTableIsAsTheSeedHasIt_data();
    void aTableIsAsTheSeedHasIt();
    void indexesAreAsTheSeedHasThem();
    void furtherIndexesAreNamedAsOurs();
    void theCacheHasTablesOfItsOwn();
    void defaultsAreFilledIn();
    void whatTheSeedRefusesIsRefused_data();
    void whatTheSeedRefusesIsRefused();
    void deletingAProblemTakesItsRowsAlong();
};

void TestSchema::thereAreTwentyTwoTables() { QCOMPARE(cachetest::kSeedTables.size(), std::size_t{22}); }

void TestSchema::aTableIsAsTheSeedHasIt_data()
{
    QTest::addColumn<int>("index");
    for (int i = 0; i < static_cast<int>(cachetest::kSeedTables.size()); ++i)
        QTest::newRow(cachetest::kSeedTables[static_cast<std::size_t>(i)].name) << i;
}

void TestSchema::aTableIsAsTheSeedHasIt()
{
    QFETCH(int, index);
    const cachetest::SeedTable &seed = cachetest::kSeedTables[static_cast<std::size_t>(index)];
    auto database = migrated();

    QCOMPARE(linesOf(*database, "SELECT name || iif(\"notnull\", '!', '') FROM pragma_table_info(?) ORDER BY cid",
                     seed.name),
             words(seed.columns));
    QCOMPARE(linesOf(*database, "SELECT name FROM pragma_table_info(?) WHERE pk", seed.name), QStringList{"id"});
    QCOMPARE(sorted(linesOf(*database,
                            "SELECT (SELECT group_concat(name) FROM pragma_index_info(l.name)) "
                            "FROM pragma_index_list(?) l WHERE l.\"unique\" AND l.origin = 'u'",
                            seed.name)),
             sorted(words(seed.unique)));
    QCOMPARE(sorted(linesOf(*database,
                            "SELECT \"from\" || '>' || \"table\" || iif(on_delete = 'CASCADE', '*', '') "
                            "FROM pragma_foreign_key_list(?)",
                            seed.name)),
             sorted(words(seed.foreign)));
}

void TestSchema::indexesAreAsTheSeedHasThem()
{
    auto database = migrated();

    const QStringList there =
        linesOf(*database, "SELECT name || ' ' || tbl_name || '(' || (SELECT group_concat(name) FROM "
                           "pragma_index_info(m.name)) || ')' FROM sqlite_schema m WHERE type = 'index' AND "
                           "name LIKE 'idx!_%' ESCAPE '!'");

    QStringList seed;
    for (const char *index : cachetest::kSeedIndexes)
        seed << index;
    QCOMPARE(sorted(there), sorted(seed));
}

void TestSchema::furtherIndexesAreNamedAsOurs()
{
    auto database = migrated();

    QCOMPARE(linesOf(*database, "SELECT name FROM sqlite_schema WHERE type IN ('index', 'trigger') "
                                "AND name NOT LIKE 'sqlite!_autoindex%' ESCAPE '!' "
                                "AND name NOT LIKE 'idx!_%' ESCAPE '!' AND name NOT LIKE 'sqlgym!_%' ESCAPE '!'"),
             QStringList());
}

void TestSchema::theCacheHasTablesOfItsOwn()
{
    auto database = migrated();

    for (const char *table : {"attempts", "drafts", "draft_history", "ui_state", "sync_state", "outbox",
                              "schema_migrations", "hints_used", "given_up", "packs", "search_index"})
        QCOMPARE(*database->integer("SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = ?", table), 1);
}

void TestSchema::defaultsAreFilledIn()
{
    auto database = migrated();
    QVERIFY(database->execute(kOneOfEach));
    QVERIFY(database->execute("INSERT INTO problem_sessions (user_id, problem_id) VALUES ('u', 'p')"));

    QCOMPARE(linesOf(*database, "SELECT auth_provider || problems_solved || premium || is_admin || email_verified "
                                "FROM users"),
             QStringList{"email0000"});
    QCOMPARE(linesOf(*database, "SELECT difficulty FROM problems"), QStringList{"Medium"});
    QCOMPARE(linesOf(*database, "SELECT display_limit FROM test_cases"), QStringList{"10"});
    const QString moment = linesOf(*database, "SELECT created_at FROM users").front();
    QVERIFY2(QRegularExpression(R"(^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}$)").match(moment).hasMatch(),
             qPrintable(moment));
    const QString uuid = linesOf(*database, "SELECT id FROM problem_sessions").front();
    QVERIFY2(QRegularExpression("^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$")
                 .match(uuid)
                 .hasMatch(),
             qPrintable(uuid));
}

void TestSchema::whatTheSeedRefusesIsRefused_data()
{
    QTest::addColumn<QString>("sql");

    QTest::newRow("a word the enumeration has not") << "UPDATE topics SET difficulty_level = 'Easy'";
    QTest::newRow("a status the enumeration has not") << "UPDATE execution_results SET status = 'OK'";
    QTest::newRow("a name longer than its column") << "UPDATE users SET username = printf('%051d', 0)";
    QTest::newRow("text in an integer column") << "UPDATE submissions SET execution_time = 'fast'";
    QTest::newRow("a boolean that is neither") << "UPDATE submissions SET is_correct = 2";
    QTest::newRow("NULL where NOT NULL") << "UPDATE problems SET title = NULL";
    QTest::newRow("NULL as an id") << "INSERT INTO topics (name, difficulty_level) VALUES ('x', 'EASY')";
    QTest::newRow("a second user of one name")
        << "INSERT INTO users (id, username, email) VALUES ('v', 'ada', 'other@example.org')";
    QTest::newRow("a parent that is not there") << "UPDATE problems SET topic_id = 'nowhere'";
    QTest::newRow("a second test of one name") << "INSERT INTO test_cases (id, problem_id, name, input_data, "
                                                  "expected_output) VALUES ('d', 'p', 'case', '{}', '{}')";
}

void TestSchema::whatTheSeedRefusesIsRefused()
{
    QFETCH(QString, sql);
    auto database = migrated();
    QVERIFY(database->execute(kOneOfEach));

    auto done = database->execute(sql.toStdString());

    QVERIFY(!done);
    QCOMPARE(done.error().code, std::string("constraint"));
}

void TestSchema::deletingAProblemTakesItsRowsAlong()
{
    auto database = migrated();
    QVERIFY(database->execute(kOneOfEach));

    QVERIFY(database->execute("DELETE FROM problems"));

    QCOMPARE(*database->integer("SELECT count(*) FROM execution_results"), 0);
    QCOMPARE(*database->integer("SELECT count(*) FROM users"), 1);
}

QTEST_APPLESS_MAIN(TestSchema)
#include "tst_schema.moc"
