// Type names and their modifiers.
#include "sql/binder.h"

#include "catalogue/type_oids.h"

#include <algorithm>

namespace sqlgym::sql {

namespace type = catalogue::type;

Oid Binder::typeFromNames(const std::vector<std::string> &names) const
{
    if (names.size() > 2 || (names.size() == 2 && names[0] != "pg_catalog" && names[0] != "public"))
        return 0;
    if (const auto *row = catalogue::findType(std::string_view(names.back())))
        return row->oid;
    const Oid found = m_schema.findEnum(names.back());
    if (found && m_schema.isAltered(found))
        decline("a type that the same script has altered");
    return found;
}

std::string Binder::typeNameText(const PgQuery__TypeName &name) const
{
    std::string text;
    for (const auto &part : stringsOf(name.names, name.n_names))
        text += (text.empty() ? "" : ".") + part;
    for (std::size_t i = 0; i < name.n_array_bounds; ++i)
        text += "[]";
    return text;
}

Oid Binder::bindTypeName(const PgQuery__TypeName &name, std::int32_t &typmod)
{
    typmod = -1;
    if (name.setof)
        decline("SETOF");
    if (name.pct_type)
        decline("%TYPE");
    const auto names = stringsOf(name.names, name.n_names);
    if (names.size() > 2)
        failQualified(names, "type", false);
    Oid oid = typeFromNames(names);
    if (!oid) {
        if (names.size() == 2 && !m_schema.hasSchema(names[0]) && names[0] != "pg_catalog")
            fail("3F000", "schema \"" + names[0] + "\" does not exist", name.location);
        if (m_schema.findDomain(names.back()))
            decline("a cast to a domain");
        // A table's name is a type too.
        if (m_schema.findTable(names.size() == 2 ? names[0] : "", names.back()))
            decline("the row type of a table");
        fail("42704", "type \"" + typeNameText(name) + "\" does not exist", name.location);
    }
    const auto *row = catalogue::findType(oid);
    if (row->kind == 'p' && oid != type::kRecord)
        decline("the pseudo-type " + std::string(row->name));
    typmod = bindTypmod(oid, name);
    if (name.n_array_bounds > 0 && !row->isTrueArray) {
        if (!row->array)
            decline("arrays of such a type");
        oid = row->array;
    }
    return oid;
}

namespace {

/// interval's fields arrive as a mask of months, days, ... bits; INTERVAL_FULL_RANGE when only a precision was given.
constexpr std::int32_t kIntervalFullRange = 0x7FFF;

} // namespace

std::int32_t Binder::bindTypmod(Oid oid, const PgQuery__TypeName &name)
{
    if (name.n_typmods == 0)
        return name.typemod;
    std::vector<int> values;
    for (std::size_t i = 0; i < name.n_typmods; ++i) {
        const Node &node = *name.typmods[i];
        if (node.node_case != PG_QUERY__NODE__NODE_A_CONST || node.a_const->isnull ||
            node.a_const->val_case != PG_QUERY__A__CONST__VAL_IVAL)
            decline("this type modifier");
        values.push_back(node.a_const->ival->ival);
    }
    const auto *row = catalogue::findType(oid);
    const Oid scalar = row->isTrueArray ? row->element : oid;
    const int location = name.location;
    switch (scalar) {
    case type::kVarchar:
    case type::kBpchar: {
        const char *word = scalar == type::kVarchar ? "varchar" : "char";
        if (values.size() != 1)
            fail("22023", "invalid type modifier", location);
        if (values[0] < 1)
            fail("22023", std::string("length for type ") + word + " must be at least 1", location);
        if (values[0] > 10485760)
            fail("22023", std::string("length for type ") + word + " cannot exceed 10485760", location);
        return values[0] + 4;
    }
    case type::kNumeric: {
        if (values.empty() || values.size() > 2)
            fail("22023", "invalid NUMERIC type modifier", location);
        if (values[0] < 1 || values[0] > 1000)
            fail("22023", "NUMERIC precision " + std::to_string(values[0]) + " must be between 1 and 1000", location);
        const int scale = values.size() == 2 ? values[1] : 0;
        if (scale < -1000 || scale > 1000)
            fail("22023", "NUMERIC scale " + std::to_string(scale) + " must be between -1000 and 1000", location);
        return ((values[0] << 16) | (scale & 0x7FF)) + 4;
    }
    case type::kTime:
    case type::kTimetz:
    case type::kTimestamp:
    case type::kTimestamptz:
        if (values.size() != 1)
            fail("22023", "invalid type modifier", location);
        if (values[0] < 0)
            fail("22023",
                 (scalar == type::kTime || scalar == type::kTimetz ? "TIME(" : "TIMESTAMP(") +
                     std::to_string(values[0]) + ")" +
                     (scalar == type::kTimetz || scalar == type::kTimestamptz ? " WITH TIME ZONE" : "") +
                     " precision must not be negative",
                 location);
        return std::min(values[0], 6);
    case type::kInterval: {
        const int range = values[0];
        if (values.size() == 1)
            return (range << 16) | 0xFFFF;
        const int precision = values[1];
        if (precision < 0)
            fail("22023", "INTERVAL(" + std::to_string(precision) + ") precision must not be negative", location);
        return ((range == kIntervalFullRange ? kIntervalFullRange : range) << 16) | std::min(precision, 6);
    }
    case type::kBit:
    case type::kVarbit: {
        constexpr int kMostBits = 83886080;
        const std::string length = std::string("length for type ") + (scalar == type::kBit ? "bit" : "varbit");
        if (values.size() != 1)
            fail("22023", "invalid type modifier", location);
        if (values[0] < 1)
            fail("22023", length + " must be at least 1", location);
        if (values[0] > kMostBits)
            fail("22023", length + " cannot exceed " + std::to_string(kMostBits), location);
        return values[0];
    }
    default:
        fail("42601", "type modifier is not allowed for type \"" + typeNameText(name) + "\"", location);
    }
}

} // namespace sqlgym::sql
