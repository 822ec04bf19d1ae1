// The parity tests' own tools: they must notice every difference, and lose nothing of a file.
#include "compare.h"
#include "parity_file.h"

#include <QtTest>

using namespace sqlgym;
using namespace sqlgym::parity;
using sandbox::Status;

namespace {

sandbox::Outcome rows(std::vector<sandbox::Column> columns, std::vector<Cell> cells)
{
    sandbox::Outcome outcome;
    outcome.status = Status::Ok;
    outcome.table.columns = std::move(columns);
    for (const auto &cell : cells)
        outcome.table.append(cell);
    return outcome;
}

sandbox::Outcome error(base::Diagnostic diagnostic)
{
    sandbox::Outcome outcome;
    outcome.status = Status::Error;
    outcome.diagnostic = std::move(diagnostic);
    return outcome;
}

const std::vector<sandbox::Column> kColumns{{"a", "int4"}, {"b", "text"}};

} // namespace

class TestParityFile : public QObject {
    Q_OBJECT
private slots:
    void comesBackAsItWas();
    void keepsOddCells();
    void saysWhatItCannotRead();
    void noticesDifferences_data();
    void noticesDifferences();
    void noticesOtherErrors_data();
    void noticesOtherErrors();
};

void TestParityFile::comesBackAsItWas()
{
    const std::string text = "# About.\nsetup\nCREATE TABLE t(a int);\n\nquery integer text ordered\nnames a|b\n"
                             "SELECT a,\n  b FROM t\n----\n1|NULL\n2|x\n\nerror 42703 at 8\nSELECT c\n----\n"
                             "column \"c\" does not exist\nHINT: None.\n";

    const auto file = parseParityFile(text);

    QVERIFY(file);
    QCOMPARE(writeParityFile(*file), text);
    QCOMPARE(file->blocks[2].test.recorded->types, (std::vector<std::string>{"int4", "text"}));
}

void TestParityFile::keepsOddCells()
{
    ParityFile file;
    Block block;
    block.kind = Block::Kind::Case;
    block.test.sql = "SELECT 1";
    block.test.recorded = Answer{false, {"a", "b|c"}, {"text", "text"}, {{"", "NULL"}, {"a|b", "\\n\n"}}, {}};
    block.test.recorded->rows.push_back({Cell(), "---- "});
    file.blocks.push_back(block);

    const auto again = parseParityFile(writeParityFile(file));

    QVERIFY(again);
    QCOMPARE(again->blocks[0].test.recorded->rows, block.test.recorded->rows);
    QCOMPARE(again->blocks[0].test.recorded->names, block.test.recorded->names);
}

void TestParityFile::saysWhatItCannotRead()
{
    QVERIFY(!parseParityFile("selekt\n"));
    QVERIFY(!parseParityFile("query\n\n"));
    const auto ragged = parseParityFile("query text\nSELECT 1\n----\na|b\n");
    QVERIFY(!ragged);
    QCOMPARE(ragged.error().message.substr(0, 2), std::string("4:"));
}

void TestParityFile::noticesDifferences_data()
{
    QTest::addColumn<int>("which");
    QTest::addColumn<bool>("ordered");
    QTest::addColumn<int>("verdict");

    const auto row = [](const char *name, int which, bool ordered, Verdict verdict) {
        QTest::newRow(name) << which << ordered << static_cast<int>(verdict);
    };
    row("the same", 0, true, Verdict::Agree);
    row("another cell", 1, false, Verdict::Wrong);
    row("NULL for an empty text", 2, false, Verdict::Wrong);
    row("another order where it counts", 3, true, Verdict::Wrong);
    row("another order where it does not", 3, false, Verdict::Agree);
    row("a row less", 4, false, Verdict::Wrong);
    row("another name", 5, false, Verdict::Wrong);
    row("another type", 6, false, Verdict::Wrong);
    row("an error", 7, false, Verdict::Wrong);
    row("declined", 8, false, Verdict::Declined);
    row("a timeout", 9, false, Verdict::Broken);
}

void TestParityFile::noticesDifferences()
{
    QFETCH(int, which);
    QFETCH(bool, ordered);
    const auto expected = answerOf(rows(kColumns, {"1", "", "2", "x"}));
    sandbox::Outcome declined;
    declined.status = Status::Unsupported;
    sandbox::Outcome late;
    late.status = Status::Timeout;
    const sandbox::Outcome outcomes[] = {
        rows(kColumns, {"1", "", "2", "x"}),
        rows(kColumns, {"1", "", "2", "X"}),
        rows(kColumns, {"1", std::nullopt, "2", "x"}),
        rows(kColumns, {"2", "x", "1", ""}),
        rows(kColumns, {"1", ""}),
        rows({{"a", "int4"}, {"c", "text"}}, {"1", "", "2", "x"}),
        rows({{"a", "int8"}, {"b", "text"}}, {"1", "", "2", "x"}),
        error({"42703", "no", {}, {}, 0}),
        declined,
        late,
    };

    const auto found = compare(*expected, outcomes[which], ordered);

    QTEST(static_cast<int>(found.verdict), "verdict");
}

void TestParityFile::noticesOtherErrors_data()
{
    QTest::addColumn<QString>("part");
    QTest::newRow("SQLSTATE") << "sqlstate";
    QTest::newRow("message") << "message";
    QTest::newRow("detail") << "detail";
    QTest::newRow("hint") << "hint";
    QTest::newRow("position") << "position";
}

void TestParityFile::noticesOtherErrors()
{
    QFETCH(QString, part);
    const base::Diagnostic said{"42703", "no column", "a detail", "a hint", 8};
    base::Diagnostic other = said;
    (part == "sqlstate"  ? other.sqlstate
     : part == "message" ? other.message
     : part == "hint"    ? other.hint
                         : other.detail) += part == "position" ? "" : "x";
    other.position += part == "position" ? 1 : 0;

    QCOMPARE(compare(*answerOf(error(said)), error(said), false).verdict, Verdict::Agree);
    QCOMPARE(compare(*answerOf(error(said)), error(other), false).verdict, Verdict::Wrong);
}

QTEST_APPLESS_MAIN(TestParityFile)
#include "tst_parity_file.moc"
