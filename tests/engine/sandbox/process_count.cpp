#include "process_count.h"

#include <filesystem>
#include <fstream>
#include <sstream>
#include <unistd.h>

namespace {

/// The fields of /proc/PID/stat behind the name, which may hold anything.
std::istringstream statFields(const std::string &pid)
{
    std::ifstream file("/proc/" + pid + "/stat");
    std::string line;
    std::getline(file, line);
    const auto end = line.rfind(')');
    return std::istringstream(end == std::string::npos ? "" : line.substr(end + 1));
}

} // namespace

std::vector<int> childProcesses()
{
    std::vector<int> children;
    for (const auto &entry : std::filesystem::directory_iterator("/proc")) {
        const auto name = entry.path().filename().string();
        if (name.find_first_not_of("0123456789") != std::string::npos)
            continue;
        std::string state;
        int parent = 0;
        if (statFields(name) >> state >> parent && parent == ::getpid())
            children.push_back(std::stoi(name));
    }
    return children;
}

std::size_t childCount() { return childProcesses().size(); }

std::size_t descriptorCount()
{
    std::size_t count = 0;
    for ([[maybe_unused]] const auto &entry : std::filesystem::directory_iterator("/proc/self/fd"))
        ++count;
    return count;
}

std::string processState(int pid)
{
    std::string state;
    auto fields = statFields(std::to_string(pid));
    fields >> state;
    return state;
}
