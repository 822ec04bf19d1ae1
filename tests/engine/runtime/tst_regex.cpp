// Regular expressions: patterns made at random, whole and broken, over texts made at random, against PostgreSQL.
#include "arguments/patterns.h"
#include "differences.h"

#include <QtTest>

using namespace sqlgym;
using namespace sqlgym::tests;

class TestRegex : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void spansAndGroups();
    void brokenPatterns();
    void usualPatterns();
    void functionsOfOptions_data();
    void functionsOfOptions();
    void similarTo();

private:
    TypedArgument text(Argument value) { return {25, "text", std::move(value)}; }
    TypedArgument number(std::int64_t value) { return {23, "int4", std::to_string(value)}; }
    void scalar(Differences &differences, const std::string &symbol, const std::string &function,
                const std::vector<TypedArgument> &arguments, value::Oid result);

    Oracle m_oracle;
};

namespace {

constexpr value::Oid kBool = 16;
constexpr value::Oid kInt4 = 23;
constexpr value::Oid kText = 25;
constexpr value::Oid kTextArray = 1009;

int rounds(int usual)
{
    const int asked = qEnvironmentVariableIntValue("SQLGYM_CASES");
    return asked > 0 ? asked : usual;
}

} // namespace

void TestRegex::initTestCase() { QVERIFY2(m_oracle.start(), m_oracle.whyNot().c_str()); }

void TestRegex::scalar(Differences &differences, const std::string &symbol, const std::string &function,
                       const std::vector<TypedArgument> &arguments, value::Oid result)
{
    std::string list;
    for (const auto &a : arguments)
        list += (list.empty() ? "" : ", ") + literal(a);
    differences.add(function + "(" + list + ")", callScalar(symbol, arguments, result, true));
}

void TestRegex::spansAndGroups()
{
    Pools pools(11);
    Differences differences(m_oracle);

    for (int i = 0; i < rounds(6000); ++i) {
        const auto pattern = text(randomRegex(pools, 3));
        const auto over = text(regexSubject(pools));
        scalar(differences, "textregexeq", "textregexeq", {over, pattern}, kBool);
        scalar(differences, "regexp_match_no_flags", "regexp_match", {over, pattern}, kTextArray);
        scalar(differences, "textregexreplace", "regexp_replace", {over, pattern, text("<\\&|\\1|\\2>"), text("g")},
               kText);
        scalar(differences, "textregexsubstr", "substring", {over, pattern}, kText);
    }

    QCOMPARE(differences.settle("spans and groups"), 0);
    QVERIFY(differences.declinedShare() < 0.02);
}

void TestRegex::brokenPatterns()
{
    static const std::vector<std::string> kPieces{
        "a",    "b",     "(",   ")",    "[",         "]",    "{",           "}",    "*",       "+",
        "?",    "|",     "^",   "$",    ".",         "\\",   "-",           ",",    "1",       "2",
        "(?:",  "(?",    "(?=", "[^",   "[:",        ":]",   "\\d",         "\\x6", "\\u0061", "\\1",
        "\\0",  "\\q",   "\\y", "[a-",  "{1",        "{1,",  "[[:alpha:]]", "(?i)", "é",       "\\\\",
        "(?<=", "(?#x)", "\\D", "[\\w", "[:digit:]", "\\cA", "\\B",         "(?n)", "(?z)",    "256}"};
    Pools pools(12);
    Differences differences(m_oracle);

    for (int i = 0; i < rounds(12000); ++i) {
        std::string pattern;
        for (std::size_t n = 1 + pools.below(6); n > 0; --n)
            pattern += pools.oneOf(kPieces);
        const auto over = text(pools.below(2) ? regexSubject(pools) : pattern);
        scalar(differences, "texticregexeq", "texticregexeq", {over, text(pattern)}, kBool);
        scalar(differences, "regexp_match_no_flags", "regexp_match", {over, text(pattern)}, kTextArray);
    }

    QCOMPARE(differences.settle("broken patterns"), 0);
    QVERIFY(differences.declinedShare() < 0.1);
}

