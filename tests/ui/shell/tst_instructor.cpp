// The instructor's screen in the real window at a real server, beside a learner's window.
#include "online.h"

#include "../../engine/gateway/real_server.h"
#include "models/submission_table_model.h"

#include <QtCore/QFile>
#include <QtGui/QAction>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QFileDialog>
#include <QtWidgets/QLabel>
#include <QtWidgets/QListWidget>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QScrollArea>
#include <QtWidgets/QTableView>
#include <QtWidgets/QTreeWidget>

using namespace sqlgym;
using tests::uuid;

class TestInstructor : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void cleanupTestCase()
    {
        m_learner.reset();
        m_instructor.reset();
        m_server.reset();
    }
    void aLearnerSeesNoControlOfInstructors();
    void everySubmissionIsReachedByScrolling();
    void filtersNarrowTheList();
    void oneIsReadInFull();
    void twoAreCompared();
    void aCommentReachesItsLearner();
    void itIsShownBesideTheSubmission();
    void figuresOfTheProblem();
    void attemptsAreGoneThroughAndRunHere();
    void aFileThatNoSpreadsheetCalculates();
    void familiesAndWhoIsAlike();
    void aServerThatIsGoneIsTold();
    void whoIsNoInstructorAnyMoreSeesNothing();

private:
    QString asked(const std::string &sql, const server::Values &values = {})
    {
        auto admin = m_server->admin();
        return QString::fromStdString(tests::asked(admin, sql, values));
    }
    const Program &window() const { return m_instructor->program; }
    QTableView *list() const { return window().named<QTableView>("Submissions"); }
    int rows() const { return list() ? list()->model()->rowCount() : -1; }
    QString cell(int row, models::SubmissionTableModel::Column column) const
    {
        return list()->model()->index(row, column).data().toString();
    }
    void choose(const char *box, const QString &text) const
    {
        auto *combo = window().named<QComboBox>(box);
        const int index = combo->findText(text, Qt::MatchContains);
        QVERIFY2(index >= 0, qPrintable(text));
        combo->setCurrentIndex(index);
    }
    /// Whatever keys are held.
    void selectRow(int row) const
    {
        list()->selectionModel()->setCurrentIndex(list()->model()->index(row, 0),
                                                  QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    }
    void showPage(const char *name) const
    {
        auto *tabs = window().named<QTabWidget>("About the submission");
        for (int i = 0; i < tabs->count(); ++i) {
            if (tabs->tabText(i).startsWith(QLatin1String(name)))
                tabs->setCurrentIndex(i);
        }
    }
    void showScreen() const
    {
        window().window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(window().window.get()));
        QTest::keyClick(window().window.get(), Qt::Key_4, Qt::ControlModifier);
        QTRY_VERIFY_WITH_TIMEOUT(list() && list()->isVisible() && rows() > 0, kPatienceMs);
    }
    void clearFilters() const
    {
        auto *clear = window().named<QPushButton>("Clear the filters");
        if (clear->isEnabled())
            QTest::mouseClick(clear, Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(rows(), 100, kPatienceMs);
    }
    QString textOf(const char *name) const
    {
        QString all;
        for (auto *label : window().named<QScrollArea>(name)->findChildren<QLabel *>())
            all += label->text() + u'\n';
        return all;
    }

    std::unique_ptr<tests::RealServer> m_server;
    QTemporaryDir m_instructorsFolder, m_learnersFolder;
    std::unique_ptr<OnlineProgram> m_instructor, m_learner;
    std::string m_problem;
};

