// Badges for what learners do for others, given by judges as soon as it is done.
#include "judge/awarding.h"
#include "judge/rounds.h"
#include "judge_fixture.h"

#include <QtTest>

#include <thread>

using namespace sqlgym;
using namespace std::chrono_literals;
using tests::asked;

class TestAwarding : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { m_fixture = std::make_unique<tests::JudgeFixture>(); }
    void cleanupTestCase();

    void firstWordsEarnTheirBadgeOnce();
    void ownLikesAndWhatWasTakenBackDoNotCount();
    void aNotificationIsEnough();
    void noDeedIsMissedWhileManyCount();
    void whatABackupBringsBackIsNoDeed();
    void learnersMayNotCount();

private:
    std::string post(server::Session &learner)
    {
        const std::string id = base::randomUuid();
        asked(learner, "SELECT api.create_post($1, NULL, 'hello', NULL)", {id});
        auto owner = m_fixture->admin();
        asked(owner, "DELETE FROM private.rates");
        return id;
    }
    static std::string idOf(server::Session &learner) { return asked(learner, "SELECT api.current_user_id()"); }
    /// Names of the badges.
    static std::string badges(server::Session &learner)
    {
        return asked(learner, "SELECT string_agg(b.name, ', ' ORDER BY b.name) FROM user_badges u "
                              "JOIN badges b ON b.id = u.badge_id WHERE u.user_id = api.current_user_id()");
    }
    void countAll()
    {
        auto judge = m_fixture->as("sqlgym_judge");
        const auto done = judge::awardDeeds(judge);
        QVERIFY2(done, done ? "" : done.error().message.c_str());
    }

    std::unique_ptr<tests::JudgeFixture> m_fixture;
};

void TestAwarding::cleanupTestCase()
{
    auto owner = m_fixture->admin();
    const auto state = server::status(owner);
    QVERIFY(state);
    for (const auto &lint : state->lints)
        QFAIL((lint.lint + ": " + lint.object).c_str());
    m_fixture.reset();
}

void TestAwarding::firstWordsEarnTheirBadgeOnce()
{
    auto ann = m_fixture->learner("words_ann");
    countAll();
    QCOMPARE(badges(ann), std::string("NULL"));
    post(ann);
    QCOMPARE(badges(ann), std::string("NULL"));
    countAll();
    QCOMPARE(badges(ann), std::string("First words"));
    post(ann);
    countAll();
    QCOMPARE(badges(ann), std::string("First words"));
    auto owner = m_fixture->admin();
    QCOMPARE(asked(owner, "SELECT count(*) FROM private.deeds"), std::string("0"));
    // A submission's badges are counted with the same deeds.
    const content::Problem &problem = m_fixture->pack.problems.front();
    m_fixture->submit(ann, problem, problem.solutionSql);
    judge::Worker worker(m_fixture->worker("one"), m_fixture->log());
    QVERIFY(worker.run());
    QVERIFY2(badges(ann).find("First light") != std::string::npos, badges(ann).c_str());
}

void TestAwarding::ownLikesAndWhatWasTakenBackDoNotCount()
{
    auto eve = m_fixture->learner("likes_eve");
    auto owner = m_fixture->admin();
    const std::string id = post(eve);
    asked(eve, "SELECT api.like_post($1, $2)", {base::randomUuid(), id});
    asked(owner, "INSERT INTO public.users (id, username, email, password_hash) "
                 "SELECT 'fan' || i, 'fan' || i, 'fan' || i || '@example.org', 'x' FROM generate_series(1, 25) i");
    const auto likes = [&](int from, int to) {
        asked(owner,
              "INSERT INTO public.post_likes (id, user_id, post_id) SELECT gen_random_uuid(), 'fan' || i, $1 "
              "FROM generate_series($2::int, $3::int) i",
              {id, std::to_string(from), std::to_string(to)});
        countAll();
    };
    likes(1, 24);
    QCOMPARE(asked(owner, "SELECT likes FROM public.community_posts WHERE id = $1", {id}), std::string("25"));
    QCOMPARE(badges(eve), std::string("First words"));
    asked(owner, "DELETE FROM public.post_likes WHERE user_id = 'fan1'");
    likes(25, 25);
    QCOMPARE(badges(eve), std::string("First words"));
    likes(1, 1);
    QCOMPARE(badges(eve), std::string("First words, Warm welcome"));
    // Once earned it stays.
    asked(owner, "DELETE FROM public.post_likes WHERE post_id = $1", {id});
    post(eve);
    countAll();
    QCOMPARE(badges(eve), std::string("First words, Warm welcome"));
}

