// The window and its server beyond the plain way: what screens ask themselves, copies that are stopped, refusals that
// are mended, poolers, TLS, and a judge that decides.
#include "online.h"

#include "../../engine/client/counting_gateway.h"
#include "../../engine/gateway/pooler.h"
#include "cache/cache.h"
#include "session/sync_round.h"
#include "sqlite/database.h"

#include <QtCore/QProcess>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QTreeWidget>

using namespace sqlgym;
using client::Trouble;

namespace {

constexpr int kManyRows = 300'000;
constexpr char kLong[] = "SELECT count(*) FROM generate_series(1, 100000) a, generate_series(1, 100000) b";

} // namespace

class TestExchange : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void cleanupTestCase() { m_server.reset(); }
    void init() { m_server->forgetAttempts(); }
    void cleanup()
    {
        if (m_judge) {
            m_judge->terminate();
            m_judge->waitForFinished();
        }
        m_judge.reset();
    }
    void screensAskTheServer();
    void aQuestionIsCancelled();
    void nothingNewIsOneRoundTrip();
    void aCopyIsStoppedAndGoneOnWith();
    void aRefusedTextIsMended();
    void aJudgeDecides();
    void aPoolerIsAsGood();
    void onlyATrustedServerIsSpokenTo();

private:
    QString asked(const std::string &sql)
    {
        auto admin = m_server->admin();
        return QString::fromStdString(tests::asked(admin, sql));
    }
    void startJudge()
    {
        m_judge = std::make_unique<QProcess>();
        m_judge->setProcessChannelMode(QProcess::MergedChannels);
        m_judge->start(QStringLiteral(SQLGYMD),
                       {QStringLiteral("--dsn"), QString::fromStdString(m_server->socketDsn()) + " user=sqlgym_judge",
                        QStringLiteral("--folder"), m_judges.path()});
        QVERIFY(m_judge->waitForStarted());
    }
    /// Signs up, hands in a right query, and waits for the server's word on it.
    void handInAndBeJudged(const OnlineProgram &online, const char *name)
    {
        online.signUpAndSync(name);
        online.closeDialogs();
        online.submitRight();
        const QString mine = QStringLiteral("SELECT count(*) FROM submissions s JOIN users u ON u.id = s.user_id "
                                            "WHERE s.is_correct AND u.username = '%1'")
                                 .arg(QLatin1String(name));
        QTRY_COMPARE_WITH_TIMEOUT(asked(mine.toStdString()), QStringLiteral("1"), 2 * kPatienceMs);
        QTRY_VERIFY2_WITH_TIMEOUT(online.status().startsWith(QStringLiteral("Synced")) &&
                                      !online.status().contains(QStringLiteral("judged")),
                                  qPrintable(online.status()), kPatienceMs);
        auto copy = sqlite::Database::open(online.program.profile.databaseFile().toStdString());
        QCOMPARE(*copy->integer("SELECT count(*) FROM problem_submissions WHERE status = 'completed'"), 1);
        QVERIFY(*copy->integer("SELECT count(*) FROM execution_results") > 0);
    }

    std::unique_ptr<tests::RealServer> m_server;
    std::unique_ptr<QProcess> m_judge;
    QTemporaryDir m_judges;
};

void TestExchange::initTestCase()
{
    m_server = std::make_unique<tests::RealServer>();
    m_server->start();
    tests::deployWithPack(*m_server);
}

