// Reads on a hot standby: the same rows for the same learner, and no way around.
#include "../gateway/real_server.h"
#include "server_with_pack.h"

#include <QtTest>

using namespace sqlgym;
using tests::asked;
using tests::uuid;

class TestServerStandby : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void readersSeeTheSameThere();
    void learnersStayApart();
    void nothingIsWrittenThere();
    void aSessionThatEndsEndsThereToo();

private:
    server::Session client(const tests::RealServer &server, const std::string &token)
    {
        auto parameters = server.socketParameters("gym");
        parameters["user"] = "sqlgym_client";
        auto connection = postgres::Connection::open(parameters);
        tests::require(static_cast<bool>(connection), connection ? "" : connection.error().message);
        server::Session session(std::move(*connection));
        asked(session, "SELECT set_config('sqlgym.token', $1, false)", {token});
        return session;
    }
    /// What the primary has written by now is there.
    void awaitReplay()
    {
        auto primary = m_primary->admin();
        const std::string written = asked(primary, "SELECT pg_current_wal_lsn()");
        auto standby = m_standby->admin();
        QTRY_COMPARE_WITH_TIMEOUT(asked(standby, "SELECT pg_last_wal_replay_lsn() >= $1::pg_lsn", {written}),
                                  std::string("t"), 30'000);
    }

    std::unique_ptr<tests::RealServer> m_primary;
    std::unique_ptr<tests::RealServer> m_standby;
    std::string m_ann, m_bob; ///< tokens
};

void TestServerStandby::initTestCase()
{
    m_primary = std::make_unique<tests::RealServer>();
    m_primary->start();
    const auto pack = tests::deployWithPack(*m_primary);
    m_standby = std::make_unique<tests::RealServer>(*m_primary);
    m_standby->start();
    auto nobody = client(*m_primary, "");
    m_ann = asked(nobody, "SELECT api.sign_up('ann', 'ann@example.org', 'correct horse')");
    m_bob = asked(nobody, "SELECT api.sign_up('bob', 'bob@example.org', 'correct horse')");
    auto ann = client(*m_primary, m_ann);
    QCOMPARE(asked(ann, "SELECT api.submit($1, $2, 'SELECT 1', NULL)", {uuid(1), pack.problems[0].id}), uuid(1));
    QCOMPARE(asked(ann, "SELECT api.create_post($1, NULL, 'hello', NULL)", {uuid(2)}).substr(0, 1) == "!", false);
    awaitReplay();
}

void TestServerStandby::readersSeeTheSameThere()
{
    auto here = client(*m_primary, m_ann);
    auto there = client(*m_standby, m_ann);
    for (const char *sql :
         {"SELECT id, status FROM problem_submissions", "SELECT count(*), min(title) FROM problems",
          "SELECT count(*) FROM test_cases", "SELECT id, content FROM community_posts", "SELECT api.current_user_id()",
          "SELECT * FROM api.my_account()", "SELECT count(*) FROM api.problem_titles"}) {
        const std::string answer = asked(here, sql);
        QVERIFY2(!answer.starts_with("!") && !answer.empty(), sql);
        QCOMPARE(asked(there, sql), answer);
    }
}

void TestServerStandby::learnersStayApart()
{
    auto bob = client(*m_standby, m_bob);
    QCOMPARE(asked(bob, "SELECT count(*) FROM problem_submissions"), std::string("0"));
    QCOMPARE(asked(bob, "SELECT email FROM users"), std::string("!42501"));
    QCOMPARE(asked(bob, "SELECT count(*) FROM test_cases WHERE is_hidden"), std::string("0"));
    auto nobody = client(*m_standby, "");
    QCOMPARE(asked(nobody, "SELECT count(*) FROM problems"), std::string("0"));
}

void TestServerStandby::nothingIsWrittenThere()
{
    auto ann = client(*m_standby, m_ann);
    QCOMPARE(asked(ann, "SELECT api.create_post($1, NULL, 'there', NULL)", {uuid(3)}), std::string("!25006"));
    QCOMPARE(asked(ann, "SELECT api.sign_in('ann', 'correct horse')"), std::string("!25006"));
}

void TestServerStandby::aSessionThatEndsEndsThereToo()
{
    auto ann = client(*m_primary, m_ann);
    asked(ann, "SELECT api.sign_out()");
    awaitReplay();
    auto there = client(*m_standby, m_ann);
    QCOMPARE(asked(there, "SELECT api.current_user_id()"), std::string("NULL"));
    QCOMPARE(asked(there, "SELECT count(*) FROM problem_submissions"), std::string("0"));
}

QTEST_GUILESS_MAIN(TestServerStandby)
#include "tst_server_standby.moc"
