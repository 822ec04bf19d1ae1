#include "content/pack.h"
#include "temp_pack.h"

#include <QtTest>

#include <functional>

using namespace sqlgym::content;

using Spoil = std::function<void(const TempPack &)>;
Q_DECLARE_METATYPE(Spoil)

namespace {

const QString kProblem = "problems/no-reply/problem.json";
const QString kTest = "problems/no-reply/tests/2-four-members.json";
const QString kDataset = "datasets/tool-library/dataset.json";
const QString kRows = "datasets/tool-library/member.csv";

Spoil replace(const QString &file, const char *before, const char *after)
{
    return [=](const TempPack &pack) { pack.replace(file, before, after); };
}

Spoil write(const QString &file, const QByteArray &text)
{
    return [=](const TempPack &pack) { pack.write(file, text); };
}

Spoil without(const QString &file)
{
    return [=](const TempPack &pack) { pack.remove(file); };
}

} // namespace

class TestBadPack : public QObject {
    Q_OBJECT

private slots:
    void theUnspoiltCopyLoads();
    void namesFileAndPath_data();
    void namesFileAndPath();
    void proseIsCompleted();
    void aTestTakesOtherDataAndReplacesSomeOfIt();
    void namesEveryMistakeAtOnce();
    void aFolderWithoutPackIsToldApart();
};

void TestBadPack::theUnspoiltCopyLoads()
{
    const TempPack pack;

    const auto read = readPack(pack.path());

    QVERIFY2(read, read ? "" : read.error().message.c_str());
    QCOMPARE(read->problems.size(), 2u);
}

