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

/// What a server says of the account's own columns, which no copy holds.
struct OwnAccount {
    std::string email;
    bool emailProved = false;
    bool premium = false;
    bool admin = false;
};

/// The profile's learner, as this computer knows them.
struct OwnProfile {
    std::string username;
    bool local = true; ///< of no account yet
    OwnAccount account;
    ProfileText text;
    std::string since; ///< timestamp.h; of an account the server's
    int submissions = 0;
    int attempts = 0; ///< runs and checks, and what was handed in
    int drafts = 0;
    int waiting = 0; ///< in the outbox
};

/// Each function writes one transaction with the outbox's entry, or reads.
class ProfileStore {
public:
    explicit ProfileStore(StoreContext &context) : m_context(context) {}

    base::Result<ProfileText> profile();
    base::Result<OwnProfile> own();
    /// Keeps what the server said, for when it is out of reach. True: it was otherwise before.
    base::Result<bool> keepAccount(const OwnAccount &account);
    /// The texts as they are to be; the server hears of those that differ. Errors: cache/not_text.
    base::Result<void> edit(const ProfileText &profile);
    /// Whether others see one on the leaderboard.
    base::Result<bool> onLeaderboard();
    base::Result<void> setLeaderboard(bool visible);

private:
    StoreContext &m_context;
};

} // namespace sqlgym::cache
