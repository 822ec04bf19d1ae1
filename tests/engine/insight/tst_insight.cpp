// Ways, families and likeness of queries: what a learner may choose freely changes nothing, what changes rows does.
#include "insight/likeness.h"
#include "insight/plain_tree.h"

#include "../exec/engine_fixture.h"

#include <QtTest>

#include <algorithm>
#include <map>
#include <random>
#include <sstream>

using namespace sqlgym;
using insight::approachOf;
using insight::Submitted;

namespace {

constexpr const char *kSetup =
    "CREATE TABLE tool (id int, name text, price int);"
    "CREATE TABLE loan (id int, tool_id int, member_id int, days int);"
    "INSERT INTO tool VALUES (1, 'saw', 5), (2, 'axe', 7), (3, 'lathe', 90), (4, 'rasp', NULL);"
    "INSERT INTO loan VALUES (1, 1, 1, 2), (2, 1, 2, 3), (3, 2, 1, 9), (4, NULL, 2, 4);";

/// $a, $b, $c: names of the learner's choice. Words in capitals are keywords. @: a constant.
struct Template {
    const char *words;
    const char *sql;
    int before;
    int after; ///< of the constant; the rows differ
};
constexpr Template kTemplates[] = {
    {"NOT EXISTS",
     "SELECT $a . name FROM tool $a WHERE NOT EXISTS ( SELECT 1 FROM loan AS $b WHERE $b . tool_id = $a . id AND $b . "
     "days > @ )",
     1, 8},
    {"LEFT JOIN … IS NULL",
     "SELECT $a . name FROM tool AS $a LEFT JOIN loan $b ON $b . tool_id = $a . id AND $b . days > @ WHERE $b . id IS "
     "NULL",
     1, 8},
    {"NOT IN",
     "SELECT name FROM tool WHERE id NOT IN ( SELECT tool_id FROM loan $a WHERE $a . tool_id IS NOT NULL AND $a . days "
     "> @ )",
     1, 8},
    {"WITH, JOIN, GROUP BY",
     "WITH $a AS ( SELECT tool_id , count ( * ) AS $b FROM loan GROUP BY tool_id ) "
     "SELECT $c . name , $a . $b FROM $a JOIN tool AS $c ON $c . id = $a . tool_id WHERE $a . $b >= @ ORDER BY $c . "
     "name",
     1, 2},
    {"window function, subquery",
     "SELECT $a . name FROM ( SELECT name , row_number ( ) OVER ( ORDER BY price DESC ) AS $b FROM tool ) $a WHERE $a "
     ". $b <= @",
     1, 2},
    {"JOIN, GROUP BY, HAVING",
     "SELECT $a . id , sum ( $b . days ) AS $c FROM tool $a JOIN loan $b ON $b . tool_id = $a . id GROUP BY $a . id "
     "HAVING sum ( $b . days ) > @ ORDER BY $c",
     1, 6},
    {"one plain SELECT", "SELECT $a . name AS $b FROM tool AS $a WHERE $a . price > @ ORDER BY $b", 6, 60},
};

class Generator {
public:
    explicit Generator(unsigned seed) : m_random(seed) {}

    /// The same query as another learner would have typed it.
    std::string written(const Template &of, int constant)
    {
        static constexpr const char *kGaps[] = {
            " ", "\n", "\t ", "  \n ", " /* why */ ", " -- so 'it' is\n", " /* a /* b */ */ "};
        std::map<char, std::string> names;
        for (const char each : {'a', 'b', 'c'})
            names[each] = "x" + std::to_string(below(90'000) + 1000) + each;
        std::string all;
        std::istringstream tokens(of.sql);
        for (std::string token; tokens >> token;) {
            if (token[0] == '$')
                token = shaken(names[token[1]]);
            else if (token == "@")
                token = std::to_string(constant);
            else
                token = shaken(token);
            all += token + kGaps[below(std::size(kGaps))];
        }
        return all + (below(2) == 0 ? ";" : "");
    }

private:
    std::size_t below(std::size_t bound) { return std::uniform_int_distribution<std::size_t>(0, bound - 1)(m_random); }
    std::string shaken(std::string word)
    {
        for (char &c : word) {
            if (below(2) == 0)
                c = static_cast<char>(below(2) == 0 ? std::tolower(c) : std::toupper(c));
        }
        return word;
    }

    std::mt19937 m_random;
};

Submitted submitted(const std::string &learner, const std::string &sql, bool correct = true,
                    std::vector<std::string> failing = {})
{
    return {learner + "'s", learner, correct, std::move(failing), approachOf(sql)};
}

} // namespace

class TestInsight : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { QCOMPARE(m_engine.load("d", kSetup).status, sandbox::Status::Ok); }
    void waysHaveNames_data();
    void waysHaveNames();
    void freeChoicesKeepTheFamily_data() { everyTemplate(); }
    void freeChoicesKeepTheFamily();
    void aConstantThatChangesRowsChangesTheFamily_data() { everyTemplate(); }
    void aConstantThatChangesRowsChangesTheFamily();
    void whatIsNotFreeIsSeen();
    void whatCannotBeReadIsNamed();
    void familiesAreCounted();
    void whatAllWroteIsNotStriking();
    void aPairAmongManyIsFound();

private:
    static void everyTemplate()
    {
        QTest::addColumn<int>("index");
        for (int i = 0; i < static_cast<int>(std::size(kTemplates)); ++i)
            QTest::newRow(kTemplates[i].words) << i;
    }

