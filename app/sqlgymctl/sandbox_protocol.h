// The sandbox protocol of DESIGN 14: one JSON line in, one JSON line out.
#pragma once

#include "sandbox/sandbox.h"

#include <string>

namespace sqlgym::ctl {

/// Answers lines with one engine. Any line gets an answer; a bad one an error that says what is wrong with it.
class SandboxProtocol {
public:
    /// With `namesEngine`, answers say who gave them ("by").
    SandboxProtocol(sandbox::Sandbox &sandbox, bool namesEngine) : m_sandbox(sandbox), m_namesEngine(namesEngine) {}

    /// `line` without its newline; the answer without one too.
    std::string answer(const std::string &line);

private:
    sandbox::Sandbox &m_sandbox;
    bool m_namesEngine;
};

} // namespace sqlgym::ctl
