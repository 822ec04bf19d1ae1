// All matches of a pattern in a text, as regexp_matches, regexp_split_* and their kin need them.
#pragma once

#include "runtime/regex_cache.h"

namespace sqlgym::runtime::regex {

struct MatchWishes {
    std::int64_t start = 0;      ///< first character considered
    bool groups = false;         ///< the groups' spans instead of the whole match's, when there are groups
    bool skipDegenerate = false; ///< no empty matches at either end of the text or right behind a match
};

class MatchList {
public:
    /// All matches (options.global) or the first. False when cx has stopped.
    bool find(Call &call, std::string_view text, std::string_view pattern, const Options &options, MatchWishes wishes);

    std::int64_t count() const { return m_width ? static_cast<std::int64_t>(m_spans.size()) / m_width : 0; }
    /// Spans a match.
    std::int64_t width() const { return m_width; }
    const Span &span(std::int64_t match, std::int64_t index) const
    {
        return m_spans[static_cast<std::size_t>(match * m_width + index)];
    }
    const Matcher &matcher() const { return *m_matcher; }

private:
    Matcher *m_matcher = nullptr;
    std::vector<Span> m_spans;
    std::int64_t m_width = 0;
};

} // namespace sqlgym::runtime::regex
