// sqlgymctl server: an SQLGym server made, moved forward, looked at and filled.
#include "command.h"
#include "content/pack.h"
#include "server/deployment.h"
#include "server/pack_import.h"

#include <CLI/CLI.hpp>

#include <functional>
#include <iostream>

#include <nlohmann/json.hpp>

namespace sqlgym::ctl {

namespace {

using Json = nlohmann::ordered_json;

struct Options {
    std::string folder;
    std::string user;
    bool json = false;
};

int failed(const base::Error &error)
{
    std::cerr << "sqlgymctl server: " << error.message << '\n';
    const bool answer = error.domain == "server" && error.code != "too_old";
    return answer || error.code == "bad_pack" ? kNegative : kFailed;
}

void print(const Json &json) { std::cout << json.dump(2, ' ', false, Json::error_handler_t::replace) << '\n'; }

int withServer(const Global &global, const std::function<int(server::Session &)> &work)
{
    if (global.dsn.empty()) {
        std::cerr << "sqlgymctl server: which server? Give --dsn or set SQLGYM_DSN.\n";
        return kUsage;
    }
    auto session = server::Session::open(global.dsn);
    return session ? work(*session) : failed(session.error());
}

int deployed(const base::Result<server::DeployReport> &report, const Options &options)
{
    if (!report)
        return failed(report.error());
    if (options.json) {
        Json weaker = Json::array();
        for (const auto &each : report->weaker)
            weaker.push_back({{"purpose", each.purpose}, {"reason", each.reason}});
        print({{"from", report->from}, {"version", report->to}, {"weaker", weaker}});
        return kDone;
    }
    if (report->from == report->to)
        std::cout << "The server is at version " << report->to << " already.\n";
    else
        std::cout << "The server is at version " << report->to << " now.\n";
    for (const auto &each : report->weaker)
        std::cerr << "Not allowed here, so weaker: " << each.purpose << " (" << each.reason << ")\n";
    return kDone;
}

int showStatus(server::Session &session, const Options &options)
{
    const auto state = server::status(session);
    if (!state)
        return failed(state.error());
    if (options.json) {
        Json lints = Json::array();
        for (const auto &each : state->lints)
            lints.push_back({{"lint", each.lint}, {"object", each.object}});
        print({{"version", state->version},
               {"known", state->known},
               {"postgresql", state->postgres},
               {"users", state->users},
               {"problems", state->problems},
               {"waiting", state->waiting},
               {"judges", state->judges},
               {"lints", lints}});
    } else {
        std::cout << "Version " << state->version
                  << (state->version < state->known ? " (this program brings " + std::to_string(state->known) + ")"
                                                    : "")
                  << " on PostgreSQL " << state->postgres << "\nUsers " << state->users << ", problems "
                  << state->problems << ", submissions waiting " << state->waiting << ", judges alive " << state->judges
                  << '\n';
        for (const auto &each : state->lints)
            std::cout << "Weak: " << each.lint << ": " << each.object << '\n';
    }
    return state->lints.empty() ? kDone : kNegative;
}

int importFolder(server::Session &session, const Options &options)
{
    const auto pack = content::readPack(options.folder);
    if (!pack)
        return failed(pack.error());
    const auto report = server::importPack(session, *pack);
    if (!report)
        return failed(report.error());
    if (options.json)
        print({{"pack", pack->name},
               {"topics", report->topics},
               {"problems", report->problems},
               {"badges", report->badges},
               {"changed", report->changed}});
    else
        std::cout << pack->title << ": " << report->problems << " problems, " << report->topics << " topics, "
                  << report->badges << " badges; " << report->changed << " rows changed.\n";
    return kDone;
}

int makeInstructor(server::Session &session, const Options &options)
{
    const auto done = server::grantAdmin(session, options.user);
    if (!done)
        return failed(done.error());
    if (!*done) {
        std::cerr << "sqlgymctl server: there is no user called \"" << options.user << "\".\n";
        return kNegative;
    }
    if (options.json)
        print({{"user", options.user}, {"admin", true}});
    else
        std::cout << options.user << " is an instructor now.\n";
    return kDone;
}

} // namespace

void addServerCommand(CLI::App &app, const Global &global, int &exitCode)
{
    auto options = std::make_shared<Options>();
    auto *command = app.add_subcommand("server", "Make, move forward, look at and fill a server");
    command->require_subcommand(1);
    const auto add = [&](const char *name, const char *help, const std::function<int(server::Session &)> &work) {
        auto *sub = command->add_subcommand(name, help);
        sub->add_flag("--json", options->json, "Print JSON");
        sub->callback([&global, &exitCode, work] { exitCode = withServer(global, work); });
        return sub;
    };
    add("init", "Make an empty database a server",
        [options](server::Session &session) { return deployed(server::init(session), *options); });
    add("upgrade", "Move a server to this program's version",
        [options](server::Session &session) { return deployed(server::upgrade(session), *options); });
    add("status", "Version, queue and what is weak",
        [options](server::Session &session) { return showStatus(session, *options); });
    add("import", "Take in a content pack",
        [options](server::Session &session) { return importFolder(session, *options); })
        ->add_option("DIR", options->folder, "Folder of the pack")
        ->required();
    add("grant-admin", "Make a user an instructor",
        [options](server::Session &session) { return makeInstructor(session, *options); })
        ->add_option("USER", options->user, "The user's name")
        ->required();
}

} // namespace sqlgym::ctl
