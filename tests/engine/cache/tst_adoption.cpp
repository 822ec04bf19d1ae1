// A profile that was used without an account becomes an account's, once.
#include "outbox_profile.h"

#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>

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
    void whatTheServerSaysOfTheAccountIsKept();
    void aReleasedProfileIsNobodysAndKeepsWhatWasPractised();
    void ownDataIsExported();
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

void TestAdoption::whatTheServerSaysOfTheAccountIsKept()
{
    QVERIFY(m_cache->profile().own()->local);
    QCOMPARE(m_cache->profile().own()->account.email, std::string());
    QVERIFY(m_cache->adopt("77777777-0000-4000-8000-000000000007", "ada"));

    const cache::OwnAccount told{"ada@example.org", true, true, false};
    QVERIFY(*m_cache->profile().keepAccount(told));
    QVERIFY(!*m_cache->profile().keepAccount(told));

    m_cache.reset();
    auto again = cache::Cache::open(path());
    QVERIFY(again);
    const auto own = (*again)->profile().own();
    QVERIFY(own);
    QVERIFY(!own->local && own->account.premium && own->account.emailProved && !own->account.admin);
    QCOMPARE(own->username, std::string("ada"));
    QCOMPARE(own->account.email, std::string("ada@example.org"));
}

void TestAdoption::aReleasedProfileIsNobodysAndKeepsWhatWasPractised()
{
    QVERIFY(m_cache->adopt("77777777-0000-4000-8000-000000000007", "ada"));
    QVERIFY(m_cache->profile().keepAccount({"ada@example.org", true, true, true}));
    QVERIFY(m_cache->profile().edit({"Ada", {}, {}, {}, {}}));
    submit("s");
    QVERIFY(m_cache->drafts().save({"p", "kept"}));
    QVERIFY(m_cache->community().createPost({}, "mine"));
    QVERIFY(m_cache->community().setLiked(kPost, true));

    const auto released = m_cache->release();

    QVERIFY2(released, released ? "" : released.error().message.c_str());
    QVERIFY(*m_cache->isLocal());
    QCOMPARE(m_cache->drafts().draft("p")->value().text, std::string("kept"));
    QCOMPARE(m_cache->progress().submissions(content::problemId("late-returns"))->size(), std::size_t{1});
    const auto own = m_cache->profile().own();
    QVERIFY(own->local && !own->account.premium && !own->account.admin && !own->text.firstName);
    QCOMPARE(own->account.email, std::string());
    for (const char *table : {"community_posts", "post_likes", "post_comments", "followers", "outbox", "packs"})
        QCOMPARE(*m_database->integer("SELECT count(*) FROM " + std::string(table)), 0);
    QCOMPARE(*m_database->integer("SELECT count(*) FROM users"), 1);
    QCOMPARE(*m_database->integer("SELECT count(*) FROM pragma_foreign_key_check"), 0);
    // Another account takes it, and is sent what was practised.
    QVERIFY(m_cache->adopt("77777777-0000-4000-8000-000000000008", "bea"));
    QCOMPARE(kinds(), (Kinds{"submit"}));
}

void TestAdoption::ownDataIsExported()
{
    QVERIFY(m_cache->adopt("77777777-0000-4000-8000-000000000007", "ada"));
    submit("s");
    QVERIFY(m_cache->drafts().save({content::problemId("late-returns"), "SELECT 'a draft'"}));
    QVERIFY(m_cache->drafts().save({"../../up", "SELECT 2"}));
    QVERIFY(m_cache->community().createPost({}, "mine, \"quoted\"\nand broken"));
    const QTemporaryDir folder;
    const QString target = folder.filePath("out/mine");

    const auto report = m_cache->exportOwnData(target.toStdString());

    QVERIFY2(report, report ? "" : report.error().message.c_str());
    QCOMPARE(report->drafts, 2);
    const auto read = [&](const char *name) {
        QFile file(target + '/' + name);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("missing");
    };
    const auto posts = QJsonDocument::fromJson(read("community_posts.json")).array();
    QCOMPARE(posts.size(), 1); // not the others'
    QCOMPARE(posts.at(0).toObject()["content"].toString(), QStringLiteral("mine, \"quoted\"\nand broken"));
    QVERIFY(read("community_posts.csv").contains("\"mine, \"\"quoted\"\"\nand broken\""));
    QCOMPARE(QJsonDocument::fromJson(read("submissions.json")).array().size(), 1);
    QCOMPARE(QJsonDocument::fromJson(read("users.json")).array().size(), 1);
    QVERIFY(!read("users.json").contains("password"));
    QCOMPARE(read("drafts/late-returns.sql"), QByteArray("SELECT 'a draft'"));
    QCOMPARE(read("drafts/------up.sql"), QByteArray("SELECT 2"));
    // What is there already is nobody's to overwrite.
    const auto again = m_cache->exportOwnData(target.toStdString());
    QVERIFY(!again);
    QCOMPARE(again.error().code, std::string("not_empty"));
}

QTEST_APPLESS_MAIN(TestAdoption)
#include "tst_adoption.moc"
