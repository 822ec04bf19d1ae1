#include "arguments/patterns.h"

#include <map>

namespace sqlgym::tests {

namespace {

std::string atom(Pools &pools, int depth)
{
    static const std::vector<std::string> kAtoms{"a",     "b",   "c",   "a",   "b", ".", "[ab]", "[^a]",
                                                 "[a-c]", "\\w", "\\d", "\\s", "é", "B", "ab"};
    static const std::vector<std::string> kConstraints{"^", "$", "\\y", "\\m", "\\M", "\\A", "\\Z", "\\Y"};
    if (depth <= 0 || pools.below(2))
        return pools.oneOf(kAtoms);
    switch (pools.below(9)) {
    case 0:
        return pools.oneOf(kConstraints) + pools.oneOf(kAtoms);
    case 1:
        return "(?:" + randomRegex(pools, depth - 1) + ")";
    case 2:
        return "(?" + pools.oneOf({"=", "!", "<=", "<!"}) + randomRegex(pools, depth - 1) + ")" + pools.oneOf(kAtoms);
    default:
        return "(" + randomRegex(pools, depth - 1) + ")";
    }
}

const std::map<std::string, std::vector<std::string>> kPools{
    {"like", {"%",     "a%",    "%c",   "a_c",  "%b%",  "\\%",   "a\\", "%\\", "_",         "%_%",      "ab%c\\_d",
              "_%_a%", "%a%b%", "é%",   "%日_", "\\a%", "%%",    "abc", "",    "%x%y%x",    "100\\%",   "A%",
              "_日%",  "%😀%",   "!%!_", "a!%",  "#%",   "%\\\\", "___", "%a",  "e\xCC\x81", "_\xCC\x81"}},
    {"similar", {"%(b|d)%",  "a%",   "(a|b)*",   "[ab]+", "a{2}",         "a{1,}", "_b_", "%",
                 "",         "a\\%", "(a",       "[a",    "a|b",          "^a$",   "a.b", "%\\\"b\\\"%",
                 "#\"%#\"b", "a?b",  "(abc|é)%", "[^a]%", "[[:alpha:]]+", "a{,2}", "\\"}},
    {"usual regex", {"^a", "b$",  "[0-9]+",  "\\d{2,}",     "(\\w+) (\\w+)", "a|b",       "^$",       "",      ".",
                     ".*", ".+?", "(a)(b)?", "[[:upper:]]", "[[:space:]]+",  "\\s*,\\s*", "(",        "[",     "a{",
                     "*",  "a**", "\\",      "(?i)A",       "[z-a]",         "\\m\\w",    "é",        "[é-ü]", "😀",
                     "x*", "\\.", "^[^,]*",  "(.)\\1",      "a{2}{3}",       "(?=a)",     "[[:foo:]]"}},
    {"regex flags", {"", "g", "i", "gi", "n", "x", "c", "s", "m", "p", "w", "q", "z", "ig", "gg"}},
    {"replacement", {"", "X", "\\1", "\\&", "[\\&]", "\\2\\1", "\\\\", "\\", "é", "$1", "\\9"}},
    {"escape", {"\\", "!", "", "#", "ab", "é", "%", "_"}},
    {"separator", {",", "", "b", "ab", " ", "a", "--", "é"}},
    {"format",
     {"%s", "%I", "%L", "%%", "%1$s", "%2$I", "%3$L", "%-8s", "%8s|", "%*s", "%s and %s", "%", "%1$", "%0$s", "%z",
      "abc", "Hello %s, %1$s", "%s%s%s%s", "%é"}},
    {"json key", {"a", "b", "", "k", "0", "1", "-1", "x", "2147483648", "é", "c"}},
    {"json keys", {"{a}", "{}", "{a,b}", "{0}", "{-1}", "{b,0}", "{a,0,b}", "{NULL}", "{a,NULL}", "{4,x}", "{\"\"}"}},
    {"form", {"NFC", "NFD", "NFKC", "NFKD"}},
    {"small", {"0", "1", "2", "3", "4", "5", "-1", "-2", "7", "10", "100"}},
    {"series numeric", {"0", "1.5", "-2.25", "4", "0.1", "3.00", "NaN", "Infinity", "1e3", "-7", "10"}},
    {"series step", {"1", "2", "-3", "0.5", "-0.25", "0", "NaN", "-Infinity", "100"}},
    {"series moment",
     {"2000-01-01", "2000-01-31 12:00", "2000-02-29", "2001-03-01", "1999-12-31 23:59:59.5", "0001-12-31 BC"}},
    {"series interval", {"1 mon", "1 day", "-1 day", "7 days 12:00", "1 year", "0", "1 mon -1 day", "-1 mon", "36:00"}},
    {"array shape",
     {"{}", "{2}", "{2,2}", "{0}", "{-1}", "{1,NULL}", "{100000,100000}", "{{1}}", "{1,1,1,1,1,1,1}", "{3}"}},
    {"word",
     {"abcabc", "Hello World", "a,b,,c", "ab12cd345", "ABC", "", "aaa", "a b  c", "éa ñb", "foo@bar.com", "a\nb",
      "2024-01-15", "x=1;y=2", "😀ab😀", "AbÇd", "aab aba", "    ", "%a_b%"}},
};

} // namespace

const std::vector<std::string> *patternPool(const std::string &name)
{
    const auto found = kPools.find(name);
    return found == kPools.end() ? nullptr : &found->second;
}

std::string randomRegex(Pools &pools, int depth)
{
    static const std::vector<std::string> kQuantifiers{"*",     "+",      "?",    "*?",   "+?",     "??", "{2}",
                                                       "{1,2}", "{0,2}?", "{1,}", "{2}?", "{1,1}?", "{0}"};
    std::string out;
    for (std::size_t n = 1 + pools.below(3); n > 0; --n) {
        out += atom(pools, depth);
        if (pools.below(2))
            out += pools.oneOf(kQuantifiers);
    }
    if (pools.below(4) == 0 && depth > 0)
        out += "|" + randomRegex(pools, depth - 1);
    return out;
}

std::string regexSubject(Pools &pools)
{
    static const std::vector<std::string> kPieces{"a", "b", "c", "a",  "b", "A",  "B",
                                                  " ", "1", "é", "\n", "_", "ab", "abc"};
    std::string out;
    for (std::size_t n = pools.below(9); n > 0; --n)
        out += pools.oneOf(kPieces);
    return out;
}

} // namespace sqlgym::tests
