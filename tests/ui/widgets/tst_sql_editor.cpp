#include "widgets/find_bar.h"
#include "widgets/sql_editor.h"
#include "widgets/theme.h"

#include <QtGui/QClipboard>
#include <QtTest/QSignalSpy>
#include <QtTest/QtTest>
#include <QtWidgets/QApplication>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QVBoxLayout>

using namespace sqlgym::widgets;

class TestSqlEditor : public QObject {
    Q_OBJECT
private slots:
    void init();
    void cleanup();
    void tabWritesAndEscapeTabLeaves();
    void runsTheStatementAtTheCursorOrTheSelection();
    void eachDocumentKeepsItsUndo();
    void eachDocumentKeepsItsPlace();
    void severalCaretsWriteAtOnce();
    void returnKeepsTheIndentation();
    void openingADocumentIsNotAnEdit();
    void togglesComments();
    void keepsNulCharacters();
    void aTextThatIsTooLongToBeShownIsNeverLost();
    void countsTheCursorInUtf16();
    void keysOfTheWindowAreLeftAlone_data();
    void keysOfTheWindowAreLeftAlone();
    void findsAndReplaces();

private:
    QWidget *m_window = nullptr;
    QLineEdit *m_after = nullptr;
    SqlEditor *m_editor = nullptr;
};

void TestSqlEditor::init()
{
    m_window = new QWidget;
    auto *box = new QVBoxLayout(m_window);
    m_editor = new SqlEditor(m_window);
    m_after = new QLineEdit(m_window);
    box->addWidget(m_editor);
    box->addWidget(m_after);
    m_window->show();
    m_window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_window));
    m_editor->openDocument(QStringLiteral("one"), QString());
    m_editor->setFocus();
}

void TestSqlEditor::cleanup() { delete m_window; }

void TestSqlEditor::tabWritesAndEscapeTabLeaves()
{
    QTest::keyClick(m_editor, Qt::Key_Tab);
    QCOMPARE(m_editor->utf8(), QByteArray("    "));
    QVERIFY(m_editor->hasFocus());

    QTest::keyClick(m_editor, Qt::Key_Escape);
    QTest::keyClick(m_editor, Qt::Key_Tab);

    QVERIFY(m_after->hasFocus());
    QCOMPARE(m_editor->utf8(), QByteArray("    "));
}

void TestSqlEditor::runsTheStatementAtTheCursorOrTheSelection()
{
    m_editor->openDocument(QStringLiteral("two"), QStringLiteral("SELECT 'é';\nSELECT 2;"));

    m_editor->setCursorUtf16(3);
    QCOMPARE(m_editor->pieceToRun()->sql, QByteArray("SELECT 'é'"));
    m_editor->setCursorUtf16(15);
    QCOMPARE(m_editor->pieceToRun()->sql, QByteArray("SELECT 2"));
    QCOMPARE(m_editor->pieceToRun()->byteBegin, 13);
    m_editor->setSelection(1, 7, 1, 8);
    QCOMPARE(m_editor->pieceToRun()->sql, QByteArray("2"));
}

void TestSqlEditor::eachDocumentKeepsItsUndo()
{
    QTest::keyClicks(m_editor, QStringLiteral("first"));
    m_editor->openDocument(QStringLiteral("two"), QStringLiteral("second"));
    m_editor->undo();
    QCOMPARE(m_editor->utf8(), QByteArray("second"));

    m_editor->openDocument(QStringLiteral("one"), QStringLiteral("must not be taken"));
    QCOMPARE(m_editor->utf8(), QByteArray("first"));
    m_editor->undo();

    QCOMPARE(m_editor->utf8(), QByteArray());
}

