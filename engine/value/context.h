// What every value function is handed: memory, the error slot, and the settings of the session.
#pragma once

#include "base/cancel_token.h"
#include "base/stop.h"
#include "value/arena.h"
#include "value/datum.h"

#include <cstdint>

namespace sqlgym::value {

struct Context;

/// What functions may ask about tables and sequences. Each fails as PostgreSQL's function of that name does; an OID is
/// that of regclass.
class Relations {
public:
    virtual ~Relations() = default;
    /// The text form of regclass; NULL: the context says why.
    virtual Datum find(std::string_view name, Context &cx) = 0;
    virtual Datum nextval(std::int64_t oid, Context &cx) = 0;
    virtual Datum currval(std::int64_t oid, Context &cx) = 0;
    virtual Datum lastval(Context &cx) = 0;
    virtual Datum setval(std::int64_t oid, std::int64_t value, bool called, Context &cx) = 0;
    virtual Datum serialSequence(std::string_view table, std::string_view column, Context &cx) = 0;
};

/// Settings are fixed as DESIGN demands: TimeZone UTC, DateStyle 'ISO, MDY', IntervalStyle postgres,
/// extra_float_digits 1, bytea_output hex, lc_* C / C.UTF-8.
struct Session {
    std::int64_t transactionTimestamp = 0; ///< microseconds from 2000-01-01 00:00 UTC: now()
    std::int64_t statementTimestamp = 0;
    std::uint64_t randomState = 0x9E3779B97F4A7C15ull;
    Relations *relations = nullptr;
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
