// A copy of a server: whole at first, then brought up to date, always what a new copy would be, and never what its
// learner may not see.
#include "../client/counting_gateway.h"
#include "../server/server_with_pack.h"
#include "cache/fresh_copy.h"
#include "content/pack.h"
#include "content/resources.h"
#include "copy_of.h"

#include <QFile>
#include <QtTest>

#include <random>

using namespace sqlgym;
using tests::asked;
using tests::Learner;
using tests::uuid;

namespace {

/// Statements of a server's life; ? is a number that chance picks. Each may fail, as life does.
const char *const kLife[] = {
    "INSERT INTO submissions (id, user_id, problem_id, query, is_correct, execution_time) SELECT gen_random_uuid(), "
    "u.id, p.id, "
    "'SELECT ?', ? % 3 = 0, ? FROM (SELECT id FROM users ORDER BY md5(id || '?') LIMIT 1) u, (SELECT id FROM problems "
    "ORDER BY "
    "md5(id || '?') LIMIT 2) p",
    "INSERT INTO execution_results (id, submission_id, test_case_id, status, is_correct) SELECT gen_random_uuid(), "
    "s.id, t.id, "
    "'ERROR', false FROM (SELECT id, problem_id FROM submissions ORDER BY md5(id || '?') LIMIT 1) s JOIN test_cases t "
    "USING "
    "(problem_id)",
    "INSERT INTO community_posts (id, user_id, problem_id, content, code_snippet, created_at) SELECT "
    "gen_random_uuid(), u.id, p.id, "
    "'post ? \"{[', NULL, timezone('UTC', now()) - make_interval(days => ? % 150) FROM (SELECT id FROM users ORDER BY "
    "md5(id || "
    "'?') LIMIT 1) u, (SELECT id FROM problems ORDER BY md5(id || '?') LIMIT 1) p",
    "INSERT INTO post_comments (id, user_id, post_id, content) SELECT gen_random_uuid(), u.id, p.id, 'comment ?' FROM "
    "(SELECT id "
    "FROM users ORDER BY md5(id || '?') LIMIT 1) u, (SELECT id FROM community_posts ORDER BY md5(id || '?') LIMIT 1) p",
    "INSERT INTO post_likes (id, user_id, post_id) SELECT gen_random_uuid(), u.id, p.id FROM (SELECT id FROM users "
    "ORDER BY md5(id "
    "|| '?') LIMIT 1) u, (SELECT id FROM community_posts ORDER BY md5(id || '?') LIMIT 1) p",
    "INSERT INTO followers (id, follower_id, following_id) SELECT gen_random_uuid(), a.id, b.id FROM (SELECT id FROM "
    "users ORDER "
    "BY md5(id || '?') LIMIT 1) a, (SELECT id FROM users ORDER BY md5(id || '?') LIMIT 1) b",
    "INSERT INTO problem_interactions (id, user_id, problem_id, bookmark) SELECT gen_random_uuid(), u.id, p.id, true "
    "FROM (SELECT "
    "id FROM users ORDER BY md5(id || '?') LIMIT 1) u, (SELECT id FROM problems ORDER BY md5(id || '?') LIMIT 1) p",
    "INSERT INTO solutions (id, problem_id, created_by, title, content, sql_code) SELECT gen_random_uuid(), p.id, "
    "u.id, 'x', "
    "'because ?', 'SELECT ?' FROM (SELECT id FROM users ORDER BY md5(id || '?') LIMIT 1) u, (SELECT id FROM problems "
    "ORDER BY "
    "md5(id || '?') LIMIT 1) p",
    "INSERT INTO helpful_links (id, user_id, title, url) SELECT gen_random_uuid(), id, 'link ?', "
    "'https://example.org/?' FROM users "
    "ORDER BY md5(id || '?') LIMIT 1",
    "INSERT INTO problem_sessions (user_id, problem_id, first_query_at, total_time_spent_seconds) SELECT u.id, p.id, "
    "now(), ? FROM "
    "(SELECT id FROM users ORDER BY md5(id || '?') LIMIT 1) u, (SELECT id FROM problems ORDER BY md5(id || '?') LIMIT "
    "1) p",
    "INSERT INTO user_progress (id, user_id, topic_id, average_execution_time_ms, current_difficulty) SELECT "
    "gen_random_uuid(), "
    "u.id, t.id, ? / 7.0, 'HARD' FROM (SELECT id FROM users ORDER BY md5(id || '?') LIMIT 1) u, (SELECT id FROM topics "
    "ORDER BY "
    "md5(id || '?') LIMIT 1) t",
    "UPDATE user_progress SET problems_solved = ?, last_activity_at = now() WHERE id IN (SELECT id FROM user_progress "
    "ORDER BY "
    "md5(id || '?') LIMIT 1)",
    "UPDATE community_posts SET content = 'edited ?' WHERE id IN (SELECT id FROM community_posts ORDER BY md5(id || "
    "'?') LIMIT 1)",
    "UPDATE problems SET tags = '[\"?\"]', title = 'Title ?' WHERE id IN (SELECT id FROM problems ORDER BY md5(id || "
    "'?') LIMIT 1)",
    "UPDATE test_cases SET is_hidden = NOT is_hidden WHERE id IN (SELECT id FROM test_cases ORDER BY md5(id || '?') "
    "LIMIT 1)",
    "UPDATE users SET first_name = 'F?' WHERE id IN (SELECT id FROM users ORDER BY md5(id || '?') LIMIT 1)",
    "DELETE FROM community_posts WHERE id IN (SELECT id FROM community_posts ORDER BY md5(id || '?') LIMIT 1)",
    "DELETE FROM post_comments WHERE id IN (SELECT id FROM post_comments ORDER BY md5(id || '?') LIMIT 1)",
    "DELETE FROM post_likes WHERE id IN (SELECT id FROM post_likes ORDER BY md5(id || '?') LIMIT 1)",
    "DELETE FROM followers WHERE id IN (SELECT id FROM followers ORDER BY md5(id || '?') LIMIT 1)",
    "DELETE FROM submissions WHERE id IN (SELECT id FROM submissions ORDER BY md5(id || '?') LIMIT 1)",
    "DELETE FROM problem_interactions WHERE id IN (SELECT id FROM problem_interactions ORDER BY md5(id || '?') LIMIT "
    "1)",
    "INSERT INTO private.hidden (id, user_id, kind, target_id) SELECT gen_random_uuid(), u.id, 'user', v.id FROM "
    "(SELECT id FROM "
    "users ORDER BY md5(id || '?') LIMIT 1) u, (SELECT id FROM users ORDER BY md5(id || '?') LIMIT 1) v WHERE u.id <> "
    "v.id AND ? % "
    "4 = 0",
    "INSERT INTO private.hidden (id, user_id, kind, target_id) SELECT gen_random_uuid(), u.id, 'post', p.id FROM "
    "(SELECT id FROM "
    "users ORDER BY md5(id || '?') LIMIT 1) u, (SELECT id FROM community_posts ORDER BY md5(id || '?') LIMIT 1) p",
    "INSERT INTO private.moderated (kind, target_id, id, reason, hidden) SELECT 'post', id, gen_random_uuid(), 'x', "
    "true FROM "
    "community_posts ORDER BY md5(id || '?') LIMIT 1",
    "UPDATE private.moderated SET hidden = NOT hidden",
    "INSERT INTO private.give_ups (user_id, problem_id, id) SELECT u.id, p.id, gen_random_uuid() FROM (SELECT id FROM "
    "users ORDER BY "
    "md5(id || '?') LIMIT 1) u, (SELECT id FROM problems ORDER BY md5(id || '?') LIMIT 1) p",
};

} // namespace

