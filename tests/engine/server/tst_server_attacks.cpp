// Some thousand statements of people who are after what is not theirs, over the client's own credentials.
#include "digest/digest.h"
#include "server_with_pack.h"

#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QtTest>

#include <map>

using namespace sqlgym;
using tests::asked;
using tests::uuid;

namespace {

/// In everything that a learner may not read; with "never" after it, what an instructor may not read either.
const QString kSecret = QStringLiteral("zq7f3");
const QString kNever = QStringLiteral("zq7f3-never");

struct Attack {
    QString statement;
    bool refused = true;
};

/// What one statement came to.
struct Outcome {
    QString answer;
    QStringList states; ///< SQLSTATEs, one a try
};

QList<Attack> fromFile()
{
    QFile file(QStringLiteral(SQLGYM_SOURCE_DIR "/tests/engine/server/attacks.sql"));
    QList<Attack> attacks;
    bool refused = true;
    if (!file.open(QIODevice::ReadOnly))
        return attacks;
    for (const QString &line : QString::fromUtf8(file.readAll()).split(u'\n')) {
        if (line.startsWith(QLatin1String("--")))
            refused = line.startsWith(QLatin1String("-- refused"));
        else if (!line.isEmpty())
            attacks.push_back({line, refused});
    }
    return attacks;
}

/// Every way to a column's content.
QList<Attack> aimedAtColumns()
{
    const QList<std::pair<QString, QStringList>> columns{
        {"users",
         {"password_hash", "email", "google_id", "premium", "is_admin", "verification_token",
          "verification_token_expires", "auth_provider", "email_verified"}},
        {"problems", {"master_solution", "expected_hash"}},
        {"execution_results", {"validation_details", "query_result", "error_message"}},
        {"fallback_submissions", {"data", "status"}},
        {"cache_entries", {"data"}},
        {"user_sandboxes", {"schema_name"}}};
    const QStringList forms{"SELECT %c FROM %t",
                            "SELECT %t.%c FROM public.%t",
                            "SELECT (x).%c FROM %t x",
                            "SELECT x FROM %t x",
                            "SELECT x.* FROM %t x",
                            "TABLE %t",
                            "SELECT count(%c) FROM %t",
                            "SELECT 1 FROM %t WHERE %c IS NOT NULL",
                            "SELECT 1 FROM %t WHERE %c::text LIKE 'a%'",
                            "SELECT 1 FROM %t WHERE 1 / length(%c::text) > 0",
                            "SELECT 1 FROM %t WHERE %c::text::int = 1",
                            "SELECT 1 FROM %t WHERE (id, %c::text) < ('x', 'y')",
                            "SELECT 1 FROM %t WHERE ROW(%c) IS NULL",
                            "SELECT 1 FROM %t WHERE %c IS DISTINCT FROM NULL",
                            "SELECT 1 FROM %t ORDER BY %c::text",
                            "SELECT 1 FROM %t GROUP BY %c::text",
                            "SELECT 1 FROM %t HAVING max(%c::text) > 'm'",
                            "SELECT DISTINCT ON (%c::text) 1 FROM %t",
                            "SELECT rank() OVER (ORDER BY %c::text) FROM %t",
                            "SELECT CASE WHEN %c IS NULL THEN 0 ELSE 1 END FROM %t",
                            "SELECT coalesce(%c::text, '') FROM %t",
                            "SELECT format('%s', %c) FROM %t",
                            "SELECT array_agg(%c::text) FROM %t",
                            "SELECT ARRAY(SELECT %c::text FROM %t)",
                            "SELECT row_to_json(x) FROM %t x",
                            "SELECT to_jsonb(x) -> '%c' FROM %t x",
                            "SELECT (to_jsonb(x))['%c'] FROM %t x",
                            "SELECT json_agg(x) FROM %t x",
                            "SELECT x::text FROM %t x",
                            "SELECT hstore(x) FROM %t x WHERE x IS NOT NULL",
                            "SELECT 1 FROM %t x WHERE x::text > 'a'",
                            "SELECT 1 FROM %t x ORDER BY x",
                            "SELECT 1 FROM %t x JOIN %t y USING (%c)",
                            "SELECT 1 FROM %t x NATURAL JOIN %t y",
                            "SELECT 1 WHERE EXISTS (SELECT FROM %t WHERE %c::text > 'a')",
                            "SELECT 1 WHERE 'a' = ANY (SELECT %c::text FROM %t)",
                            "SELECT y.* FROM generate_series(1, 1), LATERAL (SELECT %c FROM %t) y",
                            "WITH y AS (SELECT %c FROM %t) SELECT * FROM y",
                            "VALUES ((SELECT %c::text FROM %t LIMIT 1))",
                            "SELECT id FROM %t UNION SELECT %c::text FROM %t",
                            "SELECT %c FROM %t TABLESAMPLE SYSTEM (100)",
                            "SELECT ctid, %c FROM %t",
                            "COPY %t (%c) TO STDOUT",
                            "COPY (SELECT %c FROM %t) TO STDOUT",
                            "EXPLAIN SELECT %c FROM %t",
                            "EXPLAIN ANALYZE SELECT 1 FROM %t WHERE %c IS NULL",
                            "DEALLOCATE ALL; PREPARE p AS SELECT %c FROM %t; EXECUTE p",
                            "DECLARE c CURSOR WITH HOLD FOR SELECT %c FROM %t",
                            "UPDATE %t SET id = id RETURNING %c",
                            "DELETE FROM %t RETURNING %c",
                            "INSERT INTO %t (id) VALUES ('x') RETURNING %c",
                            "INSERT INTO %t (id) VALUES ('x') ON CONFLICT (id) DO UPDATE SET id = %t.%c::text",
                            "UPDATE community_posts p SET content = x.%c::text FROM %t x",
                            "CREATE TABLE mine AS SELECT %c FROM %t",
                            "SELECT query_to_xml('SELECT %c FROM %t', true, true, '')",
                            "SELECT ts_stat('SELECT to_tsvector(%c::text) FROM %t')"};
    QList<Attack> attacks;
    for (const auto &[table, names] : columns) {
        for (const QString &name : names) {
            for (QString form : forms)
                attacks.push_back({form.replace(QLatin1String("%t"), table).replace(QLatin1String("%c"), name), true});
        }
    }
    return attacks;
}

} // namespace

