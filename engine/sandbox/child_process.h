// A process of ours that serves frames: started, spoken with, killed and reaped. Linux.
#pragma once

#include "base/cancel_token.h"
#include "base/result.h"
#include "sandbox/frame.h"

#include <chrono>
#include <cstddef>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <sys/types.h>
#include <vector>

namespace sqlgym::sandbox {

/// One child. Not thread-safe, but may be handed from thread to thread. No call blocks for longer than it says,
/// whatever the child does; nothing here raises SIGPIPE. Every descriptor is close-on-exec, the child gets three of
/// them.
class ChildProcess {
public:
    using Clock = base::CancelToken::Clock;

    /// How the child ended.
    struct Exit {
        bool signalled = false;
        int code = 0; ///< exit code, or the signal's number
    };

    enum class Event {
        Frame,  ///< `frame` holds it
        Woken,  ///< `until` passed or the token was cancelled
        Closed, ///< the child closed its end: it is dead or dying
        Broken, ///< what it sent are no frames
    };

    /// argv[0] is the program's absolute path. `environment` ("NAME=value") is all the child gets; its folder is /.
    /// Errors: sandbox/cannot_start
    static base::Result<std::unique_ptr<ChildProcess>> start(const std::vector<std::string> &argv,
                                                             const std::vector<std::string> &environment);
    /// Kills it if it still lives, and waits for that.
    ~ChildProcess();
    ChildProcess(const ChildProcess &) = delete;
    ChildProcess &operator=(const ChildProcess &) = delete;

    pid_t pid() const { return m_pid; }

    /// Queues a whole frame; it travels while wait() waits.
    void post(std::string frame) { m_outgoing.push_back(std::move(frame)); }
    /// Sends what is queued and waits for the next frame. `cancel` may be nullptr; only its flag is read, every 5 ms.
    Event wait(Frame &frame, Clock::time_point until, const base::CancelToken *cancel);
    /// Takes what the child has said on its standard error and sees whether it still lives; without waiting.
    bool alive();

    void kill();
    /// Waits until the child is gone, for at most `most`.
    std::optional<Exit> reap(std::chrono::milliseconds most);
    /// The end of what it said on its standard error; at most 4 kB.
    const std::string &lastWords() const { return m_lastWords; }

private:
    ChildProcess(pid_t pid, int in, int out, int err);
    bool send();
    bool receive();
    void listen();

    pid_t m_pid;
    int m_in;
    int m_out;
    int m_err;
    bool m_closed = false;
    std::optional<Exit> m_exit;
    std::deque<std::string> m_outgoing;
    std::size_t m_sent = 0; ///< bytes of m_outgoing.front()
    FrameInbox m_inbox{kMaxAnswerFrame};
    std::string m_lastWords;
};

} // namespace sqlgym::sandbox