void TestInstructor::initTestCase()
{
    m_server = std::make_unique<tests::RealServer>();
    m_server->start();
    const auto pack = tests::deployWithPack(*m_server);
    m_problem = pack.problems[0].id;
    m_learner = std::make_unique<OnlineProgram>(m_learnersFolder.path(), m_server->socketDsn());
    QTRY_VERIFY_WITH_TIMEOUT(m_learner->ready(), kPatienceMs);
    m_learner->signUpAndSync("lena");
    m_learner->closeDialogs();
    // Two hundred and fifty submissions of four learners at two problems; every fifth is right.
    QCOMPARE(asked("INSERT INTO users (id, username, email) SELECT 'u' || g, 'mate' || g, g || '@example.org' "
                   "FROM generate_series(1, 3) g"),
             QString());
    QCOMPARE(asked("WITH job AS (INSERT INTO problem_submissions (id, user_id, problem_id, sql_query, status, "
                   "error_message, execution_time_ms, rows_returned, created_at) "
                   "SELECT '00000000-0000-4000-8000-' || lpad(g::text, 12, '0'), u.id, CASE WHEN g % 2 = 0 THEN $1 "
                   "ELSE $2 END, "
                   "'SELECT id' || chr(10) || 'FROM loan' || chr(10) || 'WHERE id > ' || g, CASE WHEN g % 10 = 1 THEN "
                   "'failed' "
                   "ELSE 'completed' END, CASE WHEN g % 10 = 1 THEN '=cmd|calc' END, g, 3, now()::timestamp - "
                   "make_interval(mins => 300 - g) "
                   "FROM generate_series(0, 249) g JOIN (SELECT id, row_number() OVER (ORDER BY username) - 1 AS n "
                   "FROM users) u "
                   "ON u.n = g % 4 RETURNING *) INSERT INTO submissions (id, user_id, problem_id, query, is_correct, "
                   "submitted_at) "
                   "SELECT id, user_id, problem_id, sql_query, right(id, 12)::integer % 5 = 0, created_at FROM job",
                   {m_problem, pack.problems[1].id}),
             QString());
    QCOMPARE(
        asked("INSERT INTO execution_results (id, submission_id, test_case_id, status, execution_time_ms, is_correct, "
              "validation_details) SELECT s.id || t.id, s.id, t.id, 'SUCCESS', 2, s.is_correct, CASE WHEN s.is_correct "
              "THEN '{\"outcome\": \"match\"}' ELSE '{\"outcome\": \"wrong_rows\", \"sentence\": \"2 rows are "
              "missing.\"}' "
              "END::jsonb FROM submissions s JOIN test_cases t ON t.problem_id = s.problem_id"),
        QString());
    m_instructor = std::make_unique<OnlineProgram>(m_instructorsFolder.path(), m_server->socketDsn());
    QTRY_VERIFY_WITH_TIMEOUT(m_instructor->ready(), kPatienceMs);
    m_instructor->signUpAndSync("ida");
    m_instructor->closeDialogs();
}

void TestInstructor::aLearnerSeesNoControlOfInstructors()
{
    for (const auto *online : {m_learner.get(), m_instructor.get()}) { // ida is none yet
        auto *window = online->program.window.get();
        window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(window));
        QTest::keyClick(window, Qt::Key_4, Qt::ControlModifier);
        window->showScreen(shell::MainWindow::Instructor);
        QVERIFY(!online->program.named<QTableView>("Submissions"));
        auto *button = online->program.named<QToolButton>("Instructor");
        QVERIFY(!button || !button->isVisible());
        for (const QAction *action : window->findChildren<QAction *>()) {
            if (action->text().remove(u'&') == QLatin1String("Instructor"))
                QVERIFY(!action->isVisible() && !action->isEnabled());
        }
    }
    // The screen comes with the next exchange.
    asked("UPDATE users SET is_admin = true WHERE username = 'ida'");
    m_instructor->program.link->syncNow();
    QTRY_VERIFY_WITH_TIMEOUT(m_instructor->program.link->state().instructor, kPatienceMs);
    QVERIFY(window().named<QToolButton>("Instructor")->isVisible());
}

void TestInstructor::everySubmissionIsReachedByScrolling()
{
    showScreen();

    QCOMPARE(rows(), 100);
    for (int page = 0; page < 5 && rows() < 250; ++page) {
        const int before = rows();
        list()->scrollToBottom();
        QTRY_VERIFY_WITH_TIMEOUT(rows() > before, kPatienceMs);
    }

    QCOMPARE(rows(), 250);
    QSet<QString> ids;
    for (int row = 0; row < rows(); ++row)
        ids << list()->model()->index(row, 0).data(models::SubmissionTableModel::IdRole).toString();
    QCOMPARE(ids.size(), 250);
    QVERIFY(!list()->model()->canFetchMore({}));
}

