// A session in a file: whose it is, who may read it, which server it belongs to.
#include "tokens/token_store.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

#include <sys/stat.h>
#include <unistd.h>

using namespace sqlgym;

namespace {

constexpr char kAddress[] = "sqlgym_client@gym.example.org:5432/gym";

std::string codeOf(const base::Result<std::optional<base::Secret>> &read)
{
    if (!read)
        return read.error().code;
    return *read ? std::string((**read).view()) : "none";
}

} // namespace

class TestTokenFile : public QObject {
    Q_OBJECT
private slots:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_path = m_folder->filePath("token").toStdString();
        m_store = tokens::tokenFile(m_path);
    }
    void whatIsWrittenIsRead();
    void onlyItsOwnerReadsIt();
    void anotherServerDoesNotGetIt();
    void unsafeFilesAreNotUsed_data();
    void unsafeFilesAreNotUsed();
    void damagedFilesAreTold_data();
    void damagedFilesAreTold();
    void aFileThatCannotBeWrittenLeavesTheOldOne();
    void removingIsForTheSameServer();

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::string m_path;
    std::unique_ptr<tokens::TokenStore> m_store;
};

void TestTokenFile::whatIsWrittenIsRead()
{
    QCOMPARE(codeOf(m_store->read(kAddress)), std::string("none"));

    QVERIFY(m_store->write(kAddress, base::Secret("first")));
    QVERIFY(m_store->write(kAddress, base::Secret("second")));

    QCOMPARE(codeOf(m_store->read(kAddress)), std::string("second"));
    QCOMPARE(QDir(m_folder->path()).entryList(QDir::Files | QDir::Hidden).size(), 1);
}

void TestTokenFile::onlyItsOwnerReadsIt()
{
    const mode_t before = umask(0);
    QVERIFY(m_store->write(kAddress, base::Secret("token")));
    umask(before);

    struct stat about = {};
    QCOMPARE(stat(m_path.c_str(), &about), 0);
    QCOMPARE(about.st_mode & 07777u, 0600u);
}

void TestTokenFile::anotherServerDoesNotGetIt()
{
    QVERIFY(m_store->write(kAddress, base::Secret("token")));

    QCOMPARE(codeOf(m_store->read("sqlgym_client@evil.example.org:5432/gym")), std::string("other_address"));
}

void TestTokenFile::unsafeFilesAreNotUsed_data()
{
    QTest::addColumn<int>("mode");
    QTest::newRow("the group reads") << 0640;
    QTest::newRow("all read") << 0604;
    QTest::newRow("the group writes") << 0620;
    QTest::newRow("a link") << -1;
    QTest::newRow("a pipe") << -2;
    QTest::newRow("a folder") << -3;
    QTest::newRow("somebody else's") << -4;
}

void TestTokenFile::unsafeFilesAreNotUsed()
{
    QFETCH(int, mode);
    QVERIFY(m_store->write(kAddress, base::Secret("token")));
    const std::string other = m_path + ".other";
    if (mode >= 0) {
        chmod(m_path.c_str(), static_cast<mode_t>(mode));
    } else if (mode == -4) {
        if (geteuid() != 0)
            QSKIP("needs root");
        QCOMPARE(chown(m_path.c_str(), 12345, 12345), 0);
    } else {
        QCOMPARE(rename(m_path.c_str(), other.c_str()), 0);
        const int made = mode == -1   ? symlink(other.c_str(), m_path.c_str())
                         : mode == -2 ? mkfifo(m_path.c_str(), 0600)
                                      : mkdir(m_path.c_str(), 0700);
        QCOMPARE(made, 0);
    }

    QCOMPARE(codeOf(m_store->read(kAddress)), std::string("unsafe_file"));
}

void TestTokenFile::damagedFilesAreTold_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("one line") << QByteArray("token\n");
    QTest::newRow("no end") << QByteArray(kAddress) + "\ntoken";
    QTest::newRow("more lines") << QByteArray(kAddress) + "\ntoken\nmore\n";
    QTest::newRow("huge") << QByteArray(1 << 20, 'x');
    QTest::newRow("zeros") << QByteArray(100, '\0');
}

void TestTokenFile::damagedFilesAreTold()
{
    QFETCH(QByteArray, text);
    QFile file(QString::fromStdString(m_path));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(text);
    file.close();
    chmod(m_path.c_str(), 0600);

    QCOMPARE(codeOf(m_store->read(kAddress)), std::string("bad_file"));
    QVERIFY(m_store->write(kAddress, base::Secret("new")));
    QCOMPARE(codeOf(m_store->read(kAddress)), std::string("new"));
}

void TestTokenFile::aFileThatCannotBeWrittenLeavesTheOldOne()
{
    auto nowhere = tokens::tokenFile(m_folder->filePath("no/such/folder/token").toStdString());
    QVERIFY(!nowhere->write(kAddress, base::Secret("token")));
    // A folder in the way: the new file cannot be moved into place, and nothing of it stays.
    QVERIFY(QDir(m_folder->path()).mkpath("token/full"));

    const auto written = m_store->write(kAddress, base::Secret("token"));

    QVERIFY(!written);
    QCOMPARE(written.error().code, std::string("cannot_write"));
    QCOMPARE(QDir(m_folder->path()).entryList(QDir::Files | QDir::Hidden).size(), 0);
}

void TestTokenFile::removingIsForTheSameServer()
{
    QVERIFY(m_store->write(kAddress, base::Secret("token")));

    QVERIFY(m_store->remove("somebody@elsewhere"));
    QCOMPARE(codeOf(m_store->read(kAddress)), std::string("token"));
    QVERIFY(m_store->remove(kAddress));
    QVERIFY(m_store->remove(kAddress));
    QCOMPARE(codeOf(m_store->read(kAddress)), std::string("none"));
}

QTEST_APPLESS_MAIN(TestTokenFile)
#include "tst_token_file.moc"
