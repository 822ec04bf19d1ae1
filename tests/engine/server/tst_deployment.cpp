// A server made, moved forward and looked at, on a real PostgreSQL.
#include "content/pack.h"
#include "content/resources.h"
#include "server/migrations.h"
#include "server/pack_import.h"
#include "server_fixture.h"

#include <QtTest>

#include <fstream>
#include <iterator>

using namespace sqlgym;
using tests::asked;

namespace {

/// Columns, constraints and indexes of the schema public, a line each.
constexpr char kShape[] = R"(
    SELECT 'column ' || a.attrelid::regclass || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod) ||
           CASE WHEN a.attnotnull THEN ' not null' ELSE '' END || COALESCE(' default ' || pg_get_expr(d.adbin, d.adrelid), '')
    FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid LEFT JOIN pg_attrdef d ON (d.adrelid, d.adnum) = (a.attrelid, a.attnum)
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped
    UNION ALL SELECT 'constraint ' || conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid)
    FROM pg_constraint WHERE connamespace = 'public'::regnamespace
    UNION ALL SELECT pg_get_indexdef(indexrelid) FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
    WHERE c.relnamespace = 'public'::regnamespace
    UNION ALL SELECT 'enum ' || t.typname || ' ' || string_agg(e.enumlabel, ',' ORDER BY e.enumsortorder)
    FROM pg_type t JOIN pg_enum e ON e.enumtypid = t.oid GROUP BY t.typname)";

QStringList shape(server::Session &session)
{
    const std::string lines = asked(session, kShape);
    QStringList kept;
    for (const QString &line : QString::fromStdString(lines).split(u'\n')) {
        // What is ours and not the document's.
        if (!line.contains(QLatin1String("user_sandboxes")) && !line.contains(QLatin1String("INDEX sqlgym_")))
            kept << line;
    }
    kept.sort();
    return kept;
}

} // namespace

class TestDeployment : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { m_fixture = std::make_unique<tests::ServerFixture>(); }
    void cleanupTestCase() { m_fixture.reset(); }
    void anEmptyDatabaseBecomesAServer();
    void theTablesAreTheDocumentedOnes();
    void initRefusesWhatIsNotEmpty();
    void upgradeGoesOnWhereItStopped();
    void upgradeRefusesNewerAndOtherServers();
    void lintsSeeWhatIsWrong_data();
    void lintsSeeWhatIsWrong();
    void whatAClientDidToItsRoleIsUndone();
    void packsAreTakenInOnce();

private:
    std::unique_ptr<tests::ServerFixture> m_fixture;
};

void TestDeployment::anEmptyDatabaseBecomesAServer()
{
    m_fixture->makeDatabase("made");
    auto session = m_fixture->admin("made");

    const auto report = server::init(session);

    QVERIFY2(report, report ? "" : report.error().message.c_str());
    QCOMPARE(report->to, static_cast<int>(server::migrations().size()));
    QVERIFY(report->weaker.empty());
    const auto state = server::status(session);
    QVERIFY(state);
    QCOMPARE(state->version, state->known);
    for (const auto &lint : state->lints)
        QFAIL((lint.lint + ": " + lint.object).c_str());
    const auto again = server::upgrade(session);
    QVERIFY(again);
    QCOMPARE(again->from, again->to);
}

void TestDeployment::theTablesAreTheDocumentedOnes()
{
    std::ifstream file(SQLGYM_SEED_SCHEMA);
    if (!file)
        QSKIP("the documented schema is not at hand");
    m_fixture->makeDatabase("seed");
    auto seed = m_fixture->admin("seed");
    QVERIFY(seed.execute(std::string(std::istreambuf_iterator<char>(file), {})));
    m_fixture->deploy("same");
    auto ours = m_fixture->admin("same");

    const QStringList expected = shape(seed);
    QVERIFY(expected.size() > 300);
    QCOMPARE(shape(ours), expected);
}

void TestDeployment::initRefusesWhatIsNotEmpty()
{
    m_fixture->makeDatabase("used");
    auto session = m_fixture->admin("used");
    QVERIFY(session.execute("CREATE TABLE mine (id int)"));
    const auto report = server::init(session);
    QVERIFY(!report);
    QCOMPARE(report.error().code, std::string("not_empty"));
    QVERIFY(report.error().message.find("mine") != std::string::npos);
    QCOMPARE(asked(session, "SELECT to_regclass('private.migrations')"), std::string("NULL"));

    QVERIFY(m_fixture->admin("postgres")
                .execute("CREATE DATABASE latin ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0"));
    auto latin = m_fixture->admin("latin");
    QCOMPARE(server::init(latin).error().code, std::string("not_utf8"));

    m_fixture->deploy("twice");
    auto second = m_fixture->admin("twice");
    QCOMPARE(server::init(second).error().code, std::string("not_empty"));
    auto none = m_fixture->admin("postgres");
    QCOMPARE(server::upgrade(none).error().code, std::string("no_server"));
    QCOMPARE(server::status(none).error().code, std::string("no_server"));
}

