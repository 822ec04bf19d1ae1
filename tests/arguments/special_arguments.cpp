#include "arguments/special_arguments.h"

#include <cctype>
#include <set>

namespace sqlgym::tests {

namespace {

/// Their answers are theirs alone, or a sequence's.
const std::set<std::string_view> kVolatile{"drandom",
                                           "gen_random_uuid",
                                           "now",
                                           "statement_timestamp",
                                           "clock_timestamp",
                                           "sql:age(timestamp)",
                                           "sql:age(timestamptz)",
                                           "nextval_oid",
                                           "currval_oid",
                                           "lastval",
                                           "setval_oid",
                                           "setval3_oid",
                                           "text_regclass",
                                           "pg_get_serial_sequence"};

} // namespace

bool answersAlone(std::string_view symbol) { return kVolatile.count(symbol) > 0; }

std::string specialPool(const std::string &symbol, std::size_t index)
{
    const auto starts = [&](const char *prefix) { return symbol.rfind(prefix, 0) == 0; };
    const auto ends = [&](const std::string &suffix) {
        return symbol.size() > suffix.size() && symbol.substr(symbol.size() - suffix.size()) == suffix;
    };
    if (ends("_to_char") && index == 1)
        return starts("time") || starts("interval") ? "date template" : "number template";
    if (symbol == "to_date" || symbol == "to_timestamp")
        return index ? "date template" : "date source";
    if (symbol == "numeric_to_number")
        return index ? "number template" : "number source";
    if ((ends("_zone") || symbol == "timestamptz_trunc_zone") && (index == 0 || index == 2))
        return index == 0 && ends("_trunc_zone") ? "unit" : "zone";
    if (index == 1 && (symbol == "jsonb_delete_path" || starts("jsonb_set") || symbol == "jsonb_insert"))
        return "json path";
    if (index == 4 && symbol == "jsonb_set_lax")
        return "null treatment";
    if (index == 0 && (starts("extract_") || ends("_part") || ends("_trunc") || starts("sql:date_part")))
        return "unit";
    if (symbol.find("regex") != std::string::npos) {
        if (index == 0)
            return "regex subject";
        if (index == 1)
            return "regex";
        return index == 2 && symbol.find("replace") != std::string::npos ? "replacement" : "regex flags";
    }
    if (starts("text_format") && index == 0)
        return "format";
    if ((starts("json_object_field") || starts("jsonb_object_field")) && index == 1)
        return "json key";
    return {};
}

std::int32_t randomNumericTypmod(Pools &pools)
{
    const auto precision = static_cast<std::int32_t>(1 + pools.below(pools.below(3) ? 8 : 40));
    const std::int32_t scale = static_cast<std::int32_t>(pools.below(12)) - 3;
    return ((precision << 16) | (scale & 0x7ff)) + 4;
}

Argument tamedArgument(const std::string &symbol, std::size_t index, Argument text, Pools &pools)
{
    static const std::vector<std::string> kLengths{"0",  "1",  "2",  "3",          "5",           "10",
                                                   "25", "-1", "-5", "2147483647", "-2147483648", "400"};
    const bool length =
        (symbol == "repeat" || symbol == "lpad" || symbol == "rpad" || symbol == "sql:lpad(text,int4)" ||
         symbol == "sql:rpad(text,int4)" || symbol == "bpchar" || symbol == "varchar") &&
        index == 1;
    const bool bits = symbol == "bit" || symbol == "varbit" || symbol.rfind("bitfromint", 0) == 0;
    if (text && bits && index == 1)
        return std::to_string(static_cast<int>(pools.below(80)) - 3);
    const bool bitPosition = symbol.rfind("bitsubstr", 0) == 0 || symbol.rfind("bitshift", 0) == 0 ||
                             symbol == "bitgetbit" || symbol == "bitsetbit";
    const bool position =
        ((symbol.rfind("text_substr", 0) == 0 || symbol.rfind("textoverlay", 0) == 0 || symbol == "text_left" ||
          symbol == "text_right" || symbol == "split_part" || symbol.rfind("bytea", 0) == 0 || bitPosition) &&
         index >= 1) ||
        (symbol.rfind("bitoverlay", 0) == 0 && index >= 2);
    if (text && symbol.rfind("generate_series", 0) == 0) {
        if (symbol.find("timestamp") != std::string::npos)
            return pools.pick(index == 2 ? "series interval" : "series moment");
        if (symbol.find("numeric") != std::string::npos)
            return pools.pick(index == 2 ? "series step" : "series numeric");
        return pools.pick("small");
    }
    if (text && index == 1 && (symbol == "timestamp_scale" || symbol == "timestamptz_scale") && pools.below(4))
        return std::to_string(pools.below(7));
    if (text && symbol.rfind("array_fill", 0) == 0 && index >= 1)
        return pools.pick("array shape");
    if (text && length) {
        const std::string &tamedLength = pools.oneOf(kLengths);
        return tamedLength == "2147483647" && symbol == "bpchar" ? "12" : tamedLength; // char(n) ends far below
    }
    if (text && position && pools.below(4) && !text->empty() && (std::isdigit((*text)[0]) || (*text)[0] == '-'))
        return pools.oneOf(kLengths);
    static const std::vector<std::string> kPatterns{"%",    "a%",   "%c",  "a_c",      "%b%",   "\\%",    "a\\",
                                                    "%\\",  "_",    "%_%", "ab%c\\_d", "_%_a%", "%a%b%",  "é%",
                                                    "%日_", "\\a%", "%%",  "abc",      "",      "%x%y%x", "100\\%"};
    if (text && index == 1 && symbol.find("like") != std::string::npos && pools.below(4))
        return pools.oneOf(kPatterns);
    static const std::vector<std::string> kEncodings{"hex", "base64", "escape", "HEX", "rot13", ""};
    if (text && index == 1 && symbol.rfind("binary_", 0) == 0)
        return pools.oneOf(kEncodings);
    static const std::vector<std::string> kEncoded{"YWJj",     "YQ==", "YQ=", "=",      "YWJ j\n", "616263",
                                                   "61 62",    "6",    "zz",  "a\\\\b", "\\101",   "\\1",
                                                   "YQ==YQ==", "YWI=", "é",   "\\x61",  "",        "YQ==Y"};
    if (text && index == 0 && symbol == "binary_decode" && pools.below(4))
        return pools.oneOf(kEncoded);
    if (text && symbol.rfind("make_", 0) == 0 && pools.below(2)) // sane ones, which the pools seldom give together
        return std::to_string(1 + pools.below(40));
    if (text && symbol == "numeric" && index == 1 && pools.below(8))
        return std::to_string(randomNumericTypmod(pools));
    if (text && symbol.rfind("pg_convert", 0) == 0 && index == 1)
        return pools.oneOf({"UTF8", "utf-8", "Unicode"});
    if (text && symbol == "numeric_fac")
        return std::to_string(static_cast<int>(pools.below(400)) - 5);
    if (text && (symbol == "numeric_round" || symbol == "numeric_trunc") && index == 1 && pools.below(4))
        return std::to_string(static_cast<int>(pools.below(30)) - 10);
    return text;
}

} // namespace sqlgym::tests
