#include "cache/profile_store.h"

#include "cache/outbox_write.h"
#include "cache/rows.h"
#include "cache/store_context.h"
#include "sqlite/transaction.h"

namespace sqlgym::cache {

using Json = nlohmann::json;

base::Result<ProfileText> ProfileStore::profile()
{
    auto found = selectOne(
        m_context.database,
        "SELECT first_name, last_name, company_name, linkedin_url, profile_image_url FROM users WHERE id = ?",
        [](sqlite::Statement &row) {
            return ProfileText{row.optionalString(0), row.optionalString(1), row.optionalString(2),
                               row.optionalString(3), row.optionalString(4)};
        },
        m_context.userId);
    if (!found)
        return found.error();
    return found->value_or(ProfileText{});
}

base::Result<void> ProfileStore::edit(const ProfileText &profile)
{
    auto transaction = sqlite::Transaction::begin(m_context.database);
    if (!transaction)
        return transaction.error();
    auto before = this->profile();
    if (!before)
        return before.error();
    // Only what changed: another device may have changed the rest.
    Json changes = Json::object();
    const auto compare = [&](const char *name, const std::optional<std::string> &was,
                             const std::optional<std::string> &is) {
        if (was != is)
            changes[name] = is ? Json(*is) : Json();
    };
    compare("first_name", before->firstName, profile.firstName);
    compare("last_name", before->lastName, profile.lastName);
    compare("company_name", before->companyName, profile.companyName);
    compare("linkedin_url", before->linkedinUrl, profile.linkedinUrl);
    compare("profile_image_url", before->profileImageUrl, profile.profileImageUrl);
    if (changes.empty())
        return {};
    auto done = enqueue(m_context,
                        {.kind = "change_profile", .payload = {{"changes", changes}}, .target = "profile", .id = {}});
    return done ? transaction->commit() : done.error();
}

base::Result<bool> ProfileStore::onLeaderboard()
{
    auto visible =
        m_context.database.integer("SELECT CAST(value AS INTEGER) FROM sync_state WHERE key = 'leaderboard'");
    if (!visible)
        return visible.error();
    return *visible != 0;
}

base::Result<void> ProfileStore::setLeaderboard(bool visible)
{
    auto done = enqueue(
        m_context, {.kind = "set_leaderboard", .payload = {{"visible", visible}}, .target = "leaderboard", .id = {}});
    return done ? base::Result<void>() : done.error();
}

} // namespace sqlgym::cache
