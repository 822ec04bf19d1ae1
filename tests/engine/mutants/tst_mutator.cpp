#include "mutants/mutator.h"

#include <QtTest>

#include <algorithm>
#include <set>

using namespace sqlgym::mutants;

namespace {

const std::vector<TableShape> &library()
{
    static const std::vector<TableShape> kTables{
        {"loan",
         {{"id", "integer", true},
          {"tool_id", "integer", true},
          {"member_id", "integer", true},
          {"lent_on", "date", true},
          {"returned_on", "date", false}},
         {"id"}},
        {"tool", {{"id", "integer", true}, {"name", "text", true}, {"price", "numeric(8,2)", false}}, {"id"}},
    };
    return kTables;
}

Mutator mutator(const std::string &sql)
{
    auto made = Mutator::of(sql, library());
    Q_ASSERT(made);
    return std::move(*made);
}

std::string all(const Mutator &mutator)
{
    std::string out;
    for (const Mutant &mutant : mutator.singles())
        out += mutant.what + ": " + mutant.sql + "\n";
    return out;
}

bool makes(const Mutator &mutator, const std::string &sql)
{
    return std::ranges::find(mutator.singles(), inOneForm(sql), &Mutant::sql) != mutator.singles().end();
}

} // namespace

class TestMutator : public QObject {
    Q_OBJECT
private slots:
    void eachFamilyMakesItsMistakes_data();
    void eachFamilyMakesItsMistakes();
    void whatCannotMatterIsLeftOut_data();
    void whatCannotMatterIsLeftOut();
    void slipsStandApart();
    void mutantsAreStatementsAndDiffer();
    void aMutatorCanBeAskedAgain();
    void joinedMutantsHoldBothChanges();
    void changesThatCancelOutAreNone();
    void whatIsNoStatementIsRefused_data();
    void whatIsNoStatementIsRefused();
    void castsOfTimeZonesKeepTheirMeaning();
};

