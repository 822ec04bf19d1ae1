#include "content/json_schema.h"
#include "progress/judge.h"

#include <QtTest>

using namespace sqlgym;
using namespace sqlgym::progress;
using content::Difficulty;
using grading::Outcome;

namespace {

constexpr std::int64_t kMinute = 60'000'000;

content::Problem problem()
{
    content::Problem out;
    out.id = "p1";
    out.slug = "late-returns";
    out.topic = "joins";
    out.difficulty = Difficulty::Medium;
    return out;
}

grading::TestVerdict test(const std::string &id, Outcome outcome)
{
    grading::TestVerdict out;
    out.testId = id;
    out.testName = "test " + id;
    out.outcome = outcome;
    out.sentence = "sentence of " + id;
    out.elapsedUs = 1'600;
    out.memoryBytes = 3u << 20;
    out.actual.columns = {{"x", "int4"}};
    out.actual.append("1");
    out.actual.append(std::nullopt);
    if (outcome == Outcome::Error)
        out.diagnostic = {"42703", "column \"y\" does not exist", {}, {}, 8};
    return out;
}

grading::Verdict verdict(bool correct, std::vector<grading::TestVerdict> tests)
{
    grading::Verdict out;
    out.correct = correct;
    out.tests = std::move(tests);
    return out;
}

History history()
{
    History out;
    out.problems = {{"p1", "t1", "joins", "Joins", Difficulty::Medium},
                    {"p2", "t1", "joins", "Joins", Difficulty::Easy},
                    {"p3", "t2", "windows", "Windows", Difficulty::Hard}};
    return out;
}

Event submitted(const std::string &problemId, std::int64_t at, bool correct, int ms)
{
    Event event;
    event.kind = EventKind::Submit;
    event.problemId = problemId;
    event.at = at;
    event.correct = correct;
    event.executionMs = ms;
    return event;
}

SubmissionInput input()
{
    SubmissionInput out;
    out.id = "s1";
    out.userId = "u1";
    out.query = "SELECT 1";
    out.writtenAt = 100 * kMinute;
    return out;
}

std::function<std::string()> ids()
{
    return [next = 0]() mutable { return "id" + std::to_string(++next); };
}

QJsonObject json(const std::string &text) { return QJsonDocument::fromJson(QByteArray::fromStdString(text)).object(); }

} // namespace

class TestJudge : public QObject {
    Q_OBJECT
private slots:
    void aRightSubmissionFillsEveryTable();
    void aWrongOneEarnsNothing();
    void anErrorIsAFailedSubmission();
    void progressCountsTheWholeTopic();
    void aSecondSolveEarnsNothing();
    void theOpenSessionIsCompleted();
    void badgesAreEarnedOnce();
    void nothingIsWrittenWithoutAVerdict();
    void aTestThatCouldNotTellHasNoRow();
    void jsonColumnsHaveTheirDocumentedShape_data();
    void jsonColumnsHaveTheirDocumentedShape();
};

void TestJudge::aRightSubmissionFillsEveryTable()
{
    const auto judged = judge(input(), problem(), verdict(true, {test("a", Outcome::Match), test("b", Outcome::Match)}),
                              history(), {}, ids());

    QVERIFY(judged);
    QCOMPARE(judged->submission.id, std::string("s1"));
    QVERIFY(judged->submission.isCorrect);
    QCOMPARE(*judged->submission.executionTime, 3); // 2 x 1.6 ms
    QCOMPARE(judged->submission.submittedAt, 100 * kMinute);
    QCOMPARE(judged->problemSubmission.id, std::string("s1"));
    QCOMPARE(judged->problemSubmission.status, std::string("completed"));
    QCOMPARE(*judged->problemSubmission.rowsReturned, 2);
    QVERIFY(!judged->problemSubmission.errorMessage);
    QCOMPARE(json(judged->problemSubmission.resultDataJson)["correct"].toBool(), true);
    QCOMPARE(json(judged->problemSubmission.resultDataJson)["tests"].toArray().size(), 2);

    QCOMPARE(judged->executionResults.size(), 2u);
    const ExecutionResultRow &first = judged->executionResults.front();
    QCOMPARE(first.submissionId, std::string("s1"));
    QCOMPARE(first.testCaseId, std::string("a"));
    QCOMPARE(first.status, std::string("SUCCESS"));
    QCOMPARE(first.memoryUsedMb, 3.0);
    QCOMPARE(*first.rowsAffected, 2);
    QCOMPARE(json(*first.queryResultJson)["rows"].toArray().at(1).toArray().at(0).isNull(), true);
    QVERIFY(first.isCorrect);

    QVERIFY(judged->firstSolve);
    QCOMPARE(judged->experienceEarned, 60);
    QCOMPARE(judged->usersProblemsSolved, 1);
    QCOMPARE(judged->userProgress.experiencePoints, 60);
    QCOMPARE(judged->userProgress.streakCount, 1);
    QCOMPARE(judged->session.completedAt, std::optional<std::int64_t>(100 * kMinute));
}

