// What a server says, in a client's words; what of it reaches a terminal; which of it is tried again.
#include "base/secret.h"
#include "client/retry.h"
#include "client/trouble.h"

#include <QtTest>

#include <set>

using namespace sqlgym;
using client::Trouble;

class TestTrouble : public QObject {
    Q_OBJECT
private slots:
    void sqlstatesAreUnderstood_data();
    void sqlstatesAreUnderstood();
    void textIsMadePlain_data();
    void textIsMadePlain();
    void pausesGrowAndDiffer();
    void onlyWhatMayWorkLaterIsTriedAgain();
    void secretsMoveAndGoAway();
};

void TestTrouble::sqlstatesAreUnderstood_data()
{
    QTest::addColumn<QString>("state");
    QTest::addColumn<QString>("code");
    QTest::addColumn<bool>("transient");
    QTest::newRow("connection failure") << "08006"
                                        << "offline" << true;
    QTest::newRow("admin shutdown") << "57P01"
                                    << "offline" << true;
    QTest::newRow("cannot connect now") << "57P03"
                                        << "offline" << true;
    QTest::newRow("statement cancelled") << "57014"
                                         << "refused" << false;
    QTest::newRow("too many connections") << "53300"
                                          << "busy" << true;
    QTest::newRow("disk full") << "53100"
                               << "busy" << true;
    QTest::newRow("a limit of ours") << "53400"
                                     << "rate_limited" << true;
    QTest::newRow("serialization failure") << "40001"
                                           << "busy" << true;
    QTest::newRow("deadlock") << "40P01"
                              << "busy" << true;
    QTest::newRow("rollback of another kind") << "40002"
                                              << "refused" << false;
    QTest::newRow("not signed in") << "28000"
                                   << "signed_out" << false;
    QTest::newRow("another password") << "28P01"
                                      << "refused" << false;
    QTest::newRow("no right to") << "42501"
                                 << "refused" << false;
    QTest::newRow("taken") << "23505"
                           << "refused" << false;
    QTest::newRow("invalid") << "22023"
                             << "refused" << false;
    QTest::newRow("read only") << "25006"
                               << "read_only" << true;
    QTest::newRow("no such function") << "42883"
                                      << "not_a_server" << false;
    QTest::newRow("nothing said") << ""
                                  << "refused" << false;
}

void TestTrouble::sqlstatesAreUnderstood()
{
    QFETCH(QString, state);
    QFETCH(QString, code);
    QFETCH(bool, transient);
    base::Diagnostic diagnostic;
    diagnostic.sqlstate = state.toStdString();
    diagnostic.message = "the words";
    diagnostic.hint = "Do this";

    const base::Error error = client::errorOf(diagnostic);

    QCOMPARE(QString::fromStdString(error.code), code);
    QCOMPARE(error.transient, transient);
    if (code == "refused")
        QCOMPARE(error.message, std::string("The words. Do this."));
    QVERIFY(error.message.back() == '.');
}

void TestTrouble::textIsMadePlain_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("plain");
    const QByteArray gone = "\xEF\xBF\xBD";
    QTest::newRow("letters") << QByteArray("caf\xC3\xA9 \xF0\x9F\x98\x80")
                             << QByteArray("caf\xC3\xA9 \xF0\x9F\x98\x80");
    QTest::newRow("escape") << QByteArray("a\x1b[2Jb") << "a" + gone + "[2Jb";
    QTest::newRow("C1 escape") << QByteArray("a\xC2\x9B") << "a" + gone;
    QTest::newRow("line break") << QByteArray("a\nb\r") << "a" + gone + "b" + gone;
    QTest::newRow("direction") << QByteArray("a\xE2\x80\xAE") << "a" + gone;
    QTest::newRow("isolate") << QByteArray("\xE2\x81\xA6") << gone;
    QTest::newRow("no width") << QByteArray("\xE2\x80\x8B") << gone;
    QTest::newRow("broken") << QByteArray("\xC3(") << gone + "(";
    QTest::newRow("overlong") << QByteArray("\xC0\x9B") << gone + gone;
    QTest::newRow("surrogate") << QByteArray("\xED\xA0\x80") << gone + gone + gone;
    QTest::newRow("cut off") << QByteArray("\xF0\x9F") << gone + gone;
}

void TestTrouble::textIsMadePlain()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, plain);

    QCOMPARE(QByteArray::fromStdString(client::plainText(text.toStdString())), plain);
}

void TestTrouble::pausesGrowAndDiffer()
{
    std::set<int> seen;
    for (int attempt = 1; attempt <= 20; ++attempt) {
        const int pause = client::pauseMs(attempt);
        QVERIFY(pause >= 100 && pause <= 10'000);
        if (attempt > 7)
            QVERIFY(pause >= 5'000);
        seen.insert(client::pauseMs(10));
    }
    QVERIFY(seen.size() > 5);
}

void TestTrouble::onlyWhatMayWorkLaterIsTriedAgain()
{
    base::CancelToken cancel;
    int tries = 0;
    const auto later = client::withRetries<int>(3, cancel, [&]() -> base::Result<int> {
        if (++tries < 3)
            return client::makeError(Trouble::Offline, "");
        return tries;
    });
    QVERIFY(later && *later == 3);
    tries = 0;
    const auto never = client::withRetries<int>(3, cancel, [&]() -> base::Result<int> {
        ++tries;
        return client::makeError(Trouble::Refused, "");
    });
    QVERIFY(!never);
    QCOMPARE(tries, 1);
    cancel.cancel();
    tries = 0;
    QVERIFY(!client::withRetries<int>(3, cancel, [&]() -> base::Result<int> {
        ++tries;
        return client::makeError(Trouble::Offline, "");
    }));
    QCOMPARE(tries, 1);
}

void TestTrouble::secretsMoveAndGoAway()
{
    base::Secret first("tok");
    first.append("en");
    const char *place = first.c_str();

    base::Secret second(std::move(first));

    QCOMPARE(std::string(second.view()), std::string("token"));
    QCOMPARE(second.c_str(), place); // moved, not copied
    QVERIFY(first.empty());
    first = base::Secret("other");
    second = std::move(first);
    QCOMPARE(std::string(second.c_str()), std::string("other"));
    second.clear();
    QVERIFY(second.empty());
    QCOMPARE(std::string(second.c_str()), std::string());
}

QTEST_APPLESS_MAIN(TestTrouble)
#include "tst_trouble.moc"
