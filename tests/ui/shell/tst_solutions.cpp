// Others' solutions through real windows: two desktops, one server.
#include "online.h"

#include "cache/cache.h"

#include <QtWidgets/QLabel>
#include <QtWidgets/QMenu>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QTabBar>

#include <thread>

using namespace sqlgym;

namespace {

constexpr char kOtherQuery[] = "WITH late AS (SELECT id, tool_id, due_on, DATE '2024-03-01' - due_on AS days_late FROM "
                               "loan WHERE returned_on IS NULL AND due_on < '2024-03-01') SELECT id AS loan_id, "
                               "tool_id, due_on, days_late FROM late ORDER BY days_late DESC, loan_id";
constexpr char kTheProblem[] = "(SELECT id FROM problems WHERE question ->> 'slug' = 'still-out')";

/// A window with the Solution page of the open problem.
struct Desktop {
    explicit Desktop(const std::string &dsn) : online(folder.path(), dsn) {}

    const Program &program() const { return online.program; }
    template <typename T> QList<T *> all(const char *name) const
    {
        QList<T *> list;
        for (T *widget : program().window->findChildren<T *>()) {
            if (widget->accessibleName() == QLatin1String(name) && widget->isVisible())
                list << widget;
        }
        return list;
    }
    template <typename T> T *named(const char *name) const { return all<T>(name).value(0); }
    QString words(const char *name) const
    {
        QStringList lines;
        for (const auto *label : all<QLabel>(name))
            lines << label->text();
        return lines.join(u'\n');
    }
    QString headings() const { return words("Way"); }
    QString explanations() const { return words("Explanation"); }
    QAbstractButton *button(const char *text) const
    {
        for (auto *each : program().window->findChildren<QAbstractButton *>()) {
            const bool is =
                each->text().remove(u'&') == QString::fromUtf8(text) || each->accessibleName() == QLatin1String(text);
            if (is && each->isVisible())
                return each;
        }
        return nullptr;
    }
    void press(const char *text) const
    {
        QTRY_VERIFY2(button(text) && button(text)->isEnabled(), text);
        QTest::mouseClick(button(text), Qt::LeftButton);
        QApplication::processEvents();
    }
    void signUp(const char *name) const
    {
        QTRY_VERIFY_WITH_TIMEOUT(online.ready(), kPatienceMs);
        online.signUpAndSync(name);
        online.closeDialogs();
    }
    void open() const
    {
        program().window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(program().window.get()));
        QTest::keyClick(program().window.get(), Qt::Key_4, Qt::AltModifier);
    }
    void share(const char *explanation) const
    {
        press("Share your way\u2026");
        named<QPlainTextEdit>("How it works")->setPlainText(QString::fromUtf8(explanation));
        press("Share it");
        QTRY_VERIFY2(explanations().contains(QString::fromUtf8(explanation)), qPrintable(explanations()));
    }
    /// Of the last solution on the page.
    QString votes() const
    {
        const auto up = all<QToolButton>("Vote for it");
        const auto down = all<QToolButton>("Vote against it");
        return up.isEmpty() || down.isEmpty() ? QString() : up.last()->text() + u'/' + down.last()->text();
    }

    QTemporaryDir folder;
    OnlineProgram online;
};

} // namespace

class TestSolutions : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void init();
    void withoutAServerOneSharesAndIsToldSo();
    void waysAreGroupedRunAndBookmarked();
    void votesOfTwoDesktopsAreExact();
    void whatIsSharedOfflineIsSentLater();
    void oneMendsReportsAndHides();
    void whatCannotBeAskedIsTold();

private:
    std::string dsn() { return m_server->dsn("sqlgym_client"); }
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
    /// As if `name` had handed it in and a judge had found it so.
    void judged(const std::string &name, const std::string &query, bool right)
    {
        const std::string is = right ? "true" : "false";
        done("WITH s AS (INSERT INTO problem_submissions (id, user_id, problem_id, sql_query, status, completed_at) "
             "SELECT gen_random_uuid()::text, u.id, " +
             std::string(kTheProblem) + ", $q$" + query + "$q$, 'completed', now() FROM users u WHERE username = '" +
             name +
             "' RETURNING *) INSERT INTO submissions (id, user_id, problem_id, query, is_correct) SELECT id, user_id, "
             "problem_id, sql_query, " +
             is + " FROM s");
    }
    /// Of somebody who is at no desktop here.
    void shared(const std::string &name, const std::string &query, const std::string &explanation,
                std::optional<bool> right)
    {
        done("INSERT INTO users (id, username, email) VALUES ('" + name + "', '" + name + "', '" + name +
             "') ON CONFLICT DO NOTHING");
        if (right)
            judged(name, query, *right);
        done("INSERT INTO solutions (id, problem_id, created_by, title, content, sql_code) SELECT "
             "gen_random_uuid()::text, " +
             std::string(kTheProblem) + ", '" + name + "', 'x', '" + explanation + "', $q$" + query + "$q$");
    }

    std::unique_ptr<tests::ServerFixture> m_server;
};

