#include "cache/outbox_effects.h"
#include "session/list_snapshot.h"
#include "session/outbox_work.h"
#include "session/profile.h"
#include "session/single_instance.h"
#include "session/store.h"
#include "sqlite/database.h"

#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>
#include <QtTest/QSignalSpy>
#include <QtTest/QtTest>

#include <csignal>
#include <sys/resource.h>

using namespace sqlgym;

namespace {

constexpr int kPatienceMs = 30'000;

session::StartState open(session::Store &store, const QString &file)
{
    session::StartState state;
    bool done = false;
    const auto once = QObject::connect(&store, &session::Store::started, &store, [&](const session::StartState &got) {
        state = got;
        done = true;
    });
    store.open(file);
    [&] { QTRY_VERIFY_WITH_TIMEOUT(done, kPatienceMs); }();
    QObject::disconnect(once);
    return state;
}

} // namespace

class TestStore : public QObject {
    Q_OBJECT
private slots:
    void theFirstStartLoadsTheCatalogueTheNextHasIt();
    void draftsSurviveAndComeBackWithTheCursor();
    void aDiskWithoutRoomIsToldAndTheDraftIsKept();
    void hintsAndGivingUpAreRemembered();
    void anUnusableFolderGivesAMemoryOnlyProfileAndSaysSo();
    void aNewerDatabaseIsLeftAlone();
    void theListSnapshotIsOnlyTrustedWhenWhole();
    void profilesLieWhereTheyWereTold();
    void whatWaitsIsNamedInWords();
    void slugsFromArguments_data();
    void slugsFromArguments();
};

void TestStore::theFirstStartLoadsTheCatalogueTheNextHasIt()
{
    const QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("db"));
    {
        session::Store store;
        QVERIFY(open(store, file).catalogueMissing);
        QSignalSpy loaded(&store, &session::Store::catalogueChanged);
        store.refreshCatalogue();
        QTRY_COMPARE_WITH_TIMEOUT(loaded.count(), 1, kPatienceMs);
    }
    session::Store store;

    const auto state = open(store, file);

    QVERIFY(state.entries.size() >= 12);
    QVERIFY(state.notice.isEmpty());
    QSignalSpy loaded(&store, &session::Store::catalogueChanged);
    store.refreshCatalogue(); // unchanged on the disk: nothing to tell
    QTest::qWait(500);
    QCOMPARE(loaded.count(), 0);
}

namespace {

/// A store with the catalogue and its first problem open.
session::OpenedProblem openFirst(session::Store &store, const QString &file)
{
    open(store, file);
    store.refreshCatalogue();
    session::OpenedProblem opened;
    QObject::connect(&store, &session::Store::problemOpened, &store,
                     [&opened](const session::OpenedProblem &got) { opened = got; });
    store.openProblem(QStringLiteral("still-out"));
    [&] { QTRY_VERIFY_WITH_TIMEOUT(opened.problem != nullptr, kPatienceMs); }();
    QObject::disconnect(&store, &session::Store::problemOpened, nullptr, nullptr);
    return opened;
}

} // namespace

void TestStore::draftsSurviveAndComeBackWithTheCursor()
{
    const QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("db"));
    const QByteArray text("SELECT '\xC3\xA9';\0 -- more", 20);
    {
        session::Store store;
        const auto opened = openFirst(store, file);
        store.keepDraft(QString::fromStdString(opened.problem->id), text, 9, 0);
    } // leaving saves what waits

    session::Store store;
    const auto again = openFirst(store, file);

    QCOMPARE(again.draft.toUtf8(), text);
    QCOMPARE(again.cursorUtf16, 9);
}

void TestStore::aDiskWithoutRoomIsToldAndTheDraftIsKept()
{
    const QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("db"));
    const QByteArray text(50'000, 'x');
    {
        session::Store store;
        const auto opened = openFirst(store, file);
        QSignalSpy noticed(&store, &session::Store::noticed);
        // No file may grow: what a full disk does to one process.
        std::signal(SIGXFSZ, SIG_IGN);
        rlimit room{};
        QVERIFY(::getrlimit(RLIMIT_FSIZE, &room) == 0);
        const rlimit none{4096, room.rlim_max};
        QVERIFY(::setrlimit(RLIMIT_FSIZE, &none) == 0);

        store.keepDraft(QString::fromStdString(opened.problem->id), text, 0, 0);
        store.flushDrafts();
        const bool told = noticed.wait(kPatienceMs);
        QVERIFY(::setrlimit(RLIMIT_FSIZE, &room) == 0);
        QVERIFY(told);
        QVERIFY(!noticed.first().first().value<session::Notice>().isEmpty());

        // There is room again: tried again by itself, and the notice goes away.
        QTRY_COMPARE_WITH_TIMEOUT(noticed.count(), 2, kPatienceMs);
        QVERIFY(noticed.last().first().value<session::Notice>().isEmpty());
    }

    session::Store store;
    QCOMPARE(openFirst(store, file).draft.toUtf8() == text, true);
}

