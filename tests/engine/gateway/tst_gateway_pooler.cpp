// Through a real PgBouncer in transaction mode, with one connection for everybody.
#include "../server/server_with_pack.h"
#include "client/account.h"
#include "client/submission.h"
#include "gateway/libpq_gateway.h"
#include "pooler.h"

#include <QtTest>

using namespace sqlgym;
using client::Trouble;

namespace {

std::string cell(const base::Result<client::Rows> &rows)
{
    return !rows ? "!" + rows.error().message : rows->empty() ? "no row" : (*rows)[0][0].value_or("NULL");
}

} // namespace

class TestGatewayPooler : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void cleanupTestCase()
    {
        m_pooler.reset();
        m_server.reset();
    }
    void thePoolerIsNoticed();
    void aPoolerThatSwallowsOptionsIsNoticed();
    void learnersOnOneConnectionSeeTheirOwn();
    void cachedPlansAskAgain();
    void noTokenStaysBehind();
    void whatOthersLeaveSetDoesNotCount();
    void rolesSettingsDoNotCount();
    void refusalsEndTheTransaction();

private:
    std::unique_ptr<client::Gateway> openAs(const std::string &name)
    {
        auto gateway = m_pooler->open();
        m_server->forgetAttempts();
        auto token = client::signUp(*gateway, name, name + "@example.org", base::Secret("correct horse"));
        tests::require(static_cast<bool>(token), token ? "" : token.error().message);
        tests::require(static_cast<bool>(gateway->useToken(std::move(*token))), "useToken");
        return gateway;
    }
    server::Session raw()
    {
        auto connection =
            postgres::Connection::open(*postgres::parseDsn(m_pooler->dsn() + " user=sqlgym_client sslmode=disable"));
        tests::require(static_cast<bool>(connection), connection ? "" : connection.error().message);
        return server::Session(std::move(*connection));
    }

    std::unique_ptr<tests::RealServer> m_server;
    std::unique_ptr<tests::Pooler> m_pooler;
    std::string m_problem;
};

void TestGatewayPooler::initTestCase()
{
    if (tests::pgbouncer() == nullptr)
        QSKIP("PgBouncer is not installed");
    m_server = std::make_unique<tests::RealServer>();
    m_server->start();
    const auto pack = tests::deployWithPack(*m_server);
    m_problem = pack.problems[0].id;
    m_pooler = std::make_unique<tests::Pooler>(*m_server, "");
}

void TestGatewayPooler::thePoolerIsNoticed()
{
    const auto gateway = m_pooler->open();

    QVERIFY(gateway->pooled());
    QCOMPARE(gateway->schemaVersion(), gateway::kNewestSchema);
    QCOMPARE(cell(gateway->call("SELECT current_setting('transaction_read_only')")), std::string("off"));
    QCOMPARE(cell(gateway->call("SELECT current_setting('statement_timeout')")), std::string("15s"));
}

void TestGatewayPooler::aPoolerThatSwallowsOptionsIsNoticed()
{
    const tests::Pooler swallowing(*m_server, "ignore_startup_parameters = options\n");

    const auto gateway = swallowing.open();

    QVERIFY(gateway->pooled());
    QCOMPARE(cell(gateway->call("SELECT current_setting('statement_timeout')")), std::string("15s"));
}

void TestGatewayPooler::learnersOnOneConnectionSeeTheirOwn()
{
    auto ann = openAs("ann");
    auto bob = openAs("bob");
    const std::string backend = cell(ann->call("SELECT pg_backend_pid()"));
    QCOMPARE(cell(bob->call("SELECT pg_backend_pid()")), backend);

    for (int round = 0; round < 12; ++round) {
        const std::string mine = tests::uuid(100 + round);
        const std::string other = tests::uuid(200 + round);
        QVERIFY(client::submit(*ann, mine, m_problem, "SELECT 'ann'"));
        QVERIFY(client::submit(*bob, other, m_problem, "SELECT 'bob'"));
        QCOMPARE(client::myAccount(*ann)->username, std::string("ann"));
        QCOMPARE(client::myAccount(*bob)->username, std::string("bob"));
        QCOMPARE(cell(ann->call("SELECT string_agg(DISTINCT sql_query, ',') FROM problem_submissions")),
                 std::string("SELECT 'ann'"));
        QCOMPARE(cell(bob->call("SELECT string_agg(DISTINCT sql_query, ',') FROM problem_submissions")),
                 std::string("SELECT 'bob'"));
        QCOMPARE(client::troubleOf(client::judgement(*ann, other).error()), Trouble::Refused);
        QCOMPARE(client::troubleOf(client::judgement(*bob, mine).error()), Trouble::Refused);
    }
    QCOMPARE(cell(ann->call("SELECT pg_backend_pid()")), backend);
}

