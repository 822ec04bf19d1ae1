// "Depends on row order": raised where chance decides what a reader sees, and only there.
#include "engine_fixture.h"

#include <QtTest>

using namespace sqlgym;
using tests::run;

class TestOrder : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void dependsOnOrder_data();
    void dependsOnOrder();

private:
    std::unique_ptr<sandbox::Sandbox> m_engine;
};

void TestOrder::initTestCase()
{
    m_engine = sandbox_embedded::makeEmbeddedSandbox();
    const auto loaded = m_engine->load("d", "CREATE TABLE t(id int, grp text, n numeric, f float8);"
                                            "INSERT INTO t VALUES (1, 'a', 1.0, 0.1), (2, 'a', 1.00, 0.2),"
                                            "(3, 'b', 2.5, 0.3), (4, 'b', 0.5, 1e16), (4, 'b', 0.5, 1e16);"
                                            "CREATE TABLE many(id int, five int);"
                                            "INSERT INTO many SELECT i, i / 5 FROM generate_series(0, 59) AS i;");
    QCOMPARE(loaded.status, sandbox::Status::Ok);
}

void TestOrder::dependsOnOrder_data()
{
    QTest::addColumn<QString>("query");
    QTest::addColumn<bool>("depends");
    QTest::newRow("no limit") << "SELECT id FROM t" << false;
    QTest::newRow("limit without order") << "SELECT id FROM t LIMIT 2" << true;
    QTest::newRow("limit that cuts nothing") << "SELECT id FROM t LIMIT 5" << false;
    QTest::newRow("limit 0") << "SELECT id FROM t LIMIT 0" << false;
    QTest::newRow("offset without order") << "SELECT id FROM t OFFSET 1" << true;
    QTest::newRow("offset beyond the end") << "SELECT id FROM t OFFSET 9" << false;
    QTest::newRow("limit by a unique key") << "SELECT id, n FROM t ORDER BY id LIMIT 2" << false;
    QTest::newRow("limit inside a tie") << "SELECT id, grp FROM t ORDER BY grp LIMIT 1" << true;
    QTest::newRow("limit between ties") << "SELECT id, grp FROM t ORDER BY grp LIMIT 2" << false;
    QTest::newRow("limit inside a tie of equal rows") << "SELECT id, n FROM t ORDER BY id LIMIT 4" << false;
    QTest::newRow("tie that is not shown") << "SELECT grp FROM t ORDER BY grp LIMIT 1" << false;
    QTest::newRow("few of many, inside a tie") << "SELECT id FROM many ORDER BY five LIMIT 3" << true;
    QTest::newRow("few of many, between ties") << "SELECT id FROM many ORDER BY five LIMIT 5" << false;
    QTest::newRow("few of many, inside a tie of equal rows") << "SELECT five FROM many ORDER BY five LIMIT 3" << false;
    QTest::newRow("few of many, from inside a tie") << "SELECT id FROM many ORDER BY five LIMIT 4 OFFSET 1" << true;
    QTest::newRow("last of many, inside a tie") << "SELECT id FROM many ORDER BY five DESC LIMIT 4" << true;
    QTest::newRow("last of many, between ties") << "SELECT id FROM many ORDER BY five DESC LIMIT 10" << false;
    QTest::newRow("last of many, inside a tie of equal rows")
        << "SELECT five FROM many ORDER BY five DESC LIMIT 8" << false;
    QTest::newRow("with ties") << "SELECT id, grp FROM t ORDER BY grp FETCH FIRST 1 ROW WITH TIES" << false;
    QTest::newRow("distinct on, tied") << "SELECT DISTINCT ON (grp) grp, id FROM t ORDER BY grp" << true;
    QTest::newRow("distinct on, ordered") << "SELECT DISTINCT ON (grp) grp, id FROM t ORDER BY grp, id" << false;
    QTest::newRow("distinct keeps one spelling") << "SELECT DISTINCT n FROM t" << true;
    QTest::newRow("group keeps one spelling") << "SELECT n, count(*) FROM t GROUP BY n" << true;
    QTest::newRow("the greatest of equals") << "SELECT max(n) FROM t WHERE grp = 'a'" << true;
    QTest::newRow("a greater one") << "SELECT max(n) FROM t" << false;
    QTest::newRow("row_number over ties") << "SELECT id, row_number() OVER (ORDER BY grp) FROM t" << true;
    QTest::newRow("row_number over a key") << "SELECT id, row_number() OVER (ORDER BY id, n) FROM t" << false;
    QTest::newRow("rank over ties") << "SELECT id, rank() OVER (ORDER BY grp) FROM t" << false;
    QTest::newRow("running sum by rows over ties")
        << "SELECT id, sum(id) OVER (ORDER BY grp ROWS UNBOUNDED PRECEDING) FROM t" << true;
    QTest::newRow("running sum by values") << "SELECT id, sum(id) OVER (ORDER BY grp) FROM t" << false;
    QTest::newRow("array_agg without order") << "SELECT array_agg(id) FROM t" << true;
    QTest::newRow("array_agg of one value") << "SELECT array_agg(grp) FROM t WHERE grp = 'a'" << false;
    QTest::newRow("array_agg in order") << "SELECT array_agg(id ORDER BY id) FROM t" << false;
    QTest::newRow("string_agg ordered by a tie") << "SELECT string_agg(id::text, ',' ORDER BY grp) FROM t" << true;
    QTest::newRow("inexact float sum of a table") << "SELECT sum(f) FROM t" << true;
    QTest::newRow("exact float sum of a table") << "SELECT sum(id::float8) FROM t" << false;
    QTest::newRow("inexact float sum of a join") << "SELECT sum(a.f) FROM t a JOIN t b ON a.id = b.id" << true;
    QTest::newRow("exact float sum of a join") << "SELECT sum(a.id::float8) FROM t a JOIN t b ON a.id = b.id" << false;
}

void TestOrder::dependsOnOrder()
{
    QFETCH(QString, query);
    QFETCH(bool, depends);

    const auto outcome = run(*m_engine, query.toStdString());

    QCOMPARE(outcome.status, sandbox::Status::Ok);
    QCOMPARE(outcome.dependsOnOrder, depends);
}

QTEST_APPLESS_MAIN(TestOrder)
#include "tst_order.moc"
