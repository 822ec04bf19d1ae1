// Cells as text for other programs.
#pragma once

#include <QtCore/QAbstractItemModel>

namespace sqlgym::models {

enum class CopyFormat { Tsv, TsvWithHeaders, Csv, Markdown, Json, Insert };

/// The smallest rectangle around `cells`. Roles are ResultTableModel's; text is never cut.
///
/// TSV, CSV: NULL is an empty cell, as COPY ... CSV writes it (and an empty text is "" in CSV); text with separators,
/// line breaks or quotes is quoted. CSV, Markdown, JSON and INSERT name their columns. In TSV cells outside the
/// selection are left empty; the other formats take the whole rectangle. JSON: an array of objects; numbers and
/// booleans as such, NaN and Infinity as texts, which JSON cannot say otherwise. INSERT: one statement for `table`,
/// every value as PostgreSQL reads it back.
QString copied(const QModelIndexList &cells, CopyFormat format, const QString &table = QStringLiteral("result"));

} // namespace sqlgym::models