void TestInstructor::filtersNarrowTheList()
{
    using Model = models::SubmissionTableModel;
    showScreen();
    choose("Verdict", QStringLiteral("Right"));
    QTRY_COMPARE_WITH_TIMEOUT(rows(), 50, kPatienceMs);
    QCOMPARE(cell(0, Model::VerdictColumn), QStringLiteral("Right"));

    m_instructor->fill("Learner", QStringLiteral("LENA"));
    QTRY_COMPARE_WITH_TIMEOUT(rows(),
                              asked("SELECT count(*) FROM submissions s JOIN users u ON u.id = s.user_id "
                                    "WHERE is_correct AND username = 'lena'")
                                  .toInt(),
                              kPatienceMs);
    for (int row = 0; row < rows(); ++row)
        QCOMPARE(cell(row, Model::Learner), QStringLiteral("lena"));

    m_instructor->fill("Learner", QStringLiteral("nobody' OR true --"));
    QTRY_COMPARE_WITH_TIMEOUT(rows(), 0, kPatienceMs);
    clearFilters();
    const QString title = asked("SELECT title FROM problems WHERE id = $1", {m_problem});
    choose("Problem or topic", QStringLiteral("    ") + title);
    QTRY_COMPARE_WITH_TIMEOUT(cell(0, Model::Problem), title, kPatienceMs);
    QTRY_COMPARE_WITH_TIMEOUT(rows(), 100, kPatienceMs);
    for (int row = 0; row < rows(); ++row)
        QCOMPARE(cell(row, Model::Problem), title);
    clearFilters();
}

void TestInstructor::oneIsReadInFull()
{
    showScreen();
    clearFilters();
    selectRow(3); // number 246: not right

    auto *query = window().named<widgets::SqlEditor>("Submitted query");
    QTRY_COMPARE_WITH_TIMEOUT(query->utf8(), QByteArray("SELECT id\nFROM loan\nWHERE id > 246"), kPatienceMs);
    QVERIFY(query->isReadOnly());
    QTableView *tests = nullptr;
    for (auto *each : window().window->findChildren<QTableView *>()) {
        if (each->accessibleName() == QLatin1String("Tests") && each->isVisible())
            tests = each;
    }
    QVERIFY(tests);
    QTRY_COMPARE_WITH_TIMEOUT(tests->model()->rowCount(),
                              asked("SELECT count(*) FROM test_cases WHERE problem_id = $1", {m_problem}).toInt(),
                              kPatienceMs);
    QCOMPARE(tests->model()->index(0, 0).data().toString(), QStringLiteral("Wrong rows"));
}

void TestInstructor::twoAreCompared()
{
    showScreen();
    clearFilters();
    selectRow(0);
    list()->selectionModel()->select(list()->model()->index(1, 0),
                                     QItemSelectionModel::Select | QItemSelectionModel::Rows);

    const auto *difference = window().named<QPlainTextEdit>("Difference of the two submissions");
    QTRY_VERIFY_WITH_TIMEOUT(difference->isVisible(), kPatienceMs);
    const QString text = difference->toPlainText();
    QVERIFY2(text.contains(QStringLiteral("WHERE id > 248")) && text.contains(QStringLiteral("WHERE id > 249")),
             qPrintable(text));
    QVERIFY(text.indexOf(QStringLiteral("248")) < text.indexOf(QStringLiteral("249"))); // the older one first
}

