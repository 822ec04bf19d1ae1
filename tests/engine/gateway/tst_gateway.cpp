// Straight to a server: sessions, refusals, servers of other versions, that go and come back, or take no writes.
#include "../server/server_with_pack.h"
#include "client/account.h"
#include "client/standing.h"
#include "client/submission.h"
#include "gateway/libpq_gateway.h"
#include "real_server.h"

#include <QtTest>

using namespace sqlgym;
using client::Trouble;

namespace {

const base::Secret &password()
{
    static const base::Secret secret("correct horse");
    return secret;
}

} // namespace

class TestGateway : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void cleanupTestCase() { m_server.reset(); }
    void aSessionIsMadeUsedAndEnded();
    void wrongPasswordsAndTakenNamesAreAnswers();
    void refusalsSayWhatToDo();
    void tooManyIsSaidSo();
    void handingInTwiceIsOnce();
    void aVerdictIsWaitedFor();
    void hiddenTestsSayNothingOfTheirRows();
    void aSessionThatEndsMeanwhileIsTold();
    void standingAddsUp();
    void rolesSettingsDoNotCount();
    void aServerThatGoesComesBackWithTheSession();
    void endlessAnswersAreCutOff();
    void otherVersionsAreTold_data();
    void otherVersionsAreTold();
    void aNewerServerMayServeUs();
    void theServerTells();
    void whatIsNoServerIsTold_data();
    void whatIsNoServerIsTold();
    void waitingCanBeCancelled();
    void aStandbyTakesNoWrites();

private:
    static void serveFrom(server::Session &admin, int oldest);
    std::unique_ptr<client::Gateway> open()
    {
        auto gateway = gateway::open(m_server->socketDsn());
        tests::require(static_cast<bool>(gateway), gateway ? "" : gateway.error().message);
        return std::move(*gateway);
    }
    std::unique_ptr<client::Gateway> openAs(const std::string &name)
    {
        auto gateway = open();
        m_server->forgetAttempts();
        auto token = client::signUp(*gateway, name, name + "@example.org", password());
        tests::require(static_cast<bool>(token), token ? "" : token.error().message);
        tests::require(static_cast<bool>(gateway->useToken(std::move(*token))), "useToken");
        return gateway;
    }
    void judge(const std::string &id, bool correct, const std::string &resultData)
    {
        auto admin = m_server->admin();
        const auto done =
            tests::asked(admin,
                         "WITH told AS (UPDATE problem_submissions SET status = 'completed', result_data = $2::jsonb, "
                         "execution_time_ms = 7, completed_at = now() WHERE id = $1 RETURNING *) "
                         "INSERT INTO submissions (id, user_id, problem_id, query, is_correct) "
                         "SELECT id, user_id, problem_id, sql_query, $3::boolean FROM told",
                         {id, resultData, correct ? "t" : "f"});
        QCOMPARE(done, std::string());
    }

    std::unique_ptr<tests::RealServer> m_server;
    std::string m_problem;
};

void TestGateway::initTestCase()
{
    m_server = std::make_unique<tests::RealServer>();
    m_server->start();
    const auto pack = tests::deployWithPack(*m_server);
    m_problem = pack.problems[0].id;
}

void TestGateway::aSessionIsMadeUsedAndEnded()
{
    auto gateway = open();
    auto token = client::signUp(*gateway, "ann", "ann@example.org", password());
    QVERIFY2(token, token ? "" : token.error().message.c_str());
    QCOMPARE(token->size(), 64u);
    QCOMPARE(client::troubleOf(client::myAccount(*gateway).error()), Trouble::SignedOut);

    QVERIFY(gateway->useToken(std::move(*token)));
    const auto account = client::myAccount(*gateway);
    QVERIFY(account);
    QCOMPARE(account->username, std::string("ann"));
    QCOMPARE(account->admin, false);

    QVERIFY(client::signOut(*gateway));
    QCOMPARE(client::troubleOf(client::myAccount(*gateway).error()), Trouble::SignedOut);
    QCOMPARE((*gateway->call("SELECT current_setting('sqlgym.token', true)"))[0][0].value_or("none"), std::string());
    auto again = client::signIn(*gateway, "ANN", password());
    QVERIFY(again && *again);
}

