// The templates of to_char() and to_number() for numbers.
#pragma once

#include "value/context.h"

#include <string_view>
#include <vector>

namespace sqlgym::runtime {

enum class NumberCode : std::uint8_t {
    Text, ///< one character that stands for itself
    Comma,
    Point,
    Zero,
    Nine,
    Blank,    ///< B
    Currency, ///< C: read and ignored
    LocalePoint,
    Exponent, ///< EEEE
    Fill,     ///< FM
    Group,
    CurrencySymbol, ///< L
    Minus,
    Plus,
    Brackets, ///< PR
    UpperRoman,
    LowerRoman,
    EitherSign, ///< SG
    Spell,      ///< SP: read and ignored
    Sign,       ///< S
    UpperOrdinal,
    LowerOrdinal,
    Shift, ///< V
};

struct NumberPiece {
    NumberCode code;
    std::string_view text;
};

/// A template, and what all of its pieces together say.
struct NumberTemplate {
    enum class SignPlace : std::uint8_t { None, Before, After };

    std::vector<NumberPiece> pieces;
    int whole = 0;     ///< digit positions before the point
    int fraction = 0;  ///< and behind it
    int shift = 0;     ///< digits behind V
    int zeroStart = 0; ///< positions before the first 0, + 1; 0 = there is none before the point
    int zeroEnd = 0;   ///< positions up to and with the last 0
    int signAfter = 0; ///< positions before S
    SignPlace signPlace = SignPlace::None;
    bool hasPoint = false, hasZero = false, isFill = false, hasSign = false, hasBrackets = false, hasMinus = false,
         hasPlus = false, isRoman = false, isShifted = false, isExponent = false, isBlank = false;
};

/// False, with 42601 raised, for pieces that do not go together.
bool parseNumberTemplate(std::string_view text, NumberTemplate &out, value::Context &cx);

} // namespace sqlgym::runtime