void TestDeployment::upgradeGoesOnWhereItStopped()
{
    m_fixture->makeDatabase("broken");
    auto session = m_fixture->admin("broken");
    // Something of ours is in the way of the second migration.
    QVERIFY(session.execute("CREATE SCHEMA private AUTHORIZATION sqlgym_owner; CREATE TABLE private.sessions (x int)"));
    const auto broken = server::init(session);
    QVERIFY(!broken);
    QVERIFY2(broken.error().message.find("0002_accounts") != std::string::npos, broken.error().message.c_str());
    QCOMPARE(asked(session, "SELECT max(number) FROM private.migrations"), std::string("1"));

    QVERIFY(session.execute("DROP TABLE private.sessions"));
    const auto report = server::upgrade(session);
    QVERIFY2(report, report ? "" : report.error().message.c_str());
    QCOMPARE(report->from, 1);
    QCOMPARE(report->to, static_cast<int>(server::migrations().size()));
}

void TestDeployment::upgradeRefusesNewerAndOtherServers()
{
    m_fixture->deploy("later");
    auto session = m_fixture->admin("later");
    QVERIFY(session.execute("INSERT INTO private.migrations VALUES (1000, '1000_later', 'x')"));
    QCOMPARE(server::upgrade(session).error().code, std::string("newer"));
    QVERIFY(session.execute("DELETE FROM private.migrations WHERE number = 1000;"
                            "UPDATE private.migrations SET sha256 = 'x' WHERE number = 2"));
    QCOMPARE(server::upgrade(session).error().code, std::string("other"));
}

