// The parts of the help page about the dialect.
#pragma once

#include "sandbox/sandbox.h"

#include <string>

namespace sqlgym::dialect {

/// Statements, clauses and expressions: each has a sample that the engine runs or declines.
std::string syntaxSections(sandbox::Sandbox &engine);

// From the catalogue and the runtime's registries.
std::string typesSection();
std::string operatorsSection();
std::string functionsSection();
std::string aggregatesSection(sandbox::Sandbox &engine);

/// Runs `sql` over a small dataset. Empty when the engine answers (an error is an answer too), else what it declines.
std::string declinedBy(sandbox::Sandbox &engine, const std::string &sql);
inline constexpr char kSampleDataset[] = "sample";
extern const char *const kSampleSetup;

} // namespace sqlgym::dialect
