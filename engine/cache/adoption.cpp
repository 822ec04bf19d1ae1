#include "cache/adoption.h"

#include "base/timestamp.h"
#include "cache/outbox_write.h"
#include "cache/rows.h"
#include "cache/store_context.h"
#include "cache/submission_entry.h"
#include "sqlite/transaction.h"

#include <array>

namespace sqlgym::cache {
namespace {

struct Owned {
    const char *table;
    const char *column;
};

constexpr std::array kOwned = {
    Owned{"followers", "follower_id"},       Owned{"followers", "following_id"},
    Owned{"helpful_links", "user_id"},       Owned{"submissions", "user_id"},
    Owned{"problem_submissions", "user_id"}, Owned{"problem_sessions", "user_id"},
    Owned{"user_progress", "user_id"},       Owned{"user_badges", "user_id"},
    Owned{"community_posts", "user_id"},     Owned{"post_likes", "user_id"},
    Owned{"post_comments", "user_id"},       Owned{"problem_interactions", "user_id"},
    Owned{"solutions", "created_by"},        Owned{"user_sandboxes", "user_id"},
};

base::Error otherAccount(const std::string &name)
{
    return {"cache", "other_account",
            "This profile belongs to another account (" + name +
                "). Nothing was changed. Sign in as that one, or choose another profile.",
            false};
}

/// The learner's row under the account's id and name. Names are unique: whoever else has it is a row of before.
base::Result<void> moveUser(StoreContext &context, const std::string &accountId, const std::string &username)
{
    sqlite::Database &database = context.database;
    const std::string now = base::timestampText(context.clock->now());
    auto done = database.run("UPDATE users SET username = substr(id, 1, 50) WHERE id NOT IN (?1, ?2) AND username = ?3",
                             accountId, context.userId, username);
    if (done && accountId != context.userId) {
        auto there = database.integer("SELECT count(*) FROM users WHERE id = ?", accountId);
        if (!there)
            return there.error();
        done = *there > 0 ? database.run("DELETE FROM users WHERE id = ?", context.userId)
                          : database.run("UPDATE users SET id = ?2, email = ?2 || '@unknown.invalid' WHERE id = ?1",
                                         context.userId, accountId);
    }
    if (done)
        done = database.run("UPDATE users SET username = ?2, auth_provider = 'email', updated_at = ?3 WHERE id = ?1",
                            accountId, username, now);
    return done;
}

/// What the account had here already stays, where there can be only one.
base::Result<void> moveRows(StoreContext &context, const std::string &accountId)
{
    for (const Owned &owned : kOwned) {
        const std::string column = owned.column;
        auto done = context.database.run("UPDATE OR IGNORE " + std::string(owned.table) + " SET " + column +
                                             " = ?2 WHERE " + column + " = ?1",
                                         context.userId, accountId);
        if (done)
            done = context.database.run("DELETE FROM " + std::string(owned.table) + " WHERE " + column + " = ?",
                                        context.userId);
        if (!done)
            return done;
    }
    return context.database.run("UPDATE outbox SET user_id = ?2, payload = replace(payload, ?1, ?2), "
                                "made = replace(made, ?1, ?2), undo = replace(undo, ?1, ?2) WHERE user_id = ?1",
                                context.userId, accountId);
}

using Told = std::vector<OutboxWrite>;

/// Calls of `kind` for rows that no entry of the outbox is about.
base::Result<Told> untold(StoreContext &context, const char *kind, const std::string &sql)
{
    return select(
        context.database,
        "SELECT target, payload FROM (" + sql +
            ") t WHERE NOT EXISTS (SELECT 1 FROM outbox o WHERE o.target = t.target)",
        [&](sqlite::Statement &row) {
            OutboxWrite write;
            write.kind = kind;
            write.target = row.string(0);
            write.payload = nlohmann::json::parse(row.text(1), nullptr, false);
            write.here = false;
            return write;
        },
        context.userId);
}

base::Result<void> enqueueAll(StoreContext &context)
{
    auto submissions = select(
        context.database,
        "SELECT id FROM submissions s WHERE user_id = ? AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.id = s.id) "
        "ORDER BY submitted_at",
        [](sqlite::Statement &row) { return row.string(0); }, context.userId);
    if (!submissions)
        return submissions.error();
    for (const std::string &id : *submissions) {
        if (auto added = enqueueSubmission(context, id); !added)
            return added;
    }
    const std::array sources = {
        std::pair{"use_hint", "SELECT 'hint:' || problem_id || ':' || level AS target, json_object('problem_id', "
                              "problem_id, 'level', level) AS payload FROM hints_used WHERE ?1 IS NOT NULL"},
        std::pair{"give_up", "SELECT 'give_up:' || problem_id AS target, json_object('problem_id', problem_id) AS "
                             "payload FROM given_up WHERE ?1 IS NOT NULL"},
        std::pair{"set_interaction",
                  "SELECT 'interaction:' || problem_id AS target, json_object('problem_id', problem_id, 'bookmark', "
                  "json(iif(bookmark, 'true', 'null')), 'upvote', json(iif(upvote, 'true', 'null')), 'downvote', "
                  "json(iif(downvote, 'true', 'null'))) AS payload FROM problem_interactions WHERE user_id = ?1 AND "
                  "(bookmark OR upvote OR downvote)"},
        std::pair{
            "record_session",
            "SELECT 'session:' || id AS target, json_object('id', id, 'problem_id', problem_id, 'seconds', "
            "min(86400, total_time_spent_seconds), 'completed', json(iif(completed_at IS NULL, 'false', 'true'))) "
            "AS payload FROM problem_sessions WHERE user_id = ?1 AND total_time_spent_seconds > 0"},
    };
    for (const auto &[kind, sql] : sources) {
        auto writes = untold(context, kind, sql);
        if (!writes)
            return writes.error();
        for (const OutboxWrite &write : *writes) {
            if (auto added = enqueue(context, write); !added)
                return added.error();
        }
    }
    return {};
}

} // namespace

base::Result<bool> isLocal(StoreContext &context)
{
    auto local =
        context.database.integer("SELECT count(*) FROM users WHERE id = ? AND auth_provider = 'local'", context.userId);
    if (!local)
        return local.error();
    return *local > 0;
}

base::Result<void> adopt(StoreContext &context, const std::string &accountId, const std::string &username)
{
    auto transaction = sqlite::Transaction::begin(context.database);
    if (!transaction)
        return transaction.error();
    // Another instance may have done it.
    auto current =
        selectOne(context.database,
                  "SELECT s.value, u.username, u.auth_provider FROM sync_state s JOIN users u ON u.id = s.value "
                  "WHERE s.key = 'user_id'",
                  [](sqlite::Statement &row) {
                      return std::array{row.string(0), row.string(1), row.string(2)};
                  });
    if (!current)
        return current.error();
    if (*current && (**current)[2] != "local" && (**current)[0] != accountId)
        return otherAccount((**current)[1]);
    const std::string before = context.userId;
    const bool fresh = *current && (**current)[2] == "local";
    auto done = context.database.execute("PRAGMA defer_foreign_keys = ON");
    if (done && accountId != before)
        done = moveRows(context, accountId);
    if (done)
        done = moveUser(context, accountId, username);
    if (done)
        done = context.database.run("UPDATE sync_state SET value = ? WHERE key = 'user_id'", accountId);
    context.userId = accountId;
    if (done && fresh)
        done = enqueueAll(context);
    if (done)
        done = transaction->commit();
    if (!done)
        context.userId = before;
    return done;
}

base::Result<void> release(StoreContext &context)
{
    auto transaction = sqlite::Transaction::begin(context.database);
    if (!transaction)
        return transaction.error();
    sqlite::Database &database = context.database;
    auto done = database.execute("PRAGMA defer_foreign_keys = ON; "
                                 "DELETE FROM post_likes; DELETE FROM post_comments; DELETE FROM community_posts; "
                                 "DELETE FROM followers; DELETE FROM helpful_links; DELETE FROM solutions; "
                                 "DELETE FROM outbox; DELETE FROM verdict_differences; DELETE FROM packs; "
                                 "DELETE FROM sync_state WHERE key <> 'user_id'");
    if (done)
        done = database.run("DELETE FROM users WHERE id <> ?", context.userId);
    if (done)
        done = database.run("UPDATE users SET auth_provider = 'local', email = id || '@local.invalid', "
                            "email_verified = 0, premium = 0, is_admin = 0, first_name = NULL, last_name = NULL, "
                            "company_name = NULL, linkedin_url = NULL, profile_image_url = NULL, updated_at = ?2 "
                            "WHERE id = ?1",
                            context.userId, base::timestampText(context.clock->now()));
    return done ? transaction->commit() : done;
}

} // namespace sqlgym::cache
