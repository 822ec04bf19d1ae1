// The serving end of the protocol: any Sandbox behind two file descriptors.
#pragma once

#include "sandbox/frame.h"
#include "sandbox/messages.h"
#include "sandbox/sandbox.h"

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>

namespace sqlgym::sandbox {

/// Serves `sandbox` until the other side goes. Requests run one after the other on a thread of their own, in the order
/// in which they came; the thread that called serve() reads, so that a Cancel takes effect while a run works.
///
/// The program ignores SIGPIPE (a vanished parent is seen as the end of the input), and writes nothing else to `outFd`.
class FrameServer {
public:
    struct Options {
        /// Called on the reading thread when the input ends, before the running request is cancelled and waited for.
        /// A process with nothing to clean up leaves here: a runaway would not hear the cancel.
        std::function<void()> onParentGone;
        /// Stack of the thread that runs the requests: the parser needs a deep one.
        std::size_t stackBytes = 64u << 20;
        Engine engine = Engine::Embedded; ///< whom an exception is put down to
    };

    enum class Ended {
        ParentGone, ///< the input ended
        BadInput,   ///< it was not this protocol
        NoThread,   ///< the running thread could not be started
    };

    /// `sandbox` outlives the server, and is used by the running thread only.
    FrameServer(Sandbox &sandbox, int inFd, int outFd, Options options);
    ~FrameServer();
    FrameServer(const FrameServer &) = delete;
    FrameServer &operator=(const FrameServer &) = delete;

    /// Says hello, then serves.
    Ended serve();

private:
    struct Job;

    bool take(const Frame &frame);
    bool enqueue(std::unique_ptr<Job> job);
    void cancel(RequestId id);
    void work();
    void execute(Job &job);
    bool sendTable(const Job &job, const ResultTable &table);
    void queue(const std::string &frame);
    void flush();
    static void *workEntry(void *self);

    Sandbox &m_sandbox;
    int m_inFd;
    int m_outFd;
    Options m_options;
    std::string m_pending;
    std::atomic<bool> m_deaf{false}; ///< nobody reads our answers any more

    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::deque<std::unique_ptr<Job>> m_jobs; ///< the first one is running
    bool m_closing = false;
};

} // namespace sqlgym::sandbox