class TestPull : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void cleanupTestCase() { m_server.reset(); }
    void aNewCopyHasWhatTheServerShows();
    void aNewCopyIsBuiltLikeAnyProfile();
    void nothingNewIsOneCall();
    void theCopyFollowsTheServersLife_data();
    void theCopyFollowsTheServersLife();
    void whatMayNotBeSeenIsNotOnTheDisk();
    void whatTheProfileHasOfItsOwnStays();
    void anotherWindowKeepsTheOldCopy();
    void cancelledItGoesOnLater();
    void anotherServerMeansANewCopy();
    void premiumThatEndsTakesItsProblems();
    void rowsInTheWayMakeWay();
    void anUnfinishedCopyThatIsNotNeededGoes();

private:
    void live(std::mt19937 &random, int statements);
    std::unique_ptr<tests::ServerFixture> m_server;
    std::optional<server::Session> m_admin;
};

void TestPull::initTestCase()
{
    m_server = std::make_unique<tests::ServerFixture>();
    tests::deployWithPack(*m_server);
    m_admin = m_server->admin();
}

void TestPull::live(std::mt19937 &random, int statements)
{
    for (int i = 0; i < statements; ++i) {
        std::string sql;
        for (const char c : std::string(kLife[random() % std::size(kLife)]))
            sql += c == '?' ? std::to_string(random() % 1000) : std::string(1, c);
        asked(*m_admin, sql);
    }
}

