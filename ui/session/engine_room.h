// Where queries run: the embedded engine in its child process, and PostgreSQL where this computer has it.
#pragma once

#include "session/values.h"
#include "session/worker_thread.h"

#include "base/cancel_token.h"
#include "grading/prepared_problem.h"
#include "grading/verdict.h"
#include "sandbox/sandbox.h"

#include <QtCore/QTimer>

#include <functional>
#include <string>
#include <vector>

namespace sqlgym::session {

using OutcomePtr = std::shared_ptr<const sandbox::Outcome>;
/// The beginning of a result whose rest is still on its way.
using FirstRowsPtr = std::shared_ptr<const sandbox::ResultTable>;
using VerdictPtr = std::shared_ptr<const grading::Verdict>;

/// Signals only; nothing here blocks. One job at a time: a new one cancels the one before.
class EngineRoom : public QObject {
    Q_OBJECT
public:
    using RowsArrived = std::function<void(const sandbox::ResultTable &)>;
    /// The sandbox calls `rowsArrived` (sandbox::ProcessSandbox::Options) within run(), if it can.
    using Factory = std::function<std::unique_ptr<sandbox::Sandbox>(RowsArrived rowsArrived)>;

    /// The factories are called on the engines' own threads, at the first need. `postgres` may be empty: there is none.
    EngineRoom(Factory embedded, Factory postgres, QObject *parent = nullptr);
    ~EngineRoom() override;

    void setExactMode(bool on) { m_exactMode = on; }
    void setPostgresFirst(bool first) { m_postgresFirst = first; }
    /// Of the runs that are asked for from now on.
    void setRunLimits(const RunLimits &limits) { m_limits = limits; }
    /// PostgreSQL's programs are here and its use is wanted.
    bool exactAvailable() const { return m_exactMode && m_postgres.factory; }
    bool busy() const { return m_current != 0; }
    /// For whoever runs engines of its own; PostgreSQL's is empty where exactAvailable() is not so.
    Factory embeddedFactory() const { return m_embedded.factory; }
    Factory postgresFactory() const { return exactAvailable() ? m_postgres.factory : Factory(); }

    /// Starts the embedded engine's process, so that the first run is quick; with `exact` PostgreSQL's too.
    void warmUp(bool exact);

    /// Statements on a pristine copy of the problem's data, or of this test's. Ends in outcome(); a large result shows
    /// its firstRows() before.
    JobId run(const ProblemPtr &problem, const QByteArray &sql, const std::string &testId = {});
    enum class Waiting {
        Short,         ///< a verdict waits 250 ms for PostgreSQL's word, then it is shown as provisional
        UntilConfirmed ///< for submissions: what is stored is final
    };
    /// All tests. Ends in verdict(); a provisional one is followed by confirmed().
    JobId check(const ProblemPtr &problem, const QByteArray &sql, Waiting waiting = Waiting::Short);
    /// A run ends as cancelled; a check that was only waiting for its confirmation ends with the verdict it has. What
    /// was shown as provisional is still confirmed.
    void cancel();
    /// As cancel(), but a verdict that waits for its confirmation becomes provisional: its confirmed() follows.
    void leave();

signals:
    void busyChanged(bool busy);
    void firstRows(sqlgym::session::JobId job, const sqlgym::session::FirstRowsPtr &rows);
    void outcome(sqlgym::session::JobId job, const sqlgym::session::OutcomePtr &outcome);
    void tested(sqlgym::session::JobId job, int done, int total);
    void verdict(sqlgym::session::JobId job, const sqlgym::session::VerdictPtr &verdict);
    /// PostgreSQL has spoken after a provisional verdict, whatever was asked since; only another check of the same
    /// problem makes the answer void. `caseJson` is not empty where the engines differ.
    void confirmed(sqlgym::session::JobId job, const sqlgym::session::VerdictPtr &verdict, const QByteArray &caseJson);

private:
    /// Touched on its engine's thread only.
    struct Slot {
        std::unique_ptr<sandbox::Sandbox> sandbox;
        RowsArrived rowsArrived; ///< of the run that is going on; it is called once
    };
    struct Engine {
        Factory factory;
        std::shared_ptr<Slot> slot;
        std::unique_ptr<WorkerThread> thread;
    };
    struct CheckAnswer {
        VerdictPtr verdict;
        bool answered = false;
        QByteArray caseJson;
    };

    using PreparedPtr = std::shared_ptr<const grading::PreparedProblem>;
    using TokenPtr = std::shared_ptr<base::CancelToken>;
    /// A check that was shown as provisional and waits for PostgreSQL.
    struct Unconfirmed {
        JobId job;
        std::string problemId;
        TokenPtr token;
    };
    static sandbox::Sandbox *sandboxOf(const Factory &factory, Slot &slot);

    PreparedPtr prepared(const ProblemPtr &problem);
    JobId begin();
    void forgetAwaited();
    void forgetUnconfirmed(const std::string &problemId);
    void finish(JobId job);
    /// What a run is asked to do.
    struct RunTask {
        PreparedPtr problem;
        QByteArray sql; ///< shared: it may be long, and goes from hand to hand
        std::string testId;
        RunLimits limits;
    };
    void runOn(Engine &engine, JobId job, const RunTask &task, const OutcomePtr &declined);
    OutcomePtr withAdvice(const OutcomePtr &result) const;
    void gradeOn(Engine &engine, JobId job, const PreparedPtr &problem, const QByteArray &sql);
    void confirmOn(JobId job, const PreparedPtr &problem, const QByteArray &sql, const VerdictPtr &first, bool decided);
    void onConfirmed(JobId job, const CheckAnswer &answer);
    void showProvisional();

    Engine m_embedded;
    Engine m_postgres;
    bool m_exactMode = true;
    bool m_postgresFirst = false;
    RunLimits m_limits;
    JobId m_last = 0;
    JobId m_current = 0;
    TokenPtr m_token;
    PreparedPtr m_prepared; ///< of the problem that was run or checked last
    QTimer m_patience;      ///< how long a verdict waits for its confirmation
    Waiting m_waiting = Waiting::Short;
    JobId m_awaiting = 0;      ///< the check whose confirmation is awaited
    VerdictPtr m_awaitedFirst; ///< its verdict
    bool m_awaitedDecided = false;
    std::string m_awaitedProblem;
    std::vector<Unconfirmed> m_unconfirmed;
};

} // namespace sqlgym::session
