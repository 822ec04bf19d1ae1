#include "postgres/programs.h"

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <sstream>
#include <unistd.h>

namespace sqlgym::postgres {

namespace fs = std::filesystem;

namespace {

/// "15.4" of "postgres (PostgreSQL) 15.4 (Debian 15.4-1)"; empty when the program does not say.
std::string versionOf(const std::string &program)
{
    std::string quoted = "'";
    for (const char c : program)
        quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
    struct Close {
        void operator()(FILE *file) const { pclose(file); }
    };
    const std::unique_ptr<FILE, Close> pipe(popen((quoted + "' -V 2>/dev/null").c_str(), "re"));
    std::array<char, 256> line{};
    if (!pipe || std::fgets(line.data(), static_cast<int>(line.size()), pipe.get()) == nullptr)
        return {};
    std::istringstream words(line.data());
    std::string program_, brand, version;
    words >> program_ >> brand >> version;
    return brand == "(PostgreSQL)" ? version : std::string();
}

std::string resolved(const fs::path &path)
{
    std::error_code error;
    const auto real = fs::canonical(path, error);
    return error ? std::string() : real.string();
}

bool executable(const fs::path &path) { return access(path.c_str(), X_OK) == 0; }

} // namespace

std::vector<std::string> usualProgramFolders()
{
    std::vector<std::string> folders;
    const char *path = std::getenv("PATH");
    std::istringstream list(path != nullptr ? path : "");
    for (std::string folder; std::getline(list, folder, ':');) {
        if (!folder.empty() && folder.front() == '/')
            folders.push_back(folder);
    }
    const std::string wanted = std::to_string(kMajorVersion);
    folders.push_back("/usr/lib/postgresql/" + wanted + "/bin");
    folders.push_back("/usr/pgsql-" + wanted + "/bin");
    folders.push_back("/usr/local/pgsql/bin");
    std::error_code error;
    for (const auto &entry : fs::directory_iterator("/usr/lib/postgresql", error))
        folders.push_back((entry.path() / "bin").string());
    return folders;
}

base::Result<Programs> findPrograms(const std::vector<std::string> &folders)
{
    std::string others;
    for (const auto &folder : folders) {
        if (!executable(fs::path(folder) / "initdb") || !executable(fs::path(folder) / "postgres"))
            continue;
        const fs::path real = fs::path(resolved(fs::path(folder) / "postgres")).parent_path();
        if (real.empty() || !executable(real / "initdb"))
            continue;
        const std::string version = versionOf((real / "postgres").string());
        if (std::atoi(version.c_str()) == kMajorVersion)
            return Programs{real.string(), version};
        if (!version.empty() && others.find(real.string()) == std::string::npos)
            others += (others.empty() ? "" : ", ") + version + " in " + real.string();
    }
    if (!others.empty())
        return base::Error{"postgres", "wrong_version",
                           "Exact mode needs PostgreSQL 15, and this is what is installed: PostgreSQL " + others + "."};
    return base::Error{"postgres", "not_installed",
                       "PostgreSQL 15 is not installed on this machine (on Debian: apt install postgresql-15)."};
}

} // namespace sqlgym::postgres
