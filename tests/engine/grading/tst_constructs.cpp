#include "grading/constructs.h"

#include <QtTest>

using namespace sqlgym;
using namespace sqlgym::grading;

namespace {

QString constructs(const char *query)
{
    const sql::ParseOutcome parsed = sql::parse(query);
    if (!parsed.script)
        return QStringLiteral("does not parse");
    QStringList names;
    for (const std::string &name : constructsOf(*parsed.script))
        names << QString::fromStdString(name);
    return names.join(QStringLiteral(", "));
}

} // namespace

class TestConstructs : public QObject {
    Q_OBJECT
private slots:
    void found_data();
    void found();
    void everyNameFoundIsKnown();
    void rulesAreToldInWords();
    void deepExpressionsDoNotOverflow();
};

void TestConstructs::found_data()
{
    QTest::addColumn<QByteArray>("query");
    QTest::addColumn<QString>("names");

    const auto row = [](const char *name, const char *query, const char *names) {
        QTest::newRow(name) << QByteArray(query) << QString::fromUtf8(names);
    };
    row("nothing", "SELECT 1", "SELECT");
    row("join on", "SELECT * FROM a JOIN b ON a.x = b.x", "INNER JOIN, JOIN, SELECT");
    row("join by comma", "SELECT * FROM a, b WHERE a.x = b.x", "COMMA JOIN, JOIN, SELECT, WHERE");
    row("cross join", "SELECT * FROM a CROSS JOIN b", "CROSS JOIN, JOIN, SELECT");
    row("left join using", "SELECT * FROM a LEFT JOIN b USING (x)", "JOIN, LEFT JOIN, SELECT, USING");
    row("natural full join", "SELECT * FROM a NATURAL FULL JOIN b", "FULL JOIN, JOIN, NATURAL JOIN, SELECT");
    row("right join", "SELECT * FROM a RIGHT JOIN b ON true", "JOIN, RIGHT JOIN, SELECT");
    row("the word in a text or comment", "SELECT 'JOIN' /* LEFT JOIN */", "SELECT");
    row("the word as a name", "SELECT \"limit\" FROM \"join\"", "SELECT");
    row("in list", "SELECT 1 FROM a WHERE x IN (1, 2)", "IN, SELECT, WHERE");
    row("not in list", "SELECT 1 FROM a WHERE x NOT IN (1, 2)", "IN, NOT IN, SELECT, WHERE");
    row("in subquery", "SELECT 1 FROM a WHERE x IN (SELECT y FROM b)", "IN, SELECT, SUBQUERY, WHERE");
    row("not in subquery", "SELECT 1 FROM a WHERE x NOT IN (SELECT y FROM b)", "IN, NOT IN, SELECT, SUBQUERY, WHERE");
    row("any", "SELECT 1 FROM a WHERE x = ANY (SELECT y FROM b)", "ANY, SELECT, SUBQUERY, WHERE");
    row("not exists", "SELECT 1 FROM a WHERE NOT EXISTS (SELECT 1)", "EXISTS, NOT EXISTS, SELECT, SUBQUERY, WHERE");
    row("scalar subquery", "SELECT (SELECT 1)", "SELECT, SUBQUERY");
    row("derived table", "SELECT * FROM (SELECT 1) t", "SELECT, SUBQUERY");
    row("cte", "WITH t AS (SELECT 1) SELECT * FROM t", "CTE, SELECT");
    row("recursion", "WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n+1 FROM t LIMIT 5) TABLE t",
        "CTE, LIMIT, RECURSIVE, SELECT, UNION, UNION ALL");
    row("lateral", "SELECT * FROM a, LATERAL (SELECT a.x) s", "COMMA JOIN, JOIN, LATERAL, SELECT, SUBQUERY");
    row("group by having", "SELECT max(x) FROM a GROUP BY y HAVING count(*) > 1",
        "GROUP BY, HAVING, SELECT, function:count, function:max");
    row("rollup", "SELECT 1 FROM a GROUP BY ROLLUP (x)", "GROUP BY, ROLLUP, SELECT");
    row("cube", "SELECT 1 FROM a GROUP BY CUBE (x)", "CUBE, GROUP BY, SELECT");
    row("grouping sets", "SELECT 1 FROM a GROUP BY GROUPING SETS ((x), ())", "GROUP BY, GROUPING SETS, SELECT");
    row("window", "SELECT rank() OVER (PARTITION BY x ORDER BY y) FROM a", "SELECT, WINDOW, function:rank");
    row("named window", "SELECT sum(x) OVER w FROM a WINDOW w AS (ORDER BY y)", "SELECT, WINDOW, function:sum");
    row("filter", "SELECT count(*) FILTER (WHERE x) FROM a", "FILTER, SELECT, function:count");
    row("ordered set", "SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY x) FROM a",
        "SELECT, WITHIN GROUP, function:percentile_cont");
    row("distinct", "SELECT DISTINCT x FROM a", "DISTINCT, SELECT");
    row("distinct on", "SELECT DISTINCT ON (x) y FROM a ORDER BY x", "DISTINCT, DISTINCT ON, ORDER BY, SELECT");
    row("distinct in an aggregate", "SELECT count(DISTINCT x) FROM a", "AGGREGATE DISTINCT, SELECT, function:count");
    row("union", "SELECT 1 UNION SELECT 2", "SELECT, UNION");
    row("intersect except", "(SELECT 1 INTERSECT SELECT 2) EXCEPT ALL SELECT 3", "EXCEPT, INTERSECT, SELECT");
    row("fetch first", "SELECT 1 FROM a ORDER BY x OFFSET 2 FETCH FIRST 3 ROWS ONLY",
        "LIMIT, OFFSET, ORDER BY, SELECT");
    row("case", "SELECT CASE WHEN true THEN 1 END", "CASE, SELECT");
    row("between like", "SELECT x BETWEEN 1 AND 2, x LIKE 'a', x NOT ILIKE 'b'", "BETWEEN, ILIKE, LIKE, SELECT");
    row("cast", "SELECT x::int, CAST(y AS text)", "CAST, SELECT");
    row("values", "VALUES (1), (2)", "VALUES");
    row("functions of the grammar", "SELECT COALESCE(a, b), NULLIF(a, b), GREATEST(a, b), LEAST(a, b), current_date",
        "SELECT, function:coalesce, function:current_date, function:greatest, function:least, function:nullif");
    row("a schema before the function", "SELECT pg_catalog.Lower(x)", "SELECT, function:lower");
}

