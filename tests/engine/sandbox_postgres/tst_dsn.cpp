// The sandbox on a server that somebody else runs: nothing of ours is left there.
#include "fixture.h"
#include "postgres/private_cluster.h"

#include <QtTest>

using namespace sqlgym;
using sandbox::Status;
using tests::run;
using tests::text;

class TestDsn : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void aSuperuserMakesARestrictedRole();
    void anotherRoleRunsAsItself();
    void nothingIsLeft();
    void endsASessionThatDoesNotStop();
    void saysWhyItCannotConnect();

private:
    std::string count(const std::string &from);
    tests::ClusterPlace m_place;
    std::unique_ptr<postgres::PrivateCluster> m_cluster; // stands for somebody's server
};

void TestDsn::initTestCase()
{
    auto cluster = postgres::PrivateCluster::start(m_place.path());
    QVERIFY2(cluster, cluster ? "" : cluster.error().message.c_str());
    m_cluster = std::move(*cluster);
    auto admin = postgres::Connection::open(m_cluster->parameters(postgres::kAdminRole, "postgres"));
    QVERIFY(admin);
    QVERIFY(admin->execute("CREATE ROLE teacher LOGIN CREATEDB; GRANT CONNECT ON DATABASE postgres TO teacher"));
}

std::string TestDsn::count(const std::string &from)
{
    auto admin = postgres::Connection::open(m_cluster->parameters(postgres::kAdminRole, "postgres"));
    const auto result = admin ? admin->execute("SELECT count(*) FROM " + from) : admin.error();
    return result ? std::string(*result->cell(0, 0)) : result.error().message;
}

void TestDsn::aSuperuserMakesARestrictedRole()
{
    sandbox_postgres::PostgresSandbox sandbox(m_cluster->parameters(postgres::kAdminRole, "postgres"));
    QCOMPARE(sandbox.load("t", "CREATE TABLE t AS SELECT 1 AS a").status, Status::Ok);

    QCOMPARE(text(run(sandbox, "t", "SELECT a, current_setting('is_superuser') FROM t")), std::string("1|off"));
    QCOMPARE(text(run(sandbox, "t", "DELETE FROM t; SELECT count(*) FROM t")), std::string("0"));
    QCOMPARE(text(run(sandbox, "t", "SELECT count(*) FROM t")), std::string("1"));
}

void TestDsn::anotherRoleRunsAsItself()
{
    sandbox_postgres::PostgresSandbox sandbox(m_cluster->parameters("teacher", "postgres"));
    QCOMPARE(sandbox.load("t", "CREATE TABLE t AS SELECT 1 AS a").status, Status::Ok);

    QCOMPARE(text(run(sandbox, "t", "SELECT a, current_user FROM t")), std::string("1|teacher"));
    QCOMPARE(text(run(sandbox, "t", "SHOW lc_collate")), std::string("C.UTF-8"));
}

void TestDsn::nothingIsLeft()
{
    QCOMPARE(count("pg_database WHERE datname ~ '^sqlgym_'"), std::string("0"));
    QCOMPARE(count("pg_roles WHERE rolname ~ '^sqlgym_learner_'"), std::string("0"));
}

void TestDsn::endsASessionThatDoesNotStop()
{
    sandbox_postgres::PostgresSandbox sandbox(m_cluster->parameters(postgres::kAdminRole, "postgres"));
    base::CancelToken cancel;

    const auto outcome =
        sandbox.run({.query = "SELECT count(*) FROM generate_series(1, 10000000000)", .timeoutMs = 200}, cancel);

    QCOMPARE(outcome.status, Status::Timeout);
    QCOMPARE(text(run(sandbox, "", "SELECT 1")), std::string("1"));
}

void TestDsn::saysWhyItCannotConnect()
{
    sandbox_postgres::PostgresSandbox sandbox(
        postgres::Parameters{{"host", "/nowhere"}, {"user", "x"}, {"dbname", "y"}});

    const auto outcome = sandbox.start();

    QCOMPARE(outcome.status, Status::Failed);
    QVERIFY2(outcome.diagnostic.message.find("/nowhere") != std::string::npos, outcome.diagnostic.message.c_str());
}

QTEST_APPLESS_MAIN(TestDsn)
#include "tst_dsn.moc"