void TestRegex::usualPatterns()
{
    static const std::vector<std::string> kPatterns{"^\\d+$",
                                                    "^[A-Za-z]+$",
                                                    "^[a-z0-9._%+-]+@[a-z0-9.-]+\\.[a-z]{2,}$",
                                                    "(\\d+)-(\\d+)",
                                                    "\\s+",
                                                    "[^0-9]",
                                                    "[[:space:]]+",
                                                    "^a.*z$",
                                                    "(foo|bar)baz",
                                                    "\\mword\\M",
                                                    "^(\\w+)\\s+(\\w+)$",
                                                    "[aeiou]",
                                                    "([a-z])([A-Z])",
                                                    "^.{3}",
                                                    "(.*?),(.*)",
                                                    "[[:punct:]]",
                                                    "^$",
                                                    "\\.",
                                                    "(?i)HELLO",
                                                    "[^[:alnum:]]",
                                                    "(\\w)(\\w)",
                                                    "x*",
                                                    ",",
                                                    "^\\s*(.*?)\\s*$",
                                                    "[À-ÿ]",
                                                    "[[:upper:]]",
                                                    "\\W",
                                                    "a|b|c",
                                                    "(a)(b)?",
                                                    "^[^@]+"};
    Pools pools(13);
    Differences differences(m_oracle);

    for (const auto &pattern : kPatterns) {
        for (int i = 0; i < 25; ++i) {
            static const std::vector<std::string> kTexts{"12-34 and 56-78",
                                                         "hello world",
                                                         "Hello, World!",
                                                         "john.doe@example.com",
                                                         "a,b,c",
                                                         "",
                                                         "  padded  ",
                                                         "camelCaseText",
                                                         "foobaz barbaz",
                                                         "word swords word",
                                                         "ÀÉÎ õ ü",
                                                         "line one\nline two",
                                                         "abz",
                                                         "42",
                                                         "x@y",
                                                         "a1b2c3"};
            const auto over = text(pools.below(3) ? pools.oneOf(kTexts) : pools.pick("text"));
            scalar(differences, "textregexeq", "textregexeq", {over, text(pattern)}, kBool);
            scalar(differences, "texticregexne", "texticregexne", {over, text(pattern)}, kBool);
            scalar(differences, "regexp_match_no_flags", "regexp_match", {over, text(pattern)}, kTextArray);
            scalar(differences, "textregexreplace", "regexp_replace", {over, text(pattern), text("[\\1]"), text("g")},
                   kText);
            scalar(differences, "textregexreplace_noopt", "regexp_replace", {over, text(pattern), text("\\\\\\&\\x\\")},
                   kText);
            scalar(differences, "regexp_split_to_array_no_flags", "regexp_split_to_array", {over, text(pattern)},
                   kTextArray);
            const std::vector<TypedArgument> arguments{over, text(pattern), text("g")};
            differences.addQuery("SELECT regexp_matches(" + literal(over) + ", " + literal(text(pattern)) + ", 'g')",
                                 callSet("regexp_matches", arguments, kTextArray));
            differences.addQuery("SELECT regexp_split_to_table(" + literal(over) + ", " + literal(text(pattern)) + ")",
                                 callSet("regexp_split_to_table_no_flags", {over, text(pattern)}, kText));
        }
    }

    QCOMPARE(differences.settle("usual patterns"), 0);
    QCOMPARE(differences.declinedShare(), 0.0);
}

