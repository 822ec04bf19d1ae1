#include "judge/housekeeping.h"

#include <map>

namespace sqlgym::judge {

namespace {

constexpr int kBatch = 500;
constexpr int kMostRounds = 40;
constexpr int kProblems = 100;

} // namespace

base::Result<Facts> keepHouse(server::Session &session)
{
    std::map<std::string, long> done;
    bool more = true;
    for (int round = 0; more && round < kMostRounds; ++round) {
        auto rows = session.run("SELECT kind, done FROM private.housekeep($1)", {std::to_string(kBatch)});
        if (!rows)
            return rows.error();
        more = false;
        for (int row = 0; row < rows->rowCount(); ++row) {
            const long count = std::stol(std::string(rows->cell(row, 1).value_or("0")));
            done[std::string(rows->cell(row, 0).value_or("?"))] += count;
            more = more || count >= kBatch;
        }
        auto pruned = session.run("SELECT private.prune_changes($1)", {std::to_string(kBatch)});
        if (!pruned)
            return pruned.error();
        const long count = std::stol(std::string(pruned->cell(0, 0).value_or("0")));
        done["changes"] += count;
        more = more || count >= kBatch;
    }
    if (auto refreshed = session.run("SELECT private.refresh_leaderboard()"); !refreshed)
        return refreshed.error();
    if (auto refreshed = session.run("SELECT private.refresh_problem_figures($1)", {std::to_string(kProblems)});
        !refreshed)
        return refreshed.error();
    Facts facts;
    for (const auto &[kind, count] : done) {
        if (count > 0)
            facts.emplace_back(kind, std::to_string(count));
    }
    return facts;
}

} // namespace sqlgym::judge
