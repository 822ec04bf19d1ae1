// A result in its page, by keyboard: filtered, sorted, looked into, counted.
#include "models/result_table_model.h"
#include "models/value_tree_model.h"
#include "screens/table_page.h"
#include "widgets/copy_job.h"
#include "widgets/result_grid.h"
#include "widgets/theme.h"

#include <QtCore/QFile>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtCore/QTemporaryDir>
#include <QtGui/QClipboard>
#include <QtTest/QtTest>
#include <QtWidgets/QApplication>
#include <QtWidgets/QFileDialog>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QTabWidget>
#include <QtWidgets/QToolButton>
#include <QtWidgets/QTreeView>

using namespace sqlgym;
using screens::TablePage;

namespace {

constexpr char kJson[] = R"({"n": 12345678901234567890.10, "deep": {"x": [true, null]}, "list": []})";

models::TablePtr orders()
{
    auto table = std::make_shared<sandbox::ResultTable>();
    table->columns = {{"id", "int4"}, {"note", "text"}, {"payload", "jsonb"}, {"tags", "_text"}};
    std::string longText(3000, 'x');
    longText += "\n\u00E9";
    const std::vector<std::vector<std::optional<std::string>>> rows{{"1", longText, kJson, "{\"a b\",NULL,\"NULL\"}"},
                                                                    {"2", std::nullopt, std::nullopt, "{}"},
                                                                    {"3", "", "[1, 2]", "{{1,2},{3,4}}"},
                                                                    {"4", "blue", "7", std::nullopt},
                                                                    {"5", "blue", "8", "[0:1]={p,q}"}};
    for (const auto &row : rows) {
        for (const auto &cell : row)
            table->append(cell ? sandbox::ResultTable::Cell(*cell) : std::nullopt);
    }
    return table;
}

struct Shown {
    Shown() : page(QStringLiteral("Results"), QStringLiteral("empty"))
    {
        page.setOrderable();
        page.resize(900, 400);
        page.setTable(orders(), QStringLiteral("5 rows"));
        page.show();
        page.activateWindow();
        if (!QTest::qWaitForWindowActive(&page))
            qFatal("the page did not become active");
        page.grid()->setFocus();
    }
    template <typename T> T *named(const char *accessibleName) const
    {
        for (T *widget : page.findChildren<T *>()) {
            if (widget->accessibleName() == QLatin1String(accessibleName) && widget->isVisible())
                return widget;
        }
        return nullptr;
    }
    QPushButton *button(const char *text) const
    {
        for (auto *each : named<QWidget>("Inspector")->findChildren<QPushButton *>()) {
            if (each->text() == QLatin1String(text))
                return each;
        }
        return nullptr;
    }
    QString text() const { return named<QPlainTextEdit>("Text of the cell")->toPlainText(); }
    void choose(int row, int column) { page.grid()->setCurrentIndex(page.grid()->model()->index(row, column)); }
    QString value(const char *measure) const
    {
        const auto *grid = named<widgets::ResultGrid>("Column statistics");
        const auto *model = grid ? grid->model() : nullptr;
        for (int row = 0; model && row < model->rowCount(); ++row) {
            if (model->index(row, 0).data().toString() == QLatin1String(measure))
                return model->index(row, 1).data().toString();
        }
        return {};
    }
    QString about() const
    {
        const auto *label = named<QLabel>("What is counted");
        return label ? label->text() : QString();
    }

    TablePage page;
};

QStringList parts(const QAbstractItemModel &model, const QModelIndex &parent = {})
{
    QStringList list;
    for (int row = 0; row < model.rowCount(parent); ++row) {
        const QModelIndex at = model.index(row, 0, parent);
        list << at.data().toString() + QStringLiteral(" = ") + at.siblingAtColumn(1).data().toString();
        list << parts(model, at);
    }
    return list;
}

} // namespace

class TestTablePage : public QObject {
    Q_OBJECT
private slots:
    void enterShowsTheWholeCellAndEscClosesIt();
    void nullAndEmptyTextAreSaidInWords();
    void jsonStandsAsATreeBesideItsText();
    void arraysStandAsLists();
    void veryLongListsAreCut();
    void theViewerFollowsTheCurrentCell();
    void copiesTheWholeValue();
    void tenMegabytesAreShownInPart();
    void countsTheColumnOfTheRowsThatAreShown();
    void countingIsGivenUp();
    void escCancelsTheQueryWhenNothingIsOpen();
    void writesWhatIsShownToAFile();
    void aStoppedOrFailedExportLeavesTheFileAlone();
};

