#include "runtime/array_text.h"

#include "catalogue/type_oids.h"
#include "runtime/array_build.h"
#include "runtime/io.h"
#include "value/scalar_text.h"

#include <algorithm>
#include <charconv>

namespace sqlgym::runtime {

namespace {

using value::ArrayValue;
using value::Context;
using value::Datum;

constexpr int kMost = ArrayValue::kMaxDimensions;

/// pg_type.typdelim: what parts the elements. Boxes alone have another, for they are written with commas.
char delimiterOf(value::Oid elementType) { return elementType == catalogue::type::kBox ? ';' : ','; }

/// Walks the braces as PostgreSQL does, so that every malformed literal meets the same complaint.
class BraceWalker {
public:
    BraceWalker(std::string_view body, char delimiter, Context &cx) : m_body(body), m_delimiter(delimiter), m_cx(cx) {}

    /// The number of dimensions (0: empty array), -1 after an error. Sizes are in `sizes`.
    int count(int (&sizes)[kMost]);
    bool leavesAtOneDepth() const { return m_oneDepth; }

private:
    enum class State { Start, LevelStarted, Element, Quoted, QuotedEnd, Delimited, LevelEnd, LevelDelimited };

    int fail(std::string detail);
    /// False after an error. `done` at the outermost closing brace.
    bool step(char c, bool &done);
    bool open();
    bool close(bool &done);
    bool delimiter();
    bool leaf();

