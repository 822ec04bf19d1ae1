// What runs leave behind in the results pane: first rows, whole results, a pinned one beside the next.
#include "models/difference_model.h"
#include "screens/results_pane.h"
#include "widgets/result_grid.h"
#include "widgets/theme.h"

#include <QtTest/QtTest>
#include <QtWidgets/QApplication>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QTabWidget>
#include <QtWidgets/QToolButton>

using namespace sqlgym;
using screens::ResultsPane;

namespace {

using Rows = std::vector<std::vector<std::optional<std::string>>>;

std::shared_ptr<const sandbox::Outcome> outcome(const Rows &rows, std::size_t width = 2)
{
    auto made = std::make_shared<sandbox::Outcome>();
    made->status = sandbox::Status::Ok;
    made->commandTag = "SELECT " + std::to_string(rows.size());
    for (std::size_t i = 0; i < width; ++i)
        made->table.columns.push_back(i == 0 ? sandbox::Column{"id", "int4"} : sandbox::Column{"name", "text"});
    for (const auto &row : rows) {
        for (const auto &cell : row)
            made->table.append(cell ? sandbox::ResultTable::Cell(*cell) : std::nullopt);
    }
    return made;
}

struct Shown {
    Shown()
    {
        pane.resize(900, 400);
        pane.show();
        pane.activateWindow();
        if (!QTest::qWaitForWindowActive(&pane))
            qFatal("the pane did not become active");
    }
    template <typename T> T *named(const char *accessibleName) const
    {
        for (T *widget : pane.findChildren<T *>()) {
            if (widget->accessibleName() == QLatin1String(accessibleName) && widget->isVisible())
                return widget;
        }
        return nullptr;
    }
    QStringList tabs() const
    {
        QStringList names;
        const auto *bar = named<QTabWidget>("Output");
        for (int i = 0; i < bar->count(); ++i)
            names << bar->tabText(i);
        return names;
    }
    void press(const char *text) const
    {
        for (auto *each : pane.findChildren<QPushButton *>()) {
            if (each->isVisible() && each->text() == QLatin1String(text)) {
                QTest::mouseClick(each, Qt::LeftButton);
                return;
            }
        }
        qFatal("no button says %s", text);
    }
    bool says(const QString &words) const
    {
        const auto labels = pane.findChildren<QLabel *>();
        return std::any_of(labels.begin(), labels.end(),
                           [&](const QLabel *label) { return label->isVisible() && label->text().contains(words); });
    }
    QStringList marks() const
    {
        QStringList list;
        const auto *grid = named<widgets::ResultGrid>("Difference");
        for (int row = 0; grid && row < grid->model()->rowCount(); ++row)
            list << grid->model()->index(row, 0).data().toString();
        return list;
    }

    ResultsPane pane;
};

const Rows kFirst{{"1", "ada"}, {"2", "bob"}, {"3", std::nullopt}, {"4", "dan"}};
const Rows kSecond{{"4", "dan"}, {"4", "dan"}, {"2", "rob"}, {"1", "ada"}, {"5", "eve"}};

} // namespace

class TestResultsPane : public QObject {
    Q_OBJECT
private slots:
    void firstRowsAreReplacedByTheWhole();
    void aPinnedResultStaysWhileOthersCome();
    void comparesAsBagsInWordsToo();
    void anotherOrderIsNoDifference();
    void otherColumnsAreNamed();
    void saysWhenThereIsNothingToCompare();
    void comparingIsGivenUp();
    void unpinsAndForgetsWithTheProblem();
};

void TestResultsPane::firstRowsAreReplacedByTheWhole()
{
    Shown shown;
    const auto whole = outcome(kFirst);
    auto rows = std::make_shared<sandbox::ResultTable>();
    rows->columns = whole->table.columns;
    rows->append("1");
    rows->append("ada");

    shown.pane.showFirstRows(rows);
    QCOMPARE(shown.named<widgets::ResultGrid>("Results")->model()->rowCount(), 1);
    QVERIFY(shown.says(QStringLiteral("on its way")));
    QVERIFY(!shown.named<QToolButton>("Pin the result")->isEnabled()); // not before it is whole

    shown.pane.showOutcome(whole, "SELECT 1");
    QCOMPARE(shown.named<widgets::ResultGrid>("Results")->model()->rowCount(), 4);
    QVERIFY(!shown.says(QStringLiteral("on its way")));
    QVERIFY(shown.named<QToolButton>("Pin the result")->isEnabled());
}

void TestResultsPane::aPinnedResultStaysWhileOthersCome()
{
    Shown shown;
    shown.pane.showOutcome(outcome(kFirst), "SELECT 1");
    QVERIFY(!shown.tabs().contains(QStringLiteral("Pinned")));

    QTest::mouseClick(shown.named<QToolButton>("Pin the result"), Qt::LeftButton);

    QCOMPARE(shown.tabs().last(), QStringLiteral("Pinned"));
    QCOMPARE(shown.pane.currentPage(), ResultsPane::Pinned);
    shown.pane.showOutcome(outcome(kSecond), "SELECT 2");
    QCOMPARE(shown.named<widgets::ResultGrid>("Results")->model()->rowCount(), 5);
    shown.pane.showPage(ResultsPane::Pinned);
    QCOMPARE(shown.named<widgets::ResultGrid>("Pinned result")->model()->rowCount(), 4);
    shown.pane.focusPage();
    QVERIFY(shown.named<widgets::ResultGrid>("Pinned result")->hasFocus());
}

