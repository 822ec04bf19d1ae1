// Rows out of PostgreSQL's binary COPY format (PostgreSQL manual, COPY, "Binary Format").
#pragma once

#include "base/result.h"
#include "cache/mirror_writer.h"
#include "sync/mirrored_table.h"

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sqlgym::sync {

/// Fed with pieces of any length; hands on each row that is whole. What it hands on is valid during the call.
class CopiedRows {
public:
    using Take = std::function<base::Result<void>(std::span<const cache::MirrorValue>)>;

    CopiedRows(const std::vector<ColumnKind> &kinds, Take take) : m_kinds(kinds), m_take(std::move(take)) {}

    /// Errors: client/failed  the bytes are no such copy, or of other columns; and those of `take`.
    base::Result<void> feed(std::string_view piece);
    /// Whether the copy came to its end.
    bool ended() const { return m_ended; }

private:
    base::Result<std::size_t> consume(std::string_view bytes);
    bool readRow(std::string_view bytes, std::size_t &at);
    cache::MirrorValue valueOf(std::size_t column, std::string_view bytes);

    std::vector<ColumnKind> m_kinds;
    Take m_take;
    std::string m_rest; ///< the beginning of what is not whole yet
    std::vector<cache::MirrorValue> m_row;
    std::vector<std::string> m_texts; ///< of moments, a column each
    bool m_begun = false;
    bool m_ended = false;
    bool m_wrong = false;
};

} // namespace sqlgym::sync
