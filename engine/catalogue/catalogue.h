// PostgreSQL 15's system catalogue, as generated data: what the binder resolves against and the executor looks up.
// The data is made by packaging/catalogue/generate.py from a real PostgreSQL 15; no row is written by hand.
#pragma once

#include "value/datum.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace sqlgym::catalogue {

using value::Oid;

/// pg_type. `category` is typcategory, `kind` typtype ('b' base, 'p' pseudo, 'c' composite, 'd' domain, 'e' enum,
/// 'r' range, 'm' multirange). `element` is typelem of true arrays and of subscriptable types, `array` typarray.
struct TypeRow {
    Oid oid;
    std::string_view name;
    std::int16_t length;
    bool byValue;
    char kind;
    char category;
    bool preferred;
    Oid element;
    Oid array;
    Oid collation;
    std::string_view input;  ///< typinput's symbol
    std::string_view output; ///< typoutput's symbol
    bool isTrueArray;        ///< typsubscript is array_subscript_handler and typlen is -1
};

/// pg_proc. `kind` is prokind ('f' function, 'a' aggregate, 'w' window), `volatility` provolatile ('i', 's', 'v').
/// `symbol`: see runtime/function.h.
struct FunctionRow {
    Oid oid;
    std::string_view name;
    std::string_view symbol;
    Oid result;
    std::span<const Oid> arguments; ///< proargtypes
    std::uint8_t defaultCount;      ///< pronargdefaults
    Oid variadic;                   ///< provariadic: the element type, 0 = none
    char kind;
    char volatility;
    bool strict;
    bool returnsSet;
    float cost;
    std::span<const std::string_view> outputNames;   ///< names of OUT/TABLE columns, empty = none
    std::span<const Oid> outputTypes;                ///< their types
    std::span<const std::string_view> argumentNames; ///< input arguments' names, empty = none
    std::span<const std::string_view> defaultTexts;  ///< the last defaultCount arguments' defaults, as SQL
};

/// pg_operator. `left` is 0 for a prefix operator.
struct OperatorRow {
    Oid oid;
    std::string_view name;
    Oid left;
    Oid right;
    Oid result;
    Oid function;
    Oid commutator;
    Oid negator;
    bool canMerge;
    bool canHash;
};

enum class CastMethod : char { Function = 'f', Binary = 'b', InOut = 'i' };
enum class CastContext : char { Implicit = 'i', Assignment = 'a', Explicit = 'e' };

/// pg_cast. `function` is 0 unless method is Function.
struct CastRow {
    Oid source;
    Oid target;
    Oid function;
    CastContext context;
    CastMethod method;
};

/// pg_aggregate. `kind` is aggkind ('n' normal, 'o' ordered set, 'h' hypothetical); `key`: see runtime/function.h.
struct AggregateRow {
    Oid function;
    char kind;
    std::uint8_t directArguments;
    Oid sortOperator;
    std::string_view key;
};

/// The default btree operator class of a type: what sorts, groups and compares it. 0 where there is none.
struct OrderingRow {
    Oid type;
    Oid less;
    Oid equal;
    Oid greater;
    bool canHash;
};

const TypeRow *findType(Oid oid);
const TypeRow *findType(std::string_view name);
const FunctionRow *findFunction(Oid oid);
/// All functions of a name, in OID order.
std::span<const FunctionRow *const> functionsNamed(std::string_view name);
const OperatorRow *findOperator(Oid oid);
std::span<const OperatorRow *const> operatorsNamed(std::string_view name);
const CastRow *findCast(Oid source, Oid target);
const AggregateRow *findAggregate(Oid function);
const OrderingRow *findOrdering(Oid type);

std::span<const TypeRow> types();
std::span<const FunctionRow> functions();
std::span<const OperatorRow> operators();
std::span<const CastRow> casts();

/// format_type(oid, typmod): "character varying(20)", "timestamp without time zone", "integer[]".
std::string formatType(Oid type, std::int32_t typmod = -1);

} // namespace sqlgym::catalogue
