// The community through real windows: two desktops, one server.
#include "community_desktop.h"

#include "cache/cache.h"
#include "layout_facts.h"
#include "sqlite/database.h"

#include <QtCore/QAbstractItemModel>
#include <QtGui/QDesktopServices>
#include <QtNetwork/QTcpServer>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QListView>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QTabBar>

using namespace sqlgym;

class TestCommunity : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void init();
    void withoutAServerOneWritesAndIsToldSo();
    void aPostIsSharedLikedAnsweredMendedAndDeleted();
    void whatIsWrittenOfflineIsSentLater();
    void countersAreExactWhenManyLikeAtOnce();
    void whatIsHiddenIsGoneAndWhatIsReportedIsKnown();
    void codeOpensInTheEditorByOneKey();
    void whatIsSaidOfAProblemStandsBesideIt();
    void newPostsDoNotMoveWhatIsRead();
    void hostileTextsDoNothing();

private:
    std::string dsn() { return m_server->dsn("sqlgym_client"); }
    QString asked(const std::string &sql)
    {
        auto admin = m_server->admin();
        return QString::fromStdString(tests::asked(admin, sql.c_str()));
    }
    void done(const std::string &sql)
    {
        auto admin = m_server->admin();
        const auto result = admin.execute(sql);
        QVERIFY2(result, result ? "" : result.error().message.c_str());
    }

    std::unique_ptr<tests::ServerFixture> m_server;
};

void TestCommunity::initTestCase()
{
    m_server = std::make_unique<tests::ServerFixture>();
    tests::deployWithPack(*m_server);
}

void TestCommunity::init()
{
    done("DELETE FROM community_posts; DELETE FROM private.reports; DELETE FROM private.hidden");
    auto admin = m_server->admin();
    tests::forgetAttempts(admin);
}

void TestCommunity::withoutAServerOneWritesAndIsToldSo()
{
    const Desktop alone("");
    QTRY_VERIFY_WITH_TIMEOUT(!alone.program().statement().isEmpty(), kPatienceMs);
    alone.open();
    QVERIFY(alone.named<QWidget>("State of the community"));

    alone.post(QStringLiteral("Written without a server"));

    QTRY_VERIFY2(alone.posts().contains(QStringLiteral("Written without a server")), qPrintable(alone.posts()));
    QTRY_COMPARE(alone.postText().trimmed(), QStringLiteral("Written without a server"));
}

void TestCommunity::aPostIsSharedLikedAnsweredMendedAndDeleted()
{
    const Desktop ada(dsn());
    ada.signUp("ada");
    const Desktop bob(dsn());
    bob.signUp("bob");

    ada.post(QStringLiteral("How do **anti-joins** work?"), QStringLiteral("SELECT 1"));
    QTRY_COMPARE(ada.posts(), QStringLiteral("ada: How do anti-joins work?"));
    QTRY_COMPARE_WITH_TIMEOUT(bob.posts(), QStringLiteral("ada: How do anti-joins work?"), kPatienceMs);
    bob.choose(0);
    QTRY_COMPARE(bob.postText().trimmed(), QStringLiteral("How do anti-joins work?"));

    bob.press("Like");
    QTRY_COMPARE(bob.likes(), QStringLiteral("1"));
    bob.write("Comment text", QStringLiteral("With NOT EXISTS."));
    bob.press("Send");
    QTRY_COMPARE(Desktop::rowsOf(bob.comments()), QStringLiteral("bob: With NOT EXISTS."));
    QTRY_COMPARE_WITH_TIMEOUT(ada.likes(), QStringLiteral("1"), kPatienceMs);
    QTRY_COMPARE_WITH_TIMEOUT(Desktop::rowsOf(ada.comments()), QStringLiteral("bob: With NOT EXISTS."), kPatienceMs);

    // An answer to the answer, and the post mended.
    ada.comments()->setCurrentIndex(ada.comments()->model()->index(0, 0));
    ada.press("Answer");
    ada.write("Comment text", QStringLiteral("Thanks!"));
    ada.press("Send");
    QTRY_VERIFY_WITH_TIMEOUT(Desktop::rowsOf(bob.comments()).endsWith(QStringLiteral("ada: Thanks!")), kPatienceMs);
    QCOMPARE(asked("SELECT count(*) FROM post_comments WHERE parent_id IS NOT NULL"), QStringLiteral("1"));
    ada.press("Edit");
    ada.write("Post text", QStringLiteral("Solved, thank you."));
    ada.press("Save");
    QTRY_COMPARE_WITH_TIMEOUT(bob.postText().trimmed(), QStringLiteral("Solved, thank you."), kPatienceMs);
    QCOMPARE(asked("SELECT likes || ' ' || comments FROM community_posts"), QStringLiteral("1 2"));

    ada.press("Delete");
    QCOMPARE(ada.feed()->model()->rowCount(), 1); // asked first
    ada.press("Delete it");
    QTRY_COMPARE(ada.feed()->model()->rowCount(), 0);
    QTRY_COMPARE_WITH_TIMEOUT(bob.feed()->model()->rowCount(), 0, kPatienceMs);
    QTRY_VERIFY(!bob.named<QTextBrowser>("Post"));
    QCOMPARE(asked("SELECT count(*) FROM community_posts"), QStringLiteral("0"));
}

