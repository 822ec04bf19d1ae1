// Very long texts and very many cells, through the real window, which stays at hand meanwhile.
#include "program.h"

#include "shell/timed_application.h"
#include "widgets/accessible.h"
#include "widgets/result_grid.h"

#include <QtCore/QTemporaryDir>
#include <QtGui/QClipboard>
#include <QtWidgets/QPlainTextEdit>

using namespace sqlgym;

namespace {

constexpr double kMostAwayMs = 50.0 * SQLGYM_PACE; ///< of the GUI thread, from its events

shell::TimedApplication &app() { return *static_cast<shell::TimedApplication *>(qApp); }

} // namespace

class TestLongTexts : public QObject {
    Q_OBJECT
private slots:
    void copyingManyCellsLeavesTheWindowAlone();
    void theStatementInALongTextIsFoundBesideTheWindow();
    void aLineOfTenMegabytesIsKeptWhole();
    void goingBackToALongTextDoesNotWait();
    void hostilePastes_data();
    void hostilePastes();
    void aPageOfLongLinesIsShortened();
};

void TestLongTexts::copyingManyCellsLeavesTheWindowAlone()
{
    const QTemporaryDir folder;
    Program program(folder.path(), false);
    QTRY_VERIFY_WITH_TIMEOUT(!program.statement().isEmpty(), kPatienceMs);
    program.writeQuery("SELECT g AS a, 'x, ' || g AS b, g, g, g, g, g, g, g, g FROM generate_series(1, 50000) g");
    program.key(Qt::Key_Return, Qt::ControlModifier);
    QTRY_COMPARE_WITH_TIMEOUT(program.rows("Results"), 50'000, kPatienceMs);
    program.key(Qt::Key_PageDown, Qt::ControlModifier);
    auto *grid = program.named<widgets::ResultGrid>("Results");
    auto *clipboard = QApplication::clipboard();
    clipboard->setText(QStringLiteral("before"));
    QTest::qWait(100);

    app().forget();
    QTimer::singleShot(0, grid, [&] { program.key(Qt::Key_A, Qt::ControlModifier); });
    QTimer::singleShot(1, grid, [grid] { grid->copySelection(models::CopyFormat::Json); });
    QTimer::singleShot(30, grid, [&] { program.key(Qt::Key_Escape); }); // stops it
    QTest::qWait(500);
    QCOMPARE(clipboard->text(), QStringLiteral("before"));

    QTimer::singleShot(0, grid, [grid] { grid->copySelection(models::CopyFormat::Csv); });
    QTRY_VERIFY_WITH_TIMEOUT(clipboard->text().size() > 100, kPatienceMs);
    QVERIFY2(app().longest().cpuMs < kMostAwayMs, qPrintable(QString::number(app().longest().cpuMs)));
    const QString text = clipboard->text();
    QCOMPARE(text.count(u'\n'), 50'001);
    QVERIFY(text.endsWith(QStringLiteral("50000,\"x, 50000\",50000,50000,50000,50000,50000,50000,50000,50000\n")));
}

void TestLongTexts::theStatementInALongTextIsFoundBesideTheWindow()
{
    const QTemporaryDir folder;
    Program program(folder.path(), false);
    QTRY_VERIFY_WITH_TIMEOUT(!program.statement().isEmpty(), kPatienceMs);
    QString text;
    for (int i = 0; text.size() < 900'000; ++i)
        text += QStringLiteral("SELECT id FROM loan WHERE id = %1; -- one of very many; it goes on\n").arg(i);
    const auto at = text.indexOf(QStringLiteral("id = 7;"));
    program.editor()->replaceAll(text);
    program.editor()->setCursorUtf16(static_cast<int>(at));
    QTest::qWait(1'500); // the draft is kept

    app().forget();
    QTimer::singleShot(0, program.editor(), [&] { program.key(Qt::Key_Return, Qt::ControlModifier); });

    QTRY_COMPARE_WITH_TIMEOUT(program.rows("Results"), 1, kPatienceMs);
    QVERIFY2(app().longest().cpuMs < kMostAwayMs, qPrintable(QString::number(app().longest().cpuMs)));
}

void TestLongTexts::aLineOfTenMegabytesIsKeptWhole()
{
    const QTemporaryDir folder;
    const QByteArray line = "SELECT 1 AS first, '" + QByteArray("\u00E9 ").repeated(3'500'000) + "' FROM nowhere";
    {
        Program program(folder.path(), false);
        QTRY_VERIFY_WITH_TIMEOUT(!program.statement().isEmpty(), kPatienceMs);
        program.writeQuery("SELECT 2; ");
        const auto notice = [&] {
            const auto *bar = program.named<QWidget>("About this text");
            return bar && bar->isVisible();
        };
        QApplication::clipboard()->setText(QString::fromUtf8(line));
        QTest::qWait(1'000);

        app().forget();
        QTimer::singleShot(0, program.editor(), [&] { program.key(Qt::Key_V, Qt::ControlModifier); });
        QTRY_VERIFY(notice());
        for (int i = 0; i < 5; ++i) {
            QTimer::singleShot(0, program.editor(), [&] { program.key(Qt::Key_End); });
            QTest::qWait(100);
        }
        // Much text moves from hand to hand here; seconds of laying it out would show.
        QVERIFY2(app().longest().cpuMs < 4 * kMostAwayMs, qPrintable(QString::number(app().longest().cpuMs)));

        QVERIFY(program.editor()->utf8() == "SELECT 2; " + line);
        program.type("x"); // not into what is not shown
        QVERIFY(program.editor()->utf8() == "SELECT 2; " + line);
        program.key(Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(program.editor()->utf8(), QByteArray("SELECT 2; "));
        QVERIFY(!notice());
        program.key(Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(program.editor()->utf8() == "SELECT 2; " + line);

        // It runs whole: the mistake is at its end.
        program.key(Qt::Key_F5);
        QTRY_VERIFY_WITH_TIMEOUT(
            program.named<QPlainTextEdit>("Messages") &&
                program.named<QPlainTextEdit>("Messages")->toPlainText().contains(QStringLiteral("nowhere")),
            kPatienceMs);
        program.window->close();
    }

    Program again(folder.path(), false);

    QTRY_VERIFY_WITH_TIMEOUT(!again.statement().isEmpty(), kPatienceMs);
    QVERIFY(again.editor()->utf8() == "SELECT 2; " + line);
    QVERIFY(again.editor()->isShortened());
    // Another problem's text is edited as ever.
    again.key(Qt::Key_Right, Qt::AltModifier);
    QTRY_VERIFY(!again.editor()->isShortened());
    again.writeQuery("SELECT 3");
    QCOMPARE(again.editor()->utf8(), QByteArray("SELECT 3"));
}

void TestLongTexts::goingBackToALongTextDoesNotWait()
{
    const QTemporaryDir folder;
    Program program(folder.path(), false);
    QTRY_VERIFY_WITH_TIMEOUT(!program.statement().isEmpty(), kPatienceMs);
    const QString lines = QStringLiteral(
        "-- a line of a hundred characters or so, as people paste them by the thousand into an editor\n");
    program.editor()->replaceAll(lines.repeated(50'000));
    program.key(Qt::Key_T, Qt::ControlModifier);
    program.type("SELECT 1");
    QTest::qWait(1'500); // both drafts are kept

    app().forget();
    program.key(Qt::Key_W, Qt::ControlModifier);
    QTest::qWait(500);

    QVERIFY2(app().longest().cpuMs < 2 * kMostAwayMs,
             (app().longest().what + ' ' + QByteArray::number(app().longest().cpuMs)).constData());
    QVERIFY(program.editor()->byteCount() > 4'000'000);
}

void TestLongTexts::hostilePastes_data()
{
    QTest::addColumn<QString>("text");

    const auto upTo = [](const QString &unit) { return unit.repeated((10 << 20) / unit.toUtf8().size()); };
    QTest::newRow("usual lines") << upTo(QStringLiteral("SELECT id, 'a text' FROM loan WHERE id < 3 -- and so on\n"));
    QTest::newRow("50,000 operators") << QStringLiteral("SELECT ") + QStringLiteral("1 +\n").repeated(50'000) + u'1';
    QTest::newRow("carriage returns") << upTo(QStringLiteral("SELECT id FROM loan;\r\n-- and so on\r"));
    QTest::newRow("NUL characters") << upTo(QStringLiteral("SELECT 1") + QChar(0) + QStringLiteral(" -- so on\n"));
    QTest::newRow("right-to-left overrides")
        << upTo(QString::fromUtf8("SELECT '\u202E\u05D0\u05D1 \u0633\u0644 \u202D x' -- \u202E\n"));
    QTest::newRow("combining marks") << upTo(QStringLiteral("a") + QString(60, QChar(0x0301)) + u'\n');
    QTest::newRow("quotes that nothing closes") << upTo(QStringLiteral("'\"$$/*(\n"));
}

void TestLongTexts::hostilePastes()
{
    QFETCH(const QString, text);
    const QTemporaryDir folder;
    const Program program(folder.path(), false);
    QTRY_VERIFY_WITH_TIMEOUT(!program.statement().isEmpty(), kPatienceMs);
    auto *editor = program.editor();
    program.writeQuery("SELECT 2; gone");
    editor->SendScintilla(QsciScintilla::SCI_SETSEL, 10UL, 14L);
    QApplication::clipboard()->setText(text);
    QTest::qWait(1'200); // the draft is kept

    app().forget();
    bool waited = false;
    QTimer::singleShot(0, editor, [&] {
        program.key(Qt::Key_V, Qt::ControlModifier);
        waited = editor->isArriving();
        program.type("xy"); // before the rest has come
    });
    QTRY_VERIFY_WITH_TIMEOUT(waited && !editor->isArriving(), kPatienceMs);
    QTest::qWait(1'500);

    // In a debug build, where looking through ten megabytes takes its time.
    QVERIFY2(app().longest().cpuMs < 2 * kMostAwayMs,
             (app().longest().what + ' ' + QByteArray::number(app().longest().cpuMs)).constData());
    QString lines = text;
    lines.replace(QStringLiteral("\r\n"), QStringLiteral("\n")).replace(u'\r', u'\n');
    QVERIFY(editor->utf8() == "SELECT 2; " + lines.toUtf8() + "xy");

    for (int i = 0; i < 2 && editor->utf8().endsWith('y' - i); ++i)
        program.key(Qt::Key_Z, Qt::ControlModifier); // the keys, together or one by one
    QVERIFY(editor->utf8() == "SELECT 2; " + lines.toUtf8());
    program.key(Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(editor->utf8(), QByteArray("SELECT 2; gone"));
    const QSignalSpy edited(editor, &widgets::SqlEditor::edited);
    program.key(Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(editor->utf8() == "SELECT 2; " + lines.toUtf8());
    QTRY_VERIFY(!edited.isEmpty());
    const auto before = edited.count();
    program.key(Qt::Key_Z);
    QTRY_COMPARE(edited.count(), before + 1);
    QCOMPARE(editor->byteCount(), 11 + lines.toUtf8().size());
}

void TestLongTexts::aPageOfLongLinesIsShortened()
{
    const auto lines = [](qsizetype length, int count) { return (QByteArray(length, 'x') + '\n').repeated(count); };

    QVERIFY(widgets::canBeLaidOut(lines(60'000, 1)));
    QVERIFY(widgets::canBeLaidOut(lines(1'500, 5'000)));
    QVERIFY(!widgets::canBeLaidOut(lines(70'000, 1)));
    QVERIFY(!widgets::canBeLaidOut(lines(60'000, 2)));
    QVERIFY(widgets::canBeLaidOut(lines(60'000, 1) + lines(1, 50) + lines(60'000, 1)));
    QVERIFY(!widgets::canBeLaidOut(lines(1, 1'000) + lines(4'000, 30)));

    const QTemporaryDir folder;
    const Program program(folder.path(), false);
    QTRY_VERIFY_WITH_TIMEOUT(!program.statement().isEmpty(), kPatienceMs);
    QApplication::clipboard()->setText(QString::fromUtf8(lines(60'000, 150)));
    program.writeQuery("SELECT 2; ");
    QTest::qWait(1'200);
    app().forget();
    QTimer::singleShot(0, program.editor(), [&] { program.key(Qt::Key_V, Qt::ControlModifier); });
    QTRY_VERIFY(program.editor()->isShortened());
    for (int i = 0; i < 5; ++i) {
        QTimer::singleShot(0, program.editor(), [&] { program.key(Qt::Key_PageDown); });
        QTest::qWait(50);
    }

    QVERIFY2(app().longest().cpuMs < 2 * kMostAwayMs,
             (app().longest().what + ' ' + QByteArray::number(app().longest().cpuMs)).constData());
    QVERIFY(program.editor()->utf8() == "SELECT 2; " + lines(60'000, 150));
}

int main(int argc, char **argv)
{
    shell::TimedApplication application(argc, argv);
    widgets::installAccessibility();
    widgets::Theme::instance().install(widgets::ThemeChoice::Light, false, 0);
    TestLongTexts test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_long_texts.moc"
