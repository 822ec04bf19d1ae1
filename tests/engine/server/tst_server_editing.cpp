// What instructors do: drafts, publishing, reading hidden tests, moderation; and that nobody else does.

#include "server_with_pack.h"
#include <QtTest>

using namespace sqlgym;
using tests::asked;
using tests::uuid;

namespace {

/// An imported problem as a definition, under another name.
constexpr char kDefinition[] = R"(
    SELECT jsonb_build_object('title', p.title, 'slug', p.question ->> 'slug' || '-again', 'topic', t.name, 'difficulty', p.difficulty,
        'order', 500, 'tags', p.tags, 'statement', p.question -> 'markdown', 'contract', p.expected_display,
        'hints', (SELECT jsonb_agg(h -> 'text') FROM jsonb_array_elements(p.hints::jsonb) h), 'solution', p.master_solution,
        'rules', (SELECT c.validation_rules - 'row_order' - 'order_by' FROM test_cases c WHERE c.problem_id = p.id LIMIT 1),
        'tables', (SELECT jsonb_agg(jsonb_build_object('name', s.table_name, 'description', s.schema_definition -> 'description',
            'columns', s.schema_definition -> 'columns', 'rows', s.sample_data -> 'rows') || s.constraints::jsonb
            ORDER BY (s.schema_definition ->> 'order')::int) FROM problem_schemas s WHERE s.problem_id = p.id),
        'tests', (SELECT jsonb_agg(jsonb_build_object('name', c.name, 'description', c.description, 'hidden', c.is_hidden,
            'expected', c.expected_output, 'display_limit', c.display_limit, 'timeout_seconds', c.timeout_seconds,
            'memory_limit_mb', c.memory_limit_mb, 'tables', (
                SELECT COALESCE(jsonb_object_agg(o ->> 'table', jsonb_build_object('rows', o -> 'rows', 'columns', (
                    SELECT jsonb_agg(x -> 'name') FROM problem_schemas s, jsonb_array_elements(s.schema_definition -> 'columns') x
                    WHERE s.problem_id = p.id AND s.table_name = o ->> 'table'))), '{}')
                FROM jsonb_array_elements(c.input_data -> 'tables') o)) ORDER BY c.order_index)
            FROM test_cases c WHERE c.problem_id = p.id))
    FROM problems p JOIN topics t ON t.id = p.topic_id WHERE p.id = $1)";

/// All of a problem that a judge or a learner reads, in one text.
constexpr char kContent[] = R"(
    SELECT jsonb_build_array(p.title, p.question - 'slug' - 'order', p.difficulty, p.tags::jsonb, p.hints::jsonb, p.topic_id, p.premium,
        p.master_solution, p.expected_display,
        (SELECT jsonb_agg(jsonb_build_array(s.table_name, s.schema_definition, s.sample_data, s.indexes::jsonb, s.constraints::jsonb)
            ORDER BY s.table_name) FROM problem_schemas s WHERE s.problem_id = p.id),
        (SELECT jsonb_agg(jsonb_build_array(c.name, c.description,
            (SELECT jsonb_agg(o ORDER BY o ->> 'table') FROM jsonb_array_elements(c.input_data -> 'tables') o), c.expected_output, c.preview_expected_output,
            c.validation_rules, c.is_hidden, c.timeout_seconds, c.memory_limit_mb, c.display_limit) ORDER BY c.order_index)
            FROM test_cases c WHERE c.problem_id = p.id))
    FROM problems p WHERE p.id = $1)";

} // namespace

class TestServerEditing : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void cleanupTestCase() { m_fixture.reset(); }
    void init() { asked(*m_admin, "DELETE FROM private.rates"); }
    void onlyInstructorsEdit();
    void aPublishedDefinitionIsTheProblemItCameFrom_data();
    void aPublishedDefinitionIsTheProblemItCameFrom();
    void columnsLeftOutAreNull();
    void draftsAreSeenByInstructorsAlone();
    void publishingAgainKeepsWhatLearnersDid();
    void badDefinitionsAreRefused_data();
    void badDefinitionsAreRefused();
    void detailsOfHiddenTestsAreForInstructors();
    void whatIsModeratedIsHiddenFromAll();
    void usersWhoAreHiddenSeeThemselves();

