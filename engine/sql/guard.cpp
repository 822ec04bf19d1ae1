#include "sql/guard.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string>
#include <vector>

namespace sqlgym::sql {

namespace {

bool isWordStart(unsigned char c) { return std::isalpha(c) || c == '_' || c >= 0x80; }
bool isWordPart(unsigned char c) { return isWordStart(c) || std::isdigit(c) || c == '$'; }
bool isOperator(char c) { return std::string_view("+-*/<>=~!@#%^&|`?").find(c) != std::string_view::npos; }

/// Keywords that put one tree node over another, as an operator does.
bool nests(std::string_view word)
{
    if (word.size() > 9 || word.size() < 2)
        return false;
    std::array<char, 9> lower{};
    std::transform(word.begin(), word.end(), lower.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    static constexpr std::string_view kWords[] = {
        "and",  "or",    "not",     "union", "intersect", "except",  "join",   "case",    "when",     "is",     "in",
        "like", "ilike", "similar", "at",    "collate",   "between", "isnull", "notnull", "overlaps", "select", "with"};
    return std::ranges::find(kWords, std::string_view(lower.data(), word.size())) != std::end(kWords);
}

/// Walks the text token by token, skipping what is quoted.
class Walker {
public:
    explicit Walker(std::string_view sql) : m_sql(sql) {}

    TextShape walk()
    {
        while (m_at < m_sql.size())
            token();
        endStatement();
        return m_shape;
    }

private:
    char peek(std::size_t ahead = 0) const { return m_at + ahead < m_sql.size() ? m_sql[m_at + ahead] : '\0'; }

    void token()
    {
        const char c = peek();
        if (std::isspace(static_cast<unsigned char>(c)) || c == '\0') {
            ++m_at;
        } else if (c == '-' && peek(1) == '-') {
            m_at = std::min(m_sql.find('\n', m_at), m_sql.size());
        } else if (c == '/' && peek(1) == '*') {
            comment();
        } else {
            ++m_tokens;
            visible(c);
        }
    }

    void visible(char c)
    {
        if (c == '\'') {
            quoted('\'', false);
        } else if (c == '"') {
            quoted('"', false);
        } else if ((c == 'e' || c == 'E') && peek(1) == '\'') {
            ++m_at;
            quoted('\'', true);
        } else if (c == '$' && !std::isdigit(static_cast<unsigned char>(peek(1)))) {
            dollarQuoted();
        } else if (isWordStart(static_cast<unsigned char>(c))) {
            word();
        } else if (std::isdigit(static_cast<unsigned char>(c))) {
            while (isWordPart(static_cast<unsigned char>(peek())) || peek() == '.')
                ++m_at;
        } else {
            punctuation(c);
        }
    }

    void punctuation(char c)
    {
        ++m_at;
        switch (c) {
        case '(':
        case '[':
            m_levels.push_back(m_levels.back() + 1);
            m_deepest = std::max(m_deepest, m_levels.back());
            m_shape.parentheses = std::max(m_shape.parentheses, m_levels.size() - 1);
            break;
        case ')':
        case ']':
            if (m_levels.size() > 1) {
                m_levels.pop_back();
                // What was inside may become the deepest operand of what follows.
                m_levels.back() = std::max(m_levels.back(), m_deepest);
            }
            break;
        case ',':
            m_levels.back() = m_levels.size() > 1 ? m_levels[m_levels.size() - 2] + 1 : 0;
            m_deepest = m_levels.back();
            break;
        case ';':
            endStatement();
            break;
        default:
            if (isOperator(c) || (c == ':' && peek() == ':'))
                deepen();
            while (isOperator(c) && isOperator(peek()) && !(peek() == '-' && peek(1) == '-') &&
                   !(peek() == '/' && peek(1) == '*'))
                deepen(), ++m_at;
            break;
        }
    }

    void deepen()
    {
        ++m_levels.back();
        m_deepest = std::max(m_deepest, m_levels.back());
        m_shape.depth = std::max(m_shape.depth, m_deepest);
    }

    void word()
    {
        const std::size_t begin = m_at;
        while (m_at < m_sql.size() && isWordPart(static_cast<unsigned char>(m_sql[m_at])))
            ++m_at;
        if (nests(m_sql.substr(begin, m_at - begin)))
            deepen();
    }

    void quoted(char quote, bool backslashes)
    {
        for (++m_at; m_at < m_sql.size(); ++m_at) {
            if (backslashes && m_sql[m_at] == '\\') {
                ++m_at;
            } else if (m_sql[m_at] == quote) {
                if (peek(1) != quote)
                    break;
                ++m_at;
            }
        }
        ++m_at;
    }

    void comment()
    {
        int nesting = 0;
        do {
            if (peek() == '/' && peek(1) == '*') {
                ++nesting;
                m_at += 2;
            } else if (peek() == '*' && peek(1) == '/') {
                --nesting;
                m_at += 2;
            } else {
                ++m_at;
            }
        } while (nesting > 0 && m_at < m_sql.size());
    }

    void dollarQuoted()
    {
        std::size_t end = m_at + 1;
        while (end < m_sql.size() && isWordPart(static_cast<unsigned char>(m_sql[end])) && m_sql[end] != '$')
            ++end;
        if (end >= m_sql.size() || m_sql[end] != '$') {
            ++m_at;
            return;
        }
        const std::string_view tag = m_sql.substr(m_at, end + 1 - m_at);
        const std::size_t close = m_sql.find(tag, end + 1);
        m_at = close == std::string_view::npos ? m_sql.size() : close + tag.size();
    }

    void endStatement()
    {
        m_shape.tokens = std::max(m_shape.tokens, m_tokens);
        m_shape.allTokens += m_tokens;
        m_shape.depth = std::max(m_shape.depth, m_deepest);
        m_tokens = m_deepest = 0;
        m_levels.assign(1, 0);
    }

    std::string_view m_sql;
    std::size_t m_at = 0;
    std::size_t m_tokens = 0;
    std::size_t m_deepest = 0;
    std::vector<std::size_t> m_levels{0}; ///< per open parenthesis: how deep the tree may be here
    TextShape m_shape;
};

} // namespace

TextShape measure(std::string_view sql) { return Walker(sql).walk(); }

} // namespace sqlgym::sql
