#include "base/timestamp.h"
#include "cache/cache.h"
#include "sample_pack.h"
#include "set_clock.h"

#include <QTemporaryDir>
#include <QTest>
#include <sys/stat.h>

using namespace sqlgym;
using cache::Cache;
using cache::Draft;
using cachetest::SetClock;

class TestStores : public QObject {
    Q_OBJECT

private slots:
    void init();
    void theFileIsTheOwnersAlone();
    void theLocalUserIsMadeOnce();
    void userNames_data();
    void userNames();
    void aDraftComesBackAsTyped();
    void draftsAreListedLastEditedFirst();
    void historyKeepsAVersionAMinute();
    void historyKeepsWhatVanishesAtOnce();
    void historyKeepsTheNewestHundred();
    void aRemovedScratchTabIsForgotten();
    void attemptsAreKeptNewestFirst();
    void anAttemptIsAddedOnce();
    void hintsAndGivingUpStay();
    void interactionsAreOneRowPerProblem();
    void frozenDaysComeAndGo();
    void uiStateHoldsBytes();
    void theOutboxKeepsOrderAndReasons();
    void anUnknownOutboxEntryIsAnError();
    void momentsAreText_data();
    void momentsAreText();

private:
    std::unique_ptr<Cache> open()
    {
        cache::CacheOptions options;
        options.clock = &m_clock;
        options.userName = "ada";
        auto cache = Cache::open(m_folder->filePath("deep/in/profile.db").toStdString(), options);
        if (!cache)
            qFatal("%s", cache.error().message.c_str());
        return std::move(*cache);
    }
    std::unique_ptr<QTemporaryDir> m_folder;
    SetClock m_clock;
};

void TestStores::init() { m_folder = std::make_unique<QTemporaryDir>(); }

void TestStores::theFileIsTheOwnersAlone()
{
    auto cache = open();

    struct stat status {};
    QCOMPARE(::stat(qPrintable(m_folder->filePath("deep/in/profile.db")), &status), 0);
    QCOMPARE(status.st_mode & 0777u, 0600u);
    QCOMPARE(::stat(qPrintable(m_folder->filePath("deep/in")), &status), 0);
    QCOMPARE(status.st_mode & 0777u, 0700u);
}

void TestStores::theLocalUserIsMadeOnce()
{
    std::string id;
    {
        auto cache = open();
        id = cache->userId();
        QVERIFY(cache->report().created);
    }

    auto again = open();

    QCOMPARE(id.size(), std::size_t{36});
    QCOMPARE(again->userId(), id);
    QCOMPARE(again->userName(), std::string("ada"));
}

void TestStores::userNames_data()
{
    QTest::addColumn<std::string>("wanted");
    QTest::addColumn<std::string>("name");

    QTest::newRow("as it is") << std::string("zoë") << std::string("zoë");
    QTest::newRow("none") << std::string() << std::string("learner");
    QTest::newRow("blank") << std::string("  ") << std::string("learner");
    QTest::newRow("broken bytes") << std::string("a\xff") << std::string("learner");
    QTest::newRow("control characters") << std::string("a\nb") << std::string("ab");
    std::string many;
    for (int i = 0; i < 50; ++i)
        many.append("ë");
    QTest::newRow("too long is cut between characters") << std::string(many).append("ëx") << many;
}

void TestStores::userNames()
{
    QFETCH(std::string, wanted);
    QFETCH(std::string, name);
    cache::CacheOptions options;
    options.userName = wanted;

    auto cache = Cache::openInMemory(options);

    QVERIFY(cache);
    QCOMPARE((*cache)->userName(), name);
}

void TestStores::aDraftComesBackAsTyped()
{
    std::string text("SELECT '€',\n\t'a\0b'", 20);
    text.append(1 << 20, '-');
    {
        auto cache = open();
        QVERIFY(cache->drafts().save({"p", "first", 1, 0}));
        QVERIFY(cache->drafts().save({"p", text, 42, 7}));
    }

    auto draft = open()->drafts().draft("p");

    QVERIFY(draft && *draft);
    QCOMPARE((*draft)->text, text);
    QCOMPARE((*draft)->cursorUtf16, 42);
    QCOMPARE((*draft)->scrollLine, 7);
    QCOMPARE((*draft)->updatedAt, m_clock.now());
    QVERIFY(!*open()->drafts().draft("other"));
}

void TestStores::draftsAreListedLastEditedFirst()
{
    auto cache = open();
    QVERIFY(cache->drafts().save({"p", "one"}));
    m_clock.advance(1);
    QVERIFY(cache->drafts().save({"scratch/1", "two"}));

    auto drafts = cache->drafts().drafts();

    QVERIFY(drafts);
    QCOMPARE(drafts->size(), std::size_t{2});
    QCOMPARE(drafts->at(0).document, std::string("scratch/1"));
}

