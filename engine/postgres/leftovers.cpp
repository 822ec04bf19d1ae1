#include "postgres/leftovers.h"

#include <algorithm>
#include <cctype>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <thread>
#include <unistd.h>
#include <vector>

namespace sqlgym::postgres {

namespace fs = std::filesystem;

namespace {

constexpr auto kPatience = std::chrono::seconds(2);

std::vector<pid_t> processesIn(const fs::path &folder)
{
    std::vector<pid_t> found;
    std::error_code error;
    for (const fs::directory_entry &entry : fs::directory_iterator("/proc", error)) {
        const std::string name = entry.path().filename().string();
        if (!std::ranges::all_of(name, [](unsigned char c) { return std::isdigit(c) != 0; }))
            continue;
        std::error_code hidden;
        const auto pid = static_cast<pid_t>(std::stol(name));
        if (fs::read_symlink(entry.path() / "cwd", hidden) == folder && !hidden && pid != getpid())
            found.push_back(pid);
    }
    return found;
}

} // namespace

void killProcessesIn(const std::string &folder)
{
    std::error_code error;
    const fs::path real = fs::canonical(folder, error);
    if (error)
        return;
    const auto until = std::chrono::steady_clock::now() + kPatience;
    for (auto left = processesIn(real); !left.empty() && std::chrono::steady_clock::now() < until;
         left = processesIn(real)) {
        for (const pid_t process : left)
            kill(process, SIGKILL);
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
}

} // namespace sqlgym::postgres
