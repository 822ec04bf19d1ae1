// Everything that a learner has in a profile, as files that any program reads.
#pragma once

#include "base/result.h"

#include <string>
#include <vector>

namespace sqlgym::cache {

struct StoreContext;

struct ExportedTable {
    std::string name; ///< also of its files, without the ending
    int rows = 0;
};

struct ExportReport {
    std::vector<ExportedTable> tables;
    int drafts = 0; ///< files in "drafts"
};

/// Writes the learner's own rows of each table as NAME.json (an array of objects) and NAME.csv (RFC 4180, with a
/// header; NULL is an empty field), and each draft as a file of its own in "drafts". `folder` is made where it is not
/// there. Neither others' rows nor the catalogue are in it, and no secret: the profile holds none.
///
/// Errors: cache/not_empty     the folder holds files already: nothing was written
///         cache/cannot_write  a file or folder; what was written so far stays
///         those of sqlite/error.h.
base::Result<ExportReport> exportOwnData(StoreContext &context, const std::string &folder);

} // namespace sqlgym::cache