void TestCommunity::whatIsWrittenOfflineIsSentLater()
{
    const Desktop carol(dsn());
    carol.signUp("carol");
    m_server->crash();

    carol.post(QStringLiteral("From the train"));
    carol.write("Comment text", QStringLiteral("Still on the train"));
    carol.press("Send");
    carol.press("Like");

    QTRY_COMPARE(carol.likes(), QStringLiteral("1"));
    QTRY_VERIFY2_WITH_TIMEOUT(carol.online.status().contains(QStringLiteral("3 waiting")),
                              qPrintable(carol.online.status()), kPatienceMs);
    m_server->restart();
    QTRY_VERIFY2_WITH_TIMEOUT(carol.online.status().startsWith(QStringLiteral("Synced")),
                              qPrintable(carol.online.status()), kPatienceMs);
    QCOMPARE(asked("SELECT content || ' ' || likes || ' ' || comments FROM community_posts"),
             QStringLiteral("From the train 1 1"));
}

void TestCommunity::countersAreExactWhenManyLikeAtOnce()
{
    const Desktop dora(dsn());
    dora.signUp("dora");
    const Desktop emil(dsn());
    emil.signUp("emil");
    dora.post(QStringLiteral("Who likes this?"));
    QTRY_COMPARE_WITH_TIMEOUT(emil.feed()->model()->rowCount(), 1, kPatienceMs);
    emil.choose(0);
    QTRY_COMPARE(emil.likes(), QStringLiteral("0"));

    // Both at once, while others do so elsewhere.
    dora.press("Like");
    emil.press("Like");
    done("INSERT INTO users (id, username, email) SELECT 'fan' || i, 'fan' || i, 'fan' || i || '@example.org' "
         "FROM generate_series(1, 40) i ON CONFLICT DO NOTHING;"
         "INSERT INTO post_likes (id, user_id, post_id) SELECT gen_random_uuid()::text, 'fan' || i, p.id "
         "FROM generate_series(1, 40) i, community_posts p");
    emil.press("Like");
    QTRY_COMPARE_WITH_TIMEOUT(dora.likes(), QStringLiteral("41"), kPatienceMs);
    QTRY_COMPARE_WITH_TIMEOUT(emil.likes(), QStringLiteral("41"), kPatienceMs);
    QCOMPARE(asked("SELECT likes = (SELECT count(*) FROM post_likes) FROM community_posts"), QStringLiteral("t"));
}