void TestSolutions::initTestCase()
{
    m_server = std::make_unique<tests::ServerFixture>();
    tests::deployWithPack(*m_server);
}

void TestSolutions::init()
{
    done("DELETE FROM solutions; DELETE FROM private.rates; DELETE FROM users WHERE email = username");
    auto admin = m_server->admin();
    tests::forgetAttempts(admin);
}

void TestSolutions::withoutAServerOneSharesAndIsToldSo()
{
    const Desktop alone("");
    QTRY_VERIFY_WITH_TIMEOUT(!alone.program().statement().isEmpty(), kPatienceMs);
    alone.open();
    QVERIFY(!alone.named<QWidget>("Learners' solutions")); // not before it is solved

    alone.online.submitRight();
    QTRY_VERIFY_WITH_TIMEOUT(alone.named<QWidget>("Learners' solutions"), kPatienceMs);
    QTRY_VERIFY2(alone.words("State of the solutions").contains(QStringLiteral("not signed in")),
                 qPrintable(alone.words("State of the solutions")));

    // What one begins to write outlives another problem.
    alone.press("Share your way\u2026");
    QVERIFY(!alone.button("Share it")->isEnabled());
    // It is in view, however far down the page it is.
    QTRY_VERIFY(!alone.named<QPlainTextEdit>("How it works")->visibleRegion().isEmpty());
    alone.named<QPlainTextEdit>("How it works")->setPlainText(QStringLiteral("It compares"));
    alone.program().key(Qt::Key_Right, Qt::AltModifier);
    QTRY_VERIFY(!alone.program().statement().startsWith(QStringLiteral("Still out")));
    alone.program().key(Qt::Key_Left, Qt::AltModifier);
    QTRY_VERIFY2(alone.program().statement().startsWith(QStringLiteral("Still out")),
                 qPrintable(alone.program().statement()));
    alone.open();
    alone.press("Go on sharing\u2026");
    auto *text = alone.named<QPlainTextEdit>("How it works");
    QCOMPARE(text->toPlainText(), QStringLiteral("It compares"));
    text->insertPlainText(QString());
    QTest::keyClicks(text, QStringLiteral(" dates."));
    QTest::keyClick(text, Qt::Key_Return, Qt::ControlModifier);

    QTRY_COMPARE(alone.explanations(), QStringLiteral("It compares dates."));
    QCOMPARE(alone.headings(), QStringLiteral("One plain SELECT, 1 solution"));
    QVERIFY(!alone.button("Vote for it")->isEnabled()); // nobody votes on their own
    QTRY_VERIFY(alone.button("Share another way\u2026"));
}

void TestSolutions::waysAreGroupedRunAndBookmarked()
{
    shared("fay", kRightQuery, "Compares the dates.", true);
    shared("gil", std::string(kRightQuery) + " -- the same", "So do I.", true);
    shared("hal", kOtherQuery, "A name for the step.", true);
    shared("ivy", std::string(kOtherQuery) + " LIMIT 1", "Only one.", false);
    shared("jon", std::string(kOtherQuery) + " LIMIT 2", "Never tried.", std::nullopt);
    done("INSERT INTO private.solution_marks (solution_id, user_id, vote) SELECT s.id, 'hal', 1 FROM solutions s "
         "WHERE created_by = 'gil'");
    const Desktop ada(dsn());
    ada.signUp("ada");
    ada.open();
    QTest::qWait(50);
    QVERIFY(!ada.named<QWidget>("Learners' solutions"));
    // Nothing of it has come here either: the server keeps it back.
    QCOMPARE(asked("SELECT count(*) FROM solutions"), QStringLiteral("5"));
    const auto here = [&] {
        auto cache = cache::Cache::open(ada.program().profile.databaseFile().toStdString());
        return cache
                   ? (*cache)->solutions().solutions(asked(std::string("SELECT ") + kTheProblem).toStdString())->size()
                   : std::size_t{99};
    };
    QCOMPARE(here(), std::size_t{0});

    ada.press("Give up and show the solution\u2026");
    ada.press("Yes, show it");

    QTRY_COMPARE_WITH_TIMEOUT(ada.headings(),
                              QStringLiteral("One plain SELECT, 2 solutions\n"
                                             "WITH, 1 solution\n"
                                             "WITH, LIMIT, 1 solution that no judge has tested\n"
                                             "WITH, LIMIT, 1 solution (wrong, says the judge)"),
                              kPatienceMs);
    QCOMPARE(ada.explanations(), QStringLiteral("So do I.\nCompares the dates.\nA name for the step.\nNever tried.\n"
                                                "Only one."));
    QVERIFY(!ada.button("Share your way\u2026")); // nothing of one's own to share

    // Run: in a scratch tab, and the text of the problem stays as it was.
    ada.program().writeQuery("SELECT 1 -- mine");
    ada.press("Run it");
    auto *tabs = ada.named<QTabBar>("Editor tabs");
    QTRY_VERIFY(tabs && tabs->currentIndex() == 1);
    QVERIFY(QString::fromUtf8(ada.program().editor()->utf8()).endsWith(QStringLiteral("-- the same")));
    QTRY_VERIFY_WITH_TIMEOUT(ada.program().rows("Results") > 0, kPatienceMs);
    tabs->setCurrentIndex(0);
    QCOMPARE(ada.program().editor()->utf8(), QByteArray("SELECT 1 -- mine"));

    ada.press("Bookmark the solution");
    QTRY_COMPARE_WITH_TIMEOUT(
        asked("SELECT s.created_by || ' ' || m.vote FROM private.solution_marks m JOIN solutions s "
              "ON s.id = m.solution_id WHERE m.bookmark"),
        QStringLiteral("gil 0"), kPatienceMs);
    QTRY_VERIFY(ada.named<QAbstractButton>("Bookmark the solution")->isChecked());
}

