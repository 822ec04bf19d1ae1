// What a copy lacks: changes_since() misses nothing, whoever commits when, tells nobody of others' rows, and says of a
// position that is none that the copy is to be made anew.
#include "change_reader.h"
#include "server_with_pack.h"

#include <QtTest>

#include <algorithm>

using namespace sqlgym;
using tests::asked;
using tests::of;
using tests::Reader;
using tests::text;
using tests::uuid;

namespace {

constexpr const char *kOld = "timezone('UTC', now()) - interval '100 days'";

} // namespace

#define COMPARE_LINES(found, ...) QCOMPARE(text(found), text(of(__VA_ARGS__)))

class TestServerChanges : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void cleanupTestCase() { m_fixture.reset(); }
    void init();
    void whoeverIsNotSignedInReadsNothing();
    void nothingNewIsOneRow();
    void aCommitThatComesLateIsNotMissed();
    void whatRolledBackIsNothing();
    void everyTableTellsItsChanges_data();
    void everyTableTellsItsChanges();
    void othersRowsAreNotTold();
    void whatIsHiddenGoes();
    void whatIsModeratedGoesForAll();
    void solvingOpensSolutions();
    void oldPostsComeWithInterest();
    void premiumThatEndsMeansAnew();
    void muchComesInPagesOfWholeTransactions();
    void tooMuchMeansAnew();
    void positionsThatAreNone();
    void theLogIsPruned();
    void aCopyElsewhereBeginsAnew();
    void theMirrorIsWhatPoliciesShow();

private:
    Reader reader(const std::string &name)
    {
        auto session = m_fixture->as("sqlgym_client");
        const std::string token =
            asked(session, "SELECT api.sign_up($1, $1 || '@example.org', 'correct horse')", {name});
        asked(session, "SELECT set_config('sqlgym.token', $1, false)", {token});
        return Reader(std::move(session));
    }
    std::string idOf(const std::string &name)
    {
        return asked(*m_admin, "SELECT id FROM users WHERE username = $1", {name});
    }
    /// A post of `author` that is `age` old.
    void plantPost(int number, const std::string &author, const char *at)
    {
        QCOMPARE(
            asked(*m_admin,
                  std::string("INSERT INTO community_posts (id, user_id, content, created_at) VALUES ($1, $2, 'x', ") +
                      at + ")",
                  {uuid(number), author}),
            std::string());
    }

    std::unique_ptr<tests::ServerFixture> m_fixture;
    std::optional<server::Session> m_admin;
    std::optional<Reader> m_ann, m_ben;
    std::string m_annId, m_benId, m_problem;
};

void TestServerChanges::initTestCase()
{
    m_fixture = std::make_unique<tests::ServerFixture>();
    const auto pack = tests::deployWithPack(*m_fixture);
    m_admin = m_fixture->admin();
    m_problem = pack.problems[0].id;
    m_ann = reader("ann");
    m_ben = reader("ben");
    m_annId = idOf("ann");
    m_benId = idOf("ben");
}

void TestServerChanges::init()
{
    m_ann->begin();
    m_ben->begin();
}

void TestServerChanges::whoeverIsNotSignedInReadsNothing()
{
    auto nobody = m_fixture->as("sqlgym_client");
    QCOMPARE(asked(nobody, "SELECT * FROM api.changes_since(NULL)"), std::string("!28000"));
    QCOMPARE(asked(nobody, "SELECT * FROM api.changes_since($1)", {m_ann->cursor()}), std::string("!28000"));
    QCOMPARE(asked(nobody, "SELECT count(*) FROM private.changes"), std::string("!42501"));
}

void TestServerChanges::nothingNewIsOneRow()
{
    QCOMPARE(
        asked(m_ann->session(),
              "SELECT relation, id, data - 'horizon', next_cursor = $1, (data->>'horizon')::xid8 = pg_snapshot_xmin("
              "pg_current_snapshot()) FROM api.changes_since($1)",
              {m_ann->cursor()}),
        std::string("NULL|NULL|{\"more\": false, \"fresh\": false}|t|t"));
}

