#include "club.h"

#include <nlohmann/json.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace sqlgym::bench {

namespace {

std::string readFile(const std::filesystem::path &path)
{
    std::ifstream file(path, std::ios::binary);
    std::stringstream text;
    text << file.rdbuf();
    return text.str();
}

} // namespace

std::optional<Club> readClub()
{
    const char *given = std::getenv("SQLGYM_BENCH");
    const std::filesystem::path folder = given ? given : SQLGYM_BENCH_FOLDER;
    if (!std::filesystem::exists(folder / "queries.json"))
        return std::nullopt;
    Club club{readFile(folder / "club.pg.sql"), readFile(folder / "club.sqlite.sql"), {}};
    const auto json = nlohmann::ordered_json::parse(readFile(folder / "queries.json"), nullptr, false);
    for (const auto &[name, dialects] : json.items())
        club.queries.push_back({name, dialects.value("postgresql", ""), dialects.value("sqlite", "")});
    return club;
}

} // namespace sqlgym::bench
