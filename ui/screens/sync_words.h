// How it stands with the server, in words.
#pragma once

#include "session/link_state.h"
#include "session/outbox_work.h"

namespace sqlgym::screens {

struct SyncWords {
    const char *icon = "computer";
    QString text;    ///< one short line
    QString details; ///< why, and what to do
};

SyncWords syncWords(const session::LinkState &state, const session::OutboxView &outbox);

} // namespace sqlgym::screens
