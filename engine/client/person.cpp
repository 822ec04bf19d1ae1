#include "client/person.h"

#include "base/timestamp.h"
#include "client/account.h"

#include <charconv>

namespace sqlgym::client {

namespace {

constexpr char kPerson[] = R"sql(
SELECT u.id, u.username, trim(coalesce(u.first_name, '') || ' ' || coalesce(u.last_name, '')), u.company_name, u.linkedin_url,
    u.created_at::text, u.problems_solved, (SELECT count(*) FROM public.community_posts p WHERE p.user_id = u.id),
    (SELECT count(*) FROM public.followers f WHERE f.following_id = u.id),
    (SELECT count(*) FROM public.followers f WHERE f.follower_id = u.id)
FROM public.users u WHERE u.id = $1)sql";
constexpr char kFollowers[] =
    "SELECT u.id, u.username FROM public.followers f JOIN public.users u ON u.id = f.follower_id "
    "WHERE f.following_id = $1 ORDER BY u.username, u.id LIMIT 200";
constexpr char kFollowing[] =
    "SELECT u.id, u.username FROM public.followers f JOIN public.users u ON u.id = f.following_id "
    "WHERE f.follower_id = $1 ORDER BY u.username, u.id LIMIT 200";

std::string text(const Row &row, std::size_t column) { return plainText(row[column].value_or("")); }

int number(const Row &row, std::size_t column)
{
    int value = 0;
    const std::string &cell = row[column].value_or("");
    std::from_chars(cell.data(), cell.data() + cell.size(), value);
    return value;
}

base::Result<std::vector<PersonName>> names(Gateway &gateway, const char *sql, const std::string &userId)
{
    auto rows = gateway.call(sql, {userId.c_str()});
    if (!rows)
        return rows.error();
    std::vector<PersonName> names;
    for (const Row &row : *rows)
        names.push_back({row[0].value_or(""), text(row, 1)});
    return names;
}

} // namespace

base::Result<std::optional<Person>> person(Gateway &gateway, const std::string &userId)
{
    auto rows = gateway.call(kPerson, {userId.c_str()});
    if (!rows)
        return rows.error();
    if (rows->empty())
        return std::optional<Person>();
    const Row &row = rows->front();
    Person found;
    found.person = {row[0].value_or(""), text(row, 1)};
    found.name = text(row, 2);
    found.company = text(row, 3);
    found.linkedin = row[4].value_or("");
    found.since = base::parseTimestamp(row[5].value_or("")).value_or(0);
    found.solved = number(row, 6);
    found.posts = number(row, 7);
    found.followerCount = number(row, 8);
    found.followingCount = number(row, 9);
    auto followers = names(gateway, kFollowers, userId);
    if (!followers)
        return followers.error();
    auto following = names(gateway, kFollowing, userId);
    if (!following)
        return following.error();
    found.followers = std::move(*followers);
    found.following = std::move(*following);
    return std::optional(std::move(found));
}

} // namespace sqlgym::client
