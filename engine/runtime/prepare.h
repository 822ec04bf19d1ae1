// What has to be read from files before a process gives up file access.
#pragma once

namespace sqlgym::runtime {

/// Loads the C.UTF-8 character tables. Call once before a sandbox is locked down; calling it again costs nothing.
void prepare();

} // namespace sqlgym::runtime
