// A profile that was used without an account becomes an account's, and again nobody's when the account is deleted.
#pragma once

#include "base/result.h"

#include <string>

namespace sqlgym::cache {

struct StoreContext;

/// Everything that the profile's learner did becomes the account's: rows, drafts, and what waits in the outbox; what
/// was done and never noted there (by an older version) is put there. One transaction; the context's userId follows.
/// For the account whose profile it is already, only the name is brought up to date.
///
/// Errors: cache/other_account  the profile is another account's: it is left as it is.
base::Result<void> adopt(StoreContext &context, const std::string &accountId, const std::string &username);

/// The account is no more: the profile becomes a local one again. What was practised stays (texts, attempts,
/// submissions, progress); what was written for others and what others wrote goes, and so does what waits for the
/// server. The catalogue is to be loaded anew. One transaction.
base::Result<void> release(StoreContext &context);

/// Whether the profile is of no account yet.
base::Result<bool> isLocal(StoreContext &context);

} // namespace sqlgym::cache
