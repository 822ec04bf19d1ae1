#include "cache/outbox_write.h"

#include "base/text_position.h"
#include "base/uuid.h"
#include "cache/outbox_overlay.h"
#include "cache/rows.h"
#include "cache/store_context.h"
#include "sqlite/transaction.h"

#include <algorithm>
#include <array>

namespace sqlgym::cache {
namespace {

using Json = nlohmann::json;

std::string dumped(const Json &json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

/// What an entry of `kind` does to one before it that is about the same.
enum class Meeting { None, Cancels, Replaces, Merges, Edits, Deletes };

struct Rule {
    const char *kind;
    Meeting meeting;
    const char *other; ///< the opposite one, or what makes the thing
};

constexpr std::array kRules = {
    Rule{"like_post", Meeting::Cancels, "unlike_post"},
    Rule{"unlike_post", Meeting::Cancels, "like_post"},
    Rule{"follow", Meeting::Cancels, "unfollow"},
    Rule{"unfollow", Meeting::Cancels, "follow"},
    Rule{"change_profile", Meeting::Merges, ""},
    Rule{"set_leaderboard", Meeting::Replaces, ""},
    Rule{"record_session", Meeting::Replaces, ""},
    Rule{"set_interaction", Meeting::Merges, ""},
    Rule{"mark_solution", Meeting::Merges, ""},
    Rule{"edit_post", Meeting::Edits, "create_post"},
    Rule{"edit_solution", Meeting::Edits, "add_solution"},
    Rule{"delete_post", Meeting::Deletes, "create_post"},
    Rule{"delete_comment", Meeting::Deletes, "create_comment"},
    Rule{"delete_link", Meeting::Deletes, "add_link"},
    Rule{"delete_solution", Meeting::Deletes, "add_solution"},
};

Rule ruleOf(const std::string &kind)
{
    const auto rule = std::ranges::find_if(kRules, [&](const Rule &each) { return kind == each.kind; });
    return rule == kRules.end() ? Rule{"", Meeting::None, ""} : *rule;
}

struct Earlier {
    std::string id;
    std::string kind;
    Json payload;
    bool givesWay = false; ///< surely not done at the server
};

Earlier readEarlier(sqlite::Statement &row)
{
    return {row.string(0), row.string(1), Json::parse(row.text(2), nullptr, false), row.integer(3) != 0};
}

/// Newest first.
base::Result<std::vector<Earlier>> earlierOf(StoreContext &context, const std::string &target)
{
    return select(context.database,
                  "SELECT id, kind, payload, state = 'rejected' OR tries = 0 FROM outbox "
                  "WHERE user_id = ? AND target = ? AND target <> '' AND state <> 'sent' ORDER BY sequence DESC",
                  readEarlier, context.userId, target);
}

base::Result<void> drop(StoreContext &context, const std::string &id)
{
    if (auto lifted = liftEntry(context.database, id); !lifted)
        return lifted;
    return context.database.run("DELETE FROM outbox WHERE id = ?", id);
}

/// The new words of what waits: its row stays, for others hang on it.
base::Result<void> editWaiting(StoreContext &context, const Earlier &made, const OutboxWrite &edit)
{
    const bool post = edit.kind == "edit_post";
    Json payload = made.payload;
    for (const char *name : {"title", "content", "code_snippet", "sql_code"}) {
        if (const auto words = edit.payload.find(name); words != edit.payload.end())
            payload[name] = *words;
    }
    auto done = context.database.run("UPDATE outbox SET payload = ?, state = 'pending', tries = 0, last_error = '' "
                                     "WHERE id = ?",
                                     dumped(payload), made.id);
    if (done)
        done = context.database.run("UPDATE outbox SET state = 'pending', last_error = '', blocked_by = NULL "
                                    "WHERE blocked_by = ? AND state = 'rejected'",
                                    made.id);
    if (done)
        done = context.database.run(
            post ? "UPDATE community_posts SET content = json_extract(?2, '$.content'), "
                   "code_snippet = json_extract(?2, '$.code_snippet') WHERE id = ?1"
                 : "UPDATE solutions SET title = json_extract(?2, '$.title'), content = json_extract(?2, '$.content'), "
                   "sql_code = json_extract(?2, '$.sql_code') WHERE id = ?1",
            made.id, dumped(payload));
    return done;
}

/// Before a delete: what else waits about the thing, and about the post that it is, and surely was not done.
base::Result<void> dropPointless(StoreContext &context, const OutboxWrite &write)
{
    const std::string post = write.kind == "delete_post" ? write.payload.value("id", "") : std::string();
    return dropWrites(context.database, context.userId,
                      " WHERE user_id = ?1 AND (target = ?2 OR (?3 <> '' AND json_extract(payload, '$.post_id') = "
                      "?3)) AND (state = 'rejected' OR (state = 'pending' AND tries = 0))",
                      context.userId, write.target, post);
}

/// What meeting the earlier entries comes to: the payload to be added, or nothing more to add.
struct Met {
    std::optional<Json> payload;
    std::string id; ///< of the entry that stands for it; empty = none waits
};

base::Result<Met> meet(StoreContext &context, const OutboxWrite &write)
{
    const Rule rule = ruleOf(write.kind);
    Met added{write.payload, {}};
    if (rule.meeting == Meeting::None)
        return added;
    auto earlier = earlierOf(context, write.target);
    if (!earlier)
        return earlier.error();
    if (rule.meeting == Meeting::Deletes) {
        if (!earlier->empty() && earlier->back().kind == rule.other && earlier->back().givesWay) {
            auto dropped = dropEntry(context, earlier->back().id);
            return dropped ? Met{} : base::Result<Met>(dropped.error());
        }
        auto dropped = dropPointless(context, write);
        return dropped ? base::Result<Met>(added) : dropped.error();
    }
    if (earlier->empty())
        return added;
    const Earlier &last = earlier->front();
    if (!last.givesWay)
        return added;
    if (rule.meeting == Meeting::Cancels && last.kind == rule.other) {
        auto dropped = drop(context, last.id);
        return dropped ? Met{} : base::Result<Met>(dropped.error());
    }
    if (rule.meeting == Meeting::Edits && last.kind == rule.other) {
        auto edited = editWaiting(context, last, write);
        return edited ? Met{std::nullopt, last.id} : base::Result<Met>(edited.error());
    }
    if (last.kind != write.kind || rule.meeting == Meeting::Cancels)
        return added;
    if (rule.meeting == Meeting::Merges) {
        Json merged = last.payload;
        merged.update(write.payload, true);
        added.payload = merged;
    }
    auto dropped = drop(context, last.id);
    return dropped ? base::Result<Met>(added) : dropped.error();
}

base::Result<void> insert(StoreContext &context, const std::string &id, const OutboxWrite &write, const Json &payload,
                          const Json &made, const Json &undo)
{
    const auto orNull = [](const Json &json) { return json.is_null() ? std::nullopt : std::optional(dumped(json)); };
    return context.database.run("INSERT INTO outbox (id, user_id, kind, payload, created_at_us, target, made, undo) "
                                "VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING",
                                id, context.userId, write.kind, dumped(payload), context.clock->now(), write.target,
                                orNull(made), orNull(undo));
}

base::Result<std::string> add(StoreContext &context, const OutboxWrite &write)
{
    auto met = meet(context, write);
    if (!met)
        return met.error();
    if (!met->payload)
        return met->id;
    const std::string id = write.id.empty() ? base::randomUuid() : write.id;
    if (auto added = insert(context, id, write, *met->payload, {}, {}); !added)
        return added.error();
    auto done = layEntry(context.database, id);
    if (!done)
        return done.error();
    if (!*done && write.here)
        return base::Error{"cache", "not_here", "This is no longer here. It may have been deleted.", false};
    return id;
}

} // namespace

base::Result<void> checkTexts(const Json &payload)
{
    for (const auto &[name, value] : payload.items()) {
        if (value.is_structured()) {
            if (auto good = checkTexts(value); !good)
                return good;
        }
        if (!value.is_string())
            continue;
        const auto &text = value.get_ref<const std::string &>();
        if (text.find('\0') != std::string::npos || !base::isValidUtf8(text))
            return base::Error{"cache", "not_text",
                               "The text holds a character that no server can keep (NUL, or bytes that are no UTF-8). "
                               "Remove it.",
                               false};
    }
    return {};
}

base::Result<std::string> enqueue(StoreContext &context, const OutboxWrite &write)
{
    if (auto good = checkTexts(write.payload); !good)
        return good.error();
    if (context.database.inTransaction())
        return add(context, write);
    auto transaction = sqlite::Transaction::begin(context.database);
    if (!transaction)
        return transaction.error();
    auto id = add(context, write);
    if (!id)
        return id;
    if (auto committed = transaction->commit(); !committed)
        return committed.error();
    return id;
}

base::Result<std::string> enqueueNew(StoreContext &context, const char *kind, const char *prefix, const Json &payload)
{
    const std::string id = base::randomUuid();
    return enqueue(context, {.kind = kind, .payload = payload, .target = prefix + id, .id = id});
}

base::Result<std::string> enqueueAbout(StoreContext &context, const char *kind, const char *prefix, std::string_view id)
{
    const std::string about(id);
    return enqueue(context, {.kind = kind, .payload = {{"id", about}}, .target = prefix + about, .id = {}});
}

base::Result<void> enqueueDone(StoreContext &context, const OutboxWrite &write, const Json &made, const Json &undo)
{
    return insert(context, write.id, write, write.payload, made, undo);
}

base::Result<int> dropEntry(StoreContext &context, const std::string &id)
{
    auto kind = selectOne(
        context.database, "SELECT kind FROM outbox WHERE id = ? AND user_id = ?",
        [](sqlite::Statement &row) { return row.string(0); }, id, context.userId);
    if (!kind)
        return kind.error();
    if (!*kind)
        return 0;
    if (**kind == "submit") { // the figures of later ones were reckoned after it
        auto done = liftOutbox(context.database, context.userId);
        if (done)
            done = context.database.run("DELETE FROM outbox WHERE id = ?", id);
        if (done)
            done = layOutbox(context.database, context.userId, context.clock->now());
        return done ? base::Result<int>(1) : done.error();
    }
    if (auto lifted = liftWrites(context.database, context.userId); !lifted)
        return lifted.error();
    auto dropped = context.database.run(
        R"sql(
        WITH RECURSIVE gone (id) AS (SELECT ?1 UNION
            SELECT o.id FROM outbox o JOIN gone g ON g.id IN (json_extract(o.payload, '$.post_id'),
                json_extract(o.payload, '$.parent_id'), json_extract(o.payload, '$.id'),
                json_extract(o.payload, '$.target_id'), json_extract(o.payload, '$.solution_id'))
            WHERE o.user_id = ?2 AND o.kind NOT IN ('submit', 'record_session') AND o.state <> 'sent')
        DELETE FROM outbox WHERE user_id = ?2 AND id IN (SELECT id FROM gone))sql",
        id, context.userId);
    if (!dropped)
        return dropped.error();
    const int count = static_cast<int>(context.database.changes());
    if (auto laid = layWrites(context.database, context.userId); !laid)
        return laid.error();
    return count;
}

} // namespace sqlgym::cache