void TestTablePage::enterShowsTheWholeCellAndEscClosesIt()
{
    Shown shown;
    shown.choose(0, 1);

    QTest::keyClick(shown.page.grid(), Qt::Key_Return);

    QVERIFY(shown.named<QWidget>("Inspector"));
    QCOMPARE(shown.text().size(), 3002);
    QCOMPARE(shown.named<QPlainTextEdit>("Text of the cell")->accessibleDescription(),
             QStringLiteral("3,002 characters, 3,003 bytes"));
    QVERIFY(shown.named<QPlainTextEdit>("Text of the cell")->hasFocus());
    QVERIFY(!shown.named<QTreeView>("Parts of the cell"));
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
    QVERIFY(!shown.named<QWidget>("Inspector"));
    QVERIFY(shown.page.grid()->hasFocus());

    const QRect cell = shown.page.grid()->visualRect(shown.page.grid()->model()->index(3, 1));
    QTest::mouseDClick(shown.page.grid()->viewport(), Qt::LeftButton, {}, cell.center());
    QVERIFY(shown.named<QWidget>("Inspector"));
    QCOMPARE(shown.text(), QStringLiteral("blue"));
}

void TestTablePage::nullAndEmptyTextAreSaidInWords()
{
    Shown shown;
    shown.choose(1, 1);
    shown.page.inspect(screens::Inspector::Cell);
    const auto *text = shown.named<QPlainTextEdit>("Text of the cell");

    QVERIFY2(text->placeholderText().startsWith(QStringLiteral("NULL: there is no value")),
             qPrintable(text->placeholderText()));
    QCOMPARE(text->accessibleDescription(), text->placeholderText());
    QVERIFY(!shown.named<QToolButton>("Copy the value")->isEnabled());
    shown.choose(2, 1);
    QVERIFY(text->placeholderText().startsWith(QStringLiteral("An empty text")));
}

void TestTablePage::jsonStandsAsATreeBesideItsText()
{
    Shown shown;
    shown.choose(0, 2);
    shown.page.inspect(screens::Inspector::Cell);

    QCOMPARE(shown.text(), QLatin1String(kJson));
    const auto *tree = shown.named<QTreeView>("Parts of the cell");
    QVERIFY(tree);
    QCOMPARE(parts(*tree->model()), (QStringList{"n = 12345678901234567890.10", "deep = {1 member}", "x = [2 elements]",
                                                 "[0] = true", "[1] = null", "list = [0 elements]"}));
    QVERIFY(tree->isExpanded(tree->model()->index(1, 0)));
    shown.choose(3, 2); // a number has no parts
    QVERIFY(!shown.named<QTreeView>("Parts of the cell"));
}

void TestTablePage::arraysStandAsLists()
{
    Shown shown;
    shown.choose(0, 3);
    shown.page.inspect(screens::Inspector::Cell);
    const auto list = [&] { return parts(*shown.named<QTreeView>("Parts of the cell")->model()); };

    QCOMPARE(list(), (QStringList{"[1] = a b", "[2] = NULL", "[3] = NULL"}));
    const auto *model = shown.named<QTreeView>("Parts of the cell")->model();
    QVERIFY(model->index(1, 1).data(models::ResultTableModel::NullRole).toBool());
    QVERIFY(!model->index(2, 1).data(models::ResultTableModel::NullRole).toBool()); // the text NULL
    shown.choose(2, 3);
    QCOMPARE(list(),
             (QStringList{"[1] = [2 elements]", "[1] = 1", "[2] = 2", "[2] = [2 elements]", "[1] = 3", "[2] = 4"}));
    shown.choose(4, 3);
    QCOMPARE(list(), (QStringList{"[0] = p", "[1] = q"}));
}

