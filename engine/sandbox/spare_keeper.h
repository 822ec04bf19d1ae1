// Starts child processes and buries them, so that nobody who runs a query waits for either.
#pragma once

#include "base/result.h"
#include "sandbox/child_process.h"

#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace sqlgym::sandbox {

/// Keeps a child ready that has said hello. A thread of its own starts all of them: a child dies with the thread that
/// started it (PR_SET_PDEATHSIG), and this one lives as long as the keeper.
class SpareKeeper {
public:
    struct Options {
        std::vector<std::string> argv; ///< argv[0]: an absolute path
        std::vector<std::string> environment;
        bool keepSpare = true;      ///< false: a child is started when one is taken
        int startTimeoutMs = 5'000; ///< until its hello
    };

    explicit SpareKeeper(Options options);
    ~SpareKeeper();
    SpareKeeper(const SpareKeeper &) = delete;
    SpareKeeper &operator=(const SpareKeeper &) = delete;

    /// A living child that was given nothing yet; waits for it if none is ready. nullptr when `cancel` was cancelled.
    /// Errors: sandbox/cannot_start, sandbox/no_hello
    base::Result<std::unique_ptr<ChildProcess>> take(const base::CancelToken *cancel);
    /// Kills `child` at once; reaps it later (taking 2 GB apart takes the kernel its time).
    void bury(std::unique_ptr<ChildProcess> child);

private:
    void work();
    base::Result<std::unique_ptr<ChildProcess>> startOne() const;

    const Options m_options;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::unique_ptr<ChildProcess> m_spare;
    std::uint64_t m_starts = 0;
    std::optional<base::Error> m_error; ///< of the last start
    std::vector<std::unique_ptr<ChildProcess>> m_dead;
    bool m_wanted;
    bool m_closing = false;
    base::CancelToken m_stopStarting;
    std::thread m_thread;
};

} // namespace sqlgym::sandbox
