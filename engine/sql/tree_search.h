// Searching a parse tree for references to a WITH item.
#pragma once

#include <pg_query/pg_query.pb-c.h>

#include <string>
#include <string_view>

namespace sqlgym::sql {

/// How often `name` (without a schema) stands in FROM anywhere below `node`; items that hide the name are not told
/// apart, so it may count too many, never too few.
int countReferences(const ProtobufCMessage *node, std::string_view name);

/// What is wrong with a recursive WITH item, in PostgreSQL's words; an empty message when nothing is.
struct RecursionProblem {
    std::string sqlstate;
    std::string message;
    int location = -1;
};
RecursionProblem recursionProblem(const PgQuery__SelectStmt &stmt, const std::string &name);

} // namespace sqlgym::sql
