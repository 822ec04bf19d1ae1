#include "runtime/io.h"

#include "catalogue/type_oids.h"
#include "runtime/array_text.h"
#include "runtime/enum_values.h"
#include "runtime/type_table.h"

namespace sqlgym::runtime {

namespace type = catalogue::type;

bool hasTextForm(value::Oid type)
{
    if (catalogue::findEnum(type))
        return true;
    return findType(type) || elementOf(type) || type == type::kRecord;
}

value::Datum textIn(value::Oid type, std::string_view text, std::int32_t typmod, value::Context &cx)
{
    if (const TypeEntry *entry = findType(type))
        return entry->in(text, typmod, cx);
    if (const value::Oid element = elementOf(type))
        return parseArray(element, text, typmod, cx);
    if (const auto *enumType = catalogue::findEnum(type))
        return readEnum(*enumType, text, cx);
    if (type == type::kRecord)
        return cx.fail("0A000", "input of anonymous composite types is not implemented");
    cx.stop.decline("text input of this type");
    return value::Datum::null();
}

void textOut(value::Oid type, const value::Datum &datum, std::string &out)
{
    if (const TypeEntry *entry = findType(type))
        entry->out(datum, out);
    else if (datum.storage == value::Storage::Bytes)
        out += datum.text(); // an enum's label
    else if (datum.storage == value::Storage::Array)
        appendArray(*datum.array, out);
    else if (datum.storage == value::Storage::Record)
        appendRecord(*datum.record, out);
}

} // namespace sqlgym::runtime
