// What the subcommands share: exit codes, the options that stand before them, and how each is added.
#pragma once

#include <string>

namespace CLI {
class App;
}

namespace sqlgym::ctl {

/// DESIGN 14: scripts rely on these.
enum ExitCode : int { kDone = 0, kNegative = 1, kUsage = 2, kFailed = 3 };

/// Options of the program itself; filled in before a subcommand runs.
struct Global {
    std::string profile; ///< folder of the profile, empty = the user's own
    std::string dsn;     ///< the server, empty = none
};

/// Where the private PostgreSQL lives: in the profile, else in the user's cache.
std::string clusterFolder(const Global &global);

// One per file <name>_command.cpp: adds the subcommand, which leaves its exit code in `exitCode`. Both outlive `app`.
/// sign-up, sign-in, sign-out.
void addAccountCommands(CLI::App &app, const Global &global, int &exitCode);
void addCheckCommand(CLI::App &app, const Global &global, int &exitCode);
void addExactHostCommand(CLI::App &app, const Global &global, int &exitCode);
void addExportCommand(CLI::App &app, const Global &global, int &exitCode);
void addOutboxCommand(CLI::App &app, const Global &global, int &exitCode);
void addPackCommand(CLI::App &app, const Global &global, int &exitCode);
void addProblemsCommand(CLI::App &app, const Global &global, int &exitCode);
void addSandboxCommand(CLI::App &app, const Global &global, int &exitCode);
void addProgressCommand(CLI::App &app, const Global &global, int &exitCode);
void addServerCommand(CLI::App &app, const Global &global, int &exitCode);
void addSubmitCommand(CLI::App &app, const Global &global, int &exitCode);
void addSyncCommand(CLI::App &app, const Global &global, int &exitCode);

} // namespace sqlgym::ctl
