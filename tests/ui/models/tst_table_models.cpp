#include "models/copy_format.h"
#include "models/difference_model.h"
#include "models/labels.h"
#include "models/line_difference.h"
#include "models/result_table_model.h"
#include "models/row_order.h"
#include "models/schema_model.h"
#include "models/tests_model.h"

#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtTest/QAbstractItemModelTester>
#include <QtTest/QtTest>

using namespace sqlgym;
using models::DifferenceModel;
using models::ResultTableModel;

namespace {

sandbox::ResultTable people()
{
    sandbox::ResultTable table;
    table.columns = {{"id", "int4"}, {"name", "text"}};
    for (const auto &[id, name] : std::vector<std::pair<std::string, std::optional<std::string>>>{
             {"1", "ada"}, {"2", std::nullopt}, {"3", ""}, {"4", "two\tparts\n\"quoted\""}}) {
        table.append(std::string_view(id));
        table.append(name ? sandbox::ResultTable::Cell(*name) : std::nullopt);
    }
    return table;
}

QString at(const QAbstractItemModel &model, int row, int column, int role = Qt::DisplayRole)
{
    return model.index(row, column).data(role).toString();
}

} // namespace

class TestTableModels : public QObject {
    Q_OBJECT
private slots:
    void modelsKeepTheRulesOfItemModels();
    void nullIsNotEmptyText();
    void numbersStandOnTheRightAndTypesInTheTip();
    void longTextIsCutOnlyWhereItIsShown();
    void errorsThatRepeatAPasteAreCut();
    void copiesAsTabSeparatedText();
    void longTextsAreHandedOnInPieces();
    void sortsAndFiltersLocally();
    void sortsAsPostgresDoes_data();
    void sortsAsPostgresDoes();
    void sortsManyAndGivesUpWhenCancelled();
    void differenceNamesEveryLine();
    void onlyDifferencesLeavesOutWhatIsRight();
    void schemaNamesKeysAndReferences();
    void linesAreCompared_data();
    void linesAreCompared();
};

void TestTableModels::modelsKeepTheRulesOfItemModels()
{
    ResultTableModel result;
    DifferenceModel difference;
    models::TestsModel tests;
    models::SchemaModel schema;
    const auto mode = QAbstractItemModelTester::FailureReportingMode::QtTest;
    QAbstractItemModelTester a(&result, mode), b(&difference, mode), c(&tests, mode), d(&schema, mode);

    result.setTable(std::make_shared<sandbox::ResultTable>(people()));
    auto verdict = std::make_shared<grading::Verdict>();
    verdict->tests.resize(2);
    tests.setVerdict(verdict);
    auto problem = std::make_shared<content::Problem>();
    problem->tables.resize(2);
    problem->tables[0].columns.resize(3);
    schema.setProblem(problem);
    result.setTable(nullptr);
    tests.setVerdict(nullptr);
    schema.setProblem(nullptr);

    QCOMPARE(result.rowCount(), 0);
}

void TestTableModels::nullIsNotEmptyText()
{
    ResultTableModel model;
    model.setTable(std::make_shared<sandbox::ResultTable>(people()));

    QCOMPARE(model.index(1, 1).data(ResultTableModel::NullRole).toBool(), true);
    QCOMPARE(at(model, 1, 1, Qt::AccessibleTextRole), QStringLiteral("NULL"));
    QCOMPARE(model.index(2, 1).data(ResultTableModel::NullRole).toBool(), false);
    QCOMPARE(at(model, 2, 1), QString());
    QCOMPARE(at(model, 2, 1, Qt::AccessibleTextRole), QStringLiteral("empty text"));
}

void TestTableModels::numbersStandOnTheRightAndTypesInTheTip()
{
    ResultTableModel model;
    model.setTable(std::make_shared<sandbox::ResultTable>(people()));

    QVERIFY(model.index(0, 0).data(Qt::TextAlignmentRole).toInt() & Qt::AlignRight);
    QVERIFY(model.index(0, 1).data(Qt::TextAlignmentRole).toInt() & Qt::AlignLeft);
    QCOMPARE(model.headerData(0, Qt::Horizontal, Qt::ToolTipRole).toString(), QStringLiteral("id: int4"));
}

