// Hashes (by libnettle) and name-based UUIDs.
#pragma once

#include <string>
#include <string_view>

namespace sqlgym::digest {

/// Lower-case hexadecimal digests of the bytes of `data`.
std::string md5Hex(std::string_view data);
std::string sha1Hex(std::string_view data);
std::string sha256Hex(std::string_view data);
/// 32 raw bytes.
std::string sha256(std::string_view data);

/// Version 5 UUID (RFC 4122, 4.3) of `name` in the namespace UUID `space` (text form).
std::string uuid5(std::string_view space, std::string_view name);

/// The namespace of packaged content: a problem's id is uuid5(kContentNamespace, slug).
inline constexpr std::string_view kContentNamespace = "5b0a4f0e-6a0c-5d6e-9f0b-2f6d3a7c1e84";

} // namespace sqlgym::digest
