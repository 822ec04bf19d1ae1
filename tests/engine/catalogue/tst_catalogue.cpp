// The catalogue's look-ups, and the names of types, against PostgreSQL 15.
#include "../sql/live_postgres.h"
#include "catalogue/catalogue.h"

#include <QtTest>

using namespace sqlgym;

class TestCatalogue : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void findsEveryRowByItsKeys();
    void findsAsManyOfANameAsPostgres();
    void namesTypesAsPostgresDoes();

private:
    tests::LivePostgres m_postgres;
};

void TestCatalogue::initTestCase()
{
    QVERIFY2(m_postgres.start("SET search_path = pg_catalog"), m_postgres.whyNot().c_str());
}

void TestCatalogue::findsEveryRowByItsKeys()
{
    for (const auto &row : catalogue::types()) {
        QCOMPARE(catalogue::findType(row.oid), &row);
        QCOMPARE(catalogue::findType(row.name), &row);
    }
    for (const auto &row : catalogue::functions()) {
        QCOMPARE(catalogue::findFunction(row.oid), &row);
        QVERIFY(std::ranges::count(catalogue::functionsNamed(row.name), &row) == 1);
    }
    for (const auto &row : catalogue::operators()) {
        QCOMPARE(catalogue::findOperator(row.oid), &row);
        QVERIFY(std::ranges::count(catalogue::operatorsNamed(row.name), &row) == 1);
    }
    for (const auto &row : catalogue::casts())
        QCOMPARE(catalogue::findCast(row.source, row.target), &row);
    QVERIFY(!catalogue::findType(catalogue::Oid{1}));
    QVERIFY(!catalogue::findType("nosuch"));
    QVERIFY(catalogue::functionsNamed("nosuch").empty());
    QVERIFY(!catalogue::findCast(16, 1082));
}

void TestCatalogue::findsAsManyOfANameAsPostgres()
{
    // What takes or gives `internal` can be called by nobody and is left out.
    const auto names = m_postgres.rows("SELECT proname, count(*), array_agg(oid::int8 ORDER BY oid) FROM pg_proc "
                                       "WHERE pronamespace = 'pg_catalog'::regnamespace AND prokind IN ('f', 'a', 'w') "
                                       "AND NOT 'internal'::regtype = ANY (proargtypes::oid[]) "
                                       "AND prorettype <> 'internal'::regtype GROUP BY proname");
    QVERIFY(names.size() > 1000);

    for (const auto &row : names) {
        std::string oids;
        for (const auto *function : catalogue::functionsNamed(row[0]))
            oids += (oids.empty() ? "{" : ",") + std::to_string(function->oid);

        QCOMPARE(QString::fromStdString(oids + "}"), QString::fromStdString(row[2]));
    }
}

void TestCatalogue::namesTypesAsPostgresDoes()
{
    // Every type without a modifier, and those that take one with valid ones: lengths, numeric(10,2), numeric(3,-2),
    // precisions, the fields and precisions of interval.
    const auto names = m_postgres.rows(R"(
WITH modifiers(name, list) AS (VALUES
    ('varchar', ARRAY[5, 14, 44]), ('bpchar', ARRAY[5, 14, 44]), ('bit', ARRAY[1, 8]), ('varbit', ARRAY[1, 8]),
    ('numeric', ARRAY[655366, 655364, 198658, 65540, 65536004]), ('time', ARRAY[0, 3, 6]), ('timetz', ARRAY[0, 3, 6]),
    ('timestamp', ARRAY[0, 3, 6]), ('timestamptz', ARRAY[0, 3, 6]),
    ('interval', ARRAY[2147418115, 2147483647, 327679, 196607, 458751, 589823, 470351871, 268435458, 469762051]))
SELECT oid::int8, -1, format_type(oid, NULL) FROM pg_type WHERE typnamespace = 'pg_catalog'::regnamespace
UNION ALL
SELECT t.oid::int8, m, format_type(t.oid, m) FROM modifiers, unnest(list) m, pg_type t
WHERE t.typname IN (name, '_' || name) AND t.typnamespace = 'pg_catalog'::regnamespace)");
    QVERIFY(names.size() > 500);
    QCOMPARE(m_postgres.whyNot(), std::string());

    int asked = 0;
    for (const auto &row : names) {
        const auto type = static_cast<catalogue::Oid>(std::stoul(row[0]));
        if (!catalogue::findType(type))
            continue; // a row type of a system table
        ++asked;
        const QByteArray what = QByteArray::fromStdString(row[0] + " with modifier " + row[1] + " is " + row[2]);
        const QByteArray ours = QByteArray::fromStdString(catalogue::formatType(type, std::stoi(row[1])));
        QVERIFY2(ours.toStdString() == row[2], (what + ", not " + ours).constData());
    }
    QVERIFY(asked > 200);
}

QTEST_APPLESS_MAIN(TestCatalogue)
#include "tst_catalogue.moc"
