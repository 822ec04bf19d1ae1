// The trees of the texts that were parsed last.
#pragma once

#include "sql/parse.h"

#include <cstddef>
#include <list>
#include <memory>
#include <string>
#include <string_view>

namespace sqlgym::sql {

/// A query is checked on one test after the other, and run again while its author thinks: parsing it once will do.
/// Keeps few and short texts; one thread uses it.
class ParseCache {
public:
    /// Never null. The tree may be read by whoever holds it, for as long as they do.
    std::shared_ptr<const ParseOutcome> parse(std::string_view sql);

private:
    static constexpr std::size_t kMostTexts = 8;
    static constexpr std::size_t kLongest = 8u << 10;
    struct Entry {
        std::string text;
        std::shared_ptr<const ParseOutcome> outcome;
    };
    std::list<Entry> m_entries; ///< the one used last comes first
};

} // namespace sqlgym::sql