void TestGateway::wrongPasswordsAndTakenNamesAreAnswers()
{
    auto gateway = open();

    const auto wrong = client::signIn(*gateway, "ann", base::Secret("wrong horse"));
    const auto unknown = client::signIn(*gateway, "nobody", base::Secret("wrong horse"));
    const auto taken = client::signUp(*gateway, "Ann", "x@example.org", password());

    QVERIFY(wrong && !*wrong);
    QVERIFY(unknown && !*unknown);
    QVERIFY(!taken);
    QCOMPARE(client::troubleOf(taken.error()), Trouble::Refused);
    QCOMPARE(taken.error().message, std::string("This user name is taken. Take another one."));
    QVERIFY(!taken.error().transient);
}

void TestGateway::refusalsSayWhatToDo()
{
    auto nobody = open();
    auto bob = openAs("bob");

    const auto signedOut = client::submit(*nobody, tests::uuid(1), m_problem, "SELECT 1");
    const auto noProblem = client::submit(*bob, tests::uuid(1), "no-such-problem", "SELECT 1");
    const auto empty = client::submit(*bob, tests::uuid(1), m_problem, "  ");
    const auto tooLong = client::submit(*bob, tests::uuid(1), m_problem, std::string(20'001, 'x'));
    const auto nul = client::submit(*bob, tests::uuid(1), m_problem, std::string("SELECT\0 1", 9));

    QCOMPARE(client::troubleOf(signedOut.error()), Trouble::SignedOut);
    for (const auto *each : {&noProblem, &empty, &tooLong, &nul}) {
        QVERIFY(!*each);
        QCOMPARE(client::troubleOf(each->error()), Trouble::Refused);
        QVERIFY(!each->error().transient);
    }
    QVERIFY(tooLong.error().message.find("20,000 bytes") != std::string::npos);
}

void TestGateway::tooManyIsSaidSo()
{
    auto gateway = openAs("hasty");
    base::Result<void> last;
    for (int number = 0; last && number < 40; ++number)
        last = client::submit(*gateway, tests::uuid(1000 + number), m_problem, "SELECT 1");

    QVERIFY(!last);
    QCOMPARE(client::troubleOf(last.error()), Trouble::RateLimited);
    QVERIFY(last.error().transient);
}

void TestGateway::handingInTwiceIsOnce()
{
    auto gateway = openAs("cleo");
    for (int times = 0; times < 10; ++times)
        QVERIFY(client::submit(*gateway, tests::uuid(2), m_problem, "SELECT 'once'"));

    const auto other = client::submit(*gateway, tests::uuid(2), m_problem, "SELECT 'other'");

    QCOMPARE(client::troubleOf(other.error()), Trouble::Refused);
    auto admin = m_server->admin();
    QCOMPARE(tests::asked(admin, "SELECT count(*) FROM fallback_submissions WHERE job_id = $1", {tests::uuid(2)}),
             std::string("1"));
}

void TestGateway::aVerdictIsWaitedFor()
{
    auto gateway = openAs("dora");
    QVERIFY(client::submit(*gateway, tests::uuid(3), m_problem, "SELECT 1"));
    base::CancelToken cancel;
    auto pending = client::awaitJudgement(*gateway, tests::uuid(3), 300, cancel);
    QVERIFY(pending);
    QCOMPARE(pending->status, std::string("pending"));

    std::thread judging([this] {
        usleep(400'000);
        judge(
            tests::uuid(3), false,
            R"({"correct":false,"sentence":"Fails.","tests":[{"name":"one","hidden":false,"outcome":"wrong_rows","sentence":"2 rows are missing."}]})");
    });
    const auto verdict = client::awaitJudgement(*gateway, tests::uuid(3), 20'000, cancel);
    judging.join();

    QVERIFY(verdict);
    QVERIFY(verdict->judged && !verdict->correct);
    QCOMPARE(verdict->sentence, std::string("Fails."));
    QCOMPARE(verdict->tests.size(), 1u);
    QCOMPARE(verdict->tests[0].sentence, std::string("2 rows are missing."));
    QCOMPARE(verdict->elapsedMs.value_or(0), 7);
    auto bob = openAs("dieter");
    QCOMPARE(client::troubleOf(client::judgement(*bob, tests::uuid(3)).error()), Trouble::Refused);
}

void TestGateway::hiddenTestsSayNothingOfTheirRows()
{
    auto gateway = openAs("eve");
    QVERIFY(client::submit(*gateway, tests::uuid(4), m_problem, "SELECT 1"));
    judge(
        tests::uuid(4), false,
        R"({"correct":false,"sentence":"Fails \u001b[31mtest\u202e 2.","tests":[{"name":"h","hidden":true,"outcome":"error","sentence":"invalid input: \"TOPSECRET\""}]})");

    const auto verdict = client::judgement(*gateway, tests::uuid(4));

    QVERIFY(verdict);
    QVERIFY(verdict->tests[0].hidden);
    QVERIFY(verdict->tests[0].sentence.find("TOPSECRET") == std::string::npos);
    QVERIFY(verdict->sentence.find('\x1b') == std::string::npos);
    QVERIFY(verdict->sentence.find("\xe2\x80\xae") == std::string::npos);
}

void TestGateway::aSessionThatEndsMeanwhileIsTold()
{
    auto gateway = openAs("leo");
    QVERIFY(client::submit(*gateway, tests::uuid(7), m_problem, "SELECT 1"));
    auto admin = m_server->admin();
    tests::asked(admin, "UPDATE private.sessions SET expires_at = now() - interval '1 second'");
    base::CancelToken cancel;

    const auto verdict = client::awaitJudgement(*gateway, tests::uuid(7), 60'000, cancel);

    QVERIFY(!verdict);
    QCOMPARE(client::troubleOf(verdict.error()), Trouble::SignedOut);
}

void TestGateway::standingAddsUp()
{
    auto gateway = openAs("fay");
    auto admin = m_server->admin();
    const std::string fay = tests::asked(admin, "SELECT id FROM users WHERE username = 'fay'");
    const auto before = client::standing(*gateway);
    QVERIFY2(before, before ? "" : before.error().message.c_str());
    QCOMPARE(before->points, 0);
    QCOMPARE(before->streak, 0);
    QVERIFY(before->topics.size() >= 4 && before->badges.size() >= 1);
    // Today, yesterday and the day before; a longer run long ago.
    for (const int ago : {0, 1, 2, 10, 11, 12, 13, 14})
        tests::asked(admin,
                     "INSERT INTO submissions (id, user_id, problem_id, query, is_correct, submitted_at) VALUES "
                     "(gen_random_uuid(), $1, $2, 'x', true, (now() AT TIME ZONE 'UTC')::date - $3::integer)",
                     {fay, m_problem, std::to_string(ago)});
    tests::asked(
        admin,
        "INSERT INTO user_progress (id, user_id, topic_id, problems_attempted, problems_solved, experience_points) "
        "SELECT gen_random_uuid(), $1, topic_id, 2, 1, 30 FROM problems WHERE id = $2",
        {fay, m_problem});
    tests::asked(admin,
                 "INSERT INTO user_badges (id, user_id, badge_id) SELECT gen_random_uuid(), $1, min(id) FROM badges",
                 {fay});

    const auto after = client::standing(*gateway);

    QVERIFY(after);
    QCOMPARE(after->streak, 3);
    QCOMPARE(after->longestStreak, 5);
    const std::string badge = tests::asked(admin, "SELECT points_reward FROM badges ORDER BY id LIMIT 1");
    QCOMPARE(after->points, 30 + std::atoi(badge.c_str()));
    QCOMPARE(client::standing(*openAs("gus"))->points, 0);
}

void TestGateway::rolesSettingsDoNotCount()
{
    auto admin = m_server->admin();
    tests::asked(admin, "ALTER ROLE sqlgym_client SET default_transaction_read_only = on");
    tests::asked(admin, "ALTER ROLE sqlgym_client SET row_security = off");
    tests::asked(admin, "ALTER ROLE sqlgym_client SET statement_timeout = 1");
    tests::asked(admin, "ALTER ROLE sqlgym_client SET search_path = nowhere");

    auto gateway = openAs("hal");
    const auto done = client::submit(*gateway, tests::uuid(5), m_problem, "SELECT 1");

    for (const char *name : {"default_transaction_read_only", "row_security", "statement_timeout", "search_path"})
        tests::asked(admin, std::string("ALTER ROLE sqlgym_client RESET ") + name);
    QVERIFY2(done, done ? "" : done.error().message.c_str());
}

void TestGateway::aServerThatGoesComesBackWithTheSession()
{
    auto gateway = openAs("ida");
    m_server->start();

    const auto broken = client::myAccount(*gateway);
    const auto again = client::myAccount(*gateway);
    m_server->stop();
    (void)client::myAccount(*gateway); // finds out
    const auto down = client::myAccount(*gateway);
    m_server->start();

    QVERIFY(!broken);
    QCOMPARE(client::troubleOf(broken.error()), Trouble::Offline);
    QVERIFY(broken.error().transient);
    QVERIFY2(again, again ? "" : again.error().message.c_str());
    QCOMPARE(again->username, std::string("ida"));
    QVERIFY(!down);
    QCOMPARE(client::troubleOf(down.error()), Trouble::Offline);
    const auto back = client::myAccount(*gateway);
    QVERIFY2(back, back ? "" : back.error().message.c_str());
}

void TestGateway::endlessAnswersAreCutOff()
{
    auto gateway = openAs("max");

    const auto long1 = gateway->call("SELECT repeat('x', 1000000) FROM generate_series(1, 1000000)");
    const auto many = gateway->call("SELECT generate_series(1, 100000000)");
    const auto enough = gateway->call("SELECT repeat('x', 1000) FROM generate_series(1, 20000)");

    QCOMPARE(client::troubleOf(long1.error()), Trouble::Failed);
    QCOMPARE(client::troubleOf(many.error()), Trouble::Failed);
    QVERIFY(enough);
    QCOMPARE(enough->size(), 20'000u);
    QCOMPARE(enough->back()[0].value_or("").size(), 1'000u);
    QCOMPARE(client::myAccount(*gateway)->username, std::string("max"));
}

/// The server serves programs from version `oldest` on.
void TestGateway::serveFrom(server::Session &admin, int oldest)
{
    tests::asked(admin, "CREATE OR REPLACE FUNCTION api.oldest_client() RETURNS integer LANGUAGE sql IMMUTABLE "
                        "SET search_path = '' AS 'SELECT " +
                            std::to_string(oldest) + "'");
}

void TestGateway::otherVersionsAreTold_data()
{
    QTest::addColumn<int>("version");
    QTest::addColumn<int>("trouble");
    QTest::newRow("older") << gateway::kOldestSchema - 1 << static_cast<int>(Trouble::OlderServer);
    QTest::newRow("newer") << gateway::kNewestSchema + 1 << static_cast<int>(Trouble::NewerServer);
}

void TestGateway::otherVersionsAreTold()
{
    QFETCH(int, version);
    QFETCH(int, trouble);
    auto admin = m_server->admin();
    tests::asked(admin, "CREATE TABLE private.kept AS SELECT * FROM private.migrations");
    tests::asked(admin, "DELETE FROM private.migrations WHERE number > $1", {std::to_string(version)});
    tests::asked(admin,
                 "INSERT INTO private.migrations (number, name, sha256) VALUES ($1, 'x', 'x') ON CONFLICT DO NOTHING",
                 {std::to_string(version)});
    serveFrom(admin, version);

    const auto gateway = gateway::open(m_server->socketDsn());

    serveFrom(admin, gateway::kNewestSchema);

    tests::asked(admin, "TRUNCATE private.migrations");
    tests::asked(admin, "INSERT INTO private.migrations SELECT * FROM private.kept");
    tests::asked(admin, "DROP TABLE private.kept");
    QVERIFY(!gateway);
    QCOMPARE(static_cast<int>(client::troubleOf(gateway.error())), trouble);
    QVERIFY(!gateway.error().transient);
    QVERIFY(gateway.error().message.find(std::to_string(version)) != std::string::npos);
}

/// A later server that vouches for programs of this version is as good as one of this version.
void TestGateway::aNewerServerMayServeUs()
{
    auto admin = m_server->admin();
    const std::string next = std::to_string(gateway::kNewestSchema + 1);
    tests::asked(admin, "INSERT INTO private.migrations (number, name, sha256) VALUES ($1, 'x', 'x')", {next});
    const auto withOldest = [&](int oldest) {
        serveFrom(admin, oldest);
        return gateway::open(m_server->socketDsn());
    };

    const auto served = withOldest(gateway::kNewestSchema);
    const auto left = withOldest(gateway::kNewestSchema + 1);

    tests::asked(admin, "DELETE FROM private.migrations WHERE number = $1", {next});
    serveFrom(admin, gateway::kNewestSchema);
    QVERIFY2(served, served ? "" : served.error().message.c_str());
    QCOMPARE((*served)->schemaVersion(), gateway::kNewestSchema + 1);
    QVERIFY(!left);
    QCOMPARE(client::troubleOf(left.error()), Trouble::NewerServer);
}

void TestGateway::theServerTells()
{
    using Notice = client::Gateway::Notice;
    auto gateway = openAs("told_tom");
    auto other = openAs("other_olga");
    auto admin = m_server->admin();
    const auto change = [&](const char *user) {
        tests::asked(admin,
                     "INSERT INTO private.changes (reader, relation, keys, size) SELECT id, 'submissions', '{x}', 1 "
                     "FROM users WHERE username = $1",
                     {user});
    };

    const Notice begun = gateway->awaitNotice(0);
    const Notice nothing = gateway->awaitNotice(200);
    change("other_olga");
    const Notice others = gateway->awaitNotice(200);
    change("told_tom");
    QElapsedTimer time;
    time.start();
    const Notice own = gateway->awaitNotice(10'000);
    const qint64 within = time.elapsed();

    QCOMPARE(begun, Notice::Came);
    QCOMPARE(nothing, Notice::None);
    QCOMPARE(others, Notice::None);
    QCOMPARE(own, Notice::Came);
    QVERIFY(within < 1000);
    const auto one = gateway->call("SELECT api.my_channel()");
    const auto two = other->call("SELECT api.my_channel()");
    QVERIFY(one && two && (*one)[0][0] != (*two)[0][0]);
    QCOMPARE((*one)[0][0].value_or("").size(), 47u);
}

void TestGateway::whatIsNoServerIsTold_data()
{
    QTest::addColumn<QString>("database");
    QTest::addColumn<QString>("user");
    QTest::addColumn<int>("trouble");
    QTest::newRow("another database") << "postgres"
                                      << "sqlgym_admin" << static_cast<int>(Trouble::NotAServer);
    QTest::newRow("no such database") << "nowhere"
                                      << "sqlgym_client" << static_cast<int>(Trouble::NotAServer);
    QTest::newRow("no such role") << "gym"
                                  << "stranger" << static_cast<int>(Trouble::Refused);
}

void TestGateway::whatIsNoServerIsTold()
{
    QFETCH(QString, database);
    QFETCH(QString, user);
    QFETCH(int, trouble);

    const auto gateway =
        gateway::open("host=" + m_server->socketFolder() + " port=" + std::to_string(m_server->port()) +
                      " dbname=" + database.toStdString() + " user=" + user.toStdString());

    QVERIFY(!gateway);
    QCOMPARE(static_cast<int>(client::troubleOf(gateway.error())), trouble);
}

void TestGateway::waitingCanBeCancelled()
{
    tests::Listener silent("");
    base::CancelToken cancel;
    std::thread cancelling([&cancel] {
        usleep(200'000);
        cancel.cancel();
    });
    QElapsedTimer timer;
    timer.start();

    const auto gateway =
        gateway::open("host=127.0.0.1 dbname=gym port=" + std::to_string(silent.port()), {.cancel = &cancel});

    cancelling.join();
    QVERIFY(!gateway);
    QCOMPARE(client::troubleOf(gateway.error()), Trouble::Cancelled);
    QVERIFY(timer.elapsed() < 3'000 * SQLGYM_PACE);
}

void TestGateway::aStandbyTakesNoWrites()
{
    auto gateway = openAs("kim");
    m_server->becomeStandby();
    m_server->start({"hot_standby=on"});

    (void)client::myAccount(*gateway); // finds out
    const auto call = client::submit(*gateway, tests::uuid(6), m_problem, "SELECT 1");
    auto reader = gateway::open(m_server->socketDsn() + " target_session_attrs=any");

    QVERIFY(!call);
    QVERIFY2(client::troubleOf(call.error()) == Trouble::ReadOnly, call.error().message.c_str());
    QVERIFY(call.error().transient);
    // BEGIN READ WRITE is refused by a standby.
    QVERIFY(!reader);
    QCOMPARE(client::troubleOf(reader.error()), Trouble::ReadOnly);
}

QTEST_APPLESS_MAIN(TestGateway)
#include "tst_gateway.moc"
