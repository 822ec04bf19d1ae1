// The account in the window, at a real server: the profile, what one has as files, and the end of it.
#include "online.h"

#include "cache/cache.h"
#include "screens/data_page.h"
#include "sqlite/database.h"

#include <QtCore/QDirIterator>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtWidgets/QLabel>

using namespace sqlgym;

class TestAccount : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void init();
    void theProfileIsEditedOfflineAndSentLater();
    void whatOthersCouldNotReadIsNotSaved();
    void everythingOfOnesOwnIsExported();
    void theAccountIsDeleted();

private:
    std::string dsn() { return m_server->dsn("sqlgym_client"); }
    QString asked(const char *sql)
    {
        auto admin = m_server->admin();
        return QString::fromStdString(tests::asked(admin, sql));
    }
    static QLabel *label(const OnlineProgram &online, const char *name) { return online.program.named<QLabel>(name); }

    std::unique_ptr<tests::ServerFixture> m_server;
};

void TestAccount::initTestCase()
{
    m_server = std::make_unique<tests::ServerFixture>();
    tests::deployWithPack(*m_server);
}

void TestAccount::init()
{
    auto admin = m_server->admin();
    tests::forgetAttempts(admin);
}

void TestAccount::theProfileIsEditedOfflineAndSentLater()
{
    const QTemporaryDir folder;
    {
        const OnlineProgram online(folder.path(), dsn());
        QTRY_VERIFY_WITH_TIMEOUT(online.ready(), kPatienceMs);
        online.signUpAndSync("vera");
        m_server->crash();
        online.section(0);
        auto *first = online.program.named<QLineEdit>("First name");
        QTRY_VERIFY_WITH_TIMEOUT(first && first->isVisible(), kPatienceMs);
        online.fill("First name", QStringLiteral("V\u00e9ra"));
        online.fill("Company", QStringLiteral("Boats & Sons"));
        online.press("Save");
        QTRY_VERIFY2_WITH_TIMEOUT(online.status().contains(QStringLiteral("1 waiting")), qPrintable(online.status()),
                                  kPatienceMs);
    }
    // It is there at the next start, the server still away: with the address that the account has.
    {
        const OnlineProgram again(folder.path(), dsn());
        QTRY_VERIFY_WITH_TIMEOUT(!again.program.statement().isEmpty(), kPatienceMs);
        again.openAccount();
        again.section(0);
        QTRY_COMPARE_WITH_TIMEOUT(again.program.named<QLineEdit>("First name")->text(), QStringLiteral("V\u00e9ra"),
                                  kPatienceMs);
        m_server->restart();
        const auto sent = [&] {
            return asked("SELECT first_name || '|' || company_name FROM users WHERE username = 'vera'");
        };
        QTRY_COMPARE_WITH_TIMEOUT(sent(), QStringLiteral("V\u00e9ra|Boats & Sons"), kPatienceMs);
    }
    auto database = sqlite::Database::open(session::Profile::locate(folder.path()).databaseFile().toStdString());
    QCOMPARE(*database->integer("SELECT count(*) FROM users WHERE email = 'vera@example.org'"), 1);
}

void TestAccount::whatOthersCouldNotReadIsNotSaved()
{
    const QTemporaryDir folder;
    const OnlineProgram online(folder.path(), dsn());
    QTRY_VERIFY_WITH_TIMEOUT(online.ready(), kPatienceMs);
    online.signUpAndSync("wim");
    online.section(0);
    auto *save = [&] {
        for (auto *each : online.program.window->findChildren<QPushButton *>()) {
            if (each->isVisible() && each->text().remove(u'&') == QLatin1String("Save"))
                return each;
        }
        return static_cast<QPushButton *>(nullptr);
    }();
    QVERIFY(save);
    for (const char *address : {"javascript:alert(1)", "http://example.org/me", "file:///etc/passwd", "no address"}) {
        online.fill("LinkedIn address", QLatin1String(address));
        QVERIFY2(!save->isEnabled(), address);
        QVERIFY2(!label(online, "About the profile")->text().isEmpty(), address);
    }
    online.fill("LinkedIn address", QStringLiteral("https://www.linkedin.com/in/wim"));
    QVERIFY(save->isEnabled());
    online.press("Save");
    const auto sent = [&] { return asked("SELECT linkedin_url FROM users WHERE username = 'wim'"); };
    QTRY_COMPARE_WITH_TIMEOUT(sent(), QStringLiteral("https://www.linkedin.com/in/wim"), kPatienceMs);
}

