#include "content/pack.h"
#include "content/resources.h"
#include "postgres/private_cluster.h"
#include "samples.h"

#include <QtTest>

#include <sys/stat.h>

using namespace sqlgym;
using namespace sqlgym::content;

// What setupSql() writes, run by PostgreSQL 15.
class TestSetupSql : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void oddValuesArriveUnchanged();
    void testsReplaceWholeTables();
    void constraintsHold_data();
    void constraintsHold();
    void referencesToTablesThatAreNotUsedFallAway();
    void manyRowsBecomeSeveralInserts();
    void solutionsGiveTheRecordedOutputs_data();
    void solutionsGiveTheRecordedOutputs();

private:
    // Sets up in an empty schema; "" or PostgreSQL's words.
    QString setUp(const Problem &problem, const TestCase *test = nullptr);
    ExpectedOutput ask(const std::string &sql);

    QTemporaryDir m_folder;
    std::unique_ptr<postgres::PrivateCluster> m_cluster;
    std::optional<postgres::Connection> m_connection;
    Pack m_pack;
};

void TestSetupSql::initTestCase()
{
    chmod(m_folder.path().toUtf8().constData(), 0711); // PostgreSQL's account passes through
    auto cluster = postgres::PrivateCluster::start(m_folder.filePath("cluster").toStdString());
    QVERIFY2(cluster, cluster ? "" : cluster.error().message.c_str());
    m_cluster = std::move(*cluster);
    auto connection = postgres::Connection::open(m_cluster->parameters(postgres::kAdminRole, "postgres"));
    QVERIFY2(connection, connection ? "" : connection.error().message.c_str());
    m_connection.emplace(std::move(*connection));
    auto pack = readPack(bundledPack());
    QVERIFY2(pack, pack ? "" : pack.error().message.c_str());
    m_pack = std::move(*pack);
}

QString TestSetupSql::setUp(const Problem &problem, const TestCase *test)
{
    const auto done = m_connection->execute("DROP SCHEMA IF EXISTS practice CASCADE; CREATE SCHEMA practice;"
                                            "SET search_path = practice;" +
                                            setupSql(problem, test));
    return done ? QString() : QString::fromStdString(done.error().message);
}

ExpectedOutput TestSetupSql::ask(const std::string &sql)
{
    ExpectedOutput output;
    const auto result = m_connection->execute(sql);
    if (!result) {
        qWarning("%s", result.error().message.c_str());
        return output;
    }
    for (int column = 0; column < result->columnCount(); ++column) {
        const auto type = m_connection->execute("SELECT typname FROM pg_catalog.pg_type WHERE oid = " +
                                                std::to_string(result->typeOid(column)));
        output.columns.push_back({std::string(result->columnName(column)),
                                  type ? std::string(type->cell(0, 0).value_or("")) : std::string(),
                                  {}});
    }
    for (int row = 0; row < result->rowCount(); ++row) {
        output.rows.emplace_back();
        for (int column = 0; column < result->columnCount(); ++column) {
            const auto cell = result->cell(row, column);
            output.rows.back().push_back(cell ? Cell(*cell) : Cell());
        }
    }
    return output;
}

void TestSetupSql::oddValuesArriveUnchanged()
{
    const Problem problem = sampleProblem();

    QCOMPARE(setUp(problem), QString());

    QCOMPARE(ask("TABLE member").rows, (std::vector<Row>{{"1", "O'Hara", "-0.50"},
                                                         {"2", std::nullopt, "0.00"},
                                                         {"3", "", "7.00"},
                                                         {"4", "back\\slash\n;--", "1.00"}}));
    QCOMPARE(ask("SELECT \"Order\" FROM loan").rows,
             (std::vector<Row>{{"2024-02-29"}, {"2024-02-29"}, {std::nullopt}}));
    QCOMPARE(setupSql(problem), setupSql(problem));
}

void TestSetupSql::testsReplaceWholeTables()
{
    const Problem problem = sampleProblem();

    QCOMPARE(setUp(problem, &problem.tests.front()), QString());

    QCOMPARE(ask("SELECT id FROM member").rows, (std::vector<Row>{{"9"}}));
    QCOMPARE(ask("SELECT * FROM loan").rows, std::vector<Row>());
}

