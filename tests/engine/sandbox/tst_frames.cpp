#include "sandbox/frame.h"
#include "sandbox/messages.h"
#include "sandbox/outcome_assembly.h"

#include <QtTest>
#include <cstring>
#include <limits>
#include <random>
#include <string>

using namespace sqlgym;
using namespace sqlgym::sandbox;

namespace {

constexpr std::size_t kPrefix = 5;

std::string payloadOf(const std::string &frame) { return frame.substr(kPrefix); }

void pour(FrameInbox &inbox, std::string_view bytes)
{
    std::memcpy(inbox.space(bytes.size()), bytes.data(), bytes.size());
    inbox.feed(bytes.size());
}

Outcome sample()
{
    Outcome outcome;
    outcome.status = Status::Ok;
    outcome.by = Engine::Postgres;
    outcome.commandTag = "SELECT 2";
    outcome.diagnostic = {"22012", "division by zero", "detail", "hint", 8};
    outcome.feature = "feature";
    outcome.dependsOnOrder = true;
    outcome.elapsedUs = -7;
    outcome.memoryPeakBytes = std::numeric_limits<std::uint64_t>::max();
    outcome.table.columns = {{"größe", "int4"}, {"?column?", "_text"}};
    for (const auto &cell :
         {ResultTable::Cell("1"), ResultTable::Cell(), ResultTable::Cell(""), ResultTable::Cell("xyz")})
        outcome.table.append(cell);
    return outcome;
}

/// The frames of an outcome as a server sends them.
std::vector<std::string> framesOf(const Outcome &outcome, RequestId id)
{
    FrameWriter bytes(FrameType::OutcomeBytes);
    bytes.rest(outcome.table.flatBytes());
    return {encodeOutcomeHead(id, outcome, false), std::move(bytes).finish(), encodeEnds(outcome.table.flatEnds()),
            encodeOutcomeEnd(id, true)};
}

OutcomeAssembly::State assemble(OutcomeAssembly &assembly, const std::vector<std::string> &frames)
{
    auto state = OutcomeAssembly::State::Waiting;
    FrameInbox inbox(kMaxAnswerFrame);
    for (const auto &bytes : frames) {
        pour(inbox, bytes);
        while (const auto frame = inbox.next()) {
            state = assembly.take(*frame);
            if (state >= OutcomeAssembly::State::Complete)
                return state;
        }
    }
    return state;
}

/// One byte changed, inserted or left out, or the end cut off.
std::string damaged(std::string bytes, std::mt19937 &random)
{
    for (auto times = 1 + random() % 3; times > 0; --times) {
        const auto at = random() % (bytes.size() + 1);
        switch (random() % 4) {
        case 0:
            bytes.insert(at, 1, static_cast<char>(random()));
            break;
        case 1:
            bytes.resize(at);
            break;
        default:
            if (at < bytes.size())
                bytes[at] = static_cast<char>(random());
        }
    }
    return bytes;
}

} // namespace

class TestFrames : public QObject {
    Q_OBJECT

private slots:
    void cutsAStreamWhereverItIsTorn();
    void refusesLengthsBeyondTheCap_data();
    void refusesLengthsBeyondTheCap();
    void carriesRequests();
    void carriesOutcomes();
    void carriesRowsWithoutColumns();
    void cutsLongWordsBetweenCharacters();
    void refusesEndsThatDoNotFit_data();
    void refusesEndsThatDoNotFit();
    void refusesAnAnswerToSomethingElse();
    void refusesMoreThanWasAnnounced();
    void survivesDamagedAnswers();
    void survivesDamagedRequests();
};

void TestFrames::cutsAStreamWhereverItIsTorn()
{
    const std::string stream = encodeCancel(7) + encodeHello() + encodeCancel(8);
    for (std::size_t step = 1; step <= stream.size(); ++step) {
        FrameInbox inbox(100);
        std::vector<FrameType> types;
        for (std::size_t at = 0; at < stream.size(); at += step) {
            pour(inbox, std::string_view(stream).substr(at, step));
            while (const auto frame = inbox.next())
                types.push_back(frame->type);
        }
        QCOMPARE(types, (std::vector{FrameType::Cancel, FrameType::Hello, FrameType::Cancel}));
        QVERIFY(!inbox.broken());
    }
}

