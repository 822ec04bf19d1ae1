// A profile with somebody else's post in it, and what waits in its outbox.
#pragma once

#include "cache/cache.h"
#include "content/names.h"
#include "sample_pack.h"
#include "set_clock.h"
#include "sqlite/database.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

namespace sqlgym::cachetest {

inline const std::string kOther = "99999999-0000-4000-8000-000000000001";
inline const std::string kPost = "99999999-0000-4000-8000-00000000000a";
inline const std::string kComment = "99999999-0000-4000-8000-00000000000c";

using Kinds = std::vector<std::string>;

class OutboxProfile {
protected:
    void open()
    {
        m_cache.reset();
        // In memory where there is such a place: what a disk does is for tst_faults.
        m_folder = std::make_unique<QTemporaryDir>(QDir("/dev/shm").exists() ? QString("/dev/shm/sqlgym-XXXXXX")
                                                                             : QDir::tempPath() + "/sqlgym-XXXXXX");
        cache::CacheOptions options;
        options.clock = &m_clock;
        auto cache = cache::Cache::open(path(), options);
        QVERIFY(cache);
        m_cache = std::move(*cache);
        QVERIFY(m_cache->problems().loadPack(cachetest::samplePack()));
        auto database = sqlite::Database::open(path());
        QVERIFY(database);
        m_database = std::make_unique<sqlite::Database>(std::move(*database));
        QVERIFY(m_database->execute("INSERT INTO users (id, username, email) VALUES ('" + kOther +
                                    "', 'other', 'o@unknown.invalid');"
                                    "INSERT INTO community_posts (id, user_id, content, likes, comments) VALUES ('" +
                                    kPost + "', '" + kOther +
                                    "', 'hello', 4, 1);"
                                    "INSERT INTO post_comments (id, user_id, post_id, content) VALUES ('" +
                                    kComment + "', '" + kOther + "', '" + kPost + "', 'well')"));
    }
    std::string path() const { return m_folder->filePath("profile.db").toStdString(); }
    void submit(const std::string &id, bool correct = true)
    {
        progress::Judgement judgement;
        auto &row = judgement.submission;
        row = {id, m_cache->userId(), content::problemId("late-returns"), "SELECT 1", correct, 5, m_clock.now()};
        judgement.problemSubmission = {id,           row.userId, row.problemId, row.query,     "completed",  1,
                                       std::nullopt, {},         "{}",          m_clock.now(), m_clock.now()};
        progress::ExecutionResultRow result;
        result.id = "result of " + id;
        result.submissionId = id;
        result.testCaseId = content::testId("late-returns", "as given");
        result.status = "SUCCESS";
        judgement.executionResults = {result};
        judgement.session.id = "session of " + id;
        judgement.session.userId = row.userId;
        judgement.session.problemId = row.problemId;
        judgement.usersProblemsSolved = 0;
        cache::Attempt attempt;
        attempt.problemId = row.problemId;
        QVERIFY(m_cache->progress().store(judgement, attempt));
    }
    std::vector<cache::OutboxEntry> entries(std::optional<cache::OutboxState> state = {})
    {
        auto entries = m_cache->outbox().entries(state);
        return entries ? std::move(*entries) : std::vector<cache::OutboxEntry>();
    }
    std::vector<std::string> kinds()
    {
        std::vector<std::string> kinds;
        for (const auto &entry : entries())
            kinds.push_back(entry.kind);
        return kinds;
    }
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<cache::Cache> m_cache;
    std::unique_ptr<sqlite::Database> m_database; ///< the same file, seen from outside
    cachetest::SetClock m_clock;
};

} // namespace sqlgym::cachetest
