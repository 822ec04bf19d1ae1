// sqlgymctl: every capability without a window. This file only composes the subcommands.
#include "command.h"

#include <CLI/CLI.hpp>

#include <cstdlib>

int main(int count, char **arguments)
{
    using namespace sqlgym::ctl;
    // Connections are made with what is asked for, not with what a shell happens to export.
    for (const char *name : {"PGSERVICE", "PGSERVICEFILE", "PGOPTIONS", "PGPASSFILE"})
        unsetenv(name);

    CLI::App app{"SQLGym in a terminal: practise, check and manage without a window.", "sqlgymctl"};
    app.require_subcommand(1);
    app.fallthrough();
    app.set_version_flag("--version", SQLGYM_VERSION);
    Global global;
    int exitCode = kDone;
    app.add_option("--profile", global.profile, "Folder of the profile")->envname("SQLGYM_PROFILE");
    app.add_option("--dsn", global.dsn, "The PostgreSQL server")->envname("SQLGYM_DSN");
    app.footer("Exit codes: 0 done, 1 a negative answer, 2 wrong usage, 3 failed.");

    addAccountCommands(app, global, exitCode);
    addCheckCommand(app, global, exitCode);
    addExactHostCommand(app, global, exitCode);
    addExportCommand(app, global, exitCode);
    addOutboxCommand(app, global, exitCode);
    addPackCommand(app, global, exitCode);
    addProblemsCommand(app, global, exitCode);
    addProgressCommand(app, global, exitCode);
    addSandboxCommand(app, global, exitCode);
    addServerCommand(app, global, exitCode);
    addSubmitCommand(app, global, exitCode);
    addSyncCommand(app, global, exitCode);

    try {
        app.parse(count, arguments);
    } catch (const CLI::ParseError &error) {
        return app.exit(error) == 0 ? kDone : kUsage;
    }
    return exitCode;
}
