// What the cache derives from rows of the server's tables: problem_keys and the search index.
#pragma once

#include "base/result.h"
#include "sqlite/database.h"

namespace sqlgym::cache {

/// Brings problem_keys, search_documents and search_index up to the rows that changed since (search_queue). Cheap when
/// nothing did: called before whatever reads them. Inside a transaction it joins it, else it is one of its own.
base::Result<void> refreshDerived(sqlite::Database &database);

} // namespace sqlgym::cache
