#include "cache/submission_entry.h"

#include "base/timestamp.h"
#include "cache/outbox_effects.h"
#include "cache/outbox_write.h"
#include "cache/store_context.h"

namespace sqlgym::cache {

using Json = nlohmann::json;

base::Result<void> enqueueSubmission(StoreContext &context, const std::string &id)
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
    return enqueueDone(context, {.kind = "submit", .payload = payload, .target = {}, .id = id}, *made, undo);
}

} // namespace sqlgym::cache
