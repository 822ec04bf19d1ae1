// A row as api.changes_since() tells it: a JSON object.
#pragma once

#include "base/result.h"
#include "cache/mirror_writer.h"
#include "sync/mirrored_table.h"

#include <string>
#include <string_view>
#include <vector>

namespace sqlgym::sync {

/// The cells of a row in the order of `table`'s columns; they refer into the object. A column that the text does not
/// name is NULL.
class JsonRow {
public:
    /// Errors: client/failed  no JSON object, or a value that its column cannot have.
    static base::Result<JsonRow> read(const MirroredTable &table, std::string_view text);

    std::span<const cache::MirrorValue> cells() const { return m_cells; }

private:
    std::vector<std::string> m_texts;
    std::vector<cache::MirrorValue> m_cells;
};

} // namespace sqlgym::sync