class TestServerAttacks : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void cleanupTestCase() { m_fixture.reset(); }
    void statementsGetNowhere_data();
    void statementsGetNowhere();

private:
    void plant();
    std::vector<Outcome> run(const QList<Attack> &attacks, const std::string &token);
    /// All that must be as before.
    std::string state();

    std::unique_ptr<tests::ServerFixture> m_fixture;
    std::optional<server::Session> m_admin;
    std::map<QString, std::string> m_ids; ///< by placeholder
    std::string m_learner, m_instructor, m_bobsToken;
};

void TestServerAttacks::initTestCase()
{
    m_fixture = std::make_unique<tests::ServerFixture>();
    const auto pack = tests::deployWithPack(*m_fixture);
    m_admin = m_fixture->admin();
    m_ids[":problem"] = pack.problems[0].id;
    m_ids[":premium"] = pack.problems[1].id;
    auto client = m_fixture->as("sqlgym_client");
    const auto signUp = [&](const std::string &name) {
        return asked(client, "SELECT api.sign_up($1, $1 || '@example.org', 'correct horse')", {name});
    };
    m_bobsToken = signUp("bob");
    m_learner = signUp("ann");
    m_instructor = signUp("ida");
    m_ids[":bob"] = asked(*m_admin, "SELECT id FROM users WHERE username = 'bob'");
    QVERIFY(server::grantAdmin(*m_admin, "ida").value());
    plant();
}

