// The log: a JSON object a line on standard error, for journald and whatever reads it.
#pragma once

#include "judge/log.h"

namespace sqlgym::judged {

/// {"time","level","event", the facts as strings}. Thread-safe; one write a line.
void log(const char *event, const judge::Facts &facts);

} // namespace sqlgym::judged
