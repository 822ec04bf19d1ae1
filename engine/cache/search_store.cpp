#include "cache/search_store.h"

#include "cache/derived.h"
#include "cache/store_context.h"

namespace sqlgym::cache {
namespace {

/// Bytes beyond ASCII are letters here; FTS5 sorts them out by their Unicode category.
bool belongsToWord(char c)
{
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0x80 || (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}

DocumentKind kindOf(std::string_view word)
{
    return word == "post" ? DocumentKind::Post : word == "solution" ? DocumentKind::Solution : DocumentKind::Problem;
}

} // namespace

std::string prefixQuery(std::string_view text)
{
    std::string query;
    std::string word;
    for (std::size_t i = 0; i <= text.size(); ++i) {
        if (i < text.size() && belongsToWord(text[i])) {
            word += text[i];
        } else if (!word.empty()) {
            query.append(query.empty() ? "\"" : " \"").append(word).append("\"*");
            word.clear();
        }
    }
    return query;
}

base::Result<std::vector<SearchHit>> SearchStore::search(std::string_view text, int limit)
{
    std::vector<SearchHit> hits;
    const std::string query = prefixQuery(text);
    if (query.empty())
        return hits;
    if (auto fresh = refreshDerived(m_context.database); !fresh)
        return fresh.error();
    auto statement = m_context.database.prepare(R"sql(
        SELECT d.kind, d.id, d.title, snippet(search_index, -1, '', '', '…', 16)
        FROM search_index JOIN search_documents d ON d.document = search_index.rowid
        WHERE search_index MATCH ?1
        ORDER BY bm25(search_index, 10.0, 1.0, 4.0), d.document LIMIT ?2)sql");
    if (!statement)
        return statement.error();
    statement->with(query, limit);
    while (true) {
        auto row = statement->step();
        if (!row)
            return row.error();
        if (!*row)
            return hits;
        hits.push_back({kindOf(statement->text(0)), statement->string(1), statement->string(2), statement->string(3)});
    }
}

} // namespace sqlgym::cache
