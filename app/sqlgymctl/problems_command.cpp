// sqlgymctl problems: the catalogue in a terminal.
#include "command.h"
#include "content/names.h"
#include "problem_text.h"
#include "profile_cache.h"
#include "text_table.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <iostream>

#include <nlohmann/json.hpp>

namespace sqlgym::ctl {

namespace {

using Json = nlohmann::ordered_json;

struct Options {
    std::string search;
    std::string topic;
    std::string difficulty;
    std::string status;
    std::string problem;
    bool json = false;
};

constexpr const char *kStates[] = {"new", "tried", "solved", "gave-up"};

int failed(const base::Error &error)
{
    std::cerr << "sqlgymctl problems: " << error.message << '\n';
    return kFailed;
}

base::Result<std::vector<cache::ProblemSummary>> found(cache::Cache &cache, const Options &options)
{
    cache::ProblemFilter filter;
    filter.text = options.search;
    if (!options.topic.empty()) {
        const auto topics = cache.problems().topics();
        if (!topics)
            return topics.error();
        const auto topic = std::ranges::find_if(*topics, [&](const content::Topic &known) {
            return known.slug == options.topic || known.name == options.topic || known.id == options.topic;
        });
        if (topic == topics->end())
            return std::vector<cache::ProblemSummary>();
        filter.topicId = topic->id;
    }
    if (!options.difficulty.empty())
        filter.difficulty = content::parseDifficulty(options.difficulty);
    if (!options.status.empty())
        filter.state = static_cast<progress::ProblemState>(std::ranges::find(kStates, options.status) - kStates);
    return cache.problems().problems(filter);
}

int list(const Options &options, const Global &global)
{
    auto cache = openProfileCache(global);
    if (!cache)
        return failed(cache.error());
    const auto problems = found(**cache, options);
    if (!problems)
        return failed(problems.error());
    if (options.json) {
        Json all = Json::array();
        for (const auto &problem : *problems)
            all.push_back({{"slug", problem.slug},
                           {"title", problem.title},
                           {"topic", problem.topicName},
                           {"difficulty", content::difficultyName(problem.difficulty)},
                           {"tags", problem.tags},
                           {"company", problem.company},
                           {"premium", problem.premium},
                           {"status", kStates[static_cast<std::size_t>(problem.state)]},
                           {"bookmarked", problem.bookmarked}});
        std::cout << all.dump(2, ' ', false, Json::error_handler_t::replace) << '\n';
    } else {
        std::vector<std::vector<std::string>> rows;
        for (const auto &problem : *problems)
            rows.push_back({problem.slug, std::string(content::difficultyName(problem.difficulty)), problem.topicName,
                            kStates[static_cast<std::size_t>(problem.state)], problem.title});
        std::cout << textTable(rows);
    }
    if (problems->empty())
        std::cerr << "sqlgymctl problems: nothing found\n";
    return problems->empty() ? kNegative : kDone;
}

int show(const Options &options, const Global &global)
{
    auto cache = openProfileCache(global);
    if (!cache)
        return failed(cache.error());
    const auto problem = (*cache)->problems().problem(options.problem);
    if (!problem) {
        failed(problem.error());
        return problem.error().code == "unknown_problem" ? kNegative : kFailed;
    }
    std::cout << (options.json ? problemJson(*problem) + "\n" : problemText(*problem));
    return kDone;
}

} // namespace

void addProblemsCommand(CLI::App &app, const Global &global, int &exitCode)
{
    auto options = std::make_shared<Options>();
    CLI::App *command = app.add_subcommand("problems", "List the problems, or show one");
    command->require_subcommand(1);

    CLI::App *lists = command->add_subcommand("list", "List the problems");
    lists->add_option("--search", options->search, "Words, or their beginnings");
    lists->add_option("--topic", options->topic, "A topic's slug or name; those below it count");
    lists->add_option("--difficulty", options->difficulty, "Beginner, Easy, Medium, Hard or Expert")
        ->check([](const std::string &word) {
            return content::parseDifficulty(word) ? std::string() : "There is no difficulty \"" + word + "\".";
        });
    lists->add_option("--status", options->status, "new, tried, solved or gave-up")
        ->check(CLI::IsMember({"new", "tried", "solved", "gave-up"}));
    lists->add_flag("--json", options->json, "Print as JSON");
    lists->callback([options, &global, &exitCode] { exitCode = list(*options, global); });

    CLI::App *shows = command->add_subcommand("show", "Show a problem's statement, contract and tables");
    shows->add_option("PROBLEM", options->problem, "The problem's slug or id")->required();
    shows->add_flag("--json", options->json, "Print as JSON");
    shows->callback([options, &global, &exitCode] { exitCode = show(*options, global); });
}

} // namespace sqlgym::ctl
