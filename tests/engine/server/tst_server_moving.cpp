// A server moved: dumped and restored, filled from a database of before, broken off, made without a superuser.
#include "server/migrations.h"
#include "server_with_pack.h"

#include <QProcess>
#include <QtTest>

#include <thread>

using namespace sqlgym;
using tests::asked;
using tests::uuid;

namespace {

/// Every public table's rows, as one digest.
std::string contents(server::Session &session)
{
    const std::string tables = asked(
        session,
        "SELECT string_agg(format('(SELECT count(*)::text || COALESCE(md5(string_agg(t::text, '';'' ORDER BY "
        "t::text)), '''') FROM %s t)', c.oid::regclass), ' || '' '' || ' ORDER BY c.relname) FROM pg_class c WHERE "
        "c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND c.relname <> 'user_sandboxes'");
    return asked(session, "SELECT " + tables);
}

/// What an SQLGym of before holds: hashes of Python's bcrypt, counters, children before parents, NULLs where it allows
/// them.
constexpr char kBefore[] = R"(
    INSERT INTO users (id, username, email, password_hash, problems_solved, is_admin, premium, email_verified) VALUES
        ('u1', 'Old Ann', 'Old.Ann@example.org', '$2b$04$abcdefghijklmnopqrstuuO6ZdkCuB8pu0vB8pJDvTd6JEHWaCVWi', 1, true, false, true),
        ('u2', 'ann', 'ann@example.org', NULL, 0, false, true, false), ('u3', 'ANN', 'ANN@example.org', NULL, 0, false, false, false);
    INSERT INTO topics (id, name, difficulty_level, parent_topic_id) VALUES ('t2', 'Child', 'EASY', 't1'), ('t1', 'Parent', 'EXPERT', NULL);
    INSERT INTO problems (id, title, question, tags, hints, topic_id, premium, master_solution, s3_data_source) VALUES
        ('p1', 'Free', '{"text": "any shape"}', '["a"]', '[]', 't2', NULL, '"SELECT 1"', '{"bucket": "b", "key": "k"}'),
        ('p2', 'Paid', '"text"', '{}', 'null', NULL, true, NULL, NULL);
    INSERT INTO problem_schemas (id, problem_id, table_name, schema_definition) VALUES ('s1', 'p1', 'x', '{}');
    INSERT INTO test_cases (id, problem_id, name, input_data, expected_output, is_hidden) VALUES
        ('c1', 'p1', 'shown', '{}', '[]', false), ('c2', 'p1', 'nobody knows', '{}', '[]', NULL), ('c3', 'p1', 'hidden', '{}', '[]', true);
    INSERT INTO submissions VALUES ('m1', 'u1', 'p1', 'SELECT 1', true, 3), ('m2', 'u1', 'p1', 'SELECT 1', true, 3), ('m3', 'u2', 'p1', 'x', false, NULL);
    INSERT INTO problem_submissions (id, user_id, problem_id, sql_query, status) VALUES ('m1', 'u1', 'p1', 'SELECT 1', 'completed');
    INSERT INTO execution_results (id, submission_id, test_case_id, status, is_correct) VALUES ('e1', 'm1', 'c3', 'SUCCESS', true);
    INSERT INTO user_progress (id, user_id, topic_id, problems_solved) VALUES ('g1', 'u1', 't2', 1);
    INSERT INTO badges (id, name, description, criteria) VALUES ('b1', 'First', 'x', '{}');
    INSERT INTO user_badges VALUES ('ub1', 'u1', 'b1');
    INSERT INTO community_posts (id, user_id, problem_id, content, likes, comments) VALUES ('cp1', 'u1', 'p1', 'hello', 2, 2);
    INSERT INTO post_likes VALUES ('l1', 'u1', 'cp1'), ('l2', 'u2', 'cp1');
    INSERT INTO post_comments (id, user_id, post_id, parent_id, content) VALUES ('k2', 'u2', 'cp1', 'k1', 'b'), ('k1', 'u1', 'cp1', NULL, 'a');
    INSERT INTO problem_interactions (id, user_id, problem_id, bookmark) VALUES ('i1', 'u1', 'p1', true);
    INSERT INTO followers VALUES ('f1', 'u1', 'u2');
    INSERT INTO helpful_links VALUES ('h1', 'u1', 'docs', 'https://example.org');
    INSERT INTO problem_sessions (user_id, problem_id) VALUES ('u1', 'p1');
    INSERT INTO solutions (id, problem_id, created_by, title, content, sql_code, is_official) VALUES ('o1', 'p1', 'u1', 't', 'c', 's', true);
    INSERT INTO cache_entries (id, cache_key, namespace, data, expires_at) VALUES ('ce1', 'k', 'n', '{}', now());
    INSERT INTO fallback_submissions (id, job_id, data, status) VALUES ('fb1', 'job', '{"anything": 1}', 'completed');)";

} // namespace

