// What of PostgreSQL's catalogue the engine claims to do: its registries, asked row by row.
#pragma once

#include "catalogue/catalogue.h"

#include <map>
#include <vector>

namespace sqlgym::parity {

using value::Oid;

struct Claims {
    std::vector<const catalogue::FunctionRow *> scalars; ///< those whose answer is the same at every call
    std::vector<const catalogue::FunctionRow *> sets;
    std::vector<const catalogue::FunctionRow *> aggregates;
    std::vector<const catalogue::FunctionRow *> windows;
    std::vector<const catalogue::OperatorRow *> operators;
    std::vector<Oid> types; ///< with a text form; arrays too
    std::map<Oid, std::vector<const catalogue::FunctionRow *>> scalarsByResult;
};

/// Functions of arguments for which nobody can write a value (internal, triggers) are left out.
const Claims &claims();

/// The types of which each polymorphic pseudo-type can be one; empty for other types.
bool isPolymorphic(Oid type);

/// As SQL writes the type without a modifier: "timestamp", "bpchar", "integer[]".
std::string sqlName(Oid type);

} // namespace sqlgym::parity
