// UUIDs as text, e.g. "6fa459ea-ee8a-5ca4-894e-db77e160355e".
#pragma once

#include <string>

namespace sqlgym::base {

/// A random (version 4) UUID from the operating system's randomness. Name-based ones: digest/uuid5.h.
std::string randomUuid();

} // namespace sqlgym::base