void TestServerChanges::aCommitThatComesLateIsNotMissed()
{
    auto early = m_fixture->admin();
    auto late = m_fixture->admin();
    const std::string post = "INSERT INTO community_posts (id, user_id, content) VALUES ($1, $2, 'x')";
    asked(late, "BEGIN");
    asked(late, post, {uuid(10), m_benId});
    asked(early, post, {uuid(11), m_benId});

    // The later of the two transactions is done first: it waits for the one before it.
    COMPARE_LINES(m_ann->look(), {});
    asked(late, "COMMIT");

    COMPARE_LINES(m_ann->look(), {"community_posts " + uuid(10), "community_posts " + uuid(11), "users " + m_benId});
    COMPARE_LINES(m_ann->look(), {});
}

void TestServerChanges::whatRolledBackIsNothing()
{
    auto session = m_fixture->admin();
    asked(session, "BEGIN");
    asked(session, "INSERT INTO badges (id, name, description, criteria) VALUES ('b0', 'b0', '', '{}')");
    asked(session, "ROLLBACK");
    COMPARE_LINES(m_ann->look(), {});
}

void TestServerChanges::everyTableTellsItsChanges_data()
{
    QTest::addColumn<QString>("relation");
    QTest::addColumn<QString>("insert");
    QTest::addColumn<QString>("update");
    const auto row = [](const char *relation, const char *insert, const char *update) {
        QTest::newRow(relation) << QString::fromUtf8(relation) << QString::fromUtf8(insert)
                                << QString::fromUtf8(update);
    };
    // @ann, @ben and @problem stand for their ids; what is planted has the id "new".
    row("topics", "INSERT INTO topics (id, name, difficulty_level) VALUES ('new', 'New', 'EASY')",
        "SET order_index = 9");
    row("problems", "INSERT INTO problems (id, title, question, tags, hints) VALUES ('new', 'New', '{}', '[]', '[]')",
        "SET title = 'Newer'");
    row("problem_schemas",
        "INSERT INTO problem_schemas (id, problem_id, table_name, schema_definition) VALUES ('new', '@problem', 'new', "
        "'{}')",
        "SET sample_data = '{}'");
    row("test_cases",
        "INSERT INTO test_cases (id, problem_id, name, input_data, expected_output, is_hidden) VALUES ('new', "
        "'@problem', "
        "'new', '{}', '{}', false)",
        "SET description = 'x'");
    row("badges", "INSERT INTO badges (id, name, description, criteria) VALUES ('new', 'new', '', '{}')",
        "SET rarity = 'RARE'");
    row("followers", "INSERT INTO followers (id, follower_id, following_id) VALUES ('new', '@ben', '@ann')",
        "SET created_at = created_at");
    row("helpful_links", "INSERT INTO helpful_links (id, user_id, title, url) VALUES ('new', '@ben', 'x', 'https://x')",
        "SET title = 'y'");
    row("submissions",
        "INSERT INTO submissions (id, user_id, problem_id, query, is_correct) VALUES ('new', '@ann', '@problem', 'x', "
        "false)",
        "SET execution_time = 1");
    row("problem_submissions",
        "INSERT INTO problem_submissions (id, user_id, problem_id, sql_query, status) VALUES ('new', '@ann', "
        "'@problem', 'x', "
        "'pending')",
        "SET status = 'completed'");
    row("problem_sessions", "INSERT INTO problem_sessions (id, user_id, problem_id) VALUES ('new', '@ann', '@problem')",
        "SET total_time_spent_seconds = 1");
    row("execution_results",
        "WITH s AS (INSERT INTO submissions (id, user_id, problem_id, query, is_correct) VALUES ('of new', '@ann', "
        "'@problem', "
        "'x', false) RETURNING id) INSERT INTO execution_results (id, submission_id, test_case_id, status, is_correct) "
        "SELECT 'new', s.id, (SELECT min(id) FROM test_cases), 'SUCCESS', false FROM s",
        "SET execution_time_ms = 1");
    row("user_progress",
        "INSERT INTO user_progress (id, user_id, topic_id) VALUES ('new', '@ann', (SELECT min(id) FROM topics))",
        "SET problems_solved = 1");
    row("user_badges",
        "INSERT INTO user_badges (id, user_id, badge_id) VALUES ('new', '@ann', (SELECT min(id) FROM badges))",
        "SET earned_at = now()");
    row("community_posts", "INSERT INTO community_posts (id, user_id, content) VALUES ('new', '@ben', 'x')",
        "SET content = 'y'");
    row("post_likes",
        "WITH p AS (INSERT INTO community_posts (id, user_id, content) VALUES ('of new', '@ben', 'x') RETURNING id) "
        "INSERT INTO post_likes (id, user_id, post_id) SELECT 'new', '@ann', p.id FROM p",
        "SET created_at = now()");
    row("post_comments",
        "WITH p AS (INSERT INTO community_posts (id, user_id, content) VALUES ('of new', '@ben', 'x') RETURNING id) "
        "INSERT INTO post_comments (id, user_id, post_id, content) SELECT 'new', '@ben', p.id, 'x' FROM p",
        "SET content = 'y'");
    row("problem_interactions",
        "INSERT INTO problem_interactions (id, user_id, problem_id) VALUES ('new', '@ann', '@problem')",
        "SET bookmark = true");
    row("solutions",
        "INSERT INTO solutions (id, problem_id, created_by, title, content, sql_code) VALUES ('new', '@problem', "
        "'@ann', 'x', "
        "'x', 'x')",
        "SET title = 'y'");
}

