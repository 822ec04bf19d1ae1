// The workspace's own ways: pages, differences, preferences, what was tried before; through the real window.
#include "program.h"

#include "models/difference_model.h"

#include <QtCore/QTemporaryDir>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QDialog>
#include <QtWidgets/QKeySequenceEdit>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QPushButton>
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
    void differencesAreSteppedThrough();
    void errorsOfACheckShowTheirLine();
    void aSearchWithoutAnAnswerOffersTheWayBack();
    void theKeyEditorTakesOneKeyAndLetsGo();
};

void TestWorkspace::everyPageHasAKey()
{
    const QTemporaryDir folder;
    Program program(folder.path(), false);
    QTRY_VERIFY_WITH_TIMEOUT(!program.statement().isEmpty(), kPatienceMs);
    const auto *sides = program.named<QTabWidget>("Problem pages");
    const auto *outputs = program.named<QTabWidget>("Output");

    for (int page = 0; page < sides->count(); ++page) {
        program.key(static_cast<Qt::Key>(Qt::Key_1 + page), Qt::AltModifier);
        QCOMPARE(sides->currentIndex(), page);
    }
    const Qt::Key keys[] = {Qt::Key_6, Qt::Key_7, Qt::Key_8, Qt::Key_9, Qt::Key_0};
    QCOMPARE(outputs->count(), static_cast<int>(std::size(keys)));
    for (int page = outputs->count() - 1; page >= 0; --page) {
        program.key(keys[page], Qt::AltModifier);
        QCOMPARE(outputs->currentIndex(), page);
    }
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
    dialog->findChild<QTabWidget *>()->setCurrentIndex(1);
    auto *key = dialog->findChild<QKeySequenceEdit *>();
    auto *list = dialog->findChild<QTreeWidget *>();
    QTest::keyClicks(program.named<QLineEdit>("Search commands and keys"), QStringLiteral("submit"));
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

int main(int argc, char **argv)
{
    QApplication app(argc, argv);
    widgets::Theme::instance().install(widgets::ThemeChoice::Light, false, 0);
    TestWorkspace test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_workspace.moc"
