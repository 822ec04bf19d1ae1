#include "program.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QtTest>

#include <csignal>

namespace {

const QString kPack = QStringLiteral(SQLGYM_SOURCE_DIR "/resources/packs/first-steps");

struct Ended {
    int code = -1;
    QByteArray output;
    QByteArray errors;
};

} // namespace

class TestCatalogueCommands : public QObject {
    Q_OBJECT
private slots:
    void aRightQueryPasses_data();
    void aRightQueryPasses();
    void aWrongQueryFailsWithTheDifference();
    void standardInputServesAsFile();
    void verdictsComeAsJson();
    void exitCodes_data();
    void exitCodes();
    void interruptingEndsWith130_data();
    void interruptingEndsWith130();
    void problemsAreListedAndFiltered();
    void aProblemIsShownWithoutItsSolution();
    void aProfileThatCannotBeWrittenStillServes();
    void aGoodPackVerifies();
    void aBadPackIsRefusedWithFileAndPath();
    void aPackWithAFaultIsFound();
    void anImportedPackIsListed();

private:
    Ended run(const QStringList &arguments, const QByteArray &input = {})
    {
        m_program.start(arguments);
        m_program.process().write(input);
        Ended ended;
        ended.code = m_program.finish();
        ended.output = m_program.process().readAllStandardOutput();
        ended.errors = m_program.process().readAllStandardError();
        return ended;
    }
    static QString queryOf(const char *file)
    {
        return kPack + QStringLiteral("/problems/still-out/") + QLatin1String(file);
    }
    static QString wrongQuery()
    {
        const QDir wrong(queryOf("wrong"));
        return wrong.filePath(wrong.entryList(QDir::Files, QDir::Name).value(0));
    }
    // The bundled pack as a folder that a test may spoil.
    QString copyOfPack(const QTemporaryDir &folder)
    {
        QProcess::execute(QStringLiteral("cp"), {QStringLiteral("-r"), kPack, folder.path()});
        return folder.filePath(QStringLiteral("first-steps"));
    }
    // The same with one problem. The whole is proven by verify_bundled_pack.py.
    QString smallCopyOfPack(const QTemporaryDir &folder)
    {
        const QString pack = copyOfPack(folder);
        const QDir problems(pack + QStringLiteral("/problems"));
        for (const QString &slug : problems.entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
            if (slug != QLatin1String("still-out"))
                QDir(problems.filePath(slug)).removeRecursively();
        }
        return pack;
    }

    sqlgym::tests::Program m_program;
};

void TestCatalogueCommands::aRightQueryPasses_data()
{
    QTest::addColumn<QStringList>("engine");
    QTest::addColumn<QByteArray>("by");
    QTest::newRow("by default") << QStringList() << QByteArray("Passes all 8 tests. (confirmed by PostgreSQL)\n");
    QTest::newRow("PostgreSQL alone") << QStringList{"--engine", "postgres"}
                                      << QByteArray("Passes all 8 tests. (confirmed by PostgreSQL)\n");
    QTest::newRow("exact") << QStringList{"--engine", "exact"}
                           << QByteArray("Passes all 8 tests. (confirmed by PostgreSQL)\n");
}

void TestCatalogueCommands::aRightQueryPasses()
{
    QFETCH(QStringList, engine);
    QFETCH(QByteArray, by);

    const Ended ended = run(QStringList{"check", "still-out", queryOf("solution.sql")} + engine);

    QCOMPARE(ended.errors, QByteArray());
    QVERIFY2(ended.output.startsWith(by), ended.output.constData());
    QCOMPARE(ended.code, 0);
}

void TestCatalogueCommands::aWrongQueryFailsWithTheDifference()
{
    const Ended ended = run({"check", "still-out", wrongQuery()});

    QCOMPARE(ended.code, 1);
    QVERIFY2(ended.output.startsWith("Fails test "), ended.output.constData());
    QVERIFY(ended.output.contains("WRONG"));
    QVERIFY(ended.output.contains("\n\n")); // the difference follows
}

void TestCatalogueCommands::standardInputServesAsFile()
{
    const Ended ended = run({"check", "still-out", "-", "--engine", "postgres"}, "SELECT nobody FROM nowhere");

    QCOMPARE(ended.code, 1);
    QVERIFY(ended.output.contains("relation \"nowhere\" does not exist"));
}

void TestCatalogueCommands::verdictsComeAsJson()
{
    const Ended ended = run({"check", "still-out", wrongQuery(), "--json"});

    const QJsonObject verdict = QJsonDocument::fromJson(ended.output).object();
    QCOMPARE(ended.code, 1);
    QCOMPARE(verdict["correct"], QJsonValue(false));
    QCOMPARE(verdict["trust"].toString(), QStringLiteral("confirmed"));
    const QJsonArray tests = verdict["tests"].toArray();
    QCOMPARE(tests.size(), 8);
    bool differs = false;
    for (const QJsonValue &test : tests)
        differs = differs || !test["difference"].toArray().isEmpty();
    QVERIFY(differs);
}

