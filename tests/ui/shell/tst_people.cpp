// The leaderboard and helpful links through real windows: several desktops, one server.
#include "community_desktop.h"
#include "layout_facts.h"

#include <QtGui/QDesktopServices>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QTabBar>
#include <QtWidgets/QTreeWidget>

using namespace sqlgym;

namespace {

constexpr char kVisible[] = "Show me on the leaderboard";

/// Names and figures, a line each.
QString rows(const QTreeWidget *list)
{
    QStringList lines;
    for (int i = 0; list && i < list->topLevelItemCount(); ++i) {
        QStringList cells;
        for (int column = 0; column < list->columnCount(); ++column)
            cells << list->topLevelItem(i)->text(column);
        lines << cells.join(u'|');
    }
    return lines.join(u'\n');
}

void showPage(const Desktop &desktop, int page)
{
    auto *tabs = desktop.named<QTabBar>("Pages of the community");
    QVERIFY(tabs);
    tabs->setCurrentIndex(page);
}

} // namespace

class TestPeople : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void init();
    void cleanupTestCase();
    void onlyWhoWantsToBeIsOnTheLeaderboard();
    void theLeaderboardIsKeptForWhenThereIsNoServer();
    void withoutAServerBothPagesSaySo();
    void aPersonIsFollowedAlsoOffline();
    void linksAreSharedAndOpenedAfterAsking();
    void addressesThatLeadNowhereAreRefused();
    void hostileNamesAndTitlesBreakNothing();

public slots:
    void browse(const QUrl &url) { m_browsed << url.toString(); }

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
    /// As the judge's housekeeping does every minute.
    void workOut() { QVERIFY(!asked("SELECT private.refresh_leaderboard()").startsWith(u'!')); }

    QStringList m_browsed;
    std::unique_ptr<tests::ServerFixture> m_server;
};

void TestPeople::initTestCase()
{
    m_server = std::make_unique<tests::ServerFixture>();
    tests::deployWithPack(*m_server);
    for (const char *scheme : {"http", "https"})
        QDesktopServices::setUrlHandler(scheme, this, "browse");
}

void TestPeople::cleanupTestCase()
{
    for (const char *scheme : {"http", "https"})
        QDesktopServices::unsetUrlHandler(scheme);
}

void TestPeople::init()
{
    m_browsed.clear();
    done("DELETE FROM users; DELETE FROM cache_entries");
    auto admin = m_server->admin();
    tests::forgetAttempts(admin);
}

void TestPeople::onlyWhoWantsToBeIsOnTheLeaderboard()
{
    done("INSERT INTO users (id, username, email, password_hash, problems_solved) VALUES "
         "('shy', 'shy', 's@example.org', 'x', 9), ('proud', 'proud', 'p@example.org', 'x', 5);"
         "INSERT INTO private.preferences (user_id, leaderboard) VALUES ('proud', true), ('shy', false)");
    workOut();
    const Desktop ada(dsn());
    ada.signUp("ada");
    showPage(ada, 1);
    auto *board = ada.named<QTreeWidget>("Leaderboard");
    QVERIFY(board);
    QTRY_COMPARE_WITH_TIMEOUT(rows(board), QStringLiteral("1|proud|0|5"), kPatienceMs);
    QCheckBox *visible = nullptr;
    for (auto *box : ada.program().window->findChildren<QCheckBox *>()) {
        if (box->text().remove(u'&') == QLatin1String(kVisible))
            visible = box;
    }
    QVERIFY(visible && visible->isEnabled() && !visible->isChecked());

    visible->click();
    QTRY_COMPARE_WITH_TIMEOUT(asked("SELECT leaderboard FROM private.preferences p JOIN users u ON u.id = p.user_id "
                                    "WHERE username = 'ada'"),
                              QStringLiteral("t"), kPatienceMs);
    workOut();
    showPage(ada, 0);
    showPage(ada, 1);
    QTRY_COMPARE_WITH_TIMEOUT(rows(board), QStringLiteral("1|proud|0|5\n2|ada (you)|0|0"), kPatienceMs);
    QVERIFY(visible->isChecked());

    // Another of her desktops knows it from the server, and bob does not see the box of hers.
    const Desktop bob(dsn());
    bob.signUp("bob");
    showPage(bob, 1);
    QTRY_COMPARE_WITH_TIMEOUT(rows(bob.named<QTreeWidget>("Leaderboard")), QStringLiteral("1|proud|0|5\n2|ada|0|0"),
                              kPatienceMs);

    visible->click();
    QTRY_COMPARE_WITH_TIMEOUT(rows(board), QStringLiteral("1|proud|0|5"), kPatienceMs);
    QVERIFY(!visible->isChecked());
    // Gone at once, though nothing was worked out anew.
    showPage(bob, 0);
    showPage(bob, 1);
    QTRY_COMPARE_WITH_TIMEOUT(rows(bob.named<QTreeWidget>("Leaderboard")), QStringLiteral("1|proud|0|5"), kPatienceMs);

    board->setCurrentItem(board->topLevelItem(0));
    emit board->itemActivated(board->topLevelItem(0), 0);
    QTRY_COMPARE(ada.named<QLabel>("Person")->text(), QStringLiteral("proud"));
}

