// Cells as tab-separated text, as spreadsheets read it.
#pragma once

#include <QtCore/QAbstractItemModel>

namespace sqlgym::models {

/// The smallest rectangle around `cells`, as TSV; cells outside the selection are left empty. NULL is an empty cell, as
/// COPY ... CSV writes it; text with tabs, line breaks or quotes is quoted. `fullTextRole` gives the uncut text.
QString tabSeparated(const QModelIndexList &cells, int fullTextRole, bool withHeaders);

} // namespace sqlgym::models
