// What a check says: right or not, on which test, and exactly what differs.
#pragma once

#include "base/diagnostic.h"
#include "sandbox/sandbox.h"

#include <cstdint>
#include <string>
#include <vector>

namespace sqlgym::grading {

enum class Outcome : std::uint8_t {
    Match,
    WrongColumns, ///< number, names (where they matter) or types of the columns
    WrongRows,    ///< missing, extra or duplicated rows, or cells
    WrongOrder,   ///< the right rows in a wrong order
    WrongForm,    ///< a construct that must or must not appear
    Error,
    Timeout,
    MemoryLimit,
    Unsupported,    ///< the embedded engine declined and no PostgreSQL is at hand: no verdict
    DependsOnOrder, ///< the query leaves its answer to chance: explained, not right
    Cancelled,
    Failed,
};

enum class RowMark : std::uint8_t { Same, Missing, Extra, Duplicated, Changed, Moved };

/// One line of the aligned difference. `expectedRow`/`actualRow` are row numbers from 0, -1 = none. For Changed,
/// `wrongCells` lists the columns (of the expected result) that differ.
struct DiffLine {
    RowMark mark = RowMark::Same;
    std::int64_t expectedRow = -1;
    std::int64_t actualRow = -1;
    std::vector<int> wrongCells;
};

/// expected against actual, aligned. Counts are of rows, duplicates included.
struct Difference {
    std::vector<DiffLine> lines; ///< at most kMaxLines; the counts are complete
    std::uint64_t missingRows = 0;
    std::uint64_t extraRows = 0;
    std::uint64_t duplicatedRows = 0;
    std::uint64_t changedRows = 0;
    std::uint64_t movedRows = 0;
    std::vector<std::string> columnNotes; ///< what is wrong with the columns, a sentence each
    std::vector<int> actualColumnOf;      ///< for each expected column the actual one it is compared with, -1 = none
    static constexpr std::size_t kMaxLines = 2000;
};

struct TestVerdict {
    std::string testId;
    std::string testName;
    bool hidden = false;
    Outcome outcome = Outcome::Failed;
    std::string sentence; ///< one line for the learner: "2 rows are missing, 1 is extra."
    Difference difference;
    sandbox::ResultTable expected;
    sandbox::ResultTable actual;
    base::Diagnostic diagnostic; ///< Error
    std::string feature;         ///< Unsupported
    std::int64_t elapsedUs = 0;
    std::uint64_t memoryBytes = 0;
    sandbox::Engine by = sandbox::Engine::Embedded;
    bool dependsOnOrder = false; ///< the engine saw that chance decides which rows come, whatever the outcome
};

enum class Trust : std::uint8_t {
    Embedded,    ///< the embedded engine alone; no PostgreSQL at hand
    Provisional, ///< PostgreSQL's confirmation is awaited
    Confirmed,   ///< PostgreSQL agrees, or answered itself
    Contradicted ///< PostgreSQL differs: its verdict is the one shown
};

struct Verdict {
    bool correct = false;
    Trust trust = Trust::Embedded;
    std::string sentence; ///< "Passes all 4 tests." / "Fails test 2 of 4: 2 rows are missing."
    std::vector<TestVerdict> tests;
    int firstFailed = -1; ///< index into tests
};

} // namespace sqlgym::grading