class TestServerMoving : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { m_fixture = std::make_unique<tests::ServerFixture>(); }
    void cleanupTestCase() { m_fixture.reset(); }
    void aDumpedServerIsTheSameServer();
    void anOlderDatabaseMovesIn();
    void whatWasKilledGoesOn();
    void hostedPostgresWorksAndTellsWhatIsWeaker();

private:
    /// Runs one of PostgreSQL's programs to its end.
    QString ran(const QString &program, const QStringList &arguments)
    {
        QProcess process;
        process.setProcessChannelMode(QProcess::MergedChannels);
        process.start(program, arguments);
        if (!process.waitForFinished(120000 * SQLGYM_PACE))
            return program + QStringLiteral(" does not end");
        return process.exitCode() == 0 ? QString() : program + u' ' + QString::fromUtf8(process.readAll());
    }
    QString dsn(const std::string &database)
    {
        return QString::fromStdString(m_fixture->dsn(postgres::kAdminRole, database));
    }
    server::Session client(const std::string &database, const std::string &token)
    {
        auto session = m_fixture->as("sqlgym_client", database);
        asked(session, "SELECT set_config('sqlgym.token', $1, false)", {token});
        return session;
    }
    void fill(server::Session &session)
    {
        const auto pack = tests::importBundledPack(session);
        m_problem = pack.problems[0].id;
    }

    std::unique_ptr<tests::ServerFixture> m_fixture;
    std::string m_problem;
    QTemporaryDir m_folder;
};

void TestServerMoving::aDumpedServerIsTheSameServer()
{
    m_fixture->deploy("first");
    auto first = m_fixture->admin("first");
    fill(first);
    const std::string token = asked(first, "SELECT api.sign_up('ann', 'ann@example.org', 'correct horse')");
    auto ann = client("first", token);
    QCOMPARE(asked(ann, "SELECT api.create_post($1, NULL, 'hello', NULL)", {uuid(1)}), std::string(""));
    asked(ann, "SELECT api.like_post($1, $2)", {uuid(2), uuid(1)});
    asked(ann, "SELECT api.submit($1, $2, 'SELECT 1', NULL)", {uuid(3), m_problem});

    const QString file = m_folder.filePath(QStringLiteral("first.dump"));
    QCOMPARE(ran("pg_dump", {"-Fc", "-f", file, "-d", dsn("first")}), QString());
    m_fixture->makeDatabase("second");
    QCOMPARE(ran("pg_restore", {"--exit-on-error", "-d", dsn("second"), file}), QString());

    auto second = m_fixture->admin("second");
    QCOMPARE(contents(second), contents(first));
    const auto moved = server::upgrade(second);
    QVERIFY2(moved, moved ? "" : moved.error().message.c_str());
    const auto state = server::status(second);
    QVERIFY(state);
    for (const auto &lint : state->lints)
        QFAIL((lint.lint + ": " + lint.object).c_str());
    QCOMPARE(state->waiting, 1L);
    // The session goes on there, and what was counted is counted on.
    auto there = client("second", token);
    QCOMPARE(asked(there, "SELECT username FROM api.my_account()"), std::string("ann"));
    QCOMPARE(asked(there, "SELECT length(api.sign_in('ANN', 'correct horse'))"), std::string("64"));
    QCOMPARE(asked(there, "SELECT api.submit($1, $2, 'SELECT 1', NULL)", {uuid(3), m_problem}), uuid(3));
    QCOMPARE(asked(there, "SELECT likes FROM community_posts"), std::string("1"));
    asked(there, "SELECT api.unlike_post($1)", {uuid(1)});
    QCOMPARE(asked(there, "SELECT likes FROM community_posts"), std::string("0"));
    QCOMPARE(asked(there, "SELECT password_hash FROM users"), std::string("!42501"));
}

