#include "sandbox/confirm.h"
#include "sandbox/exact_sandbox.h"

#include <QtTest>
#include <set>
#include <string>
#include <vector>

using namespace sqlgym;
using namespace sqlgym::sandbox;

namespace {

/// What a Scripted was asked.
using Diary = std::vector<std::string>;

/// A sandbox that declines the queries and set-ups it is told to, and answers the others.
class Scripted : public Sandbox {
public:
    Scripted(Engine engine, std::set<std::string> declines, Diary &diary)
        : m_engine(engine), m_declines(std::move(declines)), m_diary(diary)
    {
    }
    Outcome load(const std::string &dataset, const std::string &setup) override
    {
        m_diary.push_back("load " + dataset);
        auto outcome = reply(setup);
        if (setup == "wrong")
            outcome.status = Status::Error;
        return outcome;
    }
    Outcome run(const Request &request, base::CancelToken &) override
    {
        m_diary.push_back("run " + request.query);
        return reply(request.query);
    }

private:
    Outcome reply(const std::string &text) const
    {
        Outcome outcome;
        outcome.by = m_engine;
        outcome.status = m_declines.contains(text) ? Status::Unsupported : Status::Ok;
        outcome.feature = outcome.status == Status::Unsupported ? "feature " + text : "";
        return outcome;
    }

    Engine m_engine;
    std::set<std::string> m_declines;
    Diary &m_diary;
};

struct Pair {
    Diary embedded;
    Diary postgres;
    int madeSecond = 0;

    ExactSandbox make(bool installed = true)
    {
        return ExactSandbox(
            [this] {
                return std::make_unique<Scripted>(Engine::Embedded, std::set<std::string>{"hard", "hard set-up"},
                                                  embedded);
            },
            [this, installed]() -> std::unique_ptr<Sandbox> {
                ++madeSecond;
                if (!installed)
                    return nullptr;
                return std::make_unique<Scripted>(Engine::Postgres, std::set<std::string>{}, postgres);
            });
    }
};

Outcome ask(Sandbox &sandbox, const std::string &query, const std::string &dataset = "club")
{
    base::CancelToken cancel;
    return sandbox.run({.dataset = dataset, .query = query}, cancel);
}

using Rows = std::vector<std::vector<ResultTable::Cell>>;

Outcome result(std::vector<Column> columns, const Rows &rows)
{
    Outcome outcome;
    outcome.status = Status::Ok;
    outcome.table.columns = std::move(columns);
    for (const auto &row : rows) {
        for (const auto &cell : row)
            outcome.table.append(cell);
    }
    return outcome;
}

Outcome error(const std::string &sqlstate)
{
    Outcome outcome;
    outcome.status = Status::Error;
    outcome.diagnostic.sqlstate = sqlstate;
    outcome.diagnostic.message = "message";
    return outcome;
}

Outcome only(Status status)
{
    Outcome outcome;
    outcome.status = status;
    return outcome;
}

Outcome leftToChance(Outcome outcome)
{
    outcome.dependsOnOrder = true;
    return outcome;
}

Outcome cut(Outcome outcome)
{
    outcome.truncated = true;
    return outcome;
}

} // namespace

Q_DECLARE_METATYPE(Outcome)

class TestCompose : public QObject {
    Q_OBJECT

private slots:
    void answersFirstWithTheFirst();
    void takesWhatIsDeclinedToTheSecond();
    void loadsTheSecondOnlyWhenNeeded();
    void keepsADatasetTheFirstDeclinesInTheSecond();
    void loadsAReplacedDatasetAgain();
    void saysThatPostgresIsMissing();
    void passesOnAWrongSetup();
    void confirms_data();
    void confirms();
};

void TestCompose::answersFirstWithTheFirst()
{
    Pair pair;
    auto exact = pair.make();
    QCOMPARE(exact.load("club", "set-up").status, Status::Ok);

    const auto outcome = ask(exact, "easy");

    QCOMPARE(outcome.status, Status::Ok);
    QCOMPARE(outcome.by, Engine::Embedded);
    QCOMPARE(pair.madeSecond, 0);
}

void TestCompose::takesWhatIsDeclinedToTheSecond()
{
    Pair pair;
    auto exact = pair.make();

    const auto outcome = ask(exact, "hard", "");

    QCOMPARE(outcome.status, Status::Ok);
    QCOMPARE(outcome.by, Engine::Postgres);
    QCOMPARE(pair.postgres, (Diary{"run hard"}));
}

void TestCompose::loadsTheSecondOnlyWhenNeeded()
{
    Pair pair;
    auto exact = pair.make();
    QCOMPARE(exact.load("club", "set-up").status, Status::Ok);
    QCOMPARE(exact.load("shop", "set-up").status, Status::Ok);
    QCOMPARE(pair.madeSecond, 0);

    QCOMPARE(ask(exact, "hard").by, Engine::Postgres);
    QCOMPARE(ask(exact, "hard").by, Engine::Postgres);

    QCOMPARE(pair.postgres, (Diary{"load club", "run hard", "run hard"}));
    QCOMPARE(pair.madeSecond, 1);
}