void TestSetupSql::constraintsHold_data()
{
    QTest::addColumn<QString>("statement");
    QTest::addColumn<QString>("sqlstate");

    QTest::newRow("primary key") << "INSERT INTO member VALUES (1, 'x', 1)"
                                 << "23505";
    QTest::newRow("unique") << "INSERT INTO member VALUES (9, '', 1)"
                            << "23505";
    QTest::newRow("not null") << "INSERT INTO member VALUES (9, 'x', NULL)"
                              << "23502";
    QTest::newRow("check") << "INSERT INTO member VALUES (9, 'x', -11)"
                           << "23514";
    QTest::newRow("check with a quote and a parenthesis") << "INSERT INTO member VALUES (9, 'x)', 1)"
                                                          << "23514";
    QTest::newRow("foreign key") << "INSERT INTO loan VALUES (77, NULL)"
                                 << "23503";
}

void TestSetupSql::constraintsHold()
{
    QFETCH(QString, statement);
    QFETCH(QString, sqlstate);
    QCOMPARE(setUp(sampleProblem()), QString());

    const auto done = m_connection->execute(statement.toStdString());

    QVERIFY(!done);
    QCOMPARE(QString::fromStdString(done.error().code), sqlstate);
}

void TestSetupSql::referencesToTablesThatAreNotUsedFallAway()
{
    Problem problem = sampleProblem();
    problem.tables.erase(problem.tables.begin());

    QCOMPARE(setUp(problem), QString());

    QCOMPARE(ask("SELECT count(*) FROM loan").rows, (std::vector<Row>{{"3"}}));
}

void TestSetupSql::manyRowsBecomeSeveralInserts()
{
    for (const int count : {0, 1, 499, 500, 501, 1000, 1001}) {
        Problem problem = sampleProblem();
        Table &member = problem.tables.front();
        member.unique.clear();
        member.rows.clear();
        for (int i = 0; i < count; ++i)
            member.rows.push_back({std::to_string(i), "x", "0"});
        problem.tables.pop_back();

        QCOMPARE(setUp(problem), QString());

        QCOMPARE(ask("SELECT count(*) FROM member").rows, (std::vector<Row>{{std::to_string(count)}}));
    }
}

void TestSetupSql::solutionsGiveTheRecordedOutputs_data()
{
    QTest::addColumn<int>("problem");
    QTest::addColumn<int>("test");
    for (std::size_t i = 0; i < m_pack.problems.size(); ++i) {
        for (std::size_t j = 0; j < m_pack.problems[i].tests.size(); ++j)
            QTest::addRow("%s: %s", m_pack.problems[i].slug.c_str(), m_pack.problems[i].tests[j].name.c_str())
                << static_cast<int>(i) << static_cast<int>(j);
    }
}

void TestSetupSql::solutionsGiveTheRecordedOutputs()
{
    QFETCH(int, problem);
    QFETCH(int, test);
    const Problem &asked = m_pack.problems[static_cast<std::size_t>(problem)];
    const TestCase &on = asked.tests[static_cast<std::size_t>(test)];

    QCOMPARE(setUp(asked, &on), QString());
    const std::string &look = on.rules.resultQuery;
    ExpectedOutput given = ask(look.empty() ? asked.solutionSql : asked.solutionSql + "\n;" + look);

    QVERIFY(std::ranges::equal(given.columns, on.expected.columns, {}, &ContractColumn::name, &ContractColumn::name));
    QVERIFY(std::ranges::equal(given.columns, on.expected.columns, {}, &ContractColumn::type, &ContractColumn::type));
    std::vector<Row> expected = on.expected.rows;
    if (asked.contract.rowOrder != RowOrder::Strict) {
        std::ranges::sort(given.rows);
        std::ranges::sort(expected);
    }
    QCOMPARE(given.rows, expected);
}

QTEST_APPLESS_MAIN(TestSetupSql)
#include "tst_setup_sql.moc"
