#include "content/pack.h"
#include "content/pack_parts.h"
#include "content/resources.h"
#include "content/translation.h"

#include <QtTest>

#include <algorithm>
#include <fstream>

using namespace sqlgym::content;

namespace fs = std::filesystem;

namespace {

const std::string kFolder = "problems/long-visits";

std::string read(const fs::path &file)
{
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

/// The files of one problem that has a translation.
class Copy {
public:
    Copy()
    {
        fs::create_directories(path() / "problems");
        fs::copy(bundledPack() / kFolder, path() / kFolder, fs::copy_options::recursive);
    }
    fs::path path() const { return m_folder.path().toStdString(); }
    void replace(const std::string &name, const std::string &before, const std::string &after) const
    {
        std::string text = read(path() / kFolder / name);
        const std::size_t at = text.find(before);
        if (at == std::string::npos)
            qFatal("%s holds no %s", name.c_str(), before.c_str());
        text.replace(at, before.size(), after);
        std::ofstream(path() / kFolder / name, std::ios::binary) << text;
    }

private:
    QTemporaryDir m_folder;
};

} // namespace

class TestTranslation : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void wordsComeAndCodeStays();
    void whatHasNoTranslationStays();
    void changedWordsStay();
    void titlesAreFoundAlone();
    void mistakesAreNamed_data();
    void mistakesAreNamed();

private:
    const Problem &problem(const char *slug) const { return *std::ranges::find(m_pack.problems, slug, &Problem::slug); }

    Pack m_pack;
};

void TestTranslation::initTestCase()
{
    auto pack = readPack(bundledPack());
    QVERIFY2(pack, pack ? "" : pack.error().message.c_str());
    m_pack = std::move(*pack);
}

void TestTranslation::wordsComeAndCodeStays()
{
    Problem german = problem("long-visits");
    QVERIFY(translate(german, bundledPack(), "de"));

    QCOMPARE(german.title, std::string("Länger als geplant"));
    QVERIFY(german.question.starts_with("Für einen Besuch"));
    QVERIFY(german.question.find("**Eine Zeile der Antwort**\n\n| visit_id | minutes |") != std::string::npos);
    QVERIFY(german.question.ends_with("mehr als 45."));
    QVERIFY(german.solutionExplanation.find("**Leicht falsch gemacht**") != std::string::npos);
    for (const char *english : {"visit ", "more than", "Easily", "They "}) {
        QVERIFY2(german.question.find(english) == std::string::npos, english);
        QVERIFY2(german.solutionExplanation.find(english) == std::string::npos, english);
    }
    QVERIFY(german.hints[1].text.starts_with("Ein einziger Vergleich"));
    QCOMPARE(german.contract.columns[1].name, std::string("minutes"));
    QCOMPARE(german.contract.columns[1].type, std::string("int4"));
    QCOMPARE(german.contract.columns[1].meaning, std::string("wie lange er gedauert hat"));
    QCOMPARE(german.solutionSql, problem("long-visits").solutionSql);
    QCOMPARE(german.id, problem("long-visits").id);
}

void TestTranslation::whatHasNoTranslationStays()
{
    for (const char *language : {"", "en", "fr", "../de", "DE"}) {
        Problem same = problem("long-visits");
        QVERIFY(!translate(same, bundledPack(), language));
        QCOMPARE(same.title, problem("long-visits").title);
        QCOMPARE(same.question, problem("long-visits").question);
    }
    Problem other = problem("still-out");
    QVERIFY(!translate(other, bundledPack(), "de"));
    QCOMPARE(other.title, problem("still-out").title);
}

// An instructor changed the statement on the server: the pack's translation of it would say something else.
void TestTranslation::changedWordsStay()
{
    Problem changed = problem("long-visits");
    changed.question = "List the visits of more than 50 minutes.";
    changed.hints[0].text = "Fifty.";

    QVERIFY(translate(changed, bundledPack(), "de"));

    QCOMPARE(changed.question, std::string("List the visits of more than 50 minutes."));
    QCOMPARE(changed.hints[0].text, std::string("Fifty."));
    QCOMPARE(changed.title, std::string("Länger als geplant"));
}

void TestTranslation::titlesAreFoundAlone()
{
    const auto titles = translatedTitles(bundledPack(), "de");
    QVERIFY(titles.at("long-visits") == "Länger als geplant");
    QVERIFY(translatedTitles(bundledPack(), "xx").empty());
}

void TestTranslation::mistakesAreNamed_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("after");
    QTest::addColumn<QString>("said");
    QTest::newRow("code of a statement") << "statement.de.md"
                                         << "`minutes`"
                                         << "`minuten`"
                                         << "statement.de.md: lacks the original's `minutes`";
    QTest::newRow("code of a hint") << "problem.de.json"
                                    << "`WHERE`"
                                    << "`WO`"
                                    << "/hints/1: lacks the original's `WHERE`";
    QTest::newRow("a column's name") << "problem.de.json"
                                     << "\"visit_id\""
                                     << "\"besuch\""
                                     << "/contract/columns/besuch: is no column of the contract";
    QTest::newRow("a note of its own") << "problem.de.json"
                                       << "\"columns\""
                                       << "\"ties\": \"keine\", \"columns\""
                                       << "/contract/ties: is not in the original";
    QTest::newRow("no example") << "problem.de.json"
                                << "\"example\": \"Besuch 18 dauerte 75 Minuten, und das sind mehr als 45.\","
                                << ""
                                << "/example: is missing";
    QTest::newRow("unknown member") << "problem.de.json"
                                    << "\"title\""
                                    << "\"titel\""
                                    << "/titel: is not known here";
}

void TestTranslation::mistakesAreNamed()
{
    QFETCH(QString, file);
    QFETCH(QString, before);
    QFETCH(QString, after);
    QFETCH(QString, said);
    const Copy copy;
    Problem german = problem("long-visits");
    QVERIFY(translate(german, copy.path(), "de"));

    copy.replace(file.toStdString(), before.toStdString(), after.toStdString());

    PackFiles files(copy.path());
    const auto json = files.json(kFolder + "/problem.json", "pack_problem");
    QVERIFY(json);
    checkTranslations(files, kFolder, *json);
    QVERIFY2(QString::fromStdString(files.faultText()).contains(said), files.faultText().c_str());
    Problem same = problem("long-visits");
    QVERIFY(!translate(same, copy.path(), "de"));
    QCOMPARE(same.title, problem("long-visits").title);
}

QTEST_APPLESS_MAIN(TestTranslation)
#include "tst_translation.moc"
