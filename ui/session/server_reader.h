// What screens ask of the server directly: what no copy holds, such as other people's submissions.
#pragma once

#include "session/gateway_module.h"
#include "session/link_worker.h"
#include "session/worker_thread.h"

#include <QtCore/QTimer>

#include <type_traits>

namespace sqlgym::session {

/// A thread and a connection of its own: neither an exchange nor the waiting for notices is in its way. The connection
/// is opened by the first question and closed when nothing was asked for a while.
class ServerReader : public QObject {
    Q_OBJECT
public:
    explicit ServerReader(OpenGateway open, QObject *parent = nullptr);
    /// Ends promptly: what runs is cancelled.
    ~ServerReader() override;

    /// Whom questions are asked for from now on; an empty token: nobody. Ends what is asked for another.
    void use(const std::string &dsn, const base::Secret &token);
    /// What is being asked fails with Trouble::Cancelled, and so does what waits behind it.
    void cancel();

    /// `work` gets a client::Gateway & on this object's thread and returns a base::Result; `reply` gets that where it
    /// was asked, unless `context` is gone by then. Errors besides those of `work`: SignedOut, those of connecting,
    /// Cancelled.
    template <typename Work, typename Reply> void ask(Work work, QObject *context, Reply reply)
    {
        using Answer = std::invoke_result_t<Work, client::Gateway &>;
        m_idle.start();
        m_thread.ask(
            [line = m_line, session = m_session, round = m_line->brake->rounds(),
             work = std::move(work)]() mutable -> Answer {
                auto gateway = line->ready(session, round);
                if (!gateway)
                    return gateway.error();
                Answer answer = work(**gateway);
                if (!answer)
                    line->onError(answer.error());
                return answer;
            },
            context, std::move(reply));
    }

private:
    struct Session {
        std::string dsn;
        base::Secret token;
    };
    using SessionPtr = std::shared_ptr<const Session>;
    /// What the thread alone touches, but for the brake.
    struct Line {
        OpenGateway open;
        std::shared_ptr<Brake> brake = std::make_shared<Brake>();
        SessionPtr session; ///< the gateway's
        std::shared_ptr<base::CancelToken> cancel;
        std::unique_ptr<client::Gateway> gateway;

        /// `round`: of the brake when it was asked.
        base::Result<client::Gateway *> ready(const SessionPtr &wanted, int round);
        void onError(const base::Error &error);
    };

    std::shared_ptr<Line> m_line = std::make_shared<Line>();
    SessionPtr m_session = std::make_shared<Session>();
    QTimer m_idle;
    WorkerThread m_thread; ///< the first to end
};

} // namespace sqlgym::session
