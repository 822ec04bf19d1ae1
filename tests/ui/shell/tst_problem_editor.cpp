// Problems written in the real window at a real server with a real judge, beside a learner's window.
#include "online.h"

#include "client/drafts.h"
#include "judge/prover.h"
#include "models/problem_list_model.h"
#include "widgets/elided_label.h"

#include <QtCore/QDirIterator>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QLabel>
#include <QtWidgets/QListView>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QTableWidget>

using namespace sqlgym;

namespace {

constexpr char kTables[] = R"([{"name": "thing", "columns": [{"name": "id", "type": "integer", "not_null": true},
  {"name": "name", "type": "text"}], "primary_key": ["id"], "rows": [["1", "one"], ["2", null], ["3", "three"]]}])";
constexpr char kTests[] = R"([
  {"name": "As shown", "description": "The rows of the tables.", "hidden": false, "tables": {},
   "expected": {"columns": [{"name": "id", "type": "int4"}], "rows": [["1"], ["2"]]}},
  {"name": "Other rows", "description": "An empty name is a name.", "hidden": true,
   "tables": {"thing": {"columns": ["id", "name"], "rows": [["9", ""], ["7", "x"], ["8", null], ["10", "x"], ["11", "y"]]}},
   "expected": {"columns": [{"name": "id", "type": "int4"}], "rows": [["7"], ["9"], ["10"], ["11"]]}},
  {"name": "Nothing", "description": "No row at all.", "hidden": true,
   "tables": {"thing": {"columns": ["id", "name"], "rows": []}},
   "expected": {"columns": [{"name": "id", "type": "int4"}], "rows": []}}])";

} // namespace

class TestProblemEditor : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void cleanupTestCase();
    void aLearnerHasNoSuchPageAndGetsNothing();
    void whatIsTypedSurvivesAKill();
    void textThatIsNoJsonIsToldByLine();
    void aProblemFromNothingIsPublished();
    void anothersDraftIsNotOverwritten();
    void aPublishedOneIsOpenedAndCopied();

