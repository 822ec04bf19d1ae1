// A problem as a definition and back: nothing is lost, and faults are told at their place.
#include "content/definition.h"
#include "content/json_columns.h"
#include "content/pack.h"
#include "content/resources.h"

#include <QtTest>

#include <nlohmann/json.hpp>

using namespace sqlgym::content;
using Json = nlohmann::json;

namespace {

/// All that a definition holds, in one text.
std::string everything(const Problem &problem)
{
    const ProblemColumns head = problemColumns(problem);
    std::string all = problem.title + problem.topic + problem.company + head.question + head.tags + head.hints +
                      head.masterSolution + head.expectedDisplay;
    for (const Table &table : problem.tables) {
        const TableColumns columns = tableColumns(table, 0);
        all += "\n" + table.name + columns.schemaDefinition + columns.sampleData + columns.constraints;
    }
    for (const TestCase &test : problem.tests) {
        const TestColumns columns = testColumns(test);
        all += "\n" + test.name + test.description + columns.expectedOutput + columns.validationRules +
               (test.hidden ? "h" : "v") + std::to_string(test.timeoutSeconds) + " " +
               std::to_string(test.memoryLimitMb) + " " + std::to_string(test.displayLimit) + setupSql(problem, &test);
    }
    for (const WrongQuery &query : problem.wrongQueries)
        all += "\n" + query.sql + query.mistake;
    for (const RightQuery &query : problem.rightQueries)
        all += "\n" + query.sql + query.way;
    for (const EquivalentMutant &mutant : problem.equivalentMutants)
        all += "\n" + mutant.sql + mutant.why;
    return all;
}

} // namespace

class TestDefinition : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void theCatalogueSurvivesTheRoundTrip();
    void faultsAreToldAtTheirPlace_data();
    void faultsAreToldAtTheirPlace();

private:
    Pack m_pack;
};

void TestDefinition::initTestCase()
{
    auto read = readPack(bundledPack());
    QVERIFY2(read, read ? "" : read.error().message.c_str());
    m_pack = std::move(*read);
}

void TestDefinition::theCatalogueSurvivesTheRoundTrip()
{
    QVERIFY(m_pack.problems.size() > 10);
    for (const Problem &problem : m_pack.problems) {
        const ReadDefinition back = readDefinition(problem.id, definitionOf(problem));

        QVERIFY2(back.faults.empty(),
                 back.faults.empty() ? "" : (problem.slug + back.faults[0].path + back.faults[0].what).c_str());
        QCOMPARE(back.problem.id, problem.id);
        QCOMPARE(everything(back.problem), everything(problem));
    }
}

void TestDefinition::faultsAreToldAtTheirPlace_data()
{
    QTest::addColumn<QByteArray>("patch");
    QTest::addColumn<QByteArray>("path");
    const auto row = [](const char *name, const char *patch, const char *path) {
        QTest::newRow(name) << QByteArray(patch) << QByteArray(path);
    };
    row("no title", R"([{"op": "remove", "path": "/title"}])", "/title");
    row("an unknown member", R"([{"op": "add", "path": "/more", "value": 1}])", "/more");
    row("a difficulty of its own", R"([{"op": "replace", "path": "/difficulty", "value": "x"}])", "/difficulty");
    row("an empty hint", R"([{"op": "replace", "path": "/hints/1", "value": ""}])", "/hints/1");
    row("order by nothing",
        R"([{"op": "replace", "path": "/contract/row_order", "value": "by_columns"},
            {"op": "add", "path": "/contract/order_by", "value": [{"column": "nowhere"}]}])",
        "/contract/order_by/0/column");
    row("a table twice", R"([{"op": "copy", "from": "/tables/0", "path": "/tables/1"}])", "/tables/1/name");
    row("a column twice", R"([{"op": "copy", "from": "/tables/0/columns/0", "path": "/tables/0/columns/1"}])",
        "/tables/0/columns/1/name");
    row("a key of nothing", R"([{"op": "add", "path": "/tables/0/primary_key", "value": ["nowhere"]}])",
        "/tables/0/primary_key/0");
    row("a row too narrow", R"([{"op": "replace", "path": "/tables/0/rows/1", "value": ["1"]}])", "/tables/0/rows/1");
    row("a test twice", R"([{"op": "copy", "from": "/tests/0", "path": "/tests/1"}])", "/tests/1/name");
    row("rows for no table",
        R"([{"op": "add", "path": "/tests/0/tables/nowhere", "value": {"columns": ["a"], "rows": []}}])",
        "/tests/0/tables/nowhere");
    row("another type than the contract's",
        R"([{"op": "replace", "path": "/tests/0/expected/columns/0/type", "value": "json"}])",
        "/tests/0/expected/columns/0/type");
    row("a wrong query without its mistake", R"([{"op": "remove", "path": "/wrong_queries/0/mistake"}])",
        "/wrong_queries/0/mistake");
}

void TestDefinition::faultsAreToldAtTheirPlace()
{
    QFETCH(QByteArray, patch);
    QFETCH(QByteArray, path);
    const Problem &problem = m_pack.problems.front();
    const Json changed = Json::parse(definitionOf(problem)).patch(Json::parse(patch.toStdString()));

    const ReadDefinition read = readDefinition(problem.id, changed.dump());

    QStringList paths;
    for (const DefinitionFault &fault : read.faults)
        paths << QString::fromStdString(fault.path);
    QVERIFY2(paths.contains(QString::fromUtf8(path)), qPrintable(paths.join(u' ')));
}

QTEST_GUILESS_MAIN(TestDefinition)
#include "tst_definition.moc"
