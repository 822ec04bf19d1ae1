// A learner's copy as far as api.changes_since() is concerned: where it stands, and what it is told.
#pragma once

#include "server_fixture.h"

#include <initializer_list>
#include <set>
#include <sstream>
#include <string>

namespace sqlgym::tests {

/// A copy's position at a server, moved on by every look.
class Reader {
public:
    explicit Reader(server::Session session) : m_session(std::move(session)) { begin(); }

    server::Session &session() { return m_session; }
    void begin() { m_cursor = asked(m_session, "SELECT next_cursor FROM api.changes_since(NULL)"); }
    /// "relation id", with " gone" behind what cannot be seen; "fresh" when the position is none. All pages.
    std::set<std::string> look()
    {
        std::set<std::string> lines;
        pages = 0;
        for (bool more = true; more; ++pages) {
            const std::string text =
                asked(m_session,
                      "SELECT COALESCE(relation || ' ' || id || CASE WHEN data IS NULL THEN ' gone' ELSE '' END, "
                      "CASE WHEN (data -> 'fresh')::boolean THEN 'fresh' WHEN (data -> 'more')::boolean THEN 'more' "
                      "ELSE 'end' END), next_cursor FROM api.changes_since($1)",
                      {m_cursor});
            std::istringstream rows(text);
            more = false;
            for (std::string row; std::getline(rows, row);) {
                const std::string line = row.substr(0, row.find('|'));
                more = more || line == "more";
                m_cursor = row.substr(row.find('|') + 1);
                if (line != "more" && line != "end")
                    lines.insert(line);
            }
        }
        return lines;
    }
    std::string data(const std::string &cursor, const std::string &relation, const std::string &what)
    {
        return asked(m_session, "SELECT " + what + " FROM api.changes_since($1) WHERE relation = $2",
                     {cursor, relation});
    }
    const std::string &cursor() const { return m_cursor; }
    void setCursor(std::string cursor) { m_cursor = std::move(cursor); }
    int pages = 0;

private:
    server::Session m_session;
    std::string m_cursor;
};

inline std::set<std::string> of(std::initializer_list<std::string> lines) { return lines; }

inline std::string text(const std::set<std::string> &lines)
{
    std::string all;
    for (const std::string &line : lines)
        all += line + "\n";
    return all;
}

} // namespace sqlgym::tests
