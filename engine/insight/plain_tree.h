// A parse tree as words in which names that a learner is free to choose are numbered.
#pragma once

#include "sql/parse.h"

#include <string>
#include <vector>

namespace sqlgym::insight {

/// The tree's nodes and values in order, without positions. Aliases of tables and columns and names of CTEs are
/// numbered as they first occur; a table without an alias counts as one that has its own name for alias. Constants,
/// columns and tables stay. So two texts have the same words when they differ only in layout, comments, case of what is
/// not quoted, and such names.
///
/// libpg_query's own fingerprint serves neither end: it leaves constants out, and keeps aliases.
std::vector<std::string> plainWords(const sql::ParsedScript &script);

} // namespace sqlgym::insight
