#include "runtime/regex_matches.h"

#include "catalogue/type_oids.h"
#include "runtime/array_build.h"
#include "runtime/families.h"

namespace sqlgym::runtime {

namespace regex {

bool MatchList::find(Call &call, std::string_view text, std::string_view pattern, const Options &options,
                     MatchWishes wishes)
{
    m_matcher = Matcher::at(call, pattern, options);
    if (!m_matcher)
        return false;
    m_matcher->setText(text);
    const bool groups = wishes.groups && m_matcher->groups() > 0;
    m_width = groups ? m_matcher->groups() : 1;
    std::vector<Span> spans(groups ? static_cast<std::size_t>(m_width) + 1 : 1);
    const int size = m_matcher->size();
    int previousEnd = 0;
    std::int64_t from = wishes.start;
    while (from <= size && m_matcher->search(static_cast<int>(from), spans, call.cx)) {
        const Span whole = spans[0];
        if (!wishes.skipDegenerate || (whole.begin < size && whole.end > previousEnd))
            m_spans.insert(m_spans.end(), spans.begin() + (groups ? 1 : 0), spans.end());
        previousEnd = whole.end;
        if (!options.global)
            break;
        if (m_spans.size() > 50'000'000) {
            call.cx.stop.stop(base::StopReason::MemoryLimit);
            return false;
        }
        from = whole.end + (whole.begin == whole.end ? 1 : 0);
    }
    return !call.cx.stop.raised();
}

} // namespace regex

namespace {

using regex::MatchList;
using regex::Options;
using regex::Span;

/// The groups (or the whole) of one match as text[]; unset groups are NULL.
Datum groupsOf(Call &call, const MatchList &list, std::int64_t match)
{
    std::vector<Datum> pieces;
    for (std::int64_t i = 0; i < list.width(); ++i) {
        const Span &span = list.span(match, i);
        pieces.push_back(span.begin < 0 ? Datum::null() : value::makeText(list.matcher().piece(span), call.cx.arena));
    }
    return makeArray(catalogue::type::kText, pieces, call.cx);
}

bool options(Call &call, const Datum *a, Options &out)
{
    return call.argumentCount < 3 || regex::parseOptions(a[2].text(), out, call);
}

Datum firstMatch(Call &call, const Datum *a)
{
    Options wanted;
    if (!options(call, a, wanted))
        return Datum::null();
    if (wanted.global)
        return call.cx.fail("22023", "regexp_match() does not support the \"global\" option", {},
                            "Use the regexp_matches function instead.");
    MatchList list;
    if (!list.find(call, a[0].text(), a[1].text(), wanted, {.groups = true}) || list.count() == 0)
        return Datum::null();
    return groupsOf(call, list, 0);
}

/// Rows made when the function opens; the matcher may serve another call meanwhile.
struct Rows {
    const Datum *rows;
    std::size_t count;
    std::size_t next;
};

void *keepRows(Call &call, const std::vector<Datum> &rows)
{
    auto *kept = static_cast<Rows *>(call.cx.arena.allocate(sizeof(Rows)));
    auto *copies = call.cx.arena.allocateArray<Datum>(rows.size());
    *kept = {copies, copies ? rows.size() : 0, 0};
    if (copies)
        std::copy(rows.begin(), rows.end(), copies);
    return kept;
}

bool nextRow(Call &, void *state, Datum *columns)
{
    auto *rows = static_cast<Rows *>(state);
    if (rows->next >= rows->count)
        return false;
    columns[0] = rows->rows[rows->next++];
    return true;
}

void *openMatches(Call &call, const Datum *a)
{
    std::vector<Datum> rows;
    Options wanted;
    MatchList list;
    if (options(call, a, wanted) && list.find(call, a[0].text(), a[1].text(), wanted, {.groups = true})) {
        for (std::int64_t i = 0; i < list.count(); ++i)
            rows.push_back(groupsOf(call, list, i));
    }
    return keepRows(call, rows);
}

std::vector<Datum> split(Call &call, const Datum *a, const char *function)
{
    std::vector<Datum> pieces;
    Options wanted;
    if (!options(call, a, wanted))
        return pieces;
    if (wanted.global) {
        call.cx.fail("22023", std::string(function) + " does not support the \"global\" option");
        return pieces;
    }
    wanted.global = true;
    MatchList list;
    if (!list.find(call, a[0].text(), a[1].text(), wanted, {.skipDegenerate = true}))
        return pieces;
    int from = 0;
    for (std::int64_t i = 0; i < list.count(); ++i) {
        const Span &span = list.span(i, 0);
        pieces.push_back(value::makeText(list.matcher().piece(from, span.begin), call.cx.arena));
        from = span.end;
    }
    pieces.push_back(value::makeText(list.matcher().piece(from, list.matcher().size()), call.cx.arena));
    return pieces;
}

Datum splitToArray(Call &call, const Datum *a)
{
    const auto pieces = split(call, a, "regexp_split_to_array()");
    return call.cx.stop.raised() ? Datum::null() : makeArray(catalogue::type::kText, pieces, call.cx);
}

void *openSplit(Call &call, const Datum *a) { return keepRows(call, split(call, a, "regexp_split_to_table()")); }

constexpr ScalarEntry kScalars[] = {
    {"regexp_match", firstMatch},
    {"regexp_match_no_flags", firstMatch},
    {"regexp_split_to_array", splitToArray},
    {"regexp_split_to_array_no_flags", splitToArray},
};

const SetFunction kSets[] = {
    {"regexp_matches", openMatches, nextRow},
    {"regexp_matches_no_flags", openMatches, nextRow},
    {"regexp_split_to_table", openSplit, nextRow},
    {"regexp_split_to_table_no_flags", openSplit, nextRow},
};

} // namespace

Family regexMatchesFamily() { return {kScalars, kSets, {}}; }

} // namespace sqlgym::runtime
