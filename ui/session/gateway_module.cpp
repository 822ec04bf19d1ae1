#include "session/gateway_module.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QLibrary>

#include <optional>

namespace sqlgym::session {

namespace {

using Opened = base::Result<std::unique_ptr<client::Gateway>>;
using OpenFunction = void (*)(const std::string &, const base::CancelToken *, std::optional<Opened> *);
using VersionFunction = const char *(*)();

base::Error broken(const QString &why)
{
    return client::makeError(client::Trouble::Failed,
                             QCoreApplication::translate("server", "The part of SQLGym that speaks to servers could "
                                                                   "not be loaded: %1. Install SQLGym anew.")
                                 .arg(why)
                                 .toStdString());
}

} // namespace

OpenGateway gatewayModule(const QString &folder)
{
    return [path = folder + QStringLiteral("/sqlgym-gateway.so")](const std::string &dsn,
                                                                  const base::CancelToken &cancel) -> Opened {
        QLibrary library(path); // loaded once, and not unloaded with this object
        const auto version = reinterpret_cast<VersionFunction>(library.resolve("sqlgym_gateway_version"));
        const auto open = reinterpret_cast<OpenFunction>(library.resolve("sqlgym_open_gateway"));
        if (!version || !open)
            return broken(library.errorString());
        const QString there = QString::fromLatin1(version());
        // Tests have no version.
        if (const QString here = QCoreApplication::applicationVersion(); !here.isEmpty() && here != there)
            return broken(QCoreApplication::translate("server", "it is of version %1").arg(there));
        std::optional<Opened> opened;
        open(dsn, &cancel, &opened);
        return std::move(*opened);
    };
}

OpenTokenStore tokenStore()
{
    return [file = qEnvironmentVariable("SQLGYM_TOKEN_FILE").toStdString()] {
        return file.empty() ? tokens::keychain() : tokens::tokenFile(file);
    };
}

} // namespace sqlgym::session
