// How long the server takes for the first page of an instructor's list, by filter: EXPLAIN ANALYZE of the very
// statement, as the instructor, over a million submissions. The bar is 100 ms.
//
//   bench_instructor [ROWS]
#include "../engine/server/server_with_pack.h"
#include "client/instructor.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>
#include <cstdio>
#include <cstdlib>

using namespace sqlgym;
using client::SubmissionFilter;
using client::VerdictFilter;
using tests::asked;

namespace {

constexpr int kRounds = 7;
constexpr int kPage = 100;

void must(server::Session &admin, const std::string &sql, const server::Values &values = {})
{
    if (const std::string answer = asked(admin, sql, values); !answer.empty())
        throw std::runtime_error(answer + " of " + sql);
}

void fill(server::Session &admin, const std::string &rows)
{
    must(admin, "ALTER TABLE submissions DISABLE TRIGGER USER");
    must(admin, "ALTER TABLE problem_submissions DISABLE TRIGGER USER");
    must(admin, "INSERT INTO users (id, username, email) SELECT 'u' || g, 'learner' || g, g || '@example.org' "
                "FROM generate_series(1, 5000) g");
    // The last problem was never solved; one in five hundred waits.
    must(admin,
         "INSERT INTO problem_submissions (id, user_id, problem_id, sql_query, status, error_message, "
         "execution_time_ms, "
         "created_at, completed_at) SELECT md5(g::text)::uuid::text, 'u' || 1 + g::bigint * 7919 % 5000, p.id, 'SELECT "
         "name, "
         "count(*) FROM "
         "member JOIN booking USING (member_id) WHERE id > ' || g || ' GROUP BY name ORDER BY 2 DESC', CASE WHEN g % "
         "500 = 0 "
         "THEN 'pending' WHEN g % 7 = 0 THEN 'failed' ELSE 'completed' END, CASE WHEN g % 7 = 0 THEN 'ERROR:  x "
         "(42703)' END, "
         "g % 40, now()::timestamp - make_interval(secs => g), now()::timestamp FROM generate_series(1, $1::integer) g "
         "JOIN (SELECT id, row_number() OVER (ORDER BY id) - 1 AS n, count(*) OVER () AS all_of_them FROM problems) p "
         "ON p.n = g % p.all_of_them",
         {rows});
    must(admin, "INSERT INTO submissions (id, user_id, problem_id, query, is_correct, execution_time, submitted_at) "
                "SELECT id, user_id, problem_id, sql_query, status = 'completed' AND execution_time_ms % 3 = 0 AND "
                "problem_id <> "
                "(SELECT max(id) FROM problems), execution_time_ms, created_at FROM problem_submissions WHERE status "
                "<> 'pending'");
    must(admin, "ALTER TABLE submissions ENABLE TRIGGER USER");
    must(admin, "ALTER TABLE problem_submissions ENABLE TRIGGER USER");
    must(admin, "VACUUM ANALYZE");
}

/// Planning and execution of the statement, milliseconds: the middle one of some rounds.
double serverMs(server::Session &session, const SubmissionFilter &filter, const client::SubmissionCursor &after)
{
    client::Values values;
    const std::string sql =
        "EXPLAIN (ANALYZE, BUFFERS, SUMMARY) " + client::submissionPageSql(filter, after, kPage, values);
    server::Values texts;
    for (const char *value : values)
        texts.emplace_back(value);
    std::vector<double> times;
    std::string plan;
    for (int round = 0; round < kRounds; ++round) {
        plan = asked(session, sql, texts);
        double ms = 0;
        static const QRegularExpression time(QStringLiteral("(Planning|Execution) Time: ([0-9.]+) ms"));
        for (auto found = time.globalMatch(QString::fromStdString(plan)); found.hasNext();)
            ms += found.next().captured(2).toDouble();
        times.push_back(ms);
    }
    if (std::getenv("SQLGYM_PLANS"))
        std::printf("%s\n", plan.c_str());
    std::ranges::sort(times);
    return times[times.size() / 2];
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication app(argc, argv);
    const std::string rows = argc > 1 ? argv[1] : "1000000";
    tests::ServerFixture fixture;
    const auto pack = tests::deployWithPack(fixture);
    auto admin = fixture.admin();
    fill(admin, rows);
    auto session = fixture.as("sqlgym_client");
    const std::string token = asked(session, "SELECT api.sign_up('ida', 'ida@example.org', 'correct horse')");
    asked(session, "SELECT set_config('sqlgym.token', $1, false)", {token});
    asked(admin, "UPDATE users SET is_admin = true WHERE username = 'ida'");
    const std::string first = asked(admin, "SELECT min(id) FROM problems");
    const std::string last = asked(admin, "SELECT max(id) FROM problems");
    std::vector<std::string> topic;
    for (const auto &problem : pack.problems) {
        if (problem.topic == pack.problems[0].topic)
            topic.push_back(problem.id);
    }
    const std::string cursor =
        asked(admin, "SELECT created_at || '|' || id FROM problem_submissions ORDER BY created_at "
                     "OFFSET 1000 LIMIT 1");
    const client::SubmissionCursor deep{cursor.substr(0, cursor.find('|')), cursor.substr(cursor.find('|') + 1)};
    const std::string since = asked(admin, "SELECT now()::timestamp - interval '5 days'");
    const std::string until = asked(admin, "SELECT now()::timestamp - interval '4 days'");

    const std::vector<std::tuple<const char *, SubmissionFilter, client::SubmissionCursor>> cases{
        {"everything", {}, {}},
        {"everything, the last page", {}, deep},
        {"a problem", {.problemIds = {first}}, {}},
        {"a topic", {.problemIds = topic}, {}},
        {"a learner", {.learner = "learner77"}, {}},
        {"learners by a beginning (1111)", {.learner = "learner1"}, {}},
        {"a learner at a problem", {.problemIds = {first}, .learner = "learner77"}, {}},
        {"right", {.verdict = VerdictFilter::Right}, {}},
        {"wrong", {.verdict = VerdictFilter::Wrong}, {}},
        {"no verdict", {.verdict = VerdictFilter::None}, {}},
        {"right, of a problem", {.problemIds = {first}, .verdict = VerdictFilter::Right}, {}},
        {"right, of one that nobody solved", {.problemIds = {last}, .verdict = VerdictFilter::Right}, {}},
        {"waiting", {.status = "pending"}, {}},
        {"ended in an error", {.status = "failed"}, {}},
        {"a day", {.since = since, .until = until}, {}},
    };
    std::printf("%-40s %12s\n", "first page of 100", "server, ms");
    for (const auto &[name, filter, after] : cases)
        std::printf("%-40s %12.2f\n", name, serverMs(session, filter, after));
    const QString report =
        QString::fromStdString(asked(session, "EXPLAIN (ANALYZE) SELECT api.problem_report($1)", {first}));
    std::printf("%-40s %s\n", "figures of a problem", report.section(u'\n', -1).toUtf8().constData());
}
