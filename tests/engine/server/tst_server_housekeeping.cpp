// What is over goes, in batches; figures are worked out for those who may read them.

#include "server_with_pack.h"
#include <QtTest>

using namespace sqlgym;
using tests::asked;
using tests::uuid;

class TestServerHousekeeping : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void cleanupTestCase() { m_fixture.reset(); }
    void onlyJudgesKeepHouse();
    void whatIsOverGoesInBatches();
    void sandboxesAgeStepByStep();
    void theLeaderboardHasThoseWhoWant();
    void figuresOfProblems();

private:
    std::string kept(const std::string &kind, int most)
    {
        return asked(*m_judge, "SELECT done FROM private.housekeep($1) WHERE kind = $2", {std::to_string(most), kind});
    }

    std::unique_ptr<tests::ServerFixture> m_fixture;
    std::optional<server::Session> m_admin, m_judge, m_ann;
    std::string m_annId, m_problem;
};

void TestServerHousekeeping::initTestCase()
{
    m_fixture = std::make_unique<tests::ServerFixture>();
    m_fixture->deploy();
    m_admin = m_fixture->admin();
    m_judge = m_fixture->as("sqlgym_judge");
    const auto pack = tests::importBundledPack(*m_admin);
    m_problem = pack.problems[0].id;
    m_ann = m_fixture->as("sqlgym_client");
    const std::string token = asked(*m_ann, "SELECT api.sign_up('ann', 'ann@example.org', 'correct horse')");
    asked(*m_ann, "SELECT set_config('sqlgym.token', $1, false)", {token});
    m_annId = asked(*m_ann, "SELECT api.current_user_id()");
}

void TestServerHousekeeping::onlyJudgesKeepHouse()
{
    for (const char *call :
         {"private.housekeep(10)", "private.refresh_leaderboard()", "private.refresh_problem_figures(10)"})
        QCOMPARE(asked(*m_ann, std::string("SELECT ") + call), std::string("!42501"));
    QCOMPARE(asked(*m_judge, "SELECT count(*) FROM private.sessions"), std::string("!42501"));
    QCOMPARE(asked(*m_judge, "DELETE FROM execution_results"), std::string("!42501"));
}

