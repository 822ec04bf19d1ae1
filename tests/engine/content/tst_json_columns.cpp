#include "content/json_columns.h"
#include "samples.h"

#include <QtTest>

#include <tuple>

using namespace sqlgym::content;

namespace {

auto parts(const OrderKey &key) { return std::tuple(key.column, key.descending, key.nullsFirst); }
auto parts(const ContractColumn &column) { return std::tuple(column.name, column.type, column.meaning); }
auto parts(const Hint &hint) { return std::tuple(hint.level, hint.text); }
auto parts(const TableColumn &c) { return std::tuple(c.name, c.type, c.notNull, c.description); }
auto parts(const ForeignKey &key) { return std::tuple(key.columns, key.table, key.referenced); }
auto parts(const TableOverlay &overlay) { return std::tuple(overlay.table, overlay.rows); }

template <typename T> bool same(const std::vector<T> &a, const std::vector<T> &b)
{
    return std::ranges::equal(a, b, [](const T &x, const T &y) { return parts(x) == parts(y); });
}

bool refused(const sqlgym::base::Result<void> &result, const char *column, const char *path)
{
    return !result && result.error().code == "bad_column" && result.error().message.starts_with(column) &&
           result.error().message.find(path) != std::string::npos;
}

} // namespace

class TestJsonColumns : public QObject {
    Q_OBJECT

private slots:
    void problemSurvivesTheRoundTrip();
    void missingSolutionIsAnEmptyColumn();
    void tableSurvivesTheRoundTrip();
    void testSurvivesTheRoundTrip();
    void previewHoldsTheFirstRowsAndTheirNumber();
    void indexesAreNamedAsPostgresNamesThem();
    void badColumnsNameTheirPath_data();
    void badColumnsNameTheirPath();
};

void TestJsonColumns::problemSurvivesTheRoundTrip()
{
    const Problem problem = sampleProblem();

    Problem back;
    const auto done = readProblemColumns(problemColumns(problem), back);

    QVERIFY2(done, done ? "" : done.error().message.c_str());
    QCOMPARE(back.slug, problem.slug);
    QCOMPARE(back.orderIndex, problem.orderIndex);
    QCOMPARE(back.question, problem.question);
    QCOMPARE(back.tags, problem.tags);
    QVERIFY(same(back.hints, problem.hints));
    QCOMPARE(back.solutionSql, problem.solutionSql);
    QCOMPARE(back.solutionExplanation, problem.solutionExplanation);
    QCOMPARE(back.contract.grain, problem.contract.grain);
    QVERIFY(same(back.contract.columns, problem.contract.columns));
    QCOMPARE(back.contract.rowOrder, problem.contract.rowOrder);
    QVERIFY(same(back.contract.orderBy, problem.contract.orderBy));
    QCOMPARE(back.contract.ties, problem.contract.ties);
    QCOMPARE(back.contract.nulls, problem.contract.nulls);
    QCOMPARE(back.contract.rounding, problem.contract.rounding);
}

void TestJsonColumns::missingSolutionIsAnEmptyColumn()
{
    Problem problem = sampleProblem();
    problem.solutionSql.clear();

    const ProblemColumns columns = problemColumns(problem);
    Problem back = sampleProblem();
    const auto done = readProblemColumns(columns, back);

    QVERIFY(columns.masterSolution.empty());
    QVERIFY(done);
    QVERIFY(back.solutionSql.empty());
    QVERIFY(back.solutionExplanation.empty());
}

void TestJsonColumns::tableSurvivesTheRoundTrip()
{
    for (int order = 0; const Table &table : sampleProblem().tables) {
        Table back;
        const auto read = readTableColumns(tableColumns(table, order), back);

        QVERIFY2(read, read ? "" : read.error().message.c_str());
        QCOMPARE(read.value(), order);
        QCOMPARE(back.description, table.description);
        QVERIFY(same(back.columns, table.columns));
        QCOMPARE(back.primaryKey, table.primaryKey);
        QCOMPARE(back.unique, table.unique);
        QVERIFY(same(back.foreignKeys, table.foreignKeys));
        QCOMPARE(back.checks, table.checks);
        QCOMPARE(back.rows, table.rows);
        ++order;
    }
}

