// point, box, circle and lseg as types: they have text, but no order.
#include "catalogue/type_oids.h"
#include "runtime/geometry.h"
#include "runtime/type_table.h"
#include "value/scalar_text.h"

#include <cerrno>
#include <cstdlib>

namespace sqlgym::runtime {

namespace type = catalogue::type;
using namespace geometry;
using value::Context;

namespace {

/// Reads one value of `typeName`; the marks around and between the numbers are largely optional.
class Reader {
public:
    Reader(std::string_view text, const char *typeName, Context &cx) : m_text(text), m_typeName(typeName), m_cx(cx) {}

    Datum point()
    {
        Point p{};
        return pair(p) && ended() ? write(p, m_cx) : failed();
    }
    Datum box()
    {
        Point points[2];
        return path(points, false) && ended() ? write(boxOf(points[0], points[1]), m_cx) : failed();
    }
    Datum segment()
    {
        Point points[2];
        return path(points, true) && ended() ? write(Segment{points[0], points[1]}, m_cx) : failed();
    }
    Datum circle()
    {
        Circle c{};
        blanks();
        const bool angle = take('<');
        const bool outer = angle || (here() == '(' && second() == '(');
        if (outer && !angle)
            toSecond();
        if (!pair(c.center))
            return failed();
        take(',');
        if (!number(c.radius) || c.radius < 0)
            return failed();
        if (outer) {
            if (!take(')') && !take('>'))
                return failed();
            blanks();
        }
        return ended() ? write(c, m_cx) : failed();
    }

private:
    char here() const { return m_at < m_text.size() ? m_text[m_at] : '\0'; }
    bool ended() const { return m_at == m_text.size(); }
    bool take(char c)
    {
        if (here() != c || ended())
            return false;
        ++m_at;
        return true;
    }
    void blanks()
    {
        while (!ended() && value::isBlank(here()))
            ++m_at;
    }
    /// The next character after this one that is not blank.
    char second() const
    {
        std::size_t i = m_at + 1;
        while (i < m_text.size() && value::isBlank(m_text[i]))
            ++i;
        return i < m_text.size() ? m_text[i] : '\0';
    }
    void toSecond()
    {
        ++m_at;
        blanks();
    }
    Datum failed()
    {
        return m_cx.fail("22P02", std::string("invalid input syntax for type ") + m_typeName + ": \"" + m_text + "\"");
    }

    bool number(double &out)
    {
        blanks();
        const char *begin = m_text.c_str() + m_at;
        char *end = nullptr;
        errno = 0;
        out = std::strtod(begin, &end);
        if (end == begin)
            return false;
        if (errno == ERANGE || std::string_view(begin, end).find('(') != std::string_view::npos) {
            m_cx.stop.decline(std::string("this number in a value of type ") + m_typeName);
            return false;
        }
        m_at += static_cast<std::size_t>(end - begin);
        blanks();
        return true;
    }
    bool pair(Point &out)
    {
        blanks();
        const bool open = take('(');
        if (!number(out.x) || !take(',') || !number(out.y))
            return false;
        if (open && !take(')'))
            return false;
        if (open)
            blanks();
        return true;
    }
    bool path(Point *points, bool mayBeOpen)
    {
        blanks();
        bool outer = false;
        const bool open = here() == '[' && !ended();
        if (open && !mayBeOpen)
            return false;
        if (open) {
            outer = true;
            ++m_at;
        } else if (here() == '(') {
            outer = second() == '(' || m_text.rfind('(') == m_at;
            if (second() == '(')
                toSecond();
            else if (outer)
                ++m_at;
        }
        for (int i = 0; i < 2; ++i) {
            if (!pair(points[i]))
                return false;
            take(',');
        }
        if (outer) {
            if (!take(')') && !(open && take(']')))
                return false;
            blanks();
        }
        return true;
    }

    std::string m_text;
    const char *m_typeName;
    Context &m_cx;
    std::size_t m_at = 0;
};

void append(Point p, std::string &out)
{
    out += '(';
    value::appendFloat8(p.x, out);
    out += ',';
    value::appendFloat8(p.y, out);
    out += ')';
}

} // namespace

std::span<const TypeEntry> geometryTypes()
{
    static const TypeEntry kTypes[] = {
        {type::kPoint, 1017,
         [](std::string_view text, std::int32_t, Context &cx) { return Reader(text, "point", cx).point(); },
         [](const Datum &d, std::string &out) { append(read<Point>(d), out); }, nullptr, nullptr},
        {type::kLseg, 1018,
         [](std::string_view text, std::int32_t, Context &cx) { return Reader(text, "lseg", cx).segment(); },
         [](const Datum &d, std::string &out) {
             const auto s = read<Segment>(d);
             out += '[';
             append(s.from, out);
             out += ',';
             append(s.to, out);
             out += ']';
         },
         nullptr, nullptr},
        {type::kBox, 1020,
         [](std::string_view text, std::int32_t, Context &cx) { return Reader(text, "box", cx).box(); },
         [](const Datum &d, std::string &out) {
             const auto b = read<Box>(d);
             append(b.high, out);
             out += ',';
             append(b.low, out);
         },
         nullptr, nullptr},
        {type::kCircle, 719,
         [](std::string_view text, std::int32_t, Context &cx) { return Reader(text, "circle", cx).circle(); },
         [](const Datum &d, std::string &out) {
             const auto c = read<Circle>(d);
             out += '<';
             append(c.center, out);
             out += ',';
             value::appendFloat8(c.radius, out);
             out += '>';
         },
         nullptr, nullptr},
    };
    return kTypes;
}

} // namespace sqlgym::runtime