void TestServerHousekeeping::whatIsOverGoesInBatches()
{
    const auto planted =
        asked(*m_admin, "INSERT INTO submissions VALUES ('s', $1, $2, 'SELECT 1', false)", {m_annId, m_problem});
    QCOMPARE(planted, std::string(""));
    asked(*m_admin, "INSERT INTO execution_results (id, submission_id, test_case_id, status, is_correct, created_at) "
                    "SELECT 'r' || g, "
                    "'s', (SELECT min(id) FROM test_cases), 'SUCCESS', false, timezone('UTC', now()) - "
                    "make_interval(days => g * 10) "
                    "FROM generate_series(1, 40) g");
    asked(*m_admin, "INSERT INTO cache_entries (id, cache_key, namespace, data, expires_at) SELECT g, g, 'x', '{}', "
                    "timezone('UTC', now()) + make_interval(mins => g - 6) FROM generate_series(1, 10) g");
    asked(
        *m_admin,
        "INSERT INTO private.sessions (token_hash, user_id, expires_at, revoked_at) SELECT sha256(g::text::bytea), $1, "
        "now() + make_interval(hours => g - 6), CASE WHEN g = 9 THEN now() END FROM generate_series(1, 10) g",
        {m_annId});
    asked(*m_admin,
          "INSERT INTO private.rates VALUES ($1, 'old', now() - interval '2 hours', 1), ($1, 'new', now(), 1)",
          {m_annId});
    asked(*m_admin,
          "INSERT INTO fallback_submissions (id, job_id, data, status, created_at, processed_at) SELECT 'j' || g, 'j' "
          "|| g, "
          "'{}', CASE g % 2 WHEN 0 THEN 'pending' ELSE 'completed' END, timezone('UTC', now()) - interval '90 days', "
          "timezone('UTC', now()) - make_interval(days => g * 10) FROM generate_series(1, 6) g");
    asked(
        *m_admin,
        "INSERT INTO private.leases SELECT 'j' || g, 'gone', 1, now() - interval '1 day' FROM generate_series(1, 2) g");
    asked(*m_admin,
          "INSERT INTO private.judges VALUES ('gone', now(), now() - interval '8 days'), ('here', now(), now())");

    const std::string old =
        asked(*m_admin,
              "SELECT count(*) FROM execution_results WHERE created_at < timezone('UTC', now()) - interval '6 months'");
    QVERIFY(old == "21" || old == "22");
    QCOMPARE(asked(*m_judge,
                   "SELECT string_agg(kind || ' ' || done, ', ') FROM private.housekeep(4) WHERE kind <> 'sandboxes'"),
             std::string("execution_results 4, cache_entries 4, sessions 4, rates 1, leases 1, judges 1, jobs 1"));
    QCOMPARE(
        asked(*m_judge, "SELECT string_agg(kind || ' ' || done, ', ') FROM private.housekeep(1000) WHERE done > 0"),
        "execution_results " + std::to_string(std::stoi(old) - 4) + ", cache_entries 2, sessions 3");
    QCOMPARE(asked(*m_judge, "SELECT sum(done) FROM private.housekeep(1000)"), std::string("0"));
    for (const char *most : {"0", "-5"})
        QCOMPARE(asked(*m_judge, "SELECT sum(done) FROM private.housekeep($1)", {most}), std::string("0"));
    QCOMPARE(asked(*m_admin, "SELECT string_agg(job_id, ',' ORDER BY job_id) FROM fallback_submissions"),
             std::string("j1,j2,j3,j4,j6"));
    QCOMPARE(asked(*m_admin, "SELECT string_agg(job_id, ',') FROM private.leases"),
             std::string("j2")); // its job is open
    QVERIFY(asked(*m_ann, "SELECT api.current_user_id()") == m_annId);
}

void TestServerHousekeeping::sandboxesAgeStepByStep()
{
    asked(*m_admin,
          "INSERT INTO user_sandboxes (id, user_id, problem_id, schema_name, expires_at) SELECT g, $1, $2, 'x', "
          "timezone('UTC', now()) + make_interval(hours => g - 3) FROM generate_series(1, 4) g",
          {m_annId, m_problem});
    const auto states = [&] {
        return asked(*m_admin, "SELECT string_agg(id || status, ' ' ORDER BY id) FROM user_sandboxes");
    };
    asked(*m_admin, "UPDATE user_sandboxes SET expires_at = expires_at - interval '1 minute'");
    QCOMPARE(kept("sandboxes", 10), std::string("3"));
    QCOMPARE(states(), std::string("1EXPIRED 2EXPIRED 3EXPIRED 4ACTIVE"));
    QCOMPARE(kept("sandboxes", 2), std::string("2"));
    QCOMPARE(states(), std::string("1CLEANUP_PENDING 2CLEANUP_PENDING 3EXPIRED 4ACTIVE"));
    // One that a judge uses at this moment is left alone.
    auto other = m_fixture->admin();
    asked(other, "BEGIN");
    asked(other, "SELECT FROM user_sandboxes WHERE id = '2' FOR UPDATE");
    QCOMPARE(kept("sandboxes", 10), std::string("2"));
    QCOMPARE(states(), std::string("2CLEANUP_PENDING 3CLEANUP_PENDING 4ACTIVE"));
    asked(other, "ROLLBACK");
    QCOMPARE(kept("sandboxes", 10), std::string("2"));
    QCOMPARE(states(), std::string("4ACTIVE"));
}

