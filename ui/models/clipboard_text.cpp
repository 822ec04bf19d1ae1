#include "models/clipboard_text.h"

#include <QtCore/QHash>

#include <algorithm>

namespace sqlgym::models {

namespace {

QString quoted(QString text)
{
    const bool plain =
        std::ranges::none_of(text, [](QChar c) { return c == u'\t' || c == u'\n' || c == u'\r' || c == u'"'; });
    if (plain)
        return text;
    return u'"' + text.replace(u'"', QStringLiteral("\"\"")) + u'"';
}

} // namespace

QString tabSeparated(const QModelIndexList &cells, int fullTextRole, bool withHeaders)
{
    if (cells.isEmpty())
        return {};
    QHash<std::pair<int, int>, QModelIndex> at;
    int top = INT_MAX, bottom = 0, left = INT_MAX, right = 0;
    for (const QModelIndex &cell : cells) {
        at.insert({cell.row(), cell.column()}, cell);
        top = std::min(top, cell.row());
        bottom = std::max(bottom, cell.row());
        left = std::min(left, cell.column());
        right = std::max(right, cell.column());
    }
    QString text;
    if (withHeaders) {
        for (int column = left; column <= right; ++column) {
            text += quoted(cells.first().model()->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString());
            text += column < right ? u'\t' : u'\n';
        }
    }
    for (int row = top; row <= bottom; ++row) {
        for (int column = left; column <= right; ++column) {
            const auto found = at.constFind({row, column});
            if (found != at.constEnd())
                text += quoted(found->data(fullTextRole).toString());
            if (column < right)
                text += u'\t';
        }
        if (row < bottom)
            text += u'\n';
    }
    return text;
}

} // namespace sqlgym::models
