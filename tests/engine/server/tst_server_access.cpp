// What a client may do with its own credentials and raw SQL: as nobody, as a learner, as another, as an instructor.

#include "server_with_pack.h"
#include <QtTest>

using namespace sqlgym;
using tests::asked;
using tests::uuid;

namespace {

constexpr char kPassword[] = "correct horse";

/// A client's connection; `token` as the desktop sets it.
server::Session client(tests::ServerFixture &fixture, const std::string &token = {})
{
    auto session = fixture.as("sqlgym_client");
    if (!token.empty())
        asked(session, "SELECT set_config('sqlgym.token', $1, false)", {token});
    return session;
}

} // namespace

class TestServerAccess : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void cleanupTestCase() { m_fixture.reset(); }
    void nobodySeesAnything();
    void signingUpAndInAndOut();
    void hashesOfTheOlderApplicationVerify();
    void aTakenAddressIsNotTold();
    void guessesAreCountedWhateverIsRolledBack();
    void changingThePasswordEndsOtherSessions();
    void learnersReadTheirOwnRowsOnly();
    void columnsThatNobodyReads_data();
    void columnsThatNobodyReads();
    void statementsThatNobodyMakes_data();
    void statementsThatNobodyMakes();
    void premiumAndHiddenStayHidden();
    void solutionsOpenWhenSolvedOrGivenUp();
    void submittingIsIdempotentAndOnesOwn();
    void submissionsAreBounded();
    void instructorsReadAll();
    void aCachedPlanAsksAgainWhoCalls();

private:
    std::string signUp(const std::string &name);
    /// Attempts are shared by slots: forgotten between tests, which are not about them.
    void forgetAttempts() { tests::forgetAttempts(*m_admin); }

    std::unique_ptr<tests::ServerFixture> m_fixture;
    std::optional<server::Session> m_admin;
    std::string m_ann, m_bob; ///< tokens
    std::string m_annId, m_bobId;
    std::string m_problem, m_premium;
};

std::string TestServerAccess::signUp(const std::string &name)
{
    auto session = client(*m_fixture);
    return asked(session, "SELECT api.sign_up($1, $2, $3)", {name, name + "@example.org", kPassword});
}

void TestServerAccess::initTestCase()
{
    m_fixture = std::make_unique<tests::ServerFixture>();
    const auto pack = tests::deployWithPack(*m_fixture);
    m_admin = m_fixture->admin();
    m_problem = pack.problems[0].id;
    m_premium = pack.problems[1].id;
    asked(*m_admin, "UPDATE problems SET premium = true WHERE id = $1", {m_premium});
    m_ann = signUp("ann");
    m_bob = signUp("Bob");
    QCOMPARE(m_ann.size(), 64u);
    QCOMPARE(m_bob.size(), 64u);
    m_annId = asked(*m_admin, "SELECT id FROM users WHERE username = 'ann'");
    m_bobId = asked(*m_admin, "SELECT id FROM users WHERE username = 'Bob'");
}

void TestServerAccess::nobodySeesAnything()
{
    for (const std::string &token : {std::string(), std::string(64, '0'), m_ann + "0", std::string(20'000'000, 'x')}) {
        auto session = client(*m_fixture, token);
        QCOMPARE(asked(session, "SELECT api.current_user_id()"), std::string("NULL"));
        QCOMPARE(asked(session, "SELECT api.is_admin()"), std::string("f"));
        for (const char *table :
             {"users (id)", "problems (id)", "topics (id)", "badges (id)", "submissions (id)", "test_cases (id)",
              "solutions (id)", "community_posts (id)", "problem_schemas (id)"}) {
            const std::string name = std::string(table).substr(0, std::string(table).find(' '));
            QCOMPARE(asked(session, "SELECT count(id) FROM " + name), std::string("0"));
        }
        QCOMPARE(asked(session, "SELECT count(*) FROM api.problem_titles"), std::string("0"));
        QCOMPARE(asked(session, "SELECT api.submit($1, $2, 'SELECT 1', now())", {uuid(1), m_problem}),
                 std::string("!28000"));
        QCOMPARE(asked(session, "SELECT api.master_solution($1)", {m_problem}), std::string("NULL"));
    }
}

