// Cells written to a file.
#pragma once

#include "models/copy_format.h"

namespace sqlgym::models {

/// Writes UTF-8. The file is there whole or not at all; one that was there before stays until then. Thread-safe.
/// Empty, or what went wrong; a cancelled one went well.
QString exportTo(const QString &path, const CellSource &source, const CellRange &cells, CopyFormat format,
                 CopyProgress &progress);

} // namespace sqlgym::models
