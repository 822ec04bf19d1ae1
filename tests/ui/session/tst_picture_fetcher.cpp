// Pictures of the web, from a server of the test's own: what is taken, what is refused, and what is kept.
#include "session/picture_fetcher.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>
#include <QtNetwork/QTcpServer>
#include <QtNetwork/QTcpSocket>

#include <functional>

using namespace sqlgym;
using session::PictureFetcher;

namespace {

/// Answers each request by its path; connections are closed behind the answer.
class Web : public QTcpServer {
public:
    using Answer = std::function<void(QTcpSocket &)>;

    Web()
    {
        if (!listen(QHostAddress::LocalHost))
            qFatal("no port");
        connect(this, &QTcpServer::newConnection, this, [this] {
            auto *socket = nextPendingConnection();
            connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
            connect(socket, &QTcpSocket::readyRead, this, [this, socket] {
                QByteArray &request = m_requests[socket];
                request += socket->readAll();
                if (!request.contains("\r\n\r\n"))
                    return;
                const QString path = QString::fromLatin1(request.split(' ').value(1));
                asked << path;
                last = request;
                m_requests.remove(socket);
                if (const auto answer = answers.find(path); answer != answers.end())
                    (*answer)(*socket);
                else
                    say(*socket, "404 Not Found", {});
            });
        });
    }
    static void say(QTcpSocket &socket, const QByteArray &status, const QByteArray &body, const QByteArray &more = {})
    {
        socket.write("HTTP/1.1 " + status + "\r\nConnection: close\r\nContent-Length: " +
                     QByteArray::number(body.size()) + "\r\n" + more + "\r\n" + body);
        socket.disconnectFromHost();
    }
    static Answer leadingTo(const QString &where)
    {
        return [where](QTcpSocket &socket) { say(socket, "302 Found", {}, "Location: " + where.toLatin1() + "\r\n"); };
    }
    static Answer holding(const QByteArray &body, const QByteArray &more = {})
    {
        return [body, more](QTcpSocket &socket) { say(socket, "200 OK", body, more); };
    }
    QUrl url(const QString &path, const QString &host = QStringLiteral("127.0.0.1")) const
    {
        return {QStringLiteral("http://%1:%2%3").arg(host).arg(serverPort()).arg(path)};
    }

