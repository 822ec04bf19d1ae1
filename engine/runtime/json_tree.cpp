#include "runtime/json_tree.h"

#include "runtime/text_case.h"
#include "value/numeric.h"
#include "value/scalar_text.h"

#include <algorithm>
#include <cstdio>
#include <map>

namespace sqlgym::runtime {

using value::Context;
using value::isAsciiDigit;
using Kind = JsonNode::Kind;

namespace {

/// PostgreSQL stops at its stack's limit, which is deeper.
constexpr int kMaxDepth = 1000;

class Parser {
public:
    Parser(std::string_view text, Context &cx) : m_text(text), m_cx(cx) {}

    bool parse(JsonNode &out)
    {
        next();
        value(out, "JSON value", 0);
        if (good() && m_token != Token::End)
            expected("end of input");
        return good();
    }

private:
    enum class Token : std::uint8_t { End, String, Number, True, False, Null, Mark };

    bool good() const { return !m_cx.stop.raised(); }
    void fail(std::string detail, const char *sqlstate = "22P02",
              const char *message = "invalid input syntax for type json")
    {
        m_cx.stop.error(sqlstate, message, std::move(detail));
    }
    void expected(const char *what)
    {
        if (m_token == Token::End)
            fail("The input string ended unexpectedly.");
        else
            fail(std::string("Expected ") + what + ", but found \"" + std::string(tokenText()) + "\".");
    }
    std::string_view tokenText() const { return m_text.substr(m_begin, m_end - m_begin); }
    bool isMark(char c) const { return m_token == Token::Mark && m_text[m_begin] == c; }
    char at(std::size_t i) const { return i < m_text.size() ? m_text[i] : '\0'; }
    static bool isWordCharacter(char c)
    {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || isAsciiDigit(c) || c == '_' || (c & 0x80) != 0;
    }
    /// jsonb refuses it, json keeps it.
    bool badSurrogate()
    {
        m_cx.stop.decline("half of a surrogate pair in JSON");
        return false;
    }
    void invalidToken(std::size_t end)
    {
        fail("Token \"" + std::string(m_text.substr(m_begin, end - m_begin)) + "\" is invalid.");
    }

    void next()
    {
        m_before = m_end;
        m_begin = m_end;
        while (m_begin < m_text.size() &&
               (at(m_begin) == ' ' || at(m_begin) == '\t' || at(m_begin) == '\n' || at(m_begin) == '\r'))
            ++m_begin;
        m_end = m_begin;
        if (m_begin == m_text.size()) {
            m_token = Token::End;
            return;
        }
        const char c = at(m_begin);
        if (std::string_view("{}[],:").find(c) != std::string_view::npos) {
            m_token = Token::Mark;
            ++m_end;
        } else if (c == '"') {
            m_token = Token::String;
            string();
        } else if (c == '-' || isAsciiDigit(c)) {
            m_token = Token::Number;
            number();
        } else {
            word();
        }
    }

    void word()
    {
        while (m_end < m_text.size() && isWordCharacter(at(m_end)))
            ++m_end;
        if (m_end == m_begin)
            return invalidToken(++m_end);
        const std::string_view w = tokenText();
        if (w == "true")
            m_token = Token::True;
        else if (w == "false")
            m_token = Token::False;
        else if (w == "null")
            m_token = Token::Null;
        else
            invalidToken(m_end);
    }

    void number()
    {
        std::size_t i = m_begin + (at(m_begin) == '-' ? 1 : 0);
        bool bad = false;
        const auto digits = [&] {
            bad = bad || !isAsciiDigit(at(i));
            while (isAsciiDigit(at(i)))
                ++i;
        };
        if (at(i) == '0')
            ++i;
        else
            digits();
        if (at(i) == '.') {
            ++i;
            digits();
        }
        if (at(i) == 'e' || at(i) == 'E') {
            ++i;
            if (at(i) == '+' || at(i) == '-')
                ++i;
            digits();
        }
        while (i < m_text.size() && isWordCharacter(at(i))) {
            bad = true;
            ++i;
        }
        m_end = i;
        if (bad)
            invalidToken(i);
    }

