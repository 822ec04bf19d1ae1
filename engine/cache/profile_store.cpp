#include "cache/profile_store.h"

#include "cache/outbox_write.h"
#include "cache/rows.h"
#include "cache/store_context.h"

namespace sqlgym::cache {
namespace {

using Json = nlohmann::json;

Json orNull(const std::optional<std::string> &text) { return text ? Json(*text) : Json(); }

} // namespace

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
    auto done = enqueue(m_context, {.kind = "edit_profile",
                                    .payload = {{"first_name", orNull(profile.firstName)},
                                                {"last_name", orNull(profile.lastName)},
                                                {"company_name", orNull(profile.companyName)},
                                                {"linkedin_url", orNull(profile.linkedinUrl)},
                                                {"profile_image_url", orNull(profile.profileImageUrl)}},
                                    .target = "profile",
                                    .id = {}});
    return done ? base::Result<void>() : done.error();
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
