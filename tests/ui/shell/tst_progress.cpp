// Progress in the real window, on a profile with a generated year behind it.
#include "program.h"
#include "screens/practice_screen.h"
#include "shell/time_keeper.h"

#include "base/timestamp.h"
#include "base/uuid.h"
#include "cache/cache.h"
#include "content/pack.h"
#include "content/resources.h"
#include "grading/canonical.h"

#include <QtWidgets/QGraphicsEffect>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QProgressBar>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QTabWidget>
#include <QtWidgets/QTableView>
#include <QtWidgets/QTreeView>

#include <random>

using namespace sqlgym;

namespace {

struct SetClock : base::Clock {
    base::UnixMicros at = 1;
    base::UnixMicros now() const override { return at; }
};

constexpr base::UnixMicros kDay = 86'400'000'000;

grading::Verdict verdictOf(bool correct)
{
    grading::Verdict verdict;
    verdict.correct = correct;
    grading::TestVerdict test;
    test.outcome = correct ? grading::Outcome::Match : grading::Outcome::WrongRows;
    test.elapsedUs = 4'000;
    verdict.tests.push_back(test);
    return verdict;
}

/// Hands in as the window does, on the days before today for which `pattern` has an 'x'.
void live(const QString &folder, const QByteArray &pattern)
{
    const auto profile = session::Profile::locate(folder);
    profile.create();
    session::CacheSlot slot;
    session::openCache(slot, profile.databaseFile().toStdString());
    QVERIFY(session::refreshCatalogue(slot).changed);
    const auto summaries = slot.cache->problems().problems();
    QVERIFY(summaries);
    std::mt19937 dice(11);
    std::size_t next = 0;
    const auto now = base::Clock().now();
    for (int day = 0; day < pattern.size(); ++day) {
        if (pattern[day] != 'x')
            continue;
        const auto at = now - (pattern.size() - 1 - day) * kDay;
        const auto &summary = (*summaries)[next++ % summaries->size()];
        const auto problem = slot.cache->problems().problem(summary.slug);
        QVERIFY(problem);
        if (dice() % 3 == 0)
            QVERIFY(session::submit(slot, *problem, "SELECT 1", verdictOf(false), at - 60'000'000).stored);
        QVERIFY(session::submit(slot, *problem, "SELECT 2", verdictOf(true), at).stored);
        QVERIFY(session::addTime(slot, problem->id, 60 + static_cast<int>(dice() % 900)));
    }
}

} // namespace

class TestProgressScreen : public QObject {
    Q_OBJECT
private slots:
    void initTestCase()
    {
        if (!qEnvironmentVariableIsEmpty("SQLGYM_LIVE_IN")) // a profile for photograph.py
            live(qEnvironmentVariable("SQLGYM_LIVE_IN"), rich());
        widgets::Theme::instance().install(widgets::ThemeChoice::Light, false, 0);
    }
    void nothingIsBuiltBeforeItIsShown();
    void aYearIsWalkedByKeys();
    void figuresStandInATableBesideTheCurves();
    void topicsShowTheirColumns();
    void badgesAreChosenAndExplained();
    void whatNoServerConfirmedIsMarked();
    void aBadgeIsCelebratedQuietly_data();
    void aBadgeIsCelebratedQuietly();
    void theStreakCanBeHidden();
    void workIsTimed();

private:
    static QByteArray rich()
    {
        QByteArray pattern;
        std::mt19937 dice(5);
        for (int day = 0; day < 300; ++day)
            pattern += dice() % 8 == 0 ? 'x' : '.';
        return pattern + "xxxxxxxxx.xxx";
    }
    static void open(Program &program, int page)
    {
        QTRY_VERIFY_WITH_TIMEOUT(!program.statement().isEmpty(), kPatienceMs);
        program.key(Qt::Key_2, Qt::ControlModifier);
        QTRY_VERIFY(program.named<QTableView>("Activity"));
        for (auto *tabs : program.window->findChildren<QTabWidget *>()) {
            if (tabs->count() == 5 && tabs->tabText(1) == QLatin1String("Activity"))
                tabs->setCurrentIndex(page);
        }
    }
};

void TestProgressScreen::nothingIsBuiltBeforeItIsShown()
{
    QTemporaryDir folder;
    Program program(folder.path(), false);

    QVERIFY(!program.named<QWidget>("Activity"));
    open(program, 0);
    QVERIFY(program.named<QWidget>("Activity"));
    QTRY_VERIFY(program.named<QWidget>("Streak"));
    QVERIFY(!program.named<QWidget>("Not confirmed"));
}