void TestServerChanges::everyTableTellsItsChanges()
{
    QFETCH(QString, relation);
    QFETCH(QString, insert);
    QFETCH(QString, update);
    insert.replace("@ann", QString::fromStdString(m_annId))
        .replace("@ben", QString::fromStdString(m_benId))
        .replace("@problem", QString::fromStdString(m_problem));
    const std::string table = relation.toStdString();
    const std::string seen = table + " new";

    QCOMPARE(asked(*m_admin, insert.toStdString()), std::string());
    QVERIFY(m_ann->look().contains(seen));
    QCOMPARE(asked(*m_admin, "UPDATE " + table + " " + update.toStdString() + " WHERE id = 'new'"), std::string());
    QVERIFY(m_ann->look().contains(seen));
    QCOMPARE(asked(*m_admin, "DELETE FROM " + table + " WHERE id = 'new'"), std::string());
    QVERIFY(m_ann->look().contains(seen + " gone"));
    QVERIFY(m_ann->look().empty());
    asked(*m_admin, "DELETE FROM submissions WHERE id = 'of new'");
    asked(*m_admin, "DELETE FROM community_posts WHERE id = 'of new'");
}

void TestServerChanges::othersRowsAreNotTold()
{
    asked(*m_admin,
          "INSERT INTO submissions (id, user_id, problem_id, query, is_correct) VALUES ('of ben', $1, $2, 'x', false)",
          {m_benId, m_problem});
    asked(*m_admin, "INSERT INTO execution_results (id, submission_id, test_case_id, status, is_correct) VALUES ('of "
                    "ben', 'of ben', "
                    "(SELECT min(id) FROM test_cases), 'ERROR', false)");
    asked(*m_admin, "INSERT INTO problem_interactions (id, user_id, problem_id) VALUES ('of ben', $1, $2)",
          {m_benId, m_problem});

    COMPARE_LINES(m_ann->look(), {});
    COMPARE_LINES(m_ben->look(), {"submissions of ben", "execution_results of ben", "problem_interactions of ben"});

    // Nor how many problems others solved, with each of them.
    asked(*m_admin, "UPDATE users SET problems_solved = problems_solved + 1, password_hash = 'x' WHERE id = $1",
          {m_benId});
    COMPARE_LINES(m_ann->look(), {});
    COMPARE_LINES(m_ben->look(), {"users " + m_benId});
    // Six months later.
    asked(*m_admin, "DELETE FROM execution_results WHERE id = 'of ben'");
    COMPARE_LINES(m_ben->look(), {"execution_results of ben gone"});
    // Of a row that is everybody's, only what everybody may read.
    const std::string before = m_ann->cursor();
    asked(*m_admin, "UPDATE users SET first_name = 'B' WHERE id = $1", {m_benId});
    plantPost(20, m_benId, "timezone('UTC', now())");
    QCOMPARE(
        m_ann->data(before, "users", "data ->> 'first_name', data ? 'email', data ? 'password_hash', data ? 'premium'"),
        std::string("B|f|f|f"));
    asked(*m_admin, "UPDATE problems SET title = title WHERE id = $1", {m_problem});
    QCOMPARE(m_ann->data(before, "problems", "data ->> 'master_solution', data ? 'expected_hash'"),
             std::string("NULL|f"));
    asked(*m_admin, "UPDATE test_cases SET name = name WHERE problem_id = $1 AND is_hidden", {m_problem});
    QCOMPARE(m_ann->data(before, "test_cases", "DISTINCT data"), std::string("NULL"));
}

