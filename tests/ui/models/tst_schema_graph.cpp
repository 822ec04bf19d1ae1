// A problem's tables as a graph: cardinalities, ways, and their words.
#include "models/schema_graph.h"

#include <QtTest/QtTest>

using namespace sqlgym;
using models::Cardinality;
using models::schemaGraph;

namespace {

content::Table table(const std::string &name, std::vector<content::TableColumn> columns,
                     std::vector<content::ForeignKey> keys = {})
{
    content::Table made;
    made.name = name;
    made.columns = std::move(columns);
    made.primaryKey = {"id"};
    made.foreignKeys = std::move(keys);
    return made;
}

/// customer <- order <- line -> product; order -> order (the one it replaces); note stands alone; passport is one to
/// one.
content::Problem shop()
{
    content::Problem problem;
    problem.tables.push_back(table("customer", {{"id", "integer", true, {}}}));
    problem.tables.push_back(table(
        "order", {{"id", "integer", true, {}}, {"customer", "integer", true, {}}, {"replaces", "integer", false, {}}},
        {{{"customer"}, "customer", {"id"}}, {{"replaces"}, "order", {"id"}}}));
    problem.tables.push_back(table("Product", {{"id", "integer", true, {}}}));
    problem.tables.push_back(table(
        "line", {{"id", "integer", true, {}}, {"order_id", "integer", true, {}}, {"product", "integer", true, {}}},
        {{{"order_id"}, "order", {"id"}}, {{"product"}, "Product", {}}}));
    problem.tables.push_back(table("note", {{"id", "integer", true, {}}}, {{{"id"}, "elsewhere", {"id"}}}));
    problem.tables.push_back(table("passport", {{"id", "integer", true, {}}}, {{{"id"}, "customer", {"id"}}}));
    return problem;
}

} // namespace

class TestSchemaGraph : public QObject {
    Q_OBJECT
private slots:
    void cardinalitiesComeFromKeysAndNulls();
    void aShortestWayIsFound();
    void waysAreWrittenAsJoins();
};

void TestSchemaGraph::cardinalitiesComeFromKeysAndNulls()
{
    const auto graph = schemaGraph(shop());
    QCOMPARE(graph.tables.size(), 6u);
    QCOMPARE(graph.links.size(), 5u); // not the one that leads out of the problem

    const auto expect = [&](std::size_t at, int child, int parent, Cardinality atChild, Cardinality atParent) {
        const auto &link = graph.links[at];
        QCOMPARE(link.child, child);
        QCOMPARE(link.parent, parent);
        QCOMPARE(link.atChild, atChild);
        QCOMPARE(link.atParent, atParent);
    };
    expect(0, 1, 0, Cardinality::ZeroOrMany, Cardinality::ExactlyOne);
    expect(1, 1, 1, Cardinality::ZeroOrMany, Cardinality::ZeroOrOne);
    expect(2, 3, 1, Cardinality::ZeroOrMany, Cardinality::ExactlyOne);
    expect(3, 3, 2, Cardinality::ZeroOrMany, Cardinality::ExactlyOne);
    expect(4, 5, 0, Cardinality::ZeroOrOne, Cardinality::ExactlyOne);
    QVERIFY(graph.tables[1].columns[1].inForeignKey);
    QVERIFY(!graph.tables[1].columns[1].inPrimaryKey);
    QVERIFY(graph.tables[1].columns[0].inPrimaryKey);
}

void TestSchemaGraph::aShortestWayIsFound()
{
    const auto graph = schemaGraph(shop());
    QCOMPARE(models::joinPath(graph, 0, 2), (std::vector<int>{0, 2, 3}));
    QCOMPARE(models::joinPath(graph, 2, 0), (std::vector<int>{3, 2, 0}));
    QCOMPARE(models::joinPath(graph, 1, 1), std::vector<int>());
    QCOMPARE(models::joinPath(graph, 0, 4), std::vector<int>());
}

void TestSchemaGraph::waysAreWrittenAsJoins()
{
    const auto graph = schemaGraph(shop());
    QCOMPARE(models::fromClause(graph, 0, {0, 2, 3}),
             QStringLiteral("customer\nJOIN \"order\" ON \"order\".customer = customer.id\n"
                            "JOIN line ON line.order_id = \"order\".id\nJOIN \"Product\" ON line.product = "
                            "\"Product\".id"));
    QCOMPARE(
        models::linkInWords(graph, graph.links[4]),
        QStringLiteral("each row of passport has exactly one of customer; each row of customer has one of passport "
                       "or none"));
}

QTEST_APPLESS_MAIN(TestSchemaGraph)
#include "tst_schema_graph.moc"
