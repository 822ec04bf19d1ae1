// Writes the rows of a pack over what is there.
#pragma once

#include "cache/problem_store.h"
#include "cache/store_context.h"

#include <map>
#include <string>

namespace sqlgym::cache {

/// Works inside a write transaction of the caller's, with foreign keys deferred. Rows that are already so are left
/// alone, so that updated_at tells the truth and the search index is not rebuilt.
class PackLoader {
public:
    PackLoader(StoreContext &context, const content::Pack &pack);

    base::Result<void> writeTopics();
    base::Result<void> writeProblems(const ExpectedHash &expectedHash);
    base::Result<void> writeBadges();
    /// Problems that an earlier version of the pack had. Fills `removed` and `kept`.
    base::Result<void> removeVanished(LoadReport &report);
    base::Result<void> notePack(const std::string &fingerprint);

private:
    base::Result<void> writeProblem(const content::Problem &problem, const std::string &hash);
    base::Result<void> writeTables(const content::Problem &problem);
    base::Result<void> writeTests(const content::Problem &problem);
    base::Result<void> resolveTopics();
    std::string topicId(const std::string &slug) const;

    StoreContext &m_context;
    const content::Pack &m_pack;
    std::string m_now;
    std::map<std::string, std::string> m_topicIds; ///< by slug
};

} // namespace sqlgym::cache
