// sqlgymctl export: what a learner has in the profile, as files.
#include "command.h"
#include "online.h"
#include "profile_cache.h"

#include <CLI/CLI.hpp>

#include <iostream>

#include <nlohmann/json.hpp>

namespace sqlgym::ctl {

namespace {

using Json = nlohmann::ordered_json;

struct Options {
    std::string folder;
    bool json = false;
};

int exportData(const Options &options, const Global &global)
{
    auto cache = openProfileCache(global);
    if (!cache)
        return failed("export", cache.error());
    const auto report = (*cache)->exportOwnData(options.folder);
    if (!report)
        return failed("export", report.error());
    if (options.json) {
        Json tables = Json::array();
        for (const auto &table : report->tables)
            tables.push_back({{"table", table.name}, {"rows", table.rows}});
        std::cout << Json{{"folder", options.folder}, {"tables", tables}, {"drafts", report->drafts}}.dump(
                         2, ' ', false, Json::error_handler_t::replace)
                  << "\n";
    } else {
        for (const auto &table : report->tables)
            std::cout << table.name << "\t" << table.rows << "\n";
        std::cout << "drafts\t" << report->drafts << "\n";
    }
    std::cout << std::flush;
    return std::cout ? kDone : kFailed;
}

} // namespace

void addExportCommand(CLI::App &app, const Global &global, int &exitCode)
{
    auto options = std::make_shared<Options>();
    CLI::App *command = app.add_subcommand(
        "export", "Everything of yours in the profile: each table as JSON and CSV, each text as an SQL file");
    command->add_option("DIR", options->folder, "An empty folder, or the name of a new one")->required();
    command->add_flag("--json", options->json, "Print what was written as JSON");
    command->footer("Prints how many rows of each table were written.\nExit codes: 0 done, 2 wrong usage, 3 failed.");
    command->callback([options, &global, &exitCode] { exitCode = exportData(*options, global); });
}

} // namespace sqlgym::ctl