void TestStores::historyKeepsAVersionAMinute()
{
    auto cache = open();
    for (int second = 0; second <= 130; ++second) {
        QVERIFY(cache->drafts().save({"p", "SELECT " + std::to_string(second)}));
        m_clock.advance(SetClock::kSecond);
    }

    auto history = cache->drafts().history("p");

    QVERIFY(history);
    QCOMPARE(history->size(), std::size_t{3});
    QCOMPARE(history->at(2).text, std::string("SELECT 0"));
    QVERIFY(history->at(0).savedAt - history->at(1).savedAt >= 59 * SetClock::kSecond);
    QCOMPARE(cache->drafts().draft("p")->value().text, std::string("SELECT 130"));
}

void TestStores::historyKeepsWhatVanishesAtOnce()
{
    auto cache = open();
    QVERIFY(cache->drafts().save({"p", "x"}));
    QVERIFY(cache->drafts().save({"p", "SELECT name FROM member WHERE late"}));

    QVERIFY(cache->drafts().save({"p", ""}));

    const auto history = cache->drafts().history("p");
    QCOMPARE(history->size(), std::size_t{2});
    QCOMPARE(history->at(0).text, std::string("SELECT name FROM member WHERE late"));
}

void TestStores::historyKeepsTheNewestHundred()
{
    auto cache = open();
    for (int i = 0; i < 130; ++i) {
        QVERIFY(cache->drafts().save({"p", "version " + std::to_string(i)}));
        m_clock.advance(61 * SetClock::kSecond);
    }

    const auto history = cache->drafts().history("p");

    QCOMPARE(history->size(), std::size_t{100});
    QCOMPARE(history->front().text, std::string("version 128"));
    QCOMPARE(history->back().text, std::string("version 29"));
}

void TestStores::aRemovedScratchTabIsForgotten()
{
    auto cache = open();
    QVERIFY(cache->drafts().save({"scratch/1", "SELECT a, b, c, d, e, f FROM t"}));
    QVERIFY(cache->drafts().save({"scratch/1", "x"}));

    QVERIFY(cache->drafts().remove("scratch/1"));

    QVERIFY(!*cache->drafts().draft("scratch/1"));
    QVERIFY(cache->drafts().history("scratch/1")->empty());
}

void TestStores::attemptsAreKeptNewestFirst()
{
    auto cache = open();
    cache::Attempt run;
    run.problemId = "p";
    run.query = "SELECT 1";
    run.outcome = "ok";
    run.elapsedUs = 1234;
    run.rows = 5;
    run.utcOffsetMinutes = -300;
    QVERIFY(cache->attempts().add(run));
    m_clock.advance(1);
    cache::Attempt check = run;
    check.kind = cache::AttemptKind::Check;
    check.correct = true;
    check.rows.reset();
    check.verdictJson = R"({"correct":true})";
    auto id = cache->attempts().add(check);

    auto attempts = cache->attempts().attempts("p");

    QVERIFY(attempts && id);
    QCOMPARE(attempts->size(), std::size_t{2});
    const cache::Attempt &newest = attempts->front();
    QCOMPARE(newest.id, *id);
    QCOMPARE(newest.kind, cache::AttemptKind::Check);
    QVERIFY(newest.correct && !newest.rows);
    QCOMPARE(newest.verdictJson, check.verdictJson);
    QCOMPARE(newest.startedAt, m_clock.now());
    QCOMPARE(attempts->back().rows, std::optional<std::int64_t>(5));
    QCOMPARE(attempts->back().elapsedUs, 1234);
    QCOMPARE(attempts->back().utcOffsetMinutes, -300);
    QCOMPARE(cache->attempts().attempts("p", 1)->size(), std::size_t{1});
    QCOMPARE(cache->attempts().attempt(*id)->value().query, std::string("SELECT 1"));
}

void TestStores::anAttemptIsAddedOnce()
{
    auto cache = open();
    cache::Attempt attempt;
    attempt.id = "11111111-1111-4111-8111-111111111111";
    attempt.problemId = "p";
    attempt.query = "SELECT 1";

    QVERIFY(cache->attempts().add(attempt));
    QVERIFY(cache->attempts().add(attempt));

    QCOMPARE(cache->attempts().attempts("p")->size(), std::size_t{1});
}

void TestStores::hintsAndGivingUpStay()
{
    auto cache = open();
    QVERIFY(cache->learning().useHint("p", 1));
    QVERIFY(cache->learning().useHint("p", 2));
    QVERIFY(cache->learning().useHint("p", 1));
    const auto at = m_clock.now();
    QVERIFY(cache->learning().giveUp("p"));
    m_clock.advance(5);
    QVERIFY(cache->learning().giveUp("p"));

    QCOMPARE(*cache->learning().hintsUsed("p"), (std::set<int>{1, 2}));
    QCOMPARE(*cache->learning().gaveUpAt("p"), std::optional<base::UnixMicros>(at));
    QVERIFY(!*cache->learning().gaveUpAt("q"));
}

void TestStores::interactionsAreOneRowPerProblem()
{
    auto cache = open();
    QVERIFY(cache->problems().loadPack(cachetest::samplePack()));
    const std::string id = content::problemId("late-returns");

    QVERIFY(cache->learning().setBookmark(id, true));
    QVERIFY(cache->learning().setInteraction(id, {true, true, true}));

    const auto both = cache->learning().interaction(id);
    QVERIFY(both->bookmark && both->upvote && !both->downvote);
    QVERIFY(cache->learning().setBookmark(id, false));
    const auto voted = cache->learning().interaction(id);
    QVERIFY(!voted->bookmark && voted->upvote);
    QVERIFY(!cache->learning().setBookmark("no such problem", true));
}

