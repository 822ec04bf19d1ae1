// to_char() of numbers. PostgreSQL fills a template in digit by digit, and many of its answers follow from when it
// writes the sign and from what it takes for the last digit; the same steps are taken here.
#include "runtime/families.h"

#include "runtime/number_template.h"
#include "value/calendar.h"
#include "value/numeric.h"
#include "value/scalar_text.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <cstdio>
#include <string>

namespace sqlgym::runtime {

using namespace value;
using SignPlace = NumberTemplate::SignPlace;

namespace {

/// A number on its way: digits without a sign, or '#' where it does not fit.
struct Digits {
    std::string text;
    bool isNegative = false;
    int padding = 0; ///< positions before the point that stay empty
};

class Filler {
public:
    Filler(NumberTemplate &format, const Digits &digits, Context &cx)
        : m_format(format), m_cx(cx), m_number(digits.text), m_isNegative(digits.isNegative), m_padding(digits.padding)
    {
    }

    std::string fill()
    {
        if (m_format.isExponent)
            return m_number;
        prepare();
        for (const auto &piece : m_format.pieces)
            write(piece);
        return m_out.substr(0, m_out.find('\0'));
    }

private:
    void prepare()
    {
        NumberTemplate &f = m_format;
        m_zeroStart = f.zeroStart ? f.zeroStart - 1 : 0;
        if (f.isRoman) {
            const bool isFill = f.isFill;
            std::vector<NumberPiece> pieces = std::move(f.pieces);
            f = {};
            f.pieces = std::move(pieces);
            f.isFill = isFill;
            f.isRoman = true;
            m_padding = 0;
            m_hasNoSign = true;
        }
        if (f.hasPlus || f.hasMinus) {
            m_signWritten = f.hasMinus; // with PL alone the minus still goes to the number
        } else {
            if (!m_isNegative && f.isFill)
                f.hasBrackets = false;
            m_signWritten = !m_isNegative && !m_hasNoSign && f.isFill && !f.hasSign;
            if (f.signPlace == SignPlace::Before && f.whole == f.signAfter)
                f.signPlace = SignPlace::After;
        }
        m_positions = f.fraction + f.whole - 1;
        if (f.isFill && f.hasPoint)
            findLastRelevant();
        if (!m_signWritten && m_padding == 0)
            ++m_positions;
    }

    /// The last digit worth showing: later zeros are dropped, but not those the template asks for with 0.
    void findLastRelevant()
    {
        const auto point = m_number.find('.');
        if (point == std::string::npos)
            return;
        m_hasLast = true;
        m_last = point;
        for (std::size_t i = point + 1; i < m_number.size(); ++i) {
            if (m_number[i] != '0')
                m_last = i;
        }
        if (m_format.zeroEnd > m_padding)
            m_last =
                std::max(m_last, std::min(m_number.size() - 1, static_cast<std::size_t>(m_format.zeroEnd - m_padding)));
    }

    char digit() const { return m_at < m_number.size() ? m_number[m_at] : '\0'; }
    bool lastIsPoint() const { return m_hasLast && m_number[m_last] == '.'; }
    /// The 0 of "0.5" is a blank unless the template has a 0.
    bool isLeadingZero() const
    {
        return !m_format.hasZero && m_at == 0 && !m_number.empty() && m_number[0] == '0' && m_format.fraction != 0;
    }

    void sign()
    {
        const NumberTemplate &f = m_format;
        if (m_signWritten || !(m_position >= m_padding || (f.hasZero && m_zeroStart == m_position)) ||
            (isLeadingZero() && !lastIsPoint()))
            return;
        if (f.hasSign) {
            if (f.signPlace != SignPlace::Before)
                return;
            m_out += m_isNegative ? '-' : '+';
        } else if (f.hasBrackets) {
            m_out += m_isNegative ? '<' : ' ';
        } else if (m_isNegative) {
            m_out += '-';
        } else if (!f.isFill) {
            m_out += ' ';
        }
        m_signWritten = true;
    }