void TestServerAccess::signingUpAndInAndOut()
{
    forgetAttempts();
    auto session = client(*m_fixture);
    QCOMPARE(asked(session, "SELECT api.sign_up('ANN', 'x@example.org', 'long enough')"), std::string("!23505"));
    for (const char *name : {"", "ab", "a b c", "-abc", "a\tbc", "\xc3\xa9mile"})
        QCOMPARE(asked(session, "SELECT api.sign_up($1, 'x@example.org', 'long enough')", {name}),
                 std::string("!22023"));
    for (const char *mail : {"", "x", "x@", "@x", "a b@c", "a@b@c"})
        QCOMPARE(asked(session, "SELECT api.sign_up('new', $1, 'long enough')", {mail}), std::string("!22023"));
    QCOMPARE(asked(session, "SELECT api.sign_up('new', 'x@example.org', 'short')"), std::string("!22023"));
    QCOMPARE(asked(session, "SELECT api.sign_up('new', 'x@example.org', $1)", {std::string(73, 'x')}),
             std::string("!22023"));
    QCOMPARE(asked(session, "SELECT api.sign_up('new', 'x@example.org', NULL)"), std::string("!22023"));

    QCOMPARE(asked(session, "SELECT api.sign_in('ann', 'wrong one')"), std::string("NULL"));
    QCOMPARE(asked(session, "SELECT api.sign_in('nobody', $1)", {kPassword}), std::string("NULL"));
    QCOMPARE(asked(session, "SELECT api.sign_in(NULL, NULL)"), std::string("NULL"));
    for (const char *login : {"ann", "ANN", "ann@example.org", "Ann@Example.ORG"}) {
        const std::string token = asked(session, "SELECT api.sign_in($1, $2)", {login, kPassword});
        QCOMPARE(token.size(), 64u);
        QVERIFY(token != m_ann);
        auto own = client(*m_fixture, token);
        QCOMPARE(asked(own, "SELECT username, email, premium, is_admin FROM api.my_account()"),
                 std::string("ann|ann@example.org|f|f"));
        asked(own, "SELECT api.sign_out()");
        QCOMPARE(asked(own, "SELECT api.current_user_id()"), std::string("NULL"));
        QCOMPARE(asked(own, "SELECT count(*) FROM api.my_account()"), std::string("1")); // a row of NULLs
    }
    // The session ends by itself, and slides on while it is used.
    const std::string token = asked(session, "SELECT api.sign_in('ann', $1)", {kPassword});
    auto own = client(*m_fixture, token);
    asked(*m_admin,
          "UPDATE private.sessions SET expires_at = now() + interval '1 minute' WHERE token_hash = sha256($1::bytea)",
          {token});
    asked(own, "SELECT api.give_up($1, $2)", {uuid(900), m_problem});
    QCOMPARE(asked(*m_admin,
                   "SELECT expires_at > now() + interval '11 hours' FROM private.sessions WHERE token_hash = "
                   "sha256($1::bytea)",
                   {token}),
             std::string("t"));
    asked(*m_admin, "DELETE FROM private.give_ups");
    asked(*m_admin,
          "UPDATE private.sessions SET expires_at = now() - interval '1 second' WHERE token_hash = sha256($1::bytea)",
          {token});
    QCOMPARE(asked(own, "SELECT api.current_user_id()"), std::string("NULL"));
}

void TestServerAccess::hashesOfTheOlderApplicationVerify()
{
    forgetAttempts();
    // $2b$ is what Python's bcrypt writes; pgcrypto writes $2a$: the same algorithm.
    asked(*m_admin, "INSERT INTO users (id, username, email, password_hash) SELECT 'old', 'old', 'old@example.org', "
                    "replace(ext.crypt('from before', ext.gen_salt('bf', 6)), '$2a$', '$2b$')");
    asked(*m_admin, "INSERT INTO users (id, username, email) VALUES ('google', 'google', 'google@example.org')");
    auto session = client(*m_fixture);
    QCOMPARE(asked(session, "SELECT length(api.sign_in('old', 'from before'))"), std::string("64"));
    QCOMPARE(asked(session, "SELECT api.sign_in('old', 'from befor')"), std::string("NULL"));
    QCOMPARE(asked(session, "SELECT api.sign_in('google', '')"), std::string("NULL"));
    QCOMPARE(asked(session, "SELECT api.sign_in('google', 'anything at all')"), std::string("NULL"));
}