void TestStores::frozenDaysComeAndGo()
{
    auto cache = open();
    QVERIFY(cache->learning().setFrozenDay(20'000, true));
    QVERIFY(cache->learning().setFrozenDay(20'001, true));
    QVERIFY(cache->learning().setFrozenDay(20'000, false));

    QCOMPARE(*cache->learning().frozenDays(), (std::set<progress::LocalDay>{20'001}));
}

void TestStores::uiStateHoldsBytes()
{
    const std::string bytes("\0\xff\x01 state", 9);
    {
        auto cache = open();
        QVERIFY(cache->uiState().set({{"splitter", bytes}, {"problem", "old"}}));
        QVERIFY(cache->uiState().set("problem", "late-returns"));
        QVERIFY(cache->uiState().set("empty", ""));
        QVERIFY(cache->uiState().set("gone", "x"));
        QVERIFY(cache->uiState().remove("gone"));
    }

    auto cache = open();

    QCOMPARE(*cache->uiState().value("splitter"), std::optional(bytes));
    QCOMPARE(*cache->uiState().value("problem"), std::optional(std::string("late-returns")));
    QCOMPARE(*cache->uiState().value("empty"), std::optional(std::string()));
    QVERIFY(!*cache->uiState().value("gone"));
}

void TestStores::theOutboxKeepsOrderAndReasons()
{
    auto cache = open();
    for (const char *id : {"b", "a", "c"})
        QVERIFY(cache->outbox().add(id, "submit", R"({"n":1})"));
    QVERIFY(cache->outbox().add("a", "submit", R"({"n":2})"));

    QVERIFY(cache->outbox().markSent("b", 7));
    QCOMPARE((*cache->outbox().begin("a"))->tries, 1);
    QVERIFY(cache->outbox().markFailed("a", "no network", true));
    QVERIFY(cache->outbox().markFailed("c", "the problem is gone", false));

    const auto all = cache->outbox().entries();
    QCOMPARE(all->size(), std::size_t{3});
    QCOMPARE(all->at(0).id, std::string("b"));
    QCOMPARE(all->at(1).payloadJson, std::string(R"({"n":1})"));
    QCOMPARE(all->at(1).lastError, std::string("no network"));
    QCOMPARE(all->at(1).tries, 1);
    const auto rejected = cache->outbox().entries(cache::OutboxState::Rejected);
    QCOMPARE(rejected->size(), std::size_t{1});
    QCOMPARE(rejected->front().lastError, std::string("the problem is gone"));
    QVERIFY(cache->outbox().retry("c"));
    QCOMPARE(cache->outbox().entries(cache::OutboxState::Pending)->size(), std::size_t{2});
    QVERIFY(cache->outbox().discard("c"));
    QCOMPARE(cache->outbox().entries()->size(), std::size_t{2});
}

void TestStores::anUnknownOutboxEntryIsAnError()
{
    auto cache = open();

    for (const auto &done : {cache->outbox().markSent("x", 7), cache->outbox().markFailed("x", "", true),
                             cache->outbox().retry("x"), cache->outbox().mend("x", "{}")}) {
        QVERIFY(!done);
        QCOMPARE(done.error().code, std::string("unknown_entry"));
    }
    QCOMPARE(cache->outbox().discard("x").error().code, std::string("unknown_entry"));
    QVERIFY(!*cache->outbox().begin("x"));
}

void TestStores::momentsAreText_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<std::optional<base::UnixMicros>>("at");
    using At = std::optional<base::UnixMicros>;

    QTest::newRow("1970") << std::string("1970-01-01 00:00:00.000000") << At(0);
    QTest::newRow("with a zone") << std::string("1970-01-01 00:00:01.000000+00") << At(1'000'000);
    QTest::newRow("as PostgreSQL shortens it") << std::string("2000-02-29 12:34:56.5") << At(951'827'696'500'000);
    QTest::newRow("without decimals") << std::string("2000-02-29 12:34:56") << At(951'827'696'000'000);
    QTest::newRow("before 1970") << std::string("1969-12-31 23:59:59.999999") << At(-1);
    QTest::newRow("no such day") << std::string("2001-02-29 00:00:00") << At();
    QTest::newRow("no moment") << std::string("yesterday") << At();
    QTest::newRow("too many decimals") << std::string("2000-02-29 12:34:56.1234567") << At();
    QTest::newRow("trailing words") << std::string("2000-02-29 12:34:56 BC") << At();
    QTest::newRow("empty") << std::string() << At();
}

void TestStores::momentsAreText()
{
    QFETCH(std::string, text);
    QFETCH(std::optional<base::UnixMicros>, at);

    QCOMPARE(base::parseTimestamp(text), at);
    if (at)
        QCOMPARE(base::parseTimestamp(base::timestampTzText(*at)), at);
}

QTEST_APPLESS_MAIN(TestStores)
#include "tst_stores.moc"
