#include "session/problem_bench.h"

#include "content/definition.h"
#include "verify/report_json.h"

#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtCore/QPointer>

namespace sqlgym::session {

namespace {

constexpr int kLongestMs = 15 * 60'000;
constexpr int kRunMs = 10'000;
constexpr unsigned kStack = 16U << 20; // SQL is parsed and changed here

using content::DefinitionFault;

/// Runs as the other does, and tells of each run.
class Telling : public sandbox::Sandbox {
public:
    Telling(std::unique_ptr<sandbox::Sandbox> real, const std::function<void()> &ran)
        : m_real(std::move(real)), m_ran(ran)
    {
    }
    sandbox::Outcome load(const std::string &dataset, const std::string &setup) override
    {
        return m_real->load(dataset, setup);
    }
    sandbox::Outcome run(const sandbox::Request &request, base::CancelToken &cancel) override
    {
        sandbox::Outcome outcome = m_real->run(request, cancel);
        m_ran();
        return outcome;
    }

private:
    std::unique_ptr<sandbox::Sandbox> m_real;
    const std::function<void()> &m_ran;
};

std::string tested(const EngineRoom::Factory &embedded, const EngineRoom::Factory &postgres, const std::string &id,
                   const std::string &definition, base::CancelToken &cancel, const std::function<void()> &ran)
{
    content::ReadDefinition read = content::readDefinition(id, definition);
    if (!read.faults.empty())
        return verify::reportJson(read.faults);
    content::Pack pack;
    pack.problems.push_back(std::move(read.problem));
    Telling one(embedded({}), ran);
    Telling other(postgres ? postgres({}) : embedded({}), ran);
    const auto report = verify::verifyPack(pack, {{one, other}}, cancel, {}, verify::Mutants::Embedded);
    return report.cancelled
               ? verify::reportJson("It took longer than a quarter of an hour. Take fewer rows, tests or queries.")
               : verify::reportJson(report, pack.problems.front());
}

/// Tests with no rows expected, of the contract's columns: what can be read whatever was expected.
QJsonObject withoutExpected(QJsonObject definition)
{
    QJsonArray columns;
    for (const auto &each :
         definition.value(QStringLiteral("contract")).toObject().value(QStringLiteral("columns")).toArray())
        columns.append(QJsonObject{{QStringLiteral("name"), each[QStringLiteral("name")]},
                                   {QStringLiteral("type"), each[QStringLiteral("type")]}});
    QJsonArray tests;
    for (const auto &each : definition.value(QStringLiteral("tests")).toArray()) {
        QJsonObject test = each.toObject();
        test.insert(QStringLiteral("expected"),
                    QJsonObject{{QStringLiteral("columns"), columns}, {QStringLiteral("rows"), QJsonArray()}});
        tests.append(test);
    }
    definition.insert(QStringLiteral("tests"), tests);
    return definition;
}

QJsonArray rowsOf(const sandbox::ResultTable &table)
{
    QJsonArray rows;
    for (std::size_t row = 0; row < table.rowCount(); ++row) {
        QJsonArray cells;
        for (std::size_t column = 0; column < table.columnCount(); ++column) {
            const auto cell = table.cell(row, column);
            cells.append(cell ? QJsonValue(QString::fromUtf8(cell->data(), static_cast<qsizetype>(cell->size())))
                              : QJsonValue());
        }
        rows.append(cells);
    }
    return rows;
}

/// What the solution gave is not what a test can expect: said at the field; nothing: it is.
std::vector<DefinitionFault> misfit(const sandbox::Outcome &outcome, const content::Problem &problem,
                                    const content::TestCase &test)
{
    const std::string at = "Test \"" + test.name + "\": ";
    if (outcome.status == sandbox::Status::Unsupported)
        return {{"/solution/sql", at + "the embedded engine declines " + outcome.feature + "."}};
    if (outcome.status != sandbox::Status::Ok)
        return {{"/solution/sql",
                 at + (outcome.diagnostic.message.empty() ? std::string("it ran too long or took too much memory")
                                                          : outcome.diagnostic.message)}};
    std::vector<DefinitionFault> faults;
    const auto &wanted = problem.contract.columns;
    if (outcome.table.columnCount() != wanted.size())
        return {{"/contract/columns", "The solution gives " + std::to_string(outcome.table.columnCount()) +
                                          " columns, the contract has " + std::to_string(wanted.size()) + "."}};
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        if (outcome.table.columns[i].type != wanted[i].type)
            faults.push_back({"/contract/columns/" + std::to_string(i) + "/type",
                              "Column " + wanted[i].name + ": the solution gives " + outcome.table.columns[i].type +
                                  ", the contract says " + wanted[i].type + "."});
    }
    return faults;
}

ExpectedRows expectedRows(const EngineRoom::Factory &factory, const std::string &id, const QByteArray &definition,
                          base::CancelToken &cancel, const std::function<void()> &ran)
{
    const QJsonObject json = withoutExpected(QJsonDocument::fromJson(definition).object());
    const auto failed = [](const std::vector<DefinitionFault> &faults) {
        return ExpectedRows{{}, QByteArray::fromStdString(verify::reportJson(faults))};
    };
    content::ReadDefinition read =
        content::readDefinition(id, QJsonDocument(json).toJson(QJsonDocument::Compact).toStdString());
    if (!read.faults.empty())
        return failed(read.faults);
    Telling sandbox(factory({}), ran);
    QJsonArray tests = json.value(QStringLiteral("tests")).toArray();
    for (std::size_t i = 0; i < read.problem.tests.size() && !cancel.cancelled(); ++i) {
        const content::TestCase &test = read.problem.tests[i];
        const std::string name = "test " + std::to_string(i);
        sandbox::Outcome outcome = sandbox.load(name, content::setupSql(read.problem, &test));
        if (outcome.status != sandbox::Status::Ok)
            return failed({{test.input.empty() ? "/tables" : "/tests/" + std::to_string(i) + "/tables",
                            "The rows cannot be loaded: " +
                                (outcome.diagnostic.message.empty() ? outcome.feature : outcome.diagnostic.message)}});
        sandbox::Request request;
        request.dataset = name;
        request.query = read.problem.solutionSql;
        request.timeoutMs = kRunMs;
        outcome = sandbox.run(request, cancel);
        if (outcome.status == sandbox::Status::Ok && !test.rules.resultQuery.empty()) {
            request.query = read.problem.solutionSql + ";\n" + test.rules.resultQuery;
            outcome = sandbox.run(request, cancel);
        }
        if (const auto faults = misfit(outcome, read.problem, test); !faults.empty())
            return failed(faults);
        const auto index = static_cast<qsizetype>(i);
        QJsonObject each = tests.at(index).toObject();
        QJsonObject expected = each.value(QStringLiteral("expected")).toObject();
        expected.insert(QStringLiteral("rows"), rowsOf(outcome.table));
        each.insert(QStringLiteral("expected"), expected);
        tests.replace(index, each);
    }
    return {QJsonDocument(tests).toJson(QJsonDocument::Compact), {}};
}

} // namespace

