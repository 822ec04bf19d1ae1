// The window with a real server: signing up, working offline, being refused, losing the session, leaving in the middle.
#include "online.h"

#include "cache/cache.h"
#include "sqlite/database.h"

#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtWidgets/QDialogButtonBox>
#include <QtWidgets/QFileDialog>
#include <QtWidgets/QTreeWidget>

using namespace sqlgym;

class TestOnline : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void init();
    void aServerIsChosenAndAnAccountMade();
    void whatIsWrittenOfflineIsSentLater();
    void anotherVerdictIsTold();
    void aRefusedEntryIsShownAndDiscarded();
    void anEndedSessionLosesNothing();
    void withoutAKeychainItIsSaid();
    void typingGoesOnDuringANewCopy();
    void closingDuringANewCopyIsPromptAndResumed();

private:
    std::string dsn() { return m_server->dsn("sqlgym_client"); }
    QString asked(const char *sql)
    {
        auto admin = m_server->admin();
        return QString::fromStdString(tests::asked(admin, sql));
    }
    void giveManyRows(const char *name);

    std::unique_ptr<tests::ServerFixture> m_server;
};

void TestOnline::initTestCase()
{
    m_server = std::make_unique<tests::ServerFixture>();
    tests::deployWithPack(*m_server);
}

void TestOnline::init()
{
    auto admin = m_server->admin();
    tests::forgetAttempts(admin);
}

void TestOnline::aServerIsChosenAndAnAccountMade()
{
    const QTemporaryDir folder;
    const OnlineProgram online(folder.path(), "");
    const Program &program = online.program;
    QTRY_VERIFY_WITH_TIMEOUT(!program.statement().isEmpty(), kPatienceMs);
    QCOMPARE(online.status(), QStringLiteral("No server"));
    online.openAccount();
    const auto address = *session::ServerAddress::read(QString::fromStdString(dsn()));

    online.fill("Server", QStringLiteral("127.0.0.1"));
    online.fill("Port", QStringLiteral("1"));
    online.press("Test the connection");
    QTRY_VERIFY2_WITH_TIMEOUT(online.answer().contains(QStringLiteral("cannot be reached")),
                              qPrintable(online.answer()), kPatienceMs);
    QVERIFY2(online.answer().contains(QStringLiteral("127.0.0.1")), qPrintable(online.answer()));

    online.fill("Server", address.host());
    online.fill("Port", address.value(QStringLiteral("port")));
    online.fill("Database", QStringLiteral("gym"));
    online.press("Test the connection");
    QTRY_COMPARE_WITH_TIMEOUT(online.answer(), QStringLiteral("An SQLGym server answers there."), kPatienceMs);
    online.press("Use this server");
    QTRY_COMPARE_WITH_TIMEOUT(online.status(), QStringLiteral("Signed out"), kPatienceMs);

    online.page(1);
    online.fill("User name or e-mail address", QStringLiteral("ada"));
    online.fill("Password", QStringLiteral("wrong"));
    online.press("Sign in");
    QTRY_VERIFY2_WITH_TIMEOUT(online.answer().contains(QStringLiteral("does not know")), qPrintable(online.answer()),
                              kPatienceMs);

    online.signUpAndSync("ada");
    QCOMPARE(asked("SELECT count(*) FROM users WHERE username = 'ada'"), QStringLiteral("1"));
    QFile settings(program.profile.settingsFile());
    QVERIFY(settings.open(QIODevice::ReadOnly));
    QVERIFY(!settings.readAll().contains(kPassword));

    online.page(0);
    online.press("Sign out");
    QTRY_COMPARE_WITH_TIMEOUT(online.status(), QStringLiteral("Signed out"), kPatienceMs);
    QCOMPARE(asked("SELECT count(*) FROM private.sessions WHERE revoked_at IS NULL"), QStringLiteral("0"));
}

