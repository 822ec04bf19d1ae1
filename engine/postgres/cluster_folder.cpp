#include "postgres/cluster_folder.h"

#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <pwd.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>

namespace sqlgym::postgres {

namespace fs = std::filesystem;

namespace {

constexpr int kMostSlots = 32;
constexpr auto kDyingServer = std::chrono::seconds(8); // an immediate shutdown takes at most a little over 5 s
// Raise it when the way a cluster is made changes: older ones are then made anew.
constexpr char kFormat[] = "sqlgym cluster 1";

base::Error folderError(const std::string &what, const std::string &path)
{
    return {"postgres", "folder", what + " " + path + ": " + std::strerror(errno) + "."};
}

bool mayEnter(const std::string &path, const Account &account)
{
    struct stat info {};
    if (stat(path.c_str(), &info) != 0)
        return true; // it is made by us, later
    if (info.st_uid == account.uid)
        return (info.st_mode & S_IXUSR) != 0;
    if (info.st_gid == account.gid)
        return (info.st_mode & S_IXGRP) != 0;
    return (info.st_mode & S_IXOTH) != 0;
}

bool reachable(const fs::path &folder, const Account &account)
{
    for (fs::path above = folder.parent_path(); above != above.root_path(); above = above.parent_path()) {
        if (!mayEnter(above.string(), account))
            return false;
    }
    return true;
}

/// The same folder always gets the same stand-in (FNV-1a of its path).
std::string standIn(const std::string &folder)
{
    std::uint64_t hash = 0xcbf29ce484222325ull;
    for (const char c : folder)
        hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ull;
    std::array<char, 17> text{};
    std::snprintf(text.data(), text.size(), "%016llx", static_cast<unsigned long long>(hash));
    return std::string("/var/cache/sqlgym/") + text.data();
}

pid_t ownerOf(int lock)
{
    std::array<char, 32> text{};
    const auto got = pread(lock, text.data(), text.size() - 1, 0);
    return got > 0 ? static_cast<pid_t>(std::atol(text.data())) : 0;
}

/// Waits for a lock whose owner is gone and whose server is about to go.
bool lockFile(int lock)
{
    const auto until = std::chrono::steady_clock::now() + kDyingServer;
    while (flock(lock, LOCK_EX | LOCK_NB) != 0) {
        const pid_t owner = ownerOf(lock);
        const bool ownerLives = owner > 0 && (kill(owner, 0) == 0 || errno == EPERM);
        if (ownerLives || std::chrono::steady_clock::now() > until)
            return false;
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    const std::string me = std::to_string(getpid()) + "\n";
    return ftruncate(lock, 0) == 0 && pwrite(lock, me.data(), me.size(), 0) == static_cast<ssize_t>(me.size());
}

std::string contents(const std::string &path)
{
    std::ifstream file(path);
    std::string line;
    std::getline(file, line);
    return line;
}

std::string bootId() { return contents("/proc/sys/kernel/random/boot_id"); }

} // namespace

Account serverAccount()
{
    if (geteuid() != 0)
        return {};
    for (const char *name : {"postgres", "nobody"}) {
        std::array<char, 16'384> names{};
        passwd entry{};
        passwd *found = nullptr; // getpwnam() hands every thread the same one
        if (getpwnam_r(name, &entry, names.data(), names.size(), &found) == 0 && found != nullptr)
            return {found->pw_uid, found->pw_gid};
    }
    return {65534, 65534};
}

base::Result<ClusterFolder> ClusterFolder::take(const std::string &folder, const Account &account)
{
    std::error_code error;
    fs::path base = fs::absolute(folder, error).lexically_normal();
    if (base.filename().empty())
        base = base.parent_path();
    if (account.other() && !reachable(base, account))
        base = standIn(base.string());
    fs::create_directories(base, error);
    struct stat info {};
    if (lstat(base.c_str(), &info) != 0)
        return folderError("Cannot make the folder", base.string());
    if (!S_ISDIR(info.st_mode)) {
        errno = ENOTDIR;
        return folderError("Cannot use", base.string());
    }
    if (account.other() && chown(base.c_str(), account.uid, account.gid) != 0)
        return folderError("Cannot hand over the folder", base.string());
    if (chmod(base.c_str(), 0700) != 0)
        return folderError("Cannot protect the folder", base.string());

    for (int number = 0; number < kMostSlots; ++number) {
        const std::string slot = (base / ("slot-" + std::to_string(number))).string();
        const int lock = open((slot + ".lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
        if (lock < 0)
            return folderError("Cannot open the lock", slot + ".lock");
        if (lockFile(lock))
            return ClusterFolder(slot, lock);
        close(lock);
    }
    return base::Error{"postgres", "folder", "All clusters in " + base.string() + " are in use.", true};
}

ClusterFolder::ClusterFolder(ClusterFolder &&other) noexcept
    : m_slot(std::move(other.m_slot)), m_lock(std::exchange(other.m_lock, -1))
{
}

ClusterFolder::~ClusterFolder()
{
    if (m_lock >= 0)
        close(m_lock);
}

bool ClusterFolder::usable() const
{
    if (contents(data() + "/sqlgym.format") != kFormat)
        return false;
    const std::string ranOn = contents(m_slot + ".running");
    return ranOn.empty() || ranOn == bootId();
}

void ClusterFolder::clear() const
{
    std::error_code error;
    fs::remove_all(data(), error);
    fs::remove_all(making(), error);
    fs::remove(m_slot + ".running", error);
}

base::Result<void> ClusterFolder::adopt() const
{
    std::ofstream format(making() + "/sqlgym.format");
    format << kFormat << '\n';
    format.close();
    if (!format || rename(making().c_str(), data().c_str()) != 0)
        return folderError("Cannot put the new cluster into", data());
    return {};
}

void ClusterFolder::markRunning(bool running) const
{
    if (running) {
        std::ofstream(m_slot + ".running") << bootId() << '\n';
        return;
    }
    std::error_code error;
    fs::remove(m_slot + ".running", error);
}

} // namespace sqlgym::postgres