void TestCommunity::whatIsHiddenIsGoneAndWhatIsReportedIsKnown()
{
    const Desktop finn(dsn());
    finn.signUp("finn");
    const Desktop gus(dsn());
    gus.signUp("gus");
    finn.post(QStringLiteral("Buy my course"));
    QTRY_COMPARE_WITH_TIMEOUT(gus.feed()->model()->rowCount(), 1, kPatienceMs);
    gus.choose(0);
    QTRY_COMPARE(gus.postText().trimmed(), QStringLiteral("Buy my course"));
    const auto fromMenu = [&](const char *words) {
        auto *more = gus.named<QToolButton>("More about the post");
        QVERIFY(more);
        emit more->menu()->aboutToShow();
        for (auto *action : more->menu()->actions()) {
            if (action->text().remove(u'&') == QString::fromUtf8(words))
                return action->trigger();
        }
        QFAIL(words);
    };

    fromMenu("Follow this person");
    QTRY_COMPARE_WITH_TIMEOUT(asked("SELECT count(*) FROM followers"), QStringLiteral("1"), kPatienceMs);
    fromMenu("Report the post\u2026");
    gus.press("Send the report");
    QTRY_COMPARE_WITH_TIMEOUT(asked("SELECT count(*) FROM private.reports WHERE reason LIKE 'Spam%'"),
                              QStringLiteral("1"), kPatienceMs);
    fromMenu("Hide the post");

    QTRY_COMPARE(gus.feed()->model()->rowCount(), 0);
    QTRY_COMPARE_WITH_TIMEOUT(asked("SELECT count(*) FROM private.hidden"), QStringLiteral("1"), kPatienceMs);
    QCOMPARE(finn.feed()->model()->rowCount(), 1);
}

void TestCommunity::codeOpensInTheEditorByOneKey()
{
    const Desktop alone("");
    QTRY_VERIFY_WITH_TIMEOUT(!alone.program().statement().isEmpty(), kPatienceMs);
    alone.open();
    alone.post(QStringLiteral("Try this"), QStringLiteral("SELECT 42 AS answer;"));
    QTRY_VERIFY(alone.named<QPlainTextEdit>("Code of the post"));

    alone.feed()->setFocus();
    QTest::keyClick(alone.feed(), Qt::Key_O, Qt::ControlModifier);

    QTRY_COMPARE(QString::fromUtf8(alone.program().editor()->utf8()), QStringLiteral("SELECT 42 AS answer;"));
    auto *tabs = alone.named<QTabBar>("Editor tabs");
    QVERIFY(tabs && tabs->currentIndex() == 1);
    // It is kept as if it had been typed.
    QTRY_VERIFY([&] {
        auto database = sqlite::Database::open(alone.program().profile.databaseFile().toStdString());
        const auto kept = database->integer("SELECT count(*) FROM drafts WHERE text = 'SELECT 42 AS answer;'");
        return kept && *kept == 1;
    }());
}