void TestStore::hintsAndGivingUpAreRemembered()
{
    const QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("db"));
    {
        session::Store store;
        const auto opened = openFirst(store, file);
        QSignalSpy standing(&store, &session::Store::standingChanged);
        store.useHint(QString::fromStdString(opened.problem->id), 1);
        store.giveUp(opened.problem);
        QTRY_COMPARE_WITH_TIMEOUT(standing.count(), 1, kPatienceMs);
    }

    session::Store store;
    const auto again = openFirst(store, file);

    QVERIFY(again.gaveUp && again.unlocked());
    QCOMPARE(again.hintsUsed, std::set<int>{1});
    QCOMPARE(again.status, session::ProblemStatus::GaveUp);
}

void TestStore::anUnusableFolderGivesAMemoryOnlyProfileAndSaysSo()
{
    session::Store store;

    const auto state = open(store, QStringLiteral("/dev/null/profile/db"));

    QVERIFY(!state.notice.isEmpty());
    QVERIFY(state.notice.serious);
    QVERIFY(!state.notice.text.isEmpty());
    QVERIFY(openFirst(store, QStringLiteral("/dev/null/profile/db")).problem != nullptr); // and practising works
}

void TestStore::aNewerDatabaseIsLeftAlone()
{
    const QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("db"));
    {
        session::Store store;
        open(store, file);
    }
    {
        auto database = sqlite::Database::open(file.toStdString(), {});
        QVERIFY(database);
        QVERIFY(database->execute("INSERT INTO schema_migrations (version, name, applied_at_us, fingerprint) VALUES "
                                  "(9999, 'later', 1, 'x')"));
        QVERIFY(database->execute("PRAGMA user_version = 9999"));
    }
    QFile bytes(file);
    QVERIFY(bytes.open(QIODevice::ReadOnly));
    const QByteArray before = bytes.readAll();

    session::Store store;
    const auto state = open(store, file);

    QVERIFY2(state.notice.title.contains(QStringLiteral("newer")), qPrintable(state.notice.title));
    QVERIFY(state.notice.serious);
    bytes.seek(0);
    QCOMPARE(bytes.readAll() == before, true);
}

void TestStore::theListSnapshotIsOnlyTrustedWhenWhole()
{
    const QTemporaryDir folder;
    const auto profile = session::Profile::locate(folder.path());
    session::ProblemEntry entry;
    entry.slug = QStringLiteral("a");
    entry.title = QStringLiteral("A");
    entry.status = session::ProblemStatus::Solved;
    session::ListSnapshot(profile).write({entry, entry});
    QCOMPARE(session::ListSnapshot(profile).read(), (session::ProblemEntries{entry, entry}));

    QFile file(profile.cacheDir + QStringLiteral("/problem-list"));
    QVERIFY(file.resize(file.size() - 3));

    QVERIFY(session::ListSnapshot(profile).read().empty());
}

void TestStore::profilesLieWhereTheyWereTold()
{
    qunsetenv("SQLGYM_PROFILE");
    qputenv("XDG_DATA_HOME", "/x/data");
    qputenv("XDG_CONFIG_HOME", "/x/config");
    QCOMPARE(session::Profile::locate({}).databaseFile(), QStringLiteral("/x/data/sqlgym/sqlgym.sqlite"));
    QCOMPARE(session::Profile::locate({}).settingsFile(), QStringLiteral("/x/config/sqlgym/settings.ini"));
    qputenv("SQLGYM_PROFILE", "/y");
    QCOMPARE(session::Profile::locate({}).databaseFile(), QStringLiteral("/y/sqlgym.sqlite"));
    QCOMPARE(session::Profile::locate(QStringLiteral("/z")).settingsFile(), QStringLiteral("/z/settings.ini"));
}

void TestStore::whatWaitsIsNamedInWords()
{
    const QTemporaryDir folder;
    session::CacheSlot slot;
    auto cache = cache::Cache::open(folder.filePath(QStringLiteral("db")).toStdString());
    QVERIFY(cache);
    slot.cache = std::move(*cache);
    const auto kinds = cache::operationKinds();
    for (const std::string &kind : kinds)
        QVERIFY(slot.cache->outbox().add("id of " + kind, kind, "{}"));

    const session::OutboxView view = session::readOutbox(slot);

    QCOMPARE(view.items.size(), static_cast<qsizetype>(kinds.size()));
    for (int i = 0; i < view.items.size(); ++i)
        QVERIFY2(view.items[i].what != QString::fromStdString(kinds[static_cast<std::size_t>(i)]),
                 qPrintable(view.items[i].what));
}

void TestStore::slugsFromArguments_data()
{
    QTest::addColumn<QString>("argument");
    QTest::addColumn<QString>("slug");

    QTest::newRow("a link") << "sqlgym://problem/late-returns"
                            << "late-returns";
    QTest::newRow("a link with a slash behind") << "sqlgym://problem/late-returns/"
                                                << "late-returns";
    QTest::newRow("a name") << "late-returns"
                            << "late-returns";
    QTest::newRow("another scheme") << "https://problem/late-returns"
                                    << "";
    QTest::newRow("a path") << "../../etc/passwd"
                            << "";
    QTest::newRow("nothing") << ""
                             << "";
}

void TestStore::slugsFromArguments()
{
    QFETCH(QString, argument);
    QFETCH(QString, slug);

    QCOMPARE(session::slugFromArgument(argument), slug);
}

QTEST_GUILESS_MAIN(TestStore)
#include "tst_store.moc"
