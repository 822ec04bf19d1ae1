// The workspace's own ways: pages, differences, preferences, what was tried before; through the real window.
#include "program.h"

#include "models/difference_model.h"

#include <QtCore/QTemporaryDir>
#include <QtGui/QAction>
#include <QtGui/QWheelEvent>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QDialog>
#include <QtWidgets/QKeySequenceEdit>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QTabBar>
#include <QtWidgets/QTabWidget>
#include <QtWidgets/QTreeWidget>

#include <algorithm>

using namespace sqlgym;

namespace {

constexpr char kWrong[] = "SELECT id, tool_id, due_on, DATE '2024-03-01' - due_on FROM loan "
                          "WHERE due_on < '2024-03-01' ORDER BY 4 DESC, id";

QPushButton *button(const QWidget *window, const char *text)
{
    for (auto *each : window->findChildren<QPushButton *>()) {
        if (each->isVisible() && each->text() == QLatin1String(text))
            return each;
    }
    return nullptr;
}

} // namespace

class TestWorkspace : public QObject {
    Q_OBJECT
private slots:
    void everyPageHasAKey();
    void theKeysAreThoseOfTheSheet_data();
    void theKeysAreThoseOfTheSheet();
    void editorAndGridAreZoomedApart();
    void differencesAreSteppedThrough();
    void errorsOfACheckShowTheirLine();
    void aSearchWithoutAnAnswerOffersTheWayBack();
    void theKeyEditorTakesOneKeyAndLetsGo();
    void whatWasTriedComesBack();
    void anyTwoAttemptsAreCompared();
    void theFunctionAtTheCursorIsExplained();
    void theRowsOfAFailedTestAreAtHand();
    void afterSolvingTheNextIsOneButtonAway();
    void theGivenTextIsThereAtFirstAndComesBack();
};

void TestWorkspace::everyPageHasAKey()
{
    const QTemporaryDir folder;
    Program program(folder.path(), false);
    QTRY_VERIFY_WITH_TIMEOUT(!program.statement().isEmpty(), kPatienceMs);
    const auto *sides = program.named<QTabWidget>("Problem pages");
    const auto *outputs = program.named<QTabWidget>("Output");

    for (int page = 0; page < sides->count() - 1; ++page) {
        program.key(static_cast<Qt::Key>(Qt::Key_1 + page), Qt::AltModifier);
        QCOMPARE(sides->currentIndex(), page);
    }
    program.key(Qt::Key_5, Qt::AltModifier | Qt::ShiftModifier);
    QCOMPARE(sides->tabText(sides->currentIndex()), QStringLiteral("Discussion"));
    const Qt::Key keys[] = {Qt::Key_6, Qt::Key_7, Qt::Key_8, Qt::Key_9, Qt::Key_0};
    QCOMPARE(outputs->count(), static_cast<int>(std::size(keys)));
    for (int page = outputs->count() - 1; page >= 0; --page) {
        program.key(keys[page], Qt::AltModifier);
        QCOMPARE(outputs->currentIndex(), page);
    }
}

void TestWorkspace::theKeysAreThoseOfTheSheet_data()
{
    QTest::addColumn<QString>("command");
    QTest::addColumn<QString>("key");

    const std::pair<const char *, const char *> rows[] = {
        {"Run statement or selection", "Ctrl+Return"},
        {"Run all", "F5"},
        {"Check against all tests", "Ctrl+Shift+Return"},
        {"Submit", "Ctrl+Shift+S"},
        {"Cancel", "Ctrl+."},
        {"Complete", "Ctrl+Space"},
        {"Comment or uncomment lines", "Ctrl+/"},
        {"Format", "Ctrl+Shift+F"},
        {"Find", "Ctrl+F"},
        {"Replace", "Ctrl+H"},
        {"Next hint", "Alt+H"},
        {"Diagram of the tables", "Alt+Shift+2"},
        {"Next problem", "Alt+Right"},
        {"Previous problem", "Alt+Left"},
        {"Open problem", "Ctrl+P"},
        {"Commands", "Ctrl+Shift+P"},
        {"Go to results", "Ctrl+PgDown"},
        {"Go to editor", "Ctrl+PgUp"},
        {"New scratch tab", "Ctrl+T"},
        {"Close scratch tab", "Ctrl+W"},
        {"Reopen scratch tab", "Ctrl+Shift+T"},
        {"Move line up", "Alt+Up"},
        {"Move line down", "Alt+Down"},
        {"Copy line up", "Ctrl+Alt+Up"},
        {"Copy line down", "Ctrl+Alt+Down"},
        {"Zoom in", "Ctrl++"},
        {"Zoom out", "Ctrl+-"},
        {"Normal size", "Ctrl+0"},
        {"Preferences", "Ctrl+,"},
        {"Help", "F1"},
        {"Quit", "Ctrl+Q"},
    };
    for (const auto &[command, key] : rows)
        QTest::newRow(command) << QString::fromLatin1(command) << QString::fromLatin1(key);
}

