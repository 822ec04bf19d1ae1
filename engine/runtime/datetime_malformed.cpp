#include "runtime/datetime_malformed.h"

#include "runtime/datetime_words.h"
#include "value/scalar_text.h"

#include <algorithm>
#include <cctype>
#include <string>
#include <vector>

namespace sqlgym::runtime {

using namespace value;

namespace {

enum class TokenKind : std::uint8_t { Number, Date, Word, Other, Malformed };

struct Token {
    TokenKind kind = TokenKind::Other;
    std::string text;
};

bool isLetter(char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0; }
bool isLetterOrDigit(char c) { return isLetter(c) || isAsciiDigit(c); }

/// A word that means something to PostgreSQL, or may.
bool mayMean(const std::string &word)
{
    static constexpr std::string_view kKnown[] = {
        "allballs",  "at",      "d",       "dow",      "doy",   "dst",       "h",        "isodow", "isoyear",
        "j",         "jd",      "julian",  "m",        "mm",    "on",        "s",        "t",      "y",
        "undefined", "invalid", "current", "am",       "pm",    "ad",        "bc",       "now",    "utc",
        "gmt",       "z",       "epoch",   "infinity", "today", "yesterday", "tomorrow", "zulu"};
    ZoneName zone;
    return std::ranges::find(kKnown, word) != std::end(kKnown) || monthOf(word) != 0 || isDayName(word) ||
           findZoneName(word, zone) != zones::Found::Unknown;
}

/// Takes a text apart as PostgreSQL does.
class Tokens {
public:
    explicit Tokens(std::string_view text)
    {
        for (const char c : text)
            m_text += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    }

    std::vector<Token> all()
    {
        std::vector<Token> tokens;
        while (m_at < m_text.size()) {
            const char c = m_text[m_at];
            if (std::isspace(static_cast<unsigned char>(c))) {
                ++m_at;
            } else if (isAsciiDigit(c)) {
                tokens.push_back(digits());
            } else if (isLetter(c)) {
                tokens.push_back(letters());
            } else if (c == '.' || c == '+' || c == '-') {
                tokens.push_back({TokenKind::Other, {}});
                return tokens; // what follows is not looked at here
            } else if (std::ispunct(static_cast<unsigned char>(c))) {
                ++m_at;
            } else {
                // The text is taken apart as a whole before any of it is understood.
                return {{TokenKind::Malformed, {}}};
            }
        }
        return tokens;
    }

private:
    char here() const { return m_at < m_text.size() ? m_text[m_at] : '\0'; }
    template <typename F> void take(std::string &to, F &&wanted)
    {
        while (m_at < m_text.size() && wanted(m_text[m_at]))
            to += m_text[m_at++];
    }

    Token digits()
    {
        Token token{TokenKind::Number, {}};
        take(token.text, isAsciiDigit);
        const char mark = here();
        if (mark == ':') {
            token.kind = TokenKind::Other;
            take(token.text, [](char c) { return isAsciiDigit(c) || c == ':' || c == '.'; });
            return token;
        }
        if (mark != '-' && mark != '/' && mark != '.')
            return token;
        token.text += m_text[m_at++];
        if (!isAsciiDigit(here())) {
            token.kind = TokenKind::Date;
            take(token.text, [mark](char c) { return isLetterOrDigit(c) || c == mark; });
            return token;
        }
        token.kind = mark == '.' ? TokenKind::Number : TokenKind::Date;
        take(token.text, isAsciiDigit);
        if (here() != mark)
            return token;
        token.kind = TokenKind::Date;
        take(token.text, [mark](char c) { return isAsciiDigit(c) || c == mark; });
        return token;
    }

    Token letters()
    {
        Token token{TokenKind::Word, {}};
        take(token.text, isLetter);
        const char c = here();
        const bool joined = c == '-' || c == '/' || c == '.';
        if (joined || ((c == '+' || isAsciiDigit(c)) && !mayMean(token.text))) {
            token.kind = TokenKind::Date;
            take(token.text, [](char d) {
                return isLetterOrDigit(d) || d == '+' || d == '-' || d == '/' || d == '_' || d == '.' || d == ':';
            });
        } else if (c == '+' || isAsciiDigit(c)) {
            token.kind = TokenKind::Other;
        }
        return token;
    }

