#include "catalogue/catalogue.h"
#include "catalogue/type_oids.h"

namespace sqlgym::catalogue {

namespace {

std::string parenthesised(std::int32_t value) { return "(" + std::to_string(value) + ")"; }

/// interval's typmod: 16 bits of fields, 16 of precision; 0xFFFF precision = none, 0x7FFF fields = all.
std::string intervalModifier(std::int32_t typmod)
{
    constexpr int kYear = 1 << 2, kMonth = 1 << 1, kDay = 1 << 3, kHour = 1 << 10, kMinute = 1 << 11, kSecond = 1 << 12;
    const int fields = (typmod >> 16) & 0x7FFF;
    std::string words;
    switch (fields) {
    case kYear:
        words = " year";
        break;
    case kMonth:
        words = " month";
        break;
    case kDay:
        words = " day";
        break;
    case kHour:
        words = " hour";
        break;
    case kMinute:
        words = " minute";
        break;
    case kSecond:
        words = " second";
        break;
    case kYear | kMonth:
        words = " year to month";
        break;
    case kDay | kHour:
        words = " day to hour";
        break;
    case kDay | kHour | kMinute:
        words = " day to minute";
        break;
    case kDay | kHour | kMinute | kSecond:
        words = " day to second";
        break;
    case kHour | kMinute:
        words = " hour to minute";
        break;
    case kHour | kMinute | kSecond:
        words = " hour to second";
        break;
    case kMinute | kSecond:
        words = " minute to second";
        break;
    default:
        break;
    }
    const int precision = typmod & 0xFFFF;
    return precision == 0xFFFF ? words : words + parenthesised(precision);
}

std::string scalarName(const TypeRow &type, std::int32_t typmod)
{
    const bool has = typmod >= 0;
    switch (type.oid) {
    case type::kBool:
        return "boolean";
    case type::kInt2:
        return "smallint";
    case type::kInt4:
        return "integer";
    case type::kInt8:
        return "bigint";
    case type::kFloat4:
        return "real";
    case type::kFloat8:
        return "double precision";
    case type::kBpchar:
        return has ? "character" + parenthesised(typmod - 4) : "character";
    case type::kVarchar:
        return has ? "character varying" + parenthesised(typmod - 4) : "character varying";
    case type::kBit:
        return has ? "bit" + parenthesised(typmod) : "bit";
    case type::kVarbit:
        return has ? "bit varying" + parenthesised(typmod) : "bit varying";
    case type::kChar:
        return "\"char\"";
    case type::kAny:
        return "\"any\"";
    case type::kNumeric: {
        if (!has)
            return "numeric";
        const int scale = (((typmod - 4) & 0x7FF) ^ 1024) - 1024;
        return "numeric(" + std::to_string(((typmod - 4) >> 16) & 0xFFFF) + "," + std::to_string(scale) + ")";
    }
    case type::kTime:
        return (has ? "time" + parenthesised(typmod) : "time") + " without time zone";
    case type::kTimetz:
        return (has ? "time" + parenthesised(typmod) : "time") + " with time zone";
    case type::kTimestamp:
        return (has ? "timestamp" + parenthesised(typmod) : "timestamp") + " without time zone";
    case type::kTimestamptz:
        return (has ? "timestamp" + parenthesised(typmod) : "timestamp") + " with time zone";
    case type::kInterval:
        return has ? "interval" + intervalModifier(typmod) : "interval";
    default:
        return std::string(type.name);
    }
}

} // namespace

std::string formatType(Oid oid, std::int32_t typmod)
{
    const auto *type = findType(oid);
    if (!type)
        return "???";
    // int2vector and oidvector are arrays too, but known by their own names.
    if (type->isTrueArray && type->element && oid != type::kInt2vector && oid != type::kOidvector) {
        const auto *element = findType(type->element);
        return (element ? scalarName(*element, typmod) : "???") + "[]";
    }
    return scalarName(*type, typmod);
}

} // namespace sqlgym::catalogue
