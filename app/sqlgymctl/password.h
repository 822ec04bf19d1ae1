// A password from whoever sits there, never from the command line.
#pragma once

#include "base/cancel_token.h"
#include "base/result.h"
#include "base/secret.h"

namespace sqlgym::ctl {

/// At a terminal it asks, without showing what is typed; `twice` for a new one. Else the first line of standard input.
/// Errors: sqlgymctl/no_password  nothing came; sqlgymctl/passwords_differ; client/cancelled.
base::Result<base::Secret> readPassword(bool twice, const base::CancelToken &cancel);

} // namespace sqlgym::ctl
