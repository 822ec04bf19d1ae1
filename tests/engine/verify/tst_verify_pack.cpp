#include "../sandbox_postgres/fixture.h"
#include "verify/verify_pack.h"

#include <QtTest>

#include <functional>
#include <mutex>

using namespace sqlgym;
using namespace sqlgym::verify;

namespace {

// PostgreSQL as the embedded engine, made to err in one way.
class Erring : public sandbox::Sandbox {
public:
    Erring(sandbox::Sandbox &real, std::function<void(sandbox::Outcome &)> err) : m_real(real), m_err(std::move(err)) {}
    sandbox::Outcome load(const std::string &dataset, const std::string &setup) override
    {
        return m_real.load(dataset, setup);
    }
    sandbox::Outcome run(const sandbox::Request &request, base::CancelToken &cancel) override
    {
        sandbox::Outcome outcome = m_real.run(request, cancel);
        if (m_err)
            m_err(outcome);
        return outcome;
    }

private:
    sandbox::Sandbox &m_real;
    std::function<void(sandbox::Outcome &)> m_err;
};

// A sandbox that two threads may use, one after the other.
class Guarded : public sandbox::Sandbox {
public:
    explicit Guarded(sandbox::Sandbox &real) : m_real(real) {}
    sandbox::Outcome load(const std::string &dataset, const std::string &setup) override
    {
        const std::lock_guard lock(m_mutex);
        return m_real.load(dataset, setup);
    }
    sandbox::Outcome run(const sandbox::Request &request, base::CancelToken &cancel) override
    {
        const std::lock_guard lock(m_mutex);
        return m_real.run(request, cancel);
    }

private:
    sandbox::Sandbox &m_real;
    std::mutex m_mutex;
};

content::Pack pack()
{
    content::Table loan;
    loan.name = "loan";
    loan.columns = {{"member", "text", false, ""}, {"fee", "numeric(6,2)", false, ""}};
    loan.rows = {{"ada", "2.50"}, {"bob", {}}, {"ada", "1.00"}};
    content::Problem problem;
    problem.slug = "fees";
    problem.tables = {loan};
    problem.solutionSql = "SELECT member, sum(fee) AS total FROM loan GROUP BY member ORDER BY member";
    problem.wrongQueries = {{"SELECT member, coalesce(sum(fee), 0) FROM loan GROUP BY member", "turns NULL into 0"}};
    content::TestCase test;
    test.name = "sample data";
    test.expected = {{{"member", "text", ""}, {"total", "numeric", ""}}, {{"ada", "3.50"}, {"bob", {}}}};
    test.rules.rowOrder = content::RowOrder::ByColumns;
    test.rules.orderBy = {{"member", false, false}};
    problem.tests.push_back(test);
    test.name = "nobody";
    test.orderIndex = 1;
    test.input = {{"loan", {}}};
    test.expected.rows.clear();
    problem.tests.push_back(test);
    content::Pack out;
    out.problems = {problem};
    return out;
}

std::string all(const PackReport &report)
{
    std::string lines;
    for (const Finding &finding : report.findings)
        lines += findingWord(finding.kind) + ": " + findingLine(finding) + "\n";
    return lines;
}

} // namespace

class TestVerifyPack : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void aSoundPackHasNoFindings();
    void faultsAreFound_data();
    void faultsAreFound();
    void anEngineThatErrsIsFound_data();
    void anEngineThatErrsIsFound();
    void aDeclineIsCountedAndNoFault();
    void severalWorkersReportAsOneDoes();
    void cancellingEndsIt();
    void mutantsThatPassAreFound();
    void mutantsAreListedAsEquivalent_data();
    void mutantsAreListedAsEquivalent();
    void bothEnginesAgreeOnMutants();
    void secondSolutionsHaveMutantsToo();

private:
    PackReport verified(const content::Pack &what, std::function<void(sandbox::Outcome &)> err = {},
                        Mutants mutants = Mutants::None)
    {
        Erring embedded(*m_other, std::move(err));
        base::CancelToken cancel;
        return verifyPack(what, {{embedded, *m_postgres}}, cancel, {}, mutants);
    }
    tests::ClusterPlace m_place;
    tests::ClusterPlace m_otherPlace;
    std::unique_ptr<sandbox_postgres::PostgresSandbox> m_postgres;
    std::unique_ptr<sandbox_postgres::PostgresSandbox> m_other;
};

void TestVerifyPack::initTestCase()
{
    m_postgres = std::make_unique<sandbox_postgres::PostgresSandbox>(m_place.path());
    m_other = std::make_unique<sandbox_postgres::PostgresSandbox>(m_otherPlace.path());
    const auto started = m_postgres->start();
    QVERIFY2(started.status == sandbox::Status::Ok, started.diagnostic.message.c_str());
}

