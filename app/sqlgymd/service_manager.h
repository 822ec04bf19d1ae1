// Tells systemd how it goes (sd_notify's protocol), where there is one.
#pragma once

#include <string>

namespace sqlgym::judged {

/// "READY=1", "STOPPING=1". Does nothing without NOTIFY_SOCKET.
void tellServiceManager(const std::string &state);

} // namespace sqlgym::judged
