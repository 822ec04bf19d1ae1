// sqlgymctl progress: where a learner stands, on a server or in the profile.
#include "client/retry.h"
#include "client/standing.h"
#include "command.h"
#include "interrupt.h"
#include "local_standing.h"
#include "online.h"
#include "profile_cache.h"
#include "text_table.h"

#include <CLI/CLI.hpp>

#include <iostream>

#include <nlohmann/json.hpp>

namespace sqlgym::ctl {

namespace {

using Json = nlohmann::ordered_json;

std::string standingJson(const client::Standing &standing)
{
    Json topics = Json::array();
    for (const auto &each : standing.topics)
        topics.push_back({{"topic", each.topic},
                          {"problems", each.problems},
                          {"attempted", each.attempted},
                          {"solved", each.solved},
                          {"submissions", each.submissions},
                          {"xp", each.points}});
    Json badges = Json::array();
    for (const auto &each : standing.badges)
        badges.push_back({{"badge", each.name},
                          {"description", each.description},
                          {"xp", each.points},
                          {"earned_at", each.earnedAt.empty() ? Json(nullptr) : Json(each.earnedAt)}});
    const Json json = {
        {"user", standing.username}, {"solved", standing.solved},
        {"xp", standing.points},     {"streak", {{"days", standing.streak}, {"longest", standing.longestStreak}}},
        {"topics", topics},          {"badges", badges}};
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string days(int count) { return std::to_string(count) + (count == 1 ? " day" : " days"); }

std::string standingText(const client::Standing &standing)
{
    std::string out = standing.username + ": " + std::to_string(standing.points) + " XP, " +
                      std::to_string(standing.solved) + " solved, streak " + days(standing.streak) + " (longest " +
                      days(standing.longestStreak) + ")\n\n";
    std::vector<std::vector<std::string>> rows{{"Topic", "Solved", "Submissions", "XP"}};
    for (const auto &each : standing.topics)
        rows.push_back({each.topic, std::to_string(each.solved) + " of " + std::to_string(each.problems),
                        std::to_string(each.submissions), std::to_string(each.points)});
    out += textTable(rows) + "\n";
    rows = {{"Badge", "Earned", ""}};
    for (const auto &each : standing.badges)
        rows.push_back({each.name, each.earnedAt.empty() ? "not yet" : each.earnedAt.substr(0, 10), each.description});
    return out + textTable(rows);
}

base::Result<client::Standing> standingOf(const OnlineOptions &options, const Global &global,
                                          const base::CancelToken &cancel)
{
    if (global.dsn.empty()) {
        auto cache = openProfileCache(global);
        return cache ? localStanding(**cache) : base::Result<client::Standing>(cache.error());
    }
    auto online = signedIn(global, options, cancel);
    if (!online)
        return online.error();
    return client::withRetries<client::Standing>(3, cancel, [&] { return client::standing(*online->gateway); });
}

int progress(const OnlineOptions &options, const Global &global)
{
    Interrupt interrupt;
    const auto standing = standingOf(options, global, interrupt.token());
    if (!standing)
        return failed("progress", standing.error());
    std::cout << (options.json ? standingJson(*standing) : standingText(*standing)) << std::flush;
    return std::cout ? kDone : kFailed;
}

} // namespace

void addProgressCommand(CLI::App &app, const Global &global, int &exitCode)
{
    auto options = std::make_shared<OnlineOptions>();
    CLI::App *command = app.add_subcommand(
        "progress", "Topics, XP, badges and streak: on the server, or without --dsn those of the profile");
    addOnlineOptions(*command, *options);
    command->footer(
        "The server is that of --dsn, or SQLGYM_DSN.\nExit codes: 0 done, 2 wrong usage, 3 failed or not signed in.");
    command->callback([options, &global, &exitCode] { exitCode = progress(*options, global); });
}

} // namespace sqlgym::ctl
