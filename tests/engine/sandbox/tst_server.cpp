#include "sandbox/frame_server.h"
#include "sandbox/outcome_assembly.h"

#include <QtTest>
#include <atomic>
#include <chrono>
#include <csignal>
#include <cstring>
#include <new>
#include <random>
#include <stdexcept>
#include <string>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

using namespace sqlgym;
using namespace sqlgym::sandbox;

namespace {

/// A sandbox that answers with the query, or does what it says.
class Obedient : public Sandbox {
public:
    Outcome load(const std::string &dataset, const std::string &setup) override { return text(dataset + setup); }

    Outcome run(const Request &request, base::CancelToken &cancel) override
    {
        ++runs;
        if (request.query == "wait") {
            waiting = true;
            while (!cancel.cancelled() && !cancel.expired())
                std::this_thread::sleep_for(std::chrono::microseconds(100));
            Outcome outcome;
            outcome.status = cancel.cancelled() ? Status::Cancelled : Status::Timeout;
            return outcome;
        }
        if (request.query == "bad_alloc")
            throw std::bad_alloc();
        if (request.query == "throw")
            throw std::runtime_error("it broke");
        if (request.query == "wide cell")
            return text(std::string(5'000'000, 'w'));
        return text(request.query);
    }

    std::atomic<int> runs{0};
    std::atomic<bool> waiting{false};

private:
    static Outcome text(const std::string &cell)
    {
        Outcome outcome;
        outcome.status = Status::Ok;
        outcome.table.columns = {{"t", "text"}};
        outcome.table.append(cell);
        return outcome;
    }
};

/// A server on a thread, and the other end of its line.
class Line {
public:
    Line()
    {
        int fds[2];
        if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds) != 0)
            qFatal("no socket pair");
        m_fd = fds[0];
        m_serverFd = fds[1];
        FrameServer::Options options;
        options.onParentGone = [this] { goneCalls++; };
        options.stackBytes = 1u << 20;
        m_server = std::make_unique<FrameServer>(sandbox, fds[1], fds[1], options);
        m_thread = std::thread([this] {
            ended = m_server->serve();
            ::shutdown(m_serverFd, SHUT_RDWR);
        });
    }
    ~Line() { hangUp(); }

    void send(std::string_view bytes) const
    {
        while (!bytes.empty()) {
            const auto put = ::send(m_fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (put <= 0)
                return;
            bytes.remove_prefix(static_cast<std::size_t>(put));
        }
    }
    /// The next frame; false at the end of the line.
    bool receive(Frame &frame)
    {
        while (true) {
            if (const auto next = m_inbox.next()) {
                frame = *next;
                return true;
            }
            const auto got = ::recv(m_fd, m_inbox.space(65536), 65536, 0);
            if (got <= 0)
                return false;
            m_inbox.feed(static_cast<std::size_t>(got));
        }
    }
    /// The outcome of request `id`, which has to come next.
    std::optional<Outcome> outcome(RequestId id, bool *leaving = nullptr)
    {
        OutcomeAssembly assembly(id, 1u << 30);
        Frame frame{};
        while (receive(frame)) {
            if (frame.type == FrameType::Hello)
                continue;
            const auto state = assembly.take(frame);
            if (state == OutcomeAssembly::State::Complete) {
                if (leaving)
                    *leaving = assembly.leaving();
                return std::move(assembly.outcome());
            }
            if (state > OutcomeAssembly::State::Complete)
                return std::nullopt;
        }
        return std::nullopt;
    }
    /// Takes everything up to the end of the outcome of request `id`.
    void awaitEndOf(RequestId id)
    {
        Frame frame{};
        bool there = id == 0;
        while (!there && receive(frame)) {
            const auto end = decodeOutcomeEnd(frame.payload);
            there = frame.type == FrameType::OutcomeEnd && end && end->id == id;
        }
    }
    /// Says nothing more, takes what still comes, and waits for the server.
    FrameServer::Ended hangUp()
    {
        if (m_thread.joinable()) {
            ::shutdown(m_fd, SHUT_WR);
            Frame frame{};
            while (receive(frame)) {
            }
            m_thread.join();
            ::close(m_fd);
            ::close(m_serverFd);
        }
        return ended;
    }
    void closeBothWays() const { ::shutdown(m_fd, SHUT_RDWR); }

    Obedient sandbox;
    std::atomic<int> goneCalls{0};
    FrameServer::Ended ended{};

private:
    int m_fd = -1;
    int m_serverFd = -1;
    std::unique_ptr<FrameServer> m_server;
    std::thread m_thread;
    FrameInbox m_inbox{kMaxAnswerFrame};
};

