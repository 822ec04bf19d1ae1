// A problem tried on this computer's engines before it goes to the server.
#pragma once

#include "session/engine_room.h"

#include <atomic>

namespace sqlgym::session {

/// What the solution gives for the tests of a definition.
struct ExpectedRows {
    QByteArray tests;  ///< the member "tests" with `expected` filled in; empty: see `report`
    QByteArray report; ///< verify::reportJson() of why not
};

/// One thing at a time, on a thread of its own: what is begun ends what runs. Engines of its own, started when needed
/// and ended with the work, so that a learner's run is not in the way.
class ProblemBench : public QObject {
    Q_OBJECT
public:
    /// `postgres` may be empty: then all is tried on the embedded engine alone.
    ProblemBench(EngineRoom::Factory embedded, EngineRoom::Factory postgres, QObject *parent = nullptr);
    ~ProblemBench() override;

    bool onBothEngines() const { return static_cast<bool>(m_postgres); }
    bool busy() const { return m_running; }
    /// As the server does: ends in checked().
    void check(const QString &id, const QByteArray &definition);
    /// Ends in filled().
    void fillExpected(const QString &id, const QByteArray &definition);
    /// Nothing comes of it.
    void cancel();

signals:
    void progressed(int runs);
    /// `report` as verify::reportJson() makes it.
    void checked(const QString &id, const QByteArray &report);
    void filled(const QString &id, const sqlgym::session::ExpectedRows &rows);

private:
    using Token = std::shared_ptr<base::CancelToken>;
    Token begin();

    EngineRoom::Factory m_embedded, m_postgres;
    Token m_token;
    bool m_running = false;
    std::unique_ptr<WorkerThread> m_thread;
};

} // namespace sqlgym::session
