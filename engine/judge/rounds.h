// Something done at a server now and then.
#pragma once

#include "judge/log.h"
#include "server/session.h"

#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

namespace sqlgym::judge {

/// A round at once and then every so often, on a thread and a session of its own, until it is destroyed. The server may
/// go and come back.
class Rounds {
public:
    struct Options {
        std::string dsn;   ///< logs in as sqlgym_judge
        std::string event; ///< what a round that did something is called in the log
        std::chrono::milliseconds every;
        std::string channel; ///< a notification there makes the next round due; "" = none does
    };
    /// Returns the facts of what was done, for the log; none = nothing.
    using Round = std::function<base::Result<Facts>(server::Session &)>;

    Rounds(Options options, Round round, Log log);
    ~Rounds();
    Rounds(const Rounds &) = delete;
    Rounds &operator=(const Rounds &) = delete;

private:
    void work();
    bool connected();
    bool awaitNext();
    bool ends(std::chrono::milliseconds time);

    Options m_options;
    Round m_round;
    Log m_log;
    std::unique_ptr<server::Session> m_session; ///< the thread's own

    std::mutex m_mutex; // guards what follows
    std::condition_variable m_changed;
    bool m_ending = false;
    std::thread m_thread;
};

} // namespace sqlgym::judge