void TestSolutions::votesOfTwoDesktopsAreExact()
{
    shared("kay", kRightQuery, "Vote on this.", true);
    const Desktop lea(dsn());
    lea.signUp("lea");
    const Desktop max(dsn());
    max.signUp("max");
    for (const char *name : {"lea", "max"})
        judged(name, kOtherQuery, true);
    for (const Desktop *each : {&lea, &max}) {
        QTRY_VERIFY_WITH_TIMEOUT((each->open(), each->named<QWidget>("Learners' solutions")), kPatienceMs);
        QTRY_COMPARE_WITH_TIMEOUT(each->votes(), QStringLiteral("0/0"), kPatienceMs);
    }

    // Both at once, while forty others do so elsewhere.
    lea.press("Vote for it");
    max.press("Vote against it");
    done("INSERT INTO users (id, username, email) SELECT 'fan' || i, 'fan' || i, 'fan' || i FROM generate_series(1, "
         "40) i;"
         "INSERT INTO private.solution_marks (solution_id, user_id, vote) SELECT s.id, 'fan' || i, 1 "
         "FROM generate_series(1, 40) i, solutions s");
    QCOMPARE(lea.named<QAbstractButton>("Vote for it")->isChecked(), true);
    max.press("Vote for it"); // the other way, which ends the first

    QTRY_COMPARE_WITH_TIMEOUT(lea.votes(), QStringLiteral("42/0"), kPatienceMs);
    QTRY_COMPARE_WITH_TIMEOUT(max.votes(), QStringLiteral("42/0"), kPatienceMs);
    QCOMPARE(
        asked("SELECT up || ' ' || down || ' ' || (SELECT count(*) FROM private.solution_marks WHERE vote = 1) FROM "
              "private.solution_votes"),
        QStringLiteral("42 0 42"));
    // The same once more takes it back.
    max.press("Vote for it");
    QTRY_COMPARE_WITH_TIMEOUT(max.votes(), QStringLiteral("41/0"), kPatienceMs);
    QTRY_COMPARE_WITH_TIMEOUT(asked("SELECT up FROM private.solution_votes"), QStringLiteral("41"), kPatienceMs);
}

void TestSolutions::whatIsSharedOfflineIsSentLater()
{
    shared("ned", kRightQuery, "Vote on this.", true);
    const Desktop ora(dsn());
    ora.signUp("ora");
    judged("ora", kOtherQuery, true);
    QTRY_VERIFY_WITH_TIMEOUT((ora.open(), ora.button("Share your way\u2026")), kPatienceMs);
    QTRY_COMPARE_WITH_TIMEOUT(ora.headings(), QStringLiteral("One plain SELECT, 1 solution"), kPatienceMs);
    QCOMPARE(ora.votes(), QStringLiteral("0/0"));
    m_server->crash();

    ora.press("Vote against it");
    QTRY_COMPARE(ora.votes(), QStringLiteral("0/1"));
    ora.share("From the train.");

    QTRY_VERIFY2_WITH_TIMEOUT(ora.words("State of the solutions").startsWith(QStringLiteral("Offline")),
                              qPrintable(ora.words("State of the solutions")), kPatienceMs);
    QTRY_VERIFY2_WITH_TIMEOUT(ora.online.status().contains(QStringLiteral("2 waiting")),
                              qPrintable(ora.online.status()), kPatienceMs);
    QCOMPARE(ora.headings(), QStringLiteral("WITH, 1 solution\nOne plain SELECT, 1 solution"));
    m_server->restart();
    QTRY_VERIFY2_WITH_TIMEOUT(ora.online.status().startsWith(QStringLiteral("Synced")), qPrintable(ora.online.status()),
                              kPatienceMs);
    QCOMPARE(asked("SELECT s.title || ' ' || s.content || ' ' || (s.sql_code = $q$" + std::string(kOtherQuery) +
                   "$q$) FROM solutions s JOIN users u ON u.id = s.created_by WHERE username = 'ora'"),
             QStringLiteral("WITH From the train. true"));
    QCOMPARE(asked("SELECT up || ' ' || down FROM private.solution_votes"), QStringLiteral("0 1"));
    QTRY_VERIFY(ora.words("State of the solutions").isEmpty());
    QTRY_COMPARE_WITH_TIMEOUT(ora.votes(), QStringLiteral("0/1"), kPatienceMs);
}

