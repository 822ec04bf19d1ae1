// The window never keeps the keyboard waiting: the longest event of the GUI thread while it works, in processor time
// of that thread, so that a busy machine does not decide.
#include "program.h"

#include "screens/problem_panel.h"
#include "shell/timed_application.h"
#include "widgets/result_grid.h"

#include <QtCore/QTemporaryDir>
#include <QtTest/QtTest>
#include <QtWidgets/QAbstractButton>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QScrollBar>
#include <QtWidgets/QTreeView>

using namespace sqlgym;

namespace {

constexpr double kLongestMs = 50.0 * SQLGYM_PACE;

shell::TimedApplication &app() { return *static_cast<shell::TimedApplication *>(qApp); }

/// The window on a fresh profile, with a problem open and nothing left to start.
struct Settled : Program {
    explicit Settled(const QString &folder) : Program(folder, false)
    {
        if (!QTest::qWaitFor([this] { return editor()->hasFocus() && editor()->isEnabled(); }, kPatienceMs))
            qFatal("no problem was opened");
        QTest::qWait(1500); // the pages that are made when the first frame is out
    }
    widgets::ResultGrid *results() const { return named<widgets::ResultGrid>("Results"); }
    void run(const char *sql) const
    {
        editor()->replaceAll(QLatin1String(sql));
        QTest::keyClick(editor(), Qt::Key_Return, Qt::ControlModifier);
    }
};

session::ProblemEntries manyProblems()
{
    session::ProblemEntries entries;
    for (int i = 0; i < 5000; ++i) {
        session::ProblemEntry entry;
        entry.id = QStringLiteral("generated-%1").arg(i);
        entry.slug = entry.id;
        entry.title = QStringLiteral("Generated problem number %1").arg(i);
        entry.topicId = QStringLiteral("topic-%1").arg(i / 100);
        entry.topic = QStringLiteral("Topic %1").arg(i / 100);
        entry.tags = {QStringLiteral("join"), QStringLiteral("tag%1").arg(i % 17)};
        entry.difficulty = static_cast<content::Difficulty>(i % 5);
        entry.status = static_cast<session::ProblemStatus>(i % 4);
        entries.push_back(entry);
    }
    return entries;
}

/// What has been measured since the last forget() stays under the limit.
void checkLongest(const char *what)
{
    const auto &longest = app().longest();
    qInfo("%s: the longest event took %.1f ms of the processor: %s", what, longest.cpuMs, longest.what.constData());
    QVERIFY2(longest.cpuMs > 0, "nothing was measured");
    QVERIFY2(longest.cpuMs < kLongestMs, longest.what.constData());
}

} // namespace

class TestSmoothness : public QObject {
    Q_OBJECT
private slots:
    void aLongEventIsSeen();
    void typingFiveHundredCharacters();
    void aQueryOfTenSeconds();
    void aMillionRowsArriveAndAreOrdered();
    void largeCellsAreLookedInto();
    void aMillionRowsAreCountedPinnedAndCompared();
    void fiveThousandProblemsInTheList();
};

void TestSmoothness::aLongEventIsSeen()
{
    app().forget();
    QObject here;
    QMetaObject::invokeMethod(
        &here,
        [] {
            const auto until = shell::threadCpuNs() + 60'000'000;
            while (shell::threadCpuNs() < until) {
            }
        },
        Qt::QueuedConnection);
    QCoreApplication::processEvents();

    QVERIFY(app().longest().cpuMs >= 60);
    QCOMPARE(app().longest().what, QByteArray("QObject, MetaCall"));
}

void TestSmoothness::typingFiveHundredCharacters()
{
    const QTemporaryDir folder;
    const Settled program(folder.path());
    const QString line = QStringLiteral("SELECT loan.id, m.name FROM loan JOIN member m ON m.id = loan.member_id "
                                        "WHERE loan.due_on < '2024-03-01' AND plyer = 3 ");
    QString text;
    while (text.size() < 500)
        text += line;
    text.truncate(500);
    app().forget();

    for (const QChar c : text) {
        QTest::keyClick(program.editor(), c.toLatin1());
        QTest::qWait(3);
    }
    QTest::qWait(1000); // drafts are kept, mistakes are underlined

    QCOMPARE(program.editor()->utf8().size(), 500);
    checkLongest("typing");
}

void TestSmoothness::aQueryOfTenSeconds()
{
    const QTemporaryDir folder;
    const Settled program(folder.path());
    app().forget();

    program.run("SELECT count(*) FROM loan a, loan b, loan c, loan d, loan e, loan f, loan g");
    QTRY_VERIFY(program.engines->busy());
    QElapsedTimer clock;
    clock.start();
    for (int i = 0; program.engines->busy() && clock.elapsed() < kPatienceMs; ++i) {
        QTest::keyClick(program.editor(), i % 2 == 0 ? Qt::Key_Space : Qt::Key_Backspace);
        QTest::qWait(50);
    }

    QVERIFY2(clock.elapsed() > 9000, "the query was to last for ten seconds");
    QVERIFY(!program.engines->busy());
    checkLongest("a query of ten seconds");
}