void TestServerChanges::whatIsHiddenGoes()
{
    plantPost(30, m_benId, "timezone('UTC', now())");
    asked(*m_admin, "INSERT INTO post_comments (id, user_id, post_id, content) VALUES ('c30', $1, $2, 'x')",
          {m_annId, uuid(30)});
    m_ann->look();
    m_ben->look();

    QCOMPARE(asked(m_ann->session(), "SELECT api.hide($1, 'post', $2)", {uuid(31), uuid(30)}), std::string());

    const auto lines = m_ann->look();
    QVERIFY2(lines.contains("community_posts " + uuid(30) + " gone") && lines.contains("post_comments c30 gone"),
             text(lines).c_str());
    COMPARE_LINES(m_ben->look(), {});
}

void TestServerChanges::whatIsModeratedGoesForAll()
{
    Reader guide = reader("guide");
    asked(*m_admin, "UPDATE users SET is_admin = true WHERE username = 'guide'");
    plantPost(40, m_benId, "timezone('UTC', now())");
    m_ann->look();

    QCOMPARE(asked(guide.session(), "SELECT api.moderate($1, 'post', $2, true, 'spam')", {uuid(41), uuid(40)}),
             std::string());
    QVERIFY(m_ann->look().contains("community_posts " + uuid(40) + " gone"));

    QCOMPARE(asked(guide.session(), "SELECT api.moderate($1, 'post', $2, false, 'no spam')", {uuid(42), uuid(40)}),
             std::string());
    QVERIFY(m_ann->look().contains("community_posts " + uuid(40)));
}

void TestServerChanges::solvingOpensSolutions()
{
    asked(*m_admin,
          "INSERT INTO solutions (id, problem_id, created_by, title, content, sql_code) VALUES ('s50', $1, $2, 'x', "
          "'x', 'x')",
          {m_problem, m_benId});
    QVERIFY(m_ann->look().contains("solutions s50 gone"));
    const std::string before = m_ann->cursor();

    QCOMPARE(asked(m_ann->session(), "SELECT api.give_up($1, $2)", {uuid(51), m_problem}), std::string());

    const auto lines = m_ann->look();
    QVERIFY(lines.contains("solutions s50") && lines.contains("users " + m_benId));
    QCOMPARE(
        m_ann->data(before, "problems", "data -> 'master_solution' IS NOT NULL AND data ->> 'master_solution' <> ''"),
        std::string("t"));
    // Another problem, by solving it.
    const std::string other =
        asked(*m_admin, "SELECT id FROM problems WHERE id <> $1 ORDER BY id LIMIT 1", {m_problem});
    asked(*m_admin,
          "INSERT INTO submissions (id, user_id, problem_id, query, is_correct) VALUES ('right', $1, $2, 'x', true)",
          {m_annId, other});
    QVERIFY(m_ann->look().contains("problems " + other));
}