void TestSolutions::oneMendsReportsAndHides()
{
    const Desktop pia(dsn());
    pia.signUp("pia");
    judged("pia", kRightQuery, true);
    QTRY_VERIFY_WITH_TIMEOUT((pia.open(), pia.button("Share your way\u2026")), kPatienceMs);
    QTRY_COMPARE_WITH_TIMEOUT(pia.words("About the solutions"),
                              QStringLiteral("Nobody has shared a way yet: share yours."), kPatienceMs);
    pia.share("Firts.");
    pia.press("Edit");
    pia.named<QPlainTextEdit>("How it works")->setPlainText(QStringLiteral("First."));
    pia.press("Save");
    QTRY_COMPARE(pia.explanations(), QStringLiteral("First."));
    QTRY_COMPARE_WITH_TIMEOUT(asked("SELECT content FROM solutions"), QStringLiteral("First."), kPatienceMs);

    const Desktop ren(dsn());
    ren.signUp("ren");
    judged("ren", kOtherQuery, true);
    QTRY_VERIFY_WITH_TIMEOUT((ren.open(), ren.named<QWidget>("Learners' solutions")), kPatienceMs);
    QTRY_COMPARE_WITH_TIMEOUT(ren.explanations(), QStringLiteral("First."), kPatienceMs);
    const auto fromMenu = [&](const char *words) {
        auto *more = ren.named<QToolButton>("More about the solution");
        QVERIFY(more);
        for (auto *action : more->menu()->actions()) {
            if (action->text().remove(u'&') == QString::fromUtf8(words))
                return action->trigger();
        }
        QFAIL(words);
    };
    fromMenu("Report the solution\u2026");
    ren.press("Send the report");
    QTRY_COMPARE_WITH_TIMEOUT(asked("SELECT kind FROM private.reports WHERE kind = 'solution'"),
                              QStringLiteral("solution"), kPatienceMs);
    fromMenu("Hide the solution");
    QTRY_VERIFY(ren.explanations().isEmpty());

    pia.press("Delete");
    QVERIFY(!pia.explanations().isEmpty()); // asked first
    pia.press("Delete it");
    QTRY_VERIFY(pia.explanations().isEmpty());
    QTRY_COMPARE_WITH_TIMEOUT(asked("SELECT count(*) FROM solutions"), QStringLiteral("0"), kPatienceMs);
}

void TestSolutions::whatCannotBeAskedIsTold()
{
    const Desktop sue(dsn());
    sue.signUp("sue");
    judged("sue", kRightQuery, true);
    QTRY_VERIFY_WITH_TIMEOUT((sue.open(), sue.named<QWidget>("Learners' solutions")), kPatienceMs);
    QTRY_VERIFY_WITH_TIMEOUT(!sue.words("About the solutions").isEmpty(), kPatienceMs);

    done("ALTER FUNCTION api.solutions_of(text) RENAME TO solutions_gone"); // as at a server of last year
    sue.program().key(Qt::Key_Right, Qt::AltModifier);
    QTRY_VERIFY(!sue.program().statement().startsWith(QStringLiteral("Still out")));
    sue.program().key(Qt::Key_Left, Qt::AltModifier);
    QTRY_VERIFY(sue.program().statement().startsWith(QStringLiteral("Still out")));
    QTRY_VERIFY2_WITH_TIMEOUT(
        (sue.open(), sue.words("State of the solutions").startsWith(QStringLiteral("The server did not tell"))),
        qPrintable(sue.words("State of the solutions")), kPatienceMs);
    done("ALTER FUNCTION api.solutions_gone(text) RENAME TO solutions_of");
}

QTEST_MAIN(TestSolutions)
#include "tst_solutions.moc"
