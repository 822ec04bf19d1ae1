// Parse trees as SQL again.
#pragma once

#include <string>

struct PgQuery__Node;
struct PgQuery__ParseResult;

namespace sqlgym::sql {

/// By libpg_query's deparser; empty where it cannot. What it writes may read otherwise: compare what it parses to.
std::string deparse(const PgQuery__ParseResult &tree);

/// Says AT TIME ZONE in `statement` as the function that it is: the deparser forgets the parentheses of
/// (a AT TIME ZONE b)::date.
void nameAtTimeZone(PgQuery__Node *statement);

} // namespace sqlgym::sql
