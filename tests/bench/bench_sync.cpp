// Measures pulling: a new copy against COPY read and thrown away, a hundred changes among many rows against an indexed
// watermark scan, and what the server's triggers cost its writes. Ratios within one run; fails nothing by the clock.
//
//   bench_sync [ROWS [ROUNDS]]   submissions of one learner (1000000), a fifth as many results
#include "../engine/sync/copy_of.h"
#include "content/pack.h"
#include "content/resources.h"
#include "server/pack_import.h"
#include "sync/mirrored_table.h"

#include <QCoreApplication>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <sys/resource.h>

using namespace sqlgym;
using tests::asked;

namespace {

template <typename Work> double seconds(Work work)
{
    const auto begin = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

double median(std::vector<double> values)
{
    std::ranges::sort(values);
    return values[values.size() / 2];
}

void must(const base::Result<void> &done)
{
    if (!done)
        throw std::runtime_error(done.error().message);
}

void fill(server::Session &admin, const std::string &user, const std::string &rows)
{
    asked(admin, "ALTER TABLE submissions DISABLE TRIGGER USER");
    asked(
        admin,
        "INSERT INTO submissions (id, user_id, problem_id, query, is_correct, execution_time, submitted_at) "
        "SELECT md5(g::text)::uuid::text, $1, p.id, 'SELECT name, count(*) FROM member JOIN booking USING (member_id) "
        "WHERE id > ' || g || ' GROUP BY name ORDER BY 2 DESC', false, g % 40, now()::timestamp - make_interval(secs "
        "=> g) "
        "FROM generate_series(1, $2::integer) g JOIN (SELECT id, row_number() OVER () - 1 AS n FROM problems) p "
        "ON p.n = g % (SELECT count(*) FROM problems)",
        {user, rows});
    asked(admin, "ALTER TABLE submissions ENABLE TRIGGER USER");
    asked(admin,
          "INSERT INTO execution_results (id, submission_id, test_case_id, status, execution_time_ms, is_correct) "
          "SELECT md5('r' || g)::uuid::text, md5(((g - 1) / 5 + 1)::text)::uuid::text, t.id, 'SUCCESS', g % 40, false "
          "FROM generate_series(1, $1::integer / 5) g JOIN (SELECT id, row_number() OVER () - 1 AS n FROM test_cases "
          "LIMIT "
          "50) t ON t.n = g % 50",
          {rows});
    asked(admin, "VACUUM ANALYZE");
}

double readAndThrowAway(tests::Learner &learner)
{
    return seconds([&] {
        auto snapshot = learner.gateway().snapshot();
        if (!snapshot)
            throw std::runtime_error(snapshot.error().message);
        auto tables = sync::mirroredTables(
            [&](const std::string &sql, const client::Values &values) { return (*snapshot)->call(sql, values); });
        for (const sync::MirroredTable &table : *tables)
            must((*snapshot)->copy(table.query, [](std::string_view) { return base::Result<void>(); }));
    });
}

void newCopy(tests::Learner &learner, int rounds)
{
    std::vector<double> ratios;
    for (int round = 0; round < rounds; ++round) {
        const double thrown = readAndThrowAway(learner);
        const double copied = seconds([&] {
            if (auto all = learner.pullAll(); !all)
                throw std::runtime_error(all.error().message);
        });
        ratios.push_back(copied / thrown);
        std::printf("  COPY %.2f s, new copy %.2f s: %.2fx\n", thrown, copied, copied / thrown);
    }
    rusage used{};
    getrusage(RUSAGE_SELF, &used);
    std::printf("new copy: %.2fx COPY read and thrown away (bar 5), at most %.0f MB resident (bar 200)\n",
                median(ratios), static_cast<double>(used.ru_maxrss) / 1024);
}

void hundredChanges(server::Session &admin, tests::Learner &learner)
{
    std::vector<double> changes;
    std::vector<double> scans;
    std::vector<double> nothing;
    for (int round = 0; round < 30; ++round) {
        nothing.push_back(seconds([&] {
            if (auto none = learner.pullChanges(); !none || none->written != 0)
                throw std::runtime_error("there was something");
        }));
        const std::string mark = asked(admin, "SELECT now()::timestamp");
        asked(admin,
              "UPDATE submissions SET submitted_at = now() WHERE id IN (SELECT md5((g * 97 + "
              "$1::integer)::text)::uuid::text "
              "FROM generate_series(1, 100) g)",
              {std::to_string(round)});
        scans.push_back(seconds([&] {
            auto rows = learner.gateway().call("SELECT to_jsonb(s) FROM submissions s WHERE user_id = (SELECT "
                                               "api.current_user_id()) AND submitted_at >= $1",
                                               {mark.c_str()});
            if (!rows || rows->size() != 100)
                throw std::runtime_error("not a hundred");
        }));
        const std::string cursor = learner.cache().mirror().state()->cursor;
        changes.push_back(seconds([&] {
            auto rows = learner.gateway().call("SELECT * FROM api.changes_since($1)", {cursor.c_str()});
            if (!rows || rows->size() != 101)
                throw std::runtime_error("not a hundred and one");
        }));
        if (auto taken = learner.pullChanges(); !taken)
            throw std::runtime_error(taken.error().message);
    }
    std::printf("100 changes: %.2f ms, %.2fx an indexed watermark scan of %.2f ms (bar 3)\n", median(changes) * 1000,
                median(changes) / median(scans), median(scans) * 1000);
    std::printf("nothing new: %.2f ms, one round trip\n", median(nothing) * 1000);
}

/// What the log's triggers add; the counters' triggers are there in both.
void triggers(server::Session &admin, const std::string &user)
{
    const std::string problem = asked(admin, "SELECT min(id) FROM problems");
    const std::string row = "(id, user_id, problem_id, query, is_correct) SELECT gen_random_uuid(), '" + user + "', '" +
                            problem + "', 'SELECT name FROM member', false FROM generate_series(1, ";
    const auto bulk = [&] {
        return seconds([&] {
            asked(admin, "BEGIN");
            asked(admin, "INSERT INTO submissions " + row + "50000)");
            asked(admin, "ROLLBACK");
        });
    };
    const auto single = [&] {
        return seconds([&] {
            for (int i = 0; i < 1000; ++i)
                asked(admin, "INSERT INTO submissions " + row + "1)");
        });
    };
    std::vector<double> bulks;
    std::vector<double> singles;
    for (int round = 0; round < 7; ++round) {
        const auto set = [&](const char *how) {
            for (const char *trigger :
                 {"sqlgym_log_insert", "sqlgym_log_update", "sqlgym_log_delete", "sqlgym_log_solved"})
                asked(admin, std::string("ALTER TABLE submissions ") + how + " TRIGGER " + trigger);
        };
        set("DISABLE");
        const double bulkWithout = bulk();
        const double singleWithout = single();
        set("ENABLE");
        bulks.push_back(bulk() / bulkWithout);
        singles.push_back(single() / singleWithout);
    }
    std::printf("triggers: bulk writes %.2fx (bar 1.15), single ones %.2fx (bar 1.5)\n", median(bulks),
                median(singles));
}

} // namespace

int main(int count, char **arguments)
{
    QCoreApplication application(count, arguments);
    const std::string rows = count > 1 ? arguments[1] : "1000000";
    const int rounds = count > 2 ? std::max(1, std::atoi(arguments[2])) : 3;
    try {
        tests::ServerFixture server;
        server.deploy();
        auto admin = server.admin();
        const auto pack = content::readPack(content::bundledPack());
        if (!pack || !server::importPack(admin, *pack))
            throw std::runtime_error("the pack cannot be imported");
        tests::Learner learner(server, "ann");
        fill(admin, learner.id(), rows);
        std::printf("%s submissions and a fifth as many results of one learner\n", rows.c_str());
        newCopy(learner, rounds);
        if (const std::string trouble = learner.pull(); !trouble.empty())
            throw std::runtime_error(trouble);
        hundredChanges(admin, learner);
        triggers(admin, learner.id());
    } catch (const std::exception &error) {
        std::fprintf(stderr, "bench_sync: %s\n", error.what());
        return 1;
    }
    return 0;
}
