// Runs, checks and submits: every query a learner tried.
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

enum class AttemptKind : std::uint8_t { Run, Check, Submit };

struct Attempt {
    std::string id;        ///< empty = one is made; a Submit's is its submission's id
    std::string problemId; ///< or a scratch tab's document name
    AttemptKind kind = AttemptKind::Run;
    std::string query;
    std::string outcome;            ///< a word for the list: "ok", "error", "match", "wrong_rows", ...
    bool correct = false;           ///< Check, Submit
    base::UnixMicros startedAt = 0; ///< 0 = now
    int utcOffsetMinutes = 0;       ///< east of UTC, where the learner was: a streak's days are local
    std::int64_t elapsedUs = 0;
    std::optional<std::int64_t> rows;
    std::string verdictJson; ///< empty = none
};

class AttemptStore {
public:
    explicit AttemptStore(StoreContext &context) : m_context(context) {}

    /// Returns the attempt's id. Adding an id again changes nothing.
    base::Result<std::string> add(const Attempt &attempt);
    /// Of one problem, newest first.
    base::Result<std::vector<Attempt>> attempts(std::string_view problemId, int limit = 200);
    base::Result<std::optional<Attempt>> attempt(std::string_view id);

private:
    StoreContext &m_context;
};

} // namespace sqlgym::cache
