// The catalogue: packs go in, problems come out.
#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "content/problem.h"
#include "progress/status.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sqlgym::cache {

struct StoreContext;

/// One line of the problem list.
struct ProblemSummary {
    std::string id;
    std::string slug;
    std::string title;
    std::string topicId; ///< empty = none
    std::string topicName;
    content::Difficulty difficulty = content::Difficulty::Medium;
    std::vector<std::string> tags;
    std::string company;
    bool premium = false;
    progress::ProblemState state = progress::ProblemState::New;
    bool bookmarked = false;
    int orderIndex = 0;
};

/// Conditions are joined by AND; what is not set does not restrict.
struct ProblemFilter {
    std::string text;                   ///< search as you type: the start of every word, in any field
    std::optional<std::string> topicId; ///< the topic or one below it
    std::optional<content::Difficulty> difficulty;
    std::optional<progress::ProblemState> state;
    std::string tag;
    std::string company;
    bool bookmarkedOnly = false;
};

/// A pack as it was loaded.
struct LoadedPack {
    std::string name;
    std::string title;
    std::string version;
    std::string fingerprint; ///< what the caller gave: a hash of the pack's files, say
    base::UnixMicros loadedAt = 0;
};

struct LoadReport {
    int problems = 0; ///< in the pack
    int removed = 0;  ///< no longer in the pack, and never touched by the learner
    int kept = 0;     ///< no longer in the pack, but the learner worked on them
};

/// problems.expected_hash of a problem; empty = none. Called only for problems whose expectedHash is empty.
using ExpectedHash = std::function<std::string(const content::Problem &)>;

class ProblemStore {
public:
    explicit ProblemStore(StoreContext &context) : m_context(context) {}

    /// Writes a pack over what is there, by id, in one transaction: loading the same pack twice changes nothing, and
    /// what the learner did stays.
    ///
    /// Errors: those of sqlite/error.h, and content's where a problem cannot be written as JSON columns; the catalogue
    ///         is then as it was before.
    base::Result<LoadReport> loadPack(const content::Pack &pack, const std::string &fingerprint = {},
                                      const ExpectedHash &expectedHash = {});
    /// What is loaded, so that an unchanged pack need not even be read. Empty after a recovery.
    base::Result<std::vector<LoadedPack>> loadedPacks();

    /// In catalogue order (topic, order_index, title); with `text`, best match first. Fast for 5,000 problems.
    base::Result<std::vector<ProblemSummary>> problems(const ProblemFilter &filter = {});
    base::Result<std::optional<ProblemSummary>> summary(std::string_view idOrSlug);

    /// The whole problem, rebuilt from its rows. `wrongQueries` is empty: the database does not hold them.
    ///
    /// Errors: cache/unknown_problem  neither an id nor a slug of the catalogue.
    base::Result<content::Problem> problem(std::string_view idOrSlug);

    /// In tree order: parents before children, by order_index.
    base::Result<std::vector<content::Topic>> topics();
    base::Result<std::vector<content::Badge>> badges();
    /// Every tag and every company in use, sorted.
    base::Result<std::vector<std::string>> tags();
    base::Result<std::vector<std::string>> companies();

private:
    StoreContext &m_context;
};

} // namespace sqlgym::cache
