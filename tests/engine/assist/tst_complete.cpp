// What is proposed where. "|" in a query is the cursor.
#include "assist/complete.h"
#include "assist/function_list.h"

#include <QtTest/QtTest>

#include <ctime>

using namespace sqlgym;

namespace {

assist::ScopeFinder finder()
{
    assist::Tables made;
    made.addScript(
        "CREATE TABLE member (id int PRIMARY KEY, name text NOT NULL, joined_on date);"
        "CREATE TABLE tool (id int PRIMARY KEY, name text NOT NULL, price numeric(8,2), \"Odd Name\" text);"
        "CREATE TABLE loan (id int PRIMARY KEY, tool_id int REFERENCES tool, member_id int REFERENCES member,"
        " due_on date NOT NULL, returned_on date);"
        "CREATE TABLE weather (day date, rain numeric);");
    return assist::ScopeFinder(std::move(made));
}

/// Nanoseconds of this thread, whatever else the machine does.
qint64 ownTime()
{
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return qint64(now.tv_sec) * 1'000'000'000 + now.tv_nsec;
}

QStringList labels(const QByteArray &marked, assist::Completion *whole = nullptr)
{
    auto scopes = finder();
    const auto cursor = marked.indexOf('|');
    const std::string sql = QByteArray(marked).remove(cursor, 1).toStdString();
    auto completion = assist::complete(sql, static_cast<std::size_t>(cursor), scopes);
    QStringList list;
    for (const auto &proposal : completion.proposals)
        list << QString::fromStdString(proposal.label);
    if (whole)
        *whole = std::move(completion);
    return list;
}

} // namespace

class TestComplete : public QObject {
    Q_OBJECT
private slots:
    void offers_data();
    void offers();
    void holdsBack_data();
    void holdsBack();
    void replacesTheWordAndQuotesOnlyWhatNeedsIt();
    void tellsTypes();
    void keywordsAsTheyAreWritten();
    void functionsHaveSignatures();
    void quickOnFiveHundredLines();
    void anyPrefixOfAQueryIsTaken();
};

void TestComplete::offers_data()
{
    QTest::addColumn<QByteArray>("sql");
    QTest::addColumn<QStringList>("first"); // these come first, in this order

    const auto row = [](const char *sql, QStringList first) { QTest::newRow(sql) << QByteArray(sql) << first; };
    row("|", {"SELECT", "WITH"});
    row("sel|", {"select"});
    row("SELECT * FROM |", {"loan", "member", "tool", "weather"});
    row("SELECT * FROM lo|", {"loan"});
    row("SELECT | FROM loan", {"id", "tool_id", "member_id", "due_on", "returned_on"});
    row("SELECT ret| FROM loan", {"returned_on"});
    row("SELECT l.| FROM loan l", {"id", "tool_id", "member_id", "due_on", "returned_on"});
    row("SELECT l.d| FROM loan AS l", {"due_on"});
    row("SELECT on| FROM loan", {"due_on", "returned_on"});                     // a part of the name
    row("SELECT * FROM loan l JOIN | ", {"member", "tool", "loan", "weather"}); // foreign keys first
    row("SELECT * FROM loan l JOIN tool t ON |", {"t.id = l.tool_id"});
    row("SELECT * FROM tool t JOIN loan l ON |", {"t.id = l.tool_id"});
    row("SELECT na| FROM loan l JOIN tool t ON t.id = l.tool_id", {"name"});
    row("SELECT i| FROM loan l JOIN tool t ON t.id = l.tool_id", {"l.id", "t.id"}); // ambiguous: qualified
    row("WITH late AS (SELECT tool_id, count(*) AS n FROM loan GROUP BY 1) SELECT | FROM late", {"tool_id", "n"});
    row("WITH late AS (SELECT 1) SELECT * FROM |", {"late", "loan"});
    row("WITH a(x, y) AS (SELECT 1, 2), b AS (SELECT x + 1 AS z FROM a) SELECT b.| FROM b", {"z"});
    row("WITH a AS (SELECT id FROM loan), b AS (SELECT | FROM a) SELECT 1", {"id"});
    row("WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM r) SELECT r.| FROM r", {"n"});
    row("SELECT s.| FROM (SELECT price * 2 AS twice, name FROM tool) s", {"twice", "name"});
    row("SELECT s.| FROM (SELECT price * AS twice, name FROM tool) s", {"twice", "name"}); // not yet correct
    row("SELECT s.| FROM (SELECT t.* FROM tool t WHERE) s", {"id", "name", "price"});
    row("SELECT * FROM tool t WHERE EXISTS (SELECT 1 FROM loan WHERE tool_id = t.|)", {"id", "name", "price"});
    row("SELECT * FROM tool WHERE id IN (SELECT | FROM loan)", {"id", "tool_id"});
    row("SELECT * FROM tool WHERE price > (SELECT avg(price) FROM tool) AND n|", {"name"});
    row("SELECT tool_id AS t, count(*) AS n FROM loan GROUP BY tool_id ORDER BY |", {"t", "n"});
    row("SELECT name FROM tool UNION SELECT | FROM member", {"id", "name", "joined_on"});
    row("SELECT g.| FROM generate_series(1, 3) AS g", {"g"});
    row("SELECT * FROM (tool t JOIN loan l ON true) WHERE l.du|", {"due_on"});
    row("UPDATE tool SET pr|", {"price"});
    row("INSERT INTO tool (|", {"id", "name", "price"});
    row("DELETE FROM loan WHERE ret|", {"returned_on"});
    row("SELECT 1; SELECT | FROM weather", {"day", "rain"});
    row("SELECT 'x' FROM loan WHERE due_on > '2024-01-01' AND ret|", {"returned_on"});
    row("SELECT coal| FROM loan", {});
    row("SELECT count(*) FILTER (WHERE ret|) FROM loan", {"returned_on"});
    row("SELECT rank() OVER (PARTITION BY to| ORDER BY id) FROM loan", {"tool_id"});
    row("SELECT * FROM loan JOIN tool USING (|", {"id"});
    row("SELECT x.| FROM loan l, LATERAL (SELECT l.due_on + 1 AS next) x", {"next"});
}