private:
    QString asked(const std::string &sql, const server::Values &values = {})
    {
        auto admin = m_server->admin();
        return QString::fromStdString(tests::asked(admin, sql, values));
    }
    const Program &window() const { return m_instructor->program; }
    template <typename T> T *shown(const char *name) const
    {
        for (auto *each : window().window->findChildren<T *>()) {
            if (each->accessibleName() == QLatin1String(name) && each->isVisible())
                return each;
        }
        return nullptr;
    }
    QPushButton *button(const char *text) const
    {
        for (auto *each : window().window->findChildren<QPushButton *>()) {
            if (each->isVisible() && each->text().remove(u'&') == QString::fromUtf8(text))
                return each;
        }
        return nullptr;
    }
    void section(const char *name) const
    {
        auto *tabs = window().named<QTabWidget>("Sections of the problem");
        for (int i = 0; i < tabs->count(); ++i) {
            if (tabs->tabText(i).startsWith(QLatin1String(name)))
                tabs->setCurrentIndex(i);
        }
        QVERIFY(tabs->tabText(tabs->currentIndex()).startsWith(QLatin1String(name)));
    }
    template <typename T> void type(const char *name, const QString &text) const
    {
        auto *field = shown<T>(name);
        QVERIFY2(field, name);
        field->setFocus();
        QTest::keyClick(field, Qt::Key_A, Qt::ControlModifier);
        QTest::keyClicks(field, text);
    }
    QPlainTextEdit *prose(const char *name) const { return shown<QPlainTextEdit>(name); }
    QString notice() const
    {
        const auto *bar = shown<QWidget>("Problem notice");
        QString all;
        for (const auto *each : bar ? bar->findChildren<QLabel *>() : QList<QLabel *>())
            all += each->text() + u'\n';
        for (const auto *each : window().window->findChildren<QLabel *>()) {
            if (each->accessibleName().startsWith(QStringLiteral("Found at")) && !each->text().isEmpty())
                all += each->accessibleName() + QStringLiteral(": ") + each->text() + u'\n';
        }
        return all;
    }
    QString foundAt(const char *name) const
    {
        const auto *label = window().named<QLabel>((QByteArray("Found at ") + name).constData());
        return label ? label->text() : QString();
    }
    void showPage() const
    {
        window().window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(window().window.get()));
        window().window->showScreen(shell::MainWindow::Instructor);
        window().named<QTabWidget>("Instructor pages")->setCurrentIndex(2);
        QTRY_VERIFY_WITH_TIMEOUT(list() && list()->isVisible() && list()->model()->rowCount() > 0, kPatienceMs);
    }
    QListView *list() const { return window().named<QListView>("Problems to edit"); }
    void open(const QString &title) const
    {
        for (int row = 0; row < list()->model()->rowCount(); ++row) {
            if (list()->model()->index(row, 0).data().toString() == title)
                list()->setCurrentIndex(list()->model()->index(row, 0));
        }
        QTRY_COMPARE_WITH_TIMEOUT(editedTitle(), title, kPatienceMs);
    }
    QString editedTitle() const
    {
        return window().window->findChild<widgets::ElidedLabel *>(QStringLiteral("editedProblem"))->fullText();
    }
    QString openId() const { return list()->currentIndex().data(models::ProblemListModel::IdRole).toString(); }
    template <typename Answer, typename Work> base::Result<Answer> fromLearner(Work work)
    {
        std::optional<base::Result<Answer>> got;
        m_learner->program.link->ask(std::move(work), m_learner->program.window.get(),
                                     [&](base::Result<Answer> answer) { got = std::move(answer); });
        [&] { QTRY_VERIFY_WITH_TIMEOUT(got.has_value(), kPatienceMs); }();
        return *got;
    }

    std::unique_ptr<tests::ServerFixture> m_server;
    tests::Scratch m_judges;
    std::unique_ptr<judge::Prover> m_judge;
    QTemporaryDir m_instructorsFolder, m_learnersFolder;
    std::unique_ptr<OnlineProgram> m_instructor, m_learner;
    content::Pack m_pack;
};

void TestProblemEditor::initTestCase()
{
    m_server = std::make_unique<tests::ServerFixture>();
    m_pack = tests::deployWithPack(*m_server);
    judge::ProverOptions options;
    options.dsn = m_server->dsn("sqlgym_judge");
    options.name = "prover";
    options.clusterFolder = m_judges.path("judges");
    options.sandboxProgram = {SQLGYM_BIN_DIR "/sqlgym-sandbox"};
    options.pollMs = 200;
    m_judge = std::make_unique<judge::Prover>(options, [](const char *, const judge::Facts &) {});
    const std::string dsn = m_server->dsn("sqlgym_client");
    m_learner = std::make_unique<OnlineProgram>(m_learnersFolder.path(), dsn);
    QTRY_VERIFY_WITH_TIMEOUT(m_learner->ready(), kPatienceMs);
    m_learner->signUpAndSync("lena");
    m_learner->closeDialogs();
    m_instructor = std::make_unique<OnlineProgram>(m_instructorsFolder.path(), dsn);
    QTRY_VERIFY_WITH_TIMEOUT(m_instructor->ready(), kPatienceMs);
    m_instructor->signUpAndSync("ida");
    m_instructor->closeDialogs();
    asked("UPDATE users SET is_admin = true WHERE username = 'ida'");
    m_instructor->program.link->syncNow();
    QTRY_VERIFY_WITH_TIMEOUT(m_instructor->program.link->state().instructor, kPatienceMs);
}

void TestProblemEditor::cleanupTestCase()
{
    m_learner.reset();
    m_instructor.reset();
    m_judge.reset();
    m_server.reset();
}

