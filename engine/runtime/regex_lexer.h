// Tokens of an advanced regular expression, one ahead of the parser: which complaint comes first depends on that.
#pragma once

#include "runtime/regex_tree.h"

namespace sqlgym::runtime::regex {

enum class Token : std::uint8_t {
    End,
    Plain, ///< value: the character
    Digit, ///< inside {}: value
    Comma,
    CloseBound, ///< value: 1 greedy, 0 not
    Any,
    Open, ///< value: 1 capturing
    Close,
    Bar,
    Star, ///< value: 1 greedy, 0 not; Plus, Question alike
    Plus,
    Question,
    OpenBound,
    LineStart,
    LineEnd,
    TextStart,
    TextEnd,
    WordStart,
    WordEnd,
    Boundary,
    NoBoundary,
    Look, ///< value: bit 0 positive, bit 1 ahead
    BackReference,
    ClassEscape, ///< \d \s \w and their complements: set class in value, negated in `negated`
    OpenBracket, ///< value: 1 plain, 0 complemented
    CloseBracket,
    Range,
    NamedClass, ///< [:name:] by name; negated: its end is missing
};

class Lexer {
public:
    Lexer(const std::u32string &pattern, Flags &flags, Trouble &trouble);

    Token type() const { return m_type; }
    char32_t value() const { return m_value; }
    bool negated() const { return m_negated; }
    const std::string &name() const { return m_name; }
    void next();
    /// The parser enters and leaves groups; back-reference digits are told from octal ones by their number.
    void setGroups(int groups) { m_groups = groups; }
    void fail(const char *error);

private:
    enum class Context { Expression, Bound, Bracket };

    bool atEnd(std::size_t ahead = 0) const { return m_at + ahead >= m_pattern.size(); }
    bool is(std::size_t ahead, char c) const
    {
        return !atEnd(ahead) && m_pattern[m_at + ahead] == static_cast<char32_t>(c);
    }
    void set(Token type, char32_t value = 0);
    bool lazily();
    void prefixes();
    void nextInExpression();
    void nextInBound();
    void nextInBracket();
    void openParenthesis();
    void escape();
    bool characterEscape(char32_t c);
    char32_t digits(unsigned base, int least, int most);

    const std::u32string &m_pattern;
    Flags &m_flags;
    Trouble &m_trouble;
    std::size_t m_at = 0;
    Context m_context = Context::Expression;
    Token m_type = Token::End;
    Token m_last = Token::End;
    char32_t m_value = 0;
    bool m_negated = false;
    std::string m_name;
    int m_groups = 0;
};

} // namespace sqlgym::runtime::regex