void TestRegex::functionsOfOptions_data()
{
    QTest::addColumn<QString>("symbol");
    QTest::addColumn<QString>("function");
    QTest::addColumn<QString>(
        "types"); // t text, p pattern, f flags, s start, n count, e end option, x group, r replacement
    QTest::addColumn<uint>("result");

    const auto row = [](const char *symbol, const char *function, const char *types, value::Oid result) {
        QTest::newRow(symbol) << QString(symbol) << QString(function) << QString(types) << uint{result};
    };
    row("regexp_like", "regexp_like", "tpf", kBool);
    row("regexp_like_no_flags", "regexp_like", "tp", kBool);
    row("regexp_count", "regexp_count", "tpsf", kInt4);
    row("regexp_count_no_flags", "regexp_count", "tps", kInt4);
    row("regexp_count_no_start", "regexp_count", "tp", kInt4);
    row("regexp_instr", "regexp_instr", "tpsnefx", kInt4);
    row("regexp_instr_no_subexpr", "regexp_instr", "tpsnef", kInt4);
    row("regexp_instr_no_flags", "regexp_instr", "tpsne", kInt4);
    row("regexp_instr_no_endoption", "regexp_instr", "tpsn", kInt4);
    row("regexp_instr_no_n", "regexp_instr", "tps", kInt4);
    row("regexp_instr_no_start", "regexp_instr", "tp", kInt4);
    row("regexp_substr", "regexp_substr", "tpsnfx", kText);
    row("regexp_substr_no_subexpr", "regexp_substr", "tpsnf", kText);
    row("regexp_substr_no_flags", "regexp_substr", "tpsn", kText);
    row("regexp_substr_no_n", "regexp_substr", "tps", kText);
    row("regexp_substr_no_start", "regexp_substr", "tp", kText);
    row("textregexreplace", "regexp_replace", "tprf", kText);
    row("textregexreplace_extended", "regexp_replace", "tprsnf", kText);
    row("textregexreplace_extended_no_flags", "regexp_replace", "tprsn", kText);
    row("textregexreplace_extended_no_n", "regexp_replace", "tprs", kText);
    row("regexp_match", "regexp_match", "tpf", kTextArray);
    row("regexp_split_to_array", "regexp_split_to_array", "tpf", kTextArray);
}

void TestRegex::functionsOfOptions()
{
    QFETCH(QString, symbol);
    QFETCH(QString, function);
    QFETCH(QString, types);
    QFETCH(uint, result);
    static const std::vector<std::string> kFlags{"",  "g", "i", "n",  "p", "w", "s", "ig",
                                                 "c", "z", "1", "in", "m", "t", "é"};
    Pools pools(static_cast<unsigned>(qHash(symbol, 0)));
    Differences differences(m_oracle);

    for (int i = 0; i < 500; ++i) {
        std::vector<TypedArgument> arguments;
        for (const QChar type : types) {
            switch (type.toLatin1()) {
            case 't':
                arguments.push_back(text(regexSubject(pools)));
                break;
            case 'p':
                arguments.push_back(text(randomRegex(pools, 2)));
                break;
            case 'f':
                arguments.push_back(text(pools.oneOf(kFlags)));
                break;
            case 'r':
                arguments.push_back(text(pools.oneOf({"x", "\\1", "[\\&]", "\\2\\1", "", "\\", "\\9"})));
                break;
            default:
                arguments.push_back(number(static_cast<std::int64_t>(pools.below(5)) - (pools.below(10) == 0 ? 2 : 0)));
            }
        }
        scalar(differences, symbol.toStdString(), function.toStdString(), arguments, result);
    }

    QCOMPARE(differences.settle(symbol.toUtf8().constData()), 0);
}

void TestRegex::similarTo()
{
    static const std::vector<std::string> kPieces{"a",   "b", "%",   "_",    "|",    "(",  ")", "*",
                                                  "+",   "?", "{2}", "[ab]", "[^a]", "\\", "#", "\"",
                                                  "#\"", "^", "$",   ".",    "é",    "[",  "]"};
    Pools pools(14);
    Differences differences(m_oracle);

    for (int i = 0; i < rounds(4000); ++i) {
        std::string pattern;
        for (std::size_t n = pools.below(6); n > 0; --n)
            pattern += pools.oneOf(kPieces);
        const auto over = text(regexSubject(pools));
        const auto escape = text(pools.oneOf({"#", "\\", "", "ab", "é"}));
        scalar(differences, "similar_to_escape_1", "similar_to_escape", {text(pattern)}, kText);
        scalar(differences, "similar_to_escape_2", "similar_to_escape", {text(pattern), escape}, kText);
        scalar(differences, "sql:substring(text,text,text)", "pg_catalog.substring", {over, text(pattern), escape},
               kText);
        const std::string ours = callScalar("similar_to_escape_1", {text(pattern)}, kText, true);
        if (ours[0] == '=')
            differences.add(literal(over) + " SIMILAR TO " + literal(text(pattern)),
                            callScalar("textregexeq", {over, text(ours.substr(1))}, kBool, true));
    }

    QCOMPARE(differences.settle("similar to"), 0);
}

QTEST_APPLESS_MAIN(TestRegex)
#include "tst_regex.moc"