    std::string_view m_body;
    char m_delimiter;
    Context &m_cx;
    State m_state = State::Start;
    int m_depth = 0;
    int m_dimensions = 0;
    int m_leafDepth = 0;
    int m_sizes[kMost] = {};
    int m_elements[kMost] = {1, 1, 1, 1, 1, 1};
    int m_lastElements[kMost] = {};
    bool m_inQuotes = false;
    bool m_empty = true;
    bool m_oneDepth = true;
};

int BraceWalker::fail(std::string detail)
{
    m_cx.fail("22P02", "malformed array literal: \"" + std::string(m_body) + "\"", std::move(detail));
    return -1;
}

bool BraceWalker::open()
{
    if (m_state != State::Start && m_state != State::LevelStarted && m_state != State::LevelDelimited)
        return fail("Unexpected \"{\" character.") > 0;
    m_state = State::LevelStarted;
    if (m_depth >= kMost) {
        m_cx.fail("54000",
                  "number of array dimensions (" + std::to_string(m_depth + 1) + ") exceeds the maximum allowed (6)");
        return false;
    }
    m_sizes[m_depth++] = 0;
    m_dimensions = std::max(m_dimensions, m_depth);
    return true;
}

bool BraceWalker::close(bool &done)
{
    if (m_state != State::Element && m_state != State::QuotedEnd && m_state != State::LevelEnd &&
        !(m_depth == 1 && m_state == State::LevelStarted))
        return fail("Unexpected \"}\" character.") > 0;
    m_state = State::LevelEnd;
    if (m_depth == 0)
        return fail("Unmatched \"}\" character.") > 0;
    --m_depth;
    if (m_lastElements[m_depth] != 0 && m_elements[m_depth] != m_lastElements[m_depth])
        return fail("Multidimensional arrays must have sub-arrays with matching dimensions.") > 0;
    m_lastElements[m_depth] = m_elements[m_depth];
    m_elements[m_depth] = 1;
    if (m_depth == 0)
        done = true;
    return true;
}

bool BraceWalker::delimiter()
{
    if (m_state != State::Element && m_state != State::QuotedEnd && m_state != State::LevelEnd)
        return fail("Unexpected \"" + std::string(1, m_delimiter) + "\" character.") > 0;
    m_state = m_state == State::LevelEnd ? State::LevelDelimited : State::Delimited;
    ++m_elements[m_depth - 1];
    return true;
}

bool BraceWalker::leaf()
{
    m_empty = false;
    if (m_leafDepth != 0 && m_leafDepth != m_depth)
        m_oneDepth = false;
    m_leafDepth = m_depth;
    return true;
}

bool BraceWalker::step(char c, bool &done)
{
    if (c == '"') {
        if (m_state != State::LevelStarted && m_state != State::Quoted && m_state != State::Delimited)
            return fail("Unexpected array element.") > 0;
        m_inQuotes = !m_inQuotes;
        m_state = m_inQuotes ? State::Quoted : State::QuotedEnd;
        return leaf();
    }
    if (m_inQuotes)
        return true;
    if (c == '{')
        return open();
    if (c == '}')
        return close(done);
    if (c == m_delimiter)
        return delimiter();
    if (value::isBlank(c))
        return true;
    if (m_state != State::LevelStarted && m_state != State::Element && m_state != State::Delimited)
        return fail("Unexpected array element.") > 0;
    m_state = State::Element;
    return leaf();
}

int BraceWalker::count(int (&sizes)[kMost])
{
    bool done = false;
    std::size_t at = 0;
    for (; !done; ++at) {
        if (at >= m_body.size())
            return fail("Unexpected end of input.");
        const char c = m_body[at];
        if (c == '\\') {
            if (m_state != State::LevelStarted && m_state != State::Element && m_state != State::Quoted &&
                m_state != State::Delimited)
                return fail("Unexpected \"\\\" character.");
            if (m_state != State::Quoted)
                m_state = State::Element;
            leaf();
            if (++at >= m_body.size())
                return fail("Unexpected end of input.");
        } else if (!step(c, done)) {
            return -1;
        }
    }
    for (; at < m_body.size(); ++at) {
        if (!value::isBlank(m_body[at]))
            return fail("Junk after closing right brace.");
    }
    for (int i = 0; i < kMost; ++i)
        sizes[i] = m_lastElements[i];
    return m_empty ? 0 : m_dimensions;
}

/// One element's text, from `at` up to its delimiter.
struct Item {
    std::string text;
    bool isNull = false;
};

Item readItem(std::string_view body, char delimiter, std::size_t &at)
{
    Item item;
    bool plain = true; // no quote, no escape: may be the word NULL
    bool quotes = false;
    std::size_t keep = 0; // trailing blanks outside quotes go
    while (at < body.size() && value::isBlank(body[at]))
        ++at;
    for (; at < body.size(); ++at) {
        const char c = body[at];
        if (c == '"') {
            quotes = !quotes;
            plain = false;
            keep = item.text.size();
        } else if (c == '\\') {
            plain = false;
            item.text += body[++at];
            keep = item.text.size();
        } else if (!quotes && (c == delimiter || c == '}')) {
            break;
        } else {
            item.text += c;
            if (quotes || !value::isBlank(c))
                keep = item.text.size();
        }
    }
    item.text.resize(keep);
    if (plain && item.text.size() == 4) {
        std::string word = item.text;
        std::transform(word.begin(), word.end(), word.begin(), [](char c) { return c >= 'a' ? c - 32 : c; });
        item.isNull = word == "NULL";
    }
    return item;
}

/// An explicit "[l:u]..." prefix.
struct Bounds {
    int dimensions = 0;
    int lower[kMost] = {1, 1, 1, 1, 1, 1};
    int size[kMost] = {};
};

bool readNumber(std::string_view text, std::size_t &at, int &out)
{
    const std::size_t first = at;
    while (at < text.size() && (value::isAsciiDigit(text[at]) || text[at] == '-' || text[at] == '+'))
        ++at;
    std::size_t from = first;
    if (from < at && text[from] == '+')
        ++from;
    out = 0;
    std::from_chars(text.data() + from, text.data() + at, out);
    return at > first;
}

bool readBounds(std::string_view text, std::size_t &at, Bounds &out, Context &cx)
{
    const auto malformed = [&](const char *detail) {
        cx.fail("22P02", "malformed array literal: \"" + std::string(text) + "\"", detail);
        return false;
    };
    const auto skip = [&] {
        while (at < text.size() && value::isBlank(text[at]))
            ++at;
    };
    for (skip(); at < text.size() && text[at] == '['; skip()) {
        ++at;
        if (out.dimensions >= kMost) {
            cx.fail("54000", "number of array dimensions (" + std::to_string(out.dimensions + 1) +
                                 ") exceeds the maximum allowed (6)");
            return false;
        }
        int upper = 0;
        if (!readNumber(text, at, upper))
            return malformed("\"[\" must introduce explicitly-specified array dimensions.");
        if (at < text.size() && text[at] == ':') {
            ++at;
            out.lower[out.dimensions] = upper;
            if (!readNumber(text, at, upper))
                return malformed("Missing array dimension value.");
        }
        if (at >= text.size() || text[at] != ']')
            return malformed("Missing \"]\" after array dimensions.");
        ++at;
        if (upper < out.lower[out.dimensions]) {
            cx.fail("2202E", "upper bound cannot be less than lower bound");
            return false;
        }
        const std::int64_t size = std::int64_t{upper} - out.lower[out.dimensions] + 1;
        out.size[out.dimensions] = static_cast<int>(std::min<std::int64_t>(size, INT32_MAX)); // more than any has
        ++out.dimensions;
    }
    if (out.dimensions == 0)
        return at < text.size() && text[at] == '{'
                   ? true
                   : malformed("Array value must start with \"{\" or dimension information.");
    if (at >= text.size() || text[at] != '=')
        return malformed("Missing \"=\" after array dimensions.");
    ++at;
    skip();
    return at < text.size() && text[at] == '{' ? true : malformed("Array contents must start with \"{\".");
}

bool needsQuotes(std::string_view text, char delimiter)
{
    if (text.empty())
        return true;
    if (text.size() == 4 && (text[0] | 32) == 'n' && (text[1] | 32) == 'u' && (text[2] | 32) == 'l' &&
        (text[3] | 32) == 'l')
        return true;
    return std::any_of(text.begin(), text.end(), [delimiter](char c) {
        return c == '"' || c == '\\' || c == '{' || c == '}' || c == delimiter || value::isBlank(c);
    });
}

void appendElements(const ArrayValue &array, int dimension, std::uint32_t &next, std::string &out)
{
    const char delimiter = delimiterOf(array.elementType);
    out += '{';
    for (int i = 0; i < array.dimensions[dimension]; ++i) {
        if (i > 0)
            out += delimiter;
        if (dimension + 1 < array.dimensionCount) {
            appendElements(array, dimension + 1, next, out);
            continue;
        }
        const Datum &element = array.elements[next++];
        if (element.isNull) {
            out += "NULL";
            continue;
        }
        std::string text;
        textOut(array.elementType, element, text);
        if (!needsQuotes(text, delimiter)) {
            out += text;
            continue;
        }
        out += '"';
        for (const char c : text) {
            if (c == '"' || c == '\\')
                out += '\\';
            out += c;
        }
        out += '"';
    }
    out += '}';
}

} // namespace

Datum parseArray(value::Oid elementType, std::string_view text, std::int32_t typmod, Context &cx)
{
    Bounds bounds;
    std::size_t at = 0;
    if (!readBounds(text, at, bounds, cx))
        return Datum::null();
    const std::string_view body = text.substr(at);
    int sizes[kMost] = {};
    const char delimiter = delimiterOf(elementType);
    BraceWalker walker(body, delimiter, cx);
    const int dimensions = walker.count(sizes);
    if (dimensions < 0)
        return Datum::null();
    const bool given = bounds.dimensions > 0;
    if (given && (dimensions != bounds.dimensions || !std::equal(sizes, sizes + dimensions, bounds.size)))
        return cx.fail("22P02", "malformed array literal: \"" + std::string(text) + "\"",
                       "Specified array dimensions do not match array contents.");
    if (!walker.leavesAtOneDepth())
        return cx.fail("22P02", "malformed array literal: \"" + std::string(text) + "\"");
    auto *array = static_cast<ArrayValue *>(cx.arena.allocate(sizeof(ArrayValue)));
    *array = ArrayValue{};
    array->elementType = elementType;
    array->dimensionCount = dimensions;
    std::uint64_t total = dimensions ? 1 : 0;
    for (int i = 0; i < dimensions; ++i) {
        array->dimensions[i] = sizes[i];
        array->lowerBounds[i] = bounds.lower[i];
        total *= static_cast<std::uint64_t>(sizes[i]);
    }
    if (!boundsFit(*array, cx))
        return Datum::null();
    array->elementCount = static_cast<std::uint32_t>(total);
    auto *elements = cx.arena.allocateArray<Datum>(total);
    if (!elements)
        return Datum::null();
    array->elements = elements;
    std::size_t from = 0;
    for (std::uint64_t i = 0; i < total; ++i) {
        while (body[from] == '{' || body[from] == '}' || body[from] == delimiter || value::isBlank(body[from]))
            ++from;
        const Item item = readItem(body, delimiter, from);
        elements[i] = item.isNull ? Datum::null() : textIn(elementType, item.text, typmod, cx);
        if (cx.stop.raised() || ((i & 1023) == 1023 && cx.poll()))
            return Datum::null();
    }
    Datum d = Datum::ofInt(0);
    d.array = array;
    d.storage = value::Storage::Array;
    return d;
}

void appendArray(const ArrayValue &array, std::string &out)
{
    if (array.elementCount == 0) {
        out += "{}";
        return;
    }
    bool plain = true;
    for (int i = 0; i < array.dimensionCount; ++i)
        plain = plain && array.lowerBounds[i] == 1;
    if (!plain) {
        for (int i = 0; i < array.dimensionCount; ++i)
            out += "[" + std::to_string(array.lowerBounds[i]) + ":" +
                   std::to_string(array.lowerBounds[i] + array.dimensions[i] - 1) + "]";
        out += '=';
    }
    std::uint32_t next = 0;
    appendElements(array, 0, next, out);
}

void appendRecord(const value::RecordValue &record, std::string &out)
{
    out += '(';
    for (std::uint32_t i = 0; i < record.fieldCount; ++i) {
        if (i > 0)
            out += ',';
        if (record.fields[i].isNull)
            continue;
        std::string text;
        textOut(record.fieldTypes[i], record.fields[i], text);
        const bool quoted = text.empty() || std::any_of(text.begin(), text.end(), [](char c) {
                                return c == '"' || c == '\\' || c == '(' || c == ')' || c == ',' || value::isBlank(c);
                            });
        if (!quoted) {
            out += text;
            continue;
        }
        out += '"';
        for (const char c : text) {
            if (c == '"' || c == '\\')
                out += c;
            out += c;
        }
        out += '"';
    }
    out += ')';
}

} // namespace sqlgym::runtime