void TestDeployment::lintsSeeWhatIsWrong_data()
{
    QTest::addColumn<QByteArray>("mischief");
    QTest::addColumn<QByteArray>("lint");
    QTest::addRow("rls") << QByteArray("ALTER TABLE public.users DISABLE ROW LEVEL SECURITY")
                         << QByteArray("a table has no row-level security");
    QTest::addRow("owner") << QByteArray("ALTER TABLE public.badges OWNER TO sqlgym_admin")
                           << QByteArray("a table has another owner");
    QTest::addRow("policy") << QByteArray(
                                   "CREATE POLICY slow ON public.badges USING (api.current_user_id() IS NOT NULL)")
                            << QByteArray("a policy asks for the caller at every row");
    QTest::addRow("definer") << QByteArray("CREATE FUNCTION api.f() RETURNS int LANGUAGE sql SECURITY DEFINER SET "
                                           "search_path = '' AS 'SELECT 1'")
                             << QByteArray("a definer function belongs to a superuser");
    QTest::addRow("path") << QByteArray("ALTER FUNCTION api.is_admin() RESET search_path")
                          << QByteArray("a function has no search_path of its own");
    QTest::addRow("public function") << QByteArray("GRANT EXECUTE ON FUNCTION api.is_admin() TO PUBLIC")
                                     << QByteArray("everybody may call a function");
    QTest::addRow("sleep") << QByteArray("GRANT EXECUTE ON FUNCTION pg_sleep(float8) TO PUBLIC")
                           << QByteArray("everybody may call a function");
    QTest::addRow("private function") << QByteArray(
                                             "GRANT EXECUTE ON FUNCTION private.new_session(varchar) TO sqlgym_client")
                                      << QByteArray("clients may call a function of private or ext");
    QTest::addRow("language") << QByteArray("GRANT USAGE ON LANGUAGE plpgsql TO PUBLIC")
                              << QByteArray("everybody may use a language");
    QTest::addRow("schema") << QByteArray("GRANT CREATE ON SCHEMA public TO PUBLIC")
                            << QByteArray("everybody may use or create in a schema");
    QTest::addRow("private") << QByteArray("GRANT USAGE ON SCHEMA private TO sqlgym_client")
                             << QByteArray("clients may create in a schema, or use one that is not theirs");
    QTest::addRow("temp") << QByteArray("GRANT TEMP ON DATABASE lint TO PUBLIC")
                          << QByteArray("clients may create or make temporary tables in the database");
    QTest::addRow("update") << QByteArray("GRANT UPDATE ON public.community_posts TO sqlgym_client")
                            << QByteArray("clients may write a table directly");
    QTest::addRow("column") << QByteArray("GRANT INSERT (id) ON public.submissions TO sqlgym_client")
                            << QByteArray("clients may write a table directly");
    QTest::addRow("hash") << QByteArray("GRANT SELECT (password_hash) ON public.users TO sqlgym_client")
                          << QByteArray("clients may read what is nobody's business");
    QTest::addRow("queue") << QByteArray("GRANT SELECT (job_id) ON public.fallback_submissions TO sqlgym_client")
                           << QByteArray("clients may read a table of the judges");
    QTest::addRow("index") << QByteArray("DROP INDEX public.sqlgym_post_comments_parent")
                           << QByteArray("a reference has no index");
    QTest::addRow("role") << QByteArray("ALTER ROLE sqlgym_client CREATEDB")
                          << QByteArray("a role may more than it should");
    QTest::addRow("member") << QByteArray("GRANT pg_read_all_data TO sqlgym_client")
                            << QByteArray("a role belongs to another");
    const auto row = [](const char *name, const char *mischief, const char *lint) {
        QTest::newRow(name) << QByteArray(mischief) << QByteArray(lint);
    };
    row("policy that calls with a column",
        "CREATE POLICY slow ON public.solutions FOR SELECT TO sqlgym_judge USING "
        "(api.can_see(problem_id))",
        "a policy asks for the caller at every row");
    row("policy on an unindexed column",
        "CREATE POLICY slow ON public.badges FOR SELECT TO sqlgym_judge USING (rarity = 'x')",
        "a policy's column has no index");
    row("policy for everybody", "CREATE POLICY all_of_them ON public.badges FOR SELECT USING (true)",
        "a policy is for everybody");
    row("policy to write", "CREATE POLICY mine ON public.badges TO sqlgym_client USING (true)",
        "a policy lets clients write");
    row("view",
        "CREATE VIEW api.all_of_them AS SELECT * FROM public.users; GRANT SELECT ON api.all_of_them TO sqlgym_client",
        "a view shows more than its reader may see");
    row("materialized view",
        "CREATE MATERIALIZED VIEW api.all_of_them AS SELECT * FROM public.users; GRANT SELECT ON "
        "api.all_of_them TO sqlgym_client",
        "a view shows more than its reader may see");
    row("sequence", "GRANT USAGE ON SEQUENCE private.auth_slot_1 TO sqlgym_client", "clients may use a sequence");
    row("statements",
        "CREATE VIEW public.pg_stat_statements AS SELECT 1 AS query; GRANT SELECT ON public.pg_stat_statements TO "
        "PUBLIC",
        "clients may see the statements of others");
    row("leakproof", "ALTER FUNCTION api.can_see(text) LEAKPROOF", "a function is leakproof");
    row("dynamic SQL",
        "CREATE FUNCTION api.f(x text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS "
        "'BEGIN EXECUTE x; END'",
        "a definer function puts SQL together");
    row("time zone", "ALTER FUNCTION api.like_post(text, text) RESET TimeZone",
        "a function writes moments of the caller's time zone");
    row("judge writes", "GRANT INSERT ON public.submissions TO sqlgym_judge", "judges may write a table directly");
    row("judge reads", "GRANT SELECT (email) ON public.users TO sqlgym_judge", "judges may read who people are");
    row("connect", "GRANT CONNECT ON DATABASE lint TO PUBLIC", "everybody may connect");
    row("defaults", "ALTER DEFAULT PRIVILEGES FOR ROLE sqlgym_owner GRANT EXECUTE ON FUNCTIONS TO PUBLIC",
        "what the owner makes later is callable by everybody");
    row("clients' defaults", "ALTER DEFAULT PRIVILEGES FOR ROLE sqlgym_client GRANT SELECT ON TABLES TO PUBLIC",
        "clients changed what they grant by default");
    row("owning", "ALTER TABLE public.badges OWNER TO sqlgym_client", "clients own something");
    row("connections", "ALTER ROLE sqlgym_client CONNECTION LIMIT -1", "clients may take every connection");
    row("role settings", "ALTER ROLE sqlgym_client SET default_transaction_read_only = on",
        "the settings that clients start with were changed");
    row("role settings of the database", "ALTER ROLE sqlgym_client IN DATABASE lint SET row_security = off",
        "the settings that clients start with were changed");
    row("role settings gone", "ALTER ROLE sqlgym_client RESET statement_timeout",
        "the settings that clients start with were changed");
    row("statistics", "ALTER TABLE public.submissions ALTER query SET STATISTICS 100",
        "learners' texts leave statistics behind");
    row("locks", "GRANT EXECUTE ON FUNCTION pg_lock_status() TO PUBLIC", "everybody may call a function");
    row("a member of the client role", "GRANT sqlgym_client TO sqlgym_judge", "a role belongs to another");
    row("ext", "GRANT USAGE ON SCHEMA ext TO sqlgym_client",
        "clients may create in a schema, or use one that is not theirs");
    row("owner that logs in", "ALTER ROLE sqlgym_owner LOGIN", "a role may more than it should");
    row("row security passed by", "ALTER ROLE sqlgym_judge BYPASSRLS", "a role may more than it should");
    row("lock", "GRANT DELETE ON public.submissions TO sqlgym_client", "clients may write a table directly");
    row("results", "GRANT SELECT (query_result) ON public.execution_results TO sqlgym_client",
        "clients may read what is nobody's business");
    row("private table", "GRANT SELECT ON private.sessions TO sqlgym_client", "clients may read a table of the judges");
    QTest::addRow("activity") << QByteArray("ALTER ROLE sqlgym_client RESET track_activities")
                              << QByteArray("clients' statements are shown to others");
}

