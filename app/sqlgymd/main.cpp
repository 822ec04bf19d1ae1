// sqlgymd: judges what learners hand in, on a PostgreSQL of its own. Any number may run, on any number of hosts.
#include "base/uuid.h"
#include "folders.h"
#include "health.h"
#include "json_log.h"
#include "judge/awarding.h"
#include "judge/housekeeping.h"
#include "judge/prover.h"
#include "judge/rounds.h"
#include "judge/worker.h"
#include "sandbox/child_process.h"
#include "sandbox/process_sandbox.h"
#include "service_manager.h"

#include <CLI/CLI.hpp>

#include <array>
#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <thread>
#include <unistd.h>

namespace {

using namespace sqlgym;

enum ExitCode : int { kDone = 0, kNegative = 1, kUsage = 2, kFailed = 3 };

constexpr std::chrono::minutes kHousekeeping{1};
/// Should no notification come.
constexpr std::chrono::seconds kAwarding{5};
/// What a second signal, or the end of all judging, leaves for cleaning up.
constexpr std::chrono::seconds kAtOnce{10};

struct Options {
    std::string dsn;
    std::string folder;
    std::string name;
    int workers = 1;
    int leaseSeconds = 30;
    bool once = false;
    bool health = false;
};

std::string hostAndProcess()
{
    std::array<char, 65> host{};
    gethostname(host.data(), host.size() - 1);
    return std::string(host.data()) + ":" + std::to_string(getpid());
}

int showHealth(const Options &options)
{
    const auto state = judged::health(options.dsn);
    if (!state) {
        std::cerr << "sqlgymd: " << state.error().message << '\n';
        return kFailed;
    }
    std::cout << state->json << '\n';
    return state->healthy ? kDone : kNegative;
}

std::vector<std::unique_ptr<judge::Worker>> workersOf(const Options &options)
{
    const std::string folder = judged::clusterFolder(options.folder);
    std::vector<std::unique_ptr<judge::Worker>> workers;
    for (int number = 1; number <= options.workers; ++number) {
        judge::WorkerOptions each;
        each.dsn = options.dsn;
        // A process of the same number may have run here before: the name tells them apart.
        each.name = options.name + ":" + std::to_string(number) + ":" + base::randomUuid().substr(0, 8);
        each.examiner = {folder, {sandbox::programBeside("sqlgym-sandbox")}};
        each.leaseSeconds = options.leaseSeconds;
        each.once = options.once;
        workers.push_back(std::make_unique<judge::Worker>(std::move(each), judged::log));
    }
    return workers;
}

/// What is still to end asks the server. One that does not answer is not waited for: nothing is lost, the leases end.
void endWithin(std::chrono::seconds time, int code)
{
    std::thread([time, code] {
        std::this_thread::sleep_for(time);
        judged::log("left", {{"what", "The server does not answer."}});
        std::_Exit(code);
    }).detach();
}

/// Runs all until they end; SIGTERM and SIGINT end them in good order, a second one at once.
int runAll(const Options &options)
{
    sigset_t ending;
    sigemptyset(&ending);
    for (const int signal : {SIGTERM, SIGINT})
        sigaddset(&ending, signal);
    pthread_sigmask(SIG_BLOCK, &ending, nullptr);

    auto workers = workersOf(options);
    std::atomic<int> left{static_cast<int>(workers.size())};
    std::atomic<bool> failed{false};
    std::vector<std::thread> threads;
    for (auto &worker : workers) {
        threads.emplace_back([&worker, &left, &failed] {
            if (const auto done = worker->run(); !done) {
                judged::log("failed", {{"what", done.error().message}});
                failed = true;
            }
            --left;
        });
    }
    const judge::Rounds housekeeping({options.dsn, "housekeeping", kHousekeeping, {}}, judge::keepHouse, judged::log);
    const judge::Rounds awarding({options.dsn, "awarded", kAwarding, "sqlgym_deeds"}, judge::awardDeeds, judged::log);
    judge::ProverOptions proving;
    proving.dsn = options.dsn;
    proving.name = options.name + ":proofs:" + base::randomUuid().substr(0, 8);
    proving.clusterFolder = judged::clusterFolder(options.folder);
    proving.sandboxProgram = {sandbox::programBeside("sqlgym-sandbox")};
    std::unique_ptr<judge::Prover> prover;
    if (!options.once)
        prover = std::make_unique<judge::Prover>(std::move(proving), judged::log);
    judged::tellServiceManager("READY=1");
    int signals = 0;
    auto atOnce = std::chrono::steady_clock::time_point::max();
    while (left > 0) {
        // A server that neither answers nor breaks the connection: nothing is lost, the leases will end.
        if (std::chrono::steady_clock::now() > atOnce) {
            judged::log("left", {{"what", "The server does not answer."}});
            std::_Exit(kFailed);
        }
        const timespec wait{.tv_sec = 0, .tv_nsec = 200'000'000};
        if (sigtimedwait(&ending, nullptr, &wait) > 0) {
            judged::tellServiceManager("STOPPING=1");
            for (auto &worker : workers)
                signals == 0 ? worker->stop() : worker->stopNow();
            if (++signals == 2)
                atOnce = std::chrono::steady_clock::now() + kAtOnce;
        }
    }
    for (std::thread &thread : threads)
        thread.join();
    endWithin(kAtOnce, failed ? kFailed : kDone);
    return failed ? kFailed : kDone;
}

} // namespace

int main(int count, char **arguments)
{
    // Connections are made with what is asked for, not with what a shell happens to export.
    for (const char *name : {"PGSERVICE", "PGSERVICEFILE", "PGOPTIONS", "PGPASSFILE"})
        unsetenv(name);

    CLI::App app{"SQLGym's judge: takes submissions from a server's queue and decides them.", "sqlgymd"};
    app.set_version_flag("--version", SQLGYM_VERSION);
    Options options;
    app.add_option("--dsn", options.dsn, "The server, as the role sqlgym_judge")->envname("SQLGYM_DSN")->required();
    app.add_option("--workers", options.workers, "Submissions judged at the same time")
        ->check(CLI::Range(1, 64))
        ->capture_default_str();
    app.add_option("--folder", options.folder, "Where the private PostgreSQL clusters lie");
    app.add_option("--name", options.name, "What this judge is called in logs and in `sqlgymctl server status`");
    app.add_option("--lease", options.leaseSeconds, "Seconds after which a silent judge's submissions go to another")
        ->check(CLI::Range(1, 3600))
        ->capture_default_str();
    app.add_flag("--once", options.once, "Judge the submissions that wait, then end");
    app.add_flag("--health", options.health, "Show how queue and judges stand, and judge nothing: exits 0 when well");
    app.footer("Exit codes: 0 done, 1 not well (--health), 2 wrong usage, 3 failed.");
    try {
        app.parse(count, arguments);
    } catch (const CLI::ParseError &error) {
        return app.exit(error) == 0 ? kDone : kUsage;
    }
    if (options.name.empty())
        options.name = hostAndProcess();
    if (options.name.size() > 60) {
        std::cerr << "sqlgymd: the name is too long: at most 60 characters.\n";
        return kUsage;
    }
    return options.health ? showHealth(options) : runAll(options);
}