void TestPeople::theLeaderboardIsKeptForWhenThereIsNoServer()
{
    done("INSERT INTO users (id, username, email, password_hash, problems_solved) VALUES "
         "('proud', 'proud', 'p@example.org', 'x', 5);"
         "INSERT INTO private.preferences (user_id, leaderboard) VALUES ('proud', true)");
    workOut();
    const Desktop ada(dsn());
    ada.signUp("ada");
    showPage(ada, 1);
    QTRY_COMPARE_WITH_TIMEOUT(rows(ada.named<QTreeWidget>("Leaderboard")), QStringLiteral("1|proud|0|5"), kPatienceMs);

    m_server->crash();
    QTRY_VERIFY_WITH_TIMEOUT(ada.online.status().startsWith(QStringLiteral("Offline")), kPatienceMs);
    showPage(ada, 0);
    showPage(ada, 1);
    const auto age = [&] { return ada.named<QLabel>("Age of the leaderboard")->text(); };
    QTRY_VERIFY2_WITH_TIMEOUT(age().contains(QStringLiteral("out of reach")), qPrintable(age()), kPatienceMs);
    QCOMPARE(rows(ada.named<QTreeWidget>("Leaderboard")), QStringLiteral("1|proud|0|5"));
    m_server->restart();
    QTRY_VERIFY_WITH_TIMEOUT(!ada.online.status().startsWith(QStringLiteral("Offline")), kPatienceMs);
    QTRY_VERIFY2_WITH_TIMEOUT(age().startsWith(QStringLiteral("As of")), qPrintable(age()), kPatienceMs);
}

void TestPeople::withoutAServerBothPagesSaySo()
{
    const Desktop alone("");
    QTRY_VERIFY_WITH_TIMEOUT(!alone.program().statement().isEmpty(), kPatienceMs);
    alone.open();
    showPage(alone, 1);
    QTRY_COMPARE(alone.named<QTreeWidget>("Leaderboard")->topLevelItemCount(), 0);
    for (auto *box : alone.program().window->findChildren<QCheckBox *>()) {
        if (box->text().remove(u'&') == QLatin1String(kVisible))
            QVERIFY(!box->isEnabled() && !box->toolTip().isEmpty());
    }
    // A link may be written, and waits.
    showPage(alone, 2);
    alone.press("Share a link");
    alone.online.fill("Title of the link", QStringLiteral("The manual"));
    alone.online.fill("Address of the link", QStringLiteral("www.postgresql.org/docs/15/"));
    alone.press("Share it");
    QTRY_VERIFY(rows(alone.named<QTreeWidget>("Helpful links"))
                    .startsWith(QStringLiteral("The manual|www.postgresql.org|you|")));
}

