// The longest time for which the GUI thread did not come back to its events.
#pragma once

#include <QtCore/QTimer>

#include <algorithm>
#include <ctime>

namespace sqlgym {

/// Counts the thread's own processor time from tick to tick, so that a busy machine is not taken for a busy window.
class StallWatch {
public:
    StallWatch() : m_last(now())
    {
        m_tick.setTimerType(Qt::PreciseTimer);
        m_tick.setInterval(1);
        QObject::connect(&m_tick, &QTimer::timeout, &m_tick, [this] {
            const double time = now();
            m_longestMs = std::max(m_longestMs, time - m_last);
            m_last = time;
        });
        m_tick.start();
    }
    double longestMs() const { return std::max(m_longestMs, now() - m_last); }

private:
    static double now()
    {
        timespec time{};
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
        return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
    }

    QTimer m_tick;
    double m_last;
    double m_longestMs = 0;
};

} // namespace sqlgym
