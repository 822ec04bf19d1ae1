#include "runtime/like.h"

#include "runtime/families.h"
#include "runtime/text_case.h"
#include "runtime/text_coercion.h"

namespace sqlgym::runtime {

LikeResult matchLike(std::string_view text, std::string_view pattern, bool singleBytes)
{
    const auto step = [&](std::size_t at) { return singleBytes ? 1 : utf8Length(text[at]); };
    // After a '%' only the latest one has to be reconsidered: an earlier one could only match less text.
    std::size_t t = 0;
    std::size_t p = 0;
    std::size_t retryPattern = std::string_view::npos;
    std::size_t retryText = 0;
    for (;;) {
        bool failed = false;
        while (t < text.size() && p < pattern.size()) {
            const char c = pattern[p];
            if (c == '%') {
                ++p;
                while (p < pattern.size() && (pattern[p] == '%' || pattern[p] == '_')) {
                    if (pattern[p++] == '%')
                        continue;
                    if (t >= text.size())
                        return LikeResult::No;
                    t += step(t);
                }
                if (p >= pattern.size())
                    return LikeResult::Yes;
                if (pattern[p] == '\\' && p + 1 >= pattern.size())
                    return LikeResult::BadEscape;
                if (t >= text.size())
                    return LikeResult::No;
                retryPattern = p;
                retryText = t;
                continue;
            }
            if (c == '_') {
                t += step(t);
                ++p;
                continue;
            }
            if (c == '\\' && ++p >= pattern.size())
                return LikeResult::BadEscape;
            if (pattern[p] != text[t]) {
                failed = true;
                break;
            }
            ++p;
            ++t;
        }
        if (!failed && t >= text.size()) {
            while (p < pattern.size() && pattern[p] == '%')
                ++p;
            return p >= pattern.size() ? LikeResult::Yes : LikeResult::No;
        }
        if (retryPattern == std::string_view::npos)
            return LikeResult::No;
        retryText += step(retryText);
        if (retryText >= text.size())
            return LikeResult::No;
        t = retryText;
        p = retryPattern;
    }
}

namespace {

Datum answer(Call &call, LikeResult result, bool negated)
{
    if (result == LikeResult::BadEscape)
        return call.cx.fail("22025", "LIKE pattern must not end with escape character");
    return Datum::ofBool((result == LikeResult::Yes) != negated);
}

template <bool Negated> Datum like(Call &call, const Datum *a)
{
    return answer(call, matchLike(a[0].text(), a[1].text()), Negated);
}

template <bool Negated> Datum likeBytes(Call &call, const Datum *a)
{
    return answer(call, matchLike(a[0].text(), a[1].text(), true), Negated);
}

template <bool Negated> Datum likeAnyCase(Call &call, const Datum *a)
{
    return answer(call, matchLike(lowerText(a[0].text()), lowerText(a[1].text())), Negated);
}

/// name folds only ASCII letters (its collation is C).
template <bool Negated> Datum likeNameAnyCase(Call &call, const Datum *a)
{
    const auto folded = [](std::string_view text) {
        std::string out(text);
        for (char &c : out)
            c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
        return out;
    };
    return answer(call, matchLike(folded(a[0].text()), folded(a[1].text())), Negated);
}

/// Rewrites a pattern with another escape character into one with backslashes.
Datum likeEscape(Call &call, const Datum *a)
{
    const std::string_view pattern = a[0].text();
    const std::string_view escape = a[1].text();
    if (!escape.empty() && escape.size() != utf8Length(escape[0]))
        return call.cx.fail("22025", "invalid escape string", {}, "Escape string must be empty or one character.");
    if (escape == "\\")
        return a[0];
    std::string out;
    bool afterEscape = false;
    for (std::size_t at = 0; at < pattern.size();) {
        const std::string_view c = pattern.substr(at, utf8Length(pattern[at]));
        at += c.size();
        if (!escape.empty() && c == escape && !afterEscape) {
            out += '\\';
            afterEscape = true;
            continue;
        }
        if (c == "\\" && !afterEscape)
            out += '\\';
        out += c;
        afterEscape = false;
    }
    return value::makeText(out, call.cx.arena);
}

constexpr ScalarEntry kScalars[] = {
    {"textlike", like<false>},
    {"textnlike", like<true>},
    {"namelike", like<false>},
    {"namenlike", like<true>},
    {"bytealike", likeBytes<false>},
    {"byteanlike", likeBytes<true>},
    {"texticlike", likeAnyCase<false>},
    {"texticnlike", likeAnyCase<true>},
    {"nameiclike", likeNameAnyCase<false>},
    {"nameicnlike", likeNameAnyCase<true>},
    {"like_escape", likeEscape},
};

} // namespace

Family likeFamily() { return {kScalars, {}, {}}; }

} // namespace sqlgym::runtime
