// Ranges and multiranges as types: text, order, hash.
#include "catalogue/range_types.h"
#include "runtime/io.h"
#include "runtime/multirange_value.h"
#include "runtime/range_value.h"
#include "runtime/type_table.h"
#include "value/scalar_text.h"

#include <algorithm>
#include <cctype>
#include <optional>

namespace sqlgym::runtime {

namespace {

/// Reads a range, or the ranges within a multirange.
class Reader {
public:
    Reader(Oid rangeType, std::string_view text, const char *what, Context &cx)
        : m_type(rangeType), m_text(text), m_what(what), m_cx(cx)
    {
    }

    Datum range()
    {
        blanks();
        if (takesEmpty()) {
            blanks();
            return ended() ? emptyRange(m_type, m_cx) : refuse("Junk after \"empty\" key word.");
        }
        if (const char *problem = split())
            return refuse(problem);
        blanks();
        if (!ended())
            return refuse("Junk after right parenthesis or bracket.");
        if (!convert(m_lower, m_from) || !convert(m_upper, m_to))
            return Datum::null();
        return makeRange(m_type, m_lower, m_upper, m_cx);
    }

private:
    bool ended() const { return m_at >= m_text.size(); }
    char here() const { return ended() ? '\0' : m_text[m_at]; }
    void blanks()
    {
        while (!ended() && value::isBlank(here()))
            ++m_at;
    }
    Datum refuse(const char *detail)
    {
        return m_cx.fail("22P02", std::string("malformed ") + m_what + " literal: \"" + std::string(m_text) + "\"",
                         detail);
    }
    bool takesEmpty()
    {
        static constexpr std::string_view kWord = "empty";
        const std::string_view word = m_text.substr(m_at, kWord.size());
        const auto alike = [](char a, char b) { return std::tolower(static_cast<unsigned char>(a)) == b; };
        if (!std::equal(word.begin(), word.end(), kWord.begin(), kWord.end(), alike))
            return false;
        m_at += kWord.size();
        return true;
    }

    /// Nothing at all is an infinite bound; false when the text ends too soon.
    bool bound(std::optional<std::string> &out)
    {
        const auto stops = [](char c) { return c == ',' || c == ')' || c == ']'; };
        if (stops(here()))
            return true;
        out.emplace();
        for (bool quoted = false; quoted || !stops(here());) {
            if (ended())
                return false;
            const char c = m_text[m_at++];
            if (c == '\\') {
                if (ended())
                    return false;
                *out += m_text[m_at++];
            } else if (c == '"') {
                if (quoted && here() == '"')
                    *out += m_text[m_at++];
                else
                    quoted = !quoted;
            } else {
                *out += c;
            }
        }
        return true;
    }

    /// What is wrong with the marks, or nullptr.
    const char *split()
    {
        if (here() != '[' && here() != '(')
            return "Missing left parenthesis or bracket.";
        m_lower.inclusive = m_text[m_at++] == '[';
        if (!bound(m_from))
            return "Unexpected end of input.";
        if (here() != ',')
            return "Missing comma after lower bound.";
        ++m_at;
        if (!bound(m_to))
            return "Unexpected end of input.";
        if (here() == ',')
            return "Too many commas.";
        m_upper.inclusive = m_text[m_at++] == ']';
        return nullptr;
    }
    bool convert(RangeBound &bound, const std::optional<std::string> &text)
    {
        if (!text)
            return true;
        bound.infinite = false;
        bound.value = textIn(catalogue::findRange(m_type)->subtype, *text, -1, m_cx);
        return !m_cx.stop.raised();
    }