    void string()
    {
        m_string.clear();
        char32_t high = 0;
        const auto orphan = [&] {
            if (high)
                badSurrogate();
            return high != 0;
        };
        for (std::size_t i = m_begin + 1;;) {
            if (i >= m_text.size()) {
                m_end = i;
                return invalidToken(i);
            }
            const char c = m_text[i];
            if (c == '"') {
                m_end = i + 1;
                orphan();
                return;
            }
            if (static_cast<unsigned char>(c) < 32) {
                char buffer[64];
                std::snprintf(buffer, sizeof buffer, "Character with value 0x%02x must be escaped.", c);
                return fail(buffer);
            }
            if (c != '\\') {
                if (orphan())
                    return;
                m_string += c;
                ++i;
                continue;
            }
            if (++i >= m_text.size())
                return invalidToken(i);
            if (m_text[i] == 'u') {
                if (!unicode(++i, high))
                    return;
                continue;
            }
            if (orphan())
                return;
            static constexpr std::string_view kEscapes = "\"\\/bfnrt", kMeant = "\"\\/\b\f\n\r\t";
            const auto found = kEscapes.find(m_text[i]);
            if (found == std::string_view::npos)
                return fail("Escape sequence \"\\" +
                            std::string(m_text.substr(i, std::min(utf8Length(m_text[i]), m_text.size() - i))) +
                            "\" is invalid.");
            m_string += kMeant[found];
            ++i;
        }
    }

    /// Four hexadecimal digits at `i`; `high` keeps the first half of a surrogate pair.
    bool unicode(std::size_t &i, char32_t &high)
    {
        char32_t code = 0;
        for (int n = 0; n < 4; ++n, ++i) {
            const char c = at(i);
            const int digit = isAsciiDigit(c)        ? c - '0'
                              : c >= 'a' && c <= 'f' ? c - 'a' + 10
                              : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                                     : -1;
            if (digit < 0) {
                if (i >= m_text.size())
                    invalidToken(i);
                else
                    fail("\"\\u\" must be followed by four hexadecimal digits.");
                return false;
            }
            code = code * 16 + static_cast<char32_t>(digit);
        }
        if (code == 0) {
            // json keeps the escape and only refuses to decode it; such texts are seldom worth the difference.
            m_cx.stop.decline("\\u0000 in JSON");
            return false;
        }
        if (code >= 0xD800 && code < 0xDC00) {
            if (high)
                return badSurrogate();
            high = code;
            return true;
        }
        if (code >= 0xDC00 && code < 0xE000) {
            if (!high)
                return badSurrogate();
            code = 0x10000 + ((high & 0x3FF) << 10) + (code & 0x3FF);
            high = 0;
        } else if (high) {
            return badSurrogate();
        }
        appendCharacter(code, m_string);
        return true;
    }

    void value(JsonNode &out, const char *what, int depth)
    {
        if (!good())
            return;
        if (depth > kMaxDepth)
            return m_cx.stop.decline("JSON nested this deep");
        const std::size_t begin = m_begin;
        switch (m_token) {
        case Token::String:
            out.kind = Kind::String;
            out.text = m_string;
            next();
            break;
        case Token::Number:
            out.kind = Kind::Number;
            out.text = tokenText();
            next();
            break;
        case Token::True:
        case Token::False:
        case Token::Null:
            out.kind = m_token == Token::True ? Kind::True : m_token == Token::False ? Kind::False : Kind::Null;
            next();
            break;
        case Token::Mark:
            if (isMark('['))
                array(out, depth);
            else if (isMark('{'))
                object(out, depth);
            else
                expected(what);
            break;
        case Token::End:
            expected(what);
        }
        if (good())
            out.source = m_text.substr(begin, m_before - begin);
    }

    void array(JsonNode &out, int depth)
    {
        out.kind = Kind::Array;
        next();
        if (good() && isMark(']'))
            return next();
        for (const char *what = "array element or \"]\""; good(); what = "JSON value") {
            value(out.items.emplace_back(), what, depth + 1);
            if (!good() || m_cx.poll())
                return;
            if (isMark(']'))
                return next();
            if (!isMark(','))
                return expected("\",\" or \"]\"");
            next();
        }
    }

    void object(JsonNode &out, int depth)
    {
        out.kind = Kind::Object;
        next();
        if (good() && isMark('}'))
            return next();
        for (const char *what = "string or \"}\""; good(); what = "string") {
            if (m_token != Token::String)
                return expected(what);
            auto &field = out.fields.emplace_back(m_string, JsonNode());
            next();
            if (!good())
                return;
            if (!isMark(':'))
                return expected("\":\"");
            next();
            value(field.second, "JSON value", depth + 1);
            if (!good() || m_cx.poll())
                return;
            if (isMark('}'))
                return next();
            if (!isMark(','))
                return expected("\",\" or \"}\"");
            next();
        }
    }

