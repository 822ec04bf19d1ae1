// Functions of any type, of any number of arguments, and of many rows, against PostgreSQL.
#include "arguments/pools.h"
#include "differences.h"

#include <QtTest>

using namespace sqlgym;
using namespace sqlgym::tests;

class TestPolymorphic : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void agreesWithPostgres_data();
    void agreesWithPostgres();
    void seriesEndAtTheTypesBounds();
    void formatAgrees();
    void literalsOfOddShapes();

private:
    TypedArgument typed(const QString &typname, Argument text);

    Oracle m_oracle;
    std::map<QString, value::Oid> m_oids;
};

namespace {

enum Kind { Scalar, Strict, Set };

struct Spec {
    const char *symbol;
    const char *function;
    Kind kind;
    const char *types;
    const char *result;
};

constexpr Spec kSpecs[] = {
    {"to_json", "to_json", Strict, "bool", "json"},
    {"to_jsonb", "to_jsonb", Strict, "bool", "jsonb"},
    {"to_json", "to_json", Strict, "int4", "json"},
    {"to_jsonb", "to_jsonb", Strict, "int4", "jsonb"},
    {"to_json", "to_json", Strict, "int8", "json"},
    {"to_jsonb", "to_jsonb", Strict, "int8", "jsonb"},
    {"to_json", "to_json", Strict, "numeric", "json"},
    {"to_jsonb", "to_jsonb", Strict, "numeric", "jsonb"},
    {"to_json", "to_json", Strict, "float8", "json"},
    {"to_jsonb", "to_jsonb", Strict, "float8", "jsonb"},
    {"to_json", "to_json", Strict, "float4", "json"},
    {"to_jsonb", "to_jsonb", Strict, "float4", "jsonb"},
    {"to_json", "to_json", Strict, "text", "json"},
    {"to_jsonb", "to_jsonb", Strict, "text", "jsonb"},
    {"to_json", "to_json", Strict, "bpchar", "json"},
    {"to_jsonb", "to_jsonb", Strict, "bpchar", "jsonb"},
    {"to_json", "to_json", Strict, "date", "json"},
    {"to_jsonb", "to_jsonb", Strict, "date", "jsonb"},
    {"to_json", "to_json", Strict, "time", "json"},
    {"to_jsonb", "to_jsonb", Strict, "time", "jsonb"},
    {"to_json", "to_json", Strict, "timetz", "json"},
    {"to_jsonb", "to_jsonb", Strict, "timetz", "jsonb"},
    {"to_json", "to_json", Strict, "timestamp", "json"},
    {"to_jsonb", "to_jsonb", Strict, "timestamp", "jsonb"},
    {"to_json", "to_json", Strict, "timestamptz", "json"},
    {"to_jsonb", "to_jsonb", Strict, "timestamptz", "jsonb"},
    {"to_json", "to_json", Strict, "interval", "json"},
    {"to_jsonb", "to_jsonb", Strict, "interval", "jsonb"},
    {"to_json", "to_json", Strict, "json", "json"},
    {"to_jsonb", "to_jsonb", Strict, "json", "jsonb"},
    {"to_json", "to_json", Strict, "jsonb", "json"},
    {"to_jsonb", "to_jsonb", Strict, "jsonb", "jsonb"},
    {"to_json", "to_json", Strict, "uuid", "json"},
    {"to_jsonb", "to_jsonb", Strict, "uuid", "jsonb"},
    {"to_json", "to_json", Strict, "_int4", "json"},
    {"to_jsonb", "to_jsonb", Strict, "_int4", "jsonb"},
    {"to_json", "to_json", Strict, "_text", "json"},
    {"to_jsonb", "to_jsonb", Strict, "_text", "jsonb"},
    {"to_json", "to_json", Strict, "_numeric", "json"},
    {"to_jsonb", "to_jsonb", Strict, "_numeric", "jsonb"},
    {"to_json", "to_json", Strict, "_float8", "json"},
    {"to_jsonb", "to_jsonb", Strict, "_float8", "jsonb"},
    {"json_build_array", "json_build_array", Scalar, "int4 text _int4", "json"},
    {"jsonb_build_array", "jsonb_build_array", Scalar, "date numeric jsonb", "jsonb"},
    {"json_build_object", "json_build_object", Scalar, "text int4 int4 text", "json"},
    {"jsonb_build_object", "jsonb_build_object", Scalar, "text int4 date json", "jsonb"},
    {"json_build_object", "json_build_object", Scalar, "text int4 bool", "json"},
    {"json_build_object", "json_build_object", Scalar, "_int4 int4", "json"},
    {"json_array_elements", "json_array_elements", Set, "json", "json"},
    {"jsonb_array_elements", "jsonb_array_elements", Set, "jsonb", "jsonb"},
    {"json_object_keys", "json_object_keys", Set, "json", "text"},
    {"jsonb_object_keys", "jsonb_object_keys", Set, "jsonb", "text"},
    {"json_array_elements_text", "json_array_elements_text", Set, "json", "text"},
    {"jsonb_array_elements_text", "jsonb_array_elements_text", Set, "jsonb", "text"},
    {"json_extract_path", "json_extract_path", Strict, "json _text", "json"},
    {"json_extract_path_text", "json_extract_path_text", Strict, "json _text", "text"},
    {"jsonb_extract_path", "jsonb_extract_path", Strict, "jsonb _text", "jsonb"},
    {"jsonb_extract_path_text", "jsonb_extract_path_text", Strict, "jsonb _text", "text"},
    {"array_append", "array_append", Scalar, "_int4 int4", "_int4"},
    {"array_append", "array_append", Scalar, "_text text", "_text"},
    {"array_prepend", "array_prepend", Scalar, "int4 _int4", "_int4"},
    {"array_prepend", "array_prepend", Scalar, "numeric _numeric", "_numeric"},
    {"array_cat", "array_cat", Scalar, "_int4 _int4", "_int4"},
    {"array_cat", "array_cat", Scalar, "_text _text", "_text"},
    {"array_length", "array_length", Strict, "_int4 int4", "int4"},
    {"array_lower", "array_lower", Strict, "_int4 int4", "int4"},
    {"array_upper", "array_upper", Strict, "_int4 int4", "int4"},
    {"array_dims", "array_dims", Strict, "_int4", "text"},
    {"array_ndims", "array_ndims", Strict, "_text", "int4"},
    {"array_cardinality", "cardinality", Strict, "_text", "int4"},
    {"array_position", "array_position", Scalar, "_int4 int4", "int4"},
    {"array_position", "array_position", Scalar, "_text text", "int4"},
    {"array_position", "array_position", Scalar, "_numeric numeric", "int4"},
    {"array_position_start", "array_position", Scalar, "_int4 int4 int4", "int4"},
    {"array_positions", "array_positions", Scalar, "_int4 int4", "_int4"},
    {"array_remove", "array_remove", Scalar, "_int4 int4", "_int4"},
    {"array_remove", "array_remove", Scalar, "_float8 float8", "_float8"},
    {"array_replace", "array_replace", Scalar, "_int4 int4 int4", "_int4"},
    {"array_replace", "array_replace", Scalar, "_text text text", "_text"},
    {"trim_array", "trim_array", Strict, "_int4 int4", "_int4"},
    {"array_fill", "array_fill", Scalar, "int4 _int4", "_int4"},
    {"array_fill_with_lower_bounds", "array_fill", Scalar, "text _int4 _int4", "_text"},
    {"array_eq", "array_eq", Strict, "_int4 _int4", "bool"},
    {"array_ne", "array_ne", Strict, "_numeric _numeric", "bool"},
    {"array_lt", "array_lt", Strict, "_int4 _int4", "bool"},
    {"array_le", "array_le", Strict, "_text _text", "bool"},
    {"array_gt", "array_gt", Strict, "_float8 _float8", "bool"},
    {"array_ge", "array_ge", Strict, "_int4 _int4", "bool"},
    {"array_larger", "array_larger", Strict, "_int4 _int4", "_int4"},
    {"array_smaller", "array_smaller", Strict, "_numeric _numeric", "_numeric"},
    {"arraycontains", "arraycontains", Strict, "_int4 _int4", "bool"},
    {"arraycontains", "arraycontains", Strict, "_numeric _numeric", "bool"},
    {"arraycontained", "arraycontained", Strict, "_text _text", "bool"},
    {"arrayoverlap", "arrayoverlap", Strict, "_int4 _int4", "bool"},
    {"array_to_text", "array_to_string", Strict, "_int4 text", "text"},
    {"array_to_text", "array_to_string", Strict, "_float8 text", "text"},
    {"array_to_text_null", "array_to_string", Scalar, "_text text text", "text"},
    {"text_to_array", "string_to_array", Scalar, "text text", "_text"},
    {"text_to_array_null", "string_to_array", Scalar, "text text text", "_text"},
    {"text_to_table", "string_to_table", Set, "text text", "text"},
    {"text_to_table_null", "string_to_table", Set, "text text text", "text"},
    {"text_concat", "concat", Scalar, "text int4 bool", "text"},
    {"text_concat", "concat", Scalar, "numeric float8 bpchar _int4 uuid", "text"},
    {"text_concat_ws", "concat_ws", Scalar, "text int4 text bool", "text"},
    {"sql:textanycat(text,anynonarray)", "textanycat", Strict, "text int4", "text"},
    {"sql:textanycat(text,anynonarray)", "textanycat", Strict, "text bool", "text"},
    {"sql:textanycat(text,anynonarray)", "textanycat", Strict, "text numeric", "text"},
    {"sql:anytextcat(anynonarray,text)", "anytextcat", Strict, "float8 text", "text"},
    {"sql:anytextcat(anynonarray,text)", "anytextcat", Strict, "bpchar text", "text"},
    {"sql:quote_literal(anyelement)", "quote_literal", Strict, "int4", "text"},
    {"sql:quote_literal(anyelement)", "quote_literal", Strict, "bool", "text"},
    {"sql:quote_nullable(anyelement)", "quote_nullable", Scalar, "numeric", "text"},
    {"pg_num_nulls", "num_nulls", Scalar, "int4 text bool", "int4"},
    {"pg_num_nonnulls", "num_nonnulls", Scalar, "int4 text", "int4"},
    {"width_bucket_array", "width_bucket", Strict, "int4 _int4", "int4"},
    {"width_bucket_array", "width_bucket", Strict, "numeric _numeric", "int4"},
    {"width_bucket_array", "width_bucket", Strict, "float8 _float8", "int4"},
    {"generate_series_int4", "generate_series", Set, "int4 int4", "int4"},
    {"generate_series_step_int4", "generate_series", Set, "int4 int4 int4", "int4"},
    {"generate_series_int8", "generate_series", Set, "int8 int8", "int8"},
    {"generate_series_step_int8", "generate_series", Set, "int8 int8 int8", "int8"},
    {"generate_series_numeric", "generate_series", Set, "numeric numeric", "numeric"},
    {"generate_series_step_numeric", "generate_series", Set, "numeric numeric numeric", "numeric"},
    {"array_unnest", "unnest", Set, "_int4", "int4"},
    {"array_unnest", "unnest", Set, "_text", "text"},
    {"generate_subscripts", "generate_subscripts", Set, "_int4 int4 bool", "int4"},
    {"generate_subscripts_nodir", "generate_subscripts", Set, "_text int4", "int4"},
};

/// Series of a bounded length, and small dimensions.
Argument tamed(const std::string &symbol, std::size_t index, Argument text, Pools &pools)
{
    static const std::vector<std::string> kWhole{"0", "1", "-1", "3", "10", "-7", "12"};
    static const std::vector<std::string> kNumeric{"0", "1.5", "-2.25", "4", "0.1", "3.00", "NaN", "Infinity", "1e3"};
    static const std::vector<std::string> kStep{"1", "2", "-3", "0.5", "-0.25", "0", "NaN", "-Infinity", "100"};
    static const std::vector<std::string> kShapes{
        "{}", "{2}", "{2,2}", "{0}", "{-1}", "{1,NULL}", "{100000,100000}", "{{1}}", "{1,1,1,1,1,1,1}", "{3}"};
    static const std::vector<std::string> kSeparators{",", "", "b", "ab", " ", "a"};
    if (!text)
        return text;
    if (symbol.rfind("generate_series", 0) == 0) {
        if (symbol.find("numeric") != std::string::npos)
            return pools.oneOf(index == 2 ? kStep : kNumeric);
        return pools.oneOf(kWhole);
    }
    if (symbol.rfind("array_fill", 0) == 0 && index >= 1)
        return pools.oneOf(kShapes);
    if (symbol == "trim_array" && index == 1)
        return pools.oneOf(kWhole);
    if ((symbol.rfind("text_to_", 0) == 0 || symbol.rfind("array_to_text", 0) == 0) && index >= 1)
        return pools.oneOf(kSeparators);
    if (index >= 1 && pools.below(2) && (*text)[0] != '{' && (*text)[0] != '[')
        return std::to_string(static_cast<int>(pools.below(6)) - 1);
    return text;
}

} // namespace

