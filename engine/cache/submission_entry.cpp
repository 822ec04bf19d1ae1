#include "cache/submission_entry.h"

#include "base/timestamp.h"
#include "cache/outbox_effects.h"
#include "cache/outbox_write.h"
#include "cache/store_context.h"
#include "sqlite/transaction.h"

namespace sqlgym::cache {

using Json = nlohmann::json;

base::Result<void> enqueueSubmission(StoreContext &context, const std::string &id, const Json &figures,
                                     const Json &steps)
{
    auto made = rowsOfSubmission(context.database, id);
    if (!made)
        return made.error();
    Json undo = Json::array();
    Json payload;
    for (const Json &each : *made) {
        const Json &row = each["row"];
        undo.push_back({{"do", "remove"}, {"table", each["table"]}, {"key", row["id"]}});
        if (each["table"] != "submissions")
            continue;
        // What api.submit() takes.
        const auto at = base::parseTimestamp(row.value("submitted_at", ""));
        payload = {{"problem_id", row["problem_id"]},
                   {"query", row["query"]},
                   {"written_at", base::timestampTzText(at.value_or(context.clock->now()))}};
    }
    if (payload.is_null())
        return {};
    made->insert(made->end(), figures.begin(), figures.end());
    undo.insert(undo.end(), steps.begin(), steps.end());
    return enqueueDone(context, {.kind = "submit", .payload = payload, .target = {}, .id = id}, *made, undo);
}

base::Result<void> enqueueUnjudged(StoreContext &context, const std::string &id, const std::string &problemId,
                                   const std::string &query)
{
    const base::UnixMicros now = context.clock->now();
    const Json payload = {{"problem_id", problemId}, {"query", query}, {"written_at", base::timestampTzText(now)}};
    if (auto good = checkTexts(payload); !good)
        return good;
    auto transaction = sqlite::Transaction::begin(context.database);
    if (!transaction)
        return transaction.error();
    auto done =
        context.database.run("INSERT INTO problem_submissions (id, user_id, problem_id, sql_query, status, created_at) "
                             "SELECT ?1, ?2, ?3, ?4, 'pending', ?5 WHERE EXISTS (SELECT 1 FROM problems WHERE id = ?3) "
                             "ON CONFLICT (id) DO NOTHING",
                             id, context.userId, problemId, query, base::timestampText(now));
    if (!done)
        return done;
    auto made = rowsOfSubmission(context.database, id);
    if (!made)
        return made.error();
    const Json undo = {{{"do", "remove"}, {"table", "problem_submissions"}, {"key", id}}};
    done = enqueueDone(context, {.kind = "submit", .payload = payload, .target = {}, .id = id}, *made, undo);
    return done ? transaction->commit() : done;
}

} // namespace sqlgym::cache
