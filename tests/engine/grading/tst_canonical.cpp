#include "grading/canonical.h"
#include "tables.h"

#include <QtTest>

using namespace sqlgym;
using namespace sqlgym::grading;
using content::RowOrder;
using tests::null;
using tests::table;

namespace {

QString form(const sandbox::ResultTable &result, const content::ValidationRules &rules = {})
{
    return QString::fromStdString(canonicalForm(result, rules));
}

content::TestCase testCase(const std::string &name, int order, content::ExpectedOutput expected)
{
    content::TestCase test;
    test.name = name;
    test.orderIndex = order;
    test.expected = std::move(expected);
    return test;
}

} // namespace

class TestCanonical : public QObject {
    Q_OBJECT
private slots:
    void theDocumentedExampleHasTheDocumentedHash();
    void rowsAreSortedUnlessOrderCounts();
    void tiesAreSortedWhereColumnsDecideTheOrder();
    void numbersHaveOneSpelling();
    void escapesKeepCellsApart();
    void namesAppearOnlyWhereTheyCount();
    void testsAreTakenInTheirOrder();
    void resultsHashLikeTheExpectedOutput();
};

// The digest is not ours: printf 'sqlgym-tests 1\ntest\tsample data\nsqlgym-result 1\ncolumns\tnumber\ttext\n
// row\t1\tada\nrow\t2.5\t\\N\n' | sha256sum  (in one line).
void TestCanonical::theDocumentedExampleHasTheDocumentedHash()
{
    content::Problem problem;
    problem.tests.push_back(testCase(
        "sample data", 1, {{{"points", "numeric", ""}, {"player", "text", ""}}, {{"2.50", {}}, {"1", "ada"}}}));

    QCOMPARE(QString::fromStdString(expectedHash(problem)),
             QStringLiteral("47bd6553d40c2bc35389614ea0c75bd811fead7552b6c5e545d212949c6e9fae"));
}

void TestCanonical::rowsAreSortedUnlessOrderCounts()
{
    const auto result = table({{"x", "text"}}, {{"b"}, {null}, {"a"}, {"b"}});
    content::ValidationRules strict;
    strict.rowOrder = RowOrder::Strict;

    QCOMPARE(form(result), QStringLiteral("sqlgym-result 1\ncolumns\ttext\nrow\t\\N\nrow\ta\nrow\tb\nrow\tb\n"));
    QCOMPARE(form(result, strict),
             QStringLiteral("sqlgym-result 1\ncolumns\ttext\nrow\tb\nrow\t\\N\nrow\ta\nrow\tb\n"));
}

void TestCanonical::tiesAreSortedWhereColumnsDecideTheOrder()
{
    content::ValidationRules rules;
    rules.rowOrder = RowOrder::ByColumns;
    rules.orderBy = {{"n", true, true}};
    const auto result = table({{"p", "text"}, {"n", "numeric"}}, {{"z", "2"}, {"y", "2.0"}, {"a", "1"}});

    QCOMPARE(form(result, rules),
             QStringLiteral("sqlgym-result 1\ncolumns\ttext\tnumber\nrow\ty\t2\nrow\tz\t2\nrow\ta\t1\n"));
}

void TestCanonical::numbersHaveOneSpelling()
{
    const auto result =
        table({{"a", "numeric"}, {"b", "float8"}, {"c", "float8"}, {"d", "int8"}, {"e", "float4"}, {"f", "numeric"}},
              {{"-0012.3400", "1e+20", "-1.5e-07", "100", "-0", "NaN"}});

    QCOMPARE(form(result), QStringLiteral("sqlgym-result 1\ncolumns\tnumber\tnumber\tnumber\tnumber\tnumber\tnumber\n"
                                          "row\t-12.34\t100000000000000000000\t-0.00000015\t100\t0\tNaN\n"));
}

void TestCanonical::escapesKeepCellsApart()
{
    const auto result = table({{"a", "text"}, {"b", "bpchar"}}, {{"\\N", "x  "}, {"a\tb\nc\rd\\", ""}});

    QCOMPARE(form(result),
             QStringLiteral("sqlgym-result 1\ncolumns\ttext\ttext\nrow\t\\\\N\tx\nrow\ta\\tb\\nc\\rd\\\\\t\n"));
}

void TestCanonical::namesAppearOnlyWhereTheyCount()
{
    content::ValidationRules named;
    named.namesMatter = true;
    content::ValidationRules freeOrder;
    freeOrder.columnOrderMatters = false;
    const auto result = table({{"n", "int4"}, {"day", "date"}}, {{"1", "2024-02-29"}});

    QCOMPARE(form(result), QStringLiteral("sqlgym-result 1\ncolumns\tnumber\tdate\nrow\t1\t2024-02-29\n"));
    QCOMPARE(form(result, named), QStringLiteral("sqlgym-result 1\ncolumns\tnumber=n\tdate=day\nrow\t1\t2024-02-29\n"));
    QCOMPARE(form(result, freeOrder),
             QStringLiteral("sqlgym-result 1\ncolumns\tdate=day\tnumber=n\nrow\t2024-02-29\t1\n"));
}

void TestCanonical::testsAreTakenInTheirOrder()
{
    const content::ExpectedOutput one{{{"x", "int4", ""}}, {{"1"}}};
    const content::ExpectedOutput two{{{"x", "int4", ""}}, {{"2"}}};
    content::Problem problem;
    problem.tests = {testCase("a", 1, one), testCase("b", 2, two)};
    content::Problem stored = problem;
    std::swap(stored.tests[0], stored.tests[1]);
    content::Problem other = problem;
    std::swap(other.tests[0].expected, other.tests[1].expected);

    QCOMPARE(expectedHash(stored), expectedHash(problem));
    QVERIFY(expectedHash(other) != expectedHash(problem));
}

void TestCanonical::resultsHashLikeTheExpectedOutput()
{
    content::Problem problem;
    problem.tests.push_back(testCase("a", 1, {{{"x", "numeric", ""}}, {{"1.50"}, {"2"}}}));

    const auto right = table({{"y", "float8"}}, {{"2"}, {"1.5"}});
    const auto wrong = table({{"y", "float8"}}, {{"2"}, {"1.25"}});

    QCOMPARE(hashOf(problem, {right}), expectedHash(problem));
    QVERIFY(hashOf(problem, {wrong}) != expectedHash(problem));
}

QTEST_APPLESS_MAIN(TestCanonical)
#include "tst_canonical.moc"