void TestProgressScreen::aYearIsWalkedByKeys()
{
    QTemporaryDir folder;
    live(folder.path(), "xxxxxxxx.xx");
    Program program(folder.path(), false);
    open(program, 1);
    auto *year = program.named<QTableView>("Activity");
    QTRY_COMPARE(year->model()->columnCount(), 53);
    QTRY_VERIFY(year->currentIndex().isValid());
    const QDate today = QDate::currentDate();
    const auto words = [&] { return year->currentIndex().data(Qt::AccessibleTextRole).toString(); };

    QVERIFY2(words().startsWith(QLocale().toString(today, QLocale::LongFormat)), qPrintable(words()));
    QVERIFY2(words().contains("1 problem solved"), qPrintable(words()));
    QTest::keyClick(year, Qt::Key_Left);
    QVERIFY2(words().startsWith(QLocale().toString(today.addDays(-7), QLocale::LongFormat)), qPrintable(words()));
    auto *model = year->model();
    int rested = 0, days = 0;
    for (int column = 0; column < 53; ++column) {
        for (int row = 0; row < 7; ++row) {
            const QString day = model->index(row, column).data(Qt::AccessibleTextRole).toString();
            rested += day.contains("freeze") ? 1 : 0;
            days += day.isEmpty() ? 0 : 1;
        }
    }
    QCOMPARE(rested, 1);
    QVERIFY(days > 360);
    QVERIFY(program.named<QWidget>("Streak")->accessibleDescription().startsWith("10 days"));
}

void TestProgressScreen::figuresStandInATableBesideTheCurves()
{
    QTemporaryDir folder;
    live(folder.path(), "xxx");
    Program program(folder.path(), false);
    open(program, 2);
    auto *table = program.named<QTableView>("Figures by month");
    QVERIFY(table);

    QTRY_COMPARE(table->model()->rowCount(), 12);
    QTRY_COMPARE(table->model()->index(0, 2).data().toString(), QStringLiteral("3"));
    QVERIFY(program.named<QWidget>("Problems solved")); // the figure, and the curve
    // All of it: for solving, and the badges' points.
    session::CacheSlot slot;
    session::openCache(slot, program.profile.databaseFile().toStdString());
    const int points = *slot.cache->progress().experiencePoints();
    QVERIFY(!slot.cache->progress().userBadges()->empty());
    QCOMPARE(table->model()->index(0, 4).data().toString(), QLocale().toString(points));
}

void TestProgressScreen::topicsShowTheirColumns()
{
    QTemporaryDir folder;
    live(folder.path(), "xxx");
    Program program(folder.path(), false);
    open(program, 3);
    auto *tree = program.named<QTreeView>("Topics");

    QTRY_VERIFY(tree->model()->rowCount() > 5);
    QCOMPARE(tree->model()->columnCount(), 10);
    const auto cell = [&](int column) { return tree->model()->index(0, column).data().toString(); };
    QVERIFY2(cell(0).endsWith("(not confirmed)"), qPrintable(cell(0)));
    QVERIFY2(cell(1).startsWith("3 of "), qPrintable(cell(1)));
    QCOMPARE(cell(5), QStringLiteral("4.0 ms"));
}

void TestProgressScreen::badgesAreChosenAndExplained()
{
    QTemporaryDir folder;
    live(folder.path(), "xxx");
    Program program(folder.path(), false);
    open(program, 4);
    auto *grid = program.named<QAbstractItemView>("Badges");
    QTRY_COMPARE(grid->model()->rowCount(), 34);
    const auto said = [&](int row) { return grid->model()->index(row, 0).data(Qt::AccessibleTextRole).toString(); };

    QVERIFY2(said(0).startsWith("First light. Common. Earned on "), qPrintable(said(0)));
    QVERIFY2(said(1).contains("3 of 6 problems solved."), qPrintable(said(1)));
    QVERIFY(said(33).contains("Legendary"));
    QTest::keyClick(grid, Qt::Key_Right);
    QCOMPARE(grid->currentIndex().row(), 1);
    auto *bar = program.named<QProgressBar>("Half a dozen");
    QVERIFY(bar && bar->isVisible());
    QCOMPARE(bar->value(), 3);
}

void TestProgressScreen::whatNoServerConfirmedIsMarked()
{
    QTemporaryDir folder;
    live(folder.path(), "x");
    Program program(folder.path(), false);
    open(program, 0);

    QTRY_VERIFY(program.named<QWidget>("Not confirmed"));
    QVERIFY(program.named<QWidget>("Not confirmed")->accessibleDescription().contains("on this computer alone"));
    QVERIFY(program.named<QWidget>("Experience")->accessibleDescription().contains("Not yet confirmed"));
}

