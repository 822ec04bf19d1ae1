// Whether an expression gives the same value for ever: what may be stored, or stand in an index.
#pragma once

#include "sql/bound.h"

#include <cstdint>

namespace sqlgym::sql {

/// Unsure: it depends on what PostgreSQL's planner leaves of the expression, or on how a type's text is made.
enum class Stability : std::uint8_t { Immutable, Mutable, Unsure };

/// Source: PostgreSQL 15 manual, 38.7 Function Volatility Categories.
Stability stabilityOf(Expr &expr);

} // namespace sqlgym::sql
