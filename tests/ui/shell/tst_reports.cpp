// What learners reported, worked off by an instructor in the real window at a real server.
#include "online.h"

#include <QtWidgets/QComboBox>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QTreeWidget>

#include <algorithm>

using namespace sqlgym;

class TestReports : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void cleanupTestCase()
    {
        m_online.reset();
        m_server.reset();
    }
    void init();
    void oneIsHiddenAndShownAgain();
    void reportsAreDismissedByAKey();
    void nothingAndWhatIsGone();
    void aServerThatIsGoneIsTold();
    void whoIsNoInstructorAnyMoreSeesNothing();

private:
    QString asked(const std::string &sql)
    {
        auto admin = m_server->admin();
        return QString::fromStdString(tests::asked(admin, sql));
    }
    void done(const std::string &sql)
    {
        auto admin = m_server->admin();
        const auto result = admin.execute(sql);
        QVERIFY2(result, result ? "" : result.error().message.c_str());
    }
    template <typename T> T *named(const char *name) const
    {
        for (T *widget : m_online->program.window->findChildren<T *>()) {
            if (widget->accessibleName() == QLatin1String(name) && widget->isVisible())
                return widget;
        }
        return nullptr;
    }
    QTreeWidget *list() const { return named<QTreeWidget>("Reported things"); }
    QString rows() const
    {
        QStringList lines;
        for (int row = 0; list() && row < list()->topLevelItemCount(); ++row)
            lines << list()->topLevelItem(row)->text(0) + u'|' + list()->topLevelItem(row)->text(1);
        return lines.join(u'\n');
    }
    QString words(const char *name) const { return named<QLabel>(name) ? named<QLabel>(name)->text() : QString(); }
    void show(int which) const
    {
        named<QComboBox>("Which reports")->setCurrentIndex(which);
        QTest::mouseClick(named<QPushButton>("Refresh the reports"), Qt::LeftButton);
    }

    std::unique_ptr<tests::ServerFixture> m_server;
    QTemporaryDir m_folder;
    std::unique_ptr<OnlineProgram> m_online;
};

void TestReports::initTestCase()
{
    m_server = std::make_unique<tests::ServerFixture>();
    tests::deployWithPack(*m_server);
    m_online = std::make_unique<OnlineProgram>(m_folder.path(), m_server->dsn("sqlgym_client"));
    QTRY_VERIFY_WITH_TIMEOUT(m_online->ready(), kPatienceMs);
    m_online->signUpAndSync("ida");
    m_online->closeDialogs();
    QVERIFY(!named<QToolButton>("Instructor"));
    done("UPDATE users SET is_admin = true WHERE username = 'ida'");
    m_online->program.link->syncNow();
    QTRY_VERIFY_WITH_TIMEOUT(named<QToolButton>("Instructor"), kPatienceMs);
    m_online->program.window->showScreen(shell::MainWindow::Instructor);
    auto *pages = named<QTabWidget>("Instructor pages");
    QVERIFY(pages);
    pages->setCurrentIndex(1);
    QTRY_VERIFY(list());
}

void TestReports::init()
{
    done("DELETE FROM private.reports; DELETE FROM private.moderated; DELETE FROM private.rates; "
         "DELETE FROM community_posts; DELETE FROM users WHERE username <> 'ida';"
         "INSERT INTO users (id, username, email) VALUES ('meg', 'meg', 'm'), ('nat', 'nat', 'n'), ('oda', 'oda', 'o');"
         "INSERT INTO community_posts (id, user_id, content, code_snippet, problem_id) SELECT "
         "'00000000-0000-4000-8000-0000000000a1', 'meg', 'Buy my course', 'SELECT 7', id FROM problems "
         "WHERE question ->> 'slug' = 'still-out';"
         "INSERT INTO post_comments (id, user_id, post_id, content) VALUES ('00000000-0000-4000-8000-0000000000a2', "
         "'nat', "
         "'00000000-0000-4000-8000-0000000000a1', 'You <b>fool</b>');"
         "INSERT INTO private.reports (id, user_id, kind, target_id, reason, created_at) VALUES "
         "('1', 'nat', 'post', '00000000-0000-4000-8000-0000000000a1', 'Spam or advertising', now()),"
         "('2', 'oda', 'post', '00000000-0000-4000-8000-0000000000a1', 'Again', now() - interval '1 day'),"
         "('3', 'meg', 'comment', '00000000-0000-4000-8000-0000000000a2', 'Insulting', now() - interval '2 days')");
    if (m_online)
        show(0);
}

