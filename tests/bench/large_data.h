// A shop of half a million rows, the same at every run: what bench_large asks about.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace sqlgym::bench {

/// Tables and INSERTs as scripts. customers (8 %), products (2 %) and orders (60 %) have keys, events (30 %) has none.
/// Customers buy unevenly (the first hundredth a tenth of all), cities and coupons are often NULL.
struct LargeData {
    std::string tables; ///< PostgreSQL's, without indexes
    std::string sqliteTables;
    std::vector<std::string> rows; ///< INSERTs, some megabytes each: the engine reads no text beyond 16 MB
    std::string indexes;           ///< on what foreign keys refer by; for SQLite and PostgreSQL
};

LargeData makeLargeData(std::size_t totalRows);

} // namespace sqlgym::bench
