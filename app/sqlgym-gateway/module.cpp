// engine/gateway as a module, so that the window starts without libpq and what comes with it.
#include "gateway/libpq_gateway.h"

/// See session::GatewayModule, which is built together with this: values of C++ cross.
extern "C" __attribute__((visibility("default"))) void
sqlgym_open_gateway(const std::string &dsn, const sqlgym::base::CancelToken *cancel,
                    std::optional<sqlgym::base::Result<std::unique_ptr<sqlgym::client::Gateway>>> *opened)
{
    sqlgym::gateway::Options options;
    options.cancel = cancel;
    opened->emplace(sqlgym::gateway::open(dsn, options));
}

extern "C" __attribute__((visibility("default"))) const char *sqlgym_gateway_version() { return SQLGYM_VERSION; }