ProblemBench::ProblemBench(EngineRoom::Factory embedded, EngineRoom::Factory postgres, QObject *parent)
    : QObject(parent), m_embedded(std::move(embedded)), m_postgres(std::move(postgres))
{
}

ProblemBench::~ProblemBench() { cancel(); }

void ProblemBench::cancel()
{
    if (m_token)
        m_token->cancel();
    m_token.reset();
    m_running = false;
}

ProblemBench::Token ProblemBench::begin()
{
    cancel();
    if (!m_thread)
        m_thread = std::make_unique<WorkerThread>(QStringLiteral("bench"), kStack);
    m_token = std::make_shared<base::CancelToken>(kLongestMs);
    m_running = true;
    return m_token;
}

void ProblemBench::check(const QString &id, const QByteArray &definition)
{
    const Token token = begin();
    m_thread->ask(
        [this, token, id = id.toStdString(), definition = definition.toStdString(), embedded = m_embedded,
         postgres = m_postgres] {
            if (token->cancelled())
                return QByteArray();
            int runs = 0;
            const std::function<void()> ran = [&] { emit progressed(++runs); };
            return QByteArray::fromStdString(tested(embedded, postgres, id, definition, *token, ran));
        },
        this,
        [this, token, id](const QByteArray &report) {
            if (token->cancelled())
                return;
            m_running = false;
            emit checked(id, report);
        });
}

void ProblemBench::fillExpected(const QString &id, const QByteArray &definition)
{
    const Token token = begin();
    m_thread->ask(
        [this, token, id = id.toStdString(), definition, factory = m_postgres ? m_postgres : m_embedded] {
            int runs = 0;
            const std::function<void()> ran = [&] { emit progressed(++runs); };
            return expectedRows(factory, id, definition, *token, ran);
        },
        this,
        [this, token, id](const ExpectedRows &rows) {
            if (token->cancelled())
                return;
            m_running = false;
            emit filled(id, rows);
        });
}

} // namespace sqlgym::session
