#include "client/standing.h"

#include "client/account.h"

#include <charconv>

namespace sqlgym::client {

namespace {

int number(const std::optional<std::string> &cell)
{
    int value = 0;
    if (cell)
        std::from_chars(cell->data(), cell->data() + cell->size(), value);
    return value;
}

// A day belongs to the run of those before it; a run counts as long as today or yesterday is in it.
constexpr char kStreaks[] = R"sql(
WITH days AS (
    SELECT DISTINCT submitted_at::date AS day FROM public.submissions
    WHERE user_id = (SELECT api.current_user_id()) AND is_correct
), runs AS (
    SELECT max(day) AS last, count(*) AS length
    FROM (SELECT day, day - (row_number() OVER (ORDER BY day))::integer AS run FROM days) d GROUP BY run
)
SELECT COALESCE(max(length) FILTER (WHERE last >= (now() AT TIME ZONE 'UTC')::date - 1), 0), COALESCE(max(length), 0)
FROM runs)sql";

constexpr char kTopics[] = R"sql(
SELECT t.name, p.problems_attempted, p.problems_solved, p.experience_points, p.total_submissions,
       (SELECT count(*) FROM api.problem_titles q WHERE q.topic_id = t.id)
FROM public.topics t
LEFT JOIN public.user_progress p ON p.topic_id = t.id AND p.user_id = (SELECT api.current_user_id())
ORDER BY t.order_index, t.name)sql";

constexpr char kBadges[] = R"sql(
SELECT b.name, b.description, b.points_reward, u.earned_at::text
FROM public.badges b
LEFT JOIN public.user_badges u ON u.badge_id = b.id AND u.user_id = (SELECT api.current_user_id())
ORDER BY u.earned_at, b.name)sql";

} // namespace

base::Result<Standing> standing(Gateway &gateway)
{
    auto account = myAccount(gateway);
    if (!account)
        return account.error();
    Standing standing;
    standing.username = plainText(account->username);
    standing.solved = account->problemsSolved;
    auto streaks = gateway.call(kStreaks);
    if (!streaks)
        return streaks.error();
    standing.streak = number((*streaks)[0][0]);
    standing.longestStreak = number((*streaks)[0][1]);
    auto topics = gateway.call(kTopics);
    if (!topics)
        return topics.error();
    for (const Row &row : *topics) {
        standing.topics.push_back({plainText(row[0].value_or("")), number(row[1]), number(row[2]), number(row[5]),
                                   number(row[3]), number(row[4])});
        standing.points += number(row[3]);
    }
    auto badges = gateway.call(kBadges);
    if (!badges)
        return badges.error();
    for (const Row &row : *badges) {
        standing.badges.push_back(
            {plainText(row[0].value_or("")), plainText(row[1].value_or("")), number(row[2]), row[3].value_or("")});
        if (row[3])
            standing.points += number(row[2]);
    }
    return standing;
}

} // namespace sqlgym::client
