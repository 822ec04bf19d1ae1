// What was found of one problem, as JSON: what a judge writes and the editor shows at its fields.
#pragma once

#include "content/definition.h"
#include "verify/verify_pack.h"

#include <string>
#include <vector>

namespace sqlgym::verify {

/// The member of a definition that a finding speaks of, as a JSON pointer: "/tests/1/expected", "/wrong_queries/0/sql".
/// `problem` is the one that was verified.
std::string fieldOf(const Finding &finding, const content::Problem &problem);

/// {"good", "findings": [{"kind", "fault", "field", "test", "query", "detail"}], "tests", "runs", "declined",
/// "mutants": {"count", "killed", "equivalent", "rate", "survivors": [{"sql", "change"}]}, "expected_hash"}. At most
/// kMostReported findings and as many survivors; texts are cut at 2,000 bytes.
std::string reportJson(const PackReport &report, const content::Problem &problem);
/// The same of a definition that could not be read: every fault is a finding of the kind "bad_definition".
std::string reportJson(const std::vector<content::DefinitionFault> &faults);
/// Of a proof that did not come to an end: one finding of the kind "broken".
std::string reportJson(const std::string &why);

inline constexpr int kMostReported = 200;

} // namespace sqlgym::verify