void TestBadPack::namesFileAndPath_data()
{
    QTest::addColumn<Spoil>("spoil");
    QTest::addColumn<QString>("said"); // a whole line, or its beginning when it ends in "..."

    const auto bad = [](const char *name, const Spoil &spoil, const QString &said) {
        QTest::newRow(name) << spoil << said;
    };

    bad("pack: no JSON", write("pack.json", "{"), "pack.json: parse error ...");
    bad("pack: another format", replace("pack.json", "\"format\": 1", "\"format\": 2"),
        "pack.json: /format: must be 1");
    bad("pack: name with blanks", replace("pack.json", "\"first-steps\"", "\"First Steps\""),
        "pack.json: /name: is not lower-case letters and digits in words joined by '-'");
    bad("pack: no title", replace("pack.json", "\"title\"", "\"titel\""), "pack.json: /title: is missing");
    bad("pack: unknown member", replace("pack.json", "\"title\"", "\"titel\""), "pack.json: /titel: is not known here");
    bad("pack: a stranger", write("notes.txt", "x"), "notes.txt: is not part of a pack");

    bad("tracks: a problem in two", replace("tracks.json", "\"one-way\"", "\"no-reply\""),
        "tracks.json: /1/problems/0: \"no-reply\" stands in a track already");
    bad("tracks: two of one name", replace("tracks.json", "\"Two\"", "\"One!\""),
        "tracks.json: /1/name: another track has the slug \"one\"");
    bad("tracks: needs itself", replace("tracks.json", "[\"one\"]", "[\"two\"]"),
        "tracks.json: /1/needs/0: no track above this one has the slug \"two\"");
    bad("tracks: a circle", replace("tracks.json", "first one.\",", "first one.\", \"needs\": [\"two\"],"),
        "tracks.json: /0/needs/0: no track above this one has the slug \"two\"");
    bad("tracks: unknown member", replace("tracks.json", "\"needs\"", "\"locks\""),
        "tracks.json: /1/locks: is not known here");

    bad("topics: missing", without("topics.json"), "topics.json: is missing");
    bad("topics: twice", replace("topics.json", "\"Filters and NULL\"", "\"Picking, rows!\""),
        "topics.json: /1/name: another topic has the slug \"picking-rows\"");
    bad("topics: no letter", replace("topics.json", "\"Picking rows\"", "\"†\""),
        "topics.json: /0/name: has no letter or digit");
    bad("topics: difficulty", replace("topics.json", "\"Beginner\"", "\"Trivial\""),
        "topics.json: /0/difficulty: must be one of Beginner, Easy, Medium, Hard, Expert");
    bad("topics: unknown parent", replace("topics.json", "\"parent\": \"picking-rows\"", "\"parent\": \"hobbies\""),
        "topics.json: /1/parent: no topic above this one has the slug \"hobbies\"");

    bad("badges: unknown kind", replace("badges.json", "problems_solved", "lottery"),
        "badges.json: /0/criteria/kind: must be one of ...");
    bad("badges: no count", replace("badges.json", "\"problems_solved\", \"count\": 1", "\"problems_solved\""),
        "badges.json: /0/criteria/count: is missing");
    bad("badges: no days", replace("badges.json", "\"days\": 7", "\"count\": 7"),
        "badges.json: /8/criteria/days: is missing");
    bad("badges: no difficulty", replace("badges.json", "\"difficulty\": \"HARD\", ", ""),
        "badges.json: /5/criteria/difficulty: is missing");
    bad("badges: unknown topic", replace("badges.json", "joining-tables", "juggling"),
        "badges.json: /3/criteria/topic: there is no topic \"juggling\" in topics.json");
    bad("badges: negative points", replace("badges.json", "\"points\": 10", "\"points\": -1"),
        "badges.json: /0/points: ...");
    bad("badges: twice", replace("badges.json", "Half a dozen", "First light"),
        "badges.json: /1/name: another badge has the slug \"first-light\"");

    bad("dataset: missing", without(kDataset), kDataset + ": is missing");
    bad("dataset: folder name", write("datasets/Tool Library/dataset.json", "{}"),
        "datasets/Tool Library: must be named in lower-case letters and digits, with '-' between words");
    bad("dataset: two tables alike", replace(kDataset, "\"name\": \"member\"", "\"name\": \"category\""),
        kDataset + ": /tables/1/name: there is another table \"category\"");
    bad("dataset: table name", replace(kDataset, "\"name\": \"member\"", "\"name\": \"../member\""),
        kDataset + ": /tables/1/name: is not a table's name: ...");
    bad("dataset: two columns alike", replace(kDataset, "\"name\": \"email\"", "\"name\": \"full_name\""),
        kDataset + ": /tables/1/columns/2/name: there is another column \"full_name\"");
    bad("dataset: column type", replace(kDataset, "\"type\": \"date\"", "\"type\": \"date); DROP TABLE x\""),
        kDataset + ": /tables/1/columns/3/type: is not a type as in CREATE TABLE, ...");
    bad("dataset: primary key", replace(kDataset, "\"primary_key\": [\"id\"]", "\"primary_key\": [\"no\"]"),
        kDataset + ": /tables/0/primary_key/0: table category has no column \"no\"");
    bad("dataset: unique", replace(kDataset, "[[\"name\"]]", "[[\"nome\"]]"),
        kDataset + ": /tables/0/unique/0/0: table category has no column \"nome\"");
    bad("dataset: foreign table", replace(kDataset, "\"table\": \"member\"", "\"table\": \"loan\""),
        kDataset + ": /tables/1/foreign_keys/0/table: no table above this one is called \"loan\"");
    bad("dataset: foreign column", replace(kDataset, "\"referenced\": [\"id\"]", "\"referenced\": [\"no\"]"),
        kDataset + ": /tables/1/foreign_keys/0/referenced/0: table member has no column \"no\"");
    bad("dataset: foreign columns",
        replace(kDataset, "\"referenced\": [\"id\"]", "\"referenced\": [\"id\", \"email\"]"),
        kDataset + ": /tables/1/foreign_keys/0/referenced: must name as many columns as /columns does");
    bad("dataset: a stranger", write("datasets/tool-library/members.csv", "id\n"),
        "datasets/tool-library/members.csv: is not part of a pack");

    bad("rows: missing", without(kRows), kRows + ": is missing");
    bad("rows: header", replace(kRows, "id,full_name", "full_name,id"),
        kRows + ": line 1: must name the columns as dataset.json does, in the same order");
    bad("rows: empty file", write(kRows, ""), kRows + ": line 1: must name the columns ...");
    bad("rows: too many values", replace(kRows, "2022-01-15,", "2022-01-15,,1"),
        kRows + ": line 2: has 6 values for 5 columns");
    bad("rows: NULL where none may be", replace(kRows, "1,Maeve O'Rourke,", "1,,"),
        kRows + ": line 2: column full_name must not be NULL (write \"\" for an empty text)");
    bad("rows: open quote", replace(kRows, "36,Wim", "36,\"Wim"), kRows + ": line 37: a quote is not closed");
    bad("rows: not UTF-8", replace(kRows, "Maeve", "Ma\xEBve"), kRows + ": is not text in UTF-8");
    bad("rows: NUL byte", write(kRows, QByteArray("id\0", 3)), kRows + ": is not text in UTF-8");
    bad("rows: too large", write(kRows, QByteArray(5 << 20, 'x')), kRows + ": is larger than 4 MB");

    bad("problem: folder name", write("problems/No_Reply/problem.json", "{}"),
        "problems/No_Reply: must be named in lower-case letters and digits, with '-' between words");
    bad("problem: no contract", replace(kProblem, "\"contract\"", "\"agreement\""),
        kProblem + ": /contract: is missing");
    bad("problem: contract without grain", replace(kProblem, "\"grain\"", "\"grane\""),
        kProblem + ": /contract/grain: is missing");
    bad("problem: contract type", replace(kProblem, "\"int4\"", "17"),
        kProblem + ": /contract/columns/0/type: must be of type string");
    bad("problem: row order", replace(kProblem, "\"ignored\"", "\"any\""),
        kProblem + ": /contract/row_order: must be one of ignored, strict, by_columns");
    bad("problem: order by nothing", replace(kProblem, "\"ignored\"", "\"by_columns\""),
        kProblem + ": /contract/order_by: must say by which columns rows are ordered");
    bad("problem: order by a stranger",
        replace(kProblem, "\"ignored\"", "\"strict\", \"order_by\": [{\"column\": \"fullname\"}]"),
        kProblem + ": /contract/order_by/0/column: no single column of the contract is called \"fullname\"");
    bad("problem: order that is ignored",
        replace(kProblem, "\"ignored\"", "\"ignored\", \"order_by\": [{\"column\": \"full_name\"}]"),
        kProblem + ": /contract/order_by: has no meaning when row_order is ignored");
    bad("problem: unknown topic", replace(kProblem, "filters-and-null", "filters-and-nil"),
        kProblem + ": /topic: there is no topic \"filters-and-nil\" in topics.json");
    bad("problem: difficulty", replace(kProblem, "\"Easy\"", "\"easy\""),
        kProblem + ": /difficulty: must be one of ...");
    bad(
        "problem: order of another",
        [](const TempPack &pack) {
            const QRegularExpression order("\"order\": \\d+");
            const auto find = [&](const QString &file) {
                return order.match(QString::fromUtf8(pack.text(file))).captured().toUtf8();
            };
            pack.replace(kProblem, find(kProblem), find("problems/one-way/problem.json"));
        },
        "problems/one-way/problem.json: /order: is also that of no-reply");
    bad("problem: unknown dataset", replace(kProblem, "tool-library", "toy-library"),
        kProblem + ": /dataset: there is no dataset \"toy-library\"");
    bad("problem: unknown table", replace(kProblem, "[\"member\"]", "[\"member\", \"members\"]"),
        kProblem + ": /tables/1: dataset tool-library has no table \"members\"");
    bad("problem: a table twice", replace(kProblem, "[\"member\"]", "[\"member\", \"member\"]"),
        kProblem + ": /tables/0: \"member\" is named twice");
    bad("problem: no tables", replace(kProblem, "[\"member\"]", "[]"),
        kProblem + ": /tables: needs at least one element");
    bad("problem: an empty hint", replace(kProblem, "\"hints\": [", "\"hints\": [\"\","),
        kProblem + ": /hints/0: must not be empty");
    bad("problem: a member twice", replace(kProblem, "{", "{\"order\": 2,"),
        kProblem + ": \"order\" is given twice in one object");
    bad("problem: a rule", replace(kProblem, "\"hints\"", "\"rules\": {\"tolerance\": -1}, \"hints\""),
        kProblem + ": /rules/tolerance: ...");
    bad("problem: a construct", replace(kProblem, "\"hints\"", "\"rules\": {\"must_use\": [\"join\"]}, \"hints\""),
        kProblem + ": /rules/must_use/0: is not a construct in capitals, ...");
    bad("problem: a stranger", write("problems/no-reply/soluton.sql", "SELECT 1"),
        "problems/no-reply/soluton.sql: is not part of a pack");
    bad("problem: no statement", without("problems/no-reply/statement.md"),
        "problems/no-reply/statement.md: is missing");
    bad("problem: blank solution", write("problems/no-reply/solution.sql", " \n"),
        "problems/no-reply/solution.sql: is empty");
    bad("problem: no explanation", without("problems/no-reply/solution.md"),
        "problems/no-reply/solution.md: is missing");
    bad(
        "problem: a link for a file",
        [](const TempPack &pack) {
            pack.remove("problems/no-reply/statement.md");
            QFile::link("/etc/hostname", pack.file("problems/no-reply/statement.md"));
        },
        "problems/no-reply/statement.md: is not a plain file");
    bad(
        "problem: a folder for a file",
        [](const TempPack &pack) {
            pack.remove("problems/no-reply/solution.md");
            QDir().mkdir(pack.file("problems/no-reply/solution.md"));
        },
        "problems/no-reply/solution.md: is not a plain file");

    bad("wrong queries: none", without("problems/no-reply/wrong"),
        "problems/no-reply/wrong: holds no wrong query (a .sql file)");
    bad("wrong queries: no mistake", write("problems/no-reply/wrong/spaces.sql", "SELECT 1"),
        "problems/no-reply/wrong/spaces.sql: line 1: must be a comment (-- ...) that says what is wrong");
    bad("wrong queries: no query", write("problems/no-reply/wrong/spaces.sql", "-- Nothing follows.\n"),
        "problems/no-reply/wrong/spaces.sql: has no query after its comment");
    bad("equivalent mutants: no reason", write("problems/no-reply/equivalent.json", "[{\"mutant\": \"SELECT 1\"}]"),
        "problems/no-reply/equivalent.json: /0/why: is missing");
    bad("wrong queries: a stranger", write("problems/no-reply/wrong/spaces.txt", "x"),
        "problems/no-reply/wrong/spaces.txt: is not part of a pack");

    bad("right queries: no comment", write("problems/no-reply/right/other.sql", "SELECT 1"),
        "problems/no-reply/right/other.sql: line 1: must be a comment (-- ...) that says what is different");
    bad("right queries: a stranger", write("problems/no-reply/right/other.txt", "x"),
        "problems/no-reply/right/other.txt: is not part of a pack");

    bad("form: nothing to mend", replace(kProblem, "\"hints\"", "\"form\": \"fix\", \"hints\""),
        "problems/no-reply/starter.sql: is missing");
    bad("form: a starter without a form", write("problems/no-reply/starter.sql", "SELECT 1"),
        "problems/no-reply/starter.sql: is for problems whose form is fix or arrange");
    bad(
        "form: lines that are not the solution's",
        [](const TempPack &pack) {
            pack.replace(kProblem, "\"hints\"", "\"form\": \"arrange\", \"hints\"");
            pack.write("problems/no-reply/starter.sql", "FROM member\nSELECT id\n");
        },
        "problems/no-reply/starter.sql: does not hold the lines of solution.sql");
    bad("example: a row that no test expects", replace(kProblem, "[\"4\", \"Dmitri Volkov\"]", "[\"4\", \"Dmitri\"]"),
        kProblem + ": /example/row: no visible test expects this row");
    bad("example: a row too narrow", replace(kProblem, "[\"4\", \"Dmitri Volkov\"]", "[\"4\"]"),
        kProblem + ": /example/row: the contract has another number of columns");
    bad("misconceptions: an empty one", replace(kProblem, "\"misconceptions\": [", "\"misconceptions\": [\"\", "),
        kProblem + ": /misconceptions/0: must not be empty");

    bad("other data: a table missing", write("datasets/tool-library/others/thin/member.csv", "id\n"),
        "datasets/tool-library/others/thin/loan.csv: is missing");
    bad("other data: folder name", write("datasets/tool-library/others/Thin/member.csv", "id\n"),
        "datasets/tool-library/others/Thin: must be named in lower-case letters and digits, with '-' between words");
    bad("other data: header", write("datasets/tool-library/others/thin/member.csv", "id\n"),
        "datasets/tool-library/others/thin/member.csv: line 1: must name the columns as dataset.json does, ...");
    bad("other data: there is none", replace(kTest, "\"hidden\"", "\"data\": \"thick\", \"hidden\""),
        kTest + ": /data: there is no folder datasets/tool-library/others/thick");

    bad("tests: none", without("problems/no-reply/tests"), "problems/no-reply/tests: holds no test (a .json file)");
    bad(
        "tests: all hidden",
        [](const TempPack &pack) {
            const QString folder = "problems/no-reply/tests/";
            for (const QString &name : QDir(pack.file(folder)).entryList({"*.json"})) {
                if (pack.text(folder + name).contains("\"hidden\": false"))
                    pack.replace(folder + name, "\"hidden\": false", "\"hidden\": true");
            }
        },
        "problems/no-reply/tests: holds no visible test: a learner must see at least one");
    bad("tests: a name twice", replace(kTest, "\"Four members\"", "\"All members\""),
        kTest + ": /name: another test of the problem is called \"All members\"");
    bad("tests: nothing recorded", replace(kTest, "\"expected\"", "\"exspected\""), kTest + ": /expected: is missing");
    bad("tests: unknown table", replace(kTest, "\"member\": {", "\"tool\": {"),
        kTest + ": /tables/tool: the problem uses no such table");
    bad("tests: unknown column", replace(kTest, "\"email\"", "\"e-mail\""),
        kTest + ": /tables/member/columns/2: table member has no column \"e-mail\"");
    bad("tests: a column twice", replace(kTest, "\"email\"", "\"id\""),
        kTest + ": /tables/member/columns/2: \"id\" is named twice");
    bad("tests: a value too few", replace(kTest, "\"Aiko Mori\", null, ", "\"Aiko Mori\", "),
        kTest + ": /tables/member/rows/1: has 3 values for 4 columns");
    bad("tests: NULL where none may be", replace(kTest, "\"Aiko Mori\"", "null"),
        kTest + ": /tables/member/rows/1: column full_name must not be NULL");
    bad("tests: a number for a text", replace(kTest, "[\"1\",", "[1,"),
        kTest + ": /tables/member/rows/0/0: must be of type string or null");
    bad("tests: timeout", replace(kTest, "\"hidden\"", "\"timeout_seconds\": 0, \"hidden\""),
        kTest + ": /timeout_seconds: ...");
    bad("tests: another column recorded", replace(kTest, "{\"name\": \"full_name\"", "{\"name\": \"name\""),
        kTest + ": /expected/columns/1/name: the contract says \"full_name\"");
    bad("tests: another type recorded", replace(kTest, "\"type\": \"text\"", "\"type\": \"varchar\""),
        kTest + ": /expected/columns/1/type: the contract says text");
    bad("tests: a column more in the contract",
        replace(kProblem, "{ \"name\": \"member_id\"",
                "{ \"name\": \"x\", \"type\": \"text\" }, { \"name\": \"member_id\""),
        kTest + ": /expected/columns: the contract has 3 columns");
    bad("tests: a recorded row too wide", replace(kTest, "[\"2\", \"Aiko Mori\"]", "[\"2\", \"Aiko Mori\", null]"),
        kTest + ": /expected/rows/0: has 3 values for 2 columns");
}