void TestVerifyPack::aSoundPackHasNoFindings()
{
    const PackReport report = verified(pack());

    QCOMPARE(QString::fromStdString(all(report)), QString());
    QVERIFY(report.good());
    QCOMPARE(report.problems, 1);
    QCOMPARE(report.tests, 2);
    QCOMPARE(report.runs, 4); // solution and one wrong query, two tests
    QCOMPARE(report.equalRuns, 4);
    QCOMPARE(report.declinedRuns, 0);
}

void TestVerifyPack::faultsAreFound_data()
{
    using Break = std::function<void(content::Problem &)>;
    QTest::addColumn<Break>("breakIt");
    QTest::addColumn<QString>("finding");

    const auto row = [](const char *name, Break breakIt, const char *finding) {
        QTest::newRow(name) << breakIt << QString::fromUtf8(finding);
    };
    row(
        "a cell of another scale", [](content::Problem &p) { p.tests[0].expected.rows[0][1] = "3.5"; },
        "expected_stale: fees, test sample data, solution: Row 1 in sorted order: the pack has (ada | 3.5), PostgreSQL "
        "(ada "
        "| 3.50).\n");
    row(
        "a column of another name", [](content::Problem &p) { p.tests[1].expected.columns[1].name = "sum"; },
        "expected_stale: fees, test nobody, solution: Column 2: the pack has sum numeric, PostgreSQL total numeric.\n");
    row(
        "a wrong expectation", [](content::Problem &p) { p.tests[0].expected.rows[1][1] = "0"; },
        "solution_fails: fees, test sample data, solution: 1 row has wrong values.\n");
    row(
        "a wrong query that passes",
        [](content::Problem &p) { p.wrongQueries[0].sql = "SELECT member, sum(fee) FROM loan GROUP BY 1 ORDER BY 1"; },
        "wrong_passes: fees, wrong query 1 (turns NULL into 0): Every test passes.\n");
    row(
        "a wrong query that does not run",
        [](content::Problem &p) { p.wrongQueries[0].sql = "SELECT member FROM loans"; },
        "wrong_fails: fees, test sample data, wrong query 1 (turns NULL into 0): It does not even run: relation "
        "\"loans\" "
        "does not exist\n");
    row(
        "a right query that fails",
        [](content::Problem &p) {
            p.rightQueries = {{"SELECT member, sum(fee) AS total FROM loan GROUP BY member ORDER BY member", "none"},
                              {"SELECT member, max(fee) FROM loan GROUP BY member ORDER BY member", "greatest"}};
        },
        "right_fails: fees, test sample data, right query 2 (greatest): 1 row has wrong values.\n");
    row(
        "a construct that nobody knows", [](content::Problem &p) { p.tests[0].rules.mustNotUse = {"GOTO"}; },
        "bad_rule: fees, test sample data: There is no construct called \"GOTO\".\n");
    row(
        "an order column that is not there", [](content::Problem &p) { p.tests[0].rules.orderBy[0].column = "fee"; },
        "bad_rule: fees, test sample data: Rows are to be ordered by \"fee\", which the expected output does not "
        "have.\n");
    row(
        "no wrong queries", [](content::Problem &p) { p.wrongQueries.clear(); },
        "missing: fees: The problem has no wrong queries to try the tests on.\n");
    row(
        "data that does not load",
        [](content::Problem &p) {
            p.tables[0].rows[0][1] = "dear";
            p.tests.pop_back();
            p.wrongQueries[0].sql.clear();
            p.wrongQueries.clear();
        },
        "missing: fees: The problem has no wrong queries to try the tests on.\n"
        "broken: fees, test sample data, solution: On PostgreSQL: The problem's data could not be loaded: invalid "
        "input "
        "syntax for type numeric: \"dear\"\n");
}

void TestVerifyPack::faultsAreFound()
{
    QFETCH(std::function<void(content::Problem &)>, breakIt);
    content::Pack broken = pack();
    breakIt(broken.problems[0]);

    const PackReport report = verified(broken);

    QVERIFY(!report.good());
    QTEST(QString::fromStdString(all(report)), "finding");
}

