// Half a million rows: the embedded engine against hand-written SQLite and against PostgreSQL 15, taking turns.
//
//   bench_large [ROUNDS [ROWS]]     default 3 rounds, 500000 rows; ROWS/10 is run too, to show what grows too fast
//
// Ours:       SQL text in, text cells out, on a loaded dataset, in this process.
// SQLite:     prepare, step, every cell as text, on a kept connection in memory; foreign keys are indexed.
// PostgreSQL: a private cluster, ANALYZEd, without JIT and parallel workers; all rows fetched as text by one client.
// The three answers are compared (SQLite's fractions as numbers) before anything is timed. Wall: what the user waits.
// CPU: this process; for PostgreSQL that of the backend and of the client.
#include "large_data.h"
#include "large_queries.h"
#include "measure.h"
#include "postgres/private_cluster.h"
#include "raw_sqlite.h"
#include "runtime/prepare.h"
#include "sandbox_embedded/script.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <sys/stat.h>

using namespace sqlgym;
using namespace sqlgym::bench;

namespace {

/// The three engines over one amount of data.
class Contest {
public:
    Contest(postgres::PrivateCluster *cluster, std::size_t rows)
    {
        runtime::prepare();
        const LargeData data = makeLargeData(rows);
        const Spent loading = timed([&] {
            loadOurs(data.tables);
            for (const std::string &script : data.rows)
                loadOurs(script);
        });
        std::printf("%zu rows loaded in %.2f s, %.0f MB\n", rows, loading.wall / 1e6, double(m_loaded.used()) / 1e6);
        bool loaded = m_sqlite.load("BEGIN;" + data.sqliteTables);
        for (const std::string &script : data.rows)
            loaded = loaded && m_sqlite.load(script);
        if (!loaded || !m_sqlite.load(data.indexes + "COMMIT; ANALYZE;"))
            fail("SQLite: " + m_sqlite.lastError());
        if (!cluster)
            return;
        auto opened = postgres::Connection::open(cluster->parameters(postgres::kAdminRole, "postgres"));
        if (!opened) {
            fail("PostgreSQL: " + opened.error().message);
            return;
        }
        m_postgres.emplace(std::move(*opened));
        loadPostgres("DROP TABLE IF EXISTS events, orders, products, customers;"
                     "SET jit = off; SET max_parallel_workers_per_gather = 0;" +
                     data.tables);
        for (const std::string &script : data.rows)
            loadPostgres(script);
        loadPostgres(data.indexes);
        loadPostgres("VACUUM ANALYZE");
    }

    const std::string &failure() const { return m_failure; }
    bool hasPostgres() const { return m_postgres.has_value(); }

    /// The row count; -1 when the answers differ or one fails, with `why`.
    long compare(const LargeQuery &query, std::string &why)
    {
        Digest ours(query.ordered), theirs(query.ordered), server(query.ordered);
        m_failure.clear();
        runOurs(query, &ours);
        if (!m_failure.empty()) {
            why = m_failure;
            return -1;
        }
        if (m_sqlite.run(textFor(query), &theirs) < 0)
            why = "SQLite: " + m_sqlite.lastError();
        else if (ours.rows() != theirs.rows() || ours.lenient() != theirs.lenient())
            why = "differs from SQLite (" + std::to_string(theirs.rows()) + " rows)";
        if (m_postgres) {
            runPostgres(query, &server);
            if (ours.rows() != server.rows() || ours.exact() != server.exact())
                why = "differs from PostgreSQL (" + std::to_string(server.rows()) + " rows)";
        }
        return why.empty() ? long(ours.rows()) : -1;
    }

    Spent timeOurs(const LargeQuery &query)
    {
        return timed([&] { runOurs(query, nullptr); });
    }
    Spent timeSqlite(const LargeQuery &query)
    {
        return timed([&] { m_sqlite.run(textFor(query)); });
    }
    Spent timePostgres(const LargeQuery &query)
    {
        const double before = cpuOf(m_postgres->backendPid());
        Spent spent = timed([&] { runPostgres(query, nullptr); });
        spent.cpu += cpuOf(m_postgres->backendPid()) - before;
        return spent;
    }
    double peakMegabytes() const { return m_peak; }

private:
    static std::string textFor(const LargeQuery &query) { return query.sqlite ? query.sqlite : query.postgres; }
    void fail(const std::string &why) { m_failure = m_failure.empty() ? why : m_failure; }
    void check(const char *who, const sandbox::Outcome &outcome)
    {
        if (outcome.status != sandbox::Status::Ok)
            fail(std::string(who) + ": " + outcome.feature + outcome.diagnostic.message + " (status " +
                 std::to_string(int(outcome.status)) + ")");
    }
    void loadOurs(const std::string &script)
    {
        base::CancelToken cancel;
        check("ours", sandbox_embedded::runScript(script, m_database, m_loaded, cancel, {}));
    }
    void loadPostgres(const std::string &script)
    {
        if (const auto done = m_postgres->execute(script); !done)
            fail("PostgreSQL: " + done.error().message);
    }
    void runOurs(const LargeQuery &query, Digest *digest)
    {
        base::CancelToken cancel;
        base::MemoryAccount account;
        exec::Database own = m_database;
        const auto outcome = sandbox_embedded::runScript(query.postgres, own, account, cancel, {});
        check("ours", outcome);
        m_peak = double(outcome.memoryPeakBytes) / 1e6;
        for (std::size_t row = 0; digest && row < outcome.table.rowCount(); ++row) {
            for (std::size_t column = 0; column < outcome.table.columnCount(); ++column)
                digest->cell(outcome.table.cell(row, column).value_or(std::string_view()));
            digest->endRow();
        }
    }
    void runPostgres(const LargeQuery &query, Digest *digest)
    {
        const auto result = m_postgres->execute(query.postgres);
        if (!result)
            return fail("PostgreSQL: " + result.error().message);
        for (int row = 0; digest && row < result->rowCount(); ++row) {
            for (int column = 0; column < result->columnCount(); ++column)
                digest->cell(result->cell(row, column).value_or(std::string_view()));
            digest->endRow();
        }
    }

