// One text on one session, within limits: send, read row by row, and stop it in time.
#pragma once

#include "base/cancel_token.h"
#include "sandbox/sandbox.h"
#include "sandbox_postgres/session.h"

#include <chrono>
#include <cstdint>
#include <vector>

namespace sqlgym::sandbox_postgres {

struct Limits {
    int timeoutMs = 0;             ///< 0 = none but the token's
    std::uint64_t memoryBytes = 0; ///< of the server's process above what it has now, and of the result; 0 = none
    std::uint64_t maxRows = 0;
    bool watchProcess = false; ///< the server's process is of this machine and may be limited
    bool oneStatement = false; ///< by the extended protocol, which refuses more than one
    int statements = 1;        ///< how many results will come: rows of the last one may be cut
};

struct Execution {
    sandbox::Outcome outcome; ///< column types are empty: `typeOids`
    std::vector<std::uint32_t> typeOids;
    bool answered = true; ///< false: the session did not stop when asked, or broke
};

/// The server is asked to stop at the limit; a session that goes on for kGraceMs more is given up (`answered` false).
inline constexpr int kGraceMs = 100;

/// Never throws, never blocks past the limits.
Execution execute(Session &session, const std::string &sql, const Limits &limits, base::CancelToken &cancel);

/// One statement, and before it, in the same message, `first`, whose results nobody asks for.
Execution executeAfter(Session &session, const std::vector<std::string> &first, const std::string &sql,
                       const Limits &limits, base::CancelToken &cancel);

/// Has the server parse `sql`, which runs nothing: for text that is known not to parse, to hear why.
Execution parseOnly(Session &session, const std::string &sql, base::CancelToken &cancel);

} // namespace sqlgym::sandbox_postgres
