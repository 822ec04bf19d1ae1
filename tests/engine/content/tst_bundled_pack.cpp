#include "content/json_columns.h"
#include "content/json_schema.h"
#include "content/names.h"
#include "content/pack.h"
#include "content/resources.h"
#include "content/tracks.h"

#include <QtTest>

#include <map>
#include <set>

using namespace sqlgym::content;

// The rules of the catalogue, on the pack that comes with the program.
class TestBundledPack : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void isFoundBesideTheProgram();
    void holdsSixtyProblemsFromBeginnerToExpert();
    void everyTopicHasProblems();
    void tracksLeadThroughEveryProblem();
    void theOverviewListsThemAll();
    void everyProblemIsComplete();
    void explanationsShowProvenQueries();
    void everyProblemHasVisibleAndHiddenTests();
    void datasetsAreSmallEnoughToRead();
    void oddValuesSurvive();
    void badgesAreMany();
    void idsAreThoseOfTheirSlugs();
    void everyColumnFitsItsSchema();
    void fingerprintFollowsTheFiles();

private:
    Pack m_pack;
};

void TestBundledPack::initTestCase()
{
    auto read = readPack(bundledPack());
    QVERIFY2(read, read ? "" : read.error().message.c_str());
    m_pack = read.value();
}

void TestBundledPack::isFoundBesideTheProgram()
{
    QVERIFY(std::filesystem::exists(resourceRoot() / "schemas" / "hints.schema.json"));

    const auto elsewhere = std::filesystem::path(SQLGYM_SOURCE_DIR) / "tests";
    qputenv("SQLGYM_RESOURCES", elsewhere.c_str());
    QCOMPARE(resourceRoot(), elsewhere);
    qputenv("SQLGYM_RESOURCES", "/no/such/folder");
    QVERIFY(resourceRoot() != elsewhere);
    qunsetenv("SQLGYM_RESOURCES");
}

void TestBundledPack::holdsSixtyProblemsFromBeginnerToExpert()
{
    std::map<Difficulty, int> count;
    for (const Problem &problem : m_pack.problems)
        ++count[problem.difficulty];

    QCOMPARE(m_pack.problems.size(), 60u);
    QCOMPARE(count[Difficulty::Beginner], 10);
    QCOMPARE(count[Difficulty::Easy], 16);
    QCOMPARE(count[Difficulty::Medium], 20);
    QCOMPARE(count[Difficulty::Hard], 10);
    QCOMPARE(count[Difficulty::Expert], 4);
}

void TestBundledPack::everyTopicHasProblems()
{
    std::set<std::string> topics;
    for (const Problem &problem : m_pack.problems)
        topics.insert(problem.topic);

    QCOMPARE(topics.size(), m_pack.topics.size());
    for (std::size_t i = 0; i < m_pack.problems.size(); ++i)
        QCOMPARE(m_pack.problems[i].orderIndex, static_cast<int>(i) + 1);
}

void TestBundledPack::tracksLeadThroughEveryProblem()
{
    const std::vector<Track> tracks = tracksOf(bundledPack());
    std::set<std::string> problems;
    for (const Track &track : tracks)
        problems.insert(track.problems.begin(), track.problems.end());

    for (const std::string &slug : problems)
        QVERIFY2(std::ranges::find(m_pack.problems, slug, &Problem::slug) != m_pack.problems.end(), slug.c_str());
    QVERIFY(tracks.size() >= 5);
    QCOMPARE(problems.size(), m_pack.problems.size());
    QVERIFY(tracks.front().needs.empty());
    QCOMPARE(std::ranges::count_if(tracks, [](const Track &track) { return track.needs.empty(); }), 1);
}

void TestBundledPack::theOverviewListsThemAll()
{
    QFile file(QString::fromStdString((bundledPack() / "README.md").string()));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray overview = file.readAll();

    qsizetype at = 0;
    for (const Problem &problem : m_pack.problems) {
        const std::string row = "| [" + problem.slug + "](problems/" + problem.slug + ") | " + problem.title + " | " +
                                std::string(difficultyName(problem.difficulty)) + " | ";
        const qsizetype found = overview.indexOf(QByteArray::fromStdString(row), at);
        QVERIFY2(found >= at, row.c_str());
        at = found + 1;
    }
    QCOMPARE(overview.count("](problems/"), static_cast<qsizetype>(m_pack.problems.size()));
}

