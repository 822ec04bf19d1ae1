// How the engines' processes are started.
#pragma once

#include "session/engine_room.h"

namespace sqlgym::session {

/// The embedded engine in sqlgym-sandbox, from `folder`.
EngineRoom::Factory embeddedEngine(const QString &folder);

/// PostgreSQL behind `sqlgymctl exact-host`, from `folder`; empty when PostgreSQL 15's programs, or that one, are
/// missing.
EngineRoom::Factory postgresEngine(const QString &folder);

} // namespace sqlgym::session
