#include "session/cache_pause.h"

#include "session/store.h"

namespace sqlgym::session {

CachePause::CachePause(Store &store)
{
    auto closed = std::make_shared<std::promise<void>>();
    auto opened = std::make_shared<std::promise<void>>();
    m_opened = opened->get_future();
    std::shared_future<void> goOn = m_goOn.get_future();
    auto isClosed = closed->get_future();
    store.closeWhile(
        [closed, goOn] {
            closed->set_value();
            goOn.wait();
        },
        [opened] { opened->set_value(); });
    isClosed.wait();
}

void CachePause::end()
{
    if (!m_opened.valid())
        return;
    m_goOn.set_value();
    m_opened.get();
}

} // namespace sqlgym::session
