#include "grading/kept_datasets.h"

#include "digest/digest.h"

namespace sqlgym::grading {

sandbox::Outcome KeptDatasets::load(const std::string &dataset, const std::string &setup)
{
    std::string digest = digest::sha256(setup);
    const auto known = m_digests.find(dataset);
    if (known != m_digests.end() && known->second == digest) {
        sandbox::Outcome kept;
        kept.status = sandbox::Status::Ok;
        return kept;
    }
    m_digests.erase(dataset);
    sandbox::Outcome outcome = m_sandbox.load(dataset, setup);
    if (outcome.status == sandbox::Status::Ok)
        m_digests[dataset] = std::move(digest);
    return outcome;
}

} // namespace sqlgym::grading
