// What judging costs beyond the queries themselves, and what the queue costs beyond its statements.
//   bench_judge [SUBMISSIONS]     default 200
#include "../engine/judge/judge_fixture.h"
#include "content/names.h"
#include "grading/discreet.h"
#include "grading/grade.h"
#include "judge/shuffled.h"
#include "judge/verdict_rows.h"
#include "judge/verdict_transaction.h"

#include <QProcess>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <thread>

using namespace sqlgym;
using tests::asked;

namespace {

using Clock = std::chrono::steady_clock;

constexpr char kQuery[] = "SELECT k, sum(v) AS total, count(*) AS n FROM t GROUP BY k ORDER BY k";
constexpr int kRows = 20'000;
constexpr int kTests = 5;

double seconds(Clock::duration time) { return std::chrono::duration<double>(time).count(); }

content::TestCase testOf(int number)
{
    content::TestCase test;
    test.name = "test " + std::to_string(number);
    test.id = content::testId("bench", test.name);
    test.hidden = number > 2;
    test.orderIndex = number;
    test.timeoutSeconds = 10;
    test.memoryLimitMb = 256;
    content::TableOverlay rows{"t", {}};
    for (int at = 0; at < kRows; ++at)
        rows.rows.push_back(
            {std::to_string(at), std::to_string((at * 7 + number) % 20), std::to_string(at % 1000) + ".25"});
    test.input.push_back(std::move(rows));
    test.expected.columns = {{"k", "int4", {}}, {"total", "numeric", {}}, {"n", "int8", {}}};
    test.rules.rowOrder = content::RowOrder::Strict;
    return test;
}

content::Problem problemOf()
{
    content::Problem problem;
    problem.slug = "bench";
    problem.id = content::problemId(problem.slug);
    problem.title = "Bench";
    problem.question = "Group.";
    problem.solutionSql = kQuery;
    problem.contract.grain = "one row per k";
    problem.contract.columns = {{"k", "int4", "the key"}, {"total", "numeric", "its sum"}, {"n", "int8", "its rows"}};
    content::Table table;
    table.name = "t";
    table.columns = {{"id", "integer", true, {}}, {"k", "integer", true, {}}, {"v", "numeric", true, {}}};
    table.primaryKey = {"id"};
    problem.tables.push_back(table);
    for (int number = 1; number <= kTests; ++number)
        problem.tests.push_back(testOf(number));
    return problem;
}

/// What the problem's tests take on PostgreSQL itself: one session a test, its data loaded, the query alone.
class OwnTime {
public:
    /// Fills in what the tests expect.
    OwnTime(tests::JudgeFixture &fixture, content::Problem &problem)
    {
        for (content::TestCase &test : problem.tests) {
            const std::string name = "own" + std::to_string(test.orderIndex);
            fixture.makeDatabase(name);
            m_sessions.push_back(fixture.admin(name));
            if (!m_sessions.back().execute(content::setupSql(problem, &test)))
                throw std::runtime_error("own data");
            auto rows = m_sessions.back().run(kQuery);
            for (int row = 0; row < rows->rowCount(); ++row) {
                content::Row cells;
                for (int column = 0; column < rows->columnCount(); ++column)
                    cells.emplace_back(std::string(*rows->cell(row, column)));
                test.expected.rows.push_back(std::move(cells));
            }
        }
    }

