#include "grading/row_pairs.h"

#include <algorithm>
#include <unordered_map>

namespace sqlgym::grading {

namespace {

using Pairs = std::vector<std::pair<std::size_t, std::size_t>>;

// Scoring every missing row against every extra one stops being worth it above this many pairs.
constexpr std::size_t kScoredPairs = 250'000;

std::uint64_t cellHash(std::size_t column, Code code)
{
    std::uint64_t x = (static_cast<std::uint64_t>(column) << 32 | static_cast<std::uint32_t>(code)) + 1;
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9ull;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EBull;
    return x ^ (x >> 31);
}

// A row's hash is the sum over its cells, so that one cell can be taken out.
std::uint64_t rowHash(const CodeRows &rows, std::size_t row)
{
    std::uint64_t hash = 0;
    for (std::size_t column = 0; column < rows.width; ++column)
        hash += cellHash(column, rows.row(row)[column]);
    return hash;
}

std::size_t sharedCells(const Code *a, const Code *b, const CellRules &rules, CellInterner &cells)
{
    std::size_t shared = 0;
    for (std::size_t column = 0; column < rules.tolerant.size(); ++column)
        shared += cellsEqual(a[column], b[column], rules.tolerant[column], rules, cells) ? 1 : 0;
    return shared;
}

class Pairing {
public:
    Pairing(const CodeRows &expected, const CodeRows &actual, const CellRules &rules, CellInterner &cells)
        : m_expected(expected), m_actual(actual), m_rules(rules), m_cells(cells)
    {
    }

    Pairs run(std::vector<std::size_t> missing, std::vector<std::size_t> extra)
    {
        m_missing = std::move(missing);
        m_extra = std::move(extra);
        // The last column first: what identifies a row usually stands at its left.
        for (std::size_t column = m_expected.width; column-- > 0 && m_expected.width > 1 && !m_cells.cancelled();)
            pairButFor(column);
        pairByScore();
        return std::move(m_pairs);
    }

private:
    void pairButFor(std::size_t column)
    {
        std::unordered_map<std::uint64_t, std::vector<std::size_t>> byRest;
        for (std::size_t i = m_extra.size(); i-- > 0;) {
            const std::size_t row = m_extra[i];
            byRest[rowHash(m_actual, row) - cellHash(column, m_actual.row(row)[column])].push_back(row);
        }
        std::vector<std::size_t> left;
        std::vector<std::size_t> taken;
        for (const std::size_t row : m_missing) {
            const auto found = byRest.find(rowHash(m_expected, row) - cellHash(column, m_expected.row(row)[column]));
            if (found == byRest.end() || found->second.empty()) {
                left.push_back(row);
                continue;
            }
            m_pairs.emplace_back(row, found->second.back());
            taken.push_back(found->second.back());
            found->second.pop_back();
        }
        m_missing = std::move(left);
        std::ranges::sort(taken);
        std::erase_if(m_extra, [&](std::size_t row) { return std::ranges::binary_search(taken, row); });
    }

    void pairByScore()
    {
        if (m_missing.empty() || m_extra.empty() || m_extra.size() > kScoredPairs / m_missing.size())
            return;
        struct Scored {
            std::size_t shared;
            std::size_t missing;
            std::size_t extra;
        };
        std::vector<Scored> scored;
        for (std::size_t i = 0; i < m_missing.size() && !m_cells.cancelled(); ++i) {
            for (std::size_t j = 0; j < m_extra.size(); ++j) {
                const std::size_t shared =
                    sharedCells(m_expected.row(m_missing[i]), m_actual.row(m_extra[j]), m_rules, m_cells);
                if (shared > 0 && shared * 2 >= m_expected.width)
                    scored.push_back({shared, i, j});
            }
        }
        std::ranges::stable_sort(scored, std::ranges::greater(), &Scored::shared);
        std::vector<bool> usedMissing(m_missing.size(), false);
        std::vector<bool> usedExtra(m_extra.size(), false);
        for (const Scored &pair : scored) {
            if (usedMissing[pair.missing] || usedExtra[pair.extra])
                continue;
            usedMissing[pair.missing] = usedExtra[pair.extra] = true;
            m_pairs.emplace_back(m_missing[pair.missing], m_extra[pair.extra]);
        }
    }

    const CodeRows &m_expected;
    const CodeRows &m_actual;
    const CellRules &m_rules;
    CellInterner &m_cells;
    std::vector<std::size_t> m_missing;
    std::vector<std::size_t> m_extra;
    Pairs m_pairs;
};

} // namespace

Pairs pairChanged(const CodeRows &expected, const CodeRows &actual, const RowMatch &match, const CellRules &rules,
                  CellInterner &cells)
{
    std::vector<std::size_t> missing;
    std::vector<std::size_t> extra;
    for (std::size_t row = 0; row < expected.count; ++row) {
        if (match.actualOf[row] < 0 && !match.expectedIsCopy[row])
            missing.push_back(row);
    }
    for (std::size_t row = 0; row < actual.count; ++row) {
        if (match.expectedOf[row] < 0 && !match.actualIsCopy[row])
            extra.push_back(row);
    }
    return Pairing(expected, actual, rules, cells).run(std::move(missing), std::move(extra));
}

} // namespace sqlgym::grading