void TestCommunity::whatIsSaidOfAProblemStandsBesideIt()
{
    const auto discuss = [](const Desktop &desktop) {
        desktop.program().window->showScreen(shell::MainWindow::Practice);
        QTRY_VERIFY_WITH_TIMEOUT(!desktop.program().statement().isEmpty(), kPatienceMs);
        desktop.press("Discussion");
        QTRY_VERIFY(desktop.feed());
    };
    const Desktop kim(dsn());
    kim.signUp("kim");
    kim.post(QStringLiteral("Of nothing in particular"));
    discuss(kim);
    kim.post(QStringLiteral("Is this what is meant?"), QStringLiteral("SELECT 43;"));
    QVERIFY(kim.named<QPlainTextEdit>("Code of the post")); // one's own is no secret
    QTRY_COMPARE_WITH_TIMEOUT(asked("SELECT count(*) FROM community_posts WHERE content LIKE 'Is this what is meant%' "
                                    "AND problem_id IS NOT NULL"),
                              QStringLiteral("1"), kPatienceMs);

    const Desktop jan(dsn());
    jan.signUp("jan");
    discuss(jan);
    QTRY_COMPARE(jan.feed()->model()->rowCount(), 1);
    QVERIFY2(jan.posts().contains("Is this what is meant?"), qPrintable(jan.posts()));
    jan.feed()->setCurrentIndex(jan.feed()->model()->index(0, 0));
    QTRY_VERIFY(jan.postText().contains("Is this what is meant?"));

    QVERIFY(!jan.named<QPlainTextEdit>("Code of the post"));
    auto *post = jan.named<QTextBrowser>("Post");
    post->setFocus();
    QTest::keyClick(post, Qt::Key_O, Qt::ControlModifier);
    QTRY_VERIFY(jan.named<QPlainTextEdit>("Code of the post"));
    QVERIFY(jan.program().editor()->utf8().isEmpty());
    QTest::keyClick(post, Qt::Key_O, Qt::ControlModifier);
    QTRY_COMPARE(jan.program().editor()->utf8(), QByteArray("SELECT 43;"));
    // Another problem, another discussion.
    jan.program().key(Qt::Key_Right, Qt::AltModifier);
    QTRY_VERIFY(!jan.feed() && jan.named<QToolButton>("Discussion"));
    QTRY_VERIFY(jan.named<QToolButton>("Discussion")->isEnabled());
    jan.press("Discussion");
    QTRY_VERIFY(jan.feed() && jan.feed()->model()->rowCount() == 0);
}

void TestCommunity::newPostsDoNotMoveWhatIsRead()
{
    const Desktop hal(dsn());
    hal.signUp("hal");
    done("INSERT INTO users (id, username, email) VALUES ('writer', 'writer', 'writer@example.org') ON CONFLICT DO "
         "NOTHING;"
         "INSERT INTO community_posts (id, user_id, content, created_at) SELECT gen_random_uuid()::text, 'writer', "
         "'post ' || i, now() - interval '1 minute' * i FROM generate_series(1, 3000) i");
    hal.program().link->syncNow();
    QTRY_COMPARE_WITH_TIMEOUT(hal.feed()->model()->rowCount(), 50, kPatienceMs);
    // Scrolled to the end, more come; again and again.
    for (int page = 2; page <= 4; ++page) {
        hal.feed()->scrollToBottom();
        QTRY_VERIFY(hal.feed()->model()->rowCount() >= 50 * page);
    }
    const int rows = hal.feed()->model()->rowCount();
    hal.choose(120);
    hal.feed()->scrollTo(hal.feed()->currentIndex());
    const QRect at = hal.feed()->visualRect(hal.feed()->currentIndex());
    const QString read = hal.feed()->currentIndex().data().toString();

    done("INSERT INTO community_posts (id, user_id, content) SELECT gen_random_uuid()::text, 'writer', 'fresh ' || i "
         "FROM generate_series(1, 3) i");
    hal.program().link->syncNow();

    QTRY_VERIFY_WITH_TIMEOUT(hal.named<QPushButton>("New posts have come"), kPatienceMs);
    QVERIFY(hal.named<QPushButton>("New posts have come")->text().startsWith(QStringLiteral("3 ")));
    QCOMPARE(hal.feed()->model()->rowCount(), rows);
    QCOMPARE(hal.feed()->currentIndex().data().toString(), read);
    QCOMPARE(hal.feed()->visualRect(hal.feed()->currentIndex()), at);
    hal.press("New posts have come");
    QTRY_VERIFY(hal.posts().startsWith(QStringLiteral("writer: fresh")));
    QVERIFY(!hal.named<QPushButton>("New posts have come"));
}

