#include "runtime/regex_lexer.h"

namespace sqlgym::runtime::regex {

namespace {

constexpr char kBadOperand[] = "quantifier operand invalid";
constexpr char kBadEscape[] = "invalid escape \\ sequence";
constexpr char kBadOption[] = "invalid embedded option";

bool isLetter(char32_t c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// What may stand behind "(?" to begin options: letters of any script.
bool isOption(char32_t c) { return c < 128 ? isLetter(c) : isClass(c, CharacterSet::Class::Alpha); }

bool isDigit(char32_t c) { return c >= '0' && c <= '9'; }

} // namespace

Lexer::Lexer(const std::u32string &pattern, Flags &flags, Trouble &trouble)
    : m_pattern(pattern), m_flags(flags), m_trouble(trouble)
{
    if (!m_flags.literal)
        prefixes();
    next();
}

void Lexer::fail(const char *error)
{
    if (!m_trouble.any())
        m_trouble.error = error;
    m_type = Token::End;
}

void Lexer::set(Token type, char32_t value)
{
    m_type = type;
    m_value = value;
}

void Lexer::prefixes()
{
    if (is(0, '*') && is(1, '*') && is(2, '*')) {
        m_trouble.declined = "a regular expression with a *** prefix";
        return;
    }
    if (!is(0, '(') || !is(1, '?') || atEnd(2) || !isOption(m_pattern[2]))
        return;
    for (m_at = 2; !atEnd() && isOption(m_pattern[m_at]); ++m_at) {
        switch (m_pattern[m_at]) {
        case 'c':
            m_flags.ignoreCase = false;
            break;
        case 'i':
            m_flags.ignoreCase = true;
            break;
        case 'm':
        case 'n':
            m_flags.newlineStop = m_flags.newlineAnchor = true;
            break;
        case 'p':
            m_flags.newlineStop = true;
            m_flags.newlineAnchor = false;
            break;
        case 's':
            m_flags.newlineStop = m_flags.newlineAnchor = false;
            break;
        case 'w':
            m_flags.newlineStop = false;
            m_flags.newlineAnchor = true;
            break;
        case 't':
            break;
        case 'q':
            m_flags.literal = true;
            break;
        case 'b':
        case 'e':
        case 'x':
            m_trouble.declined = "a regular expression in basic, extended or expanded syntax";
            return;
        default:
            fail(kBadOption);
            return;
        }
    }
    if (!is(0, ')')) {
        fail(kBadOption);
        return;
    }
    ++m_at;
    if (m_flags.literal)
        m_flags.newlineStop = m_flags.newlineAnchor = false;
}

void Lexer::next()
{
    if (m_trouble.any()) {
        m_type = Token::End;
        return;
    }
    m_last = m_type;
    m_negated = false;
    if (m_flags.literal) {
        if (atEnd())
            set(Token::End);
        else
            set(Token::Plain, m_pattern[m_at++]);
        return;
    }
    switch (m_context) {
    case Context::Expression:
        nextInExpression();
        break;
    case Context::Bound:
        nextInBound();
        break;
    case Context::Bracket:
        nextInBracket();
        break;
    }
}

bool Lexer::lazily()
{
    if (!is(0, '?'))
        return false;
    ++m_at;
    return true;
}

void Lexer::nextInExpression()
{
    if (atEnd())
        return set(Token::End);
    const char32_t c = m_pattern[m_at++];
    switch (c) {
    case '|':
        return set(Token::Bar);
    case '*':
        return set(Token::Star, lazily() ? 0 : 1);
    case '+':
        return set(Token::Plus, lazily() ? 0 : 1);
    case '?':
        return set(Token::Question, lazily() ? 0 : 1);
    case '{':
        if (atEnd() || !isDigit(m_pattern[m_at]))
            return set(Token::Plain, c);
        m_context = Context::Bound;
        return set(Token::OpenBound);
    case '(':
        return openParenthesis();
    case ')':
        return set(Token::Close, c);
    case '[':
        if (is(0, '[') && is(1, ':') && (is(2, '<') || is(2, '>')) && is(3, ':') && is(4, ']') && is(5, ']')) {
            const bool start = is(2, '<');
            m_at += 6;
            return set(start ? Token::WordStart : Token::WordEnd);
        }
        m_context = Context::Bracket;
        if (is(0, '^')) {
            ++m_at;
            return set(Token::OpenBracket, 0);
        }
        return set(Token::OpenBracket, 1);
    case '.':
        return set(Token::Any);
    case '^':
        return set(Token::LineStart);
    case '$':
        return set(Token::LineEnd);
    case '\\':
        if (atEnd())
            return fail(kBadEscape);
        return escape();
    default:
        return set(Token::Plain, c);
    }
}

void Lexer::openParenthesis()
{
    if (!is(0, '?'))
        return set(Token::Open, 1);
    ++m_at;
    if (atEnd())
        return fail(kBadOperand);
    const char32_t c = m_pattern[m_at++];
    switch (c) {
    case ':':
        return set(Token::Open, 0);
    case '#':
        while (!atEnd() && !is(0, ')'))
            ++m_at;
        if (!atEnd())
            ++m_at;
        return nextInExpression();
    case '=':
        return set(Token::Look, 3);
    case '!':
        return set(Token::Look, 2);
    case '<':
        if (atEnd())
            return fail(kBadOperand);
        if (is(0, '=') || is(0, '!')) {
            const bool positive = is(0, '=');
            ++m_at;
            return set(Token::Look, positive ? 1 : 0);
        }
        return fail(kBadOperand);
    default:
        return fail(kBadOperand);
    }
}

void Lexer::nextInBound()
{
    if (atEnd())
        return fail("braces {} not balanced");
    const char32_t c = m_pattern[m_at++];
    if (isDigit(c))
        return set(Token::Digit, c - '0');
    if (c == ',')
        return set(Token::Comma);
    if (c == '}') {
        m_context = Context::Expression;
        return set(Token::CloseBound, lazily() ? 0 : 1);
    }
    fail("invalid repetition count(s)");
}

void Lexer::nextInBracket()
{
    if (atEnd())
        return fail("brackets [] not balanced");
    const char32_t c = m_pattern[m_at++];
    switch (c) {
    case '\\': {
        if (atEnd())
            return fail(kBadEscape);
        escape();
        // Constraints and back-references have no place in a bracket.
        if (m_type != Token::Plain && m_type != Token::ClassEscape)
            fail(kBadEscape);
        return;
    }
    case '-':
        if (m_last == Token::OpenBracket || is(0, ']'))
            return set(Token::Plain, c);
        return set(Token::Range);
    case ']':
        if (m_last == Token::OpenBracket)
            return set(Token::Plain, c);
        m_context = Context::Expression;
        return set(Token::CloseBracket);
    case '[':
        if (atEnd())
            return fail("brackets [] not balanced");
        if (is(0, '.') || is(0, '=')) {
            m_trouble.declined = "collating elements in a regular expression";
            return set(Token::End);
        }
        if (is(0, ':')) {
            ++m_at;
            m_name.clear();
            while (!atEnd() && !(is(0, ':') && is(1, ']')))
                m_name += m_pattern[m_at] < 128 ? static_cast<char>(m_pattern[m_at++]) : (++m_at, '?');
            m_negated = atEnd(); // never closed: the parser complains when it takes the class
            m_at += 2;
            return set(Token::NamedClass);
        }
        return set(Token::Plain, c);
    default:
        return set(Token::Plain, c);
    }
}

char32_t Lexer::digits(unsigned base, int least, int most)
{
    char32_t v = 0;
    int count = 0;
    for (; count < most && !atEnd(); ++count, ++m_at) {
        const char32_t c = m_pattern[m_at];
        const unsigned d = isDigit(c)             ? c - '0'
                           : c >= 'a' && c <= 'f' ? c - 'a' + 10
                           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                                  : 99;
        if (d >= base)
            break;
        v = v > 0xFFFFFF ? v : v * base + d;
    }
    if (count < least)
        fail(kBadEscape);
    return v;
}

bool Lexer::characterEscape(char32_t c)
{
    switch (c) {
    case 'a':
        set(Token::Plain, 7);
        return true;
    case 'b':
        set(Token::Plain, 8);
        return true;
    case 'B':
        set(Token::Plain, '\\');
        return true;
    case 'e':
        set(Token::Plain, 27);
        return true;
    case 'f':
        set(Token::Plain, '\f');
        return true;
    case 'n':
        set(Token::Plain, '\n');
        return true;
    case 'r':
        set(Token::Plain, '\r');
        return true;
    case 't':
        set(Token::Plain, '\t');
        return true;
    case 'v':
        set(Token::Plain, '\v');
        return true;
    case 'c':
        if (atEnd())
            fail(kBadEscape);
        else
            set(Token::Plain, m_pattern[m_at++] & 037);
        return true;
    default:
        return false;
    }
}

void Lexer::escape()
{
    using Class = CharacterSet::Class;
    const char32_t c = m_pattern[m_at++];
    if (!isLetter(c) && !isDigit(c))
        return set(Token::Plain, c); // letters beyond ASCII mean themselves too
    if (characterEscape(c))
        return;
    const auto classEscape = [&](Class type, bool negated) {
        set(Token::ClassEscape, static_cast<char32_t>(type));
        m_negated = negated;
    };
    const auto number = [&](unsigned base, int least, int most) {
        const char32_t v = digits(base, least, most);
        if (m_trouble.any())
            return;
        if (v > 0x7FFFFFFE || v > 0x10FFFF)
            m_trouble.declined = "a character beyond Unicode in a regular expression";
        set(Token::Plain, v);
    };
    switch (c) {
    case 'A':
        return set(Token::TextStart);
    case 'Z':
        return set(Token::TextEnd);
    case 'm':
        return set(Token::WordStart);
    case 'M':
        return set(Token::WordEnd);
    case 'y':
        return set(Token::Boundary);
    case 'Y':
        return set(Token::NoBoundary);
    case 'd':
    case 'D':
        return classEscape(Class::Digit, c == 'D');
    case 's':
    case 'S':
        return classEscape(Class::Space, c == 'S');
    case 'w':
    case 'W':
        return classEscape(Class::Word, c == 'W');
    case 'u':
        return number(16, 4, 4);
    case 'U':
        return number(16, 8, 8);
    case 'x':
        return number(16, 1, 255);
    default:
        break;
    }
    if (!isDigit(c))
        return fail(kBadEscape);
    --m_at;
    const std::size_t first = m_at;
    if (c != '0') {
        const char32_t reference = digits(10, 1, 255);
        if (m_at == first + 1 || (reference > 0 && reference <= static_cast<char32_t>(m_groups)))
            return set(Token::BackReference, reference);
        m_at = first;
    }
    char32_t octal = digits(8, 1, 3);
    if (m_trouble.any())
        return;
    if (octal > 0xff) { // one digit too many
        --m_at;
        octal >>= 3;
    }
    set(Token::Plain, octal);
}

} // namespace sqlgym::runtime::regex
