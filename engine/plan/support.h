// Finds what has no implementation, before anything runs.
#pragma once

#include "sql/bound.h"

#include <string>

namespace sqlgym::plan {

/// What in `query` (and in the queries inside it) cannot be executed faithfully, in words for a learner, e.g.
/// "function to_tsvector(text)"; empty when all can.
std::string findUnsupported(sql::Query &query);
std::string findUnsupported(sql::Expr *expr);

/// The same for the types of a result's columns.
std::string findUnprintable(const sql::Query &query);

} // namespace sqlgym::plan
