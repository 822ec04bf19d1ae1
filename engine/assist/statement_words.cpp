#include "assist/statement_words.h"

namespace sqlgym::assist {

StatementWords::StatementWords(std::string_view text, const Scan &scan, base::SourceSpan statement, std::size_t byte)
    : m_text(text), m_byte(byte)
{
    for (const Token &token : scan.tokens) {
        if (token.kind == TokenKind::Comment || token.span.byteBegin < statement.byteBegin ||
            token.span.byteEnd > statement.byteEnd)
            continue;
        const std::string_view word = textOf(text, token.span);
        m_words.push_back({token, token.isName ? nameOf(word) : lowered(word)});
    }
    m_match.assign(m_words.size(), m_words.size());
    std::vector<std::size_t> open;
    for (std::size_t i = 0; i < m_words.size(); ++i) {
        if (is(i, "("))
            open.push_back(i);
        if (is(i, ")") && !open.empty()) {
            m_match[open.back()] = i;
            open.pop_back();
        }
    }
}

bool StatementWords::holdsPlace(std::size_t open) const
{
    const std::size_t close = closing(open);
    return m_words[open].token.span.byteEnd <= m_byte &&
           (close >= m_words.size() || m_byte <= m_words[close].token.span.byteBegin);
}

std::string StatementWords::sqlOf(std::size_t begin, std::size_t end) const
{
    if (begin >= end)
        return {};
    const auto from = m_words[begin].token.span.byteBegin;
    return std::string(m_text.substr(from, m_words[end - 1].token.span.byteEnd - from));
}

bool StatementWords::isNamed(const std::string &name, std::size_t begin, std::size_t end) const
{
    for (std::size_t i = begin; i < end; ++i) {
        if (m_words[i].text == name)
            return true;
    }
    return false;
}

} // namespace sqlgym::assist