void TestInstructor::aCommentReachesItsLearner()
{
    showScreen();
    clearFilters();
    m_instructor->fill("Learner", QStringLiteral("lena"));
    QTRY_VERIFY_WITH_TIMEOUT(rows() < 100 && rows() > 0, kPatienceMs);
    selectRow(0);
    const QString id = list()->model()->index(0, 0).data(models::SubmissionTableModel::IdRole).toString();
    showPage("Comments");
    auto *field = window().named<QPlainTextEdit>("New comment");
    QTRY_VERIFY_WITH_TIMEOUT(field->isEnabled(), kPatienceMs);
    field->setFocus();
    QTest::keyClicks(field, QStringLiteral("Mind the <b>NULLs</b>."));
    QTest::keyClick(field, Qt::Key_Return, Qt::ControlModifier);

    QTRY_VERIFY_WITH_TIMEOUT(textOf("Comments").contains(QStringLiteral("Mind the <b>NULLs</b>.")), kPatienceMs);
    QCOMPARE(field->toPlainText(), QString());
    QCOMPARE(asked("SELECT content FROM private.submission_comments WHERE submission_id = $1", {id.toStdString()}),
             QStringLiteral("Mind the <b>NULLs</b>."));
    for (auto *label : window().named<QScrollArea>("Comments")->findChildren<QLabel *>())
        QCOMPARE(label->textFormat(), Qt::PlainText);

    // Its learner may read it, a learner who guesses the id may not.
    std::optional<base::Result<std::vector<client::SubmissionComment>>> got;
    const auto read = [&](const std::string &submission) {
        got.reset();
        m_learner->program.link->ask(
            [submission](client::Gateway &gateway) { return client::submissionComments(gateway, submission); },
            m_learner->program.window.get(), [&](auto comments) { got = std::move(comments); });
    };
    read(id.toStdString());
    QTRY_VERIFY_WITH_TIMEOUT(got.has_value(), kPatienceMs);
    QCOMPARE((*got)->size(), 1u);
    const QString other = asked("SELECT min(id) FROM submissions WHERE user_id = 'u1'");
    asked(
        "INSERT INTO private.submission_comments (id, submission_id, author_id, content) SELECT 'x', $1, id, 'secret' "
        "FROM users WHERE username = 'ida'",
        {other.toStdString()});
    read(other.toStdString());
    QTRY_VERIFY_WITH_TIMEOUT(got.has_value(), kPatienceMs);
    QCOMPARE((*got)->size(), 0u);
}

void TestInstructor::itIsShownBesideTheSubmission()
{
    auto *window = m_learner->program.window.get();
    window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(window));
    m_learner->submitRight();
    const std::string pending = "FROM problem_submissions p JOIN users u ON u.id = p.user_id WHERE u.username = 'lena' "
                                "AND p.status = 'pending'";
    QTRY_COMPARE_WITH_TIMEOUT(asked("SELECT count(*) " + pending), QStringLiteral("1"), kPatienceMs);
    const QString id = asked("SELECT p.id " + pending);
    asked("INSERT INTO submissions (id, user_id, problem_id, query, is_correct) SELECT p.id, p.user_id, p.problem_id, "
          "p.sql_query, true " +
          pending);
    asked("INSERT INTO private.submission_comments (id, submission_id, author_id, content) SELECT 'y', $1, id, 'Well "
          "done.' "
          "FROM users WHERE username = 'ida'",
          {id.toStdString()});

    QTest::keyClick(window, Qt::Key_5, Qt::AltModifier);

    QScrollArea *comments = nullptr;
    QTRY_VERIFY_WITH_TIMEOUT((comments = m_learner->program.named<QScrollArea>("Comments of instructors")) &&
                                 comments->isVisible(),
                             kPatienceMs);
    QString all;
    for (auto *label : comments->findChildren<QLabel *>())
        all += label->text() + u'\n';
    QVERIFY2(all.contains(QStringLiteral("Well done.")) && all.contains(QStringLiteral("ida")), qPrintable(all));
    QVERIFY(!m_learner->program.named<QPlainTextEdit>("New comment"));
}

void TestInstructor::figuresOfTheProblem()
{
    showScreen();
    clearFilters();
    selectRow(1);
    showPage("Problem");

    QTRY_VERIFY2_WITH_TIMEOUT(textOf("Figures of the problem").contains(QStringLiteral("Attempts until solved")),
                              qPrintable(textOf("Figures of the problem")), kPatienceMs);
    const QString all = textOf("Figures of the problem");
    QVERIFY2(all.contains(QStringLiteral("125")), qPrintable(all));
    showPage("Tests");
}

