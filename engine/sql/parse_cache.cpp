#include "sql/parse_cache.h"

#include <algorithm>

namespace sqlgym::sql {

std::shared_ptr<const ParseOutcome> ParseCache::parse(std::string_view sql)
{
    const auto known = std::ranges::find_if(m_entries, [&](const Entry &entry) { return entry.text == sql; });
    if (known != m_entries.end()) {
        m_entries.splice(m_entries.begin(), m_entries, known);
        return m_entries.front().outcome;
    }
    auto outcome = std::make_shared<const ParseOutcome>(sql::parse(sql));
    if (sql.size() > kLongest)
        return outcome;
    m_entries.push_front({std::string(sql), outcome});
    if (m_entries.size() > kMostTexts)
        m_entries.pop_back();
    return outcome;
}

} // namespace sqlgym::sql
