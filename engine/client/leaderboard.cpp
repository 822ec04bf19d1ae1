#include "client/leaderboard.h"

#include "client/account.h"

#include <charconv>

#include <nlohmann/json.hpp>

namespace sqlgym::client {

namespace {

using Json = nlohmann::json;

constexpr std::size_t kMostRows = 100;
constexpr std::size_t kLongestName = 200; ///< bytes; names are of 50 characters

template <typename Number> Number number(const std::optional<std::string> &cell)
{
    Number value = 0;
    if (cell)
        std::from_chars(cell->data(), cell->data() + cell->size(), value);
    return value;
}

std::string name(const std::string &text)
{
    const std::string clean = plainText(text);
    return clean.size() <= kLongestName ? clean : std::string();
}

} // namespace

base::Result<Leaderboard> leaderboard(Gateway &gateway)
{
    auto visible = gateway.call("SELECT api.on_leaderboard()");
    if (!visible)
        return visible.error();
    auto rows =
        gateway.call("SELECT place, user_id, username, xp, problems_solved FROM api.leaderboard() ORDER BY place");
    if (!rows)
        return rows.error();
    Leaderboard board;
    board.visible = !visible->empty() && visible->front().front().value_or("f") == "t";
    for (const Row &row : *rows) {
        if (row.size() == 5 && board.rows.size() < kMostRows)
            board.rows.push_back({number<int>(row[0]), row[1].value_or(""), name(row[2].value_or("")),
                                  number<std::int64_t>(row[3]), number<int>(row[4])});
    }
    return board;
}

std::string leaderboardJson(const Leaderboard &board)
{
    Json rows = Json::array();
    for (const LeaderboardRow &row : board.rows)
        rows.push_back({row.place, row.userId, row.username, row.points, row.solved});
    return Json{{"version", 1}, {"visible", board.visible}, {"rows", rows}}.dump(-1, ' ', false,
                                                                                 Json::error_handler_t::replace);
}

Leaderboard leaderboardOf(const std::string &text)
{
    Leaderboard board;
    try {
        const Json json = Json::parse(text);
        board.visible = json.value("visible", false);
        for (const Json &row : json.at("rows")) {
            if (board.rows.size() < kMostRows)
                board.rows.push_back({row.at(0).get<int>(), row.at(1).get<std::string>(),
                                      name(row.at(2).get<std::string>()), row.at(3).get<std::int64_t>(),
                                      row.at(4).get<int>()});
        }
    } catch (const Json::exception &) {
        return {};
    }
    return board;
}

} // namespace sqlgym::client
