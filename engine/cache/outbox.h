// Writes that wait for a server.
#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "cache/file_lock.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sqlgym::cache {

struct StoreContext;

enum class OutboxState : std::uint8_t {
    Pending,
    Rejected, ///< the server refused it for good: to be mended or discarded, never dropped silently
    Sent,     ///< a submission whose verdict is waited for
};

/// `id` is the write's UUID on the server too: sending it twice has one effect.
struct OutboxEntry {
    std::string id;
    std::string kind; ///< the api function: "submit"
    std::string payloadJson;
    OutboxState state = OutboxState::Pending;
    int tries = 0; ///< how often it was sent, with or without an answer; 0 again once it was refused and is retried
    std::string lastError;
    base::UnixMicros createdAt = 0;
    std::int64_t sequence = 0;
    std::string blockedBy; ///< the refused entry without which this one cannot be; empty = none
};

struct OutboxCounts {
    int pending = 0;
    int rejected = 0;
    int awaitingVerdict = 0;
};

/// A submission that the server judged otherwise than this machine; the server's verdict counts.
struct VerdictDifference {
    std::string submissionId;
    std::string problemId;
    std::string query;
    bool correctHere = false; ///< at the server the opposite
};

/// Only the entries of the profile's learner are seen: nothing is ever sent under another's name. Entries are made by
/// the other stores (see outbox_write.h); what they did to the tables is taken back with them.
///
/// What the server did is no longer seen either, and what it did here stays until the server's own rows of it come: the
/// server may have made another row of it, or none (see settle() in outbox_overlay.h).
class Outbox {
public:
    explicit Outbox(StoreContext &context) : m_context(context) {}

    /// An entry that does nothing here. Adding an id again changes nothing.
    base::Result<void> add(const std::string &id, const std::string &kind, const std::string &payloadJson);
    /// In the order in which they were written; all states, or one.
    base::Result<std::vector<OutboxEntry>> entries(std::optional<OutboxState> state = {});
    base::Result<OutboxCounts> counts();

    // For whoever sends.
    /// Nobody else sends from this profile while it is held; nullopt: somebody does. Gone with the process.
    base::Result<std::optional<FileLock>> lockForSending();
    /// The first that waits behind `sequence`.
    base::Result<std::optional<OutboxEntry>> next(std::int64_t sequence);
    /// Notes that it is about to be sent, so that nothing takes its place any more. nullopt: it no longer waits.
    base::Result<std::optional<OutboxEntry>> begin(std::string_view id);
    /// The refused entry that makes what `entry` is about, if there is one.
    base::Result<std::optional<OutboxEntry>> missingFor(const OutboxEntry &entry);
    /// The server did it, and its snapshots from transaction `doneBefore` on hold what it did. A submission waits for
    /// its verdict; all else goes, and so does what the server refused of the same before.
    ///
    /// Errors of these: cache/unknown_entry.
    base::Result<void> markSent(std::string_view id, std::int64_t doneBefore);
    /// `transient`: it stays pending and is tried again.
    base::Result<void> markFailed(std::string_view id, const std::string &reason, bool transient);
    base::Result<void> block(std::string_view id, const std::string &reason, const std::string &blockedBy);

    // For whoever wrote it.
    /// A rejected entry is sent again, and what it held up.
    base::Result<void> retry(std::string_view id);
    /// The same with other arguments. Errors: cache/in_flight as below; cache/not_text.
    base::Result<void> mend(std::string_view id, const std::string &payloadJson);
    /// Takes it out with what it did here, and with all that hangs on it (comments on a post); how many went.
    /// Errors: cache/in_flight (transient)  it was sent, and whether it was done is not known yet.
    base::Result<int> discard(std::string_view id);

    /// Those that were not dismissed, the oldest first.
    base::Result<std::vector<VerdictDifference>> differences();
    base::Result<void> dismissDifference(std::string_view submissionId);

private:
    StoreContext &m_context;
};

} // namespace sqlgym::cache
