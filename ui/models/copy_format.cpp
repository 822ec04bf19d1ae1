#include "models/copy_format.h"

#include "models/result_table_model.h"

#include "assist/scan.h"

#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QRegularExpression>

#include <algorithm>

namespace sqlgym::models {

namespace {

struct Rectangle {
    const CellSource &source;
    const std::vector<CellRange> &chosen;
    CopyProgress *progress;
    int top = INT_MAX, bottom = 0, left = INT_MAX, right = 0;

    bool contains(int row, int column) const
    {
        return std::ranges::any_of(chosen, [&](const CellRange &r) {
            return row >= r.top && row <= r.bottom && column >= r.left && column <= r.right;
        });
    }
    /// False: enough.
    bool goOn(int row) const
    {
        if (!progress || row % 256 != 0)
            return true;
        progress->percent = static_cast<int>(100.0 * (row - top) / (bottom - top + 1));
        return !progress->cancelled;
    }
};

Rectangle around(const CellSource &source, const std::vector<CellRange> &cells, CopyProgress *progress)
{
    Rectangle r{source, cells, progress};
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
    for (int row = r.top; row <= r.bottom && r.goOn(row); ++row) {
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
    QString head, line, body;
    for (int column = r.left; column <= r.right; ++column) {
        head += QStringLiteral("| %1 ").arg(markdownCell(header(r, column)));
        line += isNumericType(typeOf(r, column).toStdString()) ? QStringLiteral("| ---: ") : QStringLiteral("| --- ");
    }
    for (int row = r.top; row <= r.bottom && r.goOn(row); ++row) {
        for (int column = r.left; column <= r.right; ++column) {
            const Cell cell = cellAt(r, row, column);
            body += QStringLiteral("| %1 ").arg(cell.isNull ? QStringLiteral("*NULL*") : markdownCell(cell.text));
        }
        body += QStringLiteral("|\n");
    }
    return head + QStringLiteral("|\n") + line + QStringLiteral("|\n") + body;
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
    for (int row = r.top; row <= r.bottom && r.goOn(row); ++row) {
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
    QString out = QStringLiteral("INSERT INTO %1 (").arg(name(table));
    for (int column = r.left; column <= r.right; ++column)
        out += (column > r.left ? QStringLiteral(", ") : QString()) + name(header(r, column));
    out += QStringLiteral(") VALUES\n");
    for (int row = r.top; row <= r.bottom && r.goOn(row); ++row) {
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

QString copied(const CellSource &source, const std::vector<CellRange> &cells, CopyFormat format, CopyProgress *progress,
               const QString &table)
{
    if (cells.empty())
        return {};
    const Rectangle r = around(source, cells, progress);
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

} // namespace sqlgym::models
