// A child process that never outlives this one, however this one ends.
#pragma once

#include "base/result.h"

#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <sys/types.h>
#include <thread>
#include <vector>

namespace sqlgym::postgres {

/// Whom a program runs as; {-1,-1} = as we do.
struct Account {
    uid_t uid = static_cast<uid_t>(-1);
    gid_t gid = static_cast<gid_t>(-1);
    bool other() const { return uid != static_cast<uid_t>(-1); }
};

struct Command {
    std::vector<std::string> arguments; ///< [0] is the program's absolute path
    std::string outputFile;             ///< standard output and error go there; empty = to /dev/null
    Account account;
    int deathSignal = 9;     ///< what the child gets when this process dies, kill -9 included
    int keptDescriptor = -1; ///< the one descriptor the child inherits (a lock it shares); -1 = none
};

/// The kernel sends `deathSignal` when the *thread* that forked ends: so each child has a thread of its own here, which
/// waits for it and ends after it.
class KeptProcess {
public:
    /// Errors: postgres/start  the program could not be started.
    static base::Result<std::unique_ptr<KeptProcess>> start(const Command &command);

    /// Kills the child if it still runs, and waits for it.
    ~KeptProcess();

    pid_t pid() const { return m_pid; }
    bool running() const;
    void signal(int number) const;
    /// The wait status (as waitpid gives it), or nullopt when it still runs after timeoutMs.
    std::optional<int> wait(int timeoutMs) const;

private:
    KeptProcess() = default;
    void keep(const Command &command);

    mutable std::mutex m_mutex;
    mutable std::condition_variable m_changed;
    std::thread m_keeper;
    pid_t m_pid = -1;
    int m_startError = -1; ///< errno of the start, 0 = started, -1 = not known yet
    std::optional<int> m_status;
};

/// True when a child ended by itself with exit code 0.
bool endedWell(int waitStatus);

} // namespace sqlgym::postgres