void TestOnline::whatIsWrittenOfflineIsSentLater()
{
    const QTemporaryDir folder;
    const OnlineProgram online(folder.path(), dsn());
    QTRY_VERIFY_WITH_TIMEOUT(online.ready(), kPatienceMs);
    // Before there is an account: it goes with the profile.
    online.submitRight();
    QTRY_VERIFY2_WITH_TIMEOUT(online.status().contains(QStringLiteral("1 waiting")), qPrintable(online.status()),
                              kPatienceMs);
    online.signUp("bob");
    QTRY_VERIFY2_WITH_TIMEOUT(online.status().contains(QStringLiteral("1 being judged")), qPrintable(online.status()),
                              kPatienceMs);
    online.closeDialogs();
    QCOMPARE(
        asked("SELECT count(*) FROM problem_submissions p JOIN users u ON u.id = p.user_id WHERE username = 'bob'"),
        QStringLiteral("1"));

    m_server->crash();
    online.submitRight();
    QTRY_VERIFY2_WITH_TIMEOUT(online.status().startsWith(QStringLiteral("Offline \u00b7 1 waiting")),
                              qPrintable(online.status()), kPatienceMs);
    QVERIFY2(online.statusDetails().contains(QStringLiteral("Since")), qPrintable(online.statusDetails()));
    m_server->restart();
    QTRY_VERIFY2_WITH_TIMEOUT(online.status().contains(QStringLiteral("2 being judged")), qPrintable(online.status()),
                              kPatienceMs);
    QCOMPARE(
        asked("SELECT count(*) FROM problem_submissions p JOIN users u ON u.id = p.user_id WHERE username = 'bob'"),
        QStringLiteral("2"));
}

void TestOnline::anotherVerdictIsTold()
{
    const QTemporaryDir folder;
    const OnlineProgram online(folder.path(), dsn());
    QTRY_VERIFY_WITH_TIMEOUT(online.ready(), kPatienceMs);
    online.signUpAndSync("gina");
    online.closeDialogs();
    online.submitRight();
    QTRY_VERIFY2_WITH_TIMEOUT(online.status().contains(QStringLiteral("1 being judged")), qPrintable(online.status()),
                              kPatienceMs);
    {
        auto admin = m_server->admin();
        const auto judged =
            admin.execute("INSERT INTO submissions (id, user_id, problem_id, query, is_correct, submitted_at) "
                          "SELECT p.id, p.user_id, p.problem_id, p.sql_query, false, now() FROM problem_submissions p "
                          "JOIN users u ON u.id = p.user_id WHERE username = 'gina'; "
                          "UPDATE problem_submissions SET status = 'completed', completed_at = now() "
                          "WHERE user_id = (SELECT id FROM users WHERE username = 'gina')");
        QVERIFY2(judged, judged ? "" : judged.error().message.c_str());
    }
    const auto told = [&] {
        const auto *bar = online.program.named<QFrame>("Judged otherwise");
        return bar && bar->isVisible() ? bar->accessibleDescription() : QString();
    };
    QTRY_VERIFY2_WITH_TIMEOUT(told().contains(QStringLiteral("found right, there wrong")), qPrintable(told()),
                              kPatienceMs);
    QVERIFY2(!online.status().contains(QStringLiteral("judged")), qPrintable(online.status()));
    // The case can be kept for a report.
    online.press("Save the case\u2026");
    auto *dialog = online.program.window->findChild<QFileDialog *>();
    QVERIFY(dialog && dialog->isVisible());
    const QString file = folder.filePath(QStringLiteral("case"));
    dialog->selectFile(file);
    dialog->findChild<QDialogButtonBox *>()->button(QDialogButtonBox::Save)->click();
    QFile kept(file + QStringLiteral(".json"));
    QTRY_VERIFY_WITH_TIMEOUT(kept.exists(), kPatienceMs);
    QVERIFY(kept.open(QIODevice::ReadOnly));
    const auto said = QJsonDocument::fromJson(kept.readAll()).object();
    QVERIFY2(!said.isEmpty() && QJsonDocument(said).toJson().contains("returned_on IS NULL"),
             QJsonDocument(said).toJson().constData());
    online.press("Put away");
    QTRY_VERIFY_WITH_TIMEOUT(told().isEmpty(), kPatienceMs);
}