void TestServerMoving::anOlderDatabaseMovesIn()
{
    m_fixture->makeDatabase("before");
    auto before = m_fixture->admin("before");
    QVERIFY(before.execute(std::string(server::migrations().front().sql) + "; DROP TABLE user_sandboxes"));
    const auto filled = before.execute(kBefore);
    QVERIFY2(filled, filled ? "" : filled.error().message.c_str());
    QVERIFY(before.execute("CREATE EXTENSION pgcrypto; UPDATE users SET password_hash = replace(crypt('from before', "
                           "gen_salt('bf', 6)), '$2a$', '$2b$') WHERE id = 'u1'"));

    const QString file = m_folder.filePath(QStringLiteral("data_export.sql"));
    QCOMPARE(ran("pg_dump", {"--data-only", "--no-owner", "--no-acl", "-f", file, "-d", dsn("before")}), QString());
    m_fixture->deploy("after");
    QCOMPARE(ran("psql", {"-X", "-q", "-v", "ON_ERROR_STOP=1", "-f", file, "-d", dsn("after")}), QString());

    auto after = m_fixture->admin("after");
    QCOMPARE(contents(after), contents(before)); // counters too
    const auto state = server::status(after);
    QVERIFY(state && state->lints.empty());
    auto nobody = client("after", "");
    const std::string token = asked(nobody, "SELECT api.sign_in('old.ann@EXAMPLE.org', 'from before')");
    QCOMPARE(token.size(), std::size_t(64));
    auto ann = client("after", token);
    QCOMPARE(asked(ann, "SELECT username, is_admin, problems_solved, email_proved FROM api.my_account()"),
             std::string("Old Ann|t|1|t"));
    QCOMPARE(asked(ann, "SELECT api.submit($1, 'p1', 'SELECT 1', NULL)", {uuid(1)}), uuid(1));
    QCOMPARE(asked(ann, "SELECT api.unlike_post('cp1')"), std::string(""));
    QCOMPARE(asked(ann, "SELECT likes, comments FROM community_posts"), std::string("1|2"));
    // Names that differ by case alone are told apart as they are written.
    asked(
        after,
        "UPDATE users SET password_hash = ext.crypt(id || ' secret', ext.gen_salt('bf', 4)) WHERE id IN ('u2', 'u3')");
    for (const auto &[name, id] : {std::pair{"ann", "u2"}, {"ANN", "u3"}}) {
        auto own = client("after", asked(nobody, "SELECT api.sign_in($1, $2)", {name, std::string(id) + " secret"}));
        QCOMPARE(asked(own, "SELECT api.current_user_id()"), std::string(id));
        QCOMPARE(asked(own, "SELECT string_agg(id, ',') FROM test_cases"), std::string("c1"));
    }
    // Content of today stands beside it.
    fill(after);
    QVERIFY(server::status(after)->lints.empty());
}

