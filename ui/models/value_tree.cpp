#include "models/value_tree.h"

#include <algorithm>
#include <charconv>

namespace sqlgym::models {

namespace {

using Kind = ValueTree::Kind;
using Node = ValueTree::Node;

bool isBlank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

void appendUtf8(std::string &out, std::uint32_t point)
{
    const auto put = [&out](std::uint32_t byte) { out.push_back(static_cast<char>(byte)); };
    if (point < 0x80) {
        put(point);
    } else if (point < 0x800) {
        put(0xC0 | point >> 6);
        put(0x80 | (point & 0x3F));
    } else if (point < 0x10000) {
        put(0xE0 | point >> 12);
        put(0x80 | (point >> 6 & 0x3F));
        put(0x80 | (point & 0x3F));
    } else {
        put(0xF0 | point >> 18);
        put(0x80 | (point >> 12 & 0x3F));
        put(0x80 | (point >> 6 & 0x3F));
        put(0x80 | (point & 0x3F));
    }
}

/// Builds the tree from the left, one open container in another.
class Builder {
public:
    explicit Builder(std::string_view text) : m_text(text) {}

    bool atEnd() const { return m_at >= m_text.size(); }
    char peek() const { return atEnd() ? '\0' : m_text[m_at]; }
    char take() { return atEnd() ? '\0' : m_text[m_at++]; }
    std::string_view rest() const { return m_text.substr(m_at); }
    void skip(std::size_t bytes) { m_at += bytes; }
    void skipBlanks()
    {
        while (!atEnd() && isBlank(m_text[m_at]))
            ++m_at;
    }

    std::size_t depth() const { return m_open.size(); }
    bool full() const { return m_tree.nodes.size() >= kMostTreeNodes; }
    Node &container() { return m_tree.nodes[m_open.back()]; }
    void add(std::string name, Kind kind, std::string text)
    {
        const auto index = static_cast<std::uint32_t>(m_tree.nodes.size());
        Node node{std::move(name), std::move(text), kind, 0, 0, {}};
        if (!m_open.empty()) {
            node.parent = m_open.back();
            node.row = static_cast<std::uint32_t>(container().children.size());
            container().children.push_back(index);
        }
        m_tree.nodes.push_back(std::move(node));
    }
    void open(std::string name, Kind kind)
    {
        add(std::move(name), kind, {});
        m_open.push_back(static_cast<std::uint32_t>(m_tree.nodes.size() - 1));
    }
    void close() { m_open.pop_back(); }
    ValueTree done()
    {
        m_tree.cut = depth() > 0;
        return std::move(m_tree);
    }

private:
    std::string_view m_text;
    std::size_t m_at = 0;
    ValueTree m_tree;
    std::vector<std::uint32_t> m_open;
};

bool takeHex(Builder &in, std::uint32_t &unit)
{
    const std::string_view digits = in.rest().substr(0, 4);
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), unit, 16);
    in.skip(digits.size());
    return digits.size() == 4 && read.ptr == digits.data() + 4;
}

/// After \u. A pair of surrogates is one character.
bool takeCodePoint(Builder &in, std::string &out)
{
    std::uint32_t unit = 0, low = 0;
    if (!takeHex(in, unit))
        return false;
    if (unit >= 0xD800 && unit < 0xDC00 && in.rest().starts_with("\\u")) {
        in.skip(2);
        if (!takeHex(in, low))
            return false;
        unit = 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
    }
    appendUtf8(out, unit);
    return true;
}

/// After the opening quote.
bool takeString(Builder &in, std::string &out)
{
    static constexpr std::string_view kLetters = "\"\\/bfnrt", kMeanings = "\"\\/\b\f\n\r\t";
    while (!in.atEnd()) {
        const char c = in.take();
        if (c == '"')
            return true;
        if (c != '\\') {
            out.push_back(c);
            continue;
        }
        const char escaped = in.take();
        const auto known = kLetters.find(escaped);
        if (known != kLetters.npos)
            out.push_back(kMeanings[known]);
        else if (escaped != 'u' || !takeCodePoint(in, out))
            return false;
    }
    return false;
}

std::string subscript(std::int64_t number) { return '[' + std::to_string(number) + ']'; }

