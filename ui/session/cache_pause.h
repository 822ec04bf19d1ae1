// The window's own connection to the profile, closed for a while.
#pragma once

#include <future>
#include <memory>

namespace sqlgym::session {

class Store;

/// Made on another thread than the store's, which outlives it: returns when the database is closed. What the window
/// asks meanwhile waits in its order, and is done when this goes and the database is open again.
class CachePause {
public:
    explicit CachePause(Store &store);
    ~CachePause() { end(); }
    CachePause(const CachePause &) = delete;
    CachePause &operator=(const CachePause &) = delete;

    /// Returns when it is open again.
    void end();

private:
    std::promise<void> m_goOn;
    std::future<void> m_opened;
};

} // namespace sqlgym::session
