// What the subcommands that speak to a server as a learner share.
#pragma once

#include "base/cancel_token.h"
#include "client/gateway.h"
#include "command.h"
#include "tokens/token_store.h"

#include <memory>
#include <string>

namespace sqlgym::ctl {

struct Online {
    std::unique_ptr<client::Gateway> gateway;
    std::unique_ptr<tokens::TokenStore> store;
};

/// Options that each of them has.
struct OnlineOptions {
    std::string tokenFile; ///< empty = the keychain
    bool json = false;
};
void addOnlineOptions(CLI::App &command, OnlineOptions &options);

/// Connects to the server of --dsn. From here on this process leaves no core file, cannot be looked into by others of
/// the same user, and has no variables of libpq's.
base::Result<Online> goOnline(const Global &global, const OnlineOptions &options, const base::CancelToken &cancel);

/// The same with the kept session shown to the server. Errors: client::Trouble::SignedOut  none is kept.
base::Result<Online> signedIn(const Global &global, const OnlineOptions &options, const base::CancelToken &cancel);

/// Says on standard error why `command` failed; its exit code.
int failed(const char *command, const base::Error &error);

} // namespace sqlgym::ctl
