#include "cache/soundness.h"

#include "sqlite/error.h"

#include <filesystem>

namespace sqlgym::cache {
namespace {

constexpr std::uintmax_t kSmallBytes = 16u << 20;

} // namespace

base::Result<void> checkSoundness(sqlite::Database &database, const std::string &path, bool always)
{
    std::error_code failure;
    const auto size = std::filesystem::file_size(path, failure);
    const auto log = std::filesystem::file_size(path + "-wal", failure);
    const bool leftOpen = !failure && log > 0;
    if (!always && size > kSmallBytes && !leftOpen)
        return {};
    auto found = database.quickCheck();
    if (!found)
        return found.error();
    if (*found == "ok")
        return {};
    return base::Error{"sqlite", "damaged", "The database file is damaged. (" + *found + ")", false};
}

} // namespace sqlgym::cache