void TestPull::aNewCopyHasWhatTheServerShows()
{
    Learner ann(*m_server, "first");
    std::mt19937 random(1);
    live(random, 60);

    QCOMPARE(ann.pull(), std::string());

    QCOMPARE(ann.newCopies, 1);
    auto copy = sqlite::Database::open(ann.path());
    QCOMPARE(*copy->integrityCheck(), std::string("ok"));
    QCOMPARE(*copy->integer("SELECT count(*) FROM pragma_foreign_key_check()"), std::int64_t{0});
    auto session = m_server->as("sqlgym_client");
    asked(session, "SELECT set_config('sqlgym.token', $1, false)", {ann.token()});
    for (const char *table : cache::mirroredTables()) {
        const std::string query = asked(session, "SELECT query FROM api.mirror() WHERE relation = $1", {table});
        const std::string there = asked(session, "SELECT count(*) FROM (" + query + ") q");
        // Tests that are hidden have a name here and nothing else; the profile's own user is no user of the server's.
        const std::string name = table;
        const auto here =
            copy->integer("SELECT count(*) FROM " + name + (name == "test_cases" ? " WHERE input_data <> ''" : "") +
                          (name == "users" ? " WHERE auth_provider <> 'local'" : ""));
        QCOMPARE(QString::fromStdString(name + " " + std::to_string(*here)),
                 QString::fromStdString(name + " " + there));
    }
    const auto problem = ann.cache().problems().problem("still-out");
    QVERIFY2(problem, problem ? "" : problem.error().message.c_str());
    QVERIFY(!ann.cache().search().search("member")->empty());
}

// It makes its keys when the rows are there, by SQLite's own table of tables: nothing may tell it from a file that was
// made table by table.
void TestPull::aNewCopyIsBuiltLikeAnyProfile()
{
    Learner ann(*m_server, "built");
    QCOMPARE(ann.pull(), std::string());
    const QTemporaryDir folder;
    const std::string usual = folder.filePath("usual.sqlite").toStdString();
    QVERIFY(cache::Cache::open(usual));
    const auto schemaOf = [](const std::string &path) {
        QStringList lines;
        auto file = sqlite::Database::open(path);
        auto row = file->prepare("SELECT type || ' ' || name || ' ' || tbl_name || ' ' || coalesce(sql, '') "
                                 "FROM sqlite_schema ORDER BY 1");
        while (*row->step())
            lines << QString::fromStdString(row->string(0));
        return lines;
    };

    QCOMPARE(schemaOf(ann.path()), schemaOf(usual));

    auto copy = sqlite::Database::open(ann.path());
    QCOMPARE(*copy->integer("PRAGMA page_size"), std::int64_t{16384});
    QVERIFY(!copy->execute("INSERT INTO topics SELECT * FROM topics LIMIT 1")); // the key is in force
    auto plan = copy->prepare("EXPLAIN QUERY PLAN SELECT * FROM submissions WHERE id = 'x'");
    QVERIFY(*plan->step());
    QVERIFY2(plan->string(3).find("sqlite_autoindex_submissions_1") != std::string::npos, plan->string(3).c_str());
}

void TestPull::nothingNewIsOneCall()
{
    Learner ann(*m_server, "second");
    QCOMPARE(ann.pull(), std::string());
    tests::CountingGateway gateway(ann.gateway());

    const auto report = sync::pullChanges(ann.cache().mirror(), gateway, {});

    QVERIFY(report && !report->outdated);
    QCOMPARE(report->written + report->removed, std::int64_t{0});
    QCOMPARE(gateway.calls, 1);
}

