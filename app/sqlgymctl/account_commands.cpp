// sqlgymctl sign-up, sign-in, sign-out: an account on a server, and the session that is kept.
#include "client/account.h"
#include "client/retry.h"
#include "command.h"
#include "interrupt.h"
#include "online.h"
#include "password.h"

#include <CLI/CLI.hpp>

#include <iostream>

#include <nlohmann/json.hpp>

namespace sqlgym::ctl {

namespace {

using Json = nlohmann::ordered_json;

struct Options {
    OnlineOptions online;
    std::string user;
    std::string email;
};

void print(const Json &json) { std::cout << json.dump(2, ' ', false, Json::error_handler_t::replace) << '\n'; }

/// Keeps the session of `token`; one that was kept before is ended.
int keep(const char *command, Online &online, base::Secret token, const Options &options)
{
    client::Gateway &gateway = *online.gateway;
    const base::Secret copy(token.view());
    if (auto shown = gateway.useToken(std::move(token)); !shown)
        return failed(command, shown.error());
    const auto account = client::myAccount(gateway);
    if (!account)
        return failed(command, account.error());
    auto before = online.store->read(gateway.address());
    if (const auto kept = online.store->write(gateway.address(), copy); !kept) {
        (void)client::signOut(gateway); // a session that nobody keeps
        return failed(command, kept.error());
    }
    if (before && *before && gateway.useToken(std::move(**before)))
        (void)client::signOut(gateway);
    if (options.online.json)
        print({{"user", account->username},
               {"id", account->id},
               {"server", gateway.address()},
               {"kept_in", online.store->name()}});
    else
        std::cout << "Signed in as " << client::plainText(account->username) << " at " << gateway.address()
                  << ". The session is kept in " << online.store->name() << ".\n";
    return kDone;
}

/// Whether the session could be kept is found out before there is one. What lies there already may be of any kind.
base::Result<void> tryStore(Online &online)
{
    auto there = online.store->read(online.gateway->address());
    return there ? base::Result<void>() : there.error();
}

int signUp(const Options &options, const Global &global)
{
    Interrupt interrupt;
    auto online = goOnline(global, options.online, interrupt.token());
    if (!online)
        return failed("sign-up", online.error());
    if (auto usable = tryStore(*online); !usable)
        return failed("sign-up", usable.error());
    auto password = readPassword(true, interrupt.token());
    if (!password)
        return failed("sign-up", password.error());
    auto token = client::signUp(*online->gateway, options.user, options.email, *password);
    password->clear();
    if (!token) {
        const int code = failed("sign-up", token.error());
        if (client::troubleOf(token.error()) == client::Trouble::Offline)
            std::cerr << "The account may be there already: try sqlgymctl sign-in first.\n";
        return code;
    }
    return keep("sign-up", *online, std::move(*token), options);
}

int signIn(const Options &options, const Global &global)
{
    Interrupt interrupt;
    auto online = goOnline(global, options.online, interrupt.token());
    if (!online)
        return failed("sign-in", online.error());
    if (auto usable = tryStore(*online); !usable)
        return failed("sign-in", usable.error());
    auto password = readPassword(false, interrupt.token());
    if (!password)
        return failed("sign-in", password.error());
    auto token = client::signIn(*online->gateway, options.user, *password);
    password->clear();
    if (!token)
        return failed("sign-in", token.error());
    if (!*token) {
        std::cerr
            << "sqlgymctl sign-in: The server does not know this login and password, or there were too many attempts. "
               "Try again; after a dozen attempts, in five minutes.\n";
        return kNegative;
    }
    return keep("sign-in", *online, std::move(**token), options);
}

int signOut(const Options &options, const Global &global)
{
    Interrupt interrupt;
    auto online = signedIn(global, options.online, interrupt.token());
    if (!online) {
        const bool none = client::troubleOf(online.error()) == client::Trouble::SignedOut;
        const int code = failed("sign-out", online.error());
        return none ? kNegative : code;
    }
    const auto ended =
        client::withRetries<void>(3, interrupt.token(), [&] { return client::signOut(*online->gateway); });
    const auto removed = online->store->remove(online->gateway->address());
    if (!ended) {
        const int code = failed("sign-out", ended.error());
        std::cerr << "The session is forgotten here; at the server it ends by itself within twelve hours.\n";
        return code;
    }
    if (!removed)
        return failed("sign-out", removed.error());
    if (options.online.json)
        print({{"server", online->gateway->address()}, {"signed_out", true}});
    else
        std::cout << "Signed out at " << online->gateway->address() << ".\n";
    return kDone;
}

} // namespace

void addAccountCommands(CLI::App &app, const Global &global, int &exitCode)
{
    auto options = std::make_shared<Options>();
    const char *const password = "The server is that of --dsn, or SQLGYM_DSN.\nThe password is asked for at a "
                                 "terminal, or is the first line of standard input; it is never an "
                                 "argument.\nExit codes: 0 done, 1 refused, 2 wrong usage, 3 failed.";
    const auto add = [&](const char *name, const char *help, int (*work)(const Options &, const Global &)) {
        CLI::App *command = app.add_subcommand(name, help);
        addOnlineOptions(*command, options->online);
        command->footer(password);
        command->callback([options, &global, &exitCode, work] { exitCode = work(*options, global); });
        return command;
    };
    CLI::App *up = add("sign-up", "Make an account on a server, and sign in", signUp);
    up->add_option("USERNAME,--username", options->user, "The name that others see")->required();
    up->add_option("EMAIL,--email", options->email, "Your e-mail address, which others do not see")->required();
    CLI::App *in = add("sign-in", "Sign in to a server", signIn);
    in->add_option("LOGIN,--login", options->user, "User name or e-mail address, in any case")->required();
    add("sign-out", "End the session, here and at the server", signOut)
        ->footer("The server is that of --dsn, or SQLGYM_DSN.\nExit codes: 0 done, 1 not signed in, 2 wrong usage, 3 "
                 "failed.");
}

} // namespace sqlgym::ctl