void TestCatalogueCommands::exitCodes_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("code");
    QTest::newRow("no problem of the name") << QStringList{"check", "no-such-problem", queryOf("solution.sql")} << 1;
    QTest::newRow("no file") << QStringList{"check", "still-out", "/no/such/file.sql"} << 3;
    QTest::newRow("no arguments") << QStringList{"check"} << 2;
    QTest::newRow("no such engine") << QStringList{"check", "still-out", "-", "--engine", "abacus"} << 2;
    QTest::newRow("help") << QStringList{"check", "--help"} << 0;
    QTest::newRow("an unknown problem shown") << QStringList{"problems", "show", "no-such-problem"} << 1;
    QTest::newRow("nothing found") << QStringList{"problems", "list", "--search", "zzzzzz"} << 1;
    QTest::newRow("no such difficulty") << QStringList{"problems", "list", "--difficulty", "odd"} << 2;
    QTest::newRow("a pack that is not there") << QStringList{"pack", "verify", "/no/such/pack"} << 3;
    QTest::newRow("import of one that is not there") << QStringList{"pack", "import", "/no/such/pack"} << 3;
}

void TestCatalogueCommands::exitCodes()
{
    QFETCH(QStringList, arguments);

    const Ended ended = run(arguments);

    QTEST(ended.code, "code");
}

void TestCatalogueCommands::interruptingEndsWith130_data()
{
    QTest::addColumn<QByteArray>("query");
    QTest::newRow("while it waits for input") << QByteArray();
    QTest::newRow("while a query runs") << QByteArray("SELECT count(*) FROM generate_series(1, 1000000000) a, "
                                                      "generate_series(1, 1000000000) b");
}

