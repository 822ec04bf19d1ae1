// Where the judges of this host keep their private clusters.
#pragma once

#include <string>

namespace sqlgym::judged {

/// --folder, else systemd's STATE_DIRECTORY, else the user's cache. Any number of judges share one: each takes a slot.
std::string clusterFolder(const std::string &asked);

} // namespace sqlgym::judged
