// concat, concat_ws, format and quote_*: texts made of any type's values.
#include "catalogue/type_oids.h"
#include "runtime/families.h"
#include "runtime/io.h"
#include "runtime/text_case.h"
#include "runtime/text_output.h"
#include "runtime/text_quote.h"
#include "value/scalar_text.h"

namespace sqlgym::runtime {

namespace {

namespace type = catalogue::type;

/// "any" arguments arrive with their own types, a VARIADIC array as its elements.
void appendArgument(Call &call, const Datum *a, std::size_t index, std::string &out)
{
    textOut(call.site.argumentTypes[index], a[index], out);
}

Datum join(Call &call, const Datum *a, std::size_t first, std::string_view separator)
{
    std::string out;
    bool any = false;
    for (std::size_t i = first; i < call.argumentCount; ++i) {
        if (a[i].isNull)
            continue;
        if (any)
            out += separator;
        any = true;
        appendArgument(call, a, i, out);
    }
    return value::makeText(out, call.cx.arena);
}

/// format(): walks the format text; errors raise the stop slot.
class Formatter {
public:
    Formatter(Call &call, const Datum *arguments) : m_call(call), m_arguments(arguments), m_text(arguments[0].text()) {}
    Datum run();

private:
    struct Specifier {
        int argument = -1; ///< explicit position, -1: the next one
        int widthArgument = -1;
        int width = 0;
        bool left = false;
    };

    bool fail(const char *sqlstate, std::string message, std::string hint = {});
    bool unterminated();
    /// Digits at the cursor; false on overflow. `found` tells whether there were any.
    bool digits(int &out, bool &found);
    bool parse(Specifier &s);
    bool width(Specifier &s);
    bool convert(const Specifier &s, char conversion);
    void append(std::string_view text, const Specifier &s);

