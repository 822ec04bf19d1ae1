// A profile that was used without an account becomes an account's, once.
#include "outbox_profile.h"

using namespace sqlgym;
using cachetest::Kinds;
using cachetest::kPost;

class TestAdoption : public QObject, cachetest::OutboxProfile {
    Q_OBJECT

private slots:
    void init() { open(); }
    void aLocalProfileIsAdoptedOnce();
    void anotherAccountsProfileIsNotAdopted();
    void aProfileOfAnOlderVersionIsAdoptedWhole();
};

void TestAdoption::aLocalProfileIsAdoptedOnce()
{
    const std::string account = "77777777-0000-4000-8000-000000000007";
    const std::string local = m_cache->userId();
    submit("s");
    QVERIFY(m_cache->drafts().save({"p", "kept"}));
    QVERIFY(m_cache->community().createPost({}, "mine"));
    QVERIFY(m_cache->learning().useHint(content::problemId("late-returns"), 1));
    const auto before = kinds();
    QVERIFY(*m_cache->isLocal());

    QVERIFY(m_cache->adopt(account, "ada"));
    QVERIFY(m_cache->adopt(account, "ada"));

    QVERIFY(!*m_cache->isLocal());
    QCOMPARE(m_cache->userId(), account);
    QCOMPARE(m_cache->userName(), std::string("ada"));
    QCOMPARE(kinds(), before);
    QCOMPARE(m_cache->drafts().draft("p")->value().text, std::string("kept"));
    QCOMPARE(m_cache->progress().submissions(content::problemId("late-returns"))->size(), std::size_t{1});
    QCOMPARE(*m_database->integer("SELECT count(*) FROM users WHERE id = ?", local), 0);
    QCOMPARE(
        *m_database->integer("SELECT count(*) FROM outbox WHERE payload || coalesce(made, '') || coalesce(undo, '') "
                             "LIKE '%' || ? || '%'",
                             local),
        0);
    m_cache.reset();
    auto again = cache::Cache::open(path());
    QVERIFY(again);
    QCOMPARE((*again)->userId(), account);
    QCOMPARE((*again)->userName(), std::string("ada"));
}

void TestAdoption::anotherAccountsProfileIsNotAdopted()
{
    const std::string account = "77777777-0000-4000-8000-000000000007";
    QVERIFY(m_cache->adopt(account, "ada"));
    QVERIFY(m_cache->community().setLiked(kPost, true));

    const auto refused = m_cache->adopt("77777777-0000-4000-8000-000000000008", "bea");

    QVERIFY(!refused);
    QCOMPARE(refused.error().code, std::string("other_account"));
    QVERIFY(refused.error().message.find("ada") != std::string::npos);
    QCOMPARE(m_cache->userId(), account);
    QCOMPARE(m_cache->outbox().counts()->pending, 1);
}

void TestAdoption::aProfileOfAnOlderVersionIsAdoptedWhole()
{
    const std::string problem = content::problemId("late-returns");
    submit("s");
    QVERIFY(m_cache->learning().useHint(problem, 1));
    QVERIFY(m_cache->learning().useHint(problem, 2));
    QVERIFY(m_cache->learning().giveUp(problem));
    QVERIFY(m_cache->learning().setBookmark(problem, true));
    QVERIFY(m_cache->progress().addTime(problem, 90));
    QVERIFY(m_database->execute("DELETE FROM outbox"));

    QVERIFY(m_cache->adopt("77777777-0000-4000-8000-000000000007", "ada"));

    QCOMPARE(kinds(), (Kinds{"submit", "use_hint", "use_hint", "give_up", "set_interaction", "record_session"}));
    QCOMPARE(m_cache->outbox().entries()->at(0).id, std::string("s"));
    const auto marks = m_cache->outbox().entries()->at(4).payloadJson;
    QVERIFY2(marks.find("\"bookmark\":true") != std::string::npos, marks.c_str());
}

QTEST_APPLESS_MAIN(TestAdoption)
#include "tst_adoption.moc"