void TestTablePage::veryLongListsAreCut()
{
    auto table = std::make_shared<sandbox::ResultTable>();
    table->columns = {{"a", "_int4"}, {"j", "jsonb"}};
    std::string list, json;
    for (int i = 0; i < 50'000; ++i) {
        list += (i == 0 ? "{" : ",") + std::to_string(i);
        json += (i == 0 ? "[" : ", ") + std::to_string(i);
    }
    table->append(list + "}");
    table->append(json + "]");
    Shown shown;
    shown.page.setTable(table, QStringLiteral("1 row"));
    for (int column = 0; column < 2; ++column) {
        shown.choose(0, column);
        shown.page.inspect(screens::Inspector::Cell);
        const auto *model = shown.named<QTreeView>("Parts of the cell")->model();
        QCOMPARE(model->rowCount(), 19'999);
        QCOMPARE(model->index(19'998, 1).data().toString(), QStringLiteral("19998"));
        const auto labels = shown.page.findChildren<QLabel *>();
        QVERIFY(std::any_of(labels.begin(), labels.end(), [](const QLabel *label) {
            return label->text().contains(QStringLiteral("the first 20,000 parts are listed"));
        }));
    }
}

void TestTablePage::theViewerFollowsTheCurrentCell()
{
    Shown shown;
    shown.choose(3, 1);
    shown.page.inspect(screens::Inspector::Cell);
    shown.page.grid()->setFocus();

    QTest::keyClick(shown.page.grid(), Qt::Key_Left);

    QCOMPARE(shown.text(), QStringLiteral("4"));
    shown.page.setWords(QStringLiteral("gone"));
    shown.page.setTable(orders(), QStringLiteral("5 rows"));
    shown.choose(1, 0);
    QCOMPARE(shown.text(), QStringLiteral("2"));
}

void TestTablePage::copiesTheWholeValue()
{
    Shown shown;
    shown.choose(0, 2);
    shown.page.inspect(screens::Inspector::Cell);

    QTest::mouseClick(shown.named<QToolButton>("Copy the value"), Qt::LeftButton);

    QCOMPARE(QApplication::clipboard()->text(), QLatin1String(kJson));
}

void TestTablePage::tenMegabytesAreShownInPart()
{
    auto table = std::make_shared<sandbox::ResultTable>();
    table->columns = {{"t", "jsonb"}};
    const std::string large = "[\"" + std::string(10'000'000, 'x') + "\"]";
    table->append(large);
    Shown shown;
    shown.page.setTable(table, QStringLiteral("1 row"));
    shown.choose(0, 0);
    QElapsedTimer clock;
    clock.start();

    shown.page.inspect(screens::Inspector::Cell);

    QVERIFY2(clock.elapsed() < 2000 * SQLGYM_PACE, qPrintable(QString::number(clock.elapsed())));
    QCOMPARE(shown.text().size(), 50'000);
    QVERIFY(shown.named<QPlainTextEdit>("Text of the cell")->accessibleDescription().contains(QStringLiteral("Copy")));
    QTest::mouseClick(shown.named<QToolButton>("Copy the value"), Qt::LeftButton);
    QCOMPARE(QApplication::clipboard()->text().size(), 10'000'004);
}

void TestTablePage::countsTheColumnOfTheRowsThatAreShown()
{
    Shown shown;
    shown.choose(0, 0);

    shown.page.inspect(screens::Inspector::Column);

    QTRY_COMPARE(shown.value("Sum"), QStringLiteral("15"));
    QCOMPARE(shown.value("Average"), QStringLiteral("3.0000000000000000"));
    QCOMPARE(shown.about(), QStringLiteral("id: int4. All 5 rows."));
    shown.choose(0, 1);
    QTRY_COMPARE(shown.value("Distinct values"), QStringLiteral("3"));
    QCOMPARE(shown.value("NULL"), QStringLiteral("1 (20 %)"));
    QVERIFY(shown.value("Most frequent").startsWith(QStringLiteral("blue \u00D7 2")));

    QTest::keyClicks(shown.named<QLineEdit>("Filter rows"), QStringLiteral("BLUE"));
    QTRY_COMPARE(shown.page.grid()->model()->rowCount(), 2);
    shown.choose(0, 0);
    QTRY_COMPARE(shown.value("Sum"), QStringLiteral("9"));
    QCOMPARE(shown.about(), QStringLiteral("id: int4. Only the 2 rows that contain \u201CBLUE\u201D."));
    shown.named<QLineEdit>("Filter rows")->clear();
    shown.choose(0, 0);
    QTRY_COMPARE(shown.value("Sum"), QStringLiteral("15"));
    QCOMPARE(shown.about(), QStringLiteral("id: int4. All 5 rows."));
}

void TestTablePage::countingIsGivenUp()
{
    auto table = std::make_shared<sandbox::ResultTable>();
    table->columns = {{"a", "int4"}, {"b", "int4"}};
    for (int i = 0; i < 400'000; ++i) {
        table->append(std::to_string(i));
        table->append(std::to_string(i % 3));
    }
    Shown shown;
    shown.page.setTable(table, QStringLiteral("400,000 rows"));
    shown.choose(0, 0);
    shown.page.inspect(screens::Inspector::Column);
    auto *cancel = shown.button("Cancel");
    QVERIFY(cancel && cancel->isVisible());
    QVERIFY(shown.about().contains(QStringLiteral("Counting")));

    QTest::mouseClick(cancel, Qt::LeftButton);

    QVERIFY(shown.about().startsWith(QStringLiteral("Cancelled")));
    QVERIFY(!cancel->isVisible());
    shown.choose(0, 1);
    QTRY_COMPARE_WITH_TIMEOUT(shown.value("Distinct values"), QStringLiteral("3"), 20'000 * SQLGYM_PACE);
    QVERIFY(shown.about().startsWith(QStringLiteral("b: int4")));
}

void TestTablePage::escCancelsTheQueryWhenNothingIsOpen()
{
    Shown shown;
    QSignalSpy cancelled(&shown.page, &TablePage::cancelRequested);
    shown.choose(0, 0);
    shown.page.inspect(screens::Inspector::Cell);
    shown.page.grid()->setFocus();

    QTest::keyClick(shown.page.grid(), Qt::Key_Escape);
    QCOMPARE(cancelled.count(), 0);
    QVERIFY(!shown.named<QWidget>("Inspector"));
    QTest::keyClick(shown.page.grid(), Qt::Key_Escape);

    QCOMPARE(cancelled.count(), 1);
}

namespace {

QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("no such file");
}

} // namespace

void TestTablePage::writesWhatIsShownToAFile()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("rows.json"));
    Shown shown;
    QTest::keyClicks(shown.named<QLineEdit>("Filter rows"), QStringLiteral("blue"));
    QTRY_COMPARE(shown.page.grid()->model()->rowCount(), 2);

    shown.page.exportRows();
    auto *dialog = shown.page.findChild<QFileDialog *>();
    QVERIFY(dialog && dialog->isVisible());
    emit dialog->fileSelected(path); // its suffix decides, not the filter, which says CSV
    dialog->reject();

    QTRY_VERIFY(QFile::exists(path));
    const auto rows = QJsonDocument::fromJson(contents(path)).array();
    QCOMPARE(rows.size(), 2);
    QCOMPARE(rows[0].toObject().value(QStringLiteral("id")).toInt(), 4);
    QCOMPARE(rows[0].toObject().value(QStringLiteral("payload")).toInt(), 7);
    QTRY_VERIFY(shown.page.grid()->findChild<widgets::CopyJob *>()->text().contains(QStringLiteral("rows.json")));
    QCOMPARE(shown.page.focusWidget(), shown.page.grid());
}

void TestTablePage::aStoppedOrFailedExportLeavesTheFileAlone()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("rows.csv"));
    {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("before");
    }
    auto table = std::make_shared<sandbox::ResultTable>();
    table->columns = {{"a", "int4"}, {"b", "text"}};
    for (int i = 0; i < 1'000'000; ++i) {
        table->append(std::to_string(i));
        table->append("text");
    }
    Shown shown;
    shown.page.setTable(table, QStringLiteral("1,000,000 rows"));
    shown.page.grid()->setFocus();
    shown.page.grid()->exportTo(path, models::CopyFormat::Csv);
    auto *job = shown.page.grid()->findChild<widgets::CopyJob *>();
    // At once: a quick machine, or a slow test, would find it done.
    QVERIFY(job->isRunning());

    QTest::keyClick(shown.page.grid(), Qt::Key_Escape);

    QVERIFY(!job->isRunning());
    QVERIFY(job->text().startsWith(QStringLiteral("Nothing was written")));
    QTest::qWait(300);
    QCOMPARE(contents(path), QByteArray("before"));
    shown.page.setTable(orders(), QStringLiteral("5 rows"));
    shown.page.grid()->exportTo(folder.filePath(QStringLiteral("no/such/folder.csv")), models::CopyFormat::Csv);
    QTRY_VERIFY(job->text().startsWith(QStringLiteral("The file could not be written")));
}

int main(int argc, char **argv)
{
    QApplication app(argc, argv);
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
    widgets::Theme::instance().install(widgets::ThemeChoice::Light, false, 0);
    TestTablePage test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_table_page.moc"