void TestServerAccess::aTakenAddressIsNotTold()
{
    forgetAttempts();
    auto session = client(*m_fixture);
    const std::string token = asked(session, "SELECT api.sign_up('eve', 'ANN@example.org', $1)", {kPassword});
    QCOMPARE(token.size(), 64u);
    auto own = client(*m_fixture, token);
    QCOMPARE(asked(own, "SELECT username, email, email_proved FROM api.my_account()"),
             std::string("eve|ANN@example.org|f"));
    // The address still is ann's.
    const std::string anns = asked(session, "SELECT api.sign_in('ann@example.org', $1)", {kPassword});
    auto ann = client(*m_fixture, anns);
    QCOMPARE(asked(ann, "SELECT username FROM api.my_account()"), std::string("ann"));
}

void TestServerAccess::guessesAreCountedWhateverIsRolledBack()
{
    forgetAttempts();
    auto session = client(*m_fixture);
    for (int guess = 0; guess < 13; ++guess) {
        asked(session, "BEGIN");
        QCOMPARE(asked(session, "SELECT api.sign_in('Bob', 'guess')"), std::string("NULL"));
        asked(session, "ROLLBACK");
    }
    QCOMPARE(asked(session, "SELECT api.sign_in('bob', $1)", {kPassword}), std::string("NULL"));
    forgetAttempts();
    QCOMPARE(asked(session, "SELECT length(api.sign_in('bob', $1))", {kPassword}), std::string("64"));
    forgetAttempts();
    // Thirty in one statement are thirty; only the first twelve are even hashed.
    QCOMPARE(asked(session,
                   "SELECT count(api.sign_in('bob', CASE WHEN g = 30 THEN $1 ELSE 'guess' END)) "
                   "FROM generate_series(1, 30) g",
                   {kPassword}),
             std::string("0"));
    QCOMPARE(asked(session, "SELECT api.sign_in('BOB', $1)", {kPassword}), std::string("NULL"));
    forgetAttempts();
}

void TestServerAccess::changingThePasswordEndsOtherSessions()
{
    forgetAttempts();
    const std::string first = signUp("carl");
    auto session = client(*m_fixture);
    const std::string second = asked(session, "SELECT api.sign_in('carl', $1)", {kPassword});
    auto one = client(*m_fixture, first), two = client(*m_fixture, second);
    QCOMPARE(asked(one, "SELECT api.change_password('not it', 'another long one')"), std::string("!28P01"));
    QCOMPARE(asked(one, "SELECT api.change_password($1, 'short')", {kPassword}), std::string("!22023"));
    QCOMPARE(asked(one, "SELECT api.change_password($1, 'another long one')", {kPassword}), std::string(""));
    QVERIFY(asked(one, "SELECT api.current_user_id()") != "NULL");
    QCOMPARE(asked(two, "SELECT api.current_user_id()"), std::string("NULL"));
    QCOMPARE(asked(session, "SELECT api.sign_in('carl', $1)", {kPassword}), std::string("NULL"));
    QCOMPARE(asked(session, "SELECT length(api.sign_in('carl', 'another long one'))"), std::string("64"));
}

void TestServerAccess::learnersReadTheirOwnRowsOnly()
{
    asked(*m_admin, "INSERT INTO submissions SELECT 'of-' || u.username, u.id, $1, 'SELECT 1', false FROM users u",
          {m_problem});
    asked(*m_admin,
          "INSERT INTO execution_results (id, submission_id, test_case_id, status, is_correct, query_result) "
          "SELECT 'r-' || s.id, s.id, t.id, 'SUCCESS', false, '{}' FROM submissions s JOIN test_cases t USING "
          "(problem_id) WHERE t.order_index = (SELECT min(order_index) FROM test_cases x WHERE x.problem_id = $1)",
          {m_problem});
    asked(*m_admin,
          "INSERT INTO user_badges SELECT 'b-' || u.username, u.id, (SELECT min(id) FROM badges) FROM users u");
    auto ann = client(*m_fixture, m_ann);
    QCOMPARE(asked(ann, "SELECT id FROM submissions"), std::string("of-ann"));
    QCOMPARE(asked(ann, "SELECT id FROM execution_results"), std::string("r-of-ann"));
    QCOMPARE(asked(ann, "SELECT id FROM user_badges"), std::string("b-ann"));
    QCOMPARE(asked(ann, "SELECT id FROM submissions WHERE user_id = $1", {m_bobId}), std::string(""));
    QVERIFY(asked(ann, "SELECT count(id) FROM problems") != "0");
    QVERIFY(asked(ann, "SELECT string_agg(username, ',' ORDER BY username) FROM users").find("Bob") !=
            std::string::npos);
}

