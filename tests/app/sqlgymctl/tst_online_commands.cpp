// sqlgymctl as a learner's client, against a real server and judge: what it prints, how it ends, what it keeps.
#include "../../engine/gateway/real_server.h"
#include "../../engine/server/server_with_pack.h"
#include "../../engine/tokens/keychain_host.h"
#include "gateway/libpq_gateway.h"
#include "program.h"

#include <QJsonArray>
#include <QtTest>

using namespace sqlgym;

namespace {

const QString kProblem = QStringLiteral(SQLGYM_SOURCE_DIR "/resources/packs/first-steps/problems/still-out/");
constexpr char kPassword[] = "correct horse";

struct Ended {
    int code = -1;
    QByteArray output;
    QByteArray errors;
    QJsonObject json() const { return QJsonDocument::fromJson(output).object(); }
};

} // namespace

class TestOnlineCommands : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void init()
    {
        if (m_server)
            m_server->forgetAttempts();
    }
    void cleanupTestCase() { m_server.reset(); }
    void helpIsThere_data();
    void helpIsThere();
    void anAccountIsMadeUsedAndLeft();
    void theKeychainKeepsTheSession();
    void withoutAKeychainAFileIsNamed();
    void refusalsAreNegative();
    void wrongUsageIsTold_data();
    void wrongUsageIsTold();
    void noSecretIsSeenFromOutside();
    void aRightQueryIsAccepted();
    void aWrongQueryIsNot();
    void theSameIdIsOneSubmission();
    void withoutAVerdictItFails();
    void aServerThatRestartsIsWaitedFor();
    void aHostileEnvironmentChangesNothing();
    void serversOfOtherVersionsAreTold_data();
    void serversOfOtherVersionsAreTold();
    void withoutAServerTheProfileIsShown();
    void aServerThatIsDownIsTold();
    void whatIsHandedInOfflineIsSentLater();
    void whatTheServerRefusesIsDiscarded();
    void aStandbyTakesNoWrites();

