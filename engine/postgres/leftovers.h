// What a server that was killed leaves behind: processes that hold its memory and its lock until they notice.
#pragma once

#include <string>

namespace sqlgym::postgres {

/// SIGKILL to each process that works in `folder`, as all of a server do in its data directory; back when they are
/// gone. Those of another account that we may not look at are left alone.
void killProcessesIn(const std::string &folder);

} // namespace sqlgym::postgres
