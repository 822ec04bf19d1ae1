// Exact mode: one engine first, and where it declines, another that does not.
#pragma once

#include "sandbox/sandbox.h"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>

namespace sqlgym::sandbox {

/// Two sandboxes as one: what the first declines (Status::Unsupported) the second answers; Outcome::by tells.
///
/// Both are made when first needed. The second gets a dataset when it first needs it; one whose set-up the first
/// declines lives in the second alone.
class ExactSandbox : public Sandbox {
public:
    /// nullptr: there is none on this computer (asked again at the next need: it may have been installed meanwhile).
    using Factory = std::function<std::unique_ptr<Sandbox>()>;

    /// Without a second one the decline stands, and its diagnostic.message is `withoutSecond`.
    ExactSandbox(
        Factory first, Factory second,
        std::string withoutSecond = "PostgreSQL is not installed on this computer, so nothing else can run it.");

    Outcome load(const std::string &dataset, const std::string &setup) override;
    Outcome run(const Request &request, base::CancelToken &cancel) override;

private:
    Sandbox *first();
    Sandbox *second();
    Outcome loadSecond(const std::string &dataset);
    Outcome declined(Outcome outcome) const;

    Factory m_makeFirst;
    Factory m_makeSecond;
    std::string m_withoutSecond;
    std::unique_ptr<Sandbox> m_first;
    std::unique_ptr<Sandbox> m_second;
    std::map<std::string, std::string> m_setups;
    std::map<std::string, Outcome> m_declinedByFirst; ///< datasets, and the first one's words
    std::set<std::string> m_inSecond;
};

} // namespace sqlgym::sandbox