void TestWorkspace::theKeysAreThoseOfTheSheet()
{
    QFETCH(const QString, command);
    QFETCH(const QString, key);
    const QTemporaryDir folder;
    const Program program(folder.path(), false);

    QStringList of, with;
    for (const auto *action : program.window->findChildren<QAction *>()) {
        QString name = action->text();
        name.remove(u'&').remove(QChar(0x2026));
        for (const QKeySequence &each : action->shortcuts()) {
            of << (name == command ? each.toString(QKeySequence::PortableText) : QString());
            with << (each == QKeySequence(key) ? name : QString());
        }
    }
    with.removeAll(QString());

    QVERIFY2(of.contains(key), qPrintable(of.join(u' ')));
    QCOMPARE(with, QStringList{command}); // nothing else has it
    QFile sheet(QStringLiteral(SQLGYM_SOURCE_DIR "/resources/help/keys.md"));
    QVERIFY(sheet.open(QFile::ReadOnly));
    QString written = key;
    written.replace(QStringLiteral("Return"), QStringLiteral("Enter"))
        .replace(QStringLiteral("PgDown"), QStringLiteral("PgDn"));
    QVERIFY2(QString::fromUtf8(sheet.readAll()).contains(written), qPrintable(written));
}

void TestWorkspace::editorAndGridAreZoomedApart()
{
    const QTemporaryDir folder;
    const Program program(folder.path(), false);
    QTRY_VERIFY_WITH_TIMEOUT(!program.statement().isEmpty(), kPatienceMs);
    program.writeQuery("SELECT id FROM loan");
    program.key(Qt::Key_Return, Qt::ControlModifier);
    QTRY_VERIFY_WITH_TIMEOUT(program.rows("Results") > 0, kPatienceMs);
    auto *grid = program.named<QAbstractItemView>("Results");
    const auto editorZoom = [&] { return program.editor()->SendScintilla(QsciScintillaBase::SCI_GETZOOM); };
    const double points = grid->font().pointSizeF();
    const auto turn = [](QWidget *widget) {
        QWheelEvent wheel(QPointF(20, 20), widget->mapToGlobal(QPointF(20, 20)), {}, {0, 120}, Qt::NoButton,
                          Qt::ControlModifier, Qt::NoScrollPhase, false);
        QApplication::sendEvent(widget, &wheel);
    };

    turn(grid->viewport());
    QCOMPARE(grid->font().pointSizeF(), points + 1);
    QCOMPARE(editorZoom(), 0L);
    turn(program.editor()->viewport());
    QCOMPARE(editorZoom(), 1L);
    QCOMPARE(grid->font().pointSizeF(), points + 1);
    program.key(Qt::Key_Plus, Qt::ControlModifier);
    QCOMPARE(editorZoom(), 2L);
    program.key(Qt::Key_PageDown, Qt::ControlModifier);
    program.key(Qt::Key_0, Qt::ControlModifier);
    QCOMPARE(grid->font().pointSizeF(), points);
    QCOMPARE(editorZoom(), 2L);
}