void TestGatewayPooler::cachedPlansAskAgain()
{
    auto cleo = openAs("cleo");
    auto dora = openAs("dora");
    QVERIFY(client::submit(*cleo, tests::uuid(300), m_problem, "SELECT 'cleo'"));
    QVERIFY(client::submit(*dora, tests::uuid(301), m_problem, "SELECT 'dora'"));
    // One backend: what one prepares there, the other may execute.
    QVERIFY(cleo->call("SELECT set_config('plan_cache_mode', 'force_generic_plan', false)"));
    QVERIFY(cleo->call("PREPARE mine AS SELECT string_agg(sql_query, ',') FROM problem_submissions"));

    for (int round = 0; round < 8; ++round) {
        QCOMPARE(cell(cleo->call("EXECUTE mine")), std::string("SELECT 'cleo'"));
        QCOMPARE(cell(dora->call("EXECUTE mine")), std::string("SELECT 'dora'"));
    }
    QVERIFY(cell(cleo->call("SELECT generic_plans FROM pg_prepared_statements WHERE name = 'mine'")) >= "16");
    auto nobody = raw();
    QCOMPARE(tests::asked(nobody, "SELECT count(*) FROM problem_submissions"), std::string("0"));
    QVERIFY(cleo->call("DEALLOCATE mine"));
    QVERIFY(cleo->call("SELECT set_config('plan_cache_mode', 'auto', false)"));
}

void TestGatewayPooler::noTokenStaysBehind()
{
    auto eve = openAs("eve");
    QVERIFY(client::myAccount(*eve));
    auto next = raw();

    QCOMPARE(tests::asked(next, "SELECT COALESCE(current_setting('sqlgym.token', true), '')"), std::string());
    QCOMPARE(tests::asked(next, "SELECT api.current_user_id()"), std::string("NULL"));
    QVERIFY(!client::submit(*eve, "no uuid", m_problem, "SELECT 1")); // also after what failed
    QCOMPARE(tests::asked(next, "SELECT api.current_user_id()"), std::string("NULL"));
    eve.reset();
    QCOMPARE(tests::asked(next, "SELECT api.current_user_id()"), std::string("NULL"));
}

void TestGatewayPooler::whatOthersLeaveSetDoesNotCount()
{
    auto fay = openAs("fay");
    auto hostile = raw();
    for (const char *setting :
         {"SET default_transaction_read_only = on", "SET search_path = pg_catalog", "SET statement_timeout = 1",
          "SET row_security = off", "SET TimeZone = 'Asia/Tokyo'", "SET DateStyle = 'German'",
          "SET default_transaction_isolation = serializable", "SET sqlgym.token = 'x'"})
        QCOMPARE(tests::asked(hostile, setting), std::string());

    const auto account = client::myAccount(*fay);
    const auto done = client::submit(*fay, tests::uuid(400), m_problem, "SELECT 1");
    const auto zone = cell(fay->call("SELECT current_setting('TimeZone') || current_setting('DateStyle') || "
                                     "current_setting('transaction_isolation')"));

    tests::asked(hostile, "DISCARD ALL");
    QVERIFY2(account, account ? "" : account.error().message.c_str());
    QCOMPARE(account->username, std::string("fay"));
    QVERIFY2(done, done ? "" : done.error().message.c_str());
    QCOMPARE(zone, std::string("UTCISO, MDYread committed"));
}

void TestGatewayPooler::rolesSettingsDoNotCount()
{
    auto admin = m_server->admin();
    tests::asked(admin, "ALTER ROLE sqlgym_client SET default_transaction_read_only = on");
    tests::asked(admin, "ALTER ROLE sqlgym_client SET search_path = nowhere");
    tests::asked(admin, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'sqlgym_client'");

    auto gus = openAs("gus");
    const auto done = client::submit(*gus, tests::uuid(500), m_problem, "SELECT 1");

    tests::asked(admin, "ALTER ROLE sqlgym_client RESET default_transaction_read_only");
    tests::asked(admin, "ALTER ROLE sqlgym_client RESET search_path");
    tests::asked(admin, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'sqlgym_client'");
    QVERIFY2(done, done ? "" : done.error().message.c_str());
}

void TestGatewayPooler::refusalsEndTheTransaction()
{
    auto hal = openAs("hal");
    auto ida = openAs("ida");

    for (int round = 0; round < 3; ++round) {
        QVERIFY(!hal->call("SELECT 1 / 0"));
        QCOMPARE(cell(ida->call("SELECT 1")), std::string("1")); // would wait for ever otherwise
        QCOMPARE(cell(hal->call("SELECT 2")), std::string("2"));
    }
}

QTEST_APPLESS_MAIN(TestGatewayPooler)
#include "tst_gateway_pooler.moc"
