// What a client may try with several connections, transactions, clocks and settings rather than with one statement.

#include "server_with_pack.h"
#include <QElapsedTimer>
#include <QtTest>

#include <algorithm>
#include <atomic>
#include <thread>

using namespace sqlgym;
using tests::asked;
using tests::uuid;

namespace {

constexpr int kMany = 16; ///< connections that the cluster has for us
constexpr char kPassword[] = "correct horse";

} // namespace

class TestServerTricks : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void cleanupTestCase() { m_fixture.reset(); }
    void init();
    void guessesOfManyAtOnceAreCounted();
    void allGuessesOfATransactionCount_data();
    void allGuessesOfATransactionCount();
    void signingInTakesAsLongWhoeverIsAsked();
    void anAddressTellsNothing();
    void namesCannotBeTakenTwiceUnderAnOldSnapshot();
    void clocksOfTheClientMoveNothing();
    void writtenAtIsBounded();
    void whatIsRolledBackNeverWas();
    void oneIdWrittenByManyAtOnceIsOne();
    void sixteenWhoLikeAreSixteen();

private:
    server::Session client(const std::string &token = {})
    {
        auto session = m_fixture->as("sqlgym_client");
        asked(session, "SELECT set_config('sqlgym.token', $1, false)", {token});
        return session;
    }
    std::string signUp(const std::string &name)
    {
        auto session = client();
        return asked(session, "SELECT api.sign_up($1, $1 || '@example.org', $2)", {name, kPassword});
    }
    void together(int people, const std::function<void(int)> &work)
    {
        std::vector<std::thread> threads;
        for (int at = 0; at < people; ++at)
            threads.emplace_back([&work, at] { work(at); });
        for (auto &thread : threads)
            thread.join();
    }

    std::unique_ptr<tests::ServerFixture> m_fixture;
    std::optional<server::Session> m_admin;
    std::string m_ann, m_bob, m_problem;
};

void TestServerTricks::initTestCase()
{
    m_fixture = std::make_unique<tests::ServerFixture>();
    const auto pack = tests::deployWithPack(*m_fixture);
    m_admin = m_fixture->admin();
    m_problem = pack.problems[0].id;
    m_ann = signUp("ann");
    m_bob = signUp("bob");
}

void TestServerTricks::init()
{
    tests::forgetAttempts(*m_admin);
    asked(*m_admin, "DELETE FROM private.rates");
    asked(*m_admin, "UPDATE problem_submissions SET created_at = created_at - interval '1 hour'");
}

void TestServerTricks::guessesOfManyAtOnceAreCounted()
{
    // None has begun the window yet: whoever does must not wipe out what the others counted. The password is right, so
    // that what passes is seen.
    std::atomic<int> passed = 0;
    together(kMany, [&](int) {
        auto own = client();
        for (int guess = 0; guess < 3; ++guess)
            passed += asked(own, "SELECT api.sign_in('bob', $1)", {kPassword}) != "NULL" ? 1 : 0;
    });
    QVERIFY2(passed > 0 && passed <= 12, qPrintable(QString::number(passed)));
}

void TestServerTricks::allGuessesOfATransactionCount_data()
{
    QTest::addColumn<QStringList>("statements");
    const QString guess = QStringLiteral("SELECT api.sign_in('bob', 'guess')");
    QTest::newRow("rolled back") << QStringList{"BEGIN", guess, "ROLLBACK"};
    QTest::newRow("to a savepoint") << QStringList{"BEGIN", "SAVEPOINT s", guess, "ROLLBACK TO s", "COMMIT"};
    QTest::newRow("broken by an error") << QStringList{"BEGIN", guess, "SELECT 1 / 0", "ROLLBACK"};
    QTest::newRow("in a statement that fails") << QStringList{guess + QStringLiteral(", 1 / (random() * 0)::int")};
    QTest::newRow("explained") << QStringList{QStringLiteral("EXPLAIN ANALYZE ") + guess};
    QTest::newRow("serializable") << QStringList{"BEGIN ISOLATION LEVEL SERIALIZABLE", guess, "ROLLBACK"};
    QTest::newRow("other cases") << QStringList{"SELECT api.sign_in('BOB', 'guess')"};
}

