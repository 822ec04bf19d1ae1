// What each function likes to be asked: templates, units and zones where a text is one, lengths that fit in memory.
#pragma once

#include "arguments/pools.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sqlgym::tests {

using Argument = std::optional<std::string>; ///< nullopt = NULL

/// The function behind `symbol` (pg_proc.prosrc) answers for itself alone: random numbers, clocks.
bool answersAlone(std::string_view symbol);

/// The pool from which a text argument that is no ordinary text is drawn; "" for ordinary ones.
std::string specialPool(const std::string &symbol, std::size_t index);

/// `text`, or another one where a server would work for minutes or fill the disk, or where few are of interest.
Argument tamedArgument(const std::string &symbol, std::size_t index, Argument text, Pools &pools);

/// atttypmod of numeric(p, s).
std::int32_t randomNumericTypmod(Pools &pools);

} // namespace sqlgym::tests
