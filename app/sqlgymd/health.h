// How the queue and its judges stand, as one JSON object.
#pragma once

#include "base/result.h"

#include <string>

namespace sqlgym::judged {

struct Health {
    std::string json; ///< {"waiting","running","oldest_seconds","judges":[{"name","judged","seen_seconds"}],"healthy"}
    bool healthy = false; ///< a judge was seen within a minute, and nothing waits for longer than one
};

base::Result<Health> health(const std::string &dsn);

} // namespace sqlgym::judged