void TestServerMoving::whatWasKilledGoesOn()
{
    // Something of another session's is in the way of the second migration, which waits for it and is killed there.
    m_fixture->makeDatabase("killed");
    auto other = m_fixture->admin("killed");
    QVERIFY(other.execute("CREATE SCHEMA private AUTHORIZATION sqlgym_owner"));
    QVERIFY(other.execute("BEGIN; CREATE TABLE private.sessions (x int)"));
    auto session = m_fixture->admin("killed");
    const std::string pid = std::to_string(session.connection().backendPid());
    std::string failed;
    std::thread deploying([&] {
        const auto made = server::init(session);
        failed = made ? "" : made.error().message;
    });
    auto watcher = m_fixture->admin("postgres");
    const bool waiting = QTest::qWaitFor(
        [&] { return asked(watcher, "SELECT wait_event_type FROM pg_stat_activity WHERE pid = $1", {pid}) == "Lock"; },
        20000 * SQLGYM_PACE);
    asked(watcher, "SELECT pg_terminate_backend($1)", {pid});
    deploying.join();
    QVERIFY(waiting);
    QVERIFY(!failed.empty());
    QVERIFY(other.execute("ROLLBACK"));
    QCOMPARE(asked(other, "SELECT max(number) FROM private.migrations"), std::string("1"));

    const auto report = server::upgrade(other);
    QVERIFY2(report, report ? "" : report.error().message.c_str());
    QCOMPARE(report->from, 1);
    QVERIFY(server::status(other)->lints.empty());
    // Two at once: one works, the other finds it done.
    m_fixture->makeDatabase("twofold");
    std::array<int, 2> done{};
    std::array<std::thread, 2> threads;
    for (std::size_t at = 0; at < 2; ++at)
        threads[at] = std::thread([&, at] {
            auto own = m_fixture->admin("twofold");
            const auto made = server::init(own);
            done[at] = made ? 1 : made.error().code == "not_empty" ? 2 : 3;
        });
    for (auto &thread : threads)
        thread.join();
    QCOMPARE(done[0] + done[1], 3);
}

void TestServerMoving::hostedPostgresWorksAndTellsWhatIsWeaker()
{
    auto root = m_fixture->admin("postgres");
    QVERIFY(root.execute("CREATE ROLE hoster LOGIN CREATEROLE CREATEDB"));
    QVERIFY(root.execute("CREATE DATABASE hosted OWNER hoster"));
    auto hoster = m_fixture->as("hoster", "hosted");

    const auto report = server::init(hoster);

    QVERIFY2(report, report ? "" : report.error().message.c_str());
    QVERIFY(!report->weaker.empty());
    for (const auto &weakness : report->weaker)
        QVERIFY(!weakness.purpose.empty() && !weakness.reason.empty());
    const auto state = server::status(hoster);
    QVERIFY2(state, state ? "" : state.error().message.c_str());
    QSet<QString> lints;
    for (const auto &lint : state->lints)
        lints << QString::fromStdString(lint.lint);
    // pgcrypto's functions are a superuser's, but nobody has the key to their schema.
    QCOMPARE(lints, (QSet<QString>{"everybody may call a function", "everybody may use a language",
                                   "clients may call a function of private or ext"}));
    // All else holds: people sign up, hand in and see what is theirs.
    fill(hoster);
    auto nobody = client("hosted", "");
    const std::string token = asked(nobody, "SELECT api.sign_up('ann', 'ann@example.org', 'correct horse')");
    QCOMPARE(token.size(), std::size_t(64));
    auto ann = client("hosted", token);
    QCOMPARE(asked(ann, "SELECT api.submit($1, $2, 'SELECT 1', NULL)", {uuid(1), m_problem}), uuid(1));
    QCOMPARE(asked(ann, "SELECT count(*) FROM problem_submissions"), std::string("1"));
    for (const char *refused :
         {"SELECT email FROM users", "SELECT * FROM private.sessions", "SELECT ext.gen_salt('bf', 31)",
          "CREATE TEMP TABLE x (y int)", "CREATE TABLE x (y int)", "UPDATE users SET premium = true"})
        QCOMPARE(asked(ann, refused), std::string("!42501"));
    const auto again = server::upgrade(hoster);
    QVERIFY2(again, again ? "" : again.error().message.c_str());
}

QTEST_GUILESS_MAIN(TestServerMoving)
#include "tst_server_moving.moc"
