// Cells as text for other programs.
#pragma once

#include <QtCore/QString>

#include <atomic>
#include <functional>
#include <vector>

namespace sqlgym::models {

enum class CopyFormat { Tsv, TsvWithHeaders, Csv, Markdown, Json, Insert };

/// What a model shows at this moment, to be read on any thread.
struct CellSource {
    struct Column {
        QString name;
        QString type; ///< pg_type.typname; empty where there is none
    };
    struct Cell {
        QString text; ///< never cut
        bool isNull = false;
    };
    std::vector<Column> columns;
    std::function<Cell(int row, int column)> cell;
};

/// A model whose cells can be copied.
class CopySource {
public:
    virtual ~CopySource() = default;
    virtual CellSource cellSource() const = 0;
};

/// All four are part of it.
struct CellRange {
    int top = 0, left = 0, bottom = 0, right = 0;
};

/// Of the smallest rectangle around them.
qint64 cellCount(const std::vector<CellRange> &cells);

struct CopyProgress {
    std::atomic<int> percent = 0;
    std::atomic<bool> cancelled = false;
};

/// The smallest rectangle around `cells`.
///
/// TSV, CSV: NULL is an empty cell, as COPY ... CSV writes it (and an empty text is "" in CSV); text with separators,
/// line breaks or quotes is quoted. CSV, Markdown, JSON and INSERT name their columns. In TSV cells outside the
/// selection are left empty; the other formats take the whole rectangle. JSON: an array of objects; numbers and
/// booleans as such, NaN and Infinity as texts, which JSON cannot say otherwise. INSERT: one statement for `table`,
/// every value as PostgreSQL reads it back. Thread-safe; a million cells take about a second. Cancelled: half a text.
QString copied(const CellSource &source, const std::vector<CellRange> &cells, CopyFormat format,
               CopyProgress *progress = nullptr, const QString &table = QStringLiteral("result"));

/// Takes the next piece of a text; false: no more of it.
using TextSink = std::function<bool(const QString &piece)>;

/// As copied(), in pieces, for what is too large to be held twice. `cells` may have no rows (bottom < top). False when
/// it was cancelled or the sink would take no more.
bool copyTo(const TextSink &sink, const CellSource &source, const CellRange &cells, CopyFormat format,
            CopyProgress &progress, const QString &table = QStringLiteral("result"));

} // namespace sqlgym::models
