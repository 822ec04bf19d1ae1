// Why a run ended early. The engine's error channel while executing: no exceptions, one slot, first reason wins.
#pragma once

#include "base/diagnostic.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace sqlgym::base {

enum class StopReason : std::uint8_t { None, Error, Declined, Timeout, Cancelled, MemoryLimit };

/// Functions that fail call error() and return a NULL datum; whoever called them checks raised() before going on.
class Stop {
public:
    bool raised() const { return m_reason != StopReason::None; }
    StopReason reason() const { return m_reason; }
    const Diagnostic &diagnostic() const { return m_diagnostic; }
    /// What is not supported, in words for a learner (StopReason::Declined).
    const std::string &feature() const { return m_feature; }

    /// A PostgreSQL error found while running (SQLSTATE, message, detail, hint; no position).
    void error(std::string_view sqlstate, std::string message, std::string detail = {}, std::string hint = {})
    {
        if (raised())
            return;
        m_reason = StopReason::Error;
        m_diagnostic = {std::string(sqlstate), std::move(message), std::move(detail), std::move(hint), 0};
    }
    /// What we cannot do as PostgreSQL does.
    void decline(std::string feature)
    {
        if (raised())
            return;
        m_reason = StopReason::Declined;
        m_feature = std::move(feature);
    }
    void stop(StopReason reason)
    {
        if (!raised())
            m_reason = reason;
    }
    void clear() { *this = Stop(); }

private:
    StopReason m_reason = StopReason::None;
    Diagnostic m_diagnostic;
    std::string m_feature;
};

} // namespace sqlgym::base