void TestServerTricks::allGuessesOfATransactionCount()
{
    QFETCH(QStringList, statements);
    auto own = client();
    for (int time = 0; time < 12; ++time) {
        for (const QString &statement : std::as_const(statements))
            asked(own, statement.toStdString());
    }
    QCOMPARE(asked(own, "SELECT api.sign_in('bob', $1)", {kPassword}), std::string("NULL"));
    init();
    QCOMPARE(asked(own,
                   "SELECT count(api.sign_in('bob', CASE WHEN g = 30 THEN $1 ELSE g::text END)) "
                   "FROM unnest(ARRAY(SELECT generate_series(1, 30))) g",
                   {kPassword}),
             std::string("0"));
    // Read-only transactions write no counter, and so let nobody try.
    init();
    asked(own, "BEGIN READ ONLY");
    QVERIFY(asked(own, "SELECT api.sign_in('bob', $1)", {kPassword}).starts_with("!25006"));
    asked(own, "ROLLBACK");
}

void TestServerTricks::signingInTakesAsLongWhoeverIsAsked()
{
    asked(
        *m_admin,
        "INSERT INTO users (id, username, email, password_hash) VALUES ('o', 'oauth', 'o', NULL), ('m', 'mangled', "
        "'m', 'pbkdf2:sha256:x'), ('c', 'cheap', 'c', replace(ext.crypt('x', ext.gen_salt('bf', 8)), '$2a$', '$2b$'))");
    auto own = client();
    const QStringList logins{"bob", "nobody", "oauth", "mangled", "cheap", "bob@example.org", "nobody@example.org"};
    std::map<QString, std::vector<qint64>> times;
    for (int round = 0; round < 4; ++round) {
        for (const QString &login : logins) {
            QElapsedTimer timer;
            timer.start();
            QCOMPARE(asked(own, "SELECT api.sign_in($1, 'guess')", {login.toStdString()}), std::string("NULL"));
            times[login].push_back(timer.nsecsElapsed());
        }
    }
    // The least of each is what it takes, on a machine that may be busy; without a hash it would be a hundredth.
    const auto least = [&](const QString &login) { return *std::ranges::min_element(times[login]); };
    for (const QString &login : logins) {
        const double ratio = static_cast<double>(least(login)) / static_cast<double>(least("nobody"));
        QVERIFY2(ratio > 0.45 && ratio < 2.2, qPrintable(login + u' ' + QString::number(ratio)));
    }
}

void TestServerTricks::anAddressTellsNothing()
{
    // Ann's address is taken, the other is free: to whoever signs up with them all looks alike, before and after.
    auto own = client();
    const QStringList asks{"SELECT length(api.sign_up($1, $2, 'eves password'))",
                           "SELECT length(api.sign_in($1, 'eves password'))",
                           "SELECT length(api.sign_in($2, 'eves password'))",
                           "SELECT length(api.sign_in(upper($2), 'eves password'))",
                           "SELECT length(api.sign_in($2, 'another password'))",
                           "SELECT length(api.sign_up($1 || '2', $2, 'eves password 2'))",
                           "SELECT length(api.sign_in($2, 'eves password 2'))",
                           "SELECT length(api.sign_in($2, 'eves password'))"};
    for (const QString &ask : asks) {
        const auto answer = [&](const char *name, const char *address) {
            return asked(own, "SELECT (" + ask.toStdString() + ") || COALESCE($1 || $2, '')", {name, address})
                .substr(0, 2);
        };
        QCOMPARE(answer("eve", "ann@example.org"), answer("fay", "free@example.org"));
    }
    const auto account = [&](const char *login) {
        auto session = client(asked(own, "SELECT api.sign_in($1, 'eves password')", {login}));
        return asked(session, "SELECT email_proved, premium, is_admin, problems_solved FROM api.my_account()");
    };
    QCOMPARE(account("eve"), account("fay"));
    // After a change of password too.
    for (const char *name : {"eve", "fay"}) {
        auto session = client(asked(own, "SELECT api.sign_in($1, 'eves password')", {name}));
        QCOMPARE(asked(session, "SELECT api.change_password('eves password', 'eves third password')"), std::string(""));
    }
    for (const char *address : {"ann@example.org", "free@example.org"})
        QCOMPARE(asked(own, "SELECT length(api.sign_in($1, 'eves third password'))", {address}), std::string("64"));
    // And ann is ann.
    auto ann = client(asked(own, "SELECT api.sign_in('ann@example.org', $1)", {kPassword}));
    QCOMPARE(asked(ann, "SELECT username FROM api.my_account()"), std::string("ann"));
}

