// What a learner does, through the real window with the real engines and the bundled catalogue, by keyboard alone.
#include "program.h"

#include <QtCore/QTemporaryDir>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QTabBar>
#include <QtWidgets/QTabWidget>
#include <QtWidgets/QTableView>

using namespace sqlgym;

namespace {

constexpr char kRight[] = "SELECT id, tool_id, due_on, DATE '2024-03-01' - due_on FROM loan "
                          "WHERE returned_on IS NULL AND due_on < '2024-03-01' ORDER BY 4 DESC, id";
constexpr char kWrong[] = "SELECT id, tool_id, due_on, DATE '2024-03-01' - due_on FROM loan "
                          "WHERE due_on < '2024-03-01' ORDER BY 4 DESC, id";

} // namespace

class TestJourneys : public QObject {
    Q_OBJECT
private slots:
    void firstStartToSolvedByKeyboardAlone();
    void nextStartGoesOnWhereTheLastEnded();
    void aNamedProblemOpensOnTheFirstStart();
    void theDiagramShowsTheWayBetweenTables();
    void hintsAndGivingUp();
    void errorsAreMarkedAndExplained();
    void helpsWhileTyping();
    void scratchTabsOutliveTheWindow();
    void scratchTabsAreNotJudged();
    void keysAreChosenAndExamsAreQuiet();
    void cancelsAndGoesOn();
    void saysWhatIsMissingWithoutPostgres();
    void tenMegabytesAndNulCharacters();
};

