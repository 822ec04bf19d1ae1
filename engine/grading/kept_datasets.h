// A sandbox that is not asked to load again what it already holds.
#pragma once

#include "sandbox/sandbox.h"

#include <map>
#include <memory>
#include <string>
#include <utility>

namespace sqlgym::grading {

/// Passes everything on to `sandbox`, but a load of the same set-up under the same name only once: grading loads each
/// test's data before each check, and making a database costs a hundred times what running a query does.
/// Wrap a sandbox for as long as it lives; load into it through the wrapper alone.
class KeptDatasets : public sandbox::Sandbox {
public:
    explicit KeptDatasets(sandbox::Sandbox &sandbox) : m_sandbox(sandbox) {}
    /// Owns it; it is not null.
    explicit KeptDatasets(std::unique_ptr<sandbox::Sandbox> sandbox) : m_owned(std::move(sandbox)), m_sandbox(*m_owned)
    {
    }

    sandbox::Outcome load(const std::string &dataset, const std::string &setup) override;
    sandbox::Outcome run(const sandbox::Request &request, base::CancelToken &cancel) override
    {
        return m_sandbox.run(request, cancel);
    }

private:
    std::unique_ptr<sandbox::Sandbox> m_owned;
    sandbox::Sandbox &m_sandbox;
    std::map<std::string, std::string> m_setups; ///< by dataset: what it was loaded from
};

} // namespace sqlgym::grading