std::string run(RequestId id, const std::string &query, int timeoutMs = 10'000)
{
    return encodeRun(id, {.query = query, .timeoutMs = timeoutMs});
}

void waitFor(const std::atomic<bool> &flag)
{
    while (!flag)
        std::this_thread::sleep_for(std::chrono::microseconds(100));
}

} // namespace

class TestServer : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { ::signal(SIGPIPE, SIG_IGN); }

    void saysHelloFirst();
    void answersInOrder();
    void cancelsWhileARunWorks();
    void ignoresACancelForAnotherRun();
    void cancelsWhatStillWaits();
    void endsARunAtItsOwnLimit();
    void stopsWhenTheParentGoes();
    void survivesAParentThatStopsReading();
    void refusesAFloodOfRequests();
    void endsAtBadInput_data();
    void endsAtBadInput();
    void turnsExceptionsIntoOutcomes_data();
    void turnsExceptionsIntoOutcomes();
    void sendsAWideCellInPieces();
    void survivesDamagedStreams();
};

void TestServer::saysHelloFirst()
{
    Line line;
    Frame frame{};

    QVERIFY(line.receive(frame));
    QCOMPARE(frame.type, FrameType::Hello);
    QCOMPARE(decodeHello(frame.payload), std::optional<std::uint32_t>(kProtocolVersion));
}

void TestServer::answersInOrder()
{
    Line line;
    line.send(encodeLoad(1, "club", ":tables") + run(2, "one") + run(3, "two"));

    const auto loaded = line.outcome(1);
    const auto one = line.outcome(2);
    const auto two = line.outcome(3);

    QVERIFY(loaded && one && two);
    QVERIFY(loaded->table.cell(0, 0) == "club:tables");
    QVERIFY(one->table.cell(0, 0) == "one");
    QVERIFY(two->table.cell(0, 0) == "two");
    QCOMPARE(line.hangUp(), FrameServer::Ended::ParentGone);
    QCOMPARE(line.goneCalls.load(), 1);
}

void TestServer::cancelsWhileARunWorks()
{
    Line line;
    line.send(run(1, "wait", 0));
    waitFor(line.sandbox.waiting);

    line.send(encodeCancel(1));

    const auto outcome = line.outcome(1);
    QVERIFY(outcome);
    QCOMPARE(outcome->status, Status::Cancelled);
}

void TestServer::ignoresACancelForAnotherRun()
{
    Line line;
    line.send(run(5, "wait", 100));
    waitFor(line.sandbox.waiting);

    line.send(encodeCancel(4));

    const auto outcome = line.outcome(5);
    QVERIFY(outcome);
    QCOMPARE(outcome->status, Status::Timeout);
}

void TestServer::cancelsWhatStillWaits()
{
    Line line;
    line.send(run(1, "wait", 0));
    waitFor(line.sandbox.waiting);
    line.send(run(2, "wait", 0) + encodeCancel(2) + encodeCancel(1));

    QCOMPARE(line.outcome(1).value_or(Outcome()).status, Status::Cancelled);
    QCOMPARE(line.outcome(2).value_or(Outcome()).status, Status::Cancelled);
}

void TestServer::endsARunAtItsOwnLimit()
{
    Line line;
    line.send(run(1, "wait", 50));

    QCOMPARE(line.outcome(1).value_or(Outcome()).status, Status::Timeout);
}

void TestServer::stopsWhenTheParentGoes()
{
    Line line;
    line.send(run(1, "wait", 0));
    waitFor(line.sandbox.waiting);

    QCOMPARE(line.hangUp(), FrameServer::Ended::ParentGone);
    QCOMPARE(line.goneCalls.load(), 1);
}

void TestServer::survivesAParentThatStopsReading()
{
    Line line;
    line.send(run(1, "wide cell"));
    line.closeBothWays();

    QCOMPARE(line.hangUp(), FrameServer::Ended::ParentGone);
}

void TestServer::refusesAFloodOfRequests()
{
    Line line;
    line.send(run(1, "wait", 0));
    waitFor(line.sandbox.waiting);
    for (RequestId id = 2; id < 20; ++id)
        line.send(run(id, "x"));

    QCOMPARE(line.hangUp(), FrameServer::Ended::BadInput);
}