    sandbox_embedded::EmbeddedSandbox m_engine;
};

void TestInsight::waysHaveNames_data()
{
    QTest::addColumn<QString>("sql");
    QTest::addColumn<QString>("words");

    QTest::newRow("exists") << "SELECT 1 FROM t WHERE EXISTS (SELECT FROM u)"
                            << "EXISTS";
    QTest::newRow("an outer join kept") << "SELECT 1 FROM t LEFT JOIN u USING (id)"
                                        << "LEFT JOIN";
    QTest::newRow("an IN over constants") << "SELECT 1 FROM t WHERE a IN (1, 2)"
                                          << "IN";
    QTest::newRow("recursion") << "WITH RECURSIVE r AS (SELECT 1 UNION ALL SELECT 2 FROM r) SELECT * FROM r"
                               << "WITH RECURSIVE, UNION ALL";
    QTest::newRow("tables by comma") << "SELECT 1 FROM t, u"
                                     << "JOIN";
    QTest::newRow("no query") << "DELETE FROM t"
                              << "no SELECT";
}

void TestInsight::waysHaveNames()
{
    QFETCH(QString, sql);
    QFETCH(QString, words);

    QCOMPARE(QString::fromStdString(approachOf(sql.toStdString()).words), words);
}

void TestInsight::freeChoicesKeepTheFamily()
{
    QFETCH(int, index);
    const Template &each = kTemplates[index];
    Generator generator(7u + static_cast<unsigned>(index));
    const std::string first = generator.written(each, each.before);
    const auto approach = approachOf(first);
    QVERIFY2(approach.readable, first.c_str());
    QCOMPARE(approach.words, std::string(each.words));
    const std::string rows = tests::text(tests::run(m_engine, first));
    QVERIFY2(!rows.starts_with("declined") && !rows.empty(), rows.c_str());

    for (int i = 0; i < 200; ++i) {
        const std::string again = generator.written(each, each.before);
        const auto other = approachOf(again);
        QVERIFY2(other.plain == approach.plain && other.words == approach.words, (first + "\n----\n" + again).c_str());
    }
}

void TestInsight::aConstantThatChangesRowsChangesTheFamily()
{
    QFETCH(int, index);
    const Template &each = kTemplates[index];
    Generator generator(99);
    const std::string right = generator.written(each, each.before);
    const std::string wrong = generator.written(each, each.after);
    // What a test would have found.
    const bool same = tests::text(tests::run(m_engine, right)) == tests::text(tests::run(m_engine, wrong));
    QVERIFY2(!same, right.c_str());

    const auto families = insight::familiesOf({submitted("ann", right), submitted("bob", wrong, same, {"rows"}),
                                               submitted("cy", generator.written(each, each.before))});

    QCOMPARE(families.size(), std::size_t{2});
    QCOMPARE(families[0].submissions, 2);
    QVERIFY(families[0].correct && !families[1].correct);
    QVERIFY(approachOf(right).plain != approachOf(wrong).plain);
}

void TestInsight::whatIsNotFreeIsSeen()
{
    const auto plain = [](const char *sql) { return approachOf(sql).plain; };
    const auto base = plain("SELECT t.id FROM tool t JOIN loan l ON l.tool_id = t.id");

    QCOMPARE(plain("SELECT tool.id FROM tool JOIN loan ON loan.tool_id = tool.id"), base);
    QCOMPARE(plain("SELECT t.id AS id FROM tool t JOIN loan l ON l.tool_id = t.id"), base);
    QVERIFY(plain("SELECT l.id FROM tool t JOIN loan l ON l.tool_id = t.id") != base); // which table
    QVERIFY(plain("SELECT t.name FROM tool t JOIN loan l ON l.tool_id = t.id") != base);
    QVERIFY(plain("SELECT t.id FROM tool t JOIN lent l ON l.tool_id = t.id") != base);
    QVERIFY(plain("SELECT t.id FROM tool t LEFT JOIN loan l ON l.tool_id = t.id") != base);
    QVERIFY(plain("SELECT 'Ab'") != plain("SELECT 'aB'"));
    QVERIFY(plain("SELECT \"Ab\" FROM t") != plain("SELECT ab FROM t"));
}

void TestInsight::whatCannotBeReadIsNamed()
{
    QVERIFY(!approachOf("SELEC 1").readable);
    QVERIFY(!approachOf("").words.empty());
    std::string deep = "SELECT 1";
    for (int i = 0; i < 20'000; ++i)
        deep += "+1";
    QCOMPARE(approachOf(deep).words, std::string("too long to compare"));
    QVERIFY(!approachOf(std::string("SELECT 1\0", 9)).readable);
}

void TestInsight::familiesAreCounted()
{
    const std::string exists = "SELECT 1 FROM t WHERE NOT EXISTS (SELECT FROM u WHERE u.a = t.a)";
    const std::string join = "SELECT 1 FROM t LEFT JOIN u ON u.a = t.a WHERE u.a IS NULL";
    const std::string in = "SELECT 1 FROM t WHERE a NOT IN (SELECT a FROM u)";

    const auto families = insight::familiesOf({submitted("ann", exists),
                                               submitted("bob", in, false, {"nulls", "basic"}),
                                               submitted("cy", in, false, {"basic", "nulls"}),
                                               submitted("di", in, false, {"nulls"}),
                                               submitted("ann", exists),
                                               submitted("di", exists),
                                               submitted("ed", join),
                                               {"z", "z", std::nullopt, {}, approachOf(join)}});

    QCOMPARE(families.size(), std::size_t{4});
    QCOMPARE(families[0].words, std::string("NOT EXISTS"));
    QCOMPARE(families[0].submissions, 3);
    QCOMPARE(families[0].learners, 2);
    QCOMPARE(families[0].example, std::size_t{0});
    QCOMPARE(families[1].submissions, 2);
    QCOMPARE(families[1].failing, (std::vector<std::string>{"basic", "nulls"}));
    QCOMPARE(families[1].words, std::string("NOT IN"));
}

void TestInsight::whatAllWroteIsNotStriking()
{
    Generator generator(3);
    std::vector<Submitted> all;
    for (int i = 0; i < 30; ++i)
        all.push_back(submitted("learner" + std::to_string(i), generator.written(kTemplates[0], 1)));

    QVERIFY(insight::likePairs(all).empty());
    QCOMPARE(insight::few(30), 2);
    QCOMPARE(insight::few(1000), 22);
}

void TestInsight::aPairAmongManyIsFound()
{
    Generator generator(4);
    std::vector<Submitted> all;
    for (int i = 0; i < 30; ++i)
        all.push_back(submitted("learner" + std::to_string(i), generator.written(kTemplates[i % 3], 1)));
    all.insert(all.begin() + 5, submitted("eve", generator.written(kTemplates[5], 4)));
    all.push_back(submitted("fay", generator.written(kTemplates[5], 4)));
    all.push_back(submitted("eve", generator.written(kTemplates[5], 4))); // an older one of her own
    all.push_back(submitted("gus", generator.written(kTemplates[5], 4), false, {"rows"}));

    const auto pairs = insight::likePairs(all);

    QCOMPARE(pairs.size(), std::size_t{1});
    QCOMPARE(all[pairs[0].one].learner, std::string("eve"));
    QCOMPARE(all[pairs[0].other].learner, std::string("fay"));
    QVERIFY(pairs[0].same && pairs[0].sameBy == 2);
    QCOMPARE(pairs[0].shared, pairs[0].fragments);
    QVERIFY(pairs[0].rare >= insight::kLeastRare && pairs[0].rare <= pairs[0].shared);
    QVERIFY(insight::likePairs(all, 0).empty());
}

QTEST_APPLESS_MAIN(TestInsight)
#include "tst_insight.moc"