void TestMutator::eachFamilyMakesItsMistakes_data()
{
    QTest::addColumn<QString>("query");
    QTest::addColumn<QStringList>("mistakes");
    const auto row = [](const char *name, const char *query, const QStringList &mistakes) {
        QTest::newRow(name) << QString(query) << mistakes;
    };
    row("joins", "SELECT t.name FROM tool t LEFT JOIN loan l ON l.tool_id = t.id",
        {"SELECT t.name FROM tool t JOIN loan l ON l.tool_id = t.id",
         "SELECT t.name FROM tool t RIGHT JOIN loan l ON l.tool_id = t.id",
         "SELECT t.name FROM tool t FULL JOIN loan l ON l.tool_id = t.id",
         "SELECT t.name FROM tool t CROSS JOIN loan l"});
    row("comparisons", "SELECT id FROM tool WHERE price < 5",
        {"SELECT id FROM tool WHERE price <= 5", "SELECT id FROM tool WHERE price > 5",
         "SELECT id FROM tool WHERE price <> 5"});
    row("equality", "SELECT id FROM tool WHERE name <> 'saw'",
        {"SELECT id FROM tool WHERE name = 'saw'", "SELECT id FROM tool WHERE name IS DISTINCT FROM 'saw'"});
    row("BETWEEN", "SELECT id FROM tool WHERE price BETWEEN 1 AND 5",
        {"SELECT id FROM tool WHERE price NOT BETWEEN 1 AND 5", "SELECT id FROM tool WHERE price > 1 AND price <= 5",
         "SELECT id FROM tool WHERE price >= 1 AND price < 5", "SELECT id FROM tool WHERE price <= 5"});
    row("IN", "SELECT id FROM tool WHERE name IN ('saw', 'axe')",
        {"SELECT id FROM tool WHERE name NOT IN ('saw', 'axe')", "SELECT id FROM tool WHERE name IN ('saw')"});
    row("LIKE", "SELECT id FROM tool WHERE name LIKE '%saw%'",
        {"SELECT id FROM tool WHERE name ILIKE '%saw%'", "SELECT id FROM tool WHERE name NOT LIKE '%saw%'",
         "SELECT id FROM tool WHERE name LIKE 'saw%'", "SELECT id FROM tool WHERE name LIKE '%saw'"});
    row("rows", "SELECT a.id FROM loan a, loan b WHERE (a.lent_on, a.id) < (b.lent_on, b.id)",
        {"SELECT a.id FROM loan a, loan b WHERE a.lent_on < b.lent_on"});
    row("logic", "SELECT id FROM loan WHERE returned_on IS NULL AND (tool_id = 1 OR NOT member_id = 2)",
        {"SELECT id FROM loan WHERE returned_on IS NULL OR (tool_id = 1 OR NOT member_id = 2)",
         "SELECT id FROM loan WHERE returned_on IS NULL", "SELECT id FROM loan WHERE tool_id = 1 OR NOT member_id = 2",
         "SELECT id FROM loan WHERE returned_on IS NULL AND (tool_id = 1 OR member_id = 2)",
         "SELECT id FROM loan WHERE returned_on IS NOT NULL AND (tool_id = 1 OR NOT member_id = 2)",
         "SELECT id FROM loan"});
    row("ON and WHERE", "SELECT t.id FROM tool t LEFT JOIN loan l ON l.tool_id = t.id AND l.returned_on IS NULL",
        {"SELECT t.id FROM tool t LEFT JOIN loan l ON l.tool_id = t.id WHERE l.returned_on IS NULL"});
    row("HAVING and WHERE", "SELECT tool_id FROM loan WHERE tool_id > 3 GROUP BY tool_id HAVING count(*) > 1",
        {"SELECT tool_id FROM loan GROUP BY tool_id HAVING count(*) > 1 AND tool_id > 3",
         "SELECT tool_id FROM loan WHERE tool_id > 3 GROUP BY tool_id"});
    row("COUNT", "SELECT count(*) FROM loan",
        {"SELECT count(loan.returned_on) FROM loan", "SELECT count(DISTINCT loan.returned_on) FROM loan"});
    row("COUNT of a column", "SELECT count(DISTINCT tool_id) FROM loan",
        {"SELECT count(tool_id) FROM loan", "SELECT count(*) FROM loan"});
    row("aggregates", "SELECT sum(price) FILTER (WHERE id > 2) FROM tool",
        {"SELECT avg(price) FILTER (WHERE id > 2) FROM tool", "SELECT max(price) FILTER (WHERE id > 2) FROM tool",
         "SELECT sum(price) FROM tool", "SELECT sum(DISTINCT price) FILTER (WHERE id > 2) FROM tool"});
    row("DISTINCT", "SELECT DISTINCT tool_id FROM loan", {"SELECT tool_id FROM loan"});
    row("no DISTINCT", "SELECT tool_id FROM loan", {"SELECT DISTINCT tool_id FROM loan"});
    row("grouping", "SELECT count(*) FROM loan GROUP BY tool_id, member_id",
        {"SELECT count(*) FROM loan GROUP BY tool_id", "SELECT count(*) FROM loan GROUP BY member_id",
         "SELECT count(*) FROM loan GROUP BY id, member_id"});
    row("ORDER BY", "SELECT id FROM tool ORDER BY price DESC NULLS LAST, id LIMIT 5 OFFSET 10",
        {"SELECT id FROM tool ORDER BY price ASC NULLS LAST, id LIMIT 5 OFFSET 10",
         "SELECT id FROM tool ORDER BY price DESC, id LIMIT 5 OFFSET 10",
         "SELECT id FROM tool ORDER BY price DESC NULLS LAST LIMIT 5 OFFSET 10",
         "SELECT id FROM tool ORDER BY id, price DESC NULLS LAST LIMIT 5 OFFSET 10",
         "SELECT id FROM tool ORDER BY price DESC NULLS LAST, id LIMIT 6 OFFSET 10",
         "SELECT id FROM tool ORDER BY price DESC NULLS LAST, id LIMIT 5 OFFSET 9",
         "SELECT id FROM tool ORDER BY price DESC NULLS LAST, id LIMIT 5",
         "SELECT id FROM tool ORDER BY price DESC NULLS LAST, id OFFSET 10"});
    row("WITH TIES", "SELECT id FROM tool ORDER BY price FETCH FIRST 3 ROWS WITH TIES",
        {"SELECT id FROM tool ORDER BY price LIMIT 3"});
    row("window functions", "SELECT rank() OVER (PARTITION BY tool_id ORDER BY lent_on) FROM loan",
        {"SELECT dense_rank() OVER (PARTITION BY tool_id ORDER BY lent_on) FROM loan",
         "SELECT row_number() OVER (PARTITION BY tool_id ORDER BY lent_on) FROM loan",
         "SELECT rank() OVER (ORDER BY lent_on) FROM loan",
         "SELECT rank() OVER (PARTITION BY tool_id ORDER BY lent_on DESC) FROM loan"});
    row("frames", "SELECT sum(id) OVER (ORDER BY lent_on) FROM loan",
        {"SELECT sum(id) OVER (ORDER BY lent_on ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) FROM loan",
         "SELECT sum(id) OVER (ORDER BY lent_on ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) FROM loan",
         "SELECT sum(id) OVER (ORDER BY lent_on RANGE BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) FROM loan"});
    row("a frame of its own",
        "SELECT sum(id) OVER w FROM loan WINDOW w AS (ORDER BY lent_on ROWS BETWEEN 2 PRECEDING AND CURRENT ROW)",
        {"SELECT sum(id) OVER w FROM loan WINDOW w AS (ORDER BY lent_on ROWS BETWEEN 3 PRECEDING AND CURRENT ROW)",
         "SELECT sum(id) OVER w FROM loan WINDOW w AS (ORDER BY lent_on ROWS BETWEEN 1 PRECEDING AND CURRENT ROW)"});
    row("lag", "SELECT lag(id, 1, 0) OVER (ORDER BY id) FROM loan",
        {"SELECT lead(id, 1, 0) OVER (ORDER BY id) FROM loan", "SELECT lag(id, 1) OVER (ORDER BY id) FROM loan",
         "SELECT lag(id, 2, 0) OVER (ORDER BY id) FROM loan"});
    row("dates", "SELECT id FROM loan WHERE lent_on < DATE '2024-03-01'",
        {"SELECT id FROM loan WHERE lent_on < DATE '2024-02-29'",
         "SELECT id FROM loan WHERE lent_on < DATE '2024-03-02'"});
    row("intervals", "SELECT lent_on + INTERVAL '7 days' FROM loan", {"SELECT lent_on + INTERVAL '8 days' FROM loan"});
    row("numerics", "SELECT round(price * 1.07, 2) FROM tool",
        {"SELECT round(price * 1.08, 2) FROM tool", "SELECT round(price * 1.07, 1) FROM tool",
         "SELECT round(price * 1.07) FROM tool", "SELECT price * 1.07 FROM tool",
         "SELECT floor(price * 1.07, 2) FROM tool"});
    row("division", "SELECT 100.0 * id / tool_id FROM loan",
        {"SELECT 100 * id / tool_id FROM loan", "SELECT (100.0 * id)::bigint / tool_id FROM loan",
         "SELECT 100.0 * id * tool_id FROM loan"});
    row("functions", "SELECT lower(trim(name)) FROM tool",
        {"SELECT trim(name) FROM tool", "SELECT lower(name) FROM tool", "SELECT upper(trim(name)) FROM tool"});
    row("units of time", "SELECT extract(hour FROM lent_on), date_trunc('month', lent_on) FROM loan",
        {"SELECT extract(minute FROM lent_on), date_trunc('month', lent_on) FROM loan",
         "SELECT extract(hour FROM lent_on), date_trunc('year', lent_on) FROM loan"});
    row("NULL handling", "SELECT coalesce(price, 0), nullif(name, ''), greatest(id, price) FROM tool",
        {"SELECT price, nullif(name, ''), greatest(id, price) FROM tool",
         "SELECT coalesce(price, 0), name, greatest(id, price) FROM tool",
         "SELECT coalesce(price, 0), nullif(name, ''), least(id, price) FROM tool"});
    row("CASE", "SELECT CASE WHEN price IS NULL THEN 1 WHEN price < 5 THEN 2 ELSE 3 END FROM tool",
        {"SELECT CASE WHEN price < 5 THEN 2 ELSE 3 END FROM tool",
         "SELECT CASE WHEN price IS NULL THEN 1 WHEN price < 5 THEN 2 END FROM tool",
         "SELECT CASE WHEN price < 5 THEN 2 WHEN price IS NULL THEN 1 ELSE 3 END FROM tool"});
    row("set operations", "SELECT id FROM tool EXCEPT SELECT tool_id FROM loan",
        {"SELECT id FROM tool EXCEPT ALL SELECT tool_id FROM loan",
         "SELECT id FROM tool INTERSECT SELECT tool_id FROM loan", "SELECT id FROM tool UNION SELECT tool_id FROM loan",
         "SELECT tool_id FROM loan EXCEPT SELECT id FROM tool"});
    row("EXISTS", "SELECT t.id FROM tool t WHERE NOT EXISTS (SELECT 1 FROM loan l WHERE l.tool_id = t.id AND l.id > 3)",
        {"SELECT t.id FROM tool t WHERE EXISTS (SELECT 1 FROM loan l WHERE l.tool_id = t.id AND l.id > 3)",
         "SELECT t.id FROM tool t WHERE NOT t.id IN (SELECT l.tool_id FROM loan l WHERE l.id > 3)"});
    row("IN with a query", "SELECT id FROM tool WHERE id IN (SELECT tool_id FROM loan)",
        {"SELECT id FROM tool WHERE NOT id IN (SELECT tool_id FROM loan)"});
    row("UPDATE", "UPDATE tool SET name = 'x', price = price + 1 WHERE id = 3",
        {"UPDATE tool SET name = 'x' WHERE id = 3", "UPDATE tool SET name = 'x', price = price + 1",
         "UPDATE tool SET name = 'x', price = price + 2 WHERE id = 3"});
    row("DELETE", "DELETE FROM loan WHERE returned_on IS NOT NULL AND id < 7",
        {"DELETE FROM loan", "DELETE FROM loan WHERE id < 7"});
    row("ON CONFLICT",
        "INSERT INTO tool (id, name) SELECT id, name FROM tool ON CONFLICT (id) DO UPDATE SET name = excluded.name",
        {"INSERT INTO tool (id, name) SELECT id, name FROM tool ON CONFLICT (id) DO NOTHING",
         "INSERT INTO tool (id, name) SELECT id, name FROM tool"});
    row("columns", "SELECT l.lent_on FROM loan l", {"SELECT l.returned_on FROM loan l"});
    row("recursion", "WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM r WHERE n < 5) SELECT n FROM r",
        {"WITH RECURSIVE r AS (SELECT 1 AS n UNION SELECT n + 1 FROM r WHERE n < 5) SELECT n FROM r",
         "WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM r WHERE n <= 5) SELECT n FROM r",
         "WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT n + 2 FROM r WHERE n < 5) SELECT n FROM r"});
}

