#include "content/resources.h"

#include <array>
#include <cstdlib>
#include <system_error>

namespace sqlgym::content {

std::filesystem::path resourceRoot()
{
    namespace fs = std::filesystem;
    std::error_code failed;
    if (const char *chosen = std::getenv("SQLGYM_RESOURCES"); chosen && *chosen && fs::is_directory(chosen, failed))
        return chosen;
    const fs::path program = fs::read_symlink("/proc/self/exe", failed);
    if (failed)
        return {};
    const fs::path prefix = program.parent_path().parent_path();
    for (const fs::path &root : std::array{prefix / "share" / "sqlgym", prefix / "resources"}) {
        if (fs::is_directory(root, failed))
            return root;
    }
    return {};
}

std::filesystem::path bundledPack()
{
    const std::filesystem::path root = resourceRoot();
    return root.empty() ? root : root / "packs" / "first-steps";
}

} // namespace sqlgym::content