void TestConstructs::found()
{
    QFETCH(QByteArray, query);

    QTEST(constructs(query.constData()), "names");
}

void TestConstructs::everyNameFoundIsKnown()
{
    const sql::ParseOutcome parsed = sql::parse(
        "WITH RECURSIVE t AS (SELECT 1 UNION ALL SELECT 2) SELECT DISTINCT coalesce(x) FROM t NATURAL JOIN u, v "
        "WHERE EXISTS (SELECT 1) GROUP BY CUBE (x) HAVING true ORDER BY 1 LIMIT 1 OFFSET 2");

    QVERIFY(parsed.script);
    for (const std::string &name : constructsOf(*parsed.script))
        QVERIFY2(isKnownConstruct(name), name.c_str());
    QVERIFY(!isKnownConstruct("LEFT  JOIN"));
    QVERIFY(!isKnownConstruct("function:"));
}

void TestConstructs::rulesAreToldInWords()
{
    content::ValidationRules rules;
    rules.mustUse = {"GROUP BY", "WINDOW"};
    rules.mustNotUse = {"SUBQUERY", "function:max"};

    const auto broken = brokenRules({"GROUP BY", "SUBQUERY", "function:max"}, rules);

    QCOMPARE(broken, (std::vector<std::string>{"The query has to use a window function (OVER).",
                                               "The query must not use a subquery.",
                                               "The query must not use the function max()."}));
    QVERIFY(brokenRules({"GROUP BY", "WINDOW"}, rules).empty());
}

void TestConstructs::deepExpressionsDoNotOverflow()
{
    QByteArray query("SELECT 1");
    for (int i = 0; i < 4000; ++i)
        query += "+1";

    QCOMPARE(constructs(query.constData()), QStringLiteral("SELECT"));
}

QTEST_APPLESS_MAIN(TestConstructs)
#include "tst_constructs.moc"