void TestExchange::screensAskTheServer()
{
    const QTemporaryDir folder;
    const OnlineProgram online(folder.path(), m_server->socketDsn());
    QTRY_VERIFY_WITH_TIMEOUT(online.ready(), kPatienceMs);
    auto &link = *online.program.link;
    std::optional<base::Result<client::Rows>> got;
    const auto ask = [&](const char *sql) {
        got.reset();
        link.ask([sql](client::Gateway &gateway) { return gateway.call(sql); }, online.program.window.get(),
                 [&](base::Result<client::Rows> rows) { got = std::move(rows); });
    };
    ask("SELECT 1");
    QTRY_VERIFY_WITH_TIMEOUT(got.has_value(), kPatienceMs);
    QVERIFY(!*got && client::troubleOf(got->error()) == Trouble::SignedOut);

    online.signUpAndSync("nora");
    QVERIFY(!link.state().instructor);
    ask("SELECT username FROM users WHERE id = api.current_user_id()");
    QTRY_VERIFY_WITH_TIMEOUT(got.has_value(), kPatienceMs);
    QVERIFY2(*got, *got ? "" : got->error().message.c_str());
    QCOMPARE((**got)[0][0], std::optional<std::string>("nora"));
    QCOMPARE(link.state().accountId, asked("SELECT id FROM users WHERE username = 'nora'"));

    // A server that goes away is told of, and come back to.
    m_server->stop();
    ask("SELECT 2");
    QTRY_VERIFY_WITH_TIMEOUT(got.has_value(), kPatienceMs);
    QVERIFY(!*got && got->error().transient);
    m_server->start();
    ask("SELECT 3");
    QTRY_VERIFY_WITH_TIMEOUT(got.has_value(), kPatienceMs);
    QVERIFY2(*got, *got ? "" : got->error().message.c_str());

    // Nobody's questions are answered any more once one has signed out.
    online.openAccount();
    online.page(0);
    online.press("Sign out");
    QTRY_COMPARE_WITH_TIMEOUT(online.status(), QStringLiteral("Signed out"), kPatienceMs);
    ask("SELECT 4");
    QTRY_VERIFY_WITH_TIMEOUT(got.has_value(), kPatienceMs);
    QVERIFY(!*got && client::troubleOf(got->error()) == Trouble::SignedOut);
}

