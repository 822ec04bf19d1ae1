#include "cache/cache.h"
#include "sample_pack.h"

#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>

using namespace sqlgym;
using cache::Cache;
using cache::ProblemFilter;
using cachetest::samplePack;

namespace {

std::vector<std::string> slugsOf(const std::vector<cache::ProblemSummary> &problems)
{
    std::vector<std::string> slugs;
    for (const cache::ProblemSummary &problem : problems)
        slugs.push_back(problem.slug);
    return slugs;
}

std::unique_ptr<Cache> cacheWith(const content::Pack &pack)
{
    auto cache = Cache::openInMemory();
    if (!cache)
        qFatal("%s", cache.error().message.c_str());
    if (auto loaded = (*cache)->problems().loadPack(pack); !loaded)
        qFatal("%s", loaded.error().message.c_str());
    return std::move(*cache);
}

using Slugs = std::vector<std::string>;

} // namespace

class TestCatalogue : public QObject {
    Q_OBJECT

private slots:
    void problemsComeInCatalogueOrder();
    void aProblemComesBackWhole();
    void anUnknownProblemIsNamed();
    void filters_data();
    void filters();
    void searchFindsWhileTyping_data();
    void searchFindsWhileTyping();
    void searchFollowsWhatChanges();
    void loadingTwiceChangesNothing();
    void aNewVersionReplacesAndForgetsWhatNobodyTouched();
    void namesMayBeExchanged();
    void aTopicOfTheSameNameIsTheSameTopic();
    void theExpectedHashIsKept();
    void aPackThatCannotBeStoredLeavesTheOldOne();
    void statesFollowWhatTheLearnerDid();
    void topicsAndBadgesComeBack();
    void fiveThousandProblems();
};

void TestCatalogue::problemsComeInCatalogueOrder()
{
    auto cache = cacheWith(samplePack());

    auto problems = cache->problems().problems();

    QVERIFY(problems);
    QCOMPARE(slugsOf(*problems), (Slugs{"quiet-readers", "early-birds", "late-returns"}));
    const cache::ProblemSummary &first = problems->front();
    QCOMPARE(first.title, std::string("read quietly"));
    QCOMPARE(first.topicName, std::string("Filtering"));
    QCOMPARE(first.topicId, content::topicId("filtering"));
    QCOMPARE(first.difficulty, content::Difficulty::Hard);
    QCOMPARE(first.tags, (std::vector<std::string>{"where"}));
    QCOMPARE(first.state, progress::ProblemState::New);
    QVERIFY(!first.bookmarked);
}

void TestCatalogue::aProblemComesBackWhole()
{
    const content::Problem original = samplePack().problems[0];
    auto cache = cacheWith(samplePack());

    auto bySlug = cache->problems().problem("late-returns");
    auto byId = cache->problems().problem(original.id);

    QVERIFY(bySlug && byId);
    const content::Problem &read = *bySlug;
    QCOMPARE(byId->slug, original.slug);
    QCOMPARE(read.id, original.id);
    QCOMPARE(read.title, original.title);
    QCOMPARE(read.topic, original.topic);
    QCOMPARE(read.question, original.question);
    QCOMPARE(read.company, original.company);
    QCOMPARE(read.contract.grain, original.contract.grain);
    QCOMPARE(read.hints.size(), std::size_t{3});
    QCOMPARE(read.solutionSql, original.solutionSql);
    QCOMPARE(read.tables.size(), std::size_t{1});
    QCOMPARE(read.tables[0].rows, original.tables[0].rows);
    QCOMPARE(read.tables[0].primaryKey, original.tables[0].primaryKey);
    QCOMPARE(read.tests.size(), std::size_t{2});
    QCOMPARE(read.tests[0].name, std::string("as given"));
    QVERIFY(!read.tests[0].hidden && read.tests[1].hidden);
    QCOMPARE(read.tests[1].id, original.tests[1].id);
    QCOMPARE(read.tests[1].expected.rows, original.tests[1].expected.rows);
    QCOMPARE(read.tests[1].input[0].rows, original.tests[1].input[0].rows);
    QCOMPARE(read.tests[1].rules.mustUse, original.tests[1].rules.mustUse);
    QCOMPARE(read.tests[1].timeoutSeconds, 3);
    QCOMPARE(read.tests[1].memoryLimitMb, 32);
    QCOMPARE(read.orderIndex, 2);
    QCOMPARE(content::setupSql(read, &read.tests[1]), content::setupSql(original, &original.tests[1]));
}

