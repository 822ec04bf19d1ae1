#include "models/labels.h"
#include "models/problem_filter_model.h"
#include "models/problem_tree_model.h"
#include "models/track_order.h"

#include <QtTest/QAbstractItemModelTester>
#include <QtTest/QSignalSpy>
#include <QtTest/QtTest>

using namespace sqlgym;
using content::Difficulty;
using models::ProblemFilterModel;
using models::ProblemTreeModel;
using session::ProblemStatus;

namespace {

session::ProblemEntry entry(const char *slug, const char *title, const char *topic, Difficulty difficulty,
                            ProblemStatus status = ProblemStatus::New, QStringList tags = {})
{
    session::ProblemEntry made;
    made.slug = QLatin1String(slug);
    made.title = QLatin1String(title);
    made.topicId = QLatin1String(topic);
    made.topic = QLatin1String(topic).toString().toUpper();
    made.difficulty = difficulty;
    made.status = status;
    made.tags = std::move(tags);
    return made;
}

session::ProblemEntries entries()
{
    return {entry("late", "Late loans", "joins", Difficulty::Easy, ProblemStatus::Solved, {QStringLiteral("dates")}),
            entry("pairs", "Pairs of members", "joins", Difficulty::Hard),
            entry("totals", "Totals per month", "groups", Difficulty::Easy, ProblemStatus::Tried,
                  {QStringLiteral("dates")})};
}

std::vector<session::TrackEntry> tracks()
{
    return {{QStringLiteral("first"),
             QStringLiteral("First"),
             QStringLiteral("About it."),
             {},
             {QStringLiteral("totals"), QStringLiteral("late")}},
            {QStringLiteral("gone"),
             QStringLiteral("Gone"),
             QStringLiteral("Of another catalogue."),
             {QStringLiteral("first")},
             {QStringLiteral("nowhere")}},
            {QStringLiteral("second"),
             QStringLiteral("Second"),
             QStringLiteral("More."),
             {QStringLiteral("first")},
             {QStringLiteral("pairs")}}};
}

} // namespace

class TestProblemModels : public QObject {
    Q_OBJECT
private slots:
    void treeKeepsTheRulesOfItemModels();
    void problemsLieUnderTheirTopics();
    void statusChangesAreAnnouncedOnceForProblemAndTopic();
    void filtersCombine_data();
    void filtersCombine();
    void neighboursFollowWhatIsInView();
    void titlesAreNoMarkup();
    void topicsHavePictures();
    void tracksHaveAnOrderOfTheirOwn();
    void tracksAdvise();
};

void TestProblemModels::treeKeepsTheRulesOfItemModels()
{
    ProblemTreeModel model;
    QAbstractItemModelTester treeTester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    ProblemFilterModel filter;
    filter.setSourceModel(&model);
    QAbstractItemModelTester filterTester(&filter, QAbstractItemModelTester::FailureReportingMode::QtTest);

    model.setEntries(entries());
    filter.setSearch(QStringLiteral("loan"));
    model.setStatus(QStringLiteral("pairs"), ProblemStatus::Solved);
    filter.setSearch(QString());
    model.setEntries({});

    QCOMPARE(model.rowCount(), 0);
}

void TestProblemModels::problemsLieUnderTheirTopics()
{
    ProblemTreeModel model;
    model.setEntries(entries());

    QCOMPARE(model.rowCount(), 2);
    const QModelIndex joins = model.index(0, 0);
    QCOMPARE(model.rowCount(joins), 2);
    QCOMPARE(joins.data(ProblemTreeModel::SolvedRole).toInt(), 1);
    QCOMPARE(joins.data(ProblemTreeModel::TotalRole).toInt(), 2);
    const QModelIndex pairs = model.indexOf(QStringLiteral("pairs"));
    QCOMPARE(pairs.parent(), joins);
    QCOMPARE(pairs.data(Qt::AccessibleTextRole).toString(), QStringLiteral("Pairs of members, Hard, New"));
}

void TestProblemModels::statusChangesAreAnnouncedOnceForProblemAndTopic()
{
    ProblemTreeModel model;
    model.setEntries(entries());
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);

    model.setStatus(QStringLiteral("pairs"), ProblemStatus::Solved);
    model.setStatus(QStringLiteral("pairs"), ProblemStatus::Solved);

    QCOMPARE(changed.count(), 2);
    QCOMPARE(model.index(0, 0).data(ProblemTreeModel::SolvedRole).toInt(), 2);
}

void TestProblemModels::filtersCombine_data()
{
    QTest::addColumn<QString>("search");
    QTest::addColumn<int>("difficulty");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("topic");
    QTest::addColumn<QStringList>("slugs");

    QTest::newRow("nothing chosen") << "" << -1 << -1 << "" << QStringList{"late", "pairs", "totals"};
    QTest::newRow("a part of a word, in any case") << "LOAN" << -1 << -1 << "" << QStringList{"late"};
    QTest::newRow("every word must occur") << "dates month" << -1 << -1 << "" << QStringList{"totals"};
    QTest::newRow("a tag is searched too") << "dates" << -1 << -1 << "" << QStringList{"late", "totals"};
    QTest::newRow("difficulty") << "" << int(Difficulty::Easy) << -1 << "" << QStringList{"late", "totals"};
    QTest::newRow("difficulty and status")
        << "" << int(Difficulty::Easy) << int(ProblemStatus::Tried) << "" << QStringList{"totals"};
    QTest::newRow("topic") << "" << -1 << -1 << "joins" << QStringList{"late", "pairs"};
    QTest::newRow("all at once, nothing left") << "pairs" << int(Difficulty::Easy) << -1 << "joins" << QStringList{};
}