void TestCompose::keepsADatasetTheFirstDeclinesInTheSecond()
{
    Pair pair;
    auto exact = pair.make();

    const auto loaded = exact.load("club", "hard set-up");
    const auto outcome = ask(exact, "easy");

    QCOMPARE(loaded.status, Status::Ok);
    QCOMPARE(loaded.by, Engine::Postgres);
    QCOMPARE(outcome.by, Engine::Postgres);
    QCOMPARE(pair.embedded, (Diary{"load club"}));
    QCOMPARE(pair.postgres, (Diary{"load club", "run easy"}));
}

void TestCompose::loadsAReplacedDatasetAgain()
{
    Pair pair;
    auto exact = pair.make();
    QCOMPARE(exact.load("club", "hard set-up").status, Status::Ok);
    QCOMPARE(exact.load("club", "set-up").status, Status::Ok);

    QCOMPARE(ask(exact, "easy").by, Engine::Embedded);
    QCOMPARE(ask(exact, "hard").by, Engine::Postgres);
    QCOMPARE(pair.postgres, (Diary{"load club", "load club", "run hard"}));
}

void TestCompose::saysThatPostgresIsMissing()
{
    Pair pair;
    auto exact = pair.make(false);

    const auto outcome = ask(exact, "hard", "");
    const auto loaded = exact.load("club", "hard set-up");
    const auto onIt = ask(exact, "easy");

    for (const auto &declined : {outcome, loaded, onIt}) {
        QCOMPARE(declined.status, Status::Unsupported);
        QVERIFY(declined.feature.starts_with("feature hard"));
        QVERIFY(QString::fromStdString(declined.diagnostic.message).contains("PostgreSQL is not installed"));
    }
    QCOMPARE(ask(exact, "easy", "").status, Status::Ok);
}

void TestCompose::passesOnAWrongSetup()
{
    Pair pair;
    auto exact = pair.make();

    QCOMPARE(exact.load("club", "wrong").status, Status::Error);
    QCOMPARE(pair.madeSecond, 0);
}

void TestCompose::confirms_data()
{
    QTest::addColumn<Outcome>("embedded");
    QTest::addColumn<Outcome>("postgres");
    QTest::addColumn<bool>("bag");
    QTest::addColumn<int>("agreement");

    const std::vector<Column> columns{{"x", "int4"}, {"y", "text"}};
    const auto forth = result(columns, {{"1", "a"}, {"2", {}}, {"2", {}}});
    const auto back = result(columns, {{"2", {}}, {"2", {}}, {"1", "a"}});
    const auto other = result(columns, {{"2", {}}, {"1", "a"}, {"1", "a"}});
    const auto empty = result(columns, {{"1", "a"}, {"2", ""}, {"2", {}}});
    const auto fewer = result(columns, {{"1", "a"}, {"2", {}}});
    const auto renamed = result({{"x", "int4"}, {"z", "text"}}, {{"1", "a"}, {"2", {}}, {"2", {}}});
    const auto retyped = result({{"x", "int8"}, {"y", "text"}}, {{"1", "a"}, {"2", {}}, {"2", {}}});
    const auto row = [](const char *name, const Outcome &a, const Outcome &b, bool bag, Agreement agreement) {
        QTest::newRow(name) << a << b << bag << static_cast<int>(agreement);
    };
    row("the same rows", forth, forth, false, Agreement::Same);
    row("another order, in order", forth, back, false, Agreement::Differs);
    row("another order, as a bag", forth, back, true, Agreement::Same);
    row("other duplicates, as a bag", forth, other, true, Agreement::Differs);
    row("NULL is not the empty text", forth, empty, true, Agreement::Differs);
    row("fewer rows", forth, fewer, true, Agreement::Differs);
    row("another name", forth, renamed, true, Agreement::Differs);
    row("another type", forth, retyped, true, Agreement::Differs);
    row("another order, left to chance", leftToChance(forth), back, false, Agreement::NoWord);
    row("the same rows, left to chance", leftToChance(forth), forth, false, Agreement::Same);
    row("another type, left to chance", leftToChance(forth), retyped, false, Agreement::Differs);
    row("cut off, as a bag", cut(forth), cut(other), true, Agreement::NoWord);
    row("cut off, in order", cut(forth), cut(other), false, Agreement::Differs);
    row("one cut off", cut(forth), forth, false, Agreement::Differs);
    row("the same error", error("22012"), error("22012"), false, Agreement::Same);
    row("another error", error("22012"), error("42703"), false, Agreement::Differs);
    row("an error for rows", forth, error("22012"), false, Agreement::Differs);
    row("rows for an error", error("22012"), forth, false, Agreement::Differs);
    row("declined", only(Status::Unsupported), forth, false, Agreement::NoWord);
    row("PostgreSQL timed out", forth, only(Status::Timeout), false, Agreement::NoWord);
    row("PostgreSQL failed", forth, only(Status::Failed), false, Agreement::NoWord);
}

void TestCompose::confirms()
{
    QFETCH(const Outcome, embedded);
    QFETCH(const Outcome, postgres);
    QFETCH(const bool, bag);
    QFETCH(const int, agreement);

    const auto confirmation = confirm(embedded, postgres, bag ? RowComparison::Bag : RowComparison::Sequence);

    QCOMPARE(static_cast<int>(confirmation.agreement), agreement);
    QVERIFY(confirmation.sentence.ends_with('.'));
}

QTEST_APPLESS_MAIN(TestCompose)
#include "tst_compose.moc"
