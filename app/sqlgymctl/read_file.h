// A file's text, or standard input's.
#pragma once

#include "base/result.h"

#include <string>

namespace sqlgym::ctl {

/// "-" is standard input. A signal ends the reading.
base::Result<std::string> readFile(const std::string &file);

} // namespace sqlgym::ctl
