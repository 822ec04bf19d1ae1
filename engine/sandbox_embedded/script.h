// Parses, binds and runs the statements of one script.
#pragma once

#include "base/cancel_token.h"
#include "base/memory_account.h"
#include "exec/database.h"
#include "sandbox/sandbox.h"
#include "sql/parse_cache.h"

#include <string_view>

namespace sqlgym::sandbox_embedded {

struct ScriptOptions {
    std::uint64_t maxRows = 0;
    bool singleStatement = false;
    sql::ParseCache *parsed = nullptr; ///< where the text may have been parsed already
};

/// The outcome of the last statement, or of the first that does not succeed. `database` is changed. Never throws.
sandbox::Outcome runScript(std::string_view sql, exec::Database &database, base::MemoryAccount &account,
                           base::CancelToken &cancel, const ScriptOptions &options);

} // namespace sqlgym::sandbox_embedded
