#include "cache/open_errors.h"

#include <cerrno>
#include <system_error>

namespace sqlgym::cache {

base::Error systemError(int number, const std::string &path)
{
    const std::string reason = " (" + path + ": " + std::generic_category().message(number) + ")";
    switch (number) {
    case EACCES:
    case EPERM:
    case EROFS:
        return {"cache", "read_only",
                "The profile cannot be written to, so nothing you write could be kept. Change the permissions of its "
                "folder, or choose another profile." +
                    reason,
                false};
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
        return {"cache", "disk_full",
                "The disk is full, so the profile cannot be opened. What was saved before is safe; free some space "
                "and try again." +
                    reason,
                true};
    default:
        return {"cache", "cannot_open", "The profile cannot be opened." + reason, false};
    }
}

base::Error openError(const base::Error &error, const std::string &path)
{
    return {"cache", error.code, "The profile's database " + path + " cannot be used. " + error.message,
            error.transient};
}

base::Error notACacheError(const std::string &path)
{
    return {"cache", "not_a_cache",
            "The file " + path + " is the database of another program. Nothing was changed. Choose another profile.",
            false};
}

base::Error inUseError(const std::string &path)
{
    return {"cache", "in_use",
            "The profile's database is damaged and another SQLGym has it open. Close that one and try again. (" + path +
                ")",
            true};
}

} // namespace sqlgym::cache
