// Drafts are proven by a judge before they are published: what is right may be, what is not may not, and why.
#include "content/definition.h"
#include "grading/canonical.h"
#include "judge/problem_rows.h"
#include "judge/prover.h"
#include "judge_fixture.h"

#include <QtTest>

#include <nlohmann/json.hpp>

using namespace sqlgym;
using tests::asked;
using Json = nlohmann::json;

namespace {

constexpr int kPatienceMs = 240'000;

std::string id(int number)
{
    char text[40];
    std::snprintf(text, sizeof text, "00000000-0000-4000-8000-%012d", number);
    return text;
}

} // namespace

class TestProving : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void cleanupTestCase();
    void init() { asked(*m_admin, "DELETE FROM private.rates"); }
    void whatIsRightIsPublished();
    void nothingUnprovenIsPublished();
    void whatIsWrongIsToldAtItsPlace_data();
    void whatIsWrongIsToldAtItsPlace();
    void aPacksProblemIsEditedAndProven();
    void whatIsCancelledIsGivenUp();
    void aJudgeThatEndsGivesItBack();

private:
    judge::ProverOptions options()
    {
        judge::ProverOptions options;
        options.dsn = m_fixture->dsn("sqlgym_judge");
        options.name = "prover";
        options.clusterFolder = m_fixture->judgesFolder();
        options.sandboxProgram = {SANDBOX_PROGRAM};
        options.pollMs = 200;
        return options;
    }
    std::string save(const std::string &problem, const Json &definition)
    {
        return asked(*m_ida, "SELECT api.save_problem($1, $2)", {problem, definition.dump()});
    }
    std::string stateOf(const std::string &problem)
    {
        return asked(*m_ida, "SELECT state FROM api.verification($1)", {problem});
    }
    /// Asks, has it proven, and says how it ended.
    std::string verified(const std::string &problem)
    {
        if (const std::string said = asked(*m_ida, "SELECT api.verify_problem($1)", {problem}); !said.empty())
            return said;
        const judge::Prover prover(options(), m_fixture->log());
        [&] {
            QTRY_VERIFY2_WITH_TIMEOUT(stateOf(problem) == "good" || stateOf(problem) == "bad",
                                      m_fixture->text().c_str(), kPatienceMs);
        }();
        return stateOf(problem);
    }
    std::string publish(const std::string &problem)
    {
        return asked(*m_ida, "SELECT api.publish_problem($1)", {problem});
    }

    std::unique_ptr<tests::JudgeFixture> m_fixture;
    std::optional<server::Session> m_admin, m_ida, m_ann;
    content::Problem m_problem; ///< of the catalogue, under another name
    Json m_definition;
};

void TestProving::initTestCase()
{
    m_fixture = std::make_unique<tests::JudgeFixture>();
    m_admin = m_fixture->admin();
    m_ida = m_fixture->learner("ida");
    m_ann = m_fixture->learner("ann");
    QVERIFY(server::grantAdmin(*m_admin, "ida").value());
    m_problem = m_fixture->pack.problems.front();
    m_problem.slug += "-again";
    m_definition = Json::parse(content::definitionOf(m_problem));
}

void TestProving::cleanupTestCase()
{
    const auto state = server::status(*m_admin);
    QVERIFY(state);
    for (const auto &lint : state->lints)
        QFAIL((lint.lint + ": " + lint.object).c_str());
    m_fixture.reset();
}

void TestProving::whatIsRightIsPublished()
{
    Json definition = m_definition;
    definition["misconceptions"] = {"Rows come as they were put in."};
    QCOMPARE(save(id(1), definition), std::string());

    QCOMPARE(verified(id(1)), std::string("good"));

    const auto report = Json::parse(asked(*m_ida, "SELECT report FROM api.verification($1)", {id(1)}));
    QVERIFY(report.at("mutants").at("count").get<int>() > 0);
    QVERIFY(report.at("mutants").at("rate").get<double>() >= 0.95);
    QVERIFY(report.at("runs").get<int>() > 0);
    QCOMPARE(publish(id(1)), std::string());
    auto judge = m_fixture->as("sqlgym_judge");
    const auto read = judge::readProblem(judge, id(1));
    QVERIFY2(read, read ? "" : read.error().message.c_str());
    QCOMPARE(read->expectedHash, grading::expectedHash(*read));
    QVERIFY(read->solutionExplanation.ends_with("**Easily got wrong**\n\n- Rows come as they were put in."));
    QCOMPARE(asked(*m_ann, "SELECT count(id) FROM problems WHERE id = $1", {id(1)}), std::string("1"));
}