void TestServerTricks::namesCannotBeTakenTwiceUnderAnOldSnapshot()
{
    auto own = client();
    asked(own, "BEGIN ISOLATION LEVEL REPEATABLE READ");
    asked(own, "SELECT 1");
    QCOMPARE(signUp("gus").size(), std::size_t(64));
    QCOMPARE(asked(own, "SELECT api.sign_up('GUS', 'x@example.org', $1)", {kPassword}), std::string("!25001"));
    asked(own, "ROLLBACK");
    std::atomic<int> made = 0;
    together(kMany, [&](int at) {
        auto session = client();
        const std::string name = at % 2 == 0 ? "hal" : "HAL";
        made += asked(session, "SELECT api.sign_up($1, $2, $3)",
                      {name, "h" + std::to_string(at) + "@example.org", kPassword})
                            .size() == 64
                    ? 1
                    : 0;
    });
    QCOMPARE(made, 1);
}

void TestServerTricks::clocksOfTheClientMoveNothing()
{
    auto ann = client(m_ann);
    int number = 1;
    for (const char *zone : {"<+167>-167", "<-167>+167", "Pacific/Kiritimati", "Etc/GMT+12"}) {
        asked(ann, "SELECT set_config('TimeZone', $1, false)", {zone});
        QCOMPARE(asked(ann, "SELECT api.create_post($1, NULL, 'x', NULL)", {uuid(number)}), std::string(""));
        QCOMPARE(asked(ann, "SELECT api.create_comment($1, $2, NULL, 'x')", {uuid(100 + number), uuid(number)}),
                 std::string(""));
        QCOMPARE(asked(ann, "SELECT api.submit($1, $2, 'SELECT 1', NULL)", {uuid(200 + number), m_problem}),
                 uuid(200 + number));
        QCOMPARE(asked(ann, "SELECT api.edit_post($1, 'y', NULL)", {uuid(number)}), std::string(""));
        QCOMPARE(asked(ann, "SELECT api.use_hint($1, $2, $3)", {uuid(300 + number), m_problem, std::to_string(number)}),
                 std::string(""));
        ++number;
    }
    const std::string off = " NOT BETWEEN timezone('UTC', now()) - interval '10 minutes' AND timezone('UTC', now())";
    for (const char *column :
         {"community_posts.created_at", "community_posts.updated_at", "post_comments.created_at",
          "problem_submissions.created_at", "fallback_submissions.created_at", "user_progress.last_activity_at"}) {
        const std::string name = column;
        const std::string wrong =
            asked(*m_admin, "SELECT '" + name + "', " + name + ", now() AT TIME ZONE 'UTC' FROM " +
                                name.substr(0, name.find('.')) + " WHERE " + name + off);
        QVERIFY2(wrong.empty(), wrong.c_str());
    }
    auto zed = client();
    asked(zed, "SET TimeZone = '<+167>-167'");
    QCOMPARE(asked(zed, "SELECT length(api.sign_up('zed', 'zed@example.org', $1))", {kPassword}), std::string("64"));
    QCOMPARE(asked(*m_admin, "SELECT count(*) FROM users WHERE created_at" + off), std::string("0"));
}

void TestServerTricks::writtenAtIsBounded()
{
    auto bob = client(m_bob);
    int number = 400;
    for (const char *time : {"infinity", "-infinity", "9999-12-31", "4713-01-01 BC", "2000-01-01", "epoch"}) {
        ++number;
        QCOMPARE(asked(bob, "SELECT api.submit($1, $2, 'SELECT 1', $3)", {uuid(number), m_problem, time}),
                 uuid(number));
    }
    // Not before there was an account, not after it was received.
    QCOMPARE(asked(*m_admin,
                   "SELECT f.data ->> 'written_at', u.created_at FROM fallback_submissions f JOIN users u ON u.id = "
                   "f.data ->> 'user_id' WHERE "
                   "(f.data ->> 'written_at')::timestamptz NOT BETWEEN timezone('UTC', u.created_at) AND now()"),
             std::string(""));
}

