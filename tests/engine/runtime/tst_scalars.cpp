// Every function the runtime registers for concrete types, against PostgreSQL on thousands of arguments.
#include "arguments/pools.h"
#include "arguments/special_arguments.h"
#include "differences.h"
#include "runtime/compare.h"
#include "runtime/function.h"
#include "runtime/io.h"

#include <QtTest>

using namespace sqlgym;
using namespace sqlgym::tests;

class TestScalars : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void agreeWithPostgres_data();
    void agreeWithPostgres();
    void textInAgrees_data();
    void textInAgrees();
    void typmodsAgree_data();
    void typmodsAgree();
    void orderAgrees_data();
    void orderAgrees();

private:
    Oracle m_oracle;
};

namespace {

int casesPerFunction()
{
    const int asked = qEnvironmentVariableIntValue("SQLGYM_CASES");
    return asked > 0 ? asked : 200;
}

} // namespace

void TestScalars::initTestCase() { QVERIFY2(m_oracle.start(), m_oracle.whyNot().c_str()); }

void TestScalars::agreeWithPostgres_data()
{
    QTest::addColumn<QString>("symbol");
    QTest::addColumn<QString>("function");
    QTest::addColumn<QStringList>("types");
    QTest::addColumn<QList<uint>>("oids");
    QTest::addColumn<uint>("result");
    QTest::addColumn<bool>("strict");

    Pools pools(1);
    const auto rows = m_oracle.rows(R"(
        SELECT CASE WHEN l.lanname = 'sql' THEN 'sql:' || p.proname || '(' || array_to_string(ARRAY(
                   SELECT typname FROM unnest(p.proargtypes) WITH ORDINALITY u(o, n) JOIN pg_type ON pg_type.oid = o
                   ORDER BY n), ',') || ')' ELSE p.prosrc END,
               quote_ident(p.proname), p.proisstrict, p.prorettype, p.oid::regprocedure::text,
               (SELECT string_agg(typname || ' ' || u.o, ',' ORDER BY n)
                FROM unnest(p.proargtypes) WITH ORDINALITY u(o, n) JOIN pg_type t ON t.oid = u.o)
        FROM pg_proc p JOIN pg_language l ON l.oid = p.prolang
        WHERE p.pronamespace = 'pg_catalog'::regnamespace AND p.prokind = 'f' AND NOT p.proretset AND p.provariadic = 0
        ORDER BY 1, 5)");
    QVERIFY(rows.size() > 2000);
    for (const auto &row : rows) {
        if (!runtime::findScalar(row[0]) || answersAlone(row[0]) ||
            !runtime::hasTextForm(static_cast<uint>(std::stoul(row[3]))))
            continue;
        QStringList types;
        QList<uint> oids;
        bool known = true;
        for (const auto &argument : QString::fromStdString(row[5]).split(',', Qt::SkipEmptyParts)) {
            const auto parts = argument.split(' ');
            known = known && pools.knows(parts[0].toStdString());
            types << parts[0];
            oids << parts[1].toUInt();
        }
        if (!known)
            continue;
        QTest::newRow((row[0] + " " + row[4]).c_str())
            << QString::fromStdString(row[0]) << QString::fromStdString(row[1]) << types << oids
            << static_cast<uint>(std::stoul(row[3])) << (row[2] == "t");
    }
}