void TestBundledPack::everyProblemIsComplete()
{
    std::size_t right = 0;
    const auto startsAs = [](const std::string &sql, bool changes) {
        const auto begins = [&](const char *word) { return sql.starts_with(word); };
        return begins("SELECT") || begins("WITH") ||
               (changes && (begins("UPDATE") || begins("DELETE") || begins("INSERT")));
    };
    for (const Problem &problem : m_pack.problems) {
        QVERIFY(!problem.contract.grain.empty());
        QVERIFY(!problem.contract.columns.empty());
        QVERIFY(!problem.solutionExplanation.empty());
        QCOMPARE(problem.hints.size(), 3u);
        QCOMPARE(problem.hints[2].level, 3);
        QVERIFY2(problem.wrongQueries.size() >= 4, problem.slug.c_str());
        QVERIFY2(problem.rightQueries.size() >= 3, problem.slug.c_str());
        right += problem.rightQueries.size();
        QVERIFY2(problem.question.find("**One row of the answer**") != std::string::npos, problem.slug.c_str());
        QVERIFY2(problem.solutionExplanation.find("**Easily got wrong**") != std::string::npos, problem.slug.c_str());
        const bool changes = !problem.tests[0].rules.resultQuery.empty();
        for (const WrongQuery &wrong : problem.wrongQueries) {
            QVERIFY(!wrong.mistake.empty() && !wrong.mistake.starts_with("-"));
            QVERIFY(startsAs(wrong.sql, changes));
        }
        for (const RightQuery &query : problem.rightQueries) {
            QVERIFY(!query.way.empty() && !query.way.starts_with("-"));
            QVERIFY(startsAs(query.sql, changes));
        }
    }
    QVERIFY(right >= 200);
}

// What an explanation shows is proven: it is the solution or one of the right queries.
void TestBundledPack::explanationsShowProvenQueries()
{
    int shown = 0;
    for (const Problem &problem : m_pack.problems) {
        const QString text = QString::fromStdString(problem.solutionExplanation);
        QRegularExpressionMatchIterator blocks =
            QRegularExpression("```sql\n(.*?)\n```", QRegularExpression::DotMatchesEverythingOption).globalMatch(text);
        while (blocks.hasNext()) {
            const std::string sql = blocks.next().captured(1).toStdString();
            const bool proven =
                sql == problem.solutionSql ||
                std::ranges::find(problem.rightQueries, sql, &RightQuery::sql) != problem.rightQueries.end();
            QVERIFY2(proven, (problem.slug + ": " + sql).c_str());
            ++shown;
        }
    }
    QVERIFY(shown >= 25);
}

void TestBundledPack::everyProblemHasVisibleAndHiddenTests()
{
    for (const Problem &problem : m_pack.problems) {
        const auto hidden = std::ranges::count(problem.tests, true, &TestCase::hidden);
        QVERIFY2(hidden >= 4, problem.slug.c_str());
        QVERIFY2(problem.tests.size() >= static_cast<std::size_t>(hidden) + 3, problem.slug.c_str());
        for (const TestCase &test : problem.tests) {
            QCOMPARE(test.rules.rowOrder, problem.contract.rowOrder);
            QCOMPARE(test.rules.orderBy.size(), problem.contract.orderBy.size());
        }
        QVERIFY2(problem.tests[0].input.empty(), "the first test runs on the data that the learner sees");
    }
}

void TestBundledPack::datasetsAreSmallEnoughToRead()
{
    std::set<std::string> names;
    std::size_t rows = 0;
    for (const Problem &problem : m_pack.problems) {
        for (const Table &table : problem.tables) {
            if (!names.insert(table.name).second)
                continue;
            rows += table.rows.size();
            QVERIFY2(table.rows.size() >= 5 && table.rows.size() <= 200, table.name.c_str());
        }
    }
    QVERIFY(rows > 400);
}

