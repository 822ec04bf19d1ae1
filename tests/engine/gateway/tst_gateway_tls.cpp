// Who is spoken to: certificates, names, servers that would do without, and what an environment would slip in.
#include "client/account.h"
#include "gateway/libpq_gateway.h"
#include "real_server.h"

#include <QtTest>

using namespace sqlgym;
using client::Trouble;

namespace {

constexpr char kPassword[] = "correct horse battery";

std::string troubleOf(const std::string &dsn)
{
    auto gateway = gateway::open(dsn);
    return gateway ? "none" : gateway.error().code;
}

} // namespace

class TestGatewayTls : public QObject {
    Q_OBJECT
private slots:
    void initTestCase()
    {
        m_server = std::make_unique<tests::RealServer>();
        m_certificates = std::make_unique<tests::Certificates>(m_server->path("tls"), m_server->account());
        m_server->startTls(*m_certificates, "good");
        m_server->deploy();
    }
    void cleanupTestCase()
    {
        m_server.reset();
        m_certificates.reset();
    }
    void aTrustedServerIsSpokenTo();
    void otherCertificatesAreRefused_data();
    void otherCertificatesAreRefused();
    void aServerThatWouldDoWithoutHearsNothing_data();
    void aServerThatWouldDoWithoutHearsNothing();
    void nothingLeavesWhenTheCertificateIsWrong();
    void theEnvironmentAddsNothing();
    void passwordFilesAreNotRead();

private:
    std::string trusting(const std::string &more = {}) const
    {
        return m_server->dsn("sslrootcert=" + m_certificates->path("ca", ".crt") + " " + more);
    }
    std::unique_ptr<tests::RealServer> m_server;
    std::unique_ptr<tests::Certificates> m_certificates;
};

void TestGatewayTls::aTrustedServerIsSpokenTo()
{
    auto gateway = gateway::open(trusting());

    QVERIFY2(gateway, gateway ? "" : gateway.error().message.c_str());
    QCOMPARE((*gateway)->pooled(), false);
    // Over TCP the server lets nobody in without TLS.
    QVERIFY((*gateway)->call("SELECT 1"));
    QCOMPARE(troubleOf(trusting("sslmode=disable")), std::string("refused"));
}

void TestGatewayTls::otherCertificatesAreRefused_data()
{
    QTest::addColumn<QString>("certificate");
    QTest::addColumn<QString>("more");
    QTest::addColumn<QString>("words");
    QTest::newRow("expired") << "expired"
                             << ""
                             << "certificate verify failed";
    QTest::newRow("of another host") << "other"
                                     << ""
                                     << "does not match host name";
    QTest::newRow("self-signed") << "self"
                                 << ""
                                 << "certificate verify failed";
    QTest::newRow("of a stranger's authority") << "strange"
                                               << ""
                                               << "certificate verify failed";
    QTest::newRow("nobody to trust") << "good"
                                     << "sslrootcert=/no/such/file"
                                     << "does not exist";
}

void TestGatewayTls::otherCertificatesAreRefused()
{
    QFETCH(QString, certificate);
    QFETCH(QString, more);
    QFETCH(QString, words);
    m_server->startTls(*m_certificates, certificate.toUtf8().constData());

    const auto gateway = gateway::open(trusting(more.toStdString()));

    m_server->startTls(*m_certificates, "good");
    QVERIFY(!gateway);
    QCOMPARE(client::troubleOf(gateway.error()), Trouble::Tls);
    QVERIFY2(QString::fromStdString(gateway.error().message).contains(words), gateway.error().message.c_str());
    QVERIFY(!gateway.error().transient);
}

void TestGatewayTls::aServerThatWouldDoWithoutHearsNothing_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<QString>("trouble");
    QTest::newRow("has no TLS") << QByteArray("N") << "tls";
    QTest::newRow("asks for a password at once") << QByteArray("R\0\0\0\x08\0\0\0\x03", 9) << "offline tls";
    QTest::newRow("sends an error instead") << QByteArray("E\0\0\0\x10SFATAL\0MNO\0\0", 17) << "offline tls";
    QTest::newRow("says yes and then no TLS") << QByteArray("SNNNNNNNN") << "tls";
}

