#include "models/line_difference.h"

#include <QtCore/QStringList>

#include <algorithm>
#include <cstdint>

namespace sqlgym::models {

namespace {

constexpr qsizetype kMostCells = 4'000'000; ///< of the table of common lengths: 8 MB

using Kind = ComparedLine::Kind;

/// The longest common subsequence of the lines between `begin` and the ends, by the textbook's table of lengths.
void compareMiddle(const QStringList &before, const QStringList &after, qsizetype begin, qsizetype beforeEnd,
                   qsizetype afterEnd, std::vector<ComparedLine> &out)
{
    const qsizetype rows = beforeEnd - begin, columns = afterEnd - begin;
    qsizetype i = 0, j = 0;
    if (rows > 0 && columns > 0 && rows <= kMostCells / columns) {
        // lengths[i][j]: common lines of what follows from i and j on; at most 2000, so that 16 bits do.
        std::vector<std::uint16_t> lengths(static_cast<std::size_t>((rows + 1) * (columns + 1)));
        const auto at = [&](qsizetype row, qsizetype column) -> std::uint16_t & {
            return lengths[static_cast<std::size_t>(row * (columns + 1) + column)];
        };
        for (qsizetype row = rows - 1; row >= 0; --row) {
            for (qsizetype column = columns - 1; column >= 0; --column)
                at(row, column) = before[begin + row] == after[begin + column]
                                      ? static_cast<std::uint16_t>(at(row + 1, column + 1) + 1)
                                      : std::max(at(row + 1, column), at(row, column + 1));
        }
        std::vector<ComparedLine> added;
        const auto flush = [&] {
            out.insert(out.end(), added.begin(), added.end());
            added.clear();
        };
        while (i < rows && j < columns) {
            if (before[begin + i] == after[begin + j]) {
                flush();
                out.push_back({Kind::Same, before[begin + i]});
                ++i;
                ++j;
            } else if (at(i + 1, j) >= at(i, j + 1)) {
                out.push_back({Kind::Removed, before[begin + i++]});
            } else {
                added.push_back({Kind::Added, after[begin + j++]});
            }
        }
        for (; i < rows; ++i)
            out.push_back({Kind::Removed, before[begin + i]});
        flush();
    }
    for (; i < rows; ++i)
        out.push_back({Kind::Removed, before[begin + i]});
    for (; j < columns; ++j)
        out.push_back({Kind::Added, after[begin + j]});
}

} // namespace

std::vector<ComparedLine> compareLines(const QString &before, const QString &after)
{
    const QStringList a = before.split(u'\n'), b = after.split(u'\n');
    const qsizetype shorter = std::min(a.size(), b.size());
    qsizetype begin = 0, tail = 0;
    while (begin < shorter && a[begin] == b[begin])
        ++begin;
    while (tail < shorter - begin && a[a.size() - 1 - tail] == b[b.size() - 1 - tail])
        ++tail;
    std::vector<ComparedLine> lines;
    for (qsizetype i = 0; i < begin; ++i)
        lines.push_back({Kind::Same, a[i]});
    compareMiddle(a, b, begin, a.size() - tail, b.size() - tail, lines);
    for (qsizetype i = a.size() - tail; i < a.size(); ++i)
        lines.push_back({Kind::Same, a[i]});
    return lines;
}

} // namespace sqlgym::models
