// The local database: one file per profile with everything a learner has and did.
#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "cache/attempt_store.h"
#include "cache/community_read.h"
#include "cache/community_store.h"
#include "cache/draft_store.h"
#include "cache/learning_store.h"
#include "cache/mirror_update.h"
#include "cache/outbox.h"
#include "cache/own_data.h"
#include "cache/problem_store.h"
#include "cache/profile_store.h"
#include "cache/progress_store.h"
#include "cache/search_store.h"
#include "cache/solution_store.h"
#include "cache/ui_state.h"

#include <cstdint>
#include <memory>
#include <string>

namespace sqlgym::cache {

struct CacheOptions {
    std::string userName = "learner";   ///< for the local user of a new profile; cut to what `users` can hold
    const base::Clock *clock = nullptr; ///< must outlive the cache; null = the system's
    int busyTimeoutMs = 5'000;          ///< how long another instance's write is waited for
    bool alwaysCheck = false;           ///< check the whole file even where it was closed in good order
};

/// What opening found and did. `sentence` is for people, and empty when there is nothing to tell.
struct OpenReport {
    bool created = false;
    int migratedFrom = 0;   ///< the older version that was brought forward; 0 = none
    bool recovered = false; ///< the file was damaged: it lies at `keptAside`, a new one was made
    std::string keptAside;
    int rescuedDrafts = 0;
    int rescuedAttempts = 0;
    std::string sentence;
};

struct CacheParts;

/// One connection; belongs to the thread that opened it. Every write is one transaction on the disk when it returns
/// (WAL, synchronous=FULL), so that a kill or a power cut loses nothing that was saved. Several processes may have
/// the same file open.
class Cache {
public:
    /// Opens or makes the file (mode 0600; missing folders are made with 0700) and brings it to this version.
    ///
    /// A damaged file is renamed to "<path>.damaged-<UTC time>", a new one takes its place, and what a learner did is
    /// copied over as far as it can be read; the catalogue must then be loaded anew. Where a store answers with an
    /// error of code "damaged", close the cache and open it again with alwaysCheck.
    ///
    /// Errors: cache/newer_version   written by a later SQLGym; left untouched
    ///         cache/not_a_cache     a database of another program; left untouched
    ///         cache/in_use          damaged while another instance has it open (transient)
    ///         cache/<code of sqlite/error.h>  read_only, cannot_open, disk_full, busy, io_error; nothing saved is lost
    static base::Result<std::unique_ptr<Cache>> open(const std::string &path, const CacheOptions &options = {});
    /// Nothing is kept: for when the profile cannot be written, and for tests.
    static base::Result<std::unique_ptr<Cache>> openInMemory(const CacheOptions &options = {});

    Cache(const Cache &) = delete;
    Cache &operator=(const Cache &) = delete;
    ~Cache();

    const OpenReport &report() const;
    /// users.id and users.username of the profile's learner.
    const std::string &userId() const;
    const std::string &userName() const;

    /// Whether the profile is of no account yet: nothing of it is sent before it is adopted.
    base::Result<bool> isLocal();
    /// Makes it an account's, with all that was done here: see adoption.h. Errors: cache/other_account.
    base::Result<void> adopt(const std::string &accountId, const std::string &username);

    /// Makes it nobody's again: see adoption.h.
    base::Result<void> release();
    /// See own_data.h.
    base::Result<ExportReport> exportOwnData(const std::string &folder);

    ProblemStore &problems();
    SearchStore &search();
    DraftStore &drafts();
    AttemptStore &attempts();
    CommunityStore &community();
    CommunityRead &communityRead();
    LearningStore &learning();
    ProfileStore &profile();
    ProgressStore &progress();
    Outbox &outbox();
    SolutionStore &solutions();
    UiState &uiState();
    MirrorStore &mirror();

    /// For open(): the parts are known inside this target alone.
    explicit Cache(std::unique_ptr<CacheParts> parts);

private:
    std::unique_ptr<CacheParts> m_parts;
};

} // namespace sqlgym::cache
