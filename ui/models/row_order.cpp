#include "models/row_order.h"

#include "models/result_table_model.h"

#include <algorithm>
#include <bit>
#include <charconv>
#include <cmath>
#include <span>

namespace sqlgym::models {

namespace {

using Cell = sandbox::ResultTable::Cell;

constexpr std::size_t kPollRows = 4096;
constexpr std::size_t kRunRows = 1u << 16; ///< sorted at one go, between looks at the token

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

bool contains(std::string_view text, std::string_view small)
{
    return std::search(text.begin(), text.end(), small.begin(), small.end(),
                       [](char a, char b) { return lower(a) == b; }) != text.end();
}

/// A row with what decides most comparisons: equal keys ask the cells themselves.
struct Keyed {
    std::uint64_t key;
    std::uint32_t row;
};

constexpr std::uint64_t kNaN = ~std::uint64_t{0};
constexpr std::uint64_t kInfinity = kNaN - 1;
constexpr std::uint64_t kMinusInfinity = 0;

/// A number as it stands between its sign and its currency ("-$1,234.50", money in the C locale).
std::string plainNumber(std::string_view text)
{
    std::string plain;
    std::ranges::copy_if(text, std::back_inserter(plain), [](char c) { return c != '$' && c != ','; });
    return plain;
}

/// Rises with the value, as PostgreSQL orders numbers: -Infinity, numbers, Infinity, NaN. Numbers that share their
/// nearest double share the key.
std::uint64_t numberKey(std::string_view text)
{
    if (text == "NaN")
        return kNaN;
    if (text == "Infinity")
        return kInfinity;
    if (text == "-Infinity")
        return kMinusInfinity;
    double value = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    if (read.ec == std::errc::result_out_of_range) {
        // Too large, or too small to differ from zero: plain digits say which.
        const std::string_view digits = text.substr(text.starts_with('-') ? 1 : 0);
        const bool small = digits.starts_with("0");
        value = small ? 0 : text.starts_with('-') ? -HUGE_VAL : HUGE_VAL;
    }
    const auto bits = std::bit_cast<std::uint64_t>(value == 0 ? 0.0 : value);
    return bits >> 63 ? ~bits : bits | std::uint64_t{1} << 63;
}

/// How many bytes at the beginning all these rows share.
std::size_t commonPrefix(const sandbox::ResultTable &table, std::span<const std::uint32_t> rows, std::size_t column)
{
    if (rows.empty())
        return 0;
    const std::string_view first = *table.cell(rows.front(), column);
    std::size_t common = first.size();
    for (auto row = rows.begin(); row != rows.end() && common > 0; ++row) {
        const std::string_view text = table.cell(*row, column)->substr(0, common);
        common = static_cast<std::size_t>(std::ranges::mismatch(text, first).in1 - text.begin());
    }
    return common;
}

/// The first eight bytes, to be compared as a number.
std::uint64_t textKey(std::string_view text)
{
    std::uint64_t key = 0;
    for (std::size_t i = 0; i < 8; ++i)
        key = key << 8 | (i < text.size() ? static_cast<unsigned char>(text[i]) : 0);
    return key;
}

int signOf(std::string_view number)
{
    if (number.find_first_of("123456789") == number.npos)
        return 0;
    return number.starts_with('-') ? -1 : 1;
}

/// Decides between decimals that one double stands for: by sign, by length before the point, then digit by digit.
int compareDigits(std::string_view a, std::string_view b)
{
    const int sign = signOf(a);
    if (sign != signOf(b) || sign == 0)
        return sign - signOf(b);
    const auto whole = [](std::string_view text) {
        text.remove_prefix(text.starts_with('-') ? 1 : 0);
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
    return sign * found;
}

/// A stable sort in pieces, so that it can be given up between them.
template <typename Less> void sortRuns(std::vector<Keyed> &rows, Less less, const base::CancelToken &cancel)
{
    const auto at = [&rows](std::size_t i) {
        return rows.begin() + static_cast<std::ptrdiff_t>(std::min(i, rows.size()));
    };
    for (std::size_t i = 0; i < rows.size() && !cancel.cancelled(); i += kRunRows)
        std::stable_sort(at(i), at(i + kRunRows), less);
    for (std::size_t width = kRunRows; width < rows.size(); width *= 2) {
        for (std::size_t i = 0; i < rows.size() && !cancel.cancelled(); i += 2 * width)
            std::inplace_merge(at(i), at(i + width), at(i + 2 * width), less);
    }
}

std::vector<std::uint32_t> filteredRows(const sandbox::ResultTable &table, const std::string &filter,
                                        const base::CancelToken &cancel)
{
    std::string small = filter;
    std::ranges::transform(small, small.begin(), lower);
    std::vector<std::uint32_t> rows;
    for (std::size_t row = 0; row < table.rowCount(); ++row) {
        if (row % kPollRows == 0 && cancel.cancelled())
            break;
        bool in = small.empty();
        for (std::size_t column = 0; column < table.columnCount() && !in; ++column) {
            const Cell cell = table.cell(row, column);
            in = cell && contains(*cell, small);
        }
        if (in)
            rows.push_back(static_cast<std::uint32_t>(row));
    }
    return rows;
}

} // namespace

std::vector<std::uint32_t> orderedRows(const sandbox::ResultTable &table, const RowOrder &order,
                                       const base::CancelToken &cancel)
{
    std::vector<std::uint32_t> rows = filteredRows(table, order.filter, cancel);
    if (order.column < 0 || static_cast<std::size_t>(order.column) >= table.columnCount())
        return rows;
    const auto column = static_cast<std::size_t>(order.column);
    const bool numbers = isNumericType(table.columns[column].type);
    const bool money = table.columns[column].type == "money";
    const auto nulls = std::stable_partition(rows.begin(), rows.end(),
                                             [&](std::uint32_t row) { return table.cell(row, column).has_value(); });
    const std::span values(rows.begin(), nulls);
    std::vector<Keyed> keyed;
    keyed.reserve(values.size());
    const std::size_t skip = numbers ? 0 : commonPrefix(table, values, column);
    for (const std::uint32_t row : values) {
        const std::string_view text = *table.cell(row, column);
        keyed.push_back({!numbers ? textKey(text.substr(skip)) : numberKey(money ? plainNumber(text) : text), row});
    }
    const auto less = [&](const Keyed &a, const Keyed &b) {
        if (a.key != b.key)
            return a.key < b.key;
        const std::string_view x = *table.cell(a.row, column), y = *table.cell(b.row, column);
        if (!numbers)
            return x < y;
        return (money ? compareDigits(plainNumber(x), plainNumber(y)) : compareDigits(x, y)) < 0;
    };
    if (order.descending)
        sortRuns(
            keyed, [&](const Keyed &a, const Keyed &b) { return less(b, a); }, cancel);
    else
        sortRuns(keyed, less, cancel);
    std::ranges::transform(keyed, rows.begin(), &Keyed::row);
    if (order.descending)
        std::rotate(rows.begin(), nulls, rows.end());
    return rows;
}

} // namespace sqlgym::models
