// Instructors' comments on submissions, as they were last read. On the cache thread.
#pragma once

#include "session/cache_work.h"

#include "client/instructor.h"

namespace sqlgym::session {

/// None: none were read.
std::vector<client::SubmissionComment> keptComments(CacheSlot &slot, const std::string &submissionId);
/// None are kept as none. True: it was done.
bool keepComments(CacheSlot &slot, const std::string &submissionId,
                  const std::vector<client::SubmissionComment> &comments);

} // namespace sqlgym::session