private:
    server::Session client(const std::string &token)
    {
        auto session = m_fixture->as("sqlgym_client");
        asked(session, "SELECT set_config('sqlgym.token', $1, false)", {token});
        return session;
    }

    /// As if a judge had found the draft good; what judges find is tst_proving's.
    std::string published(const std::string &id)
    {
        asked(*m_admin,
              "INSERT INTO private.proofs (problem_id, digest, state) SELECT problem_id, "
              "private.definition_digest(definition), 'good' FROM private.drafts WHERE problem_id = $1 "
              "ON CONFLICT (problem_id) DO UPDATE SET digest = excluded.digest, state = 'good'",
              {id});
        return asked(*m_ida, "SELECT api.publish_problem($1)", {id});
    }

    std::unique_ptr<tests::ServerFixture> m_fixture;
    std::optional<server::Session> m_admin, m_ida, m_ann, m_bob;
    std::vector<std::string> m_problems;
    std::string m_definition, m_annId;
};

void TestServerEditing::initTestCase()
{
    m_fixture = std::make_unique<tests::ServerFixture>();
    const auto pack = tests::deployWithPack(*m_fixture);
    m_admin = m_fixture->admin();
    for (const auto &problem : pack.problems)
        m_problems.push_back(problem.id);
    auto nobody = client("");
    const auto signedUp = [&](const std::string &name) {
        return client(asked(nobody, "SELECT api.sign_up($1, $1 || '@example.org', 'correct horse')", {name}));
    };
    m_ida = signedUp("ida");
    m_ann = signedUp("ann");
    m_bob = signedUp("bob");
    QVERIFY(server::grantAdmin(*m_admin, "ida").value());
    m_annId = asked(*m_ann, "SELECT api.current_user_id()");
    m_definition = asked(*m_admin, kDefinition, {m_problems[0]});
}

void TestServerEditing::onlyInstructorsEdit()
{
    auto nobody = client("");
    for (const char *call :
         {"api.save_problem($1, '{\"title\": \"x\"}')", "api.publish_problem($1)", "api.verify_problem($1)",
          "api.cancel_verification($1)", "api.problem_definition($1)", "api.close_report($1)",
          "api.moderate($1, 'user', $1, true, 'x')", "api.comment_submission($1, $1, 'x')"}) {
        const std::string ask = std::string("SELECT ") + call;
        QCOMPARE(asked(*m_ann, ask, {uuid(1)}), std::string("!42501"));
        QCOMPARE(asked(nobody, ask, {uuid(1)}), std::string("!28000"));
    }
    asked(*m_ida, "SELECT api.save_problem($1, $2)", {uuid(1), m_definition});
    asked(*m_ida, "SELECT api.verify_problem($1)", {uuid(1)});
    QCOMPARE(asked(*m_ida, "SELECT state, current FROM api.verification($1)", {uuid(1)}), std::string("waiting|t"));
    for (server::Session *other : {&*m_ann, &nobody}) {
        QCOMPARE(asked(*other, "SELECT count(*) FROM api.drafts()"), std::string("0"));
        QCOMPARE(asked(*other, "SELECT api.draft($1)", {uuid(1)}), std::string("NULL"));
        QCOMPARE(asked(*other, "SELECT count(*) FROM api.verification($1)", {uuid(1)}), std::string("0"));
        QCOMPARE(asked(*other, "SELECT count(*) FROM api.reports(true)"), std::string("0"));
    }
}

void TestServerEditing::aPublishedDefinitionIsTheProblemItCameFrom_data()
{
    QTest::addColumn<int>("at");
    for (int at = 0; at < static_cast<int>(m_problems.size()); ++at)
        QTest::addRow("%d", at) << at;
}

void TestServerEditing::aPublishedDefinitionIsTheProblemItCameFrom()
{
    QFETCH(int, at);
    const std::string original = m_problems[static_cast<std::size_t>(at)], made = uuid(100 + at);
    const std::string definition = asked(*m_admin, kDefinition, {original});

    QCOMPARE(asked(*m_ida, "SELECT api.save_problem($1, $2)", {made, definition}), std::string(""));
    QCOMPARE(asked(*m_ann, "SELECT count(id) FROM problems WHERE id = $1", {made}), std::string("0"));
    QCOMPARE(published(made), std::string(""));

    QVERIFY(asked(*m_admin, kContent, {made}) == asked(*m_admin, kContent, {original}));
    QCOMPARE(asked(*m_ann, "SELECT count(id) FROM problems WHERE id = $1", {made}), std::string("1"));
    const std::string before = asked(*m_admin, "SELECT xmin FROM problems WHERE id = $1", {made});
    QCOMPARE(published(made), std::string("")); // it is
    QCOMPARE(asked(*m_admin, "SELECT xmin FROM problems WHERE id = $1", {made}), before);
}

