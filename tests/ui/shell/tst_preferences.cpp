// Preferences: each setting holds at once, is found by its words, and is there at the next start.
#include "program.h"

#include "screens/practice_screen.h"

#include <QtCore/QTemporaryDir>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QDialog>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QSpinBox>
#include <QtWidgets/QTabWidget>
#include <QtWidgets/QTableView>
#include <QtWidgets/QTreeWidget>

using namespace sqlgym;

namespace {

QDialog *openPreferences(const Program &program)
{
    program.key(Qt::Key_Comma, Qt::ControlModifier);
    auto *dialog = program.window->findChild<QDialog *>();
    if (!dialog)
        return nullptr;
    dialog->activateWindow();
    return QTest::qWaitFor([dialog] { return QApplication::activeWindow() == dialog; }) ? dialog : nullptr;
}

/// Settings in view, by name; explanations and headings left out.
QStringList fieldsInView(const QDialog *dialog)
{
    QStringList names;
    for (const auto *label : dialog->findChildren<QLabel *>()) {
        if (label->buddy() && label->isVisible())
            names << QString(label->text()).remove(u'&');
    }
    for (const auto *box : dialog->findChildren<QCheckBox *>()) {
        if (box->isVisible())
            names << QString(box->text()).remove(u'&');
    }
    names.sort();
    return names;
}

void setNumber(QSpinBox *box, const char *number)
{
    box->setFocus();
    box->selectAll();
    QTest::keyClicks(box, QLatin1String(number));
    QTest::keyClick(box, Qt::Key_Tab);
    QVERIFY(!box->hasFocus());
}

QString message(const Program &program) { return program.named<QPlainTextEdit>("Messages")->toPlainText(); }

} // namespace

class TestPreferences : public QObject {
    Q_OBJECT
private slots:
    void cleanup();
    void settingsAreFoundByTheirWords();
    void fontsHoldAtOnceAndNextTime();
    void nullIsShownAsOneLikes();
    void limitsOfARunHold();
    void anExamIsQuietAtOnce();
    void nonsenseInTheFileIsNotTaken();
};

void TestPreferences::cleanup()
{
    auto &theme = widgets::Theme::instance();
    theme.setBodyPoints(0);
    theme.setCodeFont({}, 0);
    theme.setNullText(QStringLiteral("NULL"));
}

void TestPreferences::settingsAreFoundByTheirWords()
{
    const QTemporaryDir folder;
    const Program program(folder.path(), false);
    QTRY_VERIFY_WITH_TIMEOUT(!program.statement().isEmpty(), kPatienceMs);
    auto *dialog = openPreferences(program);
    QVERIFY(dialog);
    auto *search = program.named<QLineEdit>("Search preferences");
    const auto *pages = dialog->findChild<QTabWidget *>();
    QVERIFY(search->hasFocus()); // one can type at once
    const QStringList all = fieldsInView(dialog);
    QVERIFY2(all.size() >= 10, qPrintable(all.join(u'\n')));

    QTest::keyClicks(search, QStringLiteral("font"));
    QCOMPARE(fieldsInView(dialog), QStringList({QStringLiteral("Font of SQL"), QStringLiteral("Font size")}));
    search->selectAll();
    QTest::keyClicks(search, QStringLiteral("limit memory")); // a word of the group, a word of the name
    QCOMPARE(fieldsInView(dialog), QStringList({QStringLiteral("Memory")}));

    // What only the keys have brings them to the front, and back.
    search->selectAll();
    QTest::keyClicks(search, QStringLiteral("submit"));
    QCOMPARE(pages->currentIndex(), 1);
    QCOMPARE(dialog->findChild<QTreeWidget *>()->currentItem()->text(0), QStringLiteral("Submit"));
    search->selectAll();
    QTest::keyClicks(search, QStringLiteral("exam mode neither"));
    QCOMPARE(pages->currentIndex(), 0);
    search->selectAll();
    QTest::keyClicks(search, QStringLiteral("zebra"));
    QVERIFY(program.named<QLabel>("Search result")->isVisible());
    search->clear();
    QVERIFY(!program.named<QLabel>("Search result")->isVisible());
    QCOMPARE(fieldsInView(dialog), all);
}

