// Posts, comments, likes, follows, solutions, reports: whose they are, how often they count, what is too much.

#include "server_with_pack.h"
#include <QtTest>

#include <thread>

using namespace sqlgym;
using tests::asked;
using tests::uuid;

class TestServerCommunity : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void cleanupTestCase();
    void init() { asked(*m_admin, "DELETE FROM private.rates"); }
    void everyFunctionWantsASession();
    void postsAreTheirWritersOwn();
    void commentsKeepTheirThread();
    void countersAreExactWhenManyWriteAtOnce();
    void followsAndHidingAndReports();
    void profilesAndLinksTakeWebAddressesOnly();
    void votesAreForThoseWhoTried();
    void solutionsAreForThoseWhoMaySeeThem();
    void solutionsAreEditedVotedOnAndKept();
    void votesAreExactWhenManyVoteAtOnce();
    void reportsAreAQueueForInstructors();
    void sessionsGrowAndHintsCountOnce();
    void tooMuchInAMinuteIsRefused();
    void instructorsCommentPrivately();
    void aDeletedAccountLeavesOthersWords();
    void solvedCountsAProblemOnce();

private:
    server::Session client(const std::string &token)
    {
        auto session = m_fixture->as("sqlgym_client");
        asked(session, "SELECT set_config('sqlgym.token', $1, false)", {token});
        return session;
    }

    std::unique_ptr<tests::ServerFixture> m_fixture;
    std::optional<server::Session> m_admin, m_ann, m_bob;
    std::string m_annToken, m_bobToken, m_annId, m_bobId, m_problem;
};

void TestServerCommunity::initTestCase()
{
    m_fixture = std::make_unique<tests::ServerFixture>();
    const auto pack = tests::deployWithPack(*m_fixture);
    m_admin = m_fixture->admin();
    m_problem = pack.problems[0].id;
    auto nobody = client("");
    m_annToken = asked(nobody, "SELECT api.sign_up('ann', 'ann@example.org', 'correct horse')");
    m_bobToken = asked(nobody, "SELECT api.sign_up('bob', 'bob@example.org', 'correct horse')");
    m_ann = client(m_annToken);
    m_bob = client(m_bobToken);
    m_annId = asked(*m_ann, "SELECT api.current_user_id()");
    m_bobId = asked(*m_bob, "SELECT api.current_user_id()");
}

void TestServerCommunity::cleanupTestCase()
{
    const auto state = server::status(*m_admin);
    QVERIFY(state);
    for (const auto &lint : state->lints)
        QFAIL((lint.lint + ": " + lint.object).c_str());
    m_fixture.reset();
}

void TestServerCommunity::everyFunctionWantsASession()
{
    auto nobody = client("");
    const std::string arguments =
        asked(*m_admin, "SELECT string_agg(p.proname || '(' || (SELECT COALESCE(string_agg('NULL::' || "
                        "format_type(t, NULL), ', '), '') FROM unnest(p.proargtypes::oid[]) t) || ')', ';') "
                        "FROM pg_proc p WHERE p.pronamespace = 'api'::regnamespace AND p.provolatile = 'v' "
                        "AND p.proname NOT IN ('sign_up', 'sign_in', 'sign_out')");
    const QStringList calls = QString::fromStdString(arguments).split(u';');
    QVERIFY(calls.size() > 20);
    for (const QString &call : calls)
        QCOMPARE(QString::fromStdString(asked(nobody, "SELECT api." + call.toStdString())), QStringLiteral("!28000"));
    // And with one, nothing that is NULL gets anywhere.
    for (const QString &call : calls) {
        const QString answer = QString::fromStdString(asked(*m_ann, "SELECT api." + call.toStdString()));
        QVERIFY2(answer.startsWith(u'!') || call.startsWith(QLatin1String("un")) ||
                     call.startsWith(QLatin1String("delete_")) || call.startsWith(QLatin1String("edit_profile")) ||
                     call.startsWith(QLatin1String("set_leaderboard")),
                 qPrintable(call + u' ' + answer));
    }
}