void TestServerAttacks::plant()
{
    const char *names[] = {":post",   ":comment", ":link",   ":solution", ":submission",
                           ":hidden", ":session", ":report", ":draft"};
    for (int at = 0; at < 9; ++at)
        m_ids[names[at]] = uuid(0xb0b00 + at);
    const QString sql = QStringLiteral(R"(
        UPDATE users SET email = 'bob@zq7f3-never.example', google_id = username || 'zq7f3-never', verification_token = 'zq7f3-never', premium = username = 'bob'
            WHERE username = 'bob';
        UPDATE problems SET master_solution = '{"sql": "zq7f3"}', expected_hash = 'zq7f3-never';
        UPDATE problems SET premium = true, question = jsonb_set(question, '{markdown}', '"zq7f3"'), hints = '["zq7f3"]'
            WHERE id = :premium;
        UPDATE problem_schemas SET sample_data = '{"rows": [["zq7f3"]]}' WHERE problem_id = :premium;
        UPDATE test_cases SET expected_output = '{"rows": [["zq7f3"]]}' WHERE problem_id = :premium;
        UPDATE test_cases SET name = left(name, 100) || 'zq7f3', expected_output = '{"rows": [["zq7f3"]]}', input_data =
            '{"tables": ["zq7f3"]}', preview_expected_output = '"zq7f3"' WHERE is_hidden;
        INSERT INTO test_cases (id, problem_id, name, input_data, expected_output, is_hidden)
            VALUES (:hidden, :problem, 'zq7f3', '"zq7f3"', '"zq7f3"', NULL);
        INSERT INTO submissions VALUES (:submission, :bob, :problem, 'canary-query-of-bob zq7f3', true);
        INSERT INTO submissions SELECT 'of-ann', id, :problem, 'SELECT 1', false FROM users WHERE username = 'ann';
        INSERT INTO problem_submissions (id, user_id, problem_id, sql_query, status, error_message, result_data)
            VALUES (:submission, :bob, :problem, 'zq7f3', 'completed', 'zq7f3', '{"x": "zq7f3"}');
        INSERT INTO execution_results (id, submission_id, test_case_id, status, query_result, error_message, is_correct,
            validation_details) SELECT s.id || '-r', s.id, :hidden, 'ERROR', '"zq7f3"', 'zq7f3', false, '"zq7f3"'
            FROM submissions s;
        INSERT INTO problem_sessions (id, user_id, problem_id, total_time_spent_seconds) VALUES (:session, :bob, :problem, 7);
        INSERT INTO user_progress (id, user_id, topic_id) SELECT 'zq7f3', :bob, topic_id FROM problems WHERE id = :problem;
        INSERT INTO user_badges SELECT 'zq7f3', :bob, id FROM badges LIMIT 1;
        INSERT INTO community_posts (id, user_id, content) VALUES (:post, :bob, 'hello');
        INSERT INTO post_comments (id, user_id, post_id, content) VALUES (:comment, :bob, :post, 'hello');
        INSERT INTO post_likes VALUES ('zq7f3-never', :bob, :post);
        INSERT INTO problem_interactions (id, user_id, problem_id) VALUES ('zq7f3', :bob, :problem);
        INSERT INTO helpful_links VALUES (:link, :bob, 'docs', 'https://example.org');
        INSERT INTO solutions (id, problem_id, created_by, title, content, sql_code)
            VALUES (:solution, :problem, :bob, 'zq7f3', 'zq7f3', 'zq7f3');
        INSERT INTO cache_entries (id, cache_key, namespace, data, expires_at) VALUES ('zq7f3-never', 'x', 'x', '"zq7f3-never"', 'infinity');
        INSERT INTO fallback_submissions (id, job_id, data, status) VALUES ('zq7f3-never', 'x', '"zq7f3-never"', 'completed');
        INSERT INTO user_sandboxes (id, user_id, problem_id, schema_name, expires_at)
            VALUES ('x', :bob, :problem, 'zq7f3-never', 'infinity');
        INSERT INTO private.reports (id, user_id, kind, target_id, reason) VALUES (:report, :bob, 'post', :post, 'zq7f3');
        INSERT INTO private.submission_comments (id, submission_id, author_id, content)
            SELECT 'x', :submission, id, 'zq7f3' FROM users WHERE username = 'ida';
        INSERT INTO private.drafts (problem_id, definition) VALUES (:draft, '{"title": "zq7f3"}');
        INSERT INTO private.claimed_emails VALUES (:bob, 'zq7f3-never@example.org');
        ANALYZE;)");
    QString filled = sql;
    for (const auto &[name, id] : m_ids)
        filled.replace(QRegularExpression(name + QStringLiteral("\\b")), QString::fromStdString("'" + id + "'"));
    const auto planted = m_admin->execute(filled.toStdString());
    QVERIFY2(planted, planted ? "" : planted.error().message.c_str());
}

