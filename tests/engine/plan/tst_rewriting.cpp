// What planning makes of a bound query: which node does what, which condition goes where.
#include "base/cancel_token.h"
#include "catalogue/type_oids.h"
#include "plan/planner.h"
#include "plan/support.h"
#include "sql/bind.h"
#include "sql/parse.h"

#include <QtTest>

using namespace sqlgym;
using plan::NodeKind;

namespace {

/// Two tables, a(id, x, t) and b(id, x, t), a smaller than b.
class Tables final : public sql::SchemaView {
public:
    Tables()
    {
        for (const char *name : {"a", "b"}) {
            auto table = std::make_shared<sql::TableDefinition>();
            table->name = name;
            for (const char *column : {"id", "x", "t"}) {
                sql::ColumnDefinition definition;
                definition.name = column;
                definition.type = column[0] == 't' ? catalogue::type::kText : catalogue::type::kInt4;
                table->columns.push_back(definition);
            }
            m_tables[name] = table;
        }
    }
    std::shared_ptr<const sql::TableDefinition> findTable(std::string_view, std::string_view name) const override
    {
        const auto found = m_tables.find(std::string(name));
        return found == m_tables.end() ? nullptr : found->second;
    }

private:
    std::map<std::string, std::shared_ptr<const sql::TableDefinition>> m_tables;
};

/// Folds nothing: what reaches it is only counted.
class Counting final : public plan::ConstantEvaluator {
public:
    value::Datum evaluate(sql::Expr *) override
    {
        ++count;
        return value::Datum::null();
    }
    value::Context &context() override { return m_cx; }
    int count = 0;

private:
    base::MemoryAccount m_account;
    base::Stop m_stop;
    base::CancelToken m_cancel;
    value::Session m_session;
    value::Arena m_arena{m_account, m_stop};
    value::Context m_cx{m_arena, m_stop, m_cancel, m_session};
};

struct Planned {
    std::optional<sql::BoundStatement> statement;
    Counting evaluator;
    std::unique_ptr<plan::PlannedStatement> plan;
};

std::unique_ptr<Planned> planned(const std::string &sql)
{
    static const Tables tables;
    auto result = std::make_unique<Planned>();
    const auto parsed = sql::parse(sql);
    if (!parsed.script)
        return nullptr;
    auto bound = sql::bind(parsed.script->statements().front(), sql, tables);
    if (!bound.statement)
        return nullptr;
    result->statement = std::move(bound.statement);
    const auto size = [](const sql::TableDefinition &table) { return table.name == "a" ? 100.0 : 10'000.0; };
    result->plan = plan::planQuery(*result->statement, *result->statement->query, result->evaluator, {size, false});
    return result;
}

} // namespace

class TestRewriting : public QObject {
    Q_OBJECT
private slots:
    void equalityMakesAHashJoinOnTheSmallerSide();
    void inequalityMakesANestedLoop();
    void conditionsGoDownToTheirTable();
    void aConditionOnTheOptionalSideStaysAbove();
    void aStrictConditionMakesTheJoinPlain();
    void simpleSubqueriesMerge();
    void groupedSubqueriesStay();
    void aCteReadOnceMerges();
    void aCteReadTwiceIsComputedOnce();
    void conditionsWithoutColumnsBecomeTheGate();
    void cheapConditionsComeFirst();
    void correlationBecomesAParameterAndAProbe();
    void existsReadsNoColumns();
    void functionsWithoutImplementationAreNamed();
    void constantsAreFolded_data();
    void constantsAreFolded();
};

void TestRewriting::equalityMakesAHashJoinOnTheSmallerSide()
{
    const auto result = planned("SELECT 1 FROM b JOIN a ON a.id = b.x");

    const plan::Node &join = *result->plan->root->source;
    QCOMPARE(join.kind, NodeKind::HashJoin);
    QCOMPARE(join.keys.size(), std::size_t(1));
    QCOMPARE(result->statement->query->range[std::size_t(join.right->range)].alias, std::string("a"));
}

void TestRewriting::inequalityMakesANestedLoop()
{
    const auto result = planned("SELECT 1 FROM a, b WHERE a.id < b.id");

    QCOMPARE(result->plan->root->source->kind, NodeKind::NestedLoop);
    QCOMPARE(result->plan->root->source->condition.size(), std::size_t(1));
}

void TestRewriting::conditionsGoDownToTheirTable()
{
    const auto result = planned("SELECT 1 FROM a JOIN b ON a.id = b.id WHERE a.x = 1 AND b.x > 2");

    const plan::Node &join = *result->plan->root->source;
    QVERIFY(join.quals.empty());
    QCOMPARE(join.left->quals.size(), std::size_t(1));
    QCOMPARE(join.right->quals.size(), std::size_t(1));
}

void TestRewriting::aConditionOnTheOptionalSideStaysAbove()
{
    const auto result = planned("SELECT 1 FROM a LEFT JOIN b ON a.id = b.id WHERE b.id IS NULL");

    const plan::Node &join = *result->plan->root->source;
    QCOMPARE(join.join, plan::JoinType::Left);
    QCOMPARE(join.quals.size(), std::size_t(1));
}

void TestRewriting::aStrictConditionMakesTheJoinPlain()
{
    const auto result = planned("SELECT 1 FROM a LEFT JOIN b ON a.id = b.id WHERE b.x > 0");

    QCOMPARE(result->plan->root->source->join, plan::JoinType::Inner);
}

void TestRewriting::simpleSubqueriesMerge()
{
    const auto result = planned("SELECT y FROM (SELECT x AS y, id FROM a WHERE x > 1) s WHERE id = 2");

    const plan::Node &scan = *result->plan->root->source;
    QCOMPARE(scan.kind, NodeKind::Table);
    QCOMPARE(scan.quals.size(), std::size_t(2));
    QVERIFY(!result->plan->root->severalTables);
}

void TestRewriting::groupedSubqueriesStay()
{
    const auto result = planned("SELECT n FROM (SELECT x, count(*) AS n FROM a GROUP BY x) s");

    QCOMPARE(result->plan->root->source->kind, NodeKind::Subquery);
    QVERIFY(result->plan->root->source->subplan->grouped);
}

void TestRewriting::aCteReadOnceMerges()
{
    QCOMPARE(planned("WITH c AS (SELECT * FROM a) SELECT * FROM c")->plan->root->source->kind, NodeKind::Table);
}

void TestRewriting::aCteReadTwiceIsComputedOnce()
{
    const auto result = planned("WITH c AS (SELECT * FROM a) SELECT 1 FROM c JOIN c d ON c.id = d.id");

    QCOMPARE(result->plan->root->source->left->kind, NodeKind::Cte);
    QCOMPARE(result->plan->ctes.size(), std::size_t(1));
}

void TestRewriting::conditionsWithoutColumnsBecomeTheGate()
{
    const auto result = planned("SELECT 1 FROM a WHERE (SELECT count(*) FROM b) > 5 AND x = 1");

    QCOMPARE(result->plan->root->gate.size(), std::size_t(1));
    QCOMPARE(result->plan->root->source->quals.size(), std::size_t(1));
}

void TestRewriting::cheapConditionsComeFirst()
{
    const auto result = planned("SELECT 1 FROM a WHERE 10 / x > 1 AND t LIKE 'q%' AND x <> 0");

    const auto &quals = result->plan->root->source->quals;
    QCOMPARE(quals.size(), std::size_t(3));
    QCOMPARE(plan::cost(quals[0]), 1.0);
    QCOMPARE(plan::cost(quals[1]), 1.0);
    QCOMPARE(plan::cost(quals[2]), 2.0);
}

void TestRewriting::correlationBecomesAParameterAndAProbe()
{
    const auto result = planned("SELECT (SELECT max(x) FROM b WHERE b.id = a.id) FROM a");

    QCOMPARE(result->plan->sublinks.size(), std::size_t(1));
    const plan::QueryPlan &inner = *result->plan->sublinks.begin()->second;
    QCOMPARE(inner.parameters.size(), std::size_t(1));
    QCOMPARE(inner.source->probe.size(), std::size_t(1));
}

void TestRewriting::existsReadsNoColumns()
{
    const auto result = planned("SELECT 1 FROM a WHERE EXISTS (SELECT 1 / 0 FROM b WHERE b.id = a.id)");

    QVERIFY(result->plan->sublinks.begin()->second->query->targets.empty());
    QCOMPARE(result->evaluator.count, 0);
}

void TestRewriting::functionsWithoutImplementationAreNamed()
{
    const auto result = planned("SELECT pg_backend_pid()");

    QVERIFY(result);
    QCOMPARE(plan::findUnsupported(*result->statement->query), std::string("function pg_backend_pid()"));
}

void TestRewriting::constantsAreFolded_data()
{
    QTest::addColumn<QString>("expression");
    QTest::addColumn<int>("evaluated");
    QTest::newRow("division of constants") << "1 / 0" << 1;
    QTest::newRow("division by a column") << "1 / x" << 0;
    QTest::newRow("branch cut by a constant") << "CASE WHEN true THEN x ELSE 1 / 0 END" << 0;
    QTest::newRow("branch that may run") << "CASE WHEN x = 1 THEN 1 / 0 ELSE 2 END" << 1;
    QTest::newRow("after a constant in COALESCE") << "coalesce(1, 1 / 0)" << 0;
    QTest::newRow("after a column in COALESCE") << "coalesce(x, 1 / 0)" << 1;
    QTest::newRow("after FALSE in AND") << "CASE WHEN false AND 1 / 0 = 1 THEN 1 END" << 0;
    QTest::newRow("before FALSE in AND") << "CASE WHEN 1 / 0 = 1 AND false THEN 1 END" << 1;
    QTest::newRow("strict function of NULL") << "x / 0 + NULL" << 0;
    QTest::newRow("stable function") << "extract(year FROM now())" << 0;
}

void TestRewriting::constantsAreFolded()
{
    QFETCH(QString, expression);
    QFETCH(int, evaluated);

    const auto result = planned("SELECT " + expression.toStdString() + " FROM a");

    QVERIFY(result);
    QVERIFY(evaluated ? result->evaluator.count >= 1 : result->evaluator.count == 0);
}

QTEST_APPLESS_MAIN(TestRewriting)
#include "tst_rewriting.moc"