    void position(NumberCode code)
    {
        const NumberTemplate &f = m_format;
        if (f.isRoman)
            return;
        m_isInside = false;
        sign();
        if (m_position < m_padding && (m_zeroStart > m_position || !f.hasZero)) {
            if (!f.isFill)
                m_out += ' ';
        } else if (f.hasZero && m_position < m_padding && m_zeroStart <= m_position) {
            m_out += '0';
            m_isInside = true;
        } else {
            if (digit() == '.')
                m_out += '.';
            else
                oneDigit(code);
            if (m_at < m_number.size())
                ++m_at;
        }
        int end = m_positions + (m_padding ? 1 : 0) + (f.hasPoint ? 1 : 0);
        if (m_hasLast && m_last == m_at)
            end = m_position;
        if (m_position + 1 == end) {
            if (m_signWritten && f.hasBrackets)
                m_out += m_isNegative ? '>' : ' ';
            else if (f.hasSign && f.signPlace == SignPlace::After)
                m_out += m_isNegative ? '-' : '+';
        }
        ++m_position;
    }

    void oneDigit(NumberCode code)
    {
        if (m_hasLast && m_at > m_last && code != NumberCode::Zero)
            return;
        if (isLeadingZero()) {
            if (!m_format.isFill)
                m_out += ' ';
            else if (lastIsPoint())
                m_out += '0';
            return;
        }
        // Behind the digits PostgreSQL writes the end of its text, which ends the result.
        m_out += digit();
        m_isInside = true;
    }

