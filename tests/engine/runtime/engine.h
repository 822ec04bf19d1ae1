// The runtime, called with texts as PostgreSQL is.
#pragma once

#include "arguments/special_arguments.h"
#include "runtime/function.h"

#include <optional>
#include <string>
#include <vector>

namespace sqlgym::tests {

struct TypedArgument {
    value::Oid type = 0;
    std::string typeName; ///< as SQL writes it
    Argument text;
};

/// What findScalar(symbol) makes of the arguments, written as Oracle writes it; "declined: ..." and "stopped" besides.
std::string callScalar(const std::string &symbol, const std::vector<TypedArgument> &arguments, value::Oid resultType,
                       bool strict);
/// textIn, then textOut.
std::string readBack(const TypedArgument &argument, std::int32_t typmod = -1);
/// compare() of two values of a type, "hash" when equal ones hash differently.
std::string compareValues(const TypedArgument &a, const TypedArgument &b);
/// The rows of findSet(symbol)'s first column, as Oracle::askQueries writes them.
std::string callSet(const std::string &symbol, const std::vector<TypedArgument> &arguments, value::Oid resultType);
/// An aggregate over `rows` of arguments typed as `columns`; then the first `leaving` rows leave again ("restart" when
/// the aggregate cannot do that).
std::string callAggregate(const std::string &key, const std::vector<TypedArgument> &columns,
                          const std::vector<std::vector<TypedArgument>> &rows, value::Oid resultType,
                          std::size_t leaving);

/// 'text'::type, or NULL::type.
std::string literal(const TypedArgument &argument);

} // namespace sqlgym::tests
