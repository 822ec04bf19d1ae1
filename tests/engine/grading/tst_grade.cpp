#include "grading/grade.h"
#include "grading/kept_datasets.h"
#include "grading/verdict_json.h"
#include "scripted_sandbox.h"
#include "tables.h"

#include <QtTest>

using namespace sqlgym;
using namespace sqlgym::grading;
using sandbox::Status;
using tests::ScriptedSandbox;
using tests::table;

namespace {

const sandbox::ResultTable kRight = table({{"n", "int4"}}, {{"1"}, {"2"}});
const sandbox::ResultTable kWrong = table({{"n", "int4"}}, {{"1"}});

// Two tests on different data that both expect 1, 2.
content::Problem problem()
{
    content::Problem out;
    out.slug = "numbers";
    content::Table numbers;
    numbers.name = "numbers";
    numbers.columns = {{"n", "integer", false, ""}};
    numbers.rows = {{"1"}, {"2"}};
    out.tables = {numbers};
    for (const char *name : {"sample data", "hidden data"}) {
        content::TestCase test;
        test.id = name;
        test.name = name;
        test.hidden = out.tests.size() == 1;
        test.orderIndex = static_cast<int>(out.tests.size());
        test.expected = {{{"n", "int4", ""}}, {{"1"}, {"2"}}};
        test.timeoutSeconds = 3;
        test.memoryLimitMb = 40;
        out.tests.push_back(test);
    }
    out.tests[1].input = {{"numbers", {{"2"}, {"1"}}}};
    return out;
}

sandbox::Outcome by(sandbox::Engine engine, sandbox::Outcome outcome)
{
    outcome.by = engine;
    return outcome;
}

Verdict graded(ScriptedSandbox &sandbox, const content::Problem &asked = problem(),
               const std::string &query = "SELECT n FROM numbers")
{
    base::CancelToken cancel;
    return grade(asked, query, sandbox, cancel);
}

Verdict gradedOne(sandbox::Outcome outcome)
{
    ScriptedSandbox sandbox;
    sandbox.answers = {std::move(outcome)};
    return graded(sandbox);
}

sandbox::Outcome errorOutcome(const std::string &sqlstate)
{
    sandbox::Outcome outcome = ScriptedSandbox::of(Status::Error);
    outcome.diagnostic = {sqlstate, "division by zero", {}, {}, 0};
    return outcome;
}

sandbox::Outcome byChance(const sandbox::ResultTable &rows)
{
    sandbox::Outcome outcome = ScriptedSandbox::ok(rows);
    outcome.dependsOnOrder = true;
    return outcome;
}

} // namespace

Q_DECLARE_METATYPE(sqlgym::sandbox::Outcome)
Q_DECLARE_METATYPE(sqlgym::grading::Outcome)

class TestGrade : public QObject {
    Q_OBJECT
private slots:
    void everyTestRunsOnItsOwnDataUnderItsLimits();
    void outcomes_data();
    void outcomes();
    void theFirstFailedTestIsNamed();
    void aRefusalSaysMoreThanADecline();
    void aTimeoutEndsTheCheck();
    void errorsOnOneTestDoNotHideTheOthers();
    void dataThatDoesNotLoadIsOurFault();
    void theFormIsJudgedOnTheParseTree();
    void oneStatementIsAskedFor();
    void progressIsToldTestByTest();
    void keptDatasetsLoadOnce();
    void confirmationOfAgreeingEngines();
    void postgresWinsWhereTheyDiffer_data();
    void postgresWinsWhereTheyDiffer();
    void postgresDecidesWhatWasDeclined();
    void chanceStaysChance();
    void aBrokenConfirmationChangesNothing();
};

