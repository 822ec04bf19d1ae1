// What every value function is handed: memory, the error slot, and the settings of the session.
#pragma once

#include "base/cancel_token.h"
#include "base/stop.h"
#include "value/arena.h"
#include "value/datum.h"

#include <cstdint>

namespace sqlgym::value {

/// Settings are fixed as DESIGN demands: TimeZone UTC, DateStyle 'ISO, MDY', IntervalStyle postgres,
/// extra_float_digits 1, bytea_output hex, lc_* C / C.UTF-8.
struct Session {
    std::int64_t transactionTimestamp = 0; ///< microseconds from 2000-01-01 00:00 UTC: now()
    std::int64_t statementTimestamp = 0;
    std::uint64_t randomState = 0x9E3779B97F4A7C15ull;
};

/// Results of a call live in `arena` until its owner resets it (once a row, usually).
struct Context {
    Arena &arena;
    base::Stop &stop;
    base::CancelToken &cancel;
    Session &session;

    /// Raises Timeout or Cancelled when due; true when the run has to end. For loops inside functions.
    bool poll()
    {
        if (cancel.cancelled())
            stop.stop(base::StopReason::Cancelled);
        else if (cancel.expired())
            stop.stop(base::StopReason::Timeout);
        return stop.raised();
    }
    /// Raises `sqlstate` and returns NULL, so that a function can `return cx.fail(...)`.
    Datum fail(std::string_view sqlstate, std::string message, std::string detail = {}, std::string hint = {})
    {
        stop.error(sqlstate, std::move(message), std::move(detail), std::move(hint));
        return Datum::null();
    }
};

} // namespace sqlgym::value