void TestMutator::eachFamilyMakesItsMistakes()
{
    QFETCH(QString, query);
    QFETCH(QStringList, mistakes);

    const Mutator made = mutator(query.toStdString());

    for (const QString &mistake : mistakes)
        QVERIFY2(makes(made, mistake.toStdString()), (mistake.toStdString() + "\nis not among\n" + all(made)).c_str());
}

void TestMutator::whatCannotMatterIsLeftOut_data()
{
    QTest::addColumn<QString>("query");
    QTest::addColumn<QString>("same");
    const auto row = [](const char *name, const char *query, const char *same) {
        QTest::newRow(name) << QString(query) << QString(same);
    };
    row("what EXISTS selects", "SELECT id FROM tool WHERE EXISTS (SELECT 1 FROM loan)",
        "SELECT id FROM tool WHERE EXISTS (SELECT 2 FROM loan)");
    row("DISTINCT in IN", "SELECT id FROM tool WHERE id IN (SELECT tool_id FROM loan)",
        "SELECT id FROM tool WHERE id IN (SELECT DISTINCT tool_id FROM loan)");
    row("DISTINCT under UNION", "SELECT name FROM tool UNION SELECT name FROM tool t",
        "SELECT DISTINCT name FROM tool UNION SELECT name FROM tool t");
    row("DISTINCT with the key", "SELECT id, name FROM tool WHERE id > 3",
        "SELECT DISTINCT id, name FROM tool WHERE id > 3");
    row("DISTINCT with GROUP BY", "SELECT tool_id, count(*) FROM loan GROUP BY tool_id",
        "SELECT DISTINCT tool_id, count(*) FROM loan GROUP BY tool_id");
    row("NULLS FIRST where there is none", "SELECT tool_id FROM loan ORDER BY lent_on",
        "SELECT tool_id FROM loan ORDER BY lent_on NULLS FIRST");
    row("WHERE and ON of an inner join", "SELECT t.name FROM tool t JOIN loan l ON l.tool_id = t.id WHERE l.id > 3",
        "SELECT t.name FROM tool t JOIN loan l ON l.tool_id = t.id AND l.id > 3");
    row("the frame of rank()", "SELECT rank() OVER (ORDER BY lent_on) FROM loan",
        "SELECT rank() OVER (ORDER BY lent_on ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) FROM loan");
}