void TestServerHousekeeping::theLeaderboardHasThoseWhoWant()
{
    asked(*m_admin,
          "INSERT INTO users (id, username, email) SELECT 'u' || g, 'u' || g, 'u' || g FROM generate_series(1, 120) g");
    asked(*m_admin,
          "INSERT INTO user_progress (id, user_id, topic_id, experience_points) SELECT t.id || g, 'u' || g, t.id, g "
          "FROM generate_series(1, 120) g, (SELECT id FROM topics ORDER BY id LIMIT 2) t");
    asked(*m_admin, "INSERT INTO private.preferences SELECT 'u' || g, g <> 119 FROM generate_series(1, 120) g");
    asked(*m_admin,
          "INSERT INTO user_badges SELECT 'b', 'u7', id FROM badges WHERE points_reward > 0 ORDER BY id LIMIT 1");
    const std::string reward =
        asked(*m_admin, "SELECT 14 + points_reward FROM badges WHERE id = (SELECT badge_id FROM user_badges)");
    QCOMPARE(asked(*m_ann, "SELECT count(*) FROM api.leaderboard()"), std::string("0"));
    QCOMPARE(asked(*m_judge, "SELECT private.refresh_leaderboard()"), std::string("100"));
    QCOMPARE(asked(*m_ann, "SELECT place, username, xp FROM api.leaderboard() LIMIT 2"),
             std::string("1|u120|240\n2|u118|236"));
    QCOMPARE(asked(*m_ann, "SELECT count(*) FROM api.leaderboard() WHERE username IN ('ann', 'u119')"),
             std::string("0"));
    asked(*m_admin, "UPDATE private.preferences SET leaderboard = user_id IN ('u7', 'u8')");
    // Off it at once, on it when it is worked out again.
    QCOMPARE(asked(*m_ann, "SELECT count(*) FROM api.leaderboard() WHERE username NOT IN ('u7', 'u8')"),
             std::string("0"));
    QCOMPARE(asked(*m_judge, "SELECT private.refresh_leaderboard()"), std::string("2"));
    QCOMPARE(asked(*m_ann, "SELECT xp FROM api.leaderboard() WHERE username = 'u7'"), reward);
    QCOMPARE(asked(*m_ann, "SELECT api.set_leaderboard(true)"), std::string(""));
    QCOMPARE(asked(*m_judge, "SELECT private.refresh_leaderboard()"), std::string("3"));
    auto nobody = m_fixture->as("sqlgym_client");
    QCOMPARE(asked(nobody, "SELECT count(*) FROM api.leaderboard()"), std::string("0"));
    asked(*m_admin, "DELETE FROM users WHERE id = 'u7'");
    QCOMPARE(asked(*m_ann, "SELECT count(*) FROM api.leaderboard()"), std::string("2"));
}

void TestServerHousekeeping::figuresOfProblems()
{
    asked(*m_admin,
          "INSERT INTO submissions SELECT 'f' || g, 'u' || (1 + g % 3), $1, 'SELECT 1', g = 1 FROM generate_series(1, "
          "6) g",
          {m_problem});
    asked(*m_admin, "INSERT INTO problem_interactions (id, user_id, problem_id, upvote) VALUES ('i', 'u1', $1, true)",
          {m_problem});
    QCOMPARE(asked(*m_judge, "SELECT private.refresh_problem_figures(5)"), std::string("5"));
    QCOMPARE(asked(*m_judge, "SELECT private.refresh_problem_figures(1000)"),
             asked(*m_admin, "SELECT count(*) - 5 FROM problems"));
    QCOMPARE(asked(*m_judge, "SELECT private.refresh_problem_figures(100)"), std::string("0"));
    QCOMPARE(asked(*m_ann,
                   "SELECT learners, solvers, submissions, correct, upvotes, downvotes FROM api.problem_figures() "
                   "WHERE problem_id = $1",
                   {m_problem}),
             std::string("4|1|7|1|1|0"));
    asked(*m_admin, "UPDATE cache_entries SET created_at = created_at - interval '11 minutes' WHERE cache_key = $1",
          {m_problem});
    QCOMPARE(asked(*m_judge, "SELECT private.refresh_problem_figures(100)"), std::string("1"));
    auto nobody = m_fixture->as("sqlgym_client");
    QCOMPARE(asked(nobody, "SELECT count(*) FROM api.problem_figures()"), std::string("0"));
}

QTEST_GUILESS_MAIN(TestServerHousekeeping)
#include "tst_server_housekeeping.moc"
