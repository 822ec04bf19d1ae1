#include "command.h"

#include <cstdlib>

namespace sqlgym::ctl {

std::string clusterFolder(const Global &global)
{
    if (!global.profile.empty())
        return global.profile + "/cluster";
    const char *cache = std::getenv("XDG_CACHE_HOME");
    if (cache != nullptr && cache[0] == '/')
        return std::string(cache) + "/sqlgym/cluster";
    const char *home = std::getenv("HOME");
    return std::string(home != nullptr ? home : "/tmp") + "/.cache/sqlgym/cluster";
}

} // namespace sqlgym::ctl