void TestServerChanges::oldPostsComeWithInterest()
{
    Reader carl = reader("carl");
    const std::string id = idOf("carl");
    plantPost(60, id, kOld);
    asked(*m_admin, "INSERT INTO post_comments (id, user_id, post_id, content) VALUES ('c60', $1, $2, 'x')",
          {m_benId, uuid(60)});
    asked(*m_admin, "UPDATE community_posts SET problem_id = $2 WHERE id = $1", {uuid(60), m_problem});
    const std::set<std::string> thread{"community_posts " + uuid(60), "post_comments c60"};
    const auto holds = [](const std::set<std::string> &lines, const std::set<std::string> &wanted, const char *suffix) {
        return std::ranges::all_of(wanted, [&](const std::string &line) { return lines.contains(line + suffix); });
    };
    m_ann->look();

    asked(m_ann->session(), "SELECT api.follow($1, $2)", {uuid(61), id});
    QVERIFY(holds(m_ann->look(), thread, ""));
    asked(m_ann->session(), "SELECT api.unfollow($1)", {id});
    QVERIFY(holds(m_ann->look(), thread, " gone"));
    asked(m_ann->session(), "SELECT api.like_post($1, $2)", {uuid(62), uuid(60)});
    QVERIFY(holds(m_ann->look(), thread, ""));
    asked(m_ann->session(), "SELECT api.unlike_post($1)", {uuid(60)});
    QVERIFY(holds(m_ann->look(), thread, " gone"));
    asked(m_ann->session(), "SELECT api.set_interaction($1, $2, true, NULL, NULL)", {uuid(63), m_problem});
    QVERIFY(holds(m_ann->look(), thread, ""));
    asked(m_ann->session(), "SELECT api.set_interaction($1, $2, false, NULL, NULL)", {uuid(63), m_problem});
    QVERIFY(holds(m_ann->look(), thread, " gone"));
    asked(m_ann->session(), "SELECT api.create_comment($1, $2, NULL, 'mine')", {uuid(64), uuid(60)});
    QVERIFY(holds(m_ann->look(), thread, ""));
}

void TestServerChanges::premiumThatEndsMeansAnew()
{
    asked(*m_admin, "UPDATE users SET premium = true WHERE id = $1", {m_annId});
    COMPARE_LINES(m_ann->look(), {"fresh"});
    asked(*m_admin, "UPDATE users SET premium = true, last_name = 'N' WHERE id = $1", {m_annId});
    COMPARE_LINES(m_ann->look(), {"users " + m_annId});
    asked(*m_admin, "UPDATE users SET premium = false WHERE id = $1", {m_annId});
    COMPARE_LINES(m_ann->look(), {"fresh"});
    QVERIFY(!m_ben->look().contains("fresh"));
}

