// Bookmarks and votes: kept here at once, sent when there is a server, and offered to those whom the server lets.
#include "online.h"

#include <QtWidgets/QComboBox>

using namespace sqlgym;

class TestMarks : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void bookmarksAreKeptAndListed();
    void votesAreForThoseWhoTried();

private:
    QString asked(const char *sql)
    {
        auto admin = m_server->admin();
        return QString::fromStdString(tests::asked(admin, sql));
    }

    std::unique_ptr<tests::ServerFixture> m_server;
};

void TestMarks::initTestCase()
{
    m_server = std::make_unique<tests::ServerFixture>();
    tests::deployWithPack(*m_server);
}

void TestMarks::bookmarksAreKeptAndListed()
{
    const QTemporaryDir folder;
    {
        const Program program(folder.path(), false);
        QTRY_VERIFY_WITH_TIMEOUT(!program.statement().isEmpty(), kPatienceMs);
        auto *mark = program.named<QToolButton>("Bookmark");
        QTRY_VERIFY_WITH_TIMEOUT(mark->isEnabled(), kPatienceMs);
        QVERIFY(!mark->isChecked());
        program.key(Qt::Key_D, Qt::ControlModifier); // in the editor, which has a use of its own for it by default
        QTRY_VERIFY_WITH_TIMEOUT(mark->isChecked(), kPatienceMs);
        QVERIFY(program.editor()->utf8().isEmpty());
        auto *status = program.named<QComboBox>("Status filter");
        status->setCurrentIndex(status->findText(QStringLiteral("Bookmarked")));
        auto *list = program.named<QAbstractItemView>("Problem list");
        QTRY_COMPARE_WITH_TIMEOUT(list->model()->rowCount(), 1, kPatienceMs);
        QCOMPARE(list->model()->rowCount(list->model()->index(0, 0)), 1);
        // Arranged another way it is marked still.
        auto *grouping = program.named<QComboBox>("Grouping");
        QTRY_VERIFY_WITH_TIMEOUT(grouping->isVisible(), kPatienceMs);
        grouping->setCurrentIndex(1);
        QCOMPARE(list->model()->rowCount(), 1);
        QVERIFY(list->model()->index(0, 0).data().toString() == QLatin1String("First questions"));
        grouping->setCurrentIndex(0);
        QTest::mouseClick(mark, Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(list->model()->rowCount(), 0, kPatienceMs);
        QTest::mouseClick(mark, Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(list->model()->rowCount(), 1, kPatienceMs);
    }
    const Program again(folder.path(), false);
    QTRY_VERIFY_WITH_TIMEOUT(again.named<QToolButton>("Bookmark")->isChecked(), kPatienceMs);
    auto *status = again.named<QComboBox>("Status filter");
    status->setCurrentIndex(status->findText(QStringLiteral("Bookmarked")));
    QTRY_COMPARE_WITH_TIMEOUT(again.named<QAbstractItemView>("Problem list")->model()->rowCount(), 1, kPatienceMs);
}

void TestMarks::votesAreForThoseWhoTried()
{
    const QTemporaryDir folder;
    const OnlineProgram online(folder.path(), m_server->dsn("sqlgym_client"));
    QTRY_VERIFY_WITH_TIMEOUT(online.ready(), kPatienceMs);
    online.signUpAndSync("mara");
    online.closeDialogs();
    auto *up = online.program.named<QToolButton>("A good problem");
    auto *down = online.program.named<QToolButton>("Not a good problem");
    QVERIFY(!up->isEnabled() && !down->isEnabled());
    QVERIFY(up->toolTip().contains(QStringLiteral("handed in")));
    online.submitRight();
    QTRY_VERIFY_WITH_TIMEOUT(up->isEnabled(), kPatienceMs);
    QTRY_VERIFY2_WITH_TIMEOUT(online.status().contains(QStringLiteral("1 being judged")), qPrintable(online.status()),
                              kPatienceMs);
    const auto there = [&](const char *column) {
        return asked(("SELECT coalesce(bool_or(" + std::string(column) +
                      "), false) FROM problem_interactions i JOIN users u ON u.id = i.user_id WHERE username = 'mara'")
                         .c_str());
    };
    QTest::mouseClick(up, Qt::LeftButton);
    QTRY_COMPARE_WITH_TIMEOUT(there("upvote"), QStringLiteral("t"), kPatienceMs);
    // Offline the other way, which ends the first.
    m_server->crash();
    QTest::mouseClick(down, Qt::LeftButton);
    QTRY_VERIFY2_WITH_TIMEOUT(online.status().contains(QStringLiteral("1 waiting")), qPrintable(online.status()),
                              kPatienceMs);
    QVERIFY(down->isChecked() && !up->isChecked());
    m_server->restart();
    QTRY_COMPARE_WITH_TIMEOUT(there("downvote"), QStringLiteral("t"), kPatienceMs);
    QCOMPARE(there("upvote"), QStringLiteral("f"));
    QVERIFY2(!online.status().contains(QStringLiteral("refused")), qPrintable(online.status()));
}

QTEST_MAIN(TestMarks)
#include "tst_marks.moc"
