// The memory of another process on this machine: seen and capped from outside.
#pragma once

#include <cstdint>
#include <sys/types.h>

namespace sqlgym::postgres {

/// Bytes of address space a process has; 0 = cannot be told.
std::uint64_t addressSpaceOf(pid_t process);

/// Caps them (0 = no cap). What PostgreSQL then cannot allocate, it reports as SQLSTATE 53200, and the session lives
/// on. False when not permitted.
bool limitAddressSpace(pid_t process, std::uint64_t bytes);

} // namespace sqlgym::postgres
