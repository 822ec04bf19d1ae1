// The engines a subcommand may choose from.
#pragma once

#include "base/result.h"
#include "command.h"
#include "sandbox/sandbox.h"

#include <memory>
#include <string>

namespace sqlgym::ctl {

/// `embedded`: our engine, in its child process, never PostgreSQL. `postgres`: PostgreSQL alone, at --dsn or on the
/// private cluster. `exact`: embedded first, PostgreSQL (started when first needed) for what it declines.
///
/// Those of another `worker` share nothing with each other: a private cluster is its own.
///
/// Errors: sqlgymctl/no_postgres  `postgres` was asked for and there is none; the message says why.
base::Result<std::unique_ptr<sandbox::Sandbox>> makeEngine(const std::string &name, const Global &global,
                                                           int worker = 0);

} // namespace sqlgym::ctl
