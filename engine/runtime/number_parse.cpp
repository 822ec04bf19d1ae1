// to_number(): reading by a template.
#include "runtime/families.h"

#include "runtime/number_template.h"
#include "runtime/text_coercion.h"
#include "value/numeric.h"
#include "value/scalar_text.h"

#include <string>

namespace sqlgym::runtime {

using namespace value;
using SignPlace = NumberTemplate::SignPlace;

namespace {

class NumberReader {
public:
    NumberReader(const NumberTemplate &format, std::string_view source) : m_format(format), m_source(source) {}

    /// A sign or a blank, then digits.
    std::string read()
    {
        for (const auto &piece : m_format.pieces) {
            if (atEnd())
                break;
            take(piece);
        }
        if (!m_digits.empty() && m_digits.back() == '.')
            m_digits.pop_back();
        return m_sign + m_digits;
    }
    int fraction() const { return m_fraction; }

private:
    bool atEnd() const { return m_at >= m_source.size(); }
    char here() const { return atEnd() ? '\0' : m_source[m_at]; }
    void skipCharacter()
    {
        if (!atEnd())
            m_at += utf8Length(m_source[m_at]);
    }
    /// Up to `n` characters that can be no part of a number.
    void skipNoise(int n)
    {
        for (; n > 0 && !atEnd() && std::string_view("0123456789.,+-").find(here()) == std::string_view::npos; --n)
            skipCharacter();
    }

    void take(const NumberPiece &piece)
    {
        switch (piece.code) {
        case NumberCode::Text:
            skipCharacter();
            break;
        case NumberCode::Nine:
        case NumberCode::Zero:
        case NumberCode::Point:
        case NumberCode::LocalePoint:
            position(piece.code);
            ++m_at;
            break;
        case NumberCode::Comma:
        case NumberCode::Group:
            // "Inside a number" is never noted while reading, so that FM passes separators over.
            if (!m_format.isFill && here() == ',')
                ++m_at;
            break;
        case NumberCode::CurrencySymbol:
            skipNoise(1);
            break;
        case NumberCode::UpperOrdinal:
        case NumberCode::LowerOrdinal:
            if (!m_format.hasPoint)
                skipNoise(2);
            break;
        case NumberCode::Minus:
            signCharacter("-");
            break;
        case NumberCode::Plus:
            signCharacter("+");
            break;
        case NumberCode::EitherSign:
            signCharacter("-+");
            break;
        default:
            break;
        }
    }

    void signCharacter(std::string_view signs)
    {
        if (signs.find(here()) != std::string_view::npos) {
            m_sign = here();
            ++m_at;
        } else {
            skipNoise(1);
        }
    }

    /// Ends at the last character it took: the caller steps over it, taken or not.
    void position(NumberCode code)
    {
        if (here() == ' ')
            ++m_at;
        if (atEnd())
            return;
        const bool isDigitPlace = code == NumberCode::Nine || code == NumberCode::Zero;
        if (m_sign == " " && isDigitPlace && m_whole + m_fraction == 0)
            signBefore();
        if (atEnd())
            return;
        bool isRead = false;
        if (isAsciiDigit(here())) {
            if (m_hasPoint && m_fraction == m_format.fraction)
                return;
            m_digits += here();
            ++(m_hasPoint ? m_fraction : m_whole);
            isRead = true;
        } else if (m_format.hasPoint && !m_hasPoint && here() == '.') {
            m_digits += '.';
            m_hasPoint = true;
            isRead = true;
        }
        if (m_sign == " " && m_whole + m_fraction > 0)
            signBehind(isRead);
    }

    void signBefore()
    {
        const char c = here();
        if (m_format.hasSign && m_format.signPlace == SignPlace::Before) {
            if (c == '-' || c == '+') {
                m_sign = c;
                ++m_at;
            }
        } else if (c == '-' || (m_format.hasBrackets && c == '<')) {
            m_sign = '-';
            ++m_at;
        } else if (c == '+') {
            m_sign = '+';
            ++m_at;
        }
    }

    void signBehind(bool isRead)
    {
        if (m_format.hasSign && isRead && m_at + 1 < m_source.size() && !isAsciiDigit(m_source[m_at + 1])) {
            const char next = m_source[m_at + 1];
            if (next == '-' || next == '+') {
                ++m_at;
                m_sign = next;
            }
        } else if (!isRead && !m_format.hasSign && (m_format.hasPlus || m_format.hasMinus)) {
            if (here() == '-' || here() == '+')
                m_sign = here();
        }
    }

    const NumberTemplate &m_format;
    std::string_view m_source;
    std::size_t m_at = 0;
    std::string m_sign = " ";
    std::string m_digits;
    int m_whole = 0, m_fraction = 0;
    bool m_hasPoint = false;
};

Datum toNumber(Call &call, const Datum *a)
{
    Context &cx = call.cx;
    if (a[1].length == 0)
        return Datum::null();
    NumberTemplate format;
    if (!parseNumberTemplate(a[1].text(), format, cx))
        return Datum::null();
    if (format.isExponent)
        return cx.fail("0A000", "\"EEEE\" not supported for input");
    if (format.isRoman)
        return cx.fail("0A000", "\"RN\" not supported for input");
    NumberReader reader(format, a[0].text());
    Datum n = numeric::parse(reader.read(), cx);
    if (cx.stop.raised())
        return Datum::null();
    const int precision = format.whole + format.shift + reader.fraction();
    n = numeric::applyTypmod(n, ((precision << 16) | reader.fraction()) + 4, cx);
    if (format.isShifted && !cx.stop.raised()) {
        const Datum factor = numeric::power(numeric::ofInt(10), numeric::ofInt(-format.shift), cx);
        n = numeric::multiply(n, factor, cx);
    }
    return n;
}

constexpr ScalarEntry kScalars[] = {
    {"numeric_to_number", toNumber},
};

} // namespace

Family numberParseFamily() { return {kScalars, {}, {}}; }

} // namespace sqlgym::runtime