    void roman(bool isLower)
    {
        std::string text = m_number.substr(std::min(m_at, m_number.size()));
        if (isLower)
            std::ranges::transform(text, text.begin(),
                                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
        if (!m_format.isFill && text.size() < 15)
            m_out.append(15 - text.size(), ' ');
        m_out += text;
    }

    void ordinal(bool isUpper)
    {
        if (m_format.isRoman || m_number.empty() || m_number[0] == '#' || m_isNegative || m_format.hasPoint)
            return;
        if (!isAsciiDigit(m_number.back()))
            return m_cx.stop.error("22P02", "\"" + m_number + "\" is not a number");
        const bool isTeen = m_number.size() > 1 && m_number[m_number.size() - 2] == '1';
        const char last = isTeen ? '0' : m_number.back();
        m_out += last == '1'   ? isUpper ? "ST" : "st"
                 : last == '2' ? isUpper ? "ND" : "nd"
                 : last == '3' ? isUpper ? "RD" : "rd"
                 : isUpper     ? "TH"
                               : "th";
    }

    /// What stands for a sign or a separator where it is not due: nothing or a blank.
    void orBlank(bool isDue, char c)
    {
        if (isDue)
            m_out += c;
        else if (!m_format.isFill)
            m_out += ' ';
    }

    void write(const NumberPiece &piece)
    {
        switch (piece.code) {
        case NumberCode::Text:
            m_out += piece.text;
            break;
        case NumberCode::Nine:
        case NumberCode::Zero:
        case NumberCode::Point:
        case NumberCode::LocalePoint:
            position(piece.code);
            break;
        case NumberCode::Comma:
        case NumberCode::Group:
            orBlank(m_isInside, ',');
            break;
        case NumberCode::CurrencySymbol:
            m_out += ' ';
            break;
        case NumberCode::UpperRoman:
        case NumberCode::LowerRoman:
            roman(piece.code == NumberCode::LowerRoman);
            break;
        case NumberCode::UpperOrdinal:
        case NumberCode::LowerOrdinal:
            ordinal(piece.code == NumberCode::UpperOrdinal);
            break;
        case NumberCode::Minus:
            orBlank(m_isNegative, '-');
            break;
        case NumberCode::Plus:
            orBlank(!m_isNegative && !m_hasNoSign, '+');
            break;
        case NumberCode::EitherSign:
            m_out += m_hasNoSign ? '\0' : m_isNegative ? '-' : '+';
            break;
        default:
            break;
        }
    }

    NumberTemplate &m_format;
    Context &m_cx;
    std::string m_number;
    bool m_isNegative;
    int m_padding;
    bool m_hasNoSign = false; ///< Roman numerals
    bool m_signWritten = false;
    bool m_isInside = false; ///< a digit was written, so that separators are due
    bool m_hasLast = false;
    std::size_t m_last = 0;
    std::size_t m_at = 0;
    int m_zeroStart = 0;
    int m_positions = 0;
    int m_position = 0;
    std::string m_out;
};

std::string romanNumeral(std::int64_t n)
{
    if (n > 3999 || n < 1)
        return std::string(15, '#');
    static constexpr struct {
        int value;
        std::string_view text;
    } kParts[] = {{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"}, {90, "XC"}, {50, "L"},
                  {40, "XL"},  {10, "X"},   {9, "IX"},  {5, "V"},    {4, "IV"},  {1, "I"}};
    std::string out;
    for (const auto &part : kParts) {
        for (; n >= part.value; n -= part.value)
            out += part.text;
    }
    return out;
}

/// Splits off the sign and fits the digits to the template: blanks before them, or '#'.
Digits fitted(std::string text, const NumberTemplate &format)
{
    Digits digits;
    digits.isNegative = !text.empty() && text[0] == '-';
    if (digits.isNegative)
        text.erase(0, 1);
    const auto whole = static_cast<int>(std::min(text.find('.'), text.size()));
    if (whole < format.whole) {
        digits.padding = format.whole - whole;
    } else if (whole > format.whole) {
        text.assign(static_cast<std::size_t>(format.whole) + static_cast<std::size_t>(format.fraction) + 1, '#');
        text[static_cast<std::size_t>(format.whole)] = '.';
    }
    digits.text = std::move(text);
    return digits;
}

/// What has no digits in an exponent form.
std::string noExponent(const NumberTemplate &format)
{
    std::string text(static_cast<std::size_t>(format.whole) + static_cast<std::size_t>(format.fraction) + 6, '#');
    text[0] = ' ';
    text[static_cast<std::size_t>(format.whole) + 1] = '.';
    return text;
}

constexpr int kMaxFraction = 16383; ///< digits after the point of any numeric

/// "1.50e+02", rounded half away from zero.
std::string scientific(const Datum &n, const NumberTemplate &format, Context &cx)
{
    if (numeric::kindOf(n) != numeric::Kind::Finite)
        return noExponent(format);
    std::string text = numeric::toText(n);
    const bool isNegative = text[0] == '-';
    if (isNegative)
        text.erase(0, 1);
    const auto first = text.find_first_of("123456789");
    const auto point = std::min(text.find('.'), text.size());
    int exponent = 0;
    std::string significand = "0";
    if (first != std::string::npos) {
        exponent = first < point ? static_cast<int>(point - first) - 1 : -static_cast<int>(first - point);
        // One digit more than is shown decides how it is rounded; all of them could be too many for a fraction.
        const std::size_t most = 2 + static_cast<std::size_t>(std::min(format.fraction, kMaxFraction - 2));
        std::string digits;
        for (std::size_t i = first; i < text.size() && digits.size() < most; ++i) {
            if (text[i] != '.')
                digits += text[i];
        }
        significand = digits.substr(0, 1) + "." + digits.substr(1) + "0";
    }
    const Datum rounded = numeric::round(numeric::parse(significand, cx), format.fraction, cx);
    char tail[16];
    std::snprintf(tail, sizeof tail, "e%+03d", exponent);
    return (isNegative ? "-" : " ") + numeric::toText(rounded) + tail;
}

Datum filled(NumberTemplate &format, const Digits &digits, Context &cx)
{
    if (cx.stop.raised())
        return Datum::null();
    const std::string text = Filler(format, digits, cx).fill();
    return cx.stop.raised() ? Datum::null() : makeText(text, cx.arena);
}

Datum powerOfTen(int exponent, Context &cx) { return numeric::power(numeric::ofInt(10), numeric::ofInt(exponent), cx); }

/// The template, or a result that needs none.
bool open(const Datum &text, NumberTemplate &format, Datum &result, Context &cx)
{
    result = text.length == 0 ? Datum::ofText("") : Datum::null();
    return text.length != 0 && parseNumberTemplate(text.text(), format, cx);
}

Datum numericToChar(Call &call, const Datum *a)
{
    Context &cx = call.cx;
    NumberTemplate format;
    Datum result;
    if (!open(a[1], format, result, cx))
        return result;
    if (format.isRoman) {
        const Datum whole = numeric::toInt4(a[0], cx);
        return cx.stop.raised() ? whole : filled(format, {romanNumeral(whole.int64)}, cx);
    }
    if (format.isExponent)
        return filled(format, {scientific(a[0], format, cx)}, cx);
    Datum n = a[0];
    if (format.isShifted) {
        n = numeric::multiply(n, powerOfTen(format.shift, cx), cx);
        format.whole += format.shift;
    }
    n = numeric::round(n, format.fraction, cx);
    return cx.stop.raised() ? Datum::null() : filled(format, fitted(numeric::toText(n), format), cx);
}

/// printf's %.*f and %+.*e, with PostgreSQL's names for what is no number.
std::string printed(const char *format, int precision, double v)
{
    if (std::isnan(v))
        return "NaN";
    if (std::isinf(v))
        return v < 0 ? "-Infinity" : "Infinity";
    std::string out(static_cast<std::size_t>(std::max(precision, 0)) + 340, '\0');
    out.resize(static_cast<std::size_t>(std::snprintf(out.data(), out.size(), format, precision, v)));
    return out;
}

/// Float forms of more digits than any float has are not printed alike everywhere.
bool tooManyDigits(const NumberTemplate &format, Context &cx)
{
    if (format.fraction > 340)
        cx.stop.decline("to_char() with so many digits");
    return format.fraction > 340;
}

std::string floatExponent(double v, const NumberTemplate &format)
{
    std::string shown = std::isfinite(v) ? printed("%+.*e", format.fraction, v) : noExponent(format);
    if (shown[0] == '+')
        shown[0] = ' ';
    return shown;
}

template <bool IsLong> Datum integerToChar(Call &call, const Datum *a)
{
    Context &cx = call.cx;
    NumberTemplate format;
    Datum result;
    if (!open(a[1], format, result, cx))
        return result;
    std::int64_t n = a[0].int64;
    if (format.isRoman) {
        if (n != static_cast<std::int32_t>(n))
            return cx.fail("22003", "integer out of range");
        return filled(format, {romanNumeral(n)}, cx);
    }
    if (format.isExponent && !IsLong) // printed as a double, which rounds halves to even
        return tooManyDigits(format, cx) ? Datum::null()
                                         : filled(format, {floatExponent(static_cast<double>(n), format)}, cx);
    if (format.isExponent)
        return filled(format, {scientific(numeric::ofInt(n), format, cx)}, cx);
    if (format.isShifted) {
        std::int64_t factor = 1;
        for (int i = 0; i < format.shift && i < 19; ++i) {
            if (__builtin_mul_overflow(factor, std::int64_t{10}, &factor))
                factor = 0;
        }
        if (format.shift > 18 || __builtin_mul_overflow(n, factor, &n) ||
            (!IsLong && (n != static_cast<std::int32_t>(n) || format.shift > 9))) {
            if (IsLong)
                return cx.fail("22003", "bigint out of range");
            cx.stop.decline("to_char() with V beyond an integer's range"); // wraps around there
            return Datum::null();
        }
        format.whole += format.shift;
    }
    std::string text = std::to_string(n);
    if (format.fraction)
        text += "." + std::string(static_cast<std::size_t>(format.fraction), '0');
    return filled(format, fitted(text, format), cx);
}

/// `significant`: how many digits the type is good for.
Datum floatToChar(double v, const Datum &text, int significant, Context &cx)
{
    NumberTemplate format;
    Datum result;
    if (!open(text, format, result, cx))
        return result;
    if (tooManyDigits(format, cx))
        return Datum::null();
    if (format.isRoman) {
        const double whole = std::rint(v);
        if (!(std::fabs(whole) < 2147483648.0)) {
            cx.stop.decline("Roman numerals of a number this large");
            return Datum::null();
        }
        return filled(format, {romanNumeral(static_cast<std::int64_t>(whole))}, cx);
    }
    if (format.isExponent)
        return filled(format, {floatExponent(v, format)}, cx);
    if (format.isShifted) {
        const double factor = std::pow(10.0, format.shift);
        v = significant == 6 ? static_cast<double>(static_cast<float>(v) * static_cast<float>(factor)) : v * factor;
        format.whole += format.shift;
    }
    const auto whole = static_cast<int>(printed("%.*f", 0, std::fabs(v)).size());
    if (whole >= significant)
        format.fraction = 0;
    else if (whole + format.fraction > significant)
        format.fraction = significant - whole;
    return filled(format, fitted(printed("%.*f", format.fraction, v), format), cx);
}

constexpr ScalarEntry kScalars[] = {
    {"numeric_to_char", numericToChar},
    {"int4_to_char", integerToChar<false>},
    {"int8_to_char", integerToChar<true>},
    {"float8_to_char", [](Call &call, const Datum *a) { return floatToChar(a[0].float8, a[1], 15, call.cx); }},
    {"float4_to_char", [](Call &call, const Datum *a) { return floatToChar(a[0].float8, a[1], 6, call.cx); }},
};

} // namespace

Family numberFormatFamily() { return {kScalars, {}, {}}; }

} // namespace sqlgym::runtime
