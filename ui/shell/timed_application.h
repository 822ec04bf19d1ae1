// An application that knows how long each event kept the GUI thread: for tests, benches and the watchdog.
#pragma once

#include <QtCore/QByteArray>
#include <QtWidgets/QApplication>

#include <atomic>
#include <cstdint>
#include <memory>

namespace sqlgym::shell {

class StallWatchdog;

/// Processor time of the calling thread: a busy machine does not lengthen it.
std::int64_t threadCpuNs();

/// Measures the outermost event only; what it sends on belongs to it. Costs two reads of the clock an event.
class TimedApplication : public QApplication {
public:
    struct Event {
        double cpuMs = 0;
        QByteArray what; ///< receiver's class and the event's type
    };

    TimedApplication(int &argc, char **argv);
    ~TimedApplication() override;

    bool notify(QObject *receiver, QEvent *event) override;

    /// The event that took most since the last forget().
    const Event &longest() const { return m_longest; }
    void forget() { m_longest = {}; }

    /// Reports events that last longer than this to standard error, with a stack, while they last.
    void watch(int limitMs);

private:
    Event m_longest;
    int m_depth = 0;
    std::unique_ptr<StallWatchdog> m_watchdog;
};

} // namespace sqlgym::shell
