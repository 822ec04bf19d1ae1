// Solutions of others: what the server told, and what the learner thinks of them, sent or not.
#include "cache/outbox_overlay.h"
#include "cache/solution_store.h"
#include "outbox_profile.h"
#include "sqlite/transaction.h"

using namespace sqlgym;
using cachetest::Kinds;
using cachetest::kOther;

namespace {

constexpr char kTheirs[] = "99999999-0000-4000-8000-0000000000a1";

/// As a server tells it.
cache::ToldSolution told(int up, int vote)
{
    cache::ToldSolution each;
    each.solution.id = kTheirs;
    each.solution.authorId = kOther;
    each.solution.author = "other";
    each.solution.title = "JOIN";
    each.solution.content = "It joins.";
    each.solution.sql = "SELECT 1";
    each.solution.up = up;
    each.solution.vote = vote;
    each.solution.verdict = false;
    each.solution.failing = {"", "ties"};
    return each;
}

} // namespace

class TestSolutions : public QObject, cachetest::OutboxProfile {
    Q_OBJECT

private slots:
    void init() { open(); }
    void whatTheServerToldIsRead();
    void votesMergeAndAreCountedOnce();
    void discardingAVoteLeavesNoTrace();
    void whatTheServerDidStays();
    void aWaitingSolutionIsEditedInPlace();
    void ownQueriesThatWereRight();

private:
    std::string problem() const { return content::problemId("late-returns"); }
    std::vector<cache::Solution> list() const { return *m_cache->solutions().solutions(problem()); }
    std::string line() const
    {
        const auto list = m_cache->solutions().solutions(problem());
        if (!list || list->empty())
            return list ? "none" : list.error().message;
        const cache::Solution &first = list->front();
        return first.author + " " + std::to_string(first.up) + " " + std::to_string(first.down) + " " +
               std::to_string(first.vote) + (first.bookmark ? " kept" : "") + (first.waiting ? " waiting" : "");
    }
};

void TestSolutions::whatTheServerToldIsRead()
{
    QVERIFY(m_cache->solutions().take(problem(), {told(3, 0)}, 10));

    QCOMPARE(line(), std::string("other 3 0 0"));
    const auto list = m_cache->solutions().solutions(problem());
    QCOMPARE(list->front().verdict, std::optional(false));
    QCOMPARE(list->front().failing, (std::vector<std::string>{"", "ties"}));
    QCOMPARE(list->front().sql, std::string("SELECT 1"));
    QVERIFY(!list->front().own && !list->front().official);
    QVERIFY(m_cache->solutions().take("nowhere", {told(3, 0)}, 10)); // of a problem that is not here: nothing
    QCOMPARE(m_cache->solutions().solutions("nowhere")->size(), std::size_t{0});
}

void TestSolutions::votesMergeAndAreCountedOnce()
{
    QVERIFY(m_cache->solutions().take(problem(), {told(3, 0)}, 10));

    QVERIFY(m_cache->solutions().mark(kTheirs, 1, {}));
    QVERIFY(m_cache->solutions().mark(kTheirs, {}, true));
    QCOMPARE(kinds(), Kinds{"mark_solution"});
    QCOMPARE(line(), std::string("other 4 0 1 kept waiting"));
    QVERIFY(m_cache->solutions().mark(kTheirs, -1, {}));
    QCOMPARE(kinds(), Kinds{"mark_solution"});
    QCOMPARE(line(), std::string("other 3 1 -1 kept waiting"));
    QVERIFY(m_cache->outbox().entries()->at(0).payloadJson.find("\"bookmark\":true") != std::string::npos);
    // The server has not heard of it; somebody else voted.
    QVERIFY(m_cache->solutions().take(problem(), {told(4, 0)}, 10));
    QCOMPARE(line(), std::string("other 4 1 -1 kept waiting"));
    // The server has counted it already, but its answer to the vote itself is not here yet.
    auto counted = told(4, -1);
    counted.solution.down = 1;
    QVERIFY(m_cache->solutions().take(problem(), {counted}, 10));
    QCOMPARE(line(), std::string("other 4 1 -1 kept waiting"));
}