    QHash<QString, Answer> answers;
    QStringList asked;
    QByteArray last; ///< request

private:
    QHash<QTcpSocket *, QByteArray> m_requests;
};

/// One fetcher, and what came of its last question.
struct Fetch {
    explicit Fetch(const QString &cache = {}, int timeoutMs = 15'000) : fetcher(cache, timeoutMs) {}

    void run(const QUrl &url, PictureFetcher::From from = PictureFetcher::From::Web)
    {
        QSignalSpy fetched(&fetcher, &PictureFetcher::fetched);
        QSignalSpy failed(&fetcher, &PictureFetcher::failed);
        fetcher.fetch(url, from);
        QTRY_COMPARE_WITH_TIMEOUT(fetched.size() + failed.size(), 1, 20'000);
        bytes = fetched.isEmpty() ? QByteArray() : fetched.first().at(1).toByteArray();
        why = failed.isEmpty() ? QString() : failed.first().at(1).toString();
        came = !fetched.isEmpty();
        const auto &told = came ? fetched.first() : failed.first();
        QCOMPARE(told.at(0).toUrl(), url); // the one that was asked for, wherever it led
    }

    PictureFetcher fetcher;
    bool came = false;
    QByteArray bytes;
    QString why;
};

} // namespace

class TestPictureFetcher : public QObject {
    Q_OBJECT
private slots:
    void init() { m_web = std::make_unique<Web>(); }
    void addresses_data();
    void addresses();
    void whatIsThereComesAndSaysLittleOfWhoAsks();
    void whatIsNotThereIsTold();
    void redirectionsAreFollowedAFewTimes();
    void redirectionsElsewhereAreNot_data();
    void redirectionsElsewhereAreNot();
    void whatIsTooLargeIsNotTaken_data();
    void whatIsTooLargeIsNotTaken();
    void whatDripsIsGivenUp();
    void whatBreaksOffIsTold();
    void whatWasFetchedIsKeptOnTheDisk();
    void aNewQuestionEndsTheOneBefore();

private:
    std::unique_ptr<Web> m_web;
};

void TestPictureFetcher::addresses_data()
{
    QTest::addColumn<QString>("address");
    QTest::addColumn<bool>("good");

    QTest::newRow("https") << "https://example.org/a.png" << true;
    QTest::newRow("https with a port") << "https://example.org:8443/a.png" << true;
    QTest::newRow("http to this computer by name") << "http://localhost/a.png" << true;
    QTest::newRow("http to this computer by number") << "http://127.0.0.1:8000/a.png" << true;
    QTest::newRow("http to this computer, IPv6") << "http://[::1]/a.png" << true;
    QTest::newRow("http elsewhere") << "http://example.org/a.png" << false;
    QTest::newRow("http to a private address") << "http://192.168.0.1/a.png" << false;
    QTest::newRow("http to a link-local address") << "http://169.254.169.254/latest" << false;
    QTest::newRow("http to a name that only looks like this computer") << "http://localhost.example.org/a" << false;
    QTest::newRow("a file") << "file:///etc/passwd" << false;
    QTest::newRow("data") << "data:image/png;base64,AAAA" << false;
    QTest::newRow("a resource of the program") << "qrc:/sqlgym/icons/run.svg" << false;
    QTest::newRow("ftp") << "ftp://example.org/a.png" << false;
    QTest::newRow("with a user's name") << "https://me@example.org/a.png" << false;
    QTest::newRow("with a password") << "https://me:secret@example.org/a.png" << false;
    QTest::newRow("no host") << "https:///a.png" << false;
    QTest::newRow("nothing") << "" << false;
}

void TestPictureFetcher::addresses()
{
    QFETCH(QString, address);
    QFETCH(bool, good);

    QCOMPARE(session::isPictureAddress(QUrl(address)), good);
    if (good)
        return;
    Fetch fetch;
    fetch.run(QUrl(address));
    QVERIFY(!fetch.came && fetch.why.contains(QStringLiteral("https://")));
}

void TestPictureFetcher::whatIsThereComesAndSaysLittleOfWhoAsks()
{
    m_web->answers["/a.png"] = Web::holding("not even a picture", "Set-Cookie: who=me\r\n");
    Fetch fetch;

    fetch.run(m_web->url("/a.png"));
    QVERIFY(fetch.came);
    QCOMPARE(fetch.bytes, QByteArray("not even a picture")); // whether it is one, its reader tells
    QVERIFY(m_web->last.contains("User-Agent: SQLGym\r\n"));

    fetch.run(m_web->url("/a.png"));
    QVERIFY(fetch.came);
    QVERIFY(!m_web->last.contains("Cookie"));
    QVERIFY(!m_web->last.contains("Referer"));
}

void TestPictureFetcher::whatIsNotThereIsTold()
{
    Fetch fetch;

    fetch.run(m_web->url("/gone.png"));
    QVERIFY(!fetch.came);
    QVERIFY2(fetch.why.contains(QStringLiteral("404")), qPrintable(fetch.why));

    const QUrl url = m_web->url("/a.png");
    m_web.reset(); // nobody listens
    fetch.run(url);
    QVERIFY(!fetch.came && !fetch.why.isEmpty());
}

void TestPictureFetcher::redirectionsAreFollowedAFewTimes()
{
    m_web->answers["/1"] = Web::leadingTo("/2");
    m_web->answers["/2"] = Web::leadingTo(m_web->url("/3").toString());
    m_web->answers["/3"] = Web::leadingTo("4");
    m_web->answers["/4"] = Web::holding("here");
    Fetch fetch;

    fetch.run(m_web->url("/1"));
    QCOMPARE(fetch.bytes, QByteArray("here"));
    QCOMPARE(m_web->asked, (QStringList{"/1", "/2", "/3", "/4"}));

    m_web->answers["/0"] = Web::leadingTo("/1");
    fetch.run(m_web->url("/0")); // once too often
    QVERIFY(!fetch.came && fetch.why.contains(QStringLiteral("own address")));

    m_web->answers["/round"] = Web::leadingTo("/round");
    m_web->asked.clear();
    fetch.run(m_web->url("/round"));
    QVERIFY(!fetch.came);
    QCOMPARE(m_web->asked.size(), 4);
}

void TestPictureFetcher::redirectionsElsewhereAreNot_data()
{
    QTest::addColumn<QString>("where");

    QTest::newRow("another computer, without protection") << "http://192.168.0.1/a.png";
    QTest::newRow("a link-local address") << "http://169.254.169.254/latest";
    QTest::newRow("another scheme") << "https://example.org/a.png";
    QTest::newRow("a file") << "file:///etc/passwd";
    QTest::newRow("data") << "data:image/png;base64,AAAA";
    QTest::newRow("with a user's name") << "http://me@127.0.0.1/a.png";
}

void TestPictureFetcher::redirectionsElsewhereAreNot()
{
    QFETCH(QString, where);
    m_web->answers["/a.png"] = Web::leadingTo(where);
    Fetch fetch;

    fetch.run(m_web->url("/a.png"));

    QVERIFY(!fetch.came);
    QVERIFY2(fetch.why.contains(QStringLiteral("own address")), qPrintable(fetch.why)); // and nobody was asked
    QCOMPARE(m_web->asked.size(), 1);
}

void TestPictureFetcher::whatIsTooLargeIsNotTaken_data()
{
    QTest::addColumn<int>("size");
    QTest::addColumn<bool>("told"); // its length is, before it comes
    QTest::addColumn<bool>("good");

    constexpr int kMost = PictureFetcher::kMostBytes;
    QTest::newRow("as large as may be") << kMost << true << true;
    QTest::newRow("as large as may be, untold") << kMost << false << true;
    QTest::newRow("a byte more") << kMost + 1 << true << false;
    QTest::newRow("a byte more, untold") << kMost + 1 << false << false;
    QTest::newRow("without end") << 40 * kMost << false << false;
}

void TestPictureFetcher::whatIsTooLargeIsNotTaken()
{
    QFETCH(int, size);
    QFETCH(bool, told);
    QFETCH(bool, good);
    m_web->answers["/a.png"] = [=](QTcpSocket &socket) {
        const QByteArray body(size, 'x');
        if (told)
            return Web::say(socket, "200 OK", body);
        socket.write("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + body);
        socket.disconnectFromHost();
    };
    Fetch fetch;

    fetch.run(m_web->url("/a.png"));

    QCOMPARE(fetch.came, good);
    QCOMPARE(fetch.bytes.size(), good ? size : 0);
    QCOMPARE(fetch.why.contains(QStringLiteral("too large")), !good);
}

void TestPictureFetcher::whatDripsIsGivenUp()
{
    QTimer drip;
    m_web->answers["/slow.png"] = [&](QTcpSocket &socket) {
        socket.write("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
        connect(&drip, &QTimer::timeout, &socket, [&socket] { socket.write("x"); });
        drip.start(20);
    };
    Fetch fetch({}, 400);

    fetch.run(m_web->url("/slow.png"));

    QVERIFY(!fetch.came);
    QVERIFY2(fetch.why.contains(QStringLiteral("too long")), qPrintable(fetch.why));
    // The next one has all the time again.
    m_web->answers["/a.png"] = Web::holding("quick");
    fetch.run(m_web->url("/a.png"));
    QCOMPARE(fetch.bytes, QByteArray("quick"));
}

void TestPictureFetcher::whatBreaksOffIsTold()
{
    m_web->answers["/half.png"] = [](QTcpSocket &socket) {
        socket.write("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nhalf");
        socket.disconnectFromHost();
    };
    Fetch fetch;

    fetch.run(m_web->url("/half.png"));

    QVERIFY(!fetch.came && !fetch.why.isEmpty());
}

void TestPictureFetcher::whatWasFetchedIsKeptOnTheDisk()
{
    const QTemporaryDir cache;
    m_web->answers["/a.png"] = Web::holding("kept", "Cache-Control: max-age=3600\r\n");
    const QUrl url = m_web->url("/a.png");
    {
        Fetch fetch(cache.path());
        fetch.run(url, PictureFetcher::From::CacheAlone);
        QVERIFY(!fetch.came && fetch.why.isEmpty()); // not there, and nobody was asked
        QCOMPARE(m_web->asked.size(), 0);
        fetch.run(url);
        QCOMPARE(fetch.bytes, QByteArray("kept"));
        QCOMPARE(m_web->asked.size(), 1);
    }
    m_web.reset();
    Fetch again(cache.path()); // another start, without the server
    again.run(url, PictureFetcher::From::CacheAlone);
    QCOMPARE(again.bytes, QByteArray("kept"));

    again.fetcher.clearCache();
    again.run(url, PictureFetcher::From::CacheAlone);
    QVERIFY(!again.came);
}

void TestPictureFetcher::aNewQuestionEndsTheOneBefore()
{
    m_web->answers["/never.png"] = [](QTcpSocket &) {};
    m_web->answers["/a.png"] = Web::holding("the later one");
    Fetch fetch;
    QSignalSpy fetched(&fetch.fetcher, &PictureFetcher::fetched);
    QSignalSpy failed(&fetch.fetcher, &PictureFetcher::failed);
    fetch.fetcher.fetch(m_web->url("/never.png"), PictureFetcher::From::Web);
    QTRY_COMPARE(m_web->asked.size(), 1);

    fetch.run(m_web->url("/a.png"));

    QCOMPARE(fetch.bytes, QByteArray("the later one"));
    QCOMPARE(fetched.size(), 1);
    QCOMPARE(failed.size(), 0);
    fetch.fetcher.fetch(m_web->url("/never.png"), PictureFetcher::From::Web);
    fetch.fetcher.cancel();
    QTest::qWait(50);
    QCOMPARE(fetched.size() + failed.size(), 1); // of what was given up nothing is heard
}

QTEST_GUILESS_MAIN(TestPictureFetcher)
#include "tst_picture_fetcher.moc"