std::vector<Outcome> TestServerAttacks::run(const QList<Attack> &attacks, const std::string &token)
{
    // psql, as whoever attacks would: it reads COPY, and goes on after an error.
    const QString identity =
        QStringLiteral("SELECT set_config('sqlgym.token', '%1', false)").arg(QString::fromStdString(token));
    QString script = QStringLiteral("\\set VERBOSITY verbose\n");
    const auto part = [&](const QString &name, const QString &statement) {
        script += QStringLiteral("\\echo @@%1\n\\warn @@%1\n%2;\n").arg(name, statement);
        if (statement.endsWith(QLatin1String("FROM STDIN")))
            script += QStringLiteral("\\.\n");
    };
    for (qsizetype at = 0; at < attacks.size(); ++at) {
        QString statement = attacks[at].statement;
        for (const auto &[name, id] : m_ids)
            statement.replace(QRegularExpression(name + QStringLiteral("\\b")), QString::fromStdString("'" + id + "'"));
        part(QStringLiteral("own"), identity);
        part(QString::number(at), statement);
        if (attacks[at].refused) {
            part(QStringLiteral("own"), QStringLiteral("BEGIN"));
            part(QString::number(at), statement);
            part(QStringLiteral("own"), QStringLiteral("ROLLBACK"));
        }
    }
    QProcess psql;
    psql.start(QStringLiteral("psql"),
               {"-X", "-A", "-q", "-d", QString::fromStdString(m_fixture->dsn("sqlgym_client"))});
    psql.write(script.toUtf8());
    psql.closeWriteChannel();
    if (!psql.waitForFinished(120000 * SQLGYM_PACE))
        return {};
    std::vector<Outcome> outcomes(static_cast<std::size_t>(attacks.size()));
    static const QRegularExpression kState(QStringLiteral("(?:ERROR|FATAL|PANIC):\\s+([0-9A-Z]{5}):"));
    for (const bool errors : {false, true}) {
        const QString said = QString::fromUtf8(errors ? psql.readAllStandardError() : psql.readAllStandardOutput());
        for (const QString &piece : said.split(QStringLiteral("@@"), Qt::SkipEmptyParts)) {
            const qsizetype line = piece.indexOf(u'\n');
            bool numbered = false;
            const int at = piece.left(line).toInt(&numbered);
            if (!numbered)
                continue;
            Outcome &outcome = outcomes[static_cast<std::size_t>(at)];
            outcome.answer += piece.mid(line);
            if (const auto found = kState.match(piece); errors)
                outcome.states << (found.hasMatch() ? found.captured(1) : QString());
        }
    }
    return outcomes;
}