void TestComplete::offers()
{
    QFETCH(QByteArray, sql);
    QFETCH(QStringList, first);

    const QStringList found = labels(sql);

    QVERIFY2(found.mid(0, first.size()) == first, qPrintable(found.mid(0, 12).join(u' ')));
}

void TestComplete::holdsBack_data()
{
    QTest::addColumn<QByteArray>("sql");
    for (const char *sql : {"SELECT 'na| FROM loan", "SELECT 1 -- na|", "SELECT /* na| */ 1", "SELECT 12|",
                            "SELECT id AS | FROM loan", "SELECT nobody.|"})
        QTest::newRow(sql) << QByteArray(sql);
}

void TestComplete::holdsBack()
{
    QFETCH(QByteArray, sql);
    QCOMPARE(labels(sql), QStringList());
}

void TestComplete::replacesTheWordAndQuotesOnlyWhatNeedsIt()
{
    assist::Completion completion;
    QVERIFY(!labels("SELECT t.od| FROM tool t", &completion).isEmpty());

    QCOMPARE(completion.byteBegin, std::size_t(9));
    QCOMPARE(completion.proposals.front().insert, std::string("\"Odd Name\""));
    QCOMPARE(assist::quotedIfNeeded("due_on"), std::string("due_on"));
    QCOMPARE(assist::quotedIfNeeded("order"), std::string("\"order\""));
    QCOMPARE(assist::quotedIfNeeded("name"), std::string("name")); // a keyword, but not a reserved one
    QCOMPARE(assist::quotedIfNeeded("2nd"), std::string("\"2nd\""));
}

void TestComplete::tellsTypes()
{
    assist::Completion completion;
    QVERIFY(!labels("WITH x AS (SELECT count(*) AS n FROM loan) SELECT n| FROM x", &completion).isEmpty());
    QCOMPARE(completion.proposals.front().detail, std::string("bigint \u00B7 x"));
    QVERIFY(!labels("SELECT pri| FROM tool", &completion).isEmpty());
    QCOMPARE(completion.proposals.front().detail, std::string("numeric(8,2) \u00B7 tool"));
}