void TestServerAccess::columnsThatNobodyReads_data()
{
    QTest::addColumn<QByteArray>("query");
    for (const char *query : {"SELECT password_hash FROM users",
                              "SELECT email FROM users",
                              "SELECT premium FROM users",
                              "SELECT is_admin FROM users",
                              "SELECT google_id FROM users",
                              "SELECT verification_token FROM users",
                              "SELECT * FROM users",
                              "SELECT u FROM users u",
                              "SELECT id FROM users WHERE email LIKE 'b%'",
                              "SELECT id FROM users ORDER BY email",
                              "SELECT row_to_json(u) FROM users u",
                              "SELECT master_solution FROM problems",
                              "SELECT expected_hash FROM problems",
                              "SELECT * FROM problems",
                              "SELECT validation_details FROM execution_results",
                              "SELECT query_result FROM execution_results",
                              "SELECT error_message FROM execution_results",
                              "SELECT * FROM private.sessions",
                              "SELECT * FROM fallback_submissions",
                              "SELECT * FROM user_sandboxes",
                              "SELECT * FROM cache_entries",
                              "SELECT private.new_session('x')",
                              "SELECT private.password_matches('a', 'b')",
                              "SELECT ext.crypt('x', ext.gen_salt('bf', 31))",
                              "SELECT last_value FROM private.auth_slot_1",
                              "SELECT nextval('private.auth_slot_1')",
                              "SELECT pg_sleep(1)",
                              "SELECT pg_terminate_backend(1)",
                              "SELECT pg_cancel_backend(1)",
                              "SELECT pg_advisory_lock(1)",
                              "SELECT lo_create(0)",
                              "SELECT pg_notify('sqlgym_jobs', 'x')",
                              "SELECT query_to_xml('SELECT 1', true, true, '')",
                              "SELECT pg_read_file('/etc/passwd')",
                              "SELECT pg_ls_dir('/')",
                              "SELECT * FROM pg_authid",
                              "SELECT * FROM pg_stat_activity"})
        QTest::addRow("%s", query) << QByteArray(query);
}

void TestServerAccess::columnsThatNobodyReads()
{
    QFETCH(QByteArray, query);
    auto ann = client(*m_fixture, m_ann);
    QCOMPARE(asked(ann, query.toStdString()), std::string("!42501"));
}