void TestExchange::aQuestionIsCancelled()
{
    const QTemporaryDir folder;
    QElapsedTimer clock;
    {
        const OnlineProgram online(folder.path(), m_server->socketDsn());
        QTRY_VERIFY_WITH_TIMEOUT(online.ready(), kPatienceMs);
        online.signUpAndSync("olga");
        auto &link = *online.program.link;
        QStringList codes;
        const auto ask = [&](const char *sql) {
            link.ask([sql](client::Gateway &gateway) { return gateway.call(sql); }, online.program.window.get(),
                     [&](const base::Result<client::Rows> &rows) {
                         codes << (rows ? QStringLiteral("done") : QString::fromStdString(rows.error().code));
                     });
        };
        ask(kLong);
        ask("SELECT 'behind it'");
        QTest::qWait(500);
        clock.start();
        link.cancelAsked();
        ask("SELECT 'after it'");
        QTRY_COMPARE_WITH_TIMEOUT(codes.size(), 3, kPatienceMs);
        QCOMPARE(codes.join(u' '), QStringLiteral("cancelled cancelled done"));
        QVERIFY2(clock.elapsed() < 3'000 * SQLGYM_PACE, qPrintable(QString::number(clock.elapsed())));
        ask(kLong);
        QTest::qWait(500);
        clock.start();
    }
    QVERIFY2(clock.elapsed() < 2'000 * SQLGYM_PACE, qPrintable(QString::number(clock.elapsed())));
}

void TestExchange::nothingNewIsOneRoundTrip()
{
    const QTemporaryDir folder;
    const std::string path = folder.filePath(QStringLiteral("sqlgym.sqlite")).toStdString();
    session::Store store;
    store.open(QString::fromStdString(path));
    std::unique_ptr<cache::Cache> cache;
    const base::CancelToken cancel;
    auto gateway = gateway::open(m_server->socketDsn());
    QVERIFY(gateway);
    auto token = client::signUp(**gateway, "quinn", "quinn@example.org", base::Secret(kPassword));
    QVERIFY(token && (*gateway)->useToken(std::move(*token)));
    tests::CountingGateway counting(**gateway);
    auto account = client::myAccount(counting);
    QVERIFY(account && !account->admin);
    const session::SyncParts parts{counting, cache, path, store, cancel, {}};
    QVERIFY(session::syncRound(parts, *account));

    counting.calls = 0;
    auto round = session::syncRound(parts, *account);
    QVERIFY2(round && !round->changed, round ? "changed" : round.error().message.c_str());
    QCOMPARE(counting.calls, 1);

    // Rights that come are told by the round itself.
    asked("UPDATE users SET is_admin = true WHERE username = 'quinn'");
    round = session::syncRound(parts, *account);
    QVERIFY2(round && round->changed, round ? "nothing changed" : round.error().message.c_str());
    QVERIFY(account->admin);
}

void TestExchange::aCopyIsStoppedAndGoneOnWith()
{
    {
        const QTemporaryDir folder;
        const OnlineProgram online(folder.path(), m_server->socketDsn());
        QTRY_VERIFY_WITH_TIMEOUT(online.ready(), kPatienceMs);
        online.signUpAndSync("paul");
    }
    const QString mine = QStringLiteral(" FROM users u WHERE username = 'paul'");
    QVERIFY(!asked(QStringLiteral("INSERT INTO submissions (id, user_id, problem_id, query, is_correct) SELECT "
                                  "gen_random_uuid(), (SELECT id%1), (SELECT min(id) FROM problems), "
                                  "repeat('x', 200), false FROM generate_series(1, %2)")
                       .arg(mine)
                       .arg(kManyRows)
                       .toStdString())
                 .startsWith(u'!'));
    const QTemporaryDir folder;
    const OnlineProgram online(folder.path(), m_server->socketDsn());
    QTRY_VERIFY_WITH_TIMEOUT(online.ready(), kPatienceMs);
    online.signIn("paul");
    QTRY_VERIFY2_WITH_TIMEOUT(online.status().startsWith(QStringLiteral("Syncing")) &&
                                  online.status().contains(QStringLiteral(" of ")),
                              qPrintable(online.status()), kPatienceMs);
    online.closeDialogs();
    online.openOutbox();
    online.press("Cancel the sync");
    QTRY_VERIFY2_WITH_TIMEOUT(online.statusDetails().contains(QStringLiteral("cancelled")),
                              qPrintable(online.status() + u' ' + online.statusDetails()), kPatienceMs);
    QTest::qWait(1'000);
    QVERIFY2(!online.status().startsWith(QStringLiteral("Syncing")), qPrintable(online.status()));
    // What is there meanwhile can be worked with.
    QVERIFY(!online.program.statement().isEmpty());

    online.press("Sync now");
    QTRY_VERIFY2_WITH_TIMEOUT(online.status().startsWith(QStringLiteral("Synced")), qPrintable(online.status()),
                              2 * kPatienceMs);
    auto copy = sqlite::Database::open(online.program.profile.databaseFile().toStdString());
    QCOMPARE(*copy->integrityCheck(), std::string("ok"));
    QCOMPARE(*copy->integer("SELECT count(*) FROM submissions"), kManyRows);
}

void TestExchange::aRefusedTextIsMended()
{
    const QTemporaryDir folder;
    const OnlineProgram online(folder.path(), m_server->socketDsn());
    QTRY_VERIFY_WITH_TIMEOUT(online.ready(), kPatienceMs);
    online.signUpAndSync("rosa");
    online.closeDialogs();
    // Longer than the server takes.
    auto &store = const_cast<session::Store &>(online.program.store);
    bool added = false;
    store.ask(
        [](session::CacheSlot &slot) {
            return static_cast<bool>(slot.cache->community().createPost({}, std::string(200'000, 'x')));
        },
        online.program.window.get(), [&](bool done) { added = done; });
    QTRY_VERIFY(added);
    emit store.wroteForServer();
    QTRY_VERIFY2_WITH_TIMEOUT(online.status().contains(QStringLiteral("1 refused")), qPrintable(online.status()),
                              kPatienceMs);

    online.openOutbox();
    auto *list = online.program.named<QTreeWidget>("Outbox");
    QTRY_COMPARE_WITH_TIMEOUT(list->topLevelItemCount(), 1, kPatienceMs);
    auto *text = online.program.named<QPlainTextEdit>("Text of the entry");
    QVERIFY(text->isVisible() && !text->isReadOnly());
    QCOMPARE(text->toPlainText().size(), 200'000);
    // Sent again as it is, it is refused again.
    online.press("Send again");
    QTRY_VERIFY2_WITH_TIMEOUT(online.status().contains(QStringLiteral("1 refused")), qPrintable(online.status()),
                              kPatienceMs);
    text->setPlainText(QStringLiteral("Shorter \u00fcn words."));
    online.press("Send changed");
    QTRY_VERIFY2_WITH_TIMEOUT(!online.status().contains(QStringLiteral("refused")), qPrintable(online.status()),
                              kPatienceMs);
    QTRY_COMPARE_WITH_TIMEOUT(list->topLevelItemCount(), 0, kPatienceMs);
    QCOMPARE(asked("SELECT content FROM community_posts p JOIN users u ON u.id = p.user_id WHERE username = 'rosa'"),
             QStringLiteral("Shorter \u00fcn words."));
    auto copy = sqlite::Database::open(online.program.profile.databaseFile().toStdString());
    QCOMPARE(*copy->integer("SELECT count(*) FROM community_posts WHERE content = 'Shorter \xC3\xBCn words.'"), 1);
}

void TestExchange::aJudgeDecides()
{
    startJudge();
    const QTemporaryDir folder;
    const OnlineProgram online(folder.path(), m_server->socketDsn());
    QTRY_VERIFY_WITH_TIMEOUT(online.ready(), kPatienceMs);
    handInAndBeJudged(online, "sam");
}

void TestExchange::aPoolerIsAsGood()
{
    if (tests::pgbouncer() == nullptr)
        QSKIP("PgBouncer is not installed");
    const tests::Pooler pooler(*m_server, "");
    pooler.open(); // it answers
    startJudge();
    const QTemporaryDir folder;
    const OnlineProgram online(folder.path(), pooler.dsn());
    QTRY_VERIFY_WITH_TIMEOUT(online.ready(), kPatienceMs);
    handInAndBeJudged(online, "tina");
}

void TestExchange::onlyATrustedServerIsSpokenTo()
{
    const tests::Certificates certificates(m_server->path("tls"), m_server->account());
    m_server->startTls(certificates, "good");
    const std::string dsn = m_server->dsn("sslrootcert=" + certificates.path("ca", ".crt"));
    const QTemporaryDir folder;
    {
        const OnlineProgram online(folder.path(), dsn);
        QTRY_VERIFY_WITH_TIMEOUT(online.ready(), kPatienceMs);
        online.signUpAndSync("uma");
        online.closeDialogs();
        m_server->startTls(certificates, "strange");
        online.submitRight();
        QTRY_VERIFY2_WITH_TIMEOUT(online.statusDetails().contains(QStringLiteral("certificate verify failed")),
                                  qPrintable(online.status() + u' ' + online.statusDetails()), kPatienceMs);
        QVERIFY2(online.status().contains(QStringLiteral("1 waiting")), qPrintable(online.status()));
    }
    QCOMPARE(asked("SELECT count(*) FROM problem_submissions p JOIN users u ON u.id = p.user_id "
                   "WHERE username = 'uma'"),
             QStringLiteral("0"));
    m_server->startTls(certificates, "good");
    {
        const OnlineProgram online(folder.path(), dsn);
        QTRY_VERIFY2_WITH_TIMEOUT(online.status().contains(QStringLiteral("1 being judged")),
                                  qPrintable(online.status()), kPatienceMs);
    }
    m_server->start();
}

QTEST_MAIN(TestExchange)
#include "tst_exchange.moc"