void TestPreferences::fontsHoldAtOnceAndNextTime()
{
    const QTemporaryDir folder;
    const auto points = [](const Program &program) {
        return program.editor()->SendScintilla(QsciScintillaBase::SCI_STYLEGETSIZE, 0UL);
    };
    const auto family = [](const Program &program) {
        QByteArray name(256, '\0');
        program.editor()->SendScintilla(QsciScintillaBase::SCI_STYLEGETFONT, 0UL, name.data());
        return QString::fromUtf8(name.constData());
    };
    QString chosen;
    {
        const Program program(folder.path(), false);
        QTRY_VERIFY_WITH_TIMEOUT(!program.statement().isEmpty(), kPatienceMs);
        QVERIFY(openPreferences(program));
        auto *families = program.named<QComboBox>("Font of SQL");
        QVERIFY(families->count() > 1);
        families->setFocus();
        QTest::keyClick(families, Qt::Key_End);
        chosen = families->currentText();
        setNumber(program.named<QSpinBox>("Size of SQL"), "19");
        setNumber(program.named<QSpinBox>("Font size"), "13");

        QCOMPARE(points(program), 19L);
        QCOMPARE(family(program), chosen);
        QCOMPARE(QApplication::font().pointSize(), 13);
        QTRY_VERIFY(program.named<QTableView>("Results")); // made behind the first frame
        QCOMPARE(program.named<QTableView>("Results")->font().pointSize(), 19);
        program.named<QSpinBox>("Rows")->selectAll();
        QTest::keyClicks(program.named<QSpinBox>("Rows"), QStringLiteral("777")); // the window goes meanwhile
    }
    cleanup();

    // As the program does it when it starts.
    const session::Settings settings(session::Profile::locate(folder.path()));
    QCOMPARE(settings.fontPoints(), 13.0);
    QCOMPARE(settings.runLimits().rows, 777);
    widgets::Theme::instance().setCodeFont(settings.codeFamily(), settings.codePoints());
    const Program program(folder.path(), false);
    QCOMPARE(points(program), 19L);
    QCOMPARE(family(program), chosen);
}

void TestPreferences::nullIsShownAsOneLikes()
{
    const QTemporaryDir folder;
    const Program program(folder.path(), false);
    QTRY_VERIFY_WITH_TIMEOUT(!program.statement().isEmpty(), kPatienceMs);
    program.writeQuery("SELECT NULL AS n, '' AS e");
    program.key(Qt::Key_Return, Qt::ControlModifier);
    QTRY_COMPARE_WITH_TIMEOUT(program.rows("Results"), 1, kPatienceMs);
    auto *grid = program.named<QTableView>("Results");
    const auto cell = [grid](int column) {
        const QRect place = grid->visualRect(grid->model()->index(0, column));
        return grid->viewport()->grab(place).toImage();
    };
    grid->clearSelection();
    const QImage null = cell(0), empty = cell(1);
    const int width = grid->columnWidth(0);

    QVERIFY(openPreferences(program));
    auto *field = program.named<QLineEdit>("NULL is shown as");
    field->setFocus();
    field->selectAll();
    QTest::keyClicks(field, QStringLiteral("[nothing here]"));

    QVERIFY(grid->columnWidth(0) > width);
    QVERIFY(cell(0) != null);
    QCOMPARE(cell(1), empty);
    // Nothing at all would look like an empty text.
    field->clear();
    QCOMPARE(grid->columnWidth(0), width);
}

