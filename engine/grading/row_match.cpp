#include "grading/row_match.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <unordered_map>
#include <unordered_set>

namespace sqlgym::grading {

namespace {

// Above this many rows in one group of alike rows, near values are matched greedily only.
constexpr std::size_t kAugmentRows = 300;

struct Group {
    std::vector<std::size_t> expected;
    std::vector<std::size_t> actual;
};

struct KeyHash {
    std::size_t operator()(const std::vector<Code> &key) const
    {
        std::uint64_t hash = 1469598103934665603ull;
        for (const Code code : key) {
            hash ^= static_cast<std::uint64_t>(code) + 0x9E3779B97F4A7C15ull + (hash << 6) + (hash >> 2);
            hash *= 1099511628211ull;
        }
        return static_cast<std::size_t>(hash ^ (hash >> 32));
    }
};

using Groups = std::unordered_map<std::vector<Code>, Group, KeyHash>;

// Rows grouped by the cells that must be equal exactly.
Groups grouped(const CodeRows &expected, const CodeRows &actual, const CellRules &rules, const CellInterner &cells)
{
    Groups groups;
    std::vector<Code> key;
    const auto fill = [&](const CodeRows &rows, std::vector<std::size_t> Group::*side) {
        for (std::size_t row = 0; row < rows.count && !cells.cancelled(); ++row) {
            key.clear();
            for (std::size_t column = 0; column < rows.width; ++column) {
                if (!rules.tolerant[column])
                    key.push_back(rows.row(row)[column]);
            }
            (groups[key].*side).push_back(row);
        }
    };
    fill(expected, &Group::expected);
    fill(actual, &Group::actual);
    return groups;
}

// Matches the rows of one group within the tolerance.
class NearMatcher {
public:
    NearMatcher(const CodeRows &expected, const CodeRows &actual, const CellRules &rules, CellInterner &cells)
        : m_expected(expected), m_actual(actual), m_rules(rules), m_cells(cells)
    {
        // Sorting by the column of most different values keeps the windows small.
        std::size_t most = 0;
        for (std::size_t column = 0; column < rules.tolerant.size(); ++column) {
            if (!rules.tolerant[column])
                continue;
            std::unordered_set<Code> values;
            for (std::size_t row = 0; row < expected.count; ++row)
                values.insert(expected.row(row)[column]);
            if (values.size() >= most) {
                most = values.size();
                m_column = column;
            }
        }
        m_slack = rules.tolerance.approximate();
    }

    void match(Group &group, RowMatch &out)
    {
        sort(group.expected, m_expected);
        sort(group.actual, m_actual);
        m_partner.assign(group.actual.size(), -1);
        std::vector<std::size_t> unmatched;
        std::size_t begin = 0;
        for (std::size_t i = 0; i < group.expected.size() && !m_cells.cancelled(); ++i) {
            begin = advance(group, i, begin);
            std::size_t j = begin;
            while (j < group.actual.size() && inWindow(group, i, j) && (m_partner[j] >= 0 || !equal(group, i, j)))
                ++j;
            if (j < group.actual.size() && inWindow(group, i, j))
                m_partner[j] = static_cast<std::int64_t>(i);
            else
                unmatched.push_back(i);
        }
        if (std::max(group.expected.size(), group.actual.size()) <= kAugmentRows) {
            for (const std::size_t i : unmatched) {
                if (m_cells.cancelled())
                    return;
                m_visited.assign(group.actual.size(), false);
                augment(group, i);
            }
        }
        for (std::size_t j = 0; j < group.actual.size(); ++j) {
            if (m_partner[j] < 0)
                continue;
            const std::size_t row = group.expected[static_cast<std::size_t>(m_partner[j])];
            out.actualOf[row] = static_cast<std::int64_t>(group.actual[j]);
            out.expectedOf[group.actual[j]] = static_cast<std::int64_t>(row);
        }
        markCopies(group, out);
    }

private:
    long double value(const CodeRows &rows, std::size_t row)
    {
        const auto &number = m_cells.number(rows.row(row)[m_column]);
        // NULL and what is not a number sort last, together; equal() tells them apart.
        return number ? number->approximate() : std::numeric_limits<long double>::infinity();
    }
    void sort(std::vector<std::size_t> &rows, const CodeRows &of)
    {
        std::ranges::stable_sort(rows, {}, [&](std::size_t row) { return value(of, row); });
    }
    // Rounding of the approximate values must not close the window on a row that is near enough.
    long double reach(long double at) const { return m_slack + std::abs(at) * 1e-15L; }
    bool inWindow(const Group &group, std::size_t i, std::size_t j)
    {
        const long double at = value(m_expected, group.expected[i]);
        const long double there = value(m_actual, group.actual[j]);
        return there == at || there <= at + reach(at);
    }
    std::size_t advance(const Group &group, std::size_t i, std::size_t begin)
    {
        const long double at = value(m_expected, group.expected[i]);
        while (begin < group.actual.size() &&
               (m_partner[begin] >= 0 || value(m_actual, group.actual[begin]) < at - reach(at)))
            ++begin;
        return begin;
    }
    bool equal(const Group &group, std::size_t i, std::size_t j)
    {
        return rowsEqual(m_expected.row(group.expected[i]), m_actual.row(group.actual[j]), m_rules, m_cells);
    }
    bool augment(const Group &group, std::size_t i)
    {
        for (std::size_t j = 0; j < group.actual.size(); ++j) {
            if (m_visited[j] || !equal(group, i, j))
                continue;
            m_visited[j] = true;
            if (m_partner[j] < 0 || augment(group, static_cast<std::size_t>(m_partner[j]))) {
                m_partner[j] = static_cast<std::int64_t>(i);
                return true;
            }
        }
        return false;
    }
    void markCopies(const Group &group, RowMatch &out)
    {
        if (std::max(group.expected.size(), group.actual.size()) > kAugmentRows)
            return;
        for (const std::size_t e : group.expected) {
            for (const std::size_t a : group.actual) {
                const bool freeExpected = out.actualOf[e] < 0;
                const bool freeActual = out.expectedOf[a] < 0;
                if (freeExpected == freeActual || !rowsEqual(m_expected.row(e), m_actual.row(a), m_rules, m_cells))
                    continue;
                if (freeExpected)
                    out.expectedIsCopy[e] = true;
                else
                    out.actualIsCopy[a] = true;
            }
        }
    }

