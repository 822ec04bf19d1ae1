#include "online.h"

#include "gateway/libpq_gateway.h"
#include "interrupt.h"
#include "postgres/exact_connect.h"

#include <CLI/CLI.hpp>

#include <iostream>

#include <sys/prctl.h>
#include <sys/resource.h>

namespace sqlgym::ctl {

namespace {

using client::makeError;
using client::Trouble;

void keepToOneself()
{
    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
    const rlimit none = {0, 0};
    setrlimit(RLIMIT_CORE, &none);
    postgres::forgetEnvironment();
}

} // namespace

void addOnlineOptions(CLI::App &command, OnlineOptions &options)
{
    command
        .add_option("--token-file", options.tokenFile,
                    "Keep the session in this file (mode 0600) instead of the keychain")
        ->envname("SQLGYM_TOKEN_FILE");
    command.add_flag("--json", options.json, "Print JSON");
}

base::Result<Online> goOnline(const Global &global, const OnlineOptions &options, const base::CancelToken &cancel)
{
    keepToOneself();
    if (global.dsn.empty())
        return makeError(Trouble::BadAddress, "Which server? Give --dsn or set SQLGYM_DSN.");
    auto gateway = gateway::open(global.dsn, {.cancel = &cancel});
    if (!gateway)
        return gateway.error();
    return Online{std::move(*gateway),
                  options.tokenFile.empty() ? tokens::keychain() : tokens::tokenFile(options.tokenFile)};
}

base::Result<Online> signedIn(const Global &global, const OnlineOptions &options, const base::CancelToken &cancel)
{
    auto online = goOnline(global, options, cancel);
    if (!online)
        return online;
    auto token = online->store->read(online->gateway->address());
    if (!token)
        return token.error();
    if (!*token)
        return makeError(Trouble::SignedOut, "You are not signed in at " + online->gateway->address() +
                                                 " (nothing is kept in " + online->store->name() +
                                                 "). First: sqlgymctl sign-in.");
    if (auto shown = online->gateway->useToken(std::move(**token)); !shown)
        return shown.error();
    return online;
}

int failed(const char *command, const base::Error &error)
{
    std::cerr << "sqlgymctl " << command << ": " << error.message;
    if (error.code == "no_keychain")
        std::cerr << " For that: --token-file FILE, or SQLGYM_TOKEN_FILE.";
    std::cerr << '\n';
    switch (client::troubleOf(error)) {
    case Trouble::BadAddress:
        return kUsage;
    case Trouble::Refused:
        return kNegative;
    case Trouble::Cancelled:
        return kInterrupted;
    default:
        return kFailed;
    }
}

} // namespace sqlgym::ctl