void TestProblemModels::filtersCombine()
{
    QFETCH(QString, search);
    QFETCH(int, difficulty);
    QFETCH(int, status);
    QFETCH(QString, topic);
    QFETCH(QStringList, slugs);
    ProblemTreeModel model;
    model.setEntries(entries());
    ProblemFilterModel filter;
    filter.setSourceModel(&model);

    filter.setSearch(search);
    if (difficulty >= 0)
        filter.setDifficulty(static_cast<Difficulty>(difficulty));
    if (status >= 0)
        filter.setStatus(static_cast<ProblemStatus>(status));
    filter.setTopic(topic);

    QStringList shown;
    for (int t = 0; t < filter.rowCount(); ++t) {
        for (int p = 0; p < filter.rowCount(filter.index(t, 0)); ++p)
            shown << filter.index(p, 0, filter.index(t, 0)).data(ProblemTreeModel::SlugRole).toString();
    }
    QCOMPARE(shown, slugs);
    QCOMPARE(filter.problemCount(), slugs.size());
}

void TestProblemModels::neighboursFollowWhatIsInView()
{
    ProblemTreeModel model;
    model.setEntries(entries());
    ProblemFilterModel filter;
    filter.setSourceModel(&model);

    QCOMPARE(filter.neighbour(QStringLiteral("pairs"), 1), QStringLiteral("totals"));
    QCOMPARE(filter.neighbour(QStringLiteral("totals"), 1), QString());
    QCOMPARE(filter.neighbour(QStringLiteral("late"), -1), QString());
    filter.setDifficulty(Difficulty::Easy);
    QCOMPARE(filter.neighbour(QStringLiteral("late"), 1), QStringLiteral("totals"));
    QCOMPARE(filter.neighbour(QStringLiteral("pairs"), 1), QStringLiteral("late")); // out of view: start at the first
}

void TestProblemModels::titlesAreNoMarkup()
{
    ProblemTreeModel model;
    auto list = entries();
    list[0].title = QStringLiteral("<img src=\"x\"> & co");
    model.setEntries(list);
    const QModelIndex first = model.index(0, 0, model.index(0, 0));

    const QString tip = first.data(Qt::ToolTipRole).toString();
    QVERIFY2(tip.contains(QStringLiteral("&lt;img")) && !tip.contains(QStringLiteral("<img")), qPrintable(tip));
    QVERIFY(first.data(Qt::AccessibleTextRole).toString().startsWith(list[0].title));
    QCOMPARE(models::plainTip(QStringLiteral("you & me")), QStringLiteral("you & me"));
}

void TestProblemModels::topicsHavePictures()
{
    ProblemTreeModel model;
    auto list = entries();
    list[0].topic = list[1].topic = QStringLiteral("Joining tables");
    list[2].topicId = QStringLiteral("track/first");
    model.setEntries(list);

    QCOMPARE(model.index(0, 0).data(ProblemTreeModel::IconRole).toString(), QStringLiteral("topic-joining-tables"));
    QCOMPARE(model.index(1, 0).data(ProblemTreeModel::IconRole).toString(), QStringLiteral("track"));
}

void TestProblemModels::tracksHaveAnOrderOfTheirOwn()
{
    auto list = entries();
    list.push_back(entry("stray", "In no track", "groups", Difficulty::Easy));

    const auto ordered = models::byTrack(list, tracks(), QStringLiteral("Others"));

    QStringList seen;
    for (const auto &each : ordered)
        seen << each.topic + u'/' + each.slug;
    QCOMPARE(seen.join(u' '), QStringLiteral("First/totals First/late Second/pairs Others/stray"));
    QCOMPARE(ordered[0].topicId, QStringLiteral("track/first"));
    QCOMPARE(ordered[1].status, ProblemStatus::Solved);
}

void TestProblemModels::tracksAdvise()
{
    const auto first = models::trackAdvice(QStringLiteral("late"), entries(), tracks());
    QCOMPARE(first.name, QStringLiteral("First"));
    QCOMPARE(first.nextSlug, QStringLiteral("totals"));
    QVERIFY(first.needs.empty());
    QCOMPARE(first.leadsTo, QStringList{QStringLiteral("Second")});

    const auto second = models::trackAdvice(QStringLiteral("pairs"), entries(), tracks());
    QCOMPARE(second.nextTitle, QStringLiteral("Pairs of members"));
    QCOMPARE(second.needs.size(), 1u);
    QCOMPARE(second.needs[0].solved, 1);
    QCOMPARE(second.needs[0].total, 2);

    auto solved = entries();
    solved[2].status = ProblemStatus::Solved;
    QVERIFY(models::trackAdvice(QStringLiteral("late"), solved, tracks()).nextSlug.isEmpty());
    QVERIFY(models::trackAdvice(QStringLiteral("pairs"), solved, tracks()).needs.empty());
    QVERIFY(models::trackAdvice(QStringLiteral("unknown"), entries(), tracks()).name.isEmpty());
}

QTEST_GUILESS_MAIN(TestProblemModels)
#include "tst_problem_models.moc"
