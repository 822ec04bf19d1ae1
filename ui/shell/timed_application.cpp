#include "shell/timed_application.h"

#include "shell/stall_watchdog.h"

#include <QtCore/QEvent>
#include <QtCore/QMetaEnum>
#include <QtCore/QThread>

#include <ctime>

namespace sqlgym::shell {

namespace {

QByteArray nameOf(const char *receiver, QEvent::Type type)
{
    const char *key = QMetaEnum::fromType<QEvent::Type>().valueToKey(type);
    return QByteArray(receiver) + ", " + (key ? QByteArray(key) : QByteArray::number(static_cast<int>(type)));
}

} // namespace

std::int64_t threadCpuNs()
{
    timespec now{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return std::int64_t{now.tv_sec} * 1'000'000'000 + now.tv_nsec;
}

TimedApplication::TimedApplication(int &argc, char **argv) : QApplication(argc, argv) {}

TimedApplication::~TimedApplication() = default;

void TimedApplication::watch(int limitMs) { m_watchdog = std::make_unique<StallWatchdog>(limitMs); }

bool TimedApplication::notify(QObject *receiver, QEvent *event)
{
    // Other threads' events come through here too.
    if (QThread::currentThread() != thread() || m_depth > 0)
        return QApplication::notify(receiver, event);
    // Neither need outlive the event.
    const char *className = receiver->metaObject()->className();
    const QEvent::Type type = event->type();
    if (m_watchdog)
        m_watchdog->begin();
    const std::int64_t since = threadCpuNs();
    ++m_depth;
    const bool done = QApplication::notify(receiver, event);
    --m_depth;
    const double cpuMs = static_cast<double>(threadCpuNs() - since) / 1e6;
    if (m_watchdog && m_watchdog->end())
        m_watchdog->report(nameOf(className, type), cpuMs);
    if (cpuMs > m_longest.cpuMs)
        m_longest = {cpuMs, nameOf(className, type)};
    return done;
}

} // namespace sqlgym::shell
