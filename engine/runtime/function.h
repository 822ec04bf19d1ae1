// How PostgreSQL's functions are implemented here and found by the binder's choice.
//
// A function is keyed by pg_proc.prosrc, the C symbol of PostgreSQL's own implementation ("int4pl", "numeric_add",
// "text_substr"): several pg_proc rows share one symbol when they are one piece of code there, and so they do here.
// SQL-language functions, whose prosrc is a body, are keyed "sql:name(argtypes)", e.g. "sql:date_part(text,date)".
// What has no entry is declined by name before anything runs.
#pragma once

#include "value/context.h"
#include "value/datum.h"

#include <cstddef>
#include <span>
#include <string_view>

namespace sqlgym::runtime {

using value::Datum;
using value::Oid;

/// A column of a function that returns records, as its caller defines it.
struct ColumnShape {
    std::string_view name;
    Oid type = 0;
    std::int32_t typmod = -1;
};

/// One call site. `memory` is the call site's own slot, nullptr at first, kept between rows (a compiled pattern, say);
/// `release` frees it with the plan.
struct CallSite {
    std::span<const Oid> argumentTypes; ///< actual types, after coercion (polymorphic functions need them)
    Oid resultType = 0;
    std::span<const ColumnShape> columns = {}; ///< functions in FROM: what next() is to fill in
    void *memory = nullptr;
    void (*release)(void *memory) = nullptr; ///< called once when the plan goes
};

struct Call {
    value::Context &cx;
    CallSite &site;
    std::size_t argumentCount;
};

/// Arguments are non-NULL where pg_proc.proisstrict (the caller sees to it). The result lives in cx.arena or in an
/// argument's memory. On failure: cx.fail(...) and return NULL.
using ScalarFunction = Datum (*)(Call &call, const Datum *arguments);

struct ScalarEntry {
    std::string_view symbol;
    ScalarFunction function;
};

/// A set-returning function in FROM or in a select list: open() makes its state in cx.arena (which lives as long as the
/// scan); next() gives one row (columns[0..n)) or false at the end.
struct SetFunction {
    std::string_view symbol;
    void *(*open)(Call &call, const Datum *arguments);
    bool (*next)(Call &call, void *state, Datum *columns);
};

/// An aggregate, keyed "name(argtypes)" with pg_type names as pg_proc declares them: "sum(int4)", "count(*)"
/// (pg_proc's count()), "count(any)", "min(anyenum)", "string_agg(text,text)", "array_agg(anynonarray)".
/// The state is `stateSize` bytes, zeroed, then initialised; what it grows into lives in cx.arena of `step`, which
/// lasts as long as the group. NULL arguments reach step() unless `skipNulls`. finish() may be called several times
/// (window frames) and does not destroy. `inverse` removes the oldest row, or is nullptr.
/// DISTINCT and ORDER BY inside the call are the executor's.
struct AggregateFunction {
    std::string_view key;
    std::size_t stateSize;
    bool skipNulls;
    void (*initialise)(Call &call, void *state);
    void (*step)(Call &call, void *state, const Datum *arguments);
    Datum (*finish)(Call &call, void *state);
    bool (*inverse)(Call &call, void *state, const Datum *arguments) = nullptr;
};

/// nullptr: not implemented.
ScalarFunction findScalar(std::string_view symbol);
const SetFunction *findSet(std::string_view symbol);
const AggregateFunction *findAggregate(std::string_view key);

/// Each family file (numeric_functions.cpp, text_functions.cpp, ...) offers its tables; registry.cpp lists the
/// families.
struct Family {
    std::span<const ScalarEntry> scalars;
    std::span<const SetFunction> sets;
    std::span<const AggregateFunction> aggregates;
};
std::span<const Family> families();

} // namespace sqlgym::runtime