void TestPeople::aPersonIsFollowedAlsoOffline()
{
    const Desktop ada(dsn());
    ada.signUp("ada");
    const Desktop bob(dsn());
    bob.signUp("bob");
    done("UPDATE users SET first_name = 'Ada', last_name = 'L.', company_name = 'Engines', linkedin_url = "
         "'https://www.linkedin.com/in/ada' WHERE username = 'ada'");
    ada.post(QStringLiteral("Hello"));
    QTRY_COMPARE_WITH_TIMEOUT(bob.posts(), QStringLiteral("ada: Hello"), kPatienceMs);
    bob.choose(0);
    bob.press("Author");
    const auto person = [](const Desktop &desktop) {
        const auto *name = desktop.named<QLabel>("Person");
        return name ? name->text() : QString();
    };
    QTRY_COMPARE(person(bob), QStringLiteral("ada"));
    const auto names = [](const Desktop &desktop, const char *list) {
        QStringList found;
        const auto *view = desktop.named<QListWidget>(list);
        for (int i = 0; view && i < view->count(); ++i)
            found << view->item(i)->text();
        return found.join(u' ');
    };
    const auto says = [](const Desktop &desktop, const QString &words) {
        for (const auto *label : desktop.program().window->findChildren<QLabel *>()) {
            if (label->isVisible() && label->text() == words)
                return true;
        }
        return false;
    };
    QTRY_VERIFY_WITH_TIMEOUT(says(bob, QStringLiteral("Ada L. \u00b7 Engines")), kPatienceMs);
    QCOMPARE(names(bob, "Followers"), QString());

    bob.press("Follow");
    QTRY_COMPARE_WITH_TIMEOUT(asked("SELECT count(*) FROM followers"), QStringLiteral("1"), kPatienceMs);
    QTRY_COMPARE_WITH_TIMEOUT(names(bob, "Followers"), QStringLiteral("bob"), kPatienceMs);
    QTRY_VERIFY(says(bob, QStringLiteral("Followers: 1")));
    ada.choose(0);
    ada.press("Author");
    QTRY_COMPARE(person(ada), QStringLiteral("ada (you)"));
    QVERIFY(!ada.named<QPushButton>("Follow"));
    QTRY_COMPARE_WITH_TIMEOUT(names(ada, "Followers"), QStringLiteral("bob"), kPatienceMs);
    auto *followers = ada.named<QListWidget>("Followers");
    emit followers->itemActivated(followers->item(0));
    QTRY_COMPARE(person(ada), QStringLiteral("bob"));
    QTRY_COMPARE_WITH_TIMEOUT(names(ada, "Following"), QStringLiteral("ada"), kPatienceMs);

    m_server->crash();
    QTRY_VERIFY_WITH_TIMEOUT(bob.online.status().startsWith(QStringLiteral("Offline")), kPatienceMs);
    auto *follow = bob.named<QPushButton>("Follow");
    QVERIFY(follow && follow->text().remove(u'&') == QLatin1String("Do not follow any more"));
    bob.press("Follow");
    QTRY_COMPARE(follow->text().remove(u'&'), QStringLiteral("Follow"));
    QTRY_COMPARE(names(bob, "Followers"), QString());
    m_server->restart();
    QTRY_COMPARE_WITH_TIMEOUT(asked("SELECT count(*) FROM followers"), QStringLiteral("0"), kPatienceMs);

    bob.press("Posts of this person");
    QTRY_COMPARE(bob.posts(), QStringLiteral("ada: Hello"));
    bob.press("Author");
    QTRY_VERIFY(bob.named<QPushButton>("Posts of this person"));
    QTest::keyClick(bob.named<QPushButton>("Posts of this person"), Qt::Key_Escape);
    QTRY_VERIFY(bob.feed());
}

void TestPeople::linksAreSharedAndOpenedAfterAsking()
{
    const Desktop ada(dsn());
    ada.signUp("ada");
    const Desktop bob(dsn());
    bob.signUp("bob");
    showPage(ada, 2);
    ada.press("Share a link");
    ada.online.fill("Title of the link", QStringLiteral("Window functions, drawn"));
    ada.online.fill("Address of the link", QStringLiteral("https://example.org/windows?a=1"));
    ada.press("Share it");
    QTRY_COMPARE(ada.named<QTreeWidget>("Helpful links")->topLevelItemCount(), 1);
    QTRY_COMPARE_WITH_TIMEOUT(asked("SELECT title || ' ' || url FROM helpful_links"),
                              QStringLiteral("Window functions, drawn https://example.org/windows?a=1"), kPatienceMs);

    showPage(bob, 2);
    auto *links = bob.named<QTreeWidget>("Helpful links");
    QTRY_VERIFY_WITH_TIMEOUT(rows(links).startsWith(QStringLiteral("Window functions, drawn|example.org|ada|")),
                             kPatienceMs);
    links->setCurrentItem(links->topLevelItem(0));
    QVERIFY(!bob.named<QPushButton>("Delete the link")); // it is not his
    bob.press("Open the link");
    auto *notice = bob.named<QWidget>("Notice of the links");
    QVERIFY(notice);
    QVERIFY2(m_browsed.isEmpty(), qPrintable(m_browsed.join(u' ')));
    bob.press("Open it");
    QCOMPARE(m_browsed, QStringList{QStringLiteral("https://example.org/windows?a=1")});

    bob.online.fill("Search links", QStringLiteral("nothing of the kind"));
    QTRY_COMPARE(links->topLevelItemCount(), 0);
    bob.online.fill("Search links", QStringLiteral("EXAMPLE.org"));
    QTRY_COMPARE(links->topLevelItemCount(), 1);

    auto *own = ada.named<QTreeWidget>("Helpful links");
    own->setCurrentItem(own->topLevelItem(0));
    ada.press("Delete the link");
    QCOMPARE(own->topLevelItemCount(), 1); // asked first
    ada.press("Delete it");
    QTRY_COMPARE(own->topLevelItemCount(), 0);
    bob.online.fill("Search links", QString());
    QTRY_COMPARE_WITH_TIMEOUT(links->topLevelItemCount(), 0, kPatienceMs);
    QCOMPARE(asked("SELECT count(*) FROM helpful_links"), QStringLiteral("0"));
}