void TestProving::nothingUnprovenIsPublished()
{
    Json definition = m_definition;
    definition["slug"] = "unproven";
    save(id(2), definition);
    QCOMPARE(publish(id(2)), std::string("!55000"));
    QCOMPARE(verified(id(2)), std::string("good"));
    // What was edited since is another draft; taken back, it is the proven one again.
    definition["title"] = "Another";
    save(id(2), definition);
    QCOMPARE(asked(*m_ida, "SELECT state, current FROM api.verification($1)", {id(2)}), std::string("good|f"));
    QCOMPARE(publish(id(2)), std::string("!55000"));
    definition["title"] = m_definition["title"];
    save(id(2), definition);
    QCOMPARE(publish(id(2)), std::string());
    QCOMPARE(asked(*m_ann, "SELECT api.verify_problem($1)", {id(2)}), std::string("!42501"));
}

void TestProving::whatIsWrongIsToldAtItsPlace_data()
{
    QTest::addColumn<QString>("change"); // a JSON patch
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("field");
    const auto row = [](const char *name, const char *change, const char *kind, const char *field) {
        QTest::newRow(name) << QString::fromUtf8(change) << QString::fromUtf8(kind) << QString::fromUtf8(field);
    };
    row("a solution that fails", R"([{"op": "replace", "path": "/solution/sql", "value": "SELECT 1"}])",
        "solution_fails", "/solution/sql");
    row("a solution that does not parse", R"([{"op": "replace", "path": "/solution/sql", "value": "SELEC 1"}])",
        "solution_fails", "/solution/sql");
    row("no wrong queries", R"([{"op": "replace", "path": "/wrong_queries", "value": []}])", "missing",
        "/wrong_queries");
    row("a wrong query that is right", R"([{"op": "copy", "from": "/solution/sql", "path": "/wrong_queries/1/sql"}])",
        "wrong_passes", "/wrong_queries/1/sql");
    row("a wrong query that does not run",
        R"([{"op": "replace", "path": "/wrong_queries/0/sql", "value": "SELECT nothing"}])", "wrong_fails",
        "/wrong_queries/0/sql");
    row("a right query that is wrong",
        R"([{"op": "replace", "path": "/right_queries", "value": [{"sql": "SELECT 1", "way": "none"}]}])",
        "right_fails", "/right_queries/0/sql");
    row("expected rows that the solution does not give",
        R"([{"op": "replace", "path": "/tests/0/expected/rows", "value": []}])", "solution_fails", "/solution/sql");
    row("a row too wide", R"([{"op": "add", "path": "/tests/1/expected/rows/0", "value": ["1"]}])", "bad_definition",
        "/tests/1/expected/rows/0");
    row("no visible test", R"([])", "bad_definition", "/tests");
}

void TestProving::whatIsWrongIsToldAtItsPlace()
{
    QFETCH(QString, change);
    QFETCH(QString, kind);
    QFETCH(QString, field);
    Json definition = m_definition.patch(Json::parse(change.toStdString()));
    if (change == QLatin1String("[]")) {
        for (Json &test : definition["tests"])
            test["hidden"] = true;
    }
    if (field == QLatin1String("/tests/1/expected/rows/0")) // not caught by what saving checks
        definition["tests"][1]["expected"]["columns"].push_back({{"name", "more"}, {"type", "int4"}});
    definition["slug"] = "wrong-one";
    save(id(3), definition);
    std::string said = verified(id(3));
    if (kind == QLatin1String("bad_definition") && said == "!22023")
        return; // the server says so at once

    QCOMPARE(said, std::string("bad"));

    const auto report = Json::parse(asked(*m_ida, "SELECT report FROM api.verification($1)", {id(3)}));
    bool there = false;
    for (const Json &finding : report.at("findings"))
        there = there || (finding.at("kind") == kind.toStdString() && finding.at("field") == field.toStdString());
    QVERIFY2(there, report.dump(1).c_str());
    QCOMPARE(publish(id(3)), std::string("!55000"));
    QCOMPARE(asked(*m_admin, "SELECT count(*) FROM problems WHERE id = $1", {id(3)}), std::string("0"));
}