void TestScalars::agreeWithPostgres()
{
    QFETCH(QString, symbol);
    QFETCH(QString, function);
    QFETCH(QStringList, types);
    QFETCH(QList<uint>, oids);
    QFETCH(uint, result);
    QFETCH(bool, strict);
    const std::string name = symbol.toStdString();
    Pools pools(static_cast<unsigned>(qHash(symbol, 0)));
    Differences differences(m_oracle);

    for (int i = 0; i < (types.isEmpty() ? 1 : casesPerFunction()); ++i) {
        std::vector<TypedArgument> arguments;
        std::string list;
        for (int a = 0; a < types.size(); ++a) {
            TypedArgument argument{oids[a], types[a].toStdString(), std::nullopt};
            const std::string special = specialPool(name, static_cast<std::size_t>(a));
            if (pools.below(25))
                argument.text =
                    pools.pick(special.empty() || argument.typeName != "text" ? argument.typeName : special);
            argument.text = tamedArgument(name, static_cast<std::size_t>(a), argument.text, pools);
            argument.typeName = "pg_catalog." + postgres::quoteIdentifier(argument.typeName);
            list += (a ? ", " : "") + literal(argument);
            arguments.push_back(std::move(argument));
        }
        differences.add("pg_catalog." + function.toStdString() + "(" + list + ")",
                        callScalar(name, arguments, result, strict));
    }

    QCOMPARE(differences.settle(symbol.toUtf8().constData()), 0);
    if (differences.declinedShare() > 0.05)
        qInfo() << symbol << "declines" << differences.declinedShare() * 100 << "%";
    // Names are matched by ASCII letters alone; the pools are full of others.
    QVERIFY(differences.declinedShare() < (symbol.startsWith("name") ? 0.8 : 0.5));
}

void TestScalars::textInAgrees_data()
{
    QTest::addColumn<uint>("oid");
    QTest::addColumn<QString>("type");
    for (const auto &row :
         m_oracle.rows("SELECT oid, typname FROM pg_type WHERE typnamespace = 'pg_catalog'::regnamespace "
                       "AND typtype = 'b' ORDER BY oid")) {
        Pools pools(1);
        if (pools.knows(row[1]))
            QTest::newRow(row[1].c_str()) << static_cast<uint>(std::stoul(row[0])) << QString::fromStdString(row[1]);
    }
}

void TestScalars::textInAgrees()
{
    QFETCH(uint, oid);
    QFETCH(QString, type);
    static const std::vector<std::string> kOdd{"",
                                               " ",
                                               "1",
                                               " 1 ",
                                               "+1",
                                               "-1",
                                               "--1",
                                               "1.",
                                               ".5",
                                               "-.5",
                                               ".",
                                               "1e5",
                                               "1e",
                                               "1e+",
                                               "1e-5",
                                               "1E5 ",
                                               "1e 5",
                                               "0x10",
                                               "1_000",
                                               "nan",
                                               " NaN ",
                                               "+nan",
                                               "-nan",
                                               "inf",
                                               "+inf",
                                               "-Inf",
                                               "infinity",
                                               "Infinityx",
                                               "1 2",
                                               "1x",
                                               "99999999999999999999999",
                                               "-99999999999999999999999",
                                               "9999999999999x",
                                               "1e400",
                                               "-1e400",
                                               "1e-400",
                                               "1e99999999999",
                                               "t",
                                               "TRUE",
                                               "tru",
                                               "truex",
                                               "yes",
                                               "n",
                                               "of",
                                               "off",
                                               "{1,2}",
                                               "{1,2",
                                               "{a,\"b c\",NULL,null,\"NULL\"}",
                                               "{{1,2},{3}}",
                                               "{{1},{2}}",
                                               "[2:3]={1,2}",
                                               "[1:2]={1,2,3}",
                                               "{,}",
                                               "{1,}",
                                               "{}",
                                               "{{}}",
                                               " {1} ",
                                               "{1}x",
                                               "{\"a\"b}",
                                               "{a\\,b}",
                                               "\\x4",
                                               "\\xzz",
                                               "\\",
                                               "a\\b",
                                               "[a]={1}",
                                               "[1:0]={}",
                                               "{1,{2}}",
                                               "{{1},2}",
                                               "{ a b , c }",
                                               "{{{{{{{1}}}}}}}",
                                               "[1]={7}",
                                               "[1:1]{7}",
                                               "e10",
                                               "1e1e1",
                                               "0e0",
                                               "00012.500",
                                               "-0",
                                               "-0.0",
                                               "1.5e-3",
                                               "1e16384",
                                               "1e-16383",
                                               "1e-16384",
                                               "1e131072",
                                               "9e131071",
                                               "\t5\n",
                                               "1\v",
                                               "1e5x",
                                               "-",
                                               "+",
                                               "+.",
                                               "1..2",
                                               "1.2.3",
                                               "nan(1)",
                                               "0b1"};
    Pools pools(7);
    Differences differences(m_oracle);
    const std::string name = "pg_catalog." + postgres::quoteIdentifier(type.toStdString());
    const auto add = [&](const std::string &text) {
        const TypedArgument argument{oid, name, text};
        differences.add(literal(argument), readBack(argument));
    };

    for (const auto &text : kOdd)
        add(text);
    for (int i = 0; i < casesPerFunction() * 5; ++i)
        add(pools.pick(type.toStdString()));

    QCOMPARE(differences.settle(type.toUtf8().constData()), 0);
}

