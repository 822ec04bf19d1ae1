#include "cache/figures.h"

#include "progress/rows_json.h"

namespace sqlgym::cache {
namespace {

using Json = nlohmann::json;

void layProgress(TrackedWriter &writer, const Json &row)
{
    const std::string user = row.value("user_id", "");
    const std::string topic = row.value("topic_id", "");
    if (!writer.has("topics", topic))
        return;
    // Another instance, or the server, may have made the row under an id of its own: that id stays.
    const auto there = writer.find("SELECT id FROM user_progress WHERE user_id = ? AND topic_id = ?", user, topic);
    if (!there) {
        writer.insert("user_progress", row);
        return;
    }
    if (writer.find("SELECT 1 FROM user_progress WHERE id = ? AND total_submissions > ?", *there,
                    row.value("total_submissions", 0)))
        return;
    Json values = row;
    for (const char *kept : {"id", "user_id", "topic_id", "created_at"})
        values.erase(kept);
    writer.change("user_progress", *there, values);
}

} // namespace

Json figuresOf(const progress::Judgement &judgement)
{
    Json rows = Json::array();
    const auto add = [&](const char *table, Json row) { rows.push_back({{"table", table}, {"row", std::move(row)}}); };
    // A problem without a topic adds to no topic's progress.
    if (!judgement.userProgress.topicId.empty())
        add("user_progress", progress::userProgressJson(judgement.userProgress));
    for (const progress::UserBadgeRow &row : judgement.userBadges)
        add("user_badges", progress::userBadgeJson(row));
    add("users", {{"id", judgement.submission.userId}, {"problems_solved", judgement.usersProblemsSolved}});
    return rows;
}

void layFigures(TrackedWriter &writer, const std::string &table, const Json &row)
{
    if (table == "user_progress") {
        layProgress(writer, row);
    } else if (table == "user_badges") {
        if (writer.has("badges", row.value("badge_id", "")))
            writer.insert(table, row);
    } else if (table == "users") {
        const std::string user = row.value("id", "");
        const int solved = row.value("problems_solved", 0);
        if (!writer.find("SELECT 1 FROM users WHERE id = ? AND problems_solved > ?", user, solved))
            writer.change(table, user, {{"problems_solved", solved}});
    }
}

} // namespace sqlgym::cache
