#include "quit_signals.h"

#include <csignal>
#include <fcntl.h>
#include <unistd.h>

namespace sqlgym::app {

namespace {

int g_pipe[2] = {-1, -1};

/// Nothing but a write is allowed in here. A second signal ends the program at once.
extern "C" void onSignal(int number)
{
    const char byte = 1;
    [[maybe_unused]] const auto written = ::write(g_pipe[1], &byte, 1);
    std::signal(number, SIG_DFL);
}

} // namespace

QuitSignals::QuitSignals(QObject *parent) : QObject(parent)
{
    if (::pipe2(g_pipe, O_CLOEXEC | O_NONBLOCK) != 0)
        return;
    m_notifier = std::make_unique<QSocketNotifier>(g_pipe[0], QSocketNotifier::Read);
    connect(m_notifier.get(), &QSocketNotifier::activated, this, [this] {
        m_notifier->setEnabled(false);
        emit asked();
    });
    for (const int number : {SIGTERM, SIGINT, SIGHUP})
        std::signal(number, onSignal);
}

} // namespace sqlgym::app
