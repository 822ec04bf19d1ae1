#include "sandbox/spare_keeper.h"

#include "sandbox/messages.h"

#include <utility>

namespace sqlgym::sandbox {

SpareKeeper::SpareKeeper(Options options)
    : m_options(std::move(options)), m_wanted(m_options.keepSpare), m_thread([this] { work(); })
{
}

SpareKeeper::~SpareKeeper()
{
    {
        const std::lock_guard lock(m_mutex);
        m_closing = true;
        m_stopStarting.cancel();
    }
    m_changed.notify_all();
    m_thread.join();
}

base::Result<std::unique_ptr<ChildProcess>> SpareKeeper::take(const base::CancelToken *cancel)
{
    std::unique_lock lock(m_mutex);
    const auto before = m_starts; // what became of those is no news: they may have died of what we come to replace
    while (true) {
        if (m_spare && m_spare->alive()) {
            auto taken = std::move(m_spare);
            m_wanted = m_options.keepSpare;
            lock.unlock();
            m_changed.notify_all();
            return taken;
        }
        if (m_error && m_starts > before)
            return *m_error;
        if (cancel && cancel->cancelled())
            return std::unique_ptr<ChildProcess>();
        if (m_spare)
            m_dead.push_back(std::move(m_spare));
        m_wanted = true;
        m_changed.notify_all();
        m_changed.wait_for(lock, std::chrono::milliseconds(5));
    }
}

void SpareKeeper::bury(std::unique_ptr<ChildProcess> child)
{
    child->kill();
    {
        const std::lock_guard lock(m_mutex);
        m_dead.push_back(std::move(child));
    }
    m_changed.notify_all();
}

void SpareKeeper::work()
{
    std::unique_lock lock(m_mutex);
    while (!m_closing) {
        if (m_wanted && !m_spare) {
            m_wanted = false;
            ++m_starts;
            m_error.reset();
            lock.unlock();
            auto started = startOne();
            lock.lock();
            if (started) {
                m_spare = std::move(*started);
            } else {
                m_error = started.error();
                m_wanted = false; // whoever needs one tries again; nobody is served by trying for ever
            }
            m_changed.notify_all();
        } else if (!m_dead.empty()) {
            auto dead = std::exchange(m_dead, {});
            lock.unlock();
            dead.clear();
            lock.lock();
        } else {
            m_changed.wait(lock);
        }
    }
}

base::Result<std::unique_ptr<ChildProcess>> SpareKeeper::startOne() const
{
    auto child = ChildProcess::start(m_options.argv, m_options.environment);
    if (!child)
        return child.error();
    Frame frame{};
    const auto until = ChildProcess::Clock::now() + std::chrono::milliseconds(m_options.startTimeoutMs);
    const auto event = (*child)->wait(frame, until, &m_stopStarting);
    if (event == ChildProcess::Event::Frame && frame.type == FrameType::Hello &&
        decodeHello(frame.payload) == kProtocolVersion)
        return std::move(*child);
    (*child)->kill();
    (*child)->reap(std::chrono::milliseconds(1000));
    std::string message = "The sandbox program " + m_options.argv[0] +
                          (event == ChildProcess::Event::Woken ? " did not say that it is ready."
                                                               : " did not start as a sandbox of this version.");
    if (!(*child)->lastWords().empty())
        message += " It said: " + (*child)->lastWords();
    return base::Error{"sandbox", "no_hello", std::move(message), event == ChildProcess::Event::Woken};
}

} // namespace sqlgym::sandbox