void TestServerTricks::whatIsRolledBackNeverWas()
{
    auto bob = client(m_bob);
    asked(bob, "BEGIN");
    asked(bob, "SELECT api.create_post($1, NULL, 'x', NULL)", {uuid(1000)});
    asked(bob, "SELECT api.like_post($1, $2)", {uuid(1001), uuid(1000)});
    asked(bob, "SAVEPOINT s");
    asked(bob, "SELECT api.create_comment($1, $2, NULL, 'x')", {uuid(1002), uuid(1000)});
    asked(bob, "ROLLBACK TO s");
    asked(bob, "COMMIT");
    QCOMPARE(asked(bob, "SELECT likes, comments FROM community_posts WHERE id = $1", {uuid(1000)}), std::string("1|0"));
    asked(bob, "BEGIN");
    asked(bob, "SELECT api.unlike_post($1)", {uuid(1000)});
    asked(bob, "ROLLBACK");
    QCOMPARE(asked(bob, "SELECT likes FROM community_posts WHERE id = $1", {uuid(1000)}), std::string("1"));
    asked(bob, "BEGIN");
    asked(bob, "SELECT api.submit($1, $2, 'SELECT 1', NULL)", {uuid(1003), m_problem});
    asked(bob, "ROLLBACK");
    QCOMPARE(asked(*m_admin, "SELECT count(*) FROM fallback_submissions WHERE id = $1", {uuid(1003)}),
             std::string("0"));
}

void TestServerTricks::oneIdWrittenByManyAtOnceIsOne()
{
    std::atomic<int> answered = 0;
    together(kMany, [&](int at) {
        auto own = client(at % 2 == 0 ? m_ann : m_bob);
        answered +=
            asked(own, "SELECT api.submit($1, $2, 'SELECT 1', NULL)", {uuid(2000), m_problem}) == uuid(2000) ? 1 : 0;
        asked(own, "SELECT api.create_post($1, NULL, $2, NULL)", {uuid(2001), std::to_string(at % 2)});
    });
    QCOMPARE(answered, kMany / 2); // all of one of them
    QCOMPARE(asked(*m_admin, "SELECT count(*) FROM fallback_submissions WHERE job_id = $1", {uuid(2000)}),
             std::string("1"));
    QCOMPARE(asked(*m_admin, "SELECT count(*) FROM community_posts WHERE id = $1", {uuid(2001)}), std::string("1"));
}

void TestServerTricks::sixteenWhoLikeAreSixteen()
{
    auto bob = client(m_bob);
    asked(bob, "SELECT api.create_post($1, NULL, 'x', NULL)", {uuid(3000)});
    std::vector<std::string> tokens;
    for (int at = 0; at < kMany; ++at)
        tokens.push_back(
            asked(*m_admin,
                  "WITH u AS (INSERT INTO users (id, username, email) VALUES ('p' || $1, 'p' || $1, 'p' || $1) "
                  "RETURNING id) SELECT private.new_session(id) FROM u",
                  {std::to_string(at)}));
    together(kMany, [&](int at) {
        auto own = client(tokens[static_cast<std::size_t>(at)]);
        asked(own, "BEGIN");
        asked(own, "SELECT api.like_post($1, $2)", {uuid(4000 + at), uuid(3000)});
        asked(own, at % 4 == 0 ? "ROLLBACK" : "COMMIT");
        asked(own, "SELECT api.like_post($1, $2)", {uuid(5000 + at), uuid(3000)});
        asked(own, "SELECT api.create_comment($1, $2, NULL, 'x')", {uuid(6000 + at), uuid(3000)});
    });
    QCOMPARE(asked(bob, "SELECT likes, comments FROM community_posts WHERE id = $1", {uuid(3000)}),
             std::string("16|16"));
}

QTEST_GUILESS_MAIN(TestServerTricks)
#include "tst_server_tricks.moc"
