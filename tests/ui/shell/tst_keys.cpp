// Keys of the editor and of a result, keys of one's own, and what a window remembers.
#include "portal.h"
#include "program.h"

#include <QtCore/QTemporaryDir>
#include <QtGui/QClipboard>
#include <QtWidgets/QDialog>
#include <QtWidgets/QKeySequenceEdit>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QSplitter>
#include <QtWidgets/QTabWidget>
#include <QtWidgets/QTableView>
#include <QtWidgets/QTreeWidget>

using namespace sqlgym;

namespace {

QPushButton *button(const QWidget *in, const char *words)
{
    for (auto *each : in->findChildren<QPushButton *>()) {
        if (each->text().remove(u'&') == QLatin1String(words))
            return each;
    }
    return nullptr;
}

/// Lines with a mark in the margin, from 0.
QList<int> markedLines(const widgets::SqlEditor *editor)
{
    QList<int> lines;
    for (int line = 0; line < editor->lines(); ++line) {
        if ((editor->markersAtLine(line) & 1U << 1) != 0) // that of the statement
            lines << line;
    }
    return lines;
}

/// Pixels of a colour.
int pixels(QWidget *of, const QColor &color)
{
    const QImage image = of->grab().toImage().convertToFormat(QImage::Format_RGB32);
    int count = 0;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x)
            count += image.pixel(x, y) == color.rgb() ? 1 : 0;
    }
    return count;
}

} // namespace

class TestKeys : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void theStatementAtTheCursorIsMarked();
    void bracketsAreMatched();
    void linesBecomeComments();
    void textIsFoundAndReplaced();
    void textIsReplacedByKeyboardAlone();
    void rowsAreCopied();
    void sizesChange();
    void aKeyOfOnesOwn();
    void theWindowIsAsItWas();
    void theColoursAreTheSystems();

private:
    tests::Bus m_bus;
};

void TestKeys::initTestCase()
{
    if (tests::Bus::isInstalled())
        QVERIFY(m_bus.start());
}

void TestKeys::theStatementAtTheCursorIsMarked()
{
    const QTemporaryDir folder;
    const Program program(folder.path(), false);
    QTRY_VERIFY_WITH_TIMEOUT(!program.statement().isEmpty(), kPatienceMs);
    auto *editor = program.editor();
    editor->replaceAll(QStringLiteral("SELECT 1 AS one;\n\nSELECT ';' AS two,\n  3 AS three;\nSELECT 4"));
    editor->setCursorUtf16(2);
    QTRY_COMPARE(markedLines(editor), QList<int>({0}));
    for (int i = 0; i < 3; ++i)
        program.key(Qt::Key_Down);
    QTRY_COMPARE(markedLines(editor), QList<int>({2, 3}));

    // It is what runs.
    program.key(Qt::Key_Return, Qt::ControlModifier);
    QTRY_COMPARE_WITH_TIMEOUT(program.rows("Results"), 1, kPatienceMs);
    const auto *rows = program.named<QTableView>("Results")->model();
    QTRY_COMPARE(rows->columnCount(), 2);
    QCOMPARE(rows->headerData(0, Qt::Horizontal).toString().section(u'\n', 0, 0), QStringLiteral("two"));
}

void TestKeys::bracketsAreMatched()
{
    const QTemporaryDir folder;
    const Program program(folder.path(), false);
    QTRY_VERIFY_WITH_TIMEOUT(!program.statement().isEmpty(), kPatienceMs);
    auto *editor = program.editor();
    editor->setCaretLineVisible(false);
    const auto styleAt = [&](const char *sql, int cursor, const QColor &fill) {
        editor->replaceAll(QString::fromLatin1(sql));
        editor->setCursorUtf16(0);
        const int before = pixels(editor, fill);
        editor->setCursorUtf16(cursor);
        return pixels(editor, fill) - before;
    };
    const auto &colors = widgets::Theme::instance().colors();
    const int both = styleAt("SELECT upper(lower('a'))", 12, colors.selection);
    QVERIFY2(both > 20, qPrintable(QString::number(both)));
    QCOMPARE(styleAt("SELECT upper(lower('a'))", 9, colors.selection), 0); // none is there
    QVERIFY(styleAt("SELECT upper(lower('a')", 12, colors.dangerFill) > 10);
}

