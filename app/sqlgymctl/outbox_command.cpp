// sqlgymctl outbox: what was written here and is not done at the server yet; to be tried again or discarded.
#include "base/timestamp.h"
#include "cache/cache.h"
#include "client/trouble.h"
#include "command.h"
#include "online.h"
#include "profile_cache.h"
#include "text_table.h"

#include <CLI/CLI.hpp>

#include <iostream>

#include <nlohmann/json.hpp>

namespace sqlgym::ctl {

namespace {

using Json = nlohmann::ordered_json;
using cache::OutboxEntry;
using cache::OutboxState;

struct Options {
    std::string id;
    bool json = false;
};

/// Nothing is kept in memory here: what cannot be written is said.
base::Result<std::unique_ptr<cache::Cache>> openProfile(const Global &global)
{
    auto opened = cache::Cache::open(databaseFile(global));
    if (opened && !(*opened)->report().sentence.empty())
        std::cerr << "sqlgymctl: " << (*opened)->report().sentence << '\n';
    return opened;
}

const char *stateWord(const OutboxEntry &entry)
{
    if (entry.state == OutboxState::Pending)
        return "waiting";
    return entry.state == OutboxState::Rejected ? "refused" : "sent";
}

/// What tells one entry from the next: words of the learner's, else what it is about.
std::string about(const OutboxEntry &entry)
{
    constexpr std::size_t kMost = 40;
    const Json payload = Json::parse(entry.payloadJson, nullptr, false);
    if (!payload.is_object())
        return {};
    for (const char *name :
         {"query", "content", "title", "first_name", "problem_id", "post_id", "user_id", "target_id"}) {
        const auto found = payload.find(name);
        if (found == payload.end() || !found->is_string())
            continue;
        std::string text = client::plainText(found->get<std::string>());
        if (text.size() <= kMost)
            return text;
        std::size_t end = kMost;
        while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80)
            --end;
        return text.substr(0, end) + "...";
    }
    return {};
}

Json entryJson(const OutboxEntry &entry)
{
    const Json payload = Json::parse(entry.payloadJson, nullptr, false);
    return {{"id", entry.id},
            {"kind", entry.kind},
            {"state", stateWord(entry)},
            {"tries", entry.tries},
            {"written_at", base::timestampTzText(entry.createdAt)},
            {"reason", entry.lastError.empty() ? Json(nullptr) : Json(client::plainText(entry.lastError))},
            {"blocked_by", entry.blockedBy.empty() ? Json(nullptr) : Json(entry.blockedBy)},
            {"arguments", payload.is_discarded() ? Json(nullptr) : payload}};
}

std::string entriesText(const std::vector<OutboxEntry> &entries)
{
    std::vector<std::vector<std::string>> rows{{"Id", "Kind", "State", "Written", "About"}};
    for (const OutboxEntry &entry : entries)
        rows.push_back(
            {entry.id, entry.kind, stateWord(entry), base::timestampText(entry.createdAt).substr(0, 16), about(entry)});
    std::string text = textTable(rows);
    for (const OutboxEntry &entry : entries) {
        if (!entry.lastError.empty())
            text += "\n" + entry.id + ": " + client::plainText(entry.lastError) + "\n";
    }
    return text;
}

int list(const Options &options, const Global &global)
{
    auto cache = openProfile(global);
    if (!cache)
        return failed("outbox", cache.error());
    const auto entries = (*cache)->outbox().entries();
    if (!entries)
        return failed("outbox", entries.error());
    if (options.json) {
        Json all = Json::array();
        for (const OutboxEntry &entry : *entries)
            all.push_back(entryJson(entry));
        std::cout << all.dump(2, ' ', false, Json::error_handler_t::replace) << '\n';
    } else {
        std::cout << (entries->empty() ? "Nothing waits.\n" : entriesText(*entries));
    }
    return std::cout.flush() ? kDone : kFailed;
}

/// A refusal of the outbox's own is a negative answer.
int answered(const base::Error &error)
{
    const int code = failed("outbox", error);
    return error.code == "unknown_entry" || error.code == "in_flight" ? kNegative : code;
}

int retry(const Options &options, const Global &global)
{
    auto cache = openProfile(global);
    if (!cache)
        return failed("outbox", cache.error());
    if (auto done = (*cache)->outbox().retry(options.id); !done)
        return answered(done.error());
    if (options.json)
        std::cout << Json{{"id", options.id}, {"state", "waiting"}}.dump(2) << '\n';
    else
        std::cout << "It waits again, and is sent at the next sqlgymctl sync.\n";
    return std::cout.flush() ? kDone : kFailed;
}

int discard(const Options &options, const Global &global)
{
    auto cache = openProfile(global);
    if (!cache)
        return failed("outbox", cache.error());
    const auto gone = (*cache)->outbox().discard(options.id);
    if (!gone)
        return answered(gone.error());
    if (options.json)
        std::cout << Json{{"id", options.id}, {"discarded", *gone}}.dump(2) << '\n';
    else if (*gone > 1)
        std::cout << "Discarded, with " << *gone - 1 << " that hung on it.\n";
    else
        std::cout << "Discarded.\n";
    return std::cout.flush() ? kDone : kFailed;
}

} // namespace

void addOutboxCommand(CLI::App &app, const Global &global, int &exitCode)
{
    auto options = std::make_shared<Options>();
    CLI::App *command = app.add_subcommand("outbox", "What was written here and is not done at the server yet");
    command->require_subcommand(0, 1);
    command->add_flag("--json", options->json, "Print JSON");
    command->footer("Without a subcommand it lists. sqlgymctl sync sends what waits.\n"
                    "Exit codes: 0 done, 1 no such entry, or one that was sent without an answer yet, 2 wrong usage, 3 "
                    "failed.");
    command->add_subcommand("list", "All entries, in the order in which they were written");
    const auto withId = [&](const char *name, const char *help) {
        CLI::App *each = command->add_subcommand(name, help);
        each->add_option("ID", options->id, "The entry's id, as list shows it")->required();
        return each;
    };
    CLI::App *retries = withId("retry", "Send one that was refused again, and what hangs on it");
    CLI::App *discards = withId("discard", "Take one out, with what it shows here and what hangs on it");
    for (CLI::App *each : command->get_subcommands({}))
        each->add_flag("--json", options->json, "Print JSON");
    command->callback([options, &global, &exitCode, retries, discards] {
        const auto work = retries->parsed() ? retry : discards->parsed() ? discard : list;
        exitCode = work(*options, global);
    });
}

} // namespace sqlgym::ctl