    Call &m_call;
    const Datum *m_arguments;
    std::string_view m_text;
    std::size_t m_at = 0;
    int m_next = 0;
    std::string m_out;
};

bool Formatter::fail(const char *sqlstate, std::string message, std::string hint)
{
    m_call.cx.fail(sqlstate, std::move(message), {}, std::move(hint));
    return false;
}

bool Formatter::unterminated()
{
    return m_at < m_text.size() ||
           fail("22023", "unterminated format() type specifier", "For a single \"%\" use \"%%\".");
}

bool Formatter::digits(int &out, bool &found)
{
    found = false;
    int v = 0;
    for (; m_at < m_text.size() && value::isAsciiDigit(m_text[m_at]); ++m_at) {
        found = true;
        if (__builtin_mul_overflow(v, 10, &v) || __builtin_add_overflow(v, m_text[m_at] - '0', &v))
            return fail("22003", "number is out of range");
        if (m_at + 1 >= m_text.size()) {
            ++m_at;
            return unterminated();
        }
    }
    out = v;
    return true;
}

bool Formatter::parse(Specifier &s)
{
    bool found = false;
    int n = 0;
    if (!digits(n, found))
        return false;
    if (found && m_text[m_at] != '$') {
        s.width = n; // digits without a dollar are a width, and nothing but the conversion may follow
        return true;
    }
    if (found) {
        s.argument = n;
        if (n == 0)
            return fail("22023", "format specifies argument 0, but arguments are numbered from 1");
        ++m_at;
        if (!unterminated())
            return false;
    }
    while (m_text[m_at] == '-') {
        s.left = true;
        ++m_at;
        if (!unterminated())
            return false;
    }
    if (m_text[m_at] != '*') {
        if (!digits(n, found))
            return false;
        if (found)
            s.width = n;
        return true;
    }
    ++m_at;
    if (!unterminated() || !digits(n, found))
        return false;
    if (!found) {
        s.widthArgument = 0; // the next argument
        return true;
    }
    if (m_text[m_at] != '$')
        return fail("22023", "width argument position must be ended by \"$\"");
    s.widthArgument = n;
    if (n == 0)
        return fail("22023", "format specifies argument 0, but arguments are numbered from 1");
    ++m_at;
    return unterminated();
}

bool Formatter::width(Specifier &s)
{
    if (s.widthArgument < 0)
        return true;
    if (s.widthArgument > 0)
        m_next = s.widthArgument;
    else
        ++m_next;
    const auto index = static_cast<std::size_t>(m_next);
    if (index >= m_call.argumentCount)
        return fail("22023", "too few arguments for format()");
    const Datum &d = m_arguments[index];
    std::int64_t v = 0;
    if (!d.isNull) {
        const Oid argumentType = m_call.site.argumentTypes[index];
        if (argumentType == type::kInt4 || argumentType == type::kInt2) {
            v = d.int64;
        } else {
            std::string text;
            textOut(argumentType, d, text);
            const Datum parsed = value::parseInteger(text, 32, m_call.cx);
            if (parsed.isNull)
                return false;
            v = parsed.int64;
        }
    }
    if (v < 0) {
        s.left = true;
        v = -v;
        if (v > INT32_MAX)
            return fail("22003", "number is out of range");
    }
    s.width = static_cast<int>(v);
    return true;
}

void Formatter::append(std::string_view text, const Specifier &s)
{
    std::size_t characters = 0;
    for (std::size_t at = 0; at < text.size() && s.width > 0; at += utf8Length(text[at]))
        ++characters;
    const std::size_t blanks =
        static_cast<std::size_t>(s.width) > characters ? static_cast<std::size_t>(s.width) - characters : 0;
    if (m_out.size() + blanks + text.size() > 0x3fffffff) {
        m_call.cx.stop.stop(base::StopReason::MemoryLimit);
        return;
    }
    if (blanks > value::Arena::kAlwaysServed && !m_call.cx.arena.allocate(blanks))
        return; // charged before it is built
    if (!s.left)
        m_out.append(blanks, ' ');
    m_out += text;
    if (s.left)
        m_out.append(blanks, ' ');
}

bool Formatter::convert(const Specifier &s, char conversion)
{
    if (s.argument > 0)
        m_next = s.argument;
    else
        ++m_next;
    const auto index = static_cast<std::size_t>(m_next);
    if (index >= m_call.argumentCount)
        return fail("22023", "too few arguments for format()");
    const Datum &d = m_arguments[index];
    std::string text;
    if (d.isNull) {
        if (conversion == 'I')
            return fail("22004", "null values cannot be formatted as an SQL identifier");
        append(conversion == 'L' ? "NULL" : "", s);
        return !m_call.cx.stop.raised();
    }
    appendArgument(m_call, m_arguments, index, text);
    append(conversion == 'I' ? quoteIdentifier(text) : conversion == 'L' ? quoteLiteral(text) : text, s);
    return !m_call.cx.stop.raised();
}

Datum Formatter::run()
{
    for (; m_at < m_text.size(); ++m_at) {
        if (m_text[m_at] != '%') {
            m_out += m_text[m_at];
            continue;
        }
        ++m_at;
        if (!unterminated())
            return Datum::null();
        if (m_text[m_at] == '%') {
            m_out += '%';
            continue;
        }
        Specifier s;
        if (!parse(s))
            return Datum::null();
        const char c = m_text[m_at];
        if (c != 's' && c != 'I' && c != 'L')
            return m_call.cx.fail("22023",
                                  "unrecognized format() type specifier \"" +
                                      std::string(m_text.substr(m_at, utf8Length(c))) + "\"",
                                  {}, "For a single \"%\" use \"%%\".");
        if (!width(s) || !convert(s, c))
            return Datum::null();
    }
    return value::makeText(m_out, m_call.cx.arena);
}

Datum format(Call &call, const Datum *a) { return a[0].isNull ? Datum::null() : Formatter(call, a).run(); }

Datum quoteAny(Call &call, const Datum *a)
{
    return value::makeText(quoteLiteral(castToText(call.site.argumentTypes[0], a[0])), call.cx.arena);
}

Datum quoteAnyOrNull(Call &call, const Datum *a) { return a[0].isNull ? Datum::ofText("NULL") : quoteAny(call, a); }

constexpr ScalarEntry kScalars[] = {
    {"text_concat", [](Call &call, const Datum *a) { return join(call, a, 0, {}); }},
    {"text_concat_ws",
     [](Call &call, const Datum *a) { return a[0].isNull ? Datum::null() : join(call, a, 1, a[0].text()); }},
    {"text_format", format},
    {"text_format_nv", format},
    {"quote_ident",
     [](Call &call, const Datum *a) { return value::makeText(quoteIdentifier(a[0].text()), call.cx.arena); }},
    {"quote_literal",
     [](Call &call, const Datum *a) { return value::makeText(quoteLiteral(a[0].text()), call.cx.arena); }},
    {"quote_nullable",
     [](Call &call, const Datum *a) {
         return a[0].isNull ? Datum::ofText("NULL") : value::makeText(quoteLiteral(a[0].text()), call.cx.arena);
     }},
    {"sql:quote_literal(anyelement)", quoteAny},
    {"sql:quote_nullable(anyelement)", quoteAnyOrNull},
};

} // namespace

Family textFormatFamily() { return {kScalars, {}, {}}; }

} // namespace sqlgym::runtime
