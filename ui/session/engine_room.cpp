#include "session/engine_room.h"

#include "grading/grade.h"
#include "grading/kept_datasets.h"

namespace sqlgym::session {

namespace {

constexpr int kPatienceMs = 250;

sandbox::Outcome failure(const std::string &message)
{
    sandbox::Outcome outcome;
    outcome.status = sandbox::Status::Failed;
    outcome.diagnostic.message = message;
    return outcome;
}

sandbox::Outcome runOnce(sandbox::Sandbox *sandbox, const grading::Dataset &data, const std::string &sql,
                         const RunLimits &limits, base::CancelToken &token)
{
    if (!sandbox)
        return failure("the engine could not be started");
    sandbox::Request request;
    request.dataset = data.name;
    request.query = sql;
    request.timeoutMs = limits.seconds * 1'000;
    request.memoryMb = limits.memoryMb;
    request.maxRows = static_cast<std::uint64_t>(limits.rows);
    auto loaded = sandbox->load(data.name, data.setup);
    if (loaded.status != sandbox::Status::Ok) {
        if (loaded.status == sandbox::Status::Error)
            loaded = failure("the problem's data could not be loaded: " + loaded.diagnostic.message);
        return loaded;
    }
    return sandbox->run(request, token);
}

const grading::Dataset &dataOf(const grading::PreparedProblem &problem, const std::string &testId)
{
    if (testId.empty())
        return problem.sample();
    const auto found = std::ranges::find(problem.tests(), testId, [](const auto &each) { return each.test->id; });
    return found == problem.tests().end() ? problem.sample() : found->data;
}

/// What the second engine came to, with the first one's reason for declining where that explains it.
void merge(const sandbox::Outcome &declined, sandbox::Outcome &second)
{
    if (second.status == sandbox::Status::Failed) {
        const std::string reason = second.diagnostic.message;
        second = declined;
        second.diagnostic.message = "PostgreSQL on this computer could not run it either: " + reason;
    } else if (second.status != sandbox::Status::Unsupported) {
        second.feature = declined.feature;
    }
}

} // namespace

EngineRoom::EngineRoom(Factory embedded, Factory postgres, QObject *parent) : QObject(parent)
{
    const auto set = [](Engine &engine, Factory factory, const QString &name) {
        engine.factory = std::move(factory);
        engine.slot = std::make_shared<Slot>();
        engine.thread = std::make_unique<WorkerThread>(name);
    };
    set(m_embedded, std::move(embedded), QStringLiteral("engine"));
    set(m_postgres, std::move(postgres), QStringLiteral("exact"));
    m_patience.setSingleShot(true);
    m_patience.setInterval(kPatienceMs);
    connect(&m_patience, &QTimer::timeout, this, &EngineRoom::showProvisional);
}

EngineRoom::~EngineRoom()
{
    forgetAwaited();
    cancel();
    for (const auto &each : m_unconfirmed)
        each.token->cancel();
    for (Engine *engine : {&m_embedded, &m_postgres}) {
        engine->thread->post([slot = engine->slot] { slot->sandbox.reset(); });
        engine->thread.reset();
    }
}

sandbox::Sandbox *EngineRoom::sandboxOf(const Factory &factory, Slot &slot)
{
    if (!slot.sandbox && factory) {
        auto made = factory([&slot](const sandbox::ResultTable &table) {
            if (const auto tell = std::exchange(slot.rowsArrived, nullptr))
                tell(table);
        });
        if (made)
            slot.sandbox = std::make_unique<grading::KeptDatasets>(std::move(made));
    }
    return slot.sandbox.get();
}

void EngineRoom::warmUp(bool exact)
{
    m_embedded.thread->post([factory = m_embedded.factory, slot = m_embedded.slot] { sandboxOf(factory, *slot); });
    if (!exact || !exactAvailable())
        return;
    m_postgres.thread->post([factory = m_postgres.factory, slot = m_postgres.slot] {
        if (auto *sandbox = sandboxOf(factory, *slot)) {
            base::CancelToken token;
            sandbox::Request request;
            request.query = "SELECT 1";
            sandbox->run(request, token);
        }
    });
}

void EngineRoom::forgetAwaited()
{
    m_awaiting = 0;
    m_awaitedFirst.reset();
}

void EngineRoom::forgetUnconfirmed(const std::string &problemId)
{
    std::erase_if(m_unconfirmed, [&](const Unconfirmed &each) {
        if (each.problemId != problemId)
            return false;
        each.token->cancel();
        return true;
    });
}

JobId EngineRoom::begin()
{
    forgetAwaited();
    cancel();
    m_token = std::make_shared<base::CancelToken>();
    m_current = ++m_last;
    emit busyChanged(true);
    return m_current;
}

void EngineRoom::finish(JobId job)
{
    if (job != m_current)
        return;
    m_current = 0;
    emit busyChanged(false);
}

void EngineRoom::cancel()
{
    if (m_token)
        m_token->cancel();
    m_patience.stop();
    const JobId job = std::exchange(m_awaiting, 0);
    const auto first = std::exchange(m_awaitedFirst, nullptr);
    if (job != 0 && job == m_current) {
        // Judged, only not confirmed: what is known is shown.
        finish(job);
        emit verdict(job, first);
    }
}

EngineRoom::PreparedPtr EngineRoom::prepared(const ProblemPtr &problem)
{
    if (!m_prepared || &m_prepared->problem() != problem.get())
        m_prepared = std::make_shared<grading::PreparedProblem>(problem);
    return m_prepared;
}

JobId EngineRoom::run(const ProblemPtr &problem, const QByteArray &sql, const std::string &testId)
{
    const JobId job = begin();
    runOn(m_postgresFirst && exactAvailable() ? m_postgres : m_embedded, job,
          {prepared(problem), sql, testId, m_limits}, {});
    return job;
}

void EngineRoom::runOn(Engine &engine, JobId job, const RunTask &task, const OutcomePtr &declined)
{
    const bool second = declined != nullptr;
    const bool isPostgres = &engine == &m_postgres;
    const auto tell = [this, job](const sandbox::ResultTable &table) {
        QMetaObject::invokeMethod(
            this,
            [this, job, rows = FirstRowsPtr(std::make_shared<sandbox::ResultTable>(table))] {
                if (job == m_current)
                    emit firstRows(job, rows);
            },
            Qt::QueuedConnection);
    };
    engine.thread->ask(
        [factory = engine.factory, slot = engine.slot, task, token = m_token, declined, tell] {
            auto *sandbox = sandboxOf(factory, *slot);
            slot->rowsArrived = tell;
            auto outcome = std::make_shared<sandbox::Outcome>(
                runOnce(sandbox, dataOf(*task.problem, task.testId), task.sql.toStdString(), task.limits, *token));
            slot->rowsArrived = nullptr;
            if (declined)
                merge(*declined, *outcome);
            return OutcomePtr(outcome);
        },
        this,
        [this, job, task, second, isPostgres](const OutcomePtr &result) {
            if (job != m_current)
                return;
            const bool goOn =
                !second && !isPostgres && result->status == sandbox::Status::Unsupported && exactAvailable();
            if (goOn) {
                runOn(m_postgres, job, task, result);
                return;
            }
            finish(job);
            emit outcome(job, second || isPostgres ? result : withAdvice(result));
        });
}

/// A declined run that nobody else was asked for says who could have answered.
OutcomePtr EngineRoom::withAdvice(const OutcomePtr &result) const
{
    if (result->status != sandbox::Status::Unsupported)
        return result;
    auto advised = std::make_shared<sandbox::Outcome>(*result);
    advised->diagnostic.message =
        m_postgres.factory
            ? "Exact mode is switched off in the preferences; with it, PostgreSQL on this computer would run it."
            : "With PostgreSQL 15 installed on this computer it would run there.";
    return advised;
}

JobId EngineRoom::check(const ProblemPtr &problem, const QByteArray &sql, Waiting waiting)
{
    const JobId job = begin();
    forgetUnconfirmed(problem->id);
    m_waiting = waiting;
    gradeOn(m_postgresFirst && exactAvailable() ? m_postgres : m_embedded, job, prepared(problem), sql);
    return job;
}

void EngineRoom::gradeOn(Engine &engine, JobId job, const PreparedPtr &problem, const QByteArray &sql)
{
    const bool isPostgres = &engine == &m_postgres;
    const auto progress = [this, job](const grading::TestVerdict &, int done, int total) {
        QMetaObject::invokeMethod(
            this, [this, job, done, total] { emit tested(job, done, total); }, Qt::QueuedConnection);
    };
    engine.thread->ask(
        [factory = engine.factory, slot = engine.slot, problem, sql = sql.toStdString(), token = m_token, progress] {
            auto *sandbox = sandboxOf(factory, *slot);
            grading::Verdict made;
            if (sandbox)
                made = grading::grade(*problem, sql, *sandbox, *token, {}, progress);
            else
                made.sentence = "The engine could not be started.";
            return VerdictPtr(std::make_shared<grading::Verdict>(std::move(made)));
        },
        this,
        [this, job, problem, sql, isPostgres](const VerdictPtr &first) {
            if (job != m_current)
                return;
            const bool cancelled = m_token && m_token->cancelled();
            if (isPostgres || cancelled || !exactAvailable()) {
                finish(job);
                emit verdict(job, first);
                return;
            }
            confirmOn(job, problem, sql, first, grading::isDecided(*first));
        });
}

void EngineRoom::confirmOn(JobId job, const PreparedPtr &problem, const QByteArray &sql, const VerdictPtr &first,
                           bool decided)
{
    m_awaiting = job;
    m_awaitedFirst = first;
    m_awaitedDecided = decided;
    m_awaitedProblem = problem->problem().id;
    if (decided && m_waiting == Waiting::Short)
        m_patience.start();
    m_postgres.thread->ask(
        [factory = m_postgres.factory, slot = m_postgres.slot, problem, sql = sql.toStdString(), token = m_token,
         first] {
            CheckAnswer answer{first, false, {}};
            if (auto *sandbox = sandboxOf(factory, *slot)) {
                auto confirmation = grading::confirm(*problem, sql, *first, *sandbox, *token);
                answer.answered = confirmation.answered;
                answer.verdict = std::make_shared<grading::Verdict>(std::move(confirmation.verdict));
                if (confirmation.caseJson)
                    answer.caseJson = QByteArray::fromStdString(*confirmation.caseJson);
            }
            return answer;
        },
        this, [this, job](const CheckAnswer &answer) { onConfirmed(job, answer); });
}

void EngineRoom::onConfirmed(JobId job, const CheckAnswer &answer)
{
    const bool shown = std::erase_if(m_unconfirmed, [job](const Unconfirmed &each) { return each.job == job; }) > 0;
    if (!shown) {
        if (job != m_awaiting)
            return;
        m_patience.stop();
        forgetAwaited();
        finish(job);
        emit verdict(job, answer.verdict);
    }
    if (shown || !answer.caseJson.isEmpty())
        emit confirmed(job, answer.verdict, answer.caseJson);
}

void EngineRoom::showProvisional()
{
    if (!m_awaitedFirst)
        return;
    auto provisional = std::make_shared<grading::Verdict>(*m_awaitedFirst);
    provisional->trust = grading::Trust::Provisional;
    const JobId job = m_awaiting;
    m_unconfirmed.push_back({job, m_awaitedProblem, std::exchange(m_token, nullptr)});
    forgetAwaited();
    finish(job);
    emit verdict(job, provisional);
}

void EngineRoom::leave()
{
    m_patience.stop();
    if (m_awaiting != 0 && m_awaiting == m_current && m_awaitedDecided && m_waiting == Waiting::Short)
        showProvisional();
    else
        cancel();
}

} // namespace sqlgym::session
