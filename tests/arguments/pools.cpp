#include "arguments/pools.h"

#include "arguments/patterns.h"

#include <bit>
#include <cstdio>
#include <map>

namespace sqlgym::tests {

namespace {

const std::map<std::string, std::vector<std::string>> kBoundaries{
    {"bool", {"t", "f", "true", " no ", "x", "on", "o", ""}},
    {"int2",
     {"0", "1", "-1", "2", "3", "7", "-7", "10", "100", "32767", "-32768", "-32767", "16384", "181", "15", "16"}},
    {"int4", {"0",     "1",          "-1",          "2",           "3",          "-3",       "5",    "7",
              "10",    "-10",        "31",          "32",          "33",         "100",      "1000", "65536",
              "46341", "2147483647", "-2147483648", "-2147483647", "1073741824", "123456789"}},
    {"int8",
     {"0",
      "1",
      "-1",
      "2",
      "3",
      "-3",
      "10",
      "63",
      "64",
      "1000",
      "2147483647",
      "2147483648",
      "-2147483648",
      "-2147483649",
      "4294967296",
      "3037000500",
      "9223372036854775807",
      "-9223372036854775808",
      "-9223372036854775807",
      "1000000000000000000"}},
    {"oid", {"0", "1", "23", "4294967295", "2147483648", "65535"}},
    {"numeric",
     {"0",
      "0.0",
      "0.00",
      "1",
      "-1",
      "1.0",
      "1.00",
      "2",
      "2.5",
      "-2.5",
      "3.5",
      "0.5",
      "-0.5",
      "0.05",
      "0.005",
      "1.005",
      "9.995",
      "0.1",
      "0.9",
      "1.1",
      "0.95",
      "1.05",
      "10",
      "100",
      "1000",
      "9999",
      "10000",
      "10001",
      "99999",
      "0.0001",
      "0.00001",
      "123.456",
      "-123.45",
      "1234567.89",
      "1e10",
      "1e15",
      "1e-10",
      "1e-20",
      "1e30",
      "NaN",
      "Infinity",
      "-Infinity",
      "9223372036854775807",
      "9223372036854775808",
      "-9223372036854775808",
      "-9223372036854775809",
      "2147483647.5",
      "2147483647.49",
      "-2147483648.5",
      "32767.5",
      "32767.4",
      "-32768.5",
      "0.000000000000000001",
      "1.000000000000000000001",
      "99999999999999999999.999999",
      "1e18",
      "1e19",
      "0.33333333333333333333",
      "3",
      "7",
      "-7",
      "12",
      "0.3",
      "6",
      "1.5"}},
    {"float8",
     {"0",
      "-0",
      "1",
      "-1",
      "0.5",
      "1.5",
      "2.5",
      "-2.5",
      "0.1",
      "0.2",
      "0.3",
      "1e15",
      "1e14",
      "1e-4",
      "1e-5",
      "1e100",
      "1e308",
      "1.7976931348623157e308",
      "5e-324",
      "2.2250738585072014e-308",
      "1e-300",
      "NaN",
      "Infinity",
      "-Infinity",
      "2147483647",
      "2147483647.5",
      "-2147483648.5",
      "9223372036854775807",
      "-9223372036854775808",
      "32767.5",
      "123456.789",
      "1e22",
      "1e23",
      "9007199254740993",
      "4.35",
      "100",
      "1024",
      "3",
      "10",
      "0.7",
      "5.684341886080801e-14",
      "9.5367431640625e-07",
      "1e16",
      "2e16"}},
    {"float4", {"0",        "-0",       "1",         "-1",           "0.5",        "1.5",
                "2.5",      "0.1",      "0.3",       "1e6",          "1e5",        "123456.7",
                "16777217", "1e-4",     "1e-5",      "3.4028235e38", "1e-45",      "1.17549435e-38",
                "NaN",      "Infinity", "-Infinity", "32767.5",      "2147483647", "9e18",
                "7"}},
    {"text",
     {"",
      "a",
      "A",
      "abc",
      "ABC",
      "abcabc",
      " abc ",
      "  ",
      "x",
      "0",
      "hello world",
      "Hello, WORLD's end",
      "a,b,c",
      "a\\b",
      "it's",
      "\"q\"",
      "ñandú",
      "ÄÖÜß",
      "日本語テキスト",
      "😀 smile 😀",
      "e\xCC\x81",
      "ǆ",
      "ﬁ",
      "İstanbul",
      "ς",
      "tab\tnew\nline",
      "aXbXc",
      "xyxyx",
      "NULL",
      "select",
      "user",
      "a b",
      "1abc",
      "_a",
      "ab%c_d",
      "100%",
      "foo.bar",
      "שלום עולם",
      "مرحبا",
      "👩\xE2\x80\x8D👩\xE2\x80\x8D👧",
      "a\xCC\x81\xCC\xA3",
      "\xE2\x80\x8Bzero",
      "\xEF\xBF\xBD",
      "\xF4\x8F\xBF\xBF",
      "Ⅷ ⅷ ŉ ǅ",
      "ΑΣ ΟΔΥΣΣΕΥΣ",
      "straße STRASSE",
      "ıİiI",
      "\x7F\x01",
      "Å Å Å",
      "01/02/2003",
      "12:30",
      "3.14",
      "{1,2}",
      "[1,2]",
      "true",
      "$5",
      "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"}},
    {"varchar", {"", "a", "abc", "abc  ", "héllo", "x y z"}},
    {"bpchar", {"", "a", "a  ", "abc", "abc   ", "é  ", "  x "}},
    {"name", {"", "a", "abc", "pg_class", "Ünïcode", "select"}},
    {"char", {"", "a", "Z", "\\101", "\\377", " ", "7"}},
    {"bytea", {"", "\\x", "\\x00", "\\x616263", "\\xff00ff", "abc", "a\\000b", "\\x68656c6c6f", "\\xe9", "a\\\\b"}},
    {"uuid",
     {"00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff",
      "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11", "{A0EEBC99-9C0B4EF8-BB6D6BB9-BD380A11}",
      "a0eebc999c0b4ef8bb6d6bb9bd380a12", "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a1", "x"}},
    {"_int4",
     {"{}", "{1}", "{1,2,3}", "{3,2,1}", "{1,NULL,3}", "{NULL}", "{{1,2},{3,4}}", "[0:2]={1,2,3}", "{1,2}", "{{1},{2}}",
      "{1,1,2,2}", "{5,4,3,2,1}", "[2:3][-1:0]={{1,2},{3,4}}"}},
    {"_text", {"{}", "{a}", "{a,b,c}", "{NULL,a}", "{\"\",\"a b\"}", "{{a,b},{c,d}}", "{a,NULL,c}", "{c,b,a}"}},
    {"_float8", {"{}", "{1,2.5}", "{NaN}", "{-0,0}", "{1,NULL}", "{1,5,10}"}},
    {"_numeric", {"{}", "{1.0,1.00}", "{1.50,NULL}", "{NaN,1}", "{1}"}},
};

} // namespace

bool Pools::knows(const std::string &typname) const
{
    return momentPool(typname) || patternPool(typname) || typname == "regex" || typname == "regex subject" ||
           kBoundaries.count(typname) > 0;
}

std::string Pools::randomInteger(int bits)
{
    const int width = 1 + static_cast<int>(below(static_cast<std::size_t>(bits)));
    std::uniform_int_distribution<std::uint64_t> any;
    const auto v = static_cast<std::int64_t>(any(m_random));
    return std::to_string(v >> (64 - width));
}

std::string Pools::randomNumeric()
{
    const auto digits = [&](std::size_t n) {
        std::string s;
        for (std::size_t i = 0; i < n; ++i)
            s += static_cast<char>('0' + (below(4) == 0 ? below(2) * 9 : below(10)));
        return s;
    };
    const std::size_t huge = below(40) == 0 ? 60 : 12;
    std::string text = below(3) == 0 ? "-" : "";
    text += digits(1 + below(below(2) ? 4 : huge));
    if (below(4))
        text += "." + digits(1 + below(below(2) ? 3 : huge));
    if (below(12) == 0)
        text += "e" + std::to_string(static_cast<int>(below(60)) - 30);
    return text;
}

std::string Pools::randomFloat(bool single)
{
    char buffer[64];
    std::uniform_int_distribution<std::uint64_t> any;
    switch (below(3)) {
    case 0:
        std::snprintf(buffer, sizeof buffer, "%.17g",
                      single ? static_cast<double>(std::bit_cast<float>(static_cast<std::uint32_t>(any(m_random))))
                             : std::bit_cast<double>(any(m_random)));
        return std::string(buffer).find("nan") == std::string::npos ? buffer : "NaN";
    case 1:
        std::snprintf(buffer, sizeof buffer, "%.17g", (std::uniform_real_distribution<double>(-1000, 1000))(m_random));
        return buffer;
    default:
        return randomNumeric();
    }
}

std::string Pools::randomDate()
{
    char buffer[40];
    const int year = below(8) ? 1990 + static_cast<int>(below(45)) : 1 + static_cast<int>(below(3000));
    std::snprintf(buffer, sizeof buffer, "%04d-%02d-%02d", year, 1 + static_cast<int>(below(12)),
                  1 + static_cast<int>(below(below(8) ? 28 : 31)));
    return buffer + std::string(below(25) ? "" : " BC");
}

std::string Pools::randomTime()
{
    char buffer[40];
    std::snprintf(buffer, sizeof buffer, "%02d:%02d:%02d", static_cast<int>(below(24)), static_cast<int>(below(60)),
                  static_cast<int>(below(60)));
    std::string text = buffer;
    if (below(3) == 0) {
        text += '.';
        for (std::size_t n = 1 + below(6); n > 0; --n)
            text += static_cast<char>('0' + below(10));
    }
    return text;
}

std::string Pools::randomInterval()
{
    static const std::vector<std::string> kUnits{"year",  "years",   "mons", "month",   "weeks", "days", "day",
                                                 "hours", "minutes", "secs", "seconds", "ms",    "us",   "decades"};
    std::string text;
    for (std::size_t n = 1 + below(3); n > 0; --n) {
        text += below(4) ? "" : "-";
        text += std::to_string(below(below(3) ? 30 : 5000));
        if (below(4) == 0)
            text += "." + std::to_string(below(below(2) ? 10 : 10000));
        text += " " + oneOf(kUnits) + " ";
    }
    if (below(3) == 0)
        text += (below(4) ? "" : "-") + randomTime();
    return text;
}

std::string Pools::randomText()
{
    static const std::vector<std::string> kPieces{"a",  "b", "c",  "A",   "B",  " ", "x",  "é",  "Ж", "ж",
                                                  "日", "😀", "1",  "2",   ",",  ".", "%",  "_",  "'", "ß",
                                                  "ΐ",  "Σ", "ab", "abc", "\\", "-", "\n", "ａ", "K"};
    std::string text;
    for (std::size_t n = below(12); n > 0; --n)
        text += oneOf(kPieces);
    return text;
}

std::string Pools::pick(const std::string &typname)
{
    if (below(2)) {
        if (typname == "int2")
            return randomInteger(16);
        if (typname == "int4")
            return randomInteger(32);
        if (typname == "int8")
            return randomInteger(64);
        if (typname == "numeric")
            return randomNumeric();
        if (typname == "float8")
            return randomFloat(false);
        if (typname == "float4")
            return randomFloat(true);
        if (typname == "date")
            return randomDate();
        if (typname == "time")
            return randomTime();
        if (typname == "timetz")
            return randomTime() + (below(2) ? "+0" : "-0") + std::to_string(below(10)) + (below(3) ? "" : ":30");
        if (typname == "timestamp" || typname == "timestamptz") {
            const std::string date = randomDate();
            return date.size() > 10 ? date.substr(0, 10) + " " + randomTime() + " BC" : date + " " + randomTime();
        }
        if (typname == "interval")
            return randomInterval();
        if (typname == "date source" && below(2))
            return randomDate() + (below(2) ? " " + randomTime() : "");
        if (typname == "number source" && below(2))
            return randomNumeric();
        if (typname == "text" || typname == "varchar" || typname == "bpchar" || typname == "name")
            return randomText();
    }
    if (typname == "regex")
        return below(2) ? pick("usual regex") : randomRegex(*this, 3);
    if (typname == "regex subject")
        return below(2) ? pick("word") : regexSubject(*this);
    const bool isTemplate = typname.size() > 9 && typname.substr(typname.size() - 9) == " template";
    if (isTemplate && below(4) == 0)
        return pick(typname) + (below(2) ? " " : "") + pick(typname);
    const auto *named = momentPool(typname) ? momentPool(typname) : patternPool(typname);
    return oneOf(named ? *named : kBoundaries.at(typname));
}

} // namespace sqlgym::tests
