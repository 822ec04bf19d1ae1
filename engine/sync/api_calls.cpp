#include "sync/api_calls.h"

#include "client/trouble.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <sstream>

namespace sqlgym::sync {
namespace {

using Json = nlohmann::json;

/// Arguments in the function's order, with their types where they are not text.
struct Function {
    const char *name;
    const char *arguments;
};

constexpr std::array kFunctions = {
    Function{"submit", "id problem_id query written_at:timestamptz"},
    Function{"give_up", "id problem_id"},
    Function{"create_post", "id problem_id content code_snippet"},
    Function{"edit_post", "id content code_snippet"},
    Function{"delete_post", "id"},
    Function{"create_comment", "id post_id parent_id content"},
    Function{"delete_comment", "id"},
    Function{"like_post", "id post_id"},
    Function{"unlike_post", "post_id"},
    Function{"follow", "id user_id"},
    Function{"unfollow", "user_id"},
    Function{"add_link", "id title url"},
    Function{"delete_link", "id"},
    Function{"set_interaction", "id problem_id bookmark:boolean upvote:boolean downvote:boolean"},
    Function{"change_profile", "changes:jsonb"},
    Function{"add_solution", "id problem_id title content sql_code"},
    Function{"edit_solution", "id title content sql_code"},
    Function{"delete_solution", "id"},
    Function{"mark_solution", "solution_id vote:integer bookmark:boolean"},
    Function{"record_session", "id problem_id seconds:integer completed:boolean"},
    Function{"use_hint", "id problem_id level:integer"},
    Function{"report", "id kind target_id reason"},
    Function{"hide", "id kind target_id"},
    Function{"set_leaderboard", "visible:boolean"},
};

base::Error unknown(const std::string &kind)
{
    return client::makeError(client::Trouble::Refused, "This version of SQLGym cannot send it (" +
                                                           client::plainText(kind) +
                                                           "). Update SQLGym, or discard it.");
}

std::optional<std::string> textOf(const Json &value)
{
    if (value.is_null())
        return std::nullopt;
    if (value.is_boolean())
        return value.get<bool>() ? "t" : "f";
    return value.is_string() ? value.get<std::string>() : value.dump();
}

} // namespace

client::Values ApiCall::values() const
{
    client::Values values;
    for (const auto &argument : arguments)
        values.push_back(argument ? argument->c_str() : nullptr);
    return values;
}

base::Result<ApiCall> apiCall(const cache::OutboxEntry &entry)
{
    const auto *const function =
        std::ranges::find_if(kFunctions, [&](const Function &each) { return entry.kind == each.name; });
    const Json payload = Json::parse(entry.payloadJson, nullptr, false);
    if (function == kFunctions.end() || !payload.is_object())
        return unknown(entry.kind);
    ApiCall call;
    std::istringstream arguments(function->arguments);
    std::string list;
    for (std::string argument; arguments >> argument;) {
        const std::size_t colon = argument.find(':');
        const std::string name = argument.substr(0, colon);
        const auto given = payload.find(name);
        if (given != payload.end())
            call.arguments.push_back(textOf(*given));
        else
            call.arguments.push_back(name == "id" ? std::optional(entry.id) : std::nullopt);
        list += (list.empty() ? "$" : ", $") + std::to_string(call.arguments.size());
        if (colon != std::string::npos)
            list += "::" + argument.substr(colon + 1);
    }
    // Snapshots from the second number on hold what the call did, or what made it needless.
    call.sql = std::string("SELECT api.") + function->name + "(" + list +
               "), GREATEST(pg_current_xact_id_if_assigned()::text::bigint + 1, "
               "pg_snapshot_xmax(pg_current_snapshot())::text::bigint)";
    return call;
}

} // namespace sqlgym::sync