void TestProblemEditor::aLearnerHasNoSuchPageAndGetsNothing()
{
    m_learner->program.window->showScreen(shell::MainWindow::Instructor);
    QVERIFY(!m_learner->program.named<QTabWidget>("Instructor pages"));
    QVERIFY(!m_learner->program.named<QListView>("Problems to edit"));
    const std::string id = "00000000-0000-4000-8000-000000000001";
    asked("INSERT INTO private.drafts (problem_id, definition) VALUES ($1, '{\"title\": \"Secret\"}')", {id});

    const auto all = fromLearner<std::vector<client::EditableProblem>>(
        [](client::Gateway &gateway) { return client::editableProblems(gateway); });
    QVERIFY(all);
    QVERIFY(std::ranges::none_of(*all, &client::EditableProblem::draft));
    const auto refused = [](const auto &answer) {
        return !answer && client::troubleOf(answer.error()) == client::Trouble::Refused;
    };
    const std::string published = m_pack.problems[0].id;
    for (const std::string &each : {id, published}) {
        QVERIFY(refused(fromLearner<client::ServerProblem>(
            [each](client::Gateway &gateway) { return client::serverProblem(gateway, each); })));
        QVERIFY(refused(fromLearner<bool>(
            [each](client::Gateway &gateway) { return client::saveDraft(gateway, each, "{}", {}); })));
        QVERIFY(refused(
            fromLearner<void>([each](client::Gateway &gateway) { return client::verifyDraft(gateway, each); })));
        QVERIFY(refused(
            fromLearner<void>([each](client::Gateway &gateway) { return client::publishDraft(gateway, each, "{}"); })));
    }
    const auto proof =
        fromLearner<client::Proof>([id](client::Gateway &gateway) { return client::proofOf(gateway, id); });
    QVERIFY(proof && proof->state == client::Proof::State::None);
    asked("DELETE FROM private.drafts");
}

