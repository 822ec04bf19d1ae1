// Very long texts and very many cells, through the real window, which stays at hand meanwhile.
#include "program.h"

#include "shell/timed_application.h"
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

int main(int argc, char **argv)
{
    shell::TimedApplication application(argc, argv);
    widgets::Theme::instance().install(widgets::ThemeChoice::Light, false, 0);
    TestLongTexts test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_long_texts.moc"
