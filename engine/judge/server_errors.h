// What an error of the server asks of a judge.
#pragma once

#include "base/result.h"

namespace sqlgym::judge {

/// The server is gone, or the connection: the same may work on another. (25P03: it was idle in a transaction.)
inline bool connectionLost(const base::Error &error)
{
    return error.code == "connect" || error.code == "25P03" || error.code.starts_with("08") ||
           error.code.starts_with("57P");
}

/// Worth another try as it is: a deadlock, a lock or memory not to be had.
inline bool isPassing(const base::Error &error)
{
    return error.transient || error.code.starts_with("40") || error.code.starts_with("53") || error.code == "55P03" ||
           error.code == "57014";
}

} // namespace sqlgym::judge
