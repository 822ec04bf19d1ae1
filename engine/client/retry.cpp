#include "client/retry.h"

#include <algorithm>
#include <random>
#include <thread>

namespace sqlgym::client {

int pauseMs(int attempt)
{
    constexpr int kFirst = 200;
    constexpr int kMost = 10'000;
    const int whole = std::min(kMost, kFirst << std::clamp(attempt - 1, 0, 10));
    thread_local std::minstd_rand chance{std::random_device{}()};
    return std::uniform_int_distribution(whole / 2, whole)(chance);
}

bool pauseFor(int milliseconds, const base::CancelToken &cancel)
{
    using Clock = std::chrono::steady_clock;
    constexpr auto kSlice = std::chrono::milliseconds(20);
    const auto until = Clock::now() + std::chrono::milliseconds(milliseconds);
    while (Clock::now() < until) {
        if (cancel.cancelled())
            return false;
        std::this_thread::sleep_for(std::min<Clock::duration>(kSlice, until - Clock::now()));
    }
    return !cancel.cancelled();
}

} // namespace sqlgym::client