void TestServerAccess::statementsThatNobodyMakes_data()
{
    QTest::addColumn<QByteArray>("statement");
    for (const char *statement : {"UPDATE users SET premium = true",
                                  "UPDATE users SET problems_solved = 99",
                                  "UPDATE users SET first_name = 'x'",
                                  "DELETE FROM users",
                                  "TRUNCATE users CASCADE",
                                  "INSERT INTO users (id, username, email) VALUES ('x', 'x', 'x')",
                                  "INSERT INTO submissions VALUES ('x', 'x', 'x', 'x', true)",
                                  "UPDATE submissions SET is_correct = true",
                                  "UPDATE problem_submissions SET sql_query = 'x'",
                                  "DELETE FROM problem_submissions",
                                  "INSERT INTO user_badges VALUES ('x', 'x', 'x')",
                                  "UPDATE user_progress SET experience_points = 999",
                                  "UPDATE community_posts SET likes = 999",
                                  "INSERT INTO solutions VALUES ('x')",
                                  "DELETE FROM fallback_submissions",
                                  "INSERT INTO private.sessions VALUES ('\\x00', 'x', now(), now())",
                                  "LOCK TABLE users IN ACCESS EXCLUSIVE MODE",
                                  "LOCK TABLE submissions IN SHARE MODE",
                                  "CREATE TABLE mine (id int)",
                                  "CREATE TEMP TABLE mine (id int)",
                                  "CREATE SCHEMA mine",
                                  "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
                                  "CREATE FUNCTION public.f() RETURNS int LANGUAGE plpgsql AS 'BEGIN RETURN 1; END'",
                                  "DO $$ BEGIN END $$",
                                  "DO LANGUAGE plpgsql $$ BEGIN PERFORM 1; END $$",
                                  "CREATE EXTENSION dblink",
                                  "CREATE ROLE x",
                                  "ALTER ROLE sqlgym_client SET sqlgym.token = 'x'",
                                  "ALTER ROLE sqlgym_client SET track_activities = on",
                                  "SET track_activities = on",
                                  "SET SESSION AUTHORIZATION sqlgym_owner",
                                  "SET ROLE sqlgym_owner",
                                  "SET ROLE sqlgym_admin",
                                  "SET ROLE sqlgym_judge",
                                  "ALTER TABLE users DISABLE ROW LEVEL SECURITY",
                                  "DROP TABLE users",
                                  "DROP POLICY sqlgym_read ON users",
                                  "CREATE POLICY mine ON users USING (true)",
                                  "COPY users (id) TO PROGRAM 'true'",
                                  "COPY users (id) TO '/tmp/x'",
                                  "COPY users (id) FROM '/tmp/x'",
                                  "CREATE VIEW v AS SELECT 1",
                                  "CREATE TRIGGER t BEFORE INSERT ON users EXECUTE FUNCTION f()",
                                  "GRANT SELECT ON users TO PUBLIC",
                                  "REASSIGN OWNED BY sqlgym_owner TO sqlgym_client",
                                  "ALTER SYSTEM SET fsync = off",
                                  "CREATE EVENT TRIGGER t ON ddl_command_start EXECUTE FUNCTION f()",
                                  "VACUUM FULL users",
                                  "CLUSTER users",
                                  "CREATE DATABASE mine",
                                  "DROP DATABASE gym",
                                  "CREATE PUBLICATION p FOR ALL TABLES",
                                  "ANALYZE private.sessions",
                                  "ALTER FUNCTION api.is_admin() OWNER TO sqlgym_client",
                                  "CREATE OR REPLACE FUNCTION api.is_admin() RETURNS boolean "
                                  "LANGUAGE sql AS 'SELECT true'",
                                  "REFRESH MATERIALIZED VIEW x",
                                  "SECURITY LABEL ON TABLE users IS 'x'"})
        QTest::addRow("%s", statement) << QByteArray(statement);
}

void TestServerAccess::statementsThatNobodyMakes()
{
    QFETCH(QByteArray, statement);
    auto ann = client(*m_fixture, m_ann);
    // Refused for want of a privilege, or because what it names does not exist for it; in a transaction some are
    // refused for that (25001), and LOCK needs one (25P01).
    const QStringList refusals{"!42501", "!42883", "!42P01", "!42704", "!22023"};
    asked(ann, "BEGIN");
    const auto inside = QString::fromStdString(asked(ann, statement.toStdString()));
    asked(ann, "ROLLBACK");
    const auto alone = QString::fromStdString(asked(ann, statement.toStdString()));
    // VACUUM, CLUSTER and ANALYZE only warn about what is not the caller's.
    const bool warns = statement.startsWith("VACUUM") || statement.startsWith("ANALYZE");
    QVERIFY2(refusals.contains(inside) || inside == "!25001" || warns, qPrintable(inside));
    QVERIFY2(refusals.contains(alone) || (alone == "!25P01" && refusals.contains(inside)) || warns, qPrintable(alone));
}

