// Everything that the engine claims of PostgreSQL's catalogue, called with arguments worth trying, on both engines.
//
//   run_differential [--seed N] [--first N] [--count N] [--seconds N] [--least-agreeing PERCENT]
//                    [--show-declined] [--show-errors] [--print]
//
// Prints each difference as a case for a .sqltest file, made small. Exits 1 when there is any.
#include "catalogue_calls.h"
#include "duel_options.h"
#include "engines.h"
#include "postgres_ways.h"

#include <chrono>
#include <iostream>

using namespace sqlgym::parity;

namespace {

/// Visits everything that can be called before anything comes twice: it has no factor in common with the count.
constexpr std::size_t kStep = 7919;
constexpr char kNothing[] = "none";

} // namespace

int main(int count, char **arguments)
{
    auto options = parseDuelOptions(count, arguments, {.count = 4000, .seconds = 60});
    if (!options) {
        std::cerr << "usage: run_differential " << kDuelUsage << '\n';
        return 2;
    }
    options->duel.wordForWord = true;
    const ScratchFolder scratch;
    auto ways = makePostgresWays(scratch.path() + "/cluster", false);
    if (!ways) {
        std::cout << "PostgreSQL: " << ways.error().message << '\n';
        return 1;
    }
    Duel duel(std::move(ways->front().sandbox), makeEngine("embedded", ""), options->duel);
    if (!duel.load(kNothing, ""))
        return 1;
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(options->seconds);
    const int end = options->first + options->count;
    for (int i = options->first; i < end && std::chrono::steady_clock::now() < until; ++i) {
        const auto number = static_cast<std::size_t>(i);
        CatalogueCalls calls(options->seed * 1'000'003 + number);
        duel.run(kNothing, calls.query((number * kStep + options->seed) % CatalogueCalls::subjectCount()));
    }
    return duel.finish("calls");
}