void TestCatalogueCommands::interruptingEndsWith130()
{
    QFETCH(QByteArray, query);
    m_program.start({"check", "still-out", "-", "--engine", "postgres"});
    if (!query.isEmpty()) {
        m_program.process().write(query);
        m_program.process().closeWriteChannel();
    }
    QTest::qWait(2'500); // until it reads, or until the query runs: nothing is printed that could tell

    ::kill(static_cast<pid_t>(m_program.process().processId()), SIGINT);

    QVERIFY(m_program.process().waitForFinished(30'000));
    QCOMPARE(m_program.process().exitStatus(), QProcess::NormalExit);
    QCOMPARE(m_program.process().exitCode(), 130);
}

void TestCatalogueCommands::problemsAreListedAndFiltered()
{
    const Ended all = run({"problems", "list", "--json"});
    const Ended hard = run({"problems", "list", "--difficulty", "hard", "--json"});
    const Ended text = run({"problems", "list"});

    QCOMPARE(all.code, 0);
    const QJsonArray problems = QJsonDocument::fromJson(all.output).array();
    QVERIFY(problems.size() >= 12);
    QCOMPARE(problems[0].toObject()["status"].toString(), QStringLiteral("new"));
    const QJsonArray hardOnes = QJsonDocument::fromJson(hard.output).array();
    QVERIFY(!hardOnes.isEmpty() && hardOnes.size() < problems.size());
    for (const QJsonValue &problem : hardOnes)
        QCOMPARE(problem["difficulty"].toString(), QStringLiteral("Hard"));
    QCOMPARE(text.output.count('\n'), problems.size());
}

void TestCatalogueCommands::aProblemIsShownWithoutItsSolution()
{
    QFile solution(queryOf("solution.sql"));
    QVERIFY(solution.open(QIODevice::ReadOnly));
    const QByteArray firstLine = solution.readLine().trimmed();

    const Ended text = run({"problems", "show", "still-out"});
    const Ended json = run({"problems", "show", "still-out", "--json"});

    QCOMPARE(text.code, 0);
    QVERIFY(text.output.contains("Answer: "));
    QVERIFY(text.output.contains("Table "));
    const QJsonObject problem = QJsonDocument::fromJson(json.output).object();
    QCOMPARE(problem["slug"].toString(), QStringLiteral("still-out"));
    QCOMPARE(problem["expected_hash"].toString().size(), 64);
    QVERIFY(problem["setup"].toString().contains(QStringLiteral("CREATE TABLE")));
    QVERIFY(!problem.contains(QStringLiteral("solution")));
    QVERIFY(!text.output.contains(firstLine));
}

void TestCatalogueCommands::aProfileThatCannotBeWrittenStillServes()
{
    // A file where the profile's folder should be: nobody can write into it, root neither.
    QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("profile")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.close();
    QProcess process;

    process.start(QStringLiteral(SQLGYMCTL), {"--profile", file.fileName(), "problems", "list"});

    QVERIFY(process.waitForFinished(60'000));
    QCOMPARE(process.exitCode(), 0);
    QVERIFY(process.readAllStandardOutput().contains("still-out"));
    QVERIFY(process.readAllStandardError().contains("The bundled problems are used without it."));
}

void TestCatalogueCommands::aGoodPackVerifies()
{
    const QTemporaryDir folder;

    const Ended ended = run({"pack", "verify", smallCopyOfPack(folder), "--json", "--jobs", "2"});

    const QJsonObject report = QJsonDocument::fromJson(ended.output).object();
    QVERIFY2(ended.code == 0, ended.output.constData());
    QCOMPARE(report["good"], QJsonValue(true));
    QCOMPARE(report["problems"].toInt(), 1);
    QVERIFY(report["runs"].toInt() >= 50);
    QCOMPARE(report["equal"].toInt() + report["declined"].toInt(), report["runs"].toInt());
}

void TestCatalogueCommands::aBadPackIsRefusedWithFileAndPath()
{
    QTemporaryDir folder;
    const QString pack = copyOfPack(folder);
    QFile file(pack + QStringLiteral("/problems/still-out/problem.json"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray text = file.readAll();
    file.close();
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    file.write(QByteArray(text).replace("\"grain\"", "\"grains\""));
    file.close();

    const Ended verified = run({"pack", "verify", pack});
    const Ended imported = run({"pack", "import", pack});

    QCOMPARE(verified.code, 1);
    QVERIFY2(verified.errors.contains("problems/still-out/problem.json: /contract"), verified.errors.constData());
    QCOMPARE(imported.code, 1);
}

void TestCatalogueCommands::aPackWithAFaultIsFound()
{
    QTemporaryDir folder;
    const QString pack = smallCopyOfPack(folder);
    const QString problem = pack + QStringLiteral("/problems/still-out/");
    const QDir wrong(problem + QStringLiteral("wrong"));
    const QString spoiled = wrong.filePath(wrong.entryList(QDir::Files, QDir::Name).value(0));
    QFile solution(problem + QStringLiteral("solution.sql"));
    QVERIFY(solution.open(QIODevice::ReadOnly));
    QFile wrongFile(spoiled);
    QVERIFY(wrongFile.open(QIODevice::ReadOnly));
    const QByteArray head = wrongFile.readLine(); // the mistake in words
    wrongFile.close();
    QVERIFY(wrongFile.open(QIODevice::WriteOnly | QIODevice::Truncate));
    wrongFile.write(head + solution.readAll());
    wrongFile.close();

    const Ended ended = run({"pack", "verify", pack, "--json"});

    QCOMPARE(ended.code, 1);
    const QJsonArray findings = QJsonDocument::fromJson(ended.output).object()["findings"].toArray();
    QStringList faults;
    for (const QJsonValue &finding : findings) {
        if (finding["fault"].toBool())
            faults << finding["kind"].toString() + QLatin1Char(' ') + finding["problem"].toString();
    }
    QCOMPARE(faults, QStringList{QStringLiteral("wrong_passes still-out")});
}

void TestCatalogueCommands::anImportedPackIsListed()
{
    QTemporaryDir folder;
    const QString pack = copyOfPack(folder);
    const auto edit = [](const QString &path, const char *member, const char *value) {
        QFile file(path);
        if (!file.open(QIODevice::ReadWrite))
            return false;
        QJsonObject json = QJsonDocument::fromJson(file.readAll()).object();
        json[QLatin1String(member)] = QLatin1String(value);
        return file.resize(0) && file.seek(0) && file.write(QJsonDocument(json).toJson()) > 0;
    };
    QVERIFY(edit(pack + QStringLiteral("/pack.json"), "name", "second-steps"));
    QVERIFY(edit(pack + QStringLiteral("/problems/still-out/problem.json"), "title", "Not back yet"));
    QVERIFY(QDir(pack + QStringLiteral("/problems")).rename(QStringLiteral("still-out"), QStringLiteral("not-back")));

    const Ended imported = run({"pack", "import", pack, "--json"});
    const Ended listed = run({"problems", "list"});

    QCOMPARE(imported.code, 0);
    QVERIFY(QJsonDocument::fromJson(imported.output).object()["problems"].toInt() >= 12);
    QVERIFY(listed.output.contains("Not back yet"));
    QVERIFY(listed.output.contains("Still out")); // the bundled pack stays
}

QTEST_GUILESS_MAIN(TestCatalogueCommands)
#include "tst_catalogue_commands.moc"