void TestPull::theCopyFollowsTheServersLife_data()
{
    QTest::addColumn<unsigned>("seed");
    for (unsigned seed = 1; seed <= 6; ++seed)
        QTest::addRow("seed %u", seed) << seed;
}

void TestPull::theCopyFollowsTheServersLife()
{
    QFETCH(unsigned, seed);
    Learner ann(*m_server, "life" + std::to_string(seed));
    Learner other(*m_server, "other" + std::to_string(seed));
    QCOMPARE(ann.pull(), std::string());
    std::mt19937 random(seed);
    for (int round = 0; round < 8; ++round) {
        live(random, 25);
        QCOMPARE(ann.pull(), std::string());
    }

    const auto found = tests::rowsOf(ann.path());

    QVERIFY(ann.newCopies <= 1);
    const auto wanted = tests::freshRowsOf(ann);
    for (const auto &[table, rows] : wanted) {
        // Names of hidden tests that an earlier result told of may stay; a user whom nobody refers to any more too.
        if (table == "test_cases" || table == "users")
            continue;
        for (const std::string &row : rows)
            QVERIFY2(found.at(table).contains(row),
                     (table + " lacks " + row + "\n has " + *found.at(table).lower_bound(row.substr(0, 30))).c_str());
        for (const std::string &row : found.at(table))
            QVERIFY2(rows.contains(row), (table + " has " + row).c_str());
    }
    auto copy = sqlite::Database::open(ann.path());
    QCOMPARE(*copy->integrityCheck(), std::string("ok"));
    QCOMPARE(*copy->integer("SELECT count(*) FROM pragma_foreign_key_check()"), std::int64_t{0});
}

void TestPull::whatMayNotBeSeenIsNotOnTheDisk()
{
    Learner ann(*m_server, "curious");
    Learner bob(*m_server, "canary-bearer");
    const std::string problem = asked(*m_admin, "SELECT min(id) FROM problems");
    asked(*m_admin,
          "UPDATE users SET email = 'CANARY1@example.org', password_hash = 'CANARY2', google_id = 'CANARY3' WHERE id = "
          "$1",
          {bob.id()});
    asked(*m_admin, "UPDATE users SET verification_token = 'CANARY4' WHERE id = $1", {ann.id()});
    asked(*m_admin, "UPDATE test_cases SET expected_output = '\"CANARY5\"', input_data = '\"CANARY6\"' WHERE is_hidden "
                    "IS NOT FALSE");
    asked(*m_admin, "UPDATE problems SET master_solution = '{\"sql\": \"CANARY7\"}', expected_hash = 'CANARY8'");
    asked(*m_admin,
          "INSERT INTO submissions (id, user_id, problem_id, query, is_correct) VALUES ('c', $1, $2, 'CANARY9', true)",
          {bob.id(), problem});
    asked(*m_admin,
          "INSERT INTO solutions (id, problem_id, created_by, title, content, sql_code) VALUES ('c', $2, $1, 'x', "
          "'CANARY10', 'x')",
          {bob.id(), problem});
    asked(*m_admin,
          "INSERT INTO submissions (id, user_id, problem_id, query, is_correct) VALUES ('a', $1, $2, 'mine', false)",
          {ann.id(), problem});
    asked(*m_admin,
          "INSERT INTO execution_results (id, submission_id, test_case_id, status, is_correct, validation_details, "
          "query_result) "
          "SELECT 'a', 'a', min(id), 'ERROR', false, '\"CANARY11\"', '\"CANARY12\"' FROM test_cases WHERE problem_id = "
          "$1 AND is_hidden",
          {problem});
    asked(*m_admin, "UPDATE problems SET premium = true, question = question || '{\"x\": \"CANARY13\"}' WHERE id = "
                    "(SELECT max(id) FROM problems)");
    const auto canaries = [&] {
        std::string found;
        for (const char *suffix : {"", "-wal"}) {
            QFile file(QString::fromStdString(ann.path() + suffix));
            if (file.open(QIODevice::ReadOnly))
                found += file.readAll().toStdString();
        }
        std::string names;
        for (int number = 1; number <= 13; ++number) {
            const std::string canary = "CANARY" + std::to_string(number);
            for (std::size_t at = found.find(canary); at != std::string::npos; at = found.find(canary, at + 1)) {
                if (at + canary.size() == found.size() ||
                    !std::isdigit(static_cast<unsigned char>(found[at + canary.size()]))) {
                    names += canary + " ";
                    break;
                }
            }
        }
        return names;
    };

    QCOMPARE(ann.pull(), std::string());
    QCOMPARE(canaries(), std::string());
    asked(*m_admin, "UPDATE users SET first_name = 'x'");
    asked(*m_admin, "UPDATE problems SET title = title");
    asked(*m_admin, "UPDATE test_cases SET name = name");
    asked(*m_admin, "UPDATE solutions SET title = title");
    asked(*m_admin, "UPDATE execution_results SET is_correct = false");
    QCOMPARE(ann.pull(), std::string());
    QCOMPARE(canaries(), std::string());
    // The search finds what it should: given up, the solutions come.
    QVERIFY(ann.gateway().call("SELECT api.give_up($1, $2)", {uuid(1).c_str(), problem.c_str()}));
    QCOMPARE(ann.pull(), std::string());
    QCOMPARE(canaries(), std::string("CANARY7 CANARY10 "));
    asked(*m_admin, "UPDATE problems SET premium = false");
}

