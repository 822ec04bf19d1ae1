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

base::Result<OwnProfile> ProfileStore::own()
{
    auto text = profile();
    if (!text)
        return text.error();
    auto found = selectOne(
        m_context.database,
        "SELECT username, auth_provider = 'local', email, email_verified, premium, is_admin, created_at, "
        "(SELECT count(*) FROM problem_submissions WHERE user_id = ?1), (SELECT count(*) FROM attempts), "
        "(SELECT count(*) FROM drafts WHERE text <> ''), "
        "(SELECT count(*) FROM outbox WHERE user_id = ?1 AND state <> 'sent') FROM users WHERE id = ?1",
        [](sqlite::Statement &row) {
            OwnProfile own;
            own.username = row.string(0);
            own.local = row.integer(1) != 0;
            // Addresses that stand for one that is not known (local_user.cpp, mirror_writer.cpp).
            const std::string email = row.string(2);
            own.account = {email.ends_with(".invalid") ? std::string() : email, row.integer(3) != 0,
                           row.integer(4) != 0, row.integer(5) != 0};
            own.since = row.string(6);
            own.submissions = static_cast<int>(row.integer(7));
            own.attempts = static_cast<int>(row.integer(8));
            own.drafts = static_cast<int>(row.integer(9));
            own.waiting = static_cast<int>(row.integer(10));
            return own;
        },
        m_context.userId);
    if (!found)
        return found.error();
    OwnProfile own = found->value_or(OwnProfile{});
    own.text = std::move(*text);
    return own;
}

base::Result<bool> ProfileStore::keepAccount(const OwnAccount &account)
{
    auto transaction = sqlite::Transaction::begin(m_context.database);
    if (!transaction)
        return transaction.error();
    auto before = m_context.database.integer(
        "SELECT count(*) FROM users WHERE id = ? AND email = ? AND email_verified = ? AND premium = ? AND is_admin = ?",
        m_context.userId, account.email, account.emailProved, account.premium, account.admin);
    if (!before)
        return before.error();
    if (*before > 0 || account.email.empty())
        return false;
    // Addresses are unique here too: an account of before on the same profile gives way.
    auto done = m_context.database.run("UPDATE users SET email = id || '@unknown.invalid' WHERE id <> ? AND email = ?",
                                       m_context.userId, account.email);
    if (done)
        done = m_context.database.run(
            "UPDATE users SET email = ?2, email_verified = ?3, premium = ?4, is_admin = ?5 WHERE id = ?1",
            m_context.userId, account.email, account.emailProved, account.premium, account.admin);
    if (done)
        done = transaction->commit();
    if (!done)
        return done.error();
    return true;
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
