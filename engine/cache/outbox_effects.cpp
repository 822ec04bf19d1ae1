#include "cache/outbox_effects.h"

#include "base/timestamp.h"
#include "cache/figures.h"
#include "cache/rows.h"

#include <algorithm>
#include <array>

namespace sqlgym::cache {
namespace {

using Json = nlohmann::json;

struct Effect {
    TrackedWriter &writer;
    const Operation &operation;

    std::string text(const char *name) const
    {
        const auto found = operation.payload.find(name);
        return found != operation.payload.end() && found->is_string() ? found->get<std::string>() : std::string();
    }
    Json value(const char *name) const
    {
        const auto found = operation.payload.find(name);
        return found != operation.payload.end() ? *found : Json();
    }
    std::string now() const { return base::timestampText(operation.at); }
    /// The row that an operation without one of its own is about.
    std::string about() const { return text("id").empty() ? operation.id : text("id"); }
};

/// Those who answer a comment go before it.
void removeComment(TrackedWriter &writer, const std::string &id)
{
    while (const auto last = writer.find(R"sql(
        WITH RECURSIVE tree (id, depth) AS (SELECT ?1, 0 UNION ALL
            SELECT c.id, t.depth + 1 FROM post_comments c JOIN tree t ON c.parent_id = t.id)
        SELECT t.id FROM tree t JOIN post_comments c ON c.id = t.id ORDER BY t.depth DESC LIMIT 1)sql",
                                         id)) {
        if (!writer.remove("post_comments", *last))
            return;
    }
}

void removePost(TrackedWriter &writer, const std::string &id)
{
    while (const auto like = writer.find("SELECT id FROM post_likes WHERE post_id = ? LIMIT 1", id)) {
        if (!writer.remove("post_likes", *like))
            return;
    }
    while (const auto comment =
               writer.find("SELECT id FROM post_comments WHERE post_id = ? AND parent_id IS NULL LIMIT 1", id)) {
        removeComment(writer, *comment);
        if (writer.failure())
            return;
    }
    writer.remove("community_posts", id);
}

bool createPost(const Effect &e)
{
    // A problem that is not here: the post is shown all the same.
    const std::string problem = e.text("problem_id");
    const bool known = !problem.empty() && e.writer.has("problems", problem);
    e.writer.insert("community_posts", {{"id", e.operation.id},
                                        {"user_id", e.operation.userId},
                                        {"problem_id", known ? Json(problem) : Json()},
                                        {"content", e.text("content")},
                                        {"code_snippet", e.value("code_snippet")},
                                        {"created_at", e.now()},
                                        {"updated_at", e.now()}});
    return true;
}

bool editPost(const Effect &e)
{
    return e.writer.change(
        "community_posts", e.about(),
        {{"content", e.text("content")}, {"code_snippet", e.value("code_snippet")}, {"updated_at", e.now()}});
}

bool deletePost(const Effect &e)
{
    if (!e.writer.has("community_posts", e.about()))
        return false;
    removePost(e.writer, e.about());
    return true;
}

bool createComment(const Effect &e)
{
    const std::string post = e.text("post_id");
    const std::string parent = e.text("parent_id");
    if (!e.writer.has("community_posts", post))
        return false;
    if (!parent.empty() && !e.writer.find("SELECT 1 FROM post_comments WHERE id = ? AND post_id = ?", parent, post))
        return false;
    if (e.writer.insert("post_comments", {{"id", e.operation.id},
                                          {"user_id", e.operation.userId},
                                          {"post_id", post},
                                          {"parent_id", parent.empty() ? Json() : Json(parent)},
                                          {"content", e.text("content")},
                                          {"created_at", e.now()}}))
        e.writer.add("community_posts", post, "comments", 1);
    return true;
}

// One that others answered keeps its place, without its words.
bool deleteComment(const Effect &e)
{
    const std::string id = e.about();
    const auto post = e.writer.find("SELECT post_id FROM post_comments WHERE id = ?", id);
    if (!post)
        return false;
    if (e.writer.find("SELECT 1 FROM post_comments WHERE parent_id = ?", id))
        return e.writer.change("post_comments", id, {{"content", "[deleted]"}});
    if (e.writer.remove("post_comments", id))
        e.writer.add("community_posts", *post, "comments", -1);
    return true;
}

bool likePost(const Effect &e)
{
    const std::string post = e.text("post_id");
    if (!e.writer.has("community_posts", post))
        return false;
    if (e.writer.insert(
            "post_likes",
            {{"id", e.operation.id}, {"user_id", e.operation.userId}, {"post_id", post}, {"created_at", e.now()}}))
        e.writer.add("community_posts", post, "likes", 1);
    return true;
}

bool unlikePost(const Effect &e)
{
    const std::string post = e.text("post_id");
    const auto like =
        e.writer.find("SELECT id FROM post_likes WHERE user_id = ? AND post_id = ?", e.operation.userId, post);
    if (like && e.writer.remove("post_likes", *like))
        e.writer.add("community_posts", post, "likes", -1);
    return true;
}

bool follow(const Effect &e)
{
    const std::string whom = e.text("user_id");
    if (!e.writer.has("users", whom))
        return false;
    e.writer.insert(
        "followers",
        {{"id", e.operation.id}, {"follower_id", e.operation.userId}, {"following_id", whom}, {"created_at", e.now()}});
    return true;
}

bool unfollow(const Effect &e)
{
    const auto row = e.writer.find("SELECT id FROM followers WHERE follower_id = ? AND following_id = ?",
                                   e.operation.userId, e.text("user_id"));
    if (row)
        e.writer.remove("followers", *row);
    return true;
}

bool addLink(const Effect &e)
{
    e.writer.insert("helpful_links", {{"id", e.operation.id},
                                      {"user_id", e.operation.userId},
                                      {"title", e.text("title")},
                                      {"url", e.text("url")},
                                      {"created_at", e.now()}});
    return true;
}

bool deleteLink(const Effect &e) { return e.writer.remove("helpful_links", e.about()); }

bool addSolution(const Effect &e)
{
    const std::string problem = e.text("problem_id");
    if (!e.writer.has("problems", problem))
        return false;
    e.writer.insert("solutions", {{"id", e.operation.id},
                                  {"problem_id", problem},
                                  {"created_by", e.operation.userId},
                                  {"title", e.text("title")},
                                  {"content", e.text("content")},
                                  {"sql_code", e.text("sql_code")},
                                  {"created_at", e.now()},
                                  {"updated_at", e.now()}});
    return true;
}

bool editSolution(const Effect &e)
{
    return e.writer.change("solutions", e.about(),
                           {{"title", e.text("title")},
                            {"content", e.text("content")},
                            {"sql_code", e.text("sql_code")},
                            {"updated_at", e.now()}});
}

bool deleteSolution(const Effect &e) { return e.writer.remove("solutions", e.about()); }

/// Votes are counted from the row's own, so that one that the server has counted already is not counted twice.
bool markSolution(const Effect &e)
{
    const std::string solution = e.text("solution_id");
    if (!e.writer.has("solutions", solution))
        return false;
    if (!e.writer.has("solution_marks", solution))
        e.writer.insert("solution_marks", {{"id", solution}, {"failing", ""}}); // the server has not told of it
    Json marks = Json::object();
    if (e.value("bookmark").is_boolean())
        marks["bookmark"] = e.value("bookmark").get<bool>() ? 1 : 0;
    if (e.value("vote").is_number_integer())
        marks["vote"] = e.value("vote");
    const auto vote = e.writer.find("SELECT vote FROM solution_marks WHERE id = ?", solution).value_or("0");
    const auto counted = [&](const char *of) { return vote == of ? 1 : 0; };
    if (marks.contains("vote")) {
        e.writer.add("solution_marks", solution, "up", (marks["vote"] == 1 ? 1 : 0) - counted("1"));
        e.writer.add("solution_marks", solution, "down", (marks["vote"] == -1 ? 1 : 0) - counted("-1"));
    }
    if (!marks.empty())
        e.writer.change("solution_marks", solution, marks);
    return true;
}

/// Marks that the payload leaves out or null stay as they are; a vote one way ends one the other way.
bool setInteraction(const Effect &e)
{
    const std::string problem = e.text("problem_id");
    if (!e.writer.has("problems", problem))
        return false;
    const auto mark = [&](const char *name) { return e.value(name); };
    Json marks = Json::object();
    for (const char *name : {"bookmark", "upvote", "downvote"}) {
        if (mark(name).is_boolean())
            marks[name] = mark(name).get<bool>() ? 1 : 0;
    }
    if (mark("upvote") == true)
        marks["downvote"] = 0;
    else if (mark("downvote") == true)
        marks["upvote"] = 0;
    marks["updated_at"] = e.now();
    const auto row = e.writer.find("SELECT id FROM problem_interactions WHERE user_id = ? AND problem_id = ?",
                                   e.operation.userId, problem);
    if (row)
        return e.writer.change("problem_interactions", *row, marks);
    marks.update(
        {{"id", e.operation.id}, {"user_id", e.operation.userId}, {"problem_id", problem}, {"created_at", e.now()}});
    e.writer.insert("problem_interactions", marks);
    return true;
}

bool changeProfile(const Effect &e)
{
    Json values = {{"updated_at", e.now()}};
    values.update(e.value("changes"));
    return e.writer.change("users", e.operation.userId, values);
}

bool setLeaderboard(const Effect &e)
{
    const std::string visible = e.value("visible") == true ? "1" : "0";
    if (!e.writer.has("sync_state", "leaderboard"))
        e.writer.insert("sync_state", {{"key", "leaderboard"}, {"value", visible}});
    else
        e.writer.change("sync_state", "leaderboard", {{"value", visible}});
    return true;
}

/// What grew here stays grown: the server keeps the larger number too.
bool recordSession(const Effect &e)
{
    const std::string id = e.about();
    const std::string problem = e.text("problem_id");
    const Json given = e.value("seconds");
    const int seconds = given.is_number_integer() ? given.get<int>() : 0;
    if (!e.writer.has("problems", problem))
        return false;
    const std::string now = base::timestampTzText(e.operation.at);
    const auto known =
        e.writer.find("SELECT coalesce(total_time_spent_seconds, 0) FROM problem_sessions WHERE id = ?", id);
    if (known && std::stoi(*known) < seconds)
        e.writer.change("problem_sessions", id, {{"total_time_spent_seconds", seconds}, {"updated_at", now}});
    else if (!known)
        e.writer.insert("problem_sessions", {{"id", id},
                                             {"user_id", e.operation.userId},
                                             {"problem_id", problem},
                                             {"total_time_spent_seconds", seconds},
                                             {"created_at", now},
                                             {"updated_at", now}});
    return true;
}

bool hide(const Effect &e)
{
    const std::string target = e.text("target_id");
    const std::string kind = e.text("kind");
    if (kind == "post")
        removePost(e.writer, target);
    else if (kind == "comment")
        removeComment(e.writer, target);
    else if (kind == "link")
        e.writer.remove("helpful_links", target);
    else if (kind == "solution")
        e.writer.remove("solutions", target);
    if (kind != "user")
        return true;
    while (const auto post = e.writer.find("SELECT id FROM community_posts WHERE user_id = ? LIMIT 1", target)) {
        removePost(e.writer, *post);
        if (e.writer.failure())
            break;
    }
    while (const auto comment = e.writer.find("SELECT id FROM post_comments WHERE user_id = ? LIMIT 1", target)) {
        removeComment(e.writer, *comment);
        if (e.writer.failure())
            break;
    }
    while (const auto link = e.writer.find("SELECT id FROM helpful_links WHERE user_id = ? LIMIT 1", target)) {
        if (!e.writer.remove("helpful_links", *link))
            break;
    }
    return true;
}

/// What the server told of the submission meanwhile stays.
bool submit(const Effect &e)
{
    if (!e.writer.has("problems", e.text("problem_id")))
        return false;
    for (const Json &each : e.operation.made) {
        const std::string table = each.value("table", "");
        const Json row = each.value("row", Json::object());
        if (table == "user_progress" || table == "user_badges" || table == "users")
            layFigures(e.writer, table, row);
        else if (table != "execution_results" || e.writer.has("test_cases", row.value("test_case_id", "")))
            e.writer.insert(table, row);
    }
    return true;
}

/// Facts that stay as they are here, and what has nothing to show.
bool nothing(const Effect &) { return true; }

struct Kind {
    const char *name;
    bool (*effect)(const Effect &);
};

constexpr std::array kKinds = {
    Kind{"submit", submit},
    Kind{"create_post", createPost},
    Kind{"edit_post", editPost},
    Kind{"delete_post", deletePost},
    Kind{"create_comment", createComment},
    Kind{"delete_comment", deleteComment},
    Kind{"like_post", likePost},
    Kind{"unlike_post", unlikePost},
    Kind{"follow", follow},
    Kind{"unfollow", unfollow},
    Kind{"add_link", addLink},
    Kind{"delete_link", deleteLink},
    Kind{"add_solution", addSolution},
    Kind{"edit_solution", editSolution},
    Kind{"delete_solution", deleteSolution},
    Kind{"mark_solution", markSolution},
    Kind{"set_interaction", setInteraction},
    Kind{"change_profile", changeProfile},
    Kind{"set_leaderboard", setLeaderboard},
    Kind{"record_session", recordSession},
    Kind{"hide", hide},
    Kind{"use_hint", nothing},
    Kind{"give_up", nothing},
    Kind{"report", nothing},
};

} // namespace