void TestProgressScreen::aBadgeIsCelebratedQuietly_data()
{
    QTest::addColumn<bool>("motion");
    QTest::newRow("faded in") << true;
    QTest::newRow("motion reduced") << false;
}

void TestProgressScreen::aBadgeIsCelebratedQuietly()
{
    QFETCH(bool, motion);
    QTemporaryDir folder;
    Program program(folder.path(), false, QStringLiteral("every-category"));
    program.settings.setMotion(motion ? session::Settings::Motion::Full : session::Settings::Motion::Reduced);
    QTRY_VERIFY_WITH_TIMEOUT(!program.statement().isEmpty(), kPatienceMs);
    QFile solution(
        QStringLiteral(SQLGYM_SOURCE_DIR "/resources/packs/first-steps/problems/every-category/solution.sql"));
    QVERIFY(solution.open(QIODevice::ReadOnly));
    QVERIFY(!program.named<QWidget>("Badge earned"));
    const QPoint place = program.editor()->mapTo(program.window.get(), QPoint());

    program.editor()->setText(QString::fromUtf8(solution.readAll()));
    QTest::keyClick(program.editor(), Qt::Key_S, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_VERIFY_WITH_TIMEOUT(program.named<QWidget>("Badge earned"), kPatienceMs);
    auto *bar = program.named<QWidget>("Badge earned");

    QVERIFY(bar->isVisible());
    QVERIFY2(bar->accessibleDescription().contains("First light"), qPrintable(bar->accessibleDescription()));
    QCOMPARE(bar->graphicsEffect() != nullptr, motion);
    QTRY_VERIFY(!bar->graphicsEffect());
    QCOMPARE(program.editor()->mapTo(program.window.get(), QPoint()), place); // nothing moved for it
    QVERIFY(program.editor()->hasFocus());
    program.window->resize(program.window->size() - QSize(200, 50));
    QTRY_VERIFY(bar->parentWidget()->rect().contains(bar->geometry()));
    // It goes by itself, but not while its buttons have the keyboard.
    auto *stay = bar->findChild<QTimer *>();
    bar->findChild<QPushButton *>()->setFocus();
    stay->start(1);
    QTest::qWait(50);
    QVERIFY(bar->isVisible());
    program.editor()->setFocus();
    QTRY_VERIFY(!bar->isVisible());
    QVERIFY(!stay->isActive());
    bar->show();
    QTest::mouseClick(bar->findChild<QPushButton *>(), Qt::LeftButton);
    QVERIFY(!bar->isVisible());
    QTRY_VERIFY(program.named<QAbstractItemView>("Badges") && program.named<QAbstractItemView>("Badges")->isVisible());
}

void TestProgressScreen::theStreakCanBeHidden()
{
    QTemporaryDir folder;
    Program program(folder.path(), false);
    program.settings.setStreakShown(false);
    open(program, 0);

    QTRY_VERIFY(program.named<QWidget>("Experience"));
    QVERIFY(!program.named<QWidget>("Streak"));
}

void TestProgressScreen::workIsTimed()
{
    QTemporaryDir folder;
    Program program(folder.path(), false, QStringLiteral("every-category"));
    QTRY_VERIFY_WITH_TIMEOUT(!program.statement().isEmpty(), kPatienceMs);
    auto clock = std::make_shared<SetClock>();
    auto keeper = std::make_unique<shell::TimeKeeper>(program.store, program.window->practice(), nullptr, clock);
    QSignalSpy kept(&program.store, &session::Store::wroteForServer);
    QSignalSpy opened(&program.store, &session::Store::problemOpened);
    program.store.openProblem(QStringLiteral("every-category"));
    QTRY_COMPARE(opened.count(), 1);
    const auto actAfter = [&](int seconds) {
        clock->at += seconds * base::UnixMicros{1'000'000};
        QTest::keyClick(program.editor(), Qt::Key_Home);
    };

    actAfter(0);
    actAfter(50);
    QCOMPARE(kept.count(), 0);
    actAfter(40);
    QTRY_COMPARE(kept.count(), 1);
    actAfter(3'600); // away
    actAfter(35);
    keeper->flush();
    QTRY_COMPARE(kept.count(), 2);
    keeper.reset();
    open(program, 0);

    QTRY_VERIFY(program.named<QWidget>("Time spent"));
    QVERIFY(program.named<QWidget>("Time spent")->accessibleDescription().startsWith("2 min"));
}

QTEST_MAIN(TestProgressScreen)
#include "tst_progress.moc"
