// Every aggregate the runtime registers, against PostgreSQL over random groups; and rows leaving a window's frame.
#include "arguments/pools.h"
#include "differences.h"
#include "runtime/function.h"
#include "runtime/io.h"

#include <QtTest>

using namespace sqlgym;
using namespace sqlgym::tests;

class TestAggregates : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void agreeWithPostgres_data();
    void agreeWithPostgres();

private:
    Oracle m_oracle;
};

namespace {

/// What stands for a polymorphic argument.
QString concrete(const QString &type, int round)
{
    if (type == "any" || type == "anynonarray" || type == "anyelement")
        return round % 2 ? "text" : "int4";
    if (type == "anyarray")
        return round % 2 ? "_text" : "_int4";
    return type;
}

/// A date, time or interval that can be read: one that cannot would decide the whole group.
std::string readable(TypedArgument argument, const std::string &pool, Pools &pools)
{
    do
        argument.text = pools.pick(pool);
    while (readBack(argument)[0] != '=');
    return *argument.text;
}

std::string valuesQuery(const std::string &call, const std::vector<std::vector<TypedArgument>> &rows,
                        const std::vector<TypedArgument> &columns)
{
    std::string from;
    for (const auto &row : rows) {
        from += from.empty() ? "(VALUES (" : ", (";
        for (std::size_t i = 0; i < row.size(); ++i)
            from += (i ? ", " : "") + literal(row[i]);
        from += row.size() == 1 ? ", 0)" : ")";
    }
    if (rows.empty()) {
        from = "(SELECT ";
        for (std::size_t i = 0; i < columns.size(); ++i)
            from += (i ? ", " : "") + ("NULL::" + columns[i].typeName);
        from += columns.size() == 1 ? ", 0 WHERE false" : " WHERE false";
    }
    return "(SELECT " + call + " FROM " + from + ") v(a, b))";
}

} // namespace

void TestAggregates::initTestCase() { QVERIFY2(m_oracle.start(), m_oracle.whyNot().c_str()); }

void TestAggregates::agreeWithPostgres_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("function");
    QTest::addColumn<QStringList>("types");

    Pools pools(1);
    const auto rows = m_oracle.rows(R"(
        SELECT p.proname || '(' || coalesce(nullif(array_to_string(ARRAY(
                   SELECT typname FROM unnest(p.proargtypes) WITH ORDINALITY u(o, n) JOIN pg_type ON pg_type.oid = o
                   ORDER BY n), ','), ''), '*') || ')',
               quote_ident(p.proname),
               (SELECT string_agg(typname, ',' ORDER BY n)
                FROM unnest(p.proargtypes) WITH ORDINALITY u(o, n) JOIN pg_type t ON t.oid = u.o)
        FROM pg_proc p JOIN pg_aggregate a ON a.aggfnoid = p.oid
        WHERE p.pronamespace = 'pg_catalog'::regnamespace AND a.aggkind = 'n' ORDER BY 1)");
    for (const auto &row : rows) {
        const QStringList types = QString::fromStdString(row[2]).split(',', Qt::SkipEmptyParts);
        bool known = runtime::findAggregate(row[0]) != nullptr;
        for (const auto &type : types)
            known = known && pools.knows(concrete(type, 0).toStdString());
        if (known)
            QTest::newRow(row[0].c_str()) << QString::fromStdString(row[0]) << QString::fromStdString(row[1]) << types;
    }
}

void TestAggregates::agreeWithPostgres()
{
    QFETCH(QString, key);
    QFETCH(QString, function);
    QFETCH(QStringList, types);
    Pools pools(static_cast<unsigned>(qHash(key, 0)));
    Differences differences(m_oracle);
    std::map<QString, std::pair<value::Oid, std::string>> oids;
    for (const auto &row :
         m_oracle.rows("SELECT typname, oid FROM pg_type WHERE typnamespace = 'pg_catalog'::regnamespace"))
        oids[QString::fromStdString(row[0])] = {static_cast<value::Oid>(std::stoul(row[1])),
                                                "pg_catalog." + postgres::quoteIdentifier(row[0])};

    for (int round = 0; round < 150; ++round) {
        std::vector<TypedArgument> columns;
        for (const auto &type : types) {
            const auto &[oid, name] = oids[concrete(type, round)];
            columns.push_back({oid, name, std::nullopt});
        }
        std::vector<std::vector<TypedArgument>> rows(pools.below(4) ? pools.below(8) : pools.below(30));
        const bool tame = pools.below(2) == 0; // without the extremes, so that sums are not all overflow or NaN
        for (auto &row : rows) {
            row = columns;
            for (int i = 0; i < types.size(); ++i) {
                const std::string pool = concrete(types[i], round).toStdString();
                if (pools.below(8) == 0)
                    continue;
                row[static_cast<std::size_t>(i)].text =
                    tame && (pool == "float8" || pool == "numeric" || pool == "float4")
                        ? std::to_string(static_cast<int>(pools.below(200)) - 100) + "." +
                              std::to_string(pools.below(1000))
                    : momentPool(pool) ? readable(row[static_cast<std::size_t>(i)], pool, pools)
                    : pool == "bool"   ? (pools.below(3) ? "t" : "f")
                    : pool == "bytea"  ? "\\x6162"
                                       : pools.pick(pool);
            }
        }
        std::string call = function.toStdString() + (types.isEmpty() ? "(*)" : types.size() == 1 ? "(a)" : "(a, b)");
        const auto shown = columns.empty() ? std::vector<TypedArgument>{{23, "int4", {}}} : columns;
        if (columns.empty())
            std::fill(rows.begin(), rows.end(), std::vector<TypedArgument>{{23, "int4", "1"}});
        const auto result = static_cast<value::Oid>(
            std::stoul(m_oracle.rows("SELECT pg_typeof(" + valuesQuery(call, {}, shown) + ")::oid")[0][0]));
        differences.add(valuesQuery(call, rows, shown), callAggregate(key.toStdString(), columns, rows, result, 0));
        if (rows.size() > 2) {
            const std::size_t leaving = 1 + pools.below(rows.size() - 1);
            const std::string ours = callAggregate(key.toStdString(), columns, rows, result, leaving);
            rows.erase(rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(leaving));
            if (ours != "restart")
                differences.add(valuesQuery(call, rows, shown), ours);
        }
    }

    QCOMPARE(differences.settle(key.toUtf8().constData()), 0);
    QVERIFY(differences.declinedShare() < 0.1);
}

QTEST_APPLESS_MAIN(TestAggregates)
#include "tst_aggregates.moc"