void TestWorkspace::differencesAreSteppedThrough()
{
    const QTemporaryDir folder;
    Program program(folder.path(), false);
    QTRY_VERIFY_WITH_TIMEOUT(program.statement().contains(QStringLiteral("Still out")), kPatienceMs);
    program.writeQuery(kWrong);
    program.key(Qt::Key_Return, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_VERIFY_WITH_TIMEOUT(program.verdict().startsWith(QStringLiteral("Not yet")), kPatienceMs);
    program.key(Qt::Key_6, Qt::AltModifier);
    const auto *grid = program.named<QAbstractItemView>("Difference");
    const auto mark = [&] { return grid->currentIndex().data(models::DifferenceModel::MarkRole).toInt(); };

    std::vector<int> rows;
    for (int i = 0; i < 8; ++i) {
        program.key(Qt::Key_F8);
        QVERIFY(grid->hasFocus());
        QVERIFY(mark() != static_cast<int>(grading::RowMark::Same));
        rows.push_back(grid->currentIndex().row());
    }

    QVERIFY(std::ranges::is_sorted(rows) && rows.front() < rows.back());
    bool skipped = false; // right rows between the wrong ones
    for (std::size_t i = 1; i < rows.size(); ++i)
        skipped = skipped || rows[i] > rows[i - 1] + 1;
    QVERIFY(skipped);
    program.key(Qt::Key_F8, Qt::ShiftModifier);
    QCOMPARE(grid->currentIndex().row(), rows[rows.size() - 2]);

    // Behind the last one of this test comes the first one of the next that failed.
    const QString test = program.named<QComboBox>("Test whose difference is shown")->currentText();
    for (int i = 0; i < grid->model()->rowCount() + 1; ++i) {
        program.key(Qt::Key_F8);
        if (program.named<QComboBox>("Test whose difference is shown")->currentText() != test)
            break;
    }
    QVERIFY(program.named<QComboBox>("Test whose difference is shown")->currentText() != test);
    QVERIFY(mark() != static_cast<int>(grading::RowMark::Same));
}

void TestWorkspace::errorsOfACheckShowTheirLine()
{
    const QTemporaryDir folder;
    Program program(folder.path(), false);
    QTRY_VERIFY_WITH_TIMEOUT(!program.statement().isEmpty(), kPatienceMs);

    program.writeQuery("SELECT plyer FROM loan");
    program.key(Qt::Key_Return, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_VERIFY_WITH_TIMEOUT(program.verdict().startsWith(QStringLiteral("Error")), kPatienceMs);

    const QStringList lines = program.named<QPlainTextEdit>("Messages")->toPlainText().split(u'\n');
    QVERIFY(lines.size() >= 3);
    QCOMPARE(lines[1], QStringLiteral("LINE 1: SELECT plyer FROM loan"));
    QCOMPARE(lines[2].indexOf(u'^'), lines[1].indexOf(QStringLiteral("plyer")));
}

void TestWorkspace::aSearchWithoutAnAnswerOffersTheWayBack()
{
    const QTemporaryDir folder;
    Program program(folder.path(), false);
    QTRY_VERIFY_WITH_TIMEOUT(program.rows("Problem list") > 0, kPatienceMs);
    const int topics = program.rows("Problem list");

    program.key(Qt::Key_L, Qt::ControlModifier);
    program.type("zebra");
    QTRY_VERIFY(button(program.window.get(), "Clear search and filters"));
    button(program.window.get(), "Clear search and filters")->setFocus();
    program.key(Qt::Key_Space);

    QCOMPARE(program.rows("Problem list"), topics);
    QVERIFY(!button(program.window.get(), "Clear search and filters"));
    QCOMPARE(QApplication::focusWidget()->accessibleName(), QStringLiteral("Problem search"));
}

void TestWorkspace::theKeyEditorTakesOneKeyAndLetsGo()
{
    const QTemporaryDir folder;
    Program program(folder.path(), false);
    QTRY_VERIFY_WITH_TIMEOUT(!program.statement().isEmpty(), kPatienceMs);
    program.key(Qt::Key_Comma, Qt::ControlModifier);
    QTRY_VERIFY(program.window->findChild<QDialog *>());
    auto *dialog = program.window->findChild<QDialog *>();
    auto *key = dialog->findChild<QKeySequenceEdit *>();
    auto *list = dialog->findChild<QTreeWidget *>();
    QTest::keyClicks(program.named<QLineEdit>("Search preferences"), QStringLiteral("submit"));
    QCOMPARE(list->currentItem()->text(0), QStringLiteral("Submit"));
    QTRY_VERIFY(dialog->isActiveWindow());

    key->setFocus();
    QTest::keyClick(key, Qt::Key_J, Qt::ControlModifier);
    QTest::keyClick(key, Qt::Key_K, Qt::ControlModifier);
    QCOMPARE(key->keySequence(), QKeySequence(QStringLiteral("Ctrl+K")));
    QTRY_VERIFY(button(dialog, "Set")->isEnabled());
    QTest::keyClick(key, Qt::Key_Escape);
    QCOMPARE(key->keySequence(), QKeySequence(QStringLiteral("Ctrl+Shift+S")));
    QVERIFY(list->hasFocus() && dialog->isVisible());
    QTest::keyClick(list, Qt::Key_Escape);

    QTRY_VERIFY(!program.window->findChild<QDialog *>());
}

void TestWorkspace::whatWasTriedComesBack()
{
    const QTemporaryDir folder;
    {
        Program program(folder.path(), false);
        QTRY_VERIFY_WITH_TIMEOUT(!program.statement().isEmpty(), kPatienceMs);
        program.writeQuery("SELECT id FROM loan WHERE id < 4");
        program.key(Qt::Key_Return, Qt::ControlModifier);
        QTRY_COMPARE_WITH_TIMEOUT(program.rows("Results"), 3, kPatienceMs);
        const auto ran = program.named<QPlainTextEdit>("Messages")->toPlainText().split(u'\n');
        QCOMPARE(ran.first(), QStringLiteral("SELECT id FROM loan WHERE id < 4"));
        QVERIFY2(ran.last().contains(QStringLiteral("SELECT 3")), qPrintable(ran.last()));
        program.writeQuery("SELECT 1");
        program.key(Qt::Key_Return, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_VERIFY_WITH_TIMEOUT(program.verdict().startsWith(QStringLiteral("Not yet")), kPatienceMs);
        // Undo goes back through what ran.
        const QByteArray before = "SELECT id FROM loan WHERE id < 4";
        for (int step = 0; step < 20 && program.editor()->utf8() != before; ++step)
            program.key(Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(program.editor()->utf8(), before);
        program.writeQuery("SELECT plyer FROM loan");
        program.key(Qt::Key_Return, Qt::ControlModifier);
        QTRY_VERIFY_WITH_TIMEOUT(program.named<QPlainTextEdit>("Messages")->isVisible(), kPatienceMs);
        program.window->close();
    }

    // The next day: newest first, with verdict, mode, time and duration.
    Program program(folder.path(), false);
    QTRY_VERIFY_WITH_TIMEOUT(!program.statement().isEmpty(), kPatienceMs);
    program.key(Qt::Key_5, Qt::AltModifier);
    auto *list = program.named<QAbstractItemView>("Earlier attempts");
    QVERIFY(list && list->hasFocus());
    QTRY_COMPARE(list->model()->rowCount(), 3);
    const auto told = [&](int row) { return list->model()->index(row, 0).data(Qt::AccessibleTextRole).toString(); };
    QVERIFY2(told(0).startsWith(QStringLiteral("Error, ")) && told(0).contains(QStringLiteral(", run")),
             qPrintable(told(0)));
    QVERIFY2(told(1).startsWith(QStringLiteral("Wrong columns, ")) && told(1).contains(QStringLiteral(", check")),
             qPrintable(told(1)));
    QVERIFY2(told(2).startsWith(QStringLiteral("Ran, ")) && told(2).contains(QStringLiteral("3 rows")) &&
                 told(2).contains(QStringLiteral(" ms")),
             qPrintable(told(2)));

    // Looked at by arrow, then beside the editor's text, then put there, and undone.
    const auto *text = program.named<QPlainTextEdit>("Attempt text");
    QTRY_COMPARE(text->toPlainText(), QStringLiteral("SELECT plyer FROM loan"));
    program.key(Qt::Key_Down);
    QTRY_COMPARE(text->toPlainText(), QStringLiteral("SELECT 1"));
    program.key(Qt::Key_Down);
    QTRY_COMPARE(text->toPlainText(), QStringLiteral("SELECT id FROM loan WHERE id < 4"));
    program.named<QCheckBox>("Compare with the editor")->setChecked(true);
    QTRY_COMPARE(text->toPlainText(),
                 QStringLiteral("\u2212 SELECT id FROM loan WHERE id < 4\n+ SELECT plyer FROM loan"));
    program.key(Qt::Key_Return);
    QCOMPARE(program.editor()->utf8(), QByteArray("SELECT id FROM loan WHERE id < 4"));
    QVERIFY(program.editor()->hasFocus());
    QTRY_COMPARE(text->toPlainText(), QStringLiteral("  SELECT id FROM loan WHERE id < 4"));
    program.key(Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(program.editor()->utf8(), QByteArray("SELECT plyer FROM loan"));

    // What is tried now joins the list that is open.
    program.key(Qt::Key_Return, Qt::ControlModifier);
    QTRY_COMPARE_WITH_TIMEOUT(list->model()->rowCount(), 4, kPatienceMs);
}

void TestWorkspace::anyTwoAttemptsAreCompared()
{
    const QTemporaryDir folder;
    Program program(folder.path(), false);
    QTRY_VERIFY_WITH_TIMEOUT(!program.statement().isEmpty(), kPatienceMs);
    program.key(Qt::Key_5, Qt::AltModifier);
    auto *list = program.named<QAbstractItemView>("Earlier attempts");
    QTRY_COMPARE(list->model()->rowCount(), 0);
    for (const char *sql : {"SELECT id FROM loan WHERE id < 2", "SELECT id FROM loan WHERE id < 3"}) {
        const int before = list->model()->rowCount();
        program.writeQuery(sql);
        program.key(Qt::Key_Return, Qt::ControlModifier);
        QTRY_COMPARE_WITH_TIMEOUT(list->model()->rowCount(), before + 1, kPatienceMs);
    }

    program.key(Qt::Key_5, Qt::AltModifier);
    program.key(Qt::Key_Home);
    program.key(Qt::Key_Down, Qt::ShiftModifier);

    QTRY_COMPARE(program.named<QPlainTextEdit>("Attempt text")->toPlainText(),
                 QStringLiteral("\u2212 SELECT id FROM loan WHERE id < 2\n+ SELECT id FROM loan WHERE id < 3"));
    QVERIFY(!button(program.window.get(), "Put into the editor")->isEnabled());

    // Another problem has its own.
    program.key(Qt::Key_Right, Qt::AltModifier);
    program.key(Qt::Key_5, Qt::AltModifier);
    QTRY_COMPARE(list->model()->rowCount(), 0);
}

void TestWorkspace::theFunctionAtTheCursorIsExplained()
{
    const QTemporaryDir folder;
    Program program(folder.path(), false);
    QTRY_VERIFY_WITH_TIMEOUT(!program.statement().isEmpty(), kPatienceMs);
    const auto told = [&] { return program.named<QLabel>("Diagnostics")->accessibleDescription(); };

    program.writeQuery("SELECT round(id, 2) FROM loan");
    program.editor()->setCursorUtf16(17);
    QTRY_VERIFY_WITH_TIMEOUT(told().startsWith(QStringLiteral("round(numeric, integer)")), kPatienceMs);
    program.editor()->setCursorUtf16(25);
    QTRY_COMPARE_WITH_TIMEOUT(told(), QString(), kPatienceMs);

    // A mistake is told before it.
    program.writeQuery("SELECT round(plyer, 2) FROM loan");
    program.editor()->setCursorUtf16(14);
    QTRY_VERIFY_WITH_TIMEOUT(told().startsWith(QStringLiteral("column \"plyer\"")), kPatienceMs);
    QTest::qWait(400);
    QVERIFY(told().startsWith(QStringLiteral("column \"plyer\"")));
}

void TestWorkspace::theRowsOfAFailedTestAreAtHand()
{
    const QTemporaryDir folder;
    Program program(folder.path(), false);
    QTRY_VERIFY_WITH_TIMEOUT(program.statement().contains(QStringLiteral("Still out")), kPatienceMs);
    program.writeQuery("SELECT count(*) FROM loan");
    program.key(Qt::Key_Return, Qt::ControlModifier);
    QTRY_COMPARE_WITH_TIMEOUT(program.rows("Results"), 1, kPatienceMs);
    const auto *results = program.named<QAbstractItemView>("Results");
    const auto counted = [&] { return results->model()->index(0, 0).data().toInt(); };
    const int all = counted();
    program.writeQuery(kWrong);
    program.key(Qt::Key_Return, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_VERIFY_WITH_TIMEOUT(program.verdict().startsWith(QStringLiteral("Not yet")), kPatienceMs);
    auto *tests = program.named<QComboBox>("Test whose difference is shown");
    auto *show = program.named<QPushButton>("Show the rows of this test");

    // One with rows of its own, in view of everybody.
    tests->setCurrentIndex(1);
    QVERIFY(show->isVisible());
    show->setFocus();
    program.key(Qt::Key_Space);
    const auto *rows = program.named<QAbstractItemView>("Sample rows");
    QVERIFY(rows->isVisible());
    const int few = rows->model()->rowCount();
    QVERIFY(few < all);

    // A run sees them too, and says so.
    program.writeQuery("SELECT count(*) FROM loan");
    program.key(Qt::Key_Return, Qt::ControlModifier);
    QTRY_COMPARE_WITH_TIMEOUT(counted(), few, kPatienceMs);
    QVERIFY(results->accessibleDescription().contains(QStringLiteral("One of each")));

    // Hidden ones stay hidden; another problem starts from its sample data.
    program.key(Qt::Key_8, Qt::AltModifier);
    tests->setCurrentIndex(tests->count() - 1);
    QVERIFY(!show->isVisible());
    const auto *choice = program.named<QComboBox>("Rows of");
    QCOMPARE(choice->count(), 3); // the sample data and the two tests in view that have rows of their own
    program.key(Qt::Key_Right, Qt::AltModifier);
    QTRY_COMPARE(choice->currentIndex(), 0);
}

void TestWorkspace::afterSolvingTheNextIsOneButtonAway()
{
    const QTemporaryDir folder;
    Program program(folder.path(), false);
    QTRY_VERIFY_WITH_TIMEOUT(program.statement().contains(QStringLiteral("Still out")), kPatienceMs);
    program.writeQuery("SELECT id, tool_id, due_on, DATE '2024-03-01' - due_on FROM loan "
                       "WHERE returned_on IS NULL AND due_on < '2024-03-01' ORDER BY 4 DESC, id");
    program.key(Qt::Key_S, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_VERIFY_WITH_TIMEOUT(program.verdict().contains(QStringLiteral("XP")), kPatienceMs);
    const QString before = program.statement();

    QVERIFY(button(program.window.get(), "Next problem"));
    QCOMPARE(program.statement(), before); // nothing moves on by itself
    button(program.window.get(), "Next problem")->setFocus();
    program.key(Qt::Key_Space);

    QTRY_VERIFY(program.statement() != before);
}

void TestWorkspace::theGivenTextIsThereAtFirstAndComesBack()
{
    const QTemporaryDir folder;
    const QByteArray given = "SELECT id AS purchase_id, coupon\nFROM purchase\nWHERE coupon = 'SPRING'\n"
                             "   OR coupon = 'spring'\n  AND shipped_at IS NULL;";
    {
        Program program(folder.path(), false, QStringLiteral("coupon-muddle"));
        QTRY_VERIFY_WITH_TIMEOUT(program.statement().contains(QStringLiteral("A coupon muddle")), kPatienceMs);
        QCOMPARE(program.editor()->utf8(), given);
        program.key(Qt::Key_A, Qt::ControlModifier);
        program.key(Qt::Key_Delete);
        program.key(Qt::Key_Right, Qt::AltModifier); // to a problem that gives none
        QTRY_VERIFY(!program.statement().contains(QStringLiteral("A coupon muddle")));
        QVERIFY(program.editor()->utf8().isEmpty());
        program.window->close();
    }
    Program program(folder.path(), false, QStringLiteral("coupon-muddle"));
    QTRY_VERIFY_WITH_TIMEOUT(program.statement().contains(QStringLiteral("A coupon muddle")), kPatienceMs);
    QVERIFY(program.editor()->utf8().isEmpty()); // as it was left
    const auto actions = program.window->findChildren<QAction *>();
    const auto again = std::ranges::find_if(
        actions, [](const auto *each) { return each->text().remove(u'&').startsWith(QStringLiteral("Start again")); });
    QVERIFY(again != actions.end() && (*again)->isEnabled());
    (*again)->trigger();
    QCOMPARE(program.editor()->utf8(), given);
    program.editor()->undo();
    QVERIFY(program.editor()->utf8().isEmpty());
    program.key(Qt::Key_Right, Qt::AltModifier);
    QTRY_VERIFY(!(*again)->isEnabled());
}

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    widgets::Theme::instance().install(widgets::ThemeChoice::Light, false, 0);
    TestWorkspace test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_workspace.moc"
