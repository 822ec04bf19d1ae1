// sqlgymctl pack: content packs proven and taken in.
#include "command.h"
#include "content/pack.h"
#include "engines.h"
#include "grading/canonical.h"
#include "interrupt.h"
#include "profile_cache.h"
#include "verify/verify_pack.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <cstdio>
#include <iostream>
#include <map>
#include <memory>
#include <thread>
#include <vector>

#include <nlohmann/json.hpp>

namespace sqlgym::ctl {

namespace {

using Json = nlohmann::ordered_json;

struct Options {
    std::string folder;
    bool json = false;
    bool listDeclined = false;
    bool mutantsOnBoth = false;
    std::vector<std::string> only; ///< slugs; empty = every problem
    int jobs = static_cast<int>(std::clamp(std::thread::hardware_concurrency(), 1U, 4U));
};

int failed(const base::Error &error)
{
    std::cerr << "sqlgymctl pack: " << error.message << '\n';
    return error.code == "bad_pack" ? kNegative : kFailed;
}

Json mutantsJson(const verify::PackReport &report)
{
    Json out = Json::array();
    for (const verify::MutantTally &tally : report.mutants) {
        Json survivors = Json::array();
        for (const auto &survivor : tally.survivors)
            survivors.push_back({{"mutant", survivor.sql}, {"change", survivor.what}, {"single", survivor.single}});
        out.push_back({{"problem", tally.problem},
                       {"singles", tally.singles},
                       {"joined", tally.joined},
                       {"killed", tally.killed},
                       {"equivalent", tally.equivalent},
                       {"declined", tally.declined},
                       {"kill_rate", tally.killRate()},
                       {"survivors", std::move(survivors)}});
    }
    return out;
}

// One line for a problem, and one for each survivor that the pack does not list.
std::string mutantsText(const verify::PackReport &report, bool each)
{
    std::string out;
    int mutants = 0, killed = 0, equivalent = 0, unlisted = 0;
    double least = 1;
    for (const verify::MutantTally &tally : report.mutants) {
        mutants += tally.singles + tally.joined;
        killed += tally.killed;
        equivalent += tally.equivalent;
        unlisted += static_cast<int>(tally.survivors.size());
        least = std::min(least, tally.killRate());
        if (!each)
            continue;
        char line[200];
        std::snprintf(line, sizeof line,
                      "%-26s %4d mutants (%d of several changes), %4d killed, %3d equivalent: %5.1f %%\n",
                      tally.problem.c_str(), tally.singles + tally.joined, tally.joined, tally.killed, tally.equivalent,
                      tally.killRate() * 100);
        out += line;
        for (const auto &survivor : tally.survivors)
            out += "    survives: " + survivor.what + ": " + survivor.sql + "\n";
    }
    char line[200];
    std::snprintf(line, sizeof line,
                  "%d mutants: %d killed, %d equivalent, %d survive; the least kill rate is %.1f %%.\n", mutants,
                  killed, equivalent, unlisted, least * 100);
    return report.mutants.empty() ? out : out + line;
}

std::string reportJson(const content::Pack &pack, const verify::PackReport &report)
{
    Json findings = Json::array();
    for (const verify::Finding &finding : report.findings) {
        Json json = {
            {"kind", verify::findingWord(finding.kind)}, {"fault", finding.isFault()}, {"problem", finding.problem}};
        if (!finding.test.empty())
            json["test"] = finding.test;
        if (!finding.query.empty())
            json["query"] = finding.query;
        json["detail"] = finding.detail;
        findings.push_back(std::move(json));
    }
    const Json json = {{"pack", pack.name},
                       {"good", report.good()},
                       {"problems", report.problems},
                       {"tests", report.tests},
                       {"runs", report.runs},
                       {"equal", report.equalRuns},
                       {"declined", report.declinedRuns},
                       {"mutants", mutantsJson(report)},
                       {"findings", std::move(findings)}};
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string reportText(const verify::PackReport &report, bool listDeclined)
{
    std::string out;
    std::map<std::string, int> declined;
    int faults = 0;
    for (const verify::Finding &finding : report.findings) {
        if (finding.isFault())
            ++faults;
        else
            ++declined[finding.detail];
        if (finding.isFault() || listDeclined)
            out += verify::findingLine(finding) + "\n";
    }
    for (const auto &[detail, count] : declined)
        out += detail + " (" + std::to_string(count) + (count == 1 ? " run)\n" : " runs)\n");
    const auto counted = [](int count, const char *one, const char *many) {
        return std::to_string(count) + (count == 1 ? one : many);
    };
    out += counted(report.problems, " problem, ", " problems, ") + counted(report.tests, " test, ", " tests, ") +
           counted(report.runs, " run: ", " runs: ") + std::to_string(report.equalRuns) +
           " the same on both engines, " + std::to_string(report.declinedRuns) + " declined by the embedded one, " +
           counted(faults, " fault.\n", " faults.\n");
    return out;
}

int verifyIt(const Options &options, const Global &global)
{
    Interrupt interrupt;
    auto pack = content::readPack(options.folder);
    if (!pack)
        return failed(pack.error());
    for (const std::string &slug : options.only) {
        if (std::ranges::find(pack->problems, slug, &content::Problem::slug) == pack->problems.end())
            return failed(base::Error{"sqlgymctl", "bad_pack", "There is no problem \"" + slug + "\" in the pack."});
    }
    if (!options.only.empty())
        std::erase_if(pack->problems, [&](const content::Problem &problem) {
            return std::ranges::find(options.only, problem.slug) == options.only.end();
        });
    std::vector<std::unique_ptr<sandbox::Sandbox>> sandboxes;
    std::vector<verify::Engines> workers;
    // A server at a DSN is asked by one; private clusters can be had as many as there are cores.
    const int jobs = global.dsn.empty() ? options.jobs : 1;
    for (int worker = 0; worker < jobs && worker < static_cast<int>(pack->problems.size()); ++worker) {
        for (const char *name : {"embedded", "postgres"}) {
            auto engine = makeEngine(name, global, worker);
            if (!engine)
                return failed(engine.error());
            sandboxes.push_back(std::move(*engine));
        }
        workers.push_back({*sandboxes[sandboxes.size() - 2], *sandboxes.back()});
    }
    const auto progress = [](const content::Problem &problem, int done, int total) {
        std::cerr << done << "/" << total << " " << problem.slug << '\n';
    };
    const verify::PackReport report =
        verify::verifyPack(*pack, workers, interrupt.token(), progress,
                           options.mutantsOnBoth ? verify::Mutants::Both : verify::Mutants::Embedded);
    if (interrupt.happened())
        return kInterrupted;
    std::cout << (options.json ? reportJson(*pack, report)
                               : reportText(report, options.listDeclined) + mutantsText(report, options.mutantsOnBoth));
    return report.good() ? kDone : kNegative;
}

int importIt(const Options &options, const Global &global)
{
    const auto pack = content::readPack(options.folder);
    if (!pack)
        return failed(pack.error());
    auto cache = cache::Cache::open(databaseFile(global));
    if (!cache)
        return failed(cache.error());
    const auto report =
        (*cache)->problems().loadPack(*pack, content::packFingerprint(options.folder), grading::expectedHash);
    if (!report)
        return failed(report.error());
    if (options.json)
        std::cout << Json{{"pack", pack->name},
                          {"version", pack->version},
                          {"problems", report->problems},
                          {"removed", report->removed},
                          {"kept", report->kept}}
                         .dump(2, ' ', false, Json::error_handler_t::replace)
                  << '\n';
    else
        std::cerr << "Imported " << pack->title << " " << pack->version << ": " << report->problems
                  << (report->problems == 1 ? " problem.\n" : " problems.\n");
    return kDone;
}

} // namespace

void addPackCommand(CLI::App &app, const Global &global, int &exitCode)
{
    auto options = std::make_shared<Options>();
    CLI::App *command = app.add_subcommand("pack", "Prove content packs, or take them into the profile");
    command->require_subcommand(1);

    CLI::App *verifies = command->add_subcommand("verify", "Run every query of a pack on both engines");
    verifies->add_option("DIR", options->folder, "The pack's folder")->required();
    verifies->add_flag("--json", options->json, "Print the findings as JSON");
    verifies
        ->add_option("--jobs", options->jobs, "How many problems are proven at once (each on a PostgreSQL of its own)")
        ->check(CLI::Range(1, 16));
    verifies->add_flag("--declined", options->listDeclined, "List each run that the embedded engine declines");
    verifies->add_flag("--mutants", options->mutantsOnBoth,
                       "Run the solutions' mutants on PostgreSQL too, and print each problem's kill rate");
    verifies->add_option("--only", options->only, "Slugs of the problems to prove, instead of all");
    verifies->footer("PostgreSQL is the private cluster, or the server of --dsn.\n"
                     "Exit codes: 0 the pack is good, 1 it has faults, 2 wrong usage, 3 it could not be verified.");
    verifies->callback([options, &global, &exitCode] { exitCode = verifyIt(*options, global); });

    CLI::App *imports = command->add_subcommand("import", "Take a pack into the profile, or a newer version of it");
    imports->add_option("DIR", options->folder, "The pack's folder")->required();
    imports->add_flag("--json", options->json, "Print what was done as JSON");
    imports->callback([options, &global, &exitCode] { exitCode = importIt(*options, global); });
}

} // namespace sqlgym::ctl