void TestBundledPack::oddValuesSurvive()
{
    std::set<Cell> cells;
    for (const Problem &problem : m_pack.problems) {
        for (const Table &table : problem.tables) {
            for (const Row &row : table.rows)
                cells.insert(row.begin(), row.end());
        }
    }

    for (const char *odd :
         {"", "  ", "Maeve O'Rourke", "李 Wen", "2024-02-29", "-12.50", "0.00", "bearing \"sings\", replaced"})
        QVERIFY2(cells.contains(std::string(odd)), odd);
    QVERIFY(cells.contains(std::nullopt));
}

void TestBundledPack::badgesAreMany()
{
    QCOMPARE(m_pack.badges.size(), 34u);
    for (const Badge &badge : m_pack.badges) {
        const auto checked = checkColumn("criteria", badge.criteriaJson);
        QVERIFY2(checked, checked ? "" : checked.error().message.c_str());
    }
}

void TestBundledPack::idsAreThoseOfTheirSlugs()
{
    std::set<std::string> ids;
    std::size_t tests = 0;
    for (const Topic &topic : m_pack.topics) {
        QCOMPARE(topic.id, topicId(slugFromName(topic.name)));
        ids.insert(topic.id);
    }
    for (const Badge &badge : m_pack.badges)
        ids.insert(badge.id);
    for (const Problem &problem : m_pack.problems) {
        QCOMPARE(problem.id, problemId(problem.slug));
        ids.insert(problem.id);
        tests += problem.tests.size();
        for (const TestCase &test : problem.tests)
            ids.insert(test.id);
    }
    QCOMPARE(ids.size(), m_pack.topics.size() + m_pack.badges.size() + m_pack.problems.size() + tests);
}

void TestBundledPack::everyColumnFitsItsSchema()
{
    const auto check = [](const char *column, const std::string &json) {
        const auto checked = checkColumn(column, json);
        if (!checked)
            qWarning("%s", checked.error().message.c_str());
        return static_cast<bool>(checked);
    };
    for (const Problem &problem : m_pack.problems) {
        const ProblemColumns columns = problemColumns(problem);
        QVERIFY(check("question", columns.question));
        QVERIFY(check("tags", columns.tags));
        QVERIFY(check("hints", columns.hints));
        QVERIFY(check("master_solution", columns.masterSolution));
        QVERIFY(check("expected_display", columns.expectedDisplay));
        for (std::size_t i = 0; i < problem.tables.size(); ++i) {
            const TableColumns table = tableColumns(problem.tables[i], static_cast<int>(i));
            QVERIFY(check("schema_definition", table.schemaDefinition));
            QVERIFY(check("sample_data", table.sampleData));
            QVERIFY(check("indexes", table.indexes));
            QVERIFY(check("constraints", table.constraints));
        }
        for (const TestCase &test : problem.tests) {
            const TestColumns tests = testColumns(test);
            QVERIFY(check("input_data", tests.inputData));
            QVERIFY(check("expected_output", tests.expectedOutput));
            QVERIFY(check("preview_expected_output", tests.previewExpectedOutput));
            QVERIFY(check("validation_rules", tests.validationRules));
        }
    }
}

void TestBundledPack::fingerprintFollowsTheFiles()
{
    QTemporaryDir folder;
    const std::filesystem::path copy = folder.filePath("pack").toStdString();
    std::filesystem::copy(bundledPack(), copy, std::filesystem::copy_options::recursive);

    const std::string before = packFingerprint(copy);
    QFile file(QString::fromStdString((copy / "topics.json").string()));
    QVERIFY(file.open(QIODevice::Append));
    file.write("\n");
    file.close();

    QCOMPARE(before.size(), 64u);
    QVERIFY(packFingerprint(copy) != before);
    QVERIFY(packFingerprint(copy / "nothing").empty());
}

QTEST_APPLESS_MAIN(TestBundledPack)
#include "tst_bundled_pack.moc"
