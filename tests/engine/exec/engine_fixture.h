// The embedded engine with a small dataset.
#pragma once

#include "sandbox_embedded/embedded_sandbox.h"

#include <string>

namespace sqlgym::tests {

inline sandbox::Outcome run(sandbox::Sandbox &engine, const std::string &query, int memoryMb = 64,
                            int timeoutMs = 10'000, const std::string &dataset = "d")
{
    sandbox::Request request;
    request.dataset = dataset;
    request.query = query;
    request.memoryMb = memoryMb;
    request.timeoutMs = timeoutMs;
    base::CancelToken cancel;
    return engine.run(request, cancel);
}

/// Cells by '|', rows by '/', NULL as "-".
inline std::string text(const sandbox::Outcome &outcome)
{
    if (outcome.status == sandbox::Status::Error)
        return outcome.diagnostic.sqlstate + " " + outcome.diagnostic.message;
    if (outcome.status == sandbox::Status::Unsupported)
        return "declined: " + outcome.feature;
    std::string all;
    for (std::size_t row = 0; row < outcome.table.rowCount(); ++row) {
        all += row ? "/" : "";
        for (std::size_t column = 0; column < outcome.table.columnCount(); ++column) {
            const auto cell = outcome.table.cell(row, column);
            all += column ? "|" : "";
            all += cell ? std::string(*cell) : "-";
        }
    }
    return all;
}

} // namespace sqlgym::tests