void TestJudge::aWrongOneEarnsNothing()
{
    const auto judged =
        judge(input(), problem(), verdict(false, {test("a", Outcome::Match), test("b", Outcome::WrongRows)}), history(),
              {}, ids());

    QVERIFY(judged);
    QVERIFY(!judged->submission.isCorrect);
    QVERIFY(!judged->firstSolve);
    QCOMPARE(judged->experienceEarned, 0);
    QCOMPARE(judged->usersProblemsSolved, 0);
    QCOMPARE(judged->problemSubmission.status, std::string("completed"));
    QCOMPARE(judged->executionResults[1].status, std::string("SUCCESS"));
    QVERIFY(!judged->executionResults[1].isCorrect);
    QCOMPARE(json(judged->executionResults[1].validationDetailsJson)["outcome"].toString(),
             QStringLiteral("wrong_rows"));
    QVERIFY(!judged->session.completedAt);
}

void TestJudge::anErrorIsAFailedSubmission()
{
    const auto judged = judge(input(), problem(), verdict(false, {test("a", Outcome::Error)}), history(), {}, ids());

    QVERIFY(judged);
    QCOMPARE(judged->problemSubmission.status, std::string("failed"));
    QCOMPARE(*judged->problemSubmission.errorMessage, std::string("ERROR:  column \"y\" does not exist (42703)"));
    QCOMPARE(judged->executionResults[0].status, std::string("ERROR"));
    QVERIFY(!judged->executionResults[0].queryResultJson);
    QCOMPARE(json(judged->executionResults[0].validationDetailsJson)["error"].toObject()["position"].toInt(), 8);
}

void TestJudge::progressCountsTheWholeTopic()
{
    History before = history();
    before.events = {submitted("p1", 10 * kMinute, false, 4), submitted("p2", 20 * kMinute, true, 9),
                     submitted("p3", 30 * kMinute, true, 1)};
    Event hint;
    hint.kind = EventKind::Hint;
    hint.problemId = "p1";
    hint.at = 15 * kMinute;
    before.events.push_back(hint);
    UserProgressRow row;
    row.id = "kept";
    row.topicId = "t1";
    row.createdAt = 5;
    before.progress = {row};
    ProblemSessionRow session;
    session.id = "x";
    session.problemId = "p2";
    session.totalTimeSpentSeconds = 150;
    before.sessions = {session};

    const auto judged = judge(input(), problem(), verdict(true, {test("a", Outcome::Match)}), before, {}, ids());

    QVERIFY(judged);
    const UserProgressRow &progress = judged->userProgress;
    QCOMPARE(progress.id, std::string("kept"));
    QCOMPARE(progress.createdAt, 5);
    QCOMPARE(progress.problemsAttempted, 2);
    QCOMPARE(progress.problemsSolved, 2);
    QCOMPARE(progress.totalSubmissions, 3);
    QCOMPARE(progress.successfulSubmissions, 2);
    QCOMPARE(*progress.averageExecutionTimeMs, 5.5); // 9 and 2
    QCOMPARE(*progress.bestExecutionTimeMs, 2.0);
    QCOMPARE(progress.hintUsageCount, 1);
    QCOMPARE(*progress.averageAttemptsPerProblem, 1.5);
    QCOMPARE(progress.totalTimeSpentMinutes, 2);
    QCOMPARE(*progress.highestDifficultySolved, Difficulty::Medium);
    QCOMPARE(*progress.currentDifficulty, Difficulty::Medium); // all solved: the highest
    QCOMPARE(progress.experiencePoints, 60 + 40);
    QCOMPARE(progress.firstAttemptAt, 10 * kMinute);
    QCOMPARE(progress.lastActivityAt, 100 * kMinute);
    QCOMPARE(judged->usersProblemsSolved, 3);
    QCOMPARE(judged->experienceEarned, 60);
}

