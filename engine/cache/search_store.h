// Full-text search over problems, posts and solutions.
#pragma once

#include "base/result.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sqlgym::cache {

struct StoreContext;

enum class DocumentKind : std::uint8_t { Problem, Post, Solution };

struct SearchHit {
    DocumentKind kind = DocumentKind::Problem;
    std::string id;      ///< of problems, community_posts or solutions
    std::string title;   ///< empty for posts
    std::string snippet; ///< plain text around the first match
};

class SearchStore {
public:
    explicit SearchStore(StoreContext &context) : m_context(context) {}

    /// Documents that have, for every word of `text`, a word beginning with it; case and accents do not matter. Best
    /// match first. What is not a letter or digit separates words: no text is a syntax error. No words: no hits.
    base::Result<std::vector<SearchHit>> search(std::string_view text, int limit = 50);

private:
    StoreContext &m_context;
};

/// The FTS5 query for `text` as search() reads it; empty when it holds no words.
std::string prefixQuery(std::string_view text);

} // namespace sqlgym::cache