void TestInstructor::attemptsAreGoneThroughAndRunHere()
{
    showScreen();
    clearFilters();
    m_instructor->fill("Learner", QStringLiteral("mate1"));
    const QString title = asked("SELECT title FROM problems WHERE id = $1", {m_problem});
    choose("Problem or topic", QStringLiteral("    ") + title);
    const int count =
        asked("SELECT count(*) FROM submissions WHERE user_id = 'u1' AND problem_id = $1", {m_problem}).toInt();
    if (count == 0) {
        m_instructor->fill("Learner", QStringLiteral("mate2"));
    }
    QTRY_VERIFY_WITH_TIMEOUT(rows() > 0 && rows() < 100, kPatienceMs);
    selectRow(0);
    showPage("Attempts");
    auto *attempts = window().named<QListWidget>("Attempts of the learner");
    QTRY_COMPARE_WITH_TIMEOUT(attempts->count(), rows(), kPatienceMs);
    QCOMPARE(attempts->currentRow(), rows() - 1);

    m_instructor->press("Earlier");

    QCOMPARE(attempts->currentRow(), rows() - 2);
    const auto *difference = window().named<QPlainTextEdit>("Difference of the two submissions");
    QTRY_VERIFY_WITH_TIMEOUT(difference->isVisible(), kPatienceMs);
    m_instructor->press("Run it here");
    QTRY_VERIFY_WITH_TIMEOUT(window().rows("Result of the attempt") >= 0, kPatienceMs);
    clearFilters();
    showPage("Tests");
}

void TestInstructor::aFileThatNoSpreadsheetCalculates()
{
    showScreen();
    clearFilters();
    QTest::mouseClick(window().named<QPushButton>("Export the submissions"), Qt::LeftButton);
    auto *dialog = window().window->findChild<QFileDialog *>();
    QVERIFY(dialog);
    const QString path = m_instructorsFolder.filePath(QStringLiteral("out.csv"));
    emit dialog->fileSelected(path);
    dialog->close();

    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(path), kPatienceMs);
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QString text = QString::fromUtf8(file.readAll());
    QVERIFY(text.startsWith(QStringLiteral("id,learner,problem,verdict,status")));
    QVERIFY(text.contains(QStringLiteral(",'=cmd|calc,")));
    QVERIFY(!text.contains(QStringLiteral(",=cmd")));
    QCOMPARE(QString::number(text.count(QStringLiteral("FROM loan"))),
             asked("SELECT count(*) FROM problem_submissions WHERE sql_query LIKE '%FROM loan%'"));
    for (const char *formula : {"=1", "+1", "-1", "@x", "\t=1", "  =1", "\uFF1D1"})
        QVERIFY(models::neutralised(QString::fromUtf8(formula)).startsWith(u'\''));
    QCOMPARE(models::neutralised(QStringLiteral("a=1")), QStringLiteral("a=1"));
}