std::string TestServerAttacks::state()
{
    // Sessions slide, rates count, sequences count attempts: all else stays.
    const std::string tables =
        asked(*m_admin,
              "SELECT string_agg(format('(SELECT count(*)::text || COALESCE(md5(string_agg(t::text, '';'' ORDER BY "
              "t::text)), '''') FROM %s t)', c.oid::regclass), ' || ' ORDER BY c.oid) FROM pg_class c WHERE c.relkind "
              "= 'r' AND c.relnamespace IN ('public'::regnamespace, 'private'::regnamespace) AND c.relname NOT IN "
              "('sessions', 'rates')");
    std::string all = asked(*m_admin, "SELECT " + tables) + asked(*m_admin, "SELECT count(*) FROM private.sessions");
    for (const char *catalogue :
         {"pg_authid", "pg_auth_members", "pg_db_role_setting", "pg_default_acl", "pg_namespace", "pg_proc",
          "pg_policy", "pg_trigger", "pg_largeobject_metadata", "pg_database", "pg_rewrite", "pg_operator", "pg_cast",
          "pg_extension", "pg_language", "pg_init_privs", "pg_description", "pg_statistic_ext", "pg_publication"}) {
        const std::string columns = std::string(catalogue) == "pg_database" ? "datname || datacl::text" : "t::text";
        all += asked(*m_admin, "SELECT md5(string_agg(" + columns + ", ';' ORDER BY 1)) FROM " + catalogue + " t");
    }
    return all +
           asked(*m_admin, "SELECT md5(string_agg(c.relname || c.relowner || c.relrowsecurity || "
                           "COALESCE(c.relacl::text, ''), ';' ORDER BY c.oid)) FROM pg_class c") +
           asked(*m_admin, "SELECT md5(string_agg(a.attacl::text, ';' ORDER BY attrelid, attnum)) FROM pg_attribute a");
}

void TestServerAttacks::statementsGetNowhere_data()
{
    QTest::addColumn<QString>("who");
    QTest::addColumn<bool>("aimed");
    for (const char *who : {"nobody", "a learner", "an instructor"}) {
        QTest::addRow("%s, statements of all kinds", who) << QString(who) << false;
        QTest::addRow("%s, columns", who) << QString(who) << true;
    }
}

void TestServerAttacks::statementsGetNowhere()
{
    QFETCH(QString, who);
    QFETCH(bool, aimed);
    const QList<Attack> attacks = aimed ? aimedAtColumns() : fromFile();
    QVERIFY(attacks.size() > 500);
    const bool instructor = who == QLatin1String("an instructor");
    const std::string token = instructor ? m_instructor : who == QLatin1String("a learner") ? m_learner : "";
    // Hashes and tokens are secrets of themselves.
    QStringList secrets{instructor ? kNever : kSecret, QString::fromStdString(m_bobsToken),
                        QString::fromStdString(digest::sha256Hex(m_bobsToken))};
    secrets << QString::fromStdString(asked(*m_admin, "SELECT string_agg(password_hash, ';') FROM users")).split(u';');
    const std::string before = state();
    tests::forgetAttempts(*m_admin);

    const auto outcomes = run(attacks, token);

    QCOMPARE(outcomes.size(), static_cast<std::size_t>(attacks.size()));
    // No privilege; no such thing for the caller; not possible there; not supported.
    const QStringList refusals{"42501", "42883", "42P01", "42704", "25P01", "25001", "0A000", "55000", "58P01",
                               "22023", "3F000", "42P02", "42809", "2BP01", "42P17", "22P02", "42703"};
    QStringList wrong;
    for (std::size_t at = 0; at < outcomes.size(); ++at) {
        const Attack &attack = attacks[static_cast<qsizetype>(at)];
        for (const QString &state : outcomes[at].states) {
            if (attack.refused && !refusals.contains(state))
                wrong << attack.statement + QStringLiteral(" -> '") + state + u'\'';
        }
        if (outcomes[at].states.size() != (attack.refused ? 2 : 1))
            wrong << attack.statement + QStringLiteral(" was not run");
        for (const QString &secret : std::as_const(secrets)) {
            if (outcomes[at].answer.contains(secret))
                wrong << attack.statement + QStringLiteral(" tells ") + secret;
        }
    }
    for (const QString &line : std::as_const(wrong))
        qWarning("%s", qPrintable(line));
    QVERIFY(wrong.isEmpty());
    QCOMPARE(state(), before);
}

QTEST_GUILESS_MAIN(TestServerAttacks)
#include "tst_server_attacks.moc"