void TestAwarding::aNotificationIsEnough()
{
    auto kim = m_fixture->learner("told_kim");
    const judge::Rounds rounds({m_fixture->dsn("sqlgym_judge"), "awarded", 1h, "sqlgym_deeds"}, judge::awardDeeds,
                               m_fixture->log());
    auto owner = m_fixture->admin();
    // Another's badge, to know that it listens.
    auto first = m_fixture->learner("told_first");
    post(first);
    QTRY_COMPARE_WITH_TIMEOUT(badges(first), std::string("First words"), 30'000);
    post(kim);
    QTRY_COMPARE_WITH_TIMEOUT(badges(kim), std::string("First words"), 30'000);
    QTRY_VERIFY2_WITH_TIMEOUT(m_fixture->count("awarded badges=1") == 2, m_fixture->text().c_str(), 30'000);
}

/// Three judges count while likes come in from four sides: the twenty-fifth is always seen, and seen once.
void TestAwarding::noDeedIsMissedWhileManyCount()
{
    auto owner = m_fixture->admin();
    asked(owner, "INSERT INTO public.users (id, username, email, password_hash) "
                 "SELECT 'many' || i, 'many' || i, 'many' || i || '@example.org', 'x' FROM generate_series(1, 25) i");
    std::vector<server::Session> authors;
    std::vector<std::string> posts;
    for (int i = 0; i < 6; ++i) {
        authors.push_back(m_fixture->learner("author" + std::to_string(i)));
        posts.push_back(post(authors.back()));
    }
    std::vector<std::unique_ptr<judge::Rounds>> judges;
    for (int i = 0; i < 3; ++i)
        judges.push_back(std::make_unique<judge::Rounds>(
            judge::Rounds::Options{m_fixture->dsn("sqlgym_judge"), "awarded", 1h, "sqlgym_deeds"}, judge::awardDeeds,
            m_fixture->log()));
    std::vector<std::thread> fans;
    for (int fan = 0; fan < 4; ++fan) {
        fans.emplace_back([&, fan] {
            auto session = m_fixture->admin();
            for (int i = fan + 1; i <= 25; i += 4) {
                for (const std::string &post : posts)
                    asked(session,
                          "INSERT INTO public.post_likes (id, user_id, post_id) VALUES (gen_random_uuid(), $1, $2)",
                          {"many" + std::to_string(i), post});
            }
        });
    }
    for (std::thread &fan : fans)
        fan.join();
    for (server::Session &author : authors)
        QTRY_COMPARE_WITH_TIMEOUT(badges(author), std::string("First words, Warm welcome"), 60'000);
    judges.clear();
    QCOMPARE(m_fixture->count("trouble"), 0);
    QCOMPARE(asked(owner, "SELECT count(*) FROM private.deeds"), std::string("0"));
}

void TestAwarding::whatABackupBringsBackIsNoDeed()
{
    auto owner = m_fixture->admin();
    asked(owner, "SELECT set_config('row_security', 'off', false)");
    asked(owner,
          "INSERT INTO public.users (id, username, email, password_hash) VALUES ('old', 'old', 'o@example.org', 'x')");
    asked(owner,
          "INSERT INTO public.helpful_links (id, user_id, title, url) VALUES ('l', 'old', 't', 'https://example.org')");
    QCOMPARE(asked(owner, "SELECT count(*) FROM private.deeds"), std::string("0"));
    asked(owner, "SELECT set_config('row_security', 'on', false)");
    asked(owner, "DELETE FROM public.users WHERE id = 'old'");
}

void TestAwarding::learnersMayNotCount()
{
    auto mal = m_fixture->learner("counts_mal");
    const std::string me = idOf(mal);
    for (const char *attempt :
         {"SELECT private.award_badges($1, ARRAY(SELECT id FROM badges))", "SELECT private.open_deeds($1)",
          "SELECT * FROM private.learner_deeds($1)", "DELETE FROM private.deeds WHERE user_id = $1"}) {
        const auto done = mal.run(attempt, {me});
        QVERIFY2(!done && done.error().code == "42501", attempt);
    }
}

QTEST_GUILESS_MAIN(TestAwarding)
#include "tst_awarding.moc"
