#include "sql/name_distance.h"

#include <algorithm>
#include <numeric>
#include <vector>

namespace sqlgym::sql {

namespace {

/// The characters of valid UTF-8, each as its bytes.
std::vector<std::string_view> charactersOf(std::string_view text)
{
    std::vector<std::string_view> out;
    for (std::size_t i = 0; i < text.size();) {
        std::size_t end = i + 1;
        while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80)
            ++end;
        out.push_back(text.substr(i, end - i));
        i = end;
    }
    return out;
}

} // namespace

int editDistance(std::string_view left, std::string_view right, int limit)
{
    const auto a = charactersOf(left);
    const auto b = charactersOf(right);
    if (std::abs(static_cast<int>(a.size()) - static_cast<int>(b.size())) > limit)
        return limit + 1;
    std::vector<int> row(b.size() + 1);
    std::iota(row.begin(), row.end(), 0);
    for (std::size_t i = 1; i <= a.size(); ++i) {
        int diagonal = row[0];
        row[0] = static_cast<int>(i);
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const int above = row[j];
            row[j] = std::min({above + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)});
            diagonal = above;
        }
    }
    return row[b.size()];
}

void NearestColumn::offer(std::string_view table, std::string_view column)
{
    if (m_exact)
        return;
    int penalty = 0;
    if (!m_relation.empty())
        penalty = std::min(editDistance(m_relation, table, 3), 4);
    if (penalty == 0 && column == m_name) {
        m_exact = true;
        m_found = 1;
        m_table[0] = table;
        m_column[0] = column;
        return;
    }
    if (penalty > m_distance)
        return;
    int distance = editDistance(m_name, column, m_distance + 1 - penalty) + penalty;
    if (distance - penalty > static_cast<int>(m_name.size()) / 2 || distance > m_distance || distance > 3)
        return;
    if (distance < m_distance) {
        m_distance = distance;
        m_found = 0;
    }
    if (m_found < 2) {
        m_table[m_found] = table;
        m_column[m_found] = column;
    }
    ++m_found;
}

std::string NearestColumn::hint() const
{
    const auto quoted = [this](int i) { return "\"" + m_table[i] + "." + m_column[i] + "\""; };
    if (m_found == 0 || m_found > 2)
        return {};
    if (m_exact)
        return "There is a column named \"" + m_column[0] + "\" in table \"" + m_table[0] +
               "\", but it cannot be referenced from this part of the query.";
    if (m_found == 1)
        return "Perhaps you meant to reference the column " + quoted(0) + ".";
    return "Perhaps you meant to reference the column " + quoted(0) + " or the column " + quoted(1) + ".";
}

} // namespace sqlgym::sql