    const CodeRows &m_expected;
    const CodeRows &m_actual;
    const CellRules &m_rules;
    CellInterner &m_cells;
    std::size_t m_column = 0;
    long double m_slack = 0;
    std::vector<std::int64_t> m_partner;
    std::vector<bool> m_visited;
};

void matchAlike(const Group &group, RowMatch &out)
{
    const std::size_t pairs = std::min(group.expected.size(), group.actual.size());
    for (std::size_t i = 0; i < pairs; ++i) {
        out.actualOf[group.expected[i]] = static_cast<std::int64_t>(group.actual[i]);
        out.expectedOf[group.actual[i]] = static_cast<std::int64_t>(group.expected[i]);
    }
    if (pairs == 0)
        return;
    for (std::size_t i = pairs; i < group.expected.size(); ++i)
        out.expectedIsCopy[group.expected[i]] = true;
    for (std::size_t i = pairs; i < group.actual.size(); ++i)
        out.actualIsCopy[group.actual[i]] = true;
}

} // namespace

bool cellsEqual(Code a, Code b, bool tolerant, const CellRules &rules, CellInterner &cells)
{
    if (a == b)
        return true;
    if (!tolerant || a == 0 || b == 0)
        return false;
    const auto &left = cells.number(a);
    const auto &right = cells.number(b);
    return left && right && within(*left, *right, rules.tolerance);
}

bool rowsEqual(const Code *a, const Code *b, const CellRules &rules, CellInterner &cells)
{
    for (std::size_t column = 0; column < rules.tolerant.size(); ++column) {
        if (!cellsEqual(a[column], b[column], rules.tolerant[column], rules, cells))
            return false;
    }
    return true;
}

RowMatch matchRows(const CodeRows &expected, const CodeRows &actual, const CellRules &rules, CellInterner &cells)
{
    RowMatch out;
    out.actualOf.assign(expected.count, -1);
    out.expectedOf.assign(actual.count, -1);
    out.expectedIsCopy.assign(expected.count, false);
    out.actualIsCopy.assign(actual.count, false);

    Groups groups = grouped(expected, actual, rules, cells);
    const bool anyTolerant = std::ranges::find(rules.tolerant, true) != rules.tolerant.end();
    if (!anyTolerant) {
        for (const auto &[key, group] : groups)
            matchAlike(group, out);
        return out;
    }
    NearMatcher matcher(expected, actual, rules, cells);
    for (auto &[key, group] : groups)
        matcher.match(group, out);
    return out;
}

std::vector<bool> longestRising(const std::vector<std::int64_t> &values)
{
    std::vector<std::size_t> tails; // index of the smallest last value of a rising run of each length
    std::vector<std::size_t> before(values.size(), values.size());
    for (std::size_t i = 0; i < values.size(); ++i) {
        const auto at = std::upper_bound(tails.begin(), tails.end(), values[i],
                                         [&](std::int64_t value, std::size_t tail) { return value < values[tail]; });
        if (at != tails.begin())
            before[i] = *(at - 1);
        if (at == tails.end())
            tails.push_back(i);
        else
            *at = i;
    }
    std::vector<bool> member(values.size(), false);
    for (std::size_t i = tails.empty() ? values.size() : tails.back(); i < values.size(); i = before[i])
        member[i] = true;
    return member;
}

} // namespace sqlgym::grading
