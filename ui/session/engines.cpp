#include "session/engines.h"

#include "sandbox/process_sandbox.h"

#include <QtCore/QFileInfo>

#include <cstdlib>

namespace sqlgym::session {

namespace {

constexpr int kFirstStartMs = 20'000; ///< the very first one makes the cluster

bool postgresInstalled()
{
    for (const char *folder : {"/usr/lib/postgresql/15/bin", "/usr/local/pgsql/bin", "/usr/pgsql-15/bin"}) {
        const QString root = QString::fromLatin1(folder);
        if (QFileInfo(root + QStringLiteral("/postgres")).isExecutable() &&
            QFileInfo(root + QStringLiteral("/initdb")).isExecutable())
            return true;
    }
    return false;
}

} // namespace

EngineRoom::Factory embeddedEngine(const QString &folder)
{
    return [program = (folder + QStringLiteral("/sqlgym-sandbox")).toStdString()](EngineRoom::RowsArrived arrived) {
        sandbox::ProcessSandbox::Options options;
        options.rowsArrived = std::move(arrived);
        options.argv = {program};
        return std::make_unique<sandbox::ProcessSandbox>(std::move(options));
    };
}

EngineRoom::Factory postgresEngine(const QString &folder)
{
    const QString host = folder + QStringLiteral("/sqlgymctl");
    if (!postgresInstalled() || !QFileInfo(host).isExecutable())
        return {};
    return [program = host.toStdString()](EngineRoom::RowsArrived arrived) {
        sandbox::ProcessSandbox::Options options;
        options.rowsArrived = std::move(arrived);
        options.argv = {program, "exact-host"};
        for (const char *name :
             {"PATH", "HOME", "USER", "LOGNAME", "TMPDIR", "XDG_RUNTIME_DIR", "XDG_CACHE_HOME", "XDG_DATA_HOME"}) {
            if (const char *value = std::getenv(name))
                options.environment.push_back(std::string(name) + "=" + value);
        }
        options.engine = sandbox::Engine::Postgres;
        options.keepSpare = false;
        options.startTimeoutMs = kFirstStartMs;
        return std::make_unique<sandbox::ProcessSandbox>(std::move(options));
    };
}

} // namespace sqlgym::session
