// Killed at random moments while typing, running, checking and changing problems: at most two seconds of typing are
// lost, the window comes back as it was, and the history keeps every attempt.
//
//   SQLGYM_KILLS=100 tst_kills      (12 otherwise)
#include "real_program.h"

#include "cache/cache.h"
#include "session/profile.h"
#include "sqlite/database.h"

#include <QtTest/QtTest>

#include <chrono>
#include <csignal>
#include <map>
#include <random>
#include <set>
#include <thread>

using namespace sqlgym;
using tests::kPatienceMs;

namespace {

constexpr unsigned kSeed = 20'240'301;
constexpr qint64 kMayBeLostMs = 2'000 * SQLGYM_PACE;
constexpr qint64 kRunIsKeptMs = 2'500 * SQLGYM_PACE;   ///< some 200 of them go into the query itself
constexpr qint64 kCheckIsKeptMs = 5'000 * SQLGYM_PACE; ///< all tests
constexpr char kBegin[] = "SELECT count(*) FROM generate_series(1, 300000) AS i WHERE i > 0 ";

/// What was typed into one problem's text since the program started.
struct Typed {
    std::string all; ///< the text, with what it held before
    struct Moment {
        qint64 ms;
        std::size_t size;
    };
    std::vector<Moment> moments;
    qint64 leftMs = -1; ///< when another problem was opened; -1: it is in front

    std::size_t sizeAt(qint64 ms, std::size_t before) const
    {
        std::size_t size = before;
        for (const Moment &moment : moments)
            size = moment.ms <= ms ? moment.size : size;
        return size;
    }
};

struct Job {
    cache::AttemptKind kind;
    qint64 ms;
    std::string slug;
    std::string query;
};

std::string trimmed(std::string text)
{
    while (text.ends_with(' '))
        text.pop_back();
    return text;
}

/// Of every problem, by slug.
using History = std::map<std::string, std::vector<cache::Attempt>>;

History historyOf(cache::Cache &cache)
{
    History history;
    const auto problems = cache.problems().problems();
    for (std::size_t i = 0; problems && i < problems->size(); ++i) {
        const auto attempts = cache.attempts().attempts((*problems)[i].id, 100'000);
        if (attempts && !attempts->empty())
            history[(*problems)[i].slug] = *attempts;
    }
    return history;
}

} // namespace

class TestKills : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void killedAtRandomMoments_data();
    void killedAtRandomMoments();
    void cleanupTestCase();

private:
    std::string databaseFile() const { return session::Profile::locate(m_profile.path()).databaseFile().toStdString(); }
    /// "The title – SQLGym"; empty while there is no window in view.
    QString windowTitle(qint64 pid) const;
    std::string givenText(const std::string &slug) const;
    void verifyTexts(qint64 killedAt);
    void verifyHistory(qint64 killedAt);

    tests::Screen m_screen;
    QTemporaryDir m_profile;
    std::mt19937 m_chance{kSeed};
    std::map<std::string, std::string> m_kept; ///< each problem's text after the last kill
    std::map<std::string, std::string> m_seen; ///< queries by attempt, in any round
    int m_lost = 0;                            ///< characters, at most in one round
    // of this round
    std::map<std::string, Typed> m_typed;
    std::vector<Job> m_jobs;
    std::string m_open;
    qint64 m_switchedMs = 0; ///< when another problem was asked for last
};

void TestKills::initTestCase()
{
    if (!m_screen.isPossible())
        QSKIP("Xvfb and xdotool are not installed");
    QVERIFY(m_screen.start());
}