std::vector<std::string> operationKinds()
{
    std::vector<std::string> names;
    for (const Kind &kind : kKinds)
        names.emplace_back(kind.name);
    return names;
}

bool applyEffect(TrackedWriter &writer, const Operation &operation)
{
    const auto kind = std::ranges::find_if(kKinds, [&](const Kind &each) { return operation.kind == each.name; });
    if (kind == kKinds.end() || !operation.payload.is_object())
        return false;
    try {
        return kind->effect({writer, operation}) && !writer.failure();
    } catch (const Json::exception &) {
        return false; // a payload or a row that this program did not write
    }
}

base::Result<Json> rowsOfSubmission(sqlite::Database &database, std::string_view id)
{
    Json rows = Json::array();
    const auto add = [&](const char *table, std::string_view key) -> base::Result<void> {
        auto row = readRow(database, table, key);
        if (!row)
            return row.error();
        if (!row->is_null())
            rows.push_back({{"table", table}, {"row", std::move(*row)}});
        return {};
    };
    auto done = add("submissions", id);
    if (done)
        done = add("problem_submissions", id);
    auto results = select(
        database, "SELECT id FROM execution_results WHERE submission_id = ?",
        [](sqlite::Statement &row) { return row.string(0); }, id);
    if (!results)
        return results.error();
    for (const std::string &result : *results) {
        if (done)
            done = add("execution_results", result);
    }
    if (!done)
        return done.error();
    return rows;
}

} // namespace sqlgym::cache
