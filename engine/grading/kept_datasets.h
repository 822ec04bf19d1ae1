// A sandbox that is not asked to load again what it already holds.
#pragma once

#include "sandbox/sandbox.h"

#include <cstdint>
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
    enum class Names : std::uint8_t {
        Given,     ///< one name may come with another set-up later: kept, and compared each time
        OfContent, ///< a name stands for one set-up for ever (prepared_problem.h): never looked at again
    };

    explicit KeptDatasets(sandbox::Sandbox &sandbox, Names names = Names::Given) : m_sandbox(sandbox), m_names(names) {}
    /// Owns it; it is not null.
    explicit KeptDatasets(std::unique_ptr<sandbox::Sandbox> sandbox, Names names = Names::Given)
        : m_owned(std::move(sandbox)), m_sandbox(*m_owned), m_names(names)
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
    Names m_names;
    std::map<std::string, std::string> m_setups; ///< by dataset: what it was loaded from (Names::Given)
};

} // namespace sqlgym::grading
