// Where the bundled files lie: packs/, help/, schemas/.
#pragma once

#include <filesystem>
#include <optional>

namespace sqlgym::content {

/// The first of these that is a folder: $SQLGYM_RESOURCES; ../share/sqlgym beside the program's folder (an
/// installation, and the build tree, where it is a link to resources/); ../resources. An empty path when there is none.
std::filesystem::path resourceRoot();

/// The pack that comes with the program, in resourceRoot().
std::filesystem::path bundledPack();

} // namespace sqlgym::content
