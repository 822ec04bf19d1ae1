// The files of resources/schemas, compiled in: checking must work where no resources are found.
#pragma once

#include <span>
#include <string_view>

namespace sqlgym::content {

struct EmbeddedSchema {
    std::string_view name; ///< the file's name without ".schema.json"
    std::string_view text;
};

/// Written by engine/content/CMakeLists.txt.
std::span<const EmbeddedSchema> embeddedSchemas();

} // namespace sqlgym::content