void TestCatalogue::anUnknownProblemIsNamed()
{
    auto cache = cacheWith(samplePack());

    auto problem = cache->problems().problem("no-such-thing");

    QVERIFY(!problem);
    QCOMPARE(problem.error().code, std::string("unknown_problem"));
    QVERIFY(problem.error().message.find("no-such-thing") != std::string::npos);
}

void TestCatalogue::filters_data()
{
    QTest::addColumn<ProblemFilter>("filter");
    QTest::addColumn<Slugs>("slugs");

    ProblemFilter topic;
    topic.topicId = content::topicId("joins");
    QTest::newRow("a topic has those of the topics below it") << topic << Slugs{"early-birds", "late-returns"};
    ProblemFilter hard;
    hard.difficulty = content::Difficulty::Hard;
    QTest::newRow("difficulty") << hard << Slugs{"quiet-readers"};
    ProblemFilter tag;
    tag.tag = "null handling";
    QTest::newRow("tag") << tag << Slugs{"early-birds", "late-returns"};
    ProblemFilter partOfTag;
    partOfTag.tag = "null";
    QTest::newRow("part of a tag is another tag") << partOfTag << Slugs{};
    ProblemFilter company;
    company.company = "Harbour Library";
    QTest::newRow("company") << company << Slugs{"early-birds", "late-returns"};
    ProblemFilter text;
    text.text = "quiet";
    QTest::newRow("text") << text << Slugs{"quiet-readers"};
    ProblemFilter both;
    both.text = "members";
    both.difficulty = content::Difficulty::Easy;
    both.topicId = content::topicId("outer-joins");
    QTest::newRow("conditions are joined by AND") << both << Slugs{"late-returns"};
    ProblemFilter state;
    state.state = progress::ProblemState::Solved;
    QTest::newRow("nothing is solved yet") << state << Slugs{};
    ProblemFilter bookmarked;
    bookmarked.bookmarkedOnly = true;
    QTest::newRow("nothing is bookmarked yet") << bookmarked << Slugs{};
}

void TestCatalogue::filters()
{
    QFETCH(ProblemFilter, filter);
    QFETCH(Slugs, slugs);
    auto cache = cacheWith(samplePack());

    auto problems = cache->problems().problems(filter);

    QVERIFY2(problems, problems ? "" : problems.error().message.c_str());
    QCOMPARE(slugsOf(*problems), slugs);
}

void TestCatalogue::searchFindsWhileTyping_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<std::size_t>("hits");

    QTest::newRow("the start of a word of the title") << std::string("quie") << std::size_t{1};
    QTest::newRow("one letter") << std::string("q") << std::size_t{1};
    QTest::newRow("words of the statement, in any order") << std::string("list early") << std::size_t{1};
    QTest::newRow("case does not matter") << std::string("QUIETLY") << std::size_t{1};
    QTest::newRow("accents do not matter") << std::string("cafe") << std::size_t{3};
    QTest::newRow("typed accents neither") << std::string("cafè") << std::size_t{3};
    QTest::newRow("a tag") << std::string("handling") << std::size_t{2};
    QTest::newRow("operators of FTS5 are words") << std::string("read AND quietly") << std::size_t{0};
    QTest::newRow("quotes and stars are no syntax") << std::string("\"read* (quietly") << std::size_t{1};
    QTest::newRow("a column filter is no syntax") << std::string("title:quietly") << std::size_t{0};
    QTest::newRow("signs alone find nothing") << std::string("*** \" -") << std::size_t{0};
    QTest::newRow("nothing finds nothing") << std::string() << std::size_t{0};
    QTest::newRow("no hit") << std::string("zebra") << std::size_t{0};
}

void TestCatalogue::searchFindsWhileTyping()
{
    QFETCH(std::string, text);
    QFETCH(std::size_t, hits);
    auto cache = cacheWith(samplePack());

    auto found = cache->search().search(text);

    QVERIFY2(found, found ? "" : found.error().message.c_str());
    QCOMPARE(found->size(), hits);
    for (const cache::SearchHit &hit : *found)
        QVERIFY(!hit.title.empty() && !hit.snippet.empty());
}

