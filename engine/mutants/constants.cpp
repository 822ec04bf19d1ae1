// Constants off by one: numbers, dates, intervals; texts in another case; patterns without an end.
#include "mutants/families.h"

#include <algorithm>
#include <cctype>
#include <cstdio>
#include <cstdlib>

namespace sqlgym::mutants {

namespace {

/// "2024-03-01 00:00" a day later or earlier; empty when the text begins with no date.
std::string shifted(std::string_view text, int days)
{
    int year = 0, month = 0, day = 0, read = 0;
    const std::string copy(text);
    if (std::sscanf(copy.c_str(), "%4d-%2d-%2d%n", &year, &month, &day, &read) != 3 || read != 10)
        return {};
    static constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const auto length = [](int y, int m) {
        const bool leap = (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;
        return kDays[m - 1] + (m == 2 && leap ? 1 : 0);
    };
    if (month < 1 || month > 12)
        return {};
    day += days;
    if (day < 1) {
        month = month == 1 ? 12 : month - 1;
        year -= month == 12 ? 1 : 0;
        day = length(year, month);
    } else if (day > length(year, month)) {
        month = month == 12 ? 1 : month + 1;
        year += month == 1 ? 1 : 0;
        day = 1;
    }
    char out[32];
    std::snprintf(out, sizeof out, "%04d-%02d-%02d", year, month, day);
    return out + copy.substr(10);
}

/// "7 days" -> "8 days"; empty when the text is no number with a unit.
std::string longer(std::string_view text, int by)
{
    const std::size_t space = text.find(' ');
    if (space == std::string_view::npos || space == 0 || space > 4 ||
        !std::ranges::all_of(text.substr(0, space), [](unsigned char c) { return std::isdigit(c) != 0; }))
        return {};
    const std::string rest(text.substr(space));
    if (!std::ranges::all_of(rest, [](unsigned char c) { return std::isalpha(c) != 0 || c == ' '; }))
        return {};
    return std::to_string(std::atoi(std::string(text.substr(0, space)).c_str()) + by) + rest;
}

std::string inCase(std::string text, int (*letter)(int))
{
    std::ranges::transform(text, text.begin(),
                           [letter](unsigned char c) { return c < 0x80 ? static_cast<char>(letter(c)) : c; });
    return text;
}

/// The texts that somebody may write instead.
std::vector<std::string> others(std::string_view text)
{
    std::vector<std::string> out;
    for (const int by : {1, -1}) {
        out.push_back(shifted(text, by));
        out.push_back(longer(text, by));
    }
    if (std::ranges::all_of(out, &std::string::empty)) {
        out.push_back(inCase(std::string(text), std::toupper));
        out.push_back(inCase(std::string(text), std::tolower));
        out.push_back(text.empty() ? " " : std::string(text.substr(1)));
        out.push_back(text.empty() ? "" : std::string(text.substr(0, text.size() - 1)));
    }
    std::erase_if(out, [&](const std::string &other) { return other == text || other.empty(); });
    return out;
}

std::string plusOne(std::string_view digits, int by)
{
    // The last digit that is not a zero after the point: 1.07 -> 1.08, 100.0 -> 101.0.
    std::string out(digits);
    std::size_t at = out.find_last_of("123456789");
    if (at == std::string::npos || out.find_first_not_of("0123456789.") != std::string::npos)
        return {};
    if (const std::size_t point = out.find('.'); point != std::string::npos && at < point && point > 0)
        at = point - 1;
    const char digit = static_cast<char>(out[at] + by);
    if (digit < '0' || digit > '9')
        return {};
    out[at] = digit;
    return out;
}

} // namespace

void constants(const Finder &finder)
{
    Node *node = finder.spot.is(PG_QUERY__NODE__NODE_A_CONST);
    if (!node || node->a_const->isnull)
        return;
    Nodes &nodes = finder.nodes;
    const PgQuery__AConst &value = *node->a_const;
    switch (value.val_case) {
    case PG_QUERY__A__CONST__VAL_IVAL:
        for (const int by : {1, -1})
            finder.replace(by > 0 ? "a number one too large" : "a number one too small",
                           nodes.integer(value.ival->ival + by));
        break;
    case PG_QUERY__A__CONST__VAL_FVAL: {
        for (const int by : {1, -1}) {
            if (const std::string other = plusOne(value.fval->fval, by); !other.empty())
                finder.replace(by > 0 ? "a number too large" : "a number too small", nodes.number(other));
        }
        const std::string_view digits = value.fval->fval;
        const std::size_t point = digits.find('.');
        if (point != std::string_view::npos && point > 0 &&
            digits.find_first_not_of('0', point + 1) == std::string_view::npos)
            finder.replace("an integer for a numeric", nodes.integer(std::atoi(value.fval->fval)));
        break;
    }
    case PG_QUERY__A__CONST__VAL_SVAL:
        for (const std::string &other : others(value.sval->sval))
            finder.replace("another text or date", nodes.text(other));
        break;
    case PG_QUERY__A__CONST__VAL_BOOLVAL:
        finder.replace("true and false", nodes.boolean(!value.boolval->boolval));
        break;
    default:
        break;
    }
}

} // namespace sqlgym::mutants
