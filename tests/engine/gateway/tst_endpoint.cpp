// What the text that names a server becomes.
#include "client/trouble.h"
#include "gateway/endpoint.h"

#include <QtTest>

using namespace sqlgym;

class TestEndpoint : public QObject {
    Q_OBJECT
private slots:
    void onlyLocalHostsGoUnverified_data();
    void onlyLocalHostsGoUnverified();
    void whatIsLeftOutIsFilledIn();
    void whatIsSaidIsKept();
    void whatNamesNoServerIsRefused_data();
    void whatNamesNoServerIsRefused();
    void theAddressHoldsNoSecret();
    void passwordsAreBoundToTheConnection();
};

void TestEndpoint::onlyLocalHostsGoUnverified_data()
{
    QTest::addColumn<QString>("dsn");
    QTest::addColumn<QString>("mode");
    QTest::newRow("a host") << "host=gym.example.org"
                            << "verify-full";
    QTest::newRow("an address") << "host=192.0.2.7"
                                << "verify-full";
    QTest::newRow("a private address") << "host=10.0.0.1"
                                       << "verify-full";
    QTest::newRow("a URL") << "postgresql://gym.example.org/gym"
                           << "verify-full";
    QTest::newRow("loopback by name") << "host=localhost"
                                      << "prefer";
    QTest::newRow("loopback") << "host=127.0.0.1"
                              << "prefer";
    QTest::newRow("loopback, another") << "host=127.1.2.3"
                                       << "prefer";
    QTest::newRow("loopback, IPv6") << "host=::1"
                                    << "prefer";
    QTest::newRow("a socket") << "host=/run/postgresql"
                              << "prefer";
    QTest::newRow("an abstract socket") << "host=@gym"
                                        << "prefer";
    QTest::newRow("no host") << ""
                             << "prefer";
    QTest::newRow("begins like loopback") << "host=127.0.0.1.evil.example"
                                          << "verify-full";
    QTest::newRow("begins like localhost") << "host=localhost.evil.example"
                                           << "verify-full";
    QTest::newRow("loopback written short") << "host=127.1"
                                            << "verify-full";
    QTest::newRow("written as a number") << "host=2130706433"
                                         << "verify-full";
    QTest::newRow("one of two is far") << "host=localhost,gym.example.org"
                                       << "verify-full";
    QTest::newRow("both are near") << "host=localhost,127.0.0.1"
                                   << "prefer";
    QTest::newRow("near by name, far by address") << "host=localhost hostaddr=192.0.2.7"
                                                  << "verify-full";
    QTest::newRow("near, with whom to trust") << "host=localhost sslrootcert=/ca.crt"
                                              << "verify-full";
    QTest::newRow("said otherwise") << "host=gym.example.org sslmode=require"
                                    << "require";
}

void TestEndpoint::onlyLocalHostsGoUnverified()
{
    QFETCH(QString, dsn);
    QFETCH(QString, mode);

    const auto endpoint = gateway::endpoint(dsn.toStdString());

    QVERIFY(endpoint);
    QCOMPARE(QString::fromStdString(endpoint->parameters.at("sslmode")), mode);
    QCOMPARE(endpoint->parameters.contains("sslrootcert"), mode.startsWith("verify"));
}

void TestEndpoint::whatIsLeftOutIsFilledIn()
{
    const auto endpoint = gateway::endpoint("host=gym.example.org");

    QVERIFY(endpoint);
    QCOMPARE(endpoint->parameters.at("user"), std::string("sqlgym_client"));
    QCOMPARE(endpoint->parameters.at("dbname"), std::string("sqlgym"));
    QCOMPARE(endpoint->parameters.at("target_session_attrs"), std::string("read-write"));
    QCOMPARE(endpoint->address, std::string("sqlgym_client@gym.example.org:5432/sqlgym"));
}

void TestEndpoint::whatIsSaidIsKept()
{
    const auto endpoint =
        gateway::endpoint("postgresql://me@gym.example.org:6432/club?connect_timeout=3&target_session_attrs=any");

    QVERIFY(endpoint);
    QCOMPARE(endpoint->address, std::string("me@gym.example.org:6432/club"));
    QCOMPARE(endpoint->parameters.at("connect_timeout"), std::string("3"));
    QCOMPARE(endpoint->parameters.at("target_session_attrs"), std::string("any"));
}

void TestEndpoint::whatNamesNoServerIsRefused_data()
{
    QTest::addColumn<QString>("dsn");
    QTest::newRow("no connection string") << "gym.example.org";
    QTest::newRow("an unknown keyword") << "host=x colour=blue";
    QTest::newRow("a service") << "service=gym";
    QTest::newRow("a quote left open") << "host='x";
}

void TestEndpoint::whatNamesNoServerIsRefused()
{
    QFETCH(QString, dsn);

    const auto endpoint = gateway::endpoint(dsn.toStdString());

    QVERIFY(!endpoint);
    QCOMPARE(client::troubleOf(endpoint.error()), client::Trouble::BadAddress);
}

void TestEndpoint::theAddressHoldsNoSecret()
{
    const auto endpoint = gateway::endpoint("postgresql://me:s3cret@gym.example.org/club?sslpassword=s3cret");

    QVERIFY(endpoint);
    QVERIFY(endpoint->address.find("s3cret") == std::string::npos);
}

void TestEndpoint::passwordsAreBoundToTheConnection()
{
    const auto far = gateway::endpoint("host=gym.example.org password=x");
    const auto said = gateway::endpoint("host=gym.example.org password=x channel_binding=prefer");
    const auto near = gateway::endpoint("host=localhost password=x");
    const auto none = gateway::endpoint("host=gym.example.org");

    QCOMPARE(far->parameters.at("channel_binding"), std::string("require"));
    QCOMPARE(said->parameters.at("channel_binding"), std::string("prefer"));
    QVERIFY(!near->parameters.contains("channel_binding"));
    QVERIFY(!none->parameters.contains("channel_binding"));
}

QTEST_APPLESS_MAIN(TestEndpoint)
#include "tst_endpoint.moc"