    std::string_view m_text;
    Context &m_cx;
    Token m_token = Token::End;
    std::size_t m_begin = 0, m_end = 0;
    std::size_t m_before = 0; ///< the end of the token before
    std::string m_string;
};

int rankOf(Kind kind)
{
    switch (kind) {
    case Kind::Null:
        return 0;
    case Kind::String:
        return 1;
    case Kind::Number:
        return 2;
    case Kind::False:
    case Kind::True:
        return 3;
    case Kind::Array:
        return 4;
    case Kind::Object:
        return 5;
    }
    return 0;
}

int sign(int n) { return n < 0 ? -1 : n > 0 ? 1 : 0; }

} // namespace

JsonNode::JsonNode() = default;
JsonNode::~JsonNode() = default;
JsonNode::JsonNode(const JsonNode &other) = default;
JsonNode::JsonNode(JsonNode &&other) noexcept = default;
JsonNode &JsonNode::operator=(const JsonNode &other) = default;
JsonNode &JsonNode::operator=(JsonNode &&other) noexcept = default;

const JsonNode *JsonNode::find(std::string_view name) const
{
    const auto found = std::find_if(fields.rbegin(), fields.rend(), [&](const auto &f) { return f.first == name; });
    return found == fields.rend() ? nullptr : &found->second;
}

bool parseJson(std::string_view text, JsonNode &out, Context &cx) { return Parser(text, cx).parse(out); }

void appendJsonString(std::string_view text, std::string &out)
{
    out += '"';
    for (const char c : text) {
        static constexpr std::string_view kPlain = "\"\\\b\f\n\r\t", kEscapes = "\"\\bfnrt";
        const auto found = kPlain.find(c);
        if (found != std::string_view::npos) {
            out += '\\';
            out += kEscapes[found];
        } else if (static_cast<unsigned char>(c) < 32) {
            char buffer[8];
            std::snprintf(buffer, sizeof buffer, "\\u%04x", c);
            out += buffer;
        } else {
            out += c;
        }
    }
    out += '"';
}

bool appendJsonb(const JsonNode &node, std::string &out, Context &cx)
{
    switch (node.kind) {
    case Kind::Null:
        out += "null";
        break;
    case Kind::True:
        out += "true";
        break;
    case Kind::False:
        out += "false";
        break;
    case Kind::String:
        appendJsonString(node.text, out);
        break;
    case Kind::Number: {
        const auto n = value::numeric::parse(node.text, cx);
        if (!n.isNull)
            value::numeric::appendText(n, out);
        break;
    }
    case Kind::Array: {
        const char *separator = "[";
        for (const auto &item : node.items) {
            out += separator;
            if (!appendJsonb(item, out, cx))
                return false;
            separator = ", ";
        }
        out += node.items.empty() ? "[]" : "]";
        break;
    }
    case Kind::Object: {
        std::map<std::string_view, const JsonNode *, decltype(&keyBefore)> fields(&keyBefore);
        for (const auto &[name, field] : node.fields)
            fields[name] = &field;
        const char *separator = "{";
        for (const auto &[name, field] : fields) {
            out += separator;
            appendJsonString(name, out);
            out += ": ";
            if (!appendJsonb(*field, out, cx))
                return false;
            separator = ", ";
        }
        out += fields.empty() ? "{}" : "}";
        break;
    }
    }
    return !cx.stop.raised();
}

int compareJson(const JsonNode &a, const JsonNode &b, Context &cx)
{
    if (rankOf(a.kind) != rankOf(b.kind))
        return rankOf(a.kind) < rankOf(b.kind) ? -1 : 1;
    switch (a.kind) {
    case Kind::Null:
        return 0;
    case Kind::String:
        return sign(a.text.compare(b.text));
    case Kind::Number:
        return value::numeric::compare(value::numeric::parse(a.text, cx), value::numeric::parse(b.text, cx));
    case Kind::True:
    case Kind::False:
        return a.kind == b.kind ? 0 : a.kind == Kind::False ? -1 : 1;
    case Kind::Array:
        if (a.items.size() != b.items.size())
            return a.items.size() < b.items.size() ? -1 : 1;
        for (std::size_t i = 0; i < a.items.size(); ++i) {
            if (const int c = compareJson(a.items[i], b.items[i], cx))
                return c;
        }
        return 0;
    case Kind::Object:
        if (a.fields.size() != b.fields.size())
            return a.fields.size() < b.fields.size() ? -1 : 1;
        for (std::size_t i = 0; i < a.fields.size(); ++i) {
            if (const int c = sign(a.fields[i].first.compare(b.fields[i].first)))
                return c;
            if (const int c = compareJson(a.fields[i].second, b.fields[i].second, cx))
                return c;
        }
        return 0;
    }
    return 0;
}

} // namespace sqlgym::runtime