void TestGatewayTls::aServerThatWouldDoWithoutHearsNothing()
{
    QFETCH(QByteArray, answer);
    QFETCH(QString, trouble);
    tests::Listener listener(answer.toStdString());
    const std::string where = "host=gym.test hostaddr=127.0.0.1 port=" + std::to_string(listener.port()) +
                              " sslrootcert=" + m_certificates->path("ca", ".crt") + " password=" + "secret-of-the-dsn";

    const auto gateway = gateway::open(where, {.connectMs = 5'000});
    const std::string heard = listener.heard();

    QVERIFY(!gateway);
    QVERIFY2(trouble.contains(QString::fromStdString(gateway.error().code)), gateway.error().message.c_str());
    // SSLRequest and, at most, a TLS greeting: neither who nor where, let alone a secret.
    QVERIFY(heard.size() >= 8);
    QCOMPARE(heard.substr(0, 8), std::string("\0\0\0\x08\x04\xd2\x16\x2f", 8));
    for (const char *secret : {"secret-of-the-dsn", "sqlgym_client", "user", "statement_timeout"})
        QVERIFY2(heard.find(secret) == std::string::npos, secret);
    if (answer != "SNNNNNNNN")
        QCOMPARE(heard.size() % 8, 0u);
}

void TestGatewayTls::nothingLeavesWhenTheCertificateIsWrong()
{
    // The server logs whatever statement reaches it: none does.
    m_server->startTls(*m_certificates, "self");
    auto admin = m_server->admin();
    tests::asked(admin, "ALTER SYSTEM SET log_statement = 'all'");
    tests::asked(admin, "ALTER SYSTEM SET log_connections = on");
    tests::asked(admin, "SELECT pg_reload_conf()");

    QCOMPARE(troubleOf(trusting()), std::string("tls"));

    QFile log(QString::fromStdString(m_server->path("log")));
    QVERIFY(log.open(QIODevice::ReadOnly));
    const QByteArray text = log.readAll();
    QVERIFY(!text.contains("schema_version"));
    QVERIFY(!text.contains("connection authorized: user=sqlgym_client"));
    tests::asked(admin, "ALTER SYSTEM RESET ALL");
    m_server->startTls(*m_certificates, "good");
}

void TestGatewayTls::theEnvironmentAddsNothing()
{
    const QTemporaryDir home;
    const std::map<const char *, QByteArray> hostile = {
        {"PGOPTIONS", "-c search_path=pg_catalog -c statement_timeout=1"},
        {"PGHOST", "evil.test"},
        {"PGHOSTADDR", "192.0.2.1"},
        {"PGPORT", "1"},
        {"PGUSER", "sqlgym_admin"},
        {"PGDATABASE", "postgres"},
        {"PGSSLMODE", "disable"},
        {"PGSSLROOTCERT", "/no/such/file"},
        {"PGSSLCERT", "/no/such/file"},
        {"PGSSLMINPROTOCOLVERSION", "nonsense"},
        {"PGREQUIREPEER", "nobody"},
        {"PGCLIENTENCODING", "LATIN1"},
        {"PGCONNECT_TIMEOUT", "nonsense"},
        {"PGTARGETSESSIONATTRS", "standby"},
        {"PGCHANNELBINDING", "require"},
        {"PGAPPNAME", "evil"},
        {"PGTZ", "Asia/Tokyo"},
        {"PGDATESTYLE", "German"},
        {"HOME", home.path().toUtf8()}};
    std::map<const char *, QByteArray> before;
    for (const auto &[name, value] : hostile) {
        before[name] = qgetenv(name);
        qputenv(name, value);
    }

    auto gateway = gateway::open(trusting());
    const auto rows = gateway
                          ? (*gateway)->call("SELECT current_user, current_database(), current_setting('search_path'), "
                                             "current_setting('statement_timeout'), current_setting('TimeZone'), "
                                             "current_setting('DateStyle'), current_setting('application_name'), "
                                             "current_setting('client_encoding')")
                          : gateway.error();
    for (const auto &[name, value] : before)
        value.isEmpty() ? qunsetenv(name) : qputenv(name, value);

    QVERIFY2(rows, rows ? "" : rows.error().message.c_str());
    std::string all;
    for (const auto &cell : (*rows)[0])
        all += cell.value_or("NULL") + "|";
    QCOMPARE(all, std::string("sqlgym_client|gym|public|15s|UTC|ISO, MDY|sqlgym|UTF8|"));
}

void TestGatewayTls::passwordFilesAreNotRead()
{
    auto admin = m_server->admin();
    tests::asked(admin, "ALTER ROLE sqlgym_client PASSWORD '" + std::string(kPassword) + "'");
    m_server->setAccess("hostssl all all all scram-sha-256\n");
    tests::asked(admin, "SELECT pg_reload_conf()");
    QTRY_COMPARE(troubleOf(trusting()), std::string("refused")); // no password: the new rules are there
    const QTemporaryDir home;
    tests::writeFile(home.filePath(".pgpass").toStdString(), "*:*:*:*:" + std::string(kPassword) + "\n");
    const QByteArray before = qgetenv("HOME");
    qputenv("HOME", home.path().toUtf8());
    qputenv("PGPASSWORD", kPassword);
    qputenv("PGPASSFILE", home.filePath(".pgpass").toUtf8());

    const std::string without = troubleOf(trusting());
    const std::string with = troubleOf(trusting("password='" + std::string(kPassword) + "'"));

    qputenv("HOME", before);
    qunsetenv("PGPASSWORD");
    qunsetenv("PGPASSFILE");
    m_server->setAccess("hostssl all all all trust\n");
    tests::asked(admin, "SELECT pg_reload_conf()");
    QCOMPARE(without, std::string("refused"));
    QCOMPARE(with, std::string("none"));
}

QTEST_APPLESS_MAIN(TestGatewayTls)
#include "tst_gateway_tls.moc"
