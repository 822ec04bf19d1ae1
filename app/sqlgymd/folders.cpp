#include "folders.h"

#include <cstdlib>
#include <filesystem>

namespace sqlgym::judged {

std::string clusterFolder(const std::string &asked)
{
    if (!asked.empty())
        return std::filesystem::absolute(asked);
    const char *state = std::getenv("STATE_DIRECTORY");
    if (state != nullptr && state[0] == '/')
        return state;
    const char *cache = std::getenv("XDG_CACHE_HOME");
    if (cache != nullptr && cache[0] == '/')
        return std::string(cache) + "/sqlgymd";
    const char *home = std::getenv("HOME");
    return std::string(home != nullptr ? home : "/tmp") + "/.cache/sqlgymd";
}

} // namespace sqlgym::judged