private:
    Ended run(const QStringList &arguments, const QByteArray &input = {},
              const QMap<QString, QString> &environment = {})
    {
        QProcess process;
        QProcessEnvironment own = QProcessEnvironment::systemEnvironment();
        own.insert("DBUS_SESSION_BUS_ADDRESS", "unix:path=/no/such/bus");
        own.insert("SQLGYM_DSN", QString::fromStdString(m_server->socketDsn()));
        own.insert("SQLGYM_TOKEN_FILE", m_folder.filePath("token"));
        own.insert("SQLGYM_PROFILE", m_folder.filePath("profile"));
        for (const auto &[name, value] : environment.asKeyValueRange())
            value.isNull() ? own.remove(name) : own.insert(name, value);
        process.setProcessEnvironment(own);
        process.start(SQLGYMCTL, arguments);
        process.write(input);
        process.closeWriteChannel();
        Ended ended;
        ended.code =
            process.waitForFinished(120'000) && process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1;
        ended.output = process.readAllStandardOutput();
        ended.errors = process.readAllStandardError();
        return ended;
    }
    Ended signUp(const QString &name)
    {
        return run({"sign-up", name, name + "@example.org"}, QByteArray(kPassword) + "\n");
    }
    /// A judge until the queue is empty.
    void judge()
    {
        QProcess judge;
        judge.start(SQLGYMD, {"--dsn", QString::fromStdString(m_server->socketDsn()) + " user=sqlgym_judge", "--once"});
        QVERIFY(judge.waitForFinished(120'000));
        QVERIFY2(judge.exitCode() == 0, judge.readAllStandardError());
    }
    std::string admin(const std::string &sql)
    {
        auto session = m_server->admin();
        return tests::asked(session, sql);
    }

    std::unique_ptr<tests::RealServer> m_server;
    QTemporaryDir m_folder;
};

void TestOnlineCommands::initTestCase()
{
    m_server = std::make_unique<tests::RealServer>();
    m_server->start();
    tests::deployWithPack(*m_server);
}

void TestOnlineCommands::helpIsThere_data()
{
    QTest::addColumn<QString>("command");
    for (const char *command : {"sign-up", "sign-in", "sign-out", "submit", "progress"})
        QTest::newRow(command) << command;
}

void TestOnlineCommands::helpIsThere()
{
    QFETCH(QString, command);

    const Ended ended = run({command, "--help"});

    QCOMPARE(ended.code, 0);
    for (const char *word : {"--token-file", "--json", "Exit codes"})
        QVERIFY2(ended.output.contains(word), word);
}

void TestOnlineCommands::anAccountIsMadeUsedAndLeft()
{
    const Ended made = signUp("ann");
    QVERIFY2(made.code == 0, made.errors);
    QVERIFY(made.output.startsWith("Signed in as ann at sqlgym_client@"));
    const QFileInfo file(m_folder.filePath("token"));
    QCOMPARE(int(file.permissions()) & 0x7077, int(QFile::ReadOwner | QFile::WriteOwner));

    const Ended standing = run({"progress", "--json"});
    QCOMPARE(standing.code, 0);
    QCOMPARE(standing.json()["user"].toString(), QStringLiteral("ann"));
    QCOMPARE(standing.json()["xp"].toInt(-1), 0);
    QVERIFY(standing.json()["topics"].toArray().size() >= 4);
    QVERIFY(standing.json()["badges"].toArray().size() >= 1);
    QVERIFY(run({"progress"}).output.contains("streak 0 days"));

    const Ended left = run({"sign-out", "--json"});
    QCOMPARE(left.code, 0);
    QCOMPARE(left.json()["signed_out"].toBool(), true);
    QVERIFY(!QFile::exists(m_folder.filePath("token")));
    QCOMPARE(run({"sign-out"}).code, 1);
    QCOMPARE(run({"progress"}).code, 3);
    QCOMPARE(admin("SELECT count(*) FROM private.sessions WHERE revoked_at IS NULL"), std::string("0"));

    const Ended again = run({"sign-in", "ANN", "--json"}, QByteArray(kPassword) + "\n");
    QCOMPARE(again.code, 0);
    QCOMPARE(again.json()["user"].toString(), QStringLiteral("ann"));
    QVERIFY(again.json()["kept_in"].toString().contains("token"));
    // A second session takes the first one's place, and ends it.
    QCOMPARE(run({"sign-in", "ann"}, kPassword).code, 0);
    QCOMPARE(admin("SELECT count(*) FROM private.sessions WHERE revoked_at IS NULL"), std::string("1"));
}

void TestOnlineCommands::theKeychainKeepsTheSession()
{
    tests::KeychainHost host;
    if (!tests::KeychainHost::installed())
        QSKIP("gnome-keyring is not installed");
    QVERIFY(host.start());
    const QMap<QString, QString> own{{"DBUS_SESSION_BUS_ADDRESS", host.address()}, {"SQLGYM_TOKEN_FILE", QString()}};

    const Ended in = run({"sign-up", "keeper", "keeper@example.org"}, kPassword, own);
    const Ended standing = run({"progress"}, {}, own);
    const Ended out = run({"sign-out"}, {}, own);

    QVERIFY2(in.code == 0, in.errors);
    QVERIFY(in.output.contains("the keychain"));
    QVERIFY2(standing.code == 0, standing.errors);
    QVERIFY(standing.output.startsWith("keeper: "));
    QCOMPARE(out.code, 0);
    QCOMPARE(run({"progress"}, {}, own).code, 3);
}

void TestOnlineCommands::withoutAKeychainAFileIsNamed()
{
    const Ended ended = run({"sign-up", "lost", "lost@example.org"}, kPassword, {{"SQLGYM_TOKEN_FILE", QString()}});

    QCOMPARE(ended.code, 3);
    QVERIFY(ended.errors.contains("--token-file"));
    QCOMPARE(admin("SELECT count(*) FROM users WHERE username = 'lost'"), std::string("0"));
}

void TestOnlineCommands::refusalsAreNegative()
{
    signUp("bob");

    const Ended taken = run({"sign-up", "BOB", "bob2@example.org"}, kPassword);
    const Ended wrong = run({"sign-in", "bob"}, "wrong horse\n");
    const Ended shortOne = run({"sign-up", "bob3", "bob3@example.org"}, "short\n");
    const Ended none = run({"sign-in", "bob"}, "");
    const Ended unknown = run({"submit", "no-such-problem", kProblem + "solution.sql"});
    const Ended noFile = run({"submit", "still-out", "/no/such/file.sql"});

    QCOMPARE(taken.code, 1);
    QVERIFY(taken.errors.contains("This user name is taken."));
    QCOMPARE(wrong.code, 1);
    QCOMPARE(shortOne.code, 1);
    QCOMPARE(none.code, 3);
    QCOMPARE(unknown.code, 1);
    QCOMPARE(noFile.code, 3);
    QVERIFY2(run({"progress"}).code == 0, "the session from before is still there");
}

void TestOnlineCommands::wrongUsageIsTold_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("no login") << QStringList{"sign-in"};
    QTest::newRow("no address") << QStringList{"sign-up", "x"};
    QTest::newRow("a password as argument") << QStringList{"sign-in", "ann", "secret"};
    QTest::newRow("a password as option") << QStringList{"sign-in", "ann", "--password", "secret"};
    QTest::newRow("no file") << QStringList{"submit", "still-out"};
    QTest::newRow("no UUID") << QStringList{"submit", "still-out", "-", "--id", "seven"};
    QTest::newRow("no time") << QStringList{"submit", "still-out", "-", "--timeout", "0"};
    QTest::newRow("no server") << QStringList{"progress", "--dsn", "not a server"};
}

void TestOnlineCommands::wrongUsageIsTold()
{
    QFETCH(QStringList, arguments);

    QCOMPARE(run(arguments).code, 2);
}

void TestOnlineCommands::noSecretIsSeenFromOutside()
{
    QProcess process;
    QProcessEnvironment own = QProcessEnvironment::systemEnvironment();
    own.insert("SQLGYM_DSN", QString::fromStdString(m_server->socketDsn()));
    own.insert("SQLGYM_TOKEN_FILE", m_folder.filePath("seen"));
    process.setProcessEnvironment(own);
    process.start(SQLGYMCTL, {"sign-up", "seen", "seen@example.org"});
    process.write(kPassword); // without its end: the program waits
    const QString about = QStringLiteral("/proc/%1/").arg(process.processId());
    QTRY_VERIFY(QFile::exists(about) &&
                admin("SELECT count(*) FROM pg_stat_activity WHERE usename = 'sqlgym_client'") >= "1");
    QFile limits(about + "limits");
    QVERIFY(limits.open(QIODevice::ReadOnly));
    QVERIFY(QString(limits.readAll()).contains(QRegularExpression("Max core file size +0 +0 ")));
    QFile line(about + "cmdline");
    QVERIFY(line.open(QIODevice::ReadOnly));
    QVERIFY(!line.readAll().contains(kPassword));
    process.closeWriteChannel();
    QVERIFY(process.waitForFinished(60'000));
    const QByteArray said = process.readAllStandardOutput() + process.readAllStandardError();

    QCOMPARE(process.exitCode(), 0);
    QFile token(m_folder.filePath("seen"));
    QVERIFY(token.open(QIODevice::ReadOnly));
    const QByteArray kept = token.readAll().split('\n').value(1);
    QCOMPARE(kept.size(), 64);
    QVERIFY(!said.contains(kept) && !said.contains(kPassword));
}

void TestOnlineCommands::aRightQueryIsAccepted()
{
    QCOMPARE(signUp("cleo").code, 0);

    const Ended sent = run({"submit", "still-out", kProblem + "solution.sql", "--json"});
    QCOMPARE(sent.code, 0);
    QCOMPARE(sent.json()["status"].toString(), QStringLiteral("pending"));
    judge();
    const Ended told = run(
        {"submit", "still-out", kProblem + "solution.sql", "--wait", "--json", "--id", sent.json()["id"].toString()});
    const Ended text =
        run({"submit", "still-out", kProblem + "solution.sql", "--wait", "--id", sent.json()["id"].toString()});

    QVERIFY2(told.code == 0, told.errors);
    QCOMPARE(told.json()["correct"].toBool(), true);
    QCOMPARE(told.json()["status"].toString(), QStringLiteral("completed"));
    QCOMPARE(told.json()["tests"].toArray().size(), 8);
    QVERIFY2(text.output.startsWith("Passes all 8 tests. (by the server)\n"), text.output);
    QVERIFY(text.output.contains("hidden"));
    const Ended standing = run({"progress", "--json"});
    QCOMPARE(standing.json()["solved"].toInt(), 1);
    QCOMPARE(standing.json()["streak"].toObject()["days"].toInt(), 1);
    QVERIFY(standing.json()["xp"].toInt() > 0);
}

void TestOnlineCommands::aWrongQueryIsNot()
{
    QCOMPARE(signUp("dora").code, 0);
    const Ended sent = run({"submit", "still-out", "-", "--json"}, "SELECT 1/0");
    judge();

    const Ended told = run({"submit", "still-out", "-", "--wait", "--id", sent.json()["id"].toString()}, "SELECT 1/0");

    QCOMPARE(told.code, 1);
    QVERIFY2(told.output.startsWith("Fails test 1 of 8") && told.output.contains("WRONG"), told.output);
}

void TestOnlineCommands::theSameIdIsOneSubmission()
{
    QCOMPARE(signUp("eve").code, 0);
    const QString id = QStringLiteral("00000000-0000-4000-8000-00000000000A");
    for (int times = 0; times < 3; ++times)
        QCOMPARE(run({"submit", "still-out", "-", "--id", id}, "SELECT 1").code, 0);

    QCOMPARE(admin("SELECT count(*) FROM problem_submissions WHERE id = '00000000-0000-4000-8000-00000000000a'"),
             std::string("1"));
    QCOMPARE(run({"submit", "still-out", "-", "--id", id}, "SELECT 2").code, 1);
}

void TestOnlineCommands::withoutAVerdictItFails()
{
    QCOMPARE(signUp("fay").code, 0);

    const Ended ended = run({"submit", "still-out", "-", "--wait", "--timeout", "1"}, "SELECT 1");

    QCOMPARE(ended.code, 3);
    QVERIFY2(ended.errors.contains("there is no verdict yet") && ended.errors.contains("--id "), ended.errors);
}

void TestOnlineCommands::aServerThatRestartsIsWaitedFor()
{
    QCOMPARE(signUp("gus").code, 0);
    QProcess process;
    QProcessEnvironment own = QProcessEnvironment::systemEnvironment();
    own.insert("SQLGYM_DSN", QString::fromStdString(m_server->socketDsn()));
    own.insert("SQLGYM_TOKEN_FILE", m_folder.filePath("token"));
    process.setProcessEnvironment(own);
    process.start(SQLGYMCTL, {"submit", "still-out", kProblem + "solution.sql", "--wait", "--timeout", "90"});
    QTRY_COMPARE(
        admin("SELECT count(*) FROM problem_submissions s JOIN users u ON u.id = s.user_id WHERE username = 'gus'"),
        std::string("1"));
    m_server->stop();
    QTest::qWait(700);
    m_server->start();
    judge();

    QVERIFY(process.waitForFinished(90'000));
    QVERIFY2(process.exitCode() == 0, process.readAllStandardError());
    QVERIFY(process.readAllStandardOutput().startsWith("Passes all 8 tests."));
}

void TestOnlineCommands::aHostileEnvironmentChangesNothing()
{
    QCOMPARE(signUp("hal").code, 0);
    const QTemporaryDir home;
    tests::writeFile(home.filePath(".pg_service.conf").toStdString(), "[evil]\nhost=192.0.2.1\nuser=evil\n");

    for (const char *service : {"evil", "not-there"}) {
        const Ended ended = run({"progress", "--json"}, {},
                                {{"PGSERVICE", service},
                                 {"HOME", home.path()},
                                 {"PGSERVICEFILE", "/no/such/file"},
                                 {"PGOPTIONS", "-c statement_timeout=1"},
                                 {"PGPASSWORD", "evil"},
                                 {"PGHOSTADDR", "192.0.2.1"},
                                 {"PGUSER", "evil"},
                                 {"PGGEQO", "nonsense"},
                                 {"PGTZ", "nonsense"}});
        QVERIFY2(ended.code == 0, ended.errors);
        QCOMPARE(ended.json()["user"].toString(), QStringLiteral("hal"));
    }
}

void TestOnlineCommands::serversOfOtherVersionsAreTold_data()
{
    QTest::addColumn<int>("version");
    QTest::addColumn<QByteArray>("words");
    QTest::newRow("older") << gateway::kOldestSchema - 1 << QByteArray("server upgrade");
    QTest::newRow("newer") << gateway::kNewestSchema + 1 << QByteArray("Update SQLGym");
}

void TestOnlineCommands::serversOfOtherVersionsAreTold()
{
    QFETCH(int, version);
    QFETCH(QByteArray, words);
    admin("CREATE TABLE private.kept AS SELECT * FROM private.migrations");
    admin("DELETE FROM private.migrations WHERE number > " + std::to_string(version));
    admin("INSERT INTO private.migrations (number, name, sha256) VALUES (" + std::to_string(version) +
          ", 'x', 'x') ON CONFLICT DO NOTHING");
    const auto serveFrom = [this](int oldest) {
        admin("CREATE OR REPLACE FUNCTION api.oldest_client() RETURNS integer LANGUAGE sql IMMUTABLE "
              "SET search_path = '' AS 'SELECT " +
              std::to_string(oldest) + "'");
    };
    serveFrom(gateway::kNewestSchema + 1);

    const Ended standing = run({"progress"});
    const Ended in = run({"sign-in", "ann"}, kPassword);

    admin("TRUNCATE private.migrations");
    admin("INSERT INTO private.migrations SELECT * FROM private.kept");
    admin("DROP TABLE private.kept");
    serveFrom(gateway::kNewestSchema);
    QCOMPARE(standing.code, 3);
    QVERIFY2(standing.errors.contains(words), standing.errors);
    QCOMPARE(in.code, 3);
}

void TestOnlineCommands::withoutAServerTheProfileIsShown()
{
    const QTemporaryDir profile;

    const Ended ended = run({"--profile", profile.path(), "progress", "--json"}, {}, {{"SQLGYM_DSN", QString()}});

    QVERIFY2(ended.code == 0, ended.errors);
    QCOMPARE(ended.json()["user"].toString(), QStringLiteral("learner"));
    QVERIFY(ended.json()["topics"].toArray().size() >= 4);
    QVERIFY(ended.json()["topics"].toArray()[0].toObject()["problems"].toInt() > 0);
    QVERIFY(ended.json()["badges"].toArray().size() >= 1);
}

void TestOnlineCommands::aServerThatIsDownIsTold()
{
    m_server->stop();

    const Ended standing = run({"progress"});
    const Ended sent = run({"submit", "still-out", "-"}, "SELECT 1");

    m_server->start();
    QCOMPARE(standing.code, 3);
    QVERIFY2(standing.errors.contains("cannot be reached"), standing.errors);
    QCOMPARE(sent.code, 3);
    QVERIFY2(sent.output.contains("It waits in the outbox as "), sent.output);
}

void TestOnlineCommands::whatIsHandedInOfflineIsSentLater()
{
    QCOMPARE(signUp("lea").code, 0);
    const QTemporaryDir profile;
    const QMap<QString, QString> own{{"SQLGYM_PROFILE", profile.path()}};
    QCOMPARE(run({"sync"}, {}, own).code, 0);
    const QString id = QStringLiteral("00000000-0000-4000-8000-00000000000b");
    m_server->stop();
    for (int times = 0; times < 2; ++times)
        QCOMPARE(run({"submit", "still-out", "-", "--id", id}, "SELECT 'later'", own).code, 3);
    const Ended waiting = run({"outbox", "list", "--json"}, {}, own);
    m_server->start();

    const QJsonArray entries = QJsonDocument::fromJson(waiting.output).array();
    QCOMPARE(entries.size(), 1);
    QCOMPARE(entries[0].toObject()["id"].toString(), id);
    QCOMPARE(entries[0].toObject()["state"].toString(), QStringLiteral("waiting"));
    QCOMPARE(entries[0].toObject()["arguments"].toObject()["query"].toString(), QStringLiteral("SELECT 'later'"));
    QVERIFY(run({"outbox"}, {}, own).output.contains("SELECT 'later'"));
    const Ended sent = run({"sync"}, {}, own);
    QVERIFY2(sent.code == 0 && sent.output.contains("Sent: 1."), sent.output + sent.errors);
    QCOMPARE(admin("SELECT status FROM problem_submissions WHERE id = '" + id.toStdString() + "'"),
             std::string("pending"));
    QVERIFY(run({"outbox"}, {}, own).output.contains("sent"));
    judge();
    QCOMPARE(run({"sync"}, {}, own).code, 0);
    QCOMPARE(run({"outbox"}, {}, own).output, QByteArray("Nothing waits.\n"));
    QCOMPARE(run({"outbox", "--json"}, {}, own).output, QByteArray("[]\n"));
}

void TestOnlineCommands::whatTheServerRefusesIsDiscarded()
{
    QCOMPARE(signUp("mia").code, 0);
    const QTemporaryDir profile;
    const QMap<QString, QString> own{{"SQLGYM_PROFILE", profile.path()}};
    QCOMPARE(run({"sync"}, {}, own).code, 0);
    const QString id = QStringLiteral("00000000-0000-4000-8000-00000000000c");
    m_server->stop();
    QCOMPARE(run({"submit", "no-such-problem", "-", "--id", id}, "SELECT 1", own).code, 3);
    m_server->start();

    const Ended refused = run({"sync"}, {}, own);
    QVERIFY2(refused.output.contains("Refused: 1; see sqlgymctl outbox."), refused.output + refused.errors);
    const Ended listed = run({"outbox"}, {}, own);
    QVERIFY2(listed.output.contains("refused") && listed.output.contains("There is no such problem for you."),
             listed.output);
    QCOMPARE(run({"outbox", "retry", id}, {}, own).code, 0);
    QVERIFY(run({"outbox"}, {}, own).output.contains("waiting"));
    QCOMPARE(run({"outbox", "discard", id, "--json"}, {}, own).json()["discarded"].toInt(), 1);
    QCOMPARE(run({"outbox", "discard", id}, {}, own).code, 1);
    QCOMPARE(run({"outbox", "retry", id}, {}, own).code, 1);
    QCOMPARE(run({"outbox", "retry"}, {}, own).code, 2);
    QCOMPARE(run({"outbox"}, {}, own).output, QByteArray("Nothing waits.\n"));
}

void TestOnlineCommands::aStandbyTakesNoWrites()
{
    QCOMPARE(signUp("kim").code, 0);
    m_server->becomeStandby();
    m_server->start({"hot_standby=on"});

    const Ended sent = run({"submit", "still-out", "-"}, "SELECT 1");

    QCOMPARE(sent.code, 3);
    QVERIFY2(sent.errors.contains("takes no changes at present"), sent.errors);
    m_server->stop();
}

QTEST_GUILESS_MAIN(TestOnlineCommands)
#include "tst_online_commands.moc"
