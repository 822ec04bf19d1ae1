// How learners solved a problem, as its page shows it: their solutions, votes, what a judge said of them.
#pragma once

#include "base/clock.h"
#include "base/result.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sqlgym::cache {

struct StoreContext;

/// Texts are as their writers left them: to be cleaned before they are shown.
struct Solution {
    std::string id;
    std::string authorId;
    std::string author;
    std::string title;
    std::string content; ///< the explanation, cut to 6,000 characters
    std::string sql;
    std::int64_t characters = 0; ///< of the whole explanation
    base::UnixMicros createdAt = 0;
    bool official = false;
    bool edited = false;
    bool own = false;
    bool waiting = false; ///< something about it is not sent yet
    int up = 0;
    int down = 0;
    int vote = 0; ///< the learner's: 1, -1 or 0
    bool bookmark = false;
    bool told = false;                ///< the server has told of votes and verdict
    std::optional<bool> verdict;      ///< what a judge said of this very query; nothing: it was not judged, or not told
    std::vector<std::string> failing; ///< names of tests; "" stands for hidden ones
};

/// A row of api.solutions_of(); `vote`, `up`, `down` and the rest as they were in one snapshot.
struct ToldSolution {
    Solution solution; ///< texts whole; without own, edited, waiting
    base::UnixMicros updatedAt = 0;
};

class SolutionStore {
public:
    explicit SolutionStore(StoreContext &context) : m_context(context) {}

    /// At most 200: official ones first, then the learner's own, then by votes.
    base::Result<std::vector<Solution>> solutions(std::string_view problemId);
    /// The learner's queries that were right, the last handed in first, each once; at most ten.
    base::Result<std::vector<std::string>> rightQueries(std::string_view problemId);

    /// What the server told, in one transaction; what waits in the outbox is laid over it. `horizon`: whatever the
    /// server did before that transaction is in `told`.
    base::Result<void> take(std::string_view problemId, const std::vector<ToldSolution> &told, std::int64_t horizon);

    /// Through the outbox. Nothing: leaves it as it is. Errors: see enqueue() in outbox_write.h.
    base::Result<void> mark(std::string_view solutionId, std::optional<int> vote, std::optional<bool> bookmark);

private:
    StoreContext &m_context;
};

} // namespace sqlgym::cache