void TestServer::endsAtBadInput_data()
{
    QTest::addColumn<QByteArray>("bytes");

    const auto bytes = [](const std::string &text) { return QByteArray::fromStdString(text); };
    auto longer = run(1, "x");
    longer[0] = static_cast<char>(longer[0] + 1);
    QTest::newRow("a frame that only the server sends") << bytes(encodeHello());
    QTest::newRow("no such frame") << bytes(std::string("\1\0\0\0\x63", 5));
    QTest::newRow("4 GB") << bytes("\xff\xff\xff\xff\2");
    QTest::newRow("half a message") << bytes(std::string("\3\0\0\0\2ab", 7));
    QTest::newRow("a message and more") << bytes(longer + "!");
}

void TestServer::endsAtBadInput()
{
    QFETCH(const QByteArray, bytes);
    Line line;
    line.send({bytes.constData(), static_cast<std::size_t>(bytes.size())});
    Frame frame{};
    while (line.receive(frame))
        QCOMPARE(frame.type, FrameType::Hello);

    QCOMPARE(line.hangUp(), FrameServer::Ended::BadInput);
    QCOMPARE(line.sandbox.runs.load(), 0);
}

void TestServer::turnsExceptionsIntoOutcomes_data()
{
    QTest::addColumn<QString>("query");
    QTest::addColumn<int>("status");

    QTest::newRow("memory that ran out") << "bad_alloc" << static_cast<int>(Status::MemoryLimit);
    QTest::newRow("any other") << "throw" << static_cast<int>(Status::Failed);
}

void TestServer::turnsExceptionsIntoOutcomes()
{
    QFETCH(const QString, query);
    QFETCH(const int, status);
    Line line;
    line.send(run(1, query.toStdString()));
    bool leaving = false;

    const auto outcome = line.outcome(1, &leaving);

    QVERIFY(outcome);
    QCOMPARE(static_cast<int>(outcome->status), status);
    QVERIFY(leaving);
}

void TestServer::sendsAWideCellInPieces()
{
    Line line;
    line.send(run(1, "wide cell"));
    Frame frame{};
    int pieces = 0;
    OutcomeAssembly assembly(1, 1u << 30);
    auto state = OutcomeAssembly::State::Waiting;
    while (state < OutcomeAssembly::State::Complete && line.receive(frame)) {
        pieces += frame.type == FrameType::OutcomeBytes ? 1 : 0;
        if (frame.type != FrameType::Hello)
            state = assembly.take(frame);
    }

    QCOMPARE(state, OutcomeAssembly::State::Complete);
    QCOMPARE(pieces, 5);
    QVERIFY(assembly.outcome().table.cell(0, 0) == std::string(5'000'000, 'w'));
}

/// 50,000 frames, a few bytes of each stream changed, left out or added: the server ends, or answers, and never else.
void TestServer::survivesDamagedStreams()
{
    std::mt19937 random(15);
    constexpr int kFrames = 50'000;
    constexpr int kEach = 8;
    int bad = 0;
    int runs = 0;
    for (int sent = 0; sent < kFrames; sent += kEach) {
        std::string stream;
        RequestId lastAnswered = 0;
        for (RequestId id = 1; id <= kEach; ++id) {
            const auto kind = random() % 4;
            lastAnswered = kind == 0 ? lastAnswered : id;
            stream += kind == 0   ? encodeCancel(id)
                      : kind == 1 ? encodeLoad(id, "club", "tables")
                                  : run(id, "SELECT 1", 1);
        }
        const auto damages = random() % 4;
        for (auto i = damages; i > 0; --i) {
            const auto at = random() % stream.size();
            if (random() % 3 == 0)
                stream.erase(at, 1 + random() % 8);
            else
                stream[at] = static_cast<char>(random());
        }
        Line line;
        line.send(stream);
        if (damages == 0)
            line.awaitEndOf(lastAnswered);
        bad += line.hangUp() == FrameServer::Ended::BadInput ? 1 : 0;
        runs += line.sandbox.runs;
    }
    qInfo("of %d streams %d were refused; %d runs", kFrames / kEach, bad, runs);
    QVERIFY(bad > 100 && bad < kFrames / kEach);
    QVERIFY(runs > 1000);
}

QTEST_APPLESS_MAIN(TestServer)
#include "tst_server.moc"
