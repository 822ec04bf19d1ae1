// What can go wrong between a client and its server, and whether trying again helps.
#pragma once

#include "base/diagnostic.h"
#include "base/result.h"

#include <cstdint>
#include <string>

namespace sqlgym::client {

enum class Trouble : std::uint8_t {
    BadAddress,  ///< the text that names the server
    Offline,     ///< no server was reached, or it went away: what was asked may have been done
    Tls,         ///< no connection that is protected, or not to the right server
    NotAServer,  ///< PostgreSQL is there, SQLGym is not
    OlderServer, ///< it lacks what this program calls
    NewerServer, ///< this program does not know it
    ReadOnly,    ///< a standby, or a server that takes no writes at present
    Busy,        ///< out of something, or two got into each other's way
    SignedOut,   ///< no session, or it has ended
    RateLimited, ///< too many in too short a time
    Refused,     ///< the server's answer is no
    Cancelled,
    Failed, ///< an answer that is none
};

/// Error{domain "client"}: `code` is trouble's name in snake_case, `transient` tells whether the same may work later.
/// Transient are SQLSTATEs 08*, 40001, 40P01, 53*, 57P0* and what is offline or read-only.
base::Error makeError(Trouble trouble, std::string message);
/// Of another domain: Failed.
Trouble troubleOf(const base::Error &error);

/// What the server said to a call. Its words are cleaned: see plainText().
base::Error errorOf(const base::Diagnostic &diagnostic);

/// Without what a terminal or a line would act on: control characters (but for line breaks and tabs with `lines`) and
/// those that turn the direction of text become U+FFFD, bytes that are no UTF-8 too.
std::string plainText(std::string_view text, bool lines = false);

} // namespace sqlgym::client
