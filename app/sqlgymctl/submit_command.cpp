// sqlgymctl submit: a query handed in for the server's verdict.
#include "base/uuid.h"
#include "cache/cache.h"
#include "client/retry.h"
#include "client/submission.h"
#include "command.h"
#include "content/names.h"
#include "interrupt.h"
#include "online.h"
#include "profile_cache.h"
#include "read_file.h"
#include "text_table.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <iostream>

#include <nlohmann/json.hpp>

namespace sqlgym::ctl {

namespace {

using Json = nlohmann::ordered_json;

struct Options {
    OnlineOptions online;
    std::string problem;
    std::string file;
    std::string id; ///< empty = a new one
    bool wait = false;
    int timeoutSeconds = 300;
};

bool isUuid(const std::string &text)
{
    if (text.size() != 36)
        return false;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const bool dash = at == 8 || at == 13 || at == 18 || at == 23;
        if (dash ? text[at] != '-' : !std::isxdigit(static_cast<unsigned char>(text[at])))
            return false;
    }
    return true;
}

std::string lower(std::string text)
{
    std::ranges::transform(text, text.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text;
}

const char *wordOf(const std::string &outcome)
{
    if (outcome == "match")
        return "right";
    return outcome == "unsupported" || outcome == "cancelled" || outcome == "failed" ? "?" : "WRONG";
}

std::string verdictText(const client::Judgement &verdict)
{
    std::string out = verdict.sentence + " (by the server)\n";
    std::vector<std::vector<std::string>> rows;
    for (const client::TestJudgement &test : verdict.tests)
        rows.push_back({std::to_string(rows.size() + 1), wordOf(test.outcome), test.name, test.hidden ? "hidden" : "",
                        test.outcome == "match" && test.hidden ? "" : test.sentence});
    return out + (rows.empty() ? "" : textTable(rows));
}

std::string verdictJson(const client::Judgement &verdict, const std::string &problem)
{
    Json json = {{"id", verdict.id}, {"problem", problem}, {"status", verdict.status}};
    if (verdict.decided()) {
        json["correct"] = verdict.correct;
        json["sentence"] = verdict.sentence;
        json["execution_time_ms"] = verdict.elapsedMs ? Json(*verdict.elapsedMs) : Json(nullptr);
        json["tests"] = Json::array();
        for (const client::TestJudgement &test : verdict.tests)
            json["tests"].push_back(
                {{"name", test.name}, {"hidden", test.hidden}, {"outcome", test.outcome}, {"sentence", test.sentence}});
    }
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

/// What to type to have the same submission again, and never a second one.
std::string again(const Options &options, const std::string &id)
{
    return "sqlgymctl submit " + options.problem + " " + options.file + " --id " + id + " --wait";
}

int told(const Options &options, const client::Judgement &verdict, const std::string &problem)
{
    if (options.online.json)
        std::cout << verdictJson(verdict, problem);
    else if (verdict.decided())
        std::cout << verdictText(verdict);
    else
        std::cout << "Submitted as " << verdict.id << ".\n";
    if (!std::cout.flush())
        return kFailed;
    if (!options.wait)
        return kDone;
    if (!verdict.decided()) {
        std::cerr << "sqlgymctl submit: there is no verdict yet; it waits at the server. Ask again with: "
                  << again(options, verdict.id) << '\n';
        return kFailed;
    }
    if (!verdict.judged)
        return kFailed;
    return verdict.correct ? kDone : kNegative;
}

/// What may be mended by waiting is kept in the profile's outbox, and sent from there under the same id.
int keptForLater(const Options &options, const Global &global, const std::string &id, const std::string &problem,
                 const std::string &query, const base::Error &why)
{
    const int code = failed("submit", why);
    if (!why.transient || code == kInterrupted)
        return code;
    auto cache = cache::Cache::open(databaseFile(global));
    const auto kept = cache ? (*cache)->progress().submitLater(id, problem, query) : cache.error();
    if (!kept) {
        std::cerr << "sqlgymctl submit: It could not be kept for later: " << kept.error().message
                  << "\nTo try again without submitting twice: " << again(options, id) << '\n';
        return code;
    }
    if (options.online.json)
        std::cout << Json{{"id", id}, {"problem", problem}, {"status", "waiting"}}.dump(2) << '\n';
    else
        std::cout << "It waits in the outbox as " << id << " and is sent at the next sqlgymctl sync.\n";
    std::cout.flush();
    return code;
}

int submit(const Options &options, const Global &global)
{
    Interrupt interrupt;
    const auto query = readFile(options.file);
    if (interrupt.happened())
        return kInterrupted;
    if (!query)
        return failed("submit", query.error());
    const std::string id = options.id.empty() ? base::randomUuid() : lower(options.id);
    const std::string problem = isUuid(options.problem) ? lower(options.problem) : content::problemId(options.problem);
    auto online = signedIn(global, options.online, interrupt.token());
    if (!online)
        return keptForLater(options, global, id, problem, *query, online.error());
    client::Gateway &gateway = *online->gateway;
    const auto sent =
        client::withRetries<void>(5, interrupt.token(), [&] { return client::submit(gateway, id, problem, *query); });
    if (!sent) {
        const int code = keptForLater(options, global, id, problem, *query, sent.error());
        if (code == kInterrupted)
            std::cerr << "It may have arrived. To try again without submitting twice: " << again(options, id) << '\n';
        return code;
    }
    client::Judgement pending;
    pending.id = id;
    pending.status = "pending";
    if (!options.wait)
        return told(options, pending, problem);
    const auto verdict = client::awaitJudgement(gateway, id, options.timeoutSeconds * 1000, interrupt.token());
    if (!verdict) {
        const int code = failed("submit", verdict.error());
        std::cerr << "It is submitted. Ask for the verdict with: " << again(options, id) << '\n';
        return code;
    }
    return told(options, *verdict, problem);
}

} // namespace

void addSubmitCommand(CLI::App &app, const Global &global, int &exitCode)
{
    auto options = std::make_shared<Options>();
    CLI::App *command = app.add_subcommand("submit", "Hand in a query for the server's verdict");
    command->add_option("PROBLEM", options->problem, "The problem's slug or id")->required();
    command->add_option("FILE", options->file, "A file with the query; - reads standard input")->required();
    command->add_flag("--wait", options->wait, "Wait for the verdict and print it");
    command->add_option("--timeout", options->timeoutSeconds, "Seconds to wait for it at most (300)")
        ->check(CLI::Range(1, 86'400));
    command->add_option("--id", options->id, "The submission's UUID: the same again is not submitted twice")
        ->check([](const std::string &text) { return isUuid(text) ? std::string() : "not a UUID: " + text; });
    addOnlineOptions(*command, options->online);
    command->footer("The server is that of --dsn, or SQLGYM_DSN.\nExit codes: 0 submitted (with --wait: accepted), 1 "
                    "wrong or refused, 2 wrong usage, 3 no verdict; a server that cannot be reached leaves it in the "
                    "outbox (3).");
    command->callback([options, &global, &exitCode] { exitCode = submit(*options, global); });
}

} // namespace sqlgym::ctl
