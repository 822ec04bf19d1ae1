// A practice run against hand-written raw SQLite: the same question in both dialects, in one run, taking turns.
//
//   bench_practice [ROUNDS]         at least 8; default 12
//
// Ours:    SQL text in, text cells out (parse, bind, plan, execute), on a loaded dataset, in this process.
// SQLite:  prepare, step, read every cell as text, finalize, on a kept in-memory connection.
// Also the same runs through the sandbox's child process: what the way there and back adds.
// Data and queries: club.pg.sql, club.sqlite.sql and queries.json in $SQLGYM_BENCH, or ../shared/bench beside the
// source.
#include "sandbox/process_sandbox.h"
#include "sandbox_embedded/embedded_sandbox.h"

#include <nlohmann/json.hpp>
#include <sqlite3.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

using namespace sqlgym;

namespace {

constexpr int kLeastRounds = 8;
constexpr double kRoundMicros = 20'000; // each side of a round repeats its query for about this long

struct Case {
    std::string name;
    std::string postgres;
    std::string sqlite;
};

std::string readFile(const std::filesystem::path &path)
{
    std::ifstream file(path, std::ios::binary);
    std::stringstream text;
    text << file.rdbuf();
    return text.str();
}

double microsNow()
{
    using namespace std::chrono;
    return duration<double, std::micro>(steady_clock::now().time_since_epoch()).count();
}

double median(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

/// Microseconds of one run, over as many as fit into a round.
template <typename F> double timeRuns(F &&run)
{
    const double begin = microsNow();
    int runs = 0;
    double end = begin;
    do {
        run();
        ++runs;
        end = microsNow();
    } while (end - begin < kRoundMicros);
    return (end - begin) / runs;
}

class Sqlite {
public:
    Sqlite() { sqlite3_open(":memory:", &m_db); }
    ~Sqlite() { sqlite3_close(m_db); }
    Sqlite(const Sqlite &) = delete;
    Sqlite &operator=(const Sqlite &) = delete;

    bool load(const std::string &sql)
    {
        return sqlite3_exec(m_db, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK;
    }
    /// Rows read; -1 when the query fails.
    long run(const std::string &sql)
    {
        sqlite3_stmt *statement = nullptr;
        if (sqlite3_prepare_v2(m_db, sql.c_str(), int(sql.size()), &statement, nullptr) != SQLITE_OK)
            return -1;
        long rows = 0;
        m_cells.clear();
        const int columns = sqlite3_column_count(statement);
        while (sqlite3_step(statement) == SQLITE_ROW) {
            ++rows;
            for (int i = 0; i < columns; ++i)
                if (const auto *text = sqlite3_column_text(statement, i))
                    m_cells.append(reinterpret_cast<const char *>(text),
                                   std::size_t(sqlite3_column_bytes(statement, i)));
        }
        sqlite3_finalize(statement);
        return rows;
    }

private:
    sqlite3 *m_db = nullptr;
    std::string m_cells;
};

long runOn(sandbox::Sandbox &engine, const std::string &query, std::string *word = nullptr)
{
    sandbox::Request request;
    request.dataset = "club";
    request.query = query;
    base::CancelToken cancel;
    const auto outcome = engine.run(request, cancel);
    if (outcome.status == sandbox::Status::Ok)
        return long(outcome.table.rowCount());
    if (word)
        *word = outcome.status == sandbox::Status::Unsupported ? "declined: " + outcome.feature
                                                               : "failed: " + outcome.diagnostic.message;
    return -1;
}

std::vector<Case> readCases(const std::filesystem::path &folder)
{
    std::vector<Case> cases;
    const auto json = nlohmann::ordered_json::parse(readFile(folder / "queries.json"), nullptr, false);
    for (const auto &[name, dialects] : json.items())
        cases.push_back({name, dialects.value("postgresql", ""), dialects.value("sqlite", "")});
    return cases;
}

} // namespace

int main(int argc, char **argv)
{
    const char *given = std::getenv("SQLGYM_BENCH");
    const std::filesystem::path folder = given ? given : SQLGYM_BENCH_FOLDER;
    if (!std::filesystem::exists(folder / "queries.json")) {
        std::printf("skipped: no data in %s (set SQLGYM_BENCH)\n", folder.c_str());
        return 0;
    }
    const int rounds = std::max(kLeastRounds, argc > 1 ? std::atoi(argv[1]) : 12);
    Sqlite sqlite;
    const auto engine = sandbox_embedded::makeEmbeddedSandbox();
    sandbox::ProcessSandbox::Options options;
    options.argv = {SQLGYM_CHILD_PROGRAM};
    sandbox::ProcessSandbox child(options);
    const std::string setup = readFile(folder / "club.pg.sql");
    const double beforeLoad = microsNow();
    const auto loaded = engine->load("club", setup);
    const double loadMicros = microsNow() - beforeLoad;
    if (!sqlite.load(readFile(folder / "club.sqlite.sql")) || loaded.status != sandbox::Status::Ok) {
        std::printf("the data does not load: %s%s\n", loaded.feature.c_str(), loaded.diagnostic.message.c_str());
        return 3;
    }
    child.load("club", setup);
    std::printf("data loaded in %.1f ms; %d rounds, medians, microseconds a run\n", loadMicros / 1000, rounds);
    std::printf("%-16s %6s %10s %10s %7s %12s\n", "query", "rows", "ours", "sqlite", "ratio", "child adds");
    std::vector<double> ratios;
    for (const Case &item : readCases(folder)) {
        std::string word;
        const long rows = runOn(*engine, item.postgres, &word);
        if (rows < 0 || sqlite.run(item.sqlite) != rows || runOn(child, item.postgres) != rows) {
            std::printf("%-16s %s\n", item.name.c_str(), word.empty() ? "row counts differ" : word.c_str());
            continue;
        }
        std::vector<double> ours, theirs, through;
        for (int round = 0; round < rounds; ++round) {
            ours.push_back(timeRuns([&] { runOn(*engine, item.postgres); }));
            theirs.push_back(timeRuns([&] { sqlite.run(item.sqlite); }));
            through.push_back(timeRuns([&] { runOn(child, item.postgres); }));
        }
        ratios.push_back(median(ours) / median(theirs));
        std::printf("%-16s %6ld %10.1f %10.1f %7.2f %12.1f\n", item.name.c_str(), rows, median(ours), median(theirs),
                    ratios.back(), median(through) - median(ours));
    }
    if (!ratios.empty())
        std::printf("median ratio %.2f over %zu queries\n", median(ratios), ratios.size());
    return 0;
}
