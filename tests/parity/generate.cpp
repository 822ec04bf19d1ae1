// Generated queries on two engines: PostgreSQL says what is right, the embedded engine may decline but never differ.
//
//   run_generated [--seed N] [--count N] [--seconds N] [--least-agreeing PERCENT] [--show-declined] [--show-errors]
//
// Prints each difference as a case for a .sqltest file, made small. Exits 1 when there is any.
#include "duel.h"
#include "duel_options.h"
#include "engines.h"
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
    Duel duel(makeEngine("postgres", scratch.path() + "/cluster"), makeEngine("embedded", ""), options->duel);
    for (const auto &playground : places) {
        if (!duel.load(playground.name, playground.setup))
            return 1;
    }
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(options->seconds);
    for (int i = 0; i < options->count && std::chrono::steady_clock::now() < until; ++i) {
        const Playground &playground = places[static_cast<std::size_t>(i) % places.size()];
        QueryGenerator generator(playground, options->seed * 1'000'003 + static_cast<std::uint64_t>(i));
        duel.run(playground.name, generator.query());
    }
    return duel.finish("generated queries");
}
