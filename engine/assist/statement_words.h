// The words of one statement and its parentheses: what reading without a grammar needs.
#pragma once

#include "assist/scan.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace sqlgym::assist {

/// Without comments. Indexes count words; those beyond the end are no word.
class StatementWords {
public:
    /// `byte`: the place of the text that is asked about.
    StatementWords(std::string_view text, const Scan &scan, base::SourceSpan statement, std::size_t byte);

protected:
    struct Word {
        Token token;
        std::string text; ///< a name as it is meant, else small
    };

    /// A keyword or sign; never a name that only looks like one.
    bool is(std::size_t i, std::string_view word) const
    {
        return i < m_words.size() && !m_words[i].token.isName && m_words[i].text == word;
    }
    template <std::size_t N> bool isAny(std::size_t i, const std::string_view (&list)[N]) const
    {
        return i < m_words.size() && !m_words[i].token.isName &&
               std::ranges::find(list, std::string_view(m_words[i].text)) != std::end(list);
    }
    bool isBefore(std::size_t i) const { return m_words[i].token.span.byteEnd <= m_byte; }
    /// Of an opening parenthesis; the end where it is not closed.
    std::size_t closing(std::size_t open) const { return m_match[open]; }
    bool holdsPlace(std::size_t open) const;
    std::string sqlOf(std::size_t begin, std::size_t end) const;
    bool isNamed(const std::string &name, std::size_t begin, std::size_t end) const;

    std::string_view m_text;
    std::size_t m_byte;
    std::vector<Word> m_words;

private:
    std::vector<std::size_t> m_match;
};

} // namespace sqlgym::assist