void TestServerEditing::columnsLeftOutAreNull()
{
    const std::string narrow = asked(
        *m_admin,
        "SELECT jsonb_set(jsonb_set($1::jsonb, '{slug}', '\"narrow\"'), '{tests,0,tables}', "
        "jsonb_build_object($1::jsonb #>> "
        "'{tables,0,name}', jsonb_build_object('columns', jsonb_build_array($1::jsonb #> '{tables,0,columns,1,name}'), "
        "'rows', '[[\"x\"], [null]]'::jsonb)))",
        {m_definition});
    QCOMPARE(asked(*m_ida, "SELECT api.save_problem($1, $2)", {uuid(150), narrow}), std::string(""));
    QCOMPARE(published(uuid(150)), std::string(""));
    QCOMPARE(asked(*m_admin,
                   "SELECT input_data #>> '{tables,0,rows,0,0}', input_data #>> '{tables,0,rows,0,1}', "
                   "jsonb_array_length(input_data #> '{tables,0,rows,0}') = jsonb_array_length($2::jsonb #> "
                   "'{tables,0,columns}') FROM test_cases WHERE problem_id = $1 AND order_index = 0",
                   {uuid(150), m_definition}),
             std::string("NULL|x|t"));
}

void TestServerEditing::draftsAreSeenByInstructorsAlone()
{
    QCOMPARE(asked(*m_ida, "SELECT api.save_problem($1, '{\"title\": \"Half a thought\"}')", {uuid(160)}),
             std::string(""));
    QCOMPARE(asked(*m_ida, "SELECT title, author, published_at FROM api.drafts() WHERE problem_id = $1", {uuid(160)}),
             std::string("Half a thought|ida|NULL"));
    QCOMPARE(asked(*m_ida, "SELECT api.publish_problem($1)", {uuid(160)}), std::string("!22023"));
    QCOMPARE(asked(*m_ida, "SELECT api.publish_problem($1)", {uuid(161)}), std::string("!22023"));
    QCOMPARE(asked(*m_ann, "SELECT api.can_see($1)", {uuid(160)}), std::string("f"));
    QCOMPARE(asked(*m_ann, "SELECT count(*) FROM api.problem_titles WHERE id = $1", {uuid(160)}), std::string("0"));
    QCOMPARE(asked(*m_ann, "SELECT api.submit($1, $2, 'SELECT 1', NULL)", {uuid(162), uuid(160)}),
             std::string("!42501"));
}

void TestServerEditing::publishingAgainKeepsWhatLearnersDid()
{
    const std::string problem = uuid(100);
    asked(*m_admin, "INSERT INTO submissions VALUES ('kept', $1, $2, 'SELECT 1', true)", {m_annId, problem});
    asked(*m_admin,
          "INSERT INTO execution_results (id, submission_id, test_case_id, status, is_correct) "
          "SELECT 'kept', 'kept', id, 'SUCCESS', true FROM test_cases WHERE problem_id = $1 AND order_index = 1",
          {problem});
    const std::string tests = asked(*m_admin, "SELECT count(*) FROM test_cases WHERE problem_id = $1", {problem});
    const std::string thinner =
        asked(*m_admin, "SELECT ($1::jsonb #- '{tests,1}') || '{\"title\": \"Thinner\"}'", {m_definition});
    QCOMPARE(asked(*m_ida, "SELECT api.save_problem($1, $2)", {problem, thinner}), std::string(""));
    QVERIFY(asked(*m_ann, "SELECT title FROM problems WHERE id = $1", {problem}) != "Thinner");
    QCOMPARE(published(problem), std::string(""));
    QCOMPARE(asked(*m_ann, "SELECT title FROM problems WHERE id = $1", {problem}), std::string("Thinner"));
    QCOMPARE(asked(*m_admin, "SELECT is_hidden, order_index FROM test_cases WHERE id = (SELECT test_case_id FROM "
                             "execution_results WHERE id = 'kept')"),
             std::string("t|-1"));
    QCOMPARE(asked(*m_ann, "SELECT is_correct FROM submissions WHERE id = 'kept'"), std::string("t"));
    // The test that went comes back.
    asked(*m_ida, "SELECT api.save_problem($1, $2)", {problem, m_definition});
    QCOMPARE(published(problem), std::string(""));
    QCOMPARE(asked(*m_admin, "SELECT count(*) FROM test_cases WHERE problem_id = $1 AND order_index >= 0", {problem}),
             tests);
}