void TestInstructor::familiesAndWhoIsAlike()
{
    QCOMPARE(
        asked("WITH job AS (INSERT INTO problem_submissions (id, user_id, problem_id, sql_query, status, result_data) "
              "VALUES ('a1', 'u1', $1, 'SELECT t.id FROM tool t WHERE NOT EXISTS (SELECT 1 FROM loan l WHERE "
              "l.tool_id = t.id AND l.days > 3)', 'completed', '{\"tests\": []}'), "
              "('a2', 'u2', $1, 'select x.id from tool as x -- mine\nwhere not exists (select 1 from loan y where "
              "y.tool_id = x.id and y.days > 3)', 'completed', '{\"tests\": []}'), "
              "('a3', 'u3', $1, 'SELECT id FROM tool WHERE id NOT IN (SELECT tool_id FROM loan)', 'completed', "
              "'{\"tests\": [{\"name\": \"<b>no loans</b>\", \"outcome\": \"wrong_rows\"}]}') RETURNING *) "
              "INSERT INTO submissions (id, user_id, problem_id, query, is_correct) "
              "SELECT id, user_id, problem_id, sql_query, id <> 'a3' FROM job",
              {m_problem}),
        QString());
    showScreen();
    clearFilters();
    QTest::mouseClick(window().named<QPushButton>("Refresh the submissions"), Qt::LeftButton);
    const QString title = asked("SELECT title FROM problems WHERE id = $1", {m_problem});
    choose("Problem or topic", QStringLiteral("    ") + title);
    QTRY_VERIFY_WITH_TIMEOUT(rows() > 0 && cell(0, models::SubmissionTableModel::Problem) == title, kPatienceMs);
    selectRow(0);
    showPage("Families");
    auto *families = window().named<QTreeWidget>("Families");
    auto *pairs = window().named<QTreeWidget>("Alike");

    QTRY_COMPARE_WITH_TIMEOUT(families->topLevelItemCount(), 4, kPatienceMs);
    const auto plain = [this](const std::string &which) {
        return asked("SELECT count(*) FROM submissions WHERE problem_id = $1 AND length(id) > 2 AND " + which,
                     {m_problem});
    };
    QStringList all;
    for (int i = 0; i < 4; ++i)
        all << families->topLevelItem(i)->text(0) + u'|' + families->topLevelItem(i)->text(1) + u'|' +
                   families->topLevelItem(i)->text(2).section(u' ', 0, 0);
    all.sort();
    QCOMPARE(all, (QStringList{QStringLiteral("NOT EXISTS|right|2"), QStringLiteral("NOT IN|fails: <b>no loans</b>|1"),
                               QStringLiteral("one plain SELECT|right|%1").arg(plain("is_correct")),
                               QStringLiteral("one plain SELECT|wrong|%1").arg(plain("NOT is_correct"))}));
    QCOMPARE(pairs->topLevelItemCount(), 1);
    QVERIFY2(pairs->topLevelItem(0)->text(0).contains(QStringLiteral("mate1")),
             qPrintable(pairs->topLevelItem(0)->text(0)));
    QVERIFY(pairs->topLevelItem(0)->text(1).startsWith(QStringLiteral("only these two wrote the same")));

    pairs->setCurrentItem(pairs->topLevelItem(0));
    pairs->setFocus();
    QTest::keyClick(pairs, Qt::Key_Return);
    QTRY_VERIFY_WITH_TIMEOUT(window().named<QWidget>("Difference of the two submissions")->isVisible(), kPatienceMs);
    QCOMPARE(families->topLevelItemCount(), 4);
    showPage("Tests");
    clearFilters();
}

void TestInstructor::aServerThatIsGoneIsTold()
{
    showScreen();
    m_server->stop();
    QTest::mouseClick(window().named<QPushButton>("Refresh the submissions"), Qt::LeftButton);

    auto *notice = window().named<QWidget>("Instructor notice");
    QTRY_VERIFY_WITH_TIMEOUT(notice->isVisible(), kPatienceMs);
    QCOMPARE(rows(), 0);
    // What an instructor wrote to the learner is still there for her.
    auto *learner = m_learner->program.window.get();
    learner->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(learner));
    QTest::keyClick(learner, Qt::Key_1, Qt::AltModifier);
    QTest::keyClick(learner, Qt::Key_5, Qt::AltModifier);
    const auto shown = [&] { return m_learner->program.named<QScrollArea>("Comments of instructors"); };
    QTRY_VERIFY_WITH_TIMEOUT(shown() && shown()->isVisible(), kPatienceMs);

    m_server->start();
    m_instructor->press("Try again");
    QTRY_COMPARE_WITH_TIMEOUT(rows(), 100, kPatienceMs);
    QVERIFY(!notice->isVisible());
}

void TestInstructor::whoIsNoInstructorAnyMoreSeesNothing()
{
    showScreen();
    clearFilters();
    asked("UPDATE users SET is_admin = false WHERE username = 'ida'");

    selectRow(5); // a row that is there; what it holds is not read any more

    QTRY_COMPARE_WITH_TIMEOUT(rows(), 0, kPatienceMs);
    QTRY_VERIFY_WITH_TIMEOUT(textOf("Comments").contains(QStringLiteral("246")) == false, kPatienceMs);
    m_instructor->program.link->syncNow();
    QTRY_VERIFY_WITH_TIMEOUT(!window().named<QToolButton>("Instructor")->isVisible(), kPatienceMs);
    QVERIFY(!list()->isVisible());
}

QTEST_MAIN(TestInstructor)
#include "tst_instructor.moc"