void TestProving::aPacksProblemIsEditedAndProven()
{
    const content::Problem &original = m_fixture->pack.problems.at(1);
    const std::string told = asked(*m_ida, "SELECT api.problem_definition($1)", {original.id});
    const auto read = content::readDefinition(original.id, told);
    QVERIFY2(read.faults.empty(), read.faults.empty() ? "" : (read.faults[0].path + read.faults[0].what).c_str());
    QCOMPARE(grading::expectedHash(read.problem), grading::expectedHash(original));
    Json definition = Json::parse(told);
    definition["statement"] = "Mended.";
    for (const content::WrongQuery &query : original.wrongQueries)
        definition["wrong_queries"].push_back({{"sql", query.sql}, {"mistake", query.mistake}});
    for (const content::RightQuery &query : original.rightQueries)
        definition["right_queries"].push_back({{"sql", query.sql}, {"way", query.way}});
    for (const content::EquivalentMutant &mutant : original.equivalentMutants)
        definition["equivalent"].push_back({{"mutant", mutant.sql}, {"why", mutant.why}});
    QCOMPARE(save(original.id, definition), std::string());

    QVERIFY2(verified(original.id) == "good",
             asked(*m_ida, "SELECT report FROM api.verification($1)", {original.id}).c_str());

    QCOMPARE(publish(original.id), std::string());
    QCOMPARE(asked(*m_ann, "SELECT question ->> 'markdown' FROM problems WHERE id = $1", {original.id}),
             std::string("Mended."));
    QCOMPARE(asked(*m_ann, "SELECT api.problem_definition($1)", {original.id}), std::string("!42501"));
}

void TestProving::whatIsCancelledIsGivenUp()
{
    Json definition = m_definition;
    definition["slug"] = "cancelled";
    save(id(4), definition);
    asked(*m_ida, "SELECT api.verify_problem($1)", {id(4)});
    const judge::Prover prover(options(), m_fixture->log());
    QTRY_VERIFY_WITH_TIMEOUT(stateOf(id(4)) == "running", kPatienceMs);
    const long before = m_fixture->count("proof_cancelled");

    asked(*m_ida, "SELECT api.cancel_verification($1)", {id(4)});

    QTRY_VERIFY2_WITH_TIMEOUT(m_fixture->count("proof_cancelled") == before + 1, m_fixture->text().c_str(),
                              kPatienceMs);
    QCOMPARE(asked(*m_ida, "SELECT count(*) FROM api.verification($1)", {id(4)}), std::string("0"));
    QCOMPARE(publish(id(4)), std::string("!55000"));
}

void TestProving::aJudgeThatEndsGivesItBack()
{
    Json definition = m_definition;
    definition["slug"] = "given-back";
    save(id(5), definition);
    asked(*m_ida, "SELECT api.verify_problem($1)", {id(5)});
    {
        const judge::Prover prover(options(), m_fixture->log());
        QTRY_VERIFY_WITH_TIMEOUT(stateOf(id(5)) == "running", kPatienceMs);
    }
    QCOMPARE(asked(*m_admin, "SELECT state, attempt FROM private.proofs WHERE problem_id = $1", {id(5)}),
             std::string("waiting|0"));
    // One that died: another takes it when the lease has run out, and the dead one's word counts no more.
    asked(*m_admin, "SELECT private.claim_proof('dead', 0)");
    QCOMPARE(verified(id(5)), std::string("good"));
    QCOMPARE(asked(*m_admin,
                   "SELECT private.finish_proof($1, digest, 'dead', '{\"good\": false}', true) FROM "
                   "private.proofs WHERE problem_id = $1",
                   {id(5)}),
             std::string("f"));
    QCOMPARE(stateOf(id(5)), std::string("good"));
}

QTEST_GUILESS_MAIN(TestProving)
#include "tst_proving.moc"
