// What a learner says about themselves.
#pragma once

#include "base/result.h"

#include <optional>
#include <string>

namespace sqlgym::cache {

struct StoreContext;

/// nullopt = left empty.
struct ProfileText {
    std::optional<std::string> firstName;
    std::optional<std::string> lastName;
    std::optional<std::string> companyName;
    std::optional<std::string> linkedinUrl;
    std::optional<std::string> profileImageUrl;
};

/// Each function writes one transaction with the outbox's entry, or reads.
class ProfileStore {
public:
    explicit ProfileStore(StoreContext &context) : m_context(context) {}

    base::Result<ProfileText> profile();
    /// The texts as they are to be; the server hears of those that differ. Errors: cache/not_text.
    base::Result<void> edit(const ProfileText &profile);
    /// Whether others see one on the leaderboard.
    base::Result<bool> onLeaderboard();
    base::Result<void> setLeaderboard(bool visible);

private:
    StoreContext &m_context;
};

} // namespace sqlgym::cache