void TestKills::killedAtRandomMoments_data()
{
    QTest::addColumn<int>("killAfterMs");

    const int kills = std::max(12, qEnvironmentVariableIntValue("SQLGYM_KILLS"));
    std::uniform_int_distribution<int> moment(0, 6'500);
    for (int kill = 1; kill <= kills; ++kill) {
        const int ms = moment(m_chance);
        QTest::addRow("kill %d, after %d ms", kill, ms) << ms;
    }
}

QString TestKills::windowTitle(qint64 pid) const
{
    QByteArray windows, title;
    if (!m_screen.xdotool({QStringLiteral("search"), QStringLiteral("--onlyvisible"), QStringLiteral("--pid"),
                           QString::number(pid), QStringLiteral("--name"), QStringLiteral("SQLGym")},
                          &windows))
        return {};
    m_screen.xdotool({QStringLiteral("getwindowname"), QString::fromLatin1(windows.trimmed().split('\n').last())},
                     &title);
    return QString::fromUtf8(title).trimmed();
}

void TestKills::killedAtRandomMoments()
{
    QFETCH(const int, killAfterMs);
    const auto program = m_screen.run(m_profile.path());
    const auto pid = program->processId();
    QTRY_VERIFY_WITH_TIMEOUT(windowTitle(pid).contains(QChar(0x2013)), kPatienceMs);
    QTRY_VERIFY_WITH_TIMEOUT(m_screen.focusWindowOf(pid), kPatienceMs);
    // The problem that was open is open again.
    const std::string slug = tests::openSlug(m_profile.path());
    QVERIFY(m_open.empty() || slug == m_open);
    m_open = slug;
    m_switchedMs = -100'000;
    m_typed.clear();
    m_jobs.clear();

    QElapsedTimer clock;
    clock.start();
    std::atomic<qint64> killedAt = -1;
    std::thread killer([&] {
        std::this_thread::sleep_for(std::chrono::milliseconds(killAfterMs));
        killedAt = clock.elapsed();
        ::kill(static_cast<pid_t>(pid), SIGKILL);
    });
    const auto alive = [&] { return killedAt < 0; };
    const auto press = [&](const char *keys) { return m_screen.xdotool({QStringLiteral("key"), QLatin1String(keys)}); };
    std::uniform_int_distribution<int> percent(0, 99);
    for (int word = 0; alive(); ++word) {
        Typed &text = m_typed.try_emplace(m_open, Typed{m_kept[m_open], {}, -1}).first->second;
        const int what = percent(m_chance);
        if (text.all.empty() || what < 78) {
            if (text.all.empty()) { // a text to begin with may be there
                press("ctrl+a");
                press("Delete");
            }
            const std::string typed = text.all.empty() ? kBegin : "+" + std::to_string(word) + " ";
            text.all += typed;
            // What the server has taken is what the program gets; a key on its way when it is killed may be missing.
            m_screen.xdotool({QStringLiteral("type"), QStringLiteral("--delay"), QStringLiteral("4"),
                              QString::fromStdString(typed)});
            text.moments.push_back({clock.elapsed(), text.all.size()});
        } else if (what < 94) {
            const bool run = what < 88;
            press(run ? "ctrl+Return" : "ctrl+shift+Return");
            m_jobs.push_back({run ? cache::AttemptKind::Run : cache::AttemptKind::Check, clock.elapsed(), m_open,
                              trimmed(text.all)});
        } else {
            const std::string before = m_open;
            m_switchedMs = clock.elapsed();
            press(percent(m_chance) < 60 ? "alt+Right" : "alt+Left");
            for (int i = 0; i < 60 && alive() && m_open == before; ++i) {
                QTest::qWait(25);
                if (windowTitle(pid).contains(QChar(0x2013)))
                    m_open = tests::openSlug(m_profile.path());
            }
            if (m_open != before) {
                QTest::qWait(150); // told to the database, not yet on the screen
                text.leftMs = clock.elapsed();
                if (const auto again = m_typed.find(m_open); again != m_typed.end())
                    again->second.leftMs = -1;
            }
        }
    }
    killer.join();
    QTRY_COMPARE_WITH_TIMEOUT(program->state(), QProcess::NotRunning, kPatienceMs);
    QCOMPARE(program->exitStatus(), QProcess::CrashExit);

    auto database = sqlite::Database::open(databaseFile());
    QVERIFY(database);
    const auto sound = database->integrityCheck();
    QVERIFY(sound);
    QCOMPARE(QString::fromStdString(*sound), QStringLiteral("ok"));
    const std::string open = tests::openSlug(m_profile.path());
    QVERIFY2(open == m_open || killedAt - m_switchedMs < kMayBeLostMs, open.c_str());
    m_open = open;
    verifyTexts(killedAt);
    verifyHistory(killedAt);
}

/// What the program itself puts into the editor when the problem is opened for the first time.
std::string TestKills::givenText(const std::string &slug) const
{
    const auto cache = cache::Cache::open(databaseFile());
    const auto problem = cache ? (*cache)->problems().problem(slug) : base::Result<content::Problem>(cache.error());
    return problem ? content::starterSql(problem->question) : std::string();
}

void TestKills::verifyTexts(qint64 killedAt)
{
    for (const auto &[slug, typed] : m_typed) {
        std::string kept = tests::draftText(m_profile.path(), slug);
        if (!kept.empty() && kept == givenText(slug))
            kept.clear();
        const std::size_t least = typed.sizeAt(killedAt - kMayBeLostMs, m_kept[slug].size());
        QVERIFY2(kept.size() >= least, qPrintable(QStringLiteral("%1: %2 of %3 characters kept, %4 demanded")
                                                      .arg(QString::fromStdString(slug))
                                                      .arg(kept.size())
                                                      .arg(typed.all.size())
                                                      .arg(least)));
        QCOMPARE(QString::fromStdString(kept), QString::fromStdString(typed.all.substr(0, kept.size())));
        m_lost = std::max(m_lost, static_cast<int>(typed.all.size() - kept.size()));
        m_kept[slug] = kept;
    }
}

void TestKills::verifyHistory(qint64 killedAt)
{
    auto cache = cache::Cache::open(databaseFile());
    QVERIFY(cache);
    const History history = historyOf(**cache);
    std::size_t known = 0;
    std::map<std::string, std::multiset<std::string>> fresh; // queries that came in this round, by problem and kind
    for (const auto &[slug, attempts] : history) {
        for (const cache::Attempt &attempt : attempts) {
            const auto [seen, isNew] = m_seen.try_emplace(attempt.id, attempt.query);
            QCOMPARE(seen->second, attempt.query);
            QVERIFY(!attempt.outcome.empty() && attempt.startedAt > 0);
            if (!isNew) {
                ++known;
                continue;
            }
            const auto typed = m_typed.find(slug);
            QVERIFY(typed != m_typed.end());
            QVERIFY2(typed->second.all.starts_with(trimmed(attempt.query)), attempt.query.c_str());
            fresh[slug].insert(std::to_string(static_cast<int>(attempt.kind)) + trimmed(attempt.query));
        }
    }
    // Nothing that was there has gone, nothing came twice.
    std::size_t freshCount = 0;
    for (const auto &[slug, queries] : fresh)
        freshCount += queries.size();
    QCOMPARE(known + freshCount, m_seen.size());
    QVERIFY(freshCount <= m_jobs.size());
    // What was asked for long enough ago, and not given up for the next, is there.
    for (std::size_t i = 0; i < m_jobs.size(); ++i) {
        const Job &job = m_jobs[i];
        const qint64 time = job.kind == cache::AttemptKind::Run ? kRunIsKeptMs : kCheckIsKeptMs;
        const bool superseded = i + 1 < m_jobs.size() && m_jobs[i + 1].ms < job.ms + time;
        const auto typed = m_typed.find(job.slug);
        const bool left = typed->second.leftMs >= 0 || m_switchedMs > job.ms;
        if (job.ms + time > killedAt || superseded || left)
            continue;
        QVERIFY2(fresh[job.slug].contains(std::to_string(static_cast<int>(job.kind)) + job.query), job.query.c_str());
    }
}

void TestKills::cleanupTestCase()
{
    qInfo("%zu attempts in the history, at most %d characters lost", m_seen.size(), m_lost);
}

QTEST_GUILESS_MAIN(TestKills)
#include "tst_kills.moc"
