#include "sandbox/exact_sandbox.h"

#include <utility>

namespace sqlgym::sandbox {

ExactSandbox::ExactSandbox(Factory first, Factory second, std::string withoutSecond)
    : m_makeFirst(std::move(first)), m_makeSecond(std::move(second)), m_withoutSecond(std::move(withoutSecond))
{
}

Sandbox *ExactSandbox::first()
{
    if (!m_first && m_makeFirst)
        m_first = m_makeFirst();
    return m_first.get();
}

Sandbox *ExactSandbox::second()
{
    if (!m_second && m_makeSecond)
        m_second = m_makeSecond();
    return m_second.get();
}

Outcome ExactSandbox::declined(Outcome outcome) const
{
    outcome.diagnostic.message = m_withoutSecond;
    return outcome;
}

/// Ok when the second one has the dataset (or nobody does: then it says so itself).
Outcome ExactSandbox::loadSecond(const std::string &dataset)
{
    const auto known = m_setups.find(dataset);
    Outcome outcome;
    outcome.status = Status::Ok;
    if (known == m_setups.end() || m_inSecond.contains(dataset))
        return outcome;
    outcome = m_second->load(dataset, known->second);
    if (outcome.status == Status::Ok)
        m_inSecond.insert(dataset);
    return outcome;
}

Outcome ExactSandbox::load(const std::string &dataset, const std::string &setup)
{
    m_setups.erase(dataset);
    m_inSecond.erase(dataset);
    m_declinedByFirst.erase(dataset);
    Outcome outcome;
    outcome.status = Status::Unsupported;
    outcome.feature = "running without the first engine";
    if (first())
        outcome = m_first->load(dataset, setup);
    if (outcome.status != Status::Ok && outcome.status != Status::Unsupported)
        return outcome;
    m_setups[dataset] = setup;
    if (outcome.status == Status::Ok)
        return outcome;
    m_declinedByFirst[dataset] = outcome;
    if (!second())
        return declined(std::move(outcome));
    outcome = loadSecond(dataset);
    if (outcome.status != Status::Ok) {
        m_setups.erase(dataset);
        m_declinedByFirst.erase(dataset);
    }
    return outcome;
}

Outcome ExactSandbox::run(const Request &request, base::CancelToken &cancel)
{
    Outcome outcome;
    const auto elsewhere = m_declinedByFirst.find(request.dataset);
    if (elsewhere != m_declinedByFirst.end())
        outcome = elsewhere->second;
    else if (first())
        outcome = m_first->run(request, cancel);
    else
        outcome.status = Status::Unsupported;
    if (outcome.status != Status::Unsupported)
        return outcome;
    if (!second())
        return declined(std::move(outcome));
    auto loaded = loadSecond(request.dataset);
    return loaded.status == Status::Ok ? m_second->run(request, cancel) : loaded;
}

} // namespace sqlgym::sandbox
