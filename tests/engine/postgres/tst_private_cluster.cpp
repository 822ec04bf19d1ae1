// A private cluster: what it is, who shares it, and how it comes back.
#include "postgres/private_cluster.h"
#include "scratch.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QtTest>

#include <csignal>
#include <fstream>
#include <sys/stat.h>

using namespace sqlgym;
using namespace sqlgym::postgres;

namespace {

QString ask(Connection &connection, const char *sql)
{
    const auto result = connection.execute(sql);
    if (!result)
        return QString::fromStdString("error " + result.error().code + ": " + result.error().message);
    if (result->rowCount() == 0)
        return "none";
    const auto cell = result->cell(0, 0);
    return cell ? QString::fromUtf8(cell->data(), static_cast<qsizetype>(cell->size())) : QString("NULL");
}

} // namespace

class TestPrivateCluster : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void isUtf8AndUtc_data();
    void isUtf8AndUtc();
    void learnersMayDoLittle();
    void listensToNoNetwork();
    void folderIsOurs();
    void secondOwnerGetsItsOwn();
    void isReusedAndNotMadeAgain();
    void aHurtClusterIsMadeAnew();
    void anInterruptedMachineIsNotTrusted();
    void worksInADeepFolder();
    void survivesTheDeathOfASession();
    void restarts();
    void saysWhyAFolderCannotBeUsed();

private:
    tests::Scratch m_scratch;
    std::unique_ptr<PrivateCluster> m_cluster;
};

void TestPrivateCluster::initTestCase()
{
    auto cluster = PrivateCluster::start(m_scratch.path("cluster"));
    QVERIFY2(cluster, cluster ? "" : cluster.error().message.c_str());
    m_cluster = std::move(*cluster);
}

void TestPrivateCluster::isUtf8AndUtc_data()
{
    QTest::addColumn<QByteArray>("question");
    QTest::addColumn<QString>("answer");

    QTest::newRow("major version") << QByteArray("SELECT current_setting('server_version_num')::int / 10000") << "15";
    QTest::newRow("encoding") << QByteArray("SHOW server_encoding") << "UTF8";
    QTest::newRow("order of text") << QByteArray("SHOW lc_collate") << "C.UTF-8";
    QTest::newRow("classes of characters") << QByteArray("SHOW lc_ctype") << "C.UTF-8";
    QTest::newRow("messages") << QByteArray("SHOW lc_messages") << "C";
    QTest::newRow("time zone") << QByteArray("SHOW TimeZone") << "UTC";
    QTest::newRow("dates") << QByteArray("SHOW DateStyle") << "ISO, MDY";
    QTest::newRow("intervals") << QByteArray("SHOW IntervalStyle") << "postgres";
    QTest::newRow("no just-in-time compiler") << QByteArray("SHOW jit") << "off";
    QTest::newRow("the learner's role") << QByteArray("SELECT current_user") << "sqlgym_learner";
}

void TestPrivateCluster::isUtf8AndUtc()
{
    QFETCH(QByteArray, question);
    auto admin = Connection::open(m_cluster->parameters(kAdminRole, "postgres"));
    QVERIFY(admin);
    QVERIFY(admin->execute("GRANT CONNECT ON DATABASE postgres TO sqlgym_learner"));
    auto learner = Connection::open(m_cluster->parameters(kLearnerRole, "postgres"));
    QVERIFY2(learner, learner ? "" : learner.error().message.c_str());

    QTEST(ask(*learner, question.constData()), "answer");
}

void TestPrivateCluster::learnersMayDoLittle()
{
    auto learner = Connection::open(m_cluster->parameters(kLearnerRole, "postgres"));
    QVERIFY(learner);

    QVERIFY(ask(*learner, "SELECT pg_read_file('/etc/passwd')").startsWith("error 42501"));
    QVERIFY(ask(*learner, "COPY (SELECT 1) TO PROGRAM 'true'").startsWith("error 42501"));
    QVERIFY(ask(*learner, "CREATE DATABASE more").startsWith("error 42501"));
    QVERIFY(ask(*learner, "CREATE ROLE more").startsWith("error 42501"));
    QVERIFY(ask(*learner, "SET SESSION AUTHORIZATION sqlgym_admin").startsWith("error 42501"));
    QVERIFY(ask(*learner, "SET temp_file_limit = -1").startsWith("error 42501"));
    QVERIFY(!Connection::open(m_cluster->parameters(kLearnerRole, "template1")));
}

void TestPrivateCluster::listensToNoNetwork()
{
    QStringList sockets;
    const QString descriptors = QString("/proc/%1/fd").arg(m_cluster->serverPid());
    for (const auto &entry : QDir(descriptors).entryInfoList(QDir::AllEntries | QDir::System)) {
        const QString target = QFile::symLinkTarget(entry.filePath());
        const auto bracket = target.indexOf("socket:[");
        if (bracket >= 0)
            sockets += target.mid(bracket + 8).chopped(1);
    }

    QVERIFY(!sockets.isEmpty()); // its unix socket
    for (const char *table : {"/proc/net/tcp", "/proc/net/tcp6", "/proc/net/udp", "/proc/net/udp6"}) {
        QFile file(table);
        if (!file.open(QIODevice::ReadOnly))
            continue;
        for (const auto &line : file.readAll().split('\n')) {
            const auto fields = line.simplified().split(' ');
            QVERIFY2(!sockets.contains(QString::fromUtf8(fields.value(9))), line.constData());
        }
    }
}

