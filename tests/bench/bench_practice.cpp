// A practice run against hand-written raw SQLite: the same question in both dialects, in one run, taking turns.
//
//   bench_practice [ROUNDS]         at least 8; default 12
//
// Ours:    SQL text in, text cells out (parse, bind, plan, execute), on a loaded dataset, in this process. Each run has
// a
//          text of its own, so that it is parsed, as SQLite prepares its own each time.
// SQLite:  prepare, step, read every cell as text, finalize, on a kept in-memory connection.
// Also: the way through the sandbox's child process, the child's start and size, and grading on five tests.
// Medians of wall time, which other work on the machine disturbs, and of processor time, which it hardly does.
// Data and queries: club.pg.sql, club.sqlite.sql and queries.json in $SQLGYM_BENCH, or ../shared/bench beside the
// source.
#include "club.h"
#include "measure.h"
#include "raw_sqlite.h"
#include "sandbox/process_sandbox.h"
#include "sandbox_embedded/embedded_sandbox.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

using namespace sqlgym;
using namespace sqlgym::bench;

namespace {

constexpr int kLeastRounds = 8;
constexpr double kRoundMicros = 20'000; // each side of a round repeats its query for about this long

/// One run, over as many as fit into a round; with the processor time of `helper`, when there is one.
template <typename F> Spent timeRuns(F &&run, pid_t helper = 0)
{
    const double helped = helper ? cpuOf(helper) : 0;
    int runs = 0;
    const double begin = wallNow();
    Spent spent = timed([&] {
        do {
            run();
            ++runs;
        } while (wallNow() - begin < kRoundMicros);
    });
    spent.cpu += helper ? cpuOf(helper) - helped : 0;
    return {spent.wall / runs, spent.cpu / runs};
}

struct Medians {
    std::vector<double> walls, cpus;
    void add(const Spent &spent)
    {
        walls.push_back(spent.wall);
        cpus.push_back(spent.cpu);
    }
    double wall() const { return median(walls); }
    double cpu() const { return median(cpus); }
};

long runOn(sandbox::Sandbox &engine, const std::string &query, std::string *word = nullptr)
{
    sandbox::Request request;
    request.dataset = "club";
    request.query = query;
    base::CancelToken cancel;
    const auto outcome = engine.run(request, cancel);
    if (outcome.status == sandbox::Status::Ok)
        return long(outcome.table.rowCount());
    if (word)
        *word = outcome.status == sandbox::Status::Unsupported ? "declined: " + outcome.feature
                                                               : "failed: " + outcome.diagnostic.message;
    return -1;
}

sandbox::ProcessSandbox::Options childOptions()
{
    sandbox::ProcessSandbox::Options options;
    options.argv = {SQLGYM_CHILD_PROGRAM};
    return options;
}

/// The same query in a text that was not parsed before.
std::string fresh(const std::string &query)
{
    static long count = 0;
    return query + "\n-- " + std::to_string(++count);
}

/// From asking for a child to its first answer.
void timeStart(int rounds)
{
    Medians starts;
    for (int round = 0; round < rounds; ++round) {
        auto options = childOptions();
        options.keepSpare = false;
        starts.add(timed([&] {
            sandbox::ProcessSandbox child(options);
            sandbox::Request request;
            request.query = "SELECT 1";
            base::CancelToken cancel;
            child.run(request, cancel);
        }));
    }
    std::printf("child: first answer after %.1f ms, end included (bar: 15)\n", starts.wall() / 1000);
}

struct Totals {
    Spent ours, sqlite;
    double worstExcess = -1e9; ///< beyond SQLite's time
    double mostAdded = 0, mostAddedCpu = 0;
};

void compareOne(const ClubQuery &query, int rounds, sandbox::Sandbox &engine, RawSqlite &sqlite,
                sandbox::ProcessSandbox &child, Totals &totals)
{
    std::string word;
    const long rows = runOn(engine, query.postgres, &word);
    if (rows < 0 || sqlite.run(query.sqlite) != rows || runOn(child, query.postgres) != rows) {
        std::printf("%-16s %s\n", query.name.c_str(), word.empty() ? "row counts differ" : word.c_str());
        return;
    }
    Medians ours, theirs, through;
    for (int round = 0; round < rounds; ++round) {
        ours.add(timeRuns([&] { runOn(engine, fresh(query.postgres)); }));
        theirs.add(timeRuns([&] { sqlite.run(query.sqlite); }));
        through.add(timeRuns([&] { runOn(child, fresh(query.postgres)); }, child.processId()));
    }
    std::printf("%-16s %6ld | %9.1f %9.1f %6.2f | %9.1f %9.1f %6.2f | %8.1f %8.1f\n", query.name.c_str(), rows,
                ours.wall(), theirs.wall(), ours.wall() / theirs.wall(), ours.cpu(), theirs.cpu(),
                ours.cpu() / theirs.cpu(), through.wall() - ours.wall(), through.cpu() - ours.cpu());
    totals.ours.wall += ours.wall();
    totals.ours.cpu += ours.cpu();
    totals.sqlite.wall += theirs.wall();
    totals.sqlite.cpu += theirs.cpu();
    totals.worstExcess = std::max(totals.worstExcess, ours.cpu() - theirs.cpu());
    totals.mostAdded = std::max(totals.mostAdded, through.wall() - ours.wall());
    totals.mostAddedCpu = std::max(totals.mostAddedCpu, through.cpu() - ours.cpu());
}

} // namespace

int main(int argc, char **argv)
{
    const auto club = readClub();
    if (!club) {
        std::printf("skipped: no data (set SQLGYM_BENCH)\n");
        return 0;
    }
    const int rounds = std::max(kLeastRounds, argc > 1 ? std::atoi(argv[1]) : 12);
    RawSqlite sqlite;
    const auto engine = sandbox_embedded::makeEmbeddedSandbox();
    sandbox::ProcessSandbox child(childOptions());
    sandbox::Outcome loaded;
    const Spent loading = timed([&] { loaded = engine->load("club", club->setup); });
    if (!sqlite.load(club->sqliteSetup) || loaded.status != sandbox::Status::Ok) {
        std::printf("the data does not load: %s%s\n", loaded.feature.c_str(), loaded.diagnostic.message.c_str());
        return 3;
    }
    child.load("club", club->setup);
    std::printf("data loaded in %.1f ms; %d rounds, medians, microseconds a run\n", loading.wall / 1000, rounds);
    std::printf("%-16s %6s | %9s %9s %6s | %9s %9s %6s | %8s %8s\n", "query", "rows", "ours", "sqlite", "ratio",
                "ours cpu", "sqlite", "ratio", "child +", "cpu +");
    Totals totals;
    for (const ClubQuery &query : club->queries)
        compareOne(query, rounds, *engine, sqlite, child, totals);
    std::printf("sum: %.2f x SQLite, cpu %.2f x (bar: 0.8)\n", totals.ours.wall / totals.sqlite.wall,
                totals.ours.cpu / totals.sqlite.cpu);
    std::printf("worst query: SQLite %+.0f us of cpu (bar: +100)\n", totals.worstExcess);
    std::printf("child: adds at most %.0f us, cpu %.0f us (bar: 300); resident at most %.1f MB (bar: 40)\n",
                totals.mostAdded, totals.mostAddedCpu, residentPeakMegabytes(child.processId()));
    timeStart(rounds);
    timeGrading(*club, rounds);
    return 0;
}
