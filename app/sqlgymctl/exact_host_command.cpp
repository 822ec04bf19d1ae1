// sqlgymctl exact-host: PostgreSQL behind frames, for the desktop, which does not load libpq. Internal.
#include "command.h"
#include "sandbox/frame_server.h"
#include "sandbox_postgres/postgres_sandbox.h"

#include <CLI/CLI.hpp>

#include <csignal>
#include <iostream>
#include <unistd.h>

namespace sqlgym::ctl {

namespace {

/// Serves until standard input ends; then the cluster stops with us.
int serve(const std::string &cluster)
{
    std::signal(SIGPIPE, SIG_IGN);
    sandbox_postgres::PostgresSandbox postgres(cluster);
    sandbox::FrameServer server(postgres, STDIN_FILENO, STDOUT_FILENO, {});
    switch (server.serve()) {
    case sandbox::FrameServer::Ended::ParentGone:
        return kDone;
    case sandbox::FrameServer::Ended::BadInput:
        std::cerr << "sqlgymctl exact-host: this is for SQLGym's own programs, which speak frames.\n";
        return kUsage;
    case sandbox::FrameServer::Ended::NoThread:
        break;
    }
    std::cerr << "sqlgymctl exact-host: no thread could be started.\n";
    return kFailed;
}

} // namespace

void addExactHostCommand(CLI::App &app, const Global &global, int &exitCode)
{
    auto cluster = std::make_shared<std::string>();
    CLI::App *command = app.add_subcommand("exact-host", "Serve the private PostgreSQL to the desktop (internal)");
    command->group(""); // not in --help: no one types this
    command->add_option("--cluster", *cluster, "Folder of the private cluster");
    command->callback(
        [cluster, &global, &exitCode] { exitCode = serve(cluster->empty() ? clusterFolder(global) : *cluster); });
}

} // namespace sqlgym::ctl