void TestTableModels::errorsThatRepeatAPasteAreCut()
{
    base::Diagnostic diagnostic;
    diagnostic.sqlstate = "42601";
    diagnostic.message = "syntax error at or near \"" + std::string(10'000'000, 'x') + "\"";

    const QString text = models::diagnosticText(diagnostic);

    QVERIFY(text.startsWith(QStringLiteral("ERROR: syntax error at or near \"xxx")));
    QVERIFY(text.endsWith(QStringLiteral("x\u2026\nSQLSTATE 42601")));
    QVERIFY(text.size() < 1'100);
    QCOMPARE(models::beginningOf("\u00e9\u20ac", 2), QStringLiteral("\u00e9\u20ac"));
    QCOMPARE(models::beginningOf("\u00e9\u20acx", 2), QStringLiteral("\u00e9\u20ac\u2026"));
}

void TestTableModels::longTextIsCutOnlyWhereItIsShown()
{
    sandbox::ResultTable table;
    table.columns = {{"t", "text"}};
    const std::string longText(5000, 'x');
    table.append(std::string_view(longText));
    ResultTableModel model;
    model.setTable(std::make_shared<sandbox::ResultTable>(std::move(table)));

    QVERIFY(at(model, 0, 0).size() < 400);
    QVERIFY(at(model, 0, 0).endsWith(QChar(0x2026)));
    QCOMPARE(at(model, 0, 0, ResultTableModel::FullTextRole).size(), 5000);
}

void TestTableModels::copiesAsTabSeparatedText()
{
    ResultTableModel model;
    model.setTable(std::make_shared<sandbox::ResultTable>(people()));
    const auto source = model.cellSource();
    const std::vector<models::CellRange> all{{0, 0, 3, 1}};

    using models::CopyFormat;
    QCOMPARE(models::copied(source, all, CopyFormat::TsvWithHeaders),
             QStringLiteral("id\tname\n1\tada\n2\t\n3\t\n4\t\"two\tparts\n\"\"quoted\"\"\""));
    QCOMPARE(models::copied(source, {{0, 1, 0, 1}, {1, 0, 1, 0}}, CopyFormat::Tsv), QStringLiteral("\tada\n2\t"));
    QCOMPARE(models::copied(source, all, CopyFormat::Csv),
             QStringLiteral("id,name\n1,ada\n2,\n3,\"\"\n4,\"two\tparts\n\"\"quoted\"\"\"\n"));
    QCOMPARE(models::copied(source, all, CopyFormat::Markdown),
             QStringLiteral("| id | name |\n| ---: | --- |\n| 1 | ada |\n| 2 | *NULL* |\n| 3 |  |\n"
                            "| 4 | two\tparts<br>\"quoted\" |\n"));
    const QJsonArray json = QJsonDocument::fromJson(models::copied(source, all, CopyFormat::Json).toUtf8()).array();
    QCOMPARE(json.size(), 4);
    QCOMPARE(json[0].toObject().value(QStringLiteral("id")).toInt(), 1);
    QVERIFY(json[1].toObject().value(QStringLiteral("name")).isNull());
    QCOMPARE(json[2].toObject().value(QStringLiteral("name")).toString(QStringLiteral("-")), QString());
    QCOMPARE(json[3].toObject().value(QStringLiteral("name")).toString(), QStringLiteral("two\tparts\n\"quoted\""));
    QCOMPARE(models::copied(source, all, CopyFormat::Insert),
             QStringLiteral("INSERT INTO result (id, name) VALUES\n    (1, 'ada'),\n    (2, NULL),\n    (3, ''),\n"
                            "    (4, 'two\tparts\n\"quoted\"');\n"));
}

namespace {

std::shared_ptr<grading::TestVerdict> wrongTest()
{
    auto test = std::make_shared<grading::TestVerdict>();
    test->expected = people();
    test->actual = people();
    using grading::RowMark;
    test->difference.actualColumnOf = {0, 1};
    test->difference.lines = {{RowMark::Same, 0, 0, {}},        {RowMark::Changed, 1, 2, {1}},
                              {RowMark::Missing, 2, -1, {}},    {RowMark::Extra, -1, 3, {}},
                              {RowMark::Duplicated, -1, 0, {}}, {RowMark::Moved, 3, 1, {}}};
    return test;
}

} // namespace

void TestTableModels::longTextsAreHandedOnInPieces()
{
    auto table = std::make_shared<sandbox::ResultTable>(people());
    for (int i = 0; i < 30'000; ++i) {
        table->append(std::to_string(i));
        table->append("some \"quoted\" text, and more of it");
    }
    ResultTableModel model;
    model.setTable(table);
    const models::CellRange all{0, 0, model.rowCount() - 1, 1};
    using models::CopyFormat;

    for (const auto format : {CopyFormat::Csv, CopyFormat::Markdown, CopyFormat::Json, CopyFormat::Insert}) {
        QString text;
        int pieces = 0;
        models::CopyProgress progress;
        const auto sink = [&](const QString &piece) {
            text += piece;
            ++pieces;
            return true;
        };
        QVERIFY(models::copyTo(sink, model.cellSource(), all, format, progress));
        QVERIFY(pieces > 2);
        QCOMPARE(text, models::copied(model.cellSource(), {all}, format));

        int taken = 0;
        QVERIFY(
            !models::copyTo([&](const QString &) { return ++taken < 2; }, model.cellSource(), all, format, progress));
        QCOMPARE(taken, 2);
        progress.cancelled = true;
        QVERIFY(!models::copyTo(sink, model.cellSource(), all, format, progress));
    }

    // Without rows each is still a whole text of its kind.
    const auto empty = [&](CopyFormat format) {
        QString text;
        models::CopyProgress progress;
        models::copyTo([&](const QString &piece) { return !(text += piece).isNull(); }, model.cellSource(),
                       {0, 0, -1, 1}, format, progress);
        return text;
    };
    QCOMPARE(empty(CopyFormat::Csv).trimmed(), QStringLiteral("id,name"));
    QVERIFY(QJsonDocument::fromJson(empty(CopyFormat::Json).toUtf8()).array().isEmpty());
    QVERIFY(QJsonDocument::fromJson(empty(CopyFormat::Json).toUtf8()).isArray());
    QVERIFY(empty(CopyFormat::Insert).startsWith(QStringLiteral("--")));
}

void TestTableModels::sortsAndFiltersLocally()
{
    sandbox::ResultTable table;
    table.columns = {{"n", "numeric"}, {"t", "text"}};
    const std::pair<const char *, const char *> rows[] = {{"10", "Beta"},
                                                          {"9", "alpha"},
                                                          {nullptr, "gamma"},
                                                          {"-2.50", nullptr},
                                                          {"-2.5", "delta"},
                                                          {"12345678901234567891", "x"},
                                                          {"12345678901234567890", "y"},
                                                          {"NaN", "z"}};
    for (const auto &[n, t] : rows) {
        table.append(n ? sandbox::ResultTable::Cell(n) : std::nullopt);
        table.append(t ? sandbox::ResultTable::Cell(t) : std::nullopt);
    }
    using Rows = std::vector<std::uint32_t>;
    const base::CancelToken never;

    QCOMPARE(models::orderedRows(table, {0, false, ""}, never), (Rows{3, 4, 1, 0, 6, 5, 7, 2}));
    QCOMPARE(models::orderedRows(table, {0, true, ""}, never), (Rows{2, 7, 5, 6, 0, 1, 3, 4}));
    QCOMPARE(models::orderedRows(table, {1, false, ""}, never), (Rows{0, 1, 4, 2, 5, 6, 7, 3}));
    QCOMPARE(models::orderedRows(table, {-1, false, "ETA"}, never), (Rows{0}));
    QCOMPARE(models::orderedRows(table, {1, false, "lt"}, never), (Rows{4}));

    ResultTableModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setTable(std::make_shared<sandbox::ResultTable>(table));
    model.setRows({4, 0});
    QCOMPARE(model.rowCount(), 2);
    QCOMPARE(at(model, 0, 1), QStringLiteral("delta"));
    QCOMPARE(model.headerData(0, Qt::Vertical, Qt::DisplayRole).toInt(), 5); // its number in the result
}

void TestTableModels::sortsAsPostgresDoes_data()
{
    using Cells = std::vector<std::optional<std::string>>;
    using Rows = std::vector<std::uint32_t>;
    QTest::addColumn<std::string>("type");
    QTest::addColumn<Cells>("cells");
    QTest::addColumn<Rows>("order"); // PostgreSQL 15: ORDER BY v COLLATE "C", i

    const std::string zeros(399, '0');
    QTest::newRow("numerics that no double tells apart") << std::string("numeric")
                                                         << Cells{"NaN",
                                                                  "Infinity",
                                                                  "1",
                                                                  "-Infinity",
                                                                  "0." + zeros + "1",
                                                                  "-0." + zeros + "1",
                                                                  "0",
                                                                  "2" + zeros + "0",
                                                                  "1" + zeros + "0",
                                                                  "-1" + zeros + "0",
                                                                  std::nullopt,
                                                                  "0.0",
                                                                  "12345678901234567891",
                                                                  "12345678901234567890",
                                                                  "-12345678901234567891",
                                                                  "-12345678901234567890"}
                                                         << Rows{3, 9, 14, 15, 5, 6, 11, 4, 2, 13, 12, 8, 7, 1, 0, 10};
    QTest::newRow("money") << std::string("money") << Cells{"-$1,234.50", "$10.00",        "$9.99",  std::nullopt,
                                                            "-$0.01",     "$1,234,567.89", "-$2.00", "$0.00"}
                           << Rows{0, 6, 4, 7, 2, 1, 5, 3};
    QTest::newRow("doubles of every size")
        << std::string("float8")
        << Cells{"NaN", "Infinity", "-Infinity", "1e+300", "-1e+300", "1e-310", "-0", "0", "5e-324", "-5e-324"}
        << Rows{2, 4, 9, 6, 7, 8, 5, 3, 1, 0};
    QTest::newRow("texts that begin alike") << std::string("text")
                                            << Cells{"common prefix b",
                                                     "common prefix",
                                                     "common prefix a",
                                                     "common prefixes and more, 2",
                                                     "common prefixes and more, 1",
                                                     std::nullopt,
                                                     "common prefix \u00E9",
                                                     "common prefix z",
                                                     "common prefixes and more, 2"}
                                            << Rows{1, 2, 0, 7, 6, 4, 3, 8, 5};
}

void TestTableModels::sortsAsPostgresDoes()
{
    QFETCH(const std::string, type);
    QFETCH(const std::vector<std::optional<std::string>>, cells);
    QFETCH(const std::vector<std::uint32_t>, order);
    sandbox::ResultTable table;
    table.columns = {{"v", type}};
    for (const auto &cell : cells)
        table.append(cell ? sandbox::ResultTable::Cell(*cell) : std::nullopt);

    QCOMPARE(models::orderedRows(table, {0, false, ""}, base::CancelToken()), order);
}

void TestTableModels::sortsManyAndGivesUpWhenCancelled()
{
    sandbox::ResultTable table;
    table.columns = {{"n", "int4"}};
    constexpr std::uint32_t kRows = 300'000; // several runs that are merged
    for (std::uint32_t i = 0; i < kRows; ++i)
        table.append(std::to_string((i * std::uint64_t{7919}) % 1009));
    const auto value = [&](std::uint32_t row) { return (row * std::uint64_t{7919}) % 1009; };

    const auto rows = models::orderedRows(table, {0, false, ""}, base::CancelToken());
    const auto down = models::orderedRows(table, {0, true, ""}, base::CancelToken());

    QCOMPARE(rows.size(), std::size_t{kRows});
    QVERIFY(std::ranges::is_sorted(rows,
                                   [&](auto a, auto b) { return value(a) != value(b) ? value(a) < value(b) : a < b; }));
    QVERIFY(std::ranges::is_sorted(down,
                                   [&](auto a, auto b) { return value(a) != value(b) ? value(a) > value(b) : a < b; }));
    base::CancelToken cancelled;
    cancelled.cancel();
    QVERIFY(models::orderedRows(table, {0, false, ""}, cancelled).empty());
}

void TestTableModels::differenceNamesEveryLine()
{
    DifferenceModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setTest(wrongTest());

    QStringList marks;
    for (int row = 0; row < model.rowCount(); ++row)
        marks << at(model, row, 0);
    QCOMPARE(marks, (QStringList{"=", "\u2260 expected", "\u2260 yours", "\u2212 missing", "+ extra",
                                 "\u00D7 duplicated", "\u21C5 moved"}));
    QCOMPARE(model.index(1, 2).data(DifferenceModel::WrongCellRole).toBool(), true);
    QCOMPARE(model.index(1, 1).data(DifferenceModel::WrongCellRole).toBool(), false);
    QCOMPARE(model.index(1, 2).data(DifferenceModel::NullRole).toBool(), true); // expected NULL
    QCOMPARE(at(model, 2, 2), QString());                                       // yours: empty text
    QCOMPARE(at(model, 4, 1), QStringLiteral("4"));                             // the extra row is the query's
}

void TestTableModels::onlyDifferencesLeavesOutWhatIsRight()
{
    DifferenceModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setTest(wrongTest());

    model.setOnlyDifferences(true);

    QCOMPARE(model.rowCount(), 6);
    QCOMPARE(at(model, 0, 0), QStringLiteral("\u2260 expected"));
}

void TestTableModels::schemaNamesKeysAndReferences()
{
    auto problem = std::make_shared<content::Problem>();
    content::Table loan;
    loan.name = "loan";
    loan.columns = {{"id", "integer", true, ""}, {"member_id", "integer", false, "who"}};
    loan.primaryKey = {"id"};
    loan.foreignKeys = {{{"member_id"}, "member", {"id"}}};
    problem->tables = {loan};
    models::SchemaModel model;
    model.setProblem(problem);
    const QModelIndex table = model.index(0, 0);

    using Column = models::SchemaModel::Column;
    QCOMPARE(model.index(0, Column::Type, table).data().toString(), QStringLiteral("integer, primary key"));
    QCOMPARE(model.index(1, Column::Type, table).data().toString(),
             QStringLiteral("integer, \u2192 member.id, may be NULL"));
}

void TestTableModels::linesAreCompared_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("after");
    QTest::addColumn<QString>("script");

    const auto lines = [](int from, int count) {
        QStringList list;
        for (int i = 0; i < count; ++i)
            list << QString::number(from + i);
        return list.join(u'\n');
    };
    QTest::newRow("equal") << "a\nb"
                           << "a\nb"
                           << "=a=b";
    QTest::newRow("one line changed") << "a\nb\nc"
                                      << "a\nx\nc"
                                      << "=a-b+x=c";
    QTest::newRow("one line more at the end") << "a"
                                              << "a\nb"
                                              << "=a+b";
    QTest::newRow("one line less at the beginning") << "a\nb"
                                                    << "b"
                                                    << "-a=b";
    QTest::newRow("moved") << "a\nb\nc"
                           << "b\nc\na"
                           << "-a=b=c+a";
    QTest::newRow("from nothing") << ""
                                  << "a"
                                  << "-+a";
    QTest::newRow("repeated lines") << "a\na\nb"
                                    << "a\nb\na"
                                    << "=a-a=b+a";
    QTest::newRow("two thousand lines a side")
        << lines(0, 1990) << lines(1, 1990) << QStringLiteral("-0=") + lines(1, 1989).replace(u'\n', u'=') + "+1990";
}

void TestTableModels::linesAreCompared()
{
    QFETCH(QString, before);
    QFETCH(QString, after);

    QString script;
    QStringList old, fresh;
    for (const auto &line : models::compareLines(before, after)) {
        using Kind = models::ComparedLine::Kind;
        script += (line.kind == Kind::Same ? u'=' : line.kind == Kind::Added ? u'+' : u'-') + line.text;
        if (line.kind != Kind::Added)
            old << line.text;
        if (line.kind != Kind::Removed)
            fresh << line.text;
    }

    QTEST(script, "script");
    QCOMPARE(old.join(u'\n'), before);
    QCOMPARE(fresh.join(u'\n'), after);
}

QTEST_GUILESS_MAIN(TestTableModels)
#include "tst_table_models.moc"
