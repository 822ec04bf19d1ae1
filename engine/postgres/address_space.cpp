#include "postgres/address_space.h"

#include <array>
#include <cerrno>
#include <cstdlib>
#include <fcntl.h>
#include <string>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace sqlgym::postgres {

namespace {

/// 0 = none.
bool setLimit(pid_t process, std::uint64_t bytes)
{
    rlimit limit{};
    if (prlimit(process, RLIMIT_AS, nullptr, &limit) != 0)
        return false;
    limit.rlim_cur = bytes == 0 || bytes > limit.rlim_max ? limit.rlim_max : bytes;
    return prlimit(process, RLIMIT_AS, &limit, nullptr) == 0;
}

/// Root without CAP_SYS_RESOURCE (in a container, say) may limit the processes of its own *real* user only: while this
/// lives, this thread, and no other (hence the raw calls), really is `user`; what it may do does not change.
class ReallyBeing {
public:
    ReallyBeing(uid_t user, gid_t group)
    {
        m_group = syscall(SYS_setresgid, group, -1, -1) == 0;
        m_user = syscall(SYS_setresuid, user, -1, -1) == 0;
    }
    ~ReallyBeing()
    {
        if (m_user)
            syscall(SYS_setresuid, 0, -1, -1);
        if (m_group)
            syscall(SYS_setresgid, getegid(), -1, -1);
    }
    ReallyBeing(const ReallyBeing &) = delete;
    ReallyBeing &operator=(const ReallyBeing &) = delete;

private:
    bool m_user = false;
    bool m_group = false;
};

bool limitAddressSpace(pid_t process, std::uint64_t bytes)
{
    if (setLimit(process, bytes))
        return true;
    struct stat owner {};
    if (errno != EPERM || geteuid() != 0 || stat(("/proc/" + std::to_string(process)).c_str(), &owner) != 0)
        return false;
    const ReallyBeing user(owner.st_uid, owner.st_gid);
    return setLimit(process, bytes);
}

} // namespace

AddressSpace::~AddressSpace()
{
    if (m_statistics >= 0)
        close(m_statistics);
}

std::uint64_t AddressSpace::bytes()
{
    if (m_statistics < 0)
        m_statistics = open(("/proc/" + std::to_string(m_process) + "/statm").c_str(), O_RDONLY | O_CLOEXEC);
    std::array<char, 64> text{};
    if (m_statistics < 0 || pread(m_statistics, text.data(), text.size() - 1, 0) <= 0)
        return 0;
    return std::strtoull(text.data(), nullptr, 10) * static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
}

bool AddressSpace::limit(std::uint64_t bytes)
{
    if (m_limit >= bytes && m_limit - bytes <= kSlack)
        return true;
    const std::uint64_t wanted = bytes + kSlack / 2;
    m_limit = limitAddressSpace(m_process, wanted) ? wanted : 0;
    return m_limit > 0;
}

void AddressSpace::lift()
{
    if (m_limit > 0)
        limitAddressSpace(m_process, 0);
    m_limit = 0;
}

} // namespace sqlgym::postgres
