#include "grading/kept_datasets.h"

namespace sqlgym::grading {

sandbox::Outcome KeptDatasets::load(const std::string &dataset, const std::string &setup)
{
    const auto known = m_setups.find(dataset);
    if (known != m_setups.end() && (m_names == Names::OfContent || known->second == setup)) {
        sandbox::Outcome kept;
        kept.status = sandbox::Status::Ok;
        return kept;
    }
    m_setups.erase(dataset);
    sandbox::Outcome outcome = m_sandbox.load(dataset, setup);
    if (outcome.status == sandbox::Status::Ok)
        m_setups[dataset] = m_names == Names::OfContent ? std::string() : setup;
    return outcome;
}

} // namespace sqlgym::grading