void TestReports::oneIsHiddenAndShownAgain()
{
    QTRY_COMPARE_WITH_TIMEOUT(
        rows(), QStringLiteral("Post by meg|Spam or advertising (2 reports)\nComment by nat|Insulting"), kPatienceMs);
    QCOMPARE(words("What was reported"), QStringLiteral("Post by meg, about \u201CStill out\u201D"));
    QCOMPARE(words("Reported text"), QStringLiteral("Buy my course"));
    QCOMPARE(named<QPlainTextEdit>("Reported code")->toPlainText(), QStringLiteral("SELECT 7"));
    QVERIFY(words("Reports of it").contains(QStringLiteral("nat, ")) &&
            words("Reports of it").contains(QStringLiteral("Again")));

    named<QLineEdit>("Why it is hidden or shown again")->setText(QStringLiteral("No selling here"));
    m_online->press("Hide it");

    QTRY_COMPARE_WITH_TIMEOUT(rows(), QStringLiteral("Comment by nat|Insulting"), kPatienceMs);
    QCOMPARE(asked("SELECT kind || ' ' || hidden || ' ' || reason FROM private.moderated"),
             QStringLiteral("post true No selling here"));
    QCOMPARE(words("Reported text"),
             QStringLiteral("You <b>fool</b>")); // what took its place; no markup of others' is read
    // Among what is dealt with its text is covered.
    show(1);
    QTRY_COMPARE_WITH_TIMEOUT(rows(), QStringLiteral("Post by meg (hidden)|Spam or advertising (2 reports)"),
                              kPatienceMs);
    QCOMPARE(words("Reported text"), QString());
    QVERIFY(!named<QPlainTextEdit>("Reported code"));
    QCOMPARE(words("State of what was reported"), QStringLiteral("Hidden from learners: No selling here"));
    m_online->press("Show the text: it is hidden from learners");
    QCOMPARE(words("Reported text"), QStringLiteral("Buy my course"));
    m_online->press("Show it again");
    QTRY_COMPARE_WITH_TIMEOUT(asked("SELECT hidden FROM private.moderated"), QStringLiteral("f"), kPatienceMs);
    QTRY_COMPARE_WITH_TIMEOUT(rows(), QStringLiteral("Post by meg|Spam or advertising (2 reports)"), kPatienceMs);
}

void TestReports::reportsAreDismissedByAKey()
{
    QTRY_COMPARE_WITH_TIMEOUT(list()->topLevelItemCount(), 2, kPatienceMs);
    list()->setFocus();
    QTest::keyClick(list(), Qt::Key_Down);
    QTRY_COMPARE(words("What was reported"), QStringLiteral("Comment by nat, about \u201CStill out\u201D"));

    QTest::keyClick(list(), Qt::Key_D);

    QTRY_COMPARE_WITH_TIMEOUT(rows(), QStringLiteral("Post by meg|Spam or advertising (2 reports)"), kPatienceMs);
    QCOMPARE(asked("SELECT count(*) FROM private.reports WHERE closed_at IS NOT NULL"), QStringLiteral("1"));
    QCOMPARE(asked("SELECT count(*) FROM private.moderated"), QStringLiteral("0"));
    QCOMPARE(words("What was reported"), QStringLiteral("Post by meg, about \u201CStill out\u201D"));
    QTest::keyClick(list(), Qt::Key_H);
    QTRY_COMPARE_WITH_TIMEOUT(asked("SELECT hidden || reason FROM private.moderated"),
                              QStringLiteral("trueSpam or advertising"), kPatienceMs);
    QTRY_COMPARE_WITH_TIMEOUT(list()->topLevelItemCount(), 0, kPatienceMs);
}

void TestReports::nothingAndWhatIsGone()
{
    QTRY_COMPARE_WITH_TIMEOUT(list()->topLevelItemCount(), 2, kPatienceMs);
    done("DELETE FROM community_posts");
    show(0);
    QTRY_COMPARE_WITH_TIMEOUT(
        rows(), QStringLiteral("Post that is gone|Spam or advertising (2 reports)\nComment that is gone|Insulting"),
        kPatienceMs);
    QCOMPARE(words("State of what was reported"), QStringLiteral("Whoever wrote it has deleted it."));
    const auto buttons = m_online->program.window->findChildren<QPushButton *>();
    const auto hide = std::ranges::find_if(
        buttons, [](const auto *each) { return each->isVisible() && each->text() == QLatin1String("Hide it"); });
    QVERIFY(hide != buttons.end() && !(*hide)->isEnabled());

    m_online->press("Dismiss the reports");
    QTRY_COMPARE_WITH_TIMEOUT(list()->topLevelItemCount(), 1, kPatienceMs);
    m_online->press("Dismiss the reports");
    QTRY_COMPARE_WITH_TIMEOUT(list()->topLevelItemCount(), 0, kPatienceMs);
    QVERIFY(!named<QLabel>("What was reported"));
}

void TestReports::aServerThatIsGoneIsTold()
{
    QTRY_COMPARE_WITH_TIMEOUT(list()->topLevelItemCount(), 2, kPatienceMs);
    m_server->crash();
    m_online->press("Dismiss the reports");
    QTRY_VERIFY_WITH_TIMEOUT(named<QWidget>("Notice of the reports"), kPatienceMs);
    m_server->restart();
    QCOMPARE(asked("SELECT count(*) FROM private.reports WHERE closed_at IS NULL"), QStringLiteral("3"));
    QTRY_VERIFY_WITH_TIMEOUT((show(0), list()->topLevelItemCount() == 2 && !named<QWidget>("Notice of the reports")),
                             kPatienceMs);
}

void TestReports::whoIsNoInstructorAnyMoreSeesNothing()
{
    QTRY_COMPARE_WITH_TIMEOUT(list()->topLevelItemCount(), 2, kPatienceMs);
    done("UPDATE users SET is_admin = false WHERE username = 'ida'");

    QTest::mouseClick(named<QPushButton>("Refresh the reports"), Qt::LeftButton);

    QTRY_VERIFY_WITH_TIMEOUT(!list() || list()->topLevelItemCount() == 0, kPatienceMs);
    QVERIFY(!named<QLabel>("Reported text"));
    m_online->program.link->syncNow();
    QTRY_VERIFY_WITH_TIMEOUT(!named<QToolButton>("Instructor"), kPatienceMs);
}

QTEST_MAIN(TestReports)
#include "tst_reports.moc"