void TestCommunity::hostileTextsDoNothing()
{
    QTcpServer listener;
    QVERIFY(listener.listen(QHostAddress::LocalHost));
    const std::string host = "http://127.0.0.1:" + std::to_string(listener.serverPort());
    QTemporaryDir files;
    QImage(64, 64, QImage::Format_RGB32).save(files.filePath(QStringLiteral("own.png")));
    const std::string own = files.filePath(QStringLiteral("own.png")).toStdString();
    const Desktop ivy(dsn());
    ivy.signUp("ivy");
    const auto put = [&](const std::string &id, const std::string &content) {
        done("INSERT INTO community_posts (id, user_id, content, code_snippet) VALUES ('" + id + "', 'evil', $x$" +
             content + "$x$, 'SELECT 1')");
    };
    done("DELETE FROM users WHERE id = 'evil'; INSERT INTO users (id, username, email) VALUES ('evil', "
         "repeat(U&'\\FF37', 50), 'evil@example.org')");
    const std::pair<const char *, std::string> texts[] = {
        {"html", "<script>alert(1)</script><img src='" + host + "/a.png'><h1>big</h1><iframe src='" + host + "'>"},
        {"picture", "![a](" + host + "/b.png) ![b](" + own + ") ![c](file:///dev/zero) [link](" + host + "/c)"},
        {"direction", "safe \u202Eexe.txt\u202C \u2066abc\u2069 \x07 bell"},
        {"quotes", std::string(15'000, '>') + " deep"},
        {"lists",
         [] {
             std::string list;
             for (int i = 0; i < 9'000; ++i)
                 list += "- ";
             return list + "x";
         }()},
        {"table",
         [] {
             std::string head;
             std::string rule;
             for (int i = 0; i < 3'000; ++i)
                 head += "|a", rule += "|-";
             return head + "|\n" + rule + "|\n" + head + "|";
         }()},
        {"brackets", std::string(18'000, '[')},
        {"word", std::string(19'000, 'W')},
        {"megabyte", std::string(1'000'000, 'M')},
        {"marks",
         [] {
             std::string marks = "Z";
             for (int i = 0; i < 4'000; ++i)
                 marks += "\u0301";
             return marks;
         }()},
    };
    for (const auto &[id, text] : texts)
        put(id, text);
    done("INSERT INTO post_comments (id, user_id, post_id, parent_id, content, created_at) SELECT 'deep' || i, 'evil', "
         "'html', CASE WHEN i > 1 THEN 'deep' || (i - 1) END, 'level ' || i || repeat('w', 300), now() + interval '1 "
         "second' * i "
         "FROM generate_series(1, 60) i");
    ivy.program().link->syncNow();
    const auto allHere = [&] {
        if (ivy.named<QPushButton>("New posts have come"))
            ivy.press("New posts have come");
        return ivy.feed()->model()->rowCount() == static_cast<int>(std::size(texts));
    };
    QTRY_VERIFY2_WITH_TIMEOUT(allHere(), qPrintable(ivy.online.status()), kPatienceMs);
    ivy.program().window->resize(1024, 700);

    for (int row = 0; row < ivy.feed()->model()->rowCount(); ++row) {
        QElapsedTimer took;
        took.start();
        const QString before = ivy.postText();
        ivy.feed()->setCurrentIndex(ivy.feed()->model()->index(row, 0));
        QTRY_VERIFY_WITH_TIMEOUT(ivy.named<QTextBrowser>("Post") && ivy.postText() != before, kPatienceMs);
        QTest::qWait(50);
        ivy.program().window->grab();
        QVERIFY2(took.elapsed() < 3'000 * SQLGYM_PACE,
                 qPrintable(QStringLiteral("%1 ms: %2").arg(took.elapsed()).arg(ivy.postText().left(40))));
        const QStringList faults = layoutFaults(ivy.program().window.get());
        QVERIFY2(faults.isEmpty(), qPrintable(faults.join(u'\n') + u'\n' + ivy.postText().left(40)));
        QVERIFY(!ivy.postText().contains(QChar(0x202E)));
        QVERIFY(ivy.program().window->width() == 1024);
    }
    QVERIFY(ivy.named<QTextBrowser>("Post")->document()->characterCount() < 30'000);
    QTest::qWait(200);
    QVERIFY(!listener.hasPendingConnections());
}

QTEST_MAIN(TestCommunity)
#include "tst_community.moc"
