#include "cache/file_lock.h"

#include "cache/open_errors.h"

#include <cerrno>
#include <chrono>
#include <fcntl.h>
#include <sys/file.h>
#include <thread>
#include <unistd.h>
#include <utility>

namespace sqlgym::cache {
namespace {

bool lockWithin(int descriptor, int operation, int timeoutMs)
{
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds(timeoutMs);
    while (::flock(descriptor, operation | LOCK_NB) != 0) {
        if (std::chrono::steady_clock::now() >= deadline)
            return false;
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    return true;
}

} // namespace

FileLock::FileLock(FileLock &&other) noexcept : m_descriptor(std::exchange(other.m_descriptor, -1)) {}

FileLock &FileLock::operator=(FileLock &&other) noexcept
{
    std::swap(m_descriptor, other.m_descriptor);
    return *this;
}

FileLock::~FileLock()
{
    if (m_descriptor >= 0)
        ::close(m_descriptor);
}

base::Result<FileLock> FileLock::shared(const std::string &path, int timeoutMs)
{
    const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (descriptor < 0)
        return systemError(errno, path);
    FileLock lock(descriptor);
    if (!lockWithin(descriptor, LOCK_SH, timeoutMs))
        return inUseError(path);
    return lock;
}

base::Result<std::optional<FileLock>> FileLock::tryExclusive(const std::string &path)
{
    const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (descriptor < 0)
        return systemError(errno, path);
    FileLock lock(descriptor);
    if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0)
        return std::optional<FileLock>();
    return std::optional<FileLock>(std::move(lock));
}

bool FileLock::becomeExclusive(int timeoutMs)
{
    if (lockWithin(m_descriptor, LOCK_EX, timeoutMs))
        return true;
    becomeShared();
    return false;
}

void FileLock::becomeShared() { ::flock(m_descriptor, LOCK_SH); }

} // namespace sqlgym::cache
