// What a judge tells whoever runs it.
#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace sqlgym::judge {

/// An event: a name and its facts.
using Facts = std::vector<std::pair<std::string, std::string>>;
/// Called from any thread.
using Log = std::function<void(const char *event, const Facts &facts)>;

} // namespace sqlgym::judge
