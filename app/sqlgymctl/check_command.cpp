// sqlgymctl check: a query against a problem's tests.
#include "command.h"
#include "engines.h"
#include "grading/grade.h"
#include "grading/verdict_json.h"
#include "interrupt.h"
#include "profile_cache.h"
#include "read_file.h"
#include "verdict_text.h"

#include <CLI/CLI.hpp>

#include <iostream>

namespace sqlgym::ctl {

namespace {

struct Options {
    std::string problem;
    std::string file;
    std::string engine; ///< empty = exact where PostgreSQL is there, else embedded
    bool json = false;
};

int failed(const std::string &message)
{
    std::cerr << "sqlgymctl check: " << message << '\n';
    return kFailed;
}

// The embedded engine's verdict, confirmed where PostgreSQL is there.
base::Result<grading::Verdict> verdictOn(const Options &options, const Global &global,
                                         const grading::PreparedProblem &problem, const std::string &query,
                                         base::CancelToken &cancel)
{
    if (options.engine == "postgres") {
        auto postgres = makeEngine("postgres", global);
        if (!postgres)
            return postgres.error();
        return grading::grade(problem, query, **postgres, cancel);
    }
    auto embedded = makeEngine("embedded", global);
    if (!embedded)
        return embedded.error();
    grading::Verdict verdict = grading::grade(problem, query, **embedded, cancel);
    if (options.engine == "embedded" || cancel.cancelled())
        return verdict;
    auto postgres = makeEngine("postgres", global);
    if (!postgres) {
        if (options.engine == "exact" || !grading::isDecided(verdict))
            std::cerr << "sqlgymctl check: " << postgres.error().message << '\n';
        return verdict;
    }
    grading::Confirmation confirmation = grading::confirm(problem, query, verdict, **postgres, cancel);
    if (confirmation.caseJson)
        std::cerr << "sqlgymctl check: the engines differ; please report this case:\n"
                  << *confirmation.caseJson << '\n';
    return std::move(confirmation.verdict);
}

int check(const Options &options, const Global &global)
{
    Interrupt interrupt;
    auto cache = openProfileCache(global);
    if (!cache)
        return failed(cache.error().message);
    const auto problem = (*cache)->problems().problem(options.problem);
    if (!problem) {
        std::cerr << "sqlgymctl check: " << problem.error().message << '\n';
        return problem.error().code == "unknown_problem" ? kNegative : kFailed;
    }
    const auto query = readFile(options.file);
    if (interrupt.happened())
        return kInterrupted;
    if (!query)
        return failed(query.error().message);
    const auto verdict = verdictOn(options, global, *problem, *query, interrupt.token());
    if (interrupt.happened())
        return kInterrupted;
    if (!verdict)
        return failed(verdict.error().message);
    std::cout << (options.json ? grading::verdictJson(*verdict, 2) + "\n" : verdictText(*verdict)) << std::flush;
    if (!std::cout)
        return kFailed;
    if (verdict->correct)
        return kDone;
    return grading::isDecided(*verdict) ? kNegative : kFailed;
}

} // namespace

void addCheckCommand(CLI::App &app, const Global &global, int &exitCode)
{
    auto options = std::make_shared<Options>();
    CLI::App *command = app.add_subcommand("check", "Check a query against a problem's tests, on this computer");
    command->add_option("PROBLEM", options->problem, "The problem's slug or id")->required();
    command->add_option("FILE", options->file, "A file with the query; - reads standard input")->required();
    command
        ->add_option("--engine", options->engine,
                     "embedded: our engine alone; exact: confirmed by PostgreSQL; postgres: PostgreSQL alone. Default: "
                     "exact where PostgreSQL is installed, else embedded")
        ->check(CLI::IsMember({"embedded", "exact", "postgres"}));
    command->add_flag("--json", options->json, "Print the verdict as JSON");
    command->footer("Exit codes: 0 right, 1 wrong (or no such problem), 2 wrong usage, 3 no verdict.");
    command->callback([options, &global, &exitCode] { exitCode = check(*options, global); });
}

} // namespace sqlgym::ctl