void TestServerChanges::muchComesInPagesOfWholeTransactions()
{
    for (int batch = 0; batch < 4; ++batch)
        asked(*m_admin,
              "INSERT INTO submissions (id, user_id, problem_id, query, is_correct) SELECT 'much ' || $3 || ' ' || g, "
              "$1, $2, "
              "'x', false FROM generate_series(1, 3000) g",
              {m_annId, m_problem, std::to_string(batch)});

    QCOMPARE(m_ann->look().size(), std::size_t{12'000});
    QCOMPARE(m_ann->pages, 2);
    COMPARE_LINES(m_ann->look(), {});
}

void TestServerChanges::tooMuchMeansAnew()
{
    asked(
        *m_admin,
        "INSERT INTO submissions (id, user_id, problem_id, query, is_correct) SELECT 'more ' || g, $1, $2, 'x', false "
        "FROM generate_series(1, 10001) g",
        {m_annId, m_problem});
    COMPARE_LINES(m_ann->look(), {"fresh"});
    COMPARE_LINES(m_ann->look(), {});
    asked(*m_admin, "DELETE FROM submissions WHERE user_id = $1", {m_annId});
    COMPARE_LINES(m_ann->look(), {"fresh"});
    asked(*m_admin, "TRUNCATE post_likes");
    COMPARE_LINES(m_ann->look(), {"fresh"});
    COMPARE_LINES(m_ben->look(), {"fresh"});
}

void TestServerChanges::positionsThatAreNone()
{
    const std::string good = m_ann->cursor();
    const std::string older = "8" + good.substr(good.find('/')); // a log of the server's schema before
    const std::string tail = good.substr(good.rfind('/') + 1);
    for (const std::string &cursor :
         {std::string(), std::string("x"), older, good + "0", good.substr(0, good.size() - tail.size()) + "1",
          good.substr(0, good.find('/')) + "/1" + good.substr(good.find('/') + 1),
          "9/1-1/" + std::string(19, '9') + "/0", std::string(100'000, '1')}) {
        m_ann->setCursor(cursor);
        COMPARE_LINES(m_ann->look(), {"fresh"});
    }
    m_ann->setCursor(good);
    COMPARE_LINES(m_ann->look(), {});
}

void TestServerChanges::theLogIsPruned()
{
    auto judge = m_fixture->as("sqlgym_judge");
    plantPost(70, m_benId, "timezone('UTC', now())");
    const std::string before = m_ann->cursor();
    m_ann->look();
    asked(*m_admin, "UPDATE private.changes SET at = at - interval '31 days'");

    asked(judge, "SELECT private.prune_changes(10000)");

    // The newest transaction's rows stay: there is always a position.
    QCOMPARE(asked(*m_admin, "SELECT count(DISTINCT xid) FROM private.changes"), std::string("1"));
    m_ann->setCursor(before);
    COMPARE_LINES(m_ann->look(), {"fresh"});
    COMPARE_LINES(m_ann->look(), {});
    QCOMPARE(asked(m_ann->session(), "SELECT private.prune_changes(1)"), std::string("!42501"));
}

void TestServerChanges::aCopyElsewhereBeginsAnew()
{
    auto judge = m_fixture->as("sqlgym_judge");
    QCOMPARE(asked(*m_admin, "SELECT cluster = private.cluster() FROM private.origin"), std::string("t"));
    asked(*m_admin, "UPDATE private.origin SET cluster = '1-1'");

    asked(judge, "SELECT private.prune_changes(1)");

    COMPARE_LINES(m_ann->look(), {"fresh"});
    COMPARE_LINES(m_ann->look(), {});
}

void TestServerChanges::theMirrorIsWhatPoliciesShow()
{
    // Each query gives one row per key that changes_since() would call present, and none of another learner's.
    asked(*m_admin,
          "INSERT INTO submissions (id, user_id, problem_id, query, is_correct) VALUES ('mine', $1, $3, 'x', false), "
          "('theirs', $2, $3, 'x', false)",
          {m_annId, m_benId, m_problem});
    const std::string tables = asked(*m_admin, "SELECT string_agg(relation, ' ' ORDER BY place) FROM private.mirrored");
    std::istringstream names(tables);
    std::string filled;
    for (std::string name; names >> name;) {
        const std::string query = asked(m_ann->session(), "SELECT query FROM api.mirror() WHERE relation = $1", {name});
        const std::string keys = asked(m_ann->session(), "SELECT q.id FROM (" + query + ") q ORDER BY 1");
        QVERIFY2(!keys.starts_with("!"), (name + keys).c_str());
        asked(*m_admin,
              "UPDATE " + name + (name == "users" ? " SET first_name = concat(first_name, 'x')" : " SET id = id"));
        std::string told;
        for (const std::string &line : m_ann->look()) {
            if (line.starts_with(name + " ") && !line.ends_with(" gone"))
                told += (told.empty() ? "" : "\n") + line.substr(name.size() + 1);
        }
        QCOMPARE(told, asked(*m_admin, "SELECT k FROM unnest(string_to_array($1, chr(10))) k ORDER BY k COLLATE \"C\"",
                             {keys}));
        filled += keys.empty() ? "" : name + " ";
    }
    QCOMPARE(filled, std::string("topics problems problem_schemas test_cases badges users submissions community_posts "
                                 "post_comments problem_interactions solutions "));
}

QTEST_GUILESS_MAIN(TestServerChanges)
#include "tst_server_changes.moc"
