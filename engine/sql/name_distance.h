// "Perhaps you meant to reference the column ...": the nearest column name, as PostgreSQL looks for it.
#pragma once

#include <string>
#include <string_view>

namespace sqlgym::sql {

/// Offered every column in scope, keeps the nearest one or two. Source: behaviour of PostgreSQL 15's
/// errorMissingColumn: Levenshtein distance in characters, at most three and at most half the name's bytes; the
/// distance of the table's name is added. A column of just that name ends the search.
class NearestColumn {
public:
    NearestColumn(std::string_view name, std::string_view relation) : m_name(name), m_relation(relation) {}

    void offer(std::string_view table, std::string_view column);
    /// PostgreSQL's HINT, or empty.
    std::string hint() const;

private:
    std::string m_name;
    std::string m_relation;
    std::string m_table[2];
    std::string m_column[2];
    int m_found = 0;
    int m_distance = 4;
    bool m_exact = false;
};

/// Levenshtein distance in characters of UTF-8, all costs 1; more than `limit` when it exceeds it.
int editDistance(std::string_view a, std::string_view b, int limit);

} // namespace sqlgym::sql