void TestServerCommunity::postsAreTheirWritersOwn()
{
    const char *create = "SELECT api.create_post($1, $2, $3, $4)";
    QCOMPARE(asked(*m_ann, create, {uuid(1), m_problem, "How?", "SELECT 1"}), std::string(""));
    QCOMPARE(asked(*m_ann, create, {uuid(1), m_problem, "How?", "SELECT 1"}), std::string(""));
    QCOMPARE(asked(*m_bob, create, {uuid(1), m_problem, "Mine", std::nullopt}), std::string("!23505"));
    QCOMPARE(asked(*m_ann, create, {uuid(2), "nowhere", "How?", std::nullopt}), std::string("!42501"));
    QCOMPARE(asked(*m_ann, create, {uuid(2), std::nullopt, " ", std::nullopt}), std::string("!22023"));
    QCOMPARE(asked(*m_ann, create, {uuid(2), std::nullopt, std::string(20'001, 'x'), std::nullopt}),
             std::string("!54000"));
    QCOMPARE(asked(*m_bob, "SELECT content, likes, comments FROM community_posts"), std::string("How?|0|0"));
    QCOMPARE(asked(*m_bob, "SELECT api.edit_post($1, 'x', NULL)", {uuid(1)}), std::string("!42501"));
    QCOMPARE(asked(*m_bob, "SELECT api.delete_post($1)", {uuid(1)}), std::string("!42501"));
    QCOMPARE(asked(*m_ann, "SELECT api.edit_post($1, 'How then?', NULL)", {uuid(1)}), std::string(""));
    QCOMPARE(asked(*m_bob, "SELECT content, code_snippet FROM community_posts"), std::string("How then?|NULL"));
    QCOMPARE(asked(*m_bob, "SELECT api.delete_post($1)", {uuid(77)}), std::string("")); // gone already
}

void TestServerCommunity::commentsKeepTheirThread()
{
    const char *create = "SELECT api.create_comment($1, $2, $3, $4)";
    QCOMPARE(asked(*m_ann, create, {uuid(10), uuid(1), std::nullopt, "first"}), std::string(""));
    QCOMPARE(asked(*m_bob, create, {uuid(11), uuid(1), uuid(10), "answer"}), std::string(""));
    QCOMPARE(asked(*m_bob, create, {uuid(11), uuid(1), uuid(10), "answer"}), std::string(""));
    QCOMPARE(asked(*m_ann, create, {uuid(11), uuid(1), uuid(10), "answer"}), std::string("!23505"));
    QCOMPARE(asked(*m_bob, create, {uuid(12), uuid(1), uuid(99), "answer"}), std::string("!23503"));
    QCOMPARE(asked(*m_bob, create, {uuid(12), uuid(98), std::nullopt, "answer"}), std::string("!23503"));
    QCOMPARE(asked(*m_bob, "SELECT comments FROM community_posts"), std::string("2"));
    QCOMPARE(asked(*m_bob, "SELECT api.delete_comment($1)", {uuid(10)}), std::string("!42501"));
    QCOMPARE(asked(*m_ann, "SELECT api.delete_comment($1)", {uuid(10)}), std::string(""));
    QCOMPARE(asked(*m_bob, "SELECT content FROM post_comments WHERE id = $1", {uuid(10)}), std::string("[deleted]"));
    QCOMPARE(asked(*m_bob, "SELECT api.delete_comment($1)", {uuid(11)}), std::string(""));
    QCOMPARE(asked(*m_bob, "SELECT comments FROM community_posts"), std::string("1"));
}

void TestServerCommunity::countersAreExactWhenManyWriteAtOnce()
{
    constexpr int kPeople = 8, kRounds = 25;
    std::vector<std::string> tokens;
    for (int at = 0; at < kPeople; ++at)
        tokens.push_back(
            asked(*m_admin,
                  "WITH u AS (INSERT INTO users (id, username, email) VALUES ('p' || $1, 'p' || $1, 'p' || $1) "
                  "RETURNING id) SELECT private.new_session(id) FROM u",
                  {std::to_string(at)}));
    asked(*m_admin,
          "CREATE OR REPLACE FUNCTION private.check_rate(caller varchar, what text, per_minute integer) RETURNS void "
          "LANGUAGE sql SET search_path = '' AS ''");
    std::vector<std::thread> people;
    for (int at = 0; at < kPeople; ++at)
        people.emplace_back([&, at] {
            auto own = client(tokens[static_cast<std::size_t>(at)]);
            for (int round = 0; round < kRounds; ++round) {
                asked(own, "SELECT api.like_post($1, $2)", {uuid(1000 + at * 100 + round), uuid(1)});
                asked(own, "SELECT api.create_comment($1, $2, NULL, 'x')", {uuid(9000 + at * 100 + round), uuid(1)});
                if (round % 2 == 1 || at % 2 == 1)
                    asked(own, "SELECT api.unlike_post($1)", {uuid(1)});
                if (round % 3 == 0)
                    asked(own, "SELECT api.delete_comment($1)", {uuid(9000 + at * 100 + round)});
            }
        });
    for (auto &person : people)
        person.join();
    QCOMPARE(asked(*m_admin,
                   "SELECT likes = (SELECT count(*) FROM post_likes), comments = (SELECT count(*) FROM post_comments), "
                   "likes FROM community_posts WHERE id = $1",
                   {uuid(1)}),
             std::string("t|t|4"));
}

void TestServerCommunity::followsAndHidingAndReports()
{
    const char *follow = "SELECT api.follow($1, $2)";
    QCOMPARE(asked(*m_ann, follow, {uuid(20), m_bobId}), std::string(""));
    QCOMPARE(asked(*m_ann, follow, {uuid(21), m_bobId}), std::string("")); // already
    QCOMPARE(asked(*m_ann, follow, {uuid(22), m_annId}), std::string("!22023"));
    QCOMPARE(asked(*m_ann, follow, {uuid(22), "nobody"}), std::string("!23503"));
    QCOMPARE(asked(*m_bob, "SELECT count(*) FROM followers WHERE following_id = $1", {m_bobId}), std::string("1"));
    asked(*m_ann, "SELECT api.unfollow($1)", {m_bobId});
    QCOMPARE(asked(*m_bob, "SELECT count(*) FROM followers"), std::string("0"));

    QCOMPARE(asked(*m_bob, "SELECT api.report($1, 'post', $2, 'rude')", {uuid(23), uuid(1)}), std::string(""));
    QCOMPARE(asked(*m_bob, "SELECT api.report($1, 'planet', $2, 'rude')", {uuid(24), uuid(1)}), std::string("!22023"));
    QCOMPARE(asked(*m_bob, "SELECT api.hide($1, 'post', $2)", {uuid(25), uuid(1)}), std::string(""));
    QCOMPARE(asked(*m_bob, "SELECT count(*) FROM community_posts"), std::string("0"));
    QCOMPARE(asked(*m_ann, "SELECT count(*) FROM community_posts"), std::string("1"));
    QCOMPARE(asked(*m_ann, "SELECT api.hide($1, 'user', $2)", {uuid(26), m_annId}), std::string(""));
    QCOMPARE(asked(*m_ann, "SELECT count(*) FROM community_posts"), std::string("0"));
    asked(*m_admin, "DELETE FROM private.hidden");
}

void TestServerCommunity::profilesAndLinksTakeWebAddressesOnly()
{
    for (const char *bad :
         {"javascript:alert(1)", "ftp://x", "https://", "http://a b", "data:text/html,x", "https://x\n"}) {
        QCOMPARE(asked(*m_ann, "SELECT api.add_link($1, 'x', $2)", {uuid(30), bad}), std::string("!22023"));
        QCOMPARE(asked(*m_ann, "SELECT api.edit_profile(NULL, NULL, NULL, $1, NULL)", {bad}), std::string("!22023"));
    }
    QCOMPARE(asked(*m_ann, "SELECT api.add_link($1, 'docs', 'https://www.postgresql.org/docs/15/')", {uuid(30)}),
             std::string(""));
    QCOMPARE(asked(*m_bob, "SELECT api.delete_link($1)", {uuid(30)}), std::string("!42501"));
    QCOMPARE(asked(*m_bob, "SELECT title FROM helpful_links"), std::string("docs"));
    asked(*m_ann, "SELECT api.edit_profile('Ann', 'A.', 'Co', NULL, NULL)");
    QCOMPARE(asked(*m_bob, "SELECT first_name, company_name FROM users WHERE id = $1", {m_annId}),
             std::string("Ann|Co"));
    QCOMPARE(asked(*m_ann, "SELECT api.edit_profile($1, NULL, NULL, NULL, NULL)", {std::string(51, 'x')}),
             std::string("!54000"));
    const std::string profile = "SELECT first_name, last_name, company_name FROM users WHERE id = $1";
    asked(*m_ann, R"(SELECT api.change_profile('{"last_name": "B.", "company_name": null}'))");
    QCOMPARE(asked(*m_bob, profile, {m_annId}), std::string("Ann|B.|NULL"));
    for (const char *bad : {"[]", "null", "\"first_name\"", R"({"email": "a@b"})", R"({"first_name": 1})",
                            R"({"first_name": ["x"]})", R"j({"linkedin_url": "javascript:alert(1)"})j"})
        QCOMPARE(asked(*m_ann, "SELECT api.change_profile($1)", {bad}), std::string("!22023"));
    QCOMPARE(asked(*m_ann, "SELECT api.change_profile(NULL)"), std::string("!22023"));
    QCOMPARE(asked(*m_bob, profile, {m_annId}), std::string("Ann|B.|NULL"));
}

void TestServerCommunity::votesAreForThoseWhoTried()
{
    const char *set = "SELECT api.set_interaction($1, $2, $3, $4, $5)";
    QCOMPARE(asked(*m_ann, set, {uuid(40), m_problem, "true", std::nullopt, std::nullopt}), std::string(""));
    QCOMPARE(asked(*m_ann, set, {uuid(40), m_problem, std::nullopt, "true", std::nullopt}), std::string("!42501"));
    asked(*m_ann, "SELECT api.submit($1, $2, 'SELECT 1', now())", {uuid(41), m_problem});
    QCOMPARE(asked(*m_ann, set, {uuid(40), m_problem, std::nullopt, "true", std::nullopt}), std::string(""));
    QCOMPARE(asked(*m_ann, set, {uuid(40), m_problem, std::nullopt, "true", "true"}), std::string("!22023"));
    QCOMPARE(asked(*m_ann, set, {uuid(40), m_problem, std::nullopt, std::nullopt, "true"}), std::string(""));
    QCOMPARE(asked(*m_ann, "SELECT bookmark, upvote, downvote FROM problem_interactions"), std::string("t|f|t"));
    QCOMPARE(asked(*m_bob, "SELECT count(*) FROM problem_interactions"), std::string("0"));
}

void TestServerCommunity::solutionsAreForThoseWhoMaySeeThem()
{
    const char *add = "SELECT api.add_solution($1, $2, 'Mine', 'so', 'SELECT 1')";
    QCOMPARE(asked(*m_ann, add, {uuid(50), m_problem}), std::string("!42501"));
    asked(*m_ann, "SELECT api.give_up($1, $2)", {uuid(51), m_problem});
    QCOMPARE(asked(*m_ann, add, {uuid(50), m_problem}), std::string(""));
    QCOMPARE(asked(*m_ann, "SELECT is_official FROM solutions"), std::string("f"));
    QCOMPARE(asked(*m_bob, "SELECT count(*) FROM solutions"), std::string("0"));
    QCOMPARE(asked(*m_bob, "SELECT api.delete_solution($1)", {uuid(50)}), std::string("!42501"));
    QCOMPARE(asked(*m_bob, "SELECT api.report($1, 'solution', $2, 'x')", {uuid(52), uuid(50)}), std::string("!22023"));
    QCOMPARE(asked(*m_ann, "SELECT api.delete_solution($1)", {uuid(50)}), std::string(""));
}

void TestServerCommunity::solutionsAreEditedVotedOnAndKept()
{
    const char *add = "SELECT api.add_solution($1, $2, $3, 'so', $4)";
    const char *mark = "SELECT api.mark_solution($1, $2::integer, $3::boolean)";
    const char *list = "SELECT title, up, down, vote, bookmark, verdict, array_to_string(failing, '/') "
                       "FROM api.solutions_of($1) ORDER BY title";
    QCOMPARE(asked(*m_ann, add, {uuid(60), m_problem, "Mine", "SELECT 1"}), std::string(""));
    // Who has neither solved it nor given up sees and marks nothing.
    QCOMPARE(asked(*m_bob, list, {m_problem}), std::string(""));
    QCOMPARE(asked(*m_bob, mark, {uuid(60), "1", std::nullopt}), std::string("!42501"));
    QCOMPARE(asked(*m_bob, "SELECT api.edit_solution($1, 't', 'c', 's')", {uuid(60)}), std::string("!42501"));
    asked(*m_bob, "SELECT api.give_up($1, $2)", {uuid(61), m_problem});
    QCOMPARE(asked(*m_bob, list, {m_problem}), std::string("Mine|0|0|0|f|NULL|"));
    QCOMPARE(asked(*m_bob, mark, {uuid(60), "1", std::nullopt}), std::string(""));
    QCOMPARE(asked(*m_bob, mark, {uuid(60), "1", std::nullopt}), std::string(""));
    QCOMPARE(asked(*m_bob, mark, {uuid(60), std::nullopt, "t"}), std::string(""));
    QCOMPARE(asked(*m_bob, list, {m_problem}), std::string("Mine|1|0|1|t|NULL|"));
    QCOMPARE(asked(*m_ann, list, {m_problem}), std::string("Mine|1|0|0|f|NULL|"));
    QCOMPARE(asked(*m_bob, mark, {uuid(60), "-1", std::nullopt}), std::string(""));
    QCOMPARE(asked(*m_ann, list, {m_problem}), std::string("Mine|0|1|0|f|NULL|"));
    QCOMPARE(asked(*m_bob, mark, {uuid(60), "2", std::nullopt}), std::string("!22023"));
    QCOMPARE(asked(*m_bob, mark, {uuid(99), "1", std::nullopt}), std::string("!42501"));
    QCOMPARE(asked(*m_ann, mark, {uuid(60), "1", std::nullopt}), std::string("!42501")); // one's own
    QCOMPARE(asked(*m_ann, mark, {uuid(60), std::nullopt, "t"}), std::string(""));
    // What the judge said of the very query.
    QCOMPARE(asked(*m_ann, "SELECT api.edit_solution($1, 'Ours', 'why', 'SELECT 2')", {uuid(60)}), std::string(""));
    asked(*m_admin,
          "INSERT INTO submissions (id, user_id, problem_id, query, is_correct) VALUES ($1, $2, $3, 'SELECT 2', false)",
          {uuid(62), m_annId, m_problem});
    asked(*m_admin,
          "INSERT INTO execution_results (id, submission_id, test_case_id, status, is_correct) SELECT t.id, $1, t.id, "
          "'ERROR', false FROM test_cases t WHERE t.problem_id = $2 AND (t.is_hidden OR t.name = (SELECT min(v.name) "
          "FROM test_cases v WHERE v.problem_id = $2 AND NOT v.is_hidden AND v.order_index <> -1))",
          {uuid(62), m_problem});
    const std::string visible = asked(*m_admin,
                                      "SELECT min(name) FROM test_cases WHERE problem_id = $1 AND NOT is_hidden AND "
                                      "order_index <> -1",
                                      {m_problem});
    QCOMPARE(asked(*m_bob, list, {m_problem}), "Ours|0|1|-1|t|f|/" + visible);
    // What one hid is gone; so are the votes with what they are about, and with those who cast them.
    QCOMPARE(asked(*m_bob, "SELECT api.hide($1, 'solution', $2)", {uuid(63), uuid(60)}), std::string(""));
    QCOMPARE(asked(*m_bob, list, {m_problem}), std::string(""));
    QCOMPARE(asked(*m_bob, mark, {uuid(60), "1", std::nullopt}), std::string("!42501"));
    asked(*m_admin, "DELETE FROM private.solution_marks WHERE user_id = $1", {m_bobId});
    QCOMPARE(asked(*m_ann, "SELECT up, down FROM api.solutions_of($1)", {m_problem}), std::string("0|0"));
    QCOMPARE(asked(*m_ann, "SELECT api.delete_solution($1)", {uuid(60)}), std::string(""));
    QCOMPARE(asked(*m_admin, "SELECT (SELECT count(*) FROM private.solution_marks), (SELECT count(*) FROM "
                             "private.solution_votes)"),
             std::string("0|0"));
    QCOMPARE(asked(*m_ann, "SELECT api.edit_solution($1, 't', 'c', 's')", {uuid(60)}), std::string("!42501"));
}

void TestServerCommunity::votesAreExactWhenManyVoteAtOnce()
{
    QCOMPARE(asked(*m_ann, "SELECT api.add_solution($1, $2, 'Mine', 'so', 'SELECT 1')", {uuid(70), m_problem}),
             std::string(""));
    constexpr int kPeople = 8;
    std::vector<std::string> tokens;
    for (int at = 0; at < kPeople; ++at)
        tokens.push_back(asked(
            *m_admin,
            "WITH u AS (INSERT INTO users (id, username, email) VALUES ('v' || $1, 'v' || $1, 'v' || $1) RETURNING "
            "id), g AS (INSERT INTO private.give_ups (user_id, problem_id, id) SELECT id, $2, 'g' || $1 FROM u) "
            "SELECT private.new_session(id) FROM u",
            {std::to_string(at), m_problem}));
    std::vector<std::thread> people;
    for (int at = 0; at < kPeople; ++at)
        people.emplace_back([&, at] {
            auto own = client(tokens[static_cast<std::size_t>(at)]);
            for (int round = 0; round < 30; ++round)
                asked(own, "SELECT api.mark_solution($1, $2::integer, $3::boolean)",
                      {uuid(70), std::to_string((round + at) % 3 - 1), round % 2 == 0 ? "t" : "f"});
        });
    for (auto &person : people)
        person.join();
    QCOMPARE(asked(*m_admin,
                   "SELECT up, down, up = (SELECT count(*) FROM private.solution_marks WHERE vote = 1), down = "
                   "(SELECT count(*) FROM private.solution_marks WHERE vote = -1) FROM private.solution_votes"),
             std::string("3|3|t|t"));
    asked(*m_admin, "DELETE FROM users WHERE id LIKE 'v_'");
    QCOMPARE(asked(*m_admin, "SELECT up, down FROM private.solution_votes"), std::string("0|0"));
    QCOMPARE(asked(*m_ann, "SELECT api.delete_solution($1)", {uuid(70)}), std::string(""));
}

void TestServerCommunity::reportsAreAQueueForInstructors()
{
    asked(*m_admin, "DELETE FROM private.reports");
    const char *queue =
        "SELECT kind, author, content, code, hidden, jsonb_array_length(reports), reports -> 0 ->> 'reporter' "
        "FROM api.report_queue($1::boolean) ORDER BY kind";
    asked(*m_ann, "SELECT api.create_post($1, NULL, 'buy this', 'SELECT 1')", {uuid(180)});
    asked(*m_ann, "SELECT api.create_comment($1, $2, NULL, 'and that')", {uuid(181), uuid(180)});
    asked(*m_bob, "SELECT api.report($1, 'post', $2, 'an advertisement')", {uuid(182), uuid(180)});
    asked(*m_bob, "SELECT api.report($1, 'comment', $2, 'this too')", {uuid(183), uuid(181)});
    asked(*m_ann, "SELECT api.report($1, 'post', $2, 'mine, by mistake')", {uuid(184), uuid(180)});
    QCOMPARE(asked(*m_bob, queue, {"f"}), std::string(""));
    QCOMPARE(asked(*m_bob, "SELECT api.dismiss_reports('post', $1)", {uuid(180)}), std::string("!42501"));
    QVERIFY(server::grantAdmin(*m_admin, "bob").value());
    QCOMPARE(asked(*m_bob, queue, {"f"}),
             std::string("comment|ann|and that|NULL|f|1|bob\npost|ann|buy this|SELECT 1|f|2|ann"));
    QCOMPARE(asked(*m_bob, queue, {"t"}), std::string(""));
    QCOMPARE(asked(*m_bob, "SELECT api.dismiss_reports('comment', $1)", {uuid(181)}), std::string(""));
    QCOMPARE(asked(*m_bob, "SELECT api.moderate($1, 'post', $2, true, 'an advertisement')", {uuid(185), uuid(180)}),
             std::string(""));
    QCOMPARE(asked(*m_bob, queue, {"f"}), std::string(""));
    QCOMPARE(asked(*m_bob, queue, {"t"}),
             std::string("comment|ann|and that|NULL|f|1|bob\npost|ann|buy this|SELECT 1|t|2|ann"));
    // What is gone meanwhile is told as gone.
    QCOMPARE(asked(*m_ann, "SELECT api.delete_post($1)", {uuid(180)}), std::string(""));
    QCOMPARE(asked(*m_bob, queue, {"t"}), std::string("comment|NULL|NULL|NULL|f|1|bob\npost|NULL|NULL|NULL|t|2|ann"));
    asked(*m_admin, "UPDATE users SET is_admin = false");
    asked(*m_admin, "DELETE FROM private.reports");
}

void TestServerCommunity::sessionsGrowAndHintsCountOnce()
{
    const char *record = "SELECT api.record_session($1, $2, $3, $4)";
    QCOMPARE(asked(*m_ann, record, {uuid(60), m_problem, "30", "false"}), std::string(""));
    QCOMPARE(asked(*m_ann, record, {uuid(60), m_problem, "90", "true"}), std::string(""));
    QCOMPARE(asked(*m_ann, record, {uuid(60), m_problem, "50", "false"}), std::string(""));
    QCOMPARE(asked(*m_ann, "SELECT total_time_spent_seconds, completed_at IS NOT NULL FROM problem_sessions"),
             std::string("90|t"));
    QCOMPARE(asked(*m_bob, record, {uuid(60), m_problem, "1", "false"}), std::string("!23505"));
    QCOMPARE(asked(*m_ann, record, {uuid(61), m_problem, "-1", "false"}), std::string("!22023"));
    QCOMPARE(asked(*m_ann, record, {uuid(61), m_problem, "86401", "false"}), std::string("!22023"));
    for (int time = 0; time < 3; ++time)
        QCOMPARE(asked(*m_ann, "SELECT api.use_hint($1, $2, 1)", {uuid(62), m_problem}), std::string(""));
    QCOMPARE(asked(*m_ann, "SELECT api.use_hint($1, $2, 2)", {uuid(63), m_problem}), std::string(""));
    QCOMPARE(asked(*m_ann, "SELECT hint_usage_count FROM user_progress"), std::string("2"));
    QCOMPARE(asked(*m_bob, "SELECT api.use_hint($1, $2, 2)", {uuid(63), m_problem}), std::string("!23505"));
}

void TestServerCommunity::tooMuchInAMinuteIsRefused()
{
    // Of its own, as the counters' test went without the bound.
    m_fixture->deploy("calm");
    auto admin = m_fixture->admin("calm");
    const std::string token =
        asked(admin, "WITH u AS (INSERT INTO users (id, username, email) VALUES ('u', 'u', 'u') RETURNING id) "
                     "SELECT private.new_session(id) FROM u");
    auto own = m_fixture->as("sqlgym_client", "calm");
    asked(own, "SELECT set_config('sqlgym.token', $1, false)", {token});
    int made = 0;
    for (int at = 0; at < 30; ++at)
        made += asked(own, "SELECT api.create_post($1, NULL, 'x', NULL)", {uuid(at)}).empty() ? 1 : 0;
    QCOMPARE(made, 20);
    asked(admin, "UPDATE private.rates SET since = since - interval '1 minute'");
    QCOMPARE(asked(own, "SELECT api.create_post($1, NULL, 'x', NULL)", {uuid(50)}), std::string(""));
}

void TestServerCommunity::instructorsCommentPrivately()
{
    asked(*m_admin, "INSERT INTO submissions VALUES ('sub', $1, $2, 'SELECT 1', false)", {m_annId, m_problem});
    const char *comment = "SELECT api.comment_submission($1, 'sub', 'Mind the NULLs.')";
    QCOMPARE(asked(*m_bob, comment, {uuid(70)}), std::string("!42501"));
    QVERIFY(server::grantAdmin(*m_admin, "bob").value());
    QCOMPARE(asked(*m_bob, comment, {uuid(70)}), std::string(""));
    QCOMPARE(asked(*m_ann, "SELECT author, content FROM api.submission_comments('sub')"),
             std::string("bob|Mind the NULLs."));
    asked(*m_admin, "UPDATE users SET is_admin = false");
    QCOMPARE(asked(*m_bob, "SELECT count(*) FROM api.submission_comments('sub')"), std::string("0"));
}

void TestServerCommunity::aDeletedAccountLeavesOthersWords()
{
    auto nobody = client("");
    tests::forgetAttempts(*m_admin);
    const std::string token = asked(nobody, "SELECT api.sign_up('zoe', 'zoe@example.org', 'correct horse')");
    auto zoe = client(token);
    asked(zoe, "SELECT api.create_comment($1, $2, NULL, 'from zoe')", {uuid(80), uuid(1)});
    asked(*m_ann, "SELECT api.create_comment($1, $2, $3, 'to zoe')", {uuid(81), uuid(1), uuid(80)});
    QCOMPARE(asked(zoe, "SELECT api.delete_account('not it')"), std::string("!28P01"));
    QCOMPARE(asked(zoe, "SELECT api.delete_account('correct horse')"), std::string(""));
    QCOMPARE(asked(zoe, "SELECT api.current_user_id()"), std::string("NULL"));
    QCOMPARE(asked(*m_ann, "SELECT content, parent_id FROM post_comments WHERE id IN ($1, $2)", {uuid(80), uuid(81)}),
             std::string("to zoe|NULL"));
    QCOMPARE(asked(*m_admin,
                   "SELECT comments = (SELECT count(*) FROM post_comments) FROM community_posts WHERE id = $1",
                   {uuid(1)}),
             std::string("t"));
}

void TestServerCommunity::solvedCountsAProblemOnce()
{
    std::vector<std::thread> judges;
    for (int at = 0; at < 4; ++at)
        judges.emplace_back([&, at] {
            auto own = m_fixture->admin();
            for (int round = 0; round < 10; ++round)
                asked(own, "INSERT INTO submissions VALUES ($1, $2, $3, 'SELECT 1', true)",
                      {"s" + std::to_string(at * 100 + round), m_bobId, m_problem});
        });
    for (auto &judge : judges)
        judge.join();
    QCOMPARE(asked(*m_ann, "SELECT problems_solved FROM users WHERE id = $1", {m_bobId}), std::string("1"));
}

QTEST_GUILESS_MAIN(TestServerCommunity)
#include "tst_server_community.moc"
