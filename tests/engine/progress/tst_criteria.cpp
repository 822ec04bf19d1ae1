// Generated criteria on generated lives, against an evaluator that counts everything anew each time.
#include "progress/badges.h"

#include "content/json_schema.h"

#include <QtTest>

#include <nlohmann/json.hpp>

#include <random>

using namespace sqlgym;
using namespace sqlgym::progress;
using content::Difficulty;
using Json = nlohmann::json;

namespace {

constexpr std::int64_t kHour = 3'600'000'000;
constexpr const char *kTopics[] = {"joins", "windows", "ctes"};
constexpr const char *kLevels[] = {"BEGINNER", "EASY", "MEDIUM", "HARD", "EXPERT"};

struct Life {
    std::vector<ProblemFact> problems;
    std::vector<Event> events; ///< in order
    std::set<LocalDay> frozen;
    base::UnixMicros now = 0;
    Deeds deeds;
};

class Dice {
public:
    explicit Dice(unsigned seed) : m_engine(seed) {}
    int below(int end) { return static_cast<int>(m_engine() % static_cast<unsigned>(end)); }

private:
    std::mt19937 m_engine;
};

Life life(Dice &dice)
{
    Life life;
    for (int i = 0; i < 3 + dice.below(12); ++i) {
        const int topic = dice.below(3);
        life.problems.push_back({"p" + std::to_string(i), "t" + std::to_string(topic), kTopics[topic], kTopics[topic],
                                 static_cast<Difficulty>(dice.below(5))});
    }
    for (int i = dice.below(80); i > 0; --i) {
        Event event;
        event.kind = dice.below(3) > 0 ? EventKind::Submit : static_cast<EventKind>(dice.below(5));
        event.problemId = "p" + std::to_string(dice.below(16));
        event.at = life.now += (1 + dice.below(30)) * kHour;
        event.utcOffsetMinutes = (dice.below(27) - 12) * 60;
        event.correct = dice.below(2) == 0;
        event.executionMs = dice.below(60) - 1;
        life.events.push_back(event);
    }
    for (int Deeds::*each : {&Deeds::posts, &Deeds::comments, &Deeds::likesReceived, &Deeds::followers,
                             &Deeds::solutionsShared, &Deeds::linksShared})
        life.deeds.*each = dice.below(7);
    return life;
}

Json criteria(Dice &dice, int depth = 0)
{
    const int kind = dice.below(depth < 2 ? 22 : 19);
    const int count = 1 + dice.below(5);
    const char *topic = kTopics[dice.below(3)];
    switch (kind) {
    case 0:
        return {{"kind", "topic_solved"}, {"topic", topic}};
    case 1:
        return {{"kind", "solved_in_topic"}, {"topic", topic}, {"count", count}};
    case 2:
        return {{"kind", "difficulty_solved"}, {"difficulty", kLevels[dice.below(5)]}, {"count", count}};
    case 3:
        return {{"kind", "fast"}, {"milliseconds", 1 + dice.below(40)}, {"count", count}};
    case 4:
        return {{"kind", "streak"}, {"days", count}};
    case 5:
        return {{"kind", "active_days"}, {"days", count}};
    case 19:
    case 20:
    case 21: {
        Json parts = Json::array();
        for (int i = kind == 21 ? 1 : 1 + dice.below(4); i > 0; --i)
            parts.push_back(criteria(dice, depth + 1));
        return {{"kind", kind == 19 ? "all" : kind == 20 ? "any" : "not"}, {"of", parts}};
    }
    default:
        break;
    }
    constexpr const char *kCounts[] = {"problems_solved", "first_try",      "no_hints",        "topics_begun",
                                       "topics_finished", "not_given_up",   "solved_in_a_day", "posts",
                                       "comments",        "likes_received", "followers",       "solutions_shared",
                                       "links_shared"};
    return {{"kind", kCounts[kind - 6]}, {"count", count}};
}

/// All that was done about one problem, up to and with the first right answer.
struct Story {
    bool solved = false, seen = false, hint = false;
    int wrong = 0;
    Event solve;
};

Story story(const Life &life, const std::string &problem)
{
    Story story;
    for (const Event &event : life.events) {
        if (event.problemId != problem)
            continue;
        if (event.kind == EventKind::Hint)
            story.hint = true;
        if (event.kind == EventKind::SolutionSeen)
            story.seen = true;
        if (event.kind == EventKind::Submit && event.correct) {
            story.solved = true;
            story.solve = event;
            return story;
        }
        story.wrong += event.kind == EventKind::Submit ? 1 : 0;
    }
    return story;
}

template <typename Holds> int count(const Life &life, Holds holds)
{
    int count = 0;
    for (const ProblemFact &problem : life.problems)
        count += holds(problem, story(life, problem.problemId)) ? 1 : 0;
    return count;
}

int topics(const Life &life, bool all)
{
    int found = 0;
    for (const char *slug : kTopics) {
        const auto here = [&](const ProblemFact &p, const Story &) { return p.topicSlug == slug; };
        const auto done = [&](const ProblemFact &p, const Story &s) { return p.topicSlug == slug && s.solved; };
        found += count(life, done) > 0 && (!all || count(life, done) == count(life, here)) ? 1 : 0;
    }
    return found;
}

LocalDay dayOf(const Event &event)
{
    return QDateTime::fromMSecsSinceEpoch(event.at / 1000 + event.utcOffsetMinutes * qint64{60'000}, Qt::UTC)
        .date()
        .toJulianDay();
}

bool holds(const Json &wanted, const Life &life)
{
    const std::string kind = wanted["kind"];
    const int goal = wanted.value("count", wanted.value("days", 0));
    const std::string topic = wanted.value("topic", "");
    const auto ofTopic = [&](const ProblemFact &p, const Story &) { return p.topicSlug == topic; };
    const auto solvedThere = [&](const ProblemFact &p, const Story &s) { return p.topicSlug == topic && s.solved; };
    if (kind == "all" || kind == "any" || kind == "not") {
        int true_ = 0;
        for (const Json &part : wanted["of"])
            true_ += holds(part, life) ? 1 : 0;
        return kind == "not" ? true_ == 0 : kind == "any" ? true_ > 0 : true_ == static_cast<int>(wanted["of"].size());
    }
    if (kind == "topic_solved")
        return count(life, ofTopic) > 0 && count(life, solvedThere) == count(life, ofTopic);
    if (kind == "solved_in_topic")
        return count(life, solvedThere) >= goal;
    if (kind == "topics_begun" || kind == "topics_finished")
        return topics(life, kind == "topics_finished") >= goal;
    const std::map<std::string, int> deeds{{"posts", life.deeds.posts},
                                           {"comments", life.deeds.comments},
                                           {"likes_received", life.deeds.likesReceived},
                                           {"followers", life.deeds.followers},
                                           {"solutions_shared", life.deeds.solutionsShared},
                                           {"links_shared", life.deeds.linksShared}};
    if (deeds.contains(kind))
        return deeds.at(kind) >= goal;
    if (kind == "streak")
        return streakAt(life.events, life.now, 0, life.frozen).longest >= goal;
    std::set<LocalDay> days;
    std::map<LocalDay, int> perDay;
    for (const Event &event : life.events) {
        if (event.kind == EventKind::Submit && event.correct)
            days.insert(dayOf(event));
    }
    if (kind == "active_days")
        return static_cast<int>(days.size()) >= goal;
    bool reached = false;
    const int found = count(life, [&](const ProblemFact &p, const Story &s) {
        if (!s.solved)
            return false;
        if (kind == "problems_solved")
            return true;
        if (kind == "difficulty_solved")
            return wanted["difficulty"] == kLevels[static_cast<int>(p.difficulty)];
        if (s.seen)
            return false;
        if (kind == "first_try")
            return s.wrong == 0;
        if (kind == "no_hints")
            return !s.hint;
        if (kind == "fast")
            return std::any_of(life.events.begin(), life.events.end(), [&](const Event &e) {
                return e.problemId == p.problemId && e.kind == EventKind::Submit && e.correct && e.executionMs >= 0 &&
                       e.executionMs <= wanted["milliseconds"].get<int>();
            });
        reached = reached || (kind == "not_given_up" ? s.wrong >= goal : ++perDay[dayOf(s.solve)] >= goal);
        return false;
    });
    return reached || (found >= goal && kind != "not_given_up" && kind != "solved_in_a_day");
}

} // namespace

class TestCriteria : public QObject {
    Q_OBJECT
private slots:
    void generatedCriteriaAgreeWithCounting();
    void wordsSayWhatIsAsked_data();
    void wordsSayWhatIsAsked();
    void whatANewerServerAsksForIsNamed_data();
    void whatANewerServerAsksForIsNamed();
};

void TestCriteria::generatedCriteriaAgreeWithCounting()
{
    Dice dice(7);
    int earned = 0;
    std::map<std::string, std::pair<int, int>> kinds; // earned, not
    for (int round = 0; round < 4'000; ++round) {
        const Life lived = life(dice);
        const BadgeFacts facts{lived.events, lived.problems, lived.now, 0, lived.frozen, lived.deeds};
        const BadgeMeter meter(facts);
        for (int i = 0; i < 5; ++i) {
            const Json wanted = criteria(dice);
            content::Badge badge;
            badge.criteriaJson = wanted.dump();
            QVERIFY2(content::checkColumn("criteria", badge.criteriaJson), badge.criteriaJson.c_str());

            const auto progress = meter.progress(badge);

            QVERIFY2(progress, badge.criteriaJson.c_str());
            QVERIFY2(progress->earned() == holds(wanted, lived), badge.criteriaJson.c_str());
            QVERIFY(progress->goal >= 1 && progress->done >= 0);
            QVERIFY(progress->criteria.ends_with('.') && progress->words.ends_with('.'));
            earned += progress->earned() ? 1 : 0;
            auto &tally = kinds[wanted["kind"]];
            (progress->earned() ? tally.first : tally.second)++;
        }
    }
    QCOMPARE(kinds.size(), std::size_t{22});
    for (const auto &[kind, tally] : kinds)
        QVERIFY2(tally.first > 20 && tally.second > 20, kind.c_str());
}

void TestCriteria::wordsSayWhatIsAsked_data()
{
    QTest::addColumn<QByteArray>("criteria");
    QTest::addColumn<QString>("asked");
    QTest::addColumn<QString>("words");
    const auto row = [](const char *name, const char *criteria, const char *asked, const char *words) {
        QTest::newRow(name) << QByteArray(criteria) << QString::fromLatin1(asked) << QString::fromLatin1(words);
    };
    row("part of a topic", R"({"kind":"solved_in_topic","topic":"joins","count":2})", "Solve 2 problems in Joins.",
        "1 of 2 problems in Joins solved.");
    row("topics begun", R"({"kind":"topics_begun","count":2})", "Solve something in 2 different topics.",
        "Something solved in 1 of 2 topics.");
    row("topics finished", R"({"kind":"topics_finished","count":1})", "Solve every problem of 1 topic.",
        "1 of 1 topic finished.");
    row("not given up", R"({"kind":"not_given_up","count":3})", "Solve a problem after 3 wrong answers.",
        "1 of 3 wrong answers before a right one.");
    row("fast", R"({"kind":"fast","milliseconds":10,"count":2})", "Solve 2 problems with a query of at most 10 ms.",
        "1 of 2 problems solved with a query of at most 10 ms.");
    row("one day", R"({"kind":"solved_in_a_day","count":3})", "Solve 3 problems on one day.",
        "1 of 3 problems solved on one day.");
    row("days", R"({"kind":"active_days","days":4})", "Solve on 4 different days.", "1 of 4 days with a solve.");
    row("posts", R"({"kind":"posts","count":3})", "Write 3 posts.", "2 of 3 posts written.");
    row("comments", R"({"kind":"comments","count":1})", "Write 1 comment.", "1 of 1 comment written.");
    row("likes", R"({"kind":"likes_received","count":9})", "Get 9 likes for your posts.",
        "5 of 9 likes for your posts.");
    row("followers", R"({"kind":"followers","count":3})", "Have 3 followers.", "0 of 3 followers.");
    row("solutions", R"({"kind":"solutions_shared","count":4})", "Share 4 solutions.", "4 of 4 solutions shared.");
    row("links", R"({"kind":"links_shared","count":2})", "Share 2 helpful links.", "1 of 2 helpful links shared.");
    row("all", R"({"kind":"all","of":[{"kind":"problems_solved","count":1},{"kind":"streak","days":7}]})",
        "Solve 1 problem; and solve on 7 days in a row.", "1 of 2 parts done.");
    row("any", R"({"kind":"any","of":[{"kind":"streak","days":7},{"kind":"problems_solved","count":2}]})",
        "Solve on 7 days in a row; or solve 2 problems.", "1 of 2 problems solved.");
    row("not", R"({"kind":"not","of":[{"kind":"no_hints","count":2}]})", "Not: solve 2 problems without a hint.",
        "True so far.");
}

void TestCriteria::wordsSayWhatIsAsked()
{
    QFETCH(QByteArray, criteria);
    const std::vector<ProblemFact> problems{{"p1", "t1", "joins", "Joins", Difficulty::Easy},
                                            {"p2", "t2", "windows", "Windows", Difficulty::Hard}};
    Event wrong;
    wrong.kind = EventKind::Submit;
    wrong.problemId = "p1";
    Event right = wrong;
    right.at = 1;
    right.correct = true;
    right.executionMs = 9;
    const std::vector<Event> events{wrong, right};
    content::Badge badge;
    badge.criteriaJson = criteria.toStdString();

    const auto progress = badgeProgress(badge, {events, problems, 2, 0, {}, {2, 3, 5, 0, 7, 1}});

    QVERIFY(progress);
    QTEST(QString::fromStdString(progress->criteria), "asked");
    QTEST(QString::fromStdString(progress->words), "words");
}

void TestCriteria::whatANewerServerAsksForIsNamed_data()
{
    QTest::addColumn<QByteArray>("criteria");
    QTest::newRow("kind within a group") << QByteArray(
        R"({"kind":"all","of":[{"kind":"problems_solved","count":1},{"kind":"moon_phase"}]})");
    QTest::newRow("group of nothing") << QByteArray(R"({"kind":"any","of":[]})");
    QTest::newRow("no group") << QByteArray(R"({"kind":"any"})");
    QTest::newRow("not both") << QByteArray(
        R"({"kind":"not","of":[{"kind":"streak","days":1},{"kind":"streak","days":2}]})");
    QTest::newRow("more than can be counted") << QByteArray(R"({"kind":"streak","days":99999999999999})");
    QTest::newRow("number of another type") << QByteArray(R"({"kind":"streak","days":"7"})");
    QTest::newRow("fast without a time") << QByteArray(R"({"kind":"fast","count":1})");
    QByteArray deep = R"({"kind":"streak","days":1})";
    for (int i = 0; i < 20'000; ++i)
        deep = R"({"kind":"not","of":[)" + deep + "]}";
    QTest::newRow("groups without end") << deep;
    QByteArray wide;
    for (int i = 0; i < 9; ++i)
        wide += R"({"kind":"streak","days":1},)";
    QTest::newRow("too many parts") << QByteArray(R"({"kind":"all","of":[)" + wide.chopped(1) + "]}");
}

void TestCriteria::whatANewerServerAsksForIsNamed()
{
    QFETCH(QByteArray, criteria);
    content::Badge badge;
    badge.name = "Odd";
    badge.criteriaJson = criteria.toStdString();
    const std::vector<Event> none;

    const auto progress = badgeProgress(badge, {none, {}, 0, 0, {}, {}});

    QVERIFY(!progress);
    QCOMPARE(progress.error().code, std::string("bad_criteria"));
    QVERIFY(progress.error().message.size() < 200);
}

QTEST_APPLESS_MAIN(TestCriteria)
#include "tst_criteria.moc"
