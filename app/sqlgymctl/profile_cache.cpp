#include "profile_cache.h"

#include "content/pack.h"
#include "content/resources.h"
#include "grading/canonical.h"

#include <algorithm>
#include <cstdlib>
#include <iostream>

namespace sqlgym::ctl {

namespace {

using Opened = base::Result<std::unique_ptr<cache::Cache>>;

base::Result<void> loadBundled(cache::Cache &cache)
{
    const auto folder = content::bundledPack();
    if (folder.empty())
        return {};
    const std::string fingerprint = content::packFingerprint(folder);
    const auto loaded = cache.problems().loadedPacks();
    if (loaded && std::ranges::find(*loaded, fingerprint, &cache::LoadedPack::fingerprint) != loaded->end())
        return {};
    const auto pack = content::readPack(folder);
    if (!pack)
        return pack.error();
    const auto report = cache.problems().loadPack(*pack, fingerprint, grading::expectedHash);
    return report ? base::Result<void>() : base::Result<void>(report.error());
}

bool cannotBeWritten(const base::Error &error)
{
    return error.code == "read_only" || error.code == "cannot_open" || error.code == "disk_full";
}

Opened loaded(Opened opened)
{
    if (!opened)
        return opened;
    if (const auto done = loadBundled(**opened); !done)
        return done.error();
    return opened;
}

} // namespace

std::string databaseFile(const Global &global)
{
    if (!global.profile.empty())
        return global.profile + "/sqlgym.sqlite";
    const char *data = std::getenv("XDG_DATA_HOME");
    if (data != nullptr && data[0] == '/')
        return std::string(data) + "/sqlgym/sqlgym.sqlite";
    const char *home = std::getenv("HOME");
    return std::string(home != nullptr ? home : "/tmp") + "/.local/share/sqlgym/sqlgym.sqlite";
}

Opened openProfileCache(const Global &global)
{
    auto opened = loaded(cache::Cache::open(databaseFile(global)));
    if (opened) {
        if (!(*opened)->report().sentence.empty())
            std::cerr << "sqlgymctl: " << (*opened)->report().sentence << '\n';
        return opened;
    }
    if (!cannotBeWritten(opened.error()))
        return opened;
    std::cerr << "sqlgymctl: " << opened.error().message << " The bundled problems are used without it.\n";
    return loaded(cache::Cache::openInMemory());
}

} // namespace sqlgym::ctl
