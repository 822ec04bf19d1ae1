// The words by which the cache's own tables name enumerations.
#pragma once

#include "cache/attempt_store.h"
#include "cache/outbox.h"

#include <string_view>

namespace sqlgym::cache {

constexpr std::string_view wordOf(AttemptKind kind)
{
    return kind == AttemptKind::Run ? "run" : kind == AttemptKind::Check ? "check" : "submit";
}

constexpr AttemptKind attemptKind(std::string_view word)
{
    return word == "run" ? AttemptKind::Run : word == "check" ? AttemptKind::Check : AttemptKind::Submit;
}

constexpr std::string_view wordOf(OutboxState state)
{
    return state == OutboxState::Pending ? "pending" : state == OutboxState::Rejected ? "rejected" : "sent";
}

constexpr OutboxState outboxState(std::string_view word)
{
    return word == "pending" ? OutboxState::Pending : word == "rejected" ? OutboxState::Rejected : OutboxState::Sent;
}

} // namespace sqlgym::cache