void TestPolymorphic::initTestCase()
{
    QVERIFY2(m_oracle.start(), m_oracle.whyNot().c_str());
    for (const auto &row :
         m_oracle.rows("SELECT typname, oid FROM pg_type WHERE typnamespace = 'pg_catalog'::regnamespace"))
        m_oids[QString::fromStdString(row[0])] = static_cast<value::Oid>(std::stoul(row[1]));
}

TypedArgument TestPolymorphic::typed(const QString &typname, Argument text)
{
    return {m_oids[typname], "pg_catalog." + postgres::quoteIdentifier(typname.toStdString()), std::move(text)};
}

void TestPolymorphic::agreesWithPostgres_data()
{
    QTest::addColumn<int>("index");
    int index = 0;
    for (const Spec &spec : kSpecs)
        QTest::newRow((std::string(spec.symbol) + " " + spec.types).c_str()) << index++;
}

void TestPolymorphic::agreesWithPostgres()
{
    QFETCH(int, index);
    const Spec &spec = kSpecs[index];
    Pools pools(static_cast<unsigned>(index) + 100);
    Differences differences(m_oracle);
    const value::Oid result = m_oids[spec.result];

    for (int i = 0; i < 200; ++i) {
        std::vector<TypedArgument> arguments;
        std::string list;
        bool anyNull = false;
        for (const QString &type : QString(spec.types).split(' ')) {
            Argument text;
            if (pools.below(12))
                text = tamed(spec.symbol, arguments.size(), pools.pick(type.toStdString()), pools);
            anyNull = anyNull || !text;
            arguments.push_back(typed(type, text));
            const bool gathered = type == "_text" && std::string(spec.symbol).find("extract_path") != std::string::npos;
            list += std::string(list.empty() ? "" : ", ") + (gathered ? "VARIADIC " : "") + literal(arguments.back());
        }
        const std::string call = std::string("pg_catalog.") + spec.function + "(" + list + ")";
        if (spec.kind != Set)
            differences.add(call, callScalar(spec.symbol, arguments, result, spec.kind == Strict));
        else if (!anyNull || std::string(spec.symbol).rfind("text_to_table", 0) == 0)
            differences.addQuery("SELECT " + call, callSet(spec.symbol, arguments, result));
    }

    QCOMPARE(differences.settle(spec.symbol), 0);
    // Some spellings of dates and times are declined, and halves of surrogate pairs in JSON.
    const bool hasMoments = QString(spec.types).contains("date") || QString(spec.types).contains("time");
    QVERIFY(differences.declinedShare() < (hasMoments ? 0.5 : 0.12));
}

