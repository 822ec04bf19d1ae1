// A session in a real keychain, and where there is none.
#include "keychain_host.h"
#include "tokens/token_store.h"

#include <QtTest>

using namespace sqlgym;

class TestKeychain : public QObject {
    Q_OBJECT
private slots:
    void withoutAKeychainThatIsSaid();
    void whatIsKeptIsFoundForItsServerAlone();
    void itemsLookAsQtKeychainMakesThem();

private:
    tests::KeychainHost m_host;
};

void TestKeychain::withoutAKeychainThatIsSaid()
{
    qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/no/such/bus");

    const auto read = tokens::keychain()->read("a@b:1/c");

    QVERIFY(!read);
    QCOMPARE(read.error().code, std::string("no_keychain"));
    QVERIFY(!tokens::keychain()->write("a@b:1/c", base::Secret("x")));
}

void TestKeychain::whatIsKeptIsFoundForItsServerAlone()
{
    if (!tests::KeychainHost::installed())
        QSKIP("gnome-keyring is not installed");
    QVERIFY(m_host.start());
    qputenv("DBUS_SESSION_BUS_ADDRESS", m_host.address());
    auto store = tokens::keychain();

    base::Result<void> written;
    QTRY_VERIFY2((written = store->write("a@b:1/c", base::Secret("first"))), written.error().message.c_str());
    QVERIFY(store->write("a@b:1/c", base::Secret("second")));

    const auto kept = store->read("a@b:1/c");
    QVERIFY(kept && *kept);
    QCOMPARE(std::string((**kept).view()), std::string("second"));
    const auto other = store->read("a@elsewhere:1/c");
    QVERIFY(other && !*other);
    QVERIFY(store->remove("a@b:1/c"));
    const auto gone = store->read("a@b:1/c");
    QVERIFY(gone && !*gone);
    QVERIFY(store->remove("a@b:1/c"));
}

void TestKeychain::itemsLookAsQtKeychainMakesThem()
{
    if (m_host.address().isEmpty())
        QSKIP("gnome-keyring is not installed");
    QVERIFY(tokens::keychain()->write("a@b:1/c", base::Secret("token")));

    QProcess gdbus;
    gdbus.start("gdbus",
                {"call", "--session", "--dest", "org.freedesktop.secrets", "--object-path", "/org/freedesktop/secrets",
                 "--method", "org.freedesktop.Secret.Service.SearchItems",
                 "{'user': 'a@b:1/c', 'server': 'SQLGym', 'type': 'plaintext', 'xdg:schema': 'org.qt.keychain'}"});
    if (!gdbus.waitForFinished(20'000))
        QSKIP("gdbus is not installed");

    const QByteArray found = gdbus.readAllStandardOutput();
    QVERIFY2(found.contains("/org/freedesktop/secrets/collection/"), found + gdbus.readAllStandardError());
}

QTEST_GUILESS_MAIN(TestKeychain)
#include "tst_keychain.moc"