void TestProblemEditor::whatIsTypedSurvivesAKill()
{
    showPage();
    m_instructor->press("New");
    section("About");

    type<QLineEdit>("Title", QStringLiteral("Half an idea"));
    QTest::qWait(1'500); // of the two seconds that may be lost

    QString kept;
    QDirIterator files(m_instructorsFolder.path(), {QStringLiteral("*.json")}, QDir::Files,
                       QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        QVERIFY(file.open(QIODevice::ReadOnly));
        kept += QString::fromUtf8(file.readAll());
        QCOMPARE(QFileInfo(file).dir().dirName(), m_instructor->program.link->state().accountId);
    }
    QVERIFY2(kept.contains(QStringLiteral("Half an idea")), qPrintable(kept));
    m_instructor.reset();
    m_instructor = std::make_unique<OnlineProgram>(m_instructorsFolder.path(), m_server->dsn("sqlgym_client"));
    QTRY_VERIFY_WITH_TIMEOUT(m_instructor->program.link->state().instructor, kPatienceMs);
    m_instructor->closeDialogs();
    showPage();
    open(QStringLiteral("Half an idea"));
    QVERIFY(window().named<QLabel>("How the problem stands")->text().contains(QStringLiteral("not saved")));
    // Thrown away after a question.
    m_instructor->press("Revert");
    m_instructor->press("Throw it away");
    QTRY_COMPARE(editedTitle(), QString());
    for (int row = 0; row < list()->model()->rowCount(); ++row)
        QVERIFY(list()->model()->index(row, 0).data().toString() != QStringLiteral("Half an idea"));
}

void TestProblemEditor::textThatIsNoJsonIsToldByLine()
{
    showPage();
    m_instructor->press("New");
    section("Tables");
    auto *tables = prose("Tables and their rows (JSON)");

    tables->setPlainText(QStringLiteral("[\n  {\"name\": \"thing\",\n   \"columns\": oops}\n]"));

    QVERIFY2(foundAt("Tables and their rows (JSON)").startsWith(QStringLiteral("Line 3")),
             qPrintable(foundAt("Tables and their rows (JSON)")));
    QTRY_VERIFY(!button("Save")->isEnabled());
    QVERIFY(!button("Check here")->isEnabled());
    // Another is opened and this one again: what was typed is there.
    const QString id = openId();
    open(QString::fromStdString(m_pack.problems[0].title));
    open(QStringLiteral("New problem"));
    QCOMPARE(openId(), id);
    section("Tables");
    QVERIFY(tables->toPlainText().contains(QStringLiteral("oops")));
    m_instructor->press("Revert");
    m_instructor->press("Throw it away");
    QTRY_COMPARE(editedTitle(), QString());
}

void TestProblemEditor::aProblemFromNothingIsPublished()
{
    showPage();
    m_instructor->press("New");
    section("About");
    type<QLineEdit>("Title", QStringLiteral("Things with names"));
    type<QLineEdit>("Slug", QStringLiteral("things-with-names"));
    type<QComboBox>("Topic", QString::fromStdString(m_pack.topics[0].name));
    section("Statement");
    prose("Statement (Markdown)")->setPlainText(QStringLiteral("Which things have a **name**?"));
    QCOMPARE(shown<QTextBrowser>("Statement as learners see it")->toPlainText(),
             QStringLiteral("Which things have a name?"));
    section("Answer");
    type<QLineEdit>("What one row is", QStringLiteral("one row per thing that has a name"));
    section("Tables");
    prose("Tables and their rows (JSON)")->setPlainText(QLatin1String(kTables));
    section("Tests");
    prose("Tests (JSON)")->setPlainText(QLatin1String(kTests));
    section("Hints");
    prose("First hint: a nudge")->setPlainText(QStringLiteral("NULL is no name."));
    section("Solution");
    auto *solution = window().named<widgets::SqlEditor>("Solution");
    solution->setFocus();
    QTest::keyClick(solution, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClicks(solution, QStringLiteral("SELECT id FROM thing WHERE name IS NOT NULL ORDER BY id"));
    prose("Explanation (Markdown)")->setPlainText(QStringLiteral("`IS NOT NULL` finds them."));
    section("Queries");
    QTest::mouseClick(window().named<QPushButton>("Add to Wrong queries"), Qt::LeftButton);
    type<QLineEdit>("Wrong queries: What is wrong in it", QStringLiteral("NULL is compared with <>."));
    auto *wrong = window().named<widgets::SqlEditor>("Wrong queries: SQL");
    wrong->setFocus();
    QTest::keyClicks(wrong, QStringLiteral("SELECT id FROM thing WHERE name <> NULL ORDER BY id"));
    QVERIFY(!button("Publish")->isEnabled());

    // The first test expects what the solution does not give.
    m_instructor->press("Verify on the server");
    QTRY_VERIFY2_WITH_TIMEOUT(notice().contains(QStringLiteral("not good")), qPrintable(notice()), kPatienceMs);
    QVERIFY2(foundAt("Solution (SQL)").contains(QStringLiteral("As shown")), qPrintable(foundAt("Solution (SQL)")));
    QVERIFY(!button("Publish")->isEnabled());
    QVERIFY(window().named<QLabel>("Why it cannot be published")->text().contains(QStringLiteral("faults")));
    QCOMPARE(asked("SELECT state FROM private.proofs"), QStringLiteral("bad"));
    // Other colours are no edit.
    for (const auto choice : {widgets::ThemeChoice::Dark, widgets::ThemeChoice::Light})
        widgets::Theme::instance().install(choice, false, 0);
    QTest::qWait(100);
    QVERIFY(!button("Save")->isEnabled());
    QVERIFY(notice().contains(QStringLiteral("not good")));

    section("Tests");
    m_instructor->press("Fill in what is expected");
    QTRY_VERIFY2_WITH_TIMEOUT(notice().contains(QStringLiteral("what the solution gives")), qPrintable(notice()),
                              kPatienceMs);
    QVERIFY(prose("Tests (JSON)")->toPlainText().contains(QStringLiteral("[\"3\"]")));
    QVERIFY(window().named<QLabel>("Why it cannot be published")->text().contains(QStringLiteral("save it")));
    m_instructor->press("Check here");
    QTRY_VERIFY2_WITH_TIMEOUT(notice().contains(QStringLiteral("here, on the embedded engine alone: good")),
                              qPrintable(notice()), kPatienceMs);
    QVERIFY(!button("Publish")->isEnabled());
    m_instructor->press("Verify on the server");
    QTRY_VERIFY2_WITH_TIMEOUT(notice().contains(QStringLiteral("server, on both engines: good")), qPrintable(notice()),
                              kPatienceMs);
    QVERIFY(button("Publish")->isEnabled());

    // Another word, and it is not what was proven.
    section("Statement");
    prose("Statement (Markdown)")->setPlainText(QStringLiteral("Which things have a name?"));
    QVERIFY(!button("Publish")->isEnabled());
    prose("Statement (Markdown)")->setPlainText(QStringLiteral("Which things have a **name**?"));
    QTRY_VERIFY_WITH_TIMEOUT(button("Publish")->isEnabled(), kPatienceMs);
    m_instructor->press("Publish");
    QTRY_VERIFY2_WITH_TIMEOUT(notice().contains(QStringLiteral("Published.")), qPrintable(notice()), kPatienceMs);

    QCOMPARE(asked("SELECT count(*) FROM problems WHERE title = 'Things with names'"), QStringLiteral("1"));
    bool there = false;
    m_learner->program.link->syncNow();
    const auto look = [&] {
        m_learner->program.store.ask([](session::CacheSlot &slot) { return session::readEntries(slot); },
                                     m_learner->program.window.get(),
                                     [&](const session::ProblemEntries &entries) {
                                         for (const auto &each : entries)
                                             there = there || each.title == QStringLiteral("Things with names");
                                     });
        return there;
    };
    QTRY_VERIFY_WITH_TIMEOUT(look(), kPatienceMs);
}

void TestProblemEditor::anothersDraftIsNotOverwritten()
{
    showPage();
    open(QStringLiteral("Things with names"));
    section("About");
    asked("UPDATE private.drafts SET definition = definition || '{\"title\": \"Theirs\"}'");
    type<QLineEdit>("Title", QStringLiteral("Mine"));
    m_instructor->press("Save");
    QTRY_VERIFY2_WITH_TIMEOUT(notice().contains(QStringLiteral("Somebody has saved")), qPrintable(notice()),
                              kPatienceMs);
    QCOMPARE(asked("SELECT definition ->> 'title' FROM private.drafts"), QStringLiteral("Theirs"));

    m_instructor->press("Take theirs");

    QTRY_COMPARE_WITH_TIMEOUT(editedTitle(), QStringLiteral("Theirs"), kPatienceMs);
}

void TestProblemEditor::aPublishedOneIsOpenedAndCopied()
{
    showPage();
    const content::Problem &problem = m_pack.problems[1];
    open(QString::fromStdString(problem.title));
    QTRY_VERIFY(!button("Publish")->isEnabled());
    QVERIFY(window().named<QLabel>("Why it cannot be published")->text().contains(QStringLiteral("published as")));
    QVERIFY(!button("Save")->isEnabled());

    QTest::mouseClick(window().named<QPushButton>("Copy the problem"), Qt::LeftButton);

    QCOMPARE(editedTitle(), QStringLiteral("Copy of ") + QString::fromStdString(problem.title));
    m_instructor->press("Save");
    QTRY_COMPARE_WITH_TIMEOUT(
        asked("SELECT definition ->> 'slug' FROM private.drafts WHERE problem_id = $1", {openId().toStdString()}),
        QString::fromStdString(problem.slug) + QStringLiteral("-copy"), kPatienceMs);
    QTRY_VERIFY(!button("Save")->isEnabled());
}

QTEST_MAIN(TestProblemEditor)
#include "tst_problem_editor.moc"