void TestVerifyPack::anEngineThatErrsIsFound_data()
{
    using Err = std::function<void(sandbox::Outcome &)>;
    QTest::addColumn<Err>("err");
    QTest::addColumn<QString>("finding");

    const auto retyped = [](sandbox::Outcome &outcome) {
        if (outcome.table.columnCount() == 2)
            outcome.table.columns[1].type = "float8";
    };
    const auto otherScale = [](sandbox::Outcome &outcome) {
        sandbox::ResultTable table;
        table.columns = outcome.table.columns;
        for (std::size_t row = 0; row < outcome.table.rowCount(); ++row) {
            table.append(outcome.table.cell(row, 0));
            const auto fee = outcome.table.cell(row, 1);
            table.append(fee == std::string_view("3.50") ? std::optional<std::string_view>("3.5") : fee);
        }
        outcome.table = table;
    };
    const auto fails = [](sandbox::Outcome &outcome) {
        outcome.status = sandbox::Status::Error;
        outcome.diagnostic = {"22012", "division by zero", {}, {}, 0};
    };
    const auto chance = [](sandbox::Outcome &outcome) { outcome.dependsOnOrder = true; };
    QTest::newRow("another type")
        << Err(retyped)
        << "engines_differ: fees, test sample data, solution: Column 2: embedded total float8, "
           "PostgreSQL total numeric.";
    QTest::newRow("another scale")
        << Err(otherScale)
        << "engines_differ: fees, test sample data, solution: Row 1 in sorted order: embedded (ada "
           "| 3.5), PostgreSQL (ada | 3.50).";
    QTest::newRow("an error of its own")
        << Err(fails)
        << "engines_differ: fees, test sample data, solution: Embedded: error (The query "
           "fails: division by zero.); PostgreSQL: match (Right: 2 rows.).";
    QTest::newRow("left to chance")
        << Err(chance) << "depends_on_order: fees, test sample data, solution: Chance decides which rows come.";
}

void TestVerifyPack::anEngineThatErrsIsFound()
{
    QFETCH(std::function<void(sandbox::Outcome &)>, err);

    const PackReport report = verified(pack(), err);

    QVERIFY(!report.good());
    QTEST(QString::fromStdString(all(report)).section(QLatin1Char('\n'), 0, 0), "finding");
}

void TestVerifyPack::aDeclineIsCountedAndNoFault()
{
    const PackReport report = verified(pack(), [](sandbox::Outcome &outcome) {
        outcome.status = sandbox::Status::Unsupported;
        outcome.feature = "aggregates";
    });

    QVERIFY(report.good());
    QCOMPARE(report.runs, 4);
    QCOMPARE(report.equalRuns, 0);
    QCOMPARE(report.declinedRuns, 4);
    QCOMPARE(report.findings.size(), 4u);
    QCOMPARE(report.findings[0].detail, std::string("The embedded engine declines aggregates."));
}

void TestVerifyPack::severalWorkersReportAsOneDoes()
{
    content::Pack many;
    for (int i = 0; i < 6; ++i) {
        many.problems.push_back(pack().problems.front());
        content::Problem &problem = many.problems.back();
        problem.slug = "fees-" + std::to_string(i);
        problem.tests[0].expected.rows[0][1] = std::to_string(i); // wrong in each, and otherwise
    }
    Guarded embedded(*m_other);
    Guarded postgres(*m_postgres);
    base::CancelToken cancel;
    std::vector<int> told;

    const PackReport alone = verifyPack(many, {{embedded, postgres}}, cancel);
    const PackReport together =
        verifyPack(many, {{embedded, postgres}, {embedded, postgres}, {embedded, postgres}}, cancel,
                   [&](const content::Problem &, int done, int total) { told.push_back(done * 10 + total); });

    QCOMPARE(alone.findings.size(), 6u);
    QCOMPARE(QString::fromStdString(all(together)), QString::fromStdString(all(alone)));
    QCOMPARE(together.runs, alone.runs);
    QCOMPARE(together.equalRuns, alone.equalRuns);
    QCOMPARE(together.problems, 6);
    QCOMPARE(told, (std::vector<int>{16, 26, 36, 46, 56, 66}));
}

void TestVerifyPack::cancellingEndsIt()
{
    base::CancelToken cancel;
    cancel.cancel();

    const PackReport report = verifyPack(pack(), {{*m_other, *m_postgres}}, cancel);

    QVERIFY(report.cancelled);
    QVERIFY(!report.good());
}

// Of the names alone, with few mutants: "ada" comes twice, so that a missing DISTINCT shows.
content::Pack names()
{
    content::Pack out = pack();
    content::Problem &problem = out.problems[0];
    problem.solutionSql = "SELECT DISTINCT member FROM loan WHERE fee < 2.00";
    problem.wrongQueries = {{"SELECT member FROM loan", "takes everybody"}};
    problem.tests.pop_back();
    problem.tests[0].rules = {};
    problem.tests[0].expected = {{{"member", "text", ""}}, {{"ada"}}};
    return out;
}

