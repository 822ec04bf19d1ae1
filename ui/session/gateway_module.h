// The way to a server, loaded when one is first spoken to.
#pragma once

#include "base/cancel_token.h"
#include "client/gateway.h"
#include "tokens/token_store.h"

#include <QtCore/QString>

#include <functional>

namespace sqlgym::session {

/// Connects; blocks. The token outlives the gateway.
using OpenGateway =
    std::function<base::Result<std::unique_ptr<client::Gateway>>(const std::string &dsn, const base::CancelToken &)>;

/// libpq, with TLS and Kerberos behind it, would cost every start several milliseconds: it comes with the module
/// sqlgym-gateway.so in `folder`, at the first call, and stays. Errors: those of gateway::open(), and client/failed
/// where the module is missing or of another version.
OpenGateway gatewayModule(const QString &folder);

using OpenTokenStore = std::function<std::unique_ptr<tokens::TokenStore>()>;
/// The keychain, or the file that SQLGYM_TOKEN_FILE names.
OpenTokenStore tokenStore();

} // namespace sqlgym::session
