// Removes what is over at a server and works out its figures, now and then: resources/server/0008_housekeeping.sql.
#pragma once

#include "judge/log.h"
#include "server/session.h"

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

namespace sqlgym::judge {

/// One round: small batches until nothing is left or the round has been long enough, so that no lock is held for long.
/// Returns the facts of what was done, for the log. Several may run at once.
base::Result<Facts> keepHouse(server::Session &session);

/// A round every so often on a thread of its own, until it is destroyed. The server may go and come back.
class Housekeeper {
public:
    Housekeeper(std::string dsn, std::chrono::milliseconds every, Log log);
    ~Housekeeper();
    Housekeeper(const Housekeeper &) = delete;
    Housekeeper &operator=(const Housekeeper &) = delete;

private:
    void work();
    bool connected();

    std::string m_dsn;
    std::chrono::milliseconds m_every;
    Log m_log;
    std::unique_ptr<server::Session> m_session; ///< the thread's own

    std::mutex m_mutex; // guards what follows
    std::condition_variable m_changed;
    bool m_ending = false;
    std::thread m_thread;
};

} // namespace sqlgym::judge