    /// Seconds a submission.
    double measured(int rounds)
    {
        for (auto &session : m_sessions)
            (void)session.run(kQuery);
        const auto begin = Clock::now();
        for (int round = 0; round < rounds; ++round) {
            for (auto &session : m_sessions)
                (void)session.run(kQuery);
        }
        return seconds(Clock::now() - begin) / rounds;
    }

private:
    std::vector<server::Session> m_sessions;
};

void enqueue(tests::JudgeFixture &fixture, const content::Problem &problem, int count)
{
    auto admin = fixture.admin();
    const std::string done =
        asked(admin,
              "WITH made AS (INSERT INTO problem_submissions (id, user_id, problem_id, sql_query, status) "
              "SELECT gen_random_uuid(), u.id, $1, $2, 'pending' FROM generate_series(1, $3::int) i "
              "JOIN (SELECT id, row_number() OVER () AS n FROM users) u ON u.n = 1 + i % (SELECT count(*) FROM users) "
              "RETURNING id, user_id) INSERT INTO fallback_submissions (id, job_id, data, status) "
              "SELECT id, id, jsonb_build_object('user_id', user_id, 'written_at', now()), 'pending' FROM made",
              {problem.id, kQuery, std::to_string(count)});
    if (done.starts_with("!"))
        throw std::runtime_error(done);
    asked(admin, "NOTIFY sqlgym_jobs"); // as api.submit() does
}

/// Seconds of processor time that processes had since they began, by what they are for.
std::map<std::string, double> processorTimes(pid_t server)
{
    struct Process {
        pid_t parent = 0;
        std::string name;
        double seconds = 0;
    };
    std::map<pid_t, Process> all;
    for (const QString &entry : QDir(QStringLiteral("/proc")).entryList({QStringLiteral("[0-9]*")}, QDir::Dirs)) {
        QFile file(QStringLiteral("/proc/%1/stat").arg(entry));
        if (!file.open(QIODevice::ReadOnly))
            continue;
        const QByteArray line = file.readAll();
        const qsizetype begin = line.indexOf('(') + 1;
        const qsizetype end = line.lastIndexOf(')');
        const QByteArrayList fields = line.mid(end + 2).split(' ');
        if (fields.size() > 14)
            all[entry.toInt()] = {fields[1].toInt(), line.mid(begin, end - begin).toStdString(),
                                  (fields[11].toDouble() + fields[12].toDouble()) /
                                      static_cast<double>(sysconf(_SC_CLK_TCK))};
    }
    std::map<std::string, double> sums;
    for (const auto &[pid, process] : all) {
        pid_t top = pid; // our child that it is, or comes from
        while (all.contains(top) && all[top].parent != getpid() && top != getpid())
            top = all[top].parent;
        if (pid == getpid())
            sums["the judges"] += process.seconds;
        else if (top == server)
            sums["the main server"] += process.seconds;
        else if (all.contains(top))
            sums["their " + all[top].name] += process.seconds;
    }
    return sums;
}

struct Speed {
    double perSecond = 0;
    std::map<std::string, double> processorMs; ///< a submission, by who spent it
};

/// Start-up apart.
Speed judged(tests::JudgeFixture &fixture, const content::Problem &problem, int workers, int count)
{
    std::vector<std::unique_ptr<judge::Worker>> all;
    std::vector<std::thread> threads;
    for (int at = 0; at < workers; ++at) {
        auto options = fixture.worker("w" + std::to_string(at));
        options.once = false;
        options.pollMs = 50;
        all.push_back(std::make_unique<judge::Worker>(options, fixture.log()));
        threads.emplace_back([&worker = *all.back()] { (void)worker.run(); });
    }
    const auto total = [&] {
        long sum = 0;
        for (const auto &worker : all)
            sum += worker->judged();
        return sum;
    };
    const auto await = [&](long wanted) {
        while (total() < wanted)
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
    };
    // Until each has made its databases.
    long warm = 0;
    while (std::ranges::any_of(all, [](const auto &worker) { return worker->judged() < 8; })) {
        enqueue(fixture, problem, 8 * workers);
        warm += 8 * workers;
        await(warm);
    }
    auto before = processorTimes(fixture.serverPid());
    const auto begin = Clock::now();
    enqueue(fixture, problem, count);
    await(warm + count);
    Speed speed{count / seconds(Clock::now() - begin), {}};
    for (const auto &[who, time] : processorTimes(fixture.serverPid()))
        speed.processorMs[who] = (time - before[who]) * 1000 / count;
    for (auto &worker : all)
        worker->stop();
    for (auto &thread : threads)
        thread.join();
    return speed;
}

/// A verdict as the bench problem's, without having run anything.
grading::Verdict verdictOf(const content::Problem &problem)
{
    grading::Verdict verdict;
    verdict.correct = true;
    verdict.sentence = "Passes all 5 tests.";
    for (const content::TestCase &test : problem.tests) {
        grading::TestVerdict each;
        each.testId = test.id;
        each.testName = test.name;
        each.hidden = test.hidden;
        each.outcome = grading::Outcome::Match;
        each.by = sandbox::Engine::Postgres;
        verdict.tests.push_back(std::move(each));
    }
    return verdict;
}

/// The queue alone: claims, figures, verdicts; jobs a second.
double queued(tests::JudgeFixture &fixture, const content::Problem &problem, int count, std::string &rows,
              server::Session *kept = nullptr)
{
    auto own = fixture.as("sqlgym_judge");
    server::Session &session = kept != nullptr ? *kept : own;
    judge::JobQueue queue(session, "queue", 600);
    postgres::Batch batch(session.connection());
    const grading::Verdict verdict = verdictOf(problem);
    const auto facts = judge::readFacts(session);
    const auto badges = judge::readBadges(session);
    enqueue(fixture, problem, count);
    const auto begin = Clock::now();
    for (;;) {
        const auto jobs = queue.claim(4);
        if (!jobs || jobs->empty())
            break;
        for (const judge::Job &job : *jobs) {
            judge::VerdictTransaction transaction(session.connection(), batch, {&job}, "queue");
            auto histories = transaction.open();
            if (!histories || !(*histories)[0])
                throw std::runtime_error(histories ? "not ours" : histories.error().message);
            progress::History &history = *(*histories)[0];
            history.problems = *facts;
            const auto judgement = progress::judge({job.id, job.userId, job.query, job.writtenAt, 0}, problem, verdict,
                                                   history, *badges, base::randomUuid);
            rows = judge::verdictRows(*judgement, judge::resultRows(judgement->executionResults), "bench");
            const auto written = transaction.write({rows});
            if (!written || !(*written)[0])
                throw std::runtime_error(written ? "not written" : written.error().message);
        }
    }
    return count / seconds(Clock::now() - begin);
}

/// Seconds of processor time of a server and its sessions as they live now.
double processorTime(pid_t server)
{
    double ticks = 0;
    for (const QString &entry : QDir(QStringLiteral("/proc")).entryList({QStringLiteral("[0-9]*")}, QDir::Dirs)) {
        QFile file(QStringLiteral("/proc/%1/stat").arg(entry));
        if (!file.open(QIODevice::ReadOnly))
            continue;
        const QByteArray line = file.readAll();
        const QByteArrayList fields = line.mid(line.lastIndexOf(')') + 2).split(' ');
        if (fields.size() > 14 && (entry.toInt() == server || fields[1].toInt() == server))
            ticks += fields[11].toDouble() + fields[12].toDouble();
    }
    return ticks / static_cast<double>(sysconf(_SC_CLK_TCK));
}

/// What a submission costs the main server: rows, bytes and processor time.
void printCost(tests::JudgeFixture &fixture, const content::Problem &problem, int count)
{
    auto admin = fixture.admin();
    const auto figures = [&] {
        asked(admin, "VACUUM ANALYZE");
        std::vector<double> all;
        const QString text = QString::fromStdString(asked(
            admin,
            "SELECT (SELECT sum(pg_total_relation_size(oid)) FROM pg_class WHERE relkind = 'r' AND relnamespace IN "
            "('public'::regnamespace, 'private'::regnamespace)), (SELECT sum(n_live_tup) FROM pg_stat_user_tables), "
            "(SELECT count(*) FROM submissions)"));
        for (const QString &each : text.split(u'|'))
            all.push_back(each.toDouble());
        return all;
    };
    const auto before = figures();
    auto session = fixture.as("sqlgym_judge");
    enqueue(fixture, problem, count);
    const double cpu = processorTime(fixture.serverPid());
    std::string rows;
    queued(fixture, problem, 0, rows, &session);
    const double used = processorTime(fixture.serverPid()) - cpu;
    const auto after = figures();
    std::printf("a submission costs the server   %6.1f rows   %6.1f kB   %5.2f ms of processor time\n",
                (after[1] - before[1]) / count, (after[0] - before[0]) / count / 1024, used * 1000 / count);
}

/// The same statements by pgbench. Rows of a verdict with new ids each time.
double pgbench(tests::JudgeFixture &fixture, const content::Problem &problem, int count, const std::string &rows)
{
    enqueue(fixture, problem, count);
    const std::string file = QDir::tempPath().toStdString() + "/bench_judge." + std::to_string(getpid()) + ".sql";
    std::string literal = postgres::quoteLiteral(rows);
    for (std::size_t at = literal.find("\"id\":\""); at != std::string::npos; at = literal.find("\"id\":\"", at + 6))
        literal.replace(at + 6, 36, "'||gen_random_uuid()||'");
    std::ofstream(file)
        << "SELECT job_id AS job, attempt, user_id AS who FROM private.claim_jobs('pgbench', 1, 600) \\gset\n"
        << "BEGIN;\nSELECT private.open_verdict(':job', 'pgbench', :attempt);\n"
        << "SELECT kind, problem_id, at, correct, milliseconds FROM private.learner_events(':who');\n"
        << "SELECT * FROM public.problem_sessions WHERE user_id = ':who';\n"
        << "SELECT * FROM public.user_progress WHERE user_id = ':who';\n"
        << "SELECT badge_id FROM public.user_badges WHERE user_id = ':who';\n"
        << "SELECT private.write_verdict(':job', 'pgbench', :attempt, (" << literal << ")::jsonb);\nCOMMIT;\n";
    QProcess process;
    process.start("/usr/lib/postgresql/15/bin/pgbench",
                  {"-n", "-t", QString::number(count), "-f", QString::fromStdString(file),
                   QString::fromStdString(fixture.dsn("sqlgym_judge"))});
    process.waitForFinished(600'000);
    std::remove(file.c_str());
    const QString text = QString::fromUtf8(process.readAllStandardOutput() + process.readAllStandardError());
    const qsizetype at = text.indexOf("tps = ");
    if (at < 0)
        throw std::runtime_error(text.toStdString());
    return text.mid(at + 6).section(' ', 0, 0).toDouble();
}

constexpr int kWarm = 16; // the first ones make databases

/// Of the log's "judged" lines, fifty of the first judge's.
double averageOf(tests::JudgeFixture &fixture, const std::string &fact)
{
    double sum = 0;
    int lines = 0;
    for (const std::string &line : fixture.events) {
        const auto at = line.find(" " + fact + "=");
        if (!line.starts_with("judged") || at == std::string::npos || ++lines <= kWarm || lines > kWarm + 50)
            continue;
        sum += std::atof(line.c_str() + at + fact.size() + 2);
    }
    return sum / 50;
}

constexpr int kRounds = 3;

double middle(std::vector<double> values)
{
    std::ranges::sort(values);
    return values[values.size() / 2];
}

int run(int count)
{
    tests::JudgeFixture fixture;
    for (int at = 0; at < 20; ++at)
        (void)fixture.learner("bench_" + std::to_string(at));
    content::Problem problem = problemOf();
    OwnTime own(fixture, problem);
    content::Pack pack;
    pack.name = "bench";
    pack.problems.push_back(problem);
    auto admin = fixture.admin();
    if (auto imported = server::importPack(admin, pack); !imported)
        throw std::runtime_error(imported.error().message);
    // In turns, so that whatever else the machine does disturbs all alike.
    std::vector<double> ones;
    std::vector<double> twos;
    Speed two;
    for (int round = 0; round < kRounds; ++round) {
        double reference = own.measured(count / 4);
        const Speed one = judged(fixture, problem, 1, count);
        reference += own.measured(count / 4);
        two = judged(fixture, problem, 2, count);
        reference = (reference + own.measured(count / 4)) / 3;
        ones.push_back(one.perSecond * reference);
        twos.push_back(two.perSecond * reference);
        std::printf("queries %6.2f ms   one worker %6.1f/s, %4.2f of what they allow   two %6.1f/s, %4.2f\n",
                    reference * 1000, one.perSecond, ones.back(), two.perSecond, twos.back());
    }
    if (asked(admin, "SELECT bool_and(is_correct) FROM submissions") != "t")
        throw std::runtime_error("a right submission was judged wrong:\n" + fixture.text().substr(0, 2000));
    std::printf("one worker    %5.2f of what the %d queries of a submission allow   (bar 0.85)\n", middle(ones),
                kTests);
    std::printf("two workers   %5.2f of what they allow one worker   (bar 1.4)\n", middle(twos));
    for (const auto &[who, time] : two.processorMs) {
        if (time > 0)
            std::printf("  processor time of %-20s %6.2f ms a submission\n", who.c_str(), time);
    }
    for (const char *fact : {"queries_us", "examined_us", "written_us"})
        std::printf("  %-12s %8.2f ms a submission\n", fact, averageOf(fixture, fact) / 1000);
    std::string rows;
    const double ours = queued(fixture, problem, count * 5, rows);
    const double theirs = pgbench(fixture, problem, count * 5, rows);
    const double oursAgain = queued(fixture, problem, count * 5, rows);
    std::printf("queue alone   %8.1f, %.1f jobs/s   pgbench %.1f   %5.2f of it   (bar 0.5)\n", ours, oursAgain, theirs,
                (ours + oursAgain) / 2 / theirs);
    printCost(fixture, problem, count * 5);
    return 0;
}

} // namespace

int main(int count, char **arguments)
{
    try {
        return run(count > 1 ? std::atoi(arguments[1]) : 200);
    } catch (const std::exception &error) {
        std::fprintf(stderr, "bench_judge: %s\n", error.what());
        return 1;
    }
}