void TestResultsPane::comparesAsBagsInWordsToo()
{
    Shown shown;
    shown.pane.showOutcome(outcome(kFirst), "SELECT 1");
    shown.pane.pinResult();
    shown.pane.showOutcome(outcome(kSecond), "SELECT 2");
    shown.pane.showPage(ResultsPane::Pinned);

    shown.press("Compare");

    QTRY_VERIFY(!shown.marks().isEmpty());
    QStringList marks = shown.marks();
    marks.sort();
    QCOMPARE(marks, (QStringList{"+ only new", "=", "=", "\u00D7 once more, new", "\u2212 only pinned", "\u2260 new",
                                 "\u2260 pinned"}));
    QVERIFY(shown.says(QStringLiteral("1 row only in the pinned result, 1 row only in the new one, 1 row more often in "
                                      "the new one, 1 row with other values.")));
    shown.press("Pinned rows");
    QVERIFY(shown.named<widgets::ResultGrid>("Pinned result"));
}

void TestResultsPane::anotherOrderIsNoDifference()
{
    Shown shown;
    shown.pane.showOutcome(outcome(kFirst), "SELECT 1");
    shown.pane.pinResult();
    shown.pane.showOutcome(outcome(Rows(kFirst.rbegin(), kFirst.rend())), "SELECT 2");

    shown.pane.compareWithPinned();

    QTRY_VERIFY(shown.says(QStringLiteral("Both hold the same rows. Their order was not compared.")));
    QCOMPARE(shown.marks(), (QStringList{"=", "=", "=", "="}));
}

void TestResultsPane::otherColumnsAreNamed()
{
    Shown shown;
    shown.pane.showOutcome(outcome(kFirst), "SELECT 1");
    shown.pane.pinResult();
    shown.pane.showOutcome(outcome({{"1"}}, 1), "SELECT 2");

    shown.pane.compareWithPinned();

    QTRY_VERIFY(shown.says(QStringLiteral("The columns differ")));
}

void TestResultsPane::saysWhenThereIsNothingToCompare()
{
    Shown shown;
    shown.pane.compareWithPinned();
    QVERIFY(shown.says(QStringLiteral("Nothing is pinned")));

    shown.pane.showOutcome(outcome(kFirst), "SELECT 1");
    shown.pane.pinResult();
    shown.press("Compare");
    QVERIFY(shown.says(QStringLiteral("The newest result is the pinned one")));

    auto failed = std::make_shared<sandbox::Outcome>();
    failed->status = sandbox::Status::Error;
    shown.pane.showOutcome(failed, "SELECT");
    shown.pane.compareWithPinned();
    QVERIFY(shown.says(QStringLiteral("There is no new result")));
}

void TestResultsPane::comparingIsGivenUp()
{
    Rows one, other;
    for (int row = 0; row < 150'000; ++row) {
        one.push_back({std::to_string(row), "name " + std::to_string(row)});
        other.push_back({std::to_string(row + 1), "name " + std::to_string(row)});
    }
    Shown shown;
    shown.pane.showOutcome(outcome(one), "SELECT 1");
    shown.pane.pinResult();
    shown.pane.showOutcome(outcome(other), "SELECT 2");
    shown.pane.compareWithPinned();
    QVERIFY(shown.says(QStringLiteral("Comparing")));

    shown.pane.giveUpComparing();

    QVERIFY(shown.named<widgets::ResultGrid>("Pinned result"));
    QTest::qWait(300);
    QVERIFY(!shown.named<widgets::ResultGrid>("Difference"));
    QCOMPARE(shown.named<widgets::ResultGrid>("Pinned result")->model()->rowCount(), 150'000);
    shown.pane.compareWithPinned();
    QTRY_VERIFY_WITH_TIMEOUT(shown.named<widgets::ResultGrid>("Difference"), 20'000);
}

void TestResultsPane::unpinsAndForgetsWithTheProblem()
{
    Shown shown;
    shown.pane.showOutcome(outcome(kFirst), "SELECT 1");
    shown.pane.pinResult();
    QTest::mouseClick(shown.named<QToolButton>("Unpin the result"), Qt::LeftButton);
    QVERIFY(!shown.tabs().contains(QStringLiteral("Pinned")));

    shown.pane.showOutcome(outcome(kFirst), "SELECT 1");
    shown.pane.pinResult();
    shown.pane.showOutcome(outcome(kSecond), "SELECT 2");
    shown.pane.compareWithPinned(); // on its way when the page goes
    session::OpenedProblem opened;
    opened.problem = std::make_shared<content::Problem>();
    shown.pane.setProblem(opened);
    QVERIFY(!shown.tabs().contains(QStringLiteral("Pinned")));
    QTest::qWait(50);
}

int main(int argc, char **argv)
{
    QApplication app(argc, argv);
    widgets::Theme::instance().install(widgets::ThemeChoice::Light, false, 0);
    TestResultsPane test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_results_pane.moc"
