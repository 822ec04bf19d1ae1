// A call site's compiled pattern, and its text as characters.
#pragma once

#include "runtime/function.h"
#include "runtime/regex.h"

#include <memory>
#include <string>

namespace sqlgym::runtime::regex {

/// Flags as the functions' last argument gives them.
struct Options {
    Flags flags;
    bool global = false;
    bool unsupported = false; ///< basic, extended or expanded syntax: declined when compiled
};

/// False after 22023 on an unknown letter.
bool parseOptions(std::string_view letters, Options &out, Call &call);

/// A pattern compiled once and a text decoded once a row.
class Matcher {
public:
    /// The call site's matcher with `pattern` compiled; nullptr when cx has stopped (2201B, declined).
    static Matcher *at(Call &call, std::string_view pattern, const Options &options);

    void setText(std::string_view text);
    int size() const { return static_cast<int>(m_characters.size()); }
    int groups() const { return m_regex->groups(); }
    bool matches(value::Context &cx) { return m_regex->matches(m_characters, cx); }
    bool search(int from, std::span<Span> spans, value::Context &cx)
    {
        return m_regex->search(m_characters, from, spans, cx);
    }
    /// Characters [begin, end) as bytes of the text.
    std::string_view piece(int begin, int end) const;
    std::string_view piece(const Span &span) const { return piece(span.begin, span.end); }

private:
    std::string m_pattern;
    Flags m_flags;
    std::unique_ptr<Regex> m_regex;
    std::string_view m_text;
    std::u32string m_characters;
    std::vector<std::uint32_t> m_offsets; ///< byte of each character; empty when all are ASCII
};

} // namespace sqlgym::runtime::regex
