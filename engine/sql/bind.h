// Parse tree -> typed tree: PostgreSQL's parse analysis.
#pragma once

#include "base/diagnostic.h"
#include "sql/bound.h"
#include "sql/parse.h"
#include "sql/schema.h"
#include "value/context.h"

#include <optional>
#include <string>
#include <string_view>

namespace sqlgym::sql {

/// Exactly one of the three is there.
struct BindOutcome {
    std::optional<BoundStatement> statement;
    std::optional<base::Diagnostic> error; ///< PostgreSQL's, position in characters from 1 of `sql`
    std::string declined;                  ///< the construct that is not supported, in words for a learner
};

/// Binds one statement of a script. `sql` is the script's whole text (positions count from its start).
/// Never throws; never touches rows. Literals such as 'today' become constants here, as of the session's transaction.
BindOutcome bind(const ParsedScript::Statement &statement, std::string_view sql, const SchemaView &schema,
                 const value::Session &session = {});

} // namespace sqlgym::sql
