#include "sync/told_solutions.h"

#include "base/timestamp.h"

#include <charconv>
#include <nlohmann/json.hpp>

namespace sqlgym::sync {
namespace {

constexpr const char *kQuestion =
    "SELECT id, author_id, author, title, content, sql_code, official, created_at, updated_at, up, down, vote, "
    "bookmark, verdict, pg_catalog.to_json(failing), horizon FROM api.solutions_of($1)";

std::int64_t numberOf(const std::optional<std::string> &text)
{
    std::int64_t number = 0;
    if (text)
        std::from_chars(text->data(), text->data() + text->size(), number);
    return number;
}

cache::ToldSolution read(const client::Row &row)
{
    const auto text = [&](std::size_t at) { return row[at].value_or(""); };
    const auto is = [&](std::size_t at) { return text(at) == "t"; };
    const auto moment = [&](std::size_t at) { return base::parseTimestamp(text(at)).value_or(0); };
    cache::ToldSolution told;
    cache::Solution &s = told.solution;
    s.id = text(0);
    s.authorId = text(1);
    s.author = text(2);
    s.title = text(3);
    s.content = text(4);
    s.sql = text(5);
    s.official = is(6);
    s.createdAt = moment(7);
    told.updatedAt = moment(8);
    s.up = static_cast<int>(numberOf(row[9]));
    s.down = static_cast<int>(numberOf(row[10]));
    s.vote = static_cast<int>(numberOf(row[11]));
    s.bookmark = is(12);
    if (row[13])
        s.verdict = is(13);
    const auto failing = nlohmann::json::parse(text(14), nullptr, false);
    if (failing.is_array()) {
        for (const auto &name : failing)
            s.failing.push_back(name.is_string() ? name.get<std::string>() : std::string());
    }
    return told;
}

} // namespace

base::Result<ToldSolutions> toldSolutions(client::Gateway &gateway, const std::string &problemId)
{
    auto rows = gateway.call(kQuestion, {problemId.c_str()});
    if (!rows)
        return rows.error();
    ToldSolutions told;
    for (const client::Row &row : *rows) {
        if (row.size() != 16)
            return client::makeError(client::Trouble::Failed, "The server's solutions cannot be read.");
        told.solutions.push_back(read(row));
        told.horizon = numberOf(row[15]);
    }
    return told;
}

} // namespace sqlgym::sync