void TestPeople::addressesThatLeadNowhereAreRefused()
{
    const Desktop alone("");
    QTRY_VERIFY_WITH_TIMEOUT(!alone.program().statement().isEmpty(), kPatienceMs);
    alone.open();
    showPage(alone, 2);
    alone.press("Share a link");
    alone.online.fill("Title of the link", QStringLiteral("Bait"));
    for (const char *bad : {"", "javascript:alert(1)", "file:///etc/passwd", "ftp://example.org/x", "https://",
                            "https://bank.example@evil.example/", "data:text/html,x", "https://a b/", "word"}) {
        alone.online.fill("Address of the link", QString::fromUtf8(bad));
        alone.press("Share it");
        QTRY_VERIFY2(alone.named<QWidget>("Notice of the links"), bad);
        QCOMPARE(alone.named<QTreeWidget>("Helpful links")->topLevelItemCount(), 0);
        auto *title = alone.named<QLineEdit>("Title of the link");
        QVERIFY2(title && title->text() == QLatin1String("Bait"), bad); // nothing typed is lost
    }
    // The last is written behind all of them.
    alone.online.fill("Address of the link", QStringLiteral("https://example.org/"));
    alone.press("Share it");
    QTRY_COMPARE(rows(alone.named<QTreeWidget>("Helpful links")).section(u'|', 0, 1),
                 QStringLiteral("Bait|example.org"));
    QCOMPARE(alone.named<QTreeWidget>("Helpful links")->topLevelItemCount(), 1);
}

void TestPeople::hostileNamesAndTitlesBreakNothing()
{
    // As a careless import may leave them; the server's own functions refuse most.
    done("INSERT INTO users (id, username, email, password_hash) VALUES "
         "('evil', left(repeat(U&'\\202E<b>x</b>\\200F', 20), 50), 'e@example.org', 'x');"
         "INSERT INTO private.preferences (user_id, leaderboard) VALUES ('evil', true);"
         "INSERT INTO helpful_links (id, user_id, title, url) VALUES "
         "('one', 'evil', left(repeat(U&'\\202E<img src=http://127.0.0.1:9/x>', 20), 200), 'javascript:alert(1)'),"
         "('two', 'evil', repeat('w', 200), 'https://' || repeat('long.', 300) || 'example.org/')");
    workOut();
    const Desktop ada(dsn());
    ada.signUp("ada");
    showPage(ada, 1);
    QTRY_COMPARE_WITH_TIMEOUT(ada.named<QTreeWidget>("Leaderboard")->topLevelItemCount(), 1, kPatienceMs);
    QVERIFY(!rows(ada.named<QTreeWidget>("Leaderboard")).contains(QChar(0x202e)));
    auto *board = ada.named<QTreeWidget>("Leaderboard");
    emit board->itemActivated(board->topLevelItem(0), 0);
    QTRY_VERIFY(ada.named<QPushButton>("Posts of this person"));
    QVERIFY(!ada.named<QLabel>("Person")->text().contains(QChar(0x202e)));
    QApplication::processEvents();
    const QStringList onPage = layoutFaults(ada.program().window.get());
    QVERIFY2(onPage.isEmpty(), qPrintable(onPage.join(u'\n')));
    ada.press("Back to the community");
    showPage(ada, 2);
    auto *links = ada.named<QTreeWidget>("Helpful links");
    QTRY_COMPARE_WITH_TIMEOUT(links->topLevelItemCount(), 2, kPatienceMs);
    QVERIFY(!rows(links).contains(QChar(0x202e)));
    QVERIFY(rows(links).contains(QStringLiteral("|nowhere|")));
    for (int i = 0; i < 2; ++i) {
        links->setCurrentItem(links->topLevelItem(i));
        emit links->itemActivated(links->topLevelItem(i), 0);
        QApplication::processEvents();
    }
    for (const int page : {1, 2}) {
        showPage(ada, page);
        QApplication::processEvents();
        const QStringList faults = layoutFaults(ada.program().window.get());
        QVERIFY2(faults.isEmpty(), qPrintable(faults.join(u'\n')));
    }
    QVERIFY(m_browsed.isEmpty());
}

QTEST_MAIN(TestPeople)
#include "tst_people.moc"
