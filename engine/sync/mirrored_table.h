// What the server says of the tables that are copied.
#pragma once

#include "base/result.h"
#include "client/gateway.h"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace sqlgym::sync {

/// How a column's values are written, by the server and here.
enum class ColumnKind : std::uint8_t {
    Text, ///< and enums
    Boolean,
    Integer,
    Real,
    Json,
    Jsonb,
    Timestamp,
    TimestampTz,
};

struct MirroredTable {
    std::string relation;
    std::vector<std::string> columns;
    std::vector<ColumnKind> kinds;
    std::string query; ///< its rows, as far as they belong into the copy
};

using Ask = std::function<base::Result<client::Rows>(const std::string &sql, const client::Values &values)>;

/// api.mirror(), without tables that this program does not know.
base::Result<std::vector<MirroredTable>> mirroredTables(const Ask &ask);

} // namespace sqlgym::sync