void TestSqlEditor::eachDocumentKeepsItsPlace()
{
    const QString lines = QStringLiteral("SELECT 1;\n").repeated(200);
    m_editor->openDocument(QStringLiteral("long"), lines);
    m_editor->SendScintilla(QsciScintillaBase::SCI_SETSEL, 1'507UL, 1'503L); // backwards
    m_editor->setFirstLine(140);
    m_editor->openDocument(QStringLiteral("two"), QStringLiteral("second"));
    m_editor->setCursorUtf16(3);

    m_editor->openDocument(QStringLiteral("long"), {});
    QCOMPARE(m_editor->selectedText(), lines.mid(1'503, 4));
    QCOMPARE(m_editor->cursorByte(), 1'503);
    QCOMPARE(m_editor->firstLine(), 140);

    m_editor->openDocument(QStringLiteral("two"), {});
    QCOMPARE(m_editor->cursorByte(), 3);
}

void TestSqlEditor::severalCaretsWriteAtOnce()
{
    m_editor->openDocument(QStringLiteral("two"), QStringLiteral("a, b, c"));
    m_editor->SendScintilla(QsciScintillaBase::SCI_SETSELECTION, 1UL, 1L);
    for (const unsigned long at : {4UL, 7UL})
        m_editor->SendScintilla(QsciScintillaBase::SCI_ADDSELECTION, at, static_cast<long>(at));

    QTest::keyClicks(m_editor, QStringLiteral("_id"));
    QCOMPARE(m_editor->utf8(), QByteArray("a_id, b_id, c_id"));

    m_editor->undo();
    QCOMPARE(m_editor->utf8(), QByteArray("a_i, b_i, c_i"));
}

void TestSqlEditor::returnKeepsTheIndentation()
{
    m_editor->openDocument(QStringLiteral("two"), QStringLiteral("SELECT id,\n    name"));
    m_editor->setCursorUtf16(19);

    QTest::keyClick(m_editor, Qt::Key_Return);
    QTest::keyClicks(m_editor, QStringLiteral("FROM t"));

    QCOMPARE(m_editor->utf8(), QByteArray("SELECT id,\n    name\n    FROM t"));
}

void TestSqlEditor::openingADocumentIsNotAnEdit()
{
    QSignalSpy edited(m_editor, &SqlEditor::edited);

    m_editor->openDocument(QStringLiteral("two"), QStringLiteral("SELECT 1"));
    QCOMPARE(edited.count(), 0);
    QTest::keyClick(m_editor, Qt::Key_X);

    QVERIFY(edited.count() > 0);
}

void TestSqlEditor::togglesComments()
{
    m_editor->openDocument(QStringLiteral("two"), QStringLiteral("SELECT 1\nFROM t\n"));
    m_editor->setSelection(0, 0, 2, 0);

    m_editor->toggleComment();
    QCOMPARE(m_editor->utf8(), QByteArray("-- SELECT 1\n-- FROM t\n"));
    m_editor->setSelection(0, 0, 2, 0);
    m_editor->toggleComment();

    QCOMPARE(m_editor->utf8(), QByteArray("SELECT 1\nFROM t\n"));
}

void TestSqlEditor::keepsNulCharacters()
{
    const QString text = QStringLiteral("SELECT 1") + QChar(0) + QStringLiteral("x");

    m_editor->openDocument(QStringLiteral("two"), text);

    QCOMPARE(m_editor->utf8(), QByteArray("SELECT 1\0x", 10));
}

void TestSqlEditor::aTextThatIsTooLongToBeShownIsNeverLost()
{
    const QString before = QStringLiteral("SELECT 1");
    const QString line = QStringLiteral("\u00E9 ").repeated(100'000);
    QTest::keyClicks(m_editor, before);
    m_editor->replaceAll(line);
    QVERIFY(m_editor->isShortened());
    QVERIFY(m_editor->utf8() == line.toUtf8());
    QVERIFY(m_editor->SendScintilla(QsciScintillaBase::SCI_GETLENGTH) < 5'000);
    QTest::keyClicks(m_editor, QStringLiteral("x"));
    QVERIFY(m_editor->utf8() == line.toUtf8());

    // Replaced, and back step by step to what was there first.
    m_editor->replaceAll(QStringLiteral("SELECT 2"));
    QVERIFY(!m_editor->isShortened());
    QTest::keyClick(m_editor, Qt::Key_Z, Qt::ControlModifier);
    QVERIFY(m_editor->utf8() == line.toUtf8());
    QTest::keyClick(m_editor, Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(m_editor->utf8(), before.toUtf8());

    // Another document is another text; this one is as it was left.
    m_editor->replaceAll(line);
    m_editor->openDocument(QStringLiteral("two"), QStringLiteral("SELECT 3"));
    QCOMPARE(m_editor->utf8(), QByteArray("SELECT 3"));
    m_editor->openDocument(QStringLiteral("one"), QString());
    QVERIFY(m_editor->utf8() == line.toUtf8());
}

void TestSqlEditor::countsTheCursorInUtf16()
{
    m_editor->openDocument(QStringLiteral("two"), QStringLiteral("a\U0001F600\u00E9z"));

    m_editor->setCursorUtf16(4); // behind the e with the accent: 1 + 2 + 1

    QCOMPARE(m_editor->cursorUtf16(), 4);
    QTest::keyClick(m_editor, Qt::Key_X);
    QCOMPARE(QString::fromUtf8(m_editor->utf8()), QStringLiteral("a\U0001F600\u00E9xz"));
}

void TestSqlEditor::keysOfTheWindowAreLeftAlone_data()
{
    QTest::addColumn<QKeyCombination>("key");

    QTest::newRow("run") << QKeyCombination(Qt::CTRL | Qt::Key_Return);
    QTest::newRow("check") << QKeyCombination(Qt::CTRL | Qt::SHIFT | Qt::Key_Return);
    QTest::newRow("submit") << QKeyCombination(Qt::CTRL | Qt::SHIFT | Qt::Key_S);
    QTest::newRow("comment") << QKeyCombination(Qt::CTRL | Qt::Key_Slash);
    QTest::newRow("to the results") << QKeyCombination(Qt::CTRL | Qt::Key_PageDown);
    QTest::newRow("search problems") << QKeyCombination(Qt::CTRL | Qt::Key_L);
    QTest::newRow("next problem") << QKeyCombination(Qt::ALT | Qt::Key_Right);
    QTest::newRow("zoom in") << QKeyCombination(Qt::CTRL | Qt::Key_Plus);
    QTest::newRow("open problem") << QKeyCombination(Qt::CTRL | Qt::Key_P);
    QTest::newRow("the list") << QKeyCombination(Qt::CTRL | Qt::Key_B);
}

void TestSqlEditor::keysOfTheWindowAreLeftAlone()
{
    QFETCH(QKeyCombination, key);
    QAction action;
    action.setShortcut(QKeySequence(key));
    m_window->addAction(&action);
    QSignalSpy triggered(&action, &QAction::triggered);
    m_editor->openDocument(QStringLiteral("two"), QStringLiteral("SELECT 1"));

    QTest::keyClick(m_editor, key.key(), key.keyboardModifiers());

    QCOMPARE(triggered.count(), 1);
    QCOMPARE(m_editor->utf8(), QByteArray("SELECT 1"));
}

void TestSqlEditor::findsAndReplaces()
{
    m_editor->openDocument(QStringLiteral("two"), QStringLiteral("loan Loan tool"));
    FindBar bar(m_editor, m_window);
    m_window->layout()->addWidget(&bar);
    bar.open(true);
    auto *words = bar.findChild<QLineEdit *>();
    QVERIFY(words->hasFocus());

    QTest::keyClicks(words, QStringLiteral("loan"));
    QCOMPARE(m_editor->selectedText(), QStringLiteral("loan"));
    QTest::keyClick(words, Qt::Key_Return);
    QCOMPARE(m_editor->selectedText(), QStringLiteral("Loan"));
    QTest::keyClick(words, Qt::Key_Escape);

    QVERIFY(!bar.isVisible());
    QVERIFY(m_editor->hasFocus());
}

int main(int argc, char **argv)
{
    QApplication app(argc, argv);
    Theme::instance().install(ThemeChoice::Light, false, 0);
    TestSqlEditor test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_sql_editor.moc"