void TestServerEditing::badDefinitionsAreRefused_data()
{
    QTest::addColumn<QByteArray>("change");
    QTest::addColumn<bool>("saved");
    const auto row = [](const char *name, const char *change, bool saved) {
        QTest::newRow(name) << QByteArray(change) << saved;
    };
    row("no object", "'[]'::jsonb", false);
    row("no title", "d - 'title'", true);
    row("a title of blanks", "jsonb_set(d, '{title}', '\"  \"')", false);
    row("a title of two lines", "jsonb_set(d, '{title}', '\"a\\nb\"')", false);
    row("a long title", "jsonb_set(d, '{title}', to_jsonb(repeat('x', 201)))", false);
    row("a slug with a slash", "jsonb_set(d, '{slug}', '\"../x\"')", false);
    row("a difficulty of its own", "jsonb_set(d, '{difficulty}', '\"Impossible\"')", false);
    row("premium in words", "jsonb_set(d, '{premium}', '\"yes\"')", false);
    row("a member nobody knows", "d || '{\"is_admin\": true}'", true);
    row("hints that are objects", "jsonb_set(d, '{hints}', '[{}]')", false);
    row("tags in a list in a list", "jsonb_set(d, '{tags}', '[[\"x\"]]')", false);
    row("a table whose name is SQL", "jsonb_set(d, '{tables,0,name}', '\"x; DROP TABLE y\"')", false);
    row("a type that is SQL", "jsonb_set(d, '{tables,0,columns,0,type}', '\"int); DROP TABLE y; --\"')", false);
    row("a column without a type", "d #- '{tables,0,columns,0,type}'", false);
    row("no solution", "d - 'solution'", true);
    row("no tests", "jsonb_set(d, '{tests}', '[]')", false);
    row("a test without expected rows", "d #- '{tests,0,expected,rows}'", false);
    row("rows that are too wide", "jsonb_set(d, '{tables,0,rows,0}', '[\"1\"]')", true);
    row("rows of numbers", "jsonb_set(d, '{tables,0,rows,0,0}', '1')", true);
    row("rows that are texts", "jsonb_set(d, '{tables,0,rows,0}', '\"x\"')", true);
    row("expected rows that are too wide", "jsonb_set(d, '{tests,0,expected,rows,0}', '[]')", true);
    row("a test of a table that is not there",
        "jsonb_set(d, '{tests,0,tables}', '{\"nowhere\": {\"columns\": [], \"rows\": []}}')", true);
    row("a test twice", "jsonb_set(d, '{tests,1}', d #> '{tests,0}')", true);
    row("a topic that is not there", "jsonb_set(d, '{topic}', '\"Alchemy\"')", true);
    row("another's slug", "jsonb_set(d, '{slug}', (SELECT question -> 'slug' FROM problems LIMIT 1))", true);
    row("too long", "jsonb_set(d, '{statement}', to_jsonb(repeat('x', 4000001)))", false);
}

void TestServerEditing::badDefinitionsAreRefused()
{
    QFETCH(QByteArray, change);
    QFETCH(bool, saved);
    asked(*m_admin, "DELETE FROM private.drafts WHERE problem_id = $1", {uuid(200)});
    const std::string definition =
        asked(*m_admin, "SELECT " + change.toStdString() + " FROM (SELECT $1::jsonb || '{\"slug\": \"bad-one\"}') x(d)",
              {m_definition});
    QVERIFY2(!definition.starts_with("!"), definition.c_str());
    const std::string answer = asked(*m_ida, "SELECT api.save_problem($1, $2)", {uuid(200), definition});
    if (saved)
        QCOMPARE(answer, std::string(""));
    else
        QVERIFY2(answer == "!22023" || answer == "!54000", answer.c_str());
    const std::string said = published(uuid(200));
    QVERIFY2(said == "!22023" || said == "!23505", said.c_str());
    QCOMPARE(asked(*m_admin, "SELECT count(*) FROM problems WHERE id = $1", {uuid(200)}), std::string("0"));
}