void TestJsonColumns::testSurvivesTheRoundTrip()
{
    const TestCase test = sampleProblem().tests.front();

    TestCase back;
    const auto done = readTestColumns(testColumns(test), back);

    QVERIFY2(done, done ? "" : done.error().message.c_str());
    QVERIFY(same(back.input, test.input));
    QVERIFY(same(back.expected.columns, test.expected.columns));
    QCOMPARE(back.expected.rows, test.expected.rows);
    QCOMPARE(back.rules.rowOrder, test.rules.rowOrder);
    QVERIFY(same(back.rules.orderBy, test.rules.orderBy));
    QCOMPARE(back.rules.namesMatter, test.rules.namesMatter);
    QCOMPARE(back.rules.columnOrderMatters, test.rules.columnOrderMatters);
    QCOMPARE(back.rules.tolerance, test.rules.tolerance);
    QCOMPARE(back.rules.mustUse, test.rules.mustUse);
    QCOMPARE(back.rules.mustNotUse, test.rules.mustNotUse);
}

void TestJsonColumns::previewHoldsTheFirstRowsAndTheirNumber()
{
    const QJsonObject preview =
        QJsonDocument::fromJson(
            QByteArray::fromStdString(testColumns(sampleProblem().tests.front()).previewExpectedOutput))
            .object();

    QCOMPARE(preview["rows"].toArray().size(), 3);
    QCOMPARE(preview["row_count"].toInt(), 4);
    QVERIFY(preview["rows"].toArray().at(1).toArray().at(0).isNull());
}

void TestJsonColumns::indexesAreNamedAsPostgresNamesThem()
{
    const QJsonArray indexes =
        QJsonDocument::fromJson(QByteArray::fromStdString(tableColumns(sampleProblem().tables.front(), 0).indexes))
            .array();

    QCOMPARE(indexes.size(), 3);
    QCOMPARE(indexes[0].toObject()["name"].toString(), QString("member_pkey"));
    QCOMPARE(indexes[2].toObject()["name"].toString(), QString("member_name_fee_key"));
}

void TestJsonColumns::badColumnsNameTheirPath_data()
{
    QTest::addColumn<QString>("column");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("said");

    QTest::newRow("no JSON") << "question"
                             << "{"
                             << "parse error";
    QTest::newRow("a member is missing") << "question"
                                         << R"({"slug":"a","order":1})"
                                         << "markdown";
    QTest::newRow("a number for a word") << "tags"
                                         << R"(["a",1])"
                                         << "/1";
    QTest::newRow("a hint without its level") << "hints"
                                              << R"([{"text":"x"}])"
                                              << "/0";
    QTest::newRow("an unknown order") << "expected_display"
                                      << R"({"grain":"","columns":[],"row_order":"up"})"
                                      << "up";
    QTest::newRow("a column type that is a list")
        << "expected_display"
        << R"({"grain":"","columns":[{"name":"a","type":[]}],"row_order":"strict"})"
        << "/columns/0/type";
}

void TestJsonColumns::badColumnsNameTheirPath()
{
    QFETCH(QString, column);
    QFETCH(QString, text);
    QFETCH(QString, said);
    ProblemColumns columns = problemColumns(sampleProblem());
    std::string &changed = column == "question" ? columns.question
                           : column == "tags"   ? columns.tags
                           : column == "hints"  ? columns.hints
                                                : columns.expectedDisplay;
    changed = text.toStdString();

    Problem back;
    const auto done = readProblemColumns(columns, back);

    QVERIFY2(refused(done, qPrintable(column), qPrintable(said)), done ? "accepted" : done.error().message.c_str());
}

QTEST_APPLESS_MAIN(TestJsonColumns)
#include "tst_json_columns.moc"
