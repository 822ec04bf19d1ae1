// Who answers, who confirms, and what is shown meanwhile: with two scripted engines.
#include "session/engine_room.h"

#include <QtTest/QSignalSpy>
#include <QtTest/QtTest>

#include <algorithm>
#include <atomic>
#include <limits>
#include <thread>

using namespace sqlgym;
using grading::Trust;
using sandbox::Status;

namespace {

/// What an engine is to say; shared with the engine's thread.
struct Script {
    Status status = Status::Ok;
    const char *cell = "1";
    std::atomic<int> delayMs{0};
    bool inPieces = false; ///< the row is there twice before the rest of the result
    std::atomic<int> runs{0};
};

using RowsArrived = session::EngineRoom::RowsArrived;

class ScriptedSandbox : public sandbox::Sandbox {
public:
    ScriptedSandbox(std::shared_ptr<Script> script, sandbox::Engine engine, RowsArrived arrived)
        : m_script(std::move(script)), m_engine(engine), m_arrived(std::move(arrived))
    {
    }

    sandbox::Outcome load(const std::string &, const std::string &) override
    {
        sandbox::Outcome outcome;
        outcome.status = Status::Ok;
        return outcome;
    }
    sandbox::Outcome run(const sandbox::Request &, base::CancelToken &cancel) override
    {
        ++m_script->runs;
        sandbox::Outcome outcome;
        outcome.by = m_engine;
        if (m_script->inPieces) {
            sandbox::ResultTable table;
            table.columns = {{"n", "int4"}};
            table.append(std::string_view(m_script->cell));
            m_arrived(table);
            m_arrived(table);
        }
        const auto end = std::chrono::steady_clock::now() + std::chrono::milliseconds(m_script->delayMs);
        while (std::chrono::steady_clock::now() < end) {
            if (cancel.cancelled()) {
                outcome.status = Status::Cancelled;
                return outcome;
            }
            std::this_thread::sleep_for(std::chrono::milliseconds(2));
        }
        outcome.status = m_script->status;
        if (outcome.status == Status::Ok) {
            outcome.table.columns = {{"n", "int4"}};
            outcome.table.append(std::string_view(m_script->cell));
        }
        if (outcome.status == Status::Unsupported)
            outcome.feature = "recursion into the moon";
        return outcome;
    }

private:
    std::shared_ptr<Script> m_script;
    sandbox::Engine m_engine;
    RowsArrived m_arrived;
};

session::ProblemPtr problem(const char *id = "p")
{
    content::Problem made;
    made.id = id;
    content::TestCase test;
    test.id = "t";
    test.name = "the only one";
    test.expected.columns = {{"n", "int4", ""}};
    test.expected.rows = {{"1"}};
    made.tests = {test};
    return std::make_shared<content::Problem>(std::move(made));
}

} // namespace