void TestServerEditing::detailsOfHiddenTestsAreForInstructors()
{
    asked(*m_admin, "INSERT INTO submissions VALUES ('told', $1, $2, 'SELECT 1', false)", {m_annId, m_problems[2]});
    asked(
        *m_admin,
        "INSERT INTO execution_results (id, submission_id, test_case_id, status, is_correct, error_message, "
        "query_result, "
        "validation_details) SELECT 'told-' || id, 'told', id, 'ERROR', false, name, '{}', '{}' FROM test_cases WHERE "
        "problem_id = $1",
        {m_problems[2]});
    const std::string all = asked(*m_admin, "SELECT count(*) FROM execution_results WHERE submission_id = 'told'");
    const std::string shown =
        asked(*m_admin, "SELECT count(*) FROM test_cases WHERE problem_id = $1 AND NOT is_hidden", {m_problems[2]});
    QVERIFY(all != shown && shown != "0");
    const char *details =
        "SELECT count(*), bool_and(error_message = name AND query_result = '{}') FROM api.test_details('told')";
    QCOMPARE(asked(*m_ida, details), all + "|t");
    QCOMPARE(asked(*m_ann, details), shown + "|t");
    QCOMPARE(asked(*m_ann, "SELECT count(*) FROM api.test_details('told') WHERE is_hidden"), std::string("0"));
    QCOMPARE(asked(*m_bob, details), std::string("0|NULL"));
    auto nobody = client("");
    QCOMPARE(asked(nobody, details), std::string("0|NULL"));
    // What has become premium meanwhile is not told any more.
    asked(*m_admin, "UPDATE problems SET premium = true WHERE id = $1", {m_problems[2]});
    QCOMPARE(asked(*m_ann, details), std::string("0|NULL"));
    asked(*m_admin, "UPDATE problems SET premium = false WHERE id = $1", {m_problems[2]});
}

void TestServerEditing::whatIsModeratedIsHiddenFromAll()
{
    asked(*m_ann, "SELECT api.create_post($1, NULL, 'rude', NULL)", {uuid(300)});
    asked(*m_bob, "SELECT api.report($1, 'post', $2, 'rude')", {uuid(301), uuid(300)});
    QCOMPARE(asked(*m_ida, "SELECT kind, target_id, reporter, hidden FROM api.reports(false)"),
             "post|" + uuid(300) + "|bob|f");
    const char *moderate = "SELECT api.moderate($1, 'post', $2, $3, 'rude')";
    QCOMPARE(asked(*m_ida, moderate, {uuid(302), uuid(300), "true"}), std::string(""));
    QCOMPARE(asked(*m_ida, "SELECT count(*) FROM api.reports(false)"), std::string("0"));
    QCOMPARE(asked(*m_ida, "SELECT hidden, closed_at IS NOT NULL FROM api.reports(true)"), std::string("t|t"));
    const char *count = "SELECT count(*) FROM community_posts WHERE id = $1";
    QCOMPARE(asked(*m_bob, count, {uuid(300)}), std::string("0"));
    QCOMPARE(asked(*m_ida, count, {uuid(300)}), std::string("1"));
    QCOMPARE(asked(*m_bob, "SELECT api.like_post($1, $2)", {uuid(303), uuid(300)}), std::string("!23503"));
    QCOMPARE(asked(*m_bob, "SELECT api.create_comment($1, $2, NULL, 'x')", {uuid(303), uuid(300)}),
             std::string("!23503"));
    QCOMPARE(asked(*m_ida, moderate, {uuid(304), uuid(300), "false"}), std::string(""));
    QCOMPARE(asked(*m_bob, count, {uuid(300)}), std::string("1"));
    QCOMPARE(asked(*m_ida, moderate, {uuid(304), uuid(300), "true"}), std::string("")); // that was done
    QCOMPARE(asked(*m_bob, count, {uuid(300)}), std::string("1"));
    QCOMPARE(asked(*m_ida, "SELECT api.moderate($1, 'planet', 'x', true, 'x')", {uuid(305)}), std::string("!22023"));
}

void TestServerEditing::usersWhoAreHiddenSeeThemselves()
{
    QCOMPARE(asked(*m_ida, "SELECT api.moderate($1, 'user', $2, true, 'rude')", {uuid(310), m_annId}), std::string(""));
    QCOMPARE(asked(*m_bob, "SELECT count(*) FROM community_posts WHERE user_id = $1", {m_annId}), std::string("0"));
    QCOMPARE(asked(*m_ann, "SELECT count(*) FROM community_posts WHERE user_id = $1", {m_annId}), std::string("1"));
}

QTEST_GUILESS_MAIN(TestServerEditing)
#include "tst_server_editing.moc"