    Oid m_type;
    std::string_view m_text;
    const char *m_what;
    Context &m_cx;
    std::size_t m_at = 0;
    RangeBound m_lower, m_upper;
    std::optional<std::string> m_from, m_to;
};

void appendBound(Oid subtype, const RangeBound &bound, std::string &out)
{
    if (bound.infinite)
        return;
    std::string text;
    textOut(subtype, bound.value, text);
    const bool quoted = text.empty() || std::ranges::any_of(text, [](char c) {
                            return value::isBlank(c) || std::string_view("\"\\()[],").find(c) != std::string_view::npos;
                        });
    if (quoted)
        out += '"';
    for (const char c : text) {
        if (c == '"' || c == '\\')
            out += c;
        out += c;
    }
    if (quoted)
        out += '"';
}

void rangeOut(const Datum &datum, std::string &out)
{
    const RangeValue range = readRange(datum);
    if (range.empty) {
        out += "empty";
        return;
    }
    const Oid subtype = catalogue::findRange(range.type)->subtype;
    out += range.lower.inclusive ? '[' : '(';
    appendBound(subtype, range.lower, out);
    out += ',';
    appendBound(subtype, range.upper, out);
    out += range.upper.inclusive ? ']' : ')';
}

void multirangeOut(const Datum &datum, std::string &out)
{
    out += '{';
    for (std::uint32_t i = 0; i < datum.array->elementCount; ++i) {
        if (i > 0)
            out += ',';
        rangeOut(datum.array->elements[i], out);
    }
    out += '}';
}

std::uint64_t hashRange(const Datum &datum)
{
    const RangeValue range = readRange(datum);
    if (range.empty)
        return 7;
    const HashFunction hash = findHash(catalogue::findRange(range.type)->subtype);
    const auto of = [&](const RangeBound &bound) {
        return bound.infinite ? std::uint64_t{3} : hash(bound.value) + (bound.inclusive ? 1 : 0);
    };
    return mixBits(mixBits(of(range.lower)) ^ of(range.upper));
}

std::uint64_t hashMultirange(const Datum &datum)
{
    std::uint64_t h = datum.array->elementCount;
    for (std::uint32_t i = 0; i < datum.array->elementCount; ++i)
        h = mixBits(h ^ hashRange(datum.array->elements[i]));
    return h;
}

template <Oid Type> Datum rangeIn(std::string_view text, std::int32_t, Context &cx)
{
    return Reader(Type, text, "range", cx).range();
}
template <Oid Type> Datum multirangeIn(std::string_view text, std::int32_t, Context &cx)
{
    // Most come from functions; of what is written, the plain form is read.
    std::vector<Datum> ranges;
    std::string_view rest = text;
    const auto trim = [&rest] {
        while (!rest.empty() && value::isBlank(rest.front()))
            rest.remove_prefix(1);
        while (!rest.empty() && value::isBlank(rest.back()))
            rest.remove_suffix(1);
    };
    trim();
    const bool framed = rest.size() >= 2 && rest.front() == '{' && rest.back() == '}';
    if (!framed || rest.find_first_of("\"\\") != std::string_view::npos) {
        cx.stop.decline("a multirange written as \"" + std::string(text) + "\"");
        return Datum::null();
    }
    rest = rest.substr(1, rest.size() - 2);
    trim();
    while (!rest.empty()) {
        const auto end = rest.find_first_of(")]");
        const bool isRange = (rest.front() == '[' || rest.front() == '(') && end != std::string_view::npos;
        if (!isRange) {
            cx.stop.decline("a multirange written as \"" + std::string(text) + "\"");
            return Datum::null();
        }
        ranges.push_back(Reader(Type, rest.substr(0, end + 1), "range", cx).range());
        if (cx.stop.raised())
            return Datum::null();
        rest.remove_prefix(end + 1);
        trim();
        if (rest.empty())
            break;
        if (rest.front() != ',' || rest.size() == 1) {
            cx.stop.decline("a multirange written as \"" + std::string(text) + "\"");
            return Datum::null();
        }
        rest.remove_prefix(1);
        trim();
    }
    return makeMultirange(Type, std::move(ranges), cx);
}

} // namespace

std::span<const TypeEntry> rangeTypes()
{
    static const TypeEntry kTypes[] = {
        {3904, 3905, rangeIn<3904>, rangeOut, compareRanges, hashRange},
        {3906, 3907, rangeIn<3906>, rangeOut, compareRanges, hashRange},
        {3908, 3909, rangeIn<3908>, rangeOut, compareRanges, hashRange},
        {3910, 3911, rangeIn<3910>, rangeOut, compareRanges, hashRange},
        {3912, 3913, rangeIn<3912>, rangeOut, compareRanges, hashRange},
        {3926, 3927, rangeIn<3926>, rangeOut, compareRanges, hashRange},
        {4451, 6150, multirangeIn<3904>, multirangeOut, compareMultiranges, hashMultirange},
        {4532, 6151, multirangeIn<3906>, multirangeOut, compareMultiranges, hashMultirange},
        {4533, 6152, multirangeIn<3908>, multirangeOut, compareMultiranges, hashMultirange},
        {4534, 6153, multirangeIn<3910>, multirangeOut, compareMultiranges, hashMultirange},
        {4535, 6155, multirangeIn<3912>, multirangeOut, compareMultiranges, hashMultirange},
        {4536, 6157, multirangeIn<3926>, multirangeOut, compareMultiranges, hashMultirange},
    };
    return kTypes;
}

} // namespace sqlgym::runtime
