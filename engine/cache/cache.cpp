#include "cache/cache.h"

#include "cache/adoption.h"
#include "cache/cache_parts.h"
#include "cache/opening.h"

namespace sqlgym::cache {
namespace {

base::Result<std::unique_ptr<Cache>> toCache(base::Result<std::unique_ptr<CacheParts>> parts)
{
    if (!parts)
        return parts.error();
    return std::make_unique<Cache>(std::move(*parts));
}

} // namespace

base::Result<std::unique_ptr<Cache>> Cache::open(const std::string &path, const CacheOptions &options)
{
    return toCache(openParts(path, options));
}

base::Result<std::unique_ptr<Cache>> Cache::openInMemory(const CacheOptions &options)
{
    return toCache(openPartsInMemory(options));
}

Cache::Cache(std::unique_ptr<CacheParts> parts) : m_parts(std::move(parts)) {}
Cache::~Cache() = default;

const OpenReport &Cache::report() const { return m_parts->report; }
const std::string &Cache::userId() const { return m_parts->context.userId; }
const std::string &Cache::userName() const { return m_parts->userName; }

base::Result<bool> Cache::isLocal() { return cache::isLocal(m_parts->context); }

base::Result<void> Cache::release() { return cache::release(m_parts->context); }

base::Result<ExportReport> Cache::exportOwnData(const std::string &folder)
{
    return cache::exportOwnData(m_parts->context, folder);
}

base::Result<void> Cache::adopt(const std::string &accountId, const std::string &username)
{
    auto adopted = cache::adopt(m_parts->context, accountId, username);
    if (adopted)
        m_parts->userName = username;
    return adopted;
}

ProblemStore &Cache::problems() { return m_parts->problems; }
SearchStore &Cache::search() { return m_parts->search; }
DraftStore &Cache::drafts() { return m_parts->drafts; }
AttemptStore &Cache::attempts() { return m_parts->attempts; }
CommunityStore &Cache::community() { return m_parts->community; }
CommunityRead &Cache::communityRead() { return m_parts->communityRead; }
LearningStore &Cache::learning() { return m_parts->learning; }
ProfileStore &Cache::profile() { return m_parts->profile; }
ProgressStore &Cache::progress() { return m_parts->progress; }
Outbox &Cache::outbox() { return m_parts->outbox; }
SolutionStore &Cache::solutions() { return m_parts->solutions; }
UiState &Cache::uiState() { return m_parts->uiState; }
MirrorStore &Cache::mirror() { return m_parts->mirror; }

} // namespace sqlgym::cache