void TestOnline::aRefusedEntryIsShownAndDiscarded()
{
    const QTemporaryDir folder;
    const OnlineProgram online(folder.path(), dsn());
    QTRY_VERIFY_WITH_TIMEOUT(online.ready(), kPatienceMs);
    online.signUpAndSync("carla");
    online.closeDialogs();
    // A post without words: no window makes one.
    session::Store &store = const_cast<session::Store &>(online.program.store);
    bool added = false;
    store.ask(
        [](session::CacheSlot &slot) {
            return static_cast<bool>(
                slot.cache->outbox().add("00000000-0000-4000-8000-000000000001", "create_post",
                                         R"({"problem_id": null, "content": "", "code_snippet": null})"));
        },
        online.program.window.get(), [&](bool done) { added = done; });
    QTRY_VERIFY(added);
    emit store.wroteForServer();
    QTRY_VERIFY2_WITH_TIMEOUT(online.status().contains(QStringLiteral("1 refused")), qPrintable(online.status()),
                              kPatienceMs);
    online.openOutbox();
    auto *list = online.program.named<QTreeWidget>("Outbox");
    QTRY_COMPARE_WITH_TIMEOUT(list->topLevelItemCount(), 1, kPatienceMs);
    QCOMPARE(list->topLevelItem(0)->text(2), QStringLiteral("Refused"));
    const auto *reason = online.program.named<QLabel>("Reason");
    QVERIFY2(reason->isVisible() && reason->text().startsWith(QStringLiteral("Refused: ")), qPrintable(reason->text()));
    online.press("Discard");
    online.press("Discard it");
    QTRY_COMPARE_WITH_TIMEOUT(list->topLevelItemCount(), 0, kPatienceMs);
    QTRY_VERIFY2_WITH_TIMEOUT(!online.status().contains(QStringLiteral("refused")), qPrintable(online.status()),
                              kPatienceMs);
}

void TestOnline::anEndedSessionLosesNothing()
{
    const QTemporaryDir folder;
    const OnlineProgram online(folder.path(), dsn());
    QTRY_VERIFY_WITH_TIMEOUT(online.ready(), kPatienceMs);
    online.signUpAndSync("dora");
    online.closeDialogs();
    {
        auto admin = m_server->admin();
        QVERIFY(admin.execute("UPDATE private.sessions SET revoked_at = now()"));
    }
    online.submitRight();
    QTRY_VERIFY2_WITH_TIMEOUT(online.status().startsWith(QStringLiteral("Signed out \u00b7 1 waiting")),
                              qPrintable(online.status()), kPatienceMs);
    QVERIFY2(online.statusDetails().contains(QStringLiteral("session has ended")), qPrintable(online.statusDetails()));
    online.signIn("dora");
    QTRY_VERIFY2_WITH_TIMEOUT(online.status().contains(QStringLiteral("1 being judged")), qPrintable(online.status()),
                              kPatienceMs);
}

void TestOnline::withoutAKeychainItIsSaid()
{
    const QTemporaryDir folder;
    const OnlineProgram online(folder.path(), dsn(), QStringLiteral("/nowhere/token"));
    QTRY_VERIFY_WITH_TIMEOUT(online.ready(), kPatienceMs);
    online.signUpAndSync("fred");
    const auto *kept = online.program.named<QLabel>("Session");
    QTRY_VERIFY2(kept->isVisible() && kept->text().contains(QStringLiteral("memory alone")), qPrintable(kept->text()));
}

/// Enough for a new copy to take a while.
void TestOnline::giveManyRows(const char *name)
{
    auto admin = m_server->admin();
    const auto done = admin.execute(
        "INSERT INTO submissions (id, user_id, problem_id, query, is_correct, submitted_at) SELECT gen_random_uuid(), "
        "u.id, "
        "(SELECT min(id) FROM problems), 'SELECT ' || n || repeat(' ', 200), false, now() - n * interval '1 second' "
        "FROM users u, generate_series(1, 200000) n WHERE username = '" +
        std::string(name) + "'");
    QVERIFY2(done, done ? "" : done.error().message.c_str());
}

