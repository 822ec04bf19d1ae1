// sqlgymctl sync: the profile's copy brought up to date with the server.
#include "client/account.h"
#include "command.h"
#include "interrupt.h"
#include "online.h"
#include "profile_cache.h"
#include "sync/pull.h"
#include "sync/push.h"

#include <CLI/CLI.hpp>

#include <iostream>
#include <unistd.h>

#include <nlohmann/json.hpp>

namespace sqlgym::ctl {

namespace {

struct Done {
    bool anew = false; ///< a new copy was made
    std::int64_t written = 0;
    std::int64_t removed = 0;
    int sent = 0;
    int parked = 0;  ///< refused: in the outbox, with the reason
    int waiting = 0; ///< more than the server takes in a minute
};

/// One line on a terminal, rewritten; nothing elsewhere.
void tell(const sync::PullProgress &progress)
{
    if (progress.table.empty() || isatty(STDERR_FILENO) == 0)
        return;
    std::cerr << "\r\033[K" << progress.table << ": " << progress.rows << " of about " << progress.total << " rows"
              << std::flush;
}

base::Result<Done> synchronise(const OnlineOptions &options, const Global &global, const base::CancelToken &cancel)
{
    auto online = signedIn(global, options, cancel);
    if (!online)
        return online.error();
    auto account = client::myAccount(*online->gateway);
    if (!account)
        return account.error();
    auto cache = openProfileCache(global);
    if (!cache)
        return cache.error();
    if (auto adopted = (*cache)->adopt(account->id, account->username); !adopted)
        return adopted.error();
    auto pushed = sync::push(**cache, *online->gateway, {.cancel = &cancel});
    if (!pushed)
        return pushed.error();
    Done done;
    done.sent = pushed->sent;
    done.parked = pushed->parked;
    done.waiting = pushed->waiting;
    // A limit on the number of writes keeps nothing from coming.
    if (pushed->stopped && client::troubleOf(*pushed->stopped) != client::Trouble::RateLimited)
        return *pushed->stopped;
    sync::PullOptions pull;
    pull.cancel = &cancel;
    pull.progress = tell;
    // After a new copy comes what changed while it was made; a server that was restored meanwhile wants another.
    for (int round = 0; round < 3; ++round) {
        auto changes = sync::pullChanges((*cache)->mirror(), *online->gateway, pull);
        if (!changes)
            return changes.error();
        done.written += changes->written;
        done.removed += changes->removed;
        if (!changes->outdated)
            return done;
        auto all = sync::pullAll(
            databaseFile(global), account->id, *online->gateway, [&] { cache->reset(); }, pull);
        if (!all)
            return all.error();
        done.anew = true;
        done.written += all->written;
        cache = openProfileCache(global);
        if (!cache)
            return cache.error();
    }
    return base::Error{"sync", "restless", "The server's data is being replaced again and again. Try again later.",
                       true};
}

std::string text(const Done &done)
{
    std::string out;
    if (done.sent > 0)
        out += "Sent: " + std::to_string(done.sent) + ". ";
    if (done.parked > 0)
        out += "Refused: " + std::to_string(done.parked) + "; see sqlgymctl outbox. ";
    if (done.waiting > 0)
        out += "Waiting: " + std::to_string(done.waiting) + ", more than the server takes at once. ";
    if (done.anew)
        return out + "A new copy of the server's data: " + std::to_string(done.written) + " rows.\n";
    if (done.written + done.removed == 0)
        return out + "Nothing new.\n";
    return out + std::to_string(done.written) + " rows came, " + std::to_string(done.removed) + " went.\n";
}

int sync(const OnlineOptions &options, const Global &global)
{
    Interrupt interrupt;
    const auto done = synchronise(options, global, interrupt.token());
    if (isatty(STDERR_FILENO) != 0)
        std::cerr << "\r\033[K";
    if (!done)
        return failed("sync", done.error());
    if (options.json)
        std::cout << nlohmann::ordered_json{{"sent", done->sent},       {"refused", done->parked},
                                            {"waiting", done->waiting}, {"new_copy", done->anew},
                                            {"rows", done->written},    {"removed", done->removed}}
                         .dump(2)
                  << '\n';
    else
        std::cout << text(*done);
    return std::cout.flush() ? kDone : kFailed;
}

} // namespace

void addSyncCommand(CLI::App &app, const Global &global, int &exitCode)
{
    auto options = std::make_shared<OnlineOptions>();
    CLI::App *command = app.add_subcommand("sync", "Bring the profile up to date with the server");
    addOnlineOptions(*command, *options);
    command->footer(
        "The server is that of --dsn, or SQLGYM_DSN. The first time everything is copied; interrupted, it goes on "
        "the next time.\nExit codes: 0 up to date, 3 failed, 130 interrupted.");
    command->callback([options, &global, &exitCode] { exitCode = sync(*options, global); });
}

} // namespace sqlgym::ctl
