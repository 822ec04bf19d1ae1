// Generated queries on two engines: PostgreSQL says what is right, the embedded engine may decline but never differ.
//
//   run_generated [--seed N] [--first N] [--count N] [--seconds N] [--least-agreeing PERCENT] [--luck] [--features]
//                 [--show-declined] [--show-errors] [--print]
//
// With --luck PostgreSQL is asked under several settings and over shuffled rows: an answer that agrees with it only
// sometimes has to be marked as depending on row order. Prints each difference as a case for a .sqltest file, made
// small. Exits 1 when there is any.
#include "duel.h"
#include "duel_options.h"
#include "engines.h"
#include "postgres_ways.h"
#include "query_generator.h"

#include <chrono>
#include <iostream>

using namespace sqlgym::parity;

int main(int count, char **arguments)
{
    const auto options = parseDuelOptions(count, arguments, {.count = 2000, .seconds = 60});
    if (!options) {
        std::cerr << "usage: run_generated " << kDuelUsage << '\n';
        return 2;
    }
    const auto places = playgrounds();
    const ScratchFolder scratch;
    auto ways = makePostgresWays(scratch.path() + "/cluster", options->luck);
    if (!ways) {
        std::cout << "PostgreSQL: " << ways.error().message << '\n';
        return 1;
    }
    Duel duel(std::move(ways->front().sandbox), makeEngine("embedded", ""), options->duel);
    for (std::size_t i = 1; i < ways->size(); ++i)
        duel.addWay((*ways)[i].name, std::move((*ways)[i].sandbox));
    for (const auto &playground : places) {
        if (!duel.load(playground.name, playground.setup))
            return 1;
    }
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(options->seconds);
    const int end = options->first + options->count;
    for (int i = options->first; i < end && std::chrono::steady_clock::now() < until; ++i) {
        const Playground &playground = places[static_cast<std::size_t>(i) % places.size()];
        QueryGenerator generator(playground, options->seed * 1'000'003 + static_cast<std::uint64_t>(i), options->luck);
        const auto query = generator.query();
        duel.run(playground.name, query, generator.features());
    }
    return duel.finish("generated queries");
}