void TestPull::whatTheProfileHasOfItsOwnStays()
{
    Learner ann(*m_server, "keeper");
    const auto pack = content::readPack(content::bundledPack());
    QVERIFY(ann.cache().problems().loadPack(*pack, "fingerprint"));
    cache::Draft draft;
    draft.document = "a-problem";
    draft.text = "SELECT 'not lost'";
    QVERIFY(ann.cache().drafts().save(draft));
    cache::Attempt attempt;
    attempt.problemId = "a-problem";
    attempt.query = "SELECT 2";
    QVERIFY(ann.cache().attempts().add(attempt));
    QVERIFY(ann.cache().outbox().add(uuid(5), "like_post", "{}"));
    QVERIFY(ann.cache().uiState().set("key", "value"));
    const std::string user = ann.cache().userId();

    QCOMPARE(ann.pull(), std::string());

    QCOMPARE(ann.cache().drafts().draft("a-problem")->value().text, std::string("SELECT 'not lost'"));
    QCOMPARE(ann.cache().attempts().attempts("a-problem")->size(), std::size_t{1});
    QCOMPARE(ann.cache().outbox().entries()->size(), std::size_t{1});
    QCOMPARE(ann.cache().userId(), user);
    QVERIFY(!ann.cache().report().recovered);
    QCOMPARE(ann.cache().problems().loadedPacks()->size(), std::size_t{1});
}

void TestPull::anotherWindowKeepsTheOldCopy()
{
    Learner ann(*m_server, "twice");
    QCOMPARE(ann.pull(), std::string());
    auto other = cache::Cache::open(ann.path());
    QVERIFY(other);
    sync::PullOptions options;
    options.busyTimeoutMs = 100;

    const auto kept = ann.pullAll(options);

    QVERIFY(!kept && kept.error().code == "in_use" && kept.error().transient);
    QVERIFY((*other)->drafts().drafts());
    other->reset();
    QVERIFY(ann.pullAll(options));
    QCOMPARE(ann.pull(), std::string());
}

