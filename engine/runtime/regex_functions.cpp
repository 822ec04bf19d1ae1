// ~ and its kin, substring, regexp_replace, regexp_like, regexp_count, regexp_instr, regexp_substr.
#include "runtime/families.h"
#include "runtime/regex_cache.h"
#include "runtime/regex_matches.h"
#include "runtime/similar.h"
#include "value/scalar_text.h"

namespace sqlgym::runtime {

using regex::Matcher;
using regex::Options;
using regex::Span;

namespace {

template <bool AnyCase, bool Negated> Datum test(Call &call, const Datum *a)
{
    Options options;
    options.flags.ignoreCase = AnyCase;
    Matcher *matcher = Matcher::at(call, a[1].text(), options);
    if (!matcher)
        return Datum::null();
    matcher->setText(a[0].text());
    return Datum::ofBool(matcher->matches(call.cx) != Negated);
}

/// name compares under the C collation, which knows only ASCII letters; beyond them it is declined.
template <bool AnyCase, bool Negated> Datum testName(Call &call, const Datum *a)
{
    for (const Datum *d : {&a[0], &a[1]}) {
        for (const char c : d->text()) {
            if (static_cast<std::uint8_t>(c) >= 0x80) {
                call.cx.stop.decline("regular expressions over names with letters beyond ASCII");
                return Datum::null();
            }
        }
    }
    return test<AnyCase, Negated>(call, a);
}

/// The first group if there is one, else the whole match.
Datum firstPiece(Call &call, std::string_view text, std::string_view pattern)
{
    Matcher *matcher = Matcher::at(call, pattern, {});
    if (!matcher)
        return Datum::null();
    matcher->setText(text);
    Span spans[2];
    const std::size_t wanted = matcher->groups() > 0 ? 2 : 1;
    if (!matcher->search(0, {spans, wanted}, call.cx) || spans[wanted - 1].begin < 0)
        return Datum::null();
    return Datum::ofText(matcher->piece(spans[wanted - 1]));
}

Datum substring(Call &call, const Datum *a) { return firstPiece(call, a[0].text(), a[1].text()); }

Datum substringSimilar(Call &call, const Datum *a)
{
    const Datum pattern = similarToRegex(a[1].text(), &a[2], call.cx);
    return pattern.isNull ? pattern : firstPiece(call, a[0].text(), pattern.text());
}

void appendReplacement(std::string_view replacement, const Matcher &matcher, std::span<const Span> spans,
                       std::string &out)
{
    for (std::size_t at = 0; at < replacement.size(); ++at) {
        const char c = replacement[at];
        const char n = at + 1 < replacement.size() ? replacement[at + 1] : '\0';
        if (c != '\\' || (n != '\\' && n != '&' && (n < '1' || n > '9'))) {
            out += c;
            continue;
        }
        ++at;
        if (n == '\\') {
            out += n;
            continue;
        }
        const auto group = static_cast<std::size_t>(n == '&' ? 0 : n - '0');
        if (group < spans.size() && spans[group].begin >= 0)
            out += matcher.piece(spans[group]);
    }
}

/// `which`: 0 all matches, n the n-th only; `start` in characters from 0.
Datum replace(Call &call, const Datum *a, const Options &options, std::int64_t start, std::int64_t which)
{
    Matcher *matcher = Matcher::at(call, a[1].text(), options);
    if (!matcher)
        return Datum::null();
    matcher->setText(a[0].text());
    const std::string_view replacement = a[2].text();
    const bool special = replacement.find('\\') != std::string_view::npos;
    std::vector<Span> spans(special ? static_cast<std::size_t>(std::min(matcher->groups(), 9)) + 1 : 1);
    std::string out;
    int done = 0;
    std::int64_t matches = 0;
    std::int64_t from = start;
    bool any = false;
    while (from <= matcher->size() && matcher->search(static_cast<int>(from), spans, call.cx)) {
        ++matches;
        const Span whole = spans[0];
        from = whole.end + (whole.begin == whole.end ? 1 : 0);
        if (which > 0 && matches != which)
            continue;
        any = true;
        out += matcher->piece(done, whole.begin);
        if (special)
            appendReplacement(replacement, *matcher, spans, out);
        else
            out += replacement;
        done = whole.end;
        if (out.size() > 0x3fffffff) {
            call.cx.stop.stop(base::StopReason::MemoryLimit);
            return Datum::null();
        }
        if (which > 0)
            break;
    }
    if (call.cx.stop.raised())
        return Datum::null();
    if (!any)
        return a[0];
    out += matcher->piece(done, matcher->size());
    return value::makeText(out, call.cx.arena);
}

Datum replaceWithFlags(Call &call, const Datum *a)
{
    const std::string_view letters = a[3].text();
    if (!letters.empty() && value::isAsciiDigit(letters[0]))
        return call.cx.fail("22023", "invalid regular expression option: \"" + std::string(letters.substr(0, 1)) + "\"",
                            {},
                            "If you meant to use regexp_replace() with a start parameter, cast the fourth argument to "
                            "integer explicitly.");
    Options options;
    if (!regex::parseOptions(letters, options, call))
        return Datum::null();
    return replace(call, a, options, 0, options.global ? 0 : 1);
}

Datum badParameter(Call &call, const char *name, std::int64_t v)
{
    return call.cx.fail("22023", std::string("invalid value for parameter \"") + name + "\": " + std::to_string(v));
}

Datum replaceExtended(Call &call, const Datum *a)
{
    const std::int64_t start = a[3].int64;
    std::int64_t which = 1;
    if (start <= 0)
        return badParameter(call, "start", start);
    if (call.argumentCount > 4) {
        which = a[4].int64;
        if (which < 0)
            return badParameter(call, "n", which);
    }
    Options options;
    if (call.argumentCount > 5 && !regex::parseOptions(a[5].text(), options, call))
        return Datum::null();
    return replace(call, a, options, start - 1, which);
}

/// Flags of a function that has no use for 'g'.
bool optionsWithoutGlobal(Call &call, const Datum *flags, const char *function, Options &options)
{
    if (!flags)
        return true;
    if (!regex::parseOptions(flags->text(), options, call))
        return false;
    if (options.global) {
        call.cx.fail("22023", std::string(function) + " does not support the \"global\" option");
        return false;
    }
    return true;
}

Datum like(Call &call, const Datum *a)
{
    Options options;
    if (!optionsWithoutGlobal(call, call.argumentCount > 2 ? &a[2] : nullptr, "regexp_like()", options))
        return Datum::null();
    Matcher *matcher = Matcher::at(call, a[1].text(), options);
    if (!matcher)
        return Datum::null();
    matcher->setText(a[0].text());
    return Datum::ofBool(matcher->matches(call.cx));
}

Datum count(Call &call, const Datum *a)
{
    const std::int64_t start = call.argumentCount > 2 ? a[2].int64 : 1;
    if (start <= 0)
        return badParameter(call, "start", start);
    Options options;
    if (!optionsWithoutGlobal(call, call.argumentCount > 3 ? &a[3] : nullptr, "regexp_count()", options))
        return Datum::null();
    regex::MatchList list;
    options.global = true;
    if (!list.find(call, a[0].text(), a[1].text(), options, {.start = start - 1}))
        return Datum::null();
    return Datum::ofInt(list.count());
}

/// regexp_instr and regexp_substr: the n-th match, or a group of it; an unset span when there is none.
bool locate(Call &call, const Datum *a, const char *function, std::size_t subexpressionAt, std::size_t flagsAt,
            regex::MatchList &list, Span &out)
{
    const std::int64_t start = call.argumentCount > 2 ? a[2].int64 : 1;
    const std::int64_t n = call.argumentCount > 3 ? a[3].int64 : 1;
    const std::int64_t subexpression = call.argumentCount > subexpressionAt ? a[subexpressionAt].int64 : 0;
    if (start <= 0)
        badParameter(call, "start", start);
    else if (n <= 0)
        badParameter(call, "n", n);
    else if (flagsAt == 5 && call.argumentCount > 4 && a[4].int64 != 0 && a[4].int64 != 1)
        badParameter(call, "endoption", a[4].int64);
    else if (subexpression < 0)
        badParameter(call, "subexpr", subexpression);
    if (call.cx.stop.raised())
        return false;
    Options options;
    if (!optionsWithoutGlobal(call, call.argumentCount > flagsAt ? &a[flagsAt] : nullptr, function, options))
        return false;
    options.global = true;
    if (!list.find(call, a[0].text(), a[1].text(), options, {.start = start - 1, .groups = subexpression > 0}))
        return false;
    if (n > list.count() || subexpression > list.width())
        return true;
    out = list.span(n - 1, subexpression > 0 ? subexpression - 1 : 0);
    return true;
}

Datum position(Call &call, const Datum *a)
{
    regex::MatchList list;
    Span span;
    if (!locate(call, a, "regexp_instr()", 6, 5, list, span))
        return Datum::null();
    const bool atEnd = call.argumentCount > 4 && a[4].int64 == 1;
    return Datum::ofInt(span.begin < 0 ? 0 : (atEnd ? span.end : span.begin) + 1);
}

Datum piece(Call &call, const Datum *a)
{
    regex::MatchList list;
    Span span;
    if (!locate(call, a, "regexp_substr()", 5, 4, list, span) || span.begin < 0)
        return Datum::null();
    return Datum::ofText(list.matcher().piece(span));
}

constexpr ScalarEntry kScalars[] = {
    {"textregexeq", test<false, false>},
    {"textregexne", test<false, true>},
    {"nameregexeq", testName<false, false>},
    {"nameregexne", testName<false, true>},
    {"texticregexeq", test<true, false>},
    {"texticregexne", test<true, true>},
    {"nameicregexeq", testName<true, false>},
    {"nameicregexne", testName<true, true>},
    {"textregexsubstr", substring},
    {"sql:substring(text,text,text)", substringSimilar},
    {"textregexreplace_noopt", [](Call &call, const Datum *a) { return replace(call, a, {}, 0, 1); }},
    {"textregexreplace", replaceWithFlags},
    {"textregexreplace_extended", replaceExtended},
    {"textregexreplace_extended_no_n", replaceExtended},
    {"textregexreplace_extended_no_flags", replaceExtended},
    {"regexp_like", like},
    {"regexp_like_no_flags", like},
    {"regexp_count", count},
    {"regexp_count_no_start", count},
    {"regexp_count_no_flags", count},
    {"regexp_instr", position},
    {"regexp_instr_no_start", position},
    {"regexp_instr_no_n", position},
    {"regexp_instr_no_endoption", position},
    {"regexp_instr_no_flags", position},
    {"regexp_instr_no_subexpr", position},
    {"regexp_substr", piece},
    {"regexp_substr_no_start", piece},
    {"regexp_substr_no_n", piece},
    {"regexp_substr_no_flags", piece},
    {"regexp_substr_no_subexpr", piece},
    {"similar_to_escape_1", [](Call &call, const Datum *a) { return similarToRegex(a[0].text(), nullptr, call.cx); }},
    {"similar_to_escape_2", [](Call &call, const Datum *a) { return similarToRegex(a[0].text(), &a[1], call.cx); }},
    {"similar_escape",
     [](Call &call, const Datum *a) {
         return a[0].isNull ? Datum::null() : similarToRegex(a[0].text(), a[1].isNull ? nullptr : &a[1], call.cx);
     }},
};

} // namespace

Family regexFamily() { return {kScalars, {}, {}}; }

} // namespace sqlgym::runtime
