// The embedded engine behind the sandbox's interface.
#pragma once

#include "sandbox/sandbox.h"

#include <memory>
#include <string>

namespace sqlgym::sandbox_embedded {

/// PostgreSQL's SQL in this process's memory (DESIGN 4). What it cannot do as PostgreSQL does it declines.
class EmbeddedSandbox : public sandbox::Sandbox {
public:
    sandbox::Outcome load(const std::string &dataset, const std::string &setup) override;
    sandbox::Outcome run(const sandbox::Request &request, base::CancelToken &cancel) override;
};

std::unique_ptr<sandbox::Sandbox> makeEmbeddedSandbox();

} // namespace sqlgym::sandbox_embedded