void TestSmoothness::aMillionRowsArriveAndAreOrdered()
{
    const QTemporaryDir folder;
    const Settled program(folder.path());
    app().forget();

    QSignalSpy first(program.engines.get(), &session::EngineRoom::firstRows);
    program.run("SELECT i AS n, i % 1000 AS m, 'row ' || i AS t FROM generate_series(1, 1000000) AS s(i)");
    QTRY_COMPARE_WITH_TIMEOUT(first.count(), 1, kPatienceMs);
    QTRY_COMPARE(program.results()->model()->rowCount() > 0, true);
    QTRY_VERIFY_WITH_TIMEOUT(program.results()->isVisible() && program.results()->model()->rowCount() == 1'000'000,
                             kPatienceMs);
    checkLongest("a million rows arrive");

    app().forget();
    auto *bar = program.results()->verticalScrollBar();
    for (int i = 0; i < 60; ++i) {
        bar->setValue(i * 15'000);
        QTest::qWait(5);
    }
    checkLongest("they are scrolled");

    app().forget();
    emit program.results()->sortRequested(1);
    QTRY_COMPARE_WITH_TIMEOUT(program.results()->model()->index(1, 0).data().toString(), QStringLiteral("2000"),
                              kPatienceMs);
    auto *filter = program.named<QLineEdit>("Filter rows");
    QTest::keyClicks(filter, QStringLiteral("row 99999"));
    QTRY_COMPARE_WITH_TIMEOUT(program.results()->model()->rowCount(), 11, kPatienceMs);
    checkLongest("they are sorted and filtered");

    app().forget();
    program.run("SELECT 1 AS one");
    QTRY_COMPARE_WITH_TIMEOUT(program.results()->model()->rowCount(), 1, kPatienceMs);
    QTest::qWait(300);
    checkLongest("they make place for one row");
}

void TestSmoothness::largeCellsAreLookedInto()
{
    const QTemporaryDir folder;
    const Settled program(folder.path());
    program.run("SELECT repeat('long ', 2000000) AS t, (SELECT jsonb_agg(jsonb_build_object('i', i, 'square', i * i)) "
                "FROM generate_series(1, 40000) AS s(i)) AS j, (SELECT array_agg(i) FROM generate_series(1, 200000) "
                "AS s(i)) AS a");
    QTRY_VERIFY_WITH_TIMEOUT(program.results()->isVisible() && program.results()->model()->columnCount() == 3,
                             kPatienceMs);
    QTest::keyClick(program.editor(), Qt::Key_F2);
    const auto *text = program.named<QPlainTextEdit>("Text of the cell");
    QVERIFY(text && text->isVisible());
    const char *what[] = {"a text of 10 MB", "1.5 MB of jsonb", "an array of 200,000"};
    for (int column = 2; column >= 0; --column) {
        app().forget();
        // As an event, so that it is measured.
        QMetaObject::invokeMethod(
            program.results(),
            [&] { program.results()->setCurrentIndex(program.results()->model()->index(0, column)); },
            Qt::QueuedConnection);
        QTest::qWait(200);
        QCOMPARE(program.results()->currentIndex().column(), column);
        checkLongest(what[column]);
    }
}

void TestSmoothness::aMillionRowsAreCountedPinnedAndCompared()
{
    const QTemporaryDir folder;
    const Settled program(folder.path());
    const auto rows = [&] { return program.results()->isVisible() ? program.results()->model()->rowCount() : 0; };
    const auto says = [&](const char *words) {
        for (const auto *label : program.window->findChildren<QLabel *>()) {
            if (label->isVisible() && label->text().contains(QLatin1String(words)))
                return true;
        }
        return false;
    };
    program.run("SELECT i AS n, i % 1000 AS m, 'row ' || i AS t FROM generate_series(1, 1000000) AS s(i)");
    QTRY_COMPARE_WITH_TIMEOUT(rows(), 1'000'000, kPatienceMs);
    app().forget();

    QTest::keyClick(program.editor(), Qt::Key_F4);
    auto *lines = program.named<widgets::ResultGrid>("Column statistics");
    QTRY_VERIFY_WITH_TIMEOUT(lines->model()->rowCount() > 0, kPatienceMs);
    checkLongest("a million rows are counted");

    app().forget();
    QTest::keyClick(program.editor(), Qt::Key_F9);
    program.run("SELECT i AS n, i % 1000 AS m, 'row ' || i AS t FROM generate_series(2, 1000001) AS s(i)");
    QTRY_COMPARE_WITH_TIMEOUT(rows(), 1'000'000, kPatienceMs);
    QTest::keyClick(program.editor(), Qt::Key_F9, Qt::ShiftModifier);
    QTRY_VERIFY_WITH_TIMEOUT(says("The order was not compared"), kPatienceMs);
    checkLongest("they are compared with a million others");

    app().forget();
    QTest::mouseClick(program.named<QAbstractButton>("Unpin the result"), Qt::LeftButton);
    QTest::qWait(200);
    checkLongest("they are let go");
}

void TestSmoothness::fiveThousandProblemsInTheList()
{
    const QTemporaryDir folder;
    const Settled program(folder.path());
    auto *panel = program.window->findChild<screens::ProblemPanel *>();
    auto *list = program.named<QTreeView>("Problem list");
    auto *search = program.named<QLineEdit>("Problem search");
    const auto entries = manyProblems();
    app().forget();

    QMetaObject::invokeMethod(
        panel, [&] { panel->setEntries(entries); }, Qt::QueuedConnection);
    QTRY_COMPARE(list->model()->rowCount(), 50);
    QTest::qWait(300);
    checkLongest("5,000 problems load");

    app().forget();
    QTest::keyClicks(search, QStringLiteral("number 4321"));
    QTRY_COMPARE(list->model()->rowCount(), 1);
    checkLongest("5,000 problems are searched");

    app().forget();
    search->setFocus();
    QTest::keyClick(search, Qt::Key_Escape);
    QTRY_COMPARE(list->model()->rowCount(), 50);
    list->scrollToBottom();
    QTest::qWait(300);
    checkLongest("5,000 problems are scrolled");
}

int main(int argc, char **argv)
{
    shell::TimedApplication application(argc, argv);
    widgets::Theme::instance().install(widgets::ThemeChoice::Light, false, 0);
    TestSmoothness test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_smoothness.moc"