void TestFrames::refusesLengthsBeyondTheCap_data()
{
    QTest::addColumn<QByteArray>("bytes");

    QTest::newRow("no type") << QByteArray("\0\0\0\0", 4);
    QTest::newRow("one too many") << QByteArray("\x65\0\0\0\1", 5);
    QTest::newRow("4 GB") << QByteArray("\xff\xff\xff\xff\1", 5);
}

void TestFrames::refusesLengthsBeyondTheCap()
{
    QFETCH(const QByteArray, bytes);
    FrameInbox inbox(100);
    pour(inbox, {bytes.constData(), static_cast<std::size_t>(bytes.size())});

    QVERIFY(!inbox.next());
    QVERIFY(inbox.broken());
    pour(inbox, encodeHello());
    QVERIFY(!inbox.next());
}

void TestFrames::carriesRequests()
{
    Request request;
    request.dataset = "club";
    request.query = std::string("SELECT '\0€'", 13);
    request.timeoutMs = -1;
    request.memoryMb = 64;
    request.maxRows = std::numeric_limits<std::uint64_t>::max();
    request.singleStatement = true;

    const auto run = decodeRun(payloadOf(encodeRun(42, request)));
    const auto load = decodeLoad(payloadOf(encodeLoad(43, "club", "CREATE TABLE t()")));

    QVERIFY(run);
    QCOMPARE(run->id, RequestId{42});
    QCOMPARE(run->request.dataset, request.dataset);
    QCOMPARE(run->request.query, request.query);
    QCOMPARE(run->request.timeoutMs, -1);
    QCOMPARE(run->request.memoryMb, 64);
    QCOMPARE(run->request.maxRows, request.maxRows);
    QVERIFY(run->request.singleStatement);
    QVERIFY(load);
    QCOMPARE(load->dataset, std::string("club"));
    QCOMPARE(load->setup, std::string("CREATE TABLE t()"));
    QCOMPARE(decodeCancel(payloadOf(encodeCancel(44))), std::optional<RequestId>(44));
}

void TestFrames::carriesOutcomes()
{
    const Outcome sent = sample();
    OutcomeAssembly assembly(5, 1u << 20);

    QCOMPARE(assemble(assembly, framesOf(sent, 5)), OutcomeAssembly::State::Complete);

    const Outcome &got = assembly.outcome();
    QCOMPARE(got.status, sent.status);
    QCOMPARE(got.by, sent.by);
    QCOMPARE(got.commandTag, sent.commandTag);
    QCOMPARE(got.diagnostic, sent.diagnostic);
    QCOMPARE(got.feature, sent.feature);
    QCOMPARE(got.dependsOnOrder, true);
    QCOMPARE(got.truncated, false);
    QCOMPARE(got.elapsedUs, sent.elapsedUs);
    QCOMPARE(got.memoryPeakBytes, sent.memoryPeakBytes);
    QCOMPARE(got.table.columns, sent.table.columns);
    QCOMPARE(got.table.rowCount(), std::size_t{2});
    QVERIFY(got.table.cell(0, 0) == "1");
    QVERIFY(got.table.cell(0, 1) == std::nullopt);
    QVERIFY(got.table.cell(1, 0) == "");
    QVERIFY(got.table.cell(1, 1) == "xyz");
}

void TestFrames::carriesRowsWithoutColumns()
{
    Outcome sent;
    sent.status = Status::Ok;
    for (int i = 0; i < 3; ++i)
        sent.table.appendEmptyRow();
    OutcomeAssembly assembly(5, 1u << 20);

    QCOMPARE(assemble(assembly, {encodeOutcomeHead(5, sent, false), encodeOutcomeEnd(5, true)}),
             OutcomeAssembly::State::Complete);
    QCOMPARE(assembly.outcome().table.rowCount(), std::size_t{3});
}

void TestFrames::cutsLongWordsBetweenCharacters()
{
    Outcome sent;
    for (std::size_t i = 0; i < kMaxWords; ++i)
        sent.diagnostic.message += "€";

    const auto head = decodeOutcomeHead(payloadOf(encodeOutcomeHead(5, sent, false)));

    QVERIFY(head);
    const auto &message = head->outcome.diagnostic.message;
    QVERIFY(message.size() <= kMaxWords && message.size() > kMaxWords - 3);
    QCOMPARE(message.size() % 3, std::size_t{0});
}