void TestBadPack::namesFileAndPath()
{
    QFETCH(Spoil, spoil);
    QFETCH(QString, said);
    const TempPack pack;

    spoil(pack);
    const auto read = readPack(pack.path());

    QVERIFY(!read);
    QCOMPARE(read.error().code, std::string("bad_pack"));
    const QStringList lines = QString::fromStdString(read.error().message).split('\n');
    const bool found = std::ranges::any_of(lines, [&](const QString &line) {
        return said.endsWith("...") ? line.startsWith(said.chopped(3).trimmed()) : line == said;
    });
    QVERIFY2(found, qPrintable("said instead:\n" + lines.join('\n')));
}

void TestBadPack::proseIsCompleted()
{
    const TempPack pack;
    pack.replace(kProblem, "\"hints\"", "\"form\": \"arrange\", \"hints\"");
    pack.write("problems/no-reply/statement.md", "Who has no address?\n");
    pack.write("problems/no-reply/solution.md", "Two tests are needed.\n");
    pack.write("problems/no-reply/solution.sql", "SELECT id, full_name\nFROM member\n    WHERE email = ''\n");
    pack.write("problems/no-reply/starter.sql", "WHERE email = ''\nSELECT id, full_name\nFROM member\n");
    pack.write("problems/no-reply/right/another.sql", "-- The other\n-- way round.\nSELECT 1\n");

    const auto read = readPack(pack.path());

    QVERIFY2(read, read ? "" : read.error().message.c_str());
    const auto problem = std::ranges::find(read->problems, "no-reply", &Problem::slug);
    const QString question = QString::fromStdString(problem->question);
    const QString asked =
        QStringLiteral("Who has no address?\n\n```sql starter\nWHERE email = ''\nSELECT id, full_name\nFROM member\n"
                       "```\n\n**One row of the answer**\n\n| member_id | full_name |\n| --- | --- |\n"
                       "| `4` | `Dmitri Volkov` |\n\nHis address ");
    QVERIFY2(question.startsWith(asked), qPrintable(question));
    const QString explained = QString::fromStdString(problem->solutionExplanation);
    QVERIFY2(explained.startsWith("Two tests are needed.\n\n**Easily got wrong**\n\n- NULL and the empty text"),
             qPrintable(explained));
    const auto right = std::ranges::find(problem->rightQueries, "The other way round.", &RightQuery::way);
    QVERIFY(right != problem->rightQueries.end());
    QCOMPARE(right->sql, std::string("SELECT 1"));
}

