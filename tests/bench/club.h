// The practice data and queries of bench_practice.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace sqlgym::bench {

struct ClubQuery {
    std::string name;
    std::string postgres;
    std::string sqlite;
};

struct Club {
    std::string setup;
    std::string sqliteSetup;
    std::vector<ClubQuery> queries;
};

/// nullopt: there is no data on this machine.
std::optional<Club> readClub();

/// Prints what grading each query on five tests costs, in single runs of that query (as the window runs one).
void timeGrading(const Club &club, int rounds);

} // namespace sqlgym::bench