void TestGrade::everyTestRunsOnItsOwnDataUnderItsLimits()
{
    ScriptedSandbox sandbox;
    sandbox.answers = {ScriptedSandbox::ok(kRight)};

    const Verdict verdict = graded(sandbox);

    QVERIFY(verdict.correct);
    QCOMPARE(verdict.sentence, std::string("Passes all 2 tests."));
    QCOMPARE(verdict.firstFailed, -1);
    QVERIFY(verdict.tests[1].hidden);
    QCOMPARE(sandbox.loads.size(), 2u);
    QVERIFY(sandbox.loads[0].second != sandbox.loads[1].second);
    QCOMPARE(sandbox.requests[0].dataset, sandbox.loads[0].first);
    QCOMPARE(sandbox.requests[1].dataset, sandbox.loads[1].first);
    QCOMPARE(sandbox.requests[0].timeoutMs, 3000);
    QCOMPARE(sandbox.requests[0].memoryMb, 40);
    QCOMPARE(sandbox.requests[0].maxRows, 10'000u);
    QVERIFY(sandbox.requests[0].singleStatement);
}

void TestGrade::outcomes_data()
{
    QTest::addColumn<sandbox::Outcome>("run");
    QTest::addColumn<Outcome>("outcome");
    QTest::addColumn<QString>("sentence");

    QTest::newRow("wrong rows") << ScriptedSandbox::ok(kWrong) << Outcome::WrongRows
                                << "Fails test 1 of 2: 1 row is missing.";
    QTest::newRow("error") << errorOutcome("22012") << Outcome::Error
                           << "Fails test 1 of 2: The query fails: division by zero.";
    QTest::newRow("timeout") << ScriptedSandbox::of(Status::Timeout) << Outcome::Timeout
                             << "Fails test 1 of 2: The query took longer than 3 seconds.";
    QTest::newRow("memory") << ScriptedSandbox::of(Status::MemoryLimit) << Outcome::MemoryLimit
                            << "Fails test 1 of 2: The query needed more than 40 MB of memory.";
    QTest::newRow("cancelled") << ScriptedSandbox::of(Status::Cancelled) << Outcome::Cancelled << "Cancelled.";
    sandbox::Outcome declined = ScriptedSandbox::of(Status::Unsupported);
    declined.feature = "the function xmlparse";
    QTest::newRow("declined") << declined << Outcome::Unsupported
                              << "No verdict: the embedded engine does not support the function xmlparse.";
    QTest::newRow("right by chance")
        << byChance(kRight) << Outcome::DependsOnOrder
        << "Fails test 1 of 2: The rows are right this time, but chance decides them: nothing "
           "in the query says which rows come first. Add an ORDER BY that leaves no ties.";
    QTest::newRow("wrong by chance") << byChance(kWrong) << Outcome::WrongRows
                                     << "Fails test 1 of 2: 1 row is missing.";
    sandbox::Outcome cut = ScriptedSandbox::ok(kRight);
    cut.truncated = true;
    QTest::newRow("cut off") << cut << Outcome::WrongRows
                             << "Fails test 1 of 2: The result has more than 10000 rows; 2 are expected.";
}

void TestGrade::outcomes()
{
    QFETCH(sandbox::Outcome, run);

    const Verdict verdict = gradedOne(run);

    QVERIFY(!verdict.correct);
    QTEST(verdict.tests[0].outcome, "outcome");
    QTEST(QString::fromStdString(verdict.sentence), "sentence");
}

void TestGrade::theFirstFailedTestIsNamed()
{
    ScriptedSandbox sandbox;
    sandbox.answers = {ScriptedSandbox::ok(kRight), ScriptedSandbox::ok(kWrong)};

    const Verdict verdict = graded(sandbox);

    QCOMPARE(verdict.firstFailed, 1);
    QCOMPARE(verdict.sentence, std::string("Fails test 2 of 2: 1 row is missing."));
}

void TestGrade::aRefusalSaysMoreThanADecline()
{
    ScriptedSandbox sandbox;
    sandbox.answers = {ScriptedSandbox::of(Status::Unsupported), ScriptedSandbox::ok(kWrong)};

    const Verdict refused = graded(sandbox);
    const Verdict declined = gradedOne(ScriptedSandbox::of(Status::Unsupported));

    QCOMPARE(refused.firstFailed, 1);
    QVERIFY(isDecided(refused));
    QVERIFY(!isDecided(declined));
}

void TestGrade::aTimeoutEndsTheCheck()
{
    ScriptedSandbox sandbox;
    sandbox.answers = {ScriptedSandbox::of(Status::Timeout), ScriptedSandbox::ok(kRight)};

    const Verdict verdict = graded(sandbox);

    QCOMPARE(verdict.tests.size(), 1u);
    QCOMPARE(sandbox.requests.size(), 1u);
}

void TestGrade::errorsOnOneTestDoNotHideTheOthers()
{
    ScriptedSandbox sandbox;
    sandbox.answers = {errorOutcome("22012"), ScriptedSandbox::ok(kRight)};

    const Verdict verdict = graded(sandbox);

    QCOMPARE(verdict.tests.size(), 2u);
    QCOMPARE(verdict.tests[1].outcome, Outcome::Match);
    QVERIFY(!verdict.correct);
}

void TestGrade::dataThatDoesNotLoadIsOurFault()
{
    ScriptedSandbox sandbox;
    sandbox.loadAnswer = errorOutcome("42601");

    const Verdict verdict = graded(sandbox);

    QCOMPARE(verdict.tests[0].outcome, Outcome::Failed);
    QCOMPARE(verdict.sentence, std::string("The problem's data could not be loaded: division by zero"));
    QVERIFY(!isDecided(verdict));
}

void TestGrade::theFormIsJudgedOnTheParseTree()
{
    content::Problem asked = problem();
    for (content::TestCase &test : asked.tests)
        test.rules.mustUse = {"GROUP BY"};
    ScriptedSandbox sandbox;
    sandbox.answers = {ScriptedSandbox::ok(kRight)};

    const Verdict without = graded(sandbox, asked, "SELECT n FROM numbers -- GROUP BY");
    const Verdict with = graded(sandbox, asked, "SELECT n FROM numbers GROUP BY n");

    QCOMPARE(without.tests[0].outcome, Outcome::WrongForm);
    QCOMPARE(without.tests[0].sentence,
             std::string("The rows are right, but another form is asked for: The query has to use GROUP BY."));
    QVERIFY(with.correct);
}

void TestGrade::oneStatementIsAskedFor()
{
    ScriptedSandbox sandbox;
    sandbox.answers = {ScriptedSandbox::ok(kRight)};

    const Verdict two = graded(sandbox, problem(), "SELECT 1; SELECT 2");
    const Verdict none = graded(sandbox, problem(), "-- nothing yet");
    const Verdict one = graded(sandbox, problem(), "; SELECT 1 ; ;");

    QCOMPARE(two.tests[0].outcome, Outcome::Error);
    QCOMPARE(two.tests[0].diagnostic.sqlstate, std::string("42601"));
    QCOMPARE(none.tests[0].outcome, Outcome::Error);
    QCOMPARE(sandbox.requests.size(), 2u); // only the single one ran
    QVERIFY(one.correct);
}

void TestGrade::progressIsToldTestByTest()
{
    ScriptedSandbox sandbox;
    sandbox.answers = {ScriptedSandbox::ok(kRight)};
    base::CancelToken cancel;
    QStringList told;

    grade(problem(), "SELECT 1", sandbox, cancel, {}, [&](const TestVerdict &test, int done, int total) {
        told << QStringLiteral("%1 %2/%3").arg(QString::fromStdString(test.testName)).arg(done).arg(total);
    });

    QCOMPARE(told, (QStringList{"sample data 1/2", "hidden data 2/2"}));
}

void TestGrade::keptDatasetsLoadOnce()
{
    ScriptedSandbox sandbox;
    sandbox.answers = {ScriptedSandbox::ok(kRight)};
    KeptDatasets kept(sandbox);
    base::CancelToken cancel;

    grade(problem(), "SELECT 1", kept, cancel);
    grade(problem(), "SELECT 2", kept, cancel);
    kept.load("scratch", "CREATE TABLE a()");
    kept.load("scratch", "CREATE TABLE b()");

    QCOMPARE(sandbox.requests.size(), 4u);
    QCOMPARE(sandbox.loads.size(), 4u); // two tests, and a dataset that changed
}

void TestGrade::confirmationOfAgreeingEngines()
{
    ScriptedSandbox postgres;
    postgres.answers = {by(sandbox::Engine::Postgres, ScriptedSandbox::ok(table({{"n", "int4"}}, {{"2"}, {"1"}})))};
    base::CancelToken cancel;
    const Verdict first = gradedOne(ScriptedSandbox::ok(kRight));

    const Confirmation confirmed = confirm(problem(), "SELECT 1", first, postgres, cancel);

    QCOMPARE(first.trust, Trust::Embedded);
    QVERIFY(confirmed.answered);
    QCOMPARE(confirmed.verdict.trust, Trust::Confirmed);
    QVERIFY(confirmed.verdict.correct);
    QVERIFY(!confirmed.caseJson);
}

void TestGrade::postgresWinsWhereTheyDiffer_data()
{
    QTest::addColumn<sandbox::Outcome>("embedded");
    QTest::addColumn<sandbox::Outcome>("postgres");
    QTest::addColumn<bool>("correct");

    const auto error = errorOutcome("22012");
    auto otherWords = error;
    otherWords.diagnostic.message = "value out of range";
    QTest::newRow("right here, wrong there") << ScriptedSandbox::ok(kRight) << ScriptedSandbox::ok(kWrong) << false;
    QTest::newRow("wrong here, right there") << ScriptedSandbox::ok(kWrong) << ScriptedSandbox::ok(kRight) << true;
    QTest::newRow("another error") << error << otherWords << false;
    QTest::newRow("wrong in another way")
        << ScriptedSandbox::ok(kWrong) << ScriptedSandbox::ok(table({{"n", "int4"}}, {{"7"}})) << false;
    QTest::newRow("right with another type")
        << ScriptedSandbox::ok(kRight) << ScriptedSandbox::ok(table({{"n", "int8"}}, {{"1"}, {"2"}})) << true;
}

void TestGrade::postgresWinsWhereTheyDiffer()
{
    QFETCH(sandbox::Outcome, embedded);
    QFETCH(sandbox::Outcome, postgres);
    ScriptedSandbox second;
    second.answers = {by(sandbox::Engine::Postgres, postgres)};
    base::CancelToken cancel;

    const Confirmation found = confirm(problem(), "SELECT \"1\"", gradedOne(embedded), second, cancel);

    QVERIFY(found.answered);
    QCOMPARE(found.verdict.trust, Trust::Contradicted);
    QTEST(found.verdict.correct, "correct");
    QVERIFY(found.caseJson);
    const QJsonObject report = QJsonDocument::fromJson(QByteArray::fromStdString(*found.caseJson)).object();
    QCOMPARE(report["problem"].toString(), QStringLiteral("numbers"));
    QCOMPARE(report["test"].toString(), QStringLiteral("sample data"));
    QCOMPARE(report["query"].toString(), QStringLiteral("SELECT \"1\""));
    QVERIFY(report["setup"].toString().contains(QStringLiteral("CREATE TABLE")));
    QVERIFY(report["embedded"].toObject() != report["postgres"].toObject());
}

void TestGrade::postgresDecidesWhatWasDeclined()
{
    ScriptedSandbox postgres;
    postgres.answers = {by(sandbox::Engine::Postgres, ScriptedSandbox::ok(kRight))};
    base::CancelToken cancel;

    const Confirmation found =
        confirm(problem(), "SELECT 1", gradedOne(ScriptedSandbox::of(Status::Unsupported)), postgres, cancel);

    QCOMPARE(found.verdict.trust, Trust::Confirmed);
    QVERIFY(found.verdict.correct);
    QVERIFY(!found.caseJson);
}

void TestGrade::chanceStaysChance()
{
    ScriptedSandbox right;
    right.answers = {by(sandbox::Engine::Postgres, ScriptedSandbox::ok(kRight))};
    ScriptedSandbox wrong;
    wrong.answers = {by(sandbox::Engine::Postgres, ScriptedSandbox::ok(kWrong))};
    base::CancelToken cancel;

    const Confirmation lucky = confirm(problem(), "SELECT 1", gradedOne(byChance(kRight)), right, cancel);
    const Confirmation luckyThere = confirm(problem(), "SELECT 1", gradedOne(byChance(kWrong)), right, cancel);
    const Confirmation unlucky = confirm(problem(), "SELECT 1", gradedOne(byChance(kRight)), wrong, cancel);

    for (const Confirmation *found : {&lucky, &luckyThere, &unlucky}) {
        QVERIFY(!found->verdict.correct);
        QCOMPARE(found->verdict.trust, Trust::Confirmed); // chance is no contradiction
    }
    QCOMPARE(lucky.verdict.tests[0].outcome, Outcome::DependsOnOrder);
    QCOMPARE(luckyThere.verdict.tests[0].outcome, Outcome::DependsOnOrder);
    QCOMPARE(unlucky.verdict.tests[0].outcome, Outcome::WrongRows);
}

void TestGrade::aBrokenConfirmationChangesNothing()
{
    ScriptedSandbox postgres;
    postgres.answers = {ScriptedSandbox::of(Status::Failed)};
    base::CancelToken cancel;

    const Confirmation found = confirm(problem(), "SELECT 1", gradedOne(ScriptedSandbox::ok(kRight)), postgres, cancel);

    QVERIFY(!found.answered);
    QVERIFY(found.verdict.correct);
    QCOMPARE(found.verdict.trust, Trust::Embedded);
}

QTEST_APPLESS_MAIN(TestGrade)
#include "tst_grade.moc"