void TestMutator::whatCannotMatterIsLeftOut()
{
    QFETCH(QString, query);
    QFETCH(QString, same);

    const Mutator made = mutator(query.toStdString());

    QVERIFY(!made.singles().empty());
    QVERIFY(!inOneForm(same.toStdString()).empty());
    QVERIFY2(!makes(made, same.toStdString()), all(made).c_str());
}

void TestMutator::slipsStandApart()
{
    const Mutator made = mutator("SELECT id, name FROM tool WHERE name ILIKE '%saw%'");
    const auto slips = [&](const char *sql) {
        return std::ranges::find(made.slips(), inOneForm(sql), &Mutant::sql) != made.slips().end();
    };

    for (const char *slip :
         {"SELECT name FROM tool WHERE name ILIKE '%saw%'", "SELECT name, id FROM tool WHERE name ILIKE '%saw%'",
          "SELECT id, id, name FROM tool WHERE name ILIKE '%saw%'",
          "SELECT id, price FROM tool WHERE name ILIKE '%saw%'",
          "SELECT id, name FROM tool WHERE name ILIKE '%saw%' LIMIT 1",
          "SELECT id, name FROM tool WHERE name ILIKE '%sw%'", "SELECT id, name FROM tool WHERE name ILIKE '%swa%'",
          "SELECT id, name FROM tool WHERE name ILIKE '_saw%'"}) {
        QVERIFY2(slips(slip), slip);
        QVERIFY(!makes(made, slip));
    }
    QVERIFY(!slips("SELECT id, name FROM tool WHERE name ILIKE '%saw%'"));
}

