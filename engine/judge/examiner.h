// What decides: PostgreSQL on a cluster of this judge's own, and beside it the embedded engine, which alone can tell
// when a right answer was luck.
#pragma once

#include "base/cancel_token.h"
#include "base/result.h"
#include "grading/grade.h"
#include "grading/prepared_problem.h"

#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace sqlgym::judge {

struct Examination {
    grading::Verdict verdict;
    /// When the engines differ: what to report (grading::Confirmation::caseJson).
    std::optional<std::string> caseJson;
};

/// One thread uses it. What wedges or breaks costs an examination: rebuild() then, and ask again.
class Examiner {
public:
    struct Options {
        std::string clusterFolder;               ///< of the private cluster; judges may share it, each takes a slot
        std::vector<std::string> sandboxProgram; ///< the embedded engine's program and its arguments
    };

    explicit Examiner(Options options);
    ~Examiner();

    /// PostgreSQL is there and answers.
    base::Result<void> start();
    /// Stops the cluster and the embedded engine; both start anew when needed next.
    void rebuild();

    /// PostgreSQL's verdict. grading::isDecided() is false when it did not get to one. What PostgreSQL's gate refuses
    /// is an error of the query (0A000): no other judge would run it either.
    Examination examine(const grading::PreparedProblem &problem, const std::string &query, base::CancelToken &cancel);

private:
    struct Engines;

    std::string keyOf(const grading::PreparedProblem &problem, const std::string &query) const;
    void remember(std::string key, const grading::Verdict &embedded);

    Options m_options;
    /// By data and query: the tests that are left to chance, as the embedded engine found. Many learners hand in the
    /// same text, and the same text on the same data has the same luck.
    std::unordered_map<std::string, std::vector<bool>> m_chance;
    std::size_t m_chanceBytes = 0;
    std::unique_ptr<Engines> m_engines;
};

} // namespace sqlgym::judge