    std::string m_text;
    std::size_t m_at = 0;
};

/// Puts numbers where PostgreSQL's order of month, day and year has a place for them.
class Places {
public:
    /// False: what it would be cannot be said here.
    bool put(const std::string &digits)
    {
        if (digits.size() > 5)
            return false;
        const int n = std::stoi(digits);
        if (m_named) {
            if (m_year >= 0 || m_day >= 0)
                return false;
            (digits.size() >= 3 ? m_year : m_day) = n;
            m_wholeYear = digits.size() >= 3;
        } else if (m_month < 0 && m_year < 0) {
            (digits.size() >= 3 ? m_year : m_month) = n;
            m_wholeYear = digits.size() >= 3;
        } else if (m_month < 0) {
            if (digits.size() == 3)
                return false; // perhaps the day of the year
            m_month = n;
        } else if (m_day < 0) {
            m_day = n;
        } else if (m_year < 0) {
            m_year = n;
            m_wholeYear = digits.size() > 2;
        } else {
            return false;
        }
        return true;
    }
    /// A month by its name.
    bool name(int month)
    {
        if (m_month >= 0)
            return false;
        m_month = month;
        m_named = true;
        return true;
    }
    bool empty() const { return m_year < 0 && m_month < 0 && m_day < 0; }
    bool hasMonthAndDay() const { return m_month >= 0 && m_day >= 0; }
    bool complete() const { return hasMonthAndDay() && m_year >= 0; }
    /// What is told of a date that lacks a part.
    Problem ofIncomplete() const
    {
        if (m_year == 0 && m_wholeYear)
            return Problem::Range;
        return m_month == 0 || m_month > 12 || m_day == 0 || m_day > 31 ? Problem::RangeOfDay : Problem::Format;
    }

private:
    int m_year = -1, m_month = -1, m_day = -1;
    bool m_wholeYear = false, m_named = false;
};

/// A date in one word. None: read, and nothing wrong with it so far.
Problem dateWord(const std::string &text, Places &places)
{
    if (places.hasMonthAndDay())
        return isAsciiDigit(text[0]) && text.find('-') == std::string::npos ? Problem::Format : Problem::Unsure;
    std::vector<std::string> numbers;
    bool unknownWord = false;
    for (std::size_t i = 0; i < text.size();) {
        std::string run;
        const bool digit = isAsciiDigit(text[i]);
        while (i < text.size() && (digit ? isAsciiDigit(text[i]) : isLetter(text[i])))
            run += text[i++];
        if (run.empty()) {
            ++i;
        } else if (digit) {
            numbers.push_back(run);
        } else if (mayMean(run)) {
            return Problem::Unsure;
        } else {
            unknownWord = true;
        }
    }
    if (unknownWord)
        return Problem::Format; // words are looked at before numbers
    for (const auto &number : numbers)
        if (!places.put(number))
            return Problem::Unsure;
    return places.complete() ? Problem::None : Problem::Format;
}

} // namespace

Problem certainProblem(std::string_view text)
{
    constexpr std::size_t kLong = 100; // PostgreSQL has room for so many characters, and no more
    if (text.size() > kLong)
        return Problem::Unsure;
    Places places;
    for (const Token &token : Tokens(text).all()) {
        Problem problem = Problem::None;
        switch (token.kind) {
        case TokenKind::Malformed:
            return Problem::Format;
        case TokenKind::Other:
            return Problem::Unsure;
        case TokenKind::Word:
            if (!mayMean(token.text))
                return Problem::Format;
            if (monthOf(token.text) == 0 || !places.name(monthOf(token.text)))
                return Problem::Unsure;
            break;
        case TokenKind::Date:
            problem = dateWord(token.text, places);
            break;
        case TokenKind::Number:
            if (token.text.find('.') != std::string::npos)
                problem = places.empty() ? dateWord(token.text, places) : Problem::Unsure;
            else if (!places.put(token.text))
                problem = Problem::Unsure;
            break;
        }
        if (problem != Problem::None)
            return problem;
    }
    return places.complete() ? Problem::Unsure : places.ofIncomplete();
}

} // namespace sqlgym::runtime