void TestComplete::keywordsAsTheyAreWritten()
{
    QVERIFY(labels("select id from loan wh|").contains(QStringLiteral("where")));
    QVERIFY(labels("SELECT id FROM loan WH|").contains(QStringLiteral("WHERE")));
}

void TestComplete::functionsHaveSignatures()
{
    assist::Completion completion;
    QVERIFY(labels("SELECT string_a| FROM tool", &completion).contains(QStringLiteral("string_agg")));
    QVERIFY(completion.proposals.front().detail.find("string_agg(text, text) \u2192 text") == 0);
    const auto *help = assist::findFunctionHelp("string_agg");
    QVERIFY(help && help->kind == 'a' && !help->about.empty());
    for (const char *hidden : {"int4pl", "texteq", "pg_sleep", "btint4cmp", "numeric_in"})
        QVERIFY2(!assist::findFunctionHelp(hidden), hidden);
    for (const char *shown : {"lower", "length", "coalesce_is_no_function", "round", "date_trunc", "generate_series"})
        QCOMPARE(assist::findFunctionHelp(shown) != nullptr, std::string(shown) != "coalesce_is_no_function");
}

void TestComplete::quickOnFiveHundredLines()
{
    // Twenty WITH items of twenty-five lines, each over the one before, written key by key at the end.
    std::string sql = "WITH c0 AS (SELECT id AS k0, tool_id AS v0 FROM loan)";
    for (int i = 1; i < 20; ++i) {
        const auto n = std::to_string(i), before = std::to_string(i - 1);
        sql += ",\nc" + n + " AS (\n  SELECT k" + before + " AS k" + n + ",\n    v" + before + " AS v" + n;
        for (int line = 0; line < 22; ++line)
            sql += ",\n    count(*) FILTER (WHERE k" + before + " > " + std::to_string(line) + ") AS n" +
                   std::to_string(line);
        sql += "\n  FROM c" + before + "\n  GROUP BY 1, 2\n)";
    }
    sql += "\nSELECT ";
    const std::string tail = " FROM c19 JOIN tool t ON t.id = v19";
    auto scopes = finder();
    std::vector<qint64> times;
    const std::string typed = "c19.n1 + t.pric + coun + c19.k1";

    for (std::size_t n = 0; n <= typed.size(); ++n) {
        const std::string text = sql + typed.substr(0, n) + tail;
        const qint64 start = ownTime();
        (void)assist::complete(text, sql.size() + n, scopes);
        times.push_back(ownTime() - start);
    }

    QVERIFY(std::count(sql.begin(), sql.end(), '\n') > 450);
    const qint64 first = times.front();
    std::sort(times.begin(), times.end());
    const qint64 median = times[times.size() / 2], most = times[times.size() * 95 / 100];
    qInfo("first %.2f ms, median %.2f ms, worst %.2f ms", double(first) / 1e6, double(median) / 1e6,
          double(times.back()) / 1e6);
    QVERIFY(most < 10'000'000LL * SQLGYM_PACE);
}

void TestComplete::anyPrefixOfAQueryIsTaken()
{
    const std::string sql =
        "WITH RECURSIVE a(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM a WHERE x < (SELECT max(id) "
        "FROM loan l, LATERAL (SELECT l.id) q)), b AS MATERIALIZED (VALUES (1, 'a;b')) SELECT t.*, "
        "CASE WHEN b.column1 IN (1, 2) THEN \"Odd Name\" ELSE E'\\'' END FROM (tool t LEFT JOIN b ON "
        "true) /* ( */ WHERE t.id = ANY (ARRAY[1, 2]) ORDER BY extract(year FROM now()) DESC -- )";
    auto scopes = finder();
    for (std::size_t n = 0; n <= sql.size(); ++n) {
        (void)assist::complete(sql.substr(0, n), n, scopes);
        (void)assist::complete(sql, n, scopes);
        (void)assist::complete(sql.substr(n), 0, scopes);
        (void)assist::complete(sql.substr(n), sql.size() - n, scopes);
    }
}

QTEST_APPLESS_MAIN(TestComplete)
#include "tst_complete.moc"