    base::MemoryAccount m_loaded;
    exec::Database m_database;
    RawSqlite m_sqlite;
    std::optional<postgres::Connection> m_postgres;
    std::string m_failure;
    double m_peak = 0;
};

struct Medians {
    std::vector<double> wall, cpu;
    void add(const Spent &spent)
    {
        wall.push_back(spent.wall);
        cpu.push_back(spent.cpu);
    }
    double wallMs() const { return median(wall) / 1000; }
    double cpuMs() const { return std::max(median(cpu), 1.0) / 1000; }
};

void printMeans(const char *what, const std::vector<double> &wall, const std::vector<double> &cpu)
{
    if (!wall.empty())
        std::printf("%-22s geometric mean %.2f (cpu %.2f), worst %.2f (cpu %.2f)\n", what, geometricMean(wall),
                    geometricMean(cpu), *std::max_element(wall.begin(), wall.end()),
                    *std::max_element(cpu.begin(), cpu.end()));
}

/// Prints the table; returns our times by query. Answers that differ are counted in `differing`.
std::map<std::string, double> contest(Contest &contest, int rounds, const std::string &only, int &differing)
{
    std::printf("%-16s %8s %9s %9s %9s | %7s %7s | %7s %7s | %7s\n", "query", "rows", "ours ms", "sqlite ms", "pg ms",
                "/sqlite", "cpu", "/pg", "cpu", "peak MB");
    std::vector<double> wallSqlite, cpuSqlite, wallPostgres, cpuPostgres;
    std::map<std::string, double> times;
    for (const LargeQuery &query : largeQueries()) {
        if (!only.empty() && only != query.name)
            continue;
        std::string why;
        const long rows = contest.compare(query, why);
        if (rows < 0) {
            std::printf("%-16s %s\n", query.name, why.c_str());
            ++differing;
            continue;
        }
        Medians ours, sqlite, server;
        for (int round = 0; round < rounds; ++round) {
            ours.add(contest.timeOurs(query));
            sqlite.add(contest.timeSqlite(query));
            if (contest.hasPostgres())
                server.add(contest.timePostgres(query));
        }
        times[query.name] = ours.cpuMs();
        wallSqlite.push_back(ours.wallMs() / sqlite.wallMs());
        cpuSqlite.push_back(ours.cpuMs() / sqlite.cpuMs());
        std::printf("%-16s %8ld %9.1f %9.1f %9.1f | %7.2f %7.2f |", query.name, rows, ours.wallMs(), sqlite.wallMs(),
                    server.wallMs(), wallSqlite.back(), cpuSqlite.back());
        if (contest.hasPostgres()) {
            wallPostgres.push_back(ours.wallMs() / server.wallMs());
            cpuPostgres.push_back(ours.cpuMs() / server.cpuMs());
            std::printf(" %7.2f %7.2f |", wallPostgres.back(), cpuPostgres.back());
        }
        std::printf(" %7.0f\n", contest.peakMegabytes());
        std::fflush(stdout);
    }
    printMeans("against SQLite:", wallSqlite, cpuSqlite);
    printMeans("against PostgreSQL:", wallPostgres, cpuPostgres);
    return times;
}

std::unique_ptr<postgres::PrivateCluster> startCluster(std::string &folder)
{
    folder = (std::filesystem::temp_directory_path() / "sqlgym-bench-XXXXXX").string();
    if (!mkdtemp(folder.data()) || chmod(folder.c_str(), 0711) != 0)
        return nullptr;
    auto cluster = postgres::PrivateCluster::start(folder + "/cluster");
    if (cluster)
        return std::move(*cluster);
    std::printf("without PostgreSQL: %s\n", cluster.error().message.c_str());
    return nullptr;
}

} // namespace

int main(int argc, char **argv)
{
    const int rounds = std::max(1, argc > 1 ? std::atoi(argv[1]) : 3);
    const std::size_t rows = argc > 2 ? std::size_t(std::atoll(argv[2])) : 500'000;
    const std::string only = argc > 3 ? argv[3] : "";
    std::string folder;
    auto cluster = startCluster(folder);
    int differing = 0;
    std::map<std::string, double> few, many;
    std::string failure;
    for (const bool all : {false, true}) {
        Contest engines(cluster.get(), all ? rows : rows / 10);
        failure = engines.failure();
        if (!failure.empty())
            break;
        (all ? many : few) = contest(engines, rounds, only, differing);
    }
    cluster.reset();
    std::error_code ignored;
    std::filesystem::remove_all(folder, ignored);
    if (!failure.empty()) {
        std::printf("%s\n", failure.c_str());
        return 3;
    }
    std::printf("cpu time with ten times the rows grows by:\n");
    for (const auto &[name, time] : many)
        if (few.count(name))
            std::printf("%-16s %6.1f\n", name.c_str(), time / few[name]);
    return differing == 0 ? 0 : 1;
}