void TestMutator::mutantsAreStatementsAndDiffer()
{
    const Mutator made =
        mutator("SELECT t.name, count(*) FROM tool t JOIN loan l ON l.tool_id = t.id "
                "WHERE l.returned_on IS NULL AND t.price < 5 GROUP BY t.name ORDER BY 2 DESC, 1 LIMIT 3");
    std::set<std::string> seen{made.original()};

    QVERIFY(made.singles().size() >= 40);
    for (const Mutant &mutant : made.singles()) {
        QVERIFY2(seen.insert(mutant.sql).second, mutant.sql.c_str());
        QVERIFY2(!inOneForm(mutant.sql).empty(), mutant.sql.c_str());
        QVERIFY(!mutant.what.empty());
    }
}

void TestMutator::aMutatorCanBeAskedAgain()
{
    const std::string sql = "SELECT name FROM tool WHERE price < 5 AND id > 2";
    Mutator first = mutator(sql);
    const std::string before = all(first);
    for (std::size_t i = 0; i < first.singles().size(); ++i)
        static_cast<void>(first.together({0, i}));

    QCOMPARE(all(mutator(sql)), before);
    QCOMPARE(first.together({0, 1}).has_value(), mutator(sql).together({0, 1}).has_value());
    QCOMPARE(inOneForm(sql), first.original());
}

void TestMutator::joinedMutantsHoldBothChanges()
{
    Mutator made = mutator("SELECT name FROM tool WHERE price < 5");
    const auto at = [&](const char *sql) {
        const auto found = std::ranges::find(made.singles(), inOneForm(sql), &Mutant::sql);
        return static_cast<std::size_t>(found - made.singles().begin());
    };

    const auto both =
        made.together({at("SELECT name FROM tool WHERE price <= 5"), at("SELECT name FROM tool WHERE price < 6")});

    QVERIFY(both);
    QCOMPARE(both->sql, inOneForm("SELECT name FROM tool WHERE price <= 6"));
    QCOMPARE(made.original(), inOneForm("SELECT name FROM tool WHERE price < 5"));
}

void TestMutator::changesThatCancelOutAreNone()
{
    Mutator made = mutator("SELECT name FROM tool WHERE price IS NULL");
    const std::set<std::string> singles = [&] {
        std::set<std::string> out;
        for (const Mutant &mutant : made.singles())
            out.insert(mutant.sql);
        return out;
    }();

    for (std::size_t a = 0; a < singles.size(); ++a) {
        for (std::size_t b = a + 1; b < singles.size(); ++b) {
            const auto both = made.together({a, b});
            QVERIFY(!both || both->sql != inOneForm("SELECT name FROM tool WHERE NOT price IS NOT NULL"));
            QVERIFY(!both || (both->sql != made.singles()[a].sql && both->sql != made.singles()[b].sql));
        }
    }
}

void TestMutator::whatIsNoStatementIsRefused_data()
{
    QTest::addColumn<QString>("sql");
    QTest::newRow("nothing") << "";
    QTest::newRow("a mistake") << "SELECT FROM WHERE";
    QTest::newRow("two statements") << "SELECT 1; SELECT 2";
}

void TestMutator::whatIsNoStatementIsRefused()
{
    QFETCH(QString, sql);

    const auto made = Mutator::of(sql.toStdString(), {});

    QVERIFY(!made);
    QCOMPARE(made.error().code, std::string("bad_query"));
    QCOMPARE(inOneForm(sql.toStdString()), std::string());
}

void TestMutator::castsOfTimeZonesKeepTheirMeaning()
{
    const std::string written = inOneForm("SELECT (now() AT TIME ZONE 'UTC')::date");

    QVERIFY2(written.find("'UTC'::date") == std::string::npos, written.c_str());
    QVERIFY2(written.find("timezone('UTC', now())::date") != std::string::npos, written.c_str());
}

QTEST_APPLESS_MAIN(TestMutator)
#include "tst_mutator.moc"
