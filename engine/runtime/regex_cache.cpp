#include "runtime/regex_cache.h"

#include "runtime/text_case.h"

namespace sqlgym::runtime::regex {

namespace {

constexpr std::size_t kLongestPattern = 1024;

std::u32string decoded(std::string_view text)
{
    std::u32string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();)
        out += nextCharacter(text, at);
    return out;
}

bool sameFlags(const Flags &a, const Flags &b)
{
    return a.ignoreCase == b.ignoreCase && a.newlineStop == b.newlineStop && a.newlineAnchor == b.newlineAnchor &&
           a.literal == b.literal;
}

} // namespace

bool parseOptions(std::string_view letters, Options &out, Call &call)
{
    for (std::size_t at = 0; at < letters.size(); at += utf8Length(letters[at])) {
        Flags &flags = out.flags;
        switch (letters[at]) {
        case 'g':
            out.global = true;
            break;
        case 'c':
            flags.ignoreCase = false;
            break;
        case 'i':
            flags.ignoreCase = true;
            break;
        case 'm':
        case 'n':
            flags.newlineStop = flags.newlineAnchor = true;
            break;
        case 'p':
            flags.newlineStop = true;
            flags.newlineAnchor = false;
            break;
        case 's':
            flags.newlineStop = flags.newlineAnchor = false;
            break;
        case 'w':
            flags.newlineStop = false;
            flags.newlineAnchor = true;
            break;
        case 't':
            break;
        case 'q':
        case 'b':
        case 'e':
        case 'x':
            out.unsupported = true;
            break;
        default:
            call.cx.fail("22023", "invalid regular expression option: \"" +
                                      std::string(letters.substr(at, utf8Length(letters[at]))) + "\"");
            return false;
        }
    }
    return true;
}

Matcher *Matcher::at(Call &call, std::string_view pattern, const Options &options)
{
    auto *matcher = static_cast<Matcher *>(call.site.memory);
    if (matcher && matcher->m_pattern == pattern && sameFlags(matcher->m_flags, options.flags) && !options.unsupported)
        return matcher;
    if (options.unsupported) {
        call.cx.stop.decline("a regular expression's b, e, q or x option");
        return nullptr;
    }
    if (pattern.size() > kLongestPattern) {
        call.cx.stop.decline("a regular expression of more than 1 kB");
        return nullptr;
    }
    Trouble trouble;
    auto regex = std::make_unique<Regex>(decoded(pattern), options.flags, trouble);
    if (!trouble.declined.empty()) {
        call.cx.stop.decline(trouble.declined);
        return nullptr;
    }
    if (!trouble.error.empty()) {
        call.cx.fail("2201B", "invalid regular expression: " + trouble.error);
        return nullptr;
    }
    if (!matcher) {
        matcher = std::make_unique<Matcher>().release();
        call.site.memory = matcher;
        call.site.release = [](void *memory) { std::unique_ptr<Matcher>(static_cast<Matcher *>(memory)).reset(); };
    }
    matcher->m_pattern = pattern;
    matcher->m_flags = options.flags;
    matcher->m_regex = std::move(regex);
    return matcher;
}

void Matcher::setText(std::string_view text)
{
    m_text = text;
    m_characters.clear();
    m_offsets.clear();
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (static_cast<std::uint8_t>(text[at]) < 0x80) {
            m_characters += static_cast<char32_t>(text[at]);
            continue;
        }
        // The first character beyond ASCII: from here on offsets are needed.
        for (std::size_t i = 0; i < at; ++i)
            m_offsets.push_back(static_cast<std::uint32_t>(i));
        while (at < text.size()) {
            m_offsets.push_back(static_cast<std::uint32_t>(at));
            m_characters += nextCharacter(text, at);
        }
        m_offsets.push_back(static_cast<std::uint32_t>(text.size()));
        return;
    }
}

std::string_view Matcher::piece(int begin, int end) const
{
    const auto b = static_cast<std::size_t>(begin);
    const auto e = static_cast<std::size_t>(end);
    return m_offsets.empty() ? m_text.substr(b, e - b) : m_text.substr(m_offsets[b], m_offsets[e] - m_offsets[b]);
}

} // namespace sqlgym::runtime::regex