void TestPreferences::limitsOfARunHold()
{
    const QTemporaryDir folder;
    const Program program(folder.path(), false);
    QTRY_VERIFY_WITH_TIMEOUT(!program.statement().isEmpty(), kPatienceMs);
    auto *dialog = openPreferences(program);
    QVERIFY(dialog);
    setNumber(program.named<QSpinBox>("Time"), "1");
    setNumber(program.named<QSpinBox>("Memory"), "16");
    setNumber(program.named<QSpinBox>("Rows"), "100");
    QTest::keyClick(dialog, Qt::Key_Escape);
    QTRY_VERIFY(!program.window->findChild<QDialog *>());
    program.window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(program.window.get()));

    program.writeQuery("SELECT i FROM generate_series(1, 500) AS i");
    program.key(Qt::Key_Return, Qt::ControlModifier);
    QTRY_COMPARE_WITH_TIMEOUT(program.rows("Results"), 100, kPatienceMs);
    const QString caption = program.named<QTableView>("Results")->accessibleDescription();
    QVERIFY2(caption.contains(QStringLiteral("cut here")), qPrintable(caption));

    program.writeQuery("SELECT array_agg(i::text || repeat('x', 100)) FROM generate_series(1, 900000) AS i");
    program.key(Qt::Key_Return, Qt::ControlModifier);
    QTRY_VERIFY_WITH_TIMEOUT(message(program).contains(QStringLiteral("more memory than one run may use")),
                             kPatienceMs);

    QElapsedTimer timer;
    timer.start();
    program.writeQuery("SELECT count(*) FROM generate_series(1, 100000) a, generate_series(1, 100000) b");
    program.key(Qt::Key_Return, Qt::ControlModifier);
    QTRY_VERIFY_WITH_TIMEOUT(message(program).contains(QStringLiteral("the time limit for one run")), kPatienceMs);
    QVERIFY2(timer.elapsed() < 8'000 * SQLGYM_PACE, qPrintable(QString::number(timer.elapsed()))); // 10 s otherwise
}

void TestPreferences::anExamIsQuietAtOnce()
{
    const QTemporaryDir folder;
    const Program program(folder.path(), false);
    QTRY_VERIFY_WITH_TIMEOUT(!program.statement().isEmpty(), kPatienceMs);
    program.writeQuery("SELECT plyer FROM loan");
    const auto told = [&] { return program.named<QLabel>("Diagnostics")->accessibleDescription(); };
    QTRY_VERIFY_WITH_TIMEOUT(told().startsWith(QStringLiteral("column \"plyer\"")), kPatienceMs);

    auto *dialog = openPreferences(program);
    QVERIFY(dialog);
    for (auto *box : dialog->findChildren<QCheckBox *>()) {
        if (QString(box->text()).remove(u'&') == QLatin1String("Exam mode"))
            QTest::keyClick(box, Qt::Key_Space);
    }

    QVERIFY2(told().startsWith(QStringLiteral("Exam mode")), qPrintable(told()));
    QVERIFY(program.settings.examMode());
}

void TestPreferences::nonsenseInTheFileIsNotTaken()
{
    const QTemporaryDir folder;
    const auto profile = session::Profile::locate(folder.path());
    profile.create();
    QFile file(profile.settingsFile());
    QVERIFY(file.open(QFile::WriteOnly));
    file.write("[run]\nseconds=-3\nmemoryMb=999999999\nrows=many\n[look]\nnullText=\"   \"\ntheme=pink\n");
    file.close();

    const session::Settings settings(profile);

    QCOMPARE(settings.runLimits().seconds, 1);
    QCOMPARE(settings.runLimits().memoryMb, session::RunLimits::kMostMemoryMb);
    QCOMPARE(settings.runLimits().rows, session::RunLimits().rows);
    QCOMPARE(settings.nullText(), QStringLiteral("NULL"));
    QCOMPARE(settings.theme(), session::Settings::Theme::System);
}

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    widgets::Theme::instance().install(widgets::ThemeChoice::Light, false, 0);
    TestPreferences test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_preferences.moc"
