// text, varchar, bpchar, name, "char", bytea, uuid and unknown as types: text, order, hash.
#include "catalogue/type_oids.h"
#include "runtime/text_coercion.h"
#include "runtime/type_table.h"

namespace sqlgym::runtime {

namespace type = catalogue::type;
using value::Context;
using value::Datum;

namespace {

Datum plainIn(std::string_view text, std::int32_t, Context &cx) { return value::makeText(text, cx.arena); }

void plainOut(const Datum &datum, std::string &out) { out += datum.text(); }

int compareTexts(const Datum &a, const Datum &b) { return compareBytes(a.text(), b.text()); }

std::uint64_t hashText(const Datum &datum) { return hashBytes(datum.text()); }

} // namespace

std::span<const TypeEntry> textTypes()
{
    static const TypeEntry kTypes[] = {
        {type::kText, type::kTextArray, plainIn, plainOut, compareTexts, hashText},
        {type::kUnknown, 0, plainIn, plainOut, nullptr, nullptr},
        {type::kCstring, 1263, plainIn, plainOut, nullptr, nullptr},
        {type::kVarchar, type::kVarcharArray,
         [](std::string_view text, std::int32_t typmod, Context &cx) { return toVarchar(text, typmod, false, cx); },
         plainOut, compareTexts, hashText},
        {type::kBpchar, type::kBpcharArray,
         [](std::string_view text, std::int32_t typmod, Context &cx) { return toBpchar(text, typmod, false, cx); },
         plainOut,
         [](const Datum &a, const Datum &b) { return compareBytes(trimBlanks(a.text()), trimBlanks(b.text())); },
         [](const Datum &datum) { return hashBytes(trimBlanks(datum.text())); }},
        {type::kName, 1003,
         [](std::string_view text, std::int32_t, Context &cx) { return value::makeText(clipName(text), cx.arena); },
         plainOut, compareTexts, hashText},
        {type::kChar, 1002, [](std::string_view text, std::int32_t, Context &) { return parseCharByte(text); },
         [](const Datum &datum, std::string &out) { appendCharByte(datum.int64, out); },
         [](const Datum &a, const Datum &b) {
             const auto x = static_cast<std::uint8_t>(a.int64);
             const auto y = static_cast<std::uint8_t>(b.int64);
             return x < y ? -1 : x > y ? 1 : 0;
         },
         [](const Datum &datum) { return mixBits(static_cast<std::uint8_t>(datum.int64)); }},
        {type::kBytea, 1001, [](std::string_view text, std::int32_t, Context &cx) { return parseBytea(text, cx); },
         [](const Datum &datum, std::string &out) { appendBytea(datum.text(), out); }, compareTexts, hashText},
        {type::kUuid, 2951, [](std::string_view text, std::int32_t, Context &cx) { return parseUuid(text, cx); },
         [](const Datum &datum, std::string &out) { appendUuid(datum.text(), out); }, compareTexts, hashText},
    };
    return kTypes;
}

} // namespace sqlgym::runtime