void TestFrames::refusesEndsThatDoNotFit_data()
{
    constexpr std::uint64_t kNull = std::uint64_t{1} << 63;
    QTest::addColumn<QList<quint64>>("ends");

    QTest::newRow("backwards") << QList<quint64>{1, 0, 1, 4};
    QTest::newRow("behind the text") << QList<quint64>{1, 1, 1, 5};
    QTest::newRow("a NULL with text") << QList<quint64>{1, 2 | kNull, 2, 4};
    QTest::newRow("half a row") << QList<quint64>{1, 1 | kNull, 4};
    QTest::newRow("too many") << QList<quint64>{1, 1 | kNull, 1, 4, 4, 4};
    QTest::newRow("too few") << QList<quint64>{1, 4};
    QTest::newRow("not all the text") << QList<quint64>{1, 1, 1, 3};
}

void TestFrames::refusesEndsThatDoNotFit()
{
    QFETCH(const QList<quint64>, ends);
    auto frames = framesOf(sample(), 5);
    const std::vector<std::uint64_t> wrong(ends.begin(), ends.end());
    frames[2] = encodeEnds(wrong);
    OutcomeAssembly assembly(5, 1u << 20);

    QCOMPARE(assemble(assembly, frames), OutcomeAssembly::State::Nonsense);
}

void TestFrames::refusesAnAnswerToSomethingElse()
{
    OutcomeAssembly assembly(6, 1u << 20);

    QCOMPARE(assemble(assembly, framesOf(sample(), 5)), OutcomeAssembly::State::Nonsense);
}

void TestFrames::refusesMoreThanWasAnnounced()
{
    auto frames = framesOf(sample(), 5);
    frames.insert(frames.begin() + 1, frames[1]);
    OutcomeAssembly assembly(5, 1u << 20);
    OutcomeAssembly narrow(5, 10);

    QCOMPARE(assemble(assembly, frames), OutcomeAssembly::State::Nonsense);
    QCOMPARE(assemble(narrow, framesOf(sample(), 5)), OutcomeAssembly::State::TooLarge);
}

/// 50,000 damaged answers: whatever is taken for complete can be read cell by cell.
void TestFrames::survivesDamagedAnswers()
{
    std::mt19937 random(20261122);
    std::string stream;
    for (const auto &frame : framesOf(sample(), 5))
        stream += frame;
    int complete = 0;
    int refused = 0;
    std::size_t cells = 0;
    for (int i = 0; i < 50'000; ++i) {
        OutcomeAssembly assembly(5, 1u << 20);
        const auto state = assemble(assembly, {damaged(stream, random)});
        refused += state == OutcomeAssembly::State::Nonsense ? 1 : 0;
        if (state != OutcomeAssembly::State::Complete)
            continue;
        ++complete;
        const auto &table = assembly.outcome().table;
        for (std::size_t row = 0; row < table.rowCount() && table.columnCount() > 0; ++row) {
            for (std::size_t column = 0; column < table.columnCount(); ++column)
                cells += table.cell(row, column).value_or("").size();
        }
    }
    qInfo("of 50000 damaged answers %d were refused, %d were whole (%zu bytes of cells)", refused, complete, cells);
    QVERIFY(refused > 10'000);
    QVERIFY(complete > 100);
}

void TestFrames::survivesDamagedRequests()
{
    std::mt19937 random(20261123);
    const std::string run = payloadOf(encodeRun(1, {.dataset = "club", .query = "SELECT 1"}));
    const std::string load = payloadOf(encodeLoad(1, "club", "CREATE TABLE t()"));
    int taken = 0;
    for (int i = 0; i < 50'000; ++i) {
        const auto asRun = decodeRun(damaged(run, random));
        const auto asLoad = decodeLoad(damaged(load, random));
        taken += (asRun ? 1 : 0) + (asLoad ? 1 : 0);
        QVERIFY(!asRun || asRun->request.query.size() <= run.size() + 3);
        QVERIFY(!asLoad || asLoad->setup.size() <= load.size() + 3);
    }
    QVERIFY(taken > 0 && taken < 100'000);
}

QTEST_APPLESS_MAIN(TestFrames)
#include "tst_frames.moc"