void TestCatalogue::searchFollowsWhatChanges()
{
    content::Pack pack = samplePack();
    auto cache = cacheWith(pack);
    pack.problems[2].title = "hum loudly";
    pack.problems[2].question = "Who hums?";

    QVERIFY(cache->problems().loadPack(pack));

    QCOMPARE(cache->search().search("quietly")->size(), std::size_t{0});
    QCOMPARE(cache->search().search("hums")->size(), std::size_t{1});
    QCOMPARE(cache->problems().summary("quiet-readers")->value().title, std::string("hum loudly"));
}

void TestCatalogue::loadingTwiceChangesNothing()
{
    auto cache = cacheWith(samplePack());
    const auto before = cache->problems().problems();

    auto again = cache->problems().loadPack(samplePack(), "fingerprint");

    QVERIFY(again);
    QCOMPARE(again->problems, 3);
    QCOMPARE(again->removed, 0);
    QCOMPARE(slugsOf(*cache->problems().problems()), slugsOf(*before));
    const auto packs = cache->problems().loadedPacks();
    QCOMPARE(packs->size(), std::size_t{1});
    QCOMPARE(packs->front().fingerprint, std::string("fingerprint"));
    QCOMPARE(packs->front().version, std::string("1"));
}

void TestCatalogue::aNewVersionReplacesAndForgetsWhatNobodyTouched()
{
    content::Pack pack = samplePack();
    auto cache = cacheWith(pack);
    const std::string touched = pack.problems[0].id;
    QVERIFY(cache->drafts().save({touched, "SELECT 1"}));
    content::Pack next = samplePack();
    next.problems.erase(next.problems.begin(), next.problems.begin() + 2);
    next.problems[0].tests.pop_back();

    auto loaded = cache->problems().loadPack(next);

    QVERIFY(loaded);
    QCOMPARE(loaded->removed, 1);
    QCOMPARE(loaded->kept, 1);
    QCOMPARE(slugsOf(*cache->problems().problems()), (Slugs{"quiet-readers", "late-returns"}));
    QCOMPARE(cache->problems().problem("quiet-readers")->tests.size(), std::size_t{1});
    QCOMPARE(cache->drafts().draft(touched)->value().text, std::string("SELECT 1"));
    QCOMPARE(cache->search().search("early")->size(), std::size_t{0});
}

void TestCatalogue::namesMayBeExchanged()
{
    content::Pack pack = samplePack();
    auto cache = cacheWith(pack);
    std::swap(pack.topics[0].name, pack.topics[1].name);
    std::swap(pack.problems[0].tests[0].name, pack.problems[0].tests[1].name);

    auto loaded = cache->problems().loadPack(pack);

    QVERIFY2(loaded, loaded ? "" : loaded.error().message.c_str());
    QCOMPARE(cache->problems().problem("late-returns")->tests[0].name, std::string("with NULLs"));
}

void TestCatalogue::aTopicOfTheSameNameIsTheSameTopic()
{
    content::Pack other = samplePack();
    other.name = "other";
    other.topics = {cachetest::topic("Filtering", 1)};
    other.topics[0].id = "33333333-3333-4333-8333-333333333333";
    other.problems.clear();
    auto cache = cacheWith(other);

    auto loaded = cache->problems().loadPack(samplePack());

    QVERIFY2(loaded, loaded ? "" : loaded.error().message.c_str());
    QCOMPARE(cache->problems().topics()->size(), std::size_t{3});
    QCOMPARE(cache->problems().summary("quiet-readers")->value().topicId, other.topics[0].id);
}

void TestCatalogue::theExpectedHashIsKept()
{
    content::Pack pack = samplePack();
    pack.problems[1].expectedHash = "given";
    auto cache = Cache::openInMemory();
    QVERIFY(cache);

    QVERIFY((*cache)->problems().loadPack(pack, {}, [](const content::Problem &p) { return "hash of " + p.slug; }));

    QCOMPARE((*cache)->problems().problem("late-returns")->expectedHash, std::string("hash of late-returns"));
    QCOMPARE((*cache)->problems().problem("early-birds")->expectedHash, std::string("given"));
}