void TestSolutions::discardingAVoteLeavesNoTrace()
{
    QVERIFY(m_cache->solutions().take(problem(), {told(3, 1)}, 10));
    QVERIFY(m_cache->solutions().mark(kTheirs, -1, true));
    QCOMPARE(line(), std::string("other 2 1 -1 kept waiting"));

    QCOMPARE(*m_cache->outbox().discard(m_cache->outbox().entries()->at(0).id), 1);

    QCOMPARE(line(), std::string("other 3 0 1"));
    QVERIFY(list().front().told);
    QVERIFY(m_database->execute("DELETE FROM solution_marks"));
    QVERIFY(m_cache->solutions().mark(kTheirs, 1, {}));
    QVERIFY(!list().front().told); // a vote is no answer of the server's
    QCOMPARE(*m_cache->outbox().discard(m_cache->outbox().entries()->at(0).id), 1);
    QVERIFY(!m_cache->solutions().mark("99999999-0000-4000-8000-0000000000ff", 1, {})); // it is not here
    QCOMPARE(kinds(), Kinds{});
}

void TestSolutions::whatTheServerDidStays()
{
    QVERIFY(m_cache->solutions().take(problem(), {told(3, 0)}, 10));
    QVERIFY(m_cache->solutions().mark(kTheirs, 1, {}));
    const std::string id = m_cache->outbox().entries()->at(0).id;
    QVERIFY(*m_cache->outbox().begin(id) && m_cache->outbox().markSent(id, 20));
    // An answer from before it was done.
    QVERIFY(m_cache->solutions().take(problem(), {told(3, 0)}, 15));
    QCOMPARE(line(), std::string("other 4 0 1"));

    // The copy has come past it: the entry goes, the vote stays.
    {
        auto transaction = sqlite::Transaction::begin(*m_database);
        QVERIFY(cache::liftOutbox(*m_database, m_cache->userId()));
        QVERIFY(cache::settle(*m_database, m_cache->userId(), 20));
        QVERIFY(cache::layOutbox(*m_database, m_cache->userId(), 0));
        QVERIFY(transaction->commit());
    }
    QCOMPARE(*m_database->integer("SELECT count(*) FROM outbox"), 0);
    QCOMPARE(line(), std::string("other 4 0 1"));

    // On another device the vote was taken back later: what was sent before does not stand against that.
    QVERIFY(m_cache->solutions().mark(kTheirs, -1, {}));
    const std::string second = m_cache->outbox().entries()->at(0).id;
    QVERIFY(*m_cache->outbox().begin(second) && m_cache->outbox().markSent(second, 30));
    QVERIFY(m_cache->solutions().take(problem(), {told(3, 0)}, 40));
    QCOMPARE(line(), std::string("other 3 0 0"));
    QCOMPARE(*m_database->integer("SELECT count(*) FROM outbox"), 0);
}

void TestSolutions::aWaitingSolutionIsEditedInPlace()
{
    auto &community = m_cache->community();
    const auto id = community.addSolution(problem(), "JOIN", "wyh", "SELECT 1");
    QVERIFY(id && m_cache->solutions().mark(*id, {}, true));

    QVERIFY(community.editSolution(*id, "IN", "why", "SELECT 2"));

    QCOMPARE(kinds(), (Kinds{"add_solution", "mark_solution"}));
    QVERIFY(m_cache->outbox().entries()->at(0).payloadJson.find("\"why\"") != std::string::npos);
    const auto list = m_cache->solutions().solutions(problem());
    QCOMPARE(list->front().content + list->front().title + list->front().sql, std::string("whyINSELECT 2"));
    QVERIFY(list->front().own && list->front().waiting);
    // Once it is sent, the change is one of its own.
    QVERIFY(*m_cache->outbox().begin(*id) && m_cache->outbox().markSent(*id, 7));
    QVERIFY(community.editSolution(*id, "IN", "why not", "SELECT 2"));
    QCOMPARE(kinds(), (Kinds{"mark_solution", "edit_solution"}));
    QVERIFY(community.deleteSolution(*id));
    QVERIFY(m_cache->solutions().solutions(problem())->empty());
}

void TestSolutions::ownQueriesThatWereRight()
{
    submit("99999999-0000-4000-8000-0000000000b1", false);
    QCOMPARE(m_cache->solutions().rightQueries(problem())->size(), std::size_t{0});
    m_clock.advance(cachetest::SetClock::kSecond);
    submit("99999999-0000-4000-8000-0000000000b2", true);
    submit("99999999-0000-4000-8000-0000000000b3", true);
    const auto right = m_cache->solutions().rightQueries(problem());
    QCOMPARE(right->size(), std::size_t{1}); // the same text twice is one
    const auto id = m_cache->community().addSolution(problem(), "JOIN", "why", right->front());
    QVERIFY(id);
    QCOMPARE(m_cache->solutions().solutions(problem())->front().verdict, std::optional(true));
}

QTEST_APPLESS_MAIN(TestSolutions)
#include "tst_solutions.moc"