/// A scalar, or the opening of a container.
bool takeJsonValue(Builder &in, std::string name)
{
    const char c = in.peek();
    if (c == '{' || c == '[') {
        in.take();
        in.open(std::move(name), c == '{' ? Kind::Object : Kind::Array);
        return in.depth() <= kDeepestTree;
    }
    if (c == '"') {
        in.take();
        std::string text;
        const bool fine = takeString(in, text);
        in.add(std::move(name), Kind::Text, std::move(text));
        return fine;
    }
    const std::string_view rest = in.rest();
    const std::string_view word = rest.substr(0, rest.find_first_of(",]} \t\r\n"));
    if (word.empty())
        return false;
    const bool number = c == '-' || (c >= '0' && c <= '9');
    if (!number && word != "null" && word != "true" && word != "false")
        return false;
    in.add(std::move(name), number ? Kind::Number : word == "null" ? Kind::Null : Kind::Word, std::string(word));
    in.skip(word.size());
    return true;
}

/// The next member of the open container, or its end.
bool takeJsonMember(Builder &in)
{
    const bool object = in.container().kind == Kind::Object;
    if (in.peek() == (object ? '}' : ']')) {
        in.take();
        in.close();
        return true;
    }
    if (!in.container().children.empty()) {
        if (in.take() != ',')
            return false;
        in.skipBlanks();
    }
    std::string name;
    if (object) {
        if (in.take() != '"' || !takeString(in, name))
            return false;
        in.skipBlanks();
        if (in.take() != ':')
            return false;
        in.skipBlanks();
    } else {
        name = subscript(static_cast<std::int64_t>(in.container().children.size()));
    }
    return takeJsonValue(in, std::move(name));
}

/// "[0:1][2:3]=" before the braces: where each dimension begins.
std::vector<std::int64_t> takeBounds(Builder &in)
{
    std::vector<std::int64_t> begins;
    const std::string_view text = in.rest();
    const auto equals = text.find('=');
    if (!text.starts_with('[') || equals == text.npos)
        return begins;
    for (std::size_t at = 0; at < equals; at = std::min(equals, text.find('[', at + 1))) {
        std::int64_t begin = 1;
        std::from_chars(text.data() + at + 1, text.data() + equals, begin);
        begins.push_back(begin);
    }
    in.skip(equals + 1);
    return begins;
}

bool takeElement(Builder &in, std::string name, char separator)
{
    if (in.peek() == '{') {
        in.take();
        in.open(std::move(name), Kind::Array);
        return in.depth() <= kDeepestTree;
    }
    std::string text;
    const bool quoted = in.peek() == '"';
    if (quoted)
        in.take();
    while (!in.atEnd() && (quoted ? in.peek() != '"' : in.peek() != separator && in.peek() != '}')) {
        const char c = in.take();
        text.push_back(c == '\\' ? in.take() : c);
    }
    if (in.atEnd() || (quoted && in.take() != '"'))
        return false;
    const bool null = !quoted && text == "NULL";
    in.add(std::move(name), null ? Kind::Null : Kind::Text, null ? std::string() : std::move(text));
    return true;
}

} // namespace

std::optional<ValueTree> jsonTree(std::string_view text)
{
    if (text.size() > kMostTreeBytes)
        return std::nullopt;
    Builder in(text);
    in.skipBlanks();
    bool fine = takeJsonValue(in, {});
    in.skipBlanks();
    while (fine && in.depth() > 0 && !in.full()) {
        fine = takeJsonMember(in);
        in.skipBlanks();
    }
    if (!fine || (in.depth() == 0 && !in.atEnd()))
        return std::nullopt;
    return in.done();
}

std::optional<ValueTree> arrayTree(std::string_view text, char separator)
{
    if (text.size() > kMostTreeBytes)
        return std::nullopt;
    Builder in(text);
    const std::vector<std::int64_t> begins = takeBounds(in);
    if (in.take() != '{')
        return std::nullopt;
    in.open({}, Kind::Array);
    while (in.depth() > 0 && !in.full()) {
        if (in.peek() == '}') {
            in.take();
            in.close();
            continue;
        }
        const std::size_t dimension = in.depth() - 1;
        const auto before = static_cast<std::int64_t>(in.container().children.size());
        if (before > 0 && in.take() != separator)
            return std::nullopt;
        const std::int64_t begin = dimension < begins.size() ? begins[dimension] : 1;
        if (!takeElement(in, subscript(begin + before), separator))
            return std::nullopt;
    }
    if (in.depth() == 0 && !in.atEnd())
        return std::nullopt;
    return in.done();
}

} // namespace sqlgym::models