void TestServerAccess::premiumAndHiddenStayHidden()
{
    auto ann = client(*m_fixture, m_ann);
    QCOMPARE(asked(ann, "SELECT count(id) FROM problems WHERE id = $1", {m_premium}), std::string("0"));
    QCOMPARE(asked(ann, "SELECT count(*) FROM problem_schemas WHERE problem_id = $1", {m_premium}), std::string("0"));
    QCOMPARE(asked(ann, "SELECT count(*) FROM test_cases WHERE problem_id = $1", {m_premium}), std::string("0"));
    QCOMPARE(asked(ann, "SELECT count(*) FROM api.problem_titles WHERE id = $1 AND premium", {m_premium}),
             std::string("1"));
    QCOMPARE(asked(ann, "SELECT api.submit($1, $2, 'SELECT 1', now())", {uuid(2), m_premium}), std::string("!42501"));
    QVERIFY(asked(*m_admin, "SELECT count(*) FROM test_cases WHERE is_hidden AND problem_id = $1", {m_problem}) != "0");
    QCOMPARE(asked(ann, "SELECT count(*) FROM test_cases WHERE is_hidden IS NOT FALSE"), std::string("0"));
    QVERIFY(asked(ann, "SELECT count(*) FROM test_cases WHERE problem_id = $1", {m_problem}) != "0");
    // NULL counts as hidden.
    asked(*m_admin, "UPDATE test_cases SET is_hidden = NULL WHERE problem_id = $1 AND NOT is_hidden", {m_problem});
    QCOMPARE(asked(ann, "SELECT count(*) FROM test_cases WHERE problem_id = $1", {m_problem}), std::string("0"));
    asked(*m_admin, "UPDATE test_cases SET is_hidden = false WHERE problem_id = $1 AND is_hidden IS NULL", {m_problem});
    asked(*m_admin, "UPDATE users SET premium = true WHERE id = $1", {m_annId});
    QCOMPARE(asked(ann, "SELECT count(id) FROM problems WHERE id = $1", {m_premium}), std::string("1"));
    asked(*m_admin, "UPDATE users SET premium = false WHERE id = $1", {m_annId});
}

void TestServerAccess::solutionsOpenWhenSolvedOrGivenUp()
{
    asked(
        *m_admin,
        "INSERT INTO solutions (id, problem_id, created_by, title, content, sql_code) VALUES ('sol', $1, $2, 't', 'c', "
        "'s')",
        {m_problem, m_bobId});
    auto ann = client(*m_fixture, m_ann), bob = client(*m_fixture, m_bob);
    QCOMPARE(asked(ann, "SELECT api.master_solution($1)", {m_problem}), std::string("NULL"));
    QCOMPARE(asked(ann, "SELECT count(*) FROM solutions"), std::string("0"));
    QCOMPARE(asked(bob, "SELECT count(*) FROM solutions"), std::string("1")); // bob's own
    QCOMPARE(asked(ann, "SELECT api.give_up($1, $2)", {uuid(3), m_problem}), std::string(""));
    QCOMPARE(asked(ann, "SELECT api.give_up($1, $2)", {uuid(3), m_problem}), std::string(""));
    QVERIFY(asked(ann, "SELECT api.master_solution($1)", {m_problem}).find("sql") != std::string::npos);
    QCOMPARE(asked(ann, "SELECT count(*) FROM solutions"), std::string("1"));
    QCOMPARE(asked(bob, "SELECT api.master_solution($1)", {m_problem}), std::string("NULL"));
    asked(*m_admin, "UPDATE submissions SET is_correct = true WHERE user_id = $1", {m_bobId});
    QVERIFY(asked(bob, "SELECT api.master_solution($1)", {m_problem}) != "NULL");
    QCOMPARE(asked(bob, "SELECT api.give_up($1, $2)", {uuid(3), m_problem}), std::string("!23505")); // ann's id
}

void TestServerAccess::submittingIsIdempotentAndOnesOwn()
{
    auto ann = client(*m_fixture, m_ann), bob = client(*m_fixture, m_bob);
    const server::Values job{uuid(10), m_problem, "SELECT 1"};
    const char *submit = "SELECT api.submit($1, $2, $3, now() + interval '1 year')";
    QCOMPARE(asked(ann, submit, job), uuid(10));
    QCOMPARE(asked(ann, submit, job), uuid(10));
    QCOMPARE(asked(ann, submit, {uuid(10), m_problem, "SELECT 2"}), std::string("!23505"));
    QCOMPARE(asked(bob, submit, job), std::string("!23505"));
    QCOMPARE(asked(ann, "SELECT status, sql_query FROM problem_submissions"), std::string("pending|SELECT 1"));
    QCOMPARE(asked(bob, "SELECT count(*) FROM problem_submissions"), std::string("0"));
    QCOMPARE(asked(*m_admin,
                   "SELECT count(*), bool_and(job_id = id), bool_and((data->>'written_at')::timestamptz <= now()) "
                   "FROM fallback_submissions"),
             std::string("1|t|t"));
    for (const char *id : {"", "x", "00000000-0000-4000-8000-00000000000G", "00000000-0000-4000-8000-000000000AAA"})
        QCOMPARE(asked(ann, submit, {id, m_problem, "SELECT 1"}), std::string("!22P02"));
}