void TestCatalogue::aPackThatCannotBeStoredLeavesTheOldOne()
{
    auto cache = cacheWith(samplePack());
    content::Pack broken = samplePack();
    broken.problems[0].title = "changed";
    broken.problems[2].title = std::string(201, 'x'); // problems.title is VARCHAR(200)

    auto loaded = cache->problems().loadPack(broken);

    QVERIFY(!loaded);
    QVERIFY(loaded.error().message.find("quiet-readers") != std::string::npos);
    QCOMPARE(cache->problems().problem("late-returns")->title, std::string("return late"));
}

void TestCatalogue::statesFollowWhatTheLearnerDid()
{
    const content::Pack pack = samplePack();
    auto cache = cacheWith(pack);
    cache::Attempt run;
    run.problemId = pack.problems[0].id;
    run.query = "SELECT 1";
    run.outcome = "ok";

    QVERIFY(cache->attempts().add(run));
    QVERIFY(cache->learning().giveUp(pack.problems[1].id));
    QVERIFY(cache->learning().setBookmark(pack.problems[2].id, true));

    QCOMPARE(cache->problems().summary("late-returns")->value().state, progress::ProblemState::Tried);
    QCOMPARE(cache->problems().summary("early-birds")->value().state, progress::ProblemState::GaveUp);
    QCOMPARE(cache->problems().summary("quiet-readers")->value().state, progress::ProblemState::New);
    ProblemFilter bookmarked;
    bookmarked.bookmarkedOnly = true;
    QCOMPARE(slugsOf(*cache->problems().problems(bookmarked)), Slugs{"quiet-readers"});
    ProblemFilter gaveUp;
    gaveUp.state = progress::ProblemState::GaveUp;
    QCOMPARE(slugsOf(*cache->problems().problems(gaveUp)), Slugs{"early-birds"});
}

void TestCatalogue::topicsAndBadgesComeBack()
{
    auto cache = cacheWith(samplePack());

    auto topics = cache->problems().topics();
    auto badges = cache->problems().badges();

    QVERIFY(topics && badges);
    Slugs order;
    for (const content::Topic &topic : *topics)
        order.push_back(topic.slug);
    QCOMPARE(order, (Slugs{"filtering", "joins", "outer-joins"}));
    QCOMPARE(topics->at(2).parent, std::string("joins"));
    QCOMPARE(badges->size(), std::size_t{1});
    QCOMPARE(badges->front().pointsReward, 50);
    QCOMPARE(*cache->problems().tags(), (Slugs{"join", "null handling", "where"}));
    QCOMPARE(*cache->problems().companies(), Slugs{"Harbour Library"});
}

void TestCatalogue::fiveThousandProblems()
{
    QTemporaryDir folder;
    auto cache = Cache::open(folder.filePath("profile.db").toStdString());
    QVERIFY(cache);
    const content::Pack pack = cachetest::largePack(5000);
    QElapsedTimer clock;

    clock.start();
    QVERIFY((*cache)->problems().loadPack(pack));
    const qint64 loadMs = clock.restart();
    auto problems = (*cache)->problems().problems();
    const qint64 listMs = clock.restart();
    auto found = (*cache)->search().search("task numb 49", 500);
    const qint64 searchMs = clock.restart();
    QVERIFY((*cache)->problems().loadPack(pack));
    const qint64 reloadMs = clock.restart();
    cache->reset();
    clock.restart();
    cache::CacheOptions options;
    options.alwaysCheck = true;
    auto checked = Cache::open(folder.filePath("profile.db").toStdString(), options);
    const qint64 checkedOpenMs = clock.restart();
    checked->reset();
    clock.restart();
    auto reopened = Cache::open(folder.filePath("profile.db").toStdString());
    const qint64 openMs = clock.elapsed();

    QVERIFY(problems && found && checked && reopened);
    QCOMPARE(problems->size(), std::size_t{5000});
    QCOMPARE(found->size(), std::size_t{1 + 10 + 100});
    qInfo("5,000 problems: loaded in %lld ms, again in %lld ms, listed in %lld ms, searched in %lld ms; "
          "opened in %lld ms, with a full check in %lld ms",
          loadMs, reloadMs, listMs, searchMs, openMs, checkedOpenMs);
    QVERIFY2(listMs < 1000, "the list must feel instant");
}

QTEST_APPLESS_MAIN(TestCatalogue)
#include "tst_catalogue.moc"
