// sqlgymctl sandbox: an engine behind JSON Lines.
#include "command.h"
#include "engines.h"
#include "sandbox_protocol.h"

#include <CLI/CLI.hpp>

#include <iostream>

namespace sqlgym::ctl {

namespace {

struct Options {
    std::string engine = "embedded";
};

int serve(const Options &options, const Global &global)
{
    auto engine = makeEngine(options.engine, global);
    if (!engine) {
        std::cerr << "sqlgymctl sandbox: " << engine.error().message << '\n';
        return kFailed;
    }
    SandboxProtocol protocol(**engine, options.engine == "exact");
    std::ios::sync_with_stdio(false);
    std::cin.tie(nullptr);
    for (std::string line; std::getline(std::cin, line);) {
        if (line.find_first_not_of(" \t\r") == std::string::npos)
            continue;
        std::cout << protocol.answer(line) << '\n' << std::flush;
        if (!std::cout)
            return kFailed;
    }
    return kDone;
}

} // namespace

void addSandboxCommand(CLI::App &app, const Global &global, int &exitCode)
{
    auto options = std::make_shared<Options>();
    CLI::App *command = app.add_subcommand("sandbox", "Run SQL sent as JSON Lines on standard input");
    command
        ->add_option(
            "--engine", options->engine,
            "embedded: our engine alone; exact: what it declines runs on PostgreSQL; postgres: PostgreSQL alone")
        ->check(CLI::IsMember({"embedded", "exact", "postgres"}))
        ->capture_default_str();
    command->footer(
        "A line {\"dataset\":..,\"setup\":..} loads tables; {\"id\":..,\"dataset\":..,\"query\":..} runs a\n"
        "query on a pristine copy (optional: \"timeout_ms\", \"memory_mb\"). One answer a line, in order.\n"
        "PostgreSQL is the private cluster, or the server of --dsn.");
    command->callback([options, &global, &exitCode] { exitCode = serve(*options, global); });
}

} // namespace sqlgym::ctl
