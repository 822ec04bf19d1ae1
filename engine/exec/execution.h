// One run of one script: what every operator and evaluator shares.
#pragma once

#include "base/cancel_token.h"
#include "base/memory_account.h"
#include "base/stop.h"
#include "value/arena.h"
#include "value/context.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace sqlgym::plan {
struct QueryPlan;
}

namespace sqlgym::exec {

using value::Datum;
using value::Oid;

/// Rows of no table: what outer joins put in the place of a missing row. Recognised by its address.
inline constexpr std::size_t kMaxColumns = 1700;
/// So many rows beyond those that are needed are looked at, to see whether another order would show.
inline constexpr std::size_t kMostLooked = 10'000;

/// Where in a query an expression failed. `Groups`: what needs all rows of FROM (a group or a sort for a window);
/// `Sublink`: reading its rows for the expression that holds it.
enum class Step : std::uint8_t { LateConditions, Groups, Windows, Targets, Limit, Sublink };
struct Failure {
    const plan::QueryPlan *plan;
    Step step;
};

class Execution {
public:
    Execution(base::MemoryAccount &memory, base::CancelToken &token, value::Session &runSession)
        : account(memory), cancel(token), session(runSession),
          lasting(memory, stop), cx{lasting, stop, cancel, session}, nullRow(kMaxColumns, Datum::null())
    {
    }
    Execution(const Execution &) = delete;
    Execution &operator=(const Execution &) = delete;

    /// Called for every row that passes: polls the clock now and then. False: the run has to end.
    bool proceed()
    {
        if ((++m_ticks & 0x7f) == 0)
            cx.poll();
        return !stop.raised();
    }
    bool stopped() const { return stop.raised(); }

    /// Surveying: notes an error that one row raised, and takes it back: the caller leaves the row out. False when
    /// the run has to end.
    bool passOver()
    {
        if (!surveying || stop.reason() != base::StopReason::Error)
            return false;
        errorsSeen.insert(stop.diagnostic().sqlstate);
        ++errorsPassed;
        stop.clear();
        return true;
    }

    /// An error that came up in a step of `plan`, or in a subquery that it asked.
    void noteFailure(const plan::QueryPlan &plan, Step step)
    {
        if (stop.reason() == base::StopReason::Error)
            failures.push_back({&plan, step});
    }

    /// Accounts memory outside arenas. False, and the run stopped, over the limit.
    bool charge(std::size_t bytes)
    {
        if (account.charge(bytes))
            return true;
        stop.stop(base::StopReason::MemoryLimit);
        return false;
    }

    base::MemoryAccount &account;
    base::CancelToken &cancel;
    value::Session &session;
    base::Stop stop;
    value::Arena lasting; ///< lives as long as the run
    value::Context cx;    ///< over `lasting`
    std::vector<Datum> nullRow;
    bool dependsOnOrder = false;
    bool failLate = false;            ///< plan::PlanOptions::failLate
    bool keepsRows = false;           ///< plan::PlanOptions::keepsRows
    bool surveying = false;           ///< rows that raise errors are passed over, to learn which errors there are
    std::set<std::string> errorsSeen; ///< their SQLSTATEs
    std::size_t errorsPassed = 0;     ///< how often that was: a step whose own rows failed is not gone on with
    bool cutShort = false;            ///< rows were left unread that other orders would have brought first
    bool returningMayFail = false;    ///< a change is carried out, row by row, whose RETURNING can raise errors
    bool planDecides = false;         ///< declined because an error depends on the plan
    std::vector<Failure> failures;    ///< where the error came up, innermost first
    bool severalQueries = false;      ///< the statement has queries inside one another
    bool constantFails = false;       ///< an expression over constants cannot be evaluated, at one place or another
    bool errorIsSure = false;         ///< several queries, or a change: PostgreSQL meets it whatever its plan

private:
    std::uint32_t m_ticks = 0;
};

/// Memory for the values of one row, and a context over it.
struct Scratch {
    explicit Scratch(Execution &run) : arena(run.account, run.stop), cx{arena, run.stop, run.cancel, run.session} {}

    value::Arena arena;
    value::Context cx;
};

/// Memory for aggregates' states: aligned for any scalar, which the arena's own pieces are not. nullptr over the limit.
inline char *allocateState(value::Arena &arena, std::size_t bytes)
{
    constexpr std::size_t kAlignment = alignof(std::max_align_t);
    std::size_t room = bytes + kAlignment;
    void *at = arena.allocate(room);
    return at ? static_cast<char *>(std::align(kAlignment, bytes, at, room)) : nullptr;
}

/// Deep copy of a row. nullptr over the memory limit.
inline const Datum *copyRow(const Datum *row, std::size_t columns, value::Arena &arena)
{
    auto *copy = arena.allocateArray<Datum>(columns);
    if (!copy)
        return nullptr;
    for (std::size_t i = 0; i < columns; ++i)
        copy[i] = value::copyDatum(row[i], arena);
    return copy;
}

/// A vector's growth, charged to the run. False over the limit.
template <typename T> bool append(std::vector<T> &list, T item, Execution &run)
{
    if (list.size() == list.capacity()) {
        const std::size_t grown = list.capacity() < 16 ? 16 : list.capacity() * 2;
        if (!run.charge((grown - list.capacity()) * sizeof(T)))
            return false;
        list.reserve(grown);
    }
    list.push_back(std::move(item));
    return true;
}

/// Gives a vector's memory back to the run's account.
template <typename T> void discard(std::vector<T> &list, Execution &run)
{
    run.account.release(list.capacity() * sizeof(T));
    std::vector<T>().swap(list);
}

} // namespace sqlgym::exec