void TestAccount::everythingOfOnesOwnIsExported()
{
    const QTemporaryDir folder;
    const QTemporaryDir place;
    const OnlineProgram online(folder.path(), dsn());
    QTRY_VERIFY_WITH_TIMEOUT(online.ready(), kPatienceMs);
    online.signUpAndSync("xenia");
    online.closeDialogs();
    online.submitRight();
    QTRY_VERIFY2_WITH_TIMEOUT(online.status().contains(QStringLiteral("1 being judged")), qPrintable(online.status()),
                              kPatienceMs);
    online.openAccount();
    online.section(4);
    auto *page = online.program.window->findChild<screens::DataPage *>();
    emit page->exportAsked(place.path()); // the dialog for a folder is the desktop's
    QTRY_VERIFY2_WITH_TIMEOUT(online.answer().contains(QStringLiteral("xported")), qPrintable(online.answer()),
                              kPatienceMs);
    QStringList names;
    QByteArray all;
    int submissions = 0;
    QDirIterator files(place.path(), QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray text = file.readAll();
        names << files.fileName();
        all += text;
        if (files.fileName() == QLatin1String("problem_submissions.json"))
            submissions = static_cast<int>(QJsonDocument::fromJson(text).array().size());
    }
    QCOMPARE(submissions, 1);
    QVERIFY2(names.contains(QStringLiteral("problem_submissions.csv")), qPrintable(names.join(u' ')));
    QVERIFY(all.contains("returned_on IS NULL"));
    QVERIFY(!all.contains(kPassword));
    QFile token(folder.filePath(QStringLiteral("token")));
    QVERIFY(token.open(QIODevice::ReadOnly));
    const QByteArray secret = token.readAll().trimmed().right(20);
    QVERIFY(secret.size() == 20 && !all.contains(secret));
}

void TestAccount::theAccountIsDeleted()
{
    const QTemporaryDir folder;
    const OnlineProgram online(folder.path(), dsn());
    QTRY_VERIFY_WITH_TIMEOUT(online.ready(), kPatienceMs);
    online.signUpAndSync("yves");
    online.closeDialogs();
    online.program.writeQuery("SELECT 'kept here'");
    QTest::qWait(1'500);
    const auto there = [&] { return asked("SELECT count(*) FROM users WHERE username = 'yves'"); };
    const auto deleteWith = [&](const char *password) {
        online.openAccount();
        online.section(4);
        online.press("Delete the account\u2026");
        online.fill("Password of the account to be deleted", QLatin1String(password));
        online.press("Delete\u2026");
        online.press("Yes, delete it for good");
    };
    deleteWith("another password");
    QTRY_VERIFY2_WITH_TIMEOUT(online.answer().contains(QStringLiteral("password")), qPrintable(online.answer()),
                              kPatienceMs);
    QCOMPARE(there(), QStringLiteral("1"));
    deleteWith(kPassword);
    QTRY_COMPARE_WITH_TIMEOUT(there(), QStringLiteral("0"), kPatienceMs);
    QTRY_VERIFY2_WITH_TIMEOUT(online.status().startsWith(QStringLiteral("Signed out")), qPrintable(online.status()),
                              kPatienceMs);
    QTRY_VERIFY_WITH_TIMEOUT(label(online, "Standing")->text().contains(QStringLiteral("this computer alone")) ||
                                 label(online, "Standing")->text().contains(QStringLiteral("igned out")),
                             kPatienceMs);
    online.closeDialogs();
    QTRY_COMPARE_WITH_TIMEOUT(online.program.editor()->utf8(), QByteArray("SELECT 'kept here'"), kPatienceMs);
    auto cache = cache::Cache::open(online.program.profile.databaseFile().toStdString());
    QVERIFY(cache && *(*cache)->isLocal());
}

QTEST_MAIN(TestAccount)
#include "tst_account.moc"
