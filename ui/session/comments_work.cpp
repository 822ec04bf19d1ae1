#include "session/comments_work.h"

namespace sqlgym::session {

namespace {

constexpr char kSpace[] = "submission_comments";

} // namespace

std::vector<client::SubmissionComment> keptComments(CacheSlot &slot, const std::string &submissionId)
{
    if (!slot.cache)
        return {};
    const auto kept = slot.cache->communityRead().kept(kSpace, submissionId);
    return kept && *kept ? client::commentsOf((*kept)->json) : std::vector<client::SubmissionComment>();
}

bool keepComments(CacheSlot &slot, const std::string &submissionId,
                  const std::vector<client::SubmissionComment> &comments)
{
    if (!slot.cache)
        return false;
    // Most submissions have none: they leave no row.
    if (comments.empty() && keptComments(slot, submissionId).empty())
        return true;
    return static_cast<bool>(slot.cache->communityRead().keep(kSpace, submissionId, client::commentsJson(comments)));
}

} // namespace sqlgym::session