void TestPolymorphic::seriesEndAtTheTypesBounds()
{
    Differences differences(m_oracle);
    const auto add = [&](const QString &type, const std::string &from, const std::string &to, const std::string &step) {
        const std::vector<TypedArgument> arguments{typed(type, from), typed(type, to), typed(type, step)};
        differences.addQuery("SELECT generate_series(" + literal(arguments[0]) + ", " + literal(arguments[1]) + ", " +
                                 literal(arguments[2]) + ")",
                             callSet("generate_series_step_" + type.toStdString(), arguments, m_oids[type]));
    };

    add("int4", "2147483645", "2147483647", "1");
    add("int4", "2147483640", "2147483647", "4");
    add("int4", "-2147483646", "-2147483648", "-1");
    add("int4", "-2147483641", "-2147483648", "-3");
    add("int8", "9223372036854775805", "9223372036854775807", "1");
    add("int8", "9223372036854775801", "9223372036854775807", "4");
    add("int8", "-9223372036854775806", "-9223372036854775808", "-1");
    add("int8", "0", "9223372036854775807", "9223372036854775807");

    QCOMPARE(differences.settle("series"), 0);
}

void TestPolymorphic::formatAgrees()
{
    static const std::vector<std::string> kPieces{
        "%s",    "%I",      "%L",     "%%",  "%1$s", "%2$I", "%3$L", "%-8s", "%8s", "%*s", "%-*s",
        "%*2$s", "%2$*1$s", "%",      "%1$", "%0$s", "%z",   "%*1s", "%12",  "abc", " é ", "%99999999999s",
        "%4$s",  "%--5L",   "%1$-6I", "%é"};
    Pools pools(5);
    Differences differences(m_oracle);

    for (int i = 0; i < 1500; ++i) {
        std::string text;
        for (std::size_t n = 1 + pools.below(3); n > 0; --n)
            text += pools.oneOf(kPieces);
        std::vector<TypedArgument> arguments{typed("text", text)};
        for (const char *type : {"int4", "text", "bool"}) {
            if (pools.below(6) == 0)
                break;
            Argument value = std::string(type) == "int4"   ? std::to_string(static_cast<int>(pools.below(20)) - 10)
                             : std::string(type) == "bool" ? "t"
                                                           : pools.pick(type);
            if (pools.below(6) == 0)
                value.reset();
            arguments.push_back(typed(type, value));
        }
        std::string list;
        for (const auto &a : arguments)
            list += (list.empty() ? "" : ", ") + literal(a);
        differences.add("format(" + list + ")", callScalar(arguments.size() > 1 ? "text_format" : "text_format_nv",
                                                           arguments, m_oids["text"], false));
    }

    QCOMPARE(differences.settle("format"), 0);
}

void TestPolymorphic::literalsOfOddShapes()
{
    static const std::vector<std::string> kPieces{"{", "}", ",", "\"", "\\", " ",     "1", "a",  "NULL",   "null",
                                                  "[", "]", ":", "=",  "2",  "{1,2}", "-", "{}", "[1:2]=", "\"\""};
    Pools pools(9);
    Differences differences(m_oracle);

    for (int i = 0; i < 6000; ++i) {
        std::string text = pools.below(5) ? "{" : "";
        for (std::size_t n = pools.below(9); n > 0; --n)
            text += pools.oneOf(kPieces);
        if (pools.below(4))
            text += "}";
        const TypedArgument argument = typed(i % 2 ? "_text" : "_int4", text);
        differences.add(literal(argument), readBack(argument));
    }

    QCOMPARE(differences.settle("array literals"), 0);
}

QTEST_APPLESS_MAIN(TestPolymorphic)
#include "tst_polymorphic.moc"
