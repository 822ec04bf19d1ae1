// Putting a write of the learner's into the outbox, with what it does here: one transaction.
#pragma once

#include "base/result.h"

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

namespace sqlgym::cache {

struct StoreContext;

struct OutboxWrite {
    std::string kind;       ///< the api function
    nlohmann::json payload; ///< its arguments by name, without `id` where that is the entry's own
    std::string target;     ///< what it is about: "post:<id>"; empty = nothing takes its place or cancels it
    std::string id;         ///< empty = one is made
    bool here = true;       ///< an error where what it speaks of is not in the tables here
};

/// Adds the entry and does what it does here; inside a transaction it joins it. What waits and was never sent, or was
/// refused, gives way:
///
/// - like and unlike, follow and unfollow: the opposite one goes, and nothing is added;
/// - change_profile (text by text), set_interaction and mark_solution (mark by mark), set_leaderboard, record_session
/// (of one sitting): the later one stands;
/// - edit_post, edit_solution: the words go into the post or solution that waits;
/// - delete_...: what was to be made, and all that was said about it, goes, and nothing is added.
///
/// What was sent without an answer stays: it may have been done. Returns the id under which it waits; empty = nothing
/// waits any more.
///
/// Errors: cache/not_here  the post, problem, ... is not in the tables; cache/not_text  NUL or bytes that are no UTF-8;
///         those of sqlite/error.h.
base::Result<std::string> enqueue(StoreContext &context, const OutboxWrite &write);

/// Something new: the target is `prefix` and its id.
base::Result<std::string> enqueueNew(StoreContext &context, const char *kind, const char *prefix,
                                     const nlohmann::json &payload);
/// About a thing that is there; the payload is its id, the target `prefix` and its id.
base::Result<std::string> enqueueAbout(StoreContext &context, const char *kind, const char *prefix,
                                       std::string_view id);

/// For adoption and submissions: adds an entry whose effect is in the tables already. An id that is there changes
/// nothing.
base::Result<void> enqueueDone(StoreContext &context, const OutboxWrite &write, const nlohmann::json &made,
                               const nlohmann::json &undo);

/// Errors: cache/not_text, for the texts in `payload`.
base::Result<void> checkTexts(const nlohmann::json &payload);

/// Takes an entry out, and back what it did, with all that hangs on it. How many went.
base::Result<int> dropEntry(StoreContext &context, const std::string &id);

} // namespace sqlgym::cache
