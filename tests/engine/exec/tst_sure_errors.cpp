// Errors of values in statements of several queries: shown where every plan of PostgreSQL's meets them, else declined.
// (That PostgreSQL answers so is recorded in tests/parity/sure_errors.sqltest.)
#include "engine_fixture.h"

#include <QtTest>

using namespace sqlgym;

class TestSureErrors : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void shownWhereEveryPlanMeetsIt_data();
    void shownWhereEveryPlanMeetsIt();
    void declinedWhereAPlanMayAvoidIt_data();
    void declinedWhereAPlanMayAvoidIt();
    void answeredWhereNothingCanFail_data();
    void answeredWhereNothingCanFail();

private:
    sandbox::Status statusOf(const QString &query) { return tests::run(*m_engine, query.toStdString()).status; }
    std::unique_ptr<sandbox::Sandbox> m_engine;
};

void TestSureErrors::initTestCase()
{
    m_engine = sandbox_embedded::makeEmbeddedSandbox();
    const auto loaded = m_engine->load("d", "CREATE TABLE k(id int PRIMARY KEY, n int, word text);"
                                            "CREATE TABLE bare(id int);"
                                            "INSERT INTO k VALUES (2, 0, 'two'), (3, 5, '3');");
    QCOMPARE(loaded.status, sandbox::Status::Ok);
}

void TestSureErrors::shownWhereEveryPlanMeetsIt_data()
{
    QTest::addColumn<QString>("query");
    QTest::newRow("constant in WITH") << "WITH a AS (SELECT 1/0 AS x) SELECT * FROM a";
    QTest::newRow("select list over WITH") << "WITH a AS (SELECT id, word FROM k) SELECT id, word::int FROM a";
    QTest::newRow("WITH upon WITH")
        << "WITH a AS (SELECT n FROM k), b AS (SELECT 100 / n AS z FROM a) SELECT avg(z) FROM b";
    QTest::newRow("condition on a derived table")
        << "SELECT s.id, s.q FROM (SELECT id, 10 / n AS q FROM k) s WHERE s.q > 1";
    QTest::newRow("aggregate in a derived table")
        << "SELECT avg(total) FROM (SELECT id, sum(n / (n - n)) AS total FROM k GROUP BY id) s";
    QTest::newRow("order of a window below a condition")
        << "SELECT id FROM (SELECT id, row_number() OVER (ORDER BY 10 / n) AS place FROM k) s WHERE place = 1";
    QTest::newRow("more than one row") << "SELECT id FROM k WHERE n = (SELECT n FROM k)";
    QTest::newRow("more than one row, correlated") << "SELECT id, (SELECT b.id FROM k b WHERE b.n >= k.n) FROM k";
    QTest::newRow("divided by a subquery") << "SELECT id, n / (SELECT count(*) - 2 FROM k) FROM k";
    QTest::newRow("subquery in HAVING")
        << "SELECT id, sum(n) FROM k GROUP BY id HAVING sum(n) > (SELECT avg(10 / n) FROM k)";
    QTest::newRow("UNION") << "SELECT id::text FROM k UNION SELECT (10 / n)::text FROM k";
    QTest::newRow("group in UNION")
        << "(SELECT id FROM k GROUP BY id ORDER BY count(10 / n), id LIMIT 1) UNION SELECT 7";
    QTest::newRow("ON CONFLICT") << "INSERT INTO k VALUES (2, 7, 'x') ON CONFLICT (id) DO UPDATE SET n = 1/0";
    QTest::newRow("RETURNING") << "INSERT INTO k VALUES (7, 0, 'new') RETURNING 1/0";
}

void TestSureErrors::shownWhereEveryPlanMeetsIt()
{
    QFETCH(QString, query);

    QCOMPARE(statusOf(query), sandbox::Status::Error);
}

void TestSureErrors::declinedWhereAPlanMayAvoidIt_data()
{
    QTest::addColumn<QString>("query");
    QTest::newRow("missed: LATERAL") << "SELECT k.id, s.q FROM k LEFT JOIN LATERAL (SELECT k.n / 0, b.id FROM k b "
                                        "WHERE k.word LIKE 'a') AS s(q, id) ON true";
    QTest::newRow("missed: ANY beside nothing")
        << "SELECT DISTINCT 1 FROM k WHERE 1 = ANY (SELECT k.n FROM k b WHERE 1 = ANY (ARRAY[1, b.word::int])) "
           "AND n = ANY (SELECT id FROM bare)";
    QTest::newRow("avoided: IN on an outer join")
        << "SELECT a.id FROM k a LEFT JOIN k b ON a.id = b.n AND (1 IN (SELECT word::int FROM k ORDER BY 1)) "
           "WHERE ROW(a.id, a.n) < (SELECT 1, 0 LIMIT 1)";
    QTest::newRow("missed: constants of a UNION ALL")
        << "WITH w AS ((SELECT 1 AS a, interval '1 day' AS b) UNION ALL SELECT 2, NULL) SELECT k.id FROM k, "
           "LATERAL (SELECT w.a FROM w WHERE w.b / 0 <= w.b ORDER BY 1 FETCH FIRST 1 ROW WITH TIES) AS s "
           "WHERE 'a'::text LIKE 'b'";
    QTest::newRow("missed: condition of a merged query")
        << "WITH w(c) AS (SELECT k.id % 0 FROM k LEFT JOIN bare ON k.n = 1 WHERE '' NOT IN (k.word, bare.id::text)), "
           "v(c) AS (SELECT 1 FROM k) SELECT v.c FROM w JOIN v ON w.c = w.c";
    QTest::newRow("another error comes first")
        << "INSERT INTO k SELECT id + 10, ln(n), word FROM k RETURNING split_part('a', 'b', 0)";
    QTest::newRow("avoided: FULL JOIN that is left out")
        << "WITH w AS (SELECT count(*) AS a FROM k b FULL JOIN k c ON 1 = b.id) "
           "SELECT k.id FROM k LEFT JOIN LATERAL (SELECT w.a FROM w) AS s ON true";
}

void TestSureErrors::declinedWhereAPlanMayAvoidIt()
{
    QFETCH(QString, query);

    QCOMPARE(statusOf(query), sandbox::Status::Unsupported);
}

void TestSureErrors::answeredWhereNothingCanFail_data()
{
    QTest::addColumn<QString>("query");
    QTest::newRow("CASE beside IN") << "SELECT id, CASE WHEN n = 0 THEN NULL ELSE 10 / n END AS q FROM k "
                                       "WHERE id IN (SELECT id FROM k WHERE n <> 0)";
    QTest::newRow("WITH that nothing reads, list of EXISTS")
        << "WITH unread AS (SELECT 1/0 AS x) SELECT id FROM k WHERE EXISTS (SELECT 1/0 FROM k) ORDER BY id";
    QTest::newRow("LATERAL past zero")
        << "SELECT k.id, s.q FROM k CROSS JOIN LATERAL (SELECT 10 / nullif(k.n, 0)) s(q)";
    QTest::newRow("numbers in json") << "SELECT id FROM k WHERE id IN (SELECT e::int FROM "
                                        "jsonb_array_elements_text(jsonb_build_array(k.id, 4)) AS t(e))";
    QTest::newRow("branch that a constant cuts off")
        << "SELECT id FROM k WHERE id IN (SELECT CASE WHEN false THEN 1/0 ELSE b.id END FROM k b)";
}

void TestSureErrors::answeredWhereNothingCanFail()
{
    QFETCH(QString, query);

    QCOMPARE(statusOf(query), sandbox::Status::Ok);
}

QTEST_MAIN(TestSureErrors)
#include "tst_sure_errors.moc"