void TestJourneys::firstStartToSolvedByKeyboardAlone()
{
    const QTemporaryDir folder;
    Program program(folder.path());

    // Find: the list fills by itself; search narrows it; Enter opens the first hit.
    QTRY_VERIFY_WITH_TIMEOUT(program.rows("Problem list") > 0, kPatienceMs);
    QTRY_VERIFY_WITH_TIMEOUT(!program.statement().isEmpty(), kPatienceMs);
    program.key(Qt::Key_L, Qt::ControlModifier);
    program.type("still out");
    program.key(Qt::Key_Return);
    QTRY_VERIFY(program.statement().contains(QStringLiteral("Still out")));
    QVERIFY(program.statement().contains(QStringLiteral("days_late"))); // the contract is beside the question
    QTRY_VERIFY(program.editor()->hasFocus());

    // Run.
    program.writeQuery("SELECT id, returned_on FROM loan WHERE id <= 7");
    program.key(Qt::Key_Return, Qt::ControlModifier);
    QTRY_COMPARE_WITH_TIMEOUT(program.rows("Results"), 7, kPatienceMs);

    // Wrong, and the difference shows it.
    program.writeQuery(kWrong);
    program.key(Qt::Key_Return, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_VERIFY_WITH_TIMEOUT(program.verdict().startsWith(QStringLiteral("Not yet")), kPatienceMs);
    QTRY_VERIFY(program.rows("Difference") > 0);
    QVERIFY(program.verdict().contains(QStringLiteral("extra")));
    program.key(Qt::Key_PageDown, Qt::ControlModifier);
    QCOMPARE(QApplication::focusWidget()->accessibleName(), QStringLiteral("Difference"));

    // Right, then submitted.
    program.writeQuery(kRight);
    program.key(Qt::Key_Return, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_VERIFY_WITH_TIMEOUT(program.verdict().startsWith(QStringLiteral("Right")), kPatienceMs);
    if (program.postgres) {
        QTRY_VERIFY_WITH_TIMEOUT(program.verdict().contains(QStringLiteral("Confirmed by PostgreSQL")), kPatienceMs);
    }
    program.key(Qt::Key_S, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_VERIFY_WITH_TIMEOUT(program.verdict().contains(QStringLiteral("XP")), kPatienceMs);
    QVERIFY(program.verdict().startsWith(QStringLiteral("Solved")));

    // Next.
    const QString before = program.statement();
    program.key(Qt::Key_Right, Qt::AltModifier);
    QTRY_VERIFY(program.statement() != before);
    QCOMPARE(program.editor()->utf8(), QByteArray());
}

void TestJourneys::nextStartGoesOnWhereTheLastEnded()
{
    const QTemporaryDir folder;
    {
        Program program(folder.path());
        QTRY_VERIFY_WITH_TIMEOUT(!program.statement().isEmpty(), kPatienceMs);
        program.key(Qt::Key_P, Qt::ControlModifier);
        QTRY_COMPARE(QApplication::activePopupWidget() != nullptr, true);
        auto *words = QApplication::activePopupWidget()->findChild<QLineEdit *>();
        QTest::keyClicks(words, QStringLiteral("who has what"));
        QTest::keyClick(words, Qt::Key_Return);
        QTRY_VERIFY(program.statement().contains(QStringLiteral("Who has what?")));
        QTRY_VERIFY(program.editor()->hasFocus());
        program.type("SELECT half a thought");
        program.editor()->setCursorUtf16(7);
        program.window->close();
    }

    Program again(folder.path());

    QTRY_VERIFY_WITH_TIMEOUT(again.statement().contains(QStringLiteral("Who has what?")), kPatienceMs);
    QCOMPARE(again.editor()->utf8(), QByteArray("SELECT half a thought"));
    QCOMPARE(again.editor()->cursorUtf16(), 7);
}

void TestJourneys::aNamedProblemOpensOnTheFirstStart()
{
    const QTemporaryDir folder;
    Program program(folder.path(), false, QStringLiteral("every-category"));

    QTRY_VERIFY_WITH_TIMEOUT(program.statement().contains(QStringLiteral("One of everything")), kPatienceMs);
    QTest::qWait(300);

    QVERIFY(program.statement().contains(QStringLiteral("One of everything")));
}

void TestJourneys::theDiagramShowsTheWayBetweenTables()
{
    const QTemporaryDir folder;
    {
        Program program(folder.path(), false, QStringLiteral("every-category"));
        QTRY_VERIFY_WITH_TIMEOUT(program.statement().contains(QStringLiteral("One of everything")), kPatienceMs);
        program.key(Qt::Key_2, Qt::AltModifier | Qt::ShiftModifier);
        const auto *forms = program.named<QTabBar>("Show the tables as");
        QVERIFY(forms && forms->isVisible() && forms->currentIndex() == 1);
        const auto *diagram = program.named<QWidget>("Schema diagram");
        QVERIFY(diagram && diagram->hasFocus());

        // From the first table, category, to whatever stands on its right: tool or beyond it, as references go.
        program.key(Qt::Key_Space);
        program.key(Qt::Key_Right);
        const QString way = diagram->accessibleDescription();
        QVERIFY2(way.startsWith(QStringLiteral("category JOIN tool ON tool.category_id = category.id")),
                 qPrintable(way));
        const QString last = way.section(QStringLiteral("JOIN "), -1).section(u' ', 0, 0);
        program.key(Qt::Key_Return);
        QCOMPARE(program.editor()->utf8(), last.toUtf8());
        program.window->close();
    }

    Program again(folder.path(), false);
    QTRY_VERIFY_WITH_TIMEOUT(again.statement().contains(QStringLiteral("One of everything")), kPatienceMs);
    again.key(Qt::Key_2, Qt::AltModifier);
    QTRY_VERIFY(again.named<QWidget>("Schema diagram") && again.named<QWidget>("Schema diagram")->isVisible());
}

void TestJourneys::hintsAndGivingUp()
{
    const QTemporaryDir folder;
    Program program(folder.path());
    QTRY_VERIFY_WITH_TIMEOUT(!program.statement().isEmpty(), kPatienceMs);
    const auto hints = [&] {
        int shown = 0;
        for (const auto *label : program.named<QAbstractScrollArea>("Hints")->findChildren<QLabel *>())
            shown += label->isVisible() && label->textFormat() == Qt::MarkdownText ? 1 : 0;
        return shown;
    };

    program.key(Qt::Key_H, Qt::AltModifier);
    QTRY_COMPARE(hints(), 1);
    program.key(Qt::Key_H, Qt::AltModifier);
    QTRY_COMPARE(hints(), 2);

    program.key(Qt::Key_4, Qt::AltModifier);
    const auto button = [&](const char *text) -> QPushButton * {
        for (auto *each : program.window->findChildren<QPushButton *>()) {
            if (each->isVisible() && each->text().startsWith(QLatin1String(text)))
                return each;
        }
        return nullptr;
    };
    QTRY_VERIFY(button("Give up"));
    button("Give up")->setFocus();
    program.key(Qt::Key_Space);
    QVERIFY(button("Keep trying")->hasFocus()); // the harmless answer is the near one
    button("Yes")->setFocus();
    program.key(Qt::Key_Space);
    QTRY_VERIFY_WITH_TIMEOUT(
        program.named<QTextBrowser>("Solution") && program.named<QTextBrowser>("Solution")->isVisible(), kPatienceMs);
    QVERIFY(
        program.named<QTextBrowser>("Solution")->toPlainText().contains(QStringLiteral("You gave this problem up")));
}

void TestJourneys::errorsAreMarkedAndExplained()
{
    const QTemporaryDir folder;
    Program program(folder.path());
    QTRY_VERIFY_WITH_TIMEOUT(!program.statement().isEmpty(), kPatienceMs);

    program.writeQuery("SELECT plyer FROM loan");
    program.key(Qt::Key_Return, Qt::ControlModifier);
    QTRY_VERIFY_WITH_TIMEOUT(program.named<QPlainTextEdit>("Messages") &&
                                 program.named<QPlainTextEdit>("Messages")->isVisible(),
                             kPatienceMs);

    const QString message = program.named<QPlainTextEdit>("Messages")->toPlainText();
    QVERIFY2(message.contains(QStringLiteral("column \"plyer\" does not exist")), qPrintable(message));
    QVERIFY(message.contains(QStringLiteral("42703")));
    const auto marked = program.editor()->SendScintilla(QsciScintillaBase::SCI_INDICATORVALUEAT, 8UL, 9L);
    QCOMPARE(marked, 1L);
    QCOMPARE(program.editor()->SendScintilla(QsciScintillaBase::SCI_INDICATORVALUEAT, 8UL, 2L), 0L);
}

void TestJourneys::helpsWhileTyping()
{
    const QTemporaryDir folder;
    Program program(folder.path());
    QTRY_VERIFY_WITH_TIMEOUT(!program.statement().isEmpty(), kPatienceMs);
    const auto told = [&] { return program.named<QLabel>("Diagnostics")->accessibleDescription(); };
    const auto underlined = [&](long byte) {
        return program.editor()->SendScintilla(QsciScintillaBase::SCI_INDICATORVALUEAT, 9UL, byte) == 1;
    };

    // A mistake is underlined where it is, told in PostgreSQL's words, and gone when it is mended.
    program.writeQuery("SELECT id, plyer FROM loan");
    QTRY_VERIFY_WITH_TIMEOUT(told().startsWith(QStringLiteral("column \"plyer\" does not exist")), kPatienceMs);
    QVERIFY(underlined(11) && underlined(15) && !underlined(9) && !underlined(17));
    program.writeQuery("SELECT id FROM loan");
    QTRY_COMPARE_WITH_TIMEOUT(told(), QString(), kPatienceMs);
    QVERIFY(!underlined(11));

    // A word is completed by keyboard alone, undone as one step.
    program.writeQuery("SELECT retu FROM loan");
    program.editor()->setCursorUtf16(11);
    program.key(Qt::Key_Space, Qt::ControlModifier);
    auto *list = program.named<QWidget>("Completion");
    QTRY_VERIFY_WITH_TIMEOUT((list = program.named<QWidget>("Completion")) && list->isVisible(), kPatienceMs);
    program.key(Qt::Key_Return);
    QCOMPARE(program.editor()->utf8(), QByteArray("SELECT returned_on FROM loan"));
    QVERIFY(!list->isVisible());

    // Laid out: the same words; what is no SQL stays.
    program.writeQuery("select id,due_on from loan where id<3");
    program.key(Qt::Key_F, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_COMPARE_WITH_TIMEOUT(program.editor()->utf8(), QByteArray("select id, due_on\nfrom loan\nwhere id < 3\n"),
                              kPatienceMs);
    program.writeQuery("select from where");
    program.key(Qt::Key_F, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_VERIFY_WITH_TIMEOUT(told().contains(QStringLiteral("laid out")), kPatienceMs);
    QCOMPARE(program.editor()->utf8(), QByteArray("select from where"));

    // Lines move and are copied.
    program.editor()->replaceAll(QStringLiteral("one\ntwo\n"));
    program.editor()->setCursorUtf16(5);
    program.key(Qt::Key_Up, Qt::AltModifier);
    QCOMPARE(program.editor()->utf8(), QByteArray("two\none\n"));
    program.key(Qt::Key_Down, Qt::ControlModifier | Qt::AltModifier);
    QCOMPARE(program.editor()->utf8(), QByteArray("two\ntwo\none\n"));
}

void TestJourneys::scratchTabsOutliveTheWindow()
{
    const QTemporaryDir folder;
    {
        Program program(folder.path());
        QTRY_VERIFY_WITH_TIMEOUT(!program.statement().isEmpty(), kPatienceMs);
        program.writeQuery("SELECT 'the answer'");
        program.key(Qt::Key_T, Qt::ControlModifier);
        QCOMPARE(program.editor()->utf8(), QByteArray());
        program.type("SELECT id FROM loan WHERE id < 3");
        program.key(Qt::Key_Return, Qt::ControlModifier); // runs on the problem's tables
        QTRY_COMPARE_WITH_TIMEOUT(program.rows("Results"), 2, kPatienceMs);
        program.key(Qt::Key_T, Qt::ControlModifier);
        program.type("closed");
        program.key(Qt::Key_W, Qt::ControlModifier);
        QCOMPARE(program.editor()->utf8(), QByteArray("SELECT id FROM loan WHERE id < 3"));
        program.key(Qt::Key_T, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(program.editor()->utf8(), QByteArray("closed"));
        program.key(Qt::Key_W, Qt::ControlModifier);
        program.window->close();
    }

    Program again(folder.path());

    QTRY_VERIFY_WITH_TIMEOUT(!again.statement().isEmpty(), kPatienceMs);
    auto *tabs = again.named<QTabBar>("Editor tabs");
    QTRY_COMPARE_WITH_TIMEOUT(tabs->count(), 2, kPatienceMs);
    QTRY_COMPARE(again.editor()->utf8(), QByteArray("SELECT 'the answer'"));
    tabs->setCurrentIndex(1);
    QCOMPARE(again.editor()->utf8(), QByteArray("SELECT id FROM loan WHERE id < 3"));
    again.key(Qt::Key_T, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(again.editor()->utf8(), QByteArray("closed"));
}

void TestJourneys::scratchTabsAreNotJudged()
{
    const QTemporaryDir folder;
    Program program(folder.path());
    QTRY_VERIFY_WITH_TIMEOUT(!program.statement().isEmpty(), kPatienceMs);
    program.writeQuery("SELECT 1 AS nothing");
    program.key(Qt::Key_Return, Qt::ControlModifier | Qt::ShiftModifier);
    auto *bar = program.named<QWidget>("Verdict");
    const auto verdict = [&] { return bar->isVisible() ? bar->accessibleDescription() : QString(); };
    QTRY_VERIFY_WITH_TIMEOUT(!program.engines->busy() && !verdict().isEmpty(), kPatienceMs);
    const QString wrong = verdict();
    auto *tests = program.named<QTableView>("Tests");
    QVERIFY(tests->model()->rowCount() > 0);
    auto *check = program.named<QPushButton>("Check");
    auto *submit = program.named<QPushButton>("Submit");
    QVERIFY(check->isEnabled() && submit->isEnabled());

    program.key(Qt::Key_T, Qt::ControlModifier);

    QCOMPARE(verdict(), QString());
    QCOMPARE(tests->model()->rowCount(), 0);
    QVERIFY(!check->isEnabled() && !submit->isEnabled());
    QVERIFY(check->toolTip().contains(QStringLiteral("not judged")) && submit->toolTip() == check->toolTip());
    QVERIFY(program.named<QPushButton>("Run")->isEnabled());
    // By key it is told why.
    program.type("SELECT 2");
    for (const auto key : {Qt::Key_Return, Qt::Key_S}) {
        program.key(key, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY2(verdict().startsWith(QStringLiteral("A scratch tab is not judged.")), qPrintable(verdict()));
        QVERIFY(!program.engines->busy());
    }

    auto *back = bar->findChild<QPushButton *>();
    QTest::mouseClick(back, Qt::LeftButton);

    QCOMPARE(program.editor()->utf8(), QByteArray("SELECT 1 AS nothing"));
    QCOMPARE(verdict(), wrong);
    QVERIFY(tests->model()->rowCount() > 0);
    QVERIFY(check->isEnabled() && submit->isEnabled());

    // An error of the answer marks nothing in a scratch tab that came to the front meanwhile.
    program.writeQuery("SELECT pg_sleep(0), nothing_such FROM loan");
    program.key(Qt::Key_Return, Qt::ControlModifier);
    program.key(Qt::Key_T, Qt::ControlModifier);
    program.type("SELECT count(*) FROM loan, member");
    QTRY_VERIFY_WITH_TIMEOUT(!program.engines->busy(), kPatienceMs);
    QTRY_VERIFY(program.named<QPlainTextEdit>("Messages")->toPlainText().contains(QStringLiteral("nothing_such")));
    constexpr unsigned long kErrorIndicator = 8; // of the editor
    for (int at = 0; at < program.editor()->utf8().size(); ++at)
        QVERIFY(!program.editor()->SendScintilla(QsciScintillaBase::SCI_INDICATORVALUEAT, kErrorIndicator, long{at}));
}

void TestJourneys::keysAreChosenAndExamsAreQuiet()
{
    const QTemporaryDir folder;
    {
        session::Settings settings(session::Profile::locate(folder.path()));
        settings.setKeys(QStringLiteral("run"), QStringList{QStringLiteral("F6")});
        settings.setExamMode(true);
        settings.sync();
    }
    Program program(folder.path());
    QTRY_VERIFY_WITH_TIMEOUT(!program.statement().isEmpty(), kPatienceMs);

    program.writeQuery("SELECT id FROM loan WHERE id < 4");
    program.key(Qt::Key_F6);
    QTRY_COMPARE_WITH_TIMEOUT(program.rows("Results"), 3, kPatienceMs);

    program.writeQuery("SELECT plyer FROM loan");
    program.key(Qt::Key_Space, Qt::ControlModifier);
    QTest::qWait(800);
    QVERIFY(program.named<QLabel>("Diagnostics")->accessibleDescription().startsWith(QStringLiteral("Exam mode")));
    QVERIFY(!program.named<QWidget>("Completion"));
}

void TestJourneys::cancelsAndGoesOn()
{
    const QTemporaryDir folder;
    Program program(folder.path());
    QTRY_VERIFY_WITH_TIMEOUT(!program.statement().isEmpty(), kPatienceMs);
    program.writeQuery("SELECT count(*) FROM loan a, loan b, loan c, loan d, loan e");
    program.key(Qt::Key_Return, Qt::ControlModifier);
    QTRY_VERIFY(program.engines->busy());
    QTest::qWait(300);

    program.key(Qt::Key_Period, Qt::ControlModifier);

    QTRY_VERIFY_WITH_TIMEOUT(!program.engines->busy(), kPatienceMs);
    QTRY_VERIFY(program.named<QPlainTextEdit>("Messages")->toPlainText().contains(QStringLiteral("Cancelled")));
    program.writeQuery("SELECT id FROM loan WHERE id = 3");
    program.key(Qt::Key_Return, Qt::ControlModifier);
    QTRY_COMPARE_WITH_TIMEOUT(program.rows("Results"), 1, kPatienceMs);
}

void TestJourneys::saysWhatIsMissingWithoutPostgres()
{
    const QTemporaryDir folder;
    Program program(folder.path(), false);
    QTRY_VERIFY_WITH_TIMEOUT(!program.statement().isEmpty(), kPatienceMs);

    // Declined by design in every version: the server's own files.
    program.writeQuery("SELECT pg_read_file('postgresql.conf')");
    program.key(Qt::Key_Return, Qt::ControlModifier);
    QTRY_VERIFY_WITH_TIMEOUT(program.named<QPlainTextEdit>("Messages") &&
                                 program.named<QPlainTextEdit>("Messages")->isVisible(),
                             kPatienceMs);

    const QString message = program.named<QPlainTextEdit>("Messages")->toPlainText();
    QVERIFY2(message.contains(QStringLiteral("Nothing is wrong with your query")), qPrintable(message));
}

void TestJourneys::tenMegabytesAndNulCharacters()
{
    const QTemporaryDir folder;
    QByteArray text;
    {
        Program program(folder.path());
        QTRY_VERIFY_WITH_TIMEOUT(!program.statement().isEmpty(), kPatienceMs);
        const auto message = [&] {
            const auto *messages = program.named<QPlainTextEdit>("Messages");
            return messages && messages->isVisible() ? messages->toPlainText() : QString();
        };

        program.editor()->replaceAll(QStringLiteral("SELECT 1") + QChar(0) + QStringLiteral("2"));
        program.key(Qt::Key_Return, Qt::ControlModifier);
        QTRY_VERIFY_WITH_TIMEOUT(message().contains(QStringLiteral("0x00")), kPatienceMs);

        const QString lines =
            QStringLiteral("-- a line of a hundred characters or so, as people paste them by the thousand "
                           "into an editor\n");
        program.editor()->replaceAll(lines.repeated(100'000) + QStringLiteral("SELECT 1 FROM nowhere"));
        program.key(Qt::Key_F5);
        QTRY_VERIFY_WITH_TIMEOUT(message().contains(QStringLiteral("nowhere")), kPatienceMs);
        text = program.editor()->utf8();
        program.window->close();
    }

    Program again(folder.path());

    QTRY_VERIFY_WITH_TIMEOUT(!again.statement().isEmpty(), kPatienceMs);
    QCOMPARE(again.editor()->utf8() == text, true);
}

int main(int argc, char **argv)
{
    QApplication app(argc, argv);
    widgets::Theme::instance().install(widgets::ThemeChoice::Light, false, 0);
    TestJourneys test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_journeys.moc"