class TestEngineRoom : public QObject {
    Q_OBJECT
private slots:
    void init();
    void cleanup() { m_room.reset(); }
    void agreeingInTimeIsConfirmed();
    void slowConfirmationIsProvisionalFirst();
    void leavingKeepsTheConfirmation();
    void workingOnKeepsTheConfirmation();
    void checkingAgainMakesTheOldConfirmationVoid();
    void leavingARunEndsIt();
    void submissionsWaitForTheLastWord();
    void cancellingAConfirmationShowsWhatIsKnown();
    void postgresWinsAndTheCaseIsKept();
    void declinedRunsGoToPostgresAndSayWhy();
    void declinedWithoutPostgresStaysDeclined();
    void whatPostgresRefusesTooIsItsWord();
    void aBrokenPostgresLeavesTheDecline();
    void declinedChecksAreDecidedByPostgres();
    void exactModeOffAsksNobodyElse();
    void postgresFirstAsksTheEmbeddedOneNothing();
    void cancelEndsARunSoon();
    void aNewRunReplacesTheOldOne();
    void firstRowsComeBeforeTheRest();
    void checksShowNoFirstRows();

private:
    session::VerdictPtr waitForVerdict(QSignalSpy &spy)
    {
        if (spy.isEmpty() && !spy.wait(10'000))
            return nullptr;
        return spy.takeFirst().at(1).value<session::VerdictPtr>();
    }

    std::shared_ptr<Script> m_embedded;
    std::shared_ptr<Script> m_postgres;
    std::unique_ptr<session::EngineRoom> m_room;
};

void TestEngineRoom::init()
{
    qRegisterMetaType<session::VerdictPtr>();
    qRegisterMetaType<session::OutcomePtr>();
    m_embedded = std::make_shared<Script>();
    m_postgres = std::make_shared<Script>();
    m_room = std::make_unique<session::EngineRoom>(
        [s = m_embedded](RowsArrived arrived) {
            return std::make_unique<ScriptedSandbox>(s, sandbox::Engine::Embedded, std::move(arrived));
        },
        [s = m_postgres](RowsArrived arrived) {
            return std::make_unique<ScriptedSandbox>(s, sandbox::Engine::Postgres, std::move(arrived));
        });
}

void TestEngineRoom::agreeingInTimeIsConfirmed()
{
    QSignalSpy verdicts(m_room.get(), &session::EngineRoom::verdict);
    QSignalSpy later(m_room.get(), &session::EngineRoom::confirmed);

    m_room->check(problem(), "SELECT 1");
    const auto verdict = waitForVerdict(verdicts);

    QVERIFY(verdict && verdict->correct);
    QCOMPARE(verdict->trust, Trust::Confirmed);
    QVERIFY(!m_room->busy());
    QCOMPARE(later.count(), 0);
}

void TestEngineRoom::slowConfirmationIsProvisionalFirst()
{
    // 250 ms is how long a verdict waits for the second word. What the machine adds, busy with something else, it does
    // not add every time.
    constexpr int kPatienceMs = 250, kLateMs = 60 * SQLGYM_PACE;
    m_postgres->delayMs = 1500;
    qint64 soonest = std::numeric_limits<qint64>::max();
    for (int round = 0; round < 6 && soonest >= kPatienceMs + kLateMs; ++round) {
        QSignalSpy verdicts(m_room.get(), &session::EngineRoom::verdict);
        QSignalSpy later(m_room.get(), &session::EngineRoom::confirmed);
        QElapsedTimer clock;
        clock.start();

        m_room->check(problem(), "SELECT 1");
        const auto first = waitForVerdict(verdicts);
        const auto shownAfter = clock.elapsed();
        const bool alone = later.isEmpty();
        const auto second = waitForVerdict(later);

        QVERIFY(first && second);
        QCOMPARE(first->trust, Trust::Provisional);
        QVERIFY(alone);
        QCOMPARE(second->trust, Trust::Confirmed);
        QVERIFY2(shownAfter >= kPatienceMs * 95 / 100, qPrintable(QString::number(shownAfter))); // QTimer is 5 % coarse
        soonest = std::min(soonest, shownAfter);
    }
    QVERIFY2(soonest < kPatienceMs + kLateMs, qPrintable(QString::number(soonest)));
}

void TestEngineRoom::leavingKeepsTheConfirmation()
{
    m_postgres->delayMs = 600;
    QSignalSpy verdicts(m_room.get(), &session::EngineRoom::verdict);
    QSignalSpy later(m_room.get(), &session::EngineRoom::confirmed);
    const auto job = m_room->check(problem(), "SELECT 1");
    QTRY_VERIFY(m_postgres->runs.load() == 1);

    m_room->leave();
    const auto first = waitForVerdict(verdicts);
    QTRY_COMPARE_WITH_TIMEOUT(later.count(), 1, 10'000);

    QCOMPARE(first->trust, Trust::Provisional);
    QVERIFY(!m_room->busy());
    QCOMPARE(later.first().at(0).value<session::JobId>(), job);
    QCOMPARE(later.first().at(1).value<session::VerdictPtr>()->trust, Trust::Confirmed);
}

void TestEngineRoom::workingOnKeepsTheConfirmation()
{
    m_postgres->delayMs = 900;
    m_postgres->cell = "2";
    QSignalSpy verdicts(m_room.get(), &session::EngineRoom::verdict);
    QSignalSpy later(m_room.get(), &session::EngineRoom::confirmed);
    const auto job = m_room->check(problem(), "SELECT 1");
    QVERIFY(waitForVerdict(verdicts));

    m_room->leave();
    m_room->run(problem("another"), "SELECT 2");
    m_room->cancel();
    QTRY_COMPARE_WITH_TIMEOUT(later.count(), 1, 10'000);

    QCOMPARE(later.first().at(0).value<session::JobId>(), job);
    QCOMPARE(later.first().at(1).value<session::VerdictPtr>()->trust, Trust::Contradicted);
    QVERIFY(!later.first().at(2).toByteArray().isEmpty());
}

void TestEngineRoom::checkingAgainMakesTheOldConfirmationVoid()
{
    m_postgres->delayMs = 900;
    QSignalSpy verdicts(m_room.get(), &session::EngineRoom::verdict);
    QSignalSpy later(m_room.get(), &session::EngineRoom::confirmed);
    m_room->check(problem(), "SELECT 1");
    QVERIFY(waitForVerdict(verdicts));

    const auto job = m_room->check(problem(), "SELECT 1");
    QTRY_COMPARE_WITH_TIMEOUT(later.count(), 1, 10'000);
    QTest::qWait(50);

    QCOMPARE(later.count(), 1);
    QCOMPARE(later.first().at(0).value<session::JobId>(), job);
}

void TestEngineRoom::leavingARunEndsIt()
{
    m_embedded->delayMs = 60'000;
    QSignalSpy outcomes(m_room.get(), &session::EngineRoom::outcome);
    m_room->run(problem(), "SELECT 1");
    QTRY_VERIFY(m_embedded->runs.load() == 1);

    m_room->leave();
    QTRY_COMPARE_WITH_TIMEOUT(outcomes.count(), 1, 2'000);

    QCOMPARE(outcomes.first().at(1).value<session::OutcomePtr>()->status, Status::Cancelled);
}

void TestEngineRoom::submissionsWaitForTheLastWord()
{
    m_postgres->delayMs = 700;
    QSignalSpy verdicts(m_room.get(), &session::EngineRoom::verdict);

    m_room->check(problem(), "SELECT 1", session::EngineRoom::Waiting::UntilConfirmed);
    const auto verdict = waitForVerdict(verdicts);

    QVERIFY(verdict);
    QCOMPARE(verdict->trust, Trust::Confirmed);
}

void TestEngineRoom::cancellingAConfirmationShowsWhatIsKnown()
{
    m_postgres->delayMs = 60'000;
    QSignalSpy verdicts(m_room.get(), &session::EngineRoom::verdict);
    m_room->check(problem(), "SELECT 1", session::EngineRoom::Waiting::UntilConfirmed);
    QTRY_VERIFY(m_postgres->runs.load() == 1);

    m_room->cancel();
    const auto verdict = waitForVerdict(verdicts);

    QVERIFY(verdict && verdict->correct);
    QCOMPARE(verdict->trust, Trust::Embedded);
    QVERIFY(!m_room->busy());
}

void TestEngineRoom::postgresWinsAndTheCaseIsKept()
{
    m_postgres->cell = "2";
    QSignalSpy verdicts(m_room.get(), &session::EngineRoom::verdict);
    QSignalSpy later(m_room.get(), &session::EngineRoom::confirmed);

    m_room->check(problem(), "SELECT 1");
    const auto verdict = waitForVerdict(verdicts);

    QVERIFY(verdict && !verdict->correct);
    QCOMPARE(verdict->trust, Trust::Contradicted);
    QTRY_COMPARE(later.count(), 1);
    const auto kept = later.first().at(2).toByteArray();
    QVERIFY(kept.contains("\"embedded\"") && kept.contains("\"postgres\"") && kept.contains("SELECT 1"));
}

void TestEngineRoom::declinedRunsGoToPostgresAndSayWhy()
{
    m_embedded->status = Status::Unsupported;
    QSignalSpy outcomes(m_room.get(), &session::EngineRoom::outcome);

    m_room->run(problem(), "SELECT 1");
    QTRY_COMPARE_WITH_TIMEOUT(outcomes.count(), 1, 10'000);

    const auto outcome = outcomes.first().at(1).value<session::OutcomePtr>();
    QCOMPARE(outcome->status, Status::Ok);
    QCOMPARE(outcome->by, sandbox::Engine::Postgres);
    QCOMPARE(outcome->feature, std::string("recursion into the moon"));
}

void TestEngineRoom::declinedWithoutPostgresStaysDeclined()
{
    m_embedded->status = Status::Unsupported;
    m_room->setExactMode(false);
    QSignalSpy outcomes(m_room.get(), &session::EngineRoom::outcome);

    m_room->run(problem(), "SELECT 1");
    QTRY_COMPARE_WITH_TIMEOUT(outcomes.count(), 1, 10'000);

    const auto outcome = outcomes.first().at(1).value<session::OutcomePtr>();
    QCOMPARE(outcome->status, Status::Unsupported);
    QVERIFY(outcome->diagnostic.message.find("preferences") !=
            std::string::npos); // PostgreSQL is there, but switched off
    QCOMPARE(m_postgres->runs.load(), 0);
}

void TestEngineRoom::whatPostgresRefusesTooIsItsWord()
{
    m_embedded->status = Status::Unsupported;
    m_postgres->status = Status::Unsupported;
    QSignalSpy outcomes(m_room.get(), &session::EngineRoom::outcome);

    m_room->run(problem(), "SELECT 1");
    QTRY_COMPARE_WITH_TIMEOUT(outcomes.count(), 1, 10'000);

    const auto outcome = outcomes.first().at(1).value<session::OutcomePtr>();
    QCOMPARE(outcome->status, Status::Unsupported);
    QCOMPARE(outcome->by, sandbox::Engine::Postgres);
}

void TestEngineRoom::aBrokenPostgresLeavesTheDecline()
{
    m_embedded->status = Status::Unsupported;
    m_postgres->status = Status::Failed;
    QSignalSpy outcomes(m_room.get(), &session::EngineRoom::outcome);

    m_room->run(problem(), "SELECT 1");
    QTRY_COMPARE_WITH_TIMEOUT(outcomes.count(), 1, 10'000);

    const auto outcome = outcomes.first().at(1).value<session::OutcomePtr>();
    QCOMPARE(outcome->status, Status::Unsupported);
    QCOMPARE(outcome->feature, std::string("recursion into the moon"));
}

void TestEngineRoom::declinedChecksAreDecidedByPostgres()
{
    m_embedded->status = Status::Unsupported;
    m_postgres->delayMs = 600; // longer than the patience: without a first verdict there is nothing to show before
    QSignalSpy verdicts(m_room.get(), &session::EngineRoom::verdict);

    m_room->check(problem(), "SELECT 1");
    const auto verdict = waitForVerdict(verdicts);

    QVERIFY(verdict && verdict->correct);
    QCOMPARE(verdict->trust, Trust::Confirmed);
    QCOMPARE(verdict->tests.front().by, sandbox::Engine::Postgres);
}

void TestEngineRoom::exactModeOffAsksNobodyElse()
{
    m_room->setExactMode(false);
    QSignalSpy verdicts(m_room.get(), &session::EngineRoom::verdict);

    m_room->check(problem(), "SELECT 1");
    const auto verdict = waitForVerdict(verdicts);

    QVERIFY(verdict && verdict->correct);
    QCOMPARE(verdict->trust, Trust::Embedded);
    QCOMPARE(m_postgres->runs.load(), 0);
}

void TestEngineRoom::postgresFirstAsksTheEmbeddedOneNothing()
{
    m_room->setPostgresFirst(true);
    QSignalSpy verdicts(m_room.get(), &session::EngineRoom::verdict);

    m_room->check(problem(), "SELECT 1");
    const auto verdict = waitForVerdict(verdicts);

    QVERIFY(verdict && verdict->correct);
    QCOMPARE(verdict->trust, Trust::Confirmed);
    QCOMPARE(m_embedded->runs.load(), 0);
}

void TestEngineRoom::cancelEndsARunSoon()
{
    m_embedded->delayMs = 60'000;
    QSignalSpy outcomes(m_room.get(), &session::EngineRoom::outcome);
    m_room->run(problem(), "SELECT 1");
    QTRY_VERIFY(m_embedded->runs.load() == 1);

    m_room->cancel();
    QTRY_COMPARE_WITH_TIMEOUT(outcomes.count(), 1, 2'000);

    QCOMPARE(outcomes.first().at(1).value<session::OutcomePtr>()->status, Status::Cancelled);
    QVERIFY(!m_room->busy());
}

void TestEngineRoom::aNewRunReplacesTheOldOne()
{
    m_embedded->delayMs = 300;
    QSignalSpy outcomes(m_room.get(), &session::EngineRoom::outcome);
    m_room->run(problem(), "SELECT 1");
    QTRY_VERIFY(m_embedded->runs.load() == 1);

    const auto job = m_room->run(problem(), "SELECT 1");
    QTRY_COMPARE_WITH_TIMEOUT(outcomes.count(), 1, 10'000);
    QTest::qWait(100);

    QCOMPARE(outcomes.count(), 1); // the first one's answer is nobody's any more
    QCOMPARE(outcomes.first().at(0).value<session::JobId>(), job);
    QCOMPARE(outcomes.first().at(1).value<session::OutcomePtr>()->status, Status::Ok);
}

void TestEngineRoom::firstRowsComeBeforeTheRest()
{
    m_embedded->inPieces = true;
    m_embedded->delayMs = 300;
    QSignalSpy first(m_room.get(), &session::EngineRoom::firstRows);
    QSignalSpy outcomes(m_room.get(), &session::EngineRoom::outcome);

    const auto job = m_room->run(problem(), "SELECT 1");

    QTRY_COMPARE(first.count(), 1);
    QCOMPARE(outcomes.count(), 0);
    QCOMPARE(first.first().at(0).value<session::JobId>(), job);
    QCOMPARE(first.first().at(1).value<session::FirstRowsPtr>()->rowCount(), std::size_t{1});
    QTRY_COMPARE(outcomes.count(), 1);
    QCOMPARE(first.count(), 1); // once a run
    m_room->run(problem(), "SELECT 1");
    QTRY_COMPARE(first.count(), 2);
}

void TestEngineRoom::checksShowNoFirstRows()
{
    m_embedded->inPieces = true;
    QSignalSpy first(m_room.get(), &session::EngineRoom::firstRows);
    QSignalSpy verdicts(m_room.get(), &session::EngineRoom::verdict);

    m_room->check(problem(), "SELECT 1");

    QVERIFY(waitForVerdict(verdicts));
    QCOMPARE(first.count(), 0);
}

QTEST_GUILESS_MAIN(TestEngineRoom)
#include "tst_engine_room.moc"