void TestServerAccess::submissionsAreBounded()
{
    auto bob = client(*m_fixture, m_bob);
    const char *submit = "SELECT api.submit($1, $2, $3, NULL)";
    QCOMPARE(asked(bob, submit, {uuid(20), m_problem, ""}), std::string("!22023"));
    QCOMPARE(asked(bob, submit, {uuid(20), m_problem, " \n\t "}), std::string("!22023"));
    QCOMPARE(asked(bob, submit, {uuid(20), m_problem, std::nullopt}), std::string("!22023"));
    QCOMPARE(asked(bob, submit, {uuid(20), m_problem, std::string(20'001, 'x')}), std::string("!54000"));
    QCOMPARE(asked(bob, submit, {uuid(20), "no such problem", "SELECT 1"}), std::string("!42501"));
    QCOMPARE(asked(bob, submit, {uuid(20), std::nullopt, "SELECT 1"}), std::string("!42501"));
    // A minute is a minute in every time zone that the client may set, and moments are written in UTC.
    for (int at = 0; at < 30; ++at) {
        asked(bob, "SELECT set_config('TimeZone', $1, false)", {at % 2 == 0 ? "Pacific/Kiritimati" : "Etc/GMT+12"});
        QCOMPARE(asked(bob, submit, {uuid(100 + at), m_problem, "SELECT 1"}), uuid(100 + at));
    }
    QCOMPARE(asked(*m_admin,
                   "SELECT count(*) FROM problem_submissions WHERE user_id = $1 AND abs(extract(epoch FROM "
                   "created_at - now() AT TIME ZONE 'UTC')) > 600",
                   {m_bobId}),
             std::string("0"));
    for (const char *zone : {"Pacific/Kiritimati", "Etc/GMT+12", "UTC", "<x>+05"}) {
        asked(bob, "SELECT set_config('TimeZone', $1, false)", {zone});
        QCOMPARE(asked(bob, submit, {uuid(130), m_problem, "SELECT 1"}), std::string("!53400"));
    }
    asked(bob, "BEGIN ISOLATION LEVEL REPEATABLE READ");
    QCOMPARE(asked(bob, submit, {uuid(130), m_problem, "SELECT 1"}), std::string("!25001"));
    asked(bob, "ROLLBACK");
    QCOMPARE(asked(bob, submit, {uuid(129), m_problem, "SELECT 1"}), uuid(129)); // known already
}

void TestServerAccess::instructorsReadAll()
{
    QVERIFY(server::grantAdmin(*m_admin, "BOB").value());
    QVERIFY(!server::grantAdmin(*m_admin, "no such user").value());
    auto bob = client(*m_fixture, m_bob);
    QCOMPARE(asked(bob, "SELECT api.is_admin()"), std::string("t"));
    QVERIFY(asked(bob, "SELECT string_agg(id, ',') FROM submissions").find("of-ann") != std::string::npos);
    QVERIFY(asked(bob, "SELECT count(*) FROM test_cases WHERE is_hidden") != "0");
    QCOMPARE(asked(bob, "SELECT password_hash FROM users"), std::string("!42501"));
    QCOMPARE(asked(bob, "UPDATE users SET premium = true"), std::string("!42501"));
}

void TestServerAccess::aCachedPlanAsksAgainWhoCalls()
{
    auto session = client(*m_fixture, m_ann);
    asked(session, "PREPARE mine AS SELECT string_agg(id, ',') FROM problem_submissions");
    for (int time = 0; time < 8; ++time)
        QCOMPARE(asked(session, "EXECUTE mine"), uuid(10));
    asked(session, "SELECT set_config('sqlgym.token', '', false)");
    QCOMPARE(asked(session, "EXECUTE mine"), std::string("NULL"));
}

QTEST_GUILESS_MAIN(TestServerAccess)
#include "tst_server_access.moc"
