// Writes that wait for a server.
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

enum class OutboxState : std::uint8_t {
    Pending,
    Rejected, ///< the server refused it for good: to be mended or discarded, never dropped silently
    Sent,
};

/// `id` is the write's UUID on the server too: sending it twice has one effect.
struct OutboxEntry {
    std::string id;
    std::string kind; ///< the api function: "submit"
    std::string payloadJson;
    OutboxState state = OutboxState::Pending;
    int tries = 0;
    std::string lastError;
    base::UnixMicros createdAt = 0;
};

/// Only the entries of the profile's learner are seen: nothing is ever sent under another's name.
class Outbox {
public:
    explicit Outbox(StoreContext &context) : m_context(context) {}

    /// Adding an id again changes nothing.
    base::Result<void> add(const std::string &id, const std::string &kind, const std::string &payloadJson);
    /// In the order in which they were written; all states, or one.
    base::Result<std::vector<OutboxEntry>> entries(std::optional<OutboxState> state = {});

    /// Errors of these: cache/unknown_entry.
    base::Result<void> markSent(std::string_view id);
    /// `transient`: it stays pending and is tried again.
    base::Result<void> markFailed(std::string_view id, const std::string &reason, bool transient);
    /// A rejected entry is sent again.
    base::Result<void> retry(std::string_view id);
    base::Result<void> discard(std::string_view id);

private:
    StoreContext &m_context;
};

} // namespace sqlgym::cache
