#include "models/row_order.h"

#include "models/result_table_model.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

namespace sqlgym::models {

namespace {

using Cell = sandbox::ResultTable::Cell;

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

bool contains(std::string_view text, std::string_view small)
{
    return std::search(text.begin(), text.end(), small.begin(), small.end(),
                       [](char a, char b) { return lower(a) == b; }) != text.end();
}

/// The nearest double; NaN sorts above all, as in PostgreSQL.
double valueOf(std::string_view text)
{
    double value = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    if (read.ec == std::errc::result_out_of_range)
        return text.front() == '-' ? -std::numeric_limits<double>::infinity() : std::numeric_limits<double>::infinity();
    return read.ec == std::errc() && !std::isnan(value) ? value : std::numeric_limits<double>::infinity();
}

/// Decides between decimals that one double stands for: by length before the point, then digit by digit.
int compareDigits(std::string_view a, std::string_view b)
{
    const bool negative = !a.empty() && a.front() == '-';
    const auto whole = [](std::string_view text) {
        text.remove_prefix(!text.empty() && text.front() == '-' ? 1 : 0);
        return text.substr(0, text.find('.'));
    };
    const auto fraction = [](std::string_view text) {
        const auto point = text.find('.');
        text = point == text.npos ? std::string_view() : text.substr(point + 1);
        while (!text.empty() && text.back() == '0')
            text.remove_suffix(1);
        return text;
    };
    int found =
        whole(a).size() != whole(b).size() ? (whole(a).size() < whole(b).size() ? -1 : 1) : whole(a).compare(whole(b));
    if (found == 0)
        found = fraction(a).compare(fraction(b));
    return negative ? -found : found;
}

} // namespace

std::vector<std::uint32_t> orderedRows(const sandbox::ResultTable &table, const RowOrder &order)
{
    std::string small = order.filter;
    std::ranges::transform(small, small.begin(), lower);
    std::vector<std::uint32_t> rows;
    for (std::size_t row = 0; row < table.rowCount(); ++row) {
        bool in = small.empty();
        for (std::size_t column = 0; column < table.columnCount() && !in; ++column) {
            const Cell cell = table.cell(row, column);
            in = cell && contains(*cell, small);
        }
        if (in)
            rows.push_back(static_cast<std::uint32_t>(row));
    }
    if (order.column < 0 || static_cast<std::size_t>(order.column) >= table.columnCount())
        return rows;
    const auto column = static_cast<std::size_t>(order.column);
    const bool numbers = isNumericType(table.columns[column].type);
    std::vector<double> values(numbers ? table.rowCount() : 0);
    for (const auto row : rows) {
        if (const Cell cell = table.cell(row, column); numbers && cell && !cell->empty())
            values[row] = valueOf(*cell);
    }
    const auto less = [&](std::uint32_t a, std::uint32_t b) {
        const Cell x = table.cell(a, column), y = table.cell(b, column);
        if (!x || !y)
            return x.has_value() && !y.has_value();
        if (!numbers)
            return *x < *y;
        return values[a] != values[b] ? values[a] < values[b] : compareDigits(*x, *y) < 0;
    };
    if (order.descending)
        std::ranges::stable_sort(rows, [&](std::uint32_t a, std::uint32_t b) { return less(b, a); });
    else
        std::ranges::stable_sort(rows, less);
    return rows;
}

} // namespace sqlgym::models
