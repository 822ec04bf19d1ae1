#include "runtime/number_template.h"

#include "runtime/text_coercion.h"

#include <string>

namespace sqlgym::runtime {

namespace {

/// Where one spelling begins another the longer comes first.
constexpr NumberPiece kCodes[] = {
    {NumberCode::Comma, ","},         {NumberCode::Point, "."},          {NumberCode::Zero, "0"},
    {NumberCode::Nine, "9"},          {NumberCode::Blank, "B"},          {NumberCode::Currency, "C"},
    {NumberCode::LocalePoint, "D"},   {NumberCode::Exponent, "EEEE"},    {NumberCode::Fill, "FM"},
    {NumberCode::Group, "G"},         {NumberCode::CurrencySymbol, "L"}, {NumberCode::Minus, "MI"},
    {NumberCode::Plus, "PL"},         {NumberCode::Brackets, "PR"},      {NumberCode::UpperRoman, "RN"},
    {NumberCode::EitherSign, "SG"},   {NumberCode::Spell, "SP"},         {NumberCode::Sign, "S"},
    {NumberCode::UpperOrdinal, "TH"}, {NumberCode::Shift, "V"},          {NumberCode::Blank, "b"},
    {NumberCode::Currency, "c"},      {NumberCode::LocalePoint, "d"},    {NumberCode::Exponent, "eeee"},
    {NumberCode::Fill, "fm"},         {NumberCode::Group, "g"},          {NumberCode::CurrencySymbol, "l"},
    {NumberCode::Minus, "mi"},        {NumberCode::Plus, "pl"},          {NumberCode::Brackets, "pr"},
    {NumberCode::LowerRoman, "rn"},   {NumberCode::EitherSign, "sg"},    {NumberCode::Spell, "sp"},
    {NumberCode::Sign, "s"},          {NumberCode::LowerOrdinal, "th"},  {NumberCode::Shift, "v"},
};

class Reader {
public:
    Reader(std::string_view text, NumberTemplate &out, value::Context &cx) : m_text(text), m_out(out), m_cx(cx) {}

    bool read()
    {
        while (m_at < m_text.size() && !m_cx.stop.raised()) {
            if (const NumberPiece *code = codeAt()) {
                m_at += code->text.size();
                note(code->code);
                m_out.pieces.push_back(*code);
            } else if (m_text[m_at] == '"') {
                quoted();
            } else {
                if (m_text.substr(m_at, 2) == "\\\"")
                    ++m_at;
                character();
            }
        }
        return !m_cx.stop.raised();
    }

private:
    const NumberPiece *codeAt() const
    {
        for (const auto &code : kCodes) {
            if (m_text.substr(m_at, code.text.size()) == code.text)
                return &code;
        }
        return nullptr;
    }

    void character()
    {
        const std::string_view text = m_text.substr(m_at, utf8Length(m_text[m_at]));
        m_out.pieces.push_back({NumberCode::Text, text});
        m_at += text.size();
    }

    void quoted()
    {
        for (++m_at; m_at < m_text.size();) {
            if (m_text[m_at] == '"') {
                ++m_at;
                return;
            }
            if (m_text[m_at] == '\\' && m_at + 1 < m_text.size())
                ++m_at;
            character();
        }
    }

    void refuse(const char *message, const char *detail = "") { m_cx.stop.error("42601", message, detail); }

    void note(NumberCode code)
    {
        NumberTemplate &t = m_out;
        if (t.isExponent && code != NumberCode::Exponent)
            return refuse("\"EEEE\" must be the last pattern used");
        switch (code) {
        case NumberCode::Nine:
            if (t.hasBrackets)
                return refuse("\"9\" must be ahead of \"PR\"");
            ++(t.isShifted ? t.shift : t.hasPoint ? t.fraction : t.whole);
            break;
        case NumberCode::Zero:
            if (t.hasBrackets)
                return refuse("\"0\" must be ahead of \"PR\"");
            if (!t.hasZero && !t.hasPoint) {
                t.hasZero = true;
                t.zeroStart = t.whole + 1;
            }
            ++(t.hasPoint ? t.fraction : t.whole);
            t.zeroEnd = t.whole + t.fraction;
            break;
        case NumberCode::Blank:
            t.isBlank = t.isBlank || (t.whole == 0 && t.fraction == 0 && !t.hasZero);
            break;
        case NumberCode::LocalePoint:
        case NumberCode::Point:
            if (t.hasPoint)
                return refuse("multiple decimal points");
            if (t.isShifted)
                return refuse("cannot use \"V\" and decimal point together");
            t.hasPoint = true;
            break;
        case NumberCode::Shift:
            if (t.hasPoint)
                return refuse("cannot use \"V\" and decimal point together");
            t.isShifted = true;
            break;
        case NumberCode::Fill:
            t.isFill = true;
            break;
        case NumberCode::UpperRoman:
        case NumberCode::LowerRoman:
            t.isRoman = true;
            break;
        case NumberCode::Exponent:
            if (t.isExponent)
                return refuse("cannot use \"EEEE\" twice");
            if (t.isBlank || t.isFill || t.hasSign || t.hasBrackets || t.hasMinus || t.hasPlus || t.isRoman ||
                t.isShifted)
                return refuse("\"EEEE\" is incompatible with other formats",
                              "\"EEEE\" may only be used together with digit and decimal point patterns.");
            t.isExponent = true;
            break;
        default:
            noteSign(code);
        }
    }

    void noteSign(NumberCode code)
    {
        NumberTemplate &t = m_out;
        switch (code) {
        case NumberCode::Sign:
            if (t.hasSign)
                return refuse("cannot use \"S\" twice");
            if (t.hasPlus || t.hasMinus || t.hasBrackets)
                return refuse("cannot use \"S\" and \"PL\"/\"MI\"/\"SG\"/\"PR\" together");
            t.hasSign = true;
            t.signPlace = t.hasPoint ? NumberTemplate::SignPlace::After : NumberTemplate::SignPlace::Before;
            t.signAfter = t.hasPoint ? 0 : t.whole;
            break;
        case NumberCode::Minus:
            if (t.hasSign)
                return refuse("cannot use \"S\" and \"MI\" together");
            t.hasMinus = true;
            break;
        case NumberCode::Plus:
            if (t.hasSign)
                return refuse("cannot use \"S\" and \"PL\" together");
            t.hasPlus = true;
            break;
        case NumberCode::EitherSign:
            if (t.hasSign)
                return refuse("cannot use \"S\" and \"SG\" together");
            t.hasMinus = t.hasPlus = true;
            break;
        case NumberCode::Brackets:
            if (t.hasSign || t.hasPlus || t.hasMinus)
                return refuse("cannot use \"PR\" and \"S\"/\"PL\"/\"MI\"/\"SG\" together");
            t.hasBrackets = true;
            break;
        default:
            break;
        }
    }

    std::string_view m_text;
    NumberTemplate &m_out;
    value::Context &m_cx;
    std::size_t m_at = 0;
};

} // namespace

bool parseNumberTemplate(std::string_view text, NumberTemplate &out, value::Context &cx)
{
    return Reader(text, out, cx).read();
}

} // namespace sqlgym::runtime