void TestKeys::linesBecomeComments()
{
    const QTemporaryDir folder;
    const Program program(folder.path(), false);
    QTRY_VERIFY_WITH_TIMEOUT(!program.statement().isEmpty(), kPatienceMs);
    auto *editor = program.editor();
    editor->replaceAll(QStringLiteral("SELECT 1,\n  2\nFROM loan"));
    editor->setCursorUtf16(0);
    program.key(Qt::Key_Slash, Qt::ControlModifier);
    QCOMPARE(editor->utf8(), QByteArray("-- SELECT 1,\n  2\nFROM loan"));
    program.key(Qt::Key_A, Qt::ControlModifier);
    program.key(Qt::Key_Slash, Qt::ControlModifier);
    QCOMPARE(editor->utf8(), QByteArray("-- -- SELECT 1,\n--   2\n-- FROM loan")); // not all were
    program.key(Qt::Key_Slash, Qt::ControlModifier);
    QCOMPARE(editor->utf8(), QByteArray("-- SELECT 1,\n  2\nFROM loan"));
    program.key(Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(editor->utf8(), QByteArray("-- -- SELECT 1,\n--   2\n-- FROM loan")); // a step each
    // Lines are copied upwards too; the cursor stays in the upper one.
    editor->replaceAll(QStringLiteral("one\ntwo"));
    editor->setCursorUtf16(5);
    program.key(Qt::Key_Up, Qt::ControlModifier | Qt::AltModifier);
    QCOMPARE(editor->utf8(), QByteArray("one\ntwo\ntwo"));
    QCOMPARE(editor->cursorUtf16(), 5);
}

void TestKeys::textIsFoundAndReplaced()
{
    const QTemporaryDir folder;
    const Program program(folder.path(), false);
    QTRY_VERIFY_WITH_TIMEOUT(!program.statement().isEmpty(), kPatienceMs);
    auto *editor = program.editor();
    const QByteArray before = "SELECT loan_id, Loan_id\nFROM loan_id\nWHERE id = 'loan_id \xC3\xA9 loan_id'";
    editor->replaceAll(QString::fromUtf8(before));
    editor->setCursorUtf16(0);
    program.key(Qt::Key_H, Qt::ControlModifier);
    auto *find = program.named<QLineEdit>("Find");
    auto *by = program.named<QLineEdit>("Replace with");
    QVERIFY(find && find->hasFocus() && by->isVisible());
    program.type("loan_id");
    QCOMPARE(editor->selectedText(), QStringLiteral("loan_id"));
    QTest::keyClicks(by, QStringLiteral("x"));
    QWidget *bar = by->parentWidget()->parentWidget();

    QTest::mouseClick(button(bar, "Replace"), Qt::LeftButton);
    QCOMPARE(editor->utf8(), QByteArray(before).replace(7, 7, "x"));
    QCOMPARE(editor->selectedText(), QStringLiteral("Loan_id")); // the next
    QTest::mouseClick(button(bar, "Replace all"), Qt::LeftButton);
    const QByteArray after = "SELECT x, x\nFROM x\nWHERE id = 'x \xC3\xA9 x'";
    QCOMPARE(editor->utf8(), after);

    // All of them are one step.
    program.key(Qt::Key_Escape);
    QVERIFY(editor->hasFocus() && !find->isVisible());
    program.key(Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(editor->utf8(), QByteArray(before).replace(7, 7, "x"));
    program.key(Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(editor->utf8(), before);
}

/// And what takes the place of a word may hold that word: none is replaced twice.
void TestKeys::textIsReplacedByKeyboardAlone()
{
    const QTemporaryDir folder;
    const Program program(folder.path(), false);
    QTRY_VERIFY_WITH_TIMEOUT(!program.statement().isEmpty(), kPatienceMs);
    auto *editor = program.editor();
    editor->replaceAll(QStringLiteral("SELECT id, id, id FROM loan"));
    editor->setCursorUtf16(0);
    program.key(Qt::Key_H, Qt::ControlModifier);
    program.type("id");
    program.key(Qt::Key_Tab);
    QVERIFY(program.named<QLineEdit>("Replace with")->hasFocus());
    program.type("loan.id");
    program.key(Qt::Key_Return);
    QCOMPARE(editor->utf8(), QByteArray("SELECT loan.id, id, id FROM loan"));
    program.key(Qt::Key_Return);
    QCOMPARE(editor->utf8(), QByteArray("SELECT loan.id, loan.id, id FROM loan"));
    program.key(Qt::Key_Tab);
    program.key(Qt::Key_Tab);
    QCOMPARE(QApplication::focusWidget(), static_cast<QWidget *>(button(program.window.get(), "Replace all")));
    program.key(Qt::Key_Escape);
    program.key(Qt::Key_Z, Qt::ControlModifier);
    program.key(Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(editor->utf8(), QByteArray("SELECT id, id, id FROM loan"));

    editor->setCursorUtf16(0);
    program.key(Qt::Key_H, Qt::ControlModifier);
    for (int i = 0; i < 3; ++i)
        program.key(Qt::Key_Tab);
    program.key(Qt::Key_Space); // all
    QCOMPARE(editor->utf8(), QByteArray("SELECT loan.id, loan.id, loan.id FROM loan"));
    program.key(Qt::Key_Escape);
    program.key(Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(editor->utf8(), QByteArray("SELECT id, id, id FROM loan"));
}

void TestKeys::rowsAreCopied()
{
    const QTemporaryDir folder;
    const Program program(folder.path(), false);
    QTRY_VERIFY_WITH_TIMEOUT(!program.statement().isEmpty(), kPatienceMs);
    program.writeQuery("VALUES (1, 'a', NULL), (2, 'b c', 3)");
    program.key(Qt::Key_Return, Qt::ControlModifier);
    QTRY_COMPARE_WITH_TIMEOUT(program.rows("Results"), 2, kPatienceMs);
    auto *grid = program.named<QTableView>("Results");
    grid->setFocus();
    grid->selectAll();
    auto *clipboard = QApplication::clipboard();
    clipboard->setText(QStringLiteral("before"));
    program.key(Qt::Key_C, Qt::ControlModifier);
    QTRY_COMPARE(clipboard->text(), QStringLiteral("1\ta\t\n2\tb c\t3"));
    program.key(Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_COMPARE(clipboard->text(), QStringLiteral("column1\tcolumn2\tcolumn3\n1\ta\t\n2\tb c\t3"));
    grid->setCurrentIndex(grid->model()->index(1, 1));
    program.key(Qt::Key_C, Qt::ControlModifier);
    QTRY_COMPARE(clipboard->text(), QStringLiteral("b c"));
}

void TestKeys::sizesChange()
{
    const QTemporaryDir folder;
    const auto zoom = [](const Program &program) {
        return program.editor()->SendScintilla(QsciScintillaBase::SCI_GETZOOM);
    };
    {
        const Program program(folder.path(), false);
        QTRY_VERIFY_WITH_TIMEOUT(!program.statement().isEmpty(), kPatienceMs);
        program.editor()->setFocus();
        program.key(Qt::Key_Plus, Qt::ControlModifier);
        program.key(Qt::Key_Equal, Qt::ControlModifier);
        QCOMPARE(zoom(program), 2L);
        program.key(Qt::Key_0, Qt::ControlModifier);
        QCOMPARE(zoom(program), 0L);
        for (int i = 0; i < 3; ++i)
            program.key(Qt::Key_Minus, Qt::ControlModifier);
        QCOMPARE(zoom(program), -3L);
        program.window->close();
    }
    const Program again(folder.path(), false);
    QTRY_VERIFY_WITH_TIMEOUT(!again.statement().isEmpty(), kPatienceMs);
    QCOMPARE(zoom(again), -3L);
}

void TestKeys::aKeyOfOnesOwn()
{
    const QTemporaryDir folder;
    {
        const Program program(folder.path(), false);
        QTRY_VERIFY_WITH_TIMEOUT(!program.statement().isEmpty(), kPatienceMs);
        program.key(Qt::Key_Comma, Qt::ControlModifier);
        auto *dialog = program.window->findChild<QDialog *>();
        QVERIFY(dialog);
        QTRY_COMPARE(QApplication::activeWindow(), static_cast<QWidget *>(dialog));
        auto *list = program.named<QTreeWidget>("Commands and their keys");
        dialog->findChild<QTabWidget *>()->setCurrentIndex(1);
        const auto items = list->findItems(QStringLiteral("Run statement"), Qt::MatchStartsWith);
        QCOMPARE(items.size(), 1);
        list->setCurrentItem(items.first());
        auto *key = program.named<QKeySequenceEdit>("New key");
        key->setFocus();
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_F6);
        auto *set = button(dialog, "Set");
        QTRY_VERIFY(set->isEnabled()); // when no further key has followed
        QTest::mouseClick(set, Qt::LeftButton);
        QCOMPARE(items.first()->text(1), QStringLiteral("F6"));
        dialog->close();

        program.window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(program.window.get()));
        program.editor()->setFocus();
        QTRY_VERIFY(program.editor()->hasFocus());
        program.writeQuery("VALUES (1), (2), (3)");
        program.key(Qt::Key_F6);
        QTRY_COMPARE_WITH_TIMEOUT(program.rows("Results"), 3, kPatienceMs);
        program.window->close();
    }
    const Program again(folder.path(), false);
    QTRY_VERIFY_WITH_TIMEOUT(!again.statement().isEmpty(), kPatienceMs);
    again.writeQuery("VALUES (1), (2)");
    again.key(Qt::Key_Return, Qt::ControlModifier); // is free now
    QTest::qWait(300);
    QVERIFY(!again.engines->busy());
    QVERIFY(again.rows("Results") < 1);
    again.key(Qt::Key_F6);
    QTRY_COMPARE_WITH_TIMEOUT(again.rows("Results"), 2, kPatienceMs);
}

void TestKeys::theWindowIsAsItWas()
{
    const QTemporaryDir folder;
    QList<QList<int>> sizes;
    const auto sizesOf = [](const Program &program) {
        QList<QList<int>> all;
        for (const auto *each : program.window->findChildren<QSplitter *>()) {
            if (each->isVisible())
                all << each->sizes();
        }
        return all;
    };
    QSize size;
    {
        const Program program(folder.path(), false);
        QTRY_VERIFY_WITH_TIMEOUT(!program.statement().isEmpty(), kPatienceMs);
        program.window->resize(1111, 666);
        for (auto *each : program.window->findChildren<QSplitter *>()) {
            if (auto parts = each->sizes(); each->isVisible() && parts.size() > 1 && parts[1] > 60) {
                parts[0] += 37;
                parts[1] -= 37;
                each->setSizes(parts);
            }
        }
        program.key(Qt::Key_3, Qt::AltModifier); // the hints
        QTest::qWait(50);
        sizes = sizesOf(program);
        size = program.window->size();
        program.window->close();
    }
    QVERIFY(sizes.size() >= 3);
    const Program again(folder.path(), false);
    QTRY_VERIFY_WITH_TIMEOUT(!again.statement().isEmpty(), kPatienceMs);
    QCOMPARE(again.window->size(), size);
    QCOMPARE(sizesOf(again), sizes);
    QCOMPARE(again.named<QTabWidget>("Problem pages")->currentIndex(), 2);
}

void TestKeys::theColoursAreTheSystems()
{
    if (!tests::Bus::isInstalled())
        QSKIP("dbus-daemon is not installed");
    widgets::Theme::instance().install(widgets::ThemeChoice::System, false, 0); // as main() does
    tests::Portal portal;
    QVERIFY(portal.open());
    const QTemporaryDir folder;
    const Program program(folder.path(), false);
    QTRY_VERIFY_WITH_TIMEOUT(!program.statement().isEmpty(), kPatienceMs);
    const auto lightness = [&] {
        return QColor(program.editor()->grab().toImage().pixel(program.editor()->width() / 2, 200)).lightness();
    };
    QTRY_VERIFY(lightness() < 80); // the portal says dark
    portal.change(2);
    QTRY_VERIFY(lightness() > 200);
    portal.change(1);
    QTRY_VERIFY(lightness() < 80);
}

QTEST_MAIN(TestKeys)
#include "tst_keys.moc"