void TestScalars::typmodsAgree_data()
{
    QTest::addColumn<uint>("oid");
    QTest::addColumn<QString>("type");
    QTest::addColumn<QString>("input");
    QTest::newRow("numeric") << 1700u << "numeric"
                             << "numeric_in";
    QTest::newRow("varchar") << 1043u << "varchar"
                             << "varcharin";
    QTest::newRow("bpchar") << 1042u << "bpchar"
                            << "bpcharin";
    QTest::newRow("numeric[]") << 1231u << "_numeric"
                               << "";
}

void TestScalars::typmodsAgree()
{
    QFETCH(uint, oid);
    QFETCH(QString, type);
    QFETCH(QString, input);
    Pools pools(21);
    Differences differences(m_oracle);

    for (int i = 0; i < casesPerFunction() * 10; ++i) {
        const std::string text = pools.pick(type.toStdString());
        const bool numeric = type.endsWith("numeric");
        const std::int32_t typmod =
            numeric ? randomNumericTypmod(pools) : static_cast<std::int32_t>(5 + pools.below(8));
        const std::string ours = readBack({oid, type.toStdString(), text}, typmod);
        if (type == "_numeric")
            differences.add("pg_catalog.anyarray_out(pg_catalog.array_in(" + postgres::quoteLiteral(text) +
                                "::cstring, 1700, " + std::to_string(typmod) + "))",
                            ours);
        else
            differences.add("pg_catalog." + input.toStdString() + "(" + postgres::quoteLiteral(text) +
                                "::cstring, 0, " + std::to_string(typmod) + ")",
                            ours);
    }

    QCOMPARE(differences.settle(type.toUtf8().constData()), 0);
}

void TestScalars::orderAgrees_data() { textInAgrees_data(); }

/// The btree order, hashes of equals, and copies.
void TestScalars::orderAgrees()
{
    QFETCH(uint, oid);
    QFETCH(QString, type);
    if (!runtime::findCompare(oid))
        QSKIP("the type has no order");
    Pools pools(31);
    Differences differences(m_oracle);
    const std::string name = "pg_catalog." + postgres::quoteIdentifier(type.toStdString());

    for (int i = 0; i < casesPerFunction() * 5; ++i) {
        const TypedArgument a{oid, name, pools.pick(type.toStdString())};
        TypedArgument b{oid, name, pools.below(4) ? pools.pick(type.toStdString()) : *a.text};
        const std::string ours = compareValues(a, b);
        differences.add("(SELECT CASE WHEN x < y THEN -1 WHEN x > y THEN 1 ELSE 0 END FROM (SELECT " + literal(a) +
                            " x, " + literal(b) + " y) v)",
                        ours);
    }

    QCOMPARE(differences.settle(type.toUtf8().constData()), 0);
}

QTEST_APPLESS_MAIN(TestScalars)
#include "tst_scalars.moc"
