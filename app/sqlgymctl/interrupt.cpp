#include "interrupt.h"

#include <atomic>
#include <cerrno>
#include <csignal>

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

namespace sqlgym::ctl {

namespace {

std::atomic<base::CancelToken *> g_token{nullptr};
int g_pipe[2] = {-1, -1};

void onSignal(int)
{
    base::CancelToken *token = g_token.load();
    if (!token || token->cancelled())
        _exit(kInterrupted);
    token->cancel();
    const ssize_t told = write(g_pipe[1], "", 1);
    (void)told; // a full pipe is readable too
}

void install(void (*handler)(int))
{
    struct sigaction action = {};
    action.sa_handler = handler; // without SA_RESTART: a read of the terminal ends
    sigaction(SIGINT, &action, nullptr);
    sigaction(SIGTERM, &action, nullptr);
}

} // namespace

Interrupt::Interrupt()
{
    g_token = &m_token;
    if (pipe2(g_pipe, O_CLOEXEC | O_NONBLOCK) != 0)
        g_pipe[0] = g_pipe[1] = -1;
    install(onSignal);
}

Interrupt::~Interrupt()
{
    install(SIG_DFL);
    g_token = nullptr;
    for (int &end : g_pipe) {
        if (end >= 0)
            close(end);
        end = -1;
    }
}

bool waitForInput(int descriptor)
{
    pollfd waiting[] = {{descriptor, POLLIN, 0}, {g_pipe[0], POLLIN, 0}};
    while (poll(waiting, 2, -1) < 0) {
        if (errno != EINTR)
            return true; // whoever reads is told why it cannot
        const base::CancelToken *token = g_token.load();
        if (token && token->cancelled())
            return false;
    }
    return (waiting[1].revents & POLLIN) == 0;
}

} // namespace sqlgym::ctl