void TestJudge::aSecondSolveEarnsNothing()
{
    History before = history();
    before.events = {submitted("p1", 10 * kMinute, true, 4)};

    const auto judged = judge(input(), problem(), verdict(true, {test("a", Outcome::Match)}), before, {}, ids());

    QVERIFY(judged);
    QVERIFY(!judged->firstSolve);
    QCOMPARE(judged->experienceEarned, 0);
    QCOMPARE(judged->usersProblemsSolved, 1);
}

void TestJudge::theOpenSessionIsCompleted()
{
    History before = history();
    ProblemSessionRow done;
    done.id = "done";
    done.problemId = "p1";
    done.completedAt = 3;
    ProblemSessionRow open;
    open.id = "open";
    open.problemId = "p1";
    open.totalTimeSpentSeconds = 77;
    before.sessions = {done, open};

    const auto judged = judge(input(), problem(), verdict(true, {test("a", Outcome::Match)}), before, {}, ids());

    QVERIFY(judged);
    QCOMPARE(judged->session.id, std::string("open"));
    QCOMPARE(judged->session.totalTimeSpentSeconds, 77);
    QCOMPARE(judged->session.firstQueryAt, std::optional<std::int64_t>(100 * kMinute));
}

void TestJudge::badgesAreEarnedOnce()
{
    content::Badge first;
    first.id = "b1";
    first.name = "First";
    first.criteriaJson = R"({"kind":"problems_solved","count":1})";
    content::Badge second = first;
    second.id = "b2";
    second.criteriaJson = R"({"kind":"problems_solved","count":2})";
    content::Badge had = first;
    had.id = "b3";
    History before = history();
    before.badgeIds = {"b3"};

    const auto judged =
        judge(input(), problem(), verdict(true, {test("a", Outcome::Match)}), before, {first, second, had}, ids());

    QVERIFY(judged);
    QCOMPARE(judged->userBadges.size(), 1u);
    QCOMPARE(judged->userBadges[0].badgeId, std::string("b1"));
    QCOMPARE(judged->userBadges[0].earnedAt, 100 * kMinute);
}

void TestJudge::nothingIsWrittenWithoutAVerdict()
{
    const auto undecided =
        judge(input(), problem(), verdict(false, {test("a", Outcome::Match), test("b", Outcome::Unsupported)}),
              history(), {}, ids());
    History empty;
    const auto unknown = judge(input(), problem(), verdict(true, {test("a", Outcome::Match)}), empty, {}, ids());

    QVERIFY(!undecided);
    QCOMPARE(undecided.error().code, std::string("undecided"));
    QVERIFY(!unknown);
    QCOMPARE(unknown.error().code, std::string("unknown_problem"));
}

void TestJudge::aTestThatCouldNotTellHasNoRow()
{
    const auto judged =
        judge(input(), problem(), verdict(false, {test("a", Outcome::Unsupported), test("b", Outcome::WrongRows)}),
              history(), {}, ids());

    QVERIFY(judged);
    QCOMPARE(judged->executionResults.size(), 1u);
    QCOMPARE(judged->executionResults[0].testCaseId, std::string("b"));
}

void TestJudge::jsonColumnsHaveTheirDocumentedShape_data()
{
    QTest::addColumn<int>("outcome");
    for (int outcome = 0; outcome <= static_cast<int>(Outcome::DependsOnOrder); ++outcome)
        QTest::addRow("outcome %d", outcome) << outcome;
}

void TestJudge::jsonColumnsHaveTheirDocumentedShape()
{
    QFETCH(int, outcome);
    const auto judged =
        judge(input(), problem(),
              verdict(outcome == 0, {test("a", static_cast<Outcome>(outcome)), test("b", Outcome::WrongColumns)}),
              history(), {}, ids());
    QVERIFY(judged);

    const auto check = [](const char *column, const std::string &text) {
        const auto checked = content::checkColumn(column, text);
        QVERIFY2(checked, checked ? "" : checked.error().message.c_str());
    };
    check("result_data", judged->problemSubmission.resultDataJson);
    for (const ExecutionResultRow &row : judged->executionResults) {
        check("validation_details", row.validationDetailsJson);
        if (row.queryResultJson)
            check("query_result", *row.queryResultJson);
    }
}

QTEST_APPLESS_MAIN(TestJudge)
#include "tst_judge.moc"