void TestPull::cancelledItGoesOnLater()
{
    Learner ann(*m_server, "patient");
    asked(*m_admin,
          "INSERT INTO submissions (id, user_id, problem_id, query, is_correct) SELECT gen_random_uuid(), $1, "
          "min(p.id), 'x', false "
          "FROM generate_series(1, 20000), problems p GROUP BY generate_series",
          {ann.id()});
    base::CancelToken cancel;
    sync::PullOptions options;
    options.cancel = &cancel;
    std::vector<std::string> tables;
    options.progress = [&](const sync::PullProgress &progress) {
        tables.push_back(progress.table);
        if (progress.table == "problem_submissions")
            cancel.cancel();
    };
    auto gateway = gateway::open(m_server->dsn("sqlgym_client"), {.cancel = &cancel});
    QVERIFY(gateway && (*gateway)->useToken(base::Secret(ann.token())));

    const auto first = sync::pullAll(
        ann.path(), ann.id(), **gateway, [] {}, options);
    QVERIFY(!first && first.error().code == "cancelled");
    QVERIFY(std::ranges::find(tables, "submissions") != tables.end());

    tables.clear();
    sync::PullOptions watching;
    watching.progress = [&](const sync::PullProgress &progress) { tables.push_back(progress.table); };
    QVERIFY(ann.pullAll(watching));
    QVERIFY(std::ranges::find(tables, "submissions") == tables.end());
    QVERIFY(std::ranges::find(tables, "post_likes") != tables.end());
    QCOMPARE(ann.pull(), std::string());
    QCOMPARE(tests::rowsOf(ann.path()).at("submissions").size(), std::size_t{20'000});
    asked(*m_admin, "DELETE FROM submissions WHERE user_id = $1", {ann.id()});
}

void TestPull::anotherServerMeansANewCopy()
{
    Learner ann(*m_server, "mover");
    QCOMPARE(ann.pull(), std::string());
    m_server->deploy("elsewhere");
    auto elsewhere = gateway::open(m_server->dsn("sqlgym_client", "elsewhere"));
    QVERIFY(elsewhere);
    auto token = client::signUp(**elsewhere, "mover", "mover@example.org", base::Secret("correct horse"));
    QVERIFY(token && (*elsewhere)->useToken(std::move(*token)));

    const auto changes = sync::pullChanges(ann.cache().mirror(), **elsewhere, {});

    QVERIFY(changes && changes->outdated);
}

void TestPull::premiumThatEndsTakesItsProblems()
{
    Learner ann(*m_server, "premium");
    asked(*m_admin, "UPDATE users SET premium = true WHERE id = $1", {ann.id()});
    asked(*m_admin, "UPDATE problems SET premium = true WHERE id = (SELECT min(id) FROM problems)");
    QCOMPARE(ann.pull(), std::string());
    const auto before = tests::rowsOf(ann.path()).at("problems").size();

    asked(*m_admin, "UPDATE users SET premium = false WHERE id = $1", {ann.id()});
    QCOMPARE(ann.pull(), std::string());

    QCOMPARE(tests::rowsOf(ann.path()).at("problems").size(), before - 1);
    asked(*m_admin, "UPDATE problems SET premium = false");
}

void TestPull::rowsInTheWayMakeWay()
{
    Learner ann(*m_server, "wayward");
    QCOMPARE(ann.pull(), std::string());
    const std::string topic = asked(*m_admin, "SELECT min(id) FROM topics");
    {
        auto copy = sqlite::Database::open(ann.path());
        QVERIFY(copy->run("INSERT INTO user_progress (id, user_id, topic_id, problems_solved) VALUES ('here', ?, ?, 9)",
                          ann.id(), topic));
    }
    asked(*m_admin, "INSERT INTO user_progress (id, user_id, topic_id, problems_solved) VALUES ('there', $1, $2, 1)",
          {ann.id(), topic});

    QCOMPARE(ann.pull(), std::string());

    const auto rows = tests::rowsOf(ann.path()).at("user_progress");
    QCOMPARE(rows.size(), std::size_t{1});
    QVERIFY(rows.begin()->starts_with("there|"));
}

// The server forgot why a new copy was to be made (a crash, a restored backup): what was begun of it goes.
void TestPull::anUnfinishedCopyThatIsNotNeededGoes()
{
    Learner ann(*m_server, "unhurried");
    QCOMPARE(ann.pull(), std::string());
    const QString unfinished = QString::fromStdString(ann.path() + ".pulling");
    {
        auto begun = cache::FreshCopy::begin(ann.path(), ann.gateway().address(), ann.id());
        QVERIFY(begun && QFile::exists(unfinished));
        QVERIFY(ann.pullChanges());
        QVERIFY(QFile::exists(unfinished)); // somebody makes it just now
    }

    QVERIFY(ann.pullChanges());

    QVERIFY(!QFile::exists(unfinished));
}

QTEST_GUILESS_MAIN(TestPull)
#include "tst_pull.moc"
