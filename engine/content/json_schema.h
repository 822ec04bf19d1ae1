// Checks the JSON columns of the database against their documented shapes.
#pragma once

#include "base/result.h"

#include <string_view>

namespace sqlgym::content {

/// `column` names a file of resources/schemas: "hints", "fallback_submissions.data".
///
/// Errors: content/bad_column      every fault, a line each: "hints: /0/level: is missing".
///         content/unknown_column  there is no schema of that name.
base::Result<void> checkColumn(std::string_view column, std::string_view json);

} // namespace sqlgym::content