void TestOnline::typingGoesOnDuringANewCopy()
{
    {
        const QTemporaryDir folder;
        const OnlineProgram online(folder.path(), dsn());
        QTRY_VERIFY_WITH_TIMEOUT(online.ready(), kPatienceMs);
        online.signUpAndSync("emil");
    }
    giveManyRows("emil");
    const QTemporaryDir folder;
    const OnlineProgram online(folder.path(), dsn());
    QTRY_VERIFY_WITH_TIMEOUT(online.ready(), kPatienceMs);
    online.signIn("emil");
    QTRY_VERIFY2_WITH_TIMEOUT(online.status().startsWith(QStringLiteral("Syncing")) &&
                                  online.status().contains(QStringLiteral(" of ")),
                              qPrintable(online.status()), kPatienceMs);
    online.closeDialogs();
    online.program.writeQuery("-- ");
    QByteArray typed = "-- ";
    qint64 longest = 0;
    for (int i = 0; i < 60'000 && !online.status().startsWith(QStringLiteral("Synced")); ++i) {
        const char letter = static_cast<char>('a' + i % 26);
        QElapsedTimer clock;
        clock.start();
        if (typed.size() < 2'000) {
            QTest::keyClick(QApplication::focusWidget(), letter);
            typed += letter;
        }
        QTest::qWait(5);
        longest = std::max(longest, clock.elapsed());
    }
    QVERIFY2(online.status().startsWith(QStringLiteral("Synced")), qPrintable(online.status()));
    QCOMPARE(online.program.editor()->text().toUtf8(), typed);
    QVERIFY2(longest < 250 * SQLGYM_PACE, qPrintable(QString::number(longest)));
    // On the disk too.
    QTest::qWait(1'500);
    auto cache = cache::Cache::open(online.program.profile.databaseFile().toStdString());
    QVERIFY(cache);
    const auto drafts = (*cache)->drafts().drafts();
    QVERIFY(drafts);
    QVERIFY(std::ranges::any_of(*drafts, [&](const auto &draft) { return draft.text == typed.toStdString(); }));
}

void TestOnline::closingDuringANewCopyIsPromptAndResumed()
{
    const QTemporaryDir folder;
    QElapsedTimer clock;
    {
        const OnlineProgram online(folder.path(), dsn());
        QTRY_VERIFY_WITH_TIMEOUT(online.ready(), kPatienceMs);
        online.signIn("emil");
        QTRY_VERIFY2_WITH_TIMEOUT(online.status().startsWith(QStringLiteral("Syncing")) &&
                                      online.status().contains(QStringLiteral(" of ")),
                                  qPrintable(online.status()), kPatienceMs);
        clock.start();
    }
    QVERIFY2(clock.elapsed() < 2'000 * SQLGYM_PACE, qPrintable(QString::number(clock.elapsed())));
    // What came so far lies beside the profile, and the next start takes it up.
    const QString profile = session::Profile::locate(folder.path()).databaseFile();
    const QString begun = profile + QStringLiteral(".pulling");
    QVERIFY(QFile::exists(begun));
    const OnlineProgram online(folder.path(), dsn());
    QTRY_VERIFY2_WITH_TIMEOUT(online.status().startsWith(QStringLiteral("Synced")), qPrintable(online.status()),
                              kPatienceMs);
    QVERIFY(!QFile::exists(begun));
    auto copy = sqlite::Database::open(profile.toStdString());
    QCOMPARE(*copy->integrityCheck(), std::string("ok"));
    QCOMPARE(QString::number(*copy->integer("SELECT count(*) FROM submissions")),
             asked("SELECT count(*) FROM submissions s JOIN users u ON u.id = s.user_id WHERE username = 'emil'"));
}

QTEST_MAIN(TestOnline)
#include "tst_online.moc"
