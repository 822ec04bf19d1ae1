// One interface, two engines: the place where a learner's SQL runs.
#pragma once

#include "base/cancel_token.h"
#include "base/diagnostic.h"
#include "sandbox/result_table.h"

#include <cstdint>
#include <string>

namespace sqlgym::sandbox {

enum class Engine : std::uint8_t { Embedded, Postgres };

enum class Status : std::uint8_t {
    Ok,
    Error,       ///< the statement is wrong: `diagnostic`, as PostgreSQL reports it
    Unsupported, ///< this engine declines: `feature` says what, in words for a learner
    Timeout,
    MemoryLimit,
    Cancelled,
    Failed, ///< the sandbox itself broke (process gone, no cluster): `diagnostic.message` says how
};

/// A run: `query` on a pristine copy of the dataset loaded as `dataset` ("" = no tables).
struct Request {
    std::string dataset;
    std::string query;
    int timeoutMs = 10'000;
    int memoryMb = 256;           ///< above the loaded data
    std::uint64_t maxRows = 0;    ///< 0 = all; else the result is cut there and `truncated` is set
    bool singleStatement = false; ///< a graded query: anything but one statement is an Error (42601)
};

struct Outcome {
    Status status = Status::Failed;
    Engine by = Engine::Embedded;
    ResultTable table;      ///< of the last statement
    std::string commandTag; ///< "SELECT 3", "INSERT 0 1"
    base::Diagnostic diagnostic;
    std::string feature;
    bool dependsOnOrder = false; ///< rows that PostgreSQL leaves to chance (DESIGN 4)
    bool truncated = false;
    std::int64_t elapsedUs = 0;
    std::uint64_t memoryPeakBytes = 0;
};

/// Not thread-safe: one thread calls it. `cancel` may be set from any thread while run() works.
class Sandbox {
public:
    virtual ~Sandbox() = default;

    /// Loads a dataset under a name (PostgreSQL DDL and INSERTs, several statements); loading it again replaces it.
    /// Ok, or what the set-up ran into.
    virtual Outcome load(const std::string &dataset, const std::string &setup) = 0;

    virtual Outcome run(const Request &request, base::CancelToken &cancel) = 0;
};

} // namespace sqlgym::sandbox