void TestPrivateCluster::folderIsOurs()
{
    struct stat info {};
    QCOMPARE(stat(m_scratch.path("cluster").c_str(), &info), 0);
    QCOMPARE(info.st_mode & 0777, 0700u);
    QCOMPARE(stat(m_cluster->folder().c_str(), &info), 0);
    QCOMPARE(info.st_mode & 0777, 0700u);
    QCOMPARE(stat(("/proc/" + std::to_string(m_cluster->serverPid())).c_str(), &info), 0);
    QVERIFY(info.st_uid != 0);
    QVERIFY(QFileInfo::exists(QString::fromStdString(m_cluster->folder() + "/.s.PGSQL.5432")));
}

void TestPrivateCluster::secondOwnerGetsItsOwn()
{
    auto second = PrivateCluster::start(m_scratch.path("cluster"));

    QVERIFY(second);
    QVERIFY((*second)->folder() != m_cluster->folder());
    auto here = Connection::open(m_cluster->parameters(kAdminRole, "postgres"));
    auto there = Connection::open((*second)->parameters(kAdminRole, "postgres"));
    QVERIFY(here && there);
    QVERIFY(ask(*here, "SELECT system_identifier FROM pg_control_system()") !=
            ask(*there, "SELECT system_identifier FROM pg_control_system()"));
}

void TestPrivateCluster::isReusedAndNotMadeAgain()
{
    const auto folder = m_scratch.path("reused");
    QString first;
    {
        auto cluster = PrivateCluster::start(folder);
        QVERIFY(cluster);
        auto admin = Connection::open((*cluster)->parameters(kAdminRole, "postgres"));
        first = ask(*admin, "SELECT system_identifier FROM pg_control_system()");
    }

    auto cluster = PrivateCluster::start(folder);

    QVERIFY(cluster);
    auto admin = Connection::open((*cluster)->parameters(kAdminRole, "postgres"));
    QCOMPARE(ask(*admin, "SELECT system_identifier FROM pg_control_system()"), first);
}

void TestPrivateCluster::aHurtClusterIsMadeAnew()
{
    const auto folder = m_scratch.path("hurt");
    std::string data;
    {
        auto cluster = PrivateCluster::start(folder);
        QVERIFY(cluster);
        data = (*cluster)->folder();
    }
    QVERIFY(QFile::remove(QString::fromStdString(data + "/global/pg_control")));

    auto cluster = PrivateCluster::start(folder);

    QVERIFY2(cluster, cluster ? "" : cluster.error().message.c_str());
    auto admin = Connection::open((*cluster)->parameters(kAdminRole, "postgres"));
    QVERIFY(admin);
    QCOMPARE(ask(*admin, "SELECT 1 + 1"), QString("2"));
}

void TestPrivateCluster::anInterruptedMachineIsNotTrusted()
{
    const auto folder = m_scratch.path("power");
    QString first;
    std::string data;
    {
        auto cluster = PrivateCluster::start(folder);
        QVERIFY(cluster);
        data = (*cluster)->folder();
        auto admin = Connection::open((*cluster)->parameters(kAdminRole, "postgres"));
        first = ask(*admin, "SELECT system_identifier FROM pg_control_system()");
    }
    std::ofstream(data + ".running") << "another boot\n"; // as a power cut leaves it

    auto cluster = PrivateCluster::start(folder);

    QVERIFY(cluster);
    auto admin = Connection::open((*cluster)->parameters(kAdminRole, "postgres"));
    QVERIFY(ask(*admin, "SELECT system_identifier FROM pg_control_system()") != first);
}

void TestPrivateCluster::worksInADeepFolder()
{
    const std::string folder = m_scratch.path("deep") + "/" + std::string(80, 'd') + "/" + std::string(80, 'e');

    auto cluster = PrivateCluster::start(folder);

    QVERIFY2(cluster, cluster ? "" : cluster.error().message.c_str());
    auto admin = Connection::open((*cluster)->parameters(kAdminRole, "postgres"));
    QVERIFY2(admin, admin ? "" : admin.error().message.c_str());
    QCOMPARE(ask(*admin, "SELECT 6 * 7"), QString("42"));
}

void TestPrivateCluster::survivesTheDeathOfASession()
{
    auto victim = Connection::open(m_cluster->parameters(kAdminRole, "postgres"));
    QVERIFY(victim);
    const pid_t server = m_cluster->serverPid();

    m_cluster->killBackend(victim->backendPid());
    m_cluster->killBackend(getpid()); // none of its own: left alone

    QTRY_VERIFY(!victim->execute("SELECT 1"));
    QTRY_VERIFY_WITH_TIMEOUT(Connection::open(m_cluster->parameters(kAdminRole, "postgres")), 10'000);
    QCOMPARE(m_cluster->serverPid(), server);
}

void TestPrivateCluster::restarts()
{
    const pid_t before = m_cluster->serverPid();

    const auto again = m_cluster->restart();

    QVERIFY2(again, again ? "" : again.error().message.c_str());
    QVERIFY(m_cluster->serverPid() != before);
    auto admin = Connection::open(m_cluster->parameters(kAdminRole, "postgres"));
    QVERIFY(admin);
    QCOMPARE(ask(*admin, "SELECT count(*) FROM pg_roles WHERE rolname = 'sqlgym_learner'"), QString("1"));
}

void TestPrivateCluster::saysWhyAFolderCannotBeUsed()
{
    const auto path = m_scratch.path("a_file");
    std::ofstream(path) << "not a folder\n";

    const auto cluster = PrivateCluster::start(path);

    QVERIFY(!cluster);
    QCOMPARE(cluster.error().code, std::string("folder"));
    QVERIFY(cluster.error().message.find(path) != std::string::npos);
}

QTEST_APPLESS_MAIN(TestPrivateCluster)
#include "tst_private_cluster.moc"
