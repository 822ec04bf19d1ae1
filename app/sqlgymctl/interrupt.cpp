#include "interrupt.h"

#include <atomic>
#include <csignal>

#include <unistd.h>

namespace sqlgym::ctl {

namespace {

std::atomic<base::CancelToken *> g_token{nullptr};

void onSignal(int)
{
    base::CancelToken *token = g_token.load();
    if (!token || token->cancelled())
        _exit(kInterrupted);
    token->cancel();
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
    install(onSignal);
}

Interrupt::~Interrupt()
{
    install(SIG_DFL);
    g_token = nullptr;
}

} // namespace sqlgym::ctl