void TestDeployment::lintsSeeWhatIsWrong()
{
    QFETCH(QByteArray, mischief);
    QFETCH(QByteArray, lint);
    static const bool deployed = (m_fixture->deploy("lint"), true);
    QVERIFY(deployed);
    auto session = m_fixture->admin("lint");
    QVERIFY(session.execute("BEGIN"));
    auto done = session.execute(mischief.toStdString());
    QVERIFY2(done, done ? "" : done.error().message.c_str());

    const auto state = server::status(session);
    QVERIFY(state);
    QVERIFY(std::ranges::find(state->lints, lint.toStdString(), &server::Lint::lint) != state->lints.end());

    QVERIFY(session.execute("ROLLBACK"));
    QVERIFY(server::status(session)->lints.empty());
}

void TestDeployment::whatAClientDidToItsRoleIsUndone()
{
    m_fixture->deploy("undone");
    auto session = m_fixture->admin("undone");
    auto client = m_fixture->as("sqlgym_client", "undone");
    // PostgreSQL has no privilege for these: whoever is connected as a role may.
    for (const char *mischief : {"ALTER ROLE CURRENT_USER SET default_transaction_read_only = on",
                                 "ALTER ROLE CURRENT_USER SET statement_timeout = 1",
                                 "ALTER ROLE CURRENT_USER IN DATABASE undone SET row_security = off",
                                 "ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO PUBLIC"})
        QCOMPARE(asked(client, mischief), std::string(""));
    QVERIFY(server::status(session)->lints.size() >= 3);

    const auto report = server::upgrade(session);

    QVERIFY2(report, report ? "" : report.error().message.c_str());
    const auto state = server::status(session);
    QVERIFY(state);
    for (const auto &lint : state->lints)
        QFAIL((lint.lint + ": " + lint.object).c_str());
}

void TestDeployment::packsAreTakenInOnce()
{
    m_fixture->deploy("pack");
    auto session = m_fixture->admin("pack");
    const auto pack = content::readPack(content::bundledPack());
    QVERIFY(pack);

    const auto first = server::importPack(session, *pack);
    QVERIFY2(first, first ? "" : first.error().message.c_str());
    QCOMPARE(first->problems, static_cast<int>(pack->problems.size()));
    QVERIFY(first->changed > 60);
    const auto again = server::importPack(session, *pack);
    QVERIFY(again);
    QCOMPARE(again->changed, 0);

    // A test that results refer to stays when the pack has it no longer, and is seen by nobody.
    auto thinner = *pack;
    auto &tests = thinner.problems.front().tests;
    const std::string gone = tests.back().name;
    const std::string problem = thinner.problems.front().id;
    QVERIFY(session.execute("INSERT INTO users (id, username, email) VALUES ('u', 'u', 'u@example.org');"
                            "INSERT INTO submissions VALUES ('s', 'u', '" +
                            problem +
                            "', 'SELECT 1', false);"
                            "INSERT INTO execution_results (id, submission_id, test_case_id, status, is_correct) "
                            "SELECT 'r', 's', id, 'SUCCESS', false FROM test_cases WHERE problem_id = '" +
                            problem + "' AND name = '" + gone + "'"));
    tests.pop_back();
    QVERIFY(server::importPack(session, thinner));
    QCOMPARE(asked(session, "SELECT is_hidden, order_index FROM test_cases WHERE id = (SELECT test_case_id FROM "
                            "execution_results)"),
             std::string("t|-1"));
    QCOMPARE(asked(session, "SELECT count(*) FROM test_cases WHERE problem_id = $1 AND order_index >= 0", {problem}),
             std::to_string(tests.size()));
}

QTEST_GUILESS_MAIN(TestDeployment)
#include "tst_deployment.moc"