void TestBadPack::aTestTakesOtherDataAndReplacesSomeOfIt()
{
    const TempPack pack;
    const QString folder = "datasets/island-ferries/others/thin/";
    for (const char *table : {"port", "vessel", "sailing", "booking", "adjustment"}) {
        const QByteArray all = pack.text(QString("datasets/island-ferries/%1.csv").arg(table));
        pack.write(folder + table + ".csv", all.first(all.indexOf('\n', all.indexOf('\n') + 1) + 1));
    }
    const QString test = "problems/one-way/tests/1-the-timetable.json";
    pack.replace(test, "\"hidden\"", "\"data\": \"thin\", \"hidden\"");
    const auto inputs = [&] {
        const auto read = readPack(pack.path());
        const auto problem = std::ranges::find(read->problems, "one-way", &Problem::slug);
        return problem->tests[0].input;
    };

    const auto other = inputs();
    pack.replace(test, "\"tables\": {", "\"tables\": {\"sailing\": {\"columns\": [\"id\"], \"rows\": []}");
    const auto replaced = inputs();

    QCOMPARE(other.size(), 1u); // of the five tables the problem uses one
    QCOMPARE(other[0].table, std::string("sailing"));
    QCOMPARE(other[0].rows.size(), 1u);
    QCOMPARE(replaced.size(), 1u);
    QVERIFY(replaced[0].rows.empty());
}

void TestBadPack::namesEveryMistakeAtOnce()
{
    const TempPack pack;
    pack.remove("problems/no-reply/statement.md");
    pack.remove("problems/one-way/solution.md");
    pack.replace(kProblem, "\"grain\"", "\"grane\"");

    const auto read = readPack(pack.path());

    QVERIFY(!read);
    // The contract's grain is missing, "grane" is unknown, and two files are not there.
    QCOMPARE(QString::fromStdString(read.error().message).count('\n') + 1, 4);
}

void TestBadPack::aFolderWithoutPackIsToldApart()
{
    const QTemporaryDir empty;

    QCOMPARE(readPack(empty.path().toStdString()).error().code, std::string("no_pack"));
    QCOMPARE(readPack("/no/such/folder").error().code, std::string("no_pack"));
}

QTEST_APPLESS_MAIN(TestBadPack)
#include "tst_bad_pack.moc"