constexpr char kPasses[] = "SELECT DISTINCT member FROM loan WHERE fee <= 2.00";

void TestVerifyPack::mutantsThatPassAreFound()
{
    const PackReport report = verified(names(), {}, Mutants::Embedded);

    QVERIFY(!report.good());
    QCOMPARE(report.mutants.size(), 1u);
    const MutantTally &tally = report.mutants[0];
    QVERIFY(tally.killRate() < kKillRate);
    QVERIFY(std::ranges::any_of(tally.survivors, [](const auto &survivor) { return survivor.sql == kPasses; }));
    QVERIFY(std::ranges::any_of(tally.survivors,
                                [](const auto &survivor) { return survivor.what == "DISTINCT is missing"; }));
    QVERIFY(std::ranges::none_of(tally.survivors,
                                 [](const auto &survivor) { return survivor.what == "WHERE is missing"; }));
    QCOMPARE(report.findings.size(), 1u);
    QCOMPARE(findingWord(report.findings[0].kind), std::string("mutants_survive"));
    QVERIFY(report.findings[0].detail.find(kPasses) != std::string::npos);
}

void TestVerifyPack::mutantsAreListedAsEquivalent_data()
{
    QTest::addColumn<QString>("mutant");
    QTest::addColumn<QString>("finding");
    QTest::newRow("it passes") << "select distinct member\nfrom loan where fee <= 2.00;"
                               << "";
    QTest::newRow("a test refuses it") << "SELECT DISTINCT member FROM loan"
                                       << "not_equivalent: fees, equivalent.json: A test refuses it: SELECT DISTINCT "
                                          "member FROM loan\n";
    QTest::newRow("it is no mutant")
        << "SELECT 7"
        << "not_equivalent: fees, equivalent.json: No mutant of the solution is: SELECT 7\n";
}

void TestVerifyPack::mutantsAreListedAsEquivalent()
{
    QFETCH(QString, mutant);
    content::Pack listing = names();
    listing.problems[0].equivalentMutants = {{mutant.toStdString(), "said so"}};

    const PackReport report = verified(listing, {}, Mutants::Embedded);

    const bool counts = mutant.contains("<=");
    QCOMPARE(report.mutants[0].equivalent, counts ? 1 : 0);
    QCOMPARE(std::ranges::any_of(report.mutants[0].survivors, [](const auto &one) { return one.sql == kPasses; }),
             !counts);
    const std::string lines = all(report);
    QVERIFY2(
        lines.starts_with(QTest::currentDataTag() == std::string("it passes") ? "mutants_survive" : "not_equivalent"),
        lines.c_str());
    QFETCH(QString, finding);
    QVERIFY2(lines.find(finding.toStdString()) != std::string::npos, lines.c_str());
}

void TestVerifyPack::bothEnginesAgreeOnMutants()
{
    const PackReport sound = verified(pack(), {}, Mutants::Both);
    const PackReport erring = verified(
        pack(),
        [](sandbox::Outcome &outcome) {
            if (outcome.status == sandbox::Status::Error)
                outcome.diagnostic.message += "!";
        },
        Mutants::Both);

    const auto differ = [](const Finding &finding) { return finding.kind == FindingKind::EnginesDiffer; };
    QVERIFY2(std::ranges::none_of(sound.findings, differ), all(sound).c_str());
    QVERIFY2(std::ranges::any_of(erring.findings, differ), all(erring).c_str());
    QVERIFY(sound.mutants[0].invalid > 0);
}

void TestVerifyPack::secondSolutionsHaveMutantsToo()
{
    content::Pack second = names();
    second.problems[0].rightQueries = {{"SELECT member FROM loan WHERE fee < 2.00 GROUP BY member", "groups"}};
    const PackReport hidden = verified(second, {}, Mutants::Embedded);
    second.problems[0].solutionExplanation = "Or:\n```sql\n" + second.problems[0].rightQueries[0].sql + "\n```";

    const PackReport shown = verified(second, {}, Mutants::Embedded);

    const auto grouped = [](const auto &survivor) {
        return survivor.sql == "SELECT member FROM loan WHERE fee <= 2.00 GROUP BY member";
    };
    QVERIFY(std::ranges::none_of(hidden.mutants[0].survivors, grouped));
    QVERIFY(std::ranges::any_of(shown.mutants[0].survivors, grouped));
    QVERIFY(shown.mutants[0].singles > hidden.mutants[0].singles);
}

QTEST_APPLESS_MAIN(TestVerifyPack)
#include "tst_verify_pack.moc"
