#include "models/copy_format.h"

#include "models/result_table_model.h"

#include "assist/scan.h"

#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QRegularExpression>

#include <algorithm>

namespace sqlgym::models {

namespace {

constexpr qsizetype kPiece = 256 * 1024; ///< characters handed to a sink at once

struct Rectangle {
    const CellSource &source;
    const std::vector<CellRange> &chosen;
    CopyProgress *progress;
    const TextSink *sink = nullptr;
    int top = INT_MAX, bottom = -1, left = INT_MAX, right = -1;

    bool contains(int row, int column) const
    {
        return std::ranges::any_of(chosen, [&](const CellRange &r) {
            return row >= r.top && row <= r.bottom && column >= r.left && column <= r.right;
        });
    }
    /// Before each row; hands on what there is of the text. False: enough.
    bool goOn(int row, QString &out) const
    {
        if (sink && out.size() >= kPiece) {
            if (!(*sink)(out))
                return false;
            out.clear();
        }
        if (!progress || row % 256 != 0)
            return true;
        progress->percent = static_cast<int>(100.0 * (row - top) / (bottom - top + 1));
        return !progress->cancelled;
    }
};

Rectangle around(const CellSource &source, const std::vector<CellRange> &cells, CopyProgress *progress,
                 const TextSink *sink = nullptr)
{
    Rectangle r{source, cells, progress, sink};
    for (const CellRange &cell : cells) {
        r.top = std::min(r.top, cell.top);
        r.bottom = std::max(r.bottom, cell.bottom);
        r.left = std::min(r.left, cell.left);
        r.right = std::max(r.right, cell.right);
    }
    return r;
}

using Cell = CellSource::Cell;

Cell cellAt(const Rectangle &r, int row, int column) { return r.source.cell(row, column); }
const QString &header(const Rectangle &r, int column)
{
    return r.source.columns[static_cast<std::size_t>(column)].name;
}
const QString &typeOf(const Rectangle &r, int column)
{
    return r.source.columns[static_cast<std::size_t>(column)].type;
}

QString separated(const QString &text, QChar separator)
{
    const bool plain = std::ranges::none_of(
        text, [separator](QChar c) { return c == separator || c == u'\n' || c == u'\r' || c == u'"'; });
    return plain ? text : u'"' + QString(text).replace(u'"', QStringLiteral("\"\"")) + u'"';
}

QString separatedRows(const Rectangle &r, QChar separator, bool headers, bool whole)
{
    QString out;
    for (int column = r.left; headers && column <= r.right; ++column)
        out += separated(header(r, column), separator) + (column < r.right ? separator : QChar(u'\n'));
    for (int row = r.top; row <= r.bottom && r.goOn(row, out); ++row) {
        for (int column = r.left; column <= r.right; ++column) {
            if (whole || r.contains(row, column)) {
                const Cell cell = cellAt(r, row, column);
                const bool emptyText = separator == u',' && !cell.isNull && cell.text.isEmpty();
                out += cell.isNull ? QString() : emptyText ? QStringLiteral("\"\"") : separated(cell.text, separator);
            }
            if (column < r.right)
                out += separator;
        }
        if (row < r.bottom)
            out += u'\n';
    }
    return out;
}

QString markdownCell(QString text)
{
    return text.replace(u'\\', QStringLiteral("\\\\"))
        .replace(u'|', QStringLiteral("\\|"))
        .replace(u'\r', QString())
        .replace(u'\n', QStringLiteral("<br>"));
}

QString markdown(const Rectangle &r)
{
    QString head, line;
    for (int column = r.left; column <= r.right; ++column) {
        head += QStringLiteral("| %1 ").arg(markdownCell(header(r, column)));
        line += isNumericType(typeOf(r, column).toStdString()) ? QStringLiteral("| ---: ") : QStringLiteral("| --- ");
    }
    QString out = head + QStringLiteral("|\n") + line + QStringLiteral("|\n");
    for (int row = r.top; row <= r.bottom && r.goOn(row, out); ++row) {
        for (int column = r.left; column <= r.right; ++column) {
            const Cell cell = cellAt(r, row, column);
            out += QStringLiteral("| ") + (cell.isNull ? QStringLiteral("*NULL*") : markdownCell(cell.text)) + u' ';
        }
        out += QStringLiteral("|\n");
    }
    return out;
}

QString jsonText(const QString &text)
{
    const QByteArray list = QJsonDocument(QJsonArray{text}).toJson(QJsonDocument::Compact);
    return QString::fromUtf8(list.sliced(1, list.size() - 2));
}

bool isPlainNumber(const QString &text)
{
    static const QRegularExpression form(QStringLiteral("^-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]+)?$"));
    return form.match(text).hasMatch();
}

QString jsonValue(const Cell &cell, const QString &type)
{
    if (cell.isNull)
        return QStringLiteral("null");
    if (type == QLatin1String("bool"))
        return cell.text == QLatin1String("t") ? QStringLiteral("true") : QStringLiteral("false");
    if ((isNumericType(type.toStdString()) && isPlainNumber(cell.text)) || type == QLatin1String("json") ||
        type == QLatin1String("jsonb"))
        return cell.text;
    return jsonText(cell.text);
}

QString json(const Rectangle &r)
{
    QString out(QStringLiteral("[\n"));
    std::vector<QString> names;
    for (int column = r.left; column <= r.right; ++column)
        names.push_back((column > r.left ? QStringLiteral(", ") : QString()) + jsonText(header(r, column)) +
                        QStringLiteral(": "));
    for (int row = r.top; row <= r.bottom && r.goOn(row, out); ++row) {
        out += QStringLiteral("  {");
        for (int column = r.left; column <= r.right; ++column)
            out +=
                names[static_cast<std::size_t>(column - r.left)] + jsonValue(cellAt(r, row, column), typeOf(r, column));
        out += row < r.bottom ? QStringLiteral("},\n") : QStringLiteral("}\n");
    }
    return out + u']';
}

/// E'' where there is a backslash: right whatever standard_conforming_strings says.
QString sqlValue(const Cell &cell, const QString &type)
{
    if (cell.isNull)
        return QStringLiteral("NULL");
    if (isNumericType(type.toStdString()) && isPlainNumber(cell.text))
        return cell.text;
    QString text = QString(cell.text).replace(u'\'', QStringLiteral("''"));
    const bool escaped = text.contains(u'\\');
    if (escaped)
        text.replace(u'\\', QStringLiteral("\\\\"));
    return (escaped ? QStringLiteral("E'") : QStringLiteral("'")) + text + u'\'';
}

QString insert(const Rectangle &r, const QString &table)
{
    const auto name = [](const QString &text) {
        return QString::fromStdString(assist::quotedIfNeeded(text.toStdString()));
    };
    if (r.bottom < r.top)
        return QStringLiteral("-- There are no rows.\n");
    QString out = QStringLiteral("INSERT INTO %1 (").arg(name(table));
    for (int column = r.left; column <= r.right; ++column)
        out += (column > r.left ? QStringLiteral(", ") : QString()) + name(header(r, column));
    out += QStringLiteral(") VALUES\n");
    for (int row = r.top; row <= r.bottom && r.goOn(row, out); ++row) {
        out += QStringLiteral("    (");
        for (int column = r.left; column <= r.right; ++column)
            out += (column > r.left ? QStringLiteral(", ") : QString()) +
                   sqlValue(cellAt(r, row, column), typeOf(r, column));
        out += row < r.bottom ? QStringLiteral("),\n") : QStringLiteral(");\n");
    }
    return out;
}

} // namespace

qint64 cellCount(const std::vector<CellRange> &cells)
{
    if (cells.empty())
        return 0;
    const Rectangle r = around({}, cells, nullptr);
    return qint64{r.bottom - r.top + 1} * (r.right - r.left + 1);
}

namespace {

QString textOf(const Rectangle &r, CopyFormat format, const QString &table)
{
    switch (format) {
    case CopyFormat::Tsv:
        return separatedRows(r, u'\t', false, false);
    case CopyFormat::TsvWithHeaders:
        return separatedRows(r, u'\t', true, false);
    case CopyFormat::Csv:
        return separatedRows(r, u',', true, true) + u'\n';
    case CopyFormat::Markdown:
        return markdown(r);
    case CopyFormat::Json:
        return json(r);
    case CopyFormat::Insert:
        return insert(r, table);
    }
    return {};
}

} // namespace

QString copied(const CellSource &source, const std::vector<CellRange> &cells, CopyFormat format, CopyProgress *progress,
               const QString &table)
{
    return cells.empty() ? QString() : textOf(around(source, cells, progress), format, table);
}

bool copyTo(const TextSink &sink, const CellSource &source, const CellRange &cells, CopyFormat format,
            CopyProgress &progress, const QString &table)
{
    bool fine = true;
    const TextSink watched = [&](const QString &piece) { return fine = fine && sink(piece); };
    const std::vector<CellRange> all{cells};
    const QString last = textOf(around(source, all, &progress, &watched), format, table);
    return fine && !progress.cancelled && sink(last);
}

} // namespace sqlgym::models
